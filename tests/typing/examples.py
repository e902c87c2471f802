"""Checks the types of every Python example in the README and the docs.

Run as ``python tests/typing/examples.py``; mypy's answer is its exit status. Each page
becomes a module, a line of it standing where it stands in the page.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from doctest import DocTestParser
from pathlib import Path
from tempfile import TemporaryDirectory

from mypy import api

ROOT = Path(__file__).parents[2]


def pages() -> Iterator[Path]:
    """What a user reads, less what another tool writes."""
    yield ROOT / "README.md"
    for path in sorted((ROOT / "docs").rglob("*.md")):
        if not any(part.startswith("_") for part in path.parts):
            yield path


def module(text: str) -> str:
    """The examples of a page, each on the line it has there; empty if it has none."""
    lines = [""] * (len(text.splitlines()) + 1)
    for example in DocTestParser().get_examples(text):
        for offset, line in enumerate(example.source.splitlines()):
            lines[example.lineno + offset] = line
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Check all examples; return mypy's exit status, or 1 if there are none."""
    with TemporaryDirectory() as folder:
        written = []
        for page in pages():
            source = module(page.read_text(encoding="utf-8"))
            if source.strip():
                name = re.sub(r"\W", "_", str(page.relative_to(ROOT))) + ".py"
                target = Path(folder) / name
                target.write_text(source, encoding="utf-8")
                written.append(str(target))
        if not written:
            sys.stderr.write("no page has an example\n")
            return 1
        # A page may use a name again for something else, as one does at a prompt. The
        # package may not: it is read here, and judged by a run of its own.
        options = ["--config-file", str(ROOT / "pyproject.toml"), "--strict"]
        options += ["--allow-redefinition", "--follow-imports", "silent"]
        said, complaints, status = api.run([*options, *written])
    sys.stdout.write(said.replace(f"{folder}/", ""))
    sys.stderr.write(complaints)
    return status


if __name__ == "__main__":
    ArgumentParser(description=main.__doc__).parse_args()
    sys.exit(main())
