"""What files of tests do as commands: all of them give help, and then do nothing."""

import ast
from pathlib import Path

import pytest

from recorded import run_as_command, write_anew

HERE = Path(__file__).parent
COMMANDS = sorted(
    path.relative_to(HERE)
    for path in HERE.rglob("*.py")
    if '\nif __name__ == "__main__":\n' in path.read_text("utf-8")
)
"""Files that are run as commands."""

CHILDREN = {
    Path("crowd.py"),
    Path("data/derive_job_search_2025.py"),
    Path("faults/test_faults.py"),
    Path("mutant_trials.py"),
    Path("test_recorded.py"),
    Path("watched.py"),
    Path("zygote.py"),
}
"""Those that a test starts and nobody types, and one that reads a file it is told."""


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--hepl"], ["now"]])
def test_who_asks_for_help_or_mistypes_has_changed_nothing(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "answers.txt"

    with pytest.raises(SystemExit) as ended:
        write_anew(kept, lambda: kept.write_text("new"), words)

    shown = "".join(capsys.readouterr())
    assert "usage: " in shown
    assert not kept.exists()
    if words[0] in ("--help", "-h"):
        assert ended.value.code == 0
        assert "Write answers.txt anew" in shown
    else:
        assert ended.value.code == 2


def test_without_words_it_is_done(tmp_path: Path) -> None:
    kept = tmp_path / "answers.txt"

    write_anew(kept, lambda: kept.write_text("new"), [])
    assert kept.read_text() == "new"

    done: list[int] = []
    run_as_command("Count.", lambda: done.append(1), [])
    assert done == [1]


@pytest.mark.parametrize("name", sorted({*COMMANDS} - CHILDREN), ids=str)
def test_every_file_reads_its_words_before_it_works(name: Path) -> None:
    text = (HERE / name).read_text("utf-8")
    last = ast.parse(text).body[-1]

    assert isinstance(last, ast.If)
    shared = ("write_anew(", "run_as_command(")
    assert "ArgumentParser(" in text or any(
        name in ast.unparse(last) for name in shared
    )
