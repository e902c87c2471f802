"""What a person is told of a CSV file that cannot be scored."""

from pathlib import Path

import pytest

from interviewfit import Candidate
from interviewfit.errors import faults_of
from interviewfit.extra._storage import other_separator
from interviewfit.extra.dask import score_parquet
from interviewfit.extra.files import UnfinishedError


class TestLines:
    def test_every_fault_is_a_line_and_nothing_is_run_again_if_nothing_is_done(
        self,
    ) -> None:
        assert faults_of(UnfinishedError(["a.csv: x", "a.csv: y"])) == (
            "a.csv: x",
            "a.csv: y",
        )
        lines = faults_of(UnfinishedError(["b.parquet: x"], rows=1_200))
        assert (
            lines[-1] == "1,200 rows are done. Mend that and run it again for the rest."
        )
        assert str(UnfinishedError(["a", "b"])) == "a\nb"


class TestReasons:
    @pytest.mark.parametrize("sign", [";", "\t", "|"])
    def test_another_separator_is_named(self, sign: str) -> None:
        words = other_separator([f"name{sign}pay.mean"])

        assert repr(sign) in words
        assert "Save it with commas" in words
        assert other_separator(["name"]) == other_separator(["a;b", "c"]) == ""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("name,pay.mean,pay.sd\nA,abc,4\n", "column 'pay.mean', line 2 must be a"),
            ('name,pay.mean,pay.sd\nA,1,"4,5"\n', "got '4,5'. Write it with a point"),
            ("name;pay.mean\nA;5,5\n", "separated by ';'"),
            ("name;pay.mean\nA;5\n", "separated by ';'"),
            ("", "it is empty. The first line must name the columns."),
        ],
    )
    def test_a_column_is_called_by_its_name(
        self, text: str, said: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "jobs.csv"
        path.write_text(text, "utf-8")

        with pytest.raises(UnfinishedError) as caught:
            score_parquet(
                None,
                path,
                tmp_path / "scored.csv",
                Candidate(),
                constants={"process": "corporate"},
            )

        (line,) = faults_of(caught.value)
        assert line.startswith(f"{path}: ")
        assert said in line
