"""How widely a number is spread over draws, and how sure a share of them is."""

from math import sqrt

import numpy as np
from attrs import frozen

from interviewfit._model.units import Probability
from interviewfit._numeric.arrays import FloatColumn

__all__ = ["QuantileSummary", "wilson_interval"]

_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# Standard deviations that hold 95 % of a normal distribution.
_SIDES = 1.959963984540054


@frozen(kw_only=True)
class QuantileSummary:
    """A number over many draws.

    Attributes:
        mean: Its mean.
        error: Standard error of that mean; 0 for a single draw.
        sd: Its standard deviation.
        low: One draw in twenty is below.
        lower: One in four.
        median: One in two.
        upper: Three in four.
        high: All but one in twenty.
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
        """Of at least one value.

        >>> QuantileSummary.of(np.arange(101.0)).high
        95.0
        """
        # A sum of equal numbers rounds; their mean would lie beside all of them.
        low, high = float(values.min()), float(values.max())
        mean = low if low == high else float(values.mean())
        sd = 0.0 if low == high else float(values.std(ddof=1))
        at = np.quantile(values, _QUANTILES).tolist()
        return cls(
            mean=mean,
            error=sd / sqrt(values.size),
            sd=sd,
            low=at[0],
            lower=at[1],
            median=at[2],
            upper=at[3],
            high=at[4],
        )


def wilson_interval(share: Probability, count: int) -> tuple[Probability, Probability]:
    """Where the true share lies, with 95 % confidence, if *count* draws show this one.

    Reference: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927) 209-212.

    >>> [round(end, 4) for end in wilson_interval(0.9, 1000)]
    [0.8798, 0.9171]
    """
    square = _SIDES * _SIDES
    middle = share + square / (2.0 * count)
    side = _SIDES * sqrt(share * (1.0 - share) / count + square / (4.0 * count**2))
    whole = 1.0 + square / count
    # At 0 and 1 the ends are exact but for rounding.
    return (
        0.0 if share == 0.0 else max(0.0, (middle - side) / whole),
        1.0 if share == 1.0 else min(1.0, (middle + side) / whole),
    )
