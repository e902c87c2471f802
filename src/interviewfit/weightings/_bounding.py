"""A bound below the lead of the advice in a box, where ways of going on compete.

Formulas and reasons stand in ``interviewfit.weightings._certifying``.
"""

from collections.abc import Callable

import numpy as np

from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn
from interviewfit._numeric.convexity import slopes_of
from interviewfit.weightings._box import Box, WeightedValues

# More corners than this are not looked at.
_MOST_CORNERS = 1 << 11


def bound_in(
    piece: Box,
    number: int,
    evaluate: Callable[[FloatArray], WeightedValues],
    turned_in: Callable[[WeightedValues], BoolArray],
) -> tuple[float, FloatColumn, bool]:
    """A bound below the lead in a piece of a box.

    Args:
        piece, number: Of the box, and of the alternative that is advised.
        evaluate: The value of every action at some points.
        turned_in: Where the advice is another.

    Returns:
        The bound, hours; the corner or centre with the least lead, ``(numbers,)``;
        and whether the advice is another one there.
    """
    varied = piece.low < piece.high
    if 1 << int(varied.sum()) > _MOST_CORNERS:
        return -np.inf, piece.present, False
    # The advised value rises with the weights that multiply the priorities.
    centre = np.where(piece.factors, piece.low, (piece.low + piece.high) / 2.0)
    free = np.flatnonzero(varied & ~piece.factors)
    corners = piece.corners(np.zeros(varied.size))
    points = np.vstack([centre, corners])
    values = evaluate(points)
    turned = turned_in(values)
    if turned.any():
        return -np.inf, points[int(np.argmax(turned))], True

    def advised(rows: FloatArray) -> FloatColumn:
        return np.asarray(evaluate(rows).ranking.values[number])

    base = float(values.ranking.values[number, 0])
    slopes = slopes_of(advised, centre, base, piece.low, piece.high, free)
    tangents = np.full(len(corners), base)
    for slope, axis in zip(slopes.T, free, strict=True):
        moved = corners[:, axis] - centre[axis]
        tangents += np.minimum(slope[0] * moved, slope[1] * moved)
    others = np.delete(values.ranking.values, number, axis=0)[:, 1:]
    return float((tangents - others.max(axis=0)).min()), centre, False
