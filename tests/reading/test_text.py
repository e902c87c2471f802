"""Pages in the encoding that they or their senders declare."""

from collections.abc import Callable

import pytest

from interviewfit._reading.text import decode, decode_page

TEXTS = {
    "iso-2022-jp": "\u9762\u63a5",
    "hz": "\u9762\u8bd5",
    "shift_jis": "\u9762\u63a5",
    "gb2312": "\u9762\u8bd5",
    "iso-8859-15": "20 \u20ac, B\u00fcro",
    "utf-16-le": "B\u00fcro, 20 \u20ac for an hour",
    "utf-16-be": "B\u00fcro, 20 \u20ac for an hour",
}


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
@pytest.mark.parametrize("encoding", TEXTS)
def test_it_is_decoded_as_declared(
    encoding: str, spelling: Callable[[str], str]
) -> None:
    """Also where its bytes could be another text, as those of seven bits could."""
    text = TEXTS[encoding] * 3

    assert decode_page(text.encode(encoding), spelling(encoding)) == text


@pytest.mark.parametrize(
    ("source", "charset", "text"),
    [
        # A name with a null byte is refused with another error than an unknown one.
        (b"B\xfcro", "a\0b", "B\u00fcro"),
        (b"B\xfcro", "nowhere", "B\u00fcro"),
        # What calls itself Latin-1 or ASCII has the quotes of Windows.
        (b"\x93B\xfcro\x94", "ISO-8859-1", "\u201cB\u00fcro\u201d"),
        (b"20 \x80", "us-ascii", "20 \u20ac"),
        # Five bytes stand for nothing in Windows-1252.
        (b"B\xfcro \x81", "", "B\u00fcro \ufffd"),
        (b"\xef\xbb\xbfB\xc3\xbcro", "latin-1", "B\u00fcro"),
    ],
)
def test_what_is_declared_wrongly_is_read_all_the_same(
    source: bytes, charset: str, text: str
) -> None:
    assert decode_page(source, charset) == text


@pytest.mark.parametrize(("first", "name"), [(1, "utf-16-le"), (0, "utf-16-be")])
@pytest.mark.parametrize("length", [2, 4, 20, 2_000, 6_000])
@pytest.mark.parametrize("more", [False, True])
def test_what_has_null_bytes_in_more_than_two_fifths_is_utf_16(
    first: int, name: str, length: int, more: bool
) -> None:
    """So says the beginning, 2,000 bytes; a null on its own is a character."""
    nulls = 4 * min(length, 2_000) // 10 + more
    raw = bytearray(b"a" * length)
    raw[first : 2 * nulls : 2] = bytes(nulls)
    raw[2_000:] = bytes(len(raw[2_000:]))
    expected = raw.decode(name if more and length > 2 else "utf-8")

    assert decode(bytes(raw), "log", 10_000) == expected
    assert decode_page(bytes(raw)) == expected
