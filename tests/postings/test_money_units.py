"""Currencies and times of pay, in the words of the formats."""

import pytest
from iso4217 import Currency

from interviewfit.postings._money_units import (
    CURRENCIES,
    SIGNS,
    find_currency,
    parse_interval,
)

NO_WAGES = {
    # Funds and units of account.
    "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD", "XBA", "XBB",
    "XBC", "XBD", "XDR", "XSU", "XUA",
    # Metals.
    "XAG", "XAU", "XPD", "XPT",
    # For testing, for none, and a second code for VES.
    "XTS", "XXX", "VED",
}  # fmt: skip


class TestParseInterval:
    @pytest.mark.parametrize(
        ("text", "unit", "count"),
        [
            ("yearly", "year", 1),
            ("YEAR", "year", 1),
            ("ANN", "year", 1),
            ("per-year-salary", "year", 1),
            ("1 YEAR", "year", 1),
            ("MON", "month", 1),
            ("6 MONTH", "month", 6),
            ("semi-month-salary", "month", 0.5),
            ("WEE", "week", 1),
            ("2 WEEK", "week", 2),
            ("bi-weekly", "week", 2),
            ("biweekly", "week", 2),
            ("per-day-wage", "day", 1),
            ("HUR", "hour", 1),
            ("per-hour-wage", "hour", 1),
            ("Stunde", "hour", 1),
        ],
    )
    def test_the_words_of_every_format(
        self, text: str, unit: str, count: float
    ) -> None:
        found = parse_interval(text)

        assert found is not None
        assert (found[0].value, found[1]) == (unit, count)

    @pytest.mark.parametrize(
        "text", ["", "NONE", "one-time", "0 YEAR", "hour or day", "yearling", "Zone A"]
    )
    def test_no_time_or_two_is_none(self, text: str) -> None:
        assert parse_interval(text) is None


class TestFindCurrency:
    def test_the_codes_are_those_of_iso_4217_that_wages_are_paid_in(self) -> None:
        assert {one.code for one in Currency} - NO_WAGES == CURRENCIES

    def test_every_sign_names_a_code_or_none(self) -> None:
        assert set(SIGNS.values()) - {""} <= CURRENCIES

    def test_a_code_a_sign_and_neither(self) -> None:
        assert find_currency(" usd ") == "USD"
        assert find_currency("£") == "GBP"
        assert find_currency("$") == ""
        assert find_currency("Dollar") is None
