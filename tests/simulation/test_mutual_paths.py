"""Paths of processes in which passes tell of the fit: right, and bounded in work."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Stage,
    corporate,
    plan,
    simulate,
)
from interviewfit._competition.entries import compile_search
from interviewfit._numeric.effort import counted
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._process.mutual_fit import MutualFit
from interviewfit.simulation import _simulating
from interviewfit.simulation._mutual_beliefs import OpenBelief, believed, open_beliefs
from interviewfit.simulation._mutual_paths import MutualPaths
from interviewfit.simulation._paths import BLOCK


@cache
def compiled(mutual_fit: float, stages: int, kind: str = "panel") -> Any:
    """The process of one opportunity of so many rounds."""
    job = Opportunity(
        name="Acme",
        stages=[Stage(kind=kind, pass_rate=0.6)] * stages,
        beliefs={"role": Belief(mean=3, sd=8)},
        mutual_fit=mutual_fit,
    )
    return compile_search(Candidate(), [job], Assumptions())[0].process


def by_sums(
    mutual: MutualFit, left: OpenBelief, position: Any, passes: int
) -> np.ndarray[Any, Any]:
    """What is believed by a sum of its own at every mean."""
    square = left.variance + float((left.probability * left.shift**2).sum())
    scale = np.array([[np.sqrt(square)]])
    factors = mutual.factors.rescaled(scale)
    jumps = left.shift[None] / scale, left.probability[None]
    variance = np.array([[left.variance]]) / scale**2
    moments = FactorMoments(factors, variance, *jumps, None, None, 1.0)
    means = (position + mutual.mean[0] - mutual.centre[0]) / scale[0, 0]
    sums, half = moments.at(means[None])[0], factors.passes + 1
    ratio = sums[:, half + passes] / sums[:, passes]
    return np.asarray(mutual.centre[0] + scale[0, 0] * ratio)


class TestBelieved:
    @pytest.mark.parametrize("mutual_fit", [0.1, 0.6, 0.95, 0.999, 1.0])
    def test_is_what_a_sum_at_each_mean_gives(self, mutual_fit: float) -> None:
        process = compiled(mutual_fit, 4)
        mutual = process.mutual
        whole = np.sqrt(mutual.variance[0])
        position = whole * np.linspace(-1.5, 2.5, 300)
        passes = np.cumsum([0, *mutual.decides])
        lefts = open_beliefs(process.steps, mutual)

        for left, passed in zip(lefts[1:], passes[1:].tolist(), strict=True):
            exact = by_sums(mutual, left, position, passed)
            means = believed(mutual, left, position, passed)
            assert np.abs(means - exact).max() <= 1e-5 * whole

    def test_is_continuous_where_next_to_nothing_is_open(self) -> None:
        """Few points for each mean where all that is open is narrow."""
        process = compiled(0.6, 4)
        mutual, left = process.mutual, open_beliefs(process.steps, process.mutual)[4]
        whole = np.sqrt(mutual.variance[0])
        position = whole * np.linspace(-1.5, 2.5, 300)

        for share in (1e-3, 1e-5, 1e-7):
            narrow = OpenBelief((share * whole) ** 2, left.shift, left.probability)
            means = believed(mutual, narrow, position, 2)
            exact = by_sums(mutual, narrow, position, 2)
            assert np.abs(means - exact).max() <= 1e-5 * whole

    @given(
        st.lists(
            st.tuples(st.floats(0.01, 0.99), st.floats(-500.0, 500.0)), max_size=30
        )
    )
    @settings(max_examples=100)
    def test_any_facts_are_few_shifts_of_one_mean_and_variance(
        self, facts: list[tuple[float, float]]
    ) -> None:
        left = OpenBelief(0.0, np.zeros(1), np.ones(1))
        for chance, size in facts:
            left = left.with_fact(chance, size)

        assert left.shift.size <= 16
        assert left.probability.sum() == pytest.approx(1.0)
        mean = float(left.probability @ left.shift)
        assert mean == pytest.approx(0.0, abs=1e-6)
        square = left.variance + float(left.probability @ left.shift**2)
        told = sum(chance * (1.0 - chance) * size**2 for chance, size in facts)
        assert square == pytest.approx(told, rel=1e-9, abs=1e-9)


class TestWork:
    @pytest.mark.parametrize("mutual_fit", [0.1, 0.6, 0.95, 0.999])
    @pytest.mark.parametrize("kind", ["panel", "take_home"])
    def test_of_a_step_is_bounded_however_many_there_are(
        self, mutual_fit: float, kind: str
    ) -> None:
        process = compiled(mutual_fit, 12, kind)
        paths = MutualPaths.of(process.steps, process.mutual)

        with counted() as effort:
            paths.simulate(np.random.default_rng(5))

        assert effort.operations <= 100 * BLOCK * len(process.steps)

    def test_more_steps_that_tell_leave_fewer_runs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jobs = [
            Opportunity(name=name, stages=corporate(), mutual_fit=0.5)
            for name in ("Acme", "Bolt")
        ]
        monkeypatch.setattr(_simulating, "_MOST_STEPS", 10_000 * 12 * 8)
        outcomes = simulate(plan(Candidate(), jobs))

        assert outcomes.runs == 10_000
        assert outcomes.expected is not None
        assert abs(outcomes.value.mean - outcomes.expected) <= 4 * outcomes.value.error
