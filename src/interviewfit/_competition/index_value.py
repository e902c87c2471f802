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
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    bisect,
    derivative_matrix,
    interpolation_matrix,
    legendre_matrix,
    nodes_of,
    rounding_bound,
)
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import gauss_legendre

__all__ = [
    "IndexPolicyValue",
    "Panel",
    "RivalMixture",
]

Acceptance: TypeAlias = Callable[[FloatArray], FloatArray]
"""Chances to end in an accepted offer, ``(processes, points)``, by alternative."""

_FIRST_PANELS = 8
# A function is a polynomial on a panel when its last coefficients are below this.
_RESOLVED = 1e-12
_NARROWEST = 1e-13
# Chances this near 1 are 1; a product this small decides nothing.
_CERTAIN = 2.0**-53
_NEGLIGIBLE_LOG = -41.0
# A process more likely than this to be accepted at its index ends a panel there.
_STRONG = 0.5
_MOST_ROUNDS = 80


@frozen(eq=False, repr=False)
class RivalMixture:
    """Alternatives to one process with a weight each: weighted sums are expectations.

    Attributes:
        points: Alternatives, hours, ``(points,)``.
        weights: Weight of each point, of either sign, likewise.
        start_probability: Probability that the alternative is below the index, so that
            the process is begun.
    """

    points: FloatArray
    weights: FloatArray
    start_probability: float


@frozen(eq=False, repr=False)
class Panel:
    """One panel of the integral over the alternative y.

    Attributes:
        left: Where it begins, hours.
        right: Where it ends, hours.
        nodes: Its quadrature nodes, hours, ``(nodes,)``.
        accepted: Acceptance probability of every process at the nodes if it goes on,
            ``(processes, nodes)``.
        logs: log(1 - accepted), of the same shape.
        whole: Sum of the logs of the processes that go on over all of it, ``(nodes,)``.
        inside: Processes whose index lies in it, the lowest first.
        masses: Weights of the nodes for the integral up to each jump and up to the
            right end, times P over those of *inside* that still go on, ``(jumps + 1,
            nodes)``.
        tops: At the jump of each of *inside*, P over all processes above it,
            ``(jumps,)``.
    """

    left: float
    right: float
    nodes: FloatArray
    accepted: FloatArray
    logs: FloatArray
    whole: FloatArray
    inside: list[int]
    masses: FloatArray
    tops: FloatArray

    @property
    def width(self) -> float:
        """From end to end, hours."""
        return self.right - self.left

    def mass_up_to(self, process: int) -> FloatArray:
        """Masses up to the jump of a process, or to the right end, ``(nodes,)``."""
        rank = self.inside.index(process) if process in self.inside else -1
        return np.asarray(self.masses[rank])

    def without(self, process: int) -> FloatArray:
        """P over all but one of the processes that go on over all of it, ``(nodes,)``.

        The process is taken as one that goes on, too, or that jumps in the panel.
        """
        return np.asarray(np.exp(self.whole - self.logs[process]))


@frozen(eq=False, repr=False)
class IndexPolicyValue:
    """The value of advancing the process of the highest index.

    Attributes:
        outside_option: The sure alternative y0, hours.
        indices: Index of each process, hours, ``(processes,)``.
        levels: Value of each however good the alternative, L, hours, likewise.
        value: V, hours.
    """

    outside_option: float
    indices: FloatArray
    levels: FloatArray
    value: float
    _top: float
    _panels: list[Panel]

    @classmethod
    def of(
        cls,
        outside_option: float,
        indices: FloatArray,
        levels: FloatArray,
        upper_supports: FloatArray,
        breakpoints: FloatArray,
        acceptance: Acceptance,
    ) -> "IndexPolicyValue":
        """Compute the integral, and keep what the marginal values need.

        Args:
            outside_option: The sure alternative, hours.
            indices: Index of each process, hours, ``(processes,)``.
            levels: Value of each however good the alternative, hours, likewise.
            upper_supports: Alternatives from which each is never accepted, hours.
            breakpoints: Alternatives at which an acceptance jumps or bends too sharply
                to be found by halving, its own index aside, hours.
            acceptance: Of every process if it is begun, whatever its index.
        """
        top = float(np.minimum(indices, upper_supports).max(initial=-inf))
        panels = []
        if top > outside_option:
            panels = _adaptive_panels(
                outside_option, top, indices, breakpoints, acceptance
            )
        below = sum(float(panel.masses[-1] @ np.exp(panel.whole)) for panel in panels)
        # Left of the panels something better than the alternative is certain.
        above = max(0.0, top - outside_option) - below
        value = outside_option + fsum(levels) + above
        return cls(outside_option, indices, levels, value, top, panels)

    def marginal_values(self) -> FloatArray:
        """What each process adds to all the others, hours, ``(processes,)``."""
        gains = np.zeros(self.indices.size)
        for panel in self._panels:
            rivals = np.exp(panel.whole - panel.logs) * panel.accepted
            over = self.indices <= panel.left
            mass = np.where(over[:, None], 0.0, panel.masses[-1])
            mass[panel.inside] = panel.masses[:-1]
            gains += (rivals * mass).sum(axis=1)
        return self.levels + gains

    def mixture(self, process: int) -> RivalMixture:
        """What a process competes with, up to its index."""
        index = float(self.indices[process])
        if not index > self.outside_option:
            return RivalMixture(np.empty(0), np.empty(0), 0.0)
        cut = min(index, self.top)
        if self.top == self.outside_option:
            return RivalMixture(np.array([self.outside_option]), np.ones(1), 1.0)
        panels = [panel for panel in self._panels if panel.left < cut]
        if not panels:
            return RivalMixture(np.array([cut]), np.zeros(1), 0.0)
        # A process that jumps inside is part of the masses, else of the whole.
        masses = np.array([panel.mass_up_to(process) for panel in panels])
        masses *= np.array([panel.without(process) for panel in panels])
        widths = np.array([panel.width for panel in panels])
        weights = -2.0 * (masses @ derivative_matrix()) / widths[:, None]
        end = min(cut, panels[-1].right)
        probability = self._below(process, end, panels[-1])
        return RivalMixture(
            np.concatenate((*(panel.nodes for panel in panels), [end])),
            np.concatenate((weights.ravel(), [probability])),
            probability,
        )

    def _below(self, process: int, cut: float, panel: Panel) -> float:
        """Probability that the alternative to a process is below the cut.

        Who jumps at the cut is over by then, unless an equal index goes first.

        Args:
            process: Its row.
            cut: Alternative, hours; in the panel or at its end.
            panel: The last panel left of the cut.
        """
        index = self.indices[process]
        if index > self.top:
            return 1.0
        if process in panel.inside:
            return float(panel.tops[panel.inside.index(process)])
        share = np.array([2.0 * (cut - panel.left) / panel.width - 1.0])
        later = np.arange(self.indices.size) >= process
        over = (self.indices < index) | ((self.indices == index) & later)
        over &= self.indices >= panel.right
        over[process] = True
        logs = panel.whole - panel.logs[over].sum(axis=0)
        return float(interpolation_matrix(share)[0] @ np.exp(logs))

    @property
    def nodes(self) -> FloatArray:
        """Alternatives at which every acceptance is known, hours, ``(nodes,)``."""
        return np.concatenate([np.empty(0), *(panel.nodes for panel in self._panels)])

    def value_when_forced(self, process: int, accepted: FloatArray) -> float:
        """The integral of S_j Q_j up to the top, with another S_j.

        Args:
            process: The process j that is replaced; its index no longer matters.
            accepted: Acceptance probability of what replaces it, at *nodes*.

        Returns:
            Hours.
        """
        total = 0.0
        for number, panel in enumerate(self._panels):
            chances = accepted[number * NODES : (number + 1) * NODES]
            over = panel.left >= self.indices[process]
            rivals = np.exp(panel.whole) if over else panel.without(process)
            mass = panel.masses[-1]
            if process in panel.inside:
                mass = panel.masses[panel.inside.index(process)]
                right = (panel.masses[-1] - mass) * np.exp(panel.whole)
                total += float(right @ chances)
            total += float((mass * rivals) @ chances)
        return total

    @property
    def top(self) -> float:
        """Alternative from which nobody goes on, hours; at least the outside option."""
        return max(self.outside_option, self._top)


def _adaptive_panels(
    outside_option: float,
    top: float,
    indices: FloatArray,
    breakpoints: FloatArray,
    acceptance: Acceptance,
) -> list[Panel]:
    """Panels on which every acceptance is a polynomial, from left to right.

    Args:
        outside_option: Where the integral begins, hours.
        top: Where it ends, hours.
        indices: Index of each process, hours, ``(processes,)``.
        breakpoints: Where panels must break, hours.
        acceptance: Of every process if it is begun, whatever its index.
    """
    inner = breakpoints[(breakpoints > outside_option) & (breakpoints < top)]
    edges = np.union1d(np.linspace(outside_option, top, _FIRST_PANELS + 1), inner)
    panels: list[Panel] = []

    def examine(
        _owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Keep the panels that are finished, and say where the others are cut.

        Args:
            _owner: The interval that each panel belongs to, ``(panels,)``.
            start: Where each begins, hours, likewise.
            end: Where each ends, hours, likewise.
            final: Whether this is the last round, in which all are finished.
        """
        nodes = nodes_of(start, end)[0]
        chances = acceptance(nodes.ravel()).reshape(indices.size, *nodes.shape)
        accepted = np.clip(chances, 0.0, 1.0 - _CERTAIN)
        logs = np.log1p(-accepted)
        reached = indices[:, None] > start
        through = indices[:, None] >= end
        passing = np.where(through[:, :, None], logs, 0.0)
        whole = passing.sum(axis=0)
        strongest = passing.min(axis=0, initial=0.0)
        decided = (whole - strongest).max(axis=1) < _NEGLIGIBLE_LOG
        coefficients = np.abs(accepted @ legendre_matrix()[-2:].T).max(axis=2)
        rough = np.where(reached, coefficients, 0.0).max(axis=0, initial=0.0)
        below = np.exp(whole)
        rough = np.maximum(rough, np.abs(below @ legendre_matrix()[-2:].T).max(axis=1))
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
                _broken_panel(
                    (float(start[number]), float(end[number])),
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


def _broken_panel(
    ends: tuple[float, float],
    nodes: FloatArray,
    accepted: FloatArray,
    logs: FloatArray,
    whole: FloatArray,
    inside: IndexArray,
    indices: FloatArray,
) -> Panel:
    """A panel broken at the indices inside it.

    Args:
        ends: Where it begins and ends, hours.
        nodes: Its nodes, hours, ``(nodes,)``.
        accepted: Acceptance probability of every process, ``(processes, nodes)``.
        logs: log(1 - accepted), likewise.
        whole: Sum of the logs of those that go on over all of it, ``(nodes,)``.
        inside: Processes whose index lies in it, the lowest first.
        indices: Index of every process, hours, ``(processes,)``.
    """
    (left, right), (unit, weights) = ends, gauss_legendre(NODES)
    half = 0.5 * (right - left)
    if not inside.size:
        masses = half * weights[None, :]
        return Panel(left, right, nodes, accepted, logs, whole, [], masses, np.empty(0))
    edges = np.concatenate(((left,), indices[inside], (right,)))
    # Left of each jump go on: the process that jumps there, and all above it.
    above = np.zeros((inside.size + 1, nodes.size))
    above[:-1] = np.cumsum(logs[inside][::-1], axis=0)[::-1]
    widths = 0.5 * np.diff(edges)
    shares = ((edges[:-1] + widths)[:, None] + widths[:, None] * unit - left) / half
    values = interpolation_matrix(shares.ravel() - 1.0)
    values = values.reshape(*shares.shape, nodes.size)
    product = np.exp((values @ above[:, :, None])[:, :, 0])
    masses = ((product * widths[:, None] * weights)[:, None, :] @ values)[:, 0]
    at_jumps = interpolation_matrix((edges[1:-1] - left) / half - 1.0)
    tops = np.exp((at_jumps * above[1:]).sum(axis=1))
    tops *= at_jumps @ np.exp(whole)
    masses = np.cumsum(masses, axis=0)
    return Panel(
        left, right, nodes, accepted, logs, whole, inside.tolist(), masses, tops
    )
