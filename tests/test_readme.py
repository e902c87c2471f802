"""What the README promises."""

import re
from pathlib import Path

import pytest

from interviewfit.__main__ import main

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("page", "count"), [("README.md", 3), ("docs/index.md", 1)])
def test_the_output_shown_is_the_output(
    page: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every paragraph shown stands in what the first command prints."""
    text = (ROOT / page).read_text("utf-8")
    shown = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)[0]

    assert main([]) == 0

    printed = capsys.readouterr().out
    paragraphs = shown.strip().split("\n\n")
    assert len(paragraphs) == count
    for paragraph in paragraphs:
        assert paragraph in printed
