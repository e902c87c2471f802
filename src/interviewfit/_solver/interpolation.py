"""The continuation value of a chain, tabulated for very many means.

Thresholds do not depend on the mean, so rows that share a process are solved once. C is
smooth on the scale of the first standard deviation: on cells a quarter of it wide, a
polynomial of degree 7 through the Chebyshev points of each cell is good to 1e-12 of that
scale. Below the cells C is its floor, above them its asymptote. A row then costs an
index and eight multiplications and additions.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013),
for the points of a cell.
"""

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray

__all__ = ["PiecewisePolynomial"]

_DEGREE = 7
_POINTS = np.cos(np.pi * (np.arange(_DEGREE + 1) + 0.5) / (_DEGREE + 1))
# From values at the points of a cell, -1 to 1, to coefficients, lowest first.
_COEFFICIENTS = np.linalg.inv(np.vander(_POINTS, increasing=True))


@frozen(eq=False)
class PiecewisePolynomial:
    """C at the first step of one chain, tabulated. Made by ``Solution.tabulate``.

    Attributes:
        low: Lower end of the first cell, hours.
        width: Width of each cell, hours.
        table: Coefficients on each cell, shape ``(degree + 1, cells)``.
        floor: C below the cells, hours.
        line: Intercept (hours) and slope of C above them.
    """

    low: float
    width: float
    table: FloatArray
    floor: float
    line: tuple[float, float]

    @staticmethod
    def points(low: float, width: float, cells: int) -> FloatArray:
        """Chebyshev points of every cell, at which the values are to be computed.

        Args:
            low: Lower end of the first cell, hours.
            width: Of each cell, hours, above 0.
            cells: How many cells there are, 1 or more.

        Returns:
            Points in hours, shape ``(cells, degree + 1)``.
        """
        middles = low + width * (np.arange(cells) + 0.5)
        return np.asarray(middles[:, None] + 0.5 * width * _POINTS)

    @staticmethod
    def coefficients(values: FloatArray) -> FloatArray:
        """Coefficients of the polynomials through values at the points of each cell.

        Args:
            values: In hours, shape ``(cells, degree + 1)``.

        Returns:
            Lowest power first, shape ``(degree + 1, cells)``.
        """
        return np.ascontiguousarray((values @ _COEFFICIENTS.T).T)

    def evaluate(self, mean: FloatArray) -> FloatArray:
        """C at each of many means: the value of taking the first step.

        Args:
            mean: Mean of the surplus, hours, finite, any shape.

        Returns:
            Values in hours, of the same shape. A value does not depend on the means
            beside it, not by a bit.
        """
        position = (mean - self.low) * (1.0 / self.width)
        cell = np.floor(np.clip(position, 0.0, self.table.shape[1] - 1.0))
        # From -1 to 1 within the cell, and beyond outside of all cells.
        local = position
        local -= cell
        local *= 2.0
        local -= 1.0
        column = cell.astype(np.intp)
        value: FloatArray = self.table[-1].take(column)
        for coefficients in self.table[-2::-1]:
            value *= local
            value += coefficients.take(column)
        if np.abs(local).max(initial=0.0) > 1.0:
            intercept, slope = self.line
            np.copyto(value, intercept + slope * mean, where=local > 1.0)
            np.copyto(value, self.floor, where=local < -1.0)
        return value
