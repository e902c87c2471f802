"""Two processes solved together: against brute force, quadrature, and plays."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters, PracticeModel
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.normal import unit_normal_loss
from interviewfit._portfolio.joint import Duo
from interviewfit._portfolio.lattice import Kernel, Sides
from interviewfit._portfolio.learner import Learner
from interviewfit._process.compilation import Step
from interviewfit._solver.solution import solve
from portfolio_oracle import FiniteProcess, random_instance, single_value
from practice_oracle import Practice, optimum_with_practice, shifted_process

SPACING = 0.5


@frozen(eq=False)
class FiniteLearner(Learner):
    """A process whose news has finitely many outcomes, all of them on the lattice."""

    process: FiniteProcess

    @classmethod
    def made(
        cls,
        process: FiniteProcess,
        y0: float,
        practised: Practice,
        sizes: Sequence[float],
        at_once: bool,
    ) -> "FiniteLearner":
        steps = process.steps
        done = [practised.done + math.fsum(sizes[:k]) for k in range(len(sizes) + 1)]
        nothing = tuple(0.0 for _ in steps)
        return cls(
            ChainParameters(
                process.mean,
                tuple(one.reward for one in steps),
                tuple(one.survive for one in steps),
                nothing,
                nothing,
                tuple(one.exit for one in steps),
            ),
            y0,
            [True] * len(steps),
            [at_once and k % 2 == 1 for k in range(len(steps))],
            [practised.learnt(one, at) for one, at in zip(sizes, done, strict=False)],
            [one - practised.done for one in done],
            process=process,
        )

    def sides(self, step: int, spacing: float) -> Sides:
        low = [min(x for _, x in one.news) for one in self.process.steps[:step]]
        high = [max(x for _, x in one.news) for one in self.process.steps[:step]]
        return round(-sum(low) / spacing), round(sum(high) / spacing)

    def kernels(self, step: int, spacing: float) -> tuple[Kernel, Kernel]:
        before, behind = (self.nodes(at, spacing) for at in (step, step + 1))
        masses = np.zeros((before.size, behind.size))
        for chance, change in self.process.steps[step].news:
            places = np.rint((before + change - behind[0]) / spacing).astype(int)
            masses[np.arange(before.size), places] += chance
        one = Kernel(masses, np.zeros(before.size))
        return one, one

    def alone(
        self, step: int, skills: tuple[float, ...], surplus: FloatArray
    ) -> FloatArray:
        processes = [shifted_process(self.process, skill) for skill in skills]
        return np.array(
            [[single_value(one, 0.0, step, m) for m in surplus] for one in processes]
        )


@pytest.mark.parametrize("at_once", [False, True])
def test_finite_processes_are_worth_the_optimum(at_once: bool) -> None:
    """All joint states visited, with practice in the state; both bounds are the worth.

    Practice matters in many of them, and so does that nothing can wait midway.
    """
    rng = np.random.default_rng(11)
    practised = Practice(gain=0.6, done=0.5)
    matters = waiting = 0
    for _ in range(60):
        instance = random_instance(
            rng, processes=(2, 2), halves=at_once, whole=True, most=200
        )
        sizes = tuple(
            tuple(float(p) for p in rng.choice([0.0, 0.3, 1.0], len(one.steps)))
            for one in instance
        )
        y0 = float(rng.choice([-2.0, 0.0, 1.5]))
        one, two = (
            FiniteLearner.made(process, y0, practised, own, at_once)
            for process, own in zip(instance, sizes, strict=True)
        )
        found = Duo((one, two), practised.decay).bracket(SPACING)
        case = (instance, y0, practised, sizes)
        best = optimum_with_practice(*case, at_once=at_once)

        assert found.upper == pytest.approx(best, abs=1e-9)
        assert found.lower == pytest.approx(best, abs=1e-9)
        blind = (instance, y0, Practice(gain=0.0), sizes)
        matters += best > optimum_with_practice(*blind, at_once=at_once) + 1e-6
        waiting += best < optimum_with_practice(*case) - 1e-6
    assert matters > 15
    assert (waiting > 3) == at_once


def lane(mean: float, *steps: tuple[float, float, float]) -> ChainParameters:
    """A process of steps with reward, survive and reveal, and nothing for leaving."""
    reward, survive, reveal = zip(*steps, strict=True)
    nothing = (0.0,) * len(steps)
    return ChainParameters(mean, reward, survive, nothing, reveal, nothing)


def learner(
    own: ChainParameters, lessons: Sequence[float], base: float = 0.0
) -> Learner:
    """The same, with nothing held; lessons do not wear off."""
    count = len(own.reward)
    free, all_ = [False] * count, [True] * count
    return Learner(own, base, all_, free, lessons, [0.0] * (count + 1))


PAIRS = [
    (lane(5, (-0.5, 0.5, 4), (-1, 0.6, 5)), lane(3, (-0.2, 0.7, 3), (-0.5, 0.5, 8))),
    (lane(3, (-0.4, 0.5, 4)), lane(2, (-0.3, 0.9, 0.2), (-0.1, 0.3, 9), (0.1, 0.5, 1))),
    (lane(-2, (-0.1, 0.5, 2), (-0.2, 0.5, 6)), lane(4, (-0.5, 1.0, 0), (-0.5, 1.0, 6))),
]


@frozen(eq=False)
class CutLearner(Learner):
    """One that has hardly any nodes to the left."""

    def sides(self, step: int, spacing: float) -> Sides:
        left, right = Learner.sides(self, step, spacing)
        return min(left, 2), right


class TestWithoutPractice:
    @pytest.mark.parametrize("base", [-1.0, 0.0, 2.0])
    @pytest.mark.parametrize("pair", PAIRS)
    def test_the_exact_value_lies_between(
        self, pair: tuple[ChainParameters, ChainParameters], base: float
    ) -> None:
        """The integral of ``contest`` is another method, and exact."""
        exact = SolvedProcesses.of(pair).contest(base).value
        one, two = (learner(own, [0.0] * 9, base) for own in pair)
        gaps = []
        for spacing in (0.4, 0.2):
            found = Duo((one, two), 1.0).bracket(spacing)
            assert found.lower - 1e-9 <= exact <= found.upper + 1e-9
            gaps.append(found.upper - found.lower)
        assert gaps[1] < 0.05
        assert gaps[1] < 0.35 * gaps[0]

    @pytest.mark.parametrize("kind", [Learner, CutLearner])
    @pytest.mark.parametrize("drift", [-1.5, 2.5])
    @pytest.mark.parametrize("mean", [-6.0, 2.0, 20.0])
    def test_it_does_however_few_nodes_there_are(
        self, mean: float, drift: float, kind: type[Learner]
    ) -> None:
        """What lies left of them is bounded as well; of means that drift, and exits. As
        a rule there are enough, be an offer likely or all but out of the question.
        """
        for pair in PAIRS:
            lanes = [
                evolve(
                    own,
                    mean=mean,
                    drift=tuple(drift * k for k in range(len(own.drift))),
                    exit=tuple(-0.2 * k for k in range(len(own.exit))),
                )
                for own in pair
            ]
            exact = SolvedProcesses.of(lanes).contest(1.0).value
            one, two = (
                kind(own, 1.0, [True] * 9, [False] * 9, [0.0] * 9, [0.0] * 9)
                for own in lanes
            )
            found = Duo((one, two), 1.0).bracket(0.1)
            assert found.lower - 1e-9 <= exact <= found.upper + 1e-9
            if kind is Learner:
                assert found.upper - found.lower < 1e-4

    def test_who_goes_first_has_the_higher_index(self) -> None:
        for pair in PAIRS:
            indices = SolvedProcesses.of(pair).indices
            one, two = (learner(own, [0.0] * 9) for own in pair)
            assert Duo((one, two), 1.0).bracket(0.1).first == indices.argmax()


def straight(one: ChainParameters, two: ChainParameters, lesson: float) -> float:
    """Two processes of one step each, by very many small steps.

    What one teaches the other is *lesson*, passed or not; W of the other alone is a
    formula.
    """
    grid = np.linspace(-9.0, 9.0, 20_001)
    density = np.exp(-0.5 * grid**2) / math.sqrt(2 * math.pi)

    def alone(own: ChainParameters, y: FloatArray, skill: float) -> FloatArray:
        odds = own.survive[0] / (1 - own.survive[0]) * math.exp(skill)
        blur = own.reveal[0]
        gain = blur * unit_normal_loss((y - own.mean) / blur)
        go = own.reward[0] + odds / (1 + odds) * gain
        return np.asarray(np.maximum(0.0, go))

    def turn(own: ChainParameters, other: ChainParameters) -> float:
        offer = np.maximum(0.0, own.mean + own.reveal[0] * grid)
        behind = offer + alone(other, offer, lesson)
        passed = float(density @ behind) * float(grid[1] - grid[0])
        failed = float(alone(other, np.zeros(1), lesson)[0])
        chance = own.survive[0]
        return own.reward[0] + chance * passed + (1 - chance) * failed

    return max(0.0, turn(one, two), turn(two, one))


class TestWithPractice:
    @pytest.mark.parametrize("lesson", [0.0, 0.5, 1.5])
    def test_one_step_each_by_quadrature(self, lesson: float) -> None:
        one, two = lane(1, (-1, 0.5, 4)), lane(-1, (-0.3, 0.3, 6))
        pair = (learner(one, [lesson]), learner(two, [lesson]))
        found = Duo(pair, 1.0).bracket(0.02)
        best = straight(one, two, lesson)

        assert found.lower - 1e-7 <= best <= found.upper + 1e-7
        assert found.upper - found.lower < 1e-3

    def test_a_teacher_first_as_played(self) -> None:
        """Of a process that never leads to a job one learns, then one tries the other.

        Played by its thresholds with the skill learned, within 4 standard errors.
        """
        teacher = lane(-99, (-0.2, 0.6, 1), (-0.2, 0.6, 1))
        dream = lane(9, (-0.3, 0.4, 4), (-0.5, 0.5, 5), (-0.3, 0.6, 4))
        lessons = [0.5, 0.4]
        pair = (learner(teacher, lessons), learner(dream, [0.0] * 3))
        found = Duo(pair, 1.0).solve(lambda _: 0.01)
        assert found.first == 0
        assert found.upper - found.lower < 0.01
        untaught = SolvedProcesses.of([dream]).contest().value
        assert found.lower > 1.3 * untaught

        rng = np.random.default_rng(2)
        plays = 200_000
        reached = rng.random(plays) < teacher.survive[0]
        gained = np.where(reached, -0.4, -0.2)
        for taught, learned in ((reached, 0.9), (~reached, 0.5)):
            odds = [p / (1 - p) * math.exp(learned) for p in dream.survive]
            chances = [one / (1 + one) for one in odds]
            bars = solve(
                dream.reward, chances, dream.drift, dream.reveal, dream.exit
            ).thresholds[0]
            mean = np.full(plays, float(dream.mean))
            on = taught.copy()
            for k, chance in enumerate(chances):
                on &= mean > bars[k]
                gained[on] += dream.reward[k]
                mean += dream.reveal[k] * rng.standard_normal(plays)
                on &= rng.random(plays) < chance
            gained[on] += np.maximum(0.0, mean[on])
        error = 4 * float(gained.std()) / math.sqrt(plays)
        assert found.lower - error < gained.mean() < found.upper + error
        assert error < 0.1 * (found.lower - untaught)

    def test_the_better_the_finer(self) -> None:
        pair = tuple(learner(own, [0.3, 0.3, 0.3]) for own in PAIRS[0])
        duo = Duo((pair[0], pair[1]), 0.6)
        rough, fine = duo.bracket(0.5), duo.bracket(0.1)

        assert rough.lower <= fine.lower <= fine.upper <= rough.upper
        assert duo.solve(lambda _: 0.01).upper - duo.solve(lambda _: 0.01).lower < 0.01

    def test_leaves_both_where_neither_pays(self) -> None:
        bad = lane(-50, (-1, 0.5, 4), (-1, 0.5, 4))
        found = Duo((learner(bad, [0.5, 0.5]), learner(bad, [0.5, 0.5])), 0.6).solve(
            lambda _: 0.01
        )
        assert found.first is None
        assert found.lower == found.upper == 0.0

    def test_says_how_far_it_is(self) -> None:
        told: list[tuple[int, int]] = []
        one, two = (learner(own, [0.3, 0.3, 0.3]) for own in PAIRS[0])
        for tolerance in (lambda _: 1e3, lambda _: 0.02):
            told.clear()
            Duo((one, two), 0.6).solve(tolerance, lambda *both: told.append(both))
            assert [done for done, _ in told] == sorted({done for done, _ in told})
            assert told[-1][0] == told[-1][1]


def step(phase: Phase, **more: float) -> Step:
    """Half an interview."""
    numbers = {"survive": 1.0, "drift": 0.0, "reveal": 2.0, "hours": 1.0, "days": 0.0}
    return Step(
        stage=0, phase=phase, title="x", gains={}, leaving={}, **(numbers | more)
    )


class TestLearner:
    STEPS = (
        step(Phase.BEFORE),
        step(Phase.MIDWAY, survive=0.5, teaches=0.3 * 0.15),
        step(Phase.BEFORE),
        step(Phase.MIDWAY, survive=0.5, teaches=0.15 * 0.6**0.3),
    )

    def made(self, walking: float) -> Learner:
        own = lane(1, (-1, 1.0, 2), (-1, 0.5, 2), (-1, 1.0, 2), (-1, 0.5, 2))
        own = evolve(own, exit=(0.0, walking, 0.0, walking))
        return Learner.of(own, self.STEPS, 0.0, PracticeModel(2.0, 0.15, 0.6))

    def test_counts_interviews(self) -> None:
        """A call of a third and a whole interview, as their lessons tell."""
        found = self.made(-0.5)

        assert found.done == pytest.approx([0, 0, 0.3, 0.3, 1.3])
        assert found.lessons == pytest.approx([0, 0.09, 0, 0.3 * 0.6**0.3])
        assert list(found.held) == [False, True, False, True]

    def test_of_interviews_nobody_walks_out_of_is_shorter(self) -> None:
        found = self.made(-1.5)

        assert found.done == pytest.approx([0, 0.3, 1.3])
        assert list(found.held) == [False, False]
        assert found.lane.reward == (-2.0, -2.0)
        assert found.lane.reveal == pytest.approx([math.sqrt(8)] * 2)

    def test_where_a_lesson_leaves_nothing_to_learn_only_the_first_counts(self) -> None:
        teaches = (0.0, 0.3 * 0.15, 0.0, 0.0)
        steps = [
            evolve(one, teaches=own)
            for one, own in zip(self.STEPS, teaches, strict=True)
        ]
        own = lane(1, (-1, 1.0, 2), (-1, 0.5, 2), (-1, 1.0, 2), (-1, 0.5, 2))

        found = Learner.of(own, steps, 0.0, PracticeModel(2.0, 0.15, 0.0))

        assert found.done[-1] == pytest.approx(0.3)

    def test_is_as_long_where_leaving_after_one_is_dearer_than_walking_out(
        self,
    ) -> None:
        own = lane(1, (-1, 1.0, 2), (-1, 0.5, 2), (-1, 1.0, 2), (-1, 0.5, 2))
        own = evolve(own, exit=(0.0, -1.5, -9.0, -1.5))

        found = Learner.of(own, self.STEPS, 0.0, PracticeModel(2.0, 0.15, 0.6))

        assert found.done == pytest.approx([0, 0, 0.3, 1.3])
        assert list(found.held) == [False, True, False]
        assert found.lane.exit == (0.0, -1.5, -9.0)

    def test_skill_helps_where_one_can_be_failed_for_the_want_of_it(self) -> None:
        """That is at the end of an interview, not at its beginning."""
        own = lane(1, (-1, 0.8, 2), (-1, 0.5, 2), (-1, 0.8, 2), (-1, 0.5, 2))
        found = Learner.of(own, self.STEPS, 0.0, PracticeModel(2.0, 0.15, 0.6))

        assert [found.chance(k, 1.0) for k in (0, 2)] == [0.8, 0.8]
        odds = math.exp(1.0)
        assert found.chance(1, 1.0) == pytest.approx(odds / (1.0 + odds))

    def test_shorter_or_not_it_is_worth_the_same(self) -> None:
        short = self.made(-1.5)
        own = evolve(
            self.made(-0.5),
            lane=evolve(self.made(-0.5).lane, exit=(0.0, -1.5, 0.0, -1.5)),
        )
        other = learner(PAIRS[0][1], [0.2, 0.2])
        found = [Duo((one, other), 0.6).bracket(0.1) for one in (short, own)]

        assert found[0].lower <= found[1].upper
        assert found[1].lower <= found[0].upper
        assert all(one.upper - one.lower < 0.03 for one in found)

    def test_midway_only_finishing_or_walking_out_is_open(self) -> None:
        begun = self.made(-0.5)
        begun = evolve(begun, held=[True, *begun.held[1:]])
        found = Duo((begun, learner(PAIRS[0][1], [0.2, 0.2])), 0.6).bracket(0.2)

        assert list(found.turns) == [0]
