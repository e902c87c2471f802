"""Lines that are recorded in a file, part by part, to hold what is said against."""

import re
from collections.abc import Iterable, Iterator
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
