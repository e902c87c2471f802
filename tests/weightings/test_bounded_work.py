"""Weightings where passes tell of the fit: their number is bounded by operations."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import evolve

import costs
from interviewfit import Assessment, Belief, assess
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._numeric.effort import counted
from interviewfit._solver.mutual_chains import MutualChains
from interviewfit._solver.mutual_kinds import groups_of
from interviewfit.weightings import acceptability, certify, next_choice

FEW = 6_000_000
"""Operations that a calculation may take in these tests."""


@pytest.fixture(scope="module")
def found() -> Assessment:
    """The answer about a job whose passes tell much of the fit."""
    return costs.alone(costs.SEARCHES["mutual"](1, 3))


def operations(call: Callable[[], object], most: int) -> int:
    """How many a call takes where it may take so many.

    Args:
        call: What is done.
        most: Operations that it may take.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", most)
        with counted() as effort:
            call()
    return effort.operations


def test_fewer_weightings_are_tried_where_each_takes_long(found: Assessment) -> None:
    answers = []

    work = operations(lambda: answers.append(certify(found, **costs.LIMITS)), FEW)

    assert work <= 2 * FEW
    (few,), whole = answers, certify(found, **costs.LIMITS)
    assert few.holds is whole.holds is None
    assert few.evaluations < whole.evaluations
    assert few.lead >= whole.lead
    assert f"None of the {few.evaluations} that were tried" in str(few)


def test_the_way_to_a_turn_is_looked_at_in_fewer_parts(found: Assessment) -> None:
    limits = {"priorities": {"role": (0.2, 5.0)}, "weights": {"time": (0.5, 20.0)}}
    answers = []

    work = operations(lambda: answers.append(certify(found, **limits)), FEW)

    assert work <= 2 * FEW
    (few,), whole = answers, certify(found, **limits)
    assert few.holds is whole.holds is False
    assert few.turned_to is whole.turned_to
    assert few.turned_by.keys() == whole.turned_by.keys()


def test_shares_are_those_of_a_first_look(found: Assessment) -> None:
    answers = []

    work = operations(lambda: answers.append(acceptability(found, **costs.LIMITS)), FEW)

    assert work <= 2 * FEW
    (few,), whole = answers, acceptability(found, **costs.LIMITS)
    assert few.evaluations < whole.evaluations
    for entry in whole.shares:
        share, error = few.share_of(entry.action), entry.standard_error
        assert share == pytest.approx(entry.share, abs=0.1 + 4.0 * error)


def test_values_of_a_long_chain_are_those_of_its_panels() -> None:
    """Its last interviews show less than a grid of 4,320 points does."""
    found = costs.SEARCHES["mutual"](1, 34)
    stages = [evolve(stage, pass_rate=0.98) for stage in found.opportunities[0].stages]
    beliefs = {"pay": Belief(mean=60, sd=30)}
    job = evolve(
        found.opportunities[0], stages=stages, beliefs=beliefs, mutual_fit=-0.5
    )
    answer = assess(found.candidate, job)
    column = {"weights.time": np.full(1, 1.0)}
    values = evaluate_rows(answer.decision, column).values[:, 0]

    assert answer.value > 100.0
    assert values.max() == pytest.approx(answer.value, abs=1e-3)
    assert values.max() != answer.value


def test_fewer_pairs_are_asked_about() -> None:
    learned = costs.learned(costs.SEARCHES["mutual"](1, 3))
    answers = []

    work = operations(lambda: answers.append(next_choice(*learned)), FEW)

    assert work <= 2 * FEW
    (few,), whole = answers, next_choice(*learned)
    assert few is None or whole is None or few.pairs <= whole.pairs


def test_rows_that_differ_in_sizes_alone_are_few_groups(
    found: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them has points at least as close as it has by itself."""
    seen: list[tuple[MutualChains, bool]] = []

    def collect(
        chains: MutualChains, model: Any = None, *, together: bool, is_coarse: bool
    ) -> object:
        seen.append((chains, together))
        return groups_of(chains, model, together=together, is_coarse=is_coarse)

    monkeypatch.setattr("interviewfit._solver.mutual_solution.groups_of", collect)
    certify(found, **costs.LIMITS)
    chains = max((pair[0] for pair in seen), key=lambda it: len(it.scale))

    alone, apart = dict[int, float](), list(groups_of(chains, together=False))
    for rows, ranges in apart:
        for row in rows.tolist():
            alone[row] = ranges.grid.step if ranges.grid else np.inf
    groups = list(groups_of(chains, together=True))

    assert 4 * len(groups) <= len(apart)
    assert sorted(alone) == sorted(row for rows, _ in groups for row in rows.tolist())
    for rows, ranges in groups:
        if ranges.grid is not None:
            assert ranges.grid.step <= 1.02 * min(alone[row] for row in rows.tolist())
