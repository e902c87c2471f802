"""Words of the command line as options, and errors of one line with the nearest word.

Only the parser of the command that was typed is made.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from interviewfit._command.options import given
from interviewfit._command.screen import say, say_unwritten
from interviewfit._command.table import COMMANDS, PROGRAM, module_of

# Words that are less alike are not meant for each other.
_ALIKE = 0.75
_ABOUT = "Is the next interview worth your time, and if not, how do you leave?"


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Help in few lines: examples as they are typed, options on the line of their name.

    Python 3.14 would colour it; it is the same everywhere.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=24)


class CommandParser(argparse.ArgumentParser):
    """A parser whose errors are a line that says what is wrong and what is right.

    Attributes:
        example: What one types, for whoever left out what is needed.
        quoted: The same with a name in quotes; empty if it takes none.
    """

    example = quoted = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._positionals.title = "arguments"

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Write a message on standard error, and exit with a status.

        Args:
            status, message: The exit status, and what to write, if anything.
        """
        if message:
            say(message.rstrip())
        sys.exit(status if _is_written("") else 2)

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  # argparse's
        """Write the help on standard output, and exit with status 2 if that fails.

        Args:
            file: As argparse has it; nobody passes one.
        """
        if not _is_written(self.format_help()):
            sys.exit(2)

    def error(self, message: str) -> NoReturn:
        """Write what is wrong on standard error, and exit with status 2."""
        remedy = f"Type: {self.prog} --help"
        if unknown := re.match(r"unrecognized arguments: (-[^\s=]+)", message):
            options = [
                text for action in self._actions for text in action.option_strings
            ]
            message = f"there is no option {unknown[1]}"
            if meant := nearest(unknown[1], options):
                remedy = f"Did you mean {meant}?"
        elif needed := re.match(r"the following arguments are required: (.*)", message):
            names = needed[1].replace("-o/--output", "-o").split(", ")
            are = "are" if len(names) > 1 else "is"
            message = f"{', '.join(names)} {are} missing"
            remedy = f"Type, for example: {self.example}"
        elif needless := re.match(r"unrecognized arguments: (.*)", message):
            message = f"there is nothing to do with {needless[1]!r:.60}"
            if self.quoted:
                remedy = f"Put a name of several words in quotes: {self.quoted}"
        elif option := re.match(r"argument (\S+): (.*)", message):
            message = self._of_option(option[1].split("/")[-1], option[2])
        self.exit(2, f"{self.prog}: {message}. {remedy}\n")

    def refuse_idle(self, words: Sequence[str], options: argparse.Namespace) -> None:
        """Refuse an option that cannot have an effect.

        Args:
            words: What was typed after the name of the command.
            options: Parsed.

        Raises:
            SystemExit: With status 2 after a line on standard error that says which.
        """
        for idle in getattr(options, "idle", ()):
            beside = given(idle.other, words)
            if given(idle.option, words) and bool(beside) is not idle.is_needed:
                how = "without" if idle.is_needed else "beside"
                fault = f"{idle.option} has no effect {how} {idle.other}"
                self.exit(2, f"{self.prog}: {fault}. {idle.remedy}\n")
        for action in self._actions:
            count = sum(given(option, words) for option in action.option_strings)
            # Those that may be repeated add up.
            if count > 1 and not isinstance(action.default, list):
                shown = action.option_strings[-1]
                self.exit(2, f"{self.prog}: {shown} is there twice. Leave one out.\n")

    def _of_option(self, name: str, fault: str) -> str:
        """What is wrong with an option, as it follows the name of the command.

        What argparse says is for whoever writes programs: it counts arguments. Who
        types a command is told what to put after the option.

        Args:
            name: The option, such as ``"--budget"``.
            fault: What argparse says of it.
        """
        if match := re.match(r"not allowed with argument (\S+)", fault):
            return f"{name} and {match[1]} do not go together"
        if not fault.startswith("expected "):
            return f"{name} {fault}"
        for action in self._actions:
            if name in action.option_strings:
                shown = action.metavar or action.dest.upper()
                parts = (shown,) if isinstance(shown, str) else shown
                return f"{name} needs {' '.join(parts)} after it"
        return f"{name} needs more after it"


def _is_written(text: str) -> bool:
    """Whether text could be written on standard output; a line says why if not.

    Args:
        text: What to write; empty if there is no more to come.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough, as `head` has.
        sys.stdout = None
    except OSError as error:
        say_unwritten(error)
        sys.stdout = None  # Nor at the end.
        return False
    return True


def nearest(word: str, words: Sequence[str]) -> str:
    """The nearest of some words; empty if none is near.

    Args:
        word, words: What was typed, and what there is.

    >>> nearest("asses", ["assess", "plan"]), nearest("--lang", ["--language"])
    ('assess', '--language')
    """
    # Dashes are no likeness.
    bare = {text.lstrip("-"): text for text in words}
    wanted = word.lstrip("-")
    begin = [text for text in bare if wanted and text.startswith(wanted)]
    alike = begin if len(begin) == 1 else get_close_matches(wanted, bare, 1, _ALIKE)
    return bare[alike[0]] if alike else ""


def parse(words: Sequence[str], program: str = PROGRAM) -> argparse.Namespace:
    """The command and its options; ``command`` is None where no words were typed.

    Args:
        words: What was typed after the name of the program.
        program: The program as it was started, for answers that say what to type next.

    Raises:
        SystemExit: With status 2 after a line on standard error; with 0 after the help
            or the version.
    """
    if words and words[0] in COMMANDS:
        parser = command_parser(words[0])
        options = parser.parse_args(words[1:])
        parser.refuse_idle(words[1:], options)
        options.command = words[0]
    else:
        options = _parser().parse_args(words)
        if options.command is not None:
            _refuse(options.command, words)
    options.program, options.words = program, tuple(words)
    return options


def command_parser(name: str) -> CommandParser:
    """The parser of one command of ``COMMANDS``."""
    command = COMMANDS[name]
    parser = CommandParser(
        prog=f"{PROGRAM} {name}",
        description=f"{command.summary[0].upper()}{command.summary[1:]}.",
        epilog=_examples(command.examples),
        formatter_class=_Layout,
        add_help=False,
        allow_abbrev=False,
    )
    examples = [f"{PROGRAM} {example}" for example in command.examples]
    parser.example = examples[0]
    parser.quoted = next((line for line in examples if '"' in line), "")
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    module_of(name).add_options(parser)
    parser.usage = _usage(parser)
    return parser


def _parser() -> CommandParser:
    """The parser of what is typed without a command."""
    width = max(map(len, COMMANDS))
    commands = [
        f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items()
    ]
    examples = _examples(("", "new", "plan --help"))
    parser = CommandParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [--help] [--version] [COMMAND] ...",
        description=_ABOUT,
        epilog="\n".join(("commands:", *commands, examples)),
        formatter_class=_Layout,
        add_help=False,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("-h", "--help", action="help", help=argparse.SUPPRESS)
    add("--version", action=_Version, nargs=0, help=argparse.SUPPRESS)
    add("--explain", action="store_true", help=argparse.SUPPRESS)
    add("command", nargs="?", help=argparse.SUPPRESS)
    add("more", nargs="*", help=argparse.SUPPRESS)
    return parser


def whole_parser() -> argparse.ArgumentParser:
    """The parser of all commands, for a shell that completes a line."""
    parser = argparse.ArgumentParser(prog=PROGRAM)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--explain", action="store_true")
    commands = parser.add_subparsers()
    for name, command in COMMANDS.items():
        module_of(name).add_options(commands.add_parser(name, help=command.summary))
    return parser


class _Version(argparse.Action):
    """Prints the version, which takes a while to look up."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it, and exit with status 0."""
        from importlib.metadata import version

        parser.exit(0 if _is_written(f"{PROGRAM} {version(PROGRAM)}\n") else 2)


def _refuse(word: str, words: Sequence[str]) -> NoReturn:
    """Say that there is no such command, and what was probably meant.

    Args:
        word, words: The first word that is no option, and all words.
    """
    if word in COMMANDS:
        # Imported where somebody types it so.
        from interviewfit._text.names import quoted

        rest = [
            text for number, text in enumerate(words) if number != words.index(word)
        ]
        typed = " ".join((PROGRAM, word, *map(quoted, rest)))
        _parser().exit(2, f"{PROGRAM}: the command comes first. Type: {typed}\n")
    remedy = f"Type: {PROGRAM} --help"
    with suppress(OSError, ValueError):
        if Path(word).is_file():
            remedy = f"To plan this file, type: {PROGRAM} plan {word}"
    if meant := nearest(word, list(COMMANDS)):
        remedy = f"Did you mean {meant}?"
    _parser().exit(2, f"{PROGRAM}: there is no command {word!r:.60}. {remedy}\n")


def _usage(parser: argparse.ArgumentParser) -> str:
    """What to type, without naming every option."""
    several = {"+": "{} ...", "?": "[{}]"}
    files = [
        several.get(f"{action.nargs}", "{}").format(action.metavar or action.dest)
        for action in parser._get_positional_actions()  # noqa: SLF001  # no public list
    ]
    needed = [
        f"{action.option_strings[-1]} {action.metavar}"
        for action in parser._get_optional_actions()  # noqa: SLF001  # no public list
        if action.required
    ]
    optional = parser._get_optional_actions()  # noqa: SLF001  # no public list
    more = ["[options]"] if len(optional) > 1 + len(needed) else []
    return " ".join((parser.prog, *files, *needed, *more))


def _examples(examples: Sequence[str]) -> str:
    """Examples as they are typed, under a heading."""
    lines = (f"  {PROGRAM} {text}".rstrip() for text in examples)
    return "\n".join(("examples:", *lines))
