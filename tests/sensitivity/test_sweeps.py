import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Weights,
    assess,
    corporate,
)
from interviewfit._process.parameters import find_parameter, list_inputs, substitute
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.labels import label, quantity
from interviewfit.sensitivity import sweep, tornado
from interviewfit.sensitivity._sweeps import allowed_range, independent_groups

FOUND = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))


def alone(values: dict[str, float]) -> tuple[Action, float]:
    decision = FOUND.decision
    one = substitute(
        decision, {find_parameter(decision, name): to for name, to in values.items()}
    )
    found = assess(one.candidate, one.opportunity, assumptions=one.assumptions)
    return found.action, found.value


class TestSweep:
    def test_each_point_is_the_answer_there(self) -> None:
        values = [0.5, 1.0, 4.0, 4.9]
        found = sweep(FOUND, "weights.time", values)

        assert found.names == ("weights.time",)
        assert found.values[0].tolist() == values
        for value, action, worth in zip(
            values, found.actions.tolist(), found.value.tolist(), strict=True
        ):
            expected = alone({"weights.time": value})
            assert action == expected[0].value
            assert worth == pytest.approx(expected[1], abs=1e-9)

    def test_so_is_each_point_of_a_grid(self) -> None:
        names = ("spread.pay", "pay.mean")
        found = sweep(FOUND, names, ([6.0, 14.0], [-9.0, 0.0, 9.0]))

        assert found.actions.shape == found.value.shape == (2, 3)
        for row, spread in enumerate((6.0, 14.0)):
            for column, mean in enumerate((-9.0, 0.0, 9.0)):
                expected = alone({"spread.pay": spread, "pay.mean": mean})
                assert found.actions[row, column] == expected[0].value
                assert found.value[row, column] == pytest.approx(expected[1], abs=1e-9)

    def test_the_order_of_the_two_does_not_matter(self) -> None:
        names, values = ("spread.pay", "pay.mean"), ([6.0, 14.0], [-9.0, 0.0, 9.0])
        one = sweep(FOUND, names, values)
        other = sweep(FOUND, names[::-1], values[::-1])

        assert np.array_equal(one.value, other.value.T)

    def test_has_the_worth_of_every_action(self) -> None:
        found = sweep(FOUND, "fallback", [0.0, 25.0])

        assert set(found.action_values) == {Action.TAKE, Action.DECLINE}
        assert found.action_values[Action.DECLINE].tolist() == [0.0, 0.0]
        assert found.actions.tolist() == ["take", "decline"]

    @pytest.mark.parametrize(
        ("name", "values", "fault"),
        [
            ("hr_screen.pass_rate", [0.5, 60.0], r"sweep\(hr_screen\.pass_rate\).*60"),
            ("weights.time", [1.0, -1.0], r"sweep\(weights\.time\).*-1"),
            ("weights.time", [1.0, float("nan")], r"sweep\(weights\.time\).*nan"),
            ("pay.mean", [float("inf")], r"sweep\(pay\.mean\).*inf"),
            ("weights.time", [-1.0], r"between 0 and 20, got -1"),
            (
                "pay.mean",
                [],
                r"sweep\(pay\.mean\) must be a list of one number or.*got \[\]",
            ),
            ("pay.mean", ["much"], r"sweep\(pay\.mean\).*'much'.*\[0\.5, 1, 2\]\.$"),
            ("pay.mean", 3.0, r"sweep\(pay\.mean\).*got 3.*\. Write a list, such as"),
            (
                3,
                [1.0],
                r"^sweep\(names\) must be a list, got 3\. Write \['pay\.mean'\]",
            ),
            (
                ("pay.mean", "fallback"),
                3,
                r"^sweep\(values\).*, got 3\. Write \[1, 2\]",
            ),
            ("pay.maen", [1.0], r"'pay\.mean'"),
            (
                ("pay.mean", "pay.mean"),
                ([1.0], [1.0]),
                r"^sweep\(names\).*different names, got .'pay",
            ),
            (
                ("pay.mean", "fallback"),
                ([1.0],),
                r"of 2 numbers, got .*\. Write .values",
            ),
            (("pay.mean", "fallback"), ([1.0] * 5000, [1.0] * 5000), r"10,000,000"),
        ],
    )
    def test_what_cannot_be_is_refused_by_name(
        self, name: object, values: object, fault: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=fault):
            sweep(FOUND, name, values)  # type: ignore[arg-type]  # on purpose

    def test_only_an_assessment_can_be_swept(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"^sweep\(assessment\) must"):
            sweep("Acme", "fallback", [1.0])  # type: ignore[arg-type]  # on purpose

    def test_it_says_what_it_is_of(self) -> None:
        found = sweep(FOUND, ("spread.pay", "weights.time"), ([6.0], [1.0]))

        inputs = [find_parameter(FOUND.decision, name) for name in found.names]
        assert found.units == tuple(one.unit for one in inputs)
        assert found.labels == tuple(label(one, FOUND.decision) for one in inputs)

    def test_its_repr_is_a_line(self) -> None:
        found = sweep(FOUND, ("spread.pay", "weights.time"), ([6.0, 7.0], [1.0]))

        assert repr(found) == "<Sweep of spread.pay and weights.time: 2 by 1 points>"

    def test_a_dealbreaker_forces_the_action_and_leaves_the_worths(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])
        found = sweep(
            assess(Candidate(dealbreakers=["arms"]), job), "fallback", [0.0, 5.0]
        )

        assert found.actions.tolist() == ["decline", "decline"]
        assert found.value.min() > 0.0


class TestTornado:
    def test_every_number_has_its_bar_the_widest_first(self) -> None:
        bars = tornado(FOUND)
        swings = [bar.swing for bar in bars]

        assert swings == sorted(swings, reverse=True)
        assert len(bars) == len(list_inputs(FOUND.decision))

    def test_a_bar_is_a_line(self) -> None:
        for bar in tornado(FOUND)[:5]:
            one = find_parameter(FOUND.decision, bar.name)
            assert (bar.unit, bar.label) == (one.unit, label(one, FOUND.decision))
            low = f"{bar.value_at_low:.1f} h at {quantity(bar.low, bar.unit)}"
            high = f"{bar.value_at_high:.1f} h at {quantity(bar.high, bar.unit)}"
            first, last = HEADLINES[bar.action_low], HEADLINES[bar.action_high]
            assert str(bar) == f"{bar.label}: {low} ({first}), {high} ({last})"

    def test_it_prints_a_line_for_each_of_the_first_and_a_short_repr(self) -> None:
        bars = tornado(FOUND)
        lines = str(bars).splitlines()

        assert lines[:20] == [str(bar) for bar in bars[:20]]
        assert lines[20:] == [f"... and {len(bars) - 20} more (all in `bars`)."]
        assert repr(bars) == f"<Tornado: {len(bars)} numbers, first 'role.mean'>"
        assert bars._repr_html_().count("<bdi>") == 21

    def test_both_ends_are_the_answers_there(self) -> None:
        for bar in tornado(FOUND)[::9]:
            one = find_parameter(FOUND.decision, bar.name)
            assert bar.low == pytest.approx(max(one.low, one.value - one.scale))
            assert bar.high == pytest.approx(min(one.high, one.value + one.scale))
            action, worth = alone({bar.name: bar.low})
            assert bar.action_low is action
            assert bar.value_at_low == pytest.approx(worth, abs=1e-9)
            action, worth = alone({bar.name: bar.high})
            assert bar.action_high is action
            assert bar.value_at_high == pytest.approx(worth, abs=1e-9)

    def test_reaches_as_far_as_asked_within_what_is_plausible(self) -> None:
        far = {bar.name: bar for bar in tornado(FOUND, reach=100.0)}
        for one in list_inputs(FOUND.decision):
            assert (far[one.name].low, far[one.name].high) == (one.low, one.high)

    @pytest.mark.parametrize("reach", [0.0, -1.0, float("nan"), float("inf"), "2"])
    def test_a_reach_that_is_none_is_refused(self, reach: float) -> None:
        with pytest.raises(
            InvalidFieldError,
            match=r"^tornado\(reach\) must be a finite number above 0",
        ):
            tornado(FOUND, reach=reach)

    def test_an_aspect_of_one_job_stays_out_of_those_beside_it(self) -> None:
        """Its priority is moved as well; that adds no unknown to the other job."""
        job = Opportunity(
            name="Acme", stages=corporate(), beliefs={"garden": Belief(mean=3, sd=8)}
        )
        other = Opportunity(name="Other", stages=corporate())
        beside = assess(Candidate(), job, beside=[other])
        bar = tornado(beside)[-1]

        assert bar.swing == pytest.approx(0.0, abs=1e-9)
        assert bar.value_at_low == pytest.approx(beside.value, abs=1e-9)
        assert bar.value_at_high == pytest.approx(beside.value, abs=1e-9)

    def test_beside_others_each_is_weighed_beside_them(self) -> None:
        other = Opportunity(
            name="Other", stages=corporate(), beliefs={"pay": Belief(mean=8, sd=3)}
        )
        beside = assess(Candidate(), FOUND.decision.opportunity, beside=[other])
        calls: list[tuple[int, int]] = []
        bars = tornado(beside, progress=lambda done, of: calls.append((done, of)))
        bar = next(one for one in bars if one.name == "fallback")
        again = substitute(
            beside.decision, {find_parameter(beside.decision, "fallback"): bar.high}
        )

        assert bar.value_at_high == pytest.approx(
            assess(again.candidate, again.opportunity, beside=again.beside).value
        )
        assert calls[-1][0] == calls[-1][1] == len(bars)


class TestAllowedRange:
    def test_ends_that_cannot_be_are_left_out(self) -> None:
        """So large a weight may be no larger, whoever asks for it."""
        rim = assess(
            Candidate(weights=Weights(practice=20)),
            Opportunity(name="Acme", stages=corporate()),
        ).decision
        one = evolve(find_parameter(rim, "weights.practice"), high=40.0)

        assert allowed_range(rim, one) == (0.0, 20.0)

    def test_as_a_rule_it_is_the_whole_range(self) -> None:
        for one in list_inputs(FOUND.decision):
            assert allowed_range(FOUND.decision, one) == (one.low, one.high)


class TestIndependentGroups:
    def of(self, **changes: object) -> Assessment:
        job = Opportunity(name="Acme", stages=corporate(), **changes)  # type: ignore[arg-type]  # any fields
        return assess(Candidate(), job)

    def test_a_belief_nobody_stated_stands_apart_from_its_default(self) -> None:
        found = self.of(beliefs={"pay": Belief(mean=5, sd=4)})
        inputs = list_inputs(found.decision)
        first, *others = independent_groups(found.decision, inputs)

        names = [one.name for group in (first, *others) for one in group]
        assert sorted(names) == sorted(one.name for one in inputs)
        assert {"pay.mean", "spread.role", "unknown_mean"} <= {
            one.name for one in first
        }
        # Whoever speaks of the role has not spoken of the team.
        assert {"role.mean"} in [{one.name for one in g} for g in others]
        assert all(len({one.path[2] for one in g}) == 1 for g in others)
