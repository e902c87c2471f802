"""How many processes the tests run in."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Source = pytest.Config.ArgsSource


def chosen(here: pytest.Config, **more: Any) -> tuple[object, object, object]:
    """What the hook makes of a run of the whole suite that says no more than this."""
    settings = {
        "usepdb": False,
        "capture": "fd",
        "numprocesses": None,
        "dist": "no",
        "maxprocesses": None,
    }
    option = SimpleNamespace(**{**settings, **more.pop("option", {})})
    plain = {"option": option, "args_source": Source.TESTPATHS}
    manager = SimpleNamespace(hasplugin=lambda _: more.pop("xdist", True))
    config = SimpleNamespace(**{**plain, "pluginmanager": manager, **more})
    conftest: Any = here.pluginmanager.get_plugin(
        str(Path(__file__).with_name("conftest.py"))
    )

    conftest.pytest_cmdline_main(config)

    return option.numprocesses, option.dist, option.maxprocesses


def test_the_whole_suite_takes_every_core_up_to_four(
    pytestconfig: pytest.Config,
) -> None:
    assert chosen(pytestconfig) == ("auto", "worksteal", 4)


@pytest.mark.parametrize(
    "more",
    [
        {"args_source": Source.ARGS},
        {"option": {"usepdb": True}},
        {"option": {"capture": "no"}},
        {"option": {"numprocesses": 0}},
        {"xdist": False},
    ],
    ids=str,
)
def test_whoever_asks_for_less_runs_alone(
    pytestconfig: pytest.Config, more: dict[str, Any]
) -> None:
    found = chosen(pytestconfig, **more)

    assert found == (more.get("option", {}).get("numprocesses"), "no", None)


def test_a_worker_calls_no_workers(pytestconfig: pytest.Config) -> None:
    """Else each would call more, until the machine stands still."""
    assert chosen(pytestconfig, workerinput={}) == (None, "no", None)


def test_what_was_said_stands(pytestconfig: pytest.Config) -> None:
    said = {"numprocesses": 3, "dist": "load", "maxprocesses": 2}

    assert chosen(pytestconfig, option=said) == (3, "load", 2)
