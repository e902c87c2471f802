"""The best plan for two processes that teach each other, on a lattice of both means.

A dynamic program over where both processes stand, both means and all that was learned.
News is normal plus facts, and its expectation is exact for the piecewise linear
interpolation of what follows. That lies above what is convex, so the value is an upper
bound; its error falls as the square of the spacing, so two spacings give a better one.
Nothing here uses the index theorem or what the package says of practice.

``PYTHONPATH=tests python tests/lattice_oracle.py`` prints bounds that are closer than
those of ``test_planning``, in some minutes.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from cases import jobs
from interviewfit import Assumptions, Candidate, Opportunity
from interviewfit._competition.entries import compile_search
from recorded import run_as_command

Array = npt.NDArray[np.float64]
USUAL = Assumptions()
REACH = 6.5


@dataclass(frozen=True)
class Step:
    """One step of a process; the size is how much of an interview it is as practice."""

    reward: float
    survive: float
    drift: float
    reveal: float
    exit: float
    size: float
    facts: tuple[tuple[float, float], ...]


def steps_of(
    pair: Sequence[Opportunity], done: float
) -> list[tuple[float, list[Step]]]:
    """The mean, and the steps, of each of two processes."""
    who = Candidate(interviews_done=done, interviews_ahead=0)
    found = []
    for entry in compile_search(who, pair, USUAL):
        steps = []
        for number, step in enumerate(entry.process.steps):
            kind = entry.structure.stages[step.stage].kind
            weight = entry.numbers.stage(step.stage, kind, "practice")
            size = weight if number % 2 else 0.0
            numbers = step.reward, step.survive, step.drift, step.reveal, step.exit
            steps.append(Step(*numbers, size, tuple(step.facts)))
        found.append((entry.process.mean_hours, steps))
    return found


@dataclass
class Lattice:
    """Two processes on a lattice; an interview is finished or left at once."""

    pair: Sequence[Opportunity]
    done: float
    spacing: float
    grids: list[Array] = field(default_factory=list)
    steps: list[list[Step]] = field(default_factory=list)
    _kernels: dict[tuple[int, Step], Array] = field(default_factory=dict)
    _values: dict[tuple[object, ...], Array] = field(default_factory=dict)

    def value(self) -> float:
        """The value of the best plan, hours, from above."""
        at = []
        for mean, steps in steps_of(self.pair, self.done):
            shifts = sum(
                abs(step.drift) + sum(abs(size) for _, size in step.facts)
                for step in steps
            )
            reach = REACH * math.hypot(*(step.reveal for step in steps)) + shifts
            below = math.ceil((reach + max(mean, 0.0)) / self.spacing)
            above = math.ceil((reach - min(mean, 0.0)) / self.spacing)
            self.grids.append(mean + self.spacing * np.arange(-below, above + 1.0))
            self.steps.append(steps)
            at.append(below)
        return float(self.both((0, 0), (0.0, 0.0), self.done, None)[at[0], at[1]])

    def kernel(self, which: int, step: Step) -> Array:
        """The expectation after a step, as a matrix on values at the lattice."""
        if (which, step) in self._kernels:
            return self._kernels[which, step]
        grid, size = self.grids[which], self.grids[which].size
        worlds = [(1.0, step.drift)]
        for chance, gain in step.facts:
            sides = (chance, (1 - chance) * gain), (1 - chance, -chance * gain)
            worlds = [(p * q, a + b) for p, a in worlds for q, b in sides]
        matrix = np.zeros((size, size))
        for share, shift in worlds:
            x = grid + shift
            gap = (x[:, None] - grid[None, 1:-1]) / step.reveal
            lift = step.reveal * (gap * norm.cdf(gap) + norm.pdf(gap)) / self.spacing
            first = (x - grid[0]) / self.spacing
            matrix[:, 0] += share * (1 - first)
            matrix[:, 1] += share * first
            # Each bend of the interpolation, times the expected lift beyond it.
            matrix[:, :-2] += share * lift
            matrix[:, 1:-1] -= 2 * share * lift
            matrix[:, 2:] += share * lift
        self._kernels[which, step] = matrix
        return matrix

    def alone(self, which: int, first: int, skill: float, *, offer: bool) -> Array:
        """One process once the other has ended, over what is in hand and its mean."""
        key = which, first, round(skill, 12), offer
        if key in self._values:
            return self._values[key]
        held = np.maximum(0.0, self.grids[1 - which]) if offer else np.zeros(1)
        value = np.maximum(held[:, None], self.grids[which][None, :])
        for step in reversed(self.steps[which][first:]):
            survive = passing(step.survive, skill)
            after = value @ self.kernel(which, step).T
            going = step.reward + survive * after + (1 - survive) * held[:, None]
            value = np.maximum(held[:, None] + step.exit, going)
        self._values[key] = value
        return value

    def both(
        self,
        at: tuple[int, int],
        skills: tuple[float, float],
        done: float,
        midway: int | None,
    ) -> Array:
        """Both processes under way, over both means."""
        key = at, tuple(round(skill, 12) for skill in skills), round(done, 12), midway
        if key in self._values:
            return self._values[key]
        here = [self.steps[which][at[which]] for which in (0, 1)]
        stop = sum(step.exit for step in here)
        options = [np.full([grid.size for grid in self.grids], stop)]
        for which in (0, 1) if midway is None else (midway,):
            other, step = 1 - which, here[which]
            survive = passing(step.survive, skills[which])
            lesson = USUAL["practice_gain"] * step.size
            lesson *= USUAL["practice_decay"] ** done
            learned = list(skills)
            learned[other] += lesson
            following = list(at)
            following[which] += 1
            failed = self.alone(other, at[other], learned[other], offer=False)[0]
            left = self.alone(other, at[other], skills[other], offer=False)[0]
            if following[which] == len(self.steps[which]):
                after = self.alone(other, at[other], learned[other], offer=True)
                after = after if which == 0 else after.T
            else:
                inside = which if following[which] % 2 else None
                after = self.both(
                    (following[0], following[1]),
                    (learned[0], learned[1]),
                    done + step.size,
                    inside,
                )
            kernel = self.kernel(which, step)
            after = kernel @ after if which == 0 else after @ kernel.T
            axis = 0 if which == 0 else 1
            failed, left = np.expand_dims(failed, axis), np.expand_dims(left, axis)
            options.append(step.reward + survive * after + (1 - survive) * failed)
            options.append(step.exit + left + np.zeros_like(after))
        value: Array = np.maximum.reduce(options if midway is None else options[1:])
        self._values[key] = value
        return value


def passing(rate: float, skill: float) -> float:
    """A pass rate shifted in log-odds; 0 and 1 stay as they are."""
    if rate in {0.0, 1.0}:
        return rate
    odds = rate / (1 - rate) * math.exp(skill)
    return odds / (1 + odds)


def bounds(
    pair: Sequence[Opportunity], done: float, spacing: float
) -> tuple[float, float]:
    """Below and above the best plan: what the finer lattice lacks, twice, and it."""
    coarse, fine = (
        Lattice(pair, done, size).value() for size in (1.5 * spacing, spacing)
    )
    # The error of the finer is 1 / (1.5**2 - 1) of the difference.
    return fine - 2.0 * (coarse - fine) / 1.25, fine


def main() -> None:
    """Print the bounds for the pairs of ``test_planning``."""
    for pair in (jobs(2), jobs(3, 5)[1:]):
        for done in (0.0, 3.0):
            low, high = bounds(pair, done, 16.0)
            sys.stdout.write(f"{pair[0].name}, {done:g}: {low:.4f} to {high:.4f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
