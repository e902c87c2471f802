"""What the look over a range finds, with worths made up so that the truth is known."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    Opportunity,
    Weights,
    assess,
    corporate,
)
from interviewfit._assessment.evaluation import Evaluation
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.inputs import Parameter
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit.records import Decision
from interviewfit.sensitivity import _one_way_search as scan
from interviewfit.sensitivity._one_way_search import (
    Change,
    OneWaySearch,
    allowed,
    beside_each_other,
)

FOUND = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
TIME = find_parameter(FOUND.decision, "weights.time")
CODES = [list(Action).index(one) for one in (Action.DECLINE, Action.TAKE)]


def changes(
    monkeypatch: pytest.MonkeyPatch,
    lead: Callable[[FloatColumn], FloatColumn],
    shared: Callable[[FloatColumn], FloatColumn] = np.zeros_like,
) -> list[Change]:
    """Where taking gives way to declining, were this its lead at each weight of time.

    And this what both are worth besides.
    """

    def weigh(
        decision: Decision, values: Mapping[Parameter, FloatColumn]
    ) -> Evaluation:
        assert decision is FOUND.decision
        take = lead(values[TIME])
        codes = np.where(take > 0.0, CODES[1], CODES[0]).astype(np.int8)
        return Evaluation(
            (Action.DECLINE, Action.TAKE),
            shared(values[TIME]) + np.array([0.0 * take, take]),
            codes,
        )

    monkeypatch.setattr(scan, "weigh_rows", weigh)
    return OneWaySearch(FOUND, [TIME]).changes()


class TestScan:
    @pytest.mark.parametrize("place", [0.02, 0.3, 1.003, 1.01, 2.718, 4.6, 4.95])
    def test_a_window_between_two_points_is_found(
        self, monkeypatch: pytest.MonkeyPatch, place: float
    ) -> None:
        """Where it begins, seen from 1; it is 0.004 wide, of a range of 5. Of some the
        lead only falls towards it between an end of the range and the point next to it.
        """
        (found,) = changes(monkeypatch, lambda at: 1e4 * ((at - place) ** 2 - 4e-6))

        edge = place - 0.002 if place > 1.0 else place + 0.002
        assert found.at == pytest.approx(edge, abs=1e-9)
        assert found.action is Action.DECLINE

    def test_of_many_changes_the_nearest_counts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = changes(monkeypatch, lambda at: np.cos(4.0 * (at - 1.0)))

        quarter = np.pi / 8.0
        assert sorted(one.at for one in found) == pytest.approx(
            [1.0 - quarter, 1.0 + quarter], abs=1e-9
        )

    def test_a_tie_but_for_rounding_is_no_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not changes(monkeypatch, lambda at: np.where(at == 1.0, 1.0, -1e-15))

    @pytest.mark.parametrize("place", [0.3, 1.01, 4.6])
    def test_what_all_are_worth_alike_hides_no_window(
        self, monkeypatch: pytest.MonkeyPatch, place: float
    ) -> None:
        found, moved = (
            changes(monkeypatch, lambda at: 1e4 * ((at - place) ** 2 - 4e-6), shared)
            for shared in (np.zeros_like, lambda at: 3e4 * np.sin(5.0 * at))
        )

        assert [one.at for one in moved] == pytest.approx([one.at for one in found])

    def test_where_more_is_at_stake_a_tie_is_wider(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lead of a part in a thousand billions is rounding, not a reason to turn."""

        def behind(at: FloatColumn) -> FloatColumn:
            return np.where(at == 1.0, 1.0, -0.01)

        assert changes(monkeypatch, behind)
        assert not changes(
            monkeypatch, behind, lambda at: np.where(at == 1.0, 0.0, 1e12)
        )

    def test_a_lead_that_only_touches_is_no_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not changes(monkeypatch, lambda at: (at - 2.718) ** 2 + 1e-9)


class TestAllowed:
    def test_ends_that_cannot_be_are_left_out(self) -> None:
        """So large a weight may be no larger, whoever asks for it."""
        rim = assess(
            Candidate(weights=Weights(practice=1e6)),
            Opportunity(name="Acme", stages=corporate()),
        ).decision
        one = evolve(find_parameter(rim, "weights.practice"), high=2e6)

        assert allowed(rim, one) == (0.0, 1e6)

    def test_as_a_rule_it_is_the_whole_range(self) -> None:
        for one in list_inputs(FOUND.decision):
            assert allowed(FOUND.decision, one) == (one.low, one.high)


class TestBesideEachOther:
    def of(self, **changes: object) -> Assessment:
        job = Opportunity(name="Acme", stages=corporate(), **changes)  # type: ignore[arg-type]  # any fields
        return assess(Candidate(), job)

    def test_a_belief_nobody_stated_stands_apart_from_its_default(self) -> None:
        found = self.of(beliefs={"pay": Belief(mean=5, sd=4)})
        inputs = list_inputs(found.decision)
        first, second = beside_each_other(found.decision, inputs)

        assert {one.name for one in (*first, *second)} == {one.name for one in inputs}
        assert {"pay.mean", "spread.role", "unknown_mean"} <= {
            one.name for one in first
        }
        assert "role.mean" in {one.name for one in second}
