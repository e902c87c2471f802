"""One cell, in all the ways that sources write it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from interviewfit._reading.dates import timestamp_date
from interviewfit._reading.text import clean_line, truncate
from interviewfit.postings._fields import FieldReader, normalise


def entry(value: object) -> FieldReader:
    return FieldReader({"cell": value}, "$")


class NotThere:
    """What some frames use for "missing"."""


class TestMissing:
    @pytest.mark.parametrize(
        "value",
        [None, "", "  ", "NaN", "nan", "n/a", "None", "null", "<NA>", "NaT", "-",
         nan, np.float64("nan"), np.datetime64("NaT", "D"), Decimal("sNaN"),
         NotThere(), [], [None, "", nan], "[]"],
    )  # fmt: skip
    def test_nothing_is_nothing_in_every_way_and_no_reason_to_warn(
        self, value: object
    ) -> None:
        cell = entry(value)

        assert cell.text("cell") == ""
        assert cell.texts("cell") == ()
        assert cell.amount("cell") is None
        assert cell.flag("cell") is None
        assert cell.day("cell") is None
        assert cell.count("cell") is None
        assert cell.prose("cell") == ""
        assert not cell.warnings


class TestText:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("  Clerk\n\t(m/f) ", "Clerk (m/f)"),
            ("R&amp;D &quot;lab&quot;", 'R&D "lab"'),
            ("a\x00b\x1b[31m", "a b [31m"),
            ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
            (["a", None, ["b", "a"]], "a; b"),
            ('["a", "b"]', "a; b"),
            ("[Remote] Clerk", "[Remote] Clerk"),
            ({"name": "Acme"}, "Acme"),
            ({"@value": "Acme", "@language": "en"}, "Acme"),
            ('{"name": "Acme"}', "Acme"),
            ([{"name": "a"}, {"name": "b"}], "a; b"),
            ({"name": {"name": "too deep"}}, ""),
            (3, "3"),
            (3.70, "3.7"),
            (np.int64(3), "3"),
            (Decimal("3.5"), "3.5"),
            (np.array(["a", "b"]), "a; b"),
            (date(2026, 3, 1), "2026-03-01"),
        ],
    )
    def test_it_is_read_as_meant(self, value: object, text: str) -> None:
        cell = entry(value)

        assert cell.text("cell") == text
        assert not cell.warnings

    def test_the_first_key_that_has_one(self) -> None:
        both = FieldReader({"a": None, "b": "x", "c": "y"}, "$")

        assert both.text("a", "b", "c") == "x"

    def test_what_is_too_long_is_cut_with_a_word(self) -> None:
        cell = entry("x" * 3000)

        assert len(cell.text("cell")) == 1000
        assert list(cell.warnings) == [
            "cell has 3,000 characters and was cut to 1,000."
        ]

    def test_true_is_no_text(self) -> None:
        cell = entry(True)

        assert cell.text("cell") == ""
        assert list(cell.warnings) == ["cell is True, which says nothing."]

    def test_kinds_are_parted_at_commas(self) -> None:
        assert entry(["a, b", "b,,c"]).listed_texts("cell") == ("a", "b", "c")

    def test_prose_is_kept_as_it_came(self) -> None:
        assert entry(" <p>one\ntwo</p> ").prose("cell") == "<p>one\ntwo</p>"

    def test_json_in_text_is_opened_once(self) -> None:
        assert normalise('["[1]"]') == ["[1]"]
        assert entry('["[1]"]').texts("cell") == ("[1]",)


class TestAmount:
    @pytest.mark.parametrize(
        ("value", "amount"),
        [
            (50_000, 50_000.0),
            (25.5, 25.5),
            ("50000", 50_000.0),
            ("50,000", 50_000.0),
            ("€50k", 50_000.0),
            ([50_000, 60_000], 50_000.0),
            (np.float32(50_000), 50_000.0),
            (Fraction(1, 2), 0.5),
        ],
    )
    def test_money_however_written(self, value: object, amount: float) -> None:
        cell = entry(value)

        assert cell.amount("cell") == amount
        assert not cell.warnings

    @pytest.mark.parametrize("value", [-1, "-1", -1.0, -50_000])
    def test_below_nothing_is_nothing(self, value: object) -> None:
        cell = entry(value)

        assert cell.amount("cell") is None
        assert not cell.warnings

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (0, "0 and was taken as not stated"),
            ("0.00", "0 and was taken as not stated"),
            (-0.0, "0 and was taken as not stated"),
            (inf, "beyond any pay"),
            (10**400, "beyond any pay"),
            (Fraction(10**400), "beyond any pay"),
            (1e-300, "beyond any pay"),
            ("1e300", "beyond any pay"),
            (True, "not an amount"),
            ("a lot", "not an amount"),
            ("45.000", "may be 45 or 45,000"),
            (date(2026, 3, 1), "not an amount"),
        ],
    )
    def test_what_is_no_money_is_said_and_never_a_zero(
        self, value: object, said: str
    ) -> None:
        cell = entry(value)

        assert cell.amount("cell") is None
        (warning,) = cell.warnings
        assert said in warning


class TestFlagAndCount:
    @pytest.mark.parametrize(
        ("value", "flag"),
        [(True, True), ("True", True), ("yes", True), (1, True), (1.0, True),
         (np.bool_(True), True), (False, False), ("FALSE", False), (0, False)],
    )  # fmt: skip
    def test_yes_and_no(self, value: object, flag: bool) -> None:
        assert entry(value).flag("cell") is flag

    def test_neither_is_said(self) -> None:
        cell = entry("maybe")

        assert cell.flag("cell") is None
        assert list(cell.warnings) == ["cell is 'maybe', neither true nor false."]

    @pytest.mark.parametrize(
        ("value", "count"), [(3, 3), ("3", 3), (3.0, 3), ("3.0", 3)]
    )
    def test_a_count(self, value: object, count: int) -> None:
        assert entry(value).count("cell") == count

    @pytest.mark.parametrize("value", [0, -1, 2.5, "many", True, 10**400, inf])
    def test_what_is_no_count_is_said(self, value: object) -> None:
        cell = entry(value)

        assert cell.count("cell") is None
        assert "not a whole number above 0" in next(iter(cell.warnings))


class TestDay:
    @pytest.mark.parametrize(
        "value",
        [
            "2026-03-01",
            "2026-03-01T23:30:00Z",
            "2026-03-01T23:30:00-08:00",
            "2026-03-01 00:00:00",
            date(2026, 3, 1),
            datetime(2026, 3, 1, 23, tzinfo=UTC),
            np.datetime64("2026-03-01"),
            1772323200,
            1772323200000,
            "1772323200000",
            1772323200000.0,
        ],
    )
    def test_a_day_however_written(self, value: object) -> None:
        assert entry(value).day("cell") == date(2026, 3, 1)

    @pytest.mark.parametrize(
        "value",
        ["soon", "03/01/2026", "2026-02-30", "2026-03", "2026", 2026, -1, 1e30, inf,
         True, "20260301", "2026-03-01x", {"a": 1}, "9" * 30],
    )  # fmt: skip
    def test_what_is_no_day_is_said(self, value: object) -> None:
        cell = entry(value)

        assert timestamp_date(value) is None
        assert cell.day("cell") is None
        assert "not a date of ISO 8601" in next(iter(cell.warnings))


class TestHelpers:
    def test_cleaning_and_cutting(self) -> None:
        assert clean_line("a\r\n\x85b&nbsp;c") == "a b c"
        assert truncate("abc", 3) == "abc"
        assert truncate("abcd", 3) == "ab…"

    def test_an_entry_inside_warns_in_its_owners_name(self) -> None:
        outer = FieldReader({"a": {"b": "x"}}, "$")
        inner: Any = outer.child("a")

        assert inner.path == "$.a"
        inner.amount("b")
        assert list(outer.warnings) == ["b is 'x', not an amount."]

    def test_a_sentence_is_said_once(self) -> None:
        cell = entry("x")
        cell.amount("cell")
        cell.amount("cell")

        assert len(cell.warnings) == 1
