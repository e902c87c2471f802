"""One candidate and all the processes they run."""

from typing import Any

import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Search,
    corporate,
)


def job(name: str) -> Opportunity:
    """An ordinary opportunity by a name."""
    return Opportunity(name=name, stages=corporate())


class TestSearch:
    def test_it_keeps_the_order_of_its_opportunities(self) -> None:
        found = Search(candidate=Candidate(), opportunities=[job("b"), job("a")])

        assert [one.name for one in found.opportunities] == ["b", "a"]
        assert found.assumptions == Assumptions()

    def test_two_opportunities_have_two_names(self) -> None:
        """Else nobody can tell whose advice is whose."""
        with pytest.raises(InvalidFieldError, match=r"got 'a'\. Add the role") as info:
            Search(candidate=Candidate(), opportunities=[job("a"), job("b"), job("a")])

        assert info.value.where == "Search.opportunities"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("candidate", "Robin"),
            ("candidate", None),
            ("opportunities", []),
            ("opportunities", [5]),
            ("opportunities", None),
            ("opportunities", job("alone")),
            ("opportunities", [job(str(n)) for n in range(1001)]),
            ("assumptions", {"horizon_years": 3}),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(self, field: str, value: Any) -> None:
        right = {"candidate": Candidate(), "opportunities": [job("a")]}

        with pytest.raises(InvalidFieldError) as caught:
            Search(**{**right, field: value})

        assert caught.value.where == f"Search.{field}"


class TestOpportunity:
    """Which one somebody means by a name or a part of it."""

    SEARCH = Search(
        candidate=Candidate(),
        opportunities=[
            job("Acme, analyst"),
            job("Acme Energy, clerk"),
            job("North Acme, cook"),
        ],
    )

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("Acme, analyst", "Acme, analyst"),
            ("acme,", "Acme, analyst"),
            ("  NORTH acme", "North Acme, cook"),
            # What it begins with counts before what stands in it.
            ("north", "North Acme, cook"),
            ("cook", "North Acme, cook"),
            ("energy", "Acme Energy, clerk"),
        ],
    )
    def test_a_part_that_only_this_one_has_is_enough(
        self, said: str, meant: str
    ) -> None:
        assert self.SEARCH.opportunity(said).name == meant

    @pytest.mark.parametrize(
        ("said", "fault"),
        [
            (
                "acme",
                "one opportunity, got 'acme'. 2 are called so, write more of it: 'Acm",
            ),
            ("", "stated, because the search has 3 opportunities, got ''. There is 'A"),
            ("Nort Acme, cook", "got 'Nort Acme, cook'. There is 'North Acme, cook'."),
            ("bolt", "the name of an opportunity of the search, got 'bolt'. There is"),
        ],
    )
    def test_what_may_be_meant_is_shown(self, said: str, fault: str) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            self.SEARCH.opportunity(said)

        assert fault in str(caught.value)

    def test_the_only_one_needs_no_name(self) -> None:
        search = Search(candidate=Candidate(), opportunities=[job("Acme")])

        assert search.opportunity().name == "Acme"
