"""The command ``replay``: how well the model would have forecast a log."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewfit._command.options import add_explain
from interviewfit._command.tracker_log import LOG_HELP, add_log_options, read_history

if TYPE_CHECKING:
    from interviewfit._command.hints import Step
    from interviewfit.history._backtest import Backtest

# A score that is higher by less is as good.
_WORSE = 1.02


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=LOG_HELP)
    as_json = "print the predictions as a JSON list"
    parser.add_argument("--json", action="store_true", help=as_json)
    add_explain(parser)
    add_log_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the forecasts of every log beside what came; return the exit status."""
    from interviewfit._command.files import answer_files, read_bytes
    from interviewfit._command.hints import records_printer
    from interviewfit.history._backtest import replay

    return answer_files(
        options,
        lambda name: [replay(read_history(name, read_bytes(name), options))],
        records_printer(options, _next_step),
    )


def _next_step(options: argparse.Namespace, tests: "Sequence[Backtest]") -> "Step":
    """What to do after a replay: use the log or not, or wait for more answers.

    A log that has forecast worse than the defaults is better left out of a plan; one
    without any outcome cannot tell.

    Args:
        options, tests: Parsed, and the backtest of each log; the first counts.
    """
    from interviewfit._command.hints import review_step, typed

    learned, usual = tests[0].score("learned"), tests[0].score("default")
    if learned is None or usual is None:
        return ("Keep the log, and type this again once more answers have come.",)
    if learned.brier > _WORSE * usual.brier:
        step = "Your log has forecast worse than the defaults, so plan without it:"
        return step, typed(options, "plan", "my.json")
    return review_step(options, "Your log forecasts as well as the defaults. To use it")
