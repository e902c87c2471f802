"""The commands: what each does, an example or two, and the module that runs it.

Nothing else is imported, so that ``--help`` costs next to nothing. The module of a
command has ``add_options(parser)`` and ``run(options)``, which returns the exit status.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

PROGRAM = "interviewfit"
"""The name of the program, as installed."""


class Command(NamedTuple):
    """A command of the command line.

    Attributes:
        summary: What it does, in a line.
        examples: What one types after the name of the program.
    """

    summary: str
    examples: tuple[str, ...]


COMMANDS: Mapping[str, Command] = {
    "new": Command(
        "ask a few questions and write a file of your own, my.json",
        ("new", "new spring.json"),
    ),
    "plan": Command(
        "what to do about each opportunity of a file, in which order",
        ("plan my.json", "plan my.json --budget 8"),
    ),
    "why": Command(
        "why one opportunity has its advice, and how to leave it",
        ('why my.json "Acme, analyst"', 'why my.json "Acme, analyst" --explain'),
    ),
    "assess": Command(
        "advice for every opportunity of a file",
        ("assess my.json", "assess my.json --deep"),
    ),
    "edit": Command(
        "add what is new to an opportunity, or another one",
        ("edit my.json", 'edit my.json "Acme, analyst"', "edit my.json --add"),
    ),
    "letter": Command(
        "what to write or say to the employer",
        (
            'letter my.json "Acme, analyst" --to "Ms Lee"',
            'letter my.json "Acme, analyst" --channel call',
        ),
    ),
    "review": Command(
        "one line for each running opportunity of a file",
        ("review my.json", "review my.json --log my-log.csv"),
    ),
    "read": Command(
        "turn job postings into a file to plan",
        ("read posting.html --pay 85000 EUR > my.json",),
    ),
    "log": Command(
        "what a tracker's log teaches: pass rates and waits",
        ("log my-log.csv --preview", "log my-log.csv"),
    ),
    "replay": Command(
        "how well the model would have forecast the stages in a log",
        ("replay my-log.csv",),
    ),
    "score": Command(
        "advice for every row of a table",
        ("score jobs.csv --candidate my.json -o scored.csv",),
    ),
    "mcp": Command(
        "serve the answers as tools to an agent, by the Model Context Protocol",
        ("mcp",),
    ),
    "schema": Command(
        "print the JSON Schema of a record",
        ("schema Search", "schema Plan > plan.schema.json"),
    ),
    "example": Command(
        "print a file to start your own from",
        ("example > my.json",),
    ),
}
"""The commands by name, in the order in which ``--help`` lists them."""

_HOMES: Mapping[str, str] = {name: f"{__package__}.{name}" for name in COMMANDS}


def module_of(name: str) -> ModuleType:
    """The module of a command, with ``add_options`` and ``run``."""
    return import_module(_HOMES[name])
