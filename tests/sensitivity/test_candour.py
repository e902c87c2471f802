"""What being exactly who you are is worth, against what it costs in passes."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

import costs
from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Term,
    assess,
    corporate,
    technical,
)
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._process.signals import shift_odds
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.sensitivity import Candour, candour

RATES = (0.5, 0.4, 0.55)


def answer(**more: Any) -> Assessment:
    """The answer for a job at a large firm."""
    more = {"stages": corporate(), **more}
    return assess(Candidate(), Opportunity(name="Acme", **more))


def with_odds(job: Opportunity, factor: float, fit: float) -> Opportunity:
    """A job whose stages are passed with other odds, at another correlation."""
    stages = []
    for stage, rate in zip(job.stages, RATES, strict=True):
        odds = factor * rate / (1.0 - rate)
        stages.append(evolve(stage, pass_rate=odds / (1.0 + odds)))
    return evolve(job, stages=stages, mutual_fit=fit)


class TestCurve:
    @pytest.mark.parametrize(
        ("fit", "factor"), [(-0.2, 1.0), (0.0, 2.0), (0.25, 0.5), (0.25, 2.0)]
    )
    def test_a_point_is_the_answer_for_these_numbers(
        self, fit: float, factor: float
    ) -> None:
        found = answer()
        curve = candour(found, [fit], [factor])

        job = with_odds(found.decision.opportunity, factor, fit)
        there = assess(Candidate(), job)

        going = there.displayed_choice
        assert curve.values[0, 0] == pytest.approx(going.value, abs=1e-7)
        chance = going.accept_probability
        assert curve.accept_probabilities[0, 0] == pytest.approx(chance, abs=1e-8)
        hours = 36.0 * curve.fits[0, 0] * chance
        assert hours == pytest.approx(going.terms[Term.OFFER], abs=1e-6)

    def test_it_turns_where_it_is_worth_as_much_as_now(self) -> None:
        found = answer(mutual_fit=0.05)
        curve = candour(found, [0.05, 0.2, 0.4])

        assert curve.break_even[0] == pytest.approx(1.0, abs=1e-8)
        assert 1.0 > curve.break_even[1] > curve.break_even[2] > 0.0
        for fit, turn in zip((0.2, 0.4), curve.break_even[1:], strict=True):
            job = with_odds(found.decision.opportunity, float(turn), fit)
            assert assess(Candidate(), job).value == pytest.approx(found.value, 1e-7)

    @pytest.mark.parametrize("kind", ["heavy", "rates .999"])
    def test_where_it_turns_is_as_near_as_it_says(self, kind: str) -> None:
        found = costs.alone(costs.SEARCHES[kind](1, 4))
        curve = candour(found, [0.0, 0.1, 0.3], [1.0])

        assert (curve.break_even_error < 1e-8).all()
        assert curve.break_even[0] == 1.0
        for fit, turn in zip(curve.mutual_fits, curve.break_even, strict=True):
            around = candour(found, [fit], turn * np.array([1.0 - 1e-6, 1.0 + 1e-6]))
            low, high = around.values[0] - curve.value
            assert low < 0.0 < high

    def test_where_nothing_is_lost_it_pays_whatever_it_costs(self) -> None:
        """Rounding decided it once: it never paid, or at odds of a quarter."""
        found = costs.alone(costs.SEARCHES["rates .001"](1, 4))
        curve = candour(found, [0.0, 0.1, 0.3], [0.5, 1.0])

        assert curve.break_even.tolist() == [0.0, 0.0, 0.0]
        assert "It pays whatever it costs in passes." in str(curve)

    @pytest.mark.parametrize("role", [-25.0, 15.0])
    def test_more_of_it_and_better_odds_are_never_worth_less(self, role: float) -> None:
        beliefs = {"role": Belief(mean=role, sd=10)}
        curve = candour(answer(beliefs=beliefs), [0.0, 0.4], [0.5, 1.0, 2.0])

        assert (np.diff(curve.values, axis=0) >= -1e-7).all()
        assert (np.diff(curve.values, axis=1) >= -1e-7).all()

    def test_a_job_that_one_ends_up_with_fits_better(self) -> None:
        curve = candour(answer(), [0.0, 0.4], [0.5, 1.0, 2.0])

        assert (np.diff(curve.fits, axis=0) > 0.1).all()

    def test_where_one_goes_on_with_more_the_average_may_fall(self) -> None:
        beliefs = {"role": Belief(mean=-25, sd=10)}
        curve = candour(answer(beliefs=beliefs), [0.2, 0.6], [2.0])

        assert curve.values[1, 0] > curve.values[0, 0]
        assert curve.accept_probabilities[1, 0] > curve.accept_probabilities[0, 0]
        assert curve.fits[1, 0] < curve.fits[0, 0]

    def test_others_beside_it_change_nothing(self) -> None:
        found = answer()
        rival = Opportunity(name="Bolt", stages=technical())
        job = found.decision.opportunity

        beside = candour(assess(Candidate(), job, beside=[rival]), [0.2])

        assert beside.values == pytest.approx(candour(found, [0.2]).values)

    def test_without_an_offer_that_counts_there_is_no_fit(self) -> None:
        hopeless = {"role": Belief(mean=-900, sd=0.1)}
        curve = candour(answer(beliefs=hopeless), [0.3], [1.0])

        assert np.isnan(curve.fits).all()
        assert "you take no job" in str(curve)

    def test_they_are_columns_for_a_data_frame(self) -> None:
        curve = candour(answer(), [0.1, 0.2], [0.5, 1.0])

        points, turns = curve.to_columns(), curve.to_columns("break_even")
        assert points["value_hours"].tolist() == curve.values.ravel().tolist()
        assert points["odds_factor"].tolist() == [0.5, 1.0, 0.5, 1.0]
        assert turns["mutual_fit"].tolist() == [0.1, 0.2]
        with pytest.raises(InvalidFieldError, match=r"^to_columns.* or 'break_even'"):
            curve.to_columns("more")


class TestWords:
    def test_they_say_now_the_curve_and_where_it_turns(self) -> None:
        lines = str(candour(answer(), [0.0, 0.1])).splitlines()

        assert "going on is worth 12.3 h" in lines[1]
        assert lines[2].startswith("At 0.1: 19.1 h at the same odds to pass")
        assert "while your odds to pass are at least 0.77 of today's." in lines[2]
        assert len(lines) == 4

    @pytest.mark.parametrize("role", [-25.0, 15.0])
    def test_they_never_advise_to_show_what_is_not_there(self, role: float) -> None:
        beliefs = {"role": Belief(mean=role, sd=10)}
        text = str(candour(answer(beliefs=beliefs), [0.2]))

        assert "Showing what is not there has the opposite effect" in text
        for word in ("pretend", "feign", "hide", "play a role", "less open", "sell"):
            assert word not in text.lower()


class TestExtremes:
    def test_passes_beyond_all_chance_tell_nothing_and_stop_nothing(self) -> None:
        decision = costs.of_first(costs.heavy(1, 12)).decision
        job = decision.candidate, decision.opportunity
        numbers = numbers_of(*job, decision.assumptions)
        columns = {"mutual_fit": np.array([0.0, 1e-9])}
        for stage in structure_of(*job).ahead:
            rate = numbers.stage(stage.number, stage.kind, "pass_rate")
            shifted = shift_odds(rate, float(np.exp(-4.0)))
            columns[f"stages[{stage.number}].pass_rate"] = np.full(2, shifted)

        values = evaluate_rows(decision, columns).value

        assert np.isfinite(values).all()
        assert values[0] == pytest.approx(values[1], abs=1e-6)


class TestFaults:
    def test_an_offer_has_no_stage_ahead(self) -> None:
        offered = answer(position=Position(phase="offered"))

        with pytest.raises(InvalidFieldError, match="a stage ahead"):
            candour(offered)

    def test_very_many_points_are_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="at most 1,000,000 pairs"):
            candour(answer(), np.zeros(2_000), np.ones(2_000))

    @pytest.mark.parametrize(
        ("fits", "odds"), [([1.2], [1.0]), ([0.1], [0.0]), ([], [1.0]), (["x"], [1.0])]
    )
    def test_numbers_beyond_their_range_are_refused(
        self, fits: list[Any], odds: list[float]
    ) -> None:
        with pytest.raises(InvalidFieldError, match="a list of numbers between"):
            candour(answer(), fits, odds)

    @pytest.mark.parametrize("where", ["fits", "odds"])
    @pytest.mark.parametrize("place", [0, 1])
    def test_the_ends_of_a_range_are_in_it(self, where: str, place: int) -> None:
        ends = {"fits": (-1.0, 1.0), "odds": (1e-6, 1e6)}[where]
        beyond = ends[place] * (1.0 + 1e-9)
        if (where, place) == ("odds", 0):
            beyond = ends[place] * (1.0 - 1e-9)

        def ask(value: float) -> object:
            given = ([value], [1.0]) if where == "fits" else ([0.2], [value])
            return candour(answer(), *given)

        ask(ends[place])
        told = rf"candour\({'mutual_fits' if where == 'fits' else 'odds'}\) must be"
        with pytest.raises(InvalidFieldError, match=told) as refused:
            ask(beyond)
        assert refused.value.value == beyond


def known(**changes: Any) -> Candour:
    """A curve whose numbers are given."""
    usual: dict[str, Any] = {
        "mutual_fits": np.array([-0.1, 0.0, 0.2, 0.3, 0.4, 0.5, 0.6]),
        "odds": np.array([0.5, 1.0]),
        "values": np.arange(14.0).reshape(7, 2),
        "fits": np.array([[1.0, 2.0], *[[3.0, 4.0]] * 5, [5.0, np.nan]]),
        "accept_probabilities": np.full((7, 2), 0.25),
        "break_even": np.array([2.0, 1.0, 0.0, np.inf, 0.774, 1.26, np.nan]),
        "break_even_error": np.zeros(7),
        "mutual_fit": 0.0,
        "value": 3.0,
        "fit": 4.0,
        "evaluated": np.ones((7, 2), dtype=np.bool_),
    }
    return Candour(**{**usual, **changes})


class TestWhole:
    TURNS = (
        "It pays whatever it costs in passes.",
        "It does not pay, however many passes it brings.",
        "It pays while your odds to pass are at least 0.77 of today's.",
        "It pays only if your odds to pass are at least 1.3 times today's.",
        "Where it stops to pay was not worked out, because each takes long.",
    )
    FIRST = (
        "If you show yourself as you are, their view of the match agrees more with "
        "yours. It may cost you passes, or bring some."
    )
    FEW = (
        "Only 12 points were worked out, because each takes long; those between may be "
        "off by 0.8 h."
    )
    LAST = (
        "Showing what is not there has the opposite effect: you are passed on where "
        "you do not fit, and end up in jobs that fit less."
    )

    def test_each_higher_correlation_has_a_line(self) -> None:
        job = ", and a job that you take is worth +4 % of pay on average"
        jobs = (job, job, job, job, ", and you take no job")
        hours = ("5.0 h", "7.0 h", "9.0 h", "11.0 h", "13.0 h")
        fits = ("0.2", "0.3", "0.4", "0.5", "0.6")

        assert str(known()).splitlines() == [
            self.FIRST,
            f"Now (mutual fit 0): going on is worth 3.0 h{job}.",
            *(
                f"At {fit}: {worth} at the same odds to pass{then}. {turn}"
                for fit, worth, then, turn in zip(
                    fits, hours, jobs, self.TURNS, strict=True
                )
            ),
            self.LAST,
        ]

    def test_without_the_same_odds_only_the_turn_is_told(self) -> None:
        evaluated = np.ones((7, 2), dtype=np.bool_)
        evaluated[3] = False
        few = known(odds=np.array([0.5, 2.0]), evaluated=evaluated, error=0.75)

        assert str(few).splitlines()[2:] == [
            *(
                f"At {fit:.2g}: {turn}"
                for fit, turn in zip((0.2, 0.3, 0.4, 0.5, 0.6), self.TURNS, strict=True)
            ),
            self.FEW,
            self.LAST,
        ]

    def test_its_repr_and_its_columns_are_those_of_all_points(self) -> None:
        curve = known()

        assert repr(curve) == "<Candour: 7 by 2 points>"
        assert repr(known(odds=np.ones(1))) == "<Candour: 7 by 1 point>"
        columns = curve.to_columns("points")
        assert {name: column.tolist() for name, column in columns.items()} == {
            "mutual_fit": np.repeat(curve.mutual_fits, 2).tolist(),
            "odds_factor": [0.5, 1.0] * 7,
            "value_hours": list(range(14)),
            "fit_percent": pytest.approx(curve.fits.ravel().tolist(), nan_ok=True),
            "accept_probability": [0.25] * 14,
        }
        turns = curve.to_columns("break_even")
        assert list(turns) == ["mutual_fit", "odds_factor"]
        assert np.array_equal(turns["odds_factor"], curve.break_even, equal_nan=True)
        assert turns["mutual_fit"].tolist() == curve.mutual_fits.tolist()
        with pytest.raises(InvalidFieldError, match="got 'more'"):
            curve.to_columns("more")
