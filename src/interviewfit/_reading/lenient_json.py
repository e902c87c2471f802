"""JSON as foreign files have it, read into mappings, lists and plain values.

What is not quite JSON (wrapped for an old browser, with comments, a trailing comma, or
entities for quotes) is read if its meaning is plain, else refused with one clear error.
Our own records have a strict reader, ``schema.loads``.
"""

import json
import re
from collections.abc import Mapping
from math import inf
from typing import Any

from interviewfit._reading.text import (
    MAX_DEPTH,
    check_nesting,
    decode,
    too_deep,
    unescape,
)
from interviewfit.errors import DecodeError

MAX_CHARACTERS = 20_000_000
"""Characters read at most; a large firm's whole board has about six million."""

_MAX_DIGITS = 400
_MAX_WRAPPERS = 4

# Strings come first, so that nothing inside one is taken for a comment. A string or
# comment that is never closed goes on to the end, so one pass does for any text.
_STRING = r'"(?:\\.|[^"\\])*+(?:"|\\?\Z)'
_COMMENT = re.compile(
    rf"({_STRING})|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*+", re.DOTALL
)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*+[}}\]])", re.DOTALL)
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|script|div|main|section|article|ul|ol|li|p|span|h1"
    r"|table|title|meta)\b",
    re.IGNORECASE,
)
_WRAPPERS = ("<!--", "-->", "<![CDATA[", "]]>", ";")


def read_json(source: object, kind: str) -> Any:
    r"""The tree that a JSON text stands for, small slips mended.

    Args:
        source: JSON as text or UTF-8, or a tree, which is only checked for its depth.
        kind: What the source should be, for the error: ``"posting"``, ``"log"``.

    Returns:
        Mappings, lists and plain values; integers of more than 400 digits are infinite.

    Raises:
        DecodeError: If it is too long, nested too deeply or not JSON.

    >>> read_json('// <![CDATA[\n{"a": [1, 2,], /* none */ "b": NaN}\n// ]]>', "page")
    {'a': [1, 2], 'b': nan}
    """
    tree: Any = source
    if isinstance(source, str | bytes):
        text = decode(source, kind, MAX_CHARACTERS).strip()
        try:
            tree = _load(text, kind)
        except (json.JSONDecodeError, DecodeError) as error:
            # Brackets in a comment are no nesting.
            tree = _load_mended(text, kind, error)
    check_depth(tree, kind)
    return tree


def is_web_page(text: str) -> bool:
    """Whether a text is a web page, or the archive of one, and not data.

    >>> is_web_page("<!DOCTYPE html><title>Clerk</title>"), is_web_page('{"a": "<p>"}')
    (True, False)
    """
    start = text[:4_000].lstrip("\ufeff \t\r\n")
    if is_page_archive(start):
        return True
    # The feed of Personio is XML with pieces of pages in it.
    if start[:1] != "<" or "<workzag-jobs" in start:
        return False
    return _TAG.search(text) is not None


def is_page_archive(start: str) -> bool:
    r"""Whether a text begins as the single file (.mhtml) that a browser saves.

    >>> is_page_archive("MIME-Version: 1.0\nContent-Type: multipart/related; ...")
    True
    """
    head = start.lower()
    return (
        "mime-version:" in head and "multipart/related" in head and head[0] not in "<{["
    )


def check_depth(tree: object, kind: str) -> None:
    """Refuse a tree that is nested more deeply than real ones are.

    Each object is visited once a level, so that a tree which contains itself ends too.

    Args:
        tree, kind: Mappings and lists, and what they should be, for the error.

    Raises:
        DecodeError: If it has more than ``MAX_DEPTH`` levels.
    """
    level = [tree]
    for _ in range(MAX_DEPTH):
        below = {
            id(child): child
            for node in level
            for child in _children(node)
            if isinstance(child, Mapping | list | tuple)
        }
        if not below:
            return
        level = list(below.values())
    raise too_deep(kind)


def _children(node: object) -> list[object]:
    if isinstance(node, Mapping):
        return list(node.values())
    return list(node) if isinstance(node, list | tuple) else []


def _load(text: str, kind: str) -> Any:
    """The tree of a JSON text, in which strings may contain raw line ends.

    Args:
        text, kind: The text, and what it should be, for the error.

    Raises:
        DecodeError: If it is nested too deeply.
        JSONDecodeError: If it is not JSON.
    """
    check_nesting(text, kind)
    return json.loads(
        text,
        strict=False,
        parse_int=lambda digits: int(digits) if len(digits) <= _MAX_DIGITS else inf,
    )


def _load_mended(text: str, kind: str, complaint: ValueError) -> Any:
    """The tree of a text without its wrappers, comments and trailing commas.

    Args:
        text, kind: What is not JSON as it stands, and what it should be.
        complaint: Why it is not JSON as its owner knows it, reported if mending fails.

    Raises:
        DecodeError: If the mended text is not JSON either, or nested too deeply.
    """
    if "&quot;" in text and '"' not in text:
        text = unescape(text)
    if "//" in text or "/*" in text:
        text = _COMMENT.sub(lambda match: match[1] or " ", text).strip()
    # What hides a script from browsers that know none.
    for _ in range(_MAX_WRAPPERS):
        for mark in _WRAPPERS:
            text = text.removeprefix(mark).removesuffix(mark).strip()
    if "," in text:
        text = _COMMA.sub(lambda match: match[1] or "", text)
    try:
        return _load(text, kind)
    except json.JSONDecodeError as error:
        reason = error if isinstance(complaint, DecodeError) else complaint
        raise DecodeError(kind, [f"It is not JSON: {reason}. @ $"]) from None
