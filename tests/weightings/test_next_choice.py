"""The next pair of jobs is the one whose answer is worth most."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Weights,
    assess,
    corporate,
)
from interviewfit.weightings import JobChoice, learn_priorities, next_choice


def answer(role: float = -35.0, who: Candidate | None = None) -> Assessment:
    beliefs = {"pay": Belief(mean=12, sd=3), "role": Belief(mean=role, sd=5)}
    job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    return assess(who or Candidate(), job)


def value_of(decided: Assessment, priorities: dict[str, float]) -> float:
    """The value of a decision to somebody with other priorities."""
    who = evolve(decided.decision.candidate, priorities=priorities)
    return assess(who, decided.decision.opportunity).value


def test_its_value_is_that_of_deciding_with_the_answer() -> None:
    """By assessing what is learned from either answer, one by one."""
    decided = answer()
    learned = [JobChoice(chosen={"role": 10}, rejected={"pay": 9})]
    posterior = learn_priorities(learned)
    choice = next_choice(decided, posterior)
    assert choice is not None

    expected, now = 0.0, learn_priorities(learned).to_candidate().priorities
    for first in (True, False):
        after = learn_priorities([*learned, choice.answer(first=first)])
        chance = choice.first_probability if first else 1 - choice.first_probability
        expected += chance * value_of(decided, dict(after.to_candidate().priorities))

    gain = expected - value_of(decided, dict(now))
    assert choice.value == pytest.approx(gain, rel=0.1, abs=0.05)
    assert choice.value <= choice.value_of_knowing


def test_knowing_is_worth_what_deciding_with_each_draw_is() -> None:
    decided = answer()
    posterior = learn_priorities([JobChoice(chosen={"role": 10}, rejected={"pay": 9})])
    choice = next_choice(decided, posterior)
    assert choice is not None
    rng, values = np.random.default_rng(2), []
    names = ["culture", "team", "manager", "growth", "commute", "stability", "benefits"]
    sd = np.log(5.0) / 1.959963984540054
    for number in posterior.resample(200):
        priorities = dict(
            zip(names, np.exp(sd * rng.normal(size=7) - sd**2 / 2), strict=True)
        )
        priorities["role"] = float(posterior.draws[number, 0])
        values.append(value_of(decided, priorities))

    now = dict(posterior.to_candidate().priorities)
    gain = np.mean(values) - value_of(decided, now)
    error = np.std(values) / np.sqrt(200)
    assert abs(choice.value_of_knowing - gain) <= 4.5 * error


@settings(max_examples=10)
@given(st.floats(-60, 20), st.floats(0, 3))
def test_no_answer_is_worth_less_than_nothing(role: float, minutes: float) -> None:
    choice = next_choice(answer(role), learn_priorities([]), minutes=minutes)

    if choice is not None:
        assert choice.value > choice.cost >= 0.0
        assert 0.0 < choice.first_probability < 1.0
        assert len(choice.first) == len(choice.second) == 1


def test_it_stops_when_no_answer_is_worth_its_time() -> None:
    decided = answer()
    choice = next_choice(decided, learn_priorities([]))
    assert choice is not None

    minutes = 60.0 * choice.value
    assert next_choice(decided, learn_priorities([]), minutes=1.01 * minutes) is None
    assert next_choice(answer(-400), learn_priorities([])) is None


def test_time_costs_what_it_counts() -> None:
    busy = answer(who=Candidate(weights=Weights(time=2)))
    choice = next_choice(busy, learn_priorities([]), minutes=3)
    assert choice is not None

    assert choice.cost == pytest.approx(0.1)


def test_the_answer_goes_into_the_choices() -> None:
    choice = next_choice(answer(), learn_priorities([]))
    assert choice is not None

    liked, other = choice.answer(first=True), choice.answer(first=False)
    assert (liked.chosen, liked.rejected) == (choice.first, choice.second)
    assert (other.chosen, other.rejected) == (choice.second, choice.first)


def test_questions_lead_to_the_decision_of_the_true_priorities() -> None:
    """Somebody to whom the role matters little ends with taking it."""
    true, learned = {"role": 0.2}, []
    posterior = learn_priorities([])
    for _ in range(8):
        decided = assess(posterior.to_candidate(), answer().decision.opportunity)
        choice = next_choice(decided, posterior)
        if choice is None:
            break
        first, second = (
            sum(true.get(name, 1.0) * size for name, size in job.items())
            for job in (choice.first, choice.second)
        )
        learned.append(choice.answer(first=first > second))
        posterior = learn_priorities(learned)

    decided = assess(posterior.to_candidate(), answer().decision.opportunity)
    assert (answer().action, decided.action) == ("decline", "take")
    assert posterior.action_shares(decided)[decided.action] > 0.9


def test_nothing_is_asked_where_nothing_is_to_be_decided() -> None:
    job = answer().decision.opportunity
    stopped = assess(Candidate(dealbreakers=["oil"]), evolve(job, tags=["oil"]))
    over = assess(Candidate(), evolve(job, position=Position(phase="rejected")))

    assert next_choice(stopped, learn_priorities([])) is None
    assert next_choice(over, learn_priorities([])) is None


def test_an_aspect_that_counts_for_nothing_is_not_asked_about() -> None:
    who = Candidate(priorities={"role": 0})
    choice = next_choice(answer(who=who), learn_priorities([], candidate=who))

    assert choice is None or "role" not in {*choice.first, *choice.second}


def test_it_prints_itself() -> None:
    choice = next_choice(answer(), learn_priorities([]))

    assert str(choice).startswith("Which of two jobs would you take, all else equal: ")
    assert "Your answer is worth " in str(choice)
    assert repr(choice).startswith("<NextChoice: {")


@pytest.mark.parametrize(
    ("arguments", "more", "message"),
    [
        ((answer(), None), {}, r"next_choice\(posterior\).*PriorityPosterior"),
        ((None, learn_priorities([])), {}, r"next_choice\(assessment\)"),
        ((answer(), learn_priorities([])), {"minutes": -1}, "at least 0"),
        (
            (
                assess(
                    Candidate(),
                    answer().decision.opportunity,
                    beside=[Opportunity(name="Bolt", stages=corporate())],
                ),
                learn_priorities([]),
            ),
            {},
            "one opportunity alone",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: Any, more: Any, message: str
) -> None:
    with pytest.raises(InvalidFieldError, match=message):
        next_choice(*arguments, **more)
