"""Lines that are recorded in a file, part by part, to hold what is said against."""

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path


def read_parts(path: Path) -> dict[str, list[str]]:
    """The lines of each part of a file, by its title.

    Args:
        path: The file.
    """
    parts = re.split(r"(?m)^== (.*)\n", path.read_text(encoding="utf-8"))[1:]
    return {
        title: text.splitlines()
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }


def write_parts(path: Path, parts: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Write every part of a file anew.

    Args:
        path: The file.
        parts: The title and the lines of each.
    """

    def texts() -> Iterator[str]:
        """Each part, with a line for its title."""
        for title, lines in parts:
            yield "\n".join([f"== {title}", *lines, ""])

    with path.open("w", encoding="utf-8") as file:
        file.writelines(texts())


def run_as_command(
    about: str, work: Callable[[], object], words: Sequence[str] | None = None
) -> None:
    """Run a file of tests as a command, which takes no options but ``--help``.

    Whoever asks for help, or mistypes, changes nothing and waits for nothing.

    Args:
        about: What it does, a sentence.
        work: Does it.
        words: What follows the name of the command; by default the shell's.
    """
    argparse.ArgumentParser(description=about).parse_args(words)
    work()


def write_anew(
    path: Path, write: Callable[[], object], words: Sequence[str] | None = None
) -> None:
    """Run a file of tests as the command that writes what it keeps anew.

    Args:
        path: What is written.
        write: Writes it.
        words: As ``run_as_command`` takes them.
    """
    about = f"Write {path.name} anew, for a change of answers that is meant."
    run_as_command(about, write, words)
