"""What the README promises."""

import re
from pathlib import Path

import pytest

from interviewfit.__main__ import main

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_output_shown_is_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    """Every paragraph shown stands in what the first command prints."""
    shown = re.findall(r"```text\n(.*?)```", README, flags=re.DOTALL)[0]

    assert main([]) == 0

    printed = capsys.readouterr().out
    paragraphs = shown.strip().split("\n\n")
    assert len(paragraphs) == 3
    for paragraph in paragraphs:
        assert paragraph in printed
