"""The command ``assess``: advice for every opportunity of a file."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from interviewfit._command.options import (
    Idle,
    add_explain,
    add_files,
    add_idle,
    add_today,
)

if TYPE_CHECKING:
    from interviewfit import Assessment
    from interviewfit._model.decision import Search
    from interviewfit._model.domain import Opportunity
    from interviewfit._text.layout import Block


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "assessments")
    everything = "print everything about every opportunity"
    add_explain(parser, everything)
    deep = (
        "the same, with what each thing you said does to the answer, what would "
        "change it, and what to ask first"
    )
    parser.add_argument("--deep", action="store_true", help=deep)
    remedy = "Leave it out: --deep prints all of that as well."
    add_idle(parser, Idle("--explain", "--deep", is_needed=False, remedy=remedy))
    add_today(parser)
    alone = "judge each opportunity alone, not beside the others of its file"
    parser.add_argument("--alone", action="store_true", help=alone)


def run(options: argparse.Namespace) -> int:
    """Print an assessment of every opportunity, and return the exit status."""
    from interviewfit._command.files import answer_files, read_search
    from interviewfit._command.present_day import present_day
    from interviewfit._command.screen import lines_said, say_above, show, write
    from interviewfit._portfolio.assessing_all import SharedReasons
    from interviewfit._process.notes import unmet_notes
    from interviewfit.schema._json import dumps

    # Answers keep no dates: what must be done by them is settled.
    stated: dict[str, Sequence[Opportunity]] = {}

    def answers(name: str) -> Sequence[tuple[str, "Assessment"]]:
        """The assessments of a search, each with the name of its file."""
        search = read_search(name)
        stated[name] = search.opportunities
        notes = unmet_notes(search.candidate, search.opportunities)
        say_above(options, *(f"{name}: {note}" for note in notes))
        today = present_day(options, search)
        return [
            (name, answer) for answer in assess_all(search, today, alone=options.alone)
        ]

    def show_all(answers: Sequence[tuple[str, "Assessment"]]) -> None:
        """Print the first screens, or everything."""
        if options.explain or options.deep:
            # Each as soon as it is worked out, because many may take long.
            for text in explained((answer for _, answer in answers), options.deep):
                write(text)
                sys.stdout.flush()
            return
        files = dict.fromkeys(name for name, _ in answers)
        blocks = [
            block
            for file in files
            for block in _screen(
                options,
                file,
                [answer for name, answer in answers if name == file],
                stated[file],
            )
        ]
        show(blocks, lines_said(options))

    reasons = SharedReasons()

    def as_json(named: tuple[str, "Assessment"]) -> str:
        """An assessment as JSON, with the reasons, which it works out when asked."""
        _, answer = named
        answer = reasons.keep(answer)
        if not options.deep:
            return dumps(answer)
        from interviewfit.sensitivity._summary import deepen

        return dumps(deepen(answer))

    return answer_files(options, answers, show_all, as_json)


def assess_one(
    search: "Search",
    job: "Opportunity",
    today: date | None = None,
    *,
    alone: bool = False,
) -> "Assessment":
    """An assessment of one opportunity of a search.

    Args:
        search, job: The search, and one of its opportunities.
        today: The present day, where a date matters.
        alone: Whether to judge it alone, and not beside the others.
    """
    from interviewfit import assess

    others = () if alone else [item for item in search.opportunities if item is not job]
    return assess(
        search.candidate,
        job,
        assumptions=search.assumptions,
        beside=others,
        today=today,
    )


def assess_all(
    search: "Search", today: date | None = None, *, alone: bool = False
) -> list["Assessment"]:
    """An assessment of every opportunity of a search.

    Args:
        search, today: The search, and the present day, where a date matters.
        alone: Whether to judge each alone, and not beside the others.
    """
    from interviewfit._portfolio import assessing_all

    if alone:
        return [
            assess_one(search, job, today, alone=True) for job in search.opportunities
        ]
    return assessing_all.assess_all(
        search.candidate, search.opportunities, search.assumptions, today
    )


def explained(answers: Iterable["Assessment"], deep: bool) -> Iterator[str]:
    """Yield assessments in all words, a blank line after each.

    Args:
        answers: What is printed.
        deep: Whether to add what would change them and what to ask.
    """
    from interviewfit._portfolio.assessing_all import SharedReasons

    reasons = SharedReasons()
    words: Callable[[Assessment], str] = str
    if deep:
        from interviewfit.sensitivity._summary import full_text

        words = full_text
    for answer in answers:
        yield f"{words(reasons.keep(answer))}\n\n"


def _screen(
    options: argparse.Namespace,
    name: str,
    answers: Sequence["Assessment"],
    jobs: "Sequence[Opportunity]",
) -> "list[Block]":
    """The first screen of the answers about a file.

    Args:
        options: Parsed.
        name, answers: The file, and an answer for each of its opportunities.
        jobs: These, with their dates.
    """
    from interviewfit._command.hints import hints_of
    from interviewfit._text.first_screen import assessments_screen
    from interviewfit._text.layout import Paragraph
    from interviewfit._text.names import quoted, short_name
    from interviewfit._text.why_text import why_screen

    head = [Paragraph(f"{name}:")] if len(set(options.files)) > 1 else []
    hints = hints_of(options, name)
    if len(answers) == 1:
        name = short_name(answers[0].opportunity, ())
        return [
            *head,
            *why_screen(answers[0], hints.letter.replace("NAME", quoted(name))),
        ]
    return [*head, *assessments_screen(answers, hints, jobs)]
