"""Which of several uncertain amounts is the largest.

With independent normal amounts X_i, mean m_i and standard deviation s_i,

    P(X_i is the largest) = E[ prod over j of Phi((X_i - m_j) / s_j) ]

as an integral over X_i by Gauss-Hermite quadrature.

Reference: R. E. Bechhofer, "A Single-Sample Multiple Decision Procedure for Ranking
Means of Normal Populations", Annals of Mathematical Statistics 25 (1954) 16-39.
"""

from collections.abc import Sequence

import numpy as np

from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.normal import cdf

_NODES = 96
# Amounts that are known for sure are taken to be known to this share of the largest.
_LEAST = 1e-3


def best_chances(means: Sequence[float], sds: Sequence[float]) -> FloatColumn:
    """Probability of each amount to be the largest, ``(amounts,)``; they sum to 1.

    Args:
        means, sds: Of independent normal amounts, in the same unit; with a standard
            deviation of 0 an amount is known for sure.

    >>> [round(float(chance), 3) for chance in best_chances([1.0, 0.0], [1.0, 1.0])]
    [0.76, 0.24]
    """
    mean, sd = np.array(means, dtype=np.float64), np.array(sds, dtype=np.float64)
    sd = np.maximum(sd, _LEAST * max(1.0, float(sd.max(initial=0.0))))
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    amounts = mean[:, None] + sd[:, None] * nodes
    below = cdf((amounts[:, :, None] - mean) / sd)
    row = np.arange(mean.size)
    below[row, :, row] = 1.0
    chances = below.prod(axis=2) @ weights
    return np.asarray(chances / chances.sum())
