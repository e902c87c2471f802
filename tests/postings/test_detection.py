"""A file of unknown kind, and many postings as one search."""

import json
from typing import Any

import pytest

from interviewfit import (
    DecodeError,
    read_postings,
)
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
            ("workday.json", "Workday", 1),
            ("smartrecruiters.json", "SmartRecruiters", 1),
            ("recruitee.json", "Recruitee", 1),
            ("personio.json", "Personio", 1),
            ("personio.xml", "Personio", 1),
            ("teamtailor.json", "Teamtailor", 1),
            ("workable.json", "Workable", 1),
        ],
    )
    def test_a_file_is_told_by_what_it_holds(
        self, name: str, source: str, count: int
    ) -> None:
        found = read_postings((DATA / name).read_text("utf-8"))

        assert {one.fields.source for one in found} == {source}
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

        assert found.fields.source == source

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


class TestBytes:
    def test_are_read_as_the_text_they_are(self) -> None:
        text = '[{"text": "Analyst", "hostedUrl": "https://a.b/c"}]'

        assert read_postings(text.encode()) == read_postings(text)

    @pytest.mark.parametrize("wrong", [b"\xff\xfe", 3, None])
    def test_what_is_no_text_is_refused(self, wrong: Any) -> None:
        with pytest.raises(DecodeError, match="text"):
            read_postings(wrong)

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"%PDF-1.7 ...", "It is a PDF"),
            (b"bplist00...", "It is an archive of Safari"),
            (b"PK\x03\x04...", "zip file"),
        ],
    )
    def test_another_kind_of_file_is_named(self, raw: bytes, said: str) -> None:
        with pytest.raises(DecodeError, match=said):
            read_postings(raw)
