"""Whatever is read, it is a posting or one clear error."""

import json
from collections.abc import Callable
from math import isfinite
from typing import Any, TypeVar
from unicodedata import category

import pytest
from hypothesis import given, settings, strategies as st

import posting_trees as trees
from interviewfit import DecodeError, InvalidFieldError, Opportunity, dumps, loads
from interviewfit._model.beliefs import Reading
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.extra.pages import read_page
from interviewfit.postings import (
    Posting,
    Postings,
    ReadingOptions,
    Salary,
    read_ashby,
    read_greenhouse,
    read_job_posting,
    read_jobspy,
    read_lever,
    read_postings,
    read_resume,
    to_search,
)

Found = TypeVar("Found")

READERS: dict[str, Callable[..., Postings]] = {
    "ashby": read_ashby,
    "greenhouse": read_greenhouse,
    "job_posting": read_job_posting,
    "jobspy": read_jobspy,
    "lever": read_lever,
}
OWNERS = {
    "ashby.json": read_ashby,
    "greenhouse.json": read_greenhouse,
    "lever.json": read_lever,
}
BOARDS = {
    "personio.json", "recruitee.json", "smartrecruiters.json", "teamtailor.json",
    "workable.json", "workday.json",
}  # fmt: skip
"""Read by ``read_postings`` only."""
SCRAPS = st.sampled_from(
    ["", '"', "\\", "{", "}", "[", "]", ",", ":", "<", "/*", "//", "null", "-1", "NaN",
     "\x00", "\ud800", "</script>", "<script>", "<![CDATA[", "&quot;", "\n", "é",
     "1e999"]
)  # fmt: skip
BASIS = ReadingOptions(
    salary=Salary(amount=60_000, currency="USD"), currency="USD", per="year"
)


def check(posting: Posting) -> None:
    """It is whole: written and read again it is the same, and it hides nothing."""
    job, fields = posting.opportunity, posting.fields
    assert loads(dumps(job), Opportunity) == job
    readings = [one for one in job.signals if isinstance(one, Reading)]
    weighed = {one.aspect for one in readings}
    if "remote_allowed" in job.signals:
        weighed.add("commute")
    assert posting.unknown == tuple(one for one in ASPECTS if one not in weighed)
    assert all(one.noise > 0 and isfinite(one.value) for one in readings)
    assert all(min(one.ends) > 0 for one in fields.pays)
    said = "\n".join(posting.warnings)
    # Pay that is stated is weighed, or there is a word on why not.
    assert "pay" in weighed or not fields.pays or "is not used" in said
    assert all(one.strip() and "\n" not in one for one in posting.warnings)
    for text in (fields.title, fields.company, fields.location, fields.url):
        assert not any(category(letter) in ("Cc", "Cs") for letter in text)


def outcome(read: Callable[[], Found]) -> Found | str:
    """What is read, or the one clear error; any other is the test's failure."""
    try:
        return read()
    except (DecodeError, InvalidFieldError) as error:
        return str(error)


def survive(read: Callable[..., Postings], source: object) -> None:
    found = outcome(lambda: read(source, BASIS))
    if isinstance(found, str):
        assert found.strip()
        return
    assert len(found) >= 1
    for one in found:
        check(one)
    assert len(to_search(found).opportunities) == len(found)


@pytest.mark.parametrize("name", READERS)
class TestAnything:
    @settings(max_examples=60)
    @given(tree=trees.jobs() | trees.trees())
    def test_a_tree_is_read_or_refused(self, name: str, tree: Any) -> None:
        survive(READERS[name], tree)

    @settings(max_examples=20)
    @given(tree=st.lists(trees.jobs(), max_size=3))
    def test_so_is_the_text_it_is_written_as(self, name: str, tree: Any) -> None:
        survive(READERS[name], json.dumps(tree))


class TestMutants:
    @settings(max_examples=150)
    @given(data=st.data(), name=st.sampled_from(sorted(trees.DOCUMENTS)))
    def test_a_real_document_gone_wrong_is_read_or_refused(
        self, data: st.DataObject, name: str
    ) -> None:
        tree = data.draw(trees.mutants(trees.DOCUMENTS[name]))

        if name == "resume.json":
            found = outcome(lambda: read_resume(tree))
            assert found if isinstance(found, str) else found.unknown
        elif name in BOARDS:
            survive(read_postings, json.dumps(tree))
        else:
            survive(OWNERS.get(name, read_job_posting), tree)

    @settings(max_examples=100)
    @given(data=st.data(), path=st.sampled_from(trees.FILES))
    def test_a_file_with_letters_changed_is_read_or_refused(
        self, data: st.DataObject, path: Any
    ) -> None:
        text = path.read_text("utf-8")
        for _ in range(data.draw(st.integers(1, 6))):
            place = data.draw(st.integers(0, len(text)))
            gone = data.draw(st.integers(0, 30))
            text = text[:place] + data.draw(SCRAPS) + text[place + gone :]

        survive(read_page if path.suffix == ".html" else read_postings, text)
