"""
The value of one process, tabulated for very many means.

Thresholds do not depend on the mean, so rows that share a process are solved once.
C is smooth on the scale of the first blur: cells of a quarter of it, a polynomial
of degree 7 on each, reach 1e-12 of that scale. Below the cells C is its floor,
above them its line. A row then costs an index and eight multiply-adds.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013),
for the points of a cell.
"""

import numpy as np
from attrs import frozen

from interviewfit.solver.panels import FloatArray

__all__ = ["Chart"]

_DEGREE = 7
_POINTS = np.cos(np.pi * (np.arange(_DEGREE + 1) + 0.5) / (_DEGREE + 1))
# From values at the points of a cell, -1 to 1, to coefficients, lowest first.
_COEFFICIENTS = np.linalg.inv(np.vander(_POINTS, increasing=True))
_BLOCK = 16384


@frozen(eq=False)
class Chart:
    """
    C at the first step of one chain, ready to be read off. Made by a solution.

    Attributes:
        low: Where the cells begin, hours.
        width: Of a cell, hours.
        table: Coefficients on each cell, shape ``(degree + 1, cells)``.
        floor: Of C below the cells.
        line: Intercept and slope of C above them.
        exit: Worth of leaving instead; -inf to read C itself.
    """

    low: float
    width: float
    table: FloatArray
    floor: float
    line: tuple[float, float]
    exit: float

    @staticmethod
    def points(low: float, width: float, cells: int) -> FloatArray:
        """
        Where values are wanted, shape ``(cells, degree + 1)``.
        """
        middles = low + width * (np.arange(cells) + 0.5)
        return np.asarray(middles[:, None] + 0.5 * width * _POINTS)

    @staticmethod
    def coefficients(values: FloatArray) -> FloatArray:
        """
        The table from values at the points, shape ``(degree + 1, cells)``.
        """
        return np.ascontiguousarray((values @ _COEFFICIENTS.T).T)

    def read(self, mean: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """
        W at every mean.

        Args:
            mean: Hours, any shape; never written to.
            out: Where to write; a new array if None.
        """
        found = np.empty_like(mean) if out is None else out
        flat, written = mean.reshape(-1), found.reshape(-1)
        size = min(_BLOCK, flat.size)
        work, place = np.empty((3, size)), np.empty(size, dtype=np.intp)
        for start in range(0, flat.size, _BLOCK):
            part = slice(start, start + _BLOCK)
            self._read(flat[part], written[part], work, place)
        return found

    def _read(
        self,
        mean: FloatArray,
        out: FloatArray,
        work: FloatArray,
        place: np.ndarray[tuple[int], np.dtype[np.intp]],
    ) -> None:
        at, term, side = work[:, : mean.size]
        cell = place[: mean.size]
        cells = self.table.shape[1]
        np.subtract(mean, self.low, out=at)
        at *= 1.0 / self.width
        np.clip(at, 0.0, cells - 1.0, out=term)
        np.copyto(cell, term, casting="unsafe")
        at -= cell
        at *= 2.0
        at -= 1.0
        outside = (at < -1.0) | (at > 1.0)
        np.take(self.table[-1], cell, out=out)
        for row in self.table[-2::-1]:
            out *= at
            np.take(row, cell, out=term)
            out += term
        if outside.any():
            np.multiply(mean, self.line[1], out=side)
            side += self.line[0]
            np.copyto(side, self.floor, where=at < 0.0)
            np.copyto(out, side, where=outside)
        np.maximum(out, self.exit, out=out)
