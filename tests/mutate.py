"""Are the tests able to fail? ``python tests/mutate.py --map MAP signals _solver``.

Changes one thing at a time in a function (the changes are mutmut's) and runs the tests
that reach the changed lines; a change that no test notices has survived. First run
``python tests/reach.py MAP``: it finds out which tests reach which lines, in the whole
suite. ``top`` stands for the modules that are in no package.

A change is met by the tests that reach it, the cheapest first, those of its own package
before others, and then by the rest of their files, since a file may keep what it has
computed. At most ``--seconds`` of processor are spent on the tests of one change: a
slower test is not counted on. A test counts only if it passes without the change.

Prints a Markdown table, and on standard error each survivor as a difference. ``--log``
adds every change to a file, with the test that noticed it, and ``--again`` tries the
survivors of such a file once more.

``--sample 100`` takes so many changes of a module by lot, the same every time unless
another ``--lot`` is named (tests written for one lot are fairly judged by another), and
gives the share with its 95 % interval (Wilson).
"""

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from libcst import FunctionDef, Module
from mutmut.mutation.file_mutation import Mutation, create_mutations

from interviewfit._numeric.statistics import wilson_interval

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "interviewfit"
LEFT_OUT = (".git", ".venv", "__pycache__", "_build", "_generated", "mutants")

EQUAL: list[dict[str, str]] = json.loads(
    (ROOT / "tests" / "data" / "equal-mutants.json").read_text("utf-8")
)
"""Changes that make the same program: the line, what it became, and the reason."""


class Mutant(NamedTuple):
    """One change: its name, the file, its lines there, the new text, the difference."""

    name: str
    path: Path
    lines: frozenset[int]
    text: str
    difference: str


class Reach(NamedTuple):
    """The map of ``reach.py``: costs of tests, and the lines that each reaches."""

    took: dict[str, float]
    reached: dict[str, dict[str, set[int]]]


def sources_of(name: str) -> list[Path]:
    """Paths of a package, or of a module, by its name or as ``_solver/chains``."""
    sources = sorted(SOURCE.rglob("*.py"))
    if name == "top":
        return [path for path in sources if path.parent == SOURCE]
    if inside := [path for path in sources if path.is_relative_to(SOURCE / name)]:
        return inside
    flat = SOURCE / f"{name}.py"
    inner = [path for path in sources if path.stem == name]
    modules = [flat] if flat in sources else inner
    if len(modules) != 1:
        message = f"no one module or package is called {name}: {modules or 'none'}"
        raise SystemExit(message)
    return modules


def statement_lines(text: str, first: int, last: int) -> frozenset[int]:
    """Lines of the statements that hold some lines; of a compound one, its head."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.stmt, ast.excepthandler, ast.match_case)):
            continue
        body = getattr(node, "body", None)
        # A case has no line of its own, and its pattern has.
        start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        if body and isinstance(body, list):
            end = max(body[0].lineno - 1, start)
        else:
            end = getattr(node, "end_lineno", None) or start
        if start <= last and first <= end:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                # Its head is met when it is defined; its lines when it is called.
                end = node.end_lineno or end
            found |= set(range(start, end + 1))
    return frozenset(found) or frozenset(range(first, last + 1))


def mutants(
    name: str, count: int | None, lot: str, names: Collection[str] = ()
) -> tuple[int, Iterator[Mutant]]:
    """How many there are, and those chosen by lot.

    Args:
        name: Of a module or package.
        count: How many to choose; None for all.
        lot: Which of them.
        names: Those to choose instead.
    """
    made: list[tuple[str, int, Path, str, Module, Mutation]] = []
    for path in sources_of(name):
        text = path.read_text(encoding="utf-8")
        module, mutations, _, _ = create_mutations(str(path), text)
        numbers: dict[int, int] = {}
        for mutation in mutations:
            function = mutation.contained_by_top_level_function
            if not isinstance(function, FunctionDef):
                continue
            number = numbers[id(function)] = numbers.get(id(function), 0) + 1
            where = path.relative_to(SOURCE).with_suffix("").as_posix()
            called = f"{where}:{function.name.value}#{number}"
            made.append((called, len(made), path, text, module, mutation))
    made.sort(key=lambda one: one[:2])
    chosen = [one for one in made if one[0] in names] if names else made
    if not names and count is not None and count < len(made):
        chosen = random.Random(name + lot).sample(made, count)

    def each() -> Iterator[Mutant]:
        for called, _, path, text, module, mutation in chosen:
            changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
            assert isinstance(changed, Module)
            got = changed.code
            before, after = text.splitlines(), got.splitlines()
            spans = [
                (left, max(right, left + 1))
                for how, left, right, _, _ in difflib.SequenceMatcher(
                    None, before, after, autojunk=False
                ).get_opcodes()
                if how != "equal"
            ]
            lines = statement_lines(text, spans[0][0] + 1, spans[-1][1])
            named = path.relative_to(ROOT).as_posix()
            difference = "\n".join(
                difflib.unified_diff(before, after, named, named, lineterm="", n=2)
            )
            yield Mutant(called, path, lines, got, f"# {called}\n{difference}")

    return len(made), each()


def chosen_tests(mutant: Mutant, reach: Reach, seconds: float) -> dict[str, float]:
    """Tests to meet a change in their order, each with its cost."""
    inside = mutant.path.relative_to(SOURCE)
    package = inside.parts[0].lstrip("_") if len(inside.parts) > 1 else "top"
    folder = f"tests/{package}/"
    costs = reach.took
    here = reach.reached.get(inside.as_posix(), {})
    direct = {test for test, lines in here.items() if lines & mutant.lines}
    imported = "" in direct
    direct = {test for test in direct if test in costs}
    files = {test.partition("::")[0] for test in direct}
    mates = {
        test
        for test in costs
        if test.partition("::")[0] in files or (imported and test.startswith(folder))
    }

    def order(test: str) -> float:
        return costs[test] * (1.0 if test.startswith(folder) else 3.0)

    kept: dict[str, float] = {}
    for group, share in ((direct, 1.5), (mates - direct, 0.25)):
        left = share * seconds
        for test in sorted(group, key=lambda test: (order(test), test)):
            left -= costs[test]
            if left < 0.0:
                break
            kept[test] = costs[test]
    return kept


class Trials:
    """A copy of the project, and the process that runs its tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(ROOT, self.folder, ignore=ignored)
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder / "src"),
            "TMPDIR": str(folder),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.server = subprocess.Popen(
            [sys.executable, "tests/mutant_trials.py"],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(
        self, tests: dict[str, float], seconds: float, every: bool = False
    ) -> dict[str, object]:
        """How tests end."""
        assert self.server.stdin
        assert self.server.stdout
        asked = {"tests": tests, "seconds": seconds, "every": every}
        self.server.stdin.write(json.dumps(asked) + "\n")
        self.server.stdin.flush()
        told: dict[str, object] = json.loads(self.server.stdout.readline())
        return told

    @contextmanager
    def changed(self, mutant: Mutant) -> Iterator[None]:
        """With a change in place. What was compiled goes, since it may look as new."""
        path = self.folder / mutant.path.relative_to(ROOT)
        compiled = path.parent / "__pycache__"

        def put(text: str) -> None:
            path.write_text(text, encoding="utf-8")
            for old in compiled.glob(f"{path.stem}.*"):
                old.unlink()

        put(mutant.text)
        try:
            yield
        finally:
            put(mutant.path.read_text(encoding="utf-8"))

    def meet(
        self, mutant: Mutant, tests: dict[str, float], seconds: float
    ) -> dict[str, object]:
        """How a change ends: a few tests first, since most need no more."""
        if not tests:
            return {"end": "no tests", "by": [], "ran": 0, "spent": 0.0}
        with self.changed(mutant):
            few = dict(list(tests.items())[:20])
            told = self.ask(few, seconds)
            if told["end"] == "survived" and len(tests) > len(few):
                told = self.ask(tests, seconds)
        if told["end"] == "stopped" and self.ask(tests, seconds)["end"] == "stopped":
            message = f"the tests stop without a change as well: {list(tests)}"
            raise SystemExit(message)
        return told

    def close(self) -> None:
        """End the process."""
        assert self.server.stdin
        self.server.stdin.close()
        self.server.wait()


def survivors_of(log: Path, package: str) -> set[str]:
    """The names of those of a package that survived, by a log; never none."""
    rows = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return {"none"} | {
        row["difference"].splitlines()[0].removeprefix("# ")
        for row in rows
        if row["package"] == package and row["end"] == "survived"
    }


def mutate(
    name: str, asked: argparse.Namespace, reach: Reach, trials: Trials
) -> tuple[int, dict[str, int], list[str]]:
    """
    How many mutants there are, how those tried ended, and the survivors as differences.
    """
    names = survivors_of(asked.again, name) if asked.again else ()
    whole, chosen = mutants(name, asked.sample, asked.lot, names)
    ends: dict[str, dict[str, object]] = {}
    met = {mutant.difference: mutant for mutant in chosen}
    unfit: set[str] = set()
    left: Iterable[str] = met
    while left:
        for difference in left:
            tests = chosen_tests(met[difference], reach, asked.seconds)
            kept = {test: tests[test] for test in tests if test not in unfit}
            ends[difference] = trials.meet(met[difference], kept, asked.seconds)
            if ends[difference]["end"] in {"survived", "no tests"}:
                sys.stderr.write(f"{difference}\n")
                sys.stderr.flush()
        # A test that fails without a change as well says nothing.
        by = {difference: set(map(str, end["by"])) for difference, end in ends.items()}  # type: ignore[call-overload]
        said = set().union(*by.values())
        known = {test: reach.took[test] for test in sorted(said & set(reach.took))}
        clean = trials.ask(known, 600.0, every=True) if known else {"by": []}
        unfit |= set(map(str, clean["by"]))  # type: ignore[call-overload]
        left = [difference for difference in ends if by[difference] & unfit]
    counts: dict[str, int] = {}
    for difference, end in ends.items():
        survived = end["end"] in {"survived", "no tests"}
        how = "survived" if survived else str(end["end"])
        if survived and same(difference):
            how = "same"
        counts[how] = counts.get(how, 0) + 1
        if asked.log:
            row = {"package": name, "lot": asked.lot, "of": whole, **end}
            row |= {"end": how, "difference": difference}
            with asked.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(row) + "\n")
    survivors = [
        difference
        for difference, end in ends.items()
        if end["end"] in {"survived", "no tests"} and not same(difference)
    ]
    return whole, counts, survivors


def same(difference: str) -> bool:
    """Whether a survivor is known to be the same program."""
    lost = re.findall(r"(?m)^-(?!--)(.*)$", difference)
    got = re.findall(r"(?m)^\+(?!\+\+)(.*)$", difference)
    return any(
        re.search(entry["line"], " ".join(lost))
        and re.search(entry["mutant"], " ".join(got))
        for entry in EQUAL
    )


def read_map(path: Path) -> Reach:
    """The map, if it was made of these sources."""
    read = json.loads(path.read_text(encoding="utf-8"))
    for name, known in read["sources"].items():
        source = SOURCE / name
        if hashlib.sha256(source.read_bytes()).hexdigest() != known:
            message = f"{name} has changed since {path} was made: make it again"
            raise SystemExit(message)
    reached = {
        name: {test: set(lines) for test, lines in tests.items()}
        for name, tests in read["reached"].items()
    }
    return Reach(read["took"], reached)


def together(rows: list[tuple[int, int, int]]) -> tuple[float, float]:
    """
    The share of all mutants that are noticed, and half of its 95 % interval.

    A row holds of one module the number of mutants, of those judged, of those killed.
    Each module counts by its size (a stratified sample: Cochran, *Sampling Techniques*,
    1977, chapter 5). Two noticed and two unnoticed are added for the variance (Agresti
    and Coull 1998), since a sample without survivors does not make the share certain.
    """
    whole = sum(size for size, _, _ in rows)
    share = sum(size * killed / judged for size, judged, killed in rows) / whole
    variance = 0.0
    for size, judged, killed in rows:
        about = (killed + 2) / (judged + 4)
        variance += (size / whole) ** 2 * about * (1.0 - about) / (judged + 4)
    return share, 1.96 * variance**0.5


def packages() -> list[str]:
    """Every package, and ``top``."""
    inside = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
    return [*(name for name in inside if name != "data"), "top"]


def main() -> None:
    """One row for each module asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "modules", nargs="+", metavar="NAME", help="modules or packages; all for each"
    )
    parser.add_argument("--map", type=Path, required=True, help="made by reach.py")
    parser.add_argument("--sample", type=int, metavar="N", help="changes by lot")
    parser.add_argument("--seconds", type=float, default=60.0, help="of tests a change")
    parser.add_argument("--lot", default="", help="other changes by lot")
    parser.add_argument("--log", type=Path, help="a file to add every change to")
    parser.add_argument("--again", type=Path, help="survivors of such a file alone")
    asked = parser.parse_args()
    reach = read_map(asked.map)
    rows: list[tuple[int, int, int]] = []
    print("| module | mutants | tried | the same program | killed | share | s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        for module in packages() if asked.modules == ["all"] else asked.modules:
            began = time.perf_counter()
            whole, counts, left = mutate(module, asked, reach, trials)
            tried, equal = sum(counts.values()), counts.get("same", 0)
            judged = tried - equal
            killed = judged - len(left)
            rows.append((whole, judged, killed))
            share = f"{killed / max(judged, 1):.1%}"
            if judged > 0 and tried < whole:
                low, high = wilson_interval(killed / judged, judged)
                share += f" ({low:.1%} to {high:.1%})"
            print(
                f"| {module} | {whole:,} | {tried:,} | {equal} | {killed:,} | {share} "
                f"| {time.perf_counter() - began:.0f} |",
                flush=True,
            )
            sys.stderr.write(f"{module}: {counts}\n")
            sys.stderr.flush()
        trials.close()
    if len(rows) > 1:
        share_of_all, half = together([row for row in rows if row[1]])
        sizes = [f"{sum(column):,}" for column in zip(*rows, strict=True)]
        print(f"| all | {' | '.join(sizes)} | {share_of_all:.1%} ± {half:.1%} |")


if __name__ == "__main__":
    main()
