"""The JSON contract ``interviewfit/1`` only grows, as the page on embedding promises.

``data/contract-1.json`` holds what the contract had when it was written down, and texts
that must be read for ever. Something may be added to it; nothing in it changes before
``interviewfit/2``.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import interviewfit
from interviewfit import dumps, loads
from interviewfit.schema import schema_of
from interviewfit.schema._json import SCHEMA

KEPT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "contract-1.json").read_text(encoding="utf-8")
)
RECORDS: dict[str, dict[str, list[str]]] = KEPT["records"]
WORDS: dict[str, list[str]] = KEPT["words"]
TEXTS: list[dict[str, Any]] = KEPT["texts"]


def parts(kind: str) -> dict[str, Any]:
    """The schema of a record that is public, or of one that stands in another."""
    public = getattr(interviewfit, kind, None)
    if public is not None:
        return schema_of(public)
    for whole in (interviewfit.Assessment, interviewfit.Plan, interviewfit.Decision):
        inner = schema_of(whole)["$defs"].get(kind)
        if inner is not None:
            return dict(inner)
    raise LookupError(kind)


@pytest.mark.parametrize("kind", RECORDS)
def test_no_field_goes_and_none_becomes_required(kind: str) -> None:
    now = parts(kind)

    assert set(RECORDS[kind]["fields"]) <= set(now["properties"])
    assert set(now["required"]) <= set(RECORDS[kind]["required"])


@pytest.mark.parametrize("name", WORDS)
def test_no_word_goes(name: str) -> None:
    words = getattr(interviewfit, name)

    assert issubclass(words, StrEnum)
    assert set(WORDS[name]) <= {one.value for one in words}


@pytest.mark.parametrize("kept", TEXTS, ids=lambda one: one["kind"])
def test_a_text_of_then_is_read_now_and_written_as_it_was(kept: dict[str, Any]) -> None:
    kind, tree = getattr(interviewfit, kept["kind"]), kept["text"]
    record = loads(json.dumps(tree), kind)

    assert tree["schema"] == SCHEMA == "interviewfit/1"
    assert json.loads(dumps(record)) == tree
    Draft202012Validator(schema_of(kind)).validate(tree)


def test_all_that_is_read_and_answered_is_kept() -> None:
    """One text of each kind that an application sends or gets."""
    assert {one["kind"] for one in TEXTS} == {
        "Assessment", "Assumptions", "Candidate", "Decision", "History",
        "Opportunity", "Plan", "Search",
    }  # fmt: skip
    assert {"Decision", "Assessment", "Choice"} <= RECORDS.keys()
