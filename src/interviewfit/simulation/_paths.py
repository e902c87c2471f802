"""Very many careers played out: the same processes, each time with other luck.

A process at mean m with threshold k ahead has the index m - k. Its *charge* is the
lowest index it has shown so far. Advancing the process of the highest index, and
accepting an offer once it beats every index, takes a step exactly if the charge there
is above what all others come to: the *cap* of each, its offer or its lowest index,
whichever is less, if it ends in an offer at all. So every process is played to its end
by itself, and who meets whom is settled afterwards, without taking turns; R. Kleinberg,
B. Waggoner and E. G. Weyl (``contest``) price processes the same way. One process alone
has nothing to beat but 0.

An offer is worth the surplus as it is believed when it is accepted; what is unknown of
it then stays unknown. Other openings, contacts, practice and harm count as what they
are expected to be worth, as everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._model.vocabulary import Phase, Term
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._process.compilation import Step

__all__ = [
    "BEYOND",
    "BLOCK",
    "NOBODY",
    "Ends",
    "ProcessPaths",
    "ProcessRecord",
    "RunningIndex",
    "SimulatedSearches",
    "walk",
]

BLOCK = 4096
"""Searches played at once, with a generator of their own. What happens in a block hangs
on neither the number of careers nor the blocks before it."""

BEYOND = 1e300
"""Better than any offer; steps that pay for themselves are taken all the same."""

NOBODY = -1
"""The job of those who accept none."""

Ends = npt.NDArray[np.intp]
"""How a process ended in each career, as twice the steps taken, plus 1 if not out."""

T = TypeVar("T", bound=np.generic)


@frozen(eq=False)
class ProcessPaths:
    """A process played to its end, as if nobody ever left.

    Attributes:
        means: Of the surplus before each step, hours, shape ``(steps, careers)``.
        out: After which step it is over; the number of steps where an offer comes.
        surplus: At its end, hours.
    """

    means: FloatArray
    out: Ends
    surplus: FloatColumn

    def among(self, thresholds: Sequence[float]) -> "RunningIndex":
        """What it takes part with among others, by the thresholds of its steps."""
        lowest = np.full(self.surplus.size, np.inf)
        charges = np.empty_like(self.means)
        for charge, mean, threshold in zip(
            charges, self.means, thresholds, strict=True
        ):
            lowest = np.minimum(lowest, mean - threshold)
            charge[:] = lowest
        offered = self.out == len(charges)
        cap = np.where(offered, np.minimum(lowest, self.surplus), -np.inf)
        return RunningIndex(self, charges, cap)


@frozen(eq=False)
class RunningIndex:
    """A path and its lowest index up to each step, hours; and its cap."""

    path: ProcessPaths
    charges: FloatArray
    cap: FloatColumn

    def end(
        self, ahead: FloatColumn | float, behind: FloatColumn | float = -np.inf
    ) -> tuple[Ends, BoolArray]:
        """Where it ends, and whether its offer is accepted.

        Args:
            ahead: What those that go first at a tie come to, hours.
            behind: What the others come to.
        """
        taken = ((self.charges > ahead) & (self.charges >= behind)).sum(axis=0)
        stays = taken <= self.path.out
        ends = 2 * np.where(stays, taken, self.path.out + 1) + stays
        surplus = self.path.surplus
        offered = ends == 2 * len(self.charges) + 1
        return np.asarray(ends), offered & (surplus > ahead) & (surplus >= behind)


def walk(lane: ChainParameters, rng: "np.random.Generator") -> ProcessPaths:
    """Play a process to its end in a block of careers."""
    count = len(lane.reward)
    means, surplus = np.empty((count, BLOCK)), np.full(BLOCK, lane.mean)
    out = np.full(BLOCK, count)
    for k in range(count):
        means[k] = surplus
        surplus = surplus + lane.drift[k]
        if lane.reveal[k]:
            surplus += lane.reveal[k] * rng.standard_normal(BLOCK)
        if lane.survive[k] < 1.0:
            lost = (rng.random(BLOCK) >= lane.survive[k]) & (out == count)
            out[lost] = k
    return ProcessPaths(means, out, surplus)


@frozen(eq=False)
class ProcessRecord:
    """A process as it is told of: its name and its steps."""

    name: str
    steps: Sequence[Step]

    def reach(self, ends: Ends) -> Iterator[tuple[str, float]]:
        """The share of careers that come to each stage ahead."""
        for k, step in enumerate(self.steps):
            if step.phase is Phase.BEFORE:
                yield step.title, float((ends > 2 * k + 1).mean())

    def endings(self, ends: Ends) -> Iterator[tuple[str, float]]:
        """How it ended, in words, and in which share of the careers."""
        counts = np.bincount(ends, minlength=2 * len(self.steps) + 2)
        for number in np.flatnonzero(counts).tolist():
            taken, stays = divmod(number, 2)
            share = int(counts[number]) / ends.size
            if not stays:
                yield f"out after {self.steps[taken - 1].title}", share
            elif taken == len(self.steps):
                yield "with an offer", share
            else:
                here = self.steps[taken]
                walked = here.phase is Phase.MIDWAY
                words = "walked out of" if walked else "left before"
                yield f"{words} {here.title}", share


@frozen(eq=False)
class SimulatedSearches:
    """What came of very many careers, an entry each.

    Attributes:
        hours: Of one's own time.
        days: One step after the other.
        surplus: Of the accepted offer, hours; 0 where there is none.
        job: Which process it is of; ``NOBODY`` where there is none.
        ends: Of each process.
        terms: What it is all worth, hours, by term.
    """

    hours: FloatColumn
    days: FloatColumn
    surplus: FloatColumn
    job: Ends
    ends: tuple[Ends, ...]
    terms: Mapping[Term, FloatColumn]

    @property
    def worth(self) -> FloatColumn:
        """The sum of the terms, hours."""
        return np.asarray(np.sum(list(self.terms.values()), axis=0))

    @classmethod
    def estimate_pass_rates(
        cls,
        tracks: Sequence[ProcessRecord],
        ends: Sequence[Ends],
        job: Ends,
        surplus: FloatColumn,
        gained: FloatColumn,
    ) -> "SimulatedSearches":
        """Add up what the steps bring, from how each process ended.

        Args:
            gained: By how much the accepted offer is better than what there would have
                been otherwise, hours.
        """
        hours, days = np.zeros((2, job.size))
        terms: dict[Term, FloatColumn] = {Term.OFFER: gained}
        for track, own in zip(tracks, ends, strict=True):
            hours += _table([one.hours for one in track.steps])[own]
            days += _table([one.days for one in track.steps])[own]
            for term in Term:
                gains = [one.gains.get(term, 0.0) for one in track.steps]
                leaving = [one.leaving.get(term, 0.0) for one in track.steps]
                if any(gains) or any(leaving):
                    brought = _table(gains, leaving)[own]
                    terms[term] = brought + terms[term] if term in terms else brought
        return cls(hours, days, surplus, job, tuple(ends), terms)

    @classmethod
    def joined(
        cls, parts: Sequence["SimulatedSearches"], careers: int
    ) -> "SimulatedSearches":
        """Blocks as one, of which so many careers are kept."""

        def whole(columns: Sequence[npt.NDArray[T]]) -> npt.NDArray[T]:
            return np.concatenate(columns)[:careers]

        terms = parts[0].terms
        return cls(
            whole([one.hours for one in parts]),
            whole([one.days for one in parts]),
            whole([one.surplus for one in parts]),
            whole([one.job for one in parts]),
            tuple(map(whole, zip(*(one.ends for one in parts), strict=True))),
            {term: whole([one.terms[term] for one in parts]) for term in terms},
        )


def _table(gains: Sequence[float], leaving: Sequence[float] = ()) -> FloatArray:
    """What has come together by the end, by how a process ended."""
    table = np.repeat(np.concatenate(([0.0], np.cumsum(gains))), 2)
    table[1 : 2 * len(leaving) : 2] += leaving
    return table
