"""Text of foreign files: decoded, put on one line, and cut to a length."""

import html
import re
from contextlib import suppress

from interviewfit._model.fields import to_one_line
from interviewfit._model.units import LONGEST_TEXT
from interviewfit.errors import DecodeError

MAX_DEPTH = 64
"""Levels of nesting read at most in JSON; real files have about ten."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]+")
# Hyphens and spaces without width, and marks of direction, which web pages are full of.
_TYPOGRAPHIC = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_LONG_REFERENCE = re.compile("&#[0-9]{10,};?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


def decode(source: object, kind: str, longest: int) -> str:
    r"""Text without a byte order mark, decoded from UTF-8 if it comes as bytes.

    Args:
        source: Text or bytes; anything else is refused.
        kind: What the text should be, for the error: ``"posting"``, ``"log"``.
        longest: The most characters that are read.

    Raises:
        DecodeError: If it is neither text nor bytes, not UTF-8, or too long.

    >>> decode(b"\xef\xbb\xbfAnalyst", "posting", 1_000)
    'Analyst'
    """
    if not isinstance(source, str | bytes):
        raise DecodeError(kind, [f"It must be text, got {source!r:.60}. @ $"])
    # A character takes at most four bytes, so longer bytes need no decoding.
    if len(source) > (longest if isinstance(source, str) else 4 * longest):
        raise too_long(len(source), kind, longest)
    if isinstance(source, bytes):
        if source.startswith(b"PK\x03\x04"):
            fault = (
                "It is an Excel workbook or another zip file. Save it as CSV UTF-8, or "
                "read it with interviewfit.extra.workbooks. @ $"
            )
            raise DecodeError(kind, [fault])
        if source.startswith((b"%PDF", b"bplist00")):
            name = "a PDF" if source[:1] == b"%" else "an archive of Safari"
            remedy = "Copy its text, or save the page as HTML."
            raise DecodeError(kind, [f"It is {name}. {remedy} @ $"])
        try:
            source = source.decode(_encoding(source))
        except UnicodeDecodeError:
            fault = "It is not UTF-8 text. Save it as UTF-8. @ $"
            raise DecodeError(kind, [fault]) from None
        if len(source) > longest:
            raise too_long(len(source), kind, longest)
    return source.removeprefix("\ufeff")


def _encoding(source: bytes) -> str:
    """Return UTF-16 if a text has its mark or every other byte is null, else UTF-8."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")) and len(source) > 2:
        return "utf-16"
    sample = source[:2_000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 10 * sample[offset::2].count(0) > 4 * len(sample) > 8:
            return name
    return "utf-8"


_CHARSET = re.compile(
    rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|encoding=[\"']([\w-]+)", re.IGNORECASE
)
# What browsers take these names for.
_WIDER = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "euc-kr": "cp949",
}  # fmt: skip


def decode_page(source: bytes, charset: str = "") -> str:
    """A web page as text, in the encoding that it or its sender declares.

    A mark of Unicode counts first, and UTF-8 before another declared encoding, because
    what is valid UTF-8 is hardly ever anything else. Without either it is Windows-1252.
    What cannot be decoded becomes a replacement sign.

    Args:
        source: The bytes of the page.
        charset: As its sender declares it; empty if it does not.

    >>> decode_page('<meta charset="iso-8859-1">Büro'.encode("latin-1"))[-4:]
    'Büro'
    """
    match = _CHARSET.search(source[:4_000])
    declared = charset or ((match[1] or match[2]).decode() if match else "")
    declared = _WIDER.get(declared.lower(), declared)
    # Only a few old encodings of Japanese and Chinese are text of seven bits.
    first = declared if declared.lower().startswith(("iso-2022", "hz")) else ""
    for name in (first, _encoding(source), declared):
        with suppress(LookupError, ValueError):
            return source.decode(name).removeprefix("\ufeff")
    return source.decode("cp1252", errors="replace")


def too_long(length: int, kind: str, longest: int) -> DecodeError:
    """The error for a text that is too long.

    Args:
        length, longest: Characters (or bytes) that it has, and that are read at most.
        kind: What the text should be: ``"posting"``, ``"log"``.
    """
    fault = f"It has {length:,} characters, at most {longest:,} are read. @ $"
    return DecodeError(kind, [fault])


def check_nesting(text: str, kind: str) -> None:
    """Refuse a JSON text whose brackets are nested more deeply than those of real ones.

    It is counted before the text is parsed, because a parser calls itself for every
    level, and where Python runs in a browser that ends it without an error.

    Args:
        text: JSON, perhaps not well formed.
        kind: What it should be, for the error: ``"posting"``, ``"Search"``.

    Raises:
        DecodeError: If it has more than ``MAX_DEPTH`` levels.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise too_deep(kind)
        elif token in ("]", "}"):
            depth -= 1


def too_deep(kind: str) -> DecodeError:
    """The error for a text or tree that is nested too deeply.

    Args:
        kind: What it should be: ``"posting"``, ``"Search"``.
    """
    return DecodeError(kind, [f"It is nested more than {MAX_DEPTH} levels deep. @ $"])


def unescape(text: str) -> str:
    """Text with the references of HTML resolved, such as ``&amp;`` and ``&#65;``.

    Python refuses numbers of thousands of digits; no character has more than seven.

    >>> unescape("R&amp;D &#68;&#99999999999;") == "R&D D\N{REPLACEMENT CHARACTER}"
    True
    """
    return html.unescape(_LONG_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", text))


def clean_line(text: str) -> str:
    r"""Text on one line: HTML entities resolved, control characters taken out.

    So are hyphens and spaces that only say where a word may be broken.

    >>> clean_line("R&amp;D \x1b[31m\n engineer")
    'R&D [31m engineer'
    """
    text = _UNPRINTABLE.sub(" ", _TYPOGRAPHIC.sub("", unescape(text)))
    return to_one_line(writable(text))


def writable(text: str) -> str:
    r"""A text without halves of surrogate pairs, which no file can hold.

    >>> writable("a\ud800b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def truncate(text: str, length: int = LONGEST_TEXT) -> str:
    """Text cut to a length, with an ellipsis in place of what was cut.

    Args:
        text, length: Any text, and the most characters of the result, at least 1.

    >>> truncate("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"


def short_repr(value: object) -> str:
    """The repr of a value as a message shows it: at most 40 characters.

    >>> short_repr("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    try:
        return truncate(repr(value), 40)
    except ValueError:
        # Python refuses to print an integer of thousands of digits.
        return "a number of very many digits"
