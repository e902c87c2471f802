"""A course whose steps hold columns is played in every row as each row alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Assumptions,
    Candidate,
    Opportunity,
    Sign,
    Stage,
    Term,
    Weights,
    corporate,
)
from interviewfit._assessment.alternatives import (
    Alternative,
    compile_case,
    open_courses,
)
from interviewfit._assessment.choices import play, weigh
from interviewfit._competition.chains import solve_steps
from interviewfit._model.decision import Decision
from interviewfit.records import Choice

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


def going(job: Opportunity, *beside: Opportunity) -> tuple[Alternative, float, Any]:
    """Going on with a job, the mean of its surplus in hours, and what runs beside it."""
    decision = Decision(
        candidate=Candidate(weights=Weights(declining=3)),
        opportunity=job,
        assumptions=Assumptions(),
        beside=beside,
    )
    case, posterior, process = compile_case(decision)
    course = open_courses(case, posterior, process)[1]
    return course, process.percent * process.mean, case.rivals


def column(numbers: Sequence[float]) -> Any:
    return np.array(numbers, dtype=np.float64)


def merged(parts: Sequence[Mapping[Term, float]]) -> dict[Term, Any]:
    terms = {term for one in parts for term in one}
    return {term: column([one.get(term, 0.0) for one in parts]) for term in terms}


def side_by_side(courses: Sequence[Alternative]) -> Alternative:
    """One course whose steps hold a column of what each course has."""
    steps = [
        evolve(
            several[0],
            gains=merged([one.gains for one in several]),
            leaving=merged([one.leaving for one in several]),
            survive=column([one.survive for one in several]),
            drift=column([one.drift for one in several]),
            reveal=column([one.reveal for one in several]),
        )
        for several in zip(*(one.steps for one in courses), strict=True)
    ]
    return evolve(courses[0], steps=tuple(steps))


def row_of(choice: Choice, row: int) -> dict[str, Any]:
    """The numbers of one row."""

    def entry(number: Any) -> float:
        return float(number[row] if isinstance(number, np.ndarray) else number)

    found = {
        name: entry(getattr(choice, name))
        for name in ("worth", "sd", "accept", "hours", "days")
    }
    found |= {f"reach {title}": entry(chance) for title, chance in choice.reach}
    found |= {term.value: entry(choice.terms.get(term, 0.0)) for term in Term}
    return found


class TestColumns:
    def test_each_row_is_what_it_is_alone(self) -> None:
        found = [going(job) for job in JOBS]
        together = side_by_side([course for course, _, _ in found])
        means = column([mean for _, mean, _ in found])
        solution = solve_steps(together.steps, len(JOBS))

        choice: Any = play(together, solution, means)
        worths: Any = weigh(together, solution, means)

        assert isinstance(choice.worth, np.ndarray)
        assert choice.worth.shape == worths.shape == (len(JOBS),)
        for row, (course, mean, _) in enumerate(found):
            own = solve_steps(course.steps)
            alone = play(course, own, mean)
            assert row_of(choice, row) == pytest.approx(row_of(alone, 0), abs=1e-9)
            assert worths[row] == pytest.approx(alone.worth, abs=1e-9)
            assert weigh(course, own, mean) == pytest.approx(alone.worth, abs=1e-9)
            assert isinstance(weigh(course, own, mean), float)
            assert isinstance(alone.worth, float)
            assert all(isinstance(one, float) for one in alone.terms.values())

    @pytest.mark.parametrize("count", [2, 4])
    def test_one_mean_is_that_of_every_row(self, count: int) -> None:
        courses = [going(job)[0] for job in JOBS[:count]]
        together = side_by_side(courses)
        solution = solve_steps(together.steps, count)

        choice = play(together, solution, 40.0)
        worths: Any = weigh(together, solution, 40.0)

        for row, course in enumerate(courses):
            alone = play(course, solve_steps(course.steps), 40.0)
            assert row_of(choice, row) == pytest.approx(row_of(alone, 0), abs=1e-9)
            assert worths[row] == pytest.approx(alone.worth, abs=1e-9)

    @pytest.mark.parametrize("count", [1, 2, 5])
    def test_one_process_at_many_means(self, count: int) -> None:
        course = going(JOBS[1])[0]
        solution = solve_steps(course.steps)
        means = column(np.linspace(-200.0, 300.0, count).tolist())

        choice: Any = play(course, solution, means)
        worths: Any = weigh(course, solution, means)

        assert choice.worth.shape == (count,)
        for row, mean in enumerate(means.tolist()):
            alone = play(course, solution, mean)
            assert row_of(choice, row) == pytest.approx(row_of(alone, 0), abs=1e-9)
            assert worths[row] == pytest.approx(alone.worth, abs=1e-9)


class TestBesideOthers:
    @pytest.mark.parametrize("job", JOBS[:3], ids=range(3))
    def test_it_is_worth_what_it_is_made_of(self, job: Opportunity) -> None:
        """If its turn never comes it is left, which costs as much as leaving does."""
        course, mean, rivals = going(job, *OTHERS)
        solution = solve_steps(course.steps)

        played = play(course, solution, mean, rivals)

        assert rivals is not None
        assert weigh(course, solution, mean, rivals) == pytest.approx(played.worth)
        assert played.worth < play(course, solution, mean).worth
