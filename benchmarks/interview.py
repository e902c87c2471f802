"""One staged interview, and the two ways to make it finite for the peers.

The fit is what the candidate will believe the surplus to be, in hours, once every
stage is done. Seen from the start it is normal, and the reading taken at stage k
moves the mean of the belief by `reveal[k] * Z`. The reading of the last stage
tells the fit itself, so the offer is worth `max(0, fit)`: the same value as the
chain that `interviewfit._solver` solves, and for the peers a smaller model than one
with a last reading and a decision after it.

* `Readings`: a few levels of the fit, a few levels of each reading. The policy
  looks at the whole history of readings: levels * readings ** (stages - 1) cells.
* `Beliefs`: a grid of means of the belief, found by hand to be all that the
  policy needs: stages * points ** 2 cells.
"""

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from attrs import frozen

Floats = npt.NDArray[np.float64]

PRIOR_MEAN = -60.0
PRIOR_SD = 600.0
REVEALED_OF_THE_REST = 0.35
PASS_RATES = (0.5, 0.6, 0.6, 0.7, 0.7, 0.8)
HOURS = (3.0, 4.0, 5.0, 6.0, 6.0, 6.0)
MOST_STAGES = len(HOURS)

GRID_HALF_WIDTH = 5.0
"""In standard deviations of the fit; the mass beyond is below 1e-6."""

_STANDARD = NormalDist()


@frozen(kw_only=True, eq=False)
class Interview:
    """A chain with one reveal per stage, no drift, and leaving free of charge.

    Attributes:
        mean: Mean of the belief at the start, in hours.
        reward: What each stage yields, in hours: here its cost, negative.
        survive: Chance of being passed on at each stage.
        reveal: Standard deviation of the change of the mean at each stage.
    """

    mean: float
    reward: Floats
    survive: Floats
    reveal: Floats

    @property
    def stages(self) -> int:
        return len(self.reward)

    @property
    def sd(self) -> float:
        """Standard deviation of the fit, seen from the start."""
        return math.sqrt(float(np.sum(self.reveal**2)))

    @property
    def reach(self) -> Floats:
        """Chance of getting to each stage if one never leaves."""
        return np.concatenate(([1.0], np.cumprod(self.survive[:-1])))


def interview_of(stages: int) -> Interview:
    """The first *stages* stages of the interview that is measured."""
    unknown = PRIOR_SD**2 * (1 - REVEALED_OF_THE_REST) ** np.arange(stages)
    return Interview(
        mean=PRIOR_MEAN,
        reward=-np.array(HOURS[:stages]),
        survive=np.array(PASS_RATES[:stages]),
        reveal=np.sqrt(REVEALED_OF_THE_REST * unknown),
    )


@frozen(kw_only=True, eq=False)
class Readings:
    """Levels of the fit, equally likely, and what each stage but the last shows.

    Attributes:
        fits: The fit at each level: the mean of its share of the normal curve, so
            that the levels have the mean of the fit exactly.
        likelihoods: For each reading, shape (levels, readings): its chance, given
            the fit. The readings are equally likely to begin with.
    """

    fits: Floats
    likelihoods: tuple[Floats, ...]


def readings_of(interview: Interview, *, levels: int, readings: int) -> Readings:
    """The interview with so many *levels* of the fit and of each reading."""
    density = [_STANDARD.pdf(cut) for cut in _cuts(levels)]
    fits = interview.mean - interview.sd * levels * np.diff([0.0, *density, 0.0])
    cuts = np.array(_cuts(readings))
    unknown = interview.sd**2
    likelihoods = []
    for reveal in interview.reveal[:-1]:
        # The noise for which the mean of the belief moves by `reveal` exactly.
        noise = unknown * (unknown - reveal**2) / reveal**2
        unknown -= reveal**2
        edges = interview.mean + math.hypot(interview.sd, math.sqrt(noise)) * cuts
        below = _cdf((edges - fits[:, None]) / math.sqrt(noise))
        likelihoods.append(np.diff(below, prepend=0.0, append=1.0, axis=1))
    return Readings(fits=fits, likelihoods=tuple(likelihoods))


@frozen(kw_only=True, eq=False)
class Beliefs:
    """A grid of means of the belief, the one at the start in the middle.

    Attributes:
        means: The grid, in hours.
        moves: For each stage, shape (points, points): chance of going from one
            mean to another. The weights of the trapezium rule, made to sum to 1:
            for a smooth value they lose nothing, so that only the kink at a
            threshold costs accuracy. Shares of cells were 2 to 5 times further off.
    """

    means: Floats
    moves: tuple[Floats, ...]


def beliefs_of(interview: Interview, *, points: int) -> Beliefs:
    """The interview on a grid with so many *points*."""
    steps = np.linspace(-GRID_HALF_WIDTH, GRID_HALF_WIDTH, points) * interview.sd
    moves = []
    for reveal in interview.reveal:
        density = np.exp(-0.5 * ((steps - steps[:, None]) / reveal) ** 2)
        moves.append(density / density.sum(axis=1, keepdims=True))
    return Beliefs(means=interview.mean + steps, moves=tuple(moves))


def _cuts(parts: int) -> list[float]:
    return [_STANDARD.inv_cdf(part / parts) for part in range(1, parts)]


def _cdf(x: Floats) -> Floats:
    values = [0.5 * math.erfc(-value / math.sqrt(2.0)) for value in x.ravel().tolist()]
    return np.array(values).reshape(x.shape)
