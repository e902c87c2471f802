"""Rows of columns have the outcome that each row has as a single decision."""

from typing import Any

import numpy as np
import pytest

from interviewfit import Candidate, Opportunity, Sign, Stage, Term, Weights, corporate
from interviewfit._assessment.evaluation import Evaluation, evaluate
from interviewfit._assessment.outcome import Outcome, outcome_columns, outcome_of
from interviewfit._assessment.problems import compile_problem, compile_rows
from interviewfit._model.decision import Decision
from interviewfit._numeric.arrays import Number
from interviewfit._process.parameters import find_parameter, substitute

OTHERS = [
    Opportunity(name=name, stages=[Stage(kind="panel")], signals=[Sign.REMOTE_ALLOWED])
    for name in ("Bolt", "Cask")
]
JOBS = (
    Opportunity(name="Acme", stages=corporate()),
    Opportunity(name="Acme", stages=corporate(), via_recruiter=True),
    Opportunity(name="Acme", stages=corporate(), knows_someone=True, hidden_role=0.9),
    Opportunity(name="Acme", stages=corporate(), signals=[Sign.WRONG_KIND_OF_WORK]),
)
COLUMNS = {
    "pay.mean": [-8.0, 0.0, 5.0, 5.0],
    "hr_screen.pass_rate": [0.5, 0.2, 1.0, 0.9],
    "weights.networking": [1.0, 0.0, 3.0, 1.0],
    "weights.time": [1.0, 1.0, 0.5, 2.0],
}


def decided(job: Opportunity, *beside: Opportunity) -> Decision:
    who = Candidate(weights=Weights(declining=3))
    return Decision(candidate=who, opportunity=job, beside=beside)


def row_of(outcome: Outcome[Any], row: int) -> dict[str, float]:
    """The numbers of one row."""

    def entry(number: Number) -> float:
        return float(number[row] if isinstance(number, np.ndarray) else number)

    names = ("value", "sd_hours", "accept_probability", "hours", "days")
    numbers = {name: entry(getattr(outcome, name)) for name in names}
    numbers |= {f"reach {title}": entry(chance) for title, chance in outcome.reach}
    numbers |= {term.value: entry(outcome.terms.get(term, 0.0)) for term in Term}
    return numbers


class TestOutcomeColumns:
    @pytest.mark.parametrize("job", JOBS, ids=range(4))
    @pytest.mark.parametrize("rows", [1, 4])
    def test_each_row_is_what_it_is_alone(self, job: Opportunity, rows: int) -> None:
        decision = decided(job)
        values: dict[str, Number] = {
            name: np.array(column[:rows]) for name, column in COLUMNS.items()
        }
        together = evaluate(compile_rows(decision, values), rows)

        for row in range(rows):
            own = {
                find_parameter(decision, name): column[row]
                for name, column in COLUMNS.items()
            }
            alone = evaluate(compile_problem(substitute(decision, own)))
            for number in range(len(alone.alternatives)):
                columns = outcome_columns(together, number)
                single = row_of(outcome_of(alone, number), 0)
                assert row_of(columns, row) == pytest.approx(single, abs=1e-9)

    def test_numbers_of_a_single_decision_are_floats(self) -> None:
        outcome = outcome_of(evaluate(compile_problem(decided(JOBS[2]))), 1)

        assert isinstance(outcome.value, float)
        assert all(isinstance(value, float) for value in outcome.terms.values())


class TestBesideOthers:
    @pytest.mark.parametrize("job", JOBS[:3], ids=range(3))
    def test_it_is_worth_what_it_is_made_of(self, job: Opportunity) -> None:
        """If its turn never comes it is left, which costs as much as leaving does."""
        beside = evaluate(compile_problem(decided(job, *OTHERS)))
        alone: Evaluation[float] = evaluate(compile_problem(decided(job)))

        outcome = outcome_of(beside, 1)

        assert beside.ranking.values[1, 0] == pytest.approx(outcome.value)
        assert outcome.value < outcome_of(alone, 1).value
