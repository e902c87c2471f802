"""No bit of a row depends on its neighbours, whatever operation the row goes through.

Each operation is done on a row alone, on the row twice, beside a few others and beside
many: NumPy and the solver have paths of their own for one row and for a few.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import interviewfit
from interviewfit import Assumptions, Belief, Candidate, Opportunity, Position, Stage
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import compile_beside
from interviewfit._competition.held_offers import gain_with_news
from interviewfit._competition.offers import ask_outcome
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._numeric.arrays import FloatArray, sum_in_order
from interviewfit._process.employer_view import jumps_of
from interviewfit._process.parameters import list_inputs
from interviewfit._solver.solution import solve
from interviewfit.records import Decision, Either

# The row that is looked at is number 1 of three; it stands where it is said to.
ALONE = ((1,), (1, 1), (1, 1, 1, 1, 1, 0), (1,) * 13 + (0, 2), (1, 2, 0))
SOURCE = Path(interviewfit.__file__).parent


def same_in_any_batch(answer: Callable[[list[int]], FloatArray]) -> None:
    """Check that the row 1 has the same bits in every batch.

    Args:
        answer: From numbers of rows to numbers, ``(..., rows)``.
    """
    whole = answer([0, 1, 2])[..., 1]
    for rows in ALONE:
        assert answer(list(rows))[..., 0].tolist() == whole.tolist(), rows


def offer(name: str, mean: float, **more: Any) -> Opportunity:
    found = Opportunity(
        name=name,
        stages=[Stage(kind="hr_screen")],
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=mean, sd=6), "role": Belief(mean=2, sd=9)},
    )
    return attrs.evolve(found, **more)


def running(name: str, mean: float) -> Opportunity:
    return Opportunity(
        name=name,
        stages=[Stage(kind="hr_screen"), Stage(kind="executive")],
        beliefs={"role": Belief(mean=mean, sd=9)},
    )


def searches() -> Iterator[tuple[Decision, dict[str, tuple[float, float, float]]]]:
    """Decisions beside others, and the numbers that differ by row."""
    me, desk = Candidate(), Stage(kind="research")
    job = Opportunity(name="this", stages=[desk])
    crowd = [running(f"job {number}", 1.7 * number - 6.0) for number in range(9)]
    held = [offer("held", 5.0), offer("other", 2.0), offer("third", 4.0)]
    beside: list[Opportunity] = [offer("held", 0.0, stages=[desk], beliefs={})]
    moved = {"pay.mean": (3.0, -31.0, 8.0)}
    yield Decision(candidate=me, opportunity=job, beside=beside), moved
    asking = {"call.hours": (0.3, 0.7, 1.1), "call.reveals.other": (0.1, 0.4, 0.8)}
    for mean in (1.0, 5.0):
        decision = Decision(candidate=me, opportunity=offer("this", mean))
        yield decision, asking
        yield attrs.evolve(decision, beside=[*crowd, *held]), asking
    yield (
        Decision(
            candidate=me,
            opportunity=running("this", 2.0),
            beside=[*crowd, offer("held", 4.0, signals=["merger_talks"])],
        ),
        {"spread.stability": (4.0, 7.0, 9.0), "stays_open": (0.1, 0.5, 0.9)},
    )
    facts = [
        Either(aspect=aspect, chance=0.3, if_so=9, if_not=-9, told_by="hr screen")
        for aspect in ("commute", "growth", "team", "benefits", "stability")
    ]
    told = attrs.evolve(running("this", 2.0), signals=facts)
    uncertain = {"signals[0].if_so": (90.0, 8.0, 30.0)}
    for fit, others in ((0.0, crowd), (0.2, crowd[:1]), (0.2, [])):
        numbers = Assumptions(numbers={"mutual_fit": fit})
        yield (
            Decision(
                candidate=me, opportunity=told, assumptions=numbers, beside=others
            ),
            uncertain,
        )


class TestNoBit:
    @pytest.mark.parametrize("number", range(9))
    def test_of_a_decision_beside_others(self, number: int) -> None:
        decision, numbers = list(searches())[number]
        columns = {name: np.array(column) for name, column in numbers.items()}
        assert columns.keys() <= {item.name for item in list_inputs(decision)}

        def answer(rows: list[int]) -> FloatArray:
            found = evaluate_rows(
                decision, {name: own[rows] for name, own in columns.items()}
            )
            order = sorted(found.actions)
            values = [found.values[found.actions.index(action)] for action in order]
            return np.vstack((*values, found.codes, found.margin))

        same_in_any_batch(answer)

    def test_of_a_sum(self) -> None:
        table = np.random.default_rng(1).normal(size=(20, 3))

        same_in_any_batch(lambda rows: sum_in_order(table[:, rows]))
        assert sum_in_order(table) == pytest.approx(table.sum(axis=0))

    def test_of_asking_about_an_offer_and_of_news_of_it(self) -> None:
        job = offer("this", 1.0, signals=["merger_talks"])
        decision = Decision(
            candidate=Candidate(), opportunity=job, beside=[running("job", 2.0)]
        )
        hours = np.array([0.3, 0.7, 1.1])
        spread = np.array([4.0, 7.0, 9.0])

        def answer(rows: list[int]) -> FloatArray:
            numbers = {"call.hours": hours[rows], "spread.stability": spread[rows]}
            entries = compile_beside(decision, numbers)
            process, count = entries[0].process, len(rows)
            assert process.call is not None
            rivals = RivalDistribution.of(
                [ChainParameters.of(entries[1].process)], 0.0, count
            )
            asked = ask_outcome(process, process.call, 1.0, count)
            return np.stack((*asked, gain_with_news(rivals, process, count)))

        same_in_any_batch(answer)

    def test_of_nine_rivals(self) -> None:
        jobs = [running(f"job {number}", 1.7 * number - 6.0) for number in range(10)]
        decision = Decision(candidate=Candidate(), opportunity=jobs[0], beside=jobs[1:])
        rates = np.array([0.4, 0.5, 0.6])

        def answer(rows: list[int]) -> FloatArray:
            values = {"horizon_years": 2.0 + rates[rows]}
            entries = compile_beside(decision, values)
            chains = [ChainParameters.of(entry.process) for entry in entries[1:]]
            found = RivalDistribution.of(chains, 0.0, len(rows))
            return np.stack((found.value, found.leaving))

        same_in_any_batch(answer)

    def test_of_facts_of_which_the_largest_are_told_apart(self) -> None:
        """Which are the largest is another matter in each row."""
        sizes = np.random.default_rng(2).normal(size=(6, 3)) * 9.0
        sizes[0] = [90.0, 0.1, 3.0]

        def answer(rows: list[int]) -> FloatArray:
            facts = [(0.3, size[rows]) for size in sizes]
            shift, probability, lumped = jumps_of(facts, len(rows))
            return np.vstack((shift.T, probability.T, lumped))

        same_in_any_batch(answer)

    def test_of_where_an_acceptance_breaks(self) -> None:
        """Another row with more facts takes no place of those of this one."""
        facts = np.zeros((3, 14, 2))
        facts[[0, 2], 0::2, 0], facts[[0, 2], 1::2, 0] = 0.5, 3.0
        facts[1, 0, 1], facts[1, 1, 1] = 0.4, 8.0
        facts[2, 0, 1], facts[2, 1, 1] = 0.4, 8.0

        def answer(rows: list[int]) -> FloatArray:
            ones = np.ones((len(rows), 2))
            numbers = (-ones, 0.5 * ones, 0.0 * ones, 1e-9 * ones, 0.0 * ones)
            told = np.moveaxis(facts[rows], 1, 0)
            solution = solve(*numbers, *told, exact_rows=True)
            width = np.full(len(rows), 50.0)
            points = solution.breakpoints(np.arange(len(rows)), 0.0 * width, width)
            kept = [np.sort(line[~np.isnan(line)]) for line in points]
            return np.stack([np.resize(line, 200) for line in kept], axis=-1)

        same_in_any_batch(answer)


def calls_in(package: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the modules of a package, and where it stands."""
    for path in sorted((SOURCE / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


class TestHouse:
    def test_rows_are_added_up_in_order(self) -> None:
        """Where rows are the last axis, NumPy's own sum over the first depends on them.

        Those that are left sum over the processes of a single search.
        """
        single = (
            *("index_value.py", "policy_panels.py"),
            *("mutual_rivals.py", "practice.py"),
        )
        found = [
            where
            for package in ("_process", "_assessment", "_competition", "_solver")
            for where, call in calls_in(package)
            if isinstance(call.func, ast.Attribute) and call.func.attr == "sum"
            if any(
                keyword.arg == "axis" and ast.unparse(keyword.value) in ("0", "(0, 1)")
                for keyword in call.keywords
            )
            if not where.partition(":")[0].endswith(single)
        ]

        assert found == []

    def test_rows_are_solved_exactly(self) -> None:
        """A few chains that are solved together take another path than many."""
        found = [
            where
            for package in ("_assessment", "_competition", "weightings", "columns")
            for where, call in calls_in(package)
            if isinstance(call.func, ast.Name) and call.func.id == "solve_steps"
            if len(call.args) > 1
            and all(keyword.arg != "exact_rows" for keyword in call.keywords)
        ]

        assert found == []
