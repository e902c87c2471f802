"""One run of the command line: what it prints where, and how it ends.

The exit status is 0; 2 after a line on standard error for every fault in the input; or
130 where somebody stopped it. A command writes its output at the end, so that nothing
is ever half written; `assess --explain`, which may take long, one answer after another.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from interviewfit._command.parsing import parse
from interviewfit._command.screen import say, say_unwritten
from interviewfit._command.table import PROGRAM, module_of
from interviewfit.errors import InterviewFitError, MissingPackageError, faults_of

_BAD_INPUT, _STOPPED = 2, 130
# What assess has worked out it has printed.
_ON_STOP = {"score": "type the same again to go on", "assess": "no file was written"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status, 0, or 2 on bad input.

    Args:
        arguments: The words that follow the program's name; by default the shell's.
    """
    options = None
    try:
        if arguments is None:
            if "_ARGCOMPLETE" in os.environ:
                _complete()
            options = parse(sys.argv[1:], program_as_typed())
        else:
            options = parse(arguments)
        return _run(options)
    except KeyboardInterrupt:
        command = "" if options is None else options.command
        say(f"stopped; {_ON_STOP.get(command, 'nothing was written')}")
        return _STOPPED


def _run(options: argparse.Namespace) -> int:
    """Run the command that the options name, and return the exit status."""
    # Advice has signs that a legacy console cannot show; better a "?" than a crash.
    # JSON is UTF-8 whatever the console.
    encoding = "utf-8" if getattr(options, "json", False) else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=encoding)
    if isinstance(sys.stdin, TextIOWrapper):
        # An answer that is no text is refused as any wrong answer.
        sys.stdin.reconfigure(errors="surrogateescape")
    if sys.stdout is None:
        say("cannot write: standard output is closed")
        return _BAD_INPUT
    try:
        status = int(module_of(options.command or "plan").run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe, as `head` does; closing it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MissingPackageError as error:
        from interviewfit._command.files import how_to_install

        say(how_to_install(error))
        return _BAD_INPUT
    except InterviewFitError as error:
        say(*faults_of(error))
        return _BAD_INPUT
    except OSError as error:
        say_unwritten(error)
        return _BAD_INPUT
    return status


def _complete() -> None:
    """Answer the shell that asks how a line could go on, if argcomplete is there."""
    from interviewfit._command.parsing import whole_parser
    from interviewfit.extra._completion import complete

    with suppress(MissingPackageError):
        complete(whole_parser())


def program_as_typed() -> str:
    """The program as somebody can type it again, such as ``.venv/bin/interviewfit``."""
    started, typed = Path(sys.argv[0]), list(sys.orig_argv)
    if started.stem != PROGRAM:
        return f"{typed[0]} -m {PROGRAM}" if "-m" in typed[:-1] else PROGRAM
    on_path = shutil.which(PROGRAM)
    if on_path and Path(on_path).absolute() == started.absolute():
        return PROGRAM
    name = os.path.relpath(started)
    return str(started) if name.startswith("..") else name
