"""
The same from a shell: ``python -m interviewfit``.

With no argument it assesses and plans the example that comes with the package. Exit
status 0, or 2 with one line for every fault in what it was given.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path

from interviewfit.assessment import Assessment, assess
from interviewfit.codec import LONGEST, dumps, loads
from interviewfit.errors import DecodeError, InterviewFitError
from interviewfit.portfolio import Plan, plan
from interviewfit.search import Search

__all__ = ["main"]

# One more than is read, so that too long a file is told from a long one.
_MOST = 4 * LONGEST + 1


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

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
    status = 0
    found: list[Assessment | Plan] = []
    for name in options.files:
        # One bad file loses nothing of the others.
        try:
            search = loads(_read(name), Search)
            if options.command == "plan":
                found.append(_plan(search, options.budget, options.slots))
            else:
                found.extend(_assess(search))
        except InterviewFitError as error:
            faults = error.faults if isinstance(error, DecodeError) else (str(error),)
            sys.stderr.writelines(f"{name}: {fault}\n" for fault in faults)
            status = 2
    sys.stdout.write(_json(found) if options.json else _advice(found))
    return status


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


def _advice(found: Sequence[Assessment | Plan]) -> str:
    return "".join(f"{one}\n\n" for one in found)


def _json(found: Sequence[Assessment | Plan]) -> str:
    """
    All answers as one list, so that the output is one document.
    """
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
    assessing.add_argument(
        "--json", action="store_true", help="print the assessments as a JSON list"
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
        "--budget", type=float, metavar="HOURS", help="hours there are for all of it"
    )
    planning.add_argument(
        "--slots", type=int, metavar="N", help="how many can be under way at once"
    )
    commands.add_parser("example", help="print a JSON file to start your own from")
    return parser


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
    if not raw.strip() and len(raw) <= LONGEST:
        raise DecodeError("Search", ["it is empty. Start from the example."])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DecodeError(
            "Search", ["it is not UTF-8 text. Save it as UTF-8."]
        ) from None


if __name__ == "__main__":
    sys.exit(main())
