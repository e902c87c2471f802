"""What the pages show of the command line is what it prints."""

import re
import shlex
from pathlib import Path

import pytest

from interviewfit.__main__ import main

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n\$ \.venv/bin/interviewfit (.*)\n([^`]*)```")
PAGES = sorted((ROOT / "docs" / "howto").glob("*.md"))
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_who_types_what_stands_there_types_it_in_the_folder_of_the_source(
    page: Path,
) -> None:
    """There ``.venv`` has the library; Python elsewhere and the registry do not."""
    text = page.read_text("utf-8")

    assert not re.search(
        r"(?<!bin/)\bpip3? install|(?<!bin/)\bpython3? -m (?!venv)", text
    )
    assert not re.search(r"(?m)^\$ (?!\.venv/bin/)", text)
    for extra in re.findall(r"extra\s`(\w+)`", text):
        assert f".venv/bin/pip install -q -e '.[{extra}]'" in text
