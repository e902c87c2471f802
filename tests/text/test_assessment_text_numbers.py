"""The numbers a job seeker reads: terms, fit, thresholds, the way ahead."""

import re
from math import inf

import attrs
import pytest

from answers import choice, thresholds, verdict
from interviewfit import (
    Action,
    Candidate,
    Money,
    Opportunity,
    Phase,
    Sign,
    Weights,
    assess,
    corporate,
    explain,
)
from interviewfit.records import Threshold


class TestNumbers:
    def test_the_terms_stand_in_order(self) -> None:
        assert (
            "the offer it may lead to +16.2, practice +0.8, people met +0.5, "
            "your time -5.3."
        ) in explain(verdict(Action.TAKE))

    def test_what_decides_may_be_what_the_other_choice_would_cost(self) -> None:
        """One goes only for the recruiter's sake; practice is not the reason."""
        job = Opportunity(
            name="Acme",
            stages=corporate()[1:],
            signals=[Sign.WRONG_KIND_OF_WORK],
            via_recruiter=True,
        )
        found = assess(Candidate(weights=Weights(declining=4)), job)

        assert "because a recruiter introduced you" in explain(found)
        assert "What decides" not in explain(found)

    def test_the_fit_in_whole_percent(self) -> None:
        assert "worth 8 % of pay less than" in explain(verdict(Action.TAKE))
        assert "give or take 23 %." in explain(verdict(Action.TAKE))
        assert "is worth as much as" in explain(verdict(Action.TAKE, mean=-0.4))
        assert "worth 9 % of pay more" in explain(verdict(Action.TAKE, mean=9.1))

    def test_no_number_is_shown_of_a_job_that_nothing_makes_up_for(self) -> None:
        told = explain(verdict(Action.DECLINE, mean=-107.0))

        assert "No pay they might offer would make up for" in told
        assert "107" not in told

    def test_the_lesser_of_two_costs_is_called_so(self) -> None:
        costs = (choice(Action.TAKE, -1.1), choice(Action.DECLINE, -2.0))

        assert "take it, as the lesser cost: it costs you 1.1 h, " in (
            explain(verdict(Action.TAKE, choices=costs))
        )

    def test_both_costs_stand_in_money_where_a_salary_is_known(self) -> None:
        costs = (choice(Action.TAKE, -1.1), choice(Action.DECLINE, -2.0))
        rate = Money(amount=30.0, currency="EUR", per="hour")

        told = explain(verdict(Action.TAKE, choices=costs, hour_price=rate))

        assert "costs you 1.1 h (about 33 EUR)" in told
        assert "2.0 h (about 60 EUR)." in told

    def test_the_way_ahead(self) -> None:
        assert (
            "hr screen 100 %, panel 46 %, executive under 1 %; to end in a job you "
            "would take: 4 %. It takes about 5.3 h of your time."
        ) in explain(verdict(Action.TAKE))

    @pytest.mark.parametrize(
        ("days", "told_as"), [(17.6, "18 days"), (1.0, "1 day"), (0.4, "under a day")]
    )
    def test_days_are_told_if_known(self, days: float, told_as: str) -> None:
        best = attrs.evolve(choice(Action.TAKE, 12.2), days=days)
        told = verdict(Action.TAKE, choices=(best, choice(Action.DECLINE, 0)))

        assert f"5.3 h of your time and {told_as}." in explain(told)

    def test_what_is_learned_is_told_if_it_is_worth_something(self) -> None:
        assert "is worth 3.2 h" in explain(verdict(Action.TAKE, information_value=3.21))
        assert "learn" not in explain(verdict(Action.TAKE, information_value=0.01))

    def test_what_is_unknown_is_listed(self) -> None:
        told = explain(verdict(Action.TAKE, unknown=("pay", "manager")))

        assert "You do not know yet, so ask about: pay, manager." in told


class TestThresholds:
    def test_in_words(self) -> None:
        told = explain(
            verdict(Action.TAKE, thresholds=thresholds(-26.3, -inf, -12.6, -inf))
        )

        assert "Go on while you believe in a fit above: -26 % (a), -13 % (b)." in told
        assert "Once inside" not in told

    def test_anything_and_nothing(self) -> None:
        told = explain(
            verdict(Action.TAKE, thresholds=thresholds(-inf, -inf, inf, -inf))
        )

        assert "Do the a whatever you come to think of the job." in told
        assert "Do not go on to the b, whatever you come to think." in told
        assert "inf" not in told

    def test_where_walking_out_can_pay_it_says_below_what(self) -> None:
        told = explain(verdict(Action.TAKE, thresholds=thresholds(-9, -31)))

        assert (
            "Once inside, stop only if you come to believe in a fit below: -31 % (a)."
            in told
        )

    def test_inside_one_is_told_to_finish(self) -> None:
        inside = (Threshold(stage="a", phase=Phase.MIDWAY, fit=-inf),)

        assert "Once inside, always finish." in explain(
            verdict(Action.FINISH_POLITELY, thresholds=inside)
        )

    def test_where_the_job_counts_for_nothing_no_fit_is_made_up(self) -> None:
        """Hours do not turn into percent of a pay that does not matter."""
        job = Opportunity(name="Acme", stages=corporate())

        told = explain(assess(Candidate(weights=Weights(offer=0)), job))

        assert not re.search(r"\d{7}", told)
