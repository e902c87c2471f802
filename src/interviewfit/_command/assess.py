"""The command ``assess``: advice for every opportunity of a file."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
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
    from interviewfit._process.notes import unmet_notes

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
            for text in _explained(options, answers):
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

    return answer_files(
        options, answers, show_all, lambda answers: _as_json(options, answers)
    )


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


def _explained(
    options: argparse.Namespace, answers: "Sequence[tuple[str, Assessment]]"
) -> Iterator[str]:
    """Yield answers in all words, a blank line after each.

    Where their reasons are left out, because those of all would take too long, a line
    says what to type for them.

    Args:
        options: Parsed; they say whether to add what would change each answer, however
            long that takes, and which files there are.
        answers: Each with the name of its file.
    """
    from interviewfit._command.hints import typed
    from interviewfit._portfolio.assessing_all import with_reasons, without_reasons
    from interviewfit._text.assessment_text import explain

    words: Callable[[Assessment], str] = str
    if options.deep:
        from interviewfit.sensitivity._summary import full_text

        words = full_text
    whole = with_reasons([answer for _, answer in answers], of_all=options.deep)
    for (file, _), (answer, is_whole) in zip(answers, whole, strict=True):
        if is_whole:
            yield f"{words(answer)}\n\n"
            continue
        why = typed(options, "why", file, answer.opportunity, "--explain")
        line = "What decides was left out, because it takes long for all. Type:"
        yield f"{explain(without_reasons(answer))}\n  {line}\n  {why}\n\n"


def _as_json(
    options: argparse.Namespace, answers: "Sequence[tuple[str, Assessment]]"
) -> Iterator[str]:
    """Yield answers as JSON, with their reasons as far as these are worked out.

    An answer whose reasons were left out, because those of all would take too long,
    has a note that says so; with ``--deep`` none are left out.

    Args:
        options, answers: As ``_explained``, which prints the same for people to read.
    """
    from interviewfit._portfolio.assessing_all import noted, with_reasons
    from interviewfit.schema._json import dumps
    from interviewfit.sensitivity._summary import deepen

    whole = with_reasons([answer for _, answer in answers], of_all=options.deep)
    for answer, is_whole in whole:
        if options.deep:
            yield dumps(deepen(answer))
        else:
            yield dumps(answer if is_whole else noted(answer))


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
    from interviewfit._command.hints import hints_of, typed
    from interviewfit._text.first_screen import assessments_screen
    from interviewfit._text.layout import Paragraph
    from interviewfit._text.names import quoted, short_name
    from interviewfit._text.why_text import why_screen

    head = [Paragraph(f"{name}:")] if len(set(options.files)) > 1 else []
    hints = hints_of(options, name)
    if len(answers) == 1:
        job = short_name(answers[0].opportunity, ())
        letter = hints.letter.replace("NAME", quoted(job))
        more = f"To see all, type: {typed(options, 'why', name, '--explain')}"
        return [*head, *why_screen(answers[0], letter, more)]
    return [*head, *assessments_screen(answers, hints, jobs)]
