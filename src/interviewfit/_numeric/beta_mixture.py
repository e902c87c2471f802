"""What is believed of a chance: mixtures of Beta distributions.

A chance p with belief Beta(a, b) that was right s times and wrong f times is believed
Beta(a + s, b + f). A case that has not ended yet multiplies the belief by

    p * x + (1 - p) * y

with x how likely it is to be undecided by now if it will be right, y if it will be
wrong. The product over all m such cases is a polynomial in p and 1 - p with positive
coefficients c_k of p^k (1 - p)^(m - k), so the belief is exactly a mixture,

    sum over k of w_k Beta(a + s + k, b + f + m - k),
    w_k in proportion to c_k B(a + s + k, b + f + m - k).

Logarithms keep the coefficients in range; none is ever subtracted. O(m^2).

Reference: P. Diaconis and D. Ylvisaker, "Quantifying Prior Opinion", Bayesian
Statistics 2 (1985) 133-156, for mixtures as beliefs.
"""

from collections.abc import Sequence
from math import lgamma, sqrt

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray

__all__ = ["BetaMixture", "updated"]

# A belief of exactly 0 or 1 could never be moved; it is taken as nearly so.
_SMALLEST_SHAPE = 1e-3
_NEGLIGIBLE = 1e-17
_MOST_TERMS = 100_000
_HALVINGS = 40


@frozen
class BetaMixture:
    """A belief of a chance.

    Attributes:
        weights: Of its parts, adding up to 1.
        alphas: First shape of each part.
        betas: Second shape of each part.
    """

    weights: tuple[float, ...]
    alphas: tuple[float, ...]
    betas: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Its expectation, which is the chance to use for the next case."""
        weights, alphas, betas = self._arrays()
        return float(np.sum(weights * alphas / (alphas + betas)))

    @property
    def sd(self) -> float:
        """Its standard deviation."""
        weights, alphas, betas = self._arrays()
        whole = alphas + betas
        means = alphas / whole
        own = means * (betas / whole) / (whole + 1.0)
        apart = (means - self.mean) ** 2
        return sqrt(float(np.sum(weights * (own + apart))))

    def below(self, chance: float) -> float:
        """How sure it is that the chance is below a value."""
        weights, alphas, betas = self._arrays()
        return float(np.sum(weights * _below(alphas, betas, chance)))

    def quantile(self, share: float) -> float:
        """The chance below which it lies with a given sureness, within 1e-12.

        >>> round(updated(1, 1, 0, 0, []).quantile(0.25), 9)
        0.25
        """
        low, high = 0.0, 1.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            if self.below(middle) < share:
                low = middle
            else:
                high = middle
        return (low + high) / 2.0

    def _arrays(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        weights, alphas, betas = np.array(
            (self.weights, self.alphas, self.betas), dtype=np.float64
        )
        return weights, alphas, betas


def updated(
    alpha: float,
    beta: float,
    right: int,
    wrong: int,
    undecided: Sequence[tuple[float, float]],
) -> BetaMixture:
    """A belief of Beta(*alpha*, *beta*) after some cases.

    Args:
        alpha, beta: Shapes of the belief before.
        right, wrong: How many cases turned out so.
        undecided: For each other case, how likely it is to be undecided by now if it
            will be right, and if it will be wrong; both above 0.

    >>> updated(5, 5, 10, 13, []).mean == 15 / 33
    True
    """
    logs = np.zeros(1)
    for if_right, if_wrong in np.log(np.reshape(undecided, (-1, 2))).tolist():
        longer = np.full(len(logs) + 1, -np.inf)
        longer[1:] = logs + if_right
        longer[:-1] = np.logaddexp(longer[:-1], logs + if_wrong)
        logs = longer
    count = np.arange(len(logs), dtype=np.float64)
    alphas = max(alpha, _SMALLEST_SHAPE) + right + count
    betas = max(beta, _SMALLEST_SHAPE) + wrong + count[::-1]
    whole = alphas[0] + betas[0]
    logs += [
        lgamma(one) + lgamma(other) - lgamma(whole)
        for one, other in zip(alphas.tolist(), betas.tolist(), strict=True)
    ]
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    kept = weights > _NEGLIGIBLE
    weights = weights[kept] / weights[kept].sum()
    return BetaMixture(
        tuple(weights.tolist()),
        tuple(alphas[kept].tolist()),
        tuple(betas[kept].tolist()),
    )


def _below(alphas: FloatArray, betas: FloatArray, x: float) -> FloatArray:
    """The regularised incomplete beta function I_x, by its continued fraction.

    NIST Digital Library of Mathematical Functions, 8.17.22; it converges fast for x
    below (a + 1) / (a + b + 2), and I_x(a, b) = 1 - I_(1-x)(b, a) leads there.
    """
    if x <= 0.0 or x >= 1.0:
        return np.full(len(alphas), float(x >= 1.0))
    flip = x > (alphas + 1.0) / (alphas + betas + 2.0)
    a, b = np.where(flip, betas, alphas), np.where(flip, alphas, betas)
    near, far = np.where(flip, 1.0 - x, x), np.where(flip, x, 1.0 - x)
    scale = np.array(
        [
            lgamma(one + other) - lgamma(one) - lgamma(other)
            for one, other in zip(a.tolist(), b.tolist(), strict=True)
        ]
    )
    lead = np.exp(a * np.log(near) + b * np.log(far) + scale) / a
    found = lead / _fraction(a, b, near)
    return np.asarray(np.where(flip, 1.0 - found, found))


def _fraction(a: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    """1 + d_1 / (1 + d_2 / (1 + ...)) by Lentz's method."""
    value, top, bottom = np.ones_like(a), np.ones_like(a), np.zeros_like(a)
    for number in range(1, _MOST_TERMS):
        m = number // 2
        if number % 2:
            d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        bottom = 1.0 / (1.0 + d * bottom)
        top = 1.0 + d / top
        step = top * bottom
        value *= step
        if np.all(np.abs(step - 1.0) < 1e-15):
            break
    return value
