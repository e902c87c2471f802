"""The command ``log``: what a tracker's log teaches, or how its columns were read."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewfit._command.options import add_explain
from interviewfit._command.tracker_log import (
    LOG_HELP,
    add_log_options,
    log_options,
    log_text,
    read_history,
)

if TYPE_CHECKING:
    from interviewfit._command.hints import Step


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=LOG_HELP)
    form = parser.add_mutually_exclusive_group()
    as_json = "print the pass rates as a JSON list"
    form.add_argument("--json", action="store_true", help=as_json)
    preview = "show what each column is taken for, and believe nothing yet"
    form.add_argument("--preview", action="store_true", help=preview)
    add_explain(parser)
    add_log_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the pass rates of every log, or its preview; return the exit status."""
    from interviewfit._command.files import answer_files, read_bytes
    from interviewfit._command.hints import records_printer
    from interviewfit.history._pass_rates import estimate_pass_rates
    from interviewfit.logs._reader import read_log

    def answers(name: str) -> Sequence[object]:
        """The rates of a log, or its preview, by the name of its file."""
        raw = read_bytes(name)
        if options.preview:
            return [read_log(log_text(raw, name), preview=True, **log_options(options))]
        return [estimate_pass_rates(read_history(name, raw, options))]

    return answer_files(options, answers, records_printer(options, _next_step))


def _next_step(options: argparse.Namespace, answers: Sequence[object]) -> "Step":
    """What to do after a log was read: say what it holds, or use what it teaches.

    A preview is followed by the log itself, or by a column that is named where nothing
    could be read; rates by the review that uses them.

    Args:
        options, answers: Parsed, and the rates of each log, or its preview.
    """
    from interviewfit._command.hints import review_step, typed

    if not options.preview:
        return review_step(options, "To use these rates for your search")
    if all(getattr(answer, "rates", "") for answer in answers):
        left_out = ("--preview", "--explain")
        words = [word for word in options.words if word not in left_out]
        return "If all of this is right, type:", typed(options, *words)
    example = typed(options, *options.words, "--column", "status=Progress")
    return "Say which column is what, such as:", example
