"""The JSON contract only grows, as the page on embedding promises.

``data/contract-1.json`` holds the records, words and texts of ``interviewfit/1``, which
are read for ever; ``data/contract-2.json`` those of ``interviewfit/2``, which are
written. Something may be added to either; nothing in them changes.

Until ``interviewfit/2`` has been released its fields may still be renamed. Then "keys"
in ``interviewfit/data/version-1.json`` gets a row, so that version 1 is still read, and
``python tests/test_contract.py`` writes ``contract-2.json`` anew.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator

from interviewfit import dumps, loads
from interviewfit.schema import SCHEMA, schema_of
from interviewfit.schema._versions import keys_in_text, renamings
from public import fields_of, public_names, record_classes
from recorded import write_anew

DATA = Path(__file__).parent / "data"
VERSIONS: dict[str, Any] = {
    f"interviewfit/{number}": json.loads(
        (DATA / f"contract-{number}.json").read_text(encoding="utf-8")
    )
    for number in (1, 2)
}
OLD, NEW = VERSIONS.values()

CLASSES = {
    "Bar": "TornadoBar",
    "Basis": "ReadingOptions",
    "ClueSignal": "Clue",
    "Course": "CumulativeIncidence",
    "Facts": "PostingFields",
    "Fate": "ProcessOutcome",
    "Flip": "SwitchingValue",
    "Flips": "SwitchingValues",
    "Funnel": "PassRates",
    "Input": "Parameter",
    "Move": "PriorChange",
    "Prediction": "Forecast",
    "Prospect": "RankedProcess",
    "Question": "InformationValue",
    "Rate": "PassRate",
    "Salary": "Money",
    "ReadingSignal": "Reading",
    "Replay": "Backtest",
    "Settler": "InfluentialInput",
    "Silence": "WaitStatus",
    "Spread": "QuantileSummary",
    "Standpoint": "ReviewLine",
}
"""Records of version 1 whose class has another name today."""

REMEDY = (
    'Give the field a row of "keys" in interviewfit/data/version-1.json, '
    "then run: python tests/test_contract.py"
)

HEAD = {"schema", "type"}
"""Keys that are no fields: which schema it is, and which kind of signal."""


def class_of(name: str) -> type:
    """The class of a record, by its name today or in version 1."""
    return record_classes()[CLASSES.get(name, name)]


def contract() -> dict[str, Any]:
    """The contract as it is now, with the texts of version 1 as written now."""
    words = {
        name: sorted(kind)
        for name, kind in sorted(public_names().items())
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    }
    records = {
        name: {
            "required": [
                one.alias for one in fields_of(kind) if one.default is attrs.NOTHING
            ],
            "fields": [one.alias for one in fields_of(kind)],
        }
        for name, kind in record_classes().items()
    }
    texts = [
        {
            "kind": one["kind"],
            "text": json.loads(
                dumps(loads(json.dumps(one["text"]), class_of(one["kind"])))
            ),
        }
        for one in OLD["texts"]
    ]
    return {"records": records, "words": words, "texts": texts}


def cases(part: str) -> list[Any]:
    """Each entry of a part of the contract, in both versions."""
    return [
        pytest.param(version, name, id=f"{version}-{name}")
        for version, kept in VERSIONS.items()
        for name in kept[part]
    ]


@pytest.mark.parametrize(("version", "name"), cases("records"))
def test_no_field_goes_and_none_becomes_required(version: str, name: str) -> None:
    """Of version 1 a field has its name, or a row of "keys"."""
    kind, kept = class_of(name), VERSIONS[version]["records"][name]
    fields = {str(one.alias): one for one in fields_of(kind)}
    key_of, ignored = keys_in_text(kind, fields, renamings(version))
    required = {
        key for name, key in key_of.items() if fields[name].default is attrs.NOTHING
    }

    assert set(kept["fields"]) - HEAD <= {*key_of.values(), *ignored}, REMEDY
    assert required <= set(kept["required"]), "give a new field a default"


@pytest.mark.parametrize(("version", "name"), cases("words"))
def test_no_word_goes(version: str, name: str) -> None:
    words = public_names()[name]
    renamed = renamings(version)["words"].get(name, {})
    today = {renamed.get(one, one) for one in VERSIONS[version]["words"][name]}

    assert issubclass(words, StrEnum)
    assert today <= set(words), "give the word a row of words"


def test_a_row_leads_from_a_key_of_then_to_a_field_of_today() -> None:
    renamed = renamings(OLD["texts"][0]["text"]["schema"])
    for name, row in renamed["keys"].items():
        kind = record_classes()[name]
        then = {
            key
            for old, kept in OLD["records"].items()
            if issubclass(class_of(old), kind)
            for key in kept["fields"]
        }
        assert set(row) <= then, name
        assert set(row.values()) <= {None, *(one.name for one in fields_of(kind))}, name
    for name, row in renamed["words"].items():
        assert set(row) <= set(OLD["words"][name]), name
        assert set(row.values()) <= set(public_names()[name]), name


@pytest.mark.parametrize("number", range(len(OLD["texts"])))
def test_a_text_of_version_1_is_read_as_its_equal_of_today(number: int) -> None:
    old, new = OLD["texts"][number], NEW["texts"][number]
    kind = class_of(old["kind"])

    assert old["text"]["schema"] == "interviewfit/1"
    record: object = loads(json.dumps(old["text"]), kind)
    assert record == loads(json.dumps(new["text"]), kind)
    assert json.loads(dumps(record)) == new["text"], REMEDY


@pytest.mark.parametrize("kept", NEW["texts"], ids=lambda one: one["kind"])
def test_a_text_is_as_its_schema_says(kept: dict[str, Any]) -> None:
    assert kept["text"]["schema"] == SCHEMA == "interviewfit/2"
    Draft202012Validator(schema_of(class_of(kept["kind"]))).validate(kept["text"])


@pytest.mark.parametrize("kept", VERSIONS.values(), ids=VERSIONS)
def test_all_that_is_read_and_answered_is_kept(kept: dict[str, Any]) -> None:
    """One text of each kind that an application sends or gets."""
    assert {one["kind"] for one in kept["texts"]} == {
        "Assessment", "Assumptions", "Candidate", "Decision", "History",
        "Opportunity", "Plan", "Search",
    }  # fmt: skip
    assert {"Decision", "Assessment", "Choice"} <= kept["records"].keys()


def write() -> None:
    """Write the contract of version 2 anew, an entry a line."""
    parts = []
    for part, entries in contract().items():
        lines = (
            [f"{json.dumps(key)}: {json.dumps(one)}" for key, one in entries.items()]
            if isinstance(entries, dict)
            else [json.dumps(one, ensure_ascii=False) for one in entries]
        )
        start, end = "{}" if isinstance(entries, dict) else "[]"
        inside = ",\n".join(lines)
        parts.append(f'"{part}": {start}\n{inside}\n{end}')
    text = ",\n".join(parts)
    (DATA / "contract-2.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    write_anew(DATA / "contract-2.json", write)
