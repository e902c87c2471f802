"""Answers to questions on the command line, as people type them."""

import re

import pytest

from interviewfit._command.asking import _sign as read_sign, read_pay
from interviewfit._model.currencies import CURRENCIES, MONEY_WORDS
from interviewfit._model.money import Interval
from interviewfit._model.signs import SIGNS, matching_signs
from interviewfit._model.vocabulary import Sign
from interviewfit.errors import InvalidFieldError


class TestReadPay:
    @pytest.mark.parametrize(
        ("answer", "amount", "currency", "per"),
        [
            ("65k EUR", 65_000, "EUR", "year"),
            ("65 k€", 65_000, "EUR", "year"),
            ("€65.000", 65_000, "EUR", "year"),
            ("65'000 CHF", 65_000, "CHF", "year"),
            ("₹12,00,000", 1_200_000, "INR", "year"),
            ("3.500 € monatlich", 3_500, "EUR", "month"),
            ("£25 ph", 25, "GBP", "hour"),
            ("350 gbp pd", 350, "GBP", "day"),
            ("65000 EUR p.a.", 65_000, "EUR", "year"),
            ("12 lakh INR a year", 1_200_000, "INR", "year"),
            ("INR 12.5 Lakhs", 1_250_000, "INR", "year"),
            ("12 LPA INR", 1_200_000, "INR", "year"),
            ("1.2 crore indian rupees", 12_000_000, "INR", "year"),
            ("4.5 million yen a year", 4_500_000, "JPY", "year"),
            ("65000 US dollars a year", 65_000, "USD", "year"),
            ("65k u.s. dollars", 65_000, "USD", "year"),
            ("7500 Canadian Dollars a month", 7_500, "CAD", "month"),
            ("30 pounds an hour", 30, "GBP", "hour"),
        ],
    )
    def test_it_is_read_as_people_write_it(
        self, answer: str, amount: float, currency: str, per: str
    ) -> None:
        pay = read_pay(answer)

        assert (pay.low, pay.high) == (amount, amount)
        assert (pay.currency, pay.per) == (currency, per)

    @pytest.mark.parametrize("join", ["-", " - ", " to ", "–"])
    @pytest.mark.parametrize(("word", "factor"), [("lakh", 1e5), ("million", 1e6)])
    def test_both_ends_of_a_range_are_of_the_large_number(
        self, join: str, word: str, factor: float
    ) -> None:
        pay = read_pay(f"12{join}15.5 {word} INR a year")

        assert (pay.low, pay.high) == (12 * factor, 15.5 * factor)

    def test_what_has_a_name_is_a_currency(self) -> None:
        shared = MONEY_WORDS["shared names"].values()
        codes = {code for text in shared for code in re.findall("[A-Z]{3}", text)}

        assert codes | set(MONEY_WORDS["spoken"]) <= CURRENCIES

    @pytest.mark.parametrize(
        ("answer", "remedy"),
        [
            ("3000 EUR a fortnight", "'fortnight'"),
            ("3000 EUR biweekly", "'biweekly'"),
            ("9000 EUR per quarter", "'per quarter'"),
            ("3000 EUR every two weeks", "'two weeks'"),
            ("65000 EUR net", "It is after tax"),
            ("350万 JPY", "'万' is not known"),
            ("$85,000", "by its three letters, such as USD, CAD, AUD"),
            ("85000 dollars a year", "by its three letters, such as USD, CAD, AUD"),
            ("12 lakh rupees", "by its three letters, such as INR, PKR"),
            ("12 lakh", "by its three letters"),
            ("¥5,000,000", "by its three letters"),
            ("unemployed", "Enter skips this"),
            ("3500 EUR", "the time it is for"),
        ],
    )
    def test_what_may_mean_something_else_is_asked_again(
        self, answer: str, remedy: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=remedy):
            read_pay(answer)

    def test_the_time_of_the_salary_counts_where_none_is_named(self) -> None:
        assert read_pay("4000", "EUR", Interval.MONTH).per is Interval.MONTH
        with pytest.raises(InvalidFieldError, match="the time it is for"):
            read_pay("4000", "EUR", Interval.YEAR)


class TestReadSign:
    @pytest.mark.parametrize("sign", SIGNS)
    def test_its_name_and_its_meaning_name_it(self, sign: Sign) -> None:
        meaning = SIGNS[sign].meaning
        spelt = sign.replace("_", "-").capitalize()

        assert matching_signs(sign) == matching_signs(spelt) == (sign,)
        assert matching_signs(meaning) == matching_signs(meaning.upper()) == (sign,)

    @pytest.mark.parametrize(
        ("answer", "meant"),
        [
            ("merger", "merger_talks"),
            ("takeover", "merger_talks"),
            ("bad reviews", "bad_reviews"),
            ("work from home", "remote_allowed"),
            ("CEO resigned", "executive_departure"),
            ("they like me", "they_like_you"),
        ],
    )
    def test_words_that_mean_one_sign_name_it(self, answer: str, meant: str) -> None:
        assert read_sign(answer, [*SIGNS]) == meant

    @pytest.mark.parametrize(
        "answer",
        [
            *("visa", "culture", "Benefits", "remote", "pay", "commute"),
            *("good culture", "better benefits", "good reviews", "higher pay"),
            *("recruiter passed me on", "bad chemistry", "short commute"),
        ],
    )
    def test_words_that_may_mean_the_opposite_are_asked_again(
        self, answer: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match="numbers of the list"):
            read_sign(answer, [*SIGNS])

    def test_those_near_it_are_listed_with_their_numbers(self) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            read_sign("visa", [*SIGNS])

        signs = [*SIGNS]
        for sign in (Sign.VISA_REFUSED, Sign.VISA_UNMENTIONED):
            number = signs.index(sign) + 1
            assert f"{number} {SIGNS[sign].meaning}" in str(caught.value)
