"""Money stands beside hours where a salary is known, and nowhere else."""

import re

import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Money,
    Opportunity,
    Plan,
    Position,
    Search,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit._text.amounts import (
    hours_of,
    money_of,
    percent_of,
    share_of,
    signed,
    value_of,
)
from interviewfit.history import review

RATE = Money(amount=36.0, currency="EUR", per="hour")
ME = Candidate(salary=Money(amount=64_800, currency="EUR"))
JOB = Opportunity(name="Acme", stages=corporate())
OFFER = Opportunity(
    name="Bolt",
    stages=corporate(),
    pay=Money(amount=70_000, currency="EUR"),
    position=Position(phase="offered"),
)
IN_MONEY = re.compile(r"(-?[\d,.]+) h \(about (-?[\d,.]+) EUR\)")


@pytest.mark.parametrize(
    ("worth", "text"),
    [
        (12.0, "12.0 h (about 430 EUR)"),
        (-12.0, "-12.0 h (about -430 EUR)"),
        (0.04, "0.0 h"),
        (0.1, "0.1 h (about 3.6 EUR)"),
        (1_000.0, "1,000.0 h (about 36,000 EUR)"),
        (float("-inf"), "-inf h"),
    ],
)
def test_a_value_by_hand(worth: float, text: str) -> None:
    assert value_of(worth, RATE) == text


@given(worth=st.floats(0.06, 1e5), price=st.floats(0.1, 1e6))
def test_two_digits_are_within_five_percent(worth: float, price: float) -> None:
    text = money_of(worth, Money(amount=price, currency="JPY", per="hour"))

    shown = float(text.removesuffix(" JPY").replace(",", ""))
    assert shown == pytest.approx(worth * price, rel=0.05)


def test_an_assessment_says_its_values_in_money_and_the_horizon_once() -> None:
    """The hour counts 64,800 / 1,800 = 36."""
    found = assess(ME, JOB)
    text = str(found)

    assert found.hour_price == RATE
    assert found.value_in_money == pytest.approx(36.0 * found.value)
    assert text.count("In money: an hour counts about 36 EUR") == 1
    assert text.count("two years") == 1
    pairs = [
        [float(part.replace(",", "")) for part in pair]
        for pair in IN_MONEY.findall(text)
    ]
    assert len(pairs) >= 2
    for hours, money in pairs:
        assert money == pytest.approx(36.0 * hours, rel=0.05, abs=2.0)
    again = loads(dumps(found), Assessment)
    assert (again.hour_price, again.value_in_money) == (RATE, found.value_in_money)


def test_so_do_an_offer_a_plan_and_the_table_of_a_notebook() -> None:
    held, search = assess(ME, OFFER), plan(ME, [JOB, OFFER])

    assert str(held).count("two years") == 1
    assert str(search).count("two years") == 1
    assert search.value_in_money == pytest.approx(36.0 * search.value)
    assert loads(dumps(search), Plan).hour_price == RATE
    for answer in (held, search):
        assert IN_MONEY.search(str(answer))
        assert IN_MONEY.search(answer._repr_html_())


def test_another_horizon_is_said_and_leaves_the_price_of_an_hour() -> None:
    found = assess(ME, JOB, assumptions=Assumptions(numbers={"horizon_years": 3}))

    assert "three years" in str(found)
    assert found.hour_price == RATE


def test_without_a_salary_nothing_is_said_of_money() -> None:
    found = assess(Candidate(), JOB)

    assert found.hour_price is None
    assert found.value_in_money is None
    assert "money" not in str(found)
    assert "hour_price" not in dumps(found)


def test_a_salary_alone_changes_no_answer() -> None:
    assert assess(ME, JOB).choices == assess(Candidate(), JOB).choices
    assert plan(ME, [JOB]).value == plan(Candidate(), [JOB]).value


def test_a_review_shows_money_and_asks_about_doubtful_numbers() -> None:
    job = Opportunity(
        name="Acme", stages=corporate(), beliefs={"role": Belief(mean=0.08, sd=5)}
    )

    found = review(Search(candidate=ME, opportunities=[job]))

    assert IN_MONEY.search(str(found))
    assert "Check Acme: role.mean is 0.08 %" in str(found)


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.0, "0 %"),
        (1e-9, "under 1 %"),
        (0.009, "under 1 %"),
        (0.01, "1 %"),
        (1, "100 %"),
    ],
)
def test_a_chance_of_nothing_is_none(chance: float, text: str) -> None:
    assert share_of(chance) == text


@given(st.integers(-200, 200), st.sampled_from([-1e-12, 1e-12]))
def test_the_last_bits_of_a_number_change_no_word(tenths: int, error: float) -> None:
    """They differ between versions of NumPy, and here every number is a tie."""
    half, whole = (tenths + 0.5) / 10.0, tenths + 0.5

    assert hours_of(half + error) == hours_of(half)
    assert signed(half + error) == signed(half)
    assert percent_of(whole + error) == percent_of(whole)
    assert value_of(half + error, RATE) == value_of(half, RATE)
    chance = abs(whole) / 201.0
    assert share_of(chance + 1e-3 * error) == share_of(chance)


def test_nothing_is_shown_as_less_than_nothing() -> None:
    assert [signed(-0.04), hours_of(-0.04), percent_of(-0.4)] == [
        "+0.0",
        "0.0 h",
        "+0 %",
    ]
