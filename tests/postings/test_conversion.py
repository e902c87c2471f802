"""Many postings as one search."""

import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Search,
    assess,
    dumps,
    loads,
    read_postings,
)
from interviewfit.postings import ReadingOptions, Salary, read_greenhouse, to_search
from posting_trees import DATA


class TestToSearch:
    def test_names_differ_and_nothing_else_does(self) -> None:
        jobs = [
            {"title": "a", "location": {"name": place}}
            for place in ("Rome", "Oslo", "Oslo", "")
        ]
        found = read_greenhouse([*jobs, {"title": "b", "location": "Rome"}])

        search = to_search(found)

        assert [one.name for one in search.opportunities] == [
            "a, Rome",
            "a, Oslo",
            "a, Oslo (2)",
            "a",
            "b",
        ]
        assert search.candidate == Candidate()

    def test_long_names_are_told_apart_too(self) -> None:
        found = read_greenhouse([{"title": "t" * 1000}] * 3)

        names = {one.name for one in to_search(found).opportunities}

        assert len(names) == 3
        assert max(map(len, names)) <= 1000

    def test_a_search_can_be_written_read_and_assessed(self) -> None:
        options = ReadingOptions(salary=Salary(amount=60_000, currency="EUR"))
        found = read_postings((DATA / "job_posting.json").read_text("utf-8"), options)
        robin = Candidate(name="Robin")
        numbers = Assumptions(numbers={"horizon_years": 3})

        search = to_search(found, robin, numbers)

        again = loads(dumps(search), Search)
        assert again == search
        (job,) = again.opportunities
        verdict = assess(again.candidate, job, assumptions=again.assumptions)
        assert "pay" not in verdict.unknown
        assert "commute" not in verdict.unknown
        assert "role" in verdict.unknown

    def test_none_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="between 1 and 1,000"):
            to_search([])
