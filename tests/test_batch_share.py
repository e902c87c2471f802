"""
Which columns let rows that look alike share every step.
"""

from typing import Any

import numpy as np
import pytest

from interviewfit import Assumptions, Candidate, Stage, Weights
from interviewfit.batch import TEMPLATES, _share
from interviewfit.crew import Crew
from interviewfit.intake import read

TWO = np.array([3.0, -2.0])
YES = np.array([True, False])
SILENT = {"own": (Stage(kind="panel", surfaces=0),)}
SHOWS_LATE = {
    "own": (Stage(kind="panel", surfaces=0), Stage(kind="panel", surfaces=0.5))
}
SHOWS_EARLY = {"own": SHOWS_LATE["own"][::-1]}
NO_ROLE = Candidate(weights=Weights(hidden_role=0))


def shares(
    columns: dict[str, Any],
    who: Candidate | None = None,
    processes: dict[str, Any] | None = None,
    **numbers: float,
) -> bool:
    named = {"process": "corporate", **columns}
    templates = {**TEMPLATES, **(processes or {})}
    with Crew(1) as crew:
        table = read(named, who or Candidate(), templates, 0, crew)
    return _share(table, Assumptions(numbers=numbers))


@pytest.mark.parametrize(
    ("expected", "columns", "more"),
    [
        (True, {"role.mean": TWO}, {}),
        (False, {"culture.mean": TWO}, {}),
        (False, {"fallback": TWO}, {}),
        (False, {"role.mean": 1.0, "role.sd": TWO + 5}, {}),
        (False, {"weights.time": TWO + 5}, {}),
        (True, {"culture.mean": TWO}, {"who": NO_ROLE}),
        (True, {"fallback": TWO}, {"who": NO_ROLE}),
        (False, {"culture.mean": TWO, "weights.hidden_role": 1.0}, {"who": NO_ROLE}),
        (True, {"culture.mean": TWO, "priorities.culture": 0.0}, {}),
        (True, {"culture.mean": TWO}, {"who": Candidate(priorities={"culture": 0})}),
        (True, {"culture.mean": TWO, "phase": "offered"}, {}),
        (True, {"culture.mean": TWO, "phase": "rejected"}, {}),
        (False, {"culture.mean": TWO, "phase": "midway"}, {}),
        (False, {"culture.mean": TWO, "phase": np.array(["offered", "before"])}, {}),
        (True, {"culture.mean": TWO, "hidden_role": 0.0}, {}),
        (True, {"culture.mean": TWO}, {"hidden_role": 0.0}),
        (True, {"culture.mean": TWO}, {"hidden_offer": 0.0}),
        (False, {"culture.mean": TWO, "hidden_role": 0.5}, {"hidden_role": 0.0}),
        (True, {"culture.mean": TWO, "process": "own"}, {"processes": SILENT}),
        (False, {"culture.mean": TWO, "process": "own"}, {"processes": SHOWS_LATE}),
        (False, {"culture.mean": TWO, "process": "own"}, {"processes": SHOWS_EARLY}),
        (
            True,
            {"culture.mean": TWO, "process": "own", "stage": 1},
            {"processes": SHOWS_EARLY},
        ),
        (
            False,
            {"culture.mean": TWO, "process": "own", "stage": 1},
            {"processes": SHOWS_LATE},
        ),
        (
            False,
            {"culture.mean": TWO, "process": "own", "stage": np.array([0, 1])},
            {"processes": SHOWS_EARLY},
        ),
    ],
)
def test_rows_share_steps_where_nothing_but_the_mean_moves(
    columns: dict[str, Any], more: dict[str, Any], *, expected: bool
) -> None:
    assert shares(columns, **more) is expected


@pytest.mark.parametrize(("count", "expected"), [(9, True), (10, False)])
def test_not_where_there_were_a_thousand_patterns(
    count: int, *, expected: bool
) -> None:
    """
    Each column of signs doubles them, as does an aspect that may be unknown.
    """
    signs = [
        *("bad_reviews", "remote_allowed", "merger_talks", "layoff_news"),
        *("wrong_kind_of_work", "thin_job_description", "benefits_weaker"),
        *("other_openings", "executive_departure", "passed_on_by_hr"),
    ]
    known = dict.fromkeys(signs[:count], YES)
    columns = {f"signs.{name}": flags for name, flags in known.items()}

    assert shares({"role.mean": TWO, **columns}) is expected
