"""Limits that move with the weeks, because the outside option changes on a date."""

from datetime import date, timedelta
from math import isfinite

import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Stage,
    Weights,
    dumps,
    loads,
    plan,
    small_firm,
)
from interviewfit.records import WeeklyLimit

TODAY = date(2026, 11, 30)
ORCHARD = Opportunity(
    name="Orchard",
    stages=[Stage(kind="panel", days=3), Stage(kind="executive", days=4)],
    beliefs={"role": Belief(mean=5, sd=4)},
    next_on="2026-12-02",
)
BIRCH = Opportunity(name="Birch", stages=small_firm(), next_on="2026-12-03")
FALL = date(2026, 12, 16)


def who(fall: float = -30.0, on: date = FALL) -> Candidate:
    # Practice is priced apart from the calendar.
    weights = Weights(practice=0)
    return Candidate(fallback=-10, fallback_from={on: fall}, weights=weights)


def accepting(found: Plan) -> dict[date, float]:
    return {limit.on: limit.above for limit in found.weekly if not limit.opportunity}


@pytest.mark.parametrize("jobs", [(ORCHARD,), (ORCHARD, BIRCH)])
def test_a_limit_is_the_value_of_the_plan_made_that_day(
    jobs: tuple[Opportunity, ...],
) -> None:
    limits = accepting(plan(who(), jobs, today=TODAY))

    assert list(limits)[:3] == [TODAY, date(2026, 12, 7), date(2026, 12, 14)]
    for on, limit in limits.items():
        later = [evolve(job, next_on=max(on, job.next_on or on)) for job in jobs]
        found, limit_now = plan(who(), later, today=on), limit
        if on >= FALL:
            # What was -10 is -30 from then on.
            fallen = evolve(who(), fallback=-30, fallback_from={})
            found = plan(fallen, later)
            limit_now = limit + 20.0
        assert limit_now == pytest.approx(
            found.value / found.hours_per_percent, abs=0.3
        )


def test_they_fall_with_the_outside_option() -> None:
    small, large = (
        accepting(plan(who(fall), [ORCHARD, BIRCH], today=TODAY))
        for fall in (-15.0, -60.0)
    )

    assert all(large[on] <= small[on] + 0.3 for on in small)
    assert list(small.values()) == sorted(small.values(), reverse=True)


def test_each_stage_has_a_limit_in_each_week() -> None:
    found = plan(who(), [ORCHARD, BIRCH], today=TODAY)
    weeks = len(accepting(found))

    stages = [(limit.opportunity, limit.stage) for limit in found.weekly[weeks:]]
    assert stages == [
        (name, stage)
        for name, stage in (
            ("Orchard", "panel"),
            ("Orchard", "executive"),
            ("Birch", "hiring manager"),
            ("Birch", "executive"),
        )
        for _ in range(weeks)
    ]
    finite = [limit.above for limit in found.weekly if isfinite(limit.above)]
    assert finite


def test_without_a_change_there_are_none() -> None:
    assert plan(Candidate(day_cost=1), [ORCHARD], today=TODAY).weekly == ()
    assert plan(who(fall=-10), [ORCHARD], today=TODAY).weekly == ()


def test_they_are_printed_and_survive_as_text() -> None:
    found = plan(who(), [ORCHARD], today=TODAY)

    assert "In the week of 30 November accept an offer from" in str(found)
    assert loads(dumps(found), Plan) == found
    assert all(isinstance(limit, WeeklyLimit) for limit in found.weekly)


@pytest.mark.parametrize("today", range(20, 31))
def test_a_week_begins_today_or_on_a_monday(today: int) -> None:
    """Up to the week after the day on which the outside option changes."""
    first = date(2026, 11, today)
    jobs = [evolve(ORCHARD, next_on=first)]

    weeks = list(accepting(plan(who(), jobs, today=first)))

    mondays = [
        on
        for day in range(1, 60)
        if (on := first + timedelta(days=day)).weekday() == 0
        and on <= FALL + timedelta(days=6)
    ]
    assert weeks == [first, *mondays]


def test_of_many_weeks_twelve_are_told_from_the_first_to_the_last() -> None:
    far = date(2027, 11, 10)
    weeks = list(accepting(plan(who(on=far), [ORCHARD], today=TODAY)))

    assert len(weeks) == 12
    assert weeks[0] == TODAY
    assert far <= weeks[-1] <= far + timedelta(days=6)
    assert all(on.weekday() == 0 for on in weeks)
