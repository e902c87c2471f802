"""Files scored into files: the same answers, in flat memory, never half a file."""

import csv as standard_csv
import io
import pickle
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from interviewfit import Assumptions, Candidate, score
from interviewfit.__main__ import main
from interviewfit.errors import InvalidFieldError, MissingPackageError
from interviewfit.extra import _storage, files
from interviewfit.extra._storage import count_rows, read_batches
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.files import Scoring, UnfinishedError
from interviewfit.extra.progress import bar
from interviewfit.records import Either

ME = Candidate(priorities={"commute": 2})
CONSTANTS = {"process": "corporate", "pay.sd": 3.0}
ROWS = 1000
FACT = Either(aspect="commute", chance=0.6, if_so=8, if_not=-40, told_by="hr_screen")
Capture = pytest.CaptureFixture[str]


def board(rows: int = ROWS) -> pa.Table:
    rng = np.random.default_rng(8)
    pay = rng.normal(0.0, 10.0, rows)
    return pa.table(
        {
            "id": np.arange(rows),
            "pay.mean": pa.array(pay, mask=rng.random(rows) < 0.3),
            "signs.remote_allowed": rng.random(rows) < 0.3,
        }
    )


def values(rows: int = ROWS) -> list[float]:
    table = board(rows)
    pay = table["pay.mean"].to_numpy(zero_copy_only=False)
    remote = table["signs.remote_allowed"].to_numpy(zero_copy_only=False)
    columns = {**CONSTANTS, "pay.mean": pay, "signs.remote_allowed": remote}
    return list(score(ME, columns).value.tolist())


def write(table: pa.Table, path: Path) -> Path:
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        parquet.write_table(table, path, row_group_size=130)
    return path


def number(text: str) -> float | str:
    """A cell as a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text


class Calls:
    """A progress callback that keeps what it is called with."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.totals: set[int] = set()

    def __call__(self, done: int, total: int, /) -> None:
        self.done.append(done)
        self.totals.add(total)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(board(), tmp_path / "board.parquet")


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few row groups, so that a small file has several."""
    monkeypatch.setattr(files, "_PIECE_ROWS", 300)


class TestScoring:
    def test_it_survives_pickling_and_says_the_same(self) -> None:
        pickled = pickle.dumps(Scoring(candidate=ME, constants=CONSTANTS))
        scoring = pickle.loads(pickled)  # noqa: S301  # our own, just made

        found = scoring(board().to_batches()[0])

        assert isinstance(found, pa.RecordBatch)
        assert found.column("value").to_pylist() == values()
        assert found.column("id").to_pylist() == list(range(ROWS))

    def test_it_prints_on_one_line(self) -> None:
        scoring = Scoring(candidate=ME, constants=CONSTANTS)

        assert repr(scoring) == "<Scoring with 2 constants, terms=False>"

    def test_its_fingerprint_tells_other_numbers_apart(self) -> None:
        several = [
            Scoring(candidate=ME, constants=CONSTANTS),
            Scoring(candidate=Candidate(), constants=CONSTANTS),
            Scoring(candidate=ME, constants={**CONSTANTS, "pay.sd": 4.0}),
            Scoring(candidate=ME, constants=CONSTANTS, terms=True),
            Scoring(candidate=ME, constants=CONSTANTS, facts=(FACT,)),
            Scoring(candidate=ME, constants=CONSTANTS, processes={"ours": ()}),
            Scoring(
                candidate=ME,
                constants=CONSTANTS,
                assumptions=Assumptions(numbers={"horizon_years": 3.0}),
            ),
        ]

        assert len({one.fingerprint for one in several}) == len(several)
        again = Scoring(candidate=ME, constants=dict(reversed(CONSTANTS.items())))
        assert again.fingerprint == several[0].fingerprint


class TestScoreParquet:
    def test_a_file_is_scored_into_a_file(self, source: Path, tmp_path: Path) -> None:
        target, calls = tmp_path / "deep" / "scored.parquet", Calls()

        rows = score_parquet(
            None, source, target, ME, constants=CONSTANTS, progress=calls
        )

        table = parquet.read_table(target)
        assert rows == calls.done[-1] == table.num_rows == ROWS
        assert calls.totals == {ROWS}
        assert table["value"].to_pylist() == values()
        assert [one.name for one in target.parent.iterdir()] == ["scored.parquet"]

    @pytest.mark.usefixtures("small_pieces")
    def test_a_large_file_goes_in_pieces_and_ends_as_one(
        self, source: Path, tmp_path: Path
    ) -> None:
        target, calls = tmp_path / "out" / "scored.parquet", Calls()

        score_parquet(None, source, target, ME, constants=CONSTANTS, progress=calls)

        assert parquet.read_table(target)["value"].to_pylist() == values()
        assert calls.done == sorted(calls.done)
        assert {390, 780, ROWS} <= set(calls.done)
        assert calls.totals == {ROWS}
        assert [one.name for one in target.parent.iterdir()] == ["scored.parquet"]

    @pytest.mark.usefixtures("small_pieces")
    @pytest.mark.parametrize("kind", [".parquet", ".csv"])
    @pytest.mark.parametrize("into", [".parquet", ".csv"])
    def test_an_interrupted_file_goes_on_where_it_was(
        self, kind: str, into: str, tmp_path: Path
    ) -> None:
        source = write(board(), tmp_path / f"board{kind}")
        undisturbed = tmp_path / "undisturbed" / f"scored{into}"
        score_parquet(None, source, undisturbed, ME, constants=CONSTANTS)
        target = tmp_path / "out" / f"scored{into}"

        def interrupt(done: int, _: int) -> None:
            if done > 390:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            score_parquet(
                None, source, target, ME, constants=CONSTANTS, progress=interrupt
            )

        assert not target.exists()
        (folder,) = target.parent.iterdir()
        (first,) = folder.iterdir()
        written = first.stat().st_mtime_ns
        kept: list[int] = []

        def look(_: int, __: int) -> None:
            kept.append(first.stat().st_mtime_ns)

        assert (
            score_parquet(None, source, target, ME, constants=CONSTANTS, progress=look)
            == ROWS
        )
        assert set(kept) == {written}
        assert target.read_bytes() == undisturbed.read_bytes()
        assert [one.name for one in target.parent.iterdir()] == [target.name]
        read = csv.read_csv if into == ".csv" else parquet.read_table
        # What is carried over from a CSV file stays text.
        assert list(map(int, read(target)["id"].to_pylist())) == list(range(ROWS))

    @pytest.mark.parametrize("kind", [".parquet", ".csv"])
    def test_a_csv_file_says_the_same_in_parts_and_at_once(
        self, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a time and an empty column carried over, as they came."""
        table = board().append_column("seen", pa.array(range(ROWS), pa.timestamp("s")))
        table = table.append_column("note", pa.nulls(ROWS, pa.string()))
        source = write(table, tmp_path / f"board{kind}")
        one, other = tmp_path / "one.csv", tmp_path / "other.csv"
        score_parquet(None, source, one, ME, constants=CONSTANTS)

        monkeypatch.setattr(files, "_PIECE_ROWS", 300)
        score_parquet(None, source, other, ME, constants=CONSTANTS)

        assert one.read_bytes() == other.read_bytes()

    @pytest.mark.parametrize("kind", [".parquet", ".csv"])
    @pytest.mark.parametrize("size", [300, 10_000])
    def test_what_is_there_is_not_done_again_unless_it_is_of_other_numbers(
        self, kind: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "_PIECE_ROWS", size)
        source = write(board(), tmp_path / f"board{kind}")
        target = tmp_path / "scored.parquet"
        score_parquet(None, source, target, ME, constants=CONSTANTS)
        before = target.stat().st_mtime_ns, target.read_bytes()

        assert score_parquet(None, source, target, ME, constants=CONSTANTS) == ROWS
        assert (target.stat().st_mtime_ns, target.read_bytes()) == before

        score_parquet(None, source, target, Candidate(fallback=5), constants=CONSTANTS)
        assert target.read_bytes() != before[1]

    def test_what_a_killed_run_has_left_is_swept_up(
        self, source: Path, tmp_path: Path
    ) -> None:
        stale = tmp_path / ".scored.parquet.0123.new"
        stale.write_text("half a file")

        score_parquet(
            None, source, tmp_path / "scored.parquet", ME, constants=CONSTANTS
        )

        assert not stale.exists()

    def test_one_bad_file_of_a_directory_harms_no_other(self, tmp_path: Path) -> None:
        source, target = tmp_path / "board", tmp_path / "scored"
        source.mkdir()
        for number in range(3):
            parquet.write_table(board(), source / f"{number}.parquet")
        (source / "1.parquet").write_text("no parquet")
        (source / ".hidden.parquet").write_text("not looked at")
        (source / "_metadata.parquet").write_text("not looked at")

        with pytest.raises(UnfinishedError) as caught:
            score_parquet(None, source, target, ME, constants=CONSTANTS)

        assert caught.value.rows == 2 * ROWS
        (fault,) = caught.value.faults
        assert fault.startswith(str(source / "1.parquet"))
        assert "run it again" in str(caught.value)
        assert sorted(one.name for one in target.iterdir()) == [
            "0.parquet",
            "2.parquet",
        ]

    @pytest.mark.usefixtures("small_pieces")
    def test_a_bad_row_is_told_by_its_number_in_the_file(self, tmp_path: Path) -> None:
        source = tmp_path / "board.parquet"
        pay = np.zeros(ROWS)
        pay[777] = 5e6
        parquet.write_table(pa.table({"pay": pay}), source, row_group_size=130)

        with pytest.raises(UnfinishedError, match="'pay', row 777 "):
            score_parquet(
                None, source, tmp_path / "out.parquet", ME, constants=CONSTANTS
            )

    @pytest.mark.parametrize("cell", ["lots", "5e6"])
    def test_of_a_csv_file_it_is_told_by_its_line(
        self, cell: str, tmp_path: Path
    ) -> None:
        """The header is the first line, and lines without a row count as well."""
        source = tmp_path / "board.csv"
        source.write_text(f"process,pay\n\ncorporate,1\ncorporate,{cell}\n", "utf-8")

        with pytest.raises(UnfinishedError, match="column 'pay', line 4 must be "):
            score_parquet(None, source, tmp_path / "out.csv", ME)

    @pytest.mark.parametrize("rows", [0, 1])
    @pytest.mark.parametrize("suffix", [".parquet", ".csv"])
    def test_no_rows_and_one_row(self, rows: int, suffix: str, tmp_path: Path) -> None:
        table = board(1).slice(0, rows)
        source, target = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
        write(table, source)

        assert score_parquet(None, source, target, ME, constants=CONSTANTS) == rows

        read = csv.read_csv if suffix == ".csv" else parquet.read_table
        assert read(target).num_rows == rows
        assert "value" in read(target).column_names

    @pytest.mark.usefixtures("small_pieces")
    @pytest.mark.parametrize("suffix", [".parquet", ".csv"])
    def test_progress_is_rows_done_of_all_and_can_be_a_bar(
        self, suffix: str, tmp_path: Path
    ) -> None:
        source, target = tmp_path / f"in{suffix}", tmp_path / "out.parquet"
        write(board(), source)
        calls, at_once, anew = Calls(), io.StringIO(), io.StringIO()

        score_parquet(None, source, target, ME, constants=CONSTANTS, progress=calls)
        score_parquet(
            None, source, target, ME, constants=CONSTANTS, progress=bar(file=at_once)
        )
        target.unlink()
        score_parquet(
            None, source, target, ME, constants=CONSTANTS, progress=bar(file=anew)
        )

        assert calls.totals == {ROWS}
        assert calls.done[-1] == ROWS
        assert "1000/1000" in at_once.getvalue()
        assert "1000/1000" in anew.getvalue()

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"notes\n" * 9, b"PAR1aaaaPAR1"])
    @pytest.mark.parametrize("suffix", [".parquet", ".csv"])
    def test_a_file_that_is_not_ours_is_written_over(
        self, content: bytes, suffix: str, tmp_path: Path
    ) -> None:
        source = write(board(3), tmp_path / "board.parquet")
        target = tmp_path / f"scored{suffix}"
        target.write_bytes(content)

        assert score_parquet(None, source, target, ME, constants=CONSTANTS) == 3
        assert target.read_bytes() != content

    def test_rows_of_a_csv_file_are_counted_whatever_its_first_column_is(
        self, tmp_path: Path
    ) -> None:
        """Numbers for more than a block, and then a word."""
        source = tmp_path / "board.csv"
        rows = 200_000
        source.write_text("id,pay\n" + "12345,1\n" * rows + "A-1,1\n", "utf-8")

        assert count_rows(source, None) == rows + 1

    def test_rows_of_a_csv_file_are_counted_up_to_a_fault(self, tmp_path: Path) -> None:
        source = tmp_path / "in.csv"
        source.write_text('"a,b","c"\n1,2\n\n3,"x,y"\n', "utf-8")
        assert count_rows(source, None) == 2

        source.write_text("a,b\n1,2\n3\n", "utf-8")
        assert count_rows(source, None) == 0

    def test_an_aspect_with_a_comma_in_its_name_keeps_its_type(
        self, tmp_path: Path
    ) -> None:
        """Arrow would take a column that begins with gaps for an empty one."""
        source = tmp_path / "board.csv"
        source.write_text('id,"dept, size"\n1,\n2,\n', "utf-8")
        candidate = Candidate(priorities={"dept, size": 1})

        (batch,) = read_batches(source, candidate)

        assert batch.schema.names == ["id", "dept, size"]
        assert batch.schema.field("dept, size").type == pa.float64()

    @pytest.mark.parametrize(
        ("source", "target"),
        [("none.parquet", "out.parquet"), ("none", "out.parquet"), (".", "out")],
    )
    def test_where_there_is_nothing_it_says_so(
        self, source: str, target: str, tmp_path: Path
    ) -> None:
        with pytest.raises(InvalidFieldError, match="source must be"):
            score_parquet(None, tmp_path / source, tmp_path / target, ME)


class TestEngines:
    """The recipes of docs/howto/score-a-million-rows.md."""

    def test_polars_streams_through_it(self, source: Path, tmp_path: Path) -> None:
        scoring, target = (
            Scoring(candidate=ME, constants=CONSTANTS),
            tmp_path / "out.parquet",
        )

        def scored(frame: pl.DataFrame) -> pl.DataFrame:
            batches = frame.to_arrow().combine_chunks().to_batches()
            return pl.DataFrame(pl.from_arrow([scoring(one) for one in batches]))

        first = scored(pl.read_parquet(source, n_rows=1))
        pl.scan_parquet(source).map_batches(
            scored, schema=first.schema, streamable=True
        ).sink_parquet(target)

        assert sorted(parquet.read_table(target)["value"].to_pylist()) == sorted(
            values()
        )


class TestCommand:
    @pytest.fixture
    def me(self, tmp_path: Path) -> Path:
        path = tmp_path / "me.json"
        path.write_text(
            '{"schema": "interviewfit/1", "priorities": {"commute": 2}}', "utf-8"
        )
        return path

    def run(self, source: Path, target: Path, me: Path, *more: str) -> int:
        return main(
            ["score", str(source), "--candidate", str(me), "-o", str(target), *more]
        )

    @pytest.mark.parametrize("suffix", [".parquet", ".csv"])
    def test_it_scores_a_file(
        self, suffix: str, source: Path, me: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        target = tmp_path / f"scored{suffix}"

        status = self.run(
            source, target, me, "--set", "process=corporate", "--set", "pay.sd=3"
        )

        assert status == 0
        assert capsys.readouterr().err == f"1,000 rows scored into {target}\n"
        read = csv.read_csv if suffix == ".csv" else parquet.read_table
        assert read(target)["value"].to_pylist() == pytest.approx(values(), abs=1e-9)

    def test_a_csv_file_is_read_as_what_it_must_be(
        self, me: Path, tmp_path: Path
    ) -> None:
        source, target = tmp_path / "board.csv", tmp_path / "scored.csv"
        lines = ["id,pay,signs.bad_reviews,process,stage"]
        lines += ["1,,,corporate,0"] * 3 + ["2,5,true,technical,1"]
        source.write_text("\n".join(lines) + "\n", "utf-8")

        assert self.run(source, target, me) == 0

        table = csv.read_csv(target)
        assert table["unknown"].to_pylist() == [9, 9, 9, 6]
        assert table["value.take"].to_pylist()[3] is None

    def test_a_csv_file_may_say_how_strong_a_sign_is(
        self, me: Path, tmp_path: Path
    ) -> None:
        source, target = tmp_path / "board.csv", tmp_path / "scored.csv"
        lines = ["pay,signs.bad_reviews,process", "1,,corporate", "1,0,corporate"]
        lines += ["1,1,corporate", "1,2.5,corporate"]
        source.write_text("\n".join(lines) + "\n", "utf-8")

        assert self.run(source, target, me) == 0

        none, same, plain, strong = csv.read_csv(target)["mean"].to_pylist()
        assert none == same > plain > strong

    @pytest.mark.parametrize("plain", [False, True])
    def test_what_is_carried_over_is_the_same_text(
        self, plain: bool, me: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if plain:
            monkeypatch.setitem(sys.modules, "pyarrow", None)
        texts = ["007", "01234", "12345678901234567890123", "NA", "", "null", "1.50"]
        texts += ["TRUE", "2024-01-01", '"', "a,b", "two\nlines", " x ", "=1+1", "ü☃"]
        source, target = tmp_path / "board.csv", tmp_path / "scored.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            rows = [["id", "process"], *([text, "corporate"] for text in texts)]
            standard_csv.writer(file).writerows(rows)

        assert self.run(source, target, me) == 0

        with target.open(newline="", encoding="utf-8") as file:
            found = [row["id"] for row in standard_csv.DictReader(file)]
        assert found == texts

    @pytest.mark.parametrize("plain", [False, True])
    @pytest.mark.parametrize("escaped", [False, True])
    def test_formulas_are_escaped_where_one_asks_for_it(
        self,
        escaped: bool,
        plain: bool,
        me: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if plain:
            monkeypatch.setitem(sys.modules, "pyarrow", None)
        formulas = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\tx"]
        harmless = ["-5", "+1.5e3", "a=b", "", "-.5"]
        source, target = tmp_path / "board.csv", tmp_path / "scored.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            rows = [[text, "corporate"] for text in formulas + harmless]
            standard_csv.writer(file).writerows([["note", "process"], *rows])

        more = ["--escape-formulas"] if escaped else []
        assert self.run(source, target, me, *more) == 0

        with target.open(newline="", encoding="utf-8") as file:
            found = [row["note"] for row in standard_csv.DictReader(file)]
        quote = "'" if escaped else ""
        assert found == [*(quote + text for text in formulas), *harmless]

    @pytest.mark.parametrize("plain", [False, True])
    @pytest.mark.parametrize(
        ("column", "usual", "late"),
        [
            ("id", "1", "A-17"),
            ("signs.bad_reviews", "true", "2.5"),
            ("signs.bad_reviews", "", "1"),
            ("pay", "", "3.5"),
            ("company", "", "Acme"),
            ("note", "1", "12345678901234567890123"),
        ],
    )
    def test_no_type_is_guessed_from_the_first_rows(
        self,
        column: str,
        usual: str,
        late: str,
        plain: bool,
        me: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if plain:
            monkeypatch.setitem(sys.modules, "pyarrow", None)
        monkeypatch.setattr(_storage, "BLOCK_BYTES", 1 << 12)
        rows = [f"{usual},corporate"] * 4_000 + [f"{late},corporate"]
        source, target = tmp_path / "board.csv", tmp_path / "scored.csv"
        source.write_text("\n".join([f"{column},process", *rows]) + "\n", "utf-8")

        assert self.run(source, target, me) == 0

        with target.open(newline="", encoding="utf-8") as file:
            found = list(standard_csv.DictReader(file))
        assert len(found) == 4_001
        if column in ("id", "note"):
            assert [row[column] for row in found[-2:]] == [usual, late]

    @pytest.mark.parametrize("suffix", [".csv", ".parquet"])
    @pytest.mark.parametrize("link", ["", "symbolic", "hard", "dotted"])
    def test_a_source_is_never_overwritten(
        self, link: str, suffix: str, me: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        source = write(board(), tmp_path / f"board{suffix}")
        target = source
        if link == "dotted":
            target = tmp_path / "." / "me.json" / ".." / source.name
            target = tmp_path / "sub" / ".." / source.name
            (tmp_path / "sub").mkdir()
        elif link:
            target = tmp_path / f"link{suffix}"
            (target.symlink_to if link == "symbolic" else target.hardlink_to)(source)
        before = source.read_bytes()

        assert self.run(source, target, me, "--set", "process=corporate") == 2

        assert "which it would overwrite" in capsys.readouterr().err
        assert source.read_bytes() == before
        assert not target.is_symlink() or target.samefile(source)

    @pytest.mark.parametrize("into", ["same", "links"])
    def test_no_file_of_a_folder_is_overwritten(
        self, into: str, me: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        folder = tmp_path / "board"
        folder.mkdir()
        files = [write(board(), folder / f"{name}.parquet") for name in "ab"]
        target = folder
        if into == "links":
            target = tmp_path / "links"
            target.mkdir()
            (target / "b.parquet").symlink_to(files[1])
        before = [file.read_bytes() for file in files]

        assert self.run(folder, target, me, "--set", "process=corporate") == 2

        assert "which it would overwrite" in capsys.readouterr().err
        assert [file.read_bytes() for file in files] == before
        assert {path.name for path in folder.iterdir()} == {"a.parquet", "b.parquet"}

    def test_without_the_extra_csv_is_scored_all_the_same(
        self, me: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        """To the last bit; The library alone reads and writes CSV."""
        table = board(300).append_column("name", pa.array(["Acme, Ltd"] * 300))
        source = write(table, tmp_path / "board.csv")
        more = ("--set", "process=corporate", "--set", "pay.sd=3", "--terms")
        assert self.run(source, tmp_path / "arrow.csv", me, *more) == 0
        monkeypatch.setitem(sys.modules, "pyarrow", None)

        assert self.run(source, tmp_path / "plain.csv", me, *more) == 0

        assert "300 rows scored into" in capsys.readouterr().err
        tables = []
        for name in ("arrow.csv", "plain.csv"):
            with (tmp_path / name).open(newline="", encoding="utf-8") as file:
                tables.append(list(standard_csv.reader(file)))
        arrow, plain = tables
        assert plain[0] == arrow[0]
        assert [list(map(number, row)) for row in plain[1:]] == [
            list(map(number, row)) for row in arrow[1:]
        ]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "it is empty"),
            ("pay,process\n1,corporate\n2\n", "line 3 has 1 cell, not 2"),
            ("pay,process\nlots,corporate\n", "'pay', line 2"),
            ("pay,process\n\n1,corporate\n5e6,corporate\n", "'pay', line 4"),
            ('pay,note,process\n1,"a\nb",corporate\n5e6,c,corporate\n', "line 4"),
            ("pay,pay,process\n1,2,corporate\n", "two columns are called 'pay'"),
            ("via_recruiter,process\nmaybe,corporate\n", "'via_recruiter', line 2"),
            ("signs.bad_reviews,process\nvery,corporate\n", "'signs.bad_reviews'"),
            ("signs.bad_revews,process\n1,corporate\n", "signs.bad_revews"),
            ("value,process\n1,corporate\n", "names of answers"),
            ("pay,process\n\udcff,corporate\n", "not UTF-8"),
        ],
    )
    def test_without_the_extra_a_fault_has_its_line_and_nothing_is_written(
        self,
        content: str,
        said: str,
        me: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: Capture,
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        source, target = tmp_path / "board.csv", tmp_path / "out" / "scored.csv"
        source.write_bytes(content.encode("utf-8", "surrogateescape"))

        assert self.run(source, target, me) == 2

        err = capsys.readouterr().err
        assert f"{source}: " in err
        assert said in err
        assert not target.exists()

    def test_a_package_that_is_missing_is_named_with_what_to_type(
        self,
        source: Path,
        me: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: Capture,
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        monkeypatch.setattr(sys, "orig_argv", ["python3", "-m", "interviewfit"])

        assert self.run(source, tmp_path / "out.parquet", me) == 2

        (line,) = capsys.readouterr().err.splitlines()
        said = "This needs pyarrow. Type: python3 -m pip install narwhals pyarrow"
        assert line == said

    def test_a_search_brings_its_processes_along(
        self, source: Path, tmp_path: Path
    ) -> None:
        search = tmp_path / "search.json"
        search.write_text(
            '{"schema": "interviewfit/1", "candidate": {}, "opportunities": '
            '[{"name": "ours", "stages": [{"kind": "panel"}]}]}',
            "utf-8",
        )
        target = tmp_path / "scored.parquet"

        assert self.run(source, target, search, "--set", "process=ours") == 0
        assert "term.time" not in parquet.read_table(target).column_names
        assert self.run(source, target, search, "--set", "process=ours", "--terms") == 0
        assert "term.time" in parquet.read_table(target).column_names

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ((), "board.parquet: column 'process' is missing"),
            (("--set", "process"), "--set must be NAME=VALUE, got 'process'"),
            (("--set", "process=x"), "column 'process' must be one of corporate"),
            (("--set", "signs.bad_reviews=true"), "column 'process' is missing"),
        ],
    )
    def test_faults_are_told_and_the_status_is_2(
        self,
        more: tuple[str, ...],
        said: str,
        source: Path,
        me: Path,
        tmp_path: Path,
        capsys: Capture,
    ) -> None:
        assert self.run(source, tmp_path / "out.parquet", me, *more) == 2

        assert said in capsys.readouterr().err

    def test_in_a_terminal_it_draws_a_bar(
        self,
        source: Path,
        me: Path,
        tmp_path: Path,
        capsys: Capture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        target = tmp_path / "scored.csv"

        assert self.run(source, target, me, "--set", "process=corporate") == 0

        drawn = capsys.readouterr().err
        assert "0.00/1.00k" in drawn
        said = "".join(f"1,000 rows scored into {target}".split())
        assert "".join(drawn.split()).endswith(said)

        monkeypatch.setitem(sys.modules, "tqdm.auto", None)
        assert self.run(source, target, me, "--set", "process=corporate") == 0
        assert "".join(capsys.readouterr().err.split()) == said

    def test_a_bad_candidate_is_told_by_its_file(
        self, source: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text('{"schema": "interviewfit/1", "fallback": "x"}', "utf-8")

        assert self.run(source, tmp_path / "out.parquet", bad) == 2

        assert capsys.readouterr().err.startswith(
            f"{bad}: line 1: fallback must be a number"
        )

    @pytest.mark.parametrize("suffix", [".parquet", ".csv"])
    @pytest.mark.parametrize("package", ["pyarrow", "narwhals"])
    def test_a_package_that_is_missing_is_named_with_its_extra(
        self,
        package: str,
        suffix: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        source = write(board(), tmp_path / f"board{suffix}")
        monkeypatch.setitem(sys.modules, package, None)

        with pytest.raises(MissingPackageError, match=f"needs {package}: pip install"):
            score_parquet(
                None, source, tmp_path / f"out{suffix}", ME, constants=CONSTANTS
            )
