from typing import Any

import pytest

from interviewfit import (
    Assessment,
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit.records import Decision

ME = Candidate(fallback=-3)
JOB = Opportunity(name="Acme", stages=corporate())
OTHER = Opportunity(name="Bolt", stages=corporate())


class TestDecision:
    def test_an_answer_carries_all_it_was_worked_out_from(self) -> None:
        numbers = Assumptions(numbers={"contact": 2.0})

        found = assess(ME, JOB, assumptions=numbers, beside=[JOB, OTHER]).decision

        assert found == Decision(
            candidate=ME, opportunity=JOB, assumptions=numbers, beside=(JOB, OTHER)
        )
        again = assess(
            found.candidate,
            found.opportunity,
            assumptions=found.assumptions,
            beside=found.beside,
        )
        assert (
            again.value
            == assess(ME, JOB, assumptions=numbers, beside=[OTHER, JOB]).value
        )

    def test_it_survives_json(self) -> None:
        found = assess(ME, JOB, beside=[JOB, OTHER])

        assert loads(dumps(found), Assessment).decision == found.decision

    @pytest.mark.parametrize(
        ("part", "value"),
        [
            ("candidate", JOB),
            ("opportunity", ME),
            ("assumptions", {"contact": 2.0}),
            ("beside", "Bolt"),
            ("beside", [ME]),
        ],
    )
    def test_a_part_of_another_type_is_refused_by_its_name(
        self, part: str, value: Any
    ) -> None:
        parts: dict[str, Any] = {"candidate": ME, "opportunity": JOB, part: value}

        with pytest.raises(InvalidFieldError) as info:
            Decision(**parts)

        assert info.value.where == f"Decision.{part}"

    def test_a_plan_carries_its_search(self) -> None:
        found = plan(ME, [JOB, OTHER])

        assert found.search.candidate == ME
        assert found.opportunities == (JOB, OTHER)
