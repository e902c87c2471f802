"""Optimal stopping where the chance to be passed on depends on the fit.

Let S be the surplus of the job over what one has, hours, and H_j the factor of the
first j passes (``interviewfit._numeric.probit_factors``). All passes so far enter what
is believed of S as a fixed factor, whatever was found out beside: given the news, S has
the density

    normal(S; m, v_k) H_j(S) / F_j(m),       F_j(m) = E[H_j] under normal(m, v_k)

with v_k the variance that is still open before step k. So the mean m of the normal part
is all of the state that is needed. Weighted by F_j, the chance to be here by what was
believed at the start, the recursion is linear again. With the same letters as in
``interviewfit._solver``,

    W_K(m) = max(0, E[S H_j])                            accept the offer, or decline it
    C_k(m) = reward_k F_j(m) + survive_k E[W_{k+1}(m + jump_k + reveal_k Z)]   go on
    W_k(m) = max(exit_k F_j(m), C_k(m))                   go on, or leave

where a step that ends with a pass goes on with H_{j+1}: since E[H_{j+1}] is 1, survive
is the stated rate. With b = 0 all F are 1, and this is the Gaussian recursion.

*One threshold.* For b >= 0, and unless facts may make it jump, the densities above have
monotone likelihood ratios in m. So
have the mean after the next news, given that one is passed on, and the chance of that
grows with m. If leaving later is never worth less than being refused, which is worth 0,
then W_{k+1} / F_{j+1} is not negative and, by induction, grows with m; so C_k / F_j
grows, as a sum of a constant and a product of two growing functions that are not
negative; and the step has one threshold. At the offer E[S H_j] / F_j grows for any b.
With b < 0, with facts, or where leaving later costs something, this need not be so:
the sign of C_k - exit_k F_j is then looked at on a grid over all means that may be
reached, and a chain in which it changes more than once is said to be bounded: the value
is that of the best single thresholds found, which anybody can keep. What others could
add is bounded (``mutual_half_lines.Arrival.shortfall``).

*Numerics.* D_k = C_k - exit_k F_j is kept right of the threshold (``stop_values``),

    C_k(m) = sum over merged steps of reward F(m) + survive exit F(m) + survive E[D+]

so that only D is integrated, and the terms add up to the value by the transposes of
the same sums (``mutual_outcome``). Facts that hold or not are jumps of S, as in the
Gaussian chain.

References: R. Bellman, "Dynamic Programming" (1957); S. Karlin and H. Rubin, "The
Theory of Decision Procedures for Distributions with Monotone Likelihood Ratio", Annals
of Mathematical Statistics 27 (1956) 272-299.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, IndexArray
from interviewfit._numeric.panels import take_rows
from interviewfit._numeric.probit_factors import REACH
from interviewfit._solver.mutual_blocks import Block, Offer
from interviewfit._solver.mutual_half_lines import Arrival
from interviewfit._solver.mutual_thresholds import find_roots
from interviewfit._solver.stop_values import NARROW, StopValues, lay_out

# D varies on no larger scale, units of the scale.
_SMOOTH = 3.0
# Ends of ranges are resolved for one of a few widths.
_WIDER_END = 2.0
# D is right to so much of its largest value.
_ROUNDING = 2e-11
# Points of the grid on which the sign of D is looked at.
_GRID = np.linspace(-1.0, 1.0, 27)
# Those on which it is added up where there are several thresholds.
_FINE = np.linspace(-1.0, 1.0, 1601)


@frozen(eq=False, repr=False)
class SolvedRows:
    """Rows that were solved together.

    Attributes:
        rows: Their numbers.
        blocks: In order.
        offer: At the end.
        stops: After each block: D of the next decision, or of the offer.
        thresholds: Of each block, and of the offer, on the mean of the normal part, in
            units of the scale, ``(rows, blocks + 1)``; infinite beyond the search.
        mean: Where the normal part of the belief stands now, ``(rows, 1)``.
        short: As ``mutual_grid.GridRows``.
    """

    rows: IndexArray
    mean: FloatArray
    blocks: tuple[Block, ...]
    offer: Offer
    stops: tuple[StopValues, ...]
    thresholds: FloatArray
    short: FloatArray

    def take(self, members: IndexArray) -> "SolvedRows":
        """Some of the rows, in order."""
        if np.array_equal(members, np.arange(self.rows.size)):
            return self
        return SolvedRows(
            self.rows[members],
            self.mean[members],
            tuple(block.take(members) for block in self.blocks),
            self.offer.take(members),
            tuple(stop.take(members) for stop in self.stops),
            self.thresholds[members],
            self.short[members],
        )


def solve_rows(
    rows: IndexArray,
    blocks: Sequence[Block],
    offer: Offer,
    mean: FloatArray,
    reach: float,
    *,
    exact_rows: bool,
) -> Iterator[SolvedRows]:
    """Backward induction for rows of one kind; they part by the layout of their panels.

    Args:
        rows: Their numbers.
        blocks, offer: What is ahead.
        mean: Where the normal part of the belief stands now, units of the scale,
            ``(rows, 1)``.
        reach: Half the range that is integrated over, units of the scale.
        exact_rows: As ``solve_mutual``: a row that is left by itself comes twice.
    """
    count = len(blocks)
    start = SolvedRows(
        rows,
        mean,
        tuple(blocks),
        offer,
        (),
        np.full((rows.size, count + 1), np.inf),
        np.zeros(rows.size),
    )
    pending = [start]
    for number in range(count, 0, -1):
        ahead = []
        for behind in pending:
            state = _with_threshold(behind, number, reach)
            for members, stop in _stop_before(
                state, number, reach, together=not exact_rows
            ):
                chosen, panels = members, stop
                if exact_rows and members.size == 1:
                    # NumPy sums a single row in another way.
                    chosen, panels = np.repeat(members, 2), stop.take(np.zeros(2, int))
                ahead.append(_filled(state.take(chosen), number, panels))
        pending = ahead
    for state in pending:
        yield _with_threshold(state, 0, reach)


def _excess(state: SolvedRows, number: int, mean: FloatArray) -> FloatArray:
    """D at a stop, hours: what going on from there is worth beyond leaving.

    At the offer it is what the offer is worth beyond turning it down.

    Args:
        state: With all later stops filled.
        number: Of the block that begins there; their number for the offer.
        mean: ``(rows, means)``.
    """
    if number == len(state.blocks):
        return state.offer.excess(mean)
    return state.blocks[number].excess(mean, state.stops[0])


def _with_threshold(state: SolvedRows, number: int, reach: float) -> SolvedRows:
    """The state with the threshold of a stop, on the mean of the normal part.

    The sign of D on a grid says how many there are, and between which points.

    Args:
        state, number: As ``_excess`` takes them.
        reach: How far from 0 it is looked for, units of the scale.
    """
    grid = reach * _GRID[None]
    values = _excess(state, number, grid)
    grid = np.broadcast_to(grid, values.shape)
    positive = _signs(values)
    rises = ~positive[:, :-1] & positive[:, 1:]
    falls = positive[:, :-1] & ~positive[:, 1:]
    single = np.asarray(~falls.any(axis=1))
    where, several = rises.argmax(axis=1), np.empty(0, dtype=np.intp)
    has_root = np.asarray(rises.any(axis=1))
    thresholds = np.where(positive[:, 0], -np.inf, np.inf)
    arrival = None
    if not single.all():
        # Further out nobody comes, and D is cut off there.
        arrival = Arrival.of(state.blocks[:number], state.mean)
        within = np.abs(grid[:, 1:]) <= arrival.reached
        single = np.asarray(~(falls & within).any(axis=1))
        several = np.flatnonzero(~single)
    if arrival is not None and several.size:
        arrival = take_rows(arrival, several, single.size)
        chosen = values[several], positive[several]
        start = arrival.best_start(grid[0], *chosen)
        where[several] = np.maximum(0, start - 1)
        has_root[several] = (start > 0) & (start < grid.shape[1])
        thresholds[several] = np.where(start == 0, -np.inf, np.inf)
    searches = np.flatnonzero(has_root)
    if searches.size:
        excess = partial(_excess, state.take(searches), number)
        known = grid[searches], values[searches], where[searches]
        thresholds[searches] = find_roots(excess, *known)
    columns, short = state.thresholds.copy(), state.short.copy()
    columns[:, number] = thresholds
    if arrival is not None and several.size and number:
        fine = reach * _FINE
        worth = _excess(state.take(several), number, fine[None])
        short[several] += arrival.shortfall(fine, worth, thresholds[several])
    return evolve(state, thresholds=columns, short=short)


def _signs(values: FloatArray) -> BoolArray:
    """Whether D is above 0 at each point of a grid.

    Where nobody comes it is next to nothing, and its sign is that of rounding errors:
    there it is that of the nearest point to the right, or to the left of none.

    Args:
        values: D, hours, ``(rows, points)``.
    """
    size = np.abs(values)
    is_known = size > _ROUNDING * size.max(axis=1, keepdims=True)
    if is_known.all():
        return values > 0.0
    last = values.shape[1] - 1
    numbers = np.where(is_known, np.arange(last + 1), last)
    nearest = np.minimum.accumulate(numbers[:, ::-1], axis=1)[:, ::-1]
    to_left = np.maximum.accumulate(np.where(is_known, np.arange(last + 1), 0), axis=1)
    nearest = np.where(np.take_along_axis(is_known, nearest, axis=1), nearest, to_left)
    return np.take_along_axis(values, nearest, axis=1) > 0.0


def _stop_before(
    state: SolvedRows, number: int, reach: float, *, together: bool
) -> Iterator[tuple[IndexArray, StopValues]]:
    """The stop after a block, still without D, by the layout of its panels.

    Args:
        state: With the threshold of the stop and all later ones.
        number: Of the block that begins at the stop; their number for the offer.
        reach: Half the range that is integrated over, units of the scale.
        together: Whether rows take one of a few layouts.
    """
    block = state.blocks[number - 1]
    threshold = state.thresholds[:, number, None]
    left = np.clip(threshold, -reach, reach)
    right = np.full_like(left, reach)
    is_narrow = bool((block.sd < NARROW).all())
    smooth, tilt = np.full_like(left, _SMOOTH), state.offer.moments.view.tilt
    if tilt is not None:
        # D is counted as exp(-t m) there.
        smooth = 1.0 / (1.0 / _SMOOTH + np.abs(tilt))
    kinks = _kinks(state, number, reach if is_narrow else None)
    for members, nodes, weights, edges in lay_out(
        left, right, kinks, block.sd, smooth, is_narrow=is_narrow, together=together
    ):
        yield (
            members,
            StopValues(
                nodes,
                weights,
                edges,
                np.zeros_like(nodes),
                np.empty((members.size, edges.shape[1] - 1, 0)),
                block.sd[members],
                block.shift[members],
                block.probability[members],
            ),
        )


def _filled(state: SolvedRows, number: int, stop: StopValues) -> SolvedRows:
    """The state with one more stop, D at its nodes worked out.

    Where the news before it is narrow, D is interpolated as well.

    Args:
        state: With all later stops.
        number: Of the block that begins at the stop; their number for the offer.
        stop: Its panels.
    """
    worth = _excess(state, number, stop.nodes)
    is_narrow = bool((stop.sd < NARROW).all())
    filled = stop.with_worth(worth, is_narrow=is_narrow)
    return evolve(state, stops=(filled, *state.stops))


def _kinks(
    state: SolvedRows, number: int, reach: float | None
) -> tuple[FloatArray, FloatArray]:
    """Kinks of D at a stop that thresholds ahead and bars make: positions and widths.

    The news between here and a threshold smooths its kink; jumps show it from each of
    their shifts. Where D is interpolated, so do the ends of its range: nobody comes
    there, but a polynomial that met one would be wrong far from it.

    Args:
        state, number: As ``_stop_before`` takes them.
        reach: Half the range of D; None where it is integrated.

    Returns:
        Units of t, ``(rows, kinks)``.
    """
    rows = state.rows.size
    moments = state.offer.moments
    if number < len(state.blocks):
        moments = state.blocks[number].moments
    position, width = [], []
    if bool((moments.view.scale < _SMOOTH).any()):
        # The employer's bars, which are seen through what is still unknown.
        bars = moments.view.bars[:, None, :] - moments.shift[:, :, None]
        bars = bars.reshape(rows, -1)
        sd = np.sqrt(moments.variance + moments.view.scale**2)
        position.append(bars)
        width.append(np.broadcast_to(np.minimum(sd, _SMOOTH), bars.shape))
    shift, square, ends = np.zeros((3, rows, 1))
    for later in range(number + 1, len(state.blocks) + 1):
        block = state.blocks[later - 1]
        shift = (shift[:, :, None] + block.shift[:, None, :]).reshape(rows, -1)
        square = square + block.sd**2
        sd = np.sqrt(square)
        points = state.thresholds[:, later, None]
        if reach is not None:
            points = np.clip(points, -reach, reach)
            if bool((sd > _WIDER_END * ends).all()):
                # A panel for each is enough where nobody comes.
                position.append(reach - shift + REACH * sd)
                width.append(np.broadcast_to(2.0 * sd, shift.shape))
                ends = sd
        points = points - shift
        apart = np.isfinite(points)
        position.append(np.where(apart, points, -1e6))
        width.append(np.where(apart, sd, 1.0))
    if not position:
        return np.empty((rows, 0)), np.empty((rows, 0))
    return np.hstack(position), np.hstack(width)
