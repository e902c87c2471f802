"""What every process of a search competes with, from one set of panels.

``rivals`` keeps Q, the probability that the best of the rivals is below an alternative,
for one decision. Of a search each process has the others as its rivals. All their
acceptances are known at the same nodes, so that Q without process j is one product:

    Q_j(y) = product over i != j with c_i > y of (1 - S_i(y))

Panels break at the index c_i of every process, because S_i jumps there: they are those
of the index policy. If it has so many processes that some jump inside its panels, these
are broken there; S_i is a polynomial on a panel, so it is interpolated in its parts.
"""

import numpy as np

from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.adaptive_quadrature import (
    NODES,
    interpolation_matrix,
    nodes_of,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, matrix_product
from interviewfit._numeric.panels import gauss_legendre

# As in ``index_value``: chances this near 1 are 1.
_CERTAIN = 2.0**-53
# Where parts start, and where they end.
_SIDES = slice(None, -1), slice(1, None)


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
        start, end, logs = _broken_at_indices(policy)
    # Left of its index a process goes on; the whole panel lies on one side.
    logs = logs * (policy.indices[:, None] >= end)[:, :, None]
    chances, total = np.empty((count, *logs.shape[1:])), logs.sum(axis=0)
    np.subtract(total, logs, out=chances[:-1])
    chances[-1] = total
    np.exp(np.minimum(0.0, chances, out=chances), out=chances)
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


def _broken_at_indices(
    policy: IndexPolicyValue,
) -> tuple[FloatColumn, FloatColumn, FloatArray]:
    """The panels of an index policy, broken wherever a process jumps inside them.

    Returns:
        Start and end of each part, hours, ``(parts,)``, and log(1 - S) of every process
        as if it went on, ``(processes, parts, NODES)``.
    """
    indices, edges, logs = np.unique(policy.indices), list[FloatColumn](), []
    for panel, (left, right) in enumerate(zip(policy.left, policy.right, strict=True)):
        inside = indices[(indices > left) & (indices < right)]
        edges.append(np.concatenate(([left], inside, [right])))
        nodes = nodes_of(edges[-1][:-1], edges[-1][1:])[0].ravel()
        matrix = interpolation_matrix((2.0 * nodes - left - right) / (right - left))
        accepted = matrix_product(policy.accepted[:, panel], matrix.T)
        np.clip(accepted, 0.0, 1.0 - _CERTAIN, out=accepted)
        np.log1p(np.negative(accepted, out=accepted), out=accepted)
        logs.append(accepted.reshape(len(accepted), -1, NODES))
    start, end = (np.concatenate([at[part] for at in edges]) for part in _SIDES)
    return start, end, np.concatenate(logs, axis=1)
