"""The command ``letter``: what to write or say about one opportunity of a file."""

import argparse
import sys
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from interviewfit._assessment.assessing import assess
from interviewfit._importer import report_faults
from interviewfit._model.decision import Search
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import canonical
from interviewfit.errors import InterviewFitError, InvalidFieldError
from interviewfit.letters import CHANNELS, FORMS, LANGUAGES, PURPOSES, letter
from interviewfit.schema._json import loads

_MOST_SHOWN = 10


def add_letter_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add the command ``letter`` to a parser's commands."""
    help_line = "what to write or say to the employer about one opportunity"
    add = commands.add_parser("letter", help=help_line).add_argument
    add("file", metavar="FILE", help="JSON file, or - for standard input")
    add("name", metavar="NAME", help="the name of the opportunity")
    allowed = dict.fromkeys(purpose for group in PURPOSES.values() for purpose in group)
    purposes = (
        f"what it is for, if not for the advised action: {', '.join(allowed)}; where "
        "the process stands decides which of these suit"
    )
    for option, choices, default, text in (
        ("--channel", CHANNELS, "email", "a call is also what you say in the room"),
        ("--language", LANGUAGES, "en", "the language of the letter"),
        ("--form", FORMS, "short", "what is needed, or a little more"),
    ):
        add(option, choices=choices, default=default, help=text)
    for option, metavar, text in (
        ("--to", "NAME", "who reads or hears it, such as 'Ms Lee'"),
        ("--recommend", "NAME", "somebody better suited, whom you name to them"),
        ("--when", "DATE", "a date to suggest, or a deadline, in your words"),
        ("--purpose", "PURPOSE", purposes),
    ):
        add(option, metavar=metavar, default="", help=text)
    reason = (
        "give a reason: your own words, or the reason of the answer where it is fit"
    )
    add("--reason", nargs="?", const=True, default="", metavar="TEXT", help=reason)


def write_letter(options: argparse.Namespace, read: Callable[[str], str]) -> int:
    """Write a letter on standard output, and return the exit status.

    Args:
        options: Parsed arguments of the command that ``add_letter_command`` adds.
        read: Returns the text of a file by its name.

    Returns:
        0, or 2 with every fault on standard error and nothing on standard output.
    """
    try:
        search = loads(read(options.file), Search)
        job = _opportunity(search, options.name)
        text = letter(
            assess(search.candidate, job, assumptions=search.assumptions),
            options.channel,
            to=options.to,
            reason=options.reason,
            recommend=options.recommend,
            when=options.when,
            language=options.language,
            form=options.form,
            purpose=options.purpose,
        )
    except InterviewFitError as error:
        return report_faults(options.file, error)
    sys.stdout.write(f"{text}\n")
    return 0


def _opportunity(search: Search, name: str) -> Opportunity:
    """The opportunity of a name in a search; case and spaces do not count.

    Args:
        search, name: Where to look, and for what.

    Raises:
        InvalidFieldError: If none is called so; the error shows those that are.
    """
    jobs = {canonical(job.name): job for job in search.opportunities}
    wanted = canonical(name)
    if wanted in jobs:
        return jobs[wanted]
    close = get_close_matches(wanted, jobs, _MOST_SHOWN) or list(jobs)[:_MOST_SHOWN]
    names = ", ".join(repr(jobs[key].name) for key in close)
    expected = "the name of an opportunity in the file"
    raise InvalidFieldError("NAME", expected, name, f"There is {names}.")
