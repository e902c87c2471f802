"""The continuation value of a chain, tabulated for very many means.

Thresholds do not depend on the mean. C is smooth on the scale of the first standard
deviation: on cells a quarter of it wide, a polynomial of degree 7 through the Chebyshev
points is good to 1e-12 of that scale. Below the cells C is its floor, above them its
asymptote.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
"""

from math import ceil

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.value_function import ContinuationValue

_DEGREE = 7
# Width of the cells, in standard deviations, and how many there may be.
_CELL_WIDTH = 0.25
_MOST_CELLS = 1_000_000
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

    @classmethod
    def of(
        cls, continuation: ContinuationValue, floor: float, slope: float, strike: float
    ) -> "PiecewisePolynomial":
        """The table of a single chain.

        Args:
            continuation: C above its floor, of one row.
            floor: Limit of C far below, hours.
            slope: Slope of the asymptote of C.
            strike: Where the asymptote meets the floor, hours.

        Raises:
            ValueError: If the first standard deviation is 0, or so small that the table
                would not fit memory.
        """
        sd = float(continuation.steps.sd[0, 0])
        low, high = continuation.curved_range()
        cells = ceil(min((high - low) / (_CELL_WIDTH * sd), 1e15)) if sd else 0
        if not 0 < cells <= _MOST_CELLS:
            message = (
                f"the first reveal, {sd:g}, is too small to tabulate from {low:g} "
                f"to {high:g}; use continuation_value"
            )
            raise ValueError(message)
        width = (high - low) / cells
        middles = low + width * (np.arange(cells) + 0.5)
        points = middles[:, None] + 0.5 * width * _POINTS
        with np.errstate(all="ignore"):
            value = continuation.at(points.reshape(1, -1)).value.reshape(points.shape)
        table = np.ascontiguousarray(((floor + value) @ _COEFFICIENTS.T).T)
        return cls(low, width, table, floor, (floor - slope * strike, slope))

    def evaluate(self, mean: FloatArray) -> FloatArray:
        """C at each of many means: the value of taking the first step.

        Args:
            mean: Mean of the surplus, hours, finite, any shape.

        Returns:
            Hours, same shape; no bit of a value depends on the means beside it.
        """
        position = (mean - self.low) / self.width
        cell = np.floor(np.clip(position, 0.0, self.table.shape[1] - 1.0))
        # From -1 to 1 within the cell, and beyond outside of all cells.
        local = 2.0 * (position - cell) - 1.0
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
