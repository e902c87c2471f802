"""A posting as people copy it from a page: its first line is the title."""

from datetime import date

import pytest

from interviewfit import DecodeError, read_postings
from interviewfit.postings import Posting, ReadingOptions, Workplace


def read(*lines: str) -> Posting:
    options = ReadingOptions(company="Helio", today=date(2026, 11, 30))
    (posting,) = read_postings("\n".join(lines), options)
    return posting


def test_it_says_what_it_says_and_no_more() -> None:
    posting = read(
        "# Senior Data Engineer (m/f/d)",
        "",
        "Munich, Germany · Hybrid (2 days/week) · full-time",
        "€75.000–€90.000 brutto p.a. plus 10% bonus, 30 days of vacation",
        "Apply by 15 December 2026",
        "We raised $50,000,000 and pay 100,000 customers a year.",
    )

    fields = posting.fields
    assert posting.opportunity.name == "Helio, Senior Data Engineer (m/f/d)"
    assert fields.workplace is Workplace.HYBRID
    assert fields.employment == ("full-time",)
    assert [str(pay) for pay in fields.pays] == ["75,000 to 90,000 EUR per year"]
    assert fields.closes == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("line", "pay"),
    [
        ("Pay: 28-34 USD/hr", "28 to 34 USD per hour"),
        ("Base salary $140K to $165K OTE $200K + equity", "140,000 to 165,000"),
        ("Gehalt: 4.200 € brutto/Monat (Vollzeit)", "4,200 EUR per month"),
        ("Sign-on bonus up to $5,000 per year", ""),
        ("Up to $20 per day for lunch", ""),
        ("A budget of $2M per year", ""),
        ("You will pay 5,000 invoices per month", ""),
        ("401(k) match worth $3,000 a year", ""),
    ],
)
def test_only_pay_is_pay(line: str, pay: str) -> None:
    posting = read("Analyst", "About the role: you will count.", line)

    assert "; ".join(map(str, posting.fields.pays)) == pay


def test_some_days_at_home_are_hybrid() -> None:
    posting = read("Développeur H/F - CDI", "Lyon, télétravail 3j/semaine")

    assert posting.fields.workplace is Workplace.HYBRID


@pytest.mark.parametrize(
    "text",
    [
        "Company,Applied,Remote\nAcme,2026-01-05,yes",
        "## Acme\n- 2026-01-05 applied\n- 2026-01-12 remote interview",
        "Analyst",
        "Dear diary\nnothing happened today",
    ],
)
def test_what_is_no_posting_is_refused(text: str) -> None:
    with pytest.raises(DecodeError, match="nor a text that begins with a title"):
        read_postings(text)
