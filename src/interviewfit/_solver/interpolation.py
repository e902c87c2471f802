"""The value of processes, tabulated for very many means.

Thresholds do not depend on the mean, so rows that share a process are solved once.
C is smooth on the scale of the first blur: cells of a quarter of it, a polynomial
of degree 7 on each, reach 1e-12 of that scale. Below the cells C is its floor,
above them its line. A row then costs an index and eight multiply-adds; which of
several processes a row is in is one more index.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013),
for the points of a cell.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.scratch import Desk, Trait, Which

__all__ = ["Charts", "PiecewisePolynomial"]

_DEGREE = 7
_POINTS = np.cos(np.pi * (np.arange(_DEGREE + 1) + 0.5) / (_DEGREE + 1))
# From values at the points of a cell, -1 to 1, to coefficients, lowest first.
_COEFFICIENTS = np.linalg.inv(np.vander(_POINTS, increasing=True))
_BLOCK = 16384


@frozen(eq=False)
class PiecewisePolynomial:
    """C at the first step of one chain, ready to be read off. Made by a solution.

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
        """Where values are wanted, shape ``(cells, degree + 1)``."""
        middles = low + width * (np.arange(cells) + 0.5)
        return np.asarray(middles[:, None] + 0.5 * width * _POINTS)

    @staticmethod
    def coefficients(values: FloatArray) -> FloatArray:
        """The table from values at the points, shape ``(degree + 1, cells)``."""
        return np.ascontiguousarray((values @ _COEFFICIENTS.T).T)

    def read(self, mean: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """W at every mean.

        Args:
            mean: Hours, any shape; never written to.
            out: Where to write; a new array if None.
        """
        found = np.empty(mean.shape) if out is None else out
        charts, desk = Charts.of([self]), Desk()
        flat, written = mean.reshape(-1), found.reshape(-1)
        for start in range(0, flat.size, _BLOCK):
            part = slice(start, start + _BLOCK)
            charts.read(flat[part], 0, written[part], desk)
        return np.maximum(found, self.exit, out=found)


@frozen(eq=False)
class Charts:
    """Several charts bound together, each row to be read off its own. Made by ``of``.

    Attributes:
        low: Of each chart, where its cells begin, hours.
        scale: How many cells there are to an hour.
        last: Number of its last cell.
        start: Where its cells begin in the table.
        floor: Of C below its cells.
        height: Of its line above them, at 0.
        slope: Of that line.
        table: Coefficients on all cells, shape ``(degree + 1, cells)``.
    """

    low: Trait
    scale: Trait
    last: Trait
    start: Trait
    floor: Trait
    height: Trait
    slope: Trait
    table: FloatArray

    @classmethod
    def of(cls, charts: Sequence[PiecewisePolynomial | float]) -> "Charts":
        """From charts, or numbers where C does not depend on the mean."""
        each = [_level(one) if isinstance(one, float) else one for one in charts]
        cells = [one.table.shape[1] for one in each]
        return cls(
            low=Trait.of([one.low for one in each]),
            scale=Trait.of([1.0 / one.width for one in each]),
            last=Trait.of([many - 1.0 for many in cells]),
            start=Trait.of(np.cumsum([0, *cells[:-1]]).tolist(), np.intp),
            floor=Trait.of([one.floor for one in each]),
            height=Trait.of([one.line[0] for one in each]),
            slope=Trait.of([one.line[1] for one in each]),
            table=np.concatenate([one.table for one in each], axis=1),
        )

    def read(
        self, mean: FloatColumn, which: Which, out: FloatColumn, desk: Desk
    ) -> None:
        """C at every mean, the exit left aside.

        Args:
            mean: Hours; never written to.
            which: PiecewisePolynomial of each row, or of all.
            out: Where to write.
            desk: To work at.
        """
        rows = mean.size
        at, term = desk.floats("at", rows), desk.floats("term", rows)
        cell, outside = desk.places("cell", rows), desk.flags("outside", rows)
        np.subtract(mean, self.low.at(which, "number", desk), out=at)
        at *= self.scale.at(which, "number", desk)
        np.maximum(at, 0.0, out=term)
        np.minimum(term, self.last.at(which, "number", desk), out=term)
        np.floor(term, out=term)
        np.copyto(cell, term, casting="unsafe")
        np.add(cell, self.start.at(which, "place", desk), out=cell)
        # From -1 to 1 within the cell.
        at -= term
        at *= 2.0
        at -= 1.0
        np.take(self.table[-1], cell, out=out, mode="clip")
        for coefficients in self.table[-2::-1]:
            out *= at
            np.take(coefficients, cell, out=term, mode="clip")
            out += term
        np.abs(at, out=term)
        np.greater(term, 1.0, out=outside)
        if outside.any():
            np.multiply(mean, self.slope.at(which, "number", desk), out=term)
            term += self.height.at(which, "number", desk)
            np.copyto(out, term, where=outside)
            below = np.less(at, -1.0, out=outside)
            np.copyto(out, self.floor.at(which, "number", desk), where=below)


def _level(worth: float) -> PiecewisePolynomial:
    """A chart of one cell, as wide as there is, on which C is the same everywhere."""
    table = np.zeros((_DEGREE + 1, 1))
    table[0] = worth
    return PiecewisePolynomial(
        low=0.0,
        width=np.inf,
        table=table,
        floor=worth,
        line=(worth, 0.0),
        exit=-np.inf,
    )
