"""Plans and assessments of random searches, whole: every field and every line.

``data/whole-answers.json.gz`` holds them, with dates and without, for the searches of
``whole_searches.py``. Numbers agree to a millionth of an hour or of themselves; words
are the same. Whether they are right, oracles and laws say, and so must whoever changes
them.

``python tests/test_whole_answers.py`` records the answers of today.
"""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from interviewfit import assess, dumps, plan
from interviewfit._text import explain
from interviewfit.errors import InterviewFitError
from whole_searches import whole_search

KEPT = Path(__file__).parent / "data" / "whole-answers.json.gz"
NEAR = 1e-6
SLOW = {"dated": {27}, "undated": {19, 23}}
SEEDS = {
    kind: [seed for seed in range(count) if seed not in SLOW[kind]]
    for kind, count in {"dated": 30, "undated": 24}.items()
}
ASKED = {"search", "decision", "schema"}
"""What was asked is no answer."""


def answer(kind: str, seed: int) -> Any:
    """A plan of an even search and an assessment of an odd one, as JSON."""
    who, jobs, asked = whole_search(seed, dated=kind == "dated")
    try:
        if seed % 2 and kind == "dated":
            found: Any = assess(who, jobs[0], beside=jobs[1:], today=asked["today"])
            shown = explain(found)
        else:
            found = plan(who, jobs, **asked)
            shown = str(found)
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
        if not isclose(before, after, rel_tol=NEAR, abs_tol=NEAR):
            yield f"{path}: {before} and now {after}"
    elif before != after:
        yield f"{path}: {before!r} and now {after!r}"


@pytest.mark.parametrize(
    ("kind", "seed"), [(kind, seed) for kind in SEEDS for seed in SEEDS[kind]]
)
def test_an_answer_is_whole_what_it_was(kind: str, seed: int) -> None:
    assert list(off(recorded()[kind][str(seed)], answer(kind, seed))) == []


if __name__ == "__main__":
    whole = {kind: {s: answer(kind, s) for s in SEEDS[kind]} for kind in SEEDS}
    with gzip.GzipFile(KEPT, mode="wb", mtime=0) as packed:
        packed.write(json.dumps(whole, ensure_ascii=False).encode())
