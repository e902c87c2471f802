"""Indices on simulated paths of a process in which passes tell of the fit.

With u(y) the surplus that must be believed before a step for going on to be worth as
much as leaving, where the alternative is y, the index of a path at the mean m is the y
with u(y) = m. u rises with y. It is solved at many alternatives and interpolated; a
policy that is off by a little is worth less by the square of that.

Reference: P. Whittle, "Multi-armed bandits and the Gittins index", Journal of the Royal
Statistical Society B 42 (1980) 143-149, for the index of a state.
"""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from attrs import frozen

from interviewfit._competition.any_solution import AnySolution, is_tabulated
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._numeric.arrays import FloatArray, FloatColumn

_POINTS = 129
# Further than any mean, hours.
_BEYOND = 1e200


@frozen(eq=False)
class IndexCurves:
    """The index before each step of a process, by what is believed then.

    Attributes:
        alternatives: Rising, hours, ``(points,)``.
        believed: The surplus that must be believed, hours, ``(steps, points)``.
        first: The index before the first step, hours.
    """

    alternatives: FloatColumn
    believed: FloatArray
    first: float

    def indices_of(self, means: FloatArray) -> FloatArray:
        """The indices of some paths, hours, ``(steps, paths)``.

        Args:
            means: What is believed before each step, hours, likewise.
        """
        indices = np.empty(means.shape)
        for step, (mean, curve) in enumerate(zip(means, self.believed, strict=True)):
            ends = -np.inf, np.inf
            indices[step] = np.interp(mean, curve, self.alternatives, *ends)
        indices[0] = self.first
        return indices


Thresholds = Sequence[float] | IndexCurves
"""Above which mean each step of a process is taken, or its index by the mean."""


def thresholds_of(solution: AnySolution) -> Thresholds:
    """The thresholds of a process of a search.

    Args:
        solution: Of the process, in one row.
    """
    if not is_tabulated(solution) or not solution.tables:
        thresholds: list[float] = solution.thresholds[0].tolist()
        return thresholds
    (table,) = solution.tables
    first, reach = float(table.index), table.reach
    low = min(0.0, first) if isfinite(first) else 0.0
    high = first if isfinite(first) else reach
    alternatives = np.linspace(low - table.spread, high, _POINTS)
    parts = [(table.chain, table.mutual.moved(-alternatives))]
    solved = solve_side_by_side(parts, values_only=True)[0]
    exact = solved.thresholds.T + alternatives
    believed = np.maximum.accumulate(np.clip(exact, -_BEYOND, _BEYOND), axis=1)
    return IndexCurves(alternatives, believed, first)


def as_solved(
    chain: ChainParameters[float], solution: AnySolution
) -> ChainParameters[float]:
    """The chain that a solution is of: of constant rates, if passes are averaged.

    Args:
        chain, solution: Of a process of a search.
    """
    return chain if is_tabulated(solution) else chain.on_average


def all_thresholds(search: BudgetedSearch) -> list[Thresholds]:
    """The thresholds of all processes of a search.

    Args:
        search: The processes, solved.
    """
    solved = search.solved
    return [thresholds_of(solved.solution(row)) for row in range(len(search.running))]
