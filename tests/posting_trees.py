"""Hypothesis strategies: trees shaped like job postings, as dirty as real ones."""

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

DATA = Path(__file__).parent / "data" / "postings"
FILES = sorted(DATA.iterdir())
DOCUMENTS: dict[str, Any] = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in FILES
    if path.suffix == ".json"
}


def _keys(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
    if isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _keys(one)


def _leaves(tree: object) -> Iterator[Any]:
    if isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(one)
    else:
        yield tree


_COLUMNS = (DATA / "jobspy.csv").read_text("utf-8").partition("\n")[0].split(",")
KEYS = sorted(
    {*_keys(DOCUMENTS), *_keys(list(DOCUMENTS.values())), *_COLUMNS, "@value"}
)
"""Every key that a format uses."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, -0.0, 1, 3, 1e-320, 1e16, 10**400, math.nan, math.inf,
    -math.inf, "", " ", "n/a", "NaN", "null", "-1", "0", "1e999", "45.000", "45,000.50",
    "$", "€", "USD", "eur", "per hour", "1 YEAR", "0 WEEK", "NONE", "HOUR", "salary",
    "competitive", "$120k - 150k a year", "£350 per day", "3.500 € netto",
    "up to 80k GBP", "999k+",
    "1" * 500, "1,000" * 300, "x" * 1500, "\ud800", "\x00\x1b[31m", "&amp;&quot;&#0;",
    "[", "{}", "[]", '{"name": "inner"}', '["a", "b"]', "[[[", "TELECOMMUTE", "Hybrid",
    "not remote", "2026-02-30", "2026-01-01", "2026-01-01T25:00:00Z", "1769904000000",
    1769904000000, 10**14, "JobPosting", "https://schema.org/JobPosting", "#org",
    "Acme", "description", "Salary", {}, [], [None], {"@id": "#org"}, {"a": {}},
)  # fmt: skip
"""What stands in cells where something else should."""

LEAVES: SearchStrategy[Any] = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from([one for one in _leaves(list(DOCUMENTS.values())) if one != ""]),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.text("0123456789.,k-$€£ /hrperyamonth", max_size=20),
)


def _grown(children: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.one_of(
        st.lists(children, max_size=4),
        st.dictionaries(st.sampled_from(KEYS), children, max_size=8),
    )


@cache
def trees(leaves: int = 25) -> SearchStrategy[Any]:
    """Anything at all, under the keys of the formats."""
    return st.recursive(LEAVES, _grown, max_leaves=leaves)


def jobs() -> SearchStrategy[dict[str, Any]]:
    """An object that says it is a posting, with any cell under any key."""
    return st.dictionaries(st.sampled_from(KEYS), trees(8), max_size=12).map(
        lambda found: {"title": "Analyst", **found, "@type": "JobPosting"}
    )


def _places(tree: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(tree, dict | list):
        inner = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, one in inner:
            yield from _places(one, (*path, key))


def _replaced(tree: Any, path: tuple[Any, ...], value: object) -> Any:
    """A copy with one place changed; a place that is gone by now is left."""
    if not path:
        return value
    head, *rest = path
    if isinstance(tree, dict) and head in tree:
        return {**tree, head: _replaced(tree[head], tuple(rest), value)}
    if isinstance(tree, list) and isinstance(head, int) and head < len(tree):
        changed = _replaced(tree[head], tuple(rest), value)
        return [*tree[:head], changed, *tree[head + 1 :]]
    return tree


@st.composite
def mutants(draw: st.DrawFn, document: Any) -> Any:
    """A document with some places changed into something else."""
    places = [one for one in _places(document) if one]
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=6)):
        document = _replaced(document, place, draw(trees(6)))
    return document
