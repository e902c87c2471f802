"""Laws of draws, whatever is decided."""

import numpy as np
import pytest
from hypothesis import given, settings

import strategies as fit
from effort import as_many
from interviewfit import Action, robustness
from interviewfit._model.parameters import quoted
from interviewfit._process.parameters import list_inputs

STAYING = {Action.CONTINUE, Action.FINISH_POLITELY}


class TestRobustness:
    @given(fit.cases())
    @settings(max_examples=as_many(25, 300))
    def test_without_width_every_draw_is_the_answer(self, case: fit.Case) -> None:
        found = case.assess()
        # To state what nobody has told is more than to draw it: silence turns no offer
        # down, also where there are signs.
        stated = {f"{quoted(aspect)}.mean" for aspect in case.opportunity.beliefs}
        inputs = [
            one
            for one in list_inputs(found.decision)
            if one.name in stated or not one.name.endswith(".mean")
        ]
        sure = robustness(
            found, 2, ranges={one.name: (one.value, one.value) for one in inputs}
        )
        slack = 1e-9 * case.stakes(found)

        assert sure.influential == ()
        if found.hard_stops or len(found.choices) == 1:
            return
        assert sure.margin.mean == pytest.approx(found.margin, abs=2 * slack)
        if found.margin > slack and found.action not in STAYING:
            assert sure.shares == {found.action: 1.0}

    @given(fit.cases())
    @settings(max_examples=as_many(20, 300))
    def test_shares_sum_to_one_and_fewer_draws_are_the_first(
        self, case: fit.Case
    ) -> None:
        found = case.assess()
        few = robustness(found, 3, np.random.default_rng(1))
        more = robustness(found, 6, np.random.default_rng(1))

        assert sum(more.shares.values()) == pytest.approx(1.0, abs=1e-12)
        for action, share in few.shares.items():
            assert round(3 * share) <= round(6 * more.shares.get(action, 0.0))
