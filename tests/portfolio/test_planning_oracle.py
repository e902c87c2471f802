"""The index theorem and its integral, against every joint state of small portfolios."""

import math
from functools import cache

import numpy as np
import pytest
from attrs import evolve

from portfolio_oracle import (
    FiniteProcess,
    FiniteStep,
    IndexFunction,
    Instance,
    beginning,
    capped,
    index,
    integral_value,
    level,
    marginal_values,
    optimum,
    policy_value,
    random_instance,
    single_value,
    stopping,
    true_indices,
    without,
)

SURE = ((1.0, 0.0),)
TOSS = ((0.5, 10.0), (0.5, -10.0))
COUNT = 520
CLOSE = 1e-9
CLEAR = 1e-6


@cache
def cases() -> list[tuple[Instance, float]]:
    """Instances of every kind, each with an outside option."""
    rng = np.random.default_rng(20)
    return [
        (
            random_instance(
                rng, halves=t % 3 == 2, whole=t % 2 == 0, plain=t % 5 == 0, most=450
            ),
            float(rng.choice([0.0, 0.0, 1.0, 2.5])),
        )
        for t in range(COUNT)
    ]


@cache
def optima() -> list[float]:
    return [optimum(instance, y0) for instance, y0 in cases()]


def places(process: FiniteProcess) -> list[tuple[int, float]]:
    """Every place at which the process may be open."""
    found, now = [], {process.mean}
    for k, step in enumerate(process.steps):
        found += [(k, m) for m in sorted(now)]
        now = {m + change for m in now for _, change in step.news}
    return found


def swapped(instance: Instance) -> IndexFunction:
    """The true indices, but the first two processes begin with each other's."""
    true = true_indices(instance)

    def found(i: int, k: int, m: float) -> float:
        if k or i > 1:
            return true(i, k, m)
        return true(1 - i, 0, instance[1 - i].mean)

    return found


def unsure(instance: Instance, salt: int, share: float) -> IndexFunction:
    """The true indices, each step's off by a normal share of its size."""
    true = true_indices(instance)
    noise = np.random.default_rng(salt).normal(0, share, (len(instance), 6))

    def found(i: int, k: int, m: float) -> float:
        exact = true(i, k, m)
        error = float(noise[i, k]) * abs(exact) if math.isfinite(exact) else 0
        return exact + error

    return found


def exitless(instance: Instance) -> Instance:
    return tuple(
        evolve(p, steps=tuple(evolve(step, exit=0.0) for step in p.steps))
        for p in instance
    )


def shaped(process: FiniteProcess) -> FiniteProcess:
    """The process with each exit paid on arrival and given back on going on."""
    exits = [*(step.exit for step in process.steps[1:]), 0.0]
    steps = tuple(
        evolve(step, exit=0.0, reward=step.reward + step.survive * behind - step.exit)
        for step, behind in zip(process.steps, exits, strict=True)
    )
    return evolve(process, steps=steps)


class TestByHand:
    def test_one_toss(self) -> None:
        """-2 + 0.5 x 0.5 x (10 - y) reaches 0 at y = 2, and is 0.5 at y = 0."""
        process = FiniteProcess(0, (FiniteStep(-2, 0.5, TOSS),))

        assert index(process, 0, 0) == 2
        assert single_value(process, 0) == 0.5
        assert single_value(process, 3) == 3
        assert capped(process) == {2: 0.25, -10: 0.25}
        assert level(process) == 0
        assert optimum((process,), 0) == 0.5
        assert integral_value((process,), 0) == 0.5

    def test_two_tosses(self) -> None:
        """The second is tried unless the first pays: 0.5 + 0.75 x 0.5, capped at 2."""
        process = FiniteProcess(0, (FiniteStep(-2, 0.5, TOSS),))

        assert optimum((process, process), 0) == 0.875
        assert integral_value((process, process), 0) == 0.875
        assert marginal_values((process, process), 0) == [0.375, 0.375]

    def test_an_offer_in_hand_has_no_steps(self) -> None:
        offer = FiniteProcess(3, ())

        assert optimum((offer,), 1) == integral_value((offer,), 1) == 3
        assert optimum((offer,), 4) == integral_value((offer,), 4) == 4
        assert optimum((), 4) == integral_value((), 4) == 4

    @pytest.mark.parametrize(
        ("step", "expected"),
        [
            (FiniteStep(1, 0.5, SURE), math.inf),
            (FiniteStep(-1, 1, SURE, exit=-1.5), math.inf),
            (FiniteStep(0, 0.5, SURE), 3),
            (FiniteStep(0, 0, SURE), -math.inf),
            (FiniteStep(-1, 0, SURE), -math.inf),
            (FiniteStep(-1, 0, SURE, exit=-2), math.inf),
            (FiniteStep(1, 0.5, SURE, exit=2), 1),
        ],
    )
    def test_index(self, step: FiniteStep, expected: float) -> None:
        """From +inf, a step that pays for itself, to -inf, one that leads nowhere."""
        assert index(FiniteProcess(3, (step,)), 0, 3) == expected

    def test_nobody_who_fails_gets_the_exit(self) -> None:
        """0.5 x 4, against an exit of 1.5 now; 0.5 x 2 of the later exit is worse."""
        steps = (FiniteStep(0, 0.5, SURE, 1.5), FiniteStep(0, 1, SURE, 2))

        assert optimum((FiniteProcess(4, steps),), 0) == 2
        assert optimum((FiniteProcess(2.5, steps),), 0) == 1.5


class TestSingleProcess:
    def test_index_is_the_smallest_y_at_which_to_leave(self) -> None:
        for instance, _ in cases():
            for process in instance:
                for k, m in places(process):
                    found, exit_ = index(process, k, m), process.steps[k].exit

                    def gain(
                        y: float,
                        at: tuple[int, float] = (k, m),
                        p: FiniteProcess = process,
                    ) -> float:
                        return single_value(p, y, *at) - y

                    if found == math.inf:
                        assert level(process, k) > exit_
                    elif found == -math.inf:
                        assert gain(-1e3) == pytest.approx(exit_, abs=CLOSE)
                    else:
                        assert gain(found) == pytest.approx(exit_, abs=CLOSE)
                        assert gain(found - 1e-4) > exit_ + 1e-12

    def test_capped_and_level_give_the_value_at_every_y(self) -> None:
        """G(y) = y + level + E[max(0, K - y)], forwards; the solver goes backwards."""
        for instance, _ in cases():
            for process in instance:
                chances = capped(process)
                for y in (-20.0, -1.0, 0.0, 0.7, 3.0, 50.0):
                    above = sum(p * max(0.0, cap - y) for cap, p in chances.items())
                    assert single_value(process, y) == pytest.approx(
                        y + level(process) + above, abs=CLOSE
                    )
                    assert optimum((process,), y) == pytest.approx(
                        single_value(process, y), abs=CLOSE
                    )

    def test_exits_are_rewards_in_another_place(self) -> None:
        """So the sign of an exit or a reward does not matter to the theorem."""
        for instance, y0 in cases()[:200]:
            other = tuple(shaped(process) for process in instance)
            paid = sum(process.steps[0].exit for process in instance)
            found = paid + integral_value(other, y0)
            assert found == pytest.approx(optimum(instance, y0), abs=CLOSE)


class TestTheorem:
    def test_the_highest_index_is_optimal(self) -> None:
        for (instance, y0), best in zip(cases(), optima(), strict=True):
            found = policy_value(instance, y0, true_indices(instance))
            assert found == pytest.approx(best, abs=CLOSE)

    def test_the_integral_is_the_optimum(self) -> None:
        for (instance, y0), best in zip(cases(), optima(), strict=True):
            assert integral_value(instance, y0) == pytest.approx(best, abs=CLOSE)

    def test_a_negative_outside_option_is_no_exception(self) -> None:
        for instance, _ in cases()[:100]:
            found = integral_value(instance, -6)
            assert found == pytest.approx(optimum(instance, -6), abs=CLOSE)

    def test_marginal_values_are_differences_of_integrals(self) -> None:
        for instance, y0 in cases()[:100]:
            whole = integral_value(instance, y0)
            expected = [
                whole - integral_value(without(instance, j), y0)
                for j in range(len(instance))
            ]
            assert marginal_values(instance, y0) == pytest.approx(expected, abs=CLOSE)

    @pytest.mark.parametrize("nudge", [1e-10, -1e-10])
    def test_ties_do_not_matter(self, nudge: float) -> None:
        """Going on at the best in hand or stopping, first or last process first."""
        ties = 0
        for (instance, y0), best in zip(cases(), optima(), strict=True):
            true = true_indices(instance)

            def nudged(i: int, k: int, m: float, true: IndexFunction = true) -> float:
                return true(i, k, m) + (i + 1) * nudge

            met = [
                {true(i, k, m) for k, m in places(process)} - {math.inf, -math.inf}
                for i, process in enumerate(instance)
            ]
            ties += len({y0}.union(*met)) < 1 + sum(len(found) for found in met)
            found = policy_value(instance, y0, nudged)
            assert found == pytest.approx(best, abs=CLOSE)
        assert ties > COUNT // 10


class TestPower:
    """
    Wrong indices are found out, so the theorem's tests would fail if they were wrong.
    """

    def losses(self, wrong: list[IndexFunction]) -> float:
        """The share of instances on which these indices lose something."""
        lost = [
            best - policy_value(instance, y0, indices)
            for (instance, y0), best, indices in zip(
                cases(), optima(), wrong, strict=True
            )
        ]
        assert min(lost) > -CLOSE
        return float(np.mean(np.array(lost) > CLEAR))

    def test_many_instances_are_no_formality(self) -> None:
        """
        Often neither stopping at once nor one process alone is as good as the optimum.
        """
        hard = 0
        for (instance, y0), best in zip(cases(), optima(), strict=True):
            stop = stopping(instance, beginning(instance, y0))
            alone = [
                single_value(p, y0) + sum(level(q) for q in instance if q is not p)
                for p in instance
            ]
            hard += best > max(stop, *alone) + CLEAR
        assert hard > COUNT / 3

    def test_two_swapped(self) -> None:
        assert self.losses([swapped(instance) for instance, _ in cases()]) > 0.5

    @pytest.mark.parametrize(("share", "least"), [(0.05, 0.02), (0.25, 0.1)])
    def test_noise(self, share: float, least: float) -> None:
        wrong = [unsure(case[0], salt, share) for salt, case in enumerate(cases())]
        assert self.losses(wrong) > least

    def test_exits_forgotten(self) -> None:
        wrong = [true_indices(exitless(instance)) for instance, _ in cases()]
        assert self.losses(wrong) > 0.25

    def test_means_instead_of_indices(self) -> None:
        assert self.losses([lambda _i, _k, m: m for _ in cases()]) > 0.5
