"""What a process leads to against alternatives between two, as polynomials.

The formulas stand in ``interviewfit._competition.tabulated_chains``.

Reference: L. N. Trefethen, "Approximation Theory and Approximation Practice" (2013).
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from attrs import frozen

from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
    sum_in_order,
)
from interviewfit._numeric.chebyshev import (
    chebyshev_analysis,
    chebyshev_basis,
    chebyshev_nodes,
)
from interviewfit._solver.forward_pass import OutcomeMoments

ORDER, COARSE_ORDER = 10, 7
"""How many alternatives are solved on a panel, and where very many are to be solved."""

# A panel is halved at most so many times, and as long as two halvings make its error so
# much smaller.
_MOST_HALVINGS, _HELPS = 7, 0.7
# Of what is smooth two halvings leave less than this share.
_JUMPS = 0.05


@frozen(eq=False, repr=False)
class Panel:
    """What a process leads to against alternatives between two.

    Attributes:
        left, right: Between which alternatives, hours; the same where a single one was
            solved.
        series: Coefficients of the acceptance, the square of the surplus, and the
            probabilities to take and to leave each step, ``(ORDER, 2 + 2 * steps)``.
        value: Coefficients of C, hours, ``(ORDER + 1,)``.
        error: By how much C differs from what was solved at most, hours.
    """

    left: Worth
    right: Worth
    series: FloatArray
    value: FloatColumn
    error: Worth

    @classmethod
    def of(cls, left: Worth, right: Worth, outcomes: OutcomeMoments) -> "Panel":
        """A panel from what was solved at its nodes, from left to right.

        Args:
            left, right: Its ends, hours.
            outcomes: At the nodes, ``ORDER`` or ``COARSE_ORDER`` of them.
        """
        order = outcomes.accept_probability.size
        numbers = np.column_stack(
            (
                outcomes.accept_probability,
                outcomes.offer_square,
                outcomes.take_probability,
                outcomes.leave_probability,
            )
        )
        series = np.zeros((ORDER, numbers.shape[1]))
        series[:order] = chebyshev_analysis(order) @ numbers[::-1]
        fall = 0.5 * (right - left) * (_integration() @ series[:, 0])
        value = -fall
        missing = outcomes.continuation_value[::-1] - value @ _at_nodes(order)
        value[0] += missing.mean()
        error = float(np.abs(missing - missing.mean()).max())
        return cls(left, right, series, value, error)

    @classmethod
    def of_point(cls, alternative: Worth, outcome: OutcomeMoments) -> "Panel":
        """A panel of a single alternative, as it was solved.

        Args:
            alternative: Hours.
            outcome: Against it.
        """
        take, leave = outcome.take_probability, outcome.leave_probability
        series, value = np.zeros((ORDER, 2 + 2 * take.size)), np.zeros(ORDER + 1)
        moments = outcome.accept_probability, outcome.offer_square
        series[0] = np.concatenate((moments, take, leave))
        value[0] = float(outcome.continuation_value)
        return cls(alternative, alternative, series, value, 0.0)

    @property
    def is_point(self) -> bool:
        """Whether it is of a single alternative."""
        return self.left == self.right

    def share(self, alternatives: FloatColumn) -> FloatColumn:
        """Where alternatives lie in it, -1 to 1."""
        middle, half = 0.5 * (self.left + self.right), 0.5 * (self.right - self.left)
        return np.clip((alternatives - middle) / (half or 1.0), -1.0, 1.0)

    def value_and_slope(self, alternative: Worth) -> tuple[Worth, float]:
        """C and S at one alternative.

        Args:
            alternative: In the panel, hours.
        """
        basis = chebyshev_basis(self.share(np.array([alternative])), ORDER + 1)
        chance = float(basis[:ORDER, 0] @ self.series[:, 0])
        return float(basis[:, 0] @ self.value), chance


@frozen
class Unsolved:
    """Alternatives of a process that are still without a panel.

    Attributes:
        left, right: Where they begin and end, hours.
        order: How many of them are to be solved.
        errors: Of the panels that they were halved from, the widest first, hours.
    """

    left: Worth
    right: Worth
    order: int = ORDER
    errors: tuple[Worth, ...] = ()

    @property
    def nodes(self) -> FloatColumn:
        """The alternatives that are to be solved, hours, ``(order,)``."""
        middle, half = 0.5 * (self.left + self.right), 0.5 * (self.right - self.left)
        return np.asarray(middle - half * chebyshev_nodes(self.order))

    def panel(self, outcomes: OutcomeMoments) -> Panel:
        """The panel, from what was solved at its nodes."""
        return Panel.of(self.left, self.right, outcomes)

    def helps(self, error: Worth) -> bool:
        """Whether it may help to halve it.

        What two halvings do not make smaller is the rounding of the solver.

        Args:
            error: Of its panel, hours.
        """
        errors = self.errors
        is_less = len(errors) < 2 or error < _HELPS * errors[-2]
        return is_less and len(errors) < _MOST_HALVINGS

    def jumps(self, error: Worth) -> bool:
        """Whether something jumps in it: two halvings made its error little smaller.

        At a jump polynomials of any degree are off by a share of its size, so that each
        halving halves the error at best, while a smooth function is then next to exact.

        Args:
            error: Of its panel, hours.
        """
        return len(self.errors) > 1 and error > _JUMPS * self.errors[-2]

    def halves(self, error: Worth) -> "list[Unsolved]":
        """Both halves.

        Args:
            error: Of its panel, hours.
        """
        middle, errors = 0.5 * (self.left + self.right), (*self.errors, error)
        ends = (self.left, middle), (middle, self.right)
        return [Unsolved(*pair, self.order, errors) for pair in ends]


@frozen(eq=False, repr=False)
class PanelRows:
    """The panels of some processes, for one line of alternatives to each.

    Attributes:
        share: Where each alternative lies in its panel, -1 to 1, ``(lines, points)``.
        place: The number of its panel, likewise.
        slope: Coefficients of S by panel, ``(ORDER, panels)``.
        value: Coefficients of C, hours, ``(ORDER + 1, panels)``.
    """

    share: FloatArray
    place: IndexArray
    slope: FloatArray
    value: FloatArray

    @classmethod
    def of(
        cls, panels: Sequence[Sequence[Panel]], alternatives: FloatArray
    ) -> "PanelRows":
        """Look up in which panel each alternative lies, and where in it.

        Those left of all panels, or right of them, lie at the end of the nearest one.

        Args:
            panels: Of the process of each line, from left to right. Lines of the same
                process have the same sequence, whose panels count once.
            alternatives: That the line is asked for, hours, ``(lines, points)``.
        """
        place = np.empty(alternatives.shape, np.intp)
        whole, lines = list[Panel](), dict[int, list[int]]()
        for line, row in enumerate(panels):
            lines.setdefault(id(row), []).append(line)
        for alike in lines.values():
            row = panels[alike[0]]
            lefts = np.array([panel.left for panel in row])
            numbers = np.searchsorted(lefts, alternatives[alike], side="right") - 1
            place[alike] = np.maximum(0, numbers) + len(whole)
            whole += row
        ends = np.array([(panel.left, panel.right) for panel in whole])
        middle, half = 0.5 * ends.sum(axis=1), 0.5 * (ends[:, 1] - ends[:, 0])
        half[half == 0.0] = 1.0
        share = np.clip((alternatives - middle[place]) / half[place], -1.0, 1.0)
        slope = np.array([panel.series[:, 0] for panel in whole]).T
        value = np.array([panel.value for panel in whole]).T
        return cls(share, place, slope, value)

    @property
    def slopes(self) -> FloatArray:
        """S at the alternatives, ``(lines, points)``."""
        return self._sums(self.slope)

    @property
    def values(self) -> FloatArray:
        """C there, hours, likewise."""
        return self._sums(self.value)

    def _sums(self, coefficients: FloatArray) -> FloatArray:
        """Polynomials at the alternatives, ``(lines, points)``.

        Term by term, so that no bit depends on how many alternatives there are.

        Args:
            coefficients: Of each panel, ``(order, panels)``.
        """
        total = np.zeros(self.share.shape)
        basis = chebyshev_basis(self.share, len(coefficients))
        for polynomial, coefficient in zip(basis, coefficients, strict=True):
            total += polynomial * coefficient[self.place]
        return total


def series_at(
    panels: Sequence[Panel],
    points: FloatColumn,
    is_met: BoolArray,
    weights: FloatColumn | None,
) -> tuple[FloatArray, FloatColumn]:
    """What a process leads to at alternatives, or added up with weights.

    Args:
        panels: Of the process, from left to right; there are some for all points.
        points: Alternatives, hours, ``(points,)``.
        is_met: Whether anybody accepts there, likewise.
        weights: With which each counts, likewise; None for each by itself.

    Returns:
        The numbers of ``Panel.series``, ``(points, numbers)``, and C, hours,
        ``(points,)``; the sums without the first axis.
    """
    size = points.size if weights is None else 1
    series, value = np.zeros((size, panels[0].series.shape[1])), np.zeros(size)
    lefts = np.array([panel.left for panel in panels])
    places = np.maximum(0, np.searchsorted(lefts, points, side="right") - 1)
    for number in np.unique(places).tolist():
        chosen, panel = places == number, panels[number]
        basis = chebyshev_basis(panel.share(points[chosen]), ORDER + 1)
        if weights is not None:
            # The sum of polynomials first, as it is the same for all numbers.
            sums, met = (
                basis @ it for it in (weights[chosen], weights[chosen] * is_met[chosen])
            )
            value += sums @ panel.value
            series[0, :2] += met[:ORDER] @ panel.series[:, :2]
            series[0, 2:] += sums[:ORDER] @ panel.series[:, 2:]
            continue
        # Term by term, so that no bit depends on how many points there are.
        value[chosen] = sum_in_order(basis * panel.value[:, None])
        series[chosen] = basis[:ORDER].T @ panel.series
        series[chosen, :2] *= is_met[chosen, None]
    return (series, value) if weights is None else (series[0], value[0])


@cache
def _at_nodes(order: int) -> FloatArray:
    """Chebyshev polynomials at the nodes of a panel, ``(ORDER + 1, order)``.

    Args:
        order: How many nodes it has.
    """
    return chebyshev_basis(chebyshev_nodes(order), ORDER + 1)


@cache
def _integration() -> FloatArray:
    """From coefficients to those of an integral, ``(ORDER + 1, ORDER)``."""
    matrix = np.zeros((ORDER + 1, ORDER))
    for degree in range(ORDER):
        if degree == 0:
            matrix[1, 0] = 1.0
            continue
        matrix[degree + 1, degree] += 0.5 / (degree + 1)
        if degree > 1:
            matrix[degree - 1, degree] -= 0.5 / (degree - 1)
    return matrix
