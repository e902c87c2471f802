"""Posted pay against a salary, by hand."""

from math import inf, nan, sqrt
from typing import Any

import pytest

from interviewfit import Assumptions, InvalidFieldError, Reading
from interviewfit._model.parameters import PRIORS
from interviewfit._model.pay_conversion import PayObstacle, pay_reading
from interviewfit.postings import Interval, Pay, Salary
from interviewfit.postings._fields import FieldReader, MoneyUnit

OWN = Salary(amount=50_000, currency="EUR")
SLACK, LOOSE = 0.03, 0.15
# Standard deviation of a uniform distribution over 1,500 to 2,100 of 1,800 hours,
# and over 7 to 9 of 8.
HOURS = 600 / sqrt(12) / 1800
DAY = 2 / sqrt(12) / 8


def pay(low: float, high: float | None = None, **rest: Any) -> Pay:
    filled = {"currency": "EUR", "per": "year", **rest}
    return Pay(low=low, high=low if high is None else high, **filled)


def seen(posted: Pay, own: Salary = OWN, **numbers: float) -> Reading:
    found = pay_reading(posted, own, Assumptions(numbers=numbers))
    assert isinstance(found, Reading)
    return found


class TestWeigh:
    def test_a_range_is_its_middle_with_the_spread_of_a_uniform(self) -> None:
        """55,000 is 10 % more than 50,000; half the width of 5,000 is 10 % of it."""
        found = seen(pay(50_000, 60_000))

        assert found.aspect == "pay"
        assert found.value == pytest.approx(10.0)
        assert found.noise == pytest.approx(sqrt(10**2 / 3 + (110 * SLACK) ** 2))

    def test_one_figure_still_leaves_room_for_bargaining(self) -> None:
        found = seen(pay(50_000))

        assert found.value == pytest.approx(0.0, abs=1e-12)
        assert found.noise == pytest.approx(100 * SLACK)

    @pytest.mark.parametrize(
        ("per", "amount", "value", "extra"),
        [
            ("year", 50_000, 0.0, 0.0),
            ("month", 5_000, 20.0, 0.0),
            ("week", 50_000 / (365.2425 / 7), 0.0, 0.0),
            ("day", 200, -10.0, sqrt(HOURS**2 + DAY**2)),
            ("hour", 25, -10.0, HOURS),
        ],
    )
    def test_any_interval_becomes_a_year(
        self, per: str, amount: float, value: float, extra: float
    ) -> None:
        """1,800 h at 25 are 45,000; so are 225 days of 8 h at 200."""
        found = seen(pay(amount, per=per))

        assert found.value == pytest.approx(value, abs=1e-9)
        assert found.noise == pytest.approx((100 + value) * sqrt(SLACK**2 + extra**2))

    def test_hours_that_both_rest_on_are_no_doubt(self) -> None:
        """25 against 20 an hour is 25 % more, however many hours a year has."""
        own = Salary(amount=20, currency="EUR", per="hour")

        for hours in (1500, 2100):
            found = seen(pay(25, per="hour"), own, hours_per_year=hours)
            assert found.value == pytest.approx(25.0)
        assert seen(pay(25, per="hour"), own).noise == pytest.approx(125 * SLACK)
        assert seen(pay(200, per="day"), own).noise == pytest.approx(
            125 * sqrt(SLACK**2 + DAY**2)
        )

    def test_stated_hours_are_no_doubt(self) -> None:
        found = seen(pay(25, per="hour"), hours_per_year=2000)

        assert found.value == pytest.approx(0.0, abs=1e-12)
        assert found.noise == pytest.approx(100 * SLACK)

    @pytest.mark.parametrize(
        "posted",
        [
            Pay(low=50_000, currency="EUR", per="year"),
            Pay(high=50_000, currency="EUR", per="year"),
            pay(50_000, loose=True),
        ],
    )
    def test_one_end_and_an_estimate_count_for_less(self, posted: Pay) -> None:
        found = seen(posted)

        assert found.value == pytest.approx(0.0, abs=1e-12)
        assert found.noise == pytest.approx(100 * sqrt(SLACK**2 + LOOSE**2))

    @pytest.mark.parametrize(
        ("posted", "own", "said"),
        [
            (pay(50_000), None, "your present salary is missing"),
            (pay(50_000, currency=""), OWN, "its currency is not stated"),
            (pay(50_000, currency="USD"), OWN, "your salary is in EUR"),
            (pay(50_000, per=None), OWN, "per hour, month or year is not stated"),
            (pay(50_000, per="hour"), OWN, "1,800 times your salary. Is it per year"),
            (pay(4_000), OWN, "1/12.5 of your salary. Is it per week or month?"),
            (pay(1e15, per="hour"), OWN, "times your salary."),
        ],
    )
    def test_what_cannot_be_weighed_is_said_and_not_guessed(
        self, posted: Pay, own: Salary | None, said: str
    ) -> None:
        found = pay_reading(posted, own, Assumptions())

        assert isinstance(found, PayObstacle)
        assert said in f"{found.reason}. {found.remedy}"

    def test_a_month_for_a_year_is_found_out_and_a_small_job_is_not(self) -> None:
        """4,000 a year beside 50,000 is a slip; 520 a month is a real small job."""
        assert isinstance(pay_reading(pay(4_000), OWN, Assumptions()), PayObstacle)
        assert seen(pay(520, per="month")).value == pytest.approx(-87.52)

    def test_no_noise_at_all_is_still_a_reading(self) -> None:
        assert seen(pay(50_000), pay_slack=0.0).noise == 1e-3

    def test_every_prior_of_pay_is_a_judgement_and_says_so(self) -> None:
        for name in ("hours_per_day", "pay_slack", "loose_pay", "absurd_pay"):
            assert PRIORS[name].kind == "judgement"
            assert PRIORS[name].low < PRIORS[name].value < PRIORS[name].high


class TestPay:
    def test_it_reads_as_one_would_write_it(self) -> None:
        assert str(pay(1_000, 2_000)) == "1,000 to 2,000 EUR per year"
        assert str(pay(25.5, per="hour")) == "25.5 EUR per hour"
        assert str(Pay(high=80_000)) == "up to 80,000"
        assert str(Pay(low=80_000, currency="GBP")) == "from 80,000 GBP"

    def test_ends_the_wrong_way_round_are_put_right(self) -> None:
        def stated(*ends: float | None) -> tuple[Pay, ...]:
            fields = dict(zip(("low", "high"), ends, strict=True))
            return FieldReader(fields, "$").pay_range(("low",), ("high",), MoneyUnit())

        assert stated(3.0, 2.0) == (Pay(low=2, high=3),)
        assert stated(None, 2.0) == (Pay(high=2),)
        assert stated(None, None) == ()

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({}, "Pay.low"),
            ({"low": 0}, "Pay.low"),
            ({"low": -1}, "Pay.low"),
            ({"low": nan}, "Pay.low"),
            ({"high": inf}, "Pay.high"),
            ({"low": 3, "high": 2}, "Pay.high"),
            ({"low": 3, "currency": "Dollar"}, "Pay.currency"),
            ({"low": 3, "per": "fortnight"}, "Pay.per"),
            ({"low": "3"}, "Pay.low"),
        ],
    )
    def test_nonsense_is_refused_by_name(self, fields: Any, where: str) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            Pay(**fields)

        assert caught.value.where == where


class TestSalary:
    def test_a_year_is_usual(self) -> None:
        assert Salary(amount=1, currency=" eur ").per is Interval.YEAR
        assert Salary(amount=1, currency=" eur ").currency == "EUR"

    @pytest.mark.parametrize(
        ("amount", "currency", "where"),
        [
            (0, "EUR", "Money.amount"),
            (nan, "EUR", "Money.amount"),
            (True, "EUR", "Money.amount"),
            (1, "€", "Money.currency"),
            (1, "", "Money.currency"),
            (1, None, "Money.currency"),
        ],
    )
    def test_nonsense_is_refused_by_name(
        self, amount: Any, currency: Any, where: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            Salary(amount=amount, currency=currency)

        assert caught.value.where == where
