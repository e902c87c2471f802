"""Which columns let rows that look alike share every step."""

from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Action,
    Assumptions,
    Candidate,
    InvalidFieldError,
    Reading,
    Stage,
    Weights,
    score,
)
from interviewfit.columns._scoring import TEMPLATES, _rows_share_steps
from interviewfit.columns._validation import validate

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
    table = validate(named, who or Candidate(), templates)
    return _rows_share_steps(table, Assumptions(numbers=numbers))


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
        *(
            (
                not looked_up,
                {"culture.mean": TWO, "process": "own", "unresearched": looked_up},
                {"processes": SILENT, "research.surfaces": 0.5},
            )
            for looked_up in (False, True)
        ),
        (
            False,
            {"culture.mean": TWO, "process": "own", "unresearched": YES},
            {"processes": SILENT, "research.surfaces": 0.5},
        ),
        (
            True,
            {"culture.mean": TWO, "process": "own"},
            {"processes": SILENT, "research.surfaces": 0.5},
        ),
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
    """Each column of signs doubles them, as does an aspect that may be unknown."""
    signs = [
        *("bad_reviews", "remote_allowed", "merger_talks", "layoff_news"),
        *("wrong_kind_of_work", "thin_job_description", "benefits_weaker"),
        *("other_openings", "executive_departure", "passed_on_by_hr"),
    ]
    known = dict.fromkeys(signs[:count], YES)
    columns = {f"signs.{name}": flags for name, flags in known.items()}

    assert shares({"role.mean": TWO, **columns}) is expected
    # Whether a recruiter is in between is no sign, and doubles nothing.
    assert shares({"role.mean": TWO, **columns, "via_recruiter": YES}) is expected


def test_waiting_is_open_where_any_news_is_to_come() -> None:
    news = Reading(
        aspect="pay", value=0.0, noise=5.0, unsettled=0.5, scope="field", about="law"
    )
    columns = {"process": "corporate", "pay.mean": TWO}

    assert Action.POSTPONE in score(Candidate(learned=[news]), columns).actions
    assert Action.POSTPONE not in score(Candidate(), columns).actions


def test_details_have_a_place_for_each_half_of_the_longest_process() -> None:
    found = score(Candidate(), {"process": "corporate", "pay.mean": TWO}, terms=True)

    assert found.details is not None
    assert found.details.thresholds.shape == (8, 2)


def test_what_was_given_instead_of_room_is_shown() -> None:
    columns = {"process": "corporate", "pay.mean": TWO}
    other = score(Candidate(), {"process": "corporate", "pay.mean": [1.0, 2.0, 3.0]})

    with pytest.raises(InvalidFieldError, match=r"of 2 rows .* got <Scores of 3 rows"):
        score(Candidate(), columns, out=other)


def test_a_process_that_is_no_list_is_shown_an_example() -> None:
    with pytest.raises(InvalidFieldError, match=r"[^X]Stage\(kind='hr_screen'\)[^X]"):
        score(Candidate(), {"process": "own"}, processes={"own": "panel"})  # type: ignore[dict-item]  # wrong on purpose
