"""How the tests run: side by side, and how Hypothesis runs in them."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# The ordinary run tries the same examples every time and knows no deadline, so
# neither luck nor a slow machine fails it.
settings.register_profile("ordinary", derandomize=True, deadline=None, max_examples=50)
# For a long look: `python -m pytest --hypothesis-profile=thorough`.
settings.register_profile("thorough", deadline=None, max_examples=2_000)
# mutmut runs the suite many times in one process, which is no fault of a test's. That
# a test fails is enough: nobody reads of the smallest example.
settings.register_profile(
    "mutation",
    derandomize=True,
    deadline=None,
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.differing_executors],
)
settings.load_profile("ordinary")

# Tests run side by side. Several threads for one product of matrices would then wait
# for each other: what takes 2 s alone took 20 s.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

MOST_WORKERS = 4
"""Each loads NumPy and SciPy anew; past this they wait for the longest test."""


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


def pytest_sessionstart(session: pytest.Session) -> None:
    """Nothing that was worked out before a mutant stands in for what it works out.

    mutmut forks for each, and what tests and the package keep would come along.
    """
    if "MUTANT_SECONDS" not in os.environ:
        return
    tests = session.config.rootpath / "tests"
    for name, module in list(sys.modules.items()):
        path = Path(getattr(module, "__file__", None) or "")
        if path.is_relative_to(tests) and path.stem != "conftest":
            del sys.modules[name]
        elif name.partition(".")[0] == "interviewfit":
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """
    A mutant is met by the quickest tests first, and by no more than ``mutate`` allows.
    """
    took = Path("mutmut-stats.json")
    if "MUTANT_SECONDS" not in os.environ or not took.exists():
        return
    durations = json.loads(took.read_text(encoding="utf-8"))["duration_by_test"]
    items.sort(key=lambda item: durations.get(item.nodeid, 0.0))
    left, kept = float(os.environ["MUTANT_SECONDS"]), 0
    for item in items:
        left -= durations.get(item.nodeid, 0.0)
        kept += left > 0.0
    config.hook.pytest_deselected(items=items[kept:])
    del items[kept:]
