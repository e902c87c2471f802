"""The same from a shell: ``python -m interviewfit``.

With no argument it assesses and plans the example that comes with the package. Exit
status 0, or 2 with one line for every fault in what it was given.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import TypeAlias

from interviewfit._assessment.assessing import Assessment, assess
from interviewfit._importer import add_command, import_postings, report_faults
from interviewfit._model.search import Search
from interviewfit._portfolio.planning import Plan, plan
from interviewfit.errors import DecodeError, InterviewFitError
from interviewfit.extra import _command as command
from interviewfit.history._backtest import Backtest, replay
from interviewfit.history._log import History
from interviewfit.history._review import Review, review
from interviewfit.logs._reader import read_log
from interviewfit.schema._json import MAX_CHARACTERS, dumps, loads
from interviewfit.sensitivity._summary import advise

__all__ = ["main"]

_Answer: TypeAlias = Assessment | Plan | Backtest | Review

# One more than is read, so that too long a file is told from a long one.
_MOST = 4 * MAX_CHARACTERS + 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What follows the program's name; by default the shell's.

    Returns:
        The exit status: 0, or 2 on bad input.
    """
    options = _parser().parse_args(arguments)
    # Advice has signs a legacy console cannot show; better a "?" than a crash.
    # JSON is UTF-8 whatever the console.
    encoding = "utf-8" if getattr(options, "json", False) else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=encoding)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` does. Python would complain
        # once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"cannot write: {(error.strerror or str(error)).lower()}\n")
        return 2
    return status


def _run(options: argparse.Namespace) -> int:
    if options.command == "example":
        sys.stdout.write(_example())
        return 0
    if options.command is None:
        sys.stdout.write(
            "An example that comes with the package. Start your own with\n"
            "`python -m interviewfit example > my.json`, then "
            "`python -m interviewfit assess my.json`.\n\n"
        )
        search = loads(_example(), Search)
        sys.stdout.write(_advice([*_assess(search), _plan(search)]))
        return 0
    if options.command == "read":
        return import_postings(options, _read)
    if options.command == "score":
        return command.run(options, _read)
    history = None
    if log := getattr(options, "log", None):
        try:
            history = _log(log)
        except InterviewFitError as error:
            return report_faults(log, error)
    status = 0
    found: list[_Answer] = []
    for name in options.files:
        # One bad file loses nothing of the others.
        try:
            found.extend(_answers(name, options, history))
        except InterviewFitError as error:
            status = report_faults(name, error)
    deep = getattr(options, "deep", False)
    sys.stdout.write(_json(found) if options.json else _advice(found, deep))
    return status


def _answers(
    name: str, options: argparse.Namespace, history: History | None
) -> Sequence[_Answer]:
    if options.command == "replay":
        return [replay(_log(name))]
    search = loads(_read(name), Search)
    if options.command == "review":
        return [review(search, history, options.today)]
    if options.command == "plan":
        return [_plan(search, options.budget, options.slots)]
    return _assess(search)


def _assess(search: Search) -> list[Assessment]:
    return [
        assess(search.candidate, one, assumptions=search.assumptions)
        for one in search.opportunities
    ]


def _plan(
    search: Search, budget: float | None = None, slots: int | None = None
) -> Plan:
    return plan(
        search.candidate,
        search.opportunities,
        assumptions=search.assumptions,
        budget=budget,
        slots=slots,
    )


def _log(name: str) -> History:
    """Somebody's log, with what was left out of it on standard error."""
    found = read_log(_read(name))
    sys.stderr.writelines(f"{name}: {one}\n" for one in found.warnings)
    return found.history


def _advice(found: Sequence[_Answer], deep: bool = False) -> str:
    parts = []
    for one in found:
        more = advise(one) if deep and isinstance(one, Assessment) else ""
        parts.append(f"{one}\n")
        parts.extend(f"  {line}\n" for line in more.splitlines())
        parts.append("\n")
    return "".join(parts)


def _json(found: Sequence[_Answer]) -> str:
    """All answers as one list, so that the output is one document."""
    return "[\n" + ",\n".join(dumps(one).rstrip() for one in found) + "\n]\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="interviewfit",
        description="Is the next interview worth your time, and if not, how do you "
        "leave? Without a command, an example is assessed.",
    )
    commands = parser.add_subparsers(dest="command")
    assessing = commands.add_parser(
        "assess", help="advice for every opportunity in the files"
    )
    assessing.add_argument(
        "files", nargs="+", metavar="FILE", help="JSON file, or - for standard input"
    )
    form = assessing.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print the assessments as a JSON list"
    )
    form.add_argument(
        "--deep",
        action="store_true",
        help="add what would change each answer, and what to ask first",
    )
    planning = commands.add_parser(
        "plan", help="in which order to go on with all processes of a file"
    )
    planning.add_argument(
        "files", nargs="+", metavar="FILE", help="JSON file, or - for standard input"
    )
    planning.add_argument(
        "--json", action="store_true", help="print the plans as a JSON list"
    )
    planning.add_argument(
        "--budget", type=_hours, metavar="HOURS", help="hours there are for all of it"
    )
    planning.add_argument(
        "--slots", type=int, metavar="N", help="how many can be under way at once"
    )
    add_command(commands)
    replaying = commands.add_parser(
        "replay", help="how well the stages of a log would have been foretold"
    )
    replaying.add_argument("files", nargs="+", metavar="FILE", help="a tracker's log")
    replaying.add_argument(
        "--json", action="store_true", help="print the predictions as a JSON list"
    )
    reviewing = commands.add_parser(
        "review", help="one line for each live process of a file"
    )
    reviewing.add_argument("files", nargs="+", metavar="FILE", help="JSON file")
    reviewing.add_argument(
        "--json", action="store_true", help="print the reviews as a JSON list"
    )
    reviewing.add_argument("--log", metavar="FILE", help="your own tracker's log")
    reviewing.add_argument(
        "--today",
        type=_day,
        metavar="DATE",
        help="the day the log is complete up to, such as 2025-06-24",
    )
    command.add_arguments(
        commands.add_parser("score", help="advice for every row of a table")
    )
    commands.add_parser("example", help="print a JSON file to start your own from")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"must be a date such as 2025-06-24, got {text!r:.60}"
        raise argparse.ArgumentTypeError(message) from None


def _hours(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        message = f"must be a number such as 8, got {text!r:.60}"
        raise argparse.ArgumentTypeError(message) from None


def _example() -> str:
    return files("interviewfit").joinpath("data/example.json").read_text("utf-8")


def _read(name: str) -> str:
    try:
        if name == "-":
            stdin = getattr(sys.stdin, "buffer", None)
            raw = sys.stdin.read().encode() if stdin is None else stdin.read(_MOST)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(_MOST)
    except (OSError, ValueError) as error:
        # A name that no file can have is a ValueError, as with a null byte in it.
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DecodeError("Search", [f"{reason}. Check the name."]) from None
    if len(raw) == _MOST:
        raise DecodeError("Search", [f"it has more than {_MOST - 1:,} bytes."])
    if not raw.strip() and len(raw) <= MAX_CHARACTERS:
        raise DecodeError("Search", ["it is empty. Start from the example."])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DecodeError(
            "Search", ["it is not UTF-8 text. Save it as UTF-8."]
        ) from None


if __name__ == "__main__":
    sys.exit(main())
