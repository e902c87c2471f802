"""Either/or facts in a table: each row is what it is alone."""

from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Candidate,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Position,
    assess,
    corporate,
    score,
    small_firm,
)
from interviewfit.records import Either

REMOTE = Either(
    aspect="commute", chance=0.6, if_so=8, if_not=-40, told_by="hiring_manager"
)
NUMBERS = {
    "signals[0].chance": np.array([0.6, 0.0, 1.0, 0.2, 0.6]),
    "signals[0].if_so": np.array([8.0, 8.0, 8.0, 30.0, 8.0]),
    "signals[0].if_not": np.array([-40.0, -40.0, -40.0, 0.0, -40.0]),
    "pay.mean": np.array([0.0, 5.0, -3.0, np.nan, 0.0]),
}


def table(**more: Any) -> dict[str, Any]:
    return {"process": "corporate", "stage": np.array([0, 0, 1, 0, 2]), **more}


class TestRows:
    def test_each_is_what_it_is_alone(self) -> None:
        """Also where it is certain, or its stage lies behind."""
        scores = score(Candidate(), table(**NUMBERS), facts=[REMOTE], terms=True)

        for row in range(5):
            chance, if_so, if_not, pay = (NUMBERS[name][row] for name in NUMBERS)
            fact = Either(
                aspect="commute",
                chance=chance,
                if_so=if_so,
                if_not=if_not,
                told_by="hiring_manager",
            )
            known = {} if np.isnan(pay) else {"pay": pay}
            one = {name: np.array([value]) for name, value in known.items()}
            stage = int(table()["stage"][row])
            alone = score(
                Candidate(),
                {"process": "corporate", "stage": np.array([stage]), **one},
                facts=[fact],
            )
            assert scores.value[row] == pytest.approx(alone.value[0], abs=1e-9)
            if not known:
                job = Opportunity(
                    name="Acme",
                    stages=corporate(),
                    signals=[fact],
                    position=Position(stage=stage),
                )
                assert alone.value[0] == pytest.approx(
                    assess(Candidate(), job).value, abs=1e-8
                )

    def test_no_bit_depends_on_the_others(self) -> None:
        whole = score(Candidate(), table(**NUMBERS), facts=[REMOTE])
        for rows in ([3], [4, 0], [1, 2, 3]):
            part = {
                name: column if isinstance(column, str) else column[rows]
                for name, column in table(**NUMBERS).items()
            }
            scores = score(Candidate(), part, facts=[REMOTE])
            assert (scores.value == whole.value[rows]).all()
            assert (scores.threshold == whole.threshold[rows]).all()

    def test_rows_that_share_it_are_solved_once(self) -> None:
        pay = np.linspace(-40.0, 40.0, 50)
        scores = score(
            Candidate(), {"process": "small_firm", "pay.mean": pay}, facts=[REMOTE]
        )
        side_by_side = score(
            Candidate(),
            {
                "process": "small_firm",
                "pay.mean": pay,
                "signals[0].chance": np.full(50, 0.6),
            },
            facts=[REMOTE],
        )

        assert np.abs(scores.value - side_by_side.value).max() < 1e-8
        assert len(small_firm()) == 2


class TestRefused:
    def test_numbers_of_a_fact_that_nobody_stated(self) -> None:
        with pytest.raises(DecodeError, match=r"score\(facts="):
            score(Candidate(), table(**NUMBERS))

    def test_a_chance_above_one(self) -> None:
        bad = {**NUMBERS, "signals[0].chance": np.array([0.6, 60.0, 1.0, 0.2, 0.6])}
        with pytest.raises(DecodeError, match="row 1"):
            score(Candidate(), table(**bad), facts=[REMOTE])

    def test_a_fact_told_by_no_stage_of_a_process(self) -> None:
        panel = Either(aspect="pay", chance=0.5, if_so=5, if_not=0, told_by="panel")
        with pytest.raises(InvalidFieldError, match="hiring manager"):
            score(Candidate(), {"process": "corporate", "pay": [1.0]}, facts=[panel])

    def test_what_is_no_fact(self) -> None:
        facts: Any = ["remote"]
        with pytest.raises(InvalidFieldError, match="Either"):
            score(Candidate(), {"process": "corporate", "pay": [1.0]}, facts=facts)
