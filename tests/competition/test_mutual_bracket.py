"""Bounds on a search in which passes tell of the fit."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Stage,
    Weights,
    assess,
    corporate,
    plan,
    small_firm,
)
from interviewfit._competition import mutual_bracket
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.mutual_bracket import (
    NOT_SINGLE,
    Bracket,
    bracket_of,
    exact_indices,
)
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.effort import counted
from interviewfit.records import Certainty
from interviewfit.simulation._mutual_paths import simulate_mutual

ME = Candidate()


def jobs(count: int, correlation: float | None, **more: Any) -> list[Opportunity]:
    """Opportunities that differ in the role and in their stages."""
    return [
        Opportunity(
            name=f"Acme {number}",
            stages=more.get("stages") or (corporate() if number % 2 else small_firm()),
            mutual_fit=correlation,
            beliefs={"role": Belief(mean=-4 + 3 * number, sd=12)},
        )
        for number in range(count)
    ]


def compiled(opportunities: list[Opportunity]) -> list[CompiledProcess[float]]:
    """The processes of a search."""
    return list(compile_search(ME, opportunities, Assumptions()))


def bracket(
    entries: list[CompiledProcess[float]], base: float = 0.0
) -> tuple[Bracket, float]:
    """Bounds on the best order of some processes, and the order by average."""
    solved = SolvedProcesses.of(
        [ChainParameters.of(entry.process) for entry in entries]
    )
    top = float(solved.ends.max())
    return bracket_of(entries, base, top), solved.index_policy(base).value


class TestBracket:
    @pytest.mark.parametrize("base", [0.0, 200.0])
    @pytest.mark.parametrize("count", [1, 3, 6])
    def test_without_news_of_passes_it_holds_the_value_by_index(
        self, count: int, base: float
    ) -> None:
        bounds, value = bracket(compiled(jobs(count, None)), base)

        assert bounds.low - 1e-6 <= value <= bounds.high + 1e-6
        assert bounds.high - bounds.low <= 0.005 * value

    def test_one_process_is_worth_what_its_assessment_says(self) -> None:
        (job,) = jobs(1, 0.2)

        bounds, _ = bracket(compiled([job]))

        assert bounds.low == pytest.approx(assess(ME, job).value, abs=1e-8)
        assert bounds.high == pytest.approx(bounds.low, abs=1e-8)

    def test_it_holds_the_integral_on_a_fine_grid(self) -> None:
        entries = compiled(jobs(3, 0.3))
        bounds, _ = bracket(entries)
        grid = np.linspace(0.0, 1500.0, 1001)
        product = np.ones_like(grid)
        for entry in entries:
            process = entry.process
            assert process.mutual is not None
            moved = process.mutual.moved(-grid)
            outcomes = solve_mutual_steps(process.steps, moved, grid.size).outcomes
            going = outcomes.continuation_value > process.steps[0].exit
            product *= 1.0 - np.where(going, outcomes.accept_probability, 0.0)
        fine = float(np.trapezoid(1.0 - product, grid))

        assert bounds.low - 0.01 <= fine <= bounds.high + 0.01
        assert bounds.high - bounds.low < 1.0

    def test_it_holds_what_the_best_order_brings_in_plays(self) -> None:
        """Boxes of one interview: W = max of min(index, offer) (Weitzman 1979)."""
        stage = Stage(kind="panel", pass_rate=0.5, reshape_chance=0.0, hours=4)
        entries = compiled(jobs(3, 0.5, stages=[stage]))
        bounds, averaged = bracket(entries)
        rng = np.random.default_rng(19)
        best: Any = 0.0
        for entry in entries:
            process = entry.process
            mutual = process.mutual
            assert mutual is not None
            index = _index(entry)
            paths = [simulate_mutual(process.steps, mutual, rng) for _ in range(8)]
            offer = np.concatenate([path.surplus for path in paths])
            out = np.concatenate([path.rejected_after for path in paths])
            capped = np.where(out < 2, -np.inf, np.minimum(index, offer))
            best = np.maximum(best, capped)
        mean, error = best.mean(), best.std() / np.sqrt(best.size)

        assert bounds.low - 4.0 * error <= mean <= bounds.high + 4.0 * error
        assert abs(averaged - mean) > 4.0 * error


class TestBounded:
    def solved(self) -> tuple[list[CompiledProcess[float]], float, FloatColumn]:
        """Three processes, an alternative above all indices, and what limits each."""
        entries = compiled(jobs(3, 0.3))
        chains = [ChainParameters.of(entry.process) for entry in entries]
        averaged = SolvedProcesses.of(chains)
        indices, limits = exact_indices(entries, averaged.indices)
        assert (indices < limits).all()
        return entries, float(averaged.ends.max()), limits

    def test_what_is_above_its_index_is_not_solved_and_changes_nothing(self) -> None:
        entries, top, limits = self.solved()
        with counted() as all_work:
            whole = bracket_of(entries, 0.0, top)
        with counted() as work:
            few = bracket_of(entries, 0.0, top, 0.0, limits)

        assert work.operations < all_work.operations
        assert few.low == pytest.approx(whole.low, abs=1e-5)
        assert few.high == pytest.approx(whole.high, abs=1e-5)

    def test_with_fewer_panels_the_bounds_lie_further_apart_around_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entries, top, limits = self.solved()
        whole = bracket_of(entries, 0.0, top, 0.0, limits)
        monkeypatch.setattr(mutual_bracket, "_MOST_SOLVED", 1)
        few = bracket_of(entries, 0.0, top, 0.0, limits)
        left = np.full(3, -np.inf)

        assert few.low < whole.low < whole.high < few.high
        assert bracket_of(entries, top, top, 0.0, left).low == pytest.approx(top)


def _index(entry: CompiledProcess[float]) -> float:
    """The alternative at which going on is worth as much as leaving, by bisection."""
    process, low, high = entry.process, 0.0, 4000.0
    assert process.mutual is not None
    for _ in range(50):
        middle = 0.5 * (low + high)
        moved = process.mutual.moved(np.array([-middle]))
        value = solve_mutual_steps(process.steps, moved).outcomes.continuation_value
        going = value.item() > process.steps[0].exit
        low, high = (middle, high) if going else (low, middle)
    return low


class TestPlan:
    def test_a_plan_of_one_is_exact(self) -> None:
        (job,) = jobs(1, 0.2)
        alone = assess(ME, job)

        whole = plan(ME, [job])

        assert whole.value == pytest.approx(alone.value, abs=1e-8)
        assert whole.guarantee.certainty is Certainty.EXACT
        (row,) = whole.ranked
        assert row.marginal_value == pytest.approx(alone.value, abs=1e-8)
        assert row.standalone_value == pytest.approx(alone.value, abs=1e-8)
        assert dict(row.terms) == pytest.approx(dict(alone.terms))
        (entry,) = compiled([job])
        index = _index(entry) / 36.0
        assert row.index == pytest.approx(index, abs=1e-6)
        assert whole.reservation_value == pytest.approx(index, abs=1e-6)

    def test_every_index_is_that_of_the_exact_chain(self) -> None:
        searched = jobs(4, 0.4)

        whole = plan(ME, searched)

        indices = {row.name: row.index for row in (*whole.ranked, *whole.to_leave)}
        for job, entry in zip(searched, compiled(searched), strict=True):
            assert indices[job.name] == pytest.approx(_index(entry) / 36.0, abs=1e-5)
        assert whole.reservation_value == pytest.approx(max(indices.values()))

    def test_a_plan_of_one_that_is_looked_up_first_is_exact(self) -> None:
        job = evolve(jobs(1, 0.2)[0], unresearched=True)

        whole = plan(ME, [job])

        assert whole.ranked[0].action is assess(ME, job).action
        assert whole.value == pytest.approx(assess(ME, job).value, abs=1e-8)

    def test_the_guarantee_of_more_says_what_counts_on_average(self) -> None:
        whole = plan(ME, jobs(3, 0.2))

        assert whole.guarantee.certainty is Certainty.BOUNDED
        assert "Being passed on tells of the fit" in whole.guarantee.reasons[-1]
        assert "being passed on tells of the fit" in str(whole)
        alone = [assess(ME, job).value for job in jobs(3, 0.2)]
        assert max(alone) <= whole.value <= sum(alone) + whole.guarantee.gap

    def test_without_a_mutual_fit_nothing_is_said(self) -> None:
        reasons = plan(ME, jobs(3, None)).guarantee.reasons

        assert not [reason for reason in reasons if "passed on" in reason]


class TestMoreThanOneRange:
    """Where passes speak against the fit and leaving later earns something."""

    def doubtful(self) -> tuple[Candidate, Opportunity]:
        who = Candidate(weights=Weights(referral=20))
        beliefs = {"role": Belief(mean=-10, sd=15)}
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            mutual_fit=-0.5,
            knows_someone=True,
            beliefs=beliefs,
        )
        return who, job

    def test_an_assessment_says_that_its_value_is_a_bound(self) -> None:
        who, job = self.doubtful()

        notes = assess(who, job).notes

        assert [note for note in notes if "more than one range of the fit" in note]
        usual = assess(ME, evolve(job, mutual_fit=0.3))
        assert not [note for note in usual.notes if "more than one range" in note]

    def test_a_plan_claims_no_bound(self) -> None:
        who, job = self.doubtful()

        for jobs in ([job], [job, evolve(job, name="Bolt")]):
            told = plan(who, jobs).guarantee
            assert told.certainty is Certainty.HEURISTIC
            assert NOT_SINGLE in told.reasons
