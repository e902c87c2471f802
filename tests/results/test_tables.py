"""Answers as plain values and columns, held against the fields and the JSON of each.

``data/tables.txt`` holds what every table of every answer is made of.
``PYTHONPATH=tests python tests/results/test_tables.py`` writes it anew.
"""

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from math import inf
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings

from interviewfit import InvalidFieldError, assess, dumps
from interviewfit._results.tables import heading, unit_word
from interviewfit.records import Tabular
from interviewfit.sensitivity import Tornado, list_inputs, sweep
from recorded import write_anew
from strategies import candidates, opportunities
from tabulated import NAMES, answers

# Rows of arrays: no JSON, and headings of their own.
OF_ARRAYS = {"sweep", "scores"}
KEPT = Path(__file__).parents[1] / "data" / "tables.txt"
UNITS = {"hours", "days", "day", "percent", "factor", "probability", "correlation"}
SHARES = {"share", "shares", "rate", "confidence", "agree"}
# Years, weeks, money, and what stands in the unit that its row names.
UNITLESS = {
    *("horizon_years", "weeks", "amount", "value_in_money", "growth", "min_answers"),
    *(
        "value",
        "low",
        "high",
        "threshold",
        "error",
        "distance",
        "before",
        "after",
        "mean",
        "sd",
    ),
    *("log_sd", "prior_log_sd", "mutual_fit"),
}


def tables() -> Iterator[str]:
    """Of every table of every answer, how many rows it has and what its columns are."""
    for name, answer in sorted(answers().items()):
        with pytest.raises(InvalidFieldError) as caught:
            answer.to_columns("odd")
        assert caught.value.value == "odd"
        names = caught.value.expected.removeprefix("one of ").replace("'", "")
        for table in names.split(", "):
            columns = answer.to_columns(table)
            counts = {len(column) for column in columns.values()}
            yield f"{name}, {table}: {sorted(counts)} rows"
            for head, column in columns.items():
                kinds = {type(cell).__name__ for cell in np.asarray(column).tolist()}
                yield f"  {head}: {', '.join(sorted(kinds))}"


def columns_of(answer: Tabular) -> dict[str, list[Any]]:
    """The columns as lists."""
    columns = answer.to_columns()
    return {name: np.asarray(column).tolist() for name, column in columns.items()}


def as_in_json(value: Any) -> Any:
    """Plain values as ``dumps`` writes them: it has no word for infinity."""
    if isinstance(value, Mapping):
        return {key: as_in_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_in_json(item) for item in value]
    return str(value) if value in (inf, -inf) else value


def assert_contains(whole: Any, part: Any, path: str = "$") -> None:
    """Assert that all that stands in a tree stands in another one."""
    if isinstance(part, dict):
        for key in part:
            assert key in whole, f"{path}.{key}"
            assert_contains(whole[key], part[key], f"{path}.{key}")
    elif isinstance(part, list):
        assert len(whole) == len(part), path
        for index, item in enumerate(part):
            assert_contains(whole[index], item, f"{path}[{index}]")
    else:
        assert whole == part, path


def test_every_name_has_its_answer() -> None:
    assert sorted(answers()) == sorted(NAMES)


def test_every_table_has_the_columns_that_it_had() -> None:
    assert list(tables()) == KEPT.read_text("utf-8").splitlines()


class TestDict:
    @pytest.mark.parametrize("name", NAMES)
    def test_it_holds_plain_values_only(self, name: str) -> None:
        text = json.dumps(answers()[name].to_dict())

        assert json.loads(text) == answers()[name].to_dict() or "NaN" in text

    @pytest.mark.parametrize("name", sorted({*NAMES} - OF_ARRAYS - {"learned"}))
    def test_all_that_the_json_says_is_in_it(self, name: str) -> None:
        tree = json.loads(dumps(answers()[name]))
        del tree["schema"]

        assert_contains(as_in_json(answers()[name].to_dict()), tree)

    def test_derived_numbers_stand_in_it(self) -> None:
        answer = answers()["assessment"].to_dict()

        assert answer["value"] == answer["choices"][0]["value"]
        assert answer["margin"] == answer["value"] - answer["choices"][1]["value"]


class TestColumns:
    @pytest.mark.parametrize("name", NAMES)
    def test_columns_are_of_one_length(self, name: str) -> None:
        columns = answers()[name].to_columns()

        assert len({len(column) for column in columns.values()}) == 1

    @pytest.mark.parametrize("name", sorted({*NAMES} - OF_ARRAYS))
    def test_every_number_of_a_row_round_trips(self, name: str) -> None:
        """Each under the name of its field, with or without a unit behind it."""
        answer, columns = answers()[name], columns_of(answers()[name])
        rows: Any = answer
        if type(answer)._row_name != "summary":
            rows = getattr(answer, type(answer)._row_name)
            rows = list(rows.values()) if isinstance(rows, Mapping) else rows
        else:
            rows = [answer]
        compared = 0
        for index, row in enumerate(rows):
            for field in attrs.fields(type(row)):
                value = getattr(row, field.name)
                if isinstance(value, str | bool | int | float | Enum):
                    (column,) = (
                        columns[head]
                        for head in (field.name, *(f"{field.name}_{u}" for u in UNITS))
                        if head in columns
                    )
                    plain = value.value if isinstance(value, Enum) else value
                    assert column[index] == plain
                    compared += 1
                elif isinstance(value, Mapping):
                    for key, item in value.items():
                        if isinstance(item, float):
                            (head,) = (
                                head
                                for head in columns
                                if head.startswith(field.name)
                                and head.endswith(f".{key}")
                                and head.count(".") == 1 + str(key).count(".")
                            )
                            assert columns[head][index] == item

        assert compared or name == "postings"

    @pytest.mark.parametrize("name", sorted({*NAMES} - OF_ARRAYS))
    @pytest.mark.parametrize("table", ["", "summary"])
    def test_a_heading_says_the_unit(self, name: str, table: str) -> None:
        for head, column in answers()[name].to_columns(table).items():
            # What is counted is whole, and has no unit.
            numbers = [cell for cell in column if isinstance(cell, float)]
            parts = [part for piece in head.split(".") for part in piece.split("_")]
            last = head.rpartition(".")[2]
            known = not UNITS.isdisjoint(parts) or not SHARES.isdisjoint(parts)
            first = head.partition(".")[0]
            assert (
                not numbers
                or known
                or last in UNITLESS
                or first in {"central", "turned_by_factor"}
            ), head

    def test_terms_add_up_in_every_row(self) -> None:
        columns = columns_of(answers()["assessment"])
        terms = [columns[head] for head in columns if head.startswith("terms_hours.")]

        for row, value in enumerate(columns["value_hours"]):
            assert sum(term[row] for term in terms) == pytest.approx(value, abs=1e-9)

    @pytest.mark.parametrize("table", ["thresholds", "reasons", "terms", "choices"])
    def test_an_answer_has_further_tables(self, table: str) -> None:
        answer: Any = answers()["assessment"]

        columns = answer.to_columns(table)

        assert len(next(iter(columns.values()))) == len(getattr(answer, table))

    @pytest.mark.parametrize(
        ("name", "table", "heads"),
        [
            ("assessment", "rule", []),
            ("plan", "ranked", ["name", "action", "marginal_value_hours"]),
            ("plan", "to_leave", ["name", "action"]),
            ("plan", "offers", ["name", "accept_value_hours"]),
            ("plan", "rule", []),
            ("questions", "sources", ["aspect", "where", "share", "hours"]),
            ("robustness", "influential", ["opportunity", "name", "unit"]),
            ("robustness", "shares", ["opportunity", "action", "probability"]),
            ("outcomes", "processes", ["name", "hours"]),
            ("outcomes", "terms", ["term", "mean_hours", "sd_hours"]),
            ("certificate", "limits", ["name", "low_factor", "high_factor"]),
            ("certificate", "turned_by", ["name", "factor"]),
            ("learned", "limits", ["name", "low_factor", "high_factor"]),
            ("rule", "limits", ["opportunity", "above_percent"]),
        ],
    )
    def test_the_tables_that_the_page_names_are_there(
        self, name: str, table: str, heads: list[str]
    ) -> None:
        columns = answers()[name].to_columns(table)

        assert {*heads} <= {*columns}
        assert len({len(column) for column in columns.values()}) <= 1

    def test_terms_are_rows_of_hours(self) -> None:
        answer: Any = answers()["assessment"]

        columns = answer.to_columns("terms")

        pairs = zip(columns["term"], columns["hours"], strict=True)
        assert dict(pairs) == {str(key): item for key, item in answer.terms.items()}

    def test_a_table_without_rows_keeps_its_headings(self) -> None:
        assert [*Tornado(bars=()).to_columns()][:3] == ["name", "value", "low"]

    def test_a_stage_that_stands_twice_has_two_columns(self) -> None:
        answer: Any = answers()["assessment"]
        choice = attrs.evolve(
            answer.choices[0], reach=(("panel", 0.5), ("panel", 0.25))
        )

        columns = attrs.evolve(answer, choices=(choice,)).to_columns()

        assert columns["reach_probability.panel"] == [0.5]
        assert columns["reach_probability.panel (2)"] == [0.25]

    @pytest.mark.parametrize("name", NAMES)
    def test_another_table_is_refused_with_those_there_are(self, name: str) -> None:
        with pytest.raises(InvalidFieldError, match=r"to_columns\(table\) must be"):
            answers()[name].to_columns("prices")

    @settings(max_examples=25)
    @given(who=candidates(), job=opportunities())
    def test_whatever_is_stated(self, who: Any, job: Any) -> None:
        answer = assess(who, job)

        columns = answer.to_columns()

        assert columns["value_hours"] == [choice.value for choice in answer.choices]
        thresholds = answer.to_columns("thresholds")
        fits = [entry.fit for entry in answer.thresholds]
        assert thresholds.get("fit_percent", []) == fits


class TestSweep:
    def test_each_point_is_a_row(self) -> None:
        answer: Any = answers()["sweep"]

        columns = answer.to_columns()

        times, pays = columns["weights.time_factor"], columns["pay.mean_percent"]
        assert times.tolist() == [1, 1, 1, 2, 2, 2]
        assert pays.tolist() == [3, 4, 5, 3, 4, 5]
        assert columns["value_hours"].tolist() == answer.value.ravel().tolist()
        assert columns["action"].tolist() == answer.actions.ravel().tolist()

    def test_every_unit_is_one_word(self) -> None:
        answer: Any = answers()["assessment"]

        words = {unit_word(entry.unit) for entry in list_inputs(answer.decision)}

        assert all(" " not in word and word for word in words)

    def test_one_number_is_a_line(self) -> None:
        answer: Any = answers()["assessment"]

        columns = sweep(answer, "fallback", [0, 5]).to_columns()

        assert columns["fallback_percent"].tolist() == [0, 5]


class TestReadOnly:
    @pytest.mark.parametrize("name", NAMES)
    def test_whoever_changes_a_copy_leaves_the_answer(self, name: str) -> None:
        answer = answers()[name]
        before = {key: list(column) for key, column in answer.to_columns().items()}

        columns = answer.to_columns()
        for column in columns.values():
            if isinstance(column, list):
                column.clear()
            elif column.flags.writeable:
                column[:] = column[::-1].copy()
        columns.clear()
        answer.to_dict().clear()

        after = {key: list(column) for key, column in answer.to_columns().items()}
        assert after.keys() == before.keys()
        assert all(
            old == new or new != new  # noqa: PLR0124 - not a number
            for key in before
            for old, new in zip(before[key], after[key], strict=True)
        )


def test_a_name_that_says_its_unit_keeps_its_heading() -> None:
    assert heading("accept_probability", "probability") == "accept_probability"
    assert heading("stages[0].hours", "hours") == "stages[0].hours"
    assert heading("index", "percent") == "index_percent"


def write() -> None:
    """Write the file anew."""
    KEPT.write_text("".join(f"{line}\n" for line in tables()), "utf-8")


if __name__ == "__main__":
    write_anew(KEPT, write)
