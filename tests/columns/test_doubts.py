"""Columns that look like fractions, and doubtful numbers of all rows, are warned of."""

import warnings
from math import nan
from typing import Any

import numpy as np
import pytest

from interviewfit import Candidate, Money, Opportunity, assess, corporate, score
from interviewfit.errors import DecodeError
from interviewfit.postings import Pay


def warned(who: Candidate | None = None, **columns: Any) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        score(who or Candidate(), {"process": ["corporate"] * 4, **columns})
    assert all(item.filename == __file__ for item in caught)
    texts = [str(item.message) for item in caught]
    assert all(text.startswith("Check: ") for text in texts)
    return [text.removeprefix("Check: ") for text in texts]


@pytest.mark.parametrize(
    "columns",
    [
        {"pay": [0.08, -0.05, np.nan, 0.9]},
        {"fallback": [0.1, -0.1, 0.2, 0.0]},
        {"role.mean": 0.08},
    ],
)
def test_a_column_of_fractions_is_asked_about(columns: dict[str, Any]) -> None:
    (text,) = warned(**columns)

    assert "multiply it by 100" in text


@pytest.mark.parametrize(
    "columns",
    [
        {"pay": [0.08, -0.05, np.nan, 1.0]},
        {"pay": [0.5, 0.5, 0.0, np.nan]},
        {"pay": [5, 0, 3, 1]},
        {"pay": [8.0] * 4, "pay.sd": [0.5] * 4},
        {"relevance": [0.5] * 4},
    ],
)
def test_a_column_that_may_well_be_percent_is_not(columns: dict[str, Any]) -> None:
    assert warned(**columns) == []


def test_a_candidate_with_a_doubtful_number_is() -> None:
    (text,) = warned(Candidate(priorities={"role": 9}))

    assert text.startswith("priorities.role is 9")


@pytest.mark.parametrize(
    ("who", "remedy"),
    [
        (Candidate(), r"write 100 \* \(pay / salary - 1\)"),
        (
            Candidate(salary=Money(amount=65_000, currency="EUR")),
            r"in EUR per year, write 100 \* \(pay / 65,000 - 1\)",
        ),
    ],
)
def test_a_column_of_money_is_refused_with_the_formula(
    who: Candidate, remedy: str
) -> None:
    with pytest.raises(DecodeError, match=remedy):
        score(who, {"process": ["corporate"], "pay": [70_000]})


def test_a_salary_changes_no_row() -> None:
    paid = Candidate(salary=Money(amount=65_000, currency="EUR"))
    columns = {"process": ["corporate"] * 2, "pay": [5.0, np.nan]}

    assert (
        score(paid, columns).value.tolist()
        == score(Candidate(), columns).value.tolist()
    )


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (nan, 200_000.0),
        (300_000.0, nan),
        (nan, 9_000.0),
        (9_000.0, nan),
        (200_000.0, 300_000.0),
        (60_000.0, nan),
        (nan, 70_000.0),
        (26_000.0, nan),
        (nan, 162_500.0),
    ],
)
def test_pay_far_from_the_salary_is_asked_about_as_it_is_of_one_job(
    low: float, high: float
) -> None:
    """At either end of a range that is open at the other."""
    who = Candidate(salary=Money(amount=65_000, currency="EUR"))
    pay = Pay(
        low=None if low != low else low,  # noqa: PLR0124  # NaN
        high=None if high != high else high,  # noqa: PLR0124  # NaN
        currency="EUR",
        per="year",
    )
    job = Opportunity(name="Acme", stages=corporate(), pay=pay)
    notes = [note for note in assess(who, job).notes if note.startswith("Pay of")]

    columns = {"pay.low": [nan, nan, low, nan], "pay.high": [nan, nan, high, nan]}
    money = {"pay.currency": "EUR", "pay.per": "year"}
    assert warned(who, **columns, **money) == notes
