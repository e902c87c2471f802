"""The arithmetic of formulas, for one number or for a column of them.

A formula is written once, for numbers. Where columns stand in place of numbers, a float
for each row, the same formula works out all rows at once: plain operators do that by
themselves, what is here does it for the rest. The annotations speak of one row.

Floats stay Python's own: NumPy's functions take ten times as long for a single one.
"""

from collections.abc import Iterable
from math import exp, fsum, hypot, log, sqrt
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = [
    "AnyArray",
    "BoolArray",
    "FloatArray",
    "FloatColumn",
    "IndexArray",
    "divided",
    "exponential",
    "hypotenuse",
    "larger",
    "logarithm",
    "root",
    "smaller",
    "spread",
    "total",
    "vanishes",
]

AnyArray: TypeAlias = npt.NDArray[Any]
"""An array of any type and shape."""

FloatArray: TypeAlias = npt.NDArray[np.float64]
"""Floats of any shape."""

BoolArray: TypeAlias = npt.NDArray[np.bool_]
"""Truth values of any shape."""

IndexArray: TypeAlias = npt.NDArray[np.intp]
"""Positions along an axis, such as row numbers."""

FloatColumn: TypeAlias = npt.NDArray[np.float64]
"""One float for each row, shape ``(rows,)``."""


def total(parts: Iterable[float]) -> float:
    """Their sum; of floats rounded once, so that their order does not matter.

    >>> total([0.1] * 10)
    1.0
    """
    several = list(parts)
    if any(isinstance(one, np.ndarray) for one in several):
        return sum(several[1:], start=several[0])
    return fsum(several)


def larger(one: float, other: float) -> float:
    """The larger of two.

    >>> larger(0.0, -1.0)
    0.0
    """
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return max(one, other)


def smaller(one: float, other: float) -> float:
    """The smaller of two."""
    return -larger(-one, -other)


def root(square: float) -> float:
    """The square root."""
    return np.sqrt(square) if isinstance(square, np.ndarray) else sqrt(square)


def hypotenuse(one: float, other: float) -> float:
    """The root of the sum of two squares, which do not overflow."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.hypot(one, other)
    return hypot(one, other)


def spread(parts: Iterable[float]) -> float:
    """Standard deviation of a sum of independent parts.

    >>> spread([3.0, 4.0])
    5.0
    """
    return root(total([0.0, *(one * one for one in parts)]))


def exponential(power: float) -> float:
    """The exponential function."""
    return np.exp(power) if isinstance(power, np.ndarray) else exp(power)


def logarithm(number: float) -> float:
    """The natural logarithm."""
    return np.log(number) if isinstance(number, np.ndarray) else log(number)


def divided(part: float, whole: float) -> float:
    """A ratio that is 0 where there is nothing to divide by.

    >>> divided(1.0, 0.0)
    0.0
    """
    if isinstance(whole, np.ndarray):
        nothing = whole == 0.0
        return np.where(nothing, 0.0, part / np.where(nothing, 1.0, whole))
    return part / whole if whole else 0.0 * part


def vanishes(number: float) -> bool:
    """Whether it is 0 for sure.

    A column never is, so that what is found for a row does not hang on the others.
    """
    return not isinstance(number, np.ndarray) and number == 0.0
