"""Pay in money, and what was looked up, in a table: each row is what it is alone."""

from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Candidate,
    DecodeError,
    Money,
    Opportunity,
    Position,
    assess,
    corporate,
    score,
)
from interviewfit.postings import Pay

ME = Candidate(salary=Money(amount=65_000, currency="EUR"))
PHASES = ("before", "before", "offered", "before", "midway", "before")
STAGES = (0, 1, 2, 0, 1, 2)
AMOUNTS = (72_000.0, 6_000.0, 72_000.0, np.nan, 40.0, 61_000.0)
CURRENCIES = ("EUR", "eur", "EUR", "", " EUR", "EUR")
TIMES = ("year", "month", "year", "", "hour", "year")


def table(**more: Any) -> dict[str, Any]:
    columns = {
        "process": "corporate",
        "phase": np.array(PHASES),
        "stage": np.array(STAGES),
        "pay.amount": np.array(AMOUNTS),
        "pay.currency": np.array(CURRENCIES),
        "pay.per": np.array(TIMES),
    }
    return {**columns, **more}


def opportunity(row: int, pay: Money | Pay | None, **more: Any) -> Opportunity:
    position = Position(phase=PHASES[row], stage=STAGES[row])
    return Opportunity(
        name="Acme", stages=corporate(), pay=pay, position=position, **more
    )


def money(row: int) -> Money | None:
    if np.isnan(AMOUNTS[row]):
        return None
    return Money(amount=AMOUNTS[row], currency=CURRENCIES[row], per=TIMES[row])


class TestPay:
    def test_each_row_is_assessed_as_it_is_alone(self) -> None:
        """At an offer the amount is certain; by the hour it is less so."""
        scores = score(ME, table())

        for row in range(len(AMOUNTS)):
            answer = assess(ME, opportunity(row, money(row)))
            assert scores.value[row] == pytest.approx(answer.value, abs=1e-9)
            assert scores.action[row] == answer.action
            assert scores.unknown[row] == len(answer.unknown)

    @pytest.mark.parametrize(
        ("low", "high"), [(60_000.0, 80_000.0), (60_000.0, np.nan), (np.nan, 80_000.0)]
    )
    def test_a_range_is_less_certain_than_an_amount(
        self, low: float, high: float
    ) -> None:
        columns = table(**{"pay.low": np.full(6, low), "pay.high": np.full(6, high)})
        del columns["pay.amount"]
        columns["pay.currency"], columns["pay.per"] = "EUR", np.full(6, "year")
        pay = Pay(
            low=None if np.isnan(low) else low,
            high=None if np.isnan(high) else high,
            currency="EUR",
            per="year",
        )
        scores = score(ME, columns)

        for row in range(6):
            answer = assess(ME, opportunity(row, pay))
            assert scores.value[row] == pytest.approx(answer.value, abs=1e-9)

    def test_pay_of_all_rows_is_given_once(self) -> None:
        """Rows that state the same pay share a process, and the answers agree."""
        team = {"team.mean": np.linspace(-20.0, 20.0, 6)}
        shared = {"pay.amount": 61_000.0, "pay.currency": "EUR", "pay.per": "year"}
        by_row = {"pay.amount": np.full(6, 61_000.0), "pay.currency": "EUR"}
        numbers = {"process": "corporate", **team}

        once, each = (score(ME, {**numbers, **pay}) for pay in (shared, by_row))

        assert once.value == pytest.approx(each.value, abs=1e-8)

    def test_without_a_time_it_is_for_a_year(self) -> None:
        pay = {"pay.amount": np.full(2, 61_000.0), "pay.currency": "EUR"}
        scores = score(ME, {"process": "corporate", **pay})
        alone = assess(ME, opportunity(0, Money(amount=61_000, currency="EUR")))

        assert scores.value[0] == pytest.approx(alone.value, abs=1e-9)

    def test_far_from_the_salary_it_is_asked_about(self) -> None:
        pay = {"pay.amount": np.array([70_000.0, 12_000.0]), "pay.currency": "EUR"}
        with pytest.warns(UserWarning, match="82 % less than your salary"):
            score(ME, {"process": "corporate", **pay})


class TestRefusedPay:
    @pytest.mark.parametrize(
        ("more", "words"),
        [
            (
                {"pay.currency": np.array(["EUR", "USD", *["EUR"] * 4])},
                "row 1.*Convert",
            ),
            ({"pay.currency": np.array(["EUR", "$", *["EUR"] * 4])}, "row 1.*USD"),
            (
                {"pay.per": np.array(["year", "fortnight", *["year"] * 4])},
                "row 1.*Halve",
            ),
            ({"pay.amount": np.array([1e5, -6_000.0, *[1e5] * 4])}, "row 1.*above 0"),
            ({"pay.amount": np.array([72_000.0, 6.0, *[7e4] * 4])}, "row 1.*per hour"),
            ({"pay.mean": 3.0}, "cannot stand beside 'pay.mean'"),
            ({"pay.low": 50_000.0}, "cannot stand beside 'pay.low'"),
            ({"hours_per_year": np.full(6, 1_700.0)}, "once for all rows"),
            ({"pay.amuont": 3.0}, "Did you mean 'pay.amount'"),
        ],
    )
    def test_it_names_column_row_and_remedy(
        self, more: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(DecodeError, match=words):
            score(ME, table(**more))

    def test_it_needs_a_salary(self) -> None:
        with pytest.raises(DecodeError, match=r"Candidate\(salary="):
            score(Candidate(), table())

    @pytest.mark.parametrize("left", ["pay.currency", "pay.amount"])
    def test_an_amount_and_its_currency_go_together(self, left: str) -> None:
        columns = table()
        del columns[left]
        with pytest.raises(DecodeError, match=f"needs '{left}' beside it"):
            score(ME, columns)


class TestResearched:
    def test_each_row_is_assessed_as_it_is_alone(self) -> None:
        """What was looked up is no longer open, and is not prepared for again."""
        numbers = np.array([0.0, 1.0, np.nan, np.nan, 1.0, 0.0])
        columns = table(researched=numbers)
        scores = score(ME, columns)

        for row, number in enumerate(numbers):
            researched = None if np.isnan(number) else int(number)
            job = opportunity(row, money(row), researched=researched)
            assert scores.value[row] == pytest.approx(assess(ME, job).value, abs=1e-9)
        assert scores.value[0] != score(ME, table()).value[0]

    def test_of_all_rows_at_once(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), researched=0)
        rows = {"process": "corporate", "pay.mean": np.array([np.nan]), "researched": 0}

        assert score(ME, rows).value[0] == pytest.approx(
            assess(ME, job).value, abs=1e-9
        )

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"researched": np.array([0, 2, 0, 0, 1, 0])}, "row 1.*0 to 1"),
            ({"researched": np.array([0, 0.5, 0, 0, 1, 0])}, "row 1.*whole number"),
            ({"researched": 0, "unresearched": True}, "row 0.*unresearched"),
            ({"researched": 1}, "row 0.*0 to 0"),
        ],
    )
    def test_it_names_column_row_and_remedy(
        self, more: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(DecodeError, match=words):
            score(ME, table(**more))
