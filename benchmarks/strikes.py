"""The other way to keep a value: as a positive measure of strikes.

W(m) = exit + the integral of max(0, m - u) over a measure of strikes u. A step
convolves it with the reveal's bell, scales it by the chance to survive, and gathers all
mass left of the threshold into one atom there: weights stay positive, so convexity is
exact. On a computer the measure has to live on finitely many strikes. Here these are
evenly spaced, and a bell is shared out among them so that mass and mean are kept, which
makes every value an upper bound.

``python -m benchmarks.strikes`` prints its error and time beside the library's own.
"""

import sys
from functools import partial

import numpy as np

from benchmarks.solver import median_time, steps_of
from interviewfit import corporate, technical
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.normal import unit_normal_loss
from interviewfit._solver.solution import solve

Columns = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]


def by_strikes(steps: Columns, mean: float, atoms: int) -> float:
    """W at the first step, from so many strikes."""
    reward, survive, drift, reveal, leave = (part[0] for part in steps)
    spread = 9.0 * float(np.sqrt((reveal * reveal).sum()))
    grid = np.linspace(-spread, spread, atoms)
    wider = np.concatenate(([2 * grid[0] - grid[1]], grid, [2 * grid[-1] - grid[-2]]))
    gap = grid[1] - grid[0]
    strikes, masses, floor = np.zeros(1), np.ones(1), 0.0
    for k in range(reward.size - 1, -1, -1):
        under = reward[k] + survive[k] * floor
        moved = strikes - drift[k]
        blur = max(float(reveal[k]), 1e-9 * gap)
        # Second differences of the expected excess share a bell out among neighbours.
        seen = blur * unit_normal_loss((wider - moved[:, None]) / blur)
        shares = np.diff(seen, 2, axis=1) / gap
        strikes, masses = grid, survive[k] * (masses @ shares)
        floor = under
        if leave[k] > under:
            slope = np.cumsum(masses)
            worth = np.concatenate(([0.0], np.cumsum(slope[:-1] * gap)))
            first = int(np.searchsorted(worth, leave[k] - under))
            at = (
                grid[first - 1]
                + (leave[k] - under - worth[first - 1]) / slope[first - 1]
            )
            strikes = np.concatenate(([at], grid[first:]))
            masses = np.concatenate(([slope[first - 1]], masses[first:]))
            floor = leave[k]
    return float(floor + masses @ np.maximum(0.0, mean - strikes))


def by_panels(steps: Columns, mean: float) -> float:
    """The same by the library."""
    return float(solve(*steps).evaluate([mean]).value[0])


def main() -> None:
    """Print everything."""
    lines = ["| process | kept as | off by, h | ms |", "|---|---|--:|--:|"]
    for name, stages in (("corporate", corporate()), ("technical", technical())):
        columns, mean = steps_of(stages)
        steps: Columns = (columns[0], columns[1], columns[2], columns[3], columns[4])
        exact = by_panels(steps, mean)
        time = 1e3 * median_time(partial(by_panels, steps, mean), 50)
        lines.append(f"| {name} | panels | – | {time:.2f} |")
        for atoms in (100, 200, 400, 800, 1600):
            work = partial(by_strikes, steps, mean, atoms)
            time = 1e3 * median_time(work, 5)
            lines.append(
                f"| {name} | {atoms} strikes | {work() - exact:+.1e} | {time:.2f} |"
            )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
