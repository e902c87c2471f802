"""A fault in a file has the line and the name of what it is about."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, strategies as st

from interviewfit import Search, loads
from interviewfit.errors import DecodeError
from interviewfit.schema._locations import Path, _lines, located

TEXT = """{
  "schema": "interviewfit/2",
  "candidate": {"priorities": {"it's \\"mine\\"": 130}},
  "opportunities": [
    {
      "name": "Acme", "stages": [{"kind": "panel", "hours": -1},
        {"kind": "lunch"}],
      "beliefs": {"pay": {"mean": "x", "sd": 4}}
    },

    {"name": "Bolt"}
  ]
}"""
KEYS = st.text(max_size=5)
TREES = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.none(), st.text(max_size=8)),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4)
    ),
    max_leaves=12,
)


def leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a tree that is no list and no object, with its path."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from leaves(value, (*path, number))
    else:
        yield path, tree


def marked(tree: Any, count: list[int]) -> Any:
    """The tree with a word of its own in place of every such value."""
    if isinstance(tree, dict):
        return {key: marked(value, count) for key, value in tree.items()}
    if isinstance(tree, list):
        return [marked(value, count) for value in tree]
    count.append(len(count))
    return f"mark {count[-1]} here"


@given(TREES, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_has_its_line(
    tree: Any, indent: int | None, ascii_only: bool
) -> None:
    tree = marked(tree, [])
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    rows = text.split("\n")

    lines = _lines(text)

    for path, mark in leaves(tree):
        assert mark in rows[lines[path] - 1]


def test_faults_are_told_with_line_and_name() -> None:
    with pytest.raises(DecodeError) as caught:
        loads(TEXT, Search)

    heads = [fault.partition(": ")[0] for fault in located(TEXT, caught.value.faults)]
    assert heads == [
        "line 3",
        "line 6 (Acme)",
        "line 7 (Acme)",
        "line 8 (Acme)",
        "line 11 (Bolt)",
    ]


def test_what_has_no_place_stays_as_it_is() -> None:
    faults = ["It is empty.", "It must be an object in braces. @ $"]

    assert located("[]", faults) == faults


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_and_any_path_end_in_the_fault(text: str, path: str) -> None:
    fault = f"Wrong. @ $.opportunities[0]{path}"

    (shown,) = located(text, [fault])

    assert shown.endswith(fault)


@given(TREES, st.integers(0, 300), st.sampled_from(["", "{", "]", ",", '"', ":"]))
def test_broken_text_is_read_as_far_as_it_goes(tree: Any, cut: int, rest: str) -> None:
    text = json.dumps(tree, indent=1)[:cut] + rest

    lines = _lines(text)

    assert max(lines.values(), default=1) <= text.count("\n") + 1
