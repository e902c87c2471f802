"""What the best policy leads to where passes depend on the fit.

A pass forwards through the transposes of the sums of ``mutual_induction``: mass on
the nodes of a stop, times the factor of the passes so far, is the probability to be
there and to go on. With these as weights the rewards and exits add up to the value by
construction. An offer is worth the surplus as it is believed when it is accepted, with
all that the passes have told.
"""

import numpy as np

from interviewfit._numeric.arrays import FloatArray, products
from interviewfit._numeric.factor_moments import posterior_means
from interviewfit._solver.mutual_grid import GridRows
from interviewfit._solver.mutual_induction import SolvedRows


def value_of_rows(
    state: SolvedRows | GridRows, mean: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The surplus believed now, the value of going on, and that of the better choice.

    All are of somebody who has the passes so far, so they are divided by their factor.

    Args:
        state: Rows solved together.
        mean: Where the normal part of the belief stands, units of the scale, ``(rows,
            1)``.

    Returns:
        Hours, each ``(rows,)``.
    """
    if isinstance(state, GridRows):
        return state.values
    first, offer = state.blocks[0], state.offer
    here = first.moments.at(mean)[:, 0]
    half, number = here.shape[1] // 2, first.passes[0]
    weight = 1.0 / here[:, number]
    believed = offer.centre[:, 0] + offer.scale[:, 0] * here[:, half + number] * weight
    value = first.going_on(mean, state.stops[0])[:, 0] * weight
    return believed, value, np.maximum(first.exits[:, number], value)


def outcome_of_rows(
    state: SolvedRows | GridRows, mean: FloatArray, steps: int
) -> tuple[FloatArray, ...]:
    """The arrays of ``OutcomeMoments`` beyond the values.

    Args:
        state: Rows solved together.
        mean: Where the normal part of the belief stands, units of the scale, ``(rows,
            1)``.
        steps: Length of the chain.

    Returns:
        Probability, mean (hours) and second moment of an accepted offer, ``(rows,)``;
        probabilities to take and to leave each step, ``(rows, steps)``.
    """
    if isinstance(state, GridRows):
        return state.outcome(steps)
    first, offer = state.blocks[0], state.offer
    number = first.passes[0]
    weight = 1.0 / first.moments.factors(mean, (number,))[:, 0, 0]
    take, leave = np.zeros((2, len(mean), steps))
    points, mass = mean, weight[:, None]
    alive = weight
    for block, stop in zip(state.blocks, state.stops, strict=True):
        numbers = sorted(set(block.passes))
        factors = block.moments.factors(points, numbers)
        sums = products(mass[:, None, :], factors)[:, 0]
        arriving = dict(zip(numbers, sums.T, strict=True))
        if block.first:
            leave[:, block.first] = alive - arriving[block.passes[0]]
        for position, step in enumerate(range(block.first, block.stop)):
            reached = block.reach[:, position] * arriving[block.passes[position]]
            take[:, step] = reached
        alive = block.survive[:, 0] * arriving[block.passes[-1]]
        mass = block.survive * stop.arriving_mass(points, mass)
        points = stop.nodes
    accepted = offer.moments.factor(points, offer.moments.passes)
    worth = state.stops[-1].worth
    chance = (accepted * mass).sum(axis=1)
    surplus = (worth * mass).sum(axis=1)
    with np.errstate(all="ignore"):
        squares = np.where(accepted > 0.0, worth * worth / accepted, 0.0)
    square = (squares * mass).sum(axis=1)
    return chance, surplus, square, take, leave


def believed_thresholds(state: SolvedRows | GridRows, steps: int) -> FloatArray:
    """Thresholds on the surplus as it is believed with the passes so far, hours.

    That is the scale on which the fit is shown, and it grows with the mean of the
    normal part.

    Args:
        state: Rows solved together.
        steps: Length of the chain.

    Returns:
        Shape ``(rows, steps)``; -inf at steps without a decision. Infinite as well
        where nobody comes so near to it that it could be told.
    """
    result = np.full((len(state.thresholds), steps), -np.inf)
    thresholds = state.thresholds[:, :-1]
    inside = np.isfinite(thresholds)
    points = np.where(inside, thresholds, 0.0)
    centre, scale = state.offer.centre, state.offer.scale
    means = np.empty(points.shape)
    kinds: dict[tuple[int, float], list[int]] = {}
    for number, block in enumerate(state.blocks):
        moments, factor = block.moments, block.passes[0]
        if moments.series is not None and moments.apart is None:
            kind = moments.series.shape[1], moments.reach
            kinds.setdefault(kind, []).append(number)
            continue
        pair = moments.at(points[:, number, None])[:, 0]
        means[:, number] = pair[:, pair.shape[1] // 2 + factor] / pair[:, factor]
    # All stops whose moments are polynomials at once.
    for members in kinds.values():
        blocks = [state.blocks[number] for number in members]
        means[:, members] = posterior_means(
            [block.moments for block in blocks],
            points[:, members],
            [block.passes[0] for block in blocks],
        )
    firsts = [block.first for block in state.blocks]
    result[:, firsts] = np.where(inside, centre + scale * means, thresholds)
    if isinstance(state, GridRows):
        limits = state.limits[:, :-1]
        result[:, firsts] = np.where(np.isnan(limits), result[:, firsts], limits)
    return result
