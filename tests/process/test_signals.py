"""Beliefs and odds updated by what was seen, each number worked by hand."""

import csv
from itertools import permutations
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

import interviewfit
from compiled import posterior_of
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Opportunity,
    Reading,
    Sign,
    assess,
    corporate,
)
from interviewfit._model.numbers import Estimate
from interviewfit._model.signs import SIGNS, SignReading
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit.records import Event, Scope, Signal

USUAL = Assumptions()
SIGNS_TABLE = Path(interviewfit.__file__).parent / "data" / "signs.csv"


def seeing(*signals: Signal | Sign, **more: Any) -> Opportunity:
    """An ordinary opportunity of which something was seen."""
    return Opportunity(name="Acme", stages=corporate(), signals=signals, **more)


def posterior(
    job: Opportunity, someone: Candidate | None = None, usual: Assumptions = USUAL
) -> Posterior[float]:
    """Beliefs once all is in."""
    return posterior_of(someone or Candidate(), job, usual)


def pay(value: float, noise: float, **more: Any) -> Reading:
    """A look at the pay."""
    return Reading(aspect="pay", value=value, noise=noise, **more)


class TestCatalogue:
    def test_every_sign_has_an_entry(self) -> None:
        assert set(SIGNS) == set(Sign)
        assert len(SIGNS) >= 30

    def test_a_row_says_what_its_sign_means_and_whence(self) -> None:
        with SIGNS_TABLE.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))

        assert {row["sign"] for row in rows} == set(Sign)
        assert all(len(row["meaning"].split()) >= 3 for row in rows)
        assert all(row["source"].strip() for row in rows)

    @pytest.mark.parametrize("column", ["meaning", "source", "scope"])
    def test_the_rows_of_a_sign_agree(self, column: str) -> None:
        with SIGNS_TABLE.open(encoding="utf-8", newline="") as stream:
            pairs = {(row["sign"], row[column]) for row in csv.DictReader(stream)}

        # What one knows of a firm, and being liked, have sources of their own.
        assert len(pairs) == len(Sign) + 2 * (column == "source")

    def test_a_row_becomes_a_reading_or_a_clue(self) -> None:
        (low,) = SIGNS[Sign.PAY_GUESSED_LOW].readings
        (talks,) = SIGNS[Sign.MERGER_TALKS].readings

        assert low == SignReading("pay", -10.0, 10.0, 0.0)
        assert talks == SignReading("stability", -12.0, 5.0, 0.25)
        assert SIGNS[Sign.PASSED_ON_BY_HR].clues == ((Event.PASSED_ON, 1.2),)

    def test_news_of_a_firm_is_of_the_firm(self) -> None:
        """What is said of the people or the work met is of the opportunity alone."""
        of_firms = {
            sign for sign, entry in SIGNS.items() if entry.scope is Scope.COMPANY
        }

        assert of_firms == {
            Sign.MERGER_TALKS,
            Sign.EXECUTIVE_DEPARTURE,
            Sign.LAYOFF_NEWS,
            Sign.CULTURE_HEARSAY,
            Sign.BAD_REVIEWS,
            Sign.BENEFITS_WEAKER,
            Sign.OTHER_OPENINGS,
            Sign.WORKED_THERE_BEFORE,
        }

    @pytest.mark.parametrize("sign", sorted(set(Sign) - {Sign.VISA_UNMENTIONED}))
    def test_no_sign_is_without_effect_but_the_neutral_one(self, sign: Sign) -> None:
        """Every reading speaks of an aspect all jobs have; no clue leaves the odds."""
        entry = SIGNS[sign]

        assert entry.readings or entry.clues or entry.stops
        assert all(reading.aspect in ASPECTS for reading in entry.readings)
        assert all(reading.value for reading in entry.readings)
        assert all(factor != 1.0 for _, factor in entry.clues)

    @pytest.mark.parametrize("sign", Sign)
    def test_what_a_sign_says_points_one_way(self, sign: Sign) -> None:
        entry = SIGNS[sign]
        signs = {reading.value > 0.0 for reading in entry.readings}
        signs |= {factor > 1.0 for _, factor in entry.clues}

        assert len(signs) <= 1

    def test_only_news_that_waiting_brings_is_to_come(self) -> None:
        unsettled = {
            sign
            for sign, entry in SIGNS.items()
            if any(reading.chance for reading in entry.readings)
        }

        assert unsettled == {
            Sign.MERGER_TALKS,
            Sign.EXECUTIVE_DEPARTURE,
            Sign.LAYOFF_NEWS,
        }


class TestReadings:
    @pytest.mark.parametrize(("noise", "sd"), [(1, 2), (4, 8), (5, 10), (9, 10)])
    def test_a_precise_one_is_a_belief(self, noise: float, sd: float) -> None:
        """Pay unknown is -1 with sd 10. Errors are doubled, up to that."""
        found = posterior(seeing(pay(9, noise))).beliefs["pay"]
        stated = seeing(beliefs={"pay": Belief(mean=9, sd=noise)})

        assert found.mean == pytest.approx(9.0, rel=1e-14)
        assert found.sd == pytest.approx(sd, rel=1e-14)
        assert posterior(stated).beliefs["pay"] == Estimate(9, sd)

    def test_a_vague_one_takes_part_of_the_place_of_the_default(self) -> None:
        """20 is twice the default's 10, so the mean moves by a quarter."""
        found = posterior(seeing(pay(9, 20))).beliefs["pay"]

        assert found.mean == pytest.approx(-1 + 10 / 4, rel=1e-14)
        assert found.sd == pytest.approx(10, rel=1e-14)

    def test_precisions_of_two_add(self) -> None:
        """9 at noise 4 and -6 at noise 8 are weighed 4 to 1: 6. Errors double to 8 and
        16, whose precisions are 4 / 256 and 1 / 256.
        """
        found = posterior(seeing(pay(9, 4), pay(-6, 8))).beliefs["pay"]

        assert found.mean == pytest.approx(6, rel=1e-14)
        assert found.sd == pytest.approx((256 / 5) ** 0.5, rel=1e-14)

    def test_a_sign_adds_to_the_default_and_to_what_is_stated(self) -> None:
        """Pay guessed low is -10 at noise 10: half of the way from -1 at sd 10. A
        reading of 4 at noise 5 stands for 4 at sd 10; it is moved by as much.
        """
        alone = posterior(seeing(Sign.PAY_GUESSED_LOW)).beliefs["pay"]
        both = posterior(seeing(Sign.PAY_GUESSED_LOW, pay(4, 5))).beliefs["pay"]

        assert alone.mean == pytest.approx(-5.5, rel=1e-14)
        assert both.mean == pytest.approx(-0.5, rel=1e-14)
        assert alone.sd == both.sd == pytest.approx(50**0.5, rel=1e-14)

    def test_the_other_aspects_stay(self) -> None:
        found = posterior(seeing(pay(9, 5))).beliefs

        assert found["role"] == Estimate(-1, 12)
        assert set(found) == set(ASPECTS)

    def test_a_stated_belief_is_widened_before_it_is_updated(self) -> None:
        """
        6 give or take 5 is taken as give or take 10: with a reading of -4 at noise 5,
        which is taken as 10 as well, it ends in the middle, at 1.
        """
        stated = {"pay": Belief(mean=6, sd=5)}

        assert posterior(seeing(beliefs=stated)).beliefs["pay"] == Estimate(6, 10)
        found = posterior(seeing(pay(-4, 5), beliefs=stated)).beliefs["pay"]
        assert found.mean == pytest.approx(1.0, rel=1e-14)
        assert found.sd == pytest.approx(50**0.5, rel=1e-14)

    def test_how_much_it_is_widened_is_an_assumption(self) -> None:
        some = Assumptions(numbers={"overconfidence": 1.5})
        stated = seeing(beliefs={"pay": Belief(mean=6, sd=4)})

        assert posterior(stated, usual=some).beliefs["pay"] == Estimate(6, 6)

    def test_certainty_is_not_moved(self) -> None:
        stated = {"pay": Belief(mean=6, sd=0)}

        found = posterior(seeing(pay(-40, 1), beliefs=stated))

        assert found.beliefs["pay"] == Estimate(6, 0)

    def test_the_order_does_not_matter(self) -> None:
        signals: tuple[Signal, ...] = (
            pay(9, 5, unsettled=1.1),
            pay(-6.3, 7, unsettled=0.7),
            pay(0.1, 3, unsettled=2.3),
            Clue(event=Event.PASSED_ON, factor=1.7),
            Clue(event=Event.PASSED_ON, factor=0.3),
            Clue(event=Event.PASSED_ON, factor=5.9),
        )

        found = {str(posterior(seeing(*order))) for order in permutations(signals)}

        assert len(found) == 1

    def test_what_does_not_count_is_left_out(self) -> None:
        found = posterior(seeing(pay(9, 5)), Candidate(priorities={"pay": 0}))

        assert "pay" not in found.beliefs
        assert "pay" not in found.unknown


class TestUnsettled:
    def test_news_to_come_is_no_error_of_the_reading(self) -> None:
        """It neither weakens the reading nor widens the belief; it is kept aside."""
        found = posterior(seeing(pay(9, 5, unsettled=30)))

        assert found.beliefs == posterior(seeing(pay(9, 5))).beliefs
        assert found.unsettled["pay"] == 30.0
        assert found.unsettled["role"] == 0.0

    def test_two_pieces_of_news_add_as_the_sides_of_a_triangle(self) -> None:
        found = posterior(seeing(pay(0, 5, unsettled=3), pay(0, 5, unsettled=4)))

        assert found.unsettled["pay"] == pytest.approx(5.0, rel=1e-15)


class TestClues:
    @pytest.mark.parametrize(
        ("chance", "factor", "expected"),
        [
            (0.2, 2.0, 1 / 3),
            (0.5, 1.5, 0.6),
            (0.75, 1 / 3, 0.5),
            (0.4, 1.0, 0.4),
            (0.0, 1e6, 0.0),
            (1.0, 1e-6, 1.0),
        ],
    )
    def test_odds_are_multiplied(
        self, chance: float, factor: float, expected: float
    ) -> None:
        """.2 is 1 to 4; twice that is 1 to 2, a third. Certainty stays what it is."""
        assert shift_odds(chance, factor) == pytest.approx(expected, rel=1e-14)

    def test_factors_of_one_event_multiply(self) -> None:
        found = posterior(seeing(Sign.PASSED_ON_BY_HR, Sign.THEY_LIKE_YOU)).odds

        assert found[Event.PASSED_ON] == pytest.approx(1.2 * 1.5, rel=1e-14)
        assert found[Event.HIDDEN_ROLE] == 2.0
        assert found[Event.CONTACT_HELPS] == 2.0

    @pytest.mark.parametrize("factor", [1e-6, 1e6])
    @pytest.mark.parametrize("event", Event)
    def test_no_pile_of_clues_is_too_high(self, event: Event, factor: float) -> None:
        """Sixty factors of a million overflow; the answer must stay a number."""
        job = seeing(*[Clue(event=event, factor=factor)] * 60)

        assert isfinite(assess(Candidate(), job).value)


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "company", "field", "counts"),
        [
            ("company", "Acme", "", True),
            ("company", "", "", False),
            ("company", "Other", "Acme", False),
            ("field", "", "Acme", True),
            ("field", "Acme", "Other", False),
        ],
    )
    def test_what_was_learned_counts_where_it_belongs(
        self, scope: str, company: str, field: str, *, counts: bool
    ) -> None:
        """Culture is -.5 with sd 8; -10.5 at noise 16 moves it by a quarter of that."""
        learned = Reading(
            aspect="culture", value=-10.5, noise=16, scope=scope, about="Acme"
        )
        job = seeing(company=company, field=field)

        found = posterior(job, Candidate(learned=[learned])).beliefs["culture"].mean

        assert found == pytest.approx(-3.0 if counts else -0.5, rel=1e-14)

    def test_what_was_learned_adds_to_what_was_seen_here(self) -> None:
        clue = Clue(event="passed_on", factor=3, scope="field", about="law")
        job = seeing(Sign.PASSED_ON_BY_HR, field="law")

        found = posterior(job, Candidate(learned=[clue])).odds

        assert found[Event.PASSED_ON] == pytest.approx(3.6, rel=1e-14)


class TestUnknown:
    def test_at_first_everything_is(self) -> None:
        assert posterior(seeing()).unknown == ASPECTS

    def test_a_belief_or_a_reading_makes_an_aspect_known_and_a_clue_does_not(
        self,
    ) -> None:
        job = seeing(
            pay(1, 1), Sign.PASSED_ON_BY_HR, beliefs={"role": Belief(mean=0, sd=3)}
        )

        assert posterior(job).unknown == ASPECTS[2:]

    def test_an_aspect_one_cares_for_is_unknown_until_told(self) -> None:
        found = posterior(seeing(), Candidate(priorities={"canteen": 2}))

        assert found.unknown[-1] == "canteen"
        assert found.beliefs["canteen"] == Estimate(0, 5)

    def test_an_aspect_that_counts_for_nothing_is_left_out_and_no_other(self) -> None:
        found = posterior_of(Candidate(priorities={"pay": 0}), seeing(), Assumptions())

        assert tuple(found.beliefs) == ASPECTS[1:]
        assert tuple(found.unsettled) == ASPECTS[1:]
        assert found.unknown == ASPECTS[1:]
