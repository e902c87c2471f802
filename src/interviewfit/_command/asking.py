"""Questions on the command line: every answer is checked, and asked for again.

Nothing is written before the last answer, so that whoever stops has changed nothing.
"""

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import NoReturn, TypeVar

from interviewfit._command.screen import write
from interviewfit._command.shell_words import in_shell_words
from interviewfit._model.money import Interval, Pay
from interviewfit._model.signs import SIGNS, matching_signs, similar_sign
from interviewfit._model.vocabulary import ASPECTS, Sign
from interviewfit.errors import InterviewFitError, InvalidFieldError, faults_of

T = TypeVar("T")

# Whoever answers wrongly so often in a row is a program that feeds something else.
_MOST_TRIES = 20
_LONGEST_ANSWER = 10_000
_MOST_SIGNS = 14
_MOST_MATCHES = 4
# Below it nobody is paid for a year.
_LEAST_FOR_A_YEAR = 10_000.0
_YES, _NO = ("y", "yes", "yeah", "yep"), ("n", "no", "nope")
# What these say of a job, good or bad, nobody can tell from the word alone.
_NEUTRAL = frozenset(
    {*ASPECTS, "salary", "visa", "people", "colleagues", "interviewer"}
)


class StoppedError(InterviewFitError):
    """There are no more answers, or too many wrong ones; nothing was written."""


def ask(question: str, read: Callable[[str], T]) -> T:
    """The answer to a question, asked again until it can be read.

    Args:
        question: What is asked, in a line or more.
        read: Returns the answer that a line states, or raises an error of this package.

    Raises:
        StoppedError: If there are no more lines, or too many that cannot be read.
    """
    write(f"\n{question}\n")
    for _ in range(_MOST_TRIES):
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline(_LONGEST_ANSWER) if sys.stdin is not None else ""
        if not line:
            sys.stdout.write("\n")
            raise StoppedError("no more answers; nothing was written")
        try:
            return read(" ".join(line.split()))
        except InterviewFitError as error:
            write("".join(f"{_sentence(fault)}\n" for fault in faults_of(error)))
    raise StoppedError(f"{_MOST_TRIES} wrong answers in a row; nothing was written")


def _sentence(fault: str) -> str:
    """A fault without the name of a field, which nobody sees here."""
    words = in_shell_words(fault)
    bare = re.sub(r"^answer must be ", "Please answer with ", words)
    return bare[0].upper() + bare[1:]


def refuse(expected: str, answer: str, remedy: str = "") -> NoReturn:
    """Refuse an answer.

    Args:
        expected: What would be an answer.
        answer: What was answered.
        remedy: What to do, a sentence.

    Raises:
        InvalidFieldError: Always.
    """
    raise InvalidFieldError("answer", expected, answer, remedy)


def choice(question: str, options: Sequence[str], default: int | None = None) -> int:
    """Which of some options is meant, from 0; by its number or by its words.

    A part of the words is enough where it fits one option only.

    Args:
        question: What is asked.
        options: What there is to choose from.
        default: What an empty answer means; None if there must be one.
    """

    def read(answer: str) -> int:
        """The option that an answer names."""
        if not answer and default is not None:
            return default
        if answer.isdecimal() and len(answer) < 5 and 1 <= int(answer) <= len(options):
            return int(answer) - 1
        wanted = answer.casefold().removeprefix("the ")
        words = [option.casefold().removeprefix("the ") for option in options]
        begin = [number for number, text in enumerate(words) if text.startswith(wanted)]
        alike = begin or [number for number, text in enumerate(words) if wanted in text]
        if not wanted or len(alike) != 1:
            refuse(f"a number from 1 to {len(options)}", answer)
        return alike[0]

    lines = [f"  {number} {text}" for number, text in enumerate(options, start=1)]
    ending = "" if default is None else f" (Enter: {default + 1})"
    return ask("\n".join((f"{question}{ending}", *lines)), read)


def agrees(question: str) -> bool:
    """Whether somebody says yes; an empty answer is no."""

    def read(answer: str) -> bool:
        """Yes or no."""
        word = re.split(r"[^a-z]", f"{answer.casefold()} ", maxsplit=1)[0]
        if word not in (*_YES, *_NO) and answer:
            refuse("yes or no", answer)
        return word in _YES

    return ask(f"{question} (y/N)", read)


def read_pay(answer: str, currency: str = "", per: Interval | None = None) -> Pay:
    """The amount, or range, that an answer states.

    A small amount without its time is refused, because it may be for a month.

    Args:
        answer: Such as ``"65,000 EUR a year"``.
        currency, per: What counts where the answer names none.

    Raises:
        InvalidFieldError: If it states no amount, or no currency and none is known.
    """
    from interviewfit._command.spoken_money import as_written, which_currency
    from interviewfit.postings._money_text import parse_pay

    pay, complaint = parse_pay(as_written(answer))
    example = "Write it like 65000 EUR a year, or 35 GBP an hour; Enter skips this."
    if pay is None or answer.startswith("-"):
        refuse("an amount of money", answer, f"{_why_unread(complaint)}{example}")
    codes = which_currency(answer)
    # Dollars are no euros, whichever dollars they are.
    is_other = bool(codes) and currency not in codes
    if not pay.currency and (is_other or not currency):
        such_as = codes or "USD"
        letters = f"Name the currency by its three letters, such as {such_as}. "
        refuse("an amount with its currency", answer, f"{letters}{example}")
    amounts = [amount for amount in (pay.low, pay.high) if amount is not None]
    is_year = (pay.per or per or Interval.YEAR) is Interval.YEAR
    if is_year and pay.per is None and max(amounts) < _LEAST_FOR_A_YEAR:
        refuse("an amount with the time it is for", answer, example)
    return Pay(
        low=pay.low,
        high=pay.high,
        currency=pay.currency or currency,
        per=pay.per or per or Interval.YEAR,
    )


def _why_unread(complaint: str) -> str:
    """Why an amount was not read, as a sentence with a space behind it; or nothing.

    Args:
        complaint: Such as "Pay is '5 EUR net': after tax.".
    """
    reason = re.sub(r"^Pay is (?:'[^']*'|\"[^\"]*\")[:,;]? ?", "", complaint)
    if not reason or "names no amount." in reason or "not stated" in reason:
        return ""
    if reason.startswith("which "):
        return f"It {reason.removeprefix('which ')} "
    return f"It is {reason} "


def ask_day(question: str, now: date | None = None) -> date | None:
    """The day that an answer names; what was said so far for an empty answer.

    Args:
        question: What is asked.
        now: The day that was said so far; "none" takes it out.
    """
    from interviewfit._model.dates import parse_iso_date

    def read(answer: str) -> date | None:
        """The day that an answer names, if it can be no other."""
        if not answer or answer.casefold() == "none":
            return None if answer else now
        day = parse_iso_date(answer)
        if day is None:
            # Imported where somebody writes it in another way.
            from interviewfit._reading.dates import local_date

            day = local_date(answer)
            if day is None:
                refuse("a date such as 2026-03-05, year first", answer)
            write(f"Taken as: {day.isoformat()}.\n")
        return day

    ending = "A date such as 2026-03-05; Enter if not known."
    if now is not None:
        ending = f"So far: {now}. A new date; Enter: no change; none: not known."
    return ask(f"{question} {ending}", read)


def ask_signs() -> tuple[Sign, ...]:
    """What somebody has seen or heard, as signs of the catalogue."""
    signs = list(SIGNS)
    listed = signs[:_MOST_SIGNS]

    def read(answer: str) -> tuple[Sign, ...]:
        """The signs that an answer names, by numbers or by words."""
        named = [part.strip() for part in re.split("[,;]", answer) if part.strip()]
        meant = {part: _sign(part, signs) for part in named}
        spelt = [
            SIGNS[sign].meaning for part, sign in meant.items() if part[0].isalpha()
        ]
        if spelt:
            write(f"Taken as: {'; '.join(spelt)}.\n")
        return tuple(dict.fromkeys(meant.values()))

    while True:
        lines = [
            f"  {number} {SIGNS[sign].meaning}"
            for number, sign in enumerate(signs, start=1)
            if sign in listed
        ]
        question = (
            "What have you seen or heard? Numbers or words with commas; Enter for "
            "nothing, more for the rest of the list."
        )
        text = "\n".join((question, *lines))
        answer = ask(text, lambda answer: None if answer == "more" else read(answer))
        if answer is not None:
            return answer
        following = signs.index(listed[-1]) + 1
        listed = signs[following : following + _MOST_SIGNS] or signs[:_MOST_SIGNS]


def _sign(answer: str, signs: Sequence[Sign]) -> Sign:
    """The sign that an answer names.

    Args:
        answer: Its number, from 1, or words for it.
        signs: The signs, as they are numbered.

    Raises:
        InvalidFieldError: If it names none.
    """
    if answer.isdecimal():
        if len(answer) > 4 or not 1 <= int(answer) <= len(signs):
            refuse(f"numbers from 1 to {len(signs)}", answer)
        return signs[int(answer) - 1]
    matches = matching_signs(answer)
    if len(matches) == 1 and answer.casefold() not in _NEUTRAL:
        return matches[0]
    similar = similar_sign(answer)
    near = matches or ((Sign(similar),) if similar else ())
    listed = [
        f"{signs.index(sign) + 1} {SIGNS[sign].meaning}"
        for sign in near[:_MOST_MATCHES]
    ]
    remedy = f"Near it: {', '.join(listed)}." if listed else "Type more to see all."
    refuse("numbers of the list, or words like them", answer, remedy)
