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

Where f jumps, ties go in the order of the processes (``rival_mixture``).

S_i is smooth left of c_i and jumps there: panels halve themselves until all S_i, as if
they went on, are polynomials. Panels break where one of a few processes jumps; of very
many, jumps inside a panel break it in parts.

References: M. L. Weitzman, Econometrica 47 (1979) 641-654; R. Kleinberg, B. Waggoner,
E. G. Weyl, "Descending Price Optimally Coordinates Search", EC 2016.
"""

from collections.abc import Callable, Sequence
from math import fsum

import numpy as np
from attrs import frozen

from interviewfit._competition.policy_panels import (
    ResolvedPanels,
    broken_panel,
    panels_from,
    panels_side_by_side,
    resolved_panels,
)
from interviewfit._competition.rival_mixture import (
    JumpPoints,
    RivalMixture,
    turns_of,
)
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    derivative_matrix,
    interpolation_matrix,
    nodes_of,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.panels import gauss_legendre

_FIRST_PANELS = 8
# Up to so many processes panels break at every index from the first.
_MOST_BROKEN = 32
_NOTHING = RivalMixture(np.empty(0), np.empty(0), 0.0)


def _edges(
    outside_option: float,
    indices: FloatColumn,
    upper_supports: FloatColumn,
    breakpoints: FloatArray,
) -> tuple[float, FloatColumn]:
    """Where the integral ends, and between which alternatives panels lie at first.

    Panels break where acceptances jump or bend, and of few processes at every index,
    where one of them is over.

    Args:
        outside_option, indices, upper_supports, breakpoints: As ``IndexPolicyValue.of``
            takes them.
    """
    top = float(np.minimum(indices, upper_supports).max(initial=outside_option))
    inner = breakpoints[(breakpoints > outside_option) & (breakpoints < top)]
    if indices.size > _MOST_BROKEN:
        edges = np.linspace(outside_option, top, _FIRST_PANELS + 1)
    else:
        within = indices[(indices > outside_option) & (indices < top)]
        edges = np.append(within, (outside_option, top))
    return top, np.union1d(edges, inner)


@frozen(eq=False, repr=False)
class IndexPolicyValue:
    """The value of advancing the process of the highest index.

    Attributes:
        outside_option: The sure alternative y0, hours.
        indices: Index of each process, hours, ``(processes,)``.
        levels: Value of each however good the alternative, L, hours, likewise.
        value: V, hours.
        top: Alternative from which nobody goes on, hours; at least the outside option.
        left, right: Where each panel of the integral begins and ends, from left to
            right, hours, ``(panels,)``.
        nodes: Alternatives at which every acceptance is known, hours, ``(panels,
            NODES)``.
        accepted: Acceptance probability of every process at the nodes if it goes on,
            ``(processes, panels, NODES)``.
        logs: log(1 - accepted), of the same shape.
        whole: Sum of the logs of the processes that go on over all of a panel,
            ``(panels, NODES)``.
        mass: Weights of the nodes for the integral over a panel, times P over those
            that jump inside it, likewise.
        mass_up_to: The same for the integral up to the index of each process,
            ``(processes, panels, NODES)``.
        below_index: Probability P at the index of each process over all that go before
            it, if it lies inside a panel, ``(processes,)``; otherwise NaN.
        acceptance: Acceptance probability of every process that goes on, ``(processes,
            alternatives)``, at any alternatives, of this shape or ``(alternatives,)``.
        jumps: Where the acceptance of each process jumps, hours, ``(processes,
            points)``; NaN where there is none.
    """

    outside_option: float
    indices: FloatColumn
    levels: FloatColumn
    value: float
    top: float
    left: FloatColumn
    right: FloatColumn
    nodes: FloatArray
    accepted: FloatArray
    logs: FloatArray
    whole: FloatArray
    mass: FloatArray
    mass_up_to: FloatArray
    below_index: FloatColumn
    acceptance: Callable[[FloatArray], FloatArray]
    jumps: FloatArray

    @classmethod
    def of(
        cls,
        outside_option: float,
        indices: FloatColumn,
        levels: FloatColumn,
        upper_supports: FloatColumn,
        breakpoints: FloatArray,
        acceptance: Callable[[FloatArray], FloatArray],
        jumps: FloatArray | None = None,
    ) -> "IndexPolicyValue":
        """Compute the integral, and keep what the marginal values need.

        Args:
            outside_option: The sure alternative, hours.
            indices: Index of each process, hours, ``(processes,)``.
            levels, upper_supports: Value of each however good the alternative, and
                from where it is never accepted, hours, likewise.
            breakpoints: Where acceptances jump or bend, its own index aside, hours; or
                NaN.
            acceptance: Of each, if begun, ``(processes, alternatives)``.
            jumps: Where acceptances jump, their own index aside, hours, ``(processes,
                points)``, or NaN; nowhere by default.
        """
        jumps = np.empty((indices.size, 0)) if jumps is None else jumps
        top, edges = _edges(outside_option, indices, upper_supports, breakpoints)
        panels = resolved_panels(edges, indices, acceptance)
        numbers = outside_option, indices, levels, top
        return cls._of_panels(*numbers, panels, acceptance, jumps)

    @classmethod
    def side_by_side(
        cls,
        outside_option: float,
        indices: FloatArray,
        levels: FloatArray,
        upper_supports: FloatArray,
        breakpoints: FloatArray,
        at_nodes: Callable[[IndexArray, FloatArray], FloatArray],
        acceptances: Sequence[Callable[[FloatArray], FloatArray]],
        jumps: FloatArray,
    ) -> "list[IndexPolicyValue]":
        """The same of searches of equally many processes, in fewer and larger calls.

        Args:
            outside_option: The sure alternative, hours.
            indices, levels, upper_supports: As ``of`` takes them, of each search,
                ``(searches, processes)``.
            breakpoints, jumps: Likewise, ``(searches, processes, points)``.
            at_nodes: Acceptances in some searches, as ``panels_side_by_side`` asks.
            acceptances: Of each search, at any alternatives.
        """
        ends = [
            _edges(outside_option, *of_search)
            for of_search in zip(indices, upper_supports, breakpoints, strict=True)
        ]
        every = panels_side_by_side([edges for _, edges in ends], indices, at_nodes)
        return [
            cls._of_panels(
                *(outside_option, indices[search], levels[search], ends[search][0]),
                *(panels, acceptances[search], jumps[search]),
            )
            for search, panels in enumerate(every)
        ]

    @classmethod
    def _of_panels(
        cls,
        outside_option: float,
        indices: FloatColumn,
        levels: FloatColumn,
        top: float,
        panels: ResolvedPanels,
        acceptance: Callable[[FloatArray], FloatArray],
        jumps: FloatArray,
    ) -> "IndexPolicyValue":
        """The integral over panels on which acceptances are known.

        Args:
            outside_option, indices, levels, top, acceptance, jumps: As the attributes.
            panels: From left to right.
        """
        left, right, accepted = panels
        nodes = nodes_of(left, right)[0]
        logs = np.log1p(-accepted)
        through = indices[:, None] >= right
        whole = np.where(through[:, :, None], logs, 0.0).sum(axis=0)
        mass = 0.5 * (right - left)[:, None] * gauss_legendre(NODES)[1]
        mass_up_to = np.where(through[:, :, None], mass, 0.0)
        below_index = np.full(indices.size, np.nan)
        inside = (indices[:, None] > left) & ~through
        for panel in np.flatnonzero(inside.any(axis=0)).tolist():
            jumping = np.flatnonzero(inside[:, panel])
            # Of equal indices the earlier process goes first, as if higher.
            jumping = jumping[np.lexsort((-jumping, indices[jumping]))]
            edges = np.array([left[panel], *indices[jumping], right[panel]])
            masses, tops = broken_panel(edges, logs[jumping, panel], whole[panel])
            mass_up_to[jumping, panel], mass[panel] = masses[:-1], masses[-1]
            mass_up_to[through[:, panel], panel] = masses[-1]
            below_index[jumping] = tops
        # Left of the panels something better than the alternative is certain.
        above = top - outside_option - float((mass * np.exp(whole)).sum())
        value = outside_option + fsum(levels) + above
        integral = left, right, nodes, accepted, logs, whole, mass, mass_up_to
        numbers = outside_option, indices, levels, value, top, *integral, below_index
        return cls(*numbers, acceptance, jumps)

    def at(self, outside_option: float) -> "IndexPolicyValue":
        """The same with a better sure alternative, from acceptances that are known.

        Args:
            outside_option: The alternative, hours, no less than the present one.
        """
        if outside_option == self.outside_option:
            return self
        panels = panels_from(outside_option, (self.left, self.right, self.accepted))
        numbers = outside_option, self.indices, self.levels
        top = max(self.top, outside_option)
        return self._of_panels(*numbers, top, panels, self.acceptance, self.jumps)

    @property
    def has_jumps(self) -> bool:
        """Whether a process jumps inside a panel."""
        return not np.isnan(self.below_index).all()

    def marginal_values(self) -> FloatColumn:
        """What each process adds to all the others, hours, ``(processes,)``."""
        rivals = np.exp(self.whole - self.logs) * self.mass_up_to
        return np.asarray(self.levels + (rivals * self.accepted).sum(axis=(1, 2)))

    def mixture(self, process: int) -> RivalMixture:
        """What a process competes with, up to its index."""
        return self.mixtures([process])[0]

    def mixtures(self, processes: Sequence[int]) -> list[RivalMixture]:
        """What some processes compete with, each up to its index.

        Args:
            processes: Their rows.
        """
        if np.isnan(self.jumps).all():
            return [self._without_jumps(process) for process in processes]
        ends: dict[int, JumpPoints] = {}
        for process in processes:
            index = float(self.indices[process])
            if index > self.outside_option:
                between = self.outside_option, min(index, self.top), index <= self.top
                ends[process] = JumpPoints.of(self.jumps[process], *between)
        mixtures = dict.fromkeys(processes, _NOTHING)
        for process, turns in turns_of(self.acceptance, self.indices, ends):
            panels = self._smooth_part(process, ends[process].cut)
            mixtures[process] = ends[process].mixture(*panels, turns)
        return list(mixtures.values())

    def _without_jumps(self, process: int) -> RivalMixture:
        """What a process competes with where no acceptance jumps before its index.

        Args:
            process: Its row.
        """
        index = float(self.indices[process])
        if not index > self.outside_option:
            return _NOTHING
        cut = min(index, self.top)
        if self.top == self.outside_option:
            return RivalMixture(np.array([cut]), np.ones(1), 1.0)
        points, weights = self._smooth_part(process, cut)
        if not points.size:
            return RivalMixture(np.array([cut]), np.zeros(1), 0.0)
        count = points.size // NODES
        cut = min(cut, float(self.right[count - 1]))
        probability = self._below(process, cut, count - 1)
        points, weights = np.append(points, cut), np.append(weights, probability)
        return RivalMixture(points, weights, probability)

    def _smooth_part(self, process: int, cut: float) -> tuple[FloatColumn, FloatColumn]:
        """Points and weights of what the fall of f inside panels brings, from 0.

        Args:
            process: Its row.
            cut: Where the panels end, hours.
        """
        count = int(np.searchsorted(self.left, cut))
        left, right = self.left[:count], self.right[:count]
        # A process that jumps inside is part of the masses, else of the whole.
        masses = np.exp(self.whole[:count] - self.logs[process, :count])
        masses *= self.mass_up_to[process, :count]
        weights = -2.0 * (masses @ derivative_matrix()) / (right - left)[:, None]
        return self.nodes[:count].ravel(), weights.ravel()

    def _below(self, process: int, cut: float, panel: int) -> float:
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
        if not np.isnan(self.below_index[process]):
            return float(self.below_index[process])
        left, right = self.left[panel], self.right[panel]
        later = np.arange(self.indices.size) >= process
        over = (self.indices < index) | ((self.indices == index) & later)
        over &= self.indices >= right
        over[process] = True
        logs = self.whole[panel] - self.logs[over, panel].sum(axis=0)
        share = np.array([2.0 * (cut - left) / (right - left) - 1.0])
        return float(interpolation_matrix(share)[0] @ np.exp(logs))

    def value_when_forced(self, process: int, accepted: FloatArray) -> float:
        """The integral of S_j Q_j up to the top, with another S_j.

        Args:
            process: The process j that is replaced; its index no longer matters.
            accepted: Acceptance probability of what replaces it, at *nodes*, in any
                shape. The integral is in hours.
        """
        up_to = self.mass_up_to[process]
        rivals = up_to * np.exp(self.whole - self.logs[process])
        rivals += (self.mass - up_to) * np.exp(self.whole)
        return float(rivals.ravel() @ accepted.ravel())
