"""No record can be changed in place, past every check; each can stand in a set."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

from interviewfit import Belief, Candidate, Opportunity, assess, corporate, loads, plan
from interviewfit._model.parameters import PRIORS
from interviewfit.columns import TEMPLATES
from interviewfit.sensitivity import sweep
from interviewfit.simulation import simulate
from public import record_classes

CONTRACT = json.loads(
    (Path(__file__).parent / "data" / "contract-2.json").read_text(encoding="utf-8")
)
JOB = Opportunity(
    name="Acme", stages=corporate(), beliefs={"pay": Belief(mean=5, sd=3)}
)
FOUND = assess(Candidate(priorities={"pay": 2}), JOB)
RECORDS: dict[str, Any] = {
    **{
        f"{entry['kind']}-{number}": loads(
            json.dumps(entry["text"]), record_classes()[entry["kind"]]
        )
        for number, entry in enumerate(CONTRACT["texts"])
    },
    "Assessment": FOUND,
    "Plan": plan(Candidate(), [JOB]),
    "Outcomes": simulate(FOUND, 100),
    "Sweep": sweep(FOUND, "pay.mean", [0.0, 5.0]),
}


def mappings(value: Any) -> Iterator[Mapping[Any, Any]]:
    """Every mapping inside a value, however deep."""
    if attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from mappings(getattr(value, attribute.name))
    elif isinstance(value, Mapping):
        yield value
        for entry in value.values():
            yield from mappings(entry)
    elif isinstance(value, tuple | frozenset):
        for entry in value:
            yield from mappings(entry)


CHANGES: dict[str, Callable[[Any], object]] = {
    "set": lambda mapping: mapping.__setitem__("pay", 1),
    "delete": lambda mapping: mapping.__delitem__("pay"),
    "update": lambda mapping: mapping.update(pay=1),
    "merge": lambda mapping: mapping.__ior__({"pay": 1}),
    "clear": lambda mapping: mapping.clear(),
    "pop": lambda mapping: mapping.pop("pay", None),
    "popitem": lambda mapping: mapping.popitem(),
    "setdefault": lambda mapping: mapping.setdefault("pay", 1),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", RECORDS)
def test_no_mapping_of_a_record_can_be_changed(name: str, change: str) -> None:
    for mapping in mappings(RECORDS[name]):
        before = dict(mapping)
        with pytest.raises((TypeError, AttributeError), match=r"read-only|attribute"):
            CHANGES[change](mapping)
        assert dict(mapping) == before


def test_the_walk_finds_mappings() -> None:
    kept = [dict(mapping) for mapping in mappings(FOUND)]

    assert {"pay": 2.0} in kept
    assert {"pay": Belief(mean=5, sd=3)} in kept
    assert FOUND.choices[0].terms in kept


@pytest.mark.parametrize("table", [PRIORS, TEMPLATES], ids=["priors", "templates"])
def test_no_table_can_be_changed(table: Any) -> None:
    with pytest.raises(TypeError, match="read-only"):
        table["technical"] = ()


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "Sweep"])
def test_equal_records_have_one_hash(name: str) -> None:
    again = pickle.loads(pickle.dumps(RECORDS[name]))  # noqa: S301 - our own bytes

    assert {RECORDS[name], again, copy.deepcopy(again)} == {again}
