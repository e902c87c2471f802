"""Means of one process on a grid, and expectations of what stands on it.

A function of the mean is kept at the points of a grid, straight between them and beyond
its ends. Its expectation after a step is then a sum over the points with weights that
are at least 0: with c_j = E[max(0, X - g_j)] the price of a call struck at point g_j,

    w_j = (c_(j-1) - c_j) / (g_j - g_(j-1)) - (c_j - c_(j+1)) / (g_(j+1) - g_j)

so nothing is lost by the integral, and what is better at every point is better in
expectation. What lies between two points is moved to them, which adds a variance of
h^2 / 6 on average on an even grid of distance h; that much is taken off the news. Where
no news is normal, the grid has every mean that can be reached, and nothing is moved.

Reference: H. J. Kushner and P. G. Dupuis, "Numerical Methods for Stochastic Control
Problems in Continuous Time" (2001), chapter 5, for such chains.
"""

from itertools import product

import numpy as np
from attrs import frozen

from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.chains import ChainParameters
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Beyond so many standard deviations nothing is worth a thousandth of an hour.
_REACH = 6.5
# More combinations of facts than this are not told apart.
_MOST_POINTS = 400


@frozen(eq=False, repr=False)
class MeanGrid:
    """Points at which the means of one process are kept, and its steps between them.

    Attributes:
        points: Hours, ascending, ``(points,)``.
        start: Index of the mean as it is now.
        kernels: Of each step that is kept, the weights of the expectation, ``(points,
            points)``: a row for each mean before the step.
    """

    points: FloatColumn
    start: int
    kernels: tuple[FloatArray, ...]

    @classmethod
    def of(cls, process: TimedProcess, steps: int, points: int) -> "MeanGrid":
        """The grid of a process, around its mean as it is now.

        It reaches so far to both sides that the rest of the news does not matter, and
        the present mean is one of its points.

        Args:
            process: From where it stands.
            steps: How many of its steps can be taken.
            points: How many points there are, unless all means can be listed.
        """
        chain = process.chain
        jumps = [_jumps(chain, step) for step in range(steps)]
        sd = float(np.hypot.reduce(np.array([0.0, *chain.reveal[:steps]])))
        combinations = np.prod([max(1, len(shifts)) for _, shifts in jumps], dtype=int)
        if not sd and combinations <= _MOST_POINTS:
            grid = _reachable(chain.mean, [shifts for _, shifts in jumps])
        else:
            low = sum(min(0.0, *shifts) for _, shifts in jumps) - _REACH * sd
            high = sum(max(0.0, *shifts) for _, shifts in jumps) + _REACH * sd
            width = max(high - low, 1.0) / (points - 1)
            below = np.ceil(max(0.0, -low) / width)
            above = np.ceil(max(0.0, high) / width)
            grid = chain.mean + width * np.arange(-below, above + 1.0)
        start = int(np.abs(grid - chain.mean).argmin())
        kernels = tuple(
            _kernel(grid, *jumps[step], chain.reveal[step]) for step in range(steps)
        )
        return cls(grid, start, kernels)


def _jumps(chain: ChainParameters[float], step: int) -> tuple[FloatColumn, FloatColumn]:
    """Chances and shifts of the mean in a step, its normal news aside.

    Each fact doubles their number; what cannot happen is left out.

    Args:
        chain: The numbers of the process.
        step: The index of the step, which may tell of several facts at once.
    """
    chances, shifts = np.ones(1), np.full(1, chain.drift[step])
    for chance, size in chain.facts[step] if chain.facts else ():
        chances = np.concatenate(((1.0 - chance) * chances, chance * chances))
        low = shifts - chance * size
        shifts = np.concatenate((low, low + size))
    kept = chances > 0.0
    return chances[kept], shifts[kept]


def _reachable(mean: float, shifts: list[FloatColumn]) -> FloatColumn:
    """Every mean that jumps alone can lead to, at any step, hours, ascending.

    Args:
        mean: Now, hours.
        shifts: Of each step.
    """
    found = {0.0}
    for steps in range(1, len(shifts) + 1):
        found |= {sum(path) for path in product(*(s.tolist() for s in shifts[:steps]))}
    points = np.unique(mean + np.array(sorted(found)))
    # Two sums in another order are one point.
    apart = np.append(True, np.diff(points) > 1e-9 * (1.0 + np.abs(points[1:])))
    points = points[apart]
    return points if points.size > 1 else np.array([mean, mean + 1.0])


def _kernel(
    grid: FloatColumn, chances: FloatColumn, shifts: FloatColumn, sd: float
) -> FloatArray:
    """The weights of the expectation after a step.

    Args:
        grid: The points, hours.
        chances, shifts: Of the jumps, which hold the drift, hours.
        sd: Of the normal news, hours.

    Returns:
        Shape ``(points, points)``; the weights of a row sum to 1.
    """
    width = np.diff(grid)
    if sd and np.allclose(width, width[0]):
        # On an even grid the price depends on the distance alone.
        spacing = float(width[0])
        sd = float(np.sqrt(max(sd * sd - spacing * spacing / 6.0, 0.0)))
        count = grid.size
        offsets = width[0] * np.arange(-count, count + 1.0)
        prices = _prices(offsets[:, None] + shifts, sd) @ chances
        rows = np.arange(count)
        calls = prices[rows[:, None] - rows + count]
        before = prices[rows + 1 + count][:, None]
        after = prices[rows - count + count][:, None]
        calls = np.hstack((before, calls, after))
        widths = np.concatenate((width[:1], width, width[:1]))
    else:
        first, last = 2.0 * grid[0] - grid[1], 2.0 * grid[-1] - grid[-2]
        knots = np.concatenate(([first], grid, [last]))
        over = grid[:, None, None] - knots[None, :, None] + shifts
        calls = _prices(over, sd) @ chances
        widths = np.diff(knots)
    falls = -np.diff(calls, axis=1) / widths
    weights = falls[:, :-1] - falls[:, 1:]
    # Beyond its ends the function goes on straight; mass there is put on the end.
    weights[:, 0] += 1.0 - falls[:, 0]
    weights[:, -1] += falls[:, -1]
    return np.asarray(np.clip(weights, 0.0, 1.0))


def _prices(over: FloatArray, sd: float) -> FloatArray:
    """E[max(0, over + sd * Z)], in any shape.

    Args:
        over, sd: Hours.
    """
    if not sd:
        return np.maximum(over, 0.0)
    return np.asarray(sd * normal.unit_normal_loss(-over / sd))
