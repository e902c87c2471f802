"""The normal distribution: density, distribution function and loss function.

NumPy has no normal distribution function. This one is, for x <= 0,

    cdf(x) = exp(-x * x / 2) * s * P(u),    s = 1 / (abs(x) + 5),  u = A * s - B

with P of degree 22, and 1 - cdf(-x) on the right. P was fitted by Chebyshev
interpolation to values of 60 digits. Rounding of the square is corrected after the
exponential (Veltkamp's split): the relative error stays within 2e-15 down to x = -20.
No result depends on its neighbours.

References: T. J. Dekker, "A Floating-Point Technique for Extending the Available
Precision", Numerische Mathematik 18 (1971) 224-242, for the split; H. Raiffa and
R. Schlaifer, "Applied Statistical Decision Theory" (1961), for the loss function.
"""

from math import erfc, exp

import numpy as np

from interviewfit._numeric.arrays import FloatArray, N, maximum

_SHIFT, _SCALE, _OFFSET = 5.0, 11.295336787564766, 1.2590673575129534
_COEFFICIENTS = (
    0.8525150922868053,
    0.7015395737078477,
    0.48382898797623447,
    0.27684529852442,
    0.12833509281497552,
    0.04578085970954485,
    0.010994550217579028,
    0.0008507673427080576,
    -0.0005214638323523245,
    -0.00019113832940447775,
    4.646699057209678e-06,
    1.7606474392573087e-05,
    1.8065236926193301e-06,
    -1.5649741619248838e-06,
    -2.8751130963473647e-07,
    1.581523331996983e-07,
    3.380074214278457e-08,
    -1.8437566980158723e-08,
    -3.3701100671862767e-09,
    2.145137357904312e-09,
    2.573245396426815e-10,
    -1.673159247038217e-10,
    -1.0573195975118899e-11,
)
# 2**27 + 1 splits a double into two halves whose products are exact.
_SPLITTER = 134217729.0
# exp(-38.6**2 / 2) is the last positive number; further out the split overflows.
_FARTHEST = 38.6
# Stands for a standard deviation of 0, so that means divided by it stay numbers.
_SMALLEST_SD = 1e-200
_DENSITY_AT_0 = 0.3989422804014327
_ROOT_HALF = 0.7071067811865476
# Points worked on together, so that intermediate results stay in cache.
_BLOCK = 4096
# Up to so many points plain Python floats are quicker; the results are the same.
_FEW_POINTS = 16


def pdf_cdf(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Density and distribution function, each in the shape of *x*."""
    flat = x.reshape(-1)
    density, below = np.empty_like(flat), np.empty_like(flat)
    for start in range(0, flat.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        points = flat[block]
        size = np.minimum(np.abs(points), _FARTHEST)
        square = size * size
        rounded = np.exp(-0.5 * square)
        if points.size <= _FEW_POINTS:
            columns = size.tolist(), square.tolist(), rounded.tolist()
            pairs = [_density_and_tail(*row) for row in zip(*columns, strict=True)]
            density[block], tail = np.array(pairs).T
        else:
            density[block], tail = _density_and_tail(size, square, rounded)
        below[block] = np.where(np.signbit(points), tail, 1.0 - tail)
    return density.reshape(x.shape), below.reshape(x.shape)


def _density_and_tail(size: N, square: N, rounded: N) -> tuple[N, N]:
    """Density at a distance from the mean, and probability to lie further out.

    Args:
        size: Distance on either side, 0 to 38.6 standard deviations.
        square: Its rounded square.
        rounded: ``exp(-square / 2)``, still without what the rounding took off.

    Returns:
        The same bits for a float as for an element of an array.
    """
    # high is the upper half of the digits of size, low the lower half.
    scaled = size * _SPLITTER
    high = scaled - (scaled - size)
    low = size - high
    correction = high * high - square + 2.0 * high * low + low * low
    density = rounded * (correction * -0.5 + 1.0)
    inverse = 1.0 / (size + _SHIFT)
    u = inverse * _SCALE - _OFFSET
    tail = u * _COEFFICIENTS[-1]
    for coefficient in _COEFFICIENTS[-2:0:-1]:
        tail += coefficient
        tail *= u
    tail += _COEFFICIENTS[0]
    tail *= inverse
    tail *= density
    return density * _DENSITY_AT_0, tail


def small_pdf_cdf(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """As ``pdf_cdf``, of the same shape, and quicker for a handful of points.

    The argument is rounded once more on its way to ``erfc``, which causes relative
    errors of 1e-16 times its square: 4e-14 at -20.
    """
    numbers = x.ravel().tolist()
    below = [0.5 * erfc(-_ROOT_HALF * z) for z in numbers]
    density = [_DENSITY_AT_0 * exp(-0.5 * z * z) for z in numbers]
    pair = np.array((density, below)).reshape(2, *x.shape)
    return pair[0], pair[1]


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
    below = 0.5 * erfc(_ROOT_HALF * strike)
    density = _DENSITY_AT_0 * exp(-0.5 * strike * strike)
    return positive_sd * (density - strike * below if below > 0.0 else density)


def quantile(probability: FloatArray) -> FloatArray:
    """The number below which a standard normal one lies with a probability.

    A rational function gives three digits, and two of Halley's steps the rest: the
    relative error is below 1e-12 from 1e-300 up.

    Args:
        probability: Above 0 and below 1, any shape; the result has the same shape.

    Reference: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions"
    (1964), 26.2.23, for the rational function.

    >>> quantile(np.array([0.5, 0.975])).round(6).tolist()
    [0.0, 1.959964]
    """
    tail = np.minimum(probability, 1.0 - probability)
    size = np.sqrt(-2.0 * np.log(tail))
    above = (0.010328 * size + 0.802853) * size + 2.515517
    below = ((0.001308 * size + 0.189269) * size + 1.432788) * size + 1.0
    x = above / below - size
    for _ in range(2):
        density, mass = pdf_cdf(x)
        step = (mass - tail) / density
        x = x - step / (1.0 + 0.5 * x * step)
    # Half the mass lies below 0, whatever the last digit says.
    x = np.where(tail == 0.5, 0.0, x)
    return np.asarray(np.where(probability > 0.5, -x, x))
