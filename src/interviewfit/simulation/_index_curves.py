"""Indices on simulated paths of a process in which passes tell of the fit.

With u(y) the surplus that must be believed before a step for going on to be worth as
much as leaving, where the alternative is y, the index of a path at the mean m is the y
with u(y) = m. u rises with y. It is solved at many alternatives and interpolated; a
policy that is off by a little is worth less by the square of that.

Reference: P. Whittle, "Multi-armed bandits and the Gittins index", Journal of the Royal
Statistical Society B 42 (1980) 143-149, for the index of a state.
"""

from collections.abc import Sequence
from math import inf, isfinite

import numpy as np
from attrs import frozen

from interviewfit._competition.any_solution import AnySolution, is_tabulated
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Alternatives at which each process is solved: fewer where all of them would have more
# steps together than are solved in half a second.
_POINTS, _LEAST_POINTS, _MOST_WORK = 65, 9, 12_000
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


def thresholds_of(
    solutions: Sequence[AnySolution], lowest: Worth = 0.0, *, begun: bool = False
) -> list[Thresholds]:
    """The thresholds of some processes of a search, worked out at once.

    Args:
        solutions: Of each process, in one row.
        lowest: No alternative is less, hours; below it no index is told from another.
        begun: Whether the first step is taken whatever its index is.
    """
    thresholds, curves = dict[int, Thresholds](), dict[int, FloatColumn]()
    tables, steps = {}, 1
    for row, solution in enumerate(solutions):
        if not is_tabulated(solution) or not solution.tables:
            constant: list[float] = solution.thresholds[0].tolist()
            thresholds[row] = [-inf, *constant[1:]] if begun else constant
            continue
        (tables[row],) = solution.tables
        if begun or tables[row].index > lowest:
            steps += tables[row].work
    points = max(_LEAST_POINTS, min(_POINTS, _MOST_WORK // steps))
    for row, table in tables.items():
        first = inf if begun else float(table.index)
        if first <= lowest:
            # It is never begun.
            nothing = np.zeros((table.work, 1))
            thresholds[row] = IndexCurves(np.array([first]), nothing, first)
            continue
        high = first if isfinite(first) else max(table.reach, lowest)
        curves[row] = np.linspace(lowest, high, points)
    parts = [
        (tables[row].chain, tables[row].mutual.moved(-alternatives))
        for row, alternatives in curves.items()
    ]
    solved = solve_side_by_side(parts, values_only=True) if parts else []
    for (row, alternatives), alike in zip(curves.items(), solved, strict=True):
        exact = alike.thresholds.T + alternatives
        believed = np.maximum.accumulate(np.clip(exact, -_BEYOND, _BEYOND), axis=1)
        first = inf if begun else float(tables[row].index)
        thresholds[row] = IndexCurves(alternatives, believed, first)
    return [thresholds[row] for row in range(len(solutions))]


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
    return thresholds_of([solved.solution(row) for row in range(len(search.running))])
