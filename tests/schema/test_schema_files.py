"""The schemas that are in the wheel, for tools that are not written in Python.

``python tests/schema/test_schema_files.py`` writes them anew.
"""

import json
from importlib.resources import files
from pathlib import Path

import pytest

import interviewfit
from interviewfit.__main__ import main
from interviewfit._command.schema import record_kinds, schema_text
from interviewfit.schema import schema_of
from public import COLUMNS, public_names, record_classes
from recorded import write_anew

FOLDER = Path(interviewfit.__file__).parent / "data" / "schemas"
NAMES = (
    "Assessment",
    "Assumptions",
    "Candidate",
    "History",
    "Opportunity",
    "Plan",
    "Review",
    "Search",
)


def write_files() -> None:
    """Write every file of ``NAMES``."""
    for name in NAMES:
        text = schema_text(record_kinds()[name])
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")


class TestFiles:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_file_is_what_the_library_says(self, name: str) -> None:
        path = files("interviewfit").joinpath(f"data/schemas/{name}.schema.json")

        schema = json.loads(path.read_text("utf-8"))

        # If a record changed: PYTHONPATH=tests python tests/schema/test_schema_files.py
        assert schema == schema_of(record_kinds()[name])
        assert schema["$id"] == f"urn:interviewfit:2:{name}"

    def test_there_is_no_other(self) -> None:
        assert sorted(path.name for path in FOLDER.iterdir()) == [
            f"{name}.schema.json" for name in NAMES
        ]


class TestCommand:
    def test_it_prints_the_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schema", "search"]) == 0

        out, err = capsys.readouterr()
        assert out == (FOLDER / "Search.schema.json").read_text(encoding="utf-8")
        assert err == ""

    def test_every_public_record_has_one(self) -> None:
        public = {
            name
            for name, kind in record_kinds().items()
            if name not in COLUMNS and json.loads(schema_text(kind))["title"] == name
        }

        assert public >= set(record_classes()) & set(public_names())

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("Opportunities", "Did you mean Opportunity"),
            ("x", "Did you mean Search or Assessment or Plan?"),
            ("Scores", "a record without columns"),
            ("assess", "Assess"),
            ("", "Did you mean"),
        ],
    )
    def test_a_name_that_is_none_is_one_clear_line(
        self, name: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["schema", name]) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert said in err


if __name__ == "__main__":
    write_anew(FOLDER, write_files)
