"""The command line: ``python -m interviewfit``.

Without a command it assesses and plans the example that comes with the package. The
exit status is 0, or 2 with one line on standard error for every fault in the input.
"""

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeAlias

from attrs import evolve

from interviewfit._assessment.assessing import Assessment, assess
from interviewfit._importer import (
    add_command,
    add_log_options,
    import_postings,
    log_options,
    log_text,
    read_history,
    report_faults,
)
from interviewfit._letter_command import add_letter_command, write_letter
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate
from interviewfit._portfolio.planning import Plan, plan
from interviewfit._reading.dates import parse_iso_date
from interviewfit._text.plan_text import unmet_notes
from interviewfit.errors import (
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    MissingPackageError,
    faults_of,
)
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.progress import bar
from interviewfit.history._backtest import Backtest, replay
from interviewfit.history._log import History
from interviewfit.history._pass_rates import PassRates, estimate_pass_rates
from interviewfit.history._review import Review, review
from interviewfit.logs._preview import LogPreview
from interviewfit.logs._reader import read_log
from interviewfit.schema._json import MAX_CHARACTERS, dumps, loads
from interviewfit.sensitivity._summary import advise

__all__ = ["main"]

_Answer: TypeAlias = Assessment | Plan | Backtest | Review | PassRates | LogPreview

# One byte more than the longest file, so that a file that is too long is recognised.
_MAX_BYTES = 4 * MAX_CHARACTERS + 1
_WELCOME = """\
An example that comes with the package. Start your own with
`python -m interviewfit example > my.json`, then \
`python -m interviewfit assess my.json`.

"""
_JSON_FILE = "JSON file, or - for standard input"
# Commands that answer about files: what they print, of which files, and its name.
_ANSWERING = {
    "assess": ("advice for every opportunity in the files", _JSON_FILE, "assessments"),
    "plan": (
        "in which order to go on with the opportunities of a file",
        _JSON_FILE,
        "plans",
    ),
    "log": (
        "what a tracker's log teaches: pass rates and waits, or a preview of the file",
        "a tracker's log, or - for standard input",
        "pass rates",
    ),
    "replay": (
        "how well the model would have forecast the stages in a log",
        "a tracker's log, or - for standard input",
        "predictions",
    ),
    "review": (
        "one line for each running opportunity of a file",
        _JSON_FILE,
        "reviews",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status, 0, or 2 on bad input.

    Args:
        arguments: The words that follow the program's name; by default the shell's.
    """
    options = _parser().parse_args(arguments)
    # Advice has signs that a legacy console cannot show; better a "?" than a crash.
    # JSON is UTF-8 whatever the console.
    encoding = "utf-8" if getattr(options, "json", False) else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=encoding)
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe, as `head` does; closing it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"cannot write: {(error.strerror or str(error)).lower()}\n")
        return 2
    return status


def _run(options: argparse.Namespace) -> int:
    """Run the command that the options name, and return the exit status."""
    match options.command:
        case "example":
            sys.stdout.write(_example())
        case None:
            search = loads(_example(), Search)
            jobs, numbers = search.opportunities, search.assumptions
            order = plan(search.candidate, jobs, assumptions=numbers)
            sys.stdout.write(_WELCOME + _as_text([*_assess_all(search), order]))
        case "read":
            return import_postings(options, _read_bytes)
        case "score":
            return _score(options)
        case "letter":
            return write_letter(options, _read)
        case _:
            return _answer(options)
    return 0


def _answer(options: argparse.Namespace) -> int:
    """Print the answers about all files of a command, and return the exit status."""
    history = None
    if log := getattr(options, "log", None):
        try:
            history = read_history(log, _read_bytes(log), options)
        except InterviewFitError as error:
            return report_faults(log, error)
    status = 0
    answers: list[_Answer] = []
    for name in options.files:  # A bad file does not stop the others.
        try:
            answers.extend(_answers_about(name, options, history))
        except InterviewFitError as error:
            status = report_faults(name, error)
    if options.json:  # One list, so that the output is one document.
        records = ",\n".join(dumps(_whole(answer)).rstrip() for answer in answers)
        sys.stdout.write(f"[\n{records}\n]\n")
    else:
        sys.stdout.write(_as_text(answers, deep=getattr(options, "deep", False)))
    return status


def _answers_about(
    name: str, options: argparse.Namespace, history: History | None
) -> Sequence[_Answer]:
    """The answers of a command about one file.

    Args:
        name: The file; ``"-"`` for standard input.
        options: The parsed command and its options.
        history: The candidate's own log, for reviews; None without one.

    Raises:
        DecodeError: If the file cannot be read, or is not what the command takes.
    """
    if options.command in ("log", "replay"):
        raw = _read_bytes(name)
        if getattr(options, "preview", False):
            return [read_log(log_text(raw), preview=True, **log_options(options))]
        history = read_history(name, raw, options)
        learn = estimate_pass_rates if options.command == "log" else replay
        return [learn(history)]
    search = loads(_read(name), Search)
    if options.command != "plan" or options.json:
        sys.stderr.writelines(f"{name}: {note}\n" for note in unmet_notes(search))
    if options.command == "review":
        return [review(search, history, options.today)]
    if options.command == "assess":
        return _assess_all(search)
    order = plan(
        search.candidate,
        search.opportunities,
        assumptions=search.assumptions,
        budget=options.budget,
        slots=options.slots,
    )
    return [order]


def _assess_all(search: Search) -> list[Assessment]:
    """An assessment of every opportunity of a search, each by itself."""
    who, numbers = search.candidate, search.assumptions
    return [assess(who, job, assumptions=numbers) for job in search.opportunities]


def _whole(answer: _Answer) -> _Answer:
    """An answer to be written; an assessment with its reasons, which it works out."""
    if not isinstance(answer, Assessment):
        return answer
    return evolve(answer, reasons=answer.reasons)


def _as_text(answers: Sequence[_Answer], *, deep: bool = False) -> str:
    """Answers in plain text, a blank line after each.

    Args:
        answers: Results that print themselves.
        deep: Whether to add to an assessment what would change it and what to ask.
    """
    lines: list[str] = []
    for answer in answers:
        lines.append(f"{answer}\n")
        if deep and isinstance(answer, Assessment):
            further = [*str(answer.reasons).splitlines(), *advise(answer).splitlines()]
            lines.extend(f"  {line}\n" for line in further)
        lines.append("\n")
    return "".join(lines)


def _score(options: argparse.Namespace) -> int:
    """Score a file or directory of rows, and return the exit status."""
    processes, assumptions = {}, None
    try:
        text = _read(options.candidate)
        if '"opportunities"' in text:  # A search holds its candidate.
            search = loads(text, Search)
            candidate, assumptions = search.candidate, search.assumptions
            processes = {job.name: job.stages for job in search.opportunities}
        else:
            candidate = loads(text, Candidate)
    except InterviewFitError as error:
        return report_faults(options.candidate, error)
    progress = None
    if sys.stderr.isatty():
        with suppress(MissingPackageError):
            progress = bar(unit=" rows", unit_scale=True, leave=False)
    try:
        with warnings.catch_warnings(record=True) as caught:
            rows = score_parquet(
                None,
                options.source,
                options.output,
                candidate,
                constants=dict(map(_constant, options.set)),
                processes=processes,
                assumptions=assumptions,
                terms=options.terms,
                progress=progress,
            )
    except InterviewFitError as error:
        sys.stderr.writelines(f"{fault}\n" for fault in faults_of(error))
        return 2
    sys.stderr.writelines(dict.fromkeys(f"{item.message}\n" for item in caught))
    sys.stderr.write(f"{rows:,} rows scored into {options.output}\n")
    return 0


def _constant(text: str) -> tuple[str, Any]:
    """The name and the value in ``NAME=VALUE``: a truth value, a number or a word."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise InvalidFieldError("--set", "NAME=VALUE", text, "Such as pay.sd=5.")
    if value in {"true", "false"}:
        return name.strip(), value == "true"
    with suppress(ValueError):
        return name.strip(), float(value)
    return name.strip(), value


def _parser() -> argparse.ArgumentParser:
    """The parser of the command line, with all commands."""
    parser = argparse.ArgumentParser(
        prog="interviewfit",
        description="Is the next interview worth your time, and if not, how do you "
        "leave? Without a command, an example is assessed.",
    )
    commands = parser.add_subparsers(dest="command")
    for name, (about, source, answers) in _ANSWERING.items():
        command = commands.add_parser(name, help=about)
        command.add_argument("files", nargs="+", metavar="FILE", help=source)
        form = command.add_mutually_exclusive_group()
        as_json = f"print the {answers} as a JSON list"
        form.add_argument("--json", action="store_true", help=as_json)
        if name == "assess":
            deep = (
                "add what each thing you said does to the answer, what would change "
                "it, and what to ask first"
            )
            form.add_argument("--deep", action="store_true", help=deep)
        elif name == "plan":
            budget = "hours that you have for all interviews"
            command.add_argument("--budget", type=_hours, metavar="HOURS", help=budget)
            slots = "how many opportunities can be under way at once"
            command.add_argument("--slots", type=int, metavar="N", help=slots)
        elif name == "review":
            log = "your own tracker's log"
            command.add_argument("--log", metavar="FILE", help=log)
            today = "the day up to which the log is complete, such as 2025-06-24"
            command.add_argument("--today", type=_day, metavar="DATE", help=today)
        elif name == "log":
            preview = "show what each column is taken for, and believe nothing yet"
            form.add_argument("--preview", action="store_true", help=preview)
        if name in ("log", "replay", "review"):
            add_log_options(command)
    add_command(commands)
    add_letter_command(commands)
    command = commands.add_parser("score", help="advice for every row of a table")
    source = "parquet or CSV, or a directory of parquet files"
    command.add_argument("source", metavar="FILE", help=source)
    candidate = (
        "who decides: a candidate, or a search as `assess` takes it; the "
        "column process may then name its opportunities"
    )
    command.add_argument("--candidate", required=True, metavar="JSON", help=candidate)
    output = "parquet or CSV, or a directory; run again to finish what was interrupted"
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=output)
    constant = "a value for all rows, such as process=corporate or pay.sd=5"
    command.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help=constant
    )
    terms = "add the terms of which every value is made"
    command.add_argument("--terms", action="store_true", help=terms)
    commands.add_parser("example", help="print a JSON file to start your own from")
    return parser


def _day(text: str) -> date:
    """A date in ISO form, as an option gives it."""
    if day := parse_iso_date(text):
        return day
    message = f"must be a date such as 2025-06-24, got {text!r:.60}"
    raise argparse.ArgumentTypeError(message)


def _hours(text: str) -> float:
    """A number of hours, as an option gives it."""
    with suppress(ValueError):
        return float(text)
    message = f"must be a number such as 8, got {text!r:.60}"
    raise argparse.ArgumentTypeError(message)


def _example() -> str:
    """The JSON text of the search that comes with the package."""
    return files("interviewfit").joinpath("data/example.json").read_text("utf-8")


def _read(name: str) -> str:
    """The text of a file, or of standard input for ``"-"``.

    Raises:
        DecodeError: If it cannot be read, is empty, too long, or not UTF-8.
    """
    raw = _read_bytes(name)
    if not raw.strip() and len(raw) <= MAX_CHARACTERS:
        raise DecodeError(
            "Search", ["it is empty. Start from the output of the command `example`."]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = "it is not UTF-8 text. Save it as UTF-8."
        raise DecodeError("Search", [fault]) from None


def _read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``"-"``.

    Raises:
        DecodeError: If it cannot be read or is too long.
    """
    try:
        if name == "-":
            stdin = getattr(sys.stdin, "buffer", None)
            raw = sys.stdin.read().encode() if stdin is None else stdin.read(_MAX_BYTES)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(_MAX_BYTES)
    except (OSError, ValueError) as error:
        # A name that no file can have is a ValueError, as with a null byte in it.
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DecodeError("Search", [f"{reason}. Check the name."]) from None
    if len(raw) == _MAX_BYTES:
        raise DecodeError("Search", [f"it has more than {_MAX_BYTES - 1:,} bytes."])
    return bytes(raw)


if __name__ == "__main__":
    sys.exit(main())
