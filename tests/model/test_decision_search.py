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
