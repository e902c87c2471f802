"""Jobs that are certain: nothing is learned of them, so the order decides."""

from itertools import product
from math import prod

import pytest
from hypothesis import example, given, settings, strategies as st

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Stage,
    StageKind,
    assess,
    plan,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.simulation import simulate

ME = Candidate()
HOURS_PER_PERCENT = 36.0
CLOSE = 1e-9


def job(name: str, surplus: float, pass_rate: float = 1.0) -> Opportunity:
    """A single interview that costs no time, for a job of which all is known.

    It brings some contacts, so that it is worth it in any case.

    Args:
        name: Of the company.
        surplus: Of the job over staying, hours.
        pass_rate: Of the interview.
    """
    stage = Stage(
        kind=StageKind.HR_SCREEN,
        hours=0,
        preparation=0,
        pass_rate=pass_rate,
        surfaces=0,
        reshape_chance=0,
        practice=0,
    )
    beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
    pay = Belief(mean=surplus / HOURS_PER_PERCENT, sd=0)
    return Opportunity(name=name, stages=(stage,), beliefs={**beliefs, "pay": pay})


def chances(planned: Plan) -> dict[str, float]:
    """The chance of each process to be the job in the end."""
    rows = (*planned.ranked, *planned.to_leave)
    return {row.name: row.accept_probability for row in rows}


@pytest.mark.parametrize(("surplus", "accepted"), [(180, 1), (0, 1), (-1, 0)])
def test_a_sure_job_is_accepted_if_it_is_worth_no_less(
    surplus: float, accepted: float
) -> None:
    opportunity = job("Acme", surplus)

    alone, planned = assess(ME, opportunity), plan(ME, [opportunity])

    assert alone.choices[0].accept_probability == pytest.approx(accepted, abs=CLOSE)
    assert chances(planned) == pytest.approx({"Acme": accepted}, abs=CLOSE)
    assert simulate(alone, 100).accepted == accepted
    assert simulate(planned, 100).accepted == accepted


@pytest.mark.parametrize(("surplus", "accepted"), [(180, 1), (0, 1), (-1, 0)])
@pytest.mark.parametrize("count", [2, 3, 5])
def test_of_equal_sure_jobs_the_first_is_accepted(
    surplus: float, accepted: float, count: int
) -> None:
    jobs = [job(f"Acme {number}", surplus) for number in range(count)]
    expected = {jobs[0].name: accepted} | {other.name: 0 for other in jobs[1:]}

    planned = plan(ME, jobs)

    assert chances(planned) == pytest.approx(expected, abs=CLOSE)
    played = simulate(planned, 100)
    assert {row.name: row.accepted for row in played.processes} == expected


@pytest.mark.parametrize("surplus", [180, 0, -1])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_better_sure_job_is_accepted(surplus: float, is_first: bool) -> None:
    jobs = [job("Acme", surplus), job("Better", 252)]

    planned = plan(ME, jobs if is_first else jobs[::-1])

    assert chances(planned) == pytest.approx({"Acme": 0, "Better": 1}, abs=CLOSE)
    assert simulate(planned, 100).accepted == 1.0


@pytest.mark.parametrize(("rival", "accepted"), [(252, 0), (180, 0), (72, 1)])
def test_rivals_go_before_the_job_that_is_judged_beside_them(
    rival: float, accepted: float
) -> None:
    judged = assess(ME, job("Acme", 180), beside=[job("Rival", rival)])

    chance = judged.choices[0].accept_probability
    assert chance == pytest.approx(accepted, abs=CLOSE)
    assert simulate(judged, 100).accepted == accepted


def test_an_offer_in_hand_is_given_up_for_a_job_worth_as_much() -> None:
    """As an offer that is worth nothing more than staying is accepted."""
    offer = Opportunity(
        name="Offer",
        stages=job("Offer", 180).stages,
        beliefs=job("Offer", 180).beliefs,
        position=Position(phase="offered"),
        stays_open=1.0,
    )

    judged = assess(ME, job("Acme", 252), beside=[offer])

    assert judged.choices[0].accept_probability == pytest.approx(1.0, abs=CLOSE)
    assert simulate(judged, 100).accepted == 1.0


@given(
    st.lists(
        st.tuples(
            st.sampled_from([-36.0, 0.0, 36.0, 72.0]), st.sampled_from([0.25, 0.5, 1.0])
        ),
        min_size=1,
        max_size=5,
    )
)
@example([(36.0, 0.5)] * 3)
@example([(36.0, 1.0), (36.0, 0.5), (72.0, 0.25), (0.0, 1.0)])
@settings(max_examples=25)
def test_the_best_job_that_comes_is_accepted(
    several: list[tuple[float, float]],
) -> None:
    """Every way in which all interviews may end, counted one by one."""
    jobs = [job(f"Job {row}", *numbers) for row, numbers in enumerate(several)]
    expected = {opportunity.name: 0.0 for opportunity in jobs}
    for passes in product((True, False), repeat=len(jobs)):
        chance = prod(
            rate if passed else 1.0 - rate
            for passed, (_, rate) in zip(passes, several, strict=True)
        )
        offers = [
            (surplus, -row)
            for row, (surplus, _) in enumerate(several)
            if passes[row] and surplus >= 0.0
        ]
        if offers:
            expected[jobs[-max(offers)[1]].name] += chance

    found = chances(plan(ME, jobs))

    assert found == pytest.approx(expected, abs=CLOSE)
    assert sum(found.values()) <= 1.0 + CLOSE
