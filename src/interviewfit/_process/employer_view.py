"""How far the employer's view of a match goes with the candidate's: one slope.

The formulas stand in ``interviewfit._process.mutual_fit``, which derives them.

Reference: K. V. Mardia, J. T. Kent and J. M. Bibby, "Multivariate Analysis" (1979), for
the regression of one normal number on another.
"""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np

from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import quoted
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    Number,
    sum_in_order,
)
from interviewfit._process.covariances import correlations_between
from interviewfit._process.signals import Posterior

_LEAST_RESIDUAL = 1e-9

MOST_FACTS = 4
"""Facts that are told apart; of more, the others count as normal news."""

LOADINGS = {
    **dict.fromkeys(("role", "culture", "team", "manager", "growth"), 1.0),
    **dict.fromkeys(("pay", "benefits"), -1.0),
    **dict.fromkeys(("commute", "stability"), 0.0),
}
"""How each aspect enters the employer's view: 1 as match, -1 as desirability."""


def slopes(
    numbers: Numbers[N], posterior: Posterior[N], told: FloatColumn, rows: int
) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
    """The slope b of passes ahead and of those behind, and the spread at the start.

    Args:
        numbers, posterior: As ``mutual_fit_of`` takes them.
        told: Variance of the facts to be told, percent of pay squared, ``(rows,)``.
        rows: How many there are.

    Returns:
        Per percent of pay, and in percent of pay, each ``(rows,)``.
    """
    if "mutual.slope" in numbers:
        # Of what was believed before something was found out.
        names = ("mutual.slope", "mutual.behind", "mutual.start")
        stated = [column(numbers[name], rows) for name in names]
        return stated[0], stated[1], stated[2]
    aspects = tuple(posterior.unnarrowed)
    weights = [numbers.priority(it) for it in aspects]
    believed = stack(
        [
            w * posterior.unnarrowed[it].sd
            for w, it in zip(weights, aspects, strict=True)
        ],
        rows,
    )
    usual = stack(
        [w * numbers.unknown(it).sd for w, it in zip(weights, aspects, strict=True)],
        rows,
    )
    loads = stack([LOADINGS.get(it, 0.0) for it in aspects], rows)
    is_now = stack([numbers.get(f"{quoted(it)}.now", 0.0) for it in aspects], rows)
    correlations = correlations_between(numbers, aspects)

    def bilinear(first: FloatArray, second: FloatArray) -> FloatColumn:
        """The covariance of two weighted sums of aspects.

        Args:
            first, second: Standard deviations as weighed, ``(aspects, rows)``.
        """
        if correlations is None:
            return sum_in_order(first * second)
        product = first[:, None] * correlations * second[None]
        return np.broadcast_to(sum_in_order(sum_in_order(product)), (rows,))

    rho, kappa = (column(numbers[name], rows) for name in ("mutual_fit", "competition"))
    view = np.zeros_like(believed)
    for side, strength in ((1.0, rho), (-1.0, -kappa)):
        if not strength.any():
            continue
        part = np.maximum(0.0, side * loads)
        sd = np.sqrt(np.maximum(0.0, bilinear(part * usual, part * usual)))
        view += (
            part * strength * np.where(sd > 0.0, 1.0 / np.where(sd > 0.0, sd, 1.0), 0.0)
        )
    noise = np.maximum(0.0, 1.0 - bilinear(view * usual, view * usual))
    waiting = stack(list(posterior.unsettled.values()) or [0.0], rows)
    further = sum_in_order(waiting**2)
    normal = bilinear(believed, believed) + further
    total = normal + told
    own = bilinear(view * believed, view * believed) + noise
    result = []
    ahead = np.ones_like(is_now)
    # What was found out since the first pass counts for those ahead alone.
    for counted in (ahead, 1.0 - is_now) if is_now.any() else (ahead,):
        shared = bilinear(view * believed * counted, believed)
        beta = np.where(total > 0.0, shared / np.where(total > 0.0, total, 1.0), 0.0)
        rest = own - beta * beta * total
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = beta / np.sqrt(np.maximum(rest, 0.0))
        sharp = np.copysign(inf, beta)
        slope = np.where(rest > _LEAST_RESIDUAL * own, slope, sharp)
        result.append(np.where(beta == 0.0, 0.0, slope))
    return result[0], result[-1], np.sqrt(np.maximum(0.0, normal))


def column(value: Number, rows: int) -> FloatColumn:
    """A number as a column.

    Args:
        value: A float or a column.
        rows: How many there are.
    """
    column = np.empty(rows)
    column[:] = value
    return column


def stack(values: Sequence[Number], rows: int) -> FloatArray:
    """Numbers as rows of a matrix, ``(numbers, rows)``.

    Args:
        values: Floats or columns.
        rows: How many there are.
    """
    table = np.empty((len(values), rows))
    for line, value in zip(table, values, strict=True):
        line[:] = value
    return table


def jumps_of(
    facts: Sequence[tuple[N, N]], rows: int
) -> tuple[FloatArray, FloatArray, FloatColumn]:
    """What facts may add, hours, and the probabilities, ``(rows, shifts)``.

    Args:
        facts: Chance and size of each, hours.
        rows: How many there are.

    Returns:
        The third is the variance of facts that count as normal, because there are too
        many, ``(rows,)``.
    """
    chances = stack([chance for chance, _ in facts], rows)
    sizes = stack([size for _, size in facts], rows)
    variances = chances * (1.0 - chances) * sizes**2
    # Each row has an order of its own, so that none depends on the others.
    order, lines = np.argsort(-variances, axis=0, kind="stable"), np.arange(rows)
    first, others = order[:MOST_FACTS], order[MOST_FACTS:]
    shift, probability = np.zeros((rows, 1)), np.ones((rows, 1))
    for chance, size in zip(chances[first, lines], sizes[first, lines], strict=True):
        low = shift - (chance * size)[:, None]
        shift = np.hstack((low, low + size[:, None]))
        rest = probability * (1.0 - chance)[:, None]
        probability = np.hstack((rest, probability * chance[:, None]))
    return shift, probability, sum_in_order(variances[others, lines])


def is_of_floats(numbers: Mapping[str, Number], further: Sequence[Number]) -> bool:
    """Whether all numbers are floats.

    Args:
        numbers, further: Of which any may be a column.
    """
    kinds = {*map(type, numbers.values()), *map(type, further)}
    return np.ndarray not in kinds


def row_count(numbers: Mapping[str, Number], further: Sequence[Number]) -> int:
    """How many rows there are; 1 of floats.

    Args:
        numbers, further: Of which any may be a column.
    """
    if is_of_floats(numbers, further):
        return 1
    return max(np.size(value) for value in (*numbers.values(), *further))


def groups_of(classes: FloatArray, *, is_single: bool) -> list[IndexArray]:
    """Rows that are worked out together, so that none depends on the others.

    A row that is left by itself comes twice, except where it is a single decision.

    Args:
        classes: What they must have in common, ``(rows, classes)``.
        is_single: Whether all this is of a single decision.
    """
    if is_single:
        return [np.arange(1)]
    kinds = np.unique(classes, axis=0)
    groups = [np.flatnonzero((classes == kind).all(axis=1)) for kind in kinds]
    # NumPy sums a single row in another way.
    return [np.repeat(rows, 2) if rows.size == 1 else rows for rows in groups]
