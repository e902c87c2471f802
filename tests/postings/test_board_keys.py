"""Every key that a board writes something under is read, and the first that has it."""

import json
from typing import Any

import pytest

from interviewfit.postings import read_postings
from interviewfit.postings._posting import PostingFields

Keys = tuple[str, ...]

BOARDS: dict[str, dict[str, Any]] = {
    "Workable": {"shortcode": "A1", "title": "Engineer"},
    "Recruitee": {"employment_type_code": "full", "title": "Engineer"},
    "SmartRecruiters": {"refNumber": "1", "name": "Engineer"},
    "Personio": {"schedule": "full-time", "name": "Engineer"},
    "Ashby": {"isListed": True, "title": "Engineer"},
    "Lever": {"categories": {}, "hostedUrl": "", "text": "Engineer"},
}
"""The least by which a job of each is known."""

FIRST: list[tuple[str, str, Keys]] = [
    ("Workable", "url", ("url", "shortlink", "application_url")),
    ("Workable", "company", ("company", "company_name", "board_name")),
    ("Recruitee", "url", ("careers_url", "careers_apply_url")),
    ("Recruitee", "company", ("company_name",)),
    ("SmartRecruiters", "url", ("postingUrl", "applyUrl", "ref")),
    ("Personio", "company", ("subcompany", "company")),
    ("Ashby", "url", ("jobUrl", "applyUrl")),
    ("Ashby", "company", ("organizationName", "companyName")),
    ("Lever", "url", ("hostedUrl", "applyUrl")),
]
"""Keys of which the first that says something counts."""

ALL: list[tuple[str, str, Keys]] = [
    (
        "Workable",
        "details",
        ("department", "function", "industry", "experience", "education"),
    ),
    ("Workable", "description", ("description", "requirements", "benefits")),
    ("Recruitee", "details", ("department", "experience_code")),
    ("Recruitee", "description", ("description", "requirements")),
    (
        "SmartRecruiters",
        "details",
        ("department", "function", "industry", "experienceLevel"),
    ),
    (
        "Personio",
        "details",
        ("department", "seniority", "yearsOfExperience", "occupation", "keywords"),
    ),
    ("Ashby", "details", ("department", "team")),
    ("Lever", "details", ("country",)),
]
"""Keys that all count."""


def fields(board: str, **more: str) -> PostingFields:
    text = json.dumps({**BOARDS[board], **more})
    (posting,) = read_postings(text).postings
    assert posting.fields.source == board
    return posting.fields


@pytest.mark.parametrize(("board", "field", "keys"), FIRST)
def test_the_first_key_that_says_something_counts(
    board: str, field: str, keys: Keys
) -> None:
    for number, key in enumerate(keys):
        later = {other: f"Of {other}" for other in keys[number:]}

        assert getattr(fields(board, **later), field) == f"Of {key}"


@pytest.mark.parametrize(("board", "field", "keys"), ALL)
def test_all_keys_of_a_kind_count(board: str, field: str, keys: Keys) -> None:
    said = str(getattr(fields(board, **{key: f"Of {key}" for key in keys}), field))

    assert [f"Of {key}" in said for key in keys] == [True] * len(keys)
