from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calls import calls
from interviewfit import Candidate, DecodeError, Position, Stage, assess, score
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Opportunity
from interviewfit._model.parameters import PRIORS
from interviewfit._model.stages import corporate
from interviewfit._model.vocabulary import Term
from interviewfit._process.parameters import Parameter, substitute
from interviewfit.columns._scoring import TEMPLATES
from interviewfit.columns._specs import (
    column_spec,
    column_table,
    is_known_column,
    suggest_column,
)
from interviewfit.columns._validation import validate
from interviewfit.errors import InvalidFieldError

ME = Candidate(priorities={"canteen": 1})
NAN = float("nan")
PLAIN = {"process": "corporate", "pay": [1.0, 2.0]}
NUMBERS = (
    *("pay.mean", "canteen.sd", "relevance", "hidden_role", "stays_open", "fallback"),
    *("activity", "interviews_done", "interviews_ahead", "worth_ahead"),
    *("priorities.pay", *(f"weights.{one}" for one in Term)),
    *("stages[0].hours", "stages[1].preparation", "stages[2].pass_rate"),
    *("stages[0].surfaces", "stages[0].reshape_chance", "stages[0].reshape_gain"),
    *("stages[0].practice", "stages[0].reveals.pay"),
    *(name for name in PRIORS if column_spec(name, ME) is not None),
)


def faults(columns: Any, **options: Any) -> list[str]:
    with pytest.raises(DecodeError) as caught:
        score(ME, columns, **options)
    return list(caught.value.faults)


class TestPlain:
    def test_a_ragged_list_is_a_fault_of_its_column(self) -> None:
        (fault,) = faults({**PLAIN, "role": [[1, 2], [3]]})
        assert fault.startswith("column 'role' must be one-dimensional")

    def test_numbers_of_half_precision_are_read_as_they_are(self) -> None:
        half = np.array([1.0, 2.0], dtype=np.float16)
        found, same = (
            score(ME, {**PLAIN, "role": half}),
            score(ME, PLAIN | {"role": [1.0, 2.0]}),
        )
        assert found.value.tolist() == same.value.tolist()
        assert faults({**PLAIN, "role": half * np.float16(np.inf)})


class TestPlaces:
    @pytest.mark.parametrize("name", NUMBERS)
    def test_what_a_column_may_hold_is_what_its_record_takes(self, name: str) -> None:
        place = column_spec(name, ME)
        assert place is not None
        assert place.name == name
        decision = Decision(
            candidate=ME, opportunity=Opportunity(name="job", stages=corporate())
        )
        parameter = Parameter(
            name=place.name,
            value=place.low,
            low=place.low,
            high=place.high,
            scale=1.0,
            unit="",
            path=place.path,
        )

        for good in (place.low, place.high):
            substitute(decision, {parameter: good})
        for bad in (np.nextafter(place.low, -np.inf), np.nextafter(place.high, np.inf)):
            with pytest.raises(InvalidFieldError):
                substitute(decision, {parameter: float(bad)})

    @pytest.mark.parametrize(
        "name",
        [
            "salary",
            "garden.mean",
            "stages[50].hours",
            "stages[0].days",
            "weights.x",
            "",
        ],
    )
    def test_other_names_are_not_ours(self, name: str) -> None:
        assert not is_known_column(name, ME)

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("pay.meen", "pay.mean"),
            ("weights.tme", "weights.time"),
            ("stages[2].pas_rate", "stages[2].pass_rate"),
            ("sign.bad_reviews", "signs.bad_reviews"),
            ("priority.canteen", "priorities.canteen"),
            ("title", ""),
        ],
    )
    def test_a_slip_of_the_pen_is_told_the_nearest(self, slip: str, meant: str) -> None:
        assert suggest_column(slip, ME) == meant

    def test_the_table_is_a_table(self) -> None:
        lines = column_table().splitlines()

        assert len(lines) > 20
        assert {line.count("|") for line in lines} == {5}
        kept = Path(__file__).parents[1] / "data" / "column-table.md"
        assert column_table() == kept.read_text("utf-8")


class TestRead:
    def test_all_that_is_wrong_is_told_at_once(self) -> None:
        found = faults(
            {
                "pay.maen": [1.0, 2.0],
                "role": [1.0, 2.0, 3.0],
                "relevance": [0.5, 60.0],
                "culture.sd": [1.0, 2.0],
                "phase": ["before", "mid"],
                "stage": [0.5, 1.0],
                "via_recruiter": [1, 0],
                "growth": ["a", "b"],
                "manager": np.zeros((2, 2)),
                "pay": [1.0, 2.0],
                "pay.mean": [1.0, 2.0],
            }
        )

        said = """
column 'pay.maen' must be a known column, got 'pay.maen'. Did you mean 'pay.mean'?
column 'role' must be 2 rows long, like the other columns, got 3.
column 'relevance', row 1 must be a number between 0 and 1, got 60.0. \
For 60 %, write 0.6.
column 'phase', row 1 must be one of before, midway, offered, rejected, got 'mid'. \
Did you mean 'midway'?
column 'stage', row 0 must be a whole number of at least 0, got 0.5.
column 'via_recruiter' must be true or false, got 'int64: 1'. \
Write column.astype(bool).
column 'growth' must be numbers, got "<U1: 'a'". \
Convert it to float, with NaN for what is not known.
column 'manager' must be one-dimensional, got (2, 2).
column 'pay.mean' must be given once, got 'pay.mean'. Drop one of the two.
column 'process' is missing: it names one of corporate, small_firm, technical, \
by row or once for all (in the shell: --set process=corporate).
column 'culture.sd' needs 'culture.mean' beside it."""
        assert found == said.strip().splitlines()

    @pytest.mark.parametrize(
        ("column", "value", "said"),
        [
            ("pay", [0.0, np.inf], "row 1 .* got inf. NaN says that it is not known"),
            ("pay.mean", [0.0, -2e6], "row 1 .* between -1,000 and 1,000"),
            ("fallback", [NAN, 0.0], "row 0 .* got nan. Leave the column out"),
            ("horizon_years", [NAN, 0.0], "row 0 .* got nan. Leave the column out"),
            ("pay", np.array([1.0, None]), "must be numbers, got 'object"),
            ("pay", [1 + 2j, 0], "must be numbers, got 'complex"),
            ("stage", [0, 3], "'stage', row 1 must be one of the 3 stages"),
            ("stage", [NAN, 0.0], "'stage', row 0 .* It must be known"),
            ("stage", ["0", "1"], "'stage' must be whole numbers"),
            ("stages[3].hours", [1.0, NAN], "row 0 .* no such stage"),
            ("phase", ["", "before"], "row 0 .* It must be known"),
            ("phase", [3, 4], "'phase' must be text"),
            ("phase", ["befor", "midway"], "Did you mean 'before'"),
            ("signs.bad_reviews", ["yes", "no"], "must be true or false"),
            ("signs.bad_reviews", [1.0, 9.0], "row 1 .* between 0 and 5, got 9.0"),
        ],
    )
    def test_a_bad_entry_is_named_by_row_with_its_value(
        self, column: str, value: Any, said: str
    ) -> None:
        columns = {"process": "corporate", "role": [0.0, 0.0], column: value}

        (fault,) = faults(columns)

        assert np.any(np.char.find(fault, column) >= 0)
        with pytest.raises(DecodeError, match=said):
            score(ME, columns)

    def test_rows_are_counted_from_where_the_caller_says(self) -> None:
        (fault,) = faults({**PLAIN, "relevance": [0.5, 2.0]}, first_row=1000)

        assert fault.startswith("column 'relevance', row 1001 ")

    def test_the_first_bad_row_is_found_far_down(self) -> None:
        relevance = np.full(200_000, 0.5)
        relevance[[150_000, 180_000]] = 7.0

        (fault,) = faults({"process": "corporate", "relevance": relevance})

        assert "row 150000" in fault

    @pytest.mark.parametrize("columns", [{}, {"process": "corporate"}, {"pay": 3.0}])
    def test_one_column_at_least_has_rows(self, columns: dict[str, Any]) -> None:
        assert faults(columns)

    def test_what_is_no_mapping_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"score\(columns\)"):
            score(ME, [1, 2])  # type: ignore[arg-type]  # refused at run time

    @pytest.mark.parametrize(
        ("given", "plain"),
        [
            (np.array([1, 2], dtype=np.int8), [1.0, 2.0]),
            (np.array([1.5, 2.5], dtype=np.float32), [1.5, 2.5]),
            (np.ma.masked_array([1.0, 2.0], mask=[False, True]), [1.0, NAN]),
            (np.ma.masked_array([1, 2], mask=[True, False]), [NAN, 2.0]),
            (np.arange(6.0)[::3], [0.0, 3.0]),
        ],
    )
    def test_numbers_of_any_kind_are_floats(self, given: Any, plain: Any) -> None:
        one = score(ME, {"process": "corporate", "pay": given})
        other = score(ME, {"process": "corporate", "pay": plain})

        np.testing.assert_array_equal(one.value, other.value)

    def test_words_of_any_kind_are_text(self) -> None:
        names = ["corporate", "technical"]
        kinds = [np.array(names), np.array(names, dtype=object), names]

        values = [score(ME, {**PLAIN, "process": one}).value for one in kinds]

        assert values[0].tolist() == values[1].tolist() == values[2].tolist()

    def test_masked_flags_are_not_seen(self) -> None:
        flags = np.ma.masked_array([True, True], mask=[False, True])

        table = validate({**PLAIN, "signs.bad_reviews": flags}, ME, TEMPLATES)

        seen = table.flags["signs.bad_reviews"]
        assert np.asarray(seen).tolist() == [True, False]

    @pytest.mark.parametrize("index", [0, 1, 12, 48, 49])
    def test_every_stage_of_the_longest_process_can_be_asked_of(
        self, index: int
    ) -> None:
        longest = {"all": [Stage(kind="panel")] * 50}

        found = score(ME, {"process": "all", "stage": [index]}, processes=longest)

        position = Position(stage=index)
        job = Opportunity(name="job", stages=longest["all"], position=position)
        assert found.value == pytest.approx(assess(ME, job).value, rel=1e-9)

    def test_a_stage_of_some_processes_only_is_left_open_in_the_others(self) -> None:
        columns = {
            "process": ["corporate", "one"],
            "stages[1].hours": [2.0, NAN],
            "pay": [1.0, 1.0],
        }

        found = score(ME, columns, processes={"one": [Stage(kind="panel")]})

        assert len(found) == 2


class TestVeryManyColumns:
    def test_at_most_a_hundred_are_blamed(self) -> None:
        found = faults({"process": "corporate"} | {f"x{i}": [1.0] for i in range(300)})

        assert len(found) == 101
        assert found[-1] == "And more: the columns behind were not looked at."

    def test_the_work_grows_with_their_number_and_not_with_its_square(self) -> None:
        def work(count: int) -> int:
            table = {"process": "corporate"} | {f"x{i}": [1.0] for i in range(count)}
            return calls(lambda: faults(table))

        work(200)

        assert work(4_000) - work(2_000) < 2 * (work(2_000) - work(1_000)) + 1_000

    def test_names_of_all_columns_are_put_together_once(self) -> None:
        suggest_column("first", ME)

        assert calls(lambda: suggest_column("pay.maen", ME)) < 20_000
