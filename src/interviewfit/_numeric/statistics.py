"""Summaries of samples, confidence interval of a share, and quantiles."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import spend

_QUANTILES = {"low": 0.05, "lower": 0.25, "median": 0.5, "upper": 0.75, "high": 0.95}
# 97.5 % quantile of the standard normal distribution.
_Z = 1.959963984540054
_STANDARD = NormalDist()


@frozen(kw_only=True)
class QuantileSummary:
    """The distribution of a number over many draws.

    Attributes:
        mean: Its mean.
        error: Standard error of that mean; 0 for a single draw.
        sd: Its standard deviation.
        low, lower, median, upper, high: The 5, 25, 50, 75 and 95 % quantiles.
    """

    mean: float
    error: float
    sd: float
    low: float
    lower: float
    median: float
    upper: float
    high: float

    @classmethod
    def of(cls, values: FloatColumn) -> "QuantileSummary":
        """The summary of at least one value.

        >>> QuantileSummary.of(np.arange(101.0)).high
        95.0
        """
        # A sum of equal numbers is rounded, so their mean could differ from each.
        low, high = float(values.min()), float(values.max())
        mean = low if low == high else float(values.mean())
        sd = 0.0 if low == high else float(values.std(ddof=1))
        quantiles = np.quantile(values, [*_QUANTILES.values()]).tolist()
        named = dict(zip(_QUANTILES, quantiles, strict=True))
        error = standard_error(sd, values.size)
        return cls(mean=mean, error=error, sd=sd, **named)


def standard_error(sd: float, count: int) -> float:
    """Standard error of a mean, in the unit of the numbers.

    Args:
        sd: Standard deviation of a draw.
        count: Number of independent draws, at least 1.

    >>> standard_error(3.0, 9)
    1.0
    """
    return sd / sqrt(count)


def wilson_interval(share: float, count: int) -> tuple[float, float]:
    """Interval that holds the true probability with 95 % confidence, by Wilson's score.

    Args:
        share: Share of the draws that had the property, 0 to 1.
        count: Number of independent draws, at least 1.

    Returns:
        Lower and upper end, 0 to 1.

    Reference: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927) 209-212.

    >>> [round(end, 4) for end in wilson_interval(0.9, 1000)]
    [0.8798, 0.9171]
    """
    square = _Z * _Z
    middle = share + square / (2.0 * count)
    side = _Z * sqrt(share * (1.0 - share) / count + square / (4.0 * count**2))
    scale = 1.0 + square / count
    # At shares of 0 and 1 the ends are exact but for rounding.
    return (
        0.0 if share == 0.0 else max(0.0, (middle - side) / scale),
        1.0 if share == 1.0 else min(1.0, (middle + side) / scale),
    )


def weighted_quantiles(
    values: FloatColumn, weights: FloatColumn, shares: Sequence[float]
) -> list[float]:
    """Quantiles of weighted draws.

    Args:
        values, weights: ``(draws,)``; the weights sum to 1.
        shares: Which quantiles, 0 to 1.

    >>> weighted_quantiles(np.array([3.0, 1.0]), np.array([0.5, 0.5]), [0.5])
    [2.0]
    """
    order = np.argsort(values)
    below = np.cumsum(weights[order]) - 0.5 * weights[order]
    quantiles: list[float] = np.interp(shares, below, values[order]).tolist()
    return quantiles


def normal_quantile(probability: FloatArray) -> FloatArray:
    """The number below which a standard normal one lies with a probability.

    Each by itself, as Python has it: the relative error is below 1e-14 from 1e-300 up,
    and no result depends on its neighbours.

    Args:
        probability: Above 0 and below 1, any shape; the result has the same shape.

    Reference: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal
    Distribution", Applied Statistics 37 (1988) 477-484.

    >>> normal_quantile(np.array([0.5, 0.975])).round(6).tolist()
    [0.0, 1.959964]
    """
    spend(4 * probability.size)
    inverse = _STANDARD.inv_cdf
    flat = [inverse(share) for share in probability.ravel().tolist()]
    return np.array(flat).reshape(probability.shape)


def student_quantile(chance: FloatArray) -> FloatArray:
    """Quantiles of Student's t distribution with four degrees of freedom.

    Args:
        chance: Above 0 and below 1, any shape; the result has the same shape.

    Reference: W. T. Shaw, "Sampling Student's T distribution - use of the inverse
    cumulative distribution function", Journal of Computational Finance 9 (2006) 37-73.
    """
    spread = np.sqrt(np.minimum(4.0 * chance * (1.0 - chance), 1.0))
    size = np.cos(np.arccos(spread) / 3.0) / spread
    return np.asarray(
        np.sign(chance - 0.5) * 2.0 * np.sqrt(np.maximum(size - 1.0, 0.0))
    )
