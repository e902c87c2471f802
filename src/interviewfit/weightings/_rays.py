"""Shares and means of weightings by action, as integrals along rays.

Weightings are uniform on a box of limits, or on the simplex of relative priorities, all
at least 0 with a mean of 1. A convex body of d dimensions is the union of the segments
from any of its points c to the points b of its surface. If b is drawn so that each
facet has the share of its pyramid, and u is uniform on 0 to 1, then

    x = c + u**(1/d) (b - c)

is uniform in the body. So the share of an action is the mean over b of the length of u
on which it is best. The set of weightings under which leaving is best is convex
(``_certificate``), so a ray that begins in it leaves it once, at a root of the lead.
Where more actions compete, or the set need not be convex (``Box.is_convex``), five
points of u are looked up, and each change between two of them is a root. The points b
are a lattice with random shifts, whose scatter gives the standard error. Where each
weighting takes long, lattices have fewer points.

Lattices of the body itself come first, to find a weighting that leads to leaving. Where
one per cent of error or more is allowed and their scatter is as small, they are enough.

The central weighting of an action is the mean of the weightings for which it is best.

Reference: R. Lahdelma and P. Salminen, "SMAA-2", Operations Research 49 (2001)
444-454.
"""

from collections.abc import Iterator

import numpy as np

from interviewfit._assessment.evaluation import ActionCodes, Ranking
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import ACTIONS, Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._numeric.lattices import shifted_lattices
from interviewfit._numeric.root_finding import bracket_root
from interviewfit.sensitivity._work import likely_work
from interviewfit.weightings._box import Box, WeightedValues

# Points looked up on each ray, and how closely a change is bracketed, as a share.
_NODES, _WIDTH = 5, 1e-3
# Weightings that show what each takes, what a first look may take of the operations
# that there are, and the least error for which it can be enough.
_FIRST, _SHARE, _SAMPLED = 16, 0.2, 0.01
# So many where even these are likely to take more than that.
_FEWEST_FIRST = 4
# Shifts of a lattice, its points, and weightings after which no more are looked at.
_SHIFTS, _LATTICE, _MOST_EVALUATIONS = 8, 64, 30_000
# At least so many points of a lattice and shifts of it, where each weighting takes
# long; and how many weightings there are for each point: both ends of a line, and steps
# to the change on it.
_FEWEST, _FEWEST_SHIFTS, _PER_POINT = 4, 4, 10
# Powers of this number, modulo the points, make a lattice (Korobov).
_GENERATOR = 19


class RayIntegrals:
    """Shares and means by action, as integrals along rays.

    Args:
        box: The limits.
        simplex: Whether the numbers are those of a simplex inside the box.
    """

    def __init__(self, box: Box, *, simplex: bool) -> None:
        self.box, self.simplex = box, simplex
        self.free = np.flatnonzero(box.low < box.high)
        self.dimension = max(1, self.free.size - int(simplex))
        self.apex = np.ones(len(box.names)) if simplex else (box.low + box.high) / 2.0
        self.nodes = np.linspace(0.0, 1.0, _NODES)
        # By action and shift: the share, and the sum of the weightings.
        self.lengths: list[FloatArray] = []
        self.moments: list[FloatArray] = []
        self.evaluations, self.points = 0, _LATTICE

    @property
    def errors(self) -> FloatColumn:
        """Standard error of the share of each action, ``(actions,)``."""
        lengths = np.concatenate(self.lengths)
        error = lengths.std(axis=0, ddof=1) / np.sqrt(len(lengths))
        return np.asarray(error)

    def run(self, generator: "np.random.Generator", error: Probability) -> None:
        """Add rounds of rays until the standard error is small enough.

        If much error is allowed, a first look at weightings all over may be enough.

        No more are added after 30,000 weightings, or where these would take more than
        some seconds; then lattices have as few points as can be afforded. Where even
        those are too many, the first look is all there is.

        Args:
            generator: Draws the shifts.
            error: Largest standard error of a share to stop at, 0 to 1.
        """
        with counted() as effort:
            rays_take = self._look_around(generator)
        if error >= _SAMPLED and self.errors.max() <= error:
            return
        if rays_take > largest_work():
            return  # What was seen is all that can be afforded.
        self.lengths, self.moments = [], []
        ahead = effort.operations / self.evaluations * _SHIFTS * _PER_POINT
        while self.points > _FEWEST and ahead * self.points > largest_work():
            self.points //= 2
        left, last = largest_work() - effort.operations, 0
        while not self.lengths or (
            self.errors.max() > error
            and self.evaluations < _MOST_EVALUATIONS
            and last <= left
        ):
            with counted() as effort:
                self.add(generator.random((_SHIFTS, len(self.box.names) + 1)))
            last, left = effort.operations, left - effort.operations

    def _look_around(self, generator: "np.random.Generator") -> float:
        """Look at weightings all over, and take one that leads to leaving as apex.

        Where leaving and going on are all there is, a ray from it has one change at
        most. What is seen is the first estimate of the shares.

        Args:
            generator: Draws the shifts of their lattices.

        Returns:
            Operations that the fewest rays would take, about.
        """
        shifts = generator.random((_SHIFTS, len(self.box.names)))
        is_long = likely_work(self.box.decision, _FIRST) > _SHARE * largest_work()
        few = _FEWEST_FIRST if is_long else _FIRST
        first = shifted_lattices(_FIRST, _GENERATOR, shifts[:1])[0][:few]
        with counted() as effort:
            self._evaluate(self._inside(first))
        # Many at once take about half as many each.
        ahead, points = 0.5 * effort.operations / few * _SHIFTS, self.points
        rays_take = ahead * _PER_POINT * _FEWEST
        share = _SHARE if rays_take <= largest_work() else 1.0
        while points > _FEWEST and ahead * points > share * largest_work():
            points //= 2
        if is_long and ahead * points > share * largest_work():
            shifts = shifts[:_FEWEST_SHIFTS]
        uniform = shifted_lattices(points, _GENERATOR, shifts)
        inside = self._inside(uniform.reshape(-1, shifts.shape[1]))
        values = self._evaluate(inside)
        best = (np.arange(len(ACTIONS)) == values.ranking.codes[:, None]) * 1.0
        moments = best[:, :, None] * inside[:, None]
        shape = (len(shifts), points)
        self.lengths = [best.reshape(*shape, -1).mean(axis=1)]
        self.moments = [moments.reshape(*shape, *moments.shape[1:]).mean(axis=1)]
        is_plain = np.isfinite(values.ranking.values).all(axis=1).sum() == 2
        is_plain = is_plain and self.box.is_convex
        if is_plain and not np.isfinite(values.afterwards).any():
            lead = values.lead(0)
            number = int(np.argmax(lead))
            if lead[number] > 0.0:
                self.apex = inside[number]
                self.nodes = np.array([0.0, 1.0])
        return rays_take

    def _inside(self, uniform: FloatArray) -> FloatArray:
        """Uniform points of the body, ``(points, numbers)``.

        Args:
            uniform: 0 to 1, ``(points, numbers)``.
        """
        if self.simplex:
            # Exponential numbers in proportion are uniform on a simplex.
            spacings = -np.log1p(-uniform)
            total = spacings.sum(axis=1, keepdims=True)
            return np.asarray(self.free.size * spacings / total)
        low, high = self.box.low, self.box.high
        return np.asarray(low + (high - low) * uniform)

    def add(self, shifts: FloatArray) -> None:
        """Another round of rays.

        Args:
            shifts: Of the lattice, 0 to 1, ``(shifts, numbers + 1)``.
        """
        uniform = shifted_lattices(self.points, _GENERATOR, shifts)
        ends, shares = self._surface(uniform.reshape(-1, shifts.shape[1]))
        lengths = np.zeros((len(ends), len(ACTIONS)))
        moments = np.zeros((len(ends), len(ACTIONS), ends.shape[1]))
        for rays, action, low, high in self._pieces(ends):
            np.add.at(lengths, (rays, action), high - low)
            power = (self.dimension + 1.0) / self.dimension
            radial = (high**power - low**power) / power
            way = ends[rays] - self.apex
            mean = self.apex * (high - low)[:, None] + way * radial[:, None]
            np.add.at(moments, (rays, action), mean)
        # The rays of a point of the lattice stand in consecutive blocks.
        lengths *= shares[:, None]
        moments *= shares[:, None, None]
        shape = (-1, len(shifts), self.points)
        means = lengths.reshape(*shape, *lengths.shape[1:]).sum(axis=0).mean(axis=1)
        self.lengths.append(means)
        means = moments.reshape(*shape, *moments.shape[1:]).sum(axis=0).mean(axis=1)
        self.moments.append(means)

    def _surface(self, uniform: FloatArray) -> tuple[FloatArray, FloatColumn]:
        """Points of the surface, each facet as often as its pyramid is large.

        Args:
            uniform: 0 to 1, ``(points, numbers + 1)``; the last chooses the facet.

        Returns:
            Points ``(rays, numbers)`` and the share of each, ``(rays,)``: of a simplex
            one for each row, of a box two on opposite facets, in two blocks.
        """
        rows, count = np.arange(len(uniform)), self.free.size
        if not count:
            return np.tile(self.apex, (rows.size, 1)), np.ones(rows.size)
        if self.simplex:
            # Exponential numbers in proportion are uniform on a simplex; the facet is
            # where one of them is 0, as large as the apex is far from it.
            borders = np.cumsum(self.apex / self.apex.sum())[:-1]
            facets = np.searchsorted(borders, uniform[:, -1])
            spacings = -np.log1p(-uniform[:, :-1])
            spacings[rows, facets] = 0.0
            points = count * spacings / spacings.sum(axis=1, keepdims=True)
            return points, np.ones(rows.size)
        low, high = self.box.low, self.box.high
        points = low + (high - low) * uniform[:, :-1]
        axes = self.free[np.minimum((uniform[:, -1] * count).astype(int), count - 1)]
        ends = np.concatenate([points, points])
        ends[rows, axes], ends[rows.size + rows, axes] = low[axes], high[axes]
        share = (self.apex - low)[axes] / (high - low)[axes]
        return ends, np.concatenate([share, 1.0 - share])

    def _evaluate(self, points: FloatArray) -> WeightedValues:
        """The value of every action at some points, counted."""
        self.evaluations += len(points)
        return self.box.evaluate(points)

    def _at(self, ends: FloatArray, shares: FloatColumn) -> Ranking:
        """The value of every action at a point of each ray.

        Args:
            ends: Where the rays end, ``(rays, numbers)``.
            shares: The number u of each point, 0 to 1, ``(rays,)``.
        """
        radii = shares ** (1.0 / self.dimension)
        way = radii[:, None] * (ends - self.apex)
        return self._evaluate(self.apex + way).ranking

    def _pieces(
        self, ends: FloatArray
    ) -> Iterator[tuple[IndexArray, ActionCodes, FloatColumn, FloatColumn]]:
        """Intervals of u on which one action is best.

        Args:
            ends: Points of the surface, ``(rays, numbers)``.

        Yields:
            Four columns at a time: number of the ray, code of the action, and where
            the interval begins and ends, 0 to 1.
        """
        rays = np.arange(len(ends))
        low = np.zeros(rays.size)
        before = np.repeat(self._at(ends[:1], self.nodes[:1]).codes, rays.size)
        for node in self.nodes[1:]:
            high = np.full(rays.size, node)
            after = self._at(ends, high).codes
            changing, middle = np.flatnonzero(before != after), high.copy()
            if changing.size:
                start, end, _ = bracket_root(
                    lambda searches, shares: self._at(ends[searches], shares),
                    lambda ranking, base: ranking.codes != base,
                    changing,
                    before[changing],
                    low[changing],
                    high[changing],
                    np.full(changing.size, _WIDTH),
                )
                middle[changing] = (start + end) / 2.0
            yield rays, before, low, middle
            yield rays, after, middle, high
            before, low = after, high

    def has(self, action: Action) -> bool:
        """Whether some weighting leads to an action."""
        return bool(np.concatenate(self.lengths)[:, ACTIONS.index(action)].any())

    def share(self, action: Action) -> tuple[Probability, Probability, FloatColumn]:
        """The share of an action that some weighting leads to.

        Returns:
            The share, its standard error, and the mean weighting, ``(numbers,)``.
        """
        code = ACTIONS.index(action)
        share = float(np.concatenate(self.lengths)[:, code].mean())
        moment = np.concatenate(self.moments)[:, code].mean(axis=0)
        return share, float(self.errors[code]), moment / share
