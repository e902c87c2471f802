"""Panels on which the chance that all rivals are below an alternative is a polynomial.

Q(y), the product of 1 - S_i(y) over all rivals whose index is above y, breaks where one
of them jumps. Between these edges panels are halved until Q is a polynomial.

Reference: as ``index_value``, for Q.
"""

import numpy as np

from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.adaptive_quadrature import NODES, polynomial_pieces
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray

# Probabilities this near 1 are 1.
_CERTAIN = 2.0**-53


def polynomial_panels(
    solved: SolvedProcesses, indices: FloatArray, edges: FloatArray
) -> tuple[IndexArray, FloatColumn, FloatColumn, FloatArray]:
    """Panels of all rows on which Q is a polynomial.

    Args:
        solved: All rivals, process by process in all rows.
        indices: Index of each, hours, ``(processes, rows)``.
        edges: Where the panels of each row break, hours, ``(rows, edges)``.

    Returns:
        Of each panel its row, its two ends, and Q at its nodes, ``(panels, NODES)``.
    """

    def below(owner: IndexArray, nodes: FloatArray) -> FloatArray:
        """Q at the nodes of panels on which nobody jumps.

        Args:
            owner: The row of each panel, ``(panels,)``.
            nodes: Alternatives, hours, ``(panels, NODES)``.
        """
        product = np.ones(nodes.shape)
        running = indices[:, owner] > nodes[:, NODES // 2]
        process, panel = np.nonzero(running)
        entries = solved.take(process * edges.shape[0] + owner[panel])
        chances = entries.acceptance_probability(nodes[panel])
        factors = 1.0 - np.clip(chances, 0.0, 1.0 - _CERTAIN)
        # Panel after panel of each process.
        first = np.searchsorted(process, np.arange(indices.shape[0] + 1))
        for number in range(indices.shape[0]):
            product[running[number]] *= factors[first[number] : first[number + 1]]
        return product

    start, end = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    owner = np.repeat(np.arange(edges.shape[0]), edges.shape[1] - 1)
    wide = end > start
    return polynomial_pieces(below, owner[wide], start[wide], end[wide])
