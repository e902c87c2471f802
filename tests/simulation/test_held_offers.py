"""What becomes of an offer that waits, and of what runs beside it."""

from math import sqrt

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    plan,
    simulate,
    small_firm,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.simulation._simulating import play_out

UNTAUGHT = Candidate(weights=Weights(practice=0))
SURE = {aspect: Belief(mean=0, sd=0) for aspect in ASPECTS}
RUNS = 4096


def midway(name: str, stage: int, mean: float, sd: float) -> Opportunity:
    return Opportunity(
        name=name,
        stages=corporate(),
        position=Position(stage=stage, phase="midway"),
        beliefs={"role": Belief(mean=mean, sd=sd)},
    )


def offer(pay: float, stays_open: float) -> Opportunity:
    return Opportunity(
        name="Held",
        stages=small_firm(),
        beliefs={**SURE, "pay": Belief(mean=pay, sd=0)},
        position=Position(phase="offered"),
        stays_open=stays_open,
    )


JOBS = [midway("Mid", 2, 2, 14), midway("Second", 1, 6, 20)]


@pytest.mark.parametrize("recall", [True, False])
def test_while_an_offer_is_held_the_others_must_beat_it(recall: bool) -> None:
    planned = plan(UNTAUGHT, [offer(6, 1.0), *JOBS], recall=recall)

    played = simulate(planned, RUNS)

    assert planned.offers[0].action is Action.POSTPONE
    assert played.expected is not None
    assert played.expected >= plan(UNTAUGHT, [offer(6, 1.0)]).value
    assert abs(played.value.mean - played.expected) <= 4 * played.value.error
    if not recall:
        assert played.expected == pytest.approx(planned.value, rel=1e-9)


@pytest.mark.parametrize("stays_open", [0.5, 0.8])
def test_an_offer_that_lapses_is_none(stays_open: float) -> None:
    planned = plan(UNTAUGHT, [offer(1, stays_open), *JOBS])

    played = simulate(planned, RUNS)

    assert planned.offers[0].action is Action.POSTPONE
    (fate,) = [process for process in played.processes if process.name == "Held"]
    error = sqrt(stays_open * (1 - stays_open) / RUNS)
    assert abs(fate.offered - stays_open) <= 4 * error
    assert dict(fate.endings)["with an offer"] == fate.offered


def test_time_is_well_spent_where_it_beats_leaving() -> None:
    """Leaving in the middle costs something, so going on may be better and below 0."""
    alone = Candidate(weights=Weights(practice=0, networking=0, hidden_role=0))
    judged = assess(alone, midway("Mid", 2, 2, 14))
    played = simulate(judged, RUNS)
    searches = play_out(judged, RUNS)

    assert played.leaving < 0.0
    assert played.well_spent == np.mean(searches.value > played.leaving + 1e-9)
    assert played.well_spent > np.mean(searches.value > 0.0)


@pytest.mark.parametrize("rival", ["call", "take_home"])
@pytest.mark.parametrize("mutual_fit", [-0.3, 0.5, 1.0])
def test_questions_count_what_the_passes_told(mutual_fit: float, rival: str) -> None:
    """Every command says the same of asking, beside others, with a trial or without."""
    held = Opportunity(
        name="Held",
        stages=[Stage(kind="panel")],
        mutual_fit=mutual_fit,
        position=Position(phase="offered"),
    )
    who = Candidate(fallback=-3)
    jobs = [held, Opportunity(name="Other", stages=[Stage(kind=rival)])]
    planned, lenient = (
        plan(who, [evolve(held, trial_weeks=weeks), jobs[1]]) for weeks in (None, 12)
    )

    asked = assess(who, held, beside=jobs).choice(Action.ASK_FIRST)
    played = simulate(planned, RUNS)

    (offer,) = planned.offers
    assert offer.ask_value is not None
    assert asked.value == pytest.approx(offer.ask_value - offer.decline_value)
    assert lenient.offers[0].ask_value == pytest.approx(offer.ask_value)
    assert played.expected is not None
    assert abs(played.value.mean - played.expected) <= 4 * played.value.error + 1e-9


def test_leaving_at_once_is_no_offer_that_meets_a_dealbreaker() -> None:
    """What a run must beat to be time well spent is the best that could be had."""
    best = evolve(offer(30, 0.0), name="Oil", tags={"oil"})
    who = Candidate(dealbreakers=["oil"])
    planned = plan(who, [offer(3, 0.0), best, *JOBS])

    worths = {one.name: one.accept_value for one in planned.offers}
    assert worths["Oil"] > worths["Held"] > 0.0
    assert simulate(planned, 100).leaving == pytest.approx(worths["Held"])


def test_an_interview_under_way_is_finished_even_by_who_accepts_elsewhere() -> None:
    rate = 0.4
    mid = Opportunity(
        name="Mid",
        stages=[Stage(kind="hr_screen", pass_rate=rate), Stage(kind="panel")],
        position=Position(phase="midway"),
        beliefs={"role": Belief(mean=2, sd=14)},
    )
    better = Opportunity(
        name="Better",
        stages=[Stage(kind="hr_screen", pass_rate=0.5)],
        beliefs={"pay": Belief(mean=30, sd=1)},
    )
    found = assess(UNTAUGHT, mid, beside=[better])

    (fate,) = simulate(found, RUNS).processes

    share = dict(fate.endings)["out after hr screen"]
    assert found.action is Action.CONTINUE
    assert abs(share - (1.0 - rate)) <= 4 * sqrt(rate * (1 - rate) / RUNS)


def test_what_waits_is_said_to_wait() -> None:
    planned = plan(UNTAUGHT, [offer(1, 0.8), *JOBS])

    fate = simulate(planned, 100).processes[-1]

    assert planned.offers[0].action is Action.POSTPONE
    assert fate.name == "Held"
    assert [title for title, _ in fate.reached] == ["waiting"]


def test_once_all_is_known_nothing_more_is_drawn() -> None:
    """Of what the first interview shows whole, nothing is left to the second."""
    shows = dict.fromkeys(ASPECTS, 1.0)
    stages = [Stage(kind="panel", reveals=shows), Stage(kind="panel")]
    job = Opportunity(name="Open", stages=stages, mutual_fit=0.4)
    found = assess(UNTAUGHT, job)

    played = simulate(found, RUNS).value

    assert abs(played.mean - found.value) <= 4 * played.error
