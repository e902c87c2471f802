"""How the tests run: side by side, and how Hypothesis runs in them."""

import gc
import os
import re
import sys
from collections.abc import Generator, Iterator, Sequence

import pytest
from hypothesis import Phase, settings

from interviewfit import DecodeError, InvalidFieldError

# The ordinary run tries the same examples every time and knows no deadline, so
# neither luck nor a slow machine fails it.
settings.register_profile("ordinary", derandomize=True, deadline=None, max_examples=50)
# For a long look: `python -m pytest --hypothesis-profile=thorough`.
settings.register_profile("thorough", deadline=None, max_examples=2_000)
# For changes that tests should notice (`tests/mutate.py`): the examples of the ordinary
# run. That a test fails is enough: nobody reads of the smallest example.
settings.register_profile(
    "mutation",
    derandomize=True,
    deadline=None,
    max_examples=50,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("ordinary")

# Tests run side by side. Several threads for one product of matrices would then wait
# for each other: what takes 2 s alone took 20 s.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

MOST_WORKERS = 4
"""Each loads NumPy and SciPy anew; past this they wait for the longest test."""

_NEW_OBJECTS = 10_000
"""After so many new ones garbage is looked for. Hypothesis makes very many."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """One worker for each core where the whole suite is asked for, and none said how.

    A few tests named by somebody who waits start faster alone. Not in ``addopts``:
    there it would break ``-p no:xdist``.
    """
    if hasattr(config, "workerinput") or not config.pluginmanager.hasplugin("xdist"):
        # A worker comes by here too, and must not call workers of its own.
        return
    option = config.option
    if option.usepdb or option.capture == "no":
        return
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    if option.numprocesses is None and option.dist == "no":
        option.numprocesses, option.dist = "auto", "worksteal"
        option.maxprocesses = option.maxprocesses or MOST_WORKERS


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect all tests without looking for garbage, of which there is next to none.

    Python would walk over all that is collected again and again, which took a third of
    the time. What is there then stays to the end: no later search walks over it.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the pages first, each of which is one long test.

    At the end of a run one of them would keep a worker busy, and the others idle.
    """
    items.sort(key=lambda item: item.path.suffix != ".md")


def pytest_runtest_teardown() -> None:
    """Close the figures that a test has drawn, which pyplot would keep for good."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


_WHERE = re.compile(r"\W*\d*([a-z_]\w*|[A-Z][a-z]\w*|[A-Z]+\b)")
_EXPECTED = re.compile(r"[a-z0-9'\"(-]|NaN |NAME=|[A-Z][a-z]+$")
_REMEDY = re.compile(r"([A-Z0-9'\"-]|\w+\().*[.?]", re.DOTALL)


_FAULT = re.compile(r".*[.?]( @ \S.*)?", re.DOTALL)


@pytest.fixture(autouse=True, scope="session")
def _refusals_are_sentences() -> Iterator[None]:
    """Whatever a test does, a refusal reads "... must be ..., got .... Do this."

    The place begins with a name, what is expected goes on after "must be", and the
    remedy is whole sentences. Faults of a text are sentences as well, and say what it
    should have been.
    """
    plain = InvalidFieldError.__init__
    undecoded = DecodeError.__init__

    def faulty(self: DecodeError, kind: str, faults: Sequence[str]) -> None:
        assert kind
        assert isinstance(kind, str)
        for fault in faults:
            # A word is no sentence, but stands for any fault.
            assert " " not in fault or _FAULT.fullmatch(fault), fault
        undecoded(self, kind, faults)

    def checked(
        self: InvalidFieldError,
        where: str,
        expected: str,
        value: object,
        remedy: str = "",
    ) -> None:
        if expected in (where, value):
            # No sentence: what becomes of some text in any place is tried.
            plain(self, where, expected, value, remedy)
            return
        assert _WHERE.match(where), where
        assert _EXPECTED.match(expected), expected
        assert expected.endswith("...") or not expected.endswith("."), expected
        assert remedy is not None, expected
        assert not remedy or _REMEDY.fullmatch(remedy), remedy
        assert not remedy.isupper(), remedy
        plain(self, where, expected, value, remedy)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(InvalidFieldError, "__init__", checked)
        patch.setattr(DecodeError, "__init__", faulty)
        yield
