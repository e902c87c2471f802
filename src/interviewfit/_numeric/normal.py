"""The normal distribution: density, distribution function and loss function.

NumPy has no normal distribution function. This one is, for x >= 0,

    1 - cdf(x) = exp(-x * x / 2) * P(x) / Q(x)

with P of degree 9 and Q of degree 10, all of whose coefficients are positive, so that
nothing cancels. They were fitted to Mills' ratio in 60 digits over 0 to 38.7, by least
squares reweighted towards the largest relative error, which is 5e-17 before they are
rounded. Rounding of the square is corrected after the exponential (Dekker's split): the
relative error stays within 2e-15 down to x = -20. No result depends on its neighbours.

References: C. L. Lawson, "Contributions to the Theory of Linear Least Maximum
Approximation", thesis, UCLA (1961), for the fit; T. J. Dekker, "A Floating-Point
Technique for Extending the Available Precision", Numerische Mathematik 18 (1971)
224-242, for the split; H. Raiffa and R. Schlaifer, "Applied Statistical Decision
Theory" (1961), for the loss function.
"""

from math import erfc, exp

import numpy as np

from interviewfit._numeric.arrays import FloatArray, N, maximum
from interviewfit._numeric.effort import spend

ROOT_HALF, ROOT_TWO_PI = 0.7071067811865476, 2.5066282746310002
"""The square roots of 1/2 and of 2 pi."""


def _constants(text: str) -> tuple[FloatArray, ...]:
    """Arrays without a dimension, because NumPy takes twice as long to read a float."""
    return tuple(np.array(float(word)) for word in text.split())


# P and Q from the highest power down, Q without its first, which is 1. The last of P is
# half the last of Q, so that half of all lies below 0 to the last bit.
_NUMERATOR = _constants("""
    0.39894228040019186 10.73752287941318 141.47566262048787 1180.5714291140196
    6824.191182463336 28240.609791655228 83678.74397434152 171894.1669606765
    224332.96261233062 144835.5547875096
""")
_DENOMINATOR = _constants("""
    26.914978448393377 355.6268961562463 2986.168699556616 17458.337591764608
    73694.1312993673 226158.03437052184 496012.9667568517 741346.749668119
    679790.0312652022 289671.1095750192
""")
# Added to a number up to 64 and taken off again, it leaves the upper 26 digits: their
# square is exact.
_SPLITTER = np.array(1.5 * 2.0**32)
# exp(-38.6**2 / 2) is the last positive number; further out the split overflows.
_FARTHEST = np.array(38.6)
# Stands for a standard deviation of 0, so that means divided by it stay numbers.
_SMALLEST_SD = 1e-200
_DENSITY_AT_0 = 0.3989422804014327
_SCALE, _MINUS_HALF, _ONE = _constants("0.3989422804014327 -0.5 1.0")
# Points worked on together, so that intermediate results stay in cache.
_BLOCK = 8192
# Up to so many points all is worked out in Python's own floats.
_HANDFUL = 16


def pdf_cdf(
    x: FloatArray, out: tuple[FloatArray, FloatArray] | None = None
) -> tuple[FloatArray, FloatArray]:
    """Density and distribution function, each in the shape of *x*.

    Args:
        x: Any shape.
        out: Contiguous arrays of that shape to write the two into, if there are any.
    """
    flat = x.reshape(-1)
    spend(2 * flat.size)
    if out is None:
        out = np.empty(x.shape), np.empty(x.shape)
    density, below = (result.reshape(-1) for result in out)
    for start in range(0, flat.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        points = flat[block]
        density[block], tail = _density_and_tail(points)
        above = np.subtract(1.0, tail, out=below[block])
        np.copyto(above, tail, where=points < 0.0)
    return out


def _density_and_tail(points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Density at some points, and probability to lie further out on their side."""
    size = np.minimum(np.abs(points), _FARTHEST)
    square = size * size
    rounded = np.exp(square * _MINUS_HALF)
    # high is the upper half of the digits of size, low the lower half.
    high = size + _SPLITTER
    high -= _SPLITTER
    low = size - high
    density = high * high
    density -= square
    high += size
    high *= low
    density += high
    density *= _MINUS_HALF
    density += _ONE
    density *= rounded
    tail = size * _NUMERATOR[0]
    tail += _NUMERATOR[1]
    for coefficient in _NUMERATOR[2:]:
        tail *= size
        tail += coefficient
    divisor = size + _DENOMINATOR[0]
    for coefficient in _DENOMINATOR[1:]:
        divisor *= size
        divisor += coefficient
    tail /= divisor
    tail *= density
    density *= _SCALE
    return density, tail


def small_pdf_cdf(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """As ``pdf_cdf``, of the same shape, and quicker for a handful of points.

    The argument is rounded once more on its way to ``erfc``, which causes relative
    errors of 1e-16 times its square: 4e-14 at -20.
    """
    if x.size > _HANDFUL:
        scaled = (x * -ROOT_HALF).ravel().tolist()
        tail = np.array([erfc(z) for z in scaled]).reshape(x.shape)
        return _DENSITY_AT_0 * np.exp(-0.5 * x * x), 0.5 * tail
    numbers = x.ravel().tolist()
    below = [0.5 * erfc(-ROOT_HALF * z) for z in numbers]
    density = [_DENSITY_AT_0 * exp(-0.5 * z * z) for z in numbers]
    pair = np.array((density, below)).reshape(2, *x.shape)
    return pair[0], pair[1]


def pdf_cdf_of(x: float) -> tuple[float, float]:
    """As ``small_pdf_cdf``, for a single float."""
    return _DENSITY_AT_0 * exp(-0.5 * x * x), 0.5 * erfc(-ROOT_HALF * x)


def cdf(x: float | FloatArray) -> FloatArray:
    """Probability that a standard normal number lies below *x*, of any shape.

    Relative error at most 2e-15 for x in [-20, 8] and 20 units in the last
    place down to -37; exact at both infinities; NaN stays NaN.

    >>> cdf(0.0).item()
    0.5
    """
    return pdf_cdf(np.asarray(x, dtype=np.float64))[1]


def pdf(x: float | FloatArray) -> FloatArray:
    """Density of a standard normal number at *x*, of any shape.

    >>> round(pdf(0.0).item(), 6)
    0.398942
    """
    return pdf_cdf(np.asarray(x, dtype=np.float64))[0]


def unit_normal_loss(x: float | FloatArray) -> FloatArray:
    """Unit normal linear loss integral, ``E[max(0, Z - x)] = pdf(x) - x * cdf(-x)``.

    The value of a call on a standard normal number with strike *x*, in the unit of Z.
    The two terms cancel for large *x*: at 30 three digits are lost.

    Args:
        x: Strike, any shape; the result has the same shape.

    >>> round(unit_normal_loss(0.0).item(), 6)
    0.398942
    """
    distance = np.asarray(-np.asarray(x, dtype=np.float64))
    density, below = pdf_cdf(distance) if distance.ndim else small_pdf_cdf(distance)
    # Infinity times a probability of 0 counts as 0.
    product = np.zeros_like(density)
    np.multiply(distance, below, out=product, where=below > 0.0)
    return np.asarray(density + product)


def expected_positive_part(mean: N, sd: N) -> N:
    """``E[max(0, mean + sd * Z)]``: the value of a free choice to take it or not.

    Args:
        mean: Mean of the uncertain amount.
        sd: Its standard deviation, at least 0, in the same unit; so is the result.

    >>> round(expected_positive_part(1.0, 2.0), 6), expected_positive_part(1.0, 0.0)
    (1.395593, 1.0)
    """
    positive_sd = maximum(sd, _SMALLEST_SD)
    strike = -mean / positive_sd
    if isinstance(strike, np.ndarray):
        return positive_sd * unit_normal_loss(strike)
    # The same for a single number, for which NumPy takes ten times as long.
    density, below = pdf_cdf_of(-strike)
    return positive_sd * (density - strike * below if below > 0.0 else density)
