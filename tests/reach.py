"""Which tests reach which line, and what each costs: ``python tests/reach.py MAP``.

Runs the suite once under coverage, with a context for each test, and writes MAP: for
each test its seconds of processor, and for each line of the package the tests that
reach it, those in other processes included. Whatever the package keeps is cleared
before each test, so that every test that would compute it is said to reach it. Takes a
quarter of an hour on one core. ``tests/mutate.py --map MAP`` chooses its tests from it.

If paths of tests are named, those alone are run, and what MAP holds of others is kept:
of other files, or of other tests if tests in a file are named.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

# The suite as it is run every day, and tests that need other packages.
RUNS = (
    (),
    ("tests/agent",),
    ("tests/frames", "docs/howto/data-frames.md"),
    ("tests/notebook",),
    ("tests/faults/test_cluster.py",),
)

STARTED = """
import coverage
coverage.process_startup()
"""
"""What other processes import first of all."""

SETTINGS = """
[run]
source_pkgs = interviewfit
parallel = true
data_file = {data}
context = ${{REACH_TEST-}}
"""

OPTIONS = ("-q", "-n", "0", "-p", "reach", "-p", "no:random-order")


def processor() -> float:
    """Seconds of processor of this process and of those it waited for."""
    return sum(os.times()[:4])


def forget() -> None:
    """Clear what the package keeps."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "interviewfit":
            for kept in list(vars(module).values()):
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


TOOK: dict[str, float] = {}
FAILED: set[str] = set()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A context for each test, here and in processes that it starts."""
    from coverage import Coverage  # noqa: PLC0415

    measured = Coverage.current()
    forget()
    os.environ["REACH_TEST"] = item.nodeid
    os.environ["COVERAGE_PROCESS_START"] = os.environ["REACH_SETTINGS"]
    if measured:
        measured.switch_context(item.nodeid)
    began = processor()
    done = yield
    TOOK[item.nodeid] = processor() - began
    if measured:
        measured.switch_context("")
    return done


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that fails when it is watched can tell nothing."""
    if not report.passed:
        FAILED.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write down what each test cost."""
    took = {test: cost for test, cost in TOOK.items() if test not in FAILED}
    path = Path(os.environ["REACH_TOOK"])
    path.write_text(json.dumps(took), encoding="utf-8")


def mapped(data: Path) -> dict[str, dict[str, list[int]]]:
    """Of each file of the package, the lines that each test reaches."""
    from coverage import CoverageData  # noqa: PLC0415

    reached: dict[str, dict[str, list[int]]] = {}
    one = CoverageData(str(data))
    one.read()
    for path in one.measured_files():
        by_test: dict[str, list[int]] = defaultdict(list)
        for line, tests in one.contexts_by_lineno(path).items():
            for test in tests:
                by_test[test].append(line)
        name = Path(path).as_posix().rpartition("src/interviewfit/")[2]
        reached[name] = by_test
    return reached


def merged(
    known: dict[str, Any], newer: dict[str, Any], *, by_file: bool = True
) -> dict[str, Any]:
    """Both maps; of files of tests in both, the newer. "" is what imports reach.

    Args:
        known, newer: The maps.
        by_file: Whether the newer knows all tests of its files.
    """
    files = {test.partition("::")[0] for test in newer["took"]}

    def kept(test: str) -> bool:
        if by_file:
            return test.partition("::")[0] not in files
        return test not in newer["took"]

    took = {test: cost for test, cost in known["took"].items() if kept(test)}
    reached: dict[str, dict[str, list[int]]] = {}
    for name in sorted({*known["reached"], *newer["reached"]}):
        old = known["reached"].get(name, {})
        new = newer["reached"].get(name, {})
        reached[name] = {test: lines for test, lines in old.items() if kept(test)} | new
        if imported := sorted({*old.get("", ()), *new.get("", ())}):
            reached[name][""] = imported
    return {"took": took | newer["took"], "reached": reached}


def main() -> None:
    """Run, and write the map."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("map", type=Path)
    parser.add_argument("tests", nargs="*", help="those alone")
    asked = parser.parse_args()
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "sitecustomize.py").write_text(STARTED, encoding="utf-8")
        settings, costs = here / "settings.ini", here / "took.json"
        settings.write_text(SETTINGS.format(data=here / "data"), encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((folder, str(ROOT / "tests"))),
            "REACH_SETTINGS": str(settings),
            "REACH_TOOK": str(costs),
            "REACH_TEST": "",
        }
        for where in [tuple(asked.tests)] if asked.tests else RUNS:
            command = ("-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest")
            started = [sys.executable, *command, *OPTIONS, *where]
            subprocess.run(started, cwd=ROOT, env=environment, check=False)
            took |= json.loads(costs.read_text(encoding="utf-8"))
        combine = ("-m", "coverage", "combine", "-q", f"--rcfile={settings}")
        subprocess.run(
            [sys.executable, *combine], check=True, cwd=ROOT, env=environment
        )
        whole = {"took": took, "reached": mapped(here / "data")}
    if asked.tests and asked.map.exists():
        known = json.loads(asked.map.read_text(encoding="utf-8"))
        whole = merged(
            known, whole, by_file=not any("::" in test for test in asked.tests)
        )
    sources = ROOT / "src" / "interviewfit"
    whole["sources"] = {
        path.relative_to(sources).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(sources.rglob("*.py"))
    }
    asked.map.write_text(json.dumps(whole), encoding="utf-8")


if __name__ == "__main__":
    main()
