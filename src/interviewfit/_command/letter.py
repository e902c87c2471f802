"""The command ``letter``: what to write or say about one opportunity of a file."""

import argparse

from interviewfit._command.options import add_today
from interviewfit.errors import InterviewFitError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command; ``letter`` refuses what it does not know."""
    add = parser.add_argument
    add("file", metavar="FILE", help="a file, or - for standard input")
    name = "the opportunity; not needed if it is the only"
    add("name", metavar="NAME", nargs="?", help=name)
    for option, metavar, default, text in (
        ("--channel", "CHANNEL", "email", "email, message, or call (also in the room)"),
        ("--language", "CODE", "en", "en, de, fr or es"),
        ("--form", "FORM", "short", "short, or full: a little more"),
        ("--to", "NAME", "", "who reads or hears it, such as 'Ms Lee'"),
        ("--recommend", "NAME", "", "somebody better suited, whom you name to them"),
        ("--when", "DATE", "", "a date to suggest, or a deadline, in your words"),
        ("--purpose", "PURPOSE", "", "what it is for, such as hurry or follow_up"),
    ):
        add(option, metavar=metavar, default=default, help=text)
    reason = "give a reason: your own words, or else that of the answer"
    add_today(parser)
    add("--reason", nargs="?", const=True, default="", metavar="TEXT", help=reason)


def run(options: argparse.Namespace) -> int:
    """Write a letter on standard output, and return the exit status.

    It is 0, or 2 with every fault on standard error and nothing on standard output.
    """
    from interviewfit._command.assess import assess_one
    from interviewfit._command.files import find_job, read_search, report_faults
    from interviewfit._command.present_day import present_day
    from interviewfit._command.screen import write
    from interviewfit.letters import letter

    try:
        search = read_search(options.file)
        job = find_job(options, search)
        text = letter(
            assess_one(search, job, present_day(options, search)),
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
    write(f"{text}\n")
    return 0
