"""Text becomes a tree of mappings, lists and plain values; nothing is run or fetched.

What people have is often not quite JSON: wrapped for an old browser, with comments,
with a comma too many, with entities for quotes. What is plainly meant is read; what
is not is refused with one clear error.
"""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from interviewfit.errors import DecodeError

__all__ = ["DEEPEST", "LONGEST", "check_tree", "is_page", "parse", "text_of", "tree_of"]

LONGEST = 20_000_000
"""Characters read at most; a large firm's whole board has about six million."""

DEEPEST = 64
"""Levels of nesting at most; real ones have about ten."""

_MOST_DIGITS = 400
_MOST_WRAPPERS = 4

# Strings come first, so that nothing inside one is taken for a comment. Everything
# left open at the end is taken to the end: one pass, however odd the text.
_STRING = r'"(?:\\.|[^"\\])*+(?:"|\\?\Z)'
_COMMENT = re.compile(
    rf"({_STRING})|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*+", re.DOTALL
)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*+[}}\]])", re.DOTALL)
_TAG = re.compile(r"<(?:!doctype|html|head|body|script|div)\b", re.IGNORECASE)
_WRAPPERS = ("<!--", "-->", "<![CDATA[", "]]>", ";")


def parse(text: str | bytes, kind: str) -> Any:
    r"""The tree that a text of some *kind* stands for.

    Raises:
        DecodeError: If it is too long, nested too deeply or not JSON.

    >>> parse('// <![CDATA[\n{"a": [1, 2,], /* none */ "b": NaN}\n// ]]>', "page")
    {'a': [1, 2], 'b': nan}
    """
    text = text_of(text, kind)
    if len(text) > LONGEST:
        fault = f"It has {len(text):,} characters, at most {LONGEST:,} are read. @ $"
        raise DecodeError(kind, [fault])
    text = text.removeprefix("\ufeff").strip()
    try:
        tree = _load(text)
    except ValueError as first:
        tree = _mend(text, kind, first)
    except RecursionError:
        raise _too_deep(kind) from None
    check_tree(tree, kind)
    return tree


def text_of(source: object, kind: str) -> str:
    """A text, decoded if it comes as bytes.

    Raises:
        DecodeError: If it is no text, or not in UTF-8.

    >>> text_of(b"Analyst", "posting")
    'Analyst'
    """
    if isinstance(source, str):
        return source
    if not isinstance(source, bytes):
        raise DecodeError(kind, [f"It must be text, got {source!r:.60}. @ $"])
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = "It is not UTF-8 text. Save it as UTF-8. @ $"
        raise DecodeError(kind, [fault]) from None


def tree_of(source: object, kind: str) -> Any:
    """What a text decodes to; what is decoded already is only checked for its depth.

    Raises:
        DecodeError: If it is no JSON, too long or nested too deeply.
    """
    if isinstance(source, str | bytes):
        return parse(source, kind)
    check_tree(source, kind)
    return source


def is_page(text: str) -> bool:
    """Whether a text is a web page rather than data.

    >>> is_page("<!DOCTYPE html><title>Analyst</title>"), is_page('{"a": "<div>"}')
    (True, False)
    """
    return text.lstrip("\ufeff \t\r\n")[:1] == "<" and _TAG.search(text) is not None


def check_tree(tree: object, kind: str) -> None:
    """Whether a tree is as deep as a real one.

    It is walked level by level, so that one that holds itself is found out too.

    Raises:
        DecodeError: If it is nested too deeply.
    """
    level = [tree]
    for _ in range(DEEPEST):
        below: dict[int, object] = {}
        for one in level:
            if isinstance(one, Mapping):
                inner = list(one.values())
            elif isinstance(one, list | tuple):
                inner = list(one)
            else:
                continue
            below.update(
                (id(each), each)
                for each in inner
                if isinstance(each, Mapping | list | tuple)
            )
        if not below:
            return
        level = list(below.values())
    raise _too_deep(kind)


def _too_deep(kind: str) -> DecodeError:
    return DecodeError(kind, [f"It is nested more than {DEEPEST} levels deep. @ $"])


def _load(text: str) -> Any:
    # A raw line end inside a string is common in pages, and harmless.
    return json.loads(text, strict=False, parse_int=_whole)


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float("inf")


def _mend(text: str, kind: str, first: ValueError) -> Any:
    """The tree once wrappers, comments and commas too many are gone."""
    plain = html.unescape(text) if "&quot;" in text and '"' not in text else text
    plain = _unwrap(_COMMENT.sub(lambda found: found[1] or " ", plain))
    plain = _COMMA.sub(lambda found: found[1] or "", plain)
    try:
        return _load(plain)
    except ValueError:
        # The first complaint speaks of the text as its owner knows it.
        raise DecodeError(kind, [f"It is not JSON: {first}. @ $"]) from None
    except RecursionError:
        raise _too_deep(kind) from None


def _unwrap(text: str) -> str:
    """Without what hides a script from browsers of the last century."""
    text = text.strip()
    for _ in range(_MOST_WRAPPERS):
        for mark in _WRAPPERS:
            text = text.removeprefix(mark).removesuffix(mark).strip()
    return text
