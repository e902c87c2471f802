"""Mixtures of Beta distributions: the posterior of a probability from open cases.

With a prior Beta(a, b) of a probability p, s successes and f failures give the
posterior Beta(a + s, b + f). A case that is still open multiplies the posterior by

    p * x + (1 - p) * y

with x the probability that it is still open if it will succeed, y if it will fail. The
product over all m open cases is a polynomial in p and 1 - p with positive coefficients
c_k of p^k (1 - p)^(m - k), so the posterior is exactly a mixture,

    sum over k of w_k Beta(a + s + k, b + f + m - k),
    w_k in proportion to c_k B(a + s + k, b + f + m - k).

Logarithms keep the coefficients in range; none is ever subtracted. O(m^2).

Reference: P. Diaconis and D. Ylvisaker, "Quantifying Prior Opinion", Bayesian
Statistics 2 (1985) 133-156, for mixtures as priors.
"""

from collections.abc import Sequence
from math import lgamma, sqrt

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray

# A prior mean of exactly 0 or 1 could never be moved, so a shape of 0 becomes this.
_SMALLEST_SHAPE = 1e-3
_NEGLIGIBLE_WEIGHT = 1e-17
_MOST_TERMS = 100_000
_BISECTIONS = 40


@frozen
class BetaMixture:
    """Distribution of an unknown probability.

    Attributes:
        weights: Weights of the components, which sum to 1.
        alphas, betas: First and second shape of each component.
    """

    weights: tuple[float, ...]
    alphas: tuple[float, ...]
    betas: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Its mean, which is the probability that the next case succeeds."""
        weights, alphas, betas = self._arrays()
        return float(np.sum(weights * alphas / (alphas + betas)))

    @property
    def sd(self) -> float:
        """Its standard deviation."""
        weights, alphas, betas = self._arrays()
        total = alphas + betas
        means = alphas / total
        variances = means * (betas / total) / (total + 1.0)
        return sqrt(float(np.sum(weights * (variances + (means - self.mean) ** 2))))

    def cdf(self, probability: float) -> float:
        """Probability that the unknown probability lies below a value from 0 to 1."""
        weights, alphas, betas = self._arrays()
        return float(np.sum(weights * _incomplete_beta(alphas, betas, probability)))

    def quantile(self, share: float) -> float:
        """Value below which it lies with probability *share*, by bisection to 1e-12.

        >>> round(beta_posterior(1, 1, 0, 0, []).quantile(0.25), 9)
        0.25
        """
        low, high = 0.0, 1.0
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self.cdf(middle) < share else (low, middle)
        return (low + high) / 2.0

    def _arrays(self) -> FloatArray:
        """Weights, first and second shapes, ``(3, components)``."""
        return np.array((self.weights, self.alphas, self.betas), dtype=np.float64)


def beta_posterior(
    alpha: float,
    beta: float,
    successes: int,
    failures: int,
    open_cases: Sequence[tuple[float, float]],
) -> BetaMixture:
    """Posterior of a probability with the prior Beta(*alpha*, *beta*).

    Args:
        alpha, beta: First and second shape of the prior, at least 0.
        successes, failures: How many cases succeeded, and how many failed.
        open_cases: For each, the probability that it is still open if it will succeed,
            and if it will fail.

    >>> beta_posterior(5, 5, 10, 13, []).mean == 15 / 33
    True
    """
    logs = np.zeros(1)
    for if_success, if_failure in np.log(np.reshape(open_cases, (-1, 2))).tolist():
        product = np.full(len(logs) + 1, -np.inf)
        product[1:] = logs + if_success
        product[:-1] = np.logaddexp(product[:-1], logs + if_failure)
        logs = product
    power = np.arange(len(logs), dtype=np.float64)
    alphas = max(alpha, _SMALLEST_SHAPE) + successes + power
    betas = max(beta, _SMALLEST_SHAPE) + failures + power[::-1]
    logs += _log_beta(alphas, betas)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    kept = weights > _NEGLIGIBLE_WEIGHT
    weights = weights[kept] / weights[kept].sum()
    columns = weights, alphas[kept], betas[kept]
    return BetaMixture(*(tuple(column.tolist()) for column in columns))


def _log_beta(a: FloatArray, b: FloatArray) -> FloatArray:
    """Logarithm of the beta function B(a, b).

    Args:
        a, b: Above 0, of one shape.
    """
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    return np.array([lgamma(x) + lgamma(y) - lgamma(x + y) for x, y in pairs])


def _incomplete_beta(alphas: FloatArray, betas: FloatArray, x: float) -> FloatArray:
    """Regularised incomplete beta function I_x(a, b), by its continued fraction.

    NIST Digital Library of Mathematical Functions, 8.17.22, by Lentz's method:

        I_x(a, b) = x^a (1 - x)^b / (a B(a, b)) / (1 + d_1 / (1 + d_2 / (1 + ...)))

    It converges fast for x below (a + 1) / (a + b + 2), and elsewhere
    I_x(a, b) = 1 - I_(1-x)(b, a) leads there.

    Args:
        alphas, betas: Shapes a and b, above 0, shape ``(components,)``.
        x: From 0 to 1.
    """
    if x <= 0.0 or x >= 1.0:
        return np.full(len(alphas), float(x >= 1.0))
    flip = x > (alphas + 1.0) / (alphas + betas + 2.0)
    a, b = np.where(flip, betas, alphas), np.where(flip, alphas, betas)
    x_near, x_far = np.where(flip, 1.0 - x, x), np.where(flip, x, 1.0 - x)
    fraction, top, bottom = np.ones_like(a), np.ones_like(a), np.zeros_like(a)
    for number in range(1, _MOST_TERMS):
        m = number // 2
        if number % 2:
            d = -(a + m) * (a + b + m) * x_near / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x_near / ((a + 2 * m - 1) * (a + 2 * m))
        bottom = 1.0 / (1.0 + d * bottom)
        top = 1.0 + d / top
        step = top * bottom
        fraction *= step
        if np.all(np.abs(step - 1.0) < 1e-15):
            break
    lead = np.exp(a * np.log(x_near) + b * np.log(x_far) - _log_beta(a, b)) / a
    share = lead / fraction
    return np.asarray(np.where(flip, 1.0 - share, share))
