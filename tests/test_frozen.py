"""Nothing of ours can be changed in place, past every check; records can be in sets."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    DecodeError,
    Opportunity,
    assess,
    corporate,
    loads,
    plan,
    score,
)
from interviewfit._model.parameters import PRIORS
from interviewfit.columns import TEMPLATES, Coded
from interviewfit.sensitivity import candour, sweep
from interviewfit.simulation import play_out, simulate
from interviewfit.weightings import TradeOff, learn_priorities
from public import public_names, record_classes

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


def arrays(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """Every array inside a value, however deep."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from arrays(entry)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from arrays(getattr(value, attribute.name))
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from arrays(entry)


WORDS = Coded(words=["corporate", "technical"], codes=[0, 1])
SCORED = score(Candidate(), {"process": WORDS}, terms=True)
AGAIN = score(
    Candidate(), {"process": WORDS}, out=score(Candidate(), {"process": WORDS})
)


NOISY = evolve(JOB, mutual_fit=0.5)


@pytest.mark.parametrize(
    ("value", "least"),
    [
        (WORDS, 1),
        (SCORED, 20),
        (AGAIN, 9),
        (RECORDS["Sweep"], 4),
        (play_out(FOUND, 50), 5),
        (candour(assess(Candidate(), NOISY)), 6),
        (learn_priorities([TradeOff(aspect="role", change=9, pay=12)]), 3),
    ],
    ids=["coded", "terms", "out", "sweep", "played", "candour", "learned"],
)
def test_no_array_of_a_record_can_be_changed(value: Any, least: int) -> None:
    kept = [*arrays(value)]

    assert len(kept) >= least
    for array in kept:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_every_public_record_that_holds_arrays_is_tried() -> None:
    """So that a new one is added above."""
    walked = {type(value).__name__ for value in (WORDS, SCORED, RECORDS["Sweep"])}
    walked |= {"SimulatedSearches", "Candour", "PriorityPosterior"}
    holding = {
        name
        for name, kind in public_names().items()
        if isinstance(kind, type)
        and attrs.has(kind)
        and any(
            "Array" in f"{one.type}" or "ndarray" in f"{one.type}"
            for one in attrs.fields(kind)
        )
    }

    assert holding <= walked | {"Details"}
    assert holding


def test_scores_are_read_only_after_a_failure() -> None:
    held = score(Candidate(), {"process": np.array(["corporate"] * 2, object)})

    with pytest.raises(DecodeError):
        score(
            Candidate(),
            {"process": np.array(["corporate", "unheard"], object)},
            out=held,
        )

    assert not any(array.flags.writeable for array in arrays(held))


def test_the_array_of_the_caller_stays_theirs() -> None:
    codes = np.array([0, 1])
    coded = Coded(words=["corporate", "technical"], codes=codes)

    assert np.shares_memory(coded.codes, codes)
    codes[0] = 1
    assert coded[0] == "technical"
