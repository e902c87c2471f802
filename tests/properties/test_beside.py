"""Many decisions beside other processes, side by side, say what each says alone."""

from math import fsum

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import Action, Assessment, Opportunity, Phase, assess
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.ways import on_their_ways, ways_of
from interviewfit._competition.entries import compile_beside
from interviewfit._competition.joint_search import JointSearch
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.parameters import Parameter, list_inputs, substitute
from interviewfit.records import Decision

SHARES = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3)
PLAIN = {Action.FINISH_POLITELY: Action.CONTINUE}
SOME = settings(max_examples=settings().max_examples // 4)


@frozen
class Crowd:
    """A case, and others beside it."""

    case: fit.Case
    others: tuple[Opportunity, ...]

    @property
    def decision(self) -> Decision:
        return Decision(
            candidate=self.case.candidate,
            opportunity=self.case.opportunity,
            assumptions=self.case.assumptions,
            beside=self.others,
        )


def judged(one: Decision) -> Assessment:
    return assess(
        one.candidate, one.opportunity, assumptions=one.assumptions, beside=one.beside
    )


def stakes(one: Decision) -> float:
    """Size of the numbers all of them are made of: what rounding is relative to."""
    cases = [
        fit.Case(
            candidate=one.candidate, opportunity=other, assumptions=one.assumptions
        )
        for other in (one.opportunity, *one.beside)
    ]
    return fsum(case.stakes(case.assess()) for case in cases)


def beyond_index(one: Decision) -> float:
    """What plans beyond the index can be worth at most with any offers in hand, hours.

    Beside offers rows take what such plans are worth as the search was stated.
    """
    stated: dict[str, float] = {}
    entries = compile_beside(one, stated)
    entries = on_their_ways(entries, ways_of(entries))
    held = [
        entry.process.mean_hours
        for entry in entries
        if entry.structure.phase is Phase.OFFERED
    ]
    if not held:
        return 0.0
    joint = JointSearch.of(one.candidate, entries, one.assumptions)
    bounds = [joint.bounds_at(max(0.0, base)) for base in (0.0, *held)]
    return max(bound.upper - bound.search.policy.value for bound in bounds)


def others() -> st.SearchStrategy[tuple[Opportunity, ...]]:
    """One to three, which may be of one firm with each other, or with the case."""
    each = [fit.opportunities(names=st.just(f"job {place}")) for place in range(3)]
    return st.one_of(*(st.tuples(*each[:count]) for count in range(1, 4)))


def between(one: Parameter, shares: list[float]) -> FloatColumn:
    """Values from the lower end of what is plausible to the upper."""
    return one.low + np.array(shares) * (one.high - one.low)


@st.composite
def varied(draw: st.DrawFn) -> tuple[Decision, dict[Parameter, FloatColumn]]:
    """A decision beside others, and columns for some of its numbers."""
    crowd = draw(st.builds(Crowd, fit.cases(names=st.just("this one")), others()))
    inputs = list_inputs(crowd.decision)
    some = draw(st.lists(st.sampled_from(inputs), min_size=1, max_size=6, unique=True))
    return crowd.decision, {one: between(one, draw(SHARES)) for one in some}


def named(values: dict[Parameter, FloatColumn]) -> dict[str, FloatColumn]:
    return {parameter.name: column for parameter, column in values.items()}


class TestRows:
    @given(varied())
    @SOME
    def test_a_row_says_what_the_decision_says(
        self, given_: tuple[Decision, dict[Parameter, FloatColumn]]
    ) -> None:
        decision, values = given_

        found = evaluate_rows(decision, named(values))

        for row in range(3):
            own = {name: float(column[row]) for name, column in values.items()}
            one = substitute(decision, own)
            alone = judged(one)
            slack = 1e-10 * stakes(one)
            slack += 2.0 * max(beyond_index(one), beyond_index(decision))
            worths = dict(zip(found.actions, found.values[:, row], strict=True))
            for choice in alone.choices:
                action = PLAIN.get(choice.action, choice.action)
                assert worths.pop(action) == pytest.approx(choice.value, abs=slack)
            assert all(worth == -np.inf for worth in worths.values())
            if alone.margin > slack and alone.action not in PLAIN:
                assert found.best[row] in {alone.action, Action.FINISH_POLITELY}

    @given(varied(), st.permutations(range(3)))
    @SOME
    def test_no_bit_depends_on_the_other_rows(
        self, given_: tuple[Decision, dict[Parameter, FloatColumn]], order: list[int]
    ) -> None:
        decision, values = given_

        def rows(which: list[int]) -> Ranking:
            return evaluate_rows(
                decision, {one.name: own[which] for one, own in values.items()}
            )

        whole, moved, alone = rows([0, 1, 2]), rows(order), rows([1])
        many = rows([1] * 9 + [0, 2])

        for action, worth in zip(whole.actions, whole.values, strict=True):
            assert moved.values[moved.actions.index(action)].tolist() == [
                worth[row] for row in order
            ]
            for other in (alone, many):
                assert other.values[other.actions.index(action)][0] == worth[1]
        assert moved.codes.tolist() == [whole.codes[row] for row in order]
        assert alone.codes[0] == many.codes[0] == whole.codes[1]
