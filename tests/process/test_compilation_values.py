"""What happens in a stage is worth, in hours, worked by hand from DESIGN.md."""

from typing import Any

import attrs
import pytest
from scipy.stats import norm

from compiled import posterior_of
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Opportunity,
    Reading,
    Weights,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS, Term
from interviewfit._process.side_values import unit_values
from interviewfit._process.structure import numbers_of, structure_of


def prices(someone: Candidate | None = None, **more: Any) -> dict[Term, float]:
    """Prices at an opportunity of which nothing is known but what is said."""
    someone, usual = someone or Candidate(), Assumptions()
    job = Opportunity(name="Acme", stages=corporate(), **more)
    return values_of(someone, job, usual)


def values_of(
    candidate: Candidate, job: Opportunity, assumptions: Assumptions
) -> dict[Term, float]:
    """The side values of a decision, from its records."""
    return unit_values(
        structure_of(candidate, job),
        numbers_of(candidate, job, assumptions),
        posterior_of(candidate, job, assumptions),
    )


def excess(mean: float, sd: float) -> float:
    """E[max(0, X)] by quadrature."""
    return float(norm.expect(lambda x: x, loc=mean, scale=sd, lb=0))


class TestPrice:
    def test_what_is_usual(self) -> None:
        """A contact of 1 h, half looking; practice .15 x 1.5 x 2 x 8 h; one walk-out
        in ten does 60 h of harm. Nobody depends on a recruiter or knows anybody.
        """
        found = prices()

        assert found[Term.NETWORKING] == pytest.approx(0.5, rel=1e-14)
        assert found[Term.PRACTICE] == pytest.approx(3.6, rel=1e-14)
        assert found[Term.BAIL] == pytest.approx(6.0, rel=1e-14)
        assert (found[Term.TIME], found[Term.COURTESY]) == (1.0, 0.0)
        assert (found[Term.DECLINING], found[Term.REFERRAL]) == (0.0, 0.0)

    def test_what_one_states_oneself_comes_before_what_is_usual(self) -> None:
        """
        A contact of 1 h, half relevant, looking at .8; practice .15 x 1.5 x 4 x 10 h;
        and half the harm of walking out.
        """
        someone = Candidate(activity=0.8, interviews_ahead=4, worth_ahead=10)

        found = prices(someone, relevance=0.5)

        assert found[Term.NETWORKING] == pytest.approx(0.4, rel=1e-14)
        assert found[Term.PRACTICE] == pytest.approx(9.0, rel=1e-14)
        assert found[Term.BAIL] == pytest.approx(3.0, rel=1e-14)

    def test_a_referral_is_worth_what_is_assumed(self) -> None:
        numbers = Assumptions(numbers={"referral": 4.0})
        job = Opportunity(name="Acme", stages=corporate(), knows_someone=True)

        assert values_of(Candidate(), job, numbers)[Term.REFERRAL] == 4.0

    def test_a_clue_counts_where_help_is_next_to_impossible(
        self,
    ) -> None:
        numbers = Assumptions(numbers={"contact_helps": 0.0})
        clue = Clue(event="contact_helps", factor=5)
        job = Opportunity(name="Acme", stages=corporate(), signals=[clue])

        # Of next to nothing it makes five times as much: so it does in the limit.
        found = values_of(Candidate(), job, numbers)[Term.NETWORKING]
        assert found == pytest.approx(2.5, rel=1e-14)

    def test_a_recruiter_and_somebody_one_knows(self) -> None:
        found = prices(via_recruiter=True, knows_someone=True)

        assert (found[Term.DECLINING], found[Term.REFERRAL]) == (2.0, 1.0)

    @pytest.mark.parametrize("term", sorted(set(Term) - {Term.OFFER, Term.COURTESY}))
    def test_a_weight_moves_its_own_price_and_no_other(self, term: Term) -> None:
        plain = prices(via_recruiter=True, knows_someone=True)
        weights = attrs.evolve(Weights(), **{term.value: 3.0})

        found = prices(
            Candidate(weights=weights), via_recruiter=True, knows_someone=True
        )

        assert found[term] == pytest.approx(3 * plain[term], rel=1e-14)
        assert {**found, term: plain[term]} == plain

    @pytest.mark.parametrize(("factor", "contact"), [(2, 5 / 6), (1 / 2, 5 / 18)])
    def test_who_helps_is_worth_more(self, factor: float, contact: float) -> None:
        """A contact helps one time in five, 1 to 4. Twice as likely: 1 to 2, 5 / 3 of
        what it was. Half: 1 to 8, 5 / 9.
        """
        found = prices(signals=[Clue(event="contact_helps", factor=factor)])

        assert found[Term.NETWORKING] == pytest.approx(contact, rel=1e-14)


class TestHiddenRole:
    """.1 that there is one x .3 that it becomes an offer x 36 h x E[max(0, X)]."""

    def test_it_is_as_unknown_as_this_one(self) -> None:
        assert prices()[Term.HIDDEN_ROLE] == pytest.approx(
            0.03 * 36 * excess(-8, 541**0.5), rel=1e-9
        )

    def test_it_has_its_own_pay_but_the_same_culture(self) -> None:
        """A wonderful role says nothing of the next one there. A culture of 30, sure,
        does: the rest is -7.5, with a variance of 477.
        """
        role = {"role": Belief(mean=30, sd=0)}
        culture = {"culture": Belief(mean=30, sd=0)}

        assert prices(beliefs=role)[Term.HIDDEN_ROLE] == prices()[Term.HIDDEN_ROLE]
        assert prices(beliefs=culture)[Term.HIDDEN_ROLE] == pytest.approx(
            0.03 * 36 * excess(22.5, 477**0.5), rel=1e-9
        )

    def test_news_of_the_company_may_come_until_then(self) -> None:
        """Stability: -1, the error of 2 doubled, so variance 16 of 36, and 100 to come.
        Of pay to come nothing is carried over.
        """
        news: dict[str, Any] = {"value": -1, "noise": 2, "unsettled": 10}

        found = prices(signals=[Reading(aspect="stability", **news)])
        pay = prices(signals=[Reading(aspect="pay", **news)])

        assert found[Term.HIDDEN_ROLE] == pytest.approx(
            0.03 * 36 * excess(-8, (541 - 20 + 100) ** 0.5), rel=1e-9
        )
        assert pay[Term.HIDDEN_ROLE] == prices()[Term.HIDDEN_ROLE]

    def test_it_is_held_against_the_same_fallback(self) -> None:
        found = prices(Candidate(fallback=-12))

        assert found[Term.HIDDEN_ROLE] == pytest.approx(
            0.03 * 36 * excess(4, 541**0.5), rel=1e-9
        )

    def test_priorities_count_for_another_role_as_for_this(self) -> None:
        """Pay counts three times: mean -8 - 2, variance 541 + 8 x 100."""
        found = prices(Candidate(priorities={"pay": 3}))

        assert found[Term.HIDDEN_ROLE] == pytest.approx(
            0.03 * 36 * excess(-10, 1341**0.5), rel=1e-9
        )

    @pytest.mark.parametrize(("culture", "worth"), [(5, 5.4), (-5, 0.0)])
    def test_a_certain_surplus_is_worth_itself(
        self, culture: float, worth: float
    ) -> None:
        """Nothing but the culture counts: .03 x 36 x 5 h."""
        nothing = dict.fromkeys(set(ASPECTS) - {"culture"}, 0.0)
        sure = {"culture": Belief(mean=culture, sd=0)}

        found = prices(Candidate(priorities=nothing), beliefs=sure)

        assert found[Term.HIDDEN_ROLE] == pytest.approx(worth, rel=1e-14)

    @pytest.mark.parametrize(
        ("more", "chance"),
        [
            ({"hidden_role": 0.5}, 0.5),
            # 1 to 9, six times as likely: 2 to 3.
            ({"signals": ["other_openings"]}, 0.4),
            ({"hidden_role": 0.0, "signals": ["other_openings"]}, 0.0),
        ],
    )
    def test_how_likely_there_is_one(self, more: Any, chance: float) -> None:
        assert prices(**more)[Term.HIDDEN_ROLE] == pytest.approx(
            prices()[Term.HIDDEN_ROLE] * chance / 0.1, rel=1e-12
        )
