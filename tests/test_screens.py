"""On a terminal of 80 columns and 24 lines every first screen fits, and no word is cut.

In a pipe the same words are the same bytes, whatever the terminal.
"""

import re
import shlex
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from child import python
from interviewfit._command.table import COMMANDS
from screens import COLUMNS, LINES, on_terminal
from searches import REAL_FILE

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
JOBS = ("Harbour", "Tessel", "Northwind", "City")
SCREENS = [
    "",
    "plan my.json",
    "plan my.json --budget 8",
    "assess my.json",
    *(f"why my.json {job}" for job in JOBS),
    *(f"letter my.json {job} --to 'Ms Lee' --form full" for job in JOBS),
    "review my.json",
    "log log.csv",
    "replay log.csv",
    *(f"{command} --help" for command in ("", *COMMANDS)),
    "asses my.json",
    "plan",
    "why my.json nobody",
    "plan nowhere.json",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a search and a log."""
    (tmp_path / "my.json").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "log.csv").write_bytes(REAL_FILE.read_bytes())
    return tmp_path


def words(text: str) -> set[str]:
    """The words of a text, without the frames of tables."""
    text = re.sub(r"\.\.\. and \d+ more lines\. To see all, type:(?s:.*)", "", text)
    left_out = r"\.\.\. and \d+ more.*"
    return set(re.sub(f"[╭╮╰╯├┤┬┴┼─│]|{left_out}", " ", text).split())


@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
@pytest.mark.parametrize("line", SCREENS)
def test_a_screen_fits_and_cuts_no_word(line: str, terminal: str, folder: Path) -> None:
    screen = on_terminal(*shlex.split(line), folder=folder, TERM=terminal)
    pipe = python(
        "-c",
        "import os, sys; os.chdir(sys.argv.pop(1))\n"
        "from interviewfit.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))",
        str(folder),
        *shlex.split(line),
    )

    assert screen.status == pipe.status
    assert len(screen.lines) < LINES
    assert screen.widest() <= COLUMNS
    whole = words((pipe.out + pipe.err).decode())
    # The program is named as it was started.
    assert words(screen.text) - whole <= {sys.executable, "-m"}
