"""Money, pay in money, and what an hour of value is worth, by hand."""

from collections.abc import Callable
from math import sqrt
from typing import Any, cast

import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Money,
    Opportunity,
    Pay,
    Position,
    Reading,
    Search,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit._model.currencies import CURRENCIES
from interviewfit._model.money import Interval
from interviewfit._model.pay_conversion import hour_price, pay_reading
from interviewfit.records import Decision

SALARY = Money(amount=50_000, currency="EUR")
ME = Candidate(salary=SALARY)
EUR: dict[str, Any] = {"currency": "EUR", "per": "year"}


def job(**fields: Any) -> Opportunity:
    return Opportunity(name="Acme", stages=corporate(), **fields)


class TestMoney:
    @pytest.mark.parametrize(
        ("wrong", "where", "remedy"),
        [
            (lambda: Money(amount=0, **EUR), "Money.amount", ""),
            (lambda: Money(amount=-1, **EUR), "Money.amount", ""),
            (
                lambda: Money(amount=cast("Any", "65k"), **EUR),
                "Money.amount",
                "without quotes",
            ),
            (lambda: Money(amount=1, currency="ABC"), "Money.currency", "USD, EUR"),
            (lambda: Money(amount=1, currency="XXX"), "Money.currency", "USD, EUR"),
            (lambda: Money(amount=1, currency="€"), "Money.currency", "Write EUR"),
            (lambda: Money(amount=1, currency="euro"), "Money.currency", "Write EUR"),
            (lambda: Money(amount=1, currency=""), "Money.currency", "USD, EUR"),
            (
                lambda: Money(amount=1, currency="EUR", per="fortnight"),
                "Money.per",
                "Halve the amount, and write 'week'",
            ),
            (
                lambda: Money(amount=1, currency="EUR", per="annual"),
                "Money.per",
                "Write 'year'",
            ),
            (lambda: Pay(low=9, high=8, **EUR), "Pay.high", "Swap"),
            (
                lambda: Candidate(salary=cast("Any", 65_000)),
                "Candidate.salary",
                "Money(amount",
            ),
            (
                lambda: Candidate(salary=Money(amount=65, currency="EUR")),
                "Candidate.salary",
                "65000 for 65k",
            ),
            (lambda: job(pay=65_000), "Opportunity.pay", "Money(amount"),
            (lambda: job(pay=Pay(low=65_000)), "Opportunity.pay", "State both"),
            (
                lambda: job(pay=SALARY, beliefs={"pay": Belief(mean=1, sd=1)}),
                "Opportunity.pay",
                "beliefs['pay']",
            ),
            (
                lambda: job(beliefs={"pay": SALARY}),
                "Opportunity.beliefs['pay']",
                "Opportunity(pay=...)",
            ),
        ],
    )
    def test_what_cannot_be_meant_is_refused_with_the_remedy(
        self, wrong: Callable[[], object], where: str, remedy: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            wrong()

        assert caught.value.where == where
        assert remedy in caught.value.remedy

    @given(
        amount=st.floats(1.0, 1e9),
        currency=st.sampled_from(sorted(CURRENCIES)),
        per=st.sampled_from(Interval),
        width=st.floats(0.0, 3.0),
    )
    def test_it_is_read_as_it_was_written(
        self, amount: float, currency: str, per: Interval, width: float
    ) -> None:
        salary = Money(amount=100 * amount, currency=currency, per=per)
        pay = Pay(
            low=100 * amount,
            high=100 * amount * (1 + width),
            currency=currency,
            per=per,
        )
        who = Candidate(salary=salary)
        search = Search(
            candidate=who, opportunities=[job(pay=salary), job2 := _other(pay)]
        )

        found = loads(dumps(search), Search)

        assert found == search
        assert found.candidate.salary == salary
        assert found.opportunities[1] == job2


def _other(pay: Pay) -> Opportunity:
    return Opportunity(name="Bolt", stages=corporate(), pay=pay)


class TestPay:
    @pytest.mark.parametrize(
        ("pay", "value", "noise"),
        [
            (Money(amount=55_000, **EUR), 10.0, 110 * 0.03),
            (
                Pay(low=50_000, high=60_000, **EUR),
                10.0,
                sqrt(10**2 / 3 + (110 * 0.03) ** 2),
            ),
            (Money(amount=5_000, currency="eur", per="month"), 20.0, 120 * 0.03),
        ],
    )
    def test_it_is_a_reading_of_pay(
        self, pay: Money | Pay, value: float, noise: float
    ) -> None:
        """By hand; the slack of an offer against what was stated is 3 %."""
        found = assess(ME, job(pay=pay))

        (reading,) = found.decision.opportunity.signals
        assert isinstance(reading, Reading)
        assert reading.aspect == "pay"
        assert reading.value == pytest.approx(value)
        assert reading.noise == pytest.approx(noise)
        assert reading.note.startswith("in money: ")
        told = Reading(aspect="pay", value=reading.value, noise=reading.noise)
        assert found.value == assess(ME, job(signals=[told])).value
        assert "pay" not in found.unknown

    def test_an_offer_on_the_table_strays_no_more(self) -> None:
        pay = Money(amount=55_000, **EUR)
        offer = job(pay=pay, position=Position(phase="offered"))

        (reading,) = assess(ME, offer).decision.opportunity.signals

        assert isinstance(reading, Reading)
        assert reading.value == pytest.approx(10.0)
        assert reading.noise == 1e-3

    def test_it_counts_in_a_plan_and_beside_others_as_well(self) -> None:
        rich = job(pay=Money(amount=60_000, **EUR))
        other = Opportunity(name="Bolt", stages=corporate(), pay=SALARY)
        told: list[Any] = [pay_reading(Pay(low=n, high=n, **EUR), SALARY, Assumptions())
                for n in (60_000, 50_000)]  # fmt: skip
        assert all(isinstance(reading, Reading) for reading in told)
        plain = [
            Opportunity(name=name, stages=corporate(), signals=[reading])
            for name, reading in zip(("Acme", "Bolt"), told, strict=True)
        ]

        found, expected = plan(ME, [rich, other]), plan(ME, plain)

        assert found.value == expected.value
        assert [one.index for one in found.ranked] == [
            one.index for one in expected.ranked
        ]
        beside = assess(ME, rich, beside=[other])
        assert beside.value == assess(ME, plain[0], beside=plain[1:]).value

    @pytest.mark.parametrize(
        ("who", "pay", "remedy"),
        [
            (Candidate(), SALARY, "salary=Money(...)"),
            (ME, Money(amount=50_000, currency="USD"), "Convert it into EUR"),
            (ME, Money(amount=4_000, currency="EUR"), "per week or month?"),
        ],
    )
    def test_pay_that_cannot_be_compared_is_refused(
        self, who: Candidate, pay: Money, remedy: str
    ) -> None:
        for ask in (
            lambda: assess(who, job(pay=pay)),
            lambda: plan(who, [job(pay=pay)]),
            lambda: assess(who, job(), beside=[_other(Pay(low=pay.amount,
                           currency=pay.currency, per=pay.per))]),
            lambda: Search(candidate=who, opportunities=[job(pay=pay)]),
        ):  # fmt: skip
            with pytest.raises(InvalidFieldError) as caught:
                ask()
            assert remedy in caught.value.remedy

    def test_a_decision_takes_it_as_the_reading_that_assess_makes_of_it(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"assessment\.decision"):
            Decision(candidate=ME, opportunity=job(pay=SALARY))

    def test_a_search_names_every_job_whose_pay_is_of_no_use(self) -> None:
        dollars = Money(amount=50_000, currency="USD")
        with pytest.raises(InvalidFieldError, match=r"Acme: .*Bolt: ") as caught:
            Search(
                candidate=ME,
                opportunities=[job(pay=dollars), _other(Pay(low=4_000, **EUR))],
            )

        assert "Convert" in caught.value.remedy
        assert "week or month?" in caught.value.remedy

    def test_every_fault_of_a_file_is_listed_with_its_path(self) -> None:
        text = """{"schema": "interviewfit/2", "candidate": {
            "salary": {"amount": -1, "currency": "EURO", "per": "fortnight"},
            "priorities": {"wage": 2, "role": 130, "growth": 2}},
          "opportunities": [{"name": "A", "stages": [{"kind": "panel", "hours": 6000}],
            "pay": {"low": 9, "high": 8, "currency": "EUR", "per": "year"},
            "beliefs": {"pay": {"mean": 65000, "sd": 5},
                        "commtue": {"mean": 1, "sd": 1}}}]}"""

        with pytest.raises(DecodeError) as caught:
            loads(text, Search)

        paths = {fault.rpartition(" @ ")[2] for fault in caught.value.faults}
        assert paths == {
            "$.candidate.salary.amount",
            "$.candidate.salary.currency",
            "$.candidate.salary.per",
            "$.candidate.priorities['wage']",
            "$.candidate.priorities['role']",
            "$.opportunities[0].stages[0].hours",
            "$.opportunities[0].pay",
            "$.opportunities[0].beliefs['pay'].mean",
            "$.opportunities[0].beliefs['commtue']",
        }


class TestHourPrice:
    @pytest.mark.parametrize(
        ("salary", "numbers", "price"),
        [
            (Money(amount=63_000, currency="EUR"), {}, 35.0),
            (Money(amount=63_000, currency="EUR"), {"hours_per_year": 2_100}, 30.0),
            (Money(amount=63_000, currency="EUR"), {"horizon_years": 5}, 35.0),
            (Money(amount=5_250, currency="EUR", per="month"), {}, 35.0),
            (Money(amount=35, currency="EUR", per="hour"), {}, 35.0),
            (Money(amount=280, currency="EUR", per="day"), {}, 35.0),
        ],
    )
    def test_it_is_the_salary_for_an_hour_of_work(
        self, salary: Money, numbers: dict[str, float], price: float
    ) -> None:
        found = hour_price(salary, Assumptions(numbers=numbers))

        assert found is not None
        assert found.amount == pytest.approx(price)
        assert (found.currency, found.per) == ("EUR", "hour")

    @given(
        amount=st.floats(1e3, 1e6),
        hours=st.floats(500, 3_000),
        years=st.floats(0.5, 10.0),
        percent=st.floats(-50, 50),
    )
    def test_hours_percent_and_money_agree(
        self, amount: float, hours: float, years: float, percent: float
    ) -> None:
        """Percent of pay over the years, by way of hours, is a share of the salary."""
        numbers = Assumptions(numbers={"hours_per_year": hours, "horizon_years": years})
        price = hour_price(Money(amount=amount, currency="EUR"), numbers)

        assert price is not None
        in_hours = percent * numbers.hours_per_percent
        assert in_hours * price.amount == pytest.approx(percent / 100 * amount * years)

    def test_without_a_salary_or_hours_of_work_there_is_none(self) -> None:
        assert hour_price(None, Assumptions()) is None
        assert hour_price(SALARY, Assumptions(numbers={"hours_per_year": 0})) is None
