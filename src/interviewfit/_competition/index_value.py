"""What several processes are worth together, without playing them out.

Against a sure alternative y, process i ends in an accepted offer with chance S_i(y),
nothing from its index c_i on, and is worth L_i however good y is. Always advancing the
process of the highest index is then worth (Weitzman 1979; Kleinberg, Waggoner and Weyl
2016)

    V = y0 + sum L_i + integral from y0 of (1 - P(y)) dy,    P(y) = prod_i (1 - S_i(y))

P is the chance that the best of all processes, each capped at its index, is below y.
With Q_j the same product without j, any f of process j alone that answers to its
alternative is, given all the others,

    E[f(Y), Y < c_j] = f(c_j) Q_j(c_j) - integral from y0 to c_j of f'(y) Q_j(y) dy

and the marginal value of j is L_j + the integral of S_j Q_j. Both are sums over the
same nodes, so every process costs the same however many there are.

S_i is smooth left of c_i and jumps there. So S_i is asked for as if it went on; panels
halve themselves until all S_i are polynomials on them; what jumps inside a panel breaks
it in parts, on which the rest is interpolated.

References: M. L. Weitzman, Econometrica 47 (1979) 641-654; R. Kleinberg, B. Waggoner,
E. G. Weyl, "Descending Price Optimally Coordinates Search", EC 2016.
"""

from collections.abc import Callable
from functools import cache
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._numeric.adaptive_quadrature import bisect, nodes_of, rounding_bound
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import gauss_legendre

__all__ = [
    "IndexPolicyValue",
    "RivalMixture",
    "Section",
    "between_nodes",
    "derivative_matrix",
]

Acceptance: TypeAlias = Callable[[FloatArray], FloatArray]
"""Chances to end in an accepted offer, ``(processes, points)``, by alternative."""

_ORDER = 16
_FIRST_PANELS = 8
# A polynomial has arrived when its last coefficients are below this.
_RESOLVED = 1e-12
_NARROWEST = 1e-13
# Chances this near 1 are 1; a product this small decides nothing.
_SURE = 2.0**-53
_NOTHING = -41.0
# A process more likely than this to be accepted at its index ends a panel there.
_STRONG = 0.5
_MOST_ROUNDS = 80


@frozen(eq=False, repr=False)
class RivalMixture:
    """Alternatives to one process and what each counts, so that sums are expectations.

    Attributes:
        points: Alternatives, hours.
        weights: Of the points, of either sign.
        chance: That the alternative is below the index, so that the process is begun.
    """

    points: FloatArray
    weights: FloatArray
    chance: float


@frozen(eq=False, repr=False)
class Section:
    """One panel: who jumps in it, and what all the others leave.

    Attributes:
        left: Where it begins.
        right: Where it ends.
        nodes: Where it is looked at, shape ``(nodes,)``.
        accepted: Every process at the nodes as if it went on, ``(processes, nodes)``.
        logs: Of 1 minus that, ``(processes, nodes)``.
        whole: Sum of the logs of those in over the whole of it, ``(nodes,)``.
        inside: Those whose index lies in it, the lowest first.
        parts: For each jump and the right end, the integral up to there of each node's
            polynomial times P over those of *inside* still in.
        tops: For each of *inside*, P over all those above it, there.
    """

    left: float
    right: float
    nodes: FloatArray
    accepted: FloatArray
    logs: FloatArray
    whole: FloatArray
    inside: list[int]
    parts: FloatArray
    tops: FloatArray

    @property
    def width(self) -> float:
        """From end to end."""
        return self.right - self.left


@cache
def _tables() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Nodes on -1 to 1; from values there to Legendre coefficients; to derivatives."""
    nodes, weights = gauss_legendre(_ORDER)
    powers = np.polynomial.legendre.legvander(nodes, _ORDER - 1)
    to_coefficients = (np.arange(_ORDER) + 0.5)[:, None] * powers.T * weights
    slopes = np.polynomial.legendre.legval(
        nodes, np.polynomial.legendre.legder(np.eye(_ORDER))
    ).T
    return nodes, to_coefficients, slopes @ to_coefficients


def derivative_matrix() -> FloatArray:
    """From values at the nodes to the derivative at the nodes, on -1 to 1."""
    return _tables()[2]


@cache
def _scales() -> FloatArray:
    """One over the product of the distances of each node from the others."""
    nodes = gauss_legendre(_ORDER)[0]
    apart = nodes[:, None] - nodes
    np.fill_diagonal(apart, 1.0)
    return np.asarray(1.0 / apart.prod(axis=1))


def between_nodes(places: FloatArray) -> FloatArray:
    """From values at the nodes to values at *places* on -1 to 1.

    Lagrange's polynomials: for each node the product over all others of the distance.
    """
    before = np.ones((_ORDER + 1, places.size))
    behind = np.ones((_ORDER + 1, places.size))
    apart = places - gauss_legendre(_ORDER)[0][:, None]
    np.cumprod(apart, axis=0, out=before[1:])
    np.cumprod(apart[::-1], axis=0, out=behind[1:])
    return np.asarray((before[:-1] * behind[-2::-1]).T * _scales())


@frozen(eq=False, repr=False)
class IndexPolicyValue:
    """Processes that run beside each other, against a sure alternative.

    Attributes:
        base: The sure alternative y0, hours.
        indices: Of each process, hours.
        levels: Worth of each however good the alternative, L, hours.
        value: V, hours.
    """

    base: float
    indices: FloatArray
    levels: FloatArray
    value: float
    _top: float
    _panels: list[Section]

    @classmethod
    def of(
        cls,
        base: float,
        indices: FloatArray,
        levels: FloatArray,
        reaches: FloatArray,
        kinks: FloatArray,
        acceptance: Acceptance,
    ) -> "IndexPolicyValue":
        """Work out the integral and keep what the marginal values need.

        Args:
            base, indices, levels: As the attributes.
            reaches: Alternatives from which each acceptance is 0.
            kinks: Alternatives at which an acceptance jumps or bends too sharply to be
                found by halving, its own index aside.
            acceptance: Of every process if it is begun, whatever its index.
        """
        top = float(np.minimum(indices, reaches).max(initial=-inf))
        panels = _lay(base, top, indices, kinks, acceptance) if top > base else []
        below = sum(float(panel.parts[-1] @ np.exp(panel.whole)) for panel in panels)
        # Left of the panels something better than the alternative is certain.
        value = base + fsum(levels) + max(0.0, top - base) - below
        return cls(base, indices, levels, value, top, panels)

    def marginals(self) -> FloatArray:
        """What each process adds to all the others, hours, shape ``(processes,)``."""
        net = np.zeros(self.indices.size)
        for panel in self._panels:
            others = np.exp(panel.whole - panel.logs) * panel.accepted
            over = self.indices <= panel.left
            mass = np.where(over[:, None], 0.0, panel.parts[-1])
            mass[panel.inside] = panel.parts[:-1]
            net += (others * mass).sum(axis=1)
        return self.levels + net

    def mixture(self, j: int) -> RivalMixture:
        """What process *j* is up against, up to its index."""
        if not self.indices[j] > self.base:
            return RivalMixture(np.empty(0), np.empty(0), 0.0)
        cut = min(float(self.indices[j]), self.top)
        if self.top == self.base:
            return RivalMixture(np.array([self.base]), np.ones(1), 1.0)
        points, weights = [], []
        to_slopes = _tables()[2]
        before = [panel for panel in self._panels if panel.left < cut]
        for panel in before:
            # A process that jumps inside is part of the parts, else of the whole.
            others = np.exp(panel.whole - panel.logs[j])
            rank = panel.inside.index(j) if j in panel.inside else -1
            mass = panel.parts[rank] * others
            points.append(panel.nodes)
            weights.append(-2.0 * (mass @ to_slopes) / panel.width)
        end = min(cut, before[-1].right) if before else cut
        chance = self._below(j, end, before[-1]) if before else 0.0
        points.append(np.array([end]))
        weights.append(np.array([chance]))
        return RivalMixture(np.concatenate(points), np.concatenate(weights), chance)

    def _below(self, j: int, cut: float, panel: Section) -> float:
        """Q_j at the cut, which lies in this panel or at its end.

        Who jumps at its end is over by then, unless an equal index goes first.
        """
        own = self.indices[j]
        if own > self.top:
            return 1.0
        if j in panel.inside:
            return float(panel.tops[panel.inside.index(j)])
        at = between_nodes(np.array([2.0 * (cut - panel.left) / panel.width - 1.0]))[0]
        later = np.arange(self.indices.size) >= j
        over = (self.indices < own) | ((self.indices == own) & later)
        over &= self.indices >= panel.right
        over[j] = True
        rest = panel.whole - panel.logs[over].sum(axis=0)
        return float(at @ np.exp(rest))

    @property
    def nodes(self) -> FloatArray:
        """Alternatives at which every acceptance is known, hours, shape ``(nodes,)``."""
        return np.concatenate([np.empty(0), *(one.nodes for one in self._panels)])

    def surely(self, j: int, accepted: FloatArray) -> float:
        """The integral of S_j Q_j up to the top, with another S_j.

        Args:
            j: The process replaced; its index no longer matters.
            accepted: The acceptance of what replaces it, at *nodes*.
        """
        found = 0.0
        for place, panel in enumerate(self._panels):
            own = accepted[place * _ORDER : (place + 1) * _ORDER]
            over = panel.left >= self.indices[j]
            others = np.exp(panel.whole - (0.0 if over else panel.logs[j]))
            mass = panel.parts[-1]
            if j in panel.inside:
                mass = panel.parts[panel.inside.index(j)]
                right = (panel.parts[-1] - mass) * np.exp(panel.whole)
                found += float(right @ own)
            found += float((mass * others) @ own)
        return found

    @property
    def top(self) -> float:
        """The alternative from which nobody goes on, hours; at least *base*."""
        return max(self.base, self._top)


def _lay(
    base: float,
    top: float,
    indices: FloatArray,
    kinks: FloatArray,
    acceptance: Acceptance,
) -> list[Section]:
    """Panels on which every acceptance is a polynomial, from left to right."""
    last_rows = _tables()[1][-2:].T
    known = kinks[(kinks > base) & (kinks < top)]
    edges = np.union1d(np.linspace(base, top, _FIRST_PANELS + 1), known)
    panels: list[Section] = []

    def examine(
        _owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Keep the panels that are finished, and say where the others are cut."""
        nodes, _half = nodes_of(start, end)
        asked = acceptance(nodes.ravel()).reshape(indices.size, *nodes.shape)
        accepted = np.clip(asked, 0.0, 1.0 - _SURE)
        logs = np.log1p(-accepted)
        reached = indices[:, None] > start
        through = indices[:, None] >= end
        passing = np.where(through[:, :, None], logs, 0.0)
        whole = passing.sum(axis=0)
        strongest = passing.min(axis=0, initial=0.0)
        decided = (whole - strongest).max(axis=1) < _NOTHING
        coefficients = np.abs(accepted @ last_rows).max(axis=2)
        rough = np.where(reached, coefficients, 0.0).max(axis=0, initial=0.0)
        below = np.exp(whole)
        rough = np.maximum(rough, np.abs(below @ last_rows).max(axis=1))
        split = rough > _RESOLVED
        if split.any():
            curves = np.where(reached[:, split, None], accepted[:, split], 0.0)
            bounds = rounding_bound(
                np.concatenate((curves, below[None, split])), start[split], end[split]
            )
            split[split] = rough[split] > bounds.max(axis=0)
        strong = (reached & ~through) & (accepted.max(axis=2) > _STRONG)
        cuts = np.where(split, 0.5 * (start + end), np.nan)
        for number in np.flatnonzero(strong.any(axis=0)).tolist():
            jumps = np.sort(indices[strong[:, number]])
            cuts[number] = jumps[jumps.size // 2]
        narrow = end - start <= _NARROWEST * (1.0 + np.abs(start))
        cuts[narrow | decided | final] = np.nan
        for number in np.flatnonzero(np.isnan(cuts) & ~decided).tolist():
            inside = np.flatnonzero(reached[:, number] & ~through[:, number])
            # Of equal indices the earlier process goes first, as if higher.
            order = np.lexsort((-inside, indices[inside]))
            panels.append(
                _panel(
                    float(start[number]),
                    float(end[number]),
                    nodes[number],
                    accepted[:, number],
                    logs[:, number],
                    whole[number],
                    inside[order],
                    indices,
                )
            )
        return cuts

    owner = np.zeros(edges.size - 1, dtype=np.intp)
    bisect(examine, owner, edges[:-1], edges[1:], _MOST_ROUNDS)
    return sorted(panels, key=lambda panel: panel.left)


def _panel(
    left: float,
    right: float,
    nodes: FloatArray,
    accepted: FloatArray,
    logs: FloatArray,
    whole: FloatArray,
    inside: IndexArray,
    indices: FloatArray,
) -> Section:
    """A panel broken at the indices inside it."""
    unit, weights = gauss_legendre(_ORDER)
    half = 0.5 * (right - left)
    if not inside.size:
        parts = half * weights[None, :]
        return Section(
            left, right, nodes, accepted, logs, whole, [], parts, np.empty(0)
        )
    edges = np.concatenate(((left,), indices[inside], (right,)))
    # Still in left of each jump: the process that jumps there, and all above it.
    above = np.zeros((inside.size + 1, nodes.size))
    above[:-1] = np.cumsum(logs[inside][::-1], axis=0)[::-1]
    widths = 0.5 * np.diff(edges)
    places = ((edges[:-1] + widths)[:, None] + widths[:, None] * unit - left) / half
    values = between_nodes(places.ravel() - 1.0).reshape(*places.shape, nodes.size)
    product = np.exp(np.einsum("pkn,pn->pk", values, above))
    parts = np.einsum("pk,pkn->pn", product * widths[:, None] * weights, values)
    at_jumps = between_nodes((edges[1:-1] - left) / half - 1.0)
    tops = np.exp(np.einsum("pn,pn->p", at_jumps, above[1:]))
    tops *= at_jumps @ np.exp(whole)
    parts = np.cumsum(parts, axis=0)
    return Section(
        left, right, nodes, accepted, logs, whole, inside.tolist(), parts, tops
    )
