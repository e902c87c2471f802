"""The command ``plan``; without a command, the plan of the example."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from interviewfit._command.options import (
    add_explain,
    add_files,
    add_today,
    hours,
    whole,
)

if TYPE_CHECKING:
    from interviewfit._model.decision import Search
    from interviewfit._portfolio.planning import Plan
    from interviewfit._text.layout import Block

_WELCOME = "This is an example that comes with the package. For your own search, type:"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "plans")
    budget = "hours that you have for all interviews"
    parser.add_argument("--budget", type=hours, metavar="HOURS", help=budget)
    slots = "how many opportunities can be under way at once"
    parser.add_argument("--slots", type=whole, metavar="N", help=slots)
    everything = "print everything: the order, its numbers, and how sure it is"
    add_explain(parser, everything)
    add_today(parser)


def run(options: argparse.Namespace) -> int:
    """Print the plan of every file, or of the example; return the exit status."""
    from interviewfit._command.files import answer_files, read_search
    from interviewfit._command.present_day import present_day
    from interviewfit._command.screen import lines_of, lines_said, show, write
    from interviewfit.schema._json import dumps

    if options.command is None:
        return _example(options)

    def answers(name: str) -> "Sequence[tuple[str, Plan]]":
        """The plan of a search, by the name of its file."""
        search = read_search(name)
        today = present_day(options, search)
        return [(name, _planned(search, options.budget, options.slots, today))]

    def show_all(answers: "Sequence[tuple[str, Plan]]") -> None:
        """Print the first screens, or everything."""
        if options.explain:
            write(lines_of(plan for _, plan in answers))
        else:
            blocks = [block for each in answers for block in _screen(options, *each)]
            show(blocks, lines_said(options))

    return answer_files(
        options, answers, show_all, lambda plans: (dumps(it) for _, it in plans)
    )


def _example(options: argparse.Namespace) -> int:
    """Print the plan of the example, and return the exit status."""
    from interviewfit._command.assess import assess_all
    from interviewfit._command.files import example_text
    from interviewfit._command.hints import typed
    from interviewfit._command.screen import lines_of, show, write
    from interviewfit._model.decision import Search
    from interviewfit._text.first_screen import plan_table, worth
    from interviewfit._text.layout import Paragraph
    from interviewfit.schema._json import loads

    search = loads(example_text(), Search)
    planned = _planned(search, None, None)
    if options.explain:
        write(lines_of([*assess_all(search), planned]))
        return 0
    new, more = typed(options, "new"), typed(options, "--explain")
    show(
        [
            Paragraph(_WELCOME),
            Paragraph(new, indent=2),
            Paragraph(""),
            plan_table(planned, more),
            Paragraph(""),
            *worth(planned),
            Paragraph("To see all reasons, type:"),
            Paragraph(more, indent=2),
        ]
    )
    return 0


def _planned(
    search: "Search",
    budget: float | None,
    slots: int | None,
    today: date | None = None,
) -> "Plan":
    """The plan of a search.

    Args:
        search: What to plan.
        budget, slots: Hours there are, and how many can be under way at once.
        today: The present day, where a date matters.
    """
    from interviewfit._portfolio.planning import plan

    return plan(
        search.candidate,
        search.opportunities,
        assumptions=search.assumptions,
        budget=budget,
        slots=slots,
        today=today,
    )


def _screen(options: argparse.Namespace, name: str, plan: "Plan") -> "list[Block]":
    """The first screen of the plan of a file.

    Args:
        options: Parsed.
        name, plan: The file, and its plan.
    """
    from interviewfit._command.hints import hints_of
    from interviewfit._text.first_screen import plan_screen
    from interviewfit._text.layout import Paragraph

    head = [Paragraph(f"{name}:")] if len(options.files) > 1 else []
    return [*head, *plan_screen(plan, hints_of(options, name))]
