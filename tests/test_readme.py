"""What the README promises."""

import re
from pathlib import Path

import pytest

from interviewfit.__main__ import main

ROOT = Path(__file__).parents[1]


def blocks(page: str) -> list[str]:
    """What a page shows as output, block by block."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)


def test_the_output_shown_is_the_output(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen, reasons = blocks("README.md")[:2]

    assert main([]) == 0
    assert capsys.readouterr().out == screen

    monkeypatch.chdir(tmp_path)
    assert main(["example"]) == 0
    Path("my.json").write_text(capsys.readouterr().out, "utf-8")
    assert main(["why", "my.json", "Tessel"]) == 0
    assert capsys.readouterr().out == reasons


def test_the_explanation_on_the_first_page_is_one_of_the_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--explain"]) == 0

    assert blocks("docs/index.md")[0] in capsys.readouterr().out
