"""Pay in words, as people write it, and what is left to a person to read."""

import pytest
from iso4217 import Currency

from interviewfit._model.currencies import CURRENCIES, CURRENCY_SIGNS
from interviewfit.postings._money_text import (
    find_currency,
    parse_amount,
    parse_pay,
)
from interviewfit.postings._pay_times import parse_interval

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
        assert set(CURRENCY_SIGNS.values()) - {""} <= CURRENCIES

    def test_a_code_a_sign_and_neither(self) -> None:
        assert find_currency(" usd ") == "USD"
        assert find_currency("£") == "GBP"
        assert find_currency("$") == ""
        assert find_currency("Dollar") is None


class TestParsePay:
    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("$120k - 150k a year", "120,000 to 150,000 per year"),
            ("$150k - 120k a year", "120,000 to 150,000 per year"),
            ("120-150k €", "120,000 to 150,000 EUR"),
            ("45.000 € brutto", "45,000 EUR"),
            ("45 000 € par an", "45,000 EUR per year"),
            ("CHF 120'000", "120,000 CHF"),
            ("EUR45000-55000 p.a.", "45,000 to 55,000 EUR per year"),
            ("1,200.50 EUR/month", "1,200.5 EUR per month"),
            ("€ 60.000,00", "60,000 EUR"),
            ("12,00,000 INR per annum", "1,200,000 INR per year"),
            ("£350 per day", "350 GBP per day"),
            ("£25.50ph", "25.5 GBP per hour"),
            ("30–35 €/h", "30 to 35 EUR per hour"),
            ("$20/hr - $30/hr", "20 to 30 per hour"),
            ("US$ 100,000 to US$ 120,000", "100,000 to 120,000 USD"),
            ("between 50k and 60k GBP", "50,000 to 60,000 GBP"),
            ("from $50,000", "from 50,000"),
            ("100k+", "from 100,000"),
            ("ab 3.000 € brutto/Monat", "from 3,000 EUR per month"),
            ("up to 80k GBP", "up to 80,000 GBP"),
            ("50000", "50,000"),
            ("$60/hr W2", "60 per hour"),
            ("40 hours per week, $20 per hour", "20 per hour"),
            ("$20 per hour, 40 hours per week", "20 per hour"),
            ("$100k plus 401k", "100,000"),
            ("$81K – $87K • 0.5% – 1.75% • Offers Bonus", "81,000 to 87,000"),
            ("kr 600 000 per år", "600,000 per year"),
        ],
    )
    def test_what_is_plain_is_read(self, text: str, read: str) -> None:
        pay, why = parse_pay(text)

        assert str(pay) == read
        assert why == ""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "names no amount"),
            ("competitive", "names no amount"),
            ("DOE", "names no amount"),
            ("401k", "names no amount"),
            ("10 % above tariff", "names no amount"),
            ("$120M", "names no amount"),
            ("12 LPA", "names no amount"),
            ("2 million", "names no amount"),
            ("$60k, bonus $10k", "no one range"),
            ("$60k - $70k - $80k", "no one range"),
            ("2024: 50000", "no one range"),
            ("3.500 EUR netto", "after tax"),
            ("$2,000 bi-weekly", "none of the times"),
            ("3000 EUR a fortnight", "none of the times"),
            ("£90 per shift", "none of the times"),
            ("US$ 100,000 - C$ 120,000", "two currencies"),
            ("0", "not stated"),
            ("$0 - $100k", "not stated"),
            ("9" * 15 + "k", "beyond any pay"),
        ],
    )
    def test_what_is_not_is_left_and_said(self, text: str, said: str) -> None:
        pay, why = parse_pay(text)

        assert pay is None
        assert said in why
        assert text[:79] in why

    @pytest.mark.parametrize(
        "text", ["OTE $200k", "ca. 50k €", "£30k pro rata", "~ 60k EUR", "est. $50k"]
    )
    def test_what_is_no_plain_word_on_base_pay_is_loose(self, text: str) -> None:
        pay, _ = parse_pay(text)

        assert pay is not None
        assert pay.loose

    def test_a_sign_that_several_currencies_share_names_none(self) -> None:
        for sign in ("$", "¥", "kr"):
            pay, _ = parse_pay(f"{sign} 50,000")
            assert pay is not None
            assert pay.currency == ""


class TestParseAmount:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("72000", 72000.0),
            (" 72000.0 ", 72000.0),
            ("-1", -1.0),
            ("7.2e4", 72000.0),
            ("72,000", 72000.0),
            ("$72k", 72000.0),
            ("45.0000", 45.0),
        ],
    )
    def test_a_number_however_written(self, text: str, number: float) -> None:
        assert parse_amount(text) == (number, "")

    @pytest.mark.parametrize("text", ["45.000", "50k - 60k", "up to 50k", "x", "0x10"])
    def test_what_may_be_two_numbers_is_none(self, text: str) -> None:
        number, why = parse_amount(text)

        assert number is None
        assert text in why
