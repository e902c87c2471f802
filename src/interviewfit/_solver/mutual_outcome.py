"""What the best policy leads to where passes depend on the fit.

A pass forwards through the transposes of the sums of ``mutual_induction``: mass on
the nodes of a stop, times the factor of the passes so far, is the probability to be
there and to go on. With these as weights the rewards and exits add up to the value by
construction. An offer is worth the surplus as it is believed when it is accepted, with
all that the passes have told.
"""

from collections.abc import Sequence

import numpy as np

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray, products
from interviewfit._numeric.chebyshev import chebyshev_basis
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._solver.mutual_blocks import SharedBlocks
from interviewfit._solver.mutual_grid import GridRows
from interviewfit._solver.mutual_induction import SolvedRows


def value_of_rows(
    state: SolvedRows | GridRows, mean: FloatArray
) -> tuple[FloatArray, ...]:
    """The surplus believed now, the value of going on, that of the better choice.

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


def shortfall_of_rows(state: SolvedRows | GridRows, mean: FloatArray) -> FloatArray:
    """What keeping to single thresholds could cost, hours, ``(rows,)``.

    Args:
        state, mean: As ``value_of_rows`` takes them.
    """
    if not state.short.any():
        return state.short
    first, here = state.blocks[0], mean
    if isinstance(state, GridRows):
        here = state.ahead.mean
    factor = first.moments.factors(here, (first.passes[0],))[:, 0, 0]
    if isinstance(state, GridRows):
        factor = state.ahead.in_rows(factor)
    return np.asarray(state.short / factor)


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
    if isinstance(state, GridRows):
        ahead = state.ahead
    else:
        centre, mean = state.offer.centre, np.empty((0, 0))
        ahead = SharedBlocks(state.blocks, state.offer, mean, centre, None)
    in_rows, means = ahead.in_rows, np.empty(points.shape)
    kinds: dict[tuple[int, float], list[int]] = {}
    for number, block in enumerate(state.blocks):
        moments, factor = block.moments, block.passes[0]
        plain = moments.apart or moments
        if plain.series is not None:
            kind = plain.series.shape[1], plain.reach
            kinds.setdefault(kind, []).append(number)
            continue
        whole = moments if ahead.alike is None else moments.take(ahead.alike)
        pair = whole.at(points[:, number, None])[:, 0]
        means[:, number] = pair[:, pair.shape[1] // 2 + factor] / pair[:, factor]
    # All stops whose moments are polynomials at once.
    for members in kinds.values():
        blocks = [state.blocks[number] for number in members]
        means[:, members] = _posterior_means(
            [block.moments for block in blocks],
            points[:, members],
            [block.passes[0] for block in blocks],
            ahead.alike,
        )
    firsts = [block.first for block in state.blocks]
    believed = ahead.centre + in_rows(ahead.offer.scale) * means
    result[:, firsts] = np.where(inside, believed, thresholds)
    if isinstance(state, GridRows):
        limits = state.limits[:, :-1]
        result[:, firsts] = np.where(np.isnan(limits), result[:, firsts], limits)
    return result


def decisions_beyond(state: SolvedRows | GridRows, decisions: BoolArray) -> BoolArray:
    """The decisions whose thresholds lie further away than is looked.

    Args:
        state: Rows solved together.
        decisions: The steps before which leaving may be better, ``(rows, steps)``.
    """
    is_far = np.isinf(state.thresholds[:, :-1])
    if isinstance(state, GridRows):
        is_far &= np.isnan(state.limits[:, :-1])
    result = np.zeros_like(decisions)
    firsts = [block.first for block in state.blocks]
    result[:, firsts] = is_far & decisions[:, firsts]
    return result


def _posterior_means(
    moments: Sequence[FactorMoments],
    mean: FloatArray,
    numbers: Sequence[int],
    alike: IndexArray | None = None,
) -> FloatArray:
    """A_j / F_j at one mean under each of some beliefs, ``(rows, beliefs)``.

    Args:
        moments: Of each belief; polynomials of one order and range carry them all.
        mean: Units of the scale, ``(rows, beliefs)``.
        numbers: j of each belief.
        alike: Row of the moments for each row; None if they have all of these.
    """
    half, plain = moments[0].passes + 1, [it.apart or it for it in moments]
    pairs = [
        it.columns((number, half + number))
        for it, number in zip(plain, numbers, strict=True)
    ]
    series = np.stack(pairs, axis=1)
    series = series if alike is None else series[alike]
    counts = [it.shift.shape[1] for it in moments]
    shift = np.hstack([it.shift for it in moments])
    shift = shift if alike is None else shift[alike]
    share = (np.repeat(mean, counts, axis=1) + shift) * (1.0 / plain[0].reach)
    share = np.minimum(1.0, np.maximum(-1.0, share))
    basis = chebyshev_basis(share, series.shape[2]).transpose(1, 2, 0)
    if max(counts) > 1:
        basis = _averaged(basis, moments, alike)
    pair = (basis[:, :, None, :] @ series)[:, :, 0]
    return np.asarray(pair[:, :, 1] / pair[:, :, 0])


def _averaged(
    basis: FloatArray, moments: Sequence[FactorMoments], alike: IndexArray | None
) -> FloatArray:
    """Polynomials on average over the jumps to come, ``(rows, beliefs, order)``.

    Args:
        basis: At each shift of each belief, ``(rows, shifts, order)``.
        moments, alike: As ``_posterior_means`` takes them.
    """
    parts, stop = [], 0
    for it in moments:
        start, stop = stop, stop + it.shift.shape[1]
        chances = it.probability if alike is None else it.probability[alike]
        parts.append(chances[:, None] @ basis[:, start:stop])
    return np.concatenate(parts, axis=1)
