"""A reference for every term: the density of the mean, carried forwards.

For each start, the sub-density of the candidates still in is followed through the
steps. It stays a normal curve, truncated on the left, until it is blurred after the
first truncation. From then on it is kept at Gauss-Legendre nodes of panels that are
placed anew after every step, as fine as each earlier truncation has been blurred by
then. Nothing is carried backwards, and no value is split into a call payoff and a time
value.

The result is what a given policy leads to. ``best`` corrects it to the best policy
without trusting the thresholds it is given: it also starts at each threshold, measures
by how much going on there misses the value of leaving, and moves every term by what
that changes, to first order.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.polynomial import legendre
from scipy.special import ndtr

from oracles import ROOT_TWO_PI, Chain, FloatArray, psi

BoolArray: TypeAlias = npt.NDArray[np.bool_]

ORDER = 20
_X, _W = legendre.leggauss(ORDER)
# From values at the nodes of a panel to the terms of its Legendre series.
_TO_TERMS = (legendre.legvander(_X, ORDER - 1) * _W[:, None]).T
_TO_TERMS *= np.arange(ORDER)[:, None] + 0.5
_INNER_X, _INNER_W = legendre.leggauss(40)
# Where a blurred cut, or a normal curve, is over; where the kernel is.
_REACH, _CUT = 9.0, 8.0
# Half a panel: in widths of what it has to show; in blurs of the next step, as laid
# while there are not too many, and up to which its nodes see through the blur.
_HALF, _FINE, _MANY, _NARROW = 1.25, 1.8, 64, 1.9
_BLOCK = 48


class Course(NamedTuple):
    """What some starts lead to, one in each row, if their first step is taken.

    *density* is that of the mean at each threshold, before the decision.
    """

    take_probability: FloatArray
    leave_probability: FloatArray
    accept_probability: FloatArray
    offer_value: FloatArray
    offer_square: FloatArray
    density: FloatArray


class Best(NamedTuple):
    """What the *given* thresholds lead to, and what the true ones do.

    *misses* is how much going on at each given threshold misses the value of leaving,
    and *moves* how far the true thresholds are from these; 0 where there is none.
    """

    given: Course
    true: Course
    misses: FloatArray
    moves: FloatArray


class _Panels(NamedTuple):
    mids: FloatArray
    halves: FloatArray
    nodes: FloatArray
    weights: FloatArray

    @classmethod
    def of(cls, mids: FloatArray, halves: FloatArray) -> "_Panels":
        nodes = mids[:, None] + halves[:, None] * _X
        return cls(mids, halves, nodes.ravel(), (halves[:, None] * _W).ravel())

    @property
    def start(self) -> float:
        return float(self.mids[0] - self.halves[0]) if self.mids.size else math.inf

    def terms(self, values: FloatArray) -> FloatArray:
        """Legendre series, shape ``(panels, ORDER, rows)``."""
        return _TO_TERMS @ values.reshape(len(self.mids), ORDER, values.shape[1])

    def read(self, values: FloatArray, y: FloatArray) -> FloatArray:
        """The densities at *y*."""
        own = np.searchsorted(self.mids - self.halves, y, side="right") - 1
        own = np.clip(own, 0, len(self.mids) - 1)
        t = (y - self.mids[own]) / self.halves[own]
        found = np.einsum("ty,ytr->yr", _legendre(t), self.terms(values)[own])
        return np.where(np.abs(t) < 1 + 1e-9, found.T, 0).T

    def blurred(self, values: FloatArray, y: FloatArray, s: float) -> FloatArray:
        """The densities at ascending *y* after a normal change of sd *s*."""
        wide = self.halves > _NARROW * s
        if not wide.any():
            found = np.zeros((len(y), values.shape[1]))
            self._near(values, y, s, found)
            return found
        here = values.reshape(len(self.mids), -1)
        found = np.zeros((len(y), values.shape[1]))
        for part, see in ((~wide, _Panels._near), (wide, _Panels._through)):
            if part.any():
                panels = _Panels.of(self.mids[part], self.halves[part])
                see(panels, here[part].reshape(-1, values.shape[1]), y, s, found)
        return found

    def _near(
        self, values: FloatArray, y: FloatArray, s: float, found: FloatArray
    ) -> None:
        """Add panels narrower than the change: straight from the nodes."""
        nodes, masses = self.nodes, self.weights[:, None] * values
        for first in range(0, len(y), _BLOCK):
            block = y[first : first + _BLOCK]
            ends = (block[0] - _CUT * s, block[-1] + _CUT * s)
            part = slice(*np.searchsorted(nodes, ends))
            z = (block[:, None] - nodes[part]) * (math.sqrt(0.5) / s)
            z *= -z
            sums = np.exp(z, out=z) @ masses[part]
            found[first : first + _BLOCK] += sums / (s * ROOT_TWO_PI)

    def _through(
        self, values: FloatArray, y: FloatArray, s: float, found: FloatArray
    ) -> None:
        """Add panels wider than the change: by sums over what lies within its reach."""
        low = (self.mids - self.halves - y[:, None]) / s
        high = (self.mids + self.halves - y[:, None]) / s
        low, high = np.maximum(low, -_CUT), np.minimum(high, _CUT)
        who, which = np.nonzero(high > low)
        half = (high - low)[who, which] / 2
        z = low[who, which] + half + half * _INNER_X[:, None]
        t = ((y[who] - self.mids[which]) + s * z) / self.halves[which]
        bell = np.exp(-z * z / 2) * (half / ROOT_TWO_PI) * _INNER_W[:, None]
        moments = np.einsum("tqp,qp->pt", _legendre(t), bell)
        sums = np.einsum("pt,ptr->pr", moments, self.terms(values)[which])
        np.add.at(found, who, sums)


_NO_PANELS = _Panels.of(np.empty(0), np.empty(0))


def _legendre(t: FloatArray) -> FloatArray:
    """The first Legendre polynomials at *t*, along a new first axis."""
    found = np.empty((ORDER, *t.shape))
    found[0], found[1] = 1, t
    for n in range(1, ORDER - 1):
        np.multiply(t, found[n], out=found[n + 1])
        found[n + 1] *= (2 * n + 1) / (n + 1)
        found[n + 1] -= n / (n + 1) * found[n - 1]
    return found


def _lay(
    marks: FloatArray, widths: FloatArray, start: float, next_blur: float
) -> _Panels:
    """Panels right of *start*, wherever a mark of some width is within reach.

    They are small against the narrowest mark in reach, and against the next change too
    as long as they stay few.
    """
    left = np.maximum(marks - _REACH * widths, start)
    right = np.maximum(marks + _REACH * widths, start)
    ends = np.sort(np.concatenate((left, right)))
    middle, length = (ends[1:] + ends[:-1]) / 2, ends[1:] - ends[:-1]
    near = (left[:, None] < middle) & (right[:, None] > middle)
    half = _HALF * np.where(near, widths[:, None], np.inf).min(axis=0, initial=np.inf)
    finer = np.where(half < np.inf, np.minimum(half, _FINE * next_blur), np.inf)
    if (length / finer).sum() < 2 * _MANY:
        half = finer
    count = length / (2 * half)
    borders = np.flatnonzero(np.diff(half < np.inf, prepend=False, append=False))
    cuts = []
    for first, stop in zip(borders[::2], borders[1::2], strict=True):
        steps = np.concatenate(([0.0], np.cumsum(count[first:stop])))
        number = max(1, math.ceil(steps[-1] - 1e-9))
        even = np.linspace(0, steps[-1], number + 1)
        cuts.append(np.interp(even, steps, ends[first : stop + 1]))
    if not cuts:
        return _NO_PANELS
    low = np.concatenate([one[:-1] for one in cuts])
    high = np.concatenate([one[1:] for one in cuts])
    return _Panels.of((low + high) / 2, (high - low) / 2)


class _Flow:
    """All rows at one time: normal curves truncated on the left, or values on panels.

    *cut* is where a normal curve is truncated, in its own widths from its mean, so that
    it is not rounded when the curve moves.
    """

    def __init__(self, chain: Chain, starts: Sequence[int], means: FloatArray) -> None:
        rows = len(starts)
        self.chain = chain
        self.starts = np.asarray(starts)
        self.bell, self.spread = np.zeros((2, rows), dtype=np.bool_)
        self.mass, self.width, self.edge = np.zeros((3, rows))
        self.mean, self.cut = means.copy(), np.full(rows, -np.inf)
        # Whoever starts at a threshold of no reveal may meet the next one right there.
        slack = 1e-12 * chain.scale + 1e-15 * np.abs(means)
        self.slack = np.where(self.starts > 0, slack, 0)
        self.marks, self.widths = np.empty((2, 0))
        self.panels, self.values = _NO_PANELS, np.empty((0, rows))
        self.take, self.leave, self.density = np.zeros((3, rows, chain.steps))
        self.accept, self.offer, self.square = np.zeros((3, rows))

    def step(self, k: int, threshold: float) -> None:
        """Take step *k*. Panels are kept only to the right of the next threshold."""
        survive, drift, reveal = (
            getattr(self.chain, name)[k] for name in ("survive", "drift", "reveal")
        )
        new = self.starts == k
        self.bell |= new
        self.mass[new] = self.take[new, k] = 1
        self.mass *= survive
        self.mean[self.bell] += drift
        self.marks += drift
        self.values *= survive
        self.panels = _Panels.of(self.panels.mids + drift, self.panels.halves)
        if reveal > 0:
            self._reveal(k, threshold)
        elif threshold > self.panels.start:
            self._lay(k, threshold, None)
        else:
            self.edge[:] = 0

    def _reveal(self, k: int, threshold: float) -> None:
        turn = self.bell & (self.cut > -np.inf)
        width = self.width.copy()
        reveal = self.chain.reveal[k]
        self.marks = np.concatenate((self.marks, self.mean[turn]))
        self.widths = np.concatenate((self.widths, width[turn]))
        self.widths = np.hypot(self.widths, reveal)
        self.width[self.bell] = np.hypot(width[self.bell], reveal)
        self.bell &= ~turn
        if turn.any() or self.spread.any():
            self._lay(k, threshold, width)
            self._turn(turn, width, reveal, threshold)
        self.spread |= turn

    def _lay(self, k: int, threshold: float, width: FloatArray | None) -> None:
        """Panels right of *start*, wherever a mark of some width is within reach.

        They are small against the narrowest mark in reach, and against the next change
        too as long as they stay few.
        """
        ahead = (one for one in self.chain.reveal[k + 1 :] if one > 0)
        panels = _lay(self.marks, self.widths, threshold, next(ahead, math.inf))
        y = _spots(panels, threshold)
        if not len(self.panels.mids):
            found = np.zeros((len(y), len(self.starts)))
        elif width is None:
            found = self.panels.read(self.values, y)
        else:
            found = self.panels.blurred(self.values, y, self.chain.reveal[k])
        self.panels, self.values, self.edge = panels, found[1:], found[0]

    def _turn(
        self, turn: BoolArray, width: FloatArray, reveal: float, threshold: float
    ) -> None:
        """Normal curves that were truncated and then blurred, in closed form."""
        y = _spots(self.panels, threshold)
        wide, whole = width[turn], self.width[turn]
        z = (y[:, None] - self.mean[turn]) / whole
        above = (z * wide / whole - self.cut[turn]) * whole / reveal
        found = self.mass[turn] * np.exp(-z * z / 2) / (whole * ROOT_TWO_PI)
        found *= ndtr(above)
        self.values[:, turn], self.edge[turn] = found[1:], found[0]

    def decide(self, k: int, threshold: float) -> None:
        """Leave below *threshold*, else go on to step *k*; at the end, accept."""
        z, tail = self._tails(threshold)
        here = np.where(self.bell, self.mass * tail, 0)
        here[self.spread] = (self.panels.weights @ self.values)[self.spread]
        if k == self.chain.steps:
            self.accept = here
            self._accept(z, tail)
            return
        self.leave[:, k] = self.take[:, k - 1] * self.chain.survive[k - 1] - here
        self.take[:, k] = here
        self._note(k, z)
        cuts = self.bell & (self.width > 0) & (z > np.maximum(self.cut, -_REACH))
        self.bell &= here > 0
        start = self.panels.start
        # Panels begin at the threshold, but for rounding, or further right.
        if cuts.any() or threshold >= start - 1e-12 * abs(start):
            self.marks = np.append(self.marks, threshold)
            self.widths = np.append(self.widths, 0.0)
        self.cut[cuts] = z[cuts]

    def _tails(self, threshold: float) -> tuple[FloatArray, FloatArray]:
        """The threshold in widths, and the share above both it and the truncation."""
        over = self.mean - threshold
        point = self.width == 0
        z = -over / np.where(point, 1.0, self.width)
        tail = np.where(
            point, over > -self.slack, ndtr(-np.maximum(z, self.cut)).astype(float)
        )
        return z, tail

    def _note(self, k: int, z: FloatArray) -> None:
        """The density at the threshold of step *k*."""
        whole = self.bell & (self.width > 0) & (z > self.cut)
        peak = self.mass[whole] / (self.width[whole] * ROOT_TWO_PI)
        self.density[whole, k] = peak * np.exp(-(z[whole] ** 2) / 2)
        self.density[self.spread, k] = self.edge[self.spread]

    def _accept(self, z: FloatArray, tail: FloatArray) -> None:
        """Moments of the accepted surplus."""
        y, weights, rest = self.panels.nodes, self.panels.weights, self.spread
        self.offer[rest] = ((weights * y) @ self.values)[rest]
        self.square[rest] = ((weights * y * y) @ self.values)[rest]
        at = self.bell
        mass, mean, width = self.mass[at], self.mean[at], self.width[at]
        point, share = width == 0, tail[at]
        low = np.where(point, 0, np.maximum(z, self.cut)[at])
        # From where the curve begins: at 0 itself if it has not been cut off above.
        base = np.where(point | (self.cut[at] > z[at]), mean + width * low, 0)
        lift = width * psi(-low)
        bend = (1 + low**2) * share - low * np.exp(-low * low / 2) / ROOT_TWO_PI
        self.offer[at] = mass * (base * share + lift)
        self.square[at] = mass * (base**2 * share + 2 * base * lift + width**2 * bend)


def _spots(panels: _Panels, threshold: float) -> FloatArray:
    """Where densities are wanted: the threshold, if it is finite, and the nodes."""
    nodes = panels.nodes
    if math.isfinite(threshold):
        return np.append(threshold, nodes)
    return np.append(nodes[:1] if nodes.size else 0.0, nodes)


def follow(
    chain: Chain,
    policy: Sequence[float],
    starts: Sequence[int],
    means: Sequence[float] | FloatArray,
) -> Course:
    """What going on exactly above the thresholds of *policy* leads to.

    Row i takes step ``starts[i]`` at the mean ``means[i]``.
    """
    flow = _Flow(chain, starts, np.array(means, dtype=np.float64))
    for k in range(chain.steps):
        threshold = 0.0 if k + 1 == chain.steps else policy[k + 1]
        flow.step(k, threshold)
        flow.decide(k + 1, threshold)
    return Course(
        flow.take, flow.leave, flow.accept, flow.offer, flow.square, flow.density
    )


def best(
    chain: Chain, near: Sequence[float], means: Sequence[float] | FloatArray
) -> Best:
    """What the best policy leads to from *means*, given thresholds *near* its own.

    Leaving at a threshold a little earlier or later moves the candidates who are just
    there between leaving and what a start there leads to. So each row is changed by
    multiples of the rows that start at thresholds.
    """
    count, steps = len(means), chain.steps
    at = _reached(chain, near)
    course = follow(chain, near, [0] * count + at, [*means, *(near[k] for k in at)])
    true = given = Course(*(one[:count] for one in course))
    gaps = gaps_of(chain)
    misses, moves = np.zeros((2, steps))
    for row, k in enumerate(at, start=count):
        # Above what it falls to far below, so that nothing as large as exits cancels.
        costs = course.take_probability[row, k + 1 :] * np.maximum(gaps[k + 1 :], 0)
        misses[k] = math.fsum((course.offer_value[row], *-costs, -gaps[k]))
        if course.accept_probability[row] > 0:
            moves[k] = -misses[k] / course.accept_probability[row]
        true = _moved(true, given.density[:, k] * moves[k], course, row, k)
    return Best(given, true, misses, moves)


@lru_cache(maxsize=16)
def gaps_of(chain: Chain) -> FloatArray:
    """By how much leaving is worth more than going on from far below."""
    return np.array(chain.floors_and_gaps()[1])


def _reached(chain: Chain, policy: Sequence[float]) -> list[int]:
    """The steps with a finite threshold that can be reached."""
    found: list[int] = []
    for k, threshold in enumerate(policy):
        if k and (threshold == math.inf or chain.survive[k - 1] == 0):
            break
        if math.isfinite(threshold):
            found.append(k)
    return found


def _moved(
    course: Course, shares: FloatArray, other: Course, row: int, k: int
) -> Course:
    """*course* if *shares* leave at step *k* instead of following *row* of *other*."""
    column = shares[:, None]
    leave = course.leave_probability - column * other.leave_probability[row]
    leave[:, k] += shares
    return Course(
        course.take_probability - column * other.take_probability[row],
        leave,
        course.accept_probability - shares * other.accept_probability[row],
        course.offer_value - shares * other.offer_value[row],
        course.offer_square - shares * other.offer_square[row],
        course.density,
    )
