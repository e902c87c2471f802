"""Chains in which passes tell of the fit, made from the numbers of a case."""

from collections.abc import Sequence

import numpy as np

from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.probit_factors import calibrated
from interviewfit._solver.mutual_chains import Belief
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual
from mutual_oracle import MutualCase


def belief_of(
    case: MutualCase, *, hint: float = 1.0, slope: float | None = None
) -> Belief:
    """What is believed at the start of a case.

    Args:
        case: The case.
        hint: Odds of a sign that the next pass will come.
        slope: Of the employer's view, per hour, if it is not that of the case.
    """
    rates = np.array([[*case.behind, *case.rate]])
    shift, probability = np.zeros((1, 1)), np.ones((1, 1))
    for fact in case.facts:
        if fact is not None:
            chance, size = fact
            shift = np.hstack((shift - chance * size, shift + (1 - chance) * size))
            probability = np.hstack((probability * (1 - chance), probability * chance))
    scale = np.array([[np.sqrt(case.total) or 1.0]])
    steepness = case.slope if slope is None else slope
    factors = calibrated(
        np.full(rates.shape, steepness) * scale,
        rates,
        (shift / scale, probability, np.array([[np.sqrt(case.variance)]]) / scale),
        np.array([[hint]]),
        len(case.behind),
    )
    mean = np.array([case.mean])
    return Belief(
        mean,
        mean,
        np.array([case.variance]),
        factors.rescaled(1.0 / scale),
        (True,) * len(case.rate),
    )


def steps_of(case: MutualCase) -> tuple[FloatArray, ...]:
    """The steps of a case, as the solver takes them."""
    pairs = [fact or (0.0, 0.0) for fact in case.facts]
    columns: Sequence[Sequence[float]] = (
        case.reward,
        case.rate,
        [0.0] * len(case.rate),
        case.reveal,
        case.exit,
        [chance for chance, _ in pairs],
        [size for _, size in pairs],
    )
    return tuple(np.array([column], dtype=np.float64) for column in columns)


def solved(case: MutualCase) -> MutualSolution:
    """A case, solved."""
    return solve_mutual(steps_of(case), belief_of(case))


def thresholds_of(case: MutualCase) -> list[float]:
    """Thresholds on the mean of the normal part relative to the start, at the end too.

    They are what plays go on above, hours.
    """
    kept = solved(case).kept
    if kept is None:
        message = "a single row keeps how it was solved"
        raise ValueError(message)
    bounds = kept.state.thresholds[0] * np.sqrt(case.total)
    result = [-np.inf] * len(case.rate) + [float(bounds[-1])]
    for block, bound in zip(kept.state.blocks, bounds, strict=False):
        result[block.first] = float(bound)
    return result
