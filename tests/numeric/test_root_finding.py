"""Two curves whose crossing is known."""

from collections.abc import Callable

import numpy as np
import pytest

from interviewfit._assessment.evaluation import Ranking
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray
from interviewfit._numeric.root_finding import ActionCodes, bracket_root

TAKE, DECLINE, POSTPONE = (
    list(Action).index(one) for one in (Action.TAKE, Action.DECLINE, Action.POSTPONE)
)
CODES = np.array([DECLINE, TAKE, POSTPONE], dtype=np.int8)


class Curves:
    """
    Declining is worth 0, taking what is given, postponing likewise; looks are counted.
    """

    def __init__(
        self,
        take: Callable[[FloatColumn], FloatColumn],
        postpone: Callable[[FloatColumn], FloatColumn] = lambda at: at * 0.0 - 1.0,
    ) -> None:
        self.looks = 0
        self._curves = (take, postpone)

    def look(self, which: IndexArray, at: FloatColumn) -> Ranking:
        assert which.shape == at.shape
        self.looks += 1
        worths = np.array([at * 0.0, *(one(at) for one in self._curves)])
        return Ranking(
            (Action.DECLINE, Action.TAKE, Action.POSTPONE),
            worths,
            CODES[worths.argmax(axis=0)],
            np.zeros(at.size),
        )


def left(seen: Ranking, base: ActionCodes) -> BoolArray:
    gone: BoolArray = seen.codes != base
    return gone


def found(curves: Curves, near: float, far: float) -> tuple[float, float, int]:
    first = curves.look(np.zeros(1, np.intp), np.array([near])).codes
    ends = bracket_root(
        curves.look,
        left,
        np.zeros(1, np.intp),
        first,
        np.array([near]),
        np.array([far]),
        np.array([1e-10]),
    )
    return ends[0].item(), ends[1].item(), ends[2].item()


class TestCloseIn:
    @pytest.mark.parametrize("near", [-3.0, 8.0])
    def test_finds_a_crossing_from_either_side_in_few_looks(self, near: float) -> None:
        curves = Curves(lambda at: np.expm1(at - 1.0))
        a, b, code = found(curves, near, 8.0 if near < 0 else -3.0)

        assert abs(b - a) <= 1e-10
        assert min(a, b) <= 1.0 <= max(a, b)
        assert code == (TAKE if near < 0 else DECLINE)
        assert curves.looks <= 16

    def test_never_takes_many_more_looks_than_bisection(self) -> None:
        """A curve so flat around its root that a secant alone creeps."""
        curves = Curves(lambda at: (at - 0.3) ** 21)
        a, b, _ = found(curves, -5.0, 9.0)

        assert a <= 0.3 <= b
        assert curves.looks <= 2 + np.ceil(np.log2(14.0 / 1e-10)) + 2

    def test_of_two_changes_the_far_end_names_the_one_it_stands_at(self) -> None:
        """Declining, then postponing from 1 on, then taking from 2 on."""
        curves = Curves(lambda at: 4.0 * at - 7.0, lambda at: at - 1.0)
        a, b, code = found(curves, 0.0, 5.0)

        assert a <= 1.0 <= b
        assert code == POSTPONE

    def test_a_step_is_bisected(self) -> None:
        curves = Curves(lambda at: np.where(at > 0.7, np.inf, -np.inf))
        a, b, code = found(curves, 0.0, 1.0)

        assert a <= 0.7 <= b
        assert b - a <= 1e-10
        assert code == TAKE


class TestFirstPoint:
    """From -3 to -2 with a lead at either end; as a share of the way."""

    def point(self, start_lead: float, end_lead: float, width: float = 1e-9) -> float:
        looked: list[float] = []

        def look(which: IndexArray, at: FloatColumn) -> Ranking:
            assert which.tolist() == [0] * at.size
            looked.extend(at.tolist())
            lead = np.where(at == -3.0, start_lead, end_lead)
            codes = np.where(at == -3.0, TAKE, DECLINE).astype(np.int8)
            actions = (Action.DECLINE, Action.TAKE)
            return Ranking(actions, np.array([np.zeros(at.size), lead]), codes, lead)

        one = np.zeros(1)
        bracket_root(
            *(look, left, np.zeros(1, np.intp), np.array([TAKE], np.int8)),
            *(one - 3.0, one - 2.0, one + width),
        )
        assert looked[:2] == [-3.0, -2.0]
        return looked[2] + 3.0

    @pytest.mark.parametrize(
        ("start_lead", "end_lead"),
        [(1, 0.5), (-1, -0.5), (-0.5, -1), (0.5, 1), (-1, 1), (0, 0), (np.inf, -1)],
    )
    def test_is_half_way_where_the_leads_say_nothing(
        self, start_lead: float, end_lead: float
    ) -> None:
        assert self.point(start_lead, end_lead) == 0.5

    @pytest.mark.parametrize(
        ("start_lead", "end_lead", "expected"),
        [(1, -1 / 3, 0.55), (1 / 3, -1, 0.45), (0, -1, 0.2), (1, 0, 0.8), (1, -1, 0.5)],
    )
    @pytest.mark.parametrize("width", [1e-9, 0.1])
    def test_else_a_fifth_of_the_way_from_the_secant_or_half(
        self, start_lead: float, end_lead: float, expected: float, width: float
    ) -> None:
        """Of the interval, and a quarter of the width besides."""
        found = self.point(start_lead, end_lead, width)

        more = 0.25 * width * np.sign(0.5 - expected)
        assert found == pytest.approx(expected + more, abs=1e-12)
