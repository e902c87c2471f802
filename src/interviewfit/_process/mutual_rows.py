"""Rows of what passes tell of the fit: a single one, and what tells them apart."""

import numpy as np
from attrs import evolve

from interviewfit._numeric.arrays import FloatArray, IndexArray, Number
from interviewfit._process.mutual_fit import MutualFit


def row_of(mutual: MutualFit, number: int) -> MutualFit:
    """A single row, as that of a decision of floats.

    Args:
        mutual: How passes go with the fit, in rows or for a single decision.
        number: Of the row.
    """
    if mutual.is_single:
        return mutual
    only = rows_of(mutual, np.array([number]))

    def in_row(column: Number) -> float:
        """The number of the row."""
        return float(column[0] if isinstance(column, np.ndarray) else column)

    return evolve(
        only,
        drift=tuple(map(in_row, only.drift)),
        reveal=tuple(map(in_row, only.reveal)),
        is_single=True,
    )


def rows_of(mutual: MutualFit, rows: IndexArray) -> MutualFit:
    """Some of the rows; a single decision is the same in all.

    Args:
        mutual: How passes go with the fit.
        rows: Which rows, in any order and number.
    """
    if mutual.is_single:
        return mutual

    def in_rows(column: Number) -> Number:
        """The numbers of the rows."""
        if not isinstance(column, np.ndarray):
            return column
        return np.broadcast_to(column, mutual.mean.shape)[rows]

    return evolve(
        mutual,
        view=mutual.view[:, rows],
        centre=mutual.centre[rows],
        mean=mutual.mean[rows],
        variance=mutual.variance[rows],
        factors=mutual.factors.take(rows),
        drift=tuple(map(in_rows, mutual.drift)),
        reveal=tuple(map(in_rows, mutual.reveal)),
        news=mutual.news[rows],
        ahead=mutual.ahead[rows],
        refused=mutual.refused[rows],
        narrowing=mutual.narrowing[rows],
        spread=mutual.spread[rows],
    )


def numbers_of(mutual: MutualFit, rows: int) -> FloatArray:
    """All that decides what passes tell, ``(rows, numbers)``.

    Args:
        mutual: How passes go with the fit.
        rows: How many there are.
    """
    factors = mutual.factors
    columns: list[FloatArray] = [
        *(mutual.view, mutual.centre[None], mutual.mean[None], mutual.variance[None]),
        *(factors.slope.T, factors.intercept.T, factors.rate.T, factors.hint.T),
        *(np.reshape(it, (1, -1)) for it in (*mutual.drift, *mutual.reveal)),
    ]
    parts = [np.broadcast_to(part, (len(part), rows)) for part in columns]
    return np.vstack(parts).T
