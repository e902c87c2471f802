"""Do tests notice the changes that they once did not? ``python tests/hand_changes.py``.

``data/hand-changes.json`` holds changes that were once made by hand and that no test
noticed: what each one does to an answer, the file, the text, what takes its place, and
the tests that notice it today. Each change is made in a copy of the project, and its
tests are run there. Prints which of them failed, and ends with status 1 if a change
went unnoticed. ``python tests/hand_changes.py 3 7`` tries the third and the seventh.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "interviewfit"
KEPT = ROOT / "tests" / "data" / "hand-changes.json"
LEFT_OUT = (".git", ".venv", "__pycache__", "_build", "_generated", "mutants")


class Change(NamedTuple):
    """A change of the source.

    Attributes:
        what: What is wrong with it, in words.
        file: Below ``src/interviewfit``.
        old, new: A text that the file has once, and what takes its place.
        tests: Those that notice it.
    """

    what: str
    file: str
    old: str
    new: str
    tests: list[str]


def changes() -> list[Change]:
    """All of them, in the order of the file."""
    return [Change(**row) for row in json.loads(KEPT.read_text(encoding="utf-8"))]


def noticed(change: Change, folder: Path) -> list[str]:
    """The tests that fail with a change, in a copy of the project.

    Args:
        change: What to change there.
        folder: Where the copy is.
    """
    path = folder / "src" / "interviewfit" / change.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(change.old, change.new), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "-rfE", "--tb=no")
    command = [sys.executable, "-m", "pytest", *options, *change.tests]
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    path.write_text(text, encoding="utf-8")
    return re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", run.stdout)


def main() -> None:
    """Try each, and say who noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="1 for the first")
    asked = parser.parse_args().numbers
    unnoticed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
        for number, change in enumerate(changes(), start=1):
            if asked and number not in asked:
                continue
            by = noticed(change, folder)
            unnoticed += not by
            more = f" and {len(by) - 1} more" if len(by) > 1 else ""
            who = by[0] if by else "NOBODY"
            sys.stdout.write(f"{number:2} {change.what}: {who}{more}\n")
            sys.stdout.flush()
    sys.exit(min(unnoticed, 1))


if __name__ == "__main__":
    main()
