"""Every question of the command line meets many answers, one at a time.

``data/typed-answers.txt`` holds each question, and how each answer is understood or why
it is refused. ``PYTHONPATH=tests python tests/test_typed_answers.py`` writes the file
anew.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

import pytest
from attrs import evolve

from interviewfit import (
    Candidate,
    Money,
    Opportunity,
    Position,
    Stage,
    corporate,
    dumps,
)
from interviewfit._command import asking, new, schedule, spoken_money
from interviewfit._command.asking import StoppedError
from interviewfit._model.money import Interval
from interviewfit.errors import InvalidFieldError
from recorded import read_parts, write_anew, write_parts

KEPT = Path(__file__).parent / "data" / "typed-answers.txt"
JOB = Opportunity(
    name="Acme",
    stages=[
        Stage(kind="hr_screen", days=3),
        Stage(kind="panel", name="a talk", hours=2.5),
        Stage(kind="executive"),
    ],
)
OTHER = Opportunity(name="Bolt, analyst", stages=corporate())
DATED = evolve(JOB, next_on="2026-12-09", answer_by="2026-12-11")
HELD = evolve(
    JOB,
    position=Position(phase="offered"),
    answer_by="2026-12-09",
    more_time_until="2026-12-20",
)
MIDWAY = evolve(JOB, position=Position(stage=1, phase="midway"))
PAID = Candidate(salary=Money(amount=60_000, currency="EUR", per="year"))

AMOUNTS = (
    *("", "lots", "-5 EUR", "65000", "65000 EUR", "9999 EUR", "10000 EUR", "10k EUR"),
    *("50000 to 60000 EUR", "35 GBP an hour", "80000 dollars", "80000 pesos"),
    *("12 lakh INR", "1.5 to 2 million yen a year", "70k eur", "5 EUR net", "3 USD or"),
    *("$80,000 plus bonus", "4.500 € im Monat", "1e400 EUR", "0 EUR", "80 rupees"),
    *("60000 EURO", "sixty EUR", "65000 us dollars a month", "7 CHF per fortnight"),
)
DAYS = (
    *("", "none", "None", "2026-12-10", "2026-12-09", "10 December 2026", "1/2/2026"),
    *("tomorrow", "2026-13-01", "10.12.2026", "Dec 5, 2026"),
)
KINDS = (
    *("", "1", "2", "3", "4", "hr screen", "HR_screen, panel;call", "panel, panel"),
    *("a talk", "the boss", "phone screen", "coding task", "lunch", "none", "research"),
    *("meet the team, CEO", "owner", "hr, boss and ceo", ", ", "panel," * 12),
    *("panel," * 13, "a talk, a talk", "executive", "home task", "rejected"),
)
WORDS = ("", "y", "Yes!", "yep, I am", "no", "NOPE", "n", "nein", "maybe", "yy", "1")
CHOSEN = (
    *("", "1", "3", "4", "0", "-1", "00003", "99999", "the", "the h", "h", "HR", "e"),
    *("talk", "a", "none", "exec", "n", "2.0"),
)
SEEN = (
    *("", "5", "0", "14", "15", "99", "12345", "they like me", "purple", "pay", "visa"),
    *(
        "5, they like me",
        "5;5,",
        "no chemistry",
        "bad",
        "merger",
        "People",
        "badreviews",
    ),
)
RECORDS = (Candidate, Opportunity)
NUMBERS = ("", "1", "11", "12", "0", "pay", "growth, 7", "Money", "benefit", ",", "x")
LENGTHS = ("", "4", "2,5", "0", "-1", "four", "1000", "nan")


def known_pay(answer: str) -> str:
    """An amount where currency and time are known.

    Args:
        answer: What is typed.
    """
    return str(asking.read_pay(answer, "USD", Interval.MONTH))


def pair(answers: Sequence[str]) -> list[tuple[str, ...]]:
    """Each answer with an empty one before it, and with one after it.

    Args:
        answers: To a question of two.
    """
    return [*(("", answer) for answer in answers), *((item, "") for item in answers)]


Answers: TypeAlias = Sequence[str] | Sequence[tuple[str, ...]]
ASKED: Mapping[str, tuple[Callable[[], object], Answers]] = {
    "salary": (new.ask_candidate, [(amount, "") for amount in AMOUNTS]),
    "priorities": (new.ask_priorities, NUMBERS),
    "stages": (new.ask_stages, KINDS),
    "position": (
        partial(new.ask_position, JOB.stages),
        [(word, "") for word in CHOSEN] + [("2", word) for word in WORDS],
    ),
    "pay": (partial(new.ask_pay, PAID, JOB), AMOUNTS),
    "pay unknown": (partial(new.ask_pay, Candidate(), JOB), [""]),
    "name": (
        partial(new.ask_opportunity, PAID, (JOB, OTHER)),
        [
            (name, "", "1", "", "", "", "")
            for name in ("", "ACME", "Acme ", "bolt,  analyst", "Core", "x" * 300)
        ]
        + [("Core", "1", "4", "2026-12-09", "70000", "5"), ("Core", "", "2", "y", "")],
    ),
    "agrees": (partial(asking.agrees, "Well?"), WORDS),
    "choice": (partial(asking.choice, "Which?", ["the HR", "a talk", "an A"]), CHOSEN),
    "day": (partial(asking.ask_day, "When?"), DAYS),
    "another day": (partial(asking.ask_day, "When?", date(2026, 12, 24)), DAYS),
    "signs": (asking.ask_signs, SEEN),
    "more signs": (asking.ask_signs, [("more",) * n + ("16",) for n in range(5)]),
    "days": (partial(schedule.with_days, DATED), pair(DAYS)),
    "days of an offer": (partial(schedule.with_days, HELD), pair(DAYS)),
    "next": (partial(schedule.with_next_stage, JOB), ["", *map(str, range(1, 14))]),
    "ahead": (partial(schedule.with_stages, DATED), [(kind, "") for kind in KINDS]),
    "after this": (partial(schedule.with_stages, MIDWAY), KINDS),
    "length": (
        partial(schedule.with_length, JOB),
        [("2", length, "") for length in LENGTHS]
        + [("", "", length) for length in LENGTHS],
    ),
}


def answered(ask: Callable[[], object], answers: str | tuple[str, ...]) -> str:
    r"""What is printed, and after \0 what is understood, or why it is refused.

    Args:
        ask: Asks.
        answers: A line each.
    """
    typed = (answers,) if isinstance(answers, str) else answers
    lines = io.StringIO("".join(f"{answer}\n" for answer in typed))
    out = io.StringIO()
    with redirect_stdout(out), patch("sys.stdin", lines):
        try:
            record = ask()
            meant = dumps(record) if isinstance(record, RECORDS) else repr(record)
        except StoppedError:
            meant = "asked again"
        except InvalidFieldError as error:
            meant = f"refused: {error}"
    return f"{out.getvalue()}\0{' '.join(meant.split())}"


def lines_of(part: str) -> Iterator[str]:
    """A question, and all answers to it.

    Args:
        part: Which question.
    """
    ask, every = ASKED[part]
    asked: dict[str, str] = {}
    for answers in every:
        said, _, meant = answered(ask, answers).partition("\0")
        # What was said before stands here by its number.
        pieces = said.split("> ")
        for piece in pieces:
            if piece.strip() and piece not in asked:
                asked[piece] = f"#{len(asked)}"
                lines = piece.strip().splitlines()
                yield from (f"  {asked[piece]} {line}".rstrip() for line in lines)
        numbers = " ".join(asked.get(piece, "") for piece in pieces)
        yield f"{answers!r:.60}: {meant} {numbers}".rstrip()


def amounts() -> Iterator[str]:
    """What is read of amounts whose currency is known, and what they may mean."""
    for answer in AMOUNTS:
        yield f"{spoken_money.as_written(answer)} {spoken_money.which_currency(answer)}"
        try:
            yield f"  {known_pay(answer)}"
        except InvalidFieldError as error:
            yield f"  {error}"


PARTS: Mapping[str, Callable[[], Iterator[str]]] = {
    **{part: partial(lines_of, part) for part in ASKED},
    "amounts": amounts,
}


@pytest.fixture(scope="module")
def recorded() -> dict[str, list[str]]:
    """The lines that were recorded."""
    return read_parts(KEPT)


@pytest.mark.parametrize("part", PARTS)
def test_an_answer_is_understood_as_it_was(
    part: str, recorded: dict[str, list[str]]
) -> None:
    assert list(PARTS[part]()) == recorded[part]


def write() -> None:
    """Write the file anew."""
    write_parts(KEPT, ((title, lines()) for title, lines in PARTS.items()))


if __name__ == "__main__":
    write_anew(KEPT, write)
