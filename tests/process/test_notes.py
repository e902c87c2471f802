"""Numbers that are doubtful are asked about by name, and never change an answer."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Money,
    Opportunity,
    Plan,
    Reading,
    Stage,
    Weights,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit._model.beliefs import Either
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.notes import notes_on

ME = Candidate(salary=Money(amount=60_000, currency="EUR"))


REMOTE = Either(aspect="commute", chance=0.5, if_so=0.1, if_not=0, told_by="hr_screen")


def job(**fields: Any) -> Opportunity:
    return Opportunity(**{"name": "Acme", "stages": corporate(), **fields})


def notes(
    who: Candidate = ME, *, numbers: dict[str, float] | None = None, **fields: Any
) -> tuple[str, ...]:
    assumptions = Assumptions(numbers=numbers or {})
    return assess(who, job(**fields), assumptions=assumptions).notes


@pytest.mark.parametrize(
    ("who", "fields", "said"),
    [
        (
            ME,
            {"beliefs": {"pay": Belief(mean=0.08, sd=0.05)}},
            (
                "pay.mean is 0.08 % of pay, which is next to nothing. If you "
                "mean 8 %, write 8."
            ),
        ),
        (
            ME,
            {"signals": [Reading(aspect="role", value=-0.1, noise=5)]},
            (
                "signals[0].value is -0.1 % of pay, which is next to nothing. "
                "If you mean -10 %, write -10."
            ),
        ),
        (
            ME,
            {"signals": [REMOTE]},
            (
                "signals[0].if_so is 0.1 % of pay, which is next to nothing. "
                "If you mean 10 %, write 10."
            ),
        ),
        (
            Candidate(fallback=-0.2),
            {},
            (
                "fallback is -0.2 % of pay, which is next to nothing. If you "
                "mean -20 %, write -20."
            ),
        ),
        (
            Candidate(priorities={"role": 9}),
            {},
            (
                "priorities.role is 9, so many times as much as stated. 1 "
                "counts as stated and 2 twice as much; it is no scale up to "
                "10."
            ),
        ),
        (
            Candidate(weights=Weights(time=10)),
            {},
            (
                "weights.time is 10, so many times as much as stated. 1 "
                "counts as stated and 2 twice as much; it is no scale up to "
                "10."
            ),
        ),
        (
            ME,
            {"stages": [Stage(kind="hr_screen", hours=45)]},
            "stages[0].hours is 45 h. If you mean minutes, write 0.75.",
        ),
        (
            ME,
            {"stages": [Stage(kind="panel", pass_rate=0.006)]},
            (
                "stages[0].pass_rate is 0.006, a chance of 0.6 %. If you mean "
                "60 %, write 0.6."
            ),
        ),
        (
            ME,
            {"numbers": {"hours_per_year": 40}},
            "hours_per_year is 40; plausible is 1,500 to 2,100 (h).",
        ),
        (
            ME,
            {"numbers": {"horizon_years": 24}},
            "horizon_years is 24; plausible is 1 to 4 (years).",
        ),
        (
            ME,
            {"pay": Money(amount=7_000, currency="EUR")},
            (
                "Pay of 7,000 EUR per year is 88 % less than your salary. Is "
                "it for the time that it states?"
            ),
        ),
        (
            Candidate(priorities={"garden": 2}),
            {"beliefs": {"gardn": Belief(mean=5, sd=5)}},
            "'garden' and 'gardn' are two aspects. Is one misspelt?",
        ),
    ],
)
def test_a_doubtful_number_is_asked_about_by_name(
    who: Candidate, fields: dict[str, Any], said: str
) -> None:
    assert notes(who, **fields) == (said,)


def test_several_small_percents_are_one_question() -> None:
    (note,) = notes(
        beliefs={"pay": Belief(mean=0.08, sd=1), "role": Belief(mean=-0.1, sd=1)}
    )

    assert note.startswith("pay.mean is 0.08 % of pay, role.mean is -0.1 %")


@given(
    mean=st.just(0.0) | st.floats(1.0, 60.0) | st.floats(-60.0, -1.0),
    weight=st.floats(0.0, 5.0),
    hours=st.floats(0.0, 8.0),
    chance=st.just(0.0) | st.floats(0.01, 1.0),
    name=st.sampled_from(sorted(PRIORS)),
    share=st.floats(0.0, 1.0),
)
def test_what_people_have_raises_no_question(
    mean: float,
    weight: float,
    hours: float,
    chance: float,
    name: str,
    share: float,
) -> None:
    prior = PRIORS[name]
    numbers = Assumptions(numbers={name: prior.low + share * (prior.high - prior.low)})
    who = evolve(ME, fallback=mean, priorities={"role": weight, "canteen": weight})
    one = job(
        beliefs={aspect: Belief(mean=mean, sd=5) for aspect in ASPECTS[1:]},
        stages=[Stage(kind="panel", hours=hours, pass_rate=chance)],
        signals=[Reading(aspect="canteen", value=mean, noise=5)],
    )

    assert notes_on(who, one, numbers) == ()


def test_an_aspect_that_counts_for_nothing_raises_none() -> None:
    who = evolve(ME, priorities={"role": 0.0, "dept. size": 0.0})
    tiny = Belief(mean=0.08, sd=1)
    seen = Reading(aspect="role", value=0.1, noise=5)

    assert notes(who, beliefs={"role": tiny, "dept. size": tiny}, signals=[seen]) == ()


def test_pay_in_money_close_to_the_salary_raises_none() -> None:
    """It is 0.2 % more, as nobody would state it in percent."""
    assert notes(pay=Money(amount=60_100, currency="EUR")) == ()


def test_notes_are_printed_kept_and_change_no_number() -> None:
    beliefs = {aspect: Belief(mean=0.5, sd=4) for aspect in ASPECTS}
    who = evolve(ME, priorities={"role": 9})
    found = assess(who, job(beliefs=beliefs))
    search = plan(who, [job(beliefs=beliefs), job(name="Bolt")])

    assert f"Check: {found.notes[0]}" in str(found)
    assert f"(and {len(ASPECTS) - 4} more)" in found.notes[0]
    assert loads(dumps(found), Assessment).notes == found.notes
    heads = [note.partition(" ")[0] for note in search.notes]
    assert heads == ["Acme:", "priorities.role"]
    assert f"Check: {search.notes[0]}" in str(search)
    assert loads(dumps(search), Plan).notes == search.notes


@pytest.mark.parametrize(
    ("priorities", "asks"),
    [
        ({"pay": 0.3, "role": 0.3, "commute": 0.4}, True),
        ({"pay": 0.33, "role": 0.33, "commute": 0.33}, True),
        ({"pay": 0.5, "commute": 0.5}, False),
        ({"pay": 1, "commute": 0}, False),
        ({"pay": 1.5, "commute": 0.5}, False),
    ],
)
def test_priorities_that_add_up_to_one_may_be_meant_as_shares(
    priorities: dict[str, float], *, asks: bool
) -> None:
    notes = notes_on(Candidate(priorities=priorities), job(), Assumptions())

    assert any("They are no shares" in note for note in notes) is asks


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-60.0, ""),
        (-60.01, "Pay of 5 EUR is 60 % less than your salary."),
        (150.0, ""),
        (150.01, "Pay of 5 EUR is 150 % more than your salary."),
    ],
)
def test_pay_is_doubted_beyond_its_bounds_and_not_at_them(
    value: float, said: str
) -> None:
    read = Reading(aspect="pay", value=value, noise=1, note="in money: 5 EUR")
    job = Opportunity(name="Acme", stages=corporate(), signals=[read])

    notes = [note for note in assess(Candidate(), job).notes if "your salary" in note]

    remedy = " Is it for the time that it states?"
    assert notes == ([said + remedy] if said else [])
