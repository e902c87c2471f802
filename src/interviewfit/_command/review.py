"""The command ``review``: one line for each running opportunity."""

import argparse
from collections.abc import Sequence

from interviewfit._command.options import add_explain, add_files, day
from interviewfit._command.tracker_log import add_log_options, read_history
from interviewfit.errors import InterviewFitError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_files(parser, "reviews")
    log = "your own tracker's log"
    parser.add_argument("--log", metavar="FILE", help=log)
    today = "the day up to which the log is complete, such as 2025-06-24"
    parser.add_argument("--today", type=day, metavar="DATE", help=today)
    add_explain(parser)
    add_log_options(parser)


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
    from interviewfit._command.screen import say
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
        say(
            *(
                f"{name}: {note}"
                for note in unmet_notes(search.candidate, search.opportunities)
            )
        )
        today = present_day(options, search, always=history is not None)
        return [review(search, history, today)]

    return answer_files(options, answers, records_printer(options))
