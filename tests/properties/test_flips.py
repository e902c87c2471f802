"""Where an answer is said to turn, it turns, and nowhere nearer."""

import numpy as np
from hypothesis import given, settings, strategies as st

import strategies as fit
from effort import as_many
from interviewfit import Assessment, assess, flips
from interviewfit._process.parameters import Parameter, list_inputs, substitute
from interviewfit.sensitivity import SwitchingValue

# Of the range; a flip is found to a thousandth of it.
HAIR = 1e-7
FEW, SCAN = 10, 12


def at(found: Assessment, one: Parameter, value: float) -> Assessment:
    moved = substitute(found.decision, {one: value})
    return assess(moved.candidate, moved.opportunity, assumptions=moved.assumptions)


def assert_turns(
    case: fit.Case, found: Assessment, one: Parameter, flip: SwitchingValue
) -> None:
    """A hair to each side, but not beyond the range, the actions differ as said.

    Where the difference of worths is still all rounding a hair away, either will do.
    """
    hair = HAIR * (one.high - one.low)
    sides = [
        at(found, one, min(max(flip.threshold + step, one.low), one.high))
        for step in (-hair, hair)
    ]
    # To say what was assumed may change the advice by itself.
    said = at(found, one, one.value).action
    expected = [said, flip.action][:: 1 if flip.above else -1]
    if min(side.margin for side in sides) > 1e-11 * case.stakes(found):
        assert [side.action for side in sides] == expected


class TestFlips:
    @settings(max_examples=as_many(20, 400), deadline=None)
    @given(
        case=fit.cases(),
        picks=st.lists(st.floats(0.0, 0.999), min_size=FEW, max_size=FEW),
    )
    def test_turn_the_answer_and_none_is_nearer(
        self, case: fit.Case, picks: list[float]
    ) -> None:
        """
        A few inputs of each case; between the present value and where the answer turns,
        or the end of the range, a scan of equal steps finds nothing else.
        """
        found = case.assess()
        inputs = list_inputs(found.decision)
        some = {inputs[int(pick * len(inputs))] for pick in picks}
        scanned = inputs[int(picks[0] * len(inputs))]
        turns = flips(found, names=[one.name for one in some])
        slack = 1e-9 * case.stakes(found)

        for one in some:
            own = {flip.above: flip for flip in turns if flip.name == one.name}
            for flip in own.values():
                assert one.low <= flip.threshold <= one.high
                assert_turns(case, found, one, flip)
            low, high = (
                own[side].threshold if side in own else end
                for side, end in ((False, one.low), (True, one.high))
            )
            hair = HAIR * (one.high - one.low)
            if one is not scanned:
                continue
            said = at(found, one, one.value)
            kept = {said.action} | ({found.action} if said.margin <= slack else set())
            for value in np.linspace(low + hair, high - hair, SCAN).tolist():
                here = at(found, one, value)
                assert here.action in kept or here.margin <= slack
