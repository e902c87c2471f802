"""The command ``review``: one line for each running opportunity."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewfit._command.options import (
    Idle,
    add_explain,
    add_files,
    add_idle,
    day,
)
from interviewfit._command.tracker_log import add_log_options, read_history
from interviewfit.errors import InterviewFitError

if TYPE_CHECKING:
    from interviewfit._command.hints import Step
    from interviewfit.history._review import Review


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "reviews")
    log = "your own tracker's log"
    parser.add_argument("--log", metavar="FILE", help=log)
    today = "the day up to which the log is complete, such as 2025-06-24"
    parser.add_argument("--today", type=day, metavar="DATE", help=today)
    add_explain(parser)
    remedy = "It says how to read a log: add --log FILE, or leave it out."
    idle = add_log_options(parser)
    add_idle(parser, *(Idle(option, "--log", True, remedy) for option in idle))


def run(options: argparse.Namespace) -> int:
    """Print a review of every file, and return the exit status."""
    from interviewfit._command.files import (
        answer_files,
        read_bytes,
        read_search,
        report_faults,
    )
    from interviewfit._command.hints import records_printer
    from interviewfit._command.present_day import present_day
    from interviewfit._command.screen import say_above
    from interviewfit._process.notes import unmet_notes
    from interviewfit.history._review import Review, review

    history = None
    if options.log:
        try:
            history = read_history(options.log, read_bytes(options.log), options)
        except InterviewFitError as error:
            return report_faults(options.log, error)

    def answers(name: str) -> Sequence[Review]:
        """The review of a search, by the name of its file."""
        search = read_search(name)
        notes = unmet_notes(search.candidate, search.opportunities)
        say_above(options, *(f"{name}: {note}" for note in notes))
        today = present_day(options, search, always=history is not None)
        return [review(search, history, today)]

    return answer_files(options, answers, records_printer(options, _next_step))


def _next_step(options: argparse.Namespace, reviews: "Sequence[Review]") -> "Step":
    """What to do first after a review: edit, write, or plan.

    A file that is behind the log comes first, because all answers change with it; then
    the first opportunity to write about, and else the order to work in.

    Args:
        options, reviews: Parsed, and a review of each file; the first counts.
    """
    from interviewfit._command.hints import typed
    from interviewfit._model.vocabulary import Action
    from interviewfit._text.first_screen import kind_of
    from interviewfit._text.names import short_name

    file, shown = options.answered[0], reviews[0]
    names = [line.opportunity for line in shown.lines]
    if shown.behind:
        job = short_name(shown.behind[0], [*names, *shown.behind])
        step = f"Your log knows more of {shown.behind[0]}. To put that into {file}, "
        return f"{step}type:", typed(options, "edit", file, job)
    if not names:
        return "For another search, type:", typed(options, "new", "next.json")
    written = (Action.DECLINE_OFFER, Action.ASK_FIRST)
    for line in shown.lines:
        if line.action in written or kind_of(line.action) == "leave":
            name = short_name(line.opportunity, names)
            step = f"For a letter about {line.opportunity}, type:"
            return step, typed(options, "letter", file, name)
    if len(names) == 1:
        return "To see why, type:", typed(
            options, "why", file, short_name(names[0], [])
        )
    return "For the order to work in, type:", typed(options, "plan", file)
