"""What follows of a chain of steps without an integral.

C[k] never falls below under[k] = reward[k] + survive[k] * floor[k+1]. Where that
covers the exit, nobody leaves at step k: the step is *free*, W[k] = C[k], and two
blurs without a decision between them are one, sqrt(s1**2 + s2**2). So free steps
merge into *runs*, and only *binding* steps need a threshold. A step from which
nothing can be reached that is worth more than leaving is a *wall*.

For m far above all thresholds nobody leaves, and W is a line of slope b, the
chance of surviving everything; it meets the floor at the *strike*.
"""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import some_rows

__all__ = ["BINDING", "FREE", "WALL", "Chains", "MergedSteps", "alike", "settle_ties"]

FREE, BINDING, WALL = 0, 1, 2

_FARTHEST = 1e150
"""Surplus beyond this is out of reach: its square would be no number."""

_FAR = 1e300
"""A strike nobody reaches; larger than any surplus, safe to subtract."""


@frozen(eq=False, repr=False)
class MergedSteps:
    """Steps taken without a decision between them, as one.

    Attributes:
        first: Number of the first.
        stop: Number of the one after the last.
        reached: Chance to be still in at each of them, 1 for the first, shape
            ``(rows, stop - first)``.
        survive: Chance to be still in after all of them, ``(rows, 1)``.
        drift: Sum of their drifts, likewise.
        blur: Their reveals together, likewise.
    """

    first: int
    stop: int
    reached: FloatArray
    survive: FloatArray
    drift: FloatArray
    blur: FloatArray


@frozen(kw_only=True, eq=False, repr=False)
class Chains:
    """Chains of equal length, one a row; all arrays ``(rows, steps)``.

    Attributes:
        survive: As given, and so drift, reveal and exit.
        under: What C falls to far below.
        gap: What going on must bring above that: exit - under.
        floor: What W falls to far below.
        slope: Of W far above.
        start: Where C meets its line from above.
        strike: Where W does.
        kinds: FREE, BINDING or WALL.
    """

    survive: FloatArray
    drift: FloatArray
    reveal: FloatArray
    exit: FloatArray
    under: FloatArray
    gap: FloatArray
    floor: FloatArray
    slope: FloatArray
    start: FloatArray
    strike: FloatArray
    kinds: npt.NDArray[np.int8]

    @classmethod
    def of(
        cls,
        reward: FloatArray,
        survive: FloatArray,
        drift: FloatArray,
        reveal: FloatArray,
        exit_: FloatArray,
    ) -> "Chains":
        """Work out all of it, from the steps as given."""
        under, floor = np.empty_like(reward), np.empty_like(reward)
        following = np.zeros(reward.shape[0])
        for k in range(reward.shape[1] - 1, -1, -1):
            under[:, k] = reward[:, k] + survive[:, k] * following
            following = np.maximum(exit_[:, k], under[:, k])
            floor[:, k] = following
        gap = exit_ - under
        slope = np.cumprod(survive[:, ::-1], axis=1)[:, ::-1]
        raised = np.where(gap > 0.0, gap / slope, 0.0)
        strike = np.cumsum((raised - drift)[:, ::-1], axis=1)[:, ::-1]
        reached = (slope > 0.0) & (np.abs(strike) <= _FARTHEST)
        alive = np.logical_and.accumulate(reached[:, ::-1], axis=1)[:, ::-1]
        kinds = np.where(
            alive,
            np.where(gap > 0.0, BINDING, FREE),
            np.where(gap >= 0.0, WALL, FREE),
        ).astype(np.int8)
        return cls(
            survive=survive,
            drift=drift,
            reveal=reveal,
            exit=exit_,
            under=under,
            gap=gap,
            floor=floor,
            slope=np.where(alive, slope, 0.0),
            start=strike - raised,
            strike=np.where(alive, strike, _FAR),
            kinds=kinds,
        )

    def take(self, rows: IndexArray) -> "Chains":
        """Some of the rows; all of them are not copied."""
        return some_rows(self, rows, self.gap.shape[0])

    def run(self, first: int, stop: int) -> MergedSteps:
        """The steps from *first* up to *stop* as one."""
        part = slice(first, stop)
        reached = np.ones((self.gap.shape[0], stop - first))
        if stop - first == 1:
            survive, drift = self.survive[:, part], self.drift[:, part]
            return MergedSteps(
                first, stop, reached, survive, drift, self.reveal[:, part]
            )
        np.cumprod(self.survive[:, first : stop - 1], axis=1, out=reached[:, 1:])
        blur = self.reveal[:, first : first + 1]
        for k in range(first + 1, stop):
            blur = np.hypot(blur, self.reveal[:, k : k + 1])
        return MergedSteps(
            first,
            stop,
            reached,
            reached[:, -1:] * self.survive[:, stop - 1 : stop],
            self.drift[:, part].sum(axis=1, keepdims=True),
            blur,
        )


def alike(kinds: npt.NDArray[np.int8]) -> list[IndexArray]:
    """Rows with the same kinds of steps, as lists of row numbers."""
    count = kinds.shape[0]
    if not count:
        return []
    if count == 1 or (kinds == kinds[0]).all():
        return [np.arange(count)]
    # Each kind a digit of base 3; in Python's integers from 39 steps on.
    whole = np.int64 if kinds.shape[1] < 39 else object
    which = kinds.astype(whole) @ np.array(
        [3**k for k in range(kinds.shape[1])], dtype=whole
    )
    order = np.argsort(which, kind="stable")
    ends = np.flatnonzero(np.diff(which[order])) + 1
    return list(np.split(order, ends))


def settle_ties(chains: Chains, thresholds: FloatArray) -> None:
    """Thresholds of free steps whose floor just equals the exit, written in place.

    Going on is better only where something can come of it: anywhere if a reveal
    lies ahead, else right of the next threshold.
    """
    tied = (chains.kinds == FREE) & (chains.gap == 0.0)
    if not tied.any():
        return
    support = np.zeros(tied.shape[0])
    for k in range(tied.shape[1] - 1, -1, -1):
        moved = support - chains.drift[:, k]
        passed = np.where(chains.reveal[:, k] > 0.0, -np.inf, moved)
        thresholds[:, k] = np.where(tied[:, k], passed, thresholds[:, k])
        support = np.where(chains.kinds[:, k] == FREE, passed, thresholds[:, k])
