"""Files that a command reads, and lines on standard error about them."""

import argparse
import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from interviewfit._command.screen import say, say_above
from interviewfit._command.shell_words import in_shell_words
from interviewfit._command.table import PROGRAM
from interviewfit._model.decision import Search
from interviewfit._model.fields import canonical
from interviewfit.errors import (
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    MissingPackageError,
    faults_of,
    visible,
)
from interviewfit.schema._json import MAX_CHARACTERS, dumps, loads

if TYPE_CHECKING:
    from interviewfit._model.domain import Opportunity

T = TypeVar("T")

# The keys of a search.
_KEYS = ("candidate", "opportunities")

# One byte more than the longest file, so that a file that is too long is recognised.
_MAX_BYTES = 4 * MAX_CHARACTERS + 1


def example_text() -> str:
    """The JSON text of the search that comes with the package."""
    return files("interviewfit").joinpath("data/example.json").read_text("utf-8")


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``"-"``.

    Raises:
        DecodeError: If it cannot be read, is empty, too long, or not UTF-8.
    """
    raw = read_bytes(name)
    if not raw.strip() and len(raw) <= MAX_CHARACTERS:
        fault = "it is empty. Type `interviewfit new` to make a file of your own."
        raise DecodeError("Search", [fault])
    try:
        # Where a shell writes what a command prints, it may be UTF-16 with its mark.
        is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return raw.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        fault = "it is not UTF-8 text. Save it as UTF-8."
        raise DecodeError("Search", [fault]) from None


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``"-"``.

    Raises:
        DecodeError: If it cannot be read or is too long.
    """
    try:
        if name == "-":
            if sys.stdin is None:
                raise DecodeError("Search", ["it is closed. Name a file."])
            stdin = getattr(sys.stdin, "buffer", None)
            raw = sys.stdin.read().encode() if stdin is None else stdin.read(_MAX_BYTES)
        else:
            if not name:
                raise DecodeError("Search", ["no file has an empty name."])
            with Path(name).open("rb") as file:
                raw = file.read(_MAX_BYTES)
    except (OSError, ValueError) as error:
        if isinstance(error, DecodeError):
            raise
        # A name that no file can have is a ValueError, as with a null byte in it.
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise DecodeError("Search", [f"{reason}. Check the name."]) from None
    if len(raw) == _MAX_BYTES:
        raise DecodeError("Search", [f"it has more than {_MAX_BYTES - 1:,} bytes."])
    return bytes(raw)


def read_search(name: str) -> Search:
    """The search in a file, or in standard input for ``"-"``.

    Raises:
        DecodeError: If it cannot be read, or is no search.
    """
    text = read_text(name)
    try:
        return load(text, Search)
    except DecodeError as error:
        if _is_near_search(text, error.faults[0]):
            raise
    # A posting or a log, most likely.
    fault = (
        "it is no search. Type `interviewfit new` to make one, `interviewfit read` to "
        "make one of job postings, or `interviewfit log` for a tracker's log."
    )
    raise DecodeError("Search", [fault])


def _is_near_search(text: str, fault: str) -> bool:
    """Whether a text that is no search was meant as one.

    Then its own fault helps most. Other texts are postings, logs or letters, and those
    who name them need another command.

    Args:
        text, fault: Of a file, and the first thing that is wrong with it.
    """
    if "It is not JSON: " in fault:
        return text.lstrip().startswith("{")
    if 'The key "schema" is missing' in fault:
        return any(f'"{key}"' in text for key in _KEYS)
    return "It must be an object in braces" not in fault


def find_job(options: argparse.Namespace, search: Search) -> "Opportunity":
    """The opportunity of a search that a command names, or its only one.

    Args:
        options: Parsed, with ``file`` and ``name``.
        search: What was read from the file.

    Raises:
        InterviewFitError: If none is called so, or several are, or none is named and
            there are several; it says what to type.
    """
    wanted, jobs = options.name or "", search.opportunities
    try:
        return search.opportunity(wanted)
    except InvalidFieldError as error:
        listed = re.findall(r"'[^']*'|\"[^\"]*\"", error.remedy)
        shown = "; ".join(name[1:-1] for name in listed)
    # Imported where a name is refused.
    from difflib import get_close_matches

    from interviewfit._command.hints import typed
    from interviewfit._text.names import short_name

    names = [job.name for job in jobs]
    line = typed(options, options.command, options.file, short_name(names[0], names))
    wanted = visible(wanted)
    if not wanted.strip():
        fault = (
            f"it has {len(jobs):,} opportunities: {shown}. Name one, as in `{line}`."
        )
    elif sum(canonical(wanted) in canonical(name) for name in names) > 1:
        fault = f"several opportunities fit {wanted!r:.60}, so write more: {shown}."
    else:
        begins = {canonical(job.name.split()[0].rstrip(",;:")): job for job in jobs}
        similar = get_close_matches(canonical(wanted), begins)
        if similar:
            shown = "; ".join(begins[key].name for key in similar)
        question = (
            f"Did you mean {shown}?" if similar or len(listed) < len(jobs) else ""
        )
        fault = f"no opportunity is called {wanted!r:.60}. "
        fault += question or f"There is: {shown}."
    raise DecodeError("Search", [fault])


def refuse_search(raw: bytes, kind: str, name: str) -> None:
    """Refuse the file of a search where a log or a posting is read.

    Args:
        raw, name: The content of the file, and its name.
        kind: What is read.

    Raises:
        DecodeError: If it is a search; it says which command reads it.
    """
    if not all(f'"{key}"'.encode() in raw for key in _KEYS):
        return
    tree: object = None
    with suppress(ValueError, RecursionError):
        tree = json.loads(raw)
    if isinstance(tree, dict) and all(key in tree for key in _KEYS):
        # Imported where a file is refused.
        from interviewfit._text.names import quoted

        file = quoted(name)
        fault = f"it is a search, and no {kind}. Type `interviewfit plan {file}`."
        raise DecodeError(kind, [fault])


def load(text: str, kind: type[T]) -> T:
    """The record that a JSON text states; faults have their line and opportunity.

    Args:
        text: The JSON.
        kind: The class of the record.

    Raises:
        DecodeError: If it is no such record.
    """
    try:
        return loads(text, kind)
    except DecodeError as error:
        from interviewfit.schema._locations import located

        raise DecodeError(error.kind, located(text, error.faults)) from None


def report_faults(name: str, error: InterviewFitError) -> int:
    """Write every fault on standard error, one a line, and return the exit status.

    Args:
        name, error: The file or option to blame, and the error with its faults.

    Returns:
        The exit status for bad input, 2.
    """
    say(*fault_lines(name, error))
    return 2


def fault_lines(name: str, error: InterviewFitError) -> list[str]:
    """Every fault in the words of the shell, behind what is to blame for it.

    Args:
        name, error: The file or option to blame, and the error with its faults.
    """
    faults = faults_of(error)
    if isinstance(error, MissingPackageError):
        faults = (how_to_install(error),)
    lines = map(in_shell_words, faults)
    # An option is to blame for itself.
    blamed = f"{name or repr(name)}: "
    return [line if line.startswith("--") else blamed + line for line in lines]


def how_to_install(error: MissingPackageError) -> str:
    """What is missing, and what to type to have it, wherever the program came from."""
    from importlib.metadata import requires

    marks = (f"extra == '{error.extra}'", f'extra == "{error.extra}"')
    needs = [need for need in requires(PROGRAM) or () if need.endswith(marks)]
    names = sorted(re.split(r"[^\w.-]", need)[0] for need in needs) or [error.package]
    started = sys.orig_argv[0]
    python = started if Path(started).stem.startswith("python") else sys.executable
    return (
        f"This needs {error.package}. Type: {python} -m pip install {' '.join(names)}"
    )


def _all_as_json(records: Sequence[object]) -> Iterable[str]:
    """The text of each record as JSON."""
    return map(dumps, records)


def answer_files(
    options: argparse.Namespace,
    answers: Callable[[str], Sequence[T]],
    show_all: Callable[[Sequence[T]], object],
    as_json: Callable[[Sequence[T]], Iterable[str]] = _all_as_json,
) -> int:
    """Print the answers about all files of a command, and return the exit status.

    A bad file does not stop the others.

    Args:
        options: Parsed, with ``files`` and ``json``; the files that could be answered
            are kept there as ``answered``.
        answers: Returns the answers about a file, by its name.
        show_all: Prints the answers where ``--json`` is not asked for.
        as_json: The texts of all answers with ``--json``.
    """
    status = 0
    records: list[T] = []
    options.answered = list[str]()
    for name in options.files:
        try:
            records.extend(answers(name))
            options.answered.append(name)
        except InterviewFitError as error:
            status = 2
            say_above(options, *fault_lines(name, error))
    if options.json:  # One list, so that the output is one document.
        texts = ",\n".join(text.rstrip() for text in as_json(records))
        sys.stdout.write(f"[\n{texts}\n]\n")
    elif records:
        show_all(records)
    return status


def refuse_existing(name: str) -> None:
    """Refuse a file that is there already, or that can be none.

    Raises:
        InvalidFieldError: If it exists, or nothing can be written there.
    """
    refuse_stream(name)
    path, expected = Path(name), "a file that does not exist yet"
    try:
        exists, in_folder = os.path.lexists(path), path.absolute().parent.is_dir()
    except ValueError:  # No file can have such a name.
        raise InvalidFieldError("FILE", "the name of a file", name) from None
    if exists:
        remedy = "It is not overwritten: name another file, or use the command `edit`."
        raise InvalidFieldError("FILE", expected, name, remedy)
    if not in_folder:
        remedy = "Make the folder first."
        raise InvalidFieldError("FILE", "in a folder that exists", name, remedy)


def refuse_stream(name: str) -> None:
    """Refuse ``"-"`` where a file is written.

    Raises:
        InvalidFieldError: If it is ``"-"``.
    """
    if name == "-":
        raise InvalidFieldError("FILE", "the name of a file", name)


def write_new(name: str, text: str) -> None:
    """Write a file that does not exist yet, all of it or none.

    Args:
        name, text: The file, and what it shall contain.

    Raises:
        InvalidFieldError: If somebody has made it in the meantime.
    """
    try:
        with Path(name).open("x", encoding="utf-8") as file:
            try:
                file.write(text)
                file.flush()
            except BaseException:
                Path(name).unlink()
                raise
    except FileExistsError:
        refuse_existing(name)


def replace_file(name: str, text: str) -> None:
    """Write a file anew, all of it or none; where it is a link, what it points to.

    Args:
        name, text: The file, and what it shall contain.
    """
    target = Path(name).resolve()
    hidden = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        hidden.write_text(text, encoding="utf-8")
        with suppress(OSError):
            hidden.chmod(target.stat().st_mode & 0o777)
        hidden.replace(target)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise
