"""One of two processes that teach each other, on a lattice of means.

What was learned in the other process shifts its chances to be passed on; what it
teaches wears off by the interviews done in both. Halves of an interview that is always
finished are one step. The lattice reaches as far as the mean can get by then, and to
the left only while an offer worth taking is not out of the question.
"""

from collections.abc import Sequence
from math import ceil, fsum, hypot
from typing import TypeVar

import numpy as np
from attrs import Factory, field, frozen

from interviewfit._competition.chains import (
    ChainParameters,
    PracticeModel,
    skilled,
    solve_lanes,
)
from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.normal import cdf
from interviewfit._portfolio.lattice import Kernel, Sides, kernels
from interviewfit._process.compilation import Step
from interviewfit._solver.solution import Solution

__all__ = ["REACH", "Learner"]

REACH = 5.0
"""Blurs to each side of a mean that have nodes."""

_T = TypeVar("_T")


@frozen(eq=False, repr=False)
class Learner:
    """One of two processes that teach each other.

    Attributes:
        lane: Its numbers.
        base: The sure alternative beside it, hours.
        shifted: For each step, whether what was learned elsewhere helps in it.
        held: For each step, whether nothing else can be done before it.
        lessons: What each step teaches the other, log-odds, had that never begun.
        done: Interviews before each step and at the end, in this process alone.
    """

    lane: ChainParameters
    base: Worth
    shifted: Sequence[bool]
    held: Sequence[bool]
    lessons: Sequence[float]
    done: Sequence[float]
    _solved: dict[tuple[int, tuple[float, ...]], Solution] = field(
        init=False, default=Factory(dict)
    )

    @classmethod
    def of(
        cls,
        lane: ChainParameters,
        steps: Sequence[Step],
        base: Worth,
        teaching: PracticeModel,
    ) -> "Learner":
        """A process as practice.

        Args:
            lane, steps: The process.
            base: The sure alternative, hours.
            teaching: What interviews teach.
        """
        done = [0.0]
        for step in steps:
            full = teaching.unit * teaching.decay ** done[-1]
            done.append(done[-1] + (step.teaches / full if full else 0.0))
        midway = [step.phase is Phase.MIDWAY for step in steps]
        whole = cls(
            lane,
            base,
            midway,
            [mid and step.stage >= 0 for mid, step in zip(midway, steps, strict=True)],
            teaching.lessons(steps),
            done,
        )
        for k in reversed(range(1, len(steps))):
            if whole.held[k] and not midway[k - 1] and whole._finishes(k):
                whole = whole._merged(k)
        return whole

    @property
    def length(self) -> int:
        """How many steps it has."""
        return len(self.lane.reward)

    def _finishes(self, step: int) -> bool:
        """Whether an interview begun is finished, whatever it shows.

        It is if even leaving right after it is no worse than walking out.
        """
        lane = self.lane
        after = lane.exit[step + 1] if step + 1 < self.length else 0.0
        worst = min(lane.survive[step] * after, after)
        return lane.survive[step - 1] == 1.0 and (
            lane.reward[step] + worst >= lane.exit[step]
        )

    def _merged(self, step: int) -> "Learner":
        """A step and the one before it, where nobody leaves in between, as one."""
        before, lane = step - 1, self.lane

        def joined(parts: Sequence[_T], both: _T) -> tuple[_T, ...]:
            return (*parts[:before], both, *parts[step + 1 :])

        return Learner(
            ChainParameters(
                lane.mean,
                joined(lane.reward, lane.reward[before] + lane.reward[step]),
                joined(lane.survive, lane.survive[step]),
                joined(lane.drift, lane.drift[before] + lane.drift[step]),
                joined(lane.reveal, hypot(lane.reveal[before], lane.reveal[step])),
                joined(lane.exit, lane.exit[before]),
            ),
            self.base,
            joined(self.shifted, self.shifted[step]),
            joined(self.held, self.held[before]),
            joined(self.lessons, self.lessons[before] + self.lessons[step]),
            (*self.done[:step], *self.done[step + 1 :]),
        )

    def middle(self, step: int) -> Worth:
        """The mean before a step, or at the end, as expected from the start, hours."""
        return self.lane.mean + fsum(self.lane.drift[:step])

    def sides(self, step: int, spacing: Hours) -> Sides:
        """How many nodes there are before a step, or at the end, around the middle."""
        reach = REACH * hypot(*self.lane.reveal[:step])
        ahead, blur = fsum(self.lane.drift[step:]), hypot(*self.lane.reveal[step:])
        dead = self.middle(step) + ahead - self.base + REACH * blur
        return (
            max(0, ceil(min(reach, dead) / spacing)),
            ceil(reach / spacing),
        )

    def nodes(self, step: int, spacing: Hours) -> FloatArray:
        """Means before a step, or at the end, *spacing* apart, hours, shape ``(nodes,)``."""
        left, right = self.sides(step, spacing)
        return np.asarray(self.middle(step) + spacing * np.arange(-left, right + 1.0))

    def kernels(self, step: int, spacing: Hours) -> tuple[Kernel, Kernel]:
        """A step for an upper bound, and for a lower one."""
        before, behind = (self.sides(at, spacing) for at in (step, step + 1))
        # No worth falls faster to the left than the chance to be accepted at last.
        first = self.middle(self.length) - behind[0] * spacing - self.base
        blur = hypot(*self.lane.reveal[step + 1 :])
        slope = float(cdf(first / blur)) if blur else float(first > 0.0)
        return kernels(self.lane.reveal[step], spacing, before, behind, slope)

    def chance(self, step: int, skill: float) -> Probability:
        """To be still in after a step, with *skill* more log-odds."""
        chance = self.lane.survive[step]
        return skilled(chance, skill) if self.shifted[step] else chance

    def alone(
        self, step: int, skills: tuple[float, ...], surplus: FloatArray
    ) -> FloatArray:
        """What it adds to a sure alternative from a step on, hours, if skill stays so.

        Args:
            step: Where it stands.
            skills: More log-odds, each of which is looked at.
            surplus: Its mean less the alternative, hours, shape ``(points,)``.

        Returns:
            Shape ``(skills, points)``.
        """
        found = self._solved.get((step, skills))
        if found is None:
            own = self.lane
            parts = [one[step:] for one in (own.drift, own.reveal, own.exit)]
            lanes = []
            for skill in skills:
                survive = [self.chance(k, skill) for k in range(step, self.length)]
                lanes.append(
                    ChainParameters(0.0, own.reward[step:], tuple(survive), *parts)
                )
            found = self._solved[step, skills] = solve_lanes(lanes)
        going = found.continuation_value(
            np.broadcast_to(surplus, (len(skills), surplus.size))
        )
        return np.maximum(self.lane.exit[step], going)
