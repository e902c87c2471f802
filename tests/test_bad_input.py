"""Whatever is wrong with what somebody types is a line or more, and nothing is written.

Every command meets every kind of wrong file, and every option a wrong value.
"""

import shlex
from importlib.resources import files
from pathlib import Path

import pytest

from interviewfit.__main__ import main
from searches import REAL_FILE

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
POSTING = '{"@type": "JobPosting", "title": "Clerk", "validThrough": "2026-12-01"}'
PAGE = "<!DOCTYPE html><html><title>Clerk</title><body>Apply</body></html>"
CONTENTS: dict[str, bytes] = {
    "my.json": EXAMPLE.encode(),
    "log.csv": REAL_FILE.read_bytes(),
    "jobs.csv": b"process,role\ncorporate,5\n",
    "empty": b"",
    "text": b"Hello, I am a text.\n",
    "list": b"[1, 2]",
    "half": b'{"schema": "interviewfit/2", "candidate": {}',
    "bytes": bytes(range(256)),
    "posting": POSTING.encode(),
    "page": PAGE.encode(),
    "none": b'{"schema": "interviewfit/2", "candidate": {}, "opportunities": []}',
}
SEARCH = "plan", "assess", "why", "letter", "review", "edit"
NO_SEARCH = "it is no search. Type `interviewfit new`"
FILES = {
    "nowhere": "no such file or directory. Check the name.",
    "folder": "is a directory. Check the name.",
    "''": "'': no file has an empty name.",
    "empty": "it is empty. Type `interviewfit new`",
    "text": NO_SEARCH,
    "list": NO_SEARCH,
    "log.csv": NO_SEARCH,
    "posting": NO_SEARCH,
    "page": NO_SEARCH,
    "half": "a comma or a closing bracket is missing, in line 1, column 45.",
    "bytes": "it is not UTF-8 text. Save it as UTF-8.",
    "none": "between 1 and 1,000 opportunities, got 0.",
}
"""Files that are no search, with what is said of them."""

LOGS = {
    "nowhere": "no such file or directory. Check the name.",
    "folder": "is a directory. Check the name.",
    "empty": "It is empty. Export your log once more.",
    "text": "Save your tracker's table as CSV.",
    "half": "a comma or a closing bracket is missing",
    "bytes": "It is not UTF-8 text. Save it as UTF-8.",
    "my.json": "it is a search, and no log. Type `interviewfit plan my.json`.",
    "posting": "it is a job posting, and no log. To read a job posting, type "
    "`interviewfit read posting`.",
    "page": "it is a web page, and no log. To read a job posting, type",
}
LINES = {
    **{f"{name} {file}": text for name in SEARCH for file, text in FILES.items()},
    **{
        f"{name} {file}": text
        for name in ("log", "replay", "review my.json --log")
        for file, text in LOGS.items()
    },
    "read log.csv": "no posting. `interviewfit log` reads it.",
    "read my.json": "it is a search, and no posting. Type `interviewfit plan my.json`.",
    "read posting --pay lots EUR": "--pay must be a number, got 'lots'.",
    "read posting --pay -5 EUR": "--pay: its amount must be a number above 0, got '-5'",
    "read posting --pay 5": "--pay needs AMOUNT CURRENCY after it. Type: interviewfit",
    "read posting --per fortnight": "--per must be one of hour, day, week, month, year",
    "plan my.json --budget -3": "--budget must be a number of hours, 0 or more",
    "plan my.json --budget": "--budget needs HOURS after it. Type: interviewfit plan",
    "plan my.json --slots 1.5": "--slots must be a whole number such as 2, got '1.5'.",
    "plan my.json --today 30.11.2026": "--today must be a date such as 2025-06-24",
    "plan my.json --colour": "there is no option --colour. Type: interviewfit plan",
    "plan my.json --jsn": "there is no option --jsn. Did you mean --json?",
    "why my.json --deep": "there is no option --deep. Type: interviewfit why --help",
    "why my.json Harbour Insurance": "Put a name of several words in quotes: interview",
    "why my.json": "Name one, as in `interviewfit why my.json Harbour`.",
    "edit my.json nobody": "no opportunity is called 'nobody'. There is: Harbour",
    "why my.json analyst": "several opportunities fit 'analyst', so write more: Harbo",
    "letter my.json Tesel": "no opportunity is called 'Tesel'. Did you mean Tessel, f",
    "letter my.json Tessel --channel pigeon": "--channel must be one of email, message",
    "letter my.json Tessel --language tlh": "--language must be one of en, de, fr, es",
    "letter my.json Tessel --form long": "--form must be one of short, full, got 'lo",
    "letter my.json Tessel --purpose leave": "--purpose must be one of take, continue",
    "letter my.json Tessel --when now": "--when must be left out of a letter to withdr",
    "log log.csv --column status=Vibe": "--column must be a heading among process, com",
    "log log.csv --word Vibing=dancing": "--word must be one of contacted, replied",
    "log log.csv --json --preview": "--preview and --json do not go together.",
    "score nowhere.csv --candidate my.json -o out.csv": "FILE must be a file that exi",
    "score jobs.csv --candidate text -o out.csv": "It is not JSON: a value is missing",
    "score jobs.csv --candidate my.json -o folder": "--output must be a .parquet or .",
    "score jobs.csv --candidate my.json -o jobs.csv": "--output must be another place",
    "score jobs.csv --candidate my.json -o out.csv --set colour=5": "--columns lists a",
    "score jobs.csv --candidate my.json": "-o is missing. Type, for example: intervie",
    "schema Nothing": "Did you mean Posting or Postings?",
    "new my.json": "It is not overwritten: name another file, or use the command `ed",
    "new nowhere/my.json": "Make the folder first.",
    "example more": "there is nothing to do with 'more'. Type: interviewfit example",
}
"""What is typed, with a piece of what is said."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each kind."""
    here = tmp_path_factory.mktemp("bad")
    (here / "folder").mkdir()
    for name, content in CONTENTS.items():
        (here / name).write_bytes(content)
    return here


@pytest.mark.parametrize("line", LINES)
def test_it_is_said_in_words_of_the_shell_and_nothing_is_written(
    line: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    try:
        status = main(shlex.split(line))
    except SystemExit as ended:
        status = int(str(ended.code))

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert LINES[line] in err
    assert err.count("\n") == 1
    assert {path.name for path in folder.iterdir()} == {*CONTENTS, "folder"}
    assert (folder / "jobs.csv").read_bytes() == CONTENTS["jobs.csv"]


def test_an_offer_whose_day_is_over_is_said_by_the_command_that_edits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = '{"name": "A", "stages": [{"kind": "panel"}], "answer_by": "2026-12-04", '
    job += '"position": {"phase": "offered"}}'
    path = tmp_path / "my.json"
    path.write_text(CONTENTS["none"].decode().replace("[]", f"[{job}]"), "utf-8")

    assert main(["plan", str(path), "--today", "2026-12-05"]) == 2

    assert "say the new day by `interviewfit edit`" in capsys.readouterr().err


def test_every_column_of_a_table_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["score", "--columns"])

    assert not ended.value.code
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("process ")
    assert len(lines) > 40
    assert not any(
        "`" in line or "|" in line or "Opportunity" in line for line in lines
    )
