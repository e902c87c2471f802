"""An offer that waits for news of an event, beside a process.

What the event brings is known before anything else goes on, so the process competes
with what the offer then is worth, and not with what it is worth on average.
"""

import numpy as np
import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Search,
    assess,
    plan,
    simulate,
    small_firm,
)
from interviewfit.sensitivity import sweep

CASES = [(mean, sign) for mean in (9.0, 12.0, 16.0) for sign in ("merger_talks", "layoff_news")]


def search(mean: float, sign: str) -> Search:
    held = Opportunity(
        name="Held",
        stages=small_firm(),
        beliefs={"pay": Belief(mean=mean, sd=3.0)},
        signals=[sign],
        position=Position(phase="offered"),
    )
    beliefs = {"pay": Belief(mean=8.0, sd=4.0)}
    other = Opportunity(name="Job", stages=small_firm(), beliefs=beliefs)
    return Search(candidate=Candidate(), opportunities=[held, other])


@pytest.mark.parametrize(("mean", "sign"), CASES)
class TestOfOneProcess:
    def test_it_adds_what_the_plan_is_worth_more_with_it(
        self, mean: float, sign: str
    ) -> None:
        both = search(mean, sign)
        held, _ = both.opportunities

        answer = plan(both.candidate, both.opportunities)

        assert answer.offers[0].action is Action.POSTPONE
        assert answer.guarantee.gap == 0.0
        added = answer.value - plan(both.candidate, [held]).value
        assert answer.processes[0].marginal_value == pytest.approx(added, abs=1e-7)

    def test_the_runs_take_that_long_and_end_so(self, mean: float, sign: str) -> None:
        answer = planned(mean, sign)

        outcomes = simulate(answer, 50_000, 3)

        (row,), (played, *_) = answer.processes, outcomes.processes
        assert answer.hours == pytest.approx(
            outcomes.hours.mean, abs=4.5 * outcomes.hours.error
        )
        share = row.accept_probability
        error = np.sqrt(share * (1.0 - share) / outcomes.runs)
        assert played.accepted == pytest.approx(share, abs=4.5 * error)

    def test_assess_and_its_rows_say_the_same(self, mean: float, sign: str) -> None:
        both = search(mean, sign)
        held, other = both.opportunities
        row = plan(both.candidate, both.opportunities).processes[0]

        answer = assess(both.candidate, other, beside=[held])
        moved = sweep(answer, "pay.mean", [8.0, 9.0])

        assert answer.value == pytest.approx(row.marginal_value, abs=1e-9)
        values = [values[0] for values in (moved.values[:, 0],)]
        assert max(values) >= 0.0
