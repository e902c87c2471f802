"""Pages in the encoding that they or their senders declare."""

from collections.abc import Callable

import pytest

from interviewfit._reading.text import decode_page

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
