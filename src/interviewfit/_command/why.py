"""The command ``why``: one opportunity of a file explained on one screen."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from interviewfit._command.options import add_explain, add_today
from interviewfit.errors import InterviewFitError

if TYPE_CHECKING:
    from interviewfit._model.decision import Search
    from interviewfit._model.domain import Opportunity
    from interviewfit._text.layout import Block


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    add("file", metavar="FILE", help="a file, or - for standard input")
    name = "the name of the opportunity, or a part of it"
    add("name", metavar="NAME", nargs="?", help=f"{name}; not needed if it is the only")
    everything = "print everything: what is made of what, what would change it"
    add_explain(parser, everything)
    add_today(parser)


def run(options: argparse.Namespace) -> int:
    """Explain one opportunity, and return the exit status."""
    from interviewfit._command.assess import assess_one
    from interviewfit._command.files import find_job, read_search, report_faults
    from interviewfit._command.hints import typed
    from interviewfit._command.present_day import present_day
    from interviewfit._command.screen import lines_said, show, write
    from interviewfit._text.names import short_name
    from interviewfit._text.why_text import why_screen

    try:
        search = read_search(options.file)
        job = find_job(options, search)
        answer = assess_one(search, job, present_day(options, search))
    except InterviewFitError as error:
        return report_faults(options.file, error)
    if options.explain:
        from interviewfit.sensitivity._summary import full_text

        write(f"{full_text(answer)}\n\n")
    else:
        name = short_name(job.name, [item.name for item in search.opportunities])
        letter = typed(options, "letter", options.file, name)
        screen = why_screen(answer, letter, "Add --explain to see all.")
        show([*screen, *_beside(search, job, options.today)], lines_said(options))
    return 0


def _beside(
    search: "Search", job: "Opportunity", today: date | None
) -> "Iterator[Block]":
    """Yield the offers of a search side by side, if this is one of several.

    Args:
        search, job: What was read, and the opportunity that is explained.
        today: The present day, where a date matters.
    """
    from interviewfit._model.vocabulary import Phase
    from interviewfit._portfolio.planning import plan
    from interviewfit._text.side_by_side import offers_beside

    offers = [item.position.phase is Phase.OFFERED for item in search.opportunities]
    if job.position.phase is Phase.OFFERED and sum(offers) > 1:
        numbers = search.assumptions
        planned = plan(
            search.candidate, search.opportunities, assumptions=numbers, today=today
        )
        yield from offers_beside(planned.offers)
