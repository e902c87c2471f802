"""Are the tests able to fail? ``python tests/mutate.py signals prices``.

mutmut changes one thing at a time in a module, and runs the tests that speak of it; a
change that no test notices has survived. Each module is mutated by itself in a copy of
the project, with the tests of its package alone: all would take hours, and a test
three modules away that happens to fail says little. Of those that reach a mutant it
meets the quickest first, and only as many as take ``--seconds`` together, so that
slower tests are not counted on. Prints a Markdown table, and on standard error each
survivor as a difference.

``--sample 100`` takes so many mutants of a module by lot, the same every time unless
another ``--lot`` is named (tests written for one lot are fairly judged by another), and
gives the share with its 95 % interval (Wilson).
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from interviewfit._numeric.statistics import wilson_interval

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "interviewfit"
COPIED = ("src", "tests", "README.md", "pyproject.toml", "docs", "SECURITY.md")
KILLED = (
    "killed",
    "timeout",
    "segfault",
    "caught by type check",
    # So mutmut calls it where a test file cannot even be read.
    "check was interrupted by user",
)

EQUAL: list[dict[str, str]] = json.loads(
    (ROOT / "tests" / "data" / "equal-mutants.json").read_text("utf-8")
)
"""Mutants that are the same program: the line, what it became, and the reason."""

SPANNING = {
    "_assessment": (
        "test_casebook.py",
        "properties/test_leaving.py",
        "properties/test_order.py",
        "properties/test_terms.py",
    ),
    "_competition": (
        "portfolio",
        "properties/test_beside.py",
        "properties/test_portfolio.py",
    ),
    "_model": ("assessment", "process"),
    "_portfolio": ("properties/test_portfolio.py",),
    "_process": ("assessment", "test_casebook.py"),
    "_text": ("assessment", "test_howto.py"),
    "columns": ("properties/test_score.py", "properties/test_rows.py"),
    "sensitivity": (
        "properties/test_flips.py",
        "properties/test_questions.py",
        "properties/test_draws.py",
    ),
}
"""Tests of a package beside those of its folder: laws, and tests of what calls it."""


def tests_of(module: str) -> list[str]:
    """Paths of the tests to run for a module: its folder, and laws across packages."""
    package = Path(source_of(module)).parts[2]
    folder = f"tests/{package.lstrip('_')}"
    own = [folder] if (ROOT / folder).is_dir() else ["tests"]
    return [*own, *(f"tests/{name}" for name in SPANNING.get(package, ()))]


def source_of(module: str) -> str:
    """
    Path of a module, given by its name or, where two have it, as ``_solver/chains``.
    """
    sources = [path.relative_to(ROOT).as_posix() for path in SOURCE.rglob("*.py")]
    flat = f"src/interviewfit/{module}.py"
    inner = [one for one in sources if one.endswith(f"/{module}.py")]
    found = [flat] if flat in sources else inner
    if len(found) != 1:
        message = f"no one module is called {module}: {found or 'none'}"
        raise SystemExit(message)
    return found[0]


def configured(text: str, module: str, tests: list[str]) -> str:
    """The project's configuration, narrowed to one module and its tests."""
    return re.sub(
        r"(?m)^pytest_add_cli_args_test_selection = .*$",
        f"pytest_add_cli_args_test_selection = {tests}\n"
        f'only_mutate = ["{source_of(module)}"]',
        text,
    )


def same(difference: str) -> bool:
    """Whether a survivor is known to be the same program."""
    lost = re.findall(r"(?m)^-(?!--)(.*)$", difference)
    got = re.findall(r"(?m)^\+(?!\+\+)(.*)$", difference)
    return any(
        re.search(entry["line"], " ".join(lost))
        and re.search(entry["mutant"], " ".join(got))
        for entry in EQUAL
    )


def mutate(
    module: str, folder: Path, sample: int | None, seconds: float, lot: str
) -> tuple[int, dict[str, int], list[str]]:
    """
    How many mutants there are, how those tried ended, and the survivors as differences.
    """
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "_build", "_generated")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    settings = folder / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(configured(text, module, tests_of(module)), encoding="utf-8")

    def mutmut(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            text=True,
            env={**os.environ, "MUTANT_SECONDS": str(seconds)},
        )
        if done.returncode:
            sys.stderr.write(done.stdout[-3_000:] + done.stderr[-3_000:])
            raise SystemExit(2)
        return done.stdout

    def results() -> dict[str, str]:
        found = mutmut("results", "--all", "true")
        return dict(re.findall(r"(?m)^\s+(\S+): (.+)$", found))

    chosen: list[str] = []
    if sample is not None:
        # One run must come first: it is what writes the mutants down.
        mutmut("run", "--max-children", "1", "*__mutmut_1")
        names = sorted(results())
        chosen = random.Random(module + lot).sample(names, min(sample, len(names)))
    mutmut("run", "--max-children", "1", *chosen)
    ends = results()
    tried = {name: ends[name] for name in chosen or ends}
    counts: dict[str, int] = {}
    for how in tried.values():
        counts[how] = counts.get(how, 0) + 1
    left = [name for name, how in tried.items() if how not in KILLED]
    return len(ends), counts, [mutmut("show", name) for name in left]


def main() -> None:
    """One row for each module asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", metavar="MODULE")
    parser.add_argument("--sample", type=int, metavar="N", help="mutants by lot")
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests a mutant")
    parser.add_argument("--lot", default="", help="other mutants by lot")
    asked = parser.parse_args()
    print("| module | mutants | tried | the same program | killed | share | s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for module in asked.modules:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            whole, counts, left = mutate(
                module, Path(folder), asked.sample, asked.seconds, asked.lot
            )
        tried = sum(counts.values())
        equal = sum(map(same, left))
        killed = sum(counts.get(how, 0) for how in KILLED)
        share = f"{killed / max(tried - equal, 1):.1%}"
        if tried < whole:
            low, high = wilson_interval(killed / (tried - equal), tried - equal)
            share += f" ({low:.1%} to {high:.1%})"
        print(
            f"| {module} | {whole:,} | {tried:,} | {equal} | {killed:,} | {share} "
            f"| {time.perf_counter() - began:.0f} |",
            flush=True,
        )
        different = "\n".join(one for one in left if not same(one))
        sys.stderr.write(f"{module}: {counts}\n{different}\n")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
