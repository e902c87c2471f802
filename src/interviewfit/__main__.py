"""
The same from a shell: ``python -m interviewfit``.

With no argument it assesses the example that comes with the package. Exit status
0, or 2 with one line for every fault in what it was given.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from interviewfit.assessment import assess
from interviewfit.codec import LONGEST, dumps, loads
from interviewfit.errors import DecodeError, InterviewFitError
from interviewfit.explanation import explain
from interviewfit.search import Search

__all__ = ["main"]


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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if options.command == "example":
            sys.stdout.write(_example())
            return 0
        if options.command == "assess":
            for name in options.files:
                _assess(_read(name), name, as_json=options.json)
            return 0
        sys.stdout.write(
            "An example that comes with the package. Start your own with\n"
            "`python -m interviewfit example > my.json`, then "
            "`python -m interviewfit assess my.json`.\n\n"
        )
        _assess(_example(), "example", as_json=False)
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` does.
        sys.stderr.close()
    except InterviewFitError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


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
        "--json", action="store_true", help="print the assessments as JSON"
    )
    commands.add_parser("example", help="print a JSON file to start your own from")
    return parser


def _example() -> str:
    return files("interviewfit").joinpath("data/example.json").read_text("utf-8")


def _read(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read(LONGEST + 1)
        with Path(name).open(encoding="utf-8") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DecodeError("Search", [f"{name}: {reason}. Check the name."]) from None
    except UnicodeDecodeError:
        fault = f"{name}: it is not UTF-8 text. Save it as UTF-8."
        raise DecodeError("Search", [fault]) from None


def _assess(text: str, name: str, *, as_json: bool) -> None:
    try:
        search = loads(text, Search)
    except DecodeError as error:
        raise DecodeError(
            error.kind, [f"{name}: {fault}" for fault in error.faults]
        ) from None
    for opportunity in search.opportunities:
        found = assess(search.candidate, opportunity, assumptions=search.assumptions)
        sys.stdout.write(dumps(found) if as_json else f"{explain(found)}\n\n")


if __name__ == "__main__":
    sys.exit(main())
