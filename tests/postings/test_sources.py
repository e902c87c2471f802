"""A file of unknown kind, and many postings as one search."""

import json
from typing import Any

import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Search,
    assess,
    dumps,
    loads,
    read_postings,
)
from interviewfit.postings import ReadingOptions, Salary, gather, read_greenhouse
from posting_trees import DATA


class TestReadPostings:
    @pytest.mark.parametrize(
        ("name", "source", "count"),
        [
            ("job_posting.json", "schema.org JobPosting", 1),
            ("job_posting_graph.json", "schema.org JobPosting", 2),
            ("job_posting_dirty.json", "schema.org JobPosting", 3),
            ("greenhouse.json", "Greenhouse", 4),
            ("lever.json", "Lever", 2),
            ("ashby.json", "Ashby", 3),
            ("jobspy.csv", "JobSpy", 4),
        ],
    )
    def test_a_file_is_told_by_what_it_holds(
        self, name: str, source: str, count: int
    ) -> None:
        found = read_postings((DATA / name).read_text("utf-8"))

        assert {one.facts.source for one in found} == {source}
        assert len(found) == count

    @pytest.mark.parametrize(
        ("tree", "source"),
        [
            ([{"title": "a", "job_url": "b"}], "JobSpy"),
            ({"title": "a", "absolute_url": "b"}, "Greenhouse"),
            ({"jobs": [{"title": "a", "jobUrl": "b"}]}, "Ashby"),
            ({"text": "a", "workplaceType": "remote"}, "Lever"),
            ({"data": [{"text": "a", "hostedUrl": "b"}]}, "Lever"),
            ({"title": "a", "baseSalary": 3}, "schema.org JobPosting"),
        ],
    )
    def test_one_alone_and_under_a_name(self, tree: Any, source: str) -> None:
        (found,) = read_postings(json.dumps(tree))

        assert found.facts.source == source

    @pytest.mark.parametrize(
        "text",
        ["", "{}", "[]", "[3]", "null", '{"title": "a"}', '{"jobs": null}', "hello"],
    )
    def test_of_no_kind_is_one_clear_error(self, text: str) -> None:
        with pytest.raises(DecodeError) as caught:
            read_postings(text)

        (fault,) = caught.value.faults
        assert fault.endswith("@ $")

    def test_a_page_is_told_what_it_needs(self) -> None:
        with pytest.raises(DecodeError, match=r"pip install 'interviewfit\[html\]'"):
            read_postings((DATA / "page.html").read_text("utf-8"))


class TestGather:
    def test_names_differ_and_nothing_else_does(self) -> None:
        jobs = [
            {"title": "a", "location": {"name": place}}
            for place in ("Rome", "Oslo", "Oslo", "")
        ]
        found = read_greenhouse([*jobs, {"title": "b", "location": "Rome"}])

        search = gather(found)

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

        names = {one.name for one in gather(found).opportunities}

        assert len(names) == 3
        assert max(map(len, names)) <= 1000

    def test_a_search_can_be_written_read_and_assessed(self) -> None:
        basis = ReadingOptions(salary=Salary(amount=60_000, currency="EUR"))
        found = read_postings((DATA / "job_posting.json").read_text("utf-8"), basis)
        robin = Candidate(name="Robin")
        numbers = Assumptions(numbers={"horizon_years": 3})

        search = gather(found, robin, numbers)

        again = loads(dumps(search), Search)
        assert again == search
        (job,) = again.opportunities
        verdict = assess(again.candidate, job, assumptions=again.assumptions)
        assert "pay" not in verdict.unknown
        assert "commute" not in verdict.unknown
        assert "role" in verdict.unknown

    def test_none_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="between 1 and 1,000"):
            gather([])


class TestBasis:
    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"salary": 60_000}, "ReadingOptions.salary"),
            ({"stages": "hr_screen"}, "ReadingOptions.stages"),
            ({"stages": []}, "Opportunity.stages"),
            ({"company": 3}, "ReadingOptions.company"),
            ({"currency": "$"}, "ReadingOptions.currency"),
            ({"currency": None}, "ReadingOptions.currency"),
            ({"per": "fortnight"}, "ReadingOptions.per"),
            ({"assumptions": {}}, "ReadingOptions.assumptions"),
        ],
    )
    def test_nonsense_is_refused_by_name(self, fields: Any, where: str) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            ReadingOptions(**fields)

        assert caught.value.where == where


class TestBytes:
    def test_are_read_as_the_text_they_are(self) -> None:
        text = '[{"text": "Analyst", "hostedUrl": "https://a.b/c"}]'

        assert read_postings(text.encode()) == read_postings(text)

    @pytest.mark.parametrize("wrong", [b"\xff\xfe", 3, None])
    def test_what_is_no_text_is_refused(self, wrong: Any) -> None:
        with pytest.raises(DecodeError, match="text"):
            read_postings(wrong)
