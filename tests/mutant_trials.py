"""Runs tests against a copy of the project, a fork for each change; see ``mutate``.

Reads requests from standard input, one JSON object a line, and answers each by one.
Packages that tests import are loaded once. The project and its tests are loaded anew in
each fork, so that a change is met when modules are imported as well, and nothing is
known from before.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

LOADED = (
    *("attrs", "cattrs", "hypothesis", "hypothesis.strategies", "lxml.etree"),
    *("mpmath", "numpy", "numpy.polynomial", "openpyxl", "scipy.integrate"),
    *("scipy.optimize", "scipy.special", "scipy.stats", "_pytest.doctest"),
)
MEMORY = 8 << 30
OPTIONS = (
    *("-q", "-x", "-n", "0", "-p", "no:random-order", "-p", "no:cacheprovider"),
    *("--hypothesis-profile=mutation", "--tb=no"),
    # What is loaded before the fork.
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
)


def processor() -> float:
    """Seconds of processor of this process and of those it waited for."""
    return sum(os.times()[:4])


class Watch:
    """Ends the run at the first failure, or once the tests have had their time."""

    def __init__(
        self, costs: dict[str, float], seconds: float, every: bool, answer: Path
    ) -> None:
        self.order = {test: place for place, test in enumerate(costs)}
        self.costs = costs
        self.left = seconds
        self.every = every
        self.answer = answer
        self.now = ""
        self.failed: list[str] = []
        self.ran = 0
        signal.signal(signal.SIGPROF, self.stop)

    def end(self, how: str) -> NoReturn:
        """Say how it ended, and end at once: nothing is left to clear up."""
        said = {"end": how, "by": self.failed, "ran": self.ran, "spent": processor()}
        self.answer.write_text(json.dumps(said), encoding="utf-8")
        os._exit(0)

    def fail(self, test: str, how: str) -> None:
        """Note a failure."""
        self.failed.append(test)
        if not self.every:
            self.end(how)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """A test that takes ten times as long as it should does not end."""
        del number, frame
        self.failed.append(self.now)
        self.end("timeout")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read."""
        if report.failed:
            self.fail(report.nodeid, "killed")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Those that were asked for, in that order."""
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Skip what there is no time for, and set the time for what there is."""
        if processor() > self.left:
            return True
        self.now = item.nodeid
        self.ran += 1
        signal.setitimer(signal.ITIMER_PROF, 10.0 + 10.0 * self.costs[item.nodeid])
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure is enough."""
        if report.failed:
            self.fail(report.nodeid, "killed")


def child(request: dict[str, object], answer: Path) -> NoReturn:
    """Run the tests of a request."""
    costs, seconds = request["tests"], request["seconds"]
    assert isinstance(costs, dict)
    assert isinstance(seconds, float)
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    most = int(processor() + 3.0 * seconds) + 120
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    watch = Watch(costs, processor() + seconds, bool(request["every"]), answer)
    for module in sorted({test.partition("::")[0] for test in costs}):
        if module.startswith("src/"):
            # Else pytest loads it twice, and what a test replaces in one is not met in
            # the other. What cannot be loaded fails once more when it is collected.
            with contextlib.suppress(Exception):
                importlib.import_module(
                    ".".join(Path(module).with_suffix("").parts[1:])
                )
    options = list(OPTIONS)
    if watch.every:
        options.remove("-x")
    status = pytest.main([*options, "--basetemp=trials", *costs], plugins=[watch])
    watch.end("survived" if status in {0, 1, 5} and not watch.failed else "killed")


def run(request: dict[str, object]) -> dict[str, object]:
    """How a request ended."""
    answer = Path("answer.json").resolve()
    answer.unlink(missing_ok=True)
    number = os.fork()
    if not number:
        try:
            child(request, answer)
        finally:
            os._exit(3)
    seconds = request["seconds"]
    assert isinstance(seconds, float)
    # Not by the clock, which goes on where somebody stops this process for a while.
    left = 120.0 + 15.0 * seconds
    while not os.waitpid(number, os.WNOHANG)[0]:
        if left < 0.0:
            os.killpg(number, signal.SIGKILL)
            os.waitpid(number, 0)
            break
        time.sleep(0.05)
        left -= 0.05
    with contextlib.suppress(ProcessLookupError):
        # What a test started and never ended.
        os.killpg(number, signal.SIGKILL)
    if not answer.exists():
        return {"end": "stopped", "by": [], "ran": 0, "spent": 0.0}
    told: dict[str, object] = json.loads(answer.read_text(encoding="utf-8"))
    return told


def requests() -> Iterator[dict[str, object]]:
    """What is asked, until there is no more."""
    for line in sys.stdin:
        yield json.loads(line)


if __name__ == "__main__":
    for module in LOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    for asked in requests():
        sys.stdout.write(json.dumps(run(asked)) + "\n")
        sys.stdout.flush()
