"""Files that nobody can trust: bad ones cost themselves, good ones are done once."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from interviewfit import Candidate
from interviewfit.errors import InterviewFitError, InvalidFieldError
from interviewfit.extra import files
from interviewfit.extra._plain_csv import score_csv
from interviewfit.extra._storage import MAX_COLUMNS
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.files import Piece, Scoring, UnfinishedError, score_piece
from interviewfit.extra.frames import score_frame

ME = Candidate()
CONSTANTS = {"process": "corporate"}
GOOD = pa.table(
    {"id": list(range(400)), "pay.mean": [float(i % 9) for i in range(400)]}
)


def scored(source: Path, target: Path) -> int:
    return score_parquet(None, source, target, ME, constants=CONSTANTS)


def scored_without(source: Path, target: Path) -> int:
    return score_parquet(None, source, target, ME)


def scored_plainly(source: Path, target: Path) -> int:
    return score_csv(source, target, Scoring(candidate=ME))


def twice_the_same_name() -> pa.Table:
    return pa.table([pa.array([1.0]), pa.array([2.0])], names=["pay.mean", "pay.mean"])


def twice_a_name_carried_over() -> pa.Table:
    return pa.table([pa.array([1.0]), pa.array([2.0])], names=["id", "id"])


def lists_for_numbers() -> pa.Table:
    return pa.table({"pay.mean": [[1.0], [2.0]]})


def dates_for_numbers() -> pa.Table:
    return pa.table({"pay.mean": pa.array([1, 2], pa.date32())})


def texts_for_flags() -> pa.Table:
    return pa.table({"signs.remote_allowed": ["maybe", "no"]})


def bytes_for_a_process() -> pa.Table:
    return pa.table({"process": pa.array([b"\xff", b"\xfe"])})


def objects() -> pa.Table:
    return pa.table({"pay": [{"mean": 1.0}]})


BAD = (
    twice_the_same_name,
    twice_a_name_carried_over,
    lists_for_numbers,
    dates_for_numbers,
    texts_for_flags,
    objects,
)


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_costs_itself_and_is_named(
    bad: Callable[[], pa.Table], tmp_path: Path
) -> None:
    source, target = tmp_path / "jobs", tmp_path / "answers"
    source.mkdir()
    for name in ("a", "c"):
        parquet.write_table(GOOD, source / f"{name}.parquet")
    parquet.write_table(bad(), source / "b.parquet")

    with pytest.raises(UnfinishedError) as caught:
        scored(source, target)

    assert all(f.startswith(f"{source / 'b.parquet'}: ") for f in caught.value.faults)
    assert caught.value.rows == 2 * GOOD.num_rows
    assert {file.name for file in target.iterdir()} == {"a.parquet", "c.parquet"}


def test_a_file_of_bytes_that_are_no_names_costs_itself(tmp_path: Path) -> None:
    source, target = tmp_path / "jobs", tmp_path / "answers"
    source.mkdir()
    parquet.write_table(GOOD, source / "a.parquet")
    parquet.write_table(bytes_for_a_process(), source / "b.parquet")

    with pytest.raises(UnfinishedError, match=r"b\.parquet"):
        score_parquet(None, source, target, ME)
    assert not (target / "b.parquet").exists()


def test_columns_of_two_levels_are_named(tmp_path: Path) -> None:
    frame = pd.DataFrame({("pay", "mean"): [1.0], ("a", "c"): [2.0]})
    frame.to_parquet(tmp_path / "jobs.parquet")

    with pytest.raises(UnfinishedError, match=r"jobs\.parquet: no column"):
        scored(tmp_path / "jobs.parquet", tmp_path / "out.parquet")
    with pytest.raises(InvalidFieldError, match="names that are text"):
        score_frame(ME, frame, constants=CONSTANTS)


def test_a_frame_with_a_name_twice_is_refused_by_that_name() -> None:
    frame = pd.DataFrame([[1.0, 2.0]], columns=["pay.mean", "pay.mean"])
    with pytest.raises(InvalidFieldError, match=r"different names.*'pay\.mean'"):
        score_frame(ME, frame, constants=CONSTANTS)


class TestSecondRun:
    @pytest.fixture
    def done(self, tmp_path: Path) -> tuple[Path, Path]:
        source, target = tmp_path / "jobs.parquet", tmp_path / "out.parquet"
        parquet.write_table(GOOD, source)
        scored(source, target)
        return source, target

    def runs(self, source: Path, target: Path) -> bool:
        """Whether a second run writes the target anew."""
        before = target.stat().st_ino
        scored(source, target)
        return target.stat().st_ino != before

    def test_other_times_are_no_reason_to_do_it_again(
        self, done: tuple[Path, Path]
    ) -> None:
        os.utime(done[0], (1, 1))
        assert not self.runs(*done)

    def test_other_content_of_the_same_size_and_time_is(self, tmp_path: Path) -> None:
        source, target = tmp_path / "jobs.csv", tmp_path / "out.parquet"
        source.write_text("id,pay.mean\n1,5\n2,7\n")
        scored(source, target)
        time = source.stat().st_mtime_ns
        source.write_text("id,pay.mean\n1,5\n2,9\n")
        os.utime(source, ns=(time, time))

        assert self.runs(source, target)

    def test_a_damaged_answer_is(self, done: tuple[Path, Path]) -> None:
        _, target = done
        whole = target.read_bytes()
        for place in range(4, len(whole) // 2, 997):
            target.write_bytes(
                whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :]
            )
            assert self.runs(*done)
            assert target.read_bytes() == whole

    def test_another_version_of_the_library_is(
        self, done: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = Scoring(candidate=ME, constants=CONSTANTS)
        object.__setattr__(later, "made_by", "9.9")
        assert (
            later.fingerprint != Scoring(candidate=ME, constants=CONSTANTS).fingerprint
        )

        monkeypatch.setattr("interviewfit.extra.dask.Scoring", lambda **_: later)
        assert self.runs(*done)


def test_a_worker_of_another_version_scores_nothing(tmp_path: Path) -> None:
    piece = Piece(source=tmp_path / "jobs.parquet", target=tmp_path / "out.parquet")
    parquet.write_table(GOOD, piece.source)
    scoring = Scoring(candidate=ME, constants=CONSTANTS)
    object.__setattr__(scoring, "made_by", "9.9")

    with pytest.raises(UnfinishedError, match=r"has 9\.9; install one version"):
        score_piece(piece, scoring)
    assert not piece.target.exists()


def test_a_name_with_a_star_removes_no_other_file(tmp_path: Path) -> None:
    others = [tmp_path / ".notes.parquet.1.new", tmp_path / ".x.parquet.2.new"]
    for other in others:
        other.write_text("somebody's")
    parquet.write_table(GOOD, tmp_path / "jobs.parquet")

    scored(tmp_path / "jobs.parquet", tmp_path / "*.parquet")

    assert all(other.exists() for other in others)


def test_files_in_folders_inside_and_in_capitals_are_scored(tmp_path: Path) -> None:
    source = tmp_path / "jobs"
    for name in ("a.PARQUET", "2026/b.parquet", "2026/_c.parquet", "_d/e.parquet"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(GOOD, source / name)
    target = source / "answers"

    for _ in range(2):  # what it has written is not read by the second run
        assert scored(source, target) == 2 * GOOD.num_rows
    found = {str(file.relative_to(target)) for file in target.rglob("*.*")}
    assert found == {"a.PARQUET", os.path.join("2026", "b.parquet")}  # noqa: PTH118


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_no_source_is_written_over(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "jobs"
    source.mkdir()
    file = source / "a.parquet"
    parquet.write_table(GOOD, file)
    before = file.read_bytes()
    given: dict[str, tuple[Path, Path]] = {
        "file": (file, source / ".." / "jobs" / "a.parquet"),
        "folder": (source, source),
        "link": (file, tmp_path / "link.parquet"),
    }
    if kind == "link":
        given["link"][1].symlink_to(file)

    with pytest.raises(InvalidFieldError, match="another place than the source"):
        scored(*given[kind])
    assert file.read_bytes() == before


def tree(folder: Path) -> list[Path]:
    """A directory with files to score, and others inside it."""
    files = [
        folder / name for name in ("a.parquet", "2026/a.parquet", "2026/b/c.parquet")
    ]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(GOOD, file)
    return files


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize(
    ("source", "target"), [("", "2026"), ("2026", ""), ("", "2026/b")]
)
def test_no_directory_of_files_to_score_is_written_into(
    source: str, target: str, link: bool, tmp_path: Path
) -> None:
    """Nor one that is named by a link."""
    jobs, named = tmp_path / "jobs", tmp_path / "link"
    before = {file: file.read_bytes() for file in tree(jobs)}
    named.symlink_to(jobs / target, target_is_directory=True)

    with pytest.raises(InvalidFieldError, match="target must be"):
        scored(jobs / source, named if link else jobs / target)

    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.parametrize("hard", [False, True])
def test_no_target_is_another_of_the_sources(hard: bool, tmp_path: Path) -> None:
    jobs, answers = tmp_path / "jobs", tmp_path / "answers"
    (_, other, _), target = tree(jobs), answers / "a.parquet"
    answers.mkdir()
    before = other.read_bytes()
    target.hardlink_to(other) if hard else target.symlink_to(other)

    with pytest.raises(InvalidFieldError, match="another place than the source"):
        scored(jobs, answers)
    assert other.read_bytes() == before


@pytest.mark.parametrize("leads_to", ["nowhere.parquet", "b.parquet"])
def test_a_link_that_leads_nowhere_is_named(leads_to: str, tmp_path: Path) -> None:
    source, target = tmp_path / "jobs", tmp_path / "answers"
    source.mkdir()
    parquet.write_table(GOOD, source / "a.parquet")
    (source / "b.parquet").symlink_to(leads_to)

    with pytest.raises(UnfinishedError, match=r"b\.parquet: "):
        scored(source, target)
    assert (target / "a.parquet").exists()


@pytest.mark.parametrize("whole", [False, True])
def test_no_byte_of_a_file_that_is_wrong_costs_another(
    whole: bool, tmp_path: Path
) -> None:
    """Alone or among others: an answer, or the fault with the name of the file."""
    chance, source = Random(5), tmp_path / "jobs"
    source.mkdir()
    bad, target = source / "b.parquet", tmp_path / "answers"
    parquet.write_table(GOOD.slice(0, 20), bad)
    right = bad.read_bytes()
    if whole:
        source, target = bad, tmp_path / "answer.parquet"
    faults: list[str] = []
    for _ in range(20):
        wrong = bytearray(right)
        wrong[chance.randrange(len(wrong))] ^= chance.randrange(1, 256)
        bad.write_bytes(wrong)
        try:
            scored(source, target)
        except UnfinishedError as error:
            faults += error.faults
    assert all(fault.startswith(f"{bad}: ") for fault in faults)
    assert faults


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_formulas_are_escaped_in_every_kind_of_text_and_in_names(
    kind: pa.DataType, tmp_path: Path
) -> None:
    texts = pa.array(["=1+1", "\uff1d1", "-5", None]).cast(kind)
    table = pa.table({"@sum": texts, "pay.mean": [1.0] * 4})
    parquet.write_table(table, tmp_path / "jobs.parquet")
    target = tmp_path / "out.csv"

    score_parquet(
        None,
        tmp_path / "jobs.parquet",
        target,
        ME,
        constants=CONSTANTS,
        escape_formulas=True,
    )

    lines = [line.split(",")[0] for line in target.read_text("utf-8").splitlines()]
    assert lines == ['"\'@sum"', '"\'=1+1"', '"\'\uff1d1"', '"-5"', ""]


def test_a_column_that_csv_cannot_hold_is_named(tmp_path: Path) -> None:
    source = tmp_path / "jobs.parquet"
    parquet.write_table(pa.table({"tags": [["a"]], "pay.mean": [1.0]}), source)

    with pytest.raises(UnfinishedError, match=r"no form for column 'tags', list"):
        scored(source, tmp_path / "out.csv")


@pytest.mark.parametrize(
    "cell", ["5", " 5", "1_0", "\uff15", "\u00a05", "0x1", "1e1", ".5"]
)
@pytest.mark.parametrize("column", ["pay.mean", "signs.bad_reviews", "stage"])
def test_a_cell_is_read_alike_with_packages_and_without(
    cell: str, column: str, tmp_path: Path
) -> None:
    source = tmp_path / "jobs.csv"
    source.write_text(f"process,{column}\ncorporate,{cell}\n", "utf-8")
    answers: list[pd.DataFrame | None] = []
    for number, call in enumerate((scored_without, scored_plainly)):
        target = tmp_path / f"{number}.csv"
        try:
            call(source, target)
        except InterviewFitError:
            answers.append(None)
            continue
        answers.append(pd.read_csv(target).set_index("action"))

    if answers[0] is None or answers[1] is None:
        assert answers == [None, None]
    else:
        pd.testing.assert_frame_equal(*answers, check_dtype=False)


@pytest.mark.parametrize("cell", ["a\rb", "\rx", "a\r\nb", "a\nb", '"', ",", "\x1b[2K"])
def test_a_cell_that_is_carried_over_is_the_same_and_one_row(
    cell: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "jobs.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["note", "process"], [cell, "corporate"]])
    for call in (scored_without, scored_plainly):
        call(source, target)
        with target.open(encoding="utf-8", newline="") as file:
            (head, row) = csv.reader(file)
        assert row[head.index("note")] == cell


def test_pieces_of_one_file_take_its_digest_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PIECE_ROWS", 100)
    source = tmp_path / "jobs.parquet"
    parquet.write_table(GOOD, source, row_group_size=50)
    taken: list[Path] = []
    take = Piece.with_digest

    def counted(piece: Piece) -> Piece:
        taken.append(piece.source)
        return take(piece)

    monkeypatch.setattr(Piece, "with_digest", counted)
    scored(source, tmp_path / "out.parquet")

    assert taken == [source]


@pytest.mark.parametrize("score_it", [scored, scored_plainly])
def test_a_file_of_very_many_columns_is_refused_before_it_is_read(
    score_it: Callable[[Path, Path], int], tmp_path: Path
) -> None:
    source, target = tmp_path / "wide.csv", tmp_path / "out.csv"
    names = ",".join(f"x{number}" for number in range(MAX_COLUMNS))
    source.write_text(f"process,{names}\ncorporate{',1' * MAX_COLUMNS}\n", "utf-8")

    with pytest.raises(InterviewFitError, match="3,001 columns, at most 3,000"):
        score_it(source, target)

    assert not target.exists()
