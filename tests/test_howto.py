"""What the pages show of the command line is what it prints."""

import re
import shlex
from pathlib import Path

import pytest

from interviewfit.__main__ import main

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n\$ python -m interviewfit (.*)\n([^`]*)```")
SHOWN = [
    pytest.param(command, printed, id=f"{page.stem}-{command}")
    for page in sorted((ROOT / "docs").rglob("*.md"))
    for command, printed in BLOCK.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("command", "printed"), SHOWN)
def test_a_page_shows_what_the_command_prints(
    command: str,
    printed: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)

    assert main(shlex.split(command)) == 0

    assert capsys.readouterr().out.rstrip() == printed.rstrip()
