"""Every line of the answers, from records whose numbers are given."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Candidate,
    InvalidFieldError,
    Opportunity,
    assess,
    corporate,
)
from interviewfit._process.parameters import find_parameter
from interviewfit.records import QuantileSummary
from interviewfit.sensitivity import (
    InfluentialInput,
    Robustness,
    Sweep,
    SwitchingValue,
    SwitchingValues,
    Tornado,
    TornadoBar,
    flips,
)
from interviewfit.sensitivity._one_way_search import OneWaySearch

MARGIN = QuantileSummary(
    mean=3.0, error=0.1, sd=2.0, low=-1.25, lower=0.0, median=3.0, upper=5.0, high=7.5
)
INPUT = InfluentialInput(
    name="contact",
    label="what a contact is worth",
    low=0.0,
    high=10.0,
    unit="hours",
    agree_low=0.995,
    agree_high=0.4239,
    share_if_known=0.9,
    standard_error=0.01,
    value=2.0,
)


def sure(**changes: Any) -> Robustness:
    usual: dict[str, Any] = {
        "opportunity": "Acme",
        "action": Action.TAKE,
        "draws": 1200,
        "share": 0.75,
        "interval": (0.71, 0.77),
        "shares": {Action.TAKE: 0.75, Action.DECLINE: 0.241, Action.POSTPONE: 0.009},
        "share_without_side_values": 0.0042,
        "margin": MARGIN,
    }
    return Robustness(**{**usual, **changes})


class TestRobustness:
    WITHOUT = "  Without the value of contacts, practice and other roles: take it in "
    GAIN = "  Against the next best action it gains between -1.2 h and 7.5 h in nine "

    def test_all_that_it_may_say(self) -> None:
        found = sure(limited=True, influential=(INPUT, evolve(INPUT, label="no")))

        assert str(found).splitlines() == [
            (
                "Acme: take it. Leans: 75 % of plausible assumptions lead to this "
                "advice (71 to 77 %)."
            ),
            "  Other assumptions lead to: decline (24 %).",
            (
                "  Only 1,200 assumptions were tried, because each takes long: the "
                "share may be off by 4 percentage points."
            ),
            f"{self.WITHOUT}under 1 %.",
            f"{self.GAIN}draws of ten.",
            (
                "  It depends most on what a contact is worth: over 99 % agree where "
                "that is low, 42 % where it is high."
            ),
        ]
        assert repr(found) == "<Robustness of 'take': 75.0% of 1,200 draws agree>"

    def test_what_says_nothing_is_left_out(self) -> None:
        even = evolve(MARGIN, low=2.0, high=2.0)
        found = sure(
            share=1.0,
            interval=(1.0, 1.0),
            shares={Action.TAKE: 1.0},
            share_without_side_values=0.909,
            margin=even,
        )

        assert str(found).splitlines() == [
            (
                "Acme: take it. Clear: 100 % of plausible assumptions lead to this "
                "advice."
            ),
            f"{self.WITHOUT}90 %.",
        ]

    @pytest.mark.parametrize(
        ("share", "word"),
        [
            (0.9, "Clear"),
            (0.8999, "Leans"),
            (0.7, "Leans"),
            (0.6999, "Too close to call"),
        ],
    )
    def test_how_sure_it_is_hangs_on_the_share(self, share: float, word: str) -> None:
        assert sure(share=share).headline.startswith(f"{word}: {int(100 * share)} % of")

    def test_a_dealbreaker_is_certain(self) -> None:
        found = sure(hard_stops=("arms",), share=0.5, influential=(INPUT,))

        head, others = str(found).splitlines()
        assert head.startswith("Acme: take it. Certain: ")
        assert head.endswith(", whatever the numbers.")
        assert others == "  Other assumptions lead to: decline (24 %)."

    def test_an_interval_is_as_wide_as_its_wider_side(self) -> None:
        found = sure(limited=True, interval=(0.74, 0.81))

        assert "the share may be off by 6 percentage points." in str(found)


VALUE = SwitchingValue(
    name="contact",
    value=2.0,
    threshold=3.0,
    above=True,
    action=Action.DECLINE,
    distance=1.0,
    unit="hours",
    clause="a contact is worth more than 3.0 h",
    one_sided=True,
)


class TestFlips:
    @pytest.mark.parametrize(
        ("values", "insensitive", "line"),
        [
            ((VALUE,), ("a", "b"), "None of the 2 other numbers would"),
            ((), ("a", "b"), "None of the 2 numbers would"),
            ((VALUE,), ("a",), "The other number would not"),
            ((), ("a",), "It would not"),
        ],
    )
    def test_the_numbers_that_change_nothing_are_counted(
        self,
        values: tuple[SwitchingValue, ...],
        insensitive: tuple[str, ...],
        line: str,
    ) -> None:
        found = SwitchingValues(
            action=Action.TAKE, values=values, insensitive=insensitive
        )

        last = str(found).splitlines()[-1]
        assert last == f"  {line} change it within its plausible range."

    def test_all_that_it_may_say(self) -> None:
        same = evolve(
            VALUE, action=Action.TAKE, clause="it is above 4", one_sided=False
        )
        twice = evolve(VALUE, one_sided=False)
        found = SwitchingValues(
            action=Action.TAKE,
            values=(VALUE, twice, same),
            insensitive=(),
            hard_stops=("oil", "arms"),
            parts=3,
            left_out=("x", "y"),
        )

        assert str(found).splitlines() == [
            "Now: take it.",
            "  Your dealbreaker (oil, arms) decides: no number changes that.",
            "  Decline only if a contact is worth more than 3.0 h.",
            "  Decline if a contact is worth more than 3.0 h.",
            "  Once you know, that holds only if it is above 4.",
            (
                "  Each side was looked at in 3 places only, because each takes long: "
                "a change between them may be missed."
            ),
            "  Left out, because each takes long: 2 numbers more.",
        ]
        ends = evolve(found, values=(), hard_stops=(), parts=1, left_out=("x",))
        assert str(ends).splitlines()[1:] == [
            (
                "  Only the ends of each range were looked at, because each value "
                "takes long: a change between them may be missed."
            ),
            "  Left out, because each takes long: 1 number more.",
        ]
        assert repr(ends) == "<SwitchingValues of 'take': 0 changes, 0 insensitive>"

    def test_a_threshold_that_is_not_known_well_is_said_to_be(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Beyond a two-hundredth of the range of 5, in the unit of the number."""
        answer = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
        for half, told in ((0.0251, True), (0.0249, False)):
            parameter = find_parameter(answer.decision, "fallback")
            width = parameter.high - parameter.low
            error = half / 5.0 * width
            change = parameter, 3.0 - error, 3.0 + error, Action.DECLINE
            monkeypatch.setattr(OneWaySearch, "changes", lambda _, it=change: [it])
            (found,) = flips(answer, names=["fallback"])
            assert found.threshold == pytest.approx(3.0)
            assert found.error == pytest.approx(error)
            assert found.distance == pytest.approx(3.0 / parameter.scale)
            assert (", give or take " in found.clause) is told
            assert found.clause.endswith(f"give or take {error:.3g} %") is told


def bar(number: int) -> TornadoBar:
    return TornadoBar(
        name=f"n{number}",
        value=1.0,
        low=0.5,
        high=2.0,
        value_at_low=-1.0,
        value_at_high=float(number),
        action_low=Action.DECLINE,
        action_high=Action.TAKE,
        unit="hours",
        label=f"number {number}",
    )


class TestTornado:
    def test_the_first_twenty_have_a_line_each(self) -> None:
        bars = tuple(bar(number) for number in range(21))
        line = "number 3: -1.0 h at 0.5 hours (decline), 3.0 h at 2 hours (take it)"

        assert bars[3].swing == 4.0
        assert str(Tornado(bars[:20])).splitlines()[3] == line
        assert len(str(Tornado(bars[:20])).splitlines()) == 20
        cut = Tornado(bars, left_out=("x",))
        assert str(cut).splitlines()[20:] == [
            "... and 1 more (all in `bars`).",
            "Left out, because each takes long: 1 number more.",
        ]
        assert repr(cut) == "<Tornado: 21 numbers, first 'n0'>"
        assert repr(Tornado(bars[:1])) == "<Tornado: 1 number, first 'n0'>"
        assert repr(Tornado(())) == "<Tornado: 0 numbers>"
        assert cut[1:3] == bars[1:3]
        assert len(cut) == 21


class TestSweep:
    SWEEP = Sweep(
        names=("fallback", "weights.time"),
        values=(np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])),
        action_values={
            Action.DECLINE: np.zeros((2, 3)),
            Action.TAKE: np.array([[1.0, -2.0, 3.0], [4.0, -5.0, 6.0]]),
        },
        actions=np.array([["take", "decline", "take"]] * 2),
        units=("percent", ""),
        labels=("what you would have otherwise", "an hour of yours"),
    )

    def test_a_row_for_each_point(self) -> None:
        for table in ("", "points"):
            columns = self.SWEEP.to_columns(table)
            assert {name: column.tolist() for name, column in columns.items()} == {
                "fallback_percent": [1.0, 1.0, 1.0, 2.0, 2.0, 2.0],
                "weights.time": [3.0, 4.0, 5.0] * 2,
                "action": ["take", "decline", "take"] * 2,
                "value_hours": [1.0, 0.0, 3.0, 4.0, 0.0, 6.0],
                "value_hours.decline": [0.0] * 6,
                "value_hours.take": [1.0, -2.0, 3.0, 4.0, -5.0, 6.0],
            }
        told = r"^to_columns\(table\) must be 'points', got 'more'"
        with pytest.raises(InvalidFieldError, match=told):
            self.SWEEP.to_columns("more")

    def test_its_repr_says_how_many_were_evaluated(self) -> None:
        some = np.array([[True, False, True], [True, True, True]])

        text = "<Sweep of fallback and weights.time: 2 by 3 points"
        assert repr(self.SWEEP) == f"{text}>"
        assert repr(evolve(self.SWEEP, evaluated=some | True)) == f"{text}>"
        few = evolve(self.SWEEP, evaluated=some)
        assert repr(few) == f"{text}, 5 of them evaluated>"
