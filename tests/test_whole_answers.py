"""Plans and assessments of random searches, whole: every field and every line.

``data/whole-answers.json.gz`` holds them, with dates and without, for the searches of
``whole_searches.py``, and all that is asked about the decisions of
``whole_decisions.py``. Numbers agree to a millionth of an hour or of themselves; words
are the same. Whether they are right, oracles and laws say, and so must whoever changes
them.

``python tests/test_whole_answers.py`` records the answers of today.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from math import isclose, isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effort import as_many
from interviewfit import (
    Assessment,
    assess,
    dumps,
    flips,
    plan,
    questions,
    robustness,
    simulate,
)
from interviewfit._text import explain
from interviewfit.errors import InterviewFitError
from interviewfit.sensitivity import (
    advise,
    candour,
    list_inputs,
    sweep,
    tornado,
)
from interviewfit.weightings import acceptability, certify
from recorded import write_anew
from whole_decisions import decisions
from whole_searches import crowded_search, whole_search

KEPT = Path(__file__).parent / "data" / "whole-answers.json.gz"
NEAR = 1e-6
SEEDS = {
    kind: list(range(count))
    for kind, count in {"dated": 30, "undated": 24, "crowded": 12}.items()
}
FEW = {"dated": 11, "undated": 6, "crowded": 8}
"""How many are asked in the ordinary run; all with the profile ``thorough``."""

ASKED = {"search", "decision", "schema"}
"""What was asked is no answer."""


TWO = ("pay.mean", "weights.time")
AROUND: dict[str, Callable[[Assessment], Any]] = {
    "questions": questions,
    "flips": flips,
    "tornado": tornado,
    "robustness": lambda found: robustness(found, draws=64),
    "certify": lambda found: certify(found, priorities={"pay": (0.5, 2.0)}),
    "acceptability": lambda found: acceptability(found, priorities={"pay": (0.5, 2)}),
    "candour": lambda found: candour(found, odds=(0.5, 1.0)),
    "simulate": lambda found: simulate(found, n=256),
    "reasons": lambda found: found.reasons,
    "sweep": lambda found: sweep(found, "pay.mean", [-5.0, 0.0, 5.0]),
    "sweep of two": lambda found: sweep(found, TWO, ([-5.0, 0.0, 5.0], [0.5, 1.0])),
    "robustness with ranges": lambda found: robustness(
        found, draws=48, include_stated=True, ranges={"horizon_years": (1.0, 3.0)}
    ),
    "flips of some": lambda found: flips(found, names=["pay.mean", "horizon_years"]),
}
"""What may be asked about an answer."""

MANY = (np.linspace(-9.0, 9.0, 21), np.linspace(0.0, 3.0, 11))
BOUNDED: dict[str, Callable[[Assessment], Any]] = {
    **{ask: AROUND[ask] for ask in ("questions", "flips", "tornado", "acceptability")},
    "robustness": robustness,
    "candour": lambda found: candour(found, np.linspace(0, 0.5, 9), MANY[1][1:]),
    "sweep": lambda found: sweep(found, "pay.mean", MANY[0]),
    "sweep of two": lambda found: sweep(found, TWO, MANY),
    "advise": advise,
}
"""What may be asked where next to no work is allowed."""
LITTLE = 300_000
"""Operations, less than any of them would take."""


ASKED_BESIDE = {"questions", "certify", "candour", "simulate", "reasons", "sweep"}
"""Those that take little time beside others."""


def around(name: str, ask: str) -> Any:
    """What is told about one of the decisions.

    Args:
        name: Of the decision.
        ask: A key of ``AROUND``.
    """
    return told_of(partial(AROUND[ask], decision(name)))


def told_of(call: Callable[[], Any]) -> Any:
    """An answer with its columns and its words, or why there is none."""
    try:
        told = call()
    except InterviewFitError as error:
        return {"refused": str(error)}
    if isinstance(told, str):
        return {"shown": told.splitlines()}
    columns = told.to_columns()
    tree = {"fields": told.to_dict(), "columns": columns}
    shown = json.loads(json.dumps(tree, default=plain))
    return {**shown, "shown": str(told).splitlines()}


def bounded(name: str, ask: str) -> Any:
    """What is told about one of the decisions where next to no work is allowed.

    Args:
        name: Of the decision.
        ask: A key of ``BOUNDED``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", LITTLE)
        return told_of(partial(BOUNDED[ask], decision(name)))


def plain(value: Any) -> Any:
    """An array as a list, and anything else as text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


@cache
def decision(name: str) -> Assessment:
    """One of the decisions."""
    return decisions()[name]


def labels() -> Any:
    """All numbers of the decisions, by name."""
    return {
        name: [
            [item.name, item.value, item.low, item.high, item.scale, item.unit]
            for item in list_inputs(decision(name).decision)
        ]
        for name in ("alone", "beside", "offer")
    }


def answer(kind: str, seed: int) -> Any:
    """A plan of an even search and an assessment of an odd one, as JSON."""
    if kind == "crowded":
        who, jobs, asked = crowded_search(seed)
    else:
        who, jobs, asked = whole_search(seed, dated=kind == "dated")
    try:
        if seed % 2 and kind == "dated":
            found: Any = assess(who, jobs[0], beside=jobs[1:], today=asked["today"])
            shown = explain(found)
        else:
            found = plan(who, jobs, **asked)
            left = (f"{row.name}: {found.why_left(row.name)}" for row in found.to_leave)
            shown = "\n".join((str(found), *left))
    except InterviewFitError as error:
        return {"refused": str(error)}
    tree = json.loads(dumps(found))
    kept = {key: value for key, value in tree.items() if key not in ASKED}
    return {**kept, "shown": shown.splitlines()}


@cache
def recorded() -> Any:
    """All answers that were recorded."""
    with gzip.open(KEPT, mode="rt", encoding="utf-8") as stream:
        return json.load(stream)


def off(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """What is not as it was, with its path."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from off(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"{path}: {len(before)} and now {len(after)}"
        for place, pair in enumerate(zip(before, after, strict=False)):
            yield from off(*pair, f"{path}[{place}]")
    elif isinstance(before, float) and isinstance(after, float):
        both_missing = isnan(before) and isnan(after)
        if not both_missing and not isclose(before, after, rel_tol=NEAR, abs_tol=NEAR):
            yield f"{path}: {before} and now {after}"
    elif before != after:
        yield f"{path}: {before!r} and now {after!r}"


@pytest.mark.parametrize(
    ("kind", "seed"),
    [(kind, seed) for kind in SEEDS for seed in SEEDS[kind][: as_many(FEW[kind], 99)]],
)
def test_an_answer_is_whole_what_it_was(kind: str, seed: int) -> None:
    assert list(off(recorded()[kind][str(seed)], answer(kind, seed))) == []


PAIRS = [
    (name, ask)
    for name in ("alone", "beside", "offer")
    for ask in AROUND
    if (name != "beside" or ask in ASKED_BESIDE) and (name, ask) != ("offer", "flips")
]


LONG = {
    *(("alone", ask) for ask in ("flips", "robustness", "acceptability")),
    *(("beside", ask) for ask in ("questions", "reasons")),
    *(("offer", ask) for ask in ("questions", "flips of some")),
}
"""Those that take long and of which another one is asked, for the thorough run."""


@pytest.mark.parametrize(
    ("name", "ask"), [pair for pair in PAIRS if pair not in LONG or as_many(0, 1)]
)
def test_so_is_what_is_asked_about_it(name: str, ask: str) -> None:
    assert list(off(recorded()["around"][f"{name} {ask}"], around(name, ask))) == []


LITTLE_ASKED = [
    *(("alone", ask) for ask in BOUNDED),
    *(("offer", ask) for ask in ("questions", "robustness", "acceptability")),
]


@pytest.mark.parametrize(("name", "ask"), LITTLE_ASKED)
def test_so_it_is_where_little_work_is_allowed(name: str, ask: str) -> None:
    assert list(off(recorded()["bounded"][f"{name} {ask}"], bounded(name, ask))) == []


def test_so_are_its_numbers() -> None:
    assert list(off(recorded()["labels"], labels())) == []


def write() -> None:
    """Record the answers of today."""
    whole = {kind: {s: answer(kind, s) for s in SEEDS[kind]} for kind in SEEDS}
    told = {f"{name} {ask}": around(name, ask) for name, ask in PAIRS}
    little = {f"{name} {ask}": bounded(name, ask) for name, ask in LITTLE_ASKED}
    all_of_it = {**whole, "around": told, "labels": labels(), "bounded": little}
    with gzip.GzipFile(KEPT, mode="wb", mtime=0) as packed:
        packed.write(json.dumps(all_of_it, ensure_ascii=False).encode())


if __name__ == "__main__":
    write_anew(KEPT, write)
