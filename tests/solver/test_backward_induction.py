"""Thresholds: the same in any unit, from few evaluations, and where Newton fails."""

from collections.abc import Callable
from math import isfinite
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._solver import thresholds
from interviewfit._solver.backward_induction import _kinks_before
from interviewfit._solver.jumps import Jumps
from interviewfit._solver.solution import Solution, solve
from interviewfit._solver.value_function import ContinuationSample, ContinuationValue
from jump_oracle import Step, columns
from oracles import Chain, random_chain

BAR = 1e-8


def chains(regime: str, count: int, seed: int = 5) -> list[Chain]:
    rng = np.random.default_rng(seed)
    return [random_chain(rng, int(rng.integers(1, 9)), regime) for _ in range(count)]


def solved(chain: Chain) -> Solution:
    return solve(chain.reward, chain.survive, chain.drift, chain.reveal, chain.exit)


def in_units(chain: Chain, unit: float) -> Chain:
    """The same chain, its hours counted in another unit."""
    reward, drift, reveal, exit_ = (
        tuple(unit * one for one in part)
        for part in (chain.reward, chain.drift, chain.reveal, chain.exit)
    )
    return Chain(reward, chain.survive, drift, reveal, exit_)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """From how many points each look at a curve was taken."""
    taken: list[int] = []
    see = ContinuationValue.at

    def counted(
        self: ContinuationValue, points: FloatArray, rows: IndexArray | None = None
    ) -> ContinuationSample:
        taken.append(points.size)
        return see(self, points, rows)

    monkeypatch.setattr(ContinuationValue, "at", counted)
    return taken


@pytest.fixture
def astray(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows plain steps have not brought home, each time there were some."""
    found: list[int] = []
    enclose: Callable[..., FloatArray] = thresholds._bracketed_newton

    def noted(
        view: ContinuationValue, rows: IndexArray, *more: FloatArray
    ) -> FloatArray:
        found.append(rows.size)
        return enclose(view, rows, *more)

    alone: Callable[..., float | None] = thresholds._bracketed_alone

    def noted_alone(*numbers: Any) -> float | None:
        found.append(1)
        return alone(*numbers)

    monkeypatch.setattr(thresholds, "_bracketed_newton", noted)
    monkeypatch.setattr(thresholds, "_bracketed_alone", noted_alone)
    return found


def extreme(rng: np.random.Generator) -> Chain:
    """A chain whose costs, chances and reveals may lie a hundred digits apart."""
    steps, lowest = int(rng.integers(1, 8)), rng.choice([-3, -30, -250])

    def size(low: float, high: float) -> FloatArray:
        return np.asarray(10.0 ** rng.uniform(low, high, steps))

    signs = np.where(rng.random(steps) < 0.9, -1.0, 1.0)
    left = np.where(rng.random(steps) < 0.7, 0.0, rng.normal(0.0, 1.0, steps))
    return Chain(
        tuple((signs * size(lowest, 1)).tolist()),
        tuple(np.where(rng.random(steps) < 0.3, 1.0, size(lowest / 4, 0)).tolist()),
        tuple((rng.normal(0.0, 1.0, steps) * size(-4, 2)).tolist()),
        tuple(size(-6, 3).tolist()),
        tuple((left * size(lowest, 1)).tolist()),
    )


class TestUnits:
    @pytest.mark.parametrize("regime", ["ordinary", "wild"])
    @pytest.mark.parametrize("unit", [2.0**-30, 2.0**12])
    def test_a_threshold_is_the_same_time_in_every_unit(
        self, regime: str, unit: float
    ) -> None:
        for chain in chains(regime, 60):
            found = solved(chain).thresholds
            other = solved(in_units(chain, unit)).thresholds / unit
            assert other == pytest.approx(found, rel=1e-9, abs=1e-10 * chain.scale)


class TestLooks:
    def test_a_step_takes_two_on_average(self, looks: list[int]) -> None:
        """Among them the one that carries its curve to the step before."""
        several = chains("ordinary", 150)
        for chain in several:
            solved(chain)

        steps = sum(chain.steps for chain in several)
        assert len(looks) < 2.1 * steps

    def test_a_search_ends_long_before_it_is_stopped(self, looks: list[int]) -> None:
        """However far apart the numbers: a chain of seven has one for each step."""
        rng = np.random.default_rng(17)
        for _ in range(300):
            looks.clear()
            solved(extreme(rng))
            assert len(looks) < thresholds._MOST_BRACKET_STEPS

    def test_a_fact_that_nothing_blurs_takes_no_long_search(
        self, looks: list[int]
    ) -> None:
        """Left of the worst news the curve is 0, which has no logarithm."""
        for chance in (0.02, 0.25, 0.7):
            fact, more = (chance, 40.0), {"survive": 0.8, "drift": 0.0, "exit": 0.0}
            steps = [
                Step(reward=-0.3, reveal=0.0, facts=(fact,), **more),
                Step(reward=-0.1, reveal=9.0, facts=(), **more),
            ]
            looks.clear()

            found = solve(*columns(steps)).thresholds

            assert isfinite(found[0, 0])
            assert len(looks) < 16


class TestSingly:
    def test_a_fact_that_nothing_blurs_is_bracketed_in_floats(
        self, astray: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """To the threshold of many rows, whose arrays are bracketed."""
        for chance, size in ((0.02, 40.0), (0.25, -900.0), (0.7, 40.0), (1e-9, -1e4)):
            numbers = [[-0.3, -0.1], [0.8, 0.8], [0.0, 0.0], [0.0, 9.0], [0.0, 0.0]]
            facts = [[chance, 0.0], [size, 0.0]]

            with monkeypatch.context() as alone:
                alone.delattr(thresholds, "_bracketed_newton")
                found = solve(*numbers, *facts, singly=True).thresholds

            expected = solve(*numbers, *facts, exact_rows=True).thresholds
            assert found == pytest.approx(expected, rel=1e-9)
        assert astray

    def test_a_step_that_leads_out_of_all_numbers_is_taken_back(self) -> None:
        """The tangent of the logarithm ends there, where the curve is next to level."""
        numbers = [
            [-72.69197155611249, -0.13681576479072818, 0.0, -5.327400847091754],
            [1.0, 1.0, 0.5, 0.9],
            [2.356212091732237, 0.0, -1.2187000738921718, 0.0],
            [0.28588420596271796, 278.54711834434977, 0.0, 1.2756211110220141],
            [-7.4892698458187485, -2.0437698640199624, 0.0, 0.0],
        ]
        facts = [
            [0.9, 0.0, 0.25, 0.9],
            [0.0, -1954.075008243391, -2338.8884695848883, -387.7768032253957],
        ]

        found = solve(*numbers, *facts, singly=True).thresholds

        expected = solve(*numbers, *facts, exact_rows=True).thresholds
        assert found == pytest.approx(expected, rel=1e-9)


class TestAstray:
    def test_a_threshold_is_where_going_on_is_worth_leaving(
        self, astray: list[int]
    ) -> None:
        hard = 0
        for chain in chains("wild", 300, 8):
            astray.clear()
            found = solved(chain).thresholds[0]
            if not astray:
                continue
            hard += 1
            for k, threshold in enumerate(found.tolist()):
                if not isfinite(threshold):
                    continue
                rest = solve(
                    chain.reward[k:],
                    chain.survive[k:],
                    chain.drift[k:],
                    chain.reveal[k:],
                    chain.exit[k:],
                ).evaluate([threshold])
                off = abs(rest.continuation_value[0] - chain.exit[k])
                rounding = 1e-14 * abs(threshold)
                allowed = rest.accept_probability[0] * (BAR * chain.scale + rounding)
                assert off <= allowed + 1e-15 * abs(chain.exit[k]), (chain, k)
        assert hard > 30

    def test_a_row_finds_its_way_beside_others_as_alone(
        self, astray: list[int]
    ) -> None:
        rng = np.random.default_rng(3)
        several = [random_chain(rng, 4, "wild") for _ in range(200)]
        names = ("reward", "survive", "drift", "reveal", "exit")
        table = [np.array([getattr(one, name) for one in several]) for name in names]

        together = solve(*table).thresholds

        for chain, found in zip(several, together, strict=True):
            alone = solved(chain).thresholds[0]
            assert found == pytest.approx(alone, rel=1e-9, abs=BAR * chain.scale)
        assert sum(astray) > 20


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize("told", [False, True])
def test_a_kink_seen_from_before_has_all_that_it_stands_for(
    count: int, told: bool
) -> None:
    """From wherever a step leads into one of them it lies among those before it."""
    draw = np.random.default_rng(count)
    kinks = draw.uniform(-9.0, 9.0, (2, count))
    ends = kinks + draw.uniform(0.0, 2.0, kinks.shape)
    shift = np.array([[-0.5, 0.25, 3.0], [0.0, 0.5, -1.0]])
    jumps = Jumps(shift, np.full(shift.shape, 1.0 / 3.0)) if told else None
    drift, sd = np.array([[0.7], [-0.2]]), np.array([[0.3], [0.1]])
    steps = SimpleNamespace(sd=sd, drift=drift, jumps=jumps)
    group: Any = SimpleNamespace(
        kinks=kinks,
        kink_ends=ends,
        kink_sds=np.full(kinks.shape, 0.4),
        continuation=SimpleNamespace(steps=steps),
    )

    before, after, sds = _kinks_before(group)

    for moved in shift.T if told else (0.0 * shift[:, 0],):
        for share in (0.0, 0.5, 1.0):
            places = kinks + share * (ends - kinks) - drift - moved[:, None]
            inside = (before[:, None, :] <= places[:, :, None] + 1e-12) & (
                places[:, :, None] <= after[:, None, :] + 1e-12
            )
            assert inside.any(axis=2).all()
    assert (sds >= np.hypot(0.4, sd) - 1e-12).all()
    assert before.shape == after.shape == sds.shape
