"""What an interview teaches is worth what it adds to the others, by hand."""

import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    Term,
    assess,
    corporate,
)
from interviewfit._competition.entries import compile_search
from interviewfit._competition.practice_price import price_practice
from interviewfit._model.numbers import Numbers

JOB = Opportunity(name="Acme", stages=corporate())


def searching(candidate: Candidate, assumptions: Assumptions) -> Numbers[float]:
    """The numbers of one process of a search."""
    return compile_search(candidate, [JOB], assumptions)[0].numbers


class TestTaught:
    @pytest.mark.parametrize(
        ("ahead", "worth", "expected"),
        [
            # Nothing was said: two more besides are usual, beside 6 h / .2.
            (None, None, 46.0),
            (None, 10.0, 50.0),
            # Two more besides, of 10 h each, or of 8 h as usual.
            (2.0, 10.0, 50.0),
            (2.0, None, 46.0),
            (0.0, 10.0, 30.0),
        ],
    )
    def test_the_others_lie_ahead_beside_what_was_said(
        self, ahead: float | None, worth: float | None, expected: float
    ) -> None:
        """
        Practice is priced at so much of what lies ahead; so it must be that much more.
        """
        who = Candidate(interviews_ahead=ahead, worth_ahead=worth, fallback=3)
        numbers = Assumptions(numbers={"practice_sensitivity": 0.2, "worth_ahead": 8.0})

        found = price_practice(searching(who, numbers), 6.0)

        assert found["interviews_ahead"] == 1.0
        assert found["worth_ahead"] == pytest.approx(expected)
        assert found["fallback"] == 3

    def test_what_helps_nobody_pass_is_worth_nothing(self) -> None:
        numbers = Assumptions(numbers={"practice_sensitivity": 0.0})

        one = price_practice(searching(Candidate(), numbers), 6.0)
        assert one["worth_ahead"] == 16.0
        who = Candidate(interviews_ahead=2.0, worth_ahead=10.0)
        two = price_practice(searching(who, numbers), 6.0)
        assert two["worth_ahead"] == 20.0

    def test_beyond_what_a_number_may_be_it_is_the_largest(self) -> None:
        numbers = Assumptions(numbers={"practice_sensitivity": 0.1})

        found = price_practice(searching(Candidate(), numbers), 1e12)
        assert found["worth_ahead"] == 1e6

    def test_beside_offers_alone_it_teaches_nothing(self) -> None:
        offer = Opportunity(
            name="Bolt",
            stages=[Stage(kind="panel")],
            position=Position(phase="offered"),
        )

        alone = Candidate(interviews_ahead=0)

        found = assess(alone, JOB, beside=[offer])

        assert all(Term.PRACTICE not in one.terms for one in found.choices)
        assert Term.PRACTICE in assess(Candidate(), JOB).choices[0].terms

    def test_it_is_beside_that_two_share_a_name(self) -> None:
        other = Opportunity(name="Bolt", stages=corporate())

        with pytest.raises(InvalidFieldError, match=r"^assess\(beside\) must be opp"):
            assess(Candidate(), JOB, beside=[other, other])
