"""
What a newcomer types, page by page, in an empty folder.

Python examples run as doctests; here are the lines for a shell and the files to save.
Installing is for CI, which does it as the README says.
"""

import re
import shlex
from pathlib import Path

import pytest

from child import python
from interviewfit import Sign, StageKind

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tutorial.md", "docs/howto/your-own-file.md")
RUNS = ".venv/bin/python -m interviewfit"


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """
    What follows the language of a block, and its text.
    """
    found = re.findall(
        rf"^```{language}(.*)\n((?:.*\n)*?)```$", read(page), re.MULTILINE
    )
    return [(name.strip(), text) for name, text in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_does_what_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in blocks(page, "json"):
        if name:
            Path(name).write_text(text, encoding="utf-8")
    lines = [line for _, text in blocks(page, "sh") for line in text.splitlines()]
    # The last part of a line, where installing comes before it.
    commands = [line[line.find(RUNS) :] for line in lines if RUNS in line]
    assert commands
    for command in commands:
        line, _, target = command.removeprefix(RUNS).partition(">")
        done = python("-m", "interviewfit", *shlex.split(line))

        assert (done.status, done.err) == (0, b""), command
        assert done.out
        if target:
            Path(target.strip()).write_bytes(done.out)


@pytest.mark.parametrize("words", [Sign, StageKind])
def test_the_names_to_choose_from_are_all_there(words: type[Sign | StageKind]) -> None:
    said = set(re.findall(r"`(\w+)`", read("docs/howto/your-own-file.md")))

    assert {one.value for one in words} <= said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_and_image_it_leads_to_is_there(page: str) -> None:
    """
    Sphinx checks the docs; the README is read elsewhere.
    """
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", read(page))

    assert links
    for link in links:
        assert (ROOT / page).parent.joinpath(link).exists(), link
