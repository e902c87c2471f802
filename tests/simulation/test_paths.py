"""Searches played out, against the same luck met by taking turns."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    simulate,
)
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition.chains import ChainParameters
from interviewfit.records import Either
from interviewfit.simulation._outcomes import SimulatedSearches
from interviewfit.simulation._paths import (
    BLOCK,
    NO_PROCESS,
    Policy,
    ProcessPaths,
    simulate_process,
)

# Few values, so that indices often tie.
COARSE = st.integers(-3, 3).map(float)
TURNS = COARSE | st.just(-np.inf) | st.just(np.inf)


@st.composite
def paths(draw: st.DrawFn) -> tuple[ProcessPaths, list[float]]:
    """One process in one run, and the thresholds of its steps."""
    count = draw(st.integers(1, 4))
    means = draw(st.lists(COARSE, min_size=count, max_size=count))
    thresholds = draw(st.lists(TURNS, min_size=count, max_size=count))
    out = draw(st.integers(0, count))
    path = ProcessPaths(
        np.repeat(np.array(means)[:, None], BLOCK, axis=1),
        np.full(BLOCK, out),
        np.full(BLOCK, draw(COARSE)),
    )
    return path, thresholds


def take_turns(
    several: list[tuple[ProcessPaths, list[float]]], base: float
) -> tuple[list[int], int]:
    """The index rule as one would follow it, step by step.

    The process of the highest index goes on until no index is above the best offer.
    Offers come to whoever gets through, and are kept, of equals that of the first
    process. Nothing is begun for no more than what is in hand, but an offer that is
    worth no less is accepted.
    """
    at, over = [0] * len(several), [False] * len(several)
    in_hand, best, job = (base, 1), (base, -len(several)), NO_PROCESS
    while True:
        open_ = [
            (float(path.means[at[row], 0] - thresholds[at[row]]), -row)
            for row, (path, thresholds) in enumerate(several)
            if not over[row] and at[row] < len(path.means)
        ]
        highest = max(open_, default=in_hand)
        if highest <= max(in_hand, best):
            break
        row = -highest[1]
        path = several[row][0]
        over[row] = bool(path.rejected_after[0] == at[row])
        at[row] += 1
        offer = (float(path.surplus[0]), -row)
        if not over[row] and at[row] == len(path.means) and offer > best:
            best, job = offer, row
    return [2 * at[row] + (not over[row]) for row in range(len(several))], job


class TestRunningIndex:
    @given(
        st.lists(paths(), min_size=1, max_size=4),
        st.sampled_from([0.0, 1.0, -1.0]),
    )
    @settings(max_examples=300)
    def test_running_minima_settle_what_taking_turns_would(
        self, several: list[tuple[ProcessPaths, list[float]]], base: float
    ) -> None:
        ends, job = Policy(base, [own for _, own in several]).settle(
            [path for path, _ in several],
            np.full(BLOCK, base),
            np.random.default_rng(0),
        )
        turns, accepted = take_turns(several, base)

        assert [int(one[0]) for one in ends] == turns
        in_hand = len(several) if base > 0.0 else NO_PROCESS
        assert job[0] == (in_hand if accepted == NO_PROCESS else accepted)


class TestSimulateProcess:
    def test_chances_and_spreads_are_those_of_the_steps(self) -> None:
        chain = ChainParameters(
            5.0, (0.0,) * 2, (0.8, 0.5), (1.0, 2.0), (3.0, 4.0), (0.0,) * 2
        )
        path = simulate_process(chain, np.random.default_rng(8))

        shares = np.bincount(path.rejected_after) / BLOCK
        assert np.abs(shares - [0.2, 0.4, 0.4]).max() < 4 * 0.5 / np.sqrt(BLOCK)
        assert abs(path.surplus.mean() - 8.0) < 4 * 5.0 / np.sqrt(BLOCK)
        assert abs(path.surplus.std() - 5.0) < 4 * 5.0 / np.sqrt(2 * BLOCK)
        assert (path.means[0] == 5.0).all()

    def test_what_is_sure_takes_no_luck(self) -> None:
        chain = ChainParameters(5.0, (0.0,), (1.0,), (1.0,), (0.0,), (0.0,))
        rng = np.random.default_rng(8)

        assert set(simulate_process(chain, rng).surplus.tolist()) == {6.0}
        assert rng.random() == np.random.default_rng(8).random()


class TestSimulatedSearches:
    def test_steps_add_up_by_hand(self) -> None:
        """Before the first of three stages; out after it; with an offer after all."""
        found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
        steps = compile_problem(found.decision).process.steps

        ends = np.array([1, 4, 2 * len(steps) + 1])
        job, surplus = np.array([NO_PROCESS, NO_PROCESS, 0]), np.array([0.0, 0.0, 30.0])
        searches = SimulatedSearches.from_blocks(
            [("Acme", steps)], [([ends], job, surplus, surplus)], 3
        )

        rewards = [step.reward for step in steps]
        assert np.allclose(
            searches.value,
            [steps[0].exit, rewards[0] + rewards[1], sum(rewards) + 30.0],
        )
        hours = [step.hours for step in steps]
        assert np.allclose(searches.hours, [0.0, hours[0] + hours[1], sum(hours)])


class TestRarePasses:
    """Passes that hardly anybody gets: what follows is played in as little time."""

    @pytest.mark.parametrize("rates", [(0.0,), (1e-3, 1e-3), (1e-9, 0.0)])
    @pytest.mark.parametrize("mutual_fit", [0.3, 1.0])
    def test_bring_what_is_promised(
        self, mutual_fit: float, rates: tuple[float, ...]
    ) -> None:
        stages = [Stage(kind="panel", pass_rate=rate) for rate in rates]
        job = Opportunity(
            name="Acme",
            stages=[*stages, Stage(kind="executive")],
            position=Position(stage=len(rates)),
            beliefs={"role": Belief(mean=3, sd=8)},
            mutual_fit=mutual_fit,
        )
        found = assess(Candidate(), job)
        played = simulate(found, 20_000)

        assert abs(played.value.mean - found.value) <= 4 * played.value.error

    def test_are_drawn_alike_where_both_ways_can(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fact = Either(
            aspect="commute", chance=0.4, if_so=10, if_not=-10, told_by="executive"
        )
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel", pass_rate=0.2), Stage(kind="executive")],
            position=Position(stage=1),
            signals=[fact],
            mutual_fit=0.7,
        )
        found = assess(Candidate(), job)
        kept = simulate(found, 40_000)
        monkeypatch.setattr("interviewfit.simulation._mutual_draws._MOST_TRIALS", 0)
        inverted = simulate(found, 40_000)

        error = np.hypot(kept.value.error, inverted.value.error)
        assert abs(kept.value.mean - inverted.value.mean) <= 4 * error
        assert kept.value.mean != inverted.value.mean

    def test_are_worth_no_more_than_a_life(self) -> None:
        """Four stages that nobody passes, passed: hours were some hundred million."""
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel", pass_rate=0.0)] * 4,
            position=Position(phase="offered"),
            mutual_fit=1.0,
        )

        assert 0.0 < assess(Candidate(), job).value < 10_000.0
