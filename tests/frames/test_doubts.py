"""Numbers that may not be meant, asked about where a file is scored."""

from pathlib import Path

from child import python


def test_the_command_line_asks_about_it_on_standard_error(tmp_path: Path) -> None:
    table, who = tmp_path / "jobs.csv", tmp_path / "me.json"
    table.write_text("process,pay\n" + "corporate,0.08\n" * 3)
    who.write_text('{"schema": "interviewfit/2"}')
    target = str(tmp_path / "scored.csv")

    done = python("-m", "interviewfit", "score", str(table), "-o", target,
                  "--candidate", str(who))  # fmt: skip

    assert done.status == 0
    note, rows = done.err.decode().splitlines()
    assert note.startswith("Check: column 'pay.mean' lies within 1 % of pay")
    assert rows.startswith("3 rows scored")
