"""Points that fill a cube evenly, shifted at random so that their scatter is an error.

A rank-1 lattice of n points in d dimensions is the set of the fractions of

    i * (1, a, a**2, ..., a**(d - 1)) / n + shift,    i = 0, ..., n - 1,

with the powers taken modulo n. The mean of a smooth function over it converges faster
than that over independent points; means over lattices with independent shifts have no
bias, and their scatter is the standard error.

References: N. M. Korobov, Doklady Akademii Nauk SSSR 124 (1959) 1207-1210; R. Cranley
and T. N. L. Patterson, SIAM Journal on Numerical Analysis 13 (1976) 904-914, for the
shifts.
"""

import numpy as np

from interviewfit._numeric.arrays import FloatArray


def shifted_lattices(points: int, generator: int, shifts: FloatArray) -> FloatArray:
    """Lattices with a shift each, ``(shifts, points, dimensions)``, from 0 to 1.

    Args:
        points: Points of each lattice.
        generator: The number whose powers make the lattice.
        shifts: Of each lattice, 0 to 1, ``(shifts, dimensions)``.

    >>> shifted_lattices(4, 3, np.zeros((1, 2)))[0].tolist()
    [[0.0, 0.0], [0.25, 0.75], [0.5, 0.5], [0.75, 0.25]]
    """
    vector = [pow(generator, axis, points) for axis in range(shifts.shape[1])]
    lattice = np.arange(points)[:, None] * np.array(vector) / points
    return np.asarray((lattice + shifts[:, None]) % 1.0)
