"""What every process of a search competes with, from one set of panels.

``rivals`` keeps Q, the probability that the best of the rivals is below an alternative,
for one decision. Of a search each process has the others as its rivals. All their
acceptances are known at the same nodes, so that Q without process j is one product:

    Q_j(y) = product over i != j with c_i > y of (1 - S_i(y))

Panels break at the index c_i of every process, because S_i jumps there: they are those
of the index policy, unless it has so many processes that some jump inside its panels.
"""

import numpy as np

from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    bisect,
    nodes_of,
    rounding_bound,
    tail_coefficients,
)
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import gauss_legendre

# As in ``rivals``: when a function is a polynomial, and chances that are 1.
_RESOLVED, _NARROWEST, _MOST_CUTS = 1e-12, 1e-13, 60
_CERTAIN = 2.0**-53
_FIRST_PANELS = 4


def mutual_rivals(
    solved: SolvedProcesses, policy: IndexPolicyValue
) -> RivalDistribution:
    """The rivals of every process of a search, a row for each process.

    The last row has all processes, as rivals of one that is none of them.

    Args:
        solved: The processes.
        policy: Their index policy, with the best offer in hand.
    """
    count, base, top = solved.means.size + 1, policy.outside_option, policy.top
    start, end, logs = policy.left, policy.right, policy.logs
    if policy.has_jumps:
        breaks = solved.breakpoints(top - base).ravel()
        inner = np.concatenate((solved.indices, breaks[~np.isnan(breaks)]))
        inner = inner[(inner > base) & (inner < top)]
        edges = np.union1d(np.linspace(base, top, _FIRST_PANELS + 1), inner)
        start, end, logs = _resolved(solved, edges)
    # Left of its index a process goes on; the whole panel lies on one side.
    logs = np.where((solved.indices[:, None] >= end)[:, :, None], logs, 0.0)
    apart = np.concatenate((logs, np.zeros((1, *logs.shape[1:]))))
    chances = np.exp(np.minimum(0.0, logs.sum(axis=0) - apart))
    if start.size and start[0] > base:
        # Left of the panels of the policy something better is certain in any case.
        start, end = np.append(base, start), np.append(start[0], end)
        chances = np.concatenate((np.zeros((count, 1, NODES)), chances), axis=1)
    sums = ((1.0 - chances) @ gauss_legendre(NODES)[1]) @ (0.5 * (end - start))
    levels, exits = np.append(solved.levels, 0.0), np.append(solved.exits, 0.0)
    value = base + levels.sum() - levels + sums
    panels, rows = start.size, np.arange(count)
    return RivalDistribution(
        processes=(),
        value=value,
        leaving=exits.sum() - exits,
        row=rows,
        base=np.full(count, base),
        tops=np.full(count, top),
        first=panels * np.arange(count + 1),
        start=np.tile(start, count),
        end=np.tile(end, count),
        chances=chances.reshape(-1, NODES),
    )


def _resolved(
    solved: SolvedProcesses, edges: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Panels on which no acceptance needs to be cut again, from left to right.

    Args:
        solved: The processes.
        edges: Where panels break at first, hours, sorted, ``(edges,)``.

    Returns:
        Start and end of each panel, hours, ``(panels,)``, and log(1 - S) of every
        process as if it went on, ``(processes, panels, NODES)``.
    """
    finished: list[tuple[FloatArray, FloatArray, FloatArray]] = []

    def examine(
        _owner: IndexArray, start: FloatArray, end: FloatArray, final: bool
    ) -> FloatArray:
        """Keep the panels that are resolved and halve the others, as an Examination.

        Args:
            _owner: Not used: all panels are of one search.
            start, end: The panels.
            final: Whether all panels count as finished.
        """
        nodes, half = nodes_of(start, end)
        chances = solved.acceptance_probability(nodes.ravel())
        accepted = np.clip(chances, 0.0, 1.0 - _CERTAIN).reshape(-1, *nodes.shape)
        curves = np.where((solved.indices[:, None] >= end)[:, :, None], accepted, 0.0)
        flat = curves.reshape(-1, NODES)
        tails = tail_coefficients(flat).reshape(curves.shape[:2])
        bounds = np.maximum(_RESOLVED, rounding_bound(curves, start, end))
        done = (tails <= bounds).all(axis=0) | final
        done |= half <= _NARROWEST * (1.0 + np.abs(start))
        kept = start[done], end[done], np.log1p(-accepted[:, done])
        finished.append(kept)
        return np.where(done, np.nan, 0.5 * (start + end))

    if edges.size < 2:
        # Nobody goes on.
        return edges[:0], edges[:0], np.empty((solved.means.size, 0, NODES))
    owner = np.zeros(edges.size - 1, dtype=np.intp)
    bisect(examine, owner, edges[:-1], edges[1:], _MOST_CUTS)
    starts, ends, logs = zip(*finished, strict=True)
    start, end = np.concatenate(starts), np.concatenate(ends)
    order = np.argsort(start)
    return start[order], end[order], np.concatenate(logs, axis=1)[:, order]
