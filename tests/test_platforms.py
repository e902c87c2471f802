"""What differs between machines: line ends, locales, interrupts, folders, two runs."""

import errno
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from child import python
from interviewfit import Candidate, Search, dumps, loads, read_log, read_postings
from interviewfit.__main__ import main
from interviewfit._command.files import example_text
from interviewfit.extra._plain_csv import score_csv
from interviewfit.extra._storage import replace_atomically
from interviewfit.extra.frames import Scoring
from trackers import FORMS

Capture = pytest.CaptureFixture[str]
ROWS = "id,process,pay.mean\n007,corporate,5\n008,small_firm,-60\n"
LINES = "process,status,date\na,Applied,2025-05-01\na,Rejected,2025-05-09\n"


def with_ends(text: str, end: str) -> bytes:
    """Text with the line ends of a system, and the mark of Windows before it."""
    mark = "\ufeff" if end == "\r\n" else ""
    return (mark + "\n".join(text.splitlines()).replace("\n", end)).encode()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
class TestLineEnds:
    def test_of_a_search(self, end: str) -> None:
        text = example_text()

        assert loads(with_ends(text, end), Search) == loads(text, Search)

    @pytest.mark.parametrize("text", [LINES, *(text for text in FORMS.values())])
    def test_of_a_log(self, text: str, end: str) -> None:
        assert read_log(with_ends(text, end)).history == read_log(text).history

    def test_of_postings(self, end: str) -> None:
        text = "title,company,description\nAnalyst,Acme,one\nClerk,Bolt,two\n"

        names = [job.opportunity.name for job in read_postings(with_ends(text, end))]

        assert names == [job.opportunity.name for job in read_postings(text)]

    def test_of_a_table(self, end: str, tmp_path: Path) -> None:
        texts = []
        for number, one in enumerate((end, "\n")):
            source = tmp_path / f"{number}.csv"
            source.write_bytes(with_ends(ROWS, one))
            target = tmp_path / f"scored {number}.csv"
            score_csv(source, target, Scoring(candidate=Candidate()))
            texts.append(target.read_bytes())

        assert texts[0] == texts[1]


class TestNames:
    @pytest.mark.parametrize(
        "name", [r"C:\Users\me\my.json", r"\\server\share\my.json", "my job's (1).json"]
    )
    def test_of_windows_are_said_as_they_were_typed(
        self, name: str, capsys: Capture
    ) -> None:
        assert main(["plan", name]) == 2

        assert capsys.readouterr().err.startswith(f"{name}: no such file")

    def test_with_a_space_and_other_letters_are_written(self, tmp_path: Path) -> None:
        me, source = tmp_path / "mein Lebenslauf ß.json", tmp_path / "Jöbs 1.csv"
        me.write_text(dumps(Candidate()), "utf-8")
        source.write_text(ROWS, "utf-8")
        target = tmp_path / "über 10 %.csv"

        words = ["score", str(source), "--candidate", str(me), "-o", str(target)]

        assert main(words) == 0
        assert target.read_text("utf-8").replace('"', "").startswith("id,")


def test_a_shell_without_a_locale_reads_and_writes_any_name(tmp_path: Path) -> None:
    (tmp_path / "my.json").write_text(
        example_text().replace("Northwind", "Nördwind 株式"), "utf-8"
    )
    path = str(tmp_path / "my.json")

    run = python(
        "-m", "interviewfit", "plan", path, LC_ALL="C", PYTHONIOENCODING="ascii"
    )

    assert run.status == 0
    assert run.err == b""
    assert b"N?rdwind" in run.out


def test_a_stopped_run_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Ctrl-C while a table is scored: status 130, one line, and no target."""
    (tmp_path / "my.json").write_text(dumps(Candidate()), "utf-8")
    source, target = tmp_path / "jobs.csv", tmp_path / "out.csv"
    source.write_text("process,pay.mean\n" + "corporate,5\n" * 300_000, "utf-8")
    program = (
        "import signal, sys, interviewfit.extra._storage as s\n"
        # Whoever started the tests in the background may have it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from interviewfit.__main__ import main\n"
        "put = s._put_in_place\n"
        "def stop(*names):\n"
        "    print('begun', flush=True)\n"
        "    import time; time.sleep(60)\n"
        "s._put_in_place = stop\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = ["score", str(source), "--candidate", "my.json", "-o", str(target)]
    with subprocess.Popen(
        [sys.executable, "-c", program, *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "begun\n"
        run.send_signal(signal.SIGINT)
        _, error = run.communicate()

    assert run.returncode == 130
    assert error == "stopped; type the same again to go on\n"
    assert not target.exists()
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_nothing_may_be_written_the_target_stays_as_it_was(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A folder that is read-only, a disk that is, and one that is full."""
    me, source = tmp_path / "my.json", tmp_path / "jobs.csv"
    me.write_text(dumps(Candidate()), "utf-8")
    source.write_text(ROWS, "utf-8")
    target = tmp_path / "out.csv"
    target.write_text("of yesterday", "utf-8")
    before = sorted(tmp_path.iterdir())

    def refuse(*_: object) -> None:
        raise OSError(number, "no writing here")

    monkeypatch.setattr("interviewfit.extra._storage._put_in_place", refuse)
    words = ["score", str(source), "--candidate", str(me), "-o", str(target)]

    assert main(words) == 2

    assert "no writing here" in capsys.readouterr().err
    assert target.read_text("utf-8") == "of yesterday"
    assert [path for path in sorted(tmp_path.iterdir()) if path.is_file()] == before


class FullDisk(StringIO):
    """A stream behind which there is no room left."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


class TestFullDiskBehind:
    def test_the_help(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        monkeypatch.setattr(sys, "stdout", FullDisk())

        with pytest.raises(SystemExit) as left:
            main(["plan", "--help"])

        assert left.value.code == 2
        assert capsys.readouterr().err == "cannot write: no space left on device\n"

    @pytest.mark.parametrize("word", ["--help", "--version"])
    def test_what_is_written_at_once(
        self, word: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        def write(_: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        disk = FullDisk()
        monkeypatch.setattr(disk, "write", write)
        monkeypatch.setattr(sys, "stdout", disk)

        with pytest.raises(SystemExit) as left:
            main([word])

        assert left.value.code == 2
        assert capsys.readouterr().err == "cannot write: no space left on device\n"

    def test_the_faults(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", FullDisk())

        assert main(["plan", "nowhere.json"]) == 2


class TestTwoRuns:
    def test_write_one_target_whole(self, tmp_path: Path) -> None:
        """Begun together, each puts in place what is whole."""
        (tmp_path / "my.json").write_text(dumps(Candidate()), "utf-8")
        source = tmp_path / "jobs.csv"
        source.write_text("process,pay.mean\n" + "corporate,5\n" * 2_000, "utf-8")
        command = [sys.executable, "-m", "interviewfit", "score", "jobs.csv"]
        command += ["--candidate", "my.json", "-o", "both.csv"]

        runs = [
            subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
            for _ in range(2)
        ]
        statuses = [run.wait() for run in runs]

        assert 0 in statuses
        rows = (tmp_path / "both.csv").read_text("utf-8").splitlines()
        assert len(rows) == 2_001
        assert len(set(rows)) == 2
        left = {path.name for path in tmp_path.iterdir()}
        assert left == {"my.json", "jobs.csv", "both.csv"}

    def test_a_file_that_another_has_swept_up_is_said_to_be_that(
        self, tmp_path: Path
    ) -> None:
        target = tmp_path / "out.csv"

        def swept_up() -> None:
            with replace_atomically(target) as hidden:
                hidden.write_text("whole", "utf-8")
                hidden.unlink()

        with pytest.raises(FileNotFoundError, match="another run writes the same"):
            swept_up()
