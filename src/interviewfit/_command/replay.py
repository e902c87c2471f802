"""The command ``replay``: how well the model would have forecast a log."""

import argparse

from interviewfit._command.options import add_explain
from interviewfit._command.tracker_log import LOG_HELP, add_log_options, read_history


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
        records_printer(options),
    )
