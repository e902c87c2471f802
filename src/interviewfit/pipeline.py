"""
Several processes compiled and solved side by side, ready to be compared.

A process at mean m with threshold k ahead has the index m - k, the alternative at which
going on and leaving are worth the same. Against an alternative y it is the same chain
from the mean m - y, so one solution serves every y (``contest``).
"""

from collections.abc import Sequence
from math import fsum, hypot

import numpy as np
from attrs import evolve, frozen

from interviewfit.chains import Rows
from interviewfit.contest import Contest
from interviewfit.outcome import Outcome
from interviewfit.panels import FloatArray
from interviewfit.process import Process, Step
from interviewfit.solver import Solution, solve
from interviewfit.units import Worth
from interviewfit.vocabulary import Phase

__all__ = ["Lane", "Pipeline", "better", "never_left", "through"]

# The normal tail beyond is below a rounding error.
_REACH = 8.5
# A blur below this share of all that competes is told to the contest.
_SHARP = 0.02
_MOST_RUN = 40


@frozen(eq=False, repr=False)
class Lane:
    """
    One process as numbers: its mean and its steps.

    Attributes:
        mean: Of the surplus, hours.
        reward, survive, drift, reveal, exit: One number a step.
    """

    mean: Worth
    reward: tuple[float, ...]
    survive: tuple[float, ...]
    drift: tuple[float, ...]
    reveal: tuple[float, ...]
    exit: tuple[float, ...]

    @classmethod
    def of(cls, process: Process, surcharge: float = 0.0) -> "Lane":
        """
        A process, with every hour of one's own costing *surcharge* more.
        """
        steps = process.steps
        return cls(
            process.percent * process.mean,
            tuple(one.reward - surcharge * one.hours for one in steps),
            tuple(one.survive for one in steps),
            tuple(one.drift for one in steps),
            tuple(one.reveal for one in steps),
            tuple(one.exit for one in steps),
        )


@frozen(eq=False, repr=False)
class Pipeline:
    """
    Lanes solved, those of equal length together.

    Attributes:
        lanes: As given.
        indices: Of each, hours.
        levels: Worth of each however good the alternative, hours.
        thresholds: Of each, at each of its steps, hours.
    """

    lanes: tuple[Lane, ...]
    indices: FloatArray
    levels: FloatArray
    thresholds: tuple[FloatArray, ...]
    _groups: tuple[tuple[Rows, Solution], ...]
    _means: FloatArray
    _reaches: FloatArray

    @classmethod
    def of(cls, lanes: Sequence[Lane]) -> "Pipeline":
        """
        Solve every lane.
        """
        means = np.array([lane.mean for lane in lanes])
        indices, levels = np.empty((2, len(lanes)))
        lengths = np.array([len(lane.reward) for lane in lanes])
        groups = []
        thresholds: list[FloatArray] = [means] * len(lanes)
        for length in np.unique(lengths):
            rows: Rows = np.flatnonzero(lengths == length)
            table = np.array(
                [
                    (one.reward, one.survive, one.drift, one.reveal, one.exit)
                    for one in (lanes[row] for row in rows.tolist())
                ]
            )
            solution = solve(*np.moveaxis(table, 1, 0))
            indices[rows] = means[rows] - solution.thresholds[:, 0]
            levels[rows] = solution.level
            groups.append((rows, solution))
            for row, own in zip(rows, solution.thresholds, strict=True):
                thresholds[row] = own
        reaches = [
            lane.mean + fsum(lane.drift) + _REACH * hypot(*lane.reveal)
            for lane in lanes
        ]
        return cls(
            tuple(lanes),
            indices,
            levels,
            tuple(thresholds),
            tuple(groups),
            means,
            np.array(reaches),
        )

    def acceptance(self, alternatives: FloatArray) -> FloatArray:
        """
        Chance of each to end in an accepted offer, ``(lanes, alternatives)``.

        As if its next step were taken, whatever its index.
        """
        chances = np.empty((len(self.lanes), alternatives.size))
        for rows, solution in self._groups:
            chances[rows] = solution.steep(self._means[rows][:, None] - alternatives)
        return chances

    def contest(self, base: Worth = 0.0, rows: slice = slice(None)) -> Contest:
        """
        Lanes, as a rule all, against the sure alternative *base* and each other.
        """
        return Contest.of(
            base,
            self.indices[rows],
            self.levels[rows],
            self._reaches[rows],
            self._kinks(base, rows),
            lambda alternatives: self.acceptance(alternatives)[rows],
        )

    def chance(self, row: int, alternatives: FloatArray) -> FloatArray:
        """
        The acceptance of one lane, one row.
        """
        lane = self.lanes[row]
        alone = solve(lane.reward, lane.survive, lane.drift, lane.reveal, lane.exit)
        return alone.steep(lane.mean - alternatives[None, :])

    def beyond(self, row: int, top: Worth) -> Worth:
        """
        What an offer of one lane is worth beyond the alternative *top*, hours.

        The integral of its acceptance from *top* on.
        """
        lane = self.lanes[row]
        alone = solve(lane.reward, lane.survive, lane.drift, lane.reveal, lane.exit)
        return float(alone.evaluate([lane.mean - top]).go[0] - self.levels[row])

    def alone(self, base: Worth = 0.0) -> FloatArray:
        """
        What each adds to the sure alternative *base* by itself, hours.
        """
        worth = np.empty(len(self.lanes))
        for rows, solution in self._groups:
            go = solution.go(self._means[rows] - base)
            worth[rows] = np.where(self.indices[rows] > base, go, self.levels[rows])
        return worth

    def outcomes(self, contest: Contest) -> tuple[list[Outcome], FloatArray]:
        """
        What each leads to in a contest, one row each, and the chance it is begun.
        """
        mixtures = [contest.mixture(j) for j in range(len(self.lanes))]
        found: list[Outcome | None] = [None] * len(self.lanes)
        for rows, solution in self._groups:
            most = max(1, *(mixtures[row].points.size for row in rows))
            points, weights = np.zeros((2, rows.size, most))
            for place, row in enumerate(rows):
                own = mixtures[row]
                points[place, : own.points.size] = own.points
                weights[place, : own.points.size] = own.weights
            blended = solution.blend(self._means[rows][:, None] - points, weights)
            for place, row in enumerate(rows):
                found[row] = blended.row(place)
        whole = [one for one in found if one is not None]
        return whole, np.array([one.chance for one in mixtures])

    def one_after_another(self, base: Worth = 0.0) -> Worth:
        """
        What is sure even if no process and no offer can wait for another.

        By index, each is run to its end against what those after it are then worth:
        v[i] = W_i(m_i - v[i+1]) + v[i+1]. Of very many only the best are run.
        """
        order = np.argsort(self.indices, kind="stable")
        value = base + fsum(self.levels[order[:-_MOST_RUN]])
        for row in order[-_MOST_RUN:]:
            lane = self.lanes[row]
            alone = solve(lane.reward, lane.survive, lane.drift, lane.reveal, lane.exit)
            value += float(alone.evaluate([lane.mean - value]).value[0])
        return value

    def _kinks(self, base: Worth, rows: slice) -> FloatArray:
        """
        Where an acceptance turns so sharply that halving might not find it.

        That is at each threshold ahead that is seen through next to no blur.
        """
        ends = np.minimum(self.indices, self._reaches)[rows]
        width = float(ends.max(initial=base)) - base
        kinks = []
        for lane, thresholds in zip(
            self.lanes[rows], self.thresholds[rows], strict=True
        ):
            mean, blur = lane.mean, 0.0
            following = (*thresholds[1:].tolist(), 0.0)
            for drift, reveal, turn in zip(
                lane.drift, lane.reveal, following, strict=True
            ):
                mean, blur = mean + drift, hypot(blur, reveal)
                if blur >= _SHARP * width:
                    break
                kinks += [mean - turn + side * blur for side in (-_REACH, 0.0, _REACH)]
        found = np.array(kinks)
        return np.asarray(found[np.isfinite(found)])


def better(lane: Lane, skill: float, steps: Sequence[Step]) -> Lane:
    """
    The lane of somebody who passes every round with more log-odds, by *skill*.
    """
    odds = np.exp(skill)
    survive = tuple(
        chance * odds / (1.0 - chance + chance * odds)
        if step.phase is Phase.MIDWAY
        else chance
        for chance, step in zip(lane.survive, steps, strict=True)
    )
    return evolve(lane, survive=survive)


def never_left(lane: Lane, steps: Sequence[Step]) -> Lane:
    """
    The lane of somebody who never walks out in mid-interview.
    """
    return _forced(lane, [step.phase is Phase.MIDWAY for step in steps])


def through(lane: Lane, stop: int) -> Lane:
    """
    The lane of somebody who takes its next *stop* steps, whatever comes.
    """
    return _forced(lane, [number < stop for number in range(len(lane.exit))])


def _forced(lane: Lane, which: Sequence[bool]) -> Lane:
    """
    The lane with steps at which one cannot leave: leaving is worse than anything.
    """
    worst = -fsum(map(abs, lane.reward)) - fsum(map(abs, lane.exit)) - 1.0
    leaving = tuple(
        worst if forced else own for own, forced in zip(lane.exit, which, strict=True)
    )
    return evolve(lane, exit=leaving)
