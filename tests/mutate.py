"""Are the tests able to fail? ``python tests/mutate.py signals _solver columns``.

mutmut changes one thing at a time in a module, and runs the tests that speak of it; a
change that no test notices has survived. Each module or package is mutated by itself in
a copy of the project, with the tests of its package alone: all would take hours, and a
test three modules away that happens to fail says little. ``top`` stands for the modules
that are in no package. Of those that reach a mutant it
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
        "properties/test_beside.py",
        "properties/test_leaving.py",
        "properties/test_one_answer.py",
        "properties/test_order.py",
        "properties/test_terms.py",
    ),
    "_calendar": ("simulation", "portfolio/test_promises.py"),
    "_command": (
        "letters/test_letter_command.py",
        "schema/test_locations.py",
        "test_howto.py",
        "test_main.py",
        "test_new.py",
        "test_screens.py",
        "test_visible.py",
        "text/test_side_by_side.py",
    ),
    "_competition": (
        "portfolio",
        "properties/test_beside.py",
        "properties/test_portfolio.py",
    ),
    "_model": ("assessment", "process", "test_frozen.py"),
    "_numeric": ("solver", "competition"),
    "_portfolio": ("properties/test_portfolio.py", "properties/test_one_answer.py"),
    "_process": ("assessment", "test_casebook.py"),
    "_reading": ("logs", "postings"),
    "_results": ("assessment", "text", "test_screens.py", "test_frozen.py"),
    "_text": ("assessment", "test_howto.py", "test_screens.py"),
    "columns": ("properties/test_score.py", "properties/test_rows.py"),
    "extra": (
        "agent",
        "frames",
        "notebook",
        "test_plots.py",
        "test_plots_numbers.py",
        "test_plots_passing.py",
        "test_plots_weightings.py",
        "postings/test_pages.py",
    ),
    "postings": ("properties/test_postings.py",),
    "sensitivity": (
        "properties/test_flips.py",
        "properties/test_questions.py",
        "properties/test_draws.py",
    ),
    "simulation": (
        "competition/test_mutual_bracket.py",
        "competition/test_sure_jobs.py",
        "portfolio/test_arrivals.py",
        "portfolio/test_offers.py",
        "portfolio/test_promises.py",
        "process/test_mutual_fit.py",
        "properties/test_one_answer.py",
    ),
    "top": ("test_errors.py", "test_visible.py", "test_main.py", "extra", "model"),
}
"""Tests of a package beside those of its folder: laws, and tests of what calls it."""


def tests_of(name: str) -> list[str]:
    """Paths of the tests to run: the folder of a package, and laws across packages."""
    parts = Path(sources_of(name)[0]).parts
    package = parts[2] if len(parts) > 3 else "top"
    folder = f"tests/{package.lstrip('_')}"
    spanning = [f"tests/{name}" for name in SPANNING.get(package, ())]
    own = [folder] if (ROOT / folder).is_dir() else []
    return [*own, *spanning] or ["tests"]


def sources_of(name: str) -> list[str]:
    """Paths of a package, or of a module, by its name or as ``_solver/chains``."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in SOURCE.rglob("*.py"))
    start = "src/interviewfit/"
    if name == "top":
        return [path for path in sources if "/" not in path.removeprefix(start)]
    if inside := [path for path in sources if path.startswith(f"{start}{name}/")]:
        return inside
    flat = f"{start}{name}.py"
    inner = [path for path in sources if path.endswith(f"/{name}.py")]
    modules = [flat] if flat in sources else inner
    if len(modules) != 1:
        message = f"no one module or package is called {name}: {modules or 'none'}"
        raise SystemExit(message)
    return modules


def configured(text: str, name: str) -> str:
    """The project's configuration, narrowed to a module or package and its tests."""
    return re.sub(
        r"(?m)^pytest_add_cli_args_test_selection = .*$",
        f"pytest_add_cli_args_test_selection = {tests_of(name)}\n"
        f"only_mutate = {sources_of(name)}",
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
    settings.write_text(configured(text, module), encoding="utf-8")

    def mutmut(*arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "mutmut", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            text=True,
            env={**os.environ, "MUTANT_SECONDS": str(seconds)},
        )
        if check and done.returncode:
            sys.stderr.write(done.stdout[-3_000:] + done.stderr[-3_000:])
            raise SystemExit(2)
        return done.stdout

    def results() -> dict[str, str]:
        found = mutmut("results", "--all", "true")
        return dict(re.findall(r"(?m)^\s+(\S+): (.+)$", found))

    chosen: list[str] = []
    if sample is not None:
        # A run must come first: it writes the mutants down and times the tests, and
        # then says that there is none of this name.
        mutmut("run", "--max-children", "1", "none", check=False)
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
    parser.add_argument(
        "modules", nargs="+", metavar="NAME", help="modules or packages"
    )
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
