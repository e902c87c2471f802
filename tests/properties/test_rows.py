"""Many decisions side by side say what each says alone."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import strategies as fit
from effort import as_many
from interviewfit import Action, assess
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking, to_percent
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.parameters import Parameter, list_inputs, substitute
from interviewfit.records import Decision

SHARES = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3)
PLAIN = {Action.FINISH_POLITELY: Action.CONTINUE}


def decision_of(case: fit.Case) -> Decision:
    return Decision(
        candidate=case.candidate,
        opportunity=case.opportunity,
        assumptions=case.assumptions,
    )


def between(one: Parameter, shares: list[float]) -> FloatColumn:
    """Values from the lower end of what is plausible to the upper."""
    return one.low + np.array(shares) * (one.high - one.low)


@st.composite
def varied(draw: st.DrawFn) -> tuple[fit.Case, dict[Parameter, FloatColumn]]:
    """A case, and columns for some of its numbers."""
    case = draw(fit.cases())
    inputs = list_inputs(decision_of(case))
    some = draw(st.lists(st.sampled_from(inputs), min_size=1, max_size=6, unique=True))
    return case, {one: between(one, draw(SHARES)) for one in some}


def named(values: dict[Parameter, FloatColumn]) -> dict[str, FloatColumn]:
    return {parameter.name: column for parameter, column in values.items()}


class TestRows:
    @given(varied())
    @settings(max_examples=as_many(35, 600))
    def test_a_row_says_what_the_decision_says(
        self, given_: tuple[fit.Case, dict[Parameter, FloatColumn]]
    ) -> None:
        case, values = given_
        decision = decision_of(case)

        found = evaluate_rows(decision, named(values))

        for row in range(3):
            own = {name: float(column[row]) for name, column in values.items()}
            one = substitute(decision, own)
            alone = assess(one.candidate, one.opportunity, assumptions=one.assumptions)
            slack = 1e-9 * case.stakes(alone)
            worths = dict(zip(found.actions, found.values[:, row], strict=True))
            for choice in alone.choices:
                action = PLAIN.get(choice.action, choice.action)
                assert worths.pop(action) == pytest.approx(choice.value, abs=slack)
            assert all(worth == -np.inf for worth in worths.values())
            if alone.margin > slack and alone.action not in PLAIN:
                assert found.best[row] in {alone.action, Action.FINISH_POLITELY}

    @given(varied(), st.permutations(range(3)))
    @settings(max_examples=as_many(25, 600))
    def test_no_bit_depends_on_the_other_rows(
        self, given_: tuple[fit.Case, dict[Parameter, FloatColumn]], order: list[int]
    ) -> None:
        case, values = given_
        decision = decision_of(case)

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
                if action in other.actions:
                    assert other.values[other.actions.index(action)][0] == worth[1]
        assert moved.codes.tolist() == [whole.codes[row] for row in order]
        assert alone.codes[0] == many.codes[0] == whole.codes[1]


class TestFitOf:
    def test_next_to_no_weight_puts_it_beyond_all_numbers(self) -> None:
        hours = np.array([-3.0, 3.0, 3.0])

        found = to_percent(hours, np.array([1e-310, 1e-310, 0.0]))

        assert found.tolist() == [-np.inf, np.inf, np.inf]
