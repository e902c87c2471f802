"""Text that is almost JSON, text that is not, and text that is too much."""

import json
from typing import Any

import pytest

from interviewfit import DecodeError
from interviewfit._reading import lenient_json
from interviewfit._reading.lenient_json import (
    check_depth,
    is_web_page,
    read_json,
)
from interviewfit._reading.text import MAX_DEPTH
from interviewfit.postings import read_job_posting


def nested(levels: int) -> Any:
    tree: Any = 1
    for _ in range(levels):
        tree = [tree]
    return tree


class TestParse:
    @pytest.mark.parametrize(
        "text",
        [
            '{"a": [1, 2]}',
            b'\xef\xbb\xbf{"a": [1, 2]}',
            '\ufeff {"a": [1, 2]} \n',
            '{"a": [1, 2,],}',
            '{"a": [1, 2 , ] ,\n}',
            '/* by hand */ {"a": [1, /* two */ 2]} // done',
            '<![CDATA[{"a": [1, 2]}]]>',
            '//<![CDATA[\n{"a": [1, 2]}\n//]]>',
            '/*<![CDATA[*/ {"a": [1, 2]} /*]]>*/',
            '<!-- {"a": [1, 2]} -->',
            '{"a": [1, 2]};',
            "{&quot;a&quot;: [1, 2]}",
        ],
    )
    def test_what_is_plainly_meant_is_read(self, text: str | bytes) -> None:
        assert read_json(text, "page") == {"a": [1, 2]}

    def test_nothing_inside_a_string_is_mended(self) -> None:
        inside = 'http://a.b/c, /* no */ "],}" // &quot; <!-- ;'

        assert read_json(json.dumps({"a": inside})[:-1] + ",}", "page") == {"a": inside}

    def test_a_line_end_in_a_string_is_kept(self) -> None:
        assert read_json('{"a": "one\ntwo\tthree"}', "page") == {"a": "one\ntwo\tthree"}

    def test_a_number_too_long_is_infinite_and_not_an_error(self) -> None:
        assert read_json("[" + "9" * 5000 + "]", "page") == [float("inf")]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "not JSON"),
            ("nonsense", "not JSON"),
            ('{"a": ', "not JSON"),
            ("{'a': 1}", "not JSON"),
            (b"\xff\xfe", "not UTF-8"),
            ("[" * 100_000, "levels deep"),
            ('{"a":' * 500 + "1" + "}" * 500, "levels deep"),
            ("/* [" + "[" * 100_000, "not JSON"),
            ("<!--" * 100_000, "not JSON"),
        ],
    )
    def test_what_is_not_is_one_clear_error(self, text: str, said: str) -> None:
        with pytest.raises(DecodeError) as caught:
            read_json(text, "page")

        (fault,) = caught.value.faults
        assert said in fault

    def test_the_stated_size_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lenient_json, "MAX_CHARACTERS", 20)

        assert read_json('"' + "x" * 18 + '"', "page") == "x" * 18
        with pytest.raises(DecodeError, match="has 21 characters, at most 20 are read"):
            read_json('"' + "x" * 19 + '"', "page")


class TestCheckTree:
    def test_the_stated_depth_and_no_more(self) -> None:
        check_depth(nested(MAX_DEPTH), "page")
        assert read_json(json.dumps(nested(MAX_DEPTH)), "page") == nested(MAX_DEPTH)
        for levels in (MAX_DEPTH + 1, 5_000):
            with pytest.raises(DecodeError, match="more than 64 levels deep"):
                check_depth(nested(levels), "page")

    def test_a_tree_that_holds_itself_is_too_deep(self) -> None:
        ring: dict[str, Any] = {}
        ring["a"] = [ring, ring, ring]

        with pytest.raises(DecodeError, match="levels deep"):
            read_job_posting(ring)

    def test_what_many_share_is_looked_at_once(self) -> None:
        """Sixty levels of two references each are 2**60 paths, and sixty objects."""
        tree: Any = 1
        for _ in range(60):
            tree = [tree, tree]

        check_depth(tree, "page")
        with pytest.raises(DecodeError, match="holds no posting"):
            read_job_posting(tree)


class TestIsPage:
    @pytest.mark.parametrize(
        ("text", "page"),
        [
            ("<!doctype html><p>", True),
            (" \n<HTML>", True),
            ("<?xml version='1.0'?><html>", True),
            ("<!-- a --><script>", True),
            ('{"a": "<script>"}', False),
            ("<!-- {} -->", False),
            ("title,company", False),
        ],
    )
    def test_a_page_begins_with_a_bracket_and_has_tags(
        self, text: str, page: bool
    ) -> None:
        assert is_web_page(text) is page
