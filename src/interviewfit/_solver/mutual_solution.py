"""Chains in which passes depend on the fit, solved and evaluated.

``solve_mutual`` takes what ``interviewfit._solver.solution.solve`` takes, and what is
believed of the job and of how the employer sees the match. A solution holds for that
belief alone, since the stated rates are relative to it.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import spend
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.panels import distinct_rows, repeat_first_row, take_rows
from interviewfit._solver.chains import check_steps
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.mutual_blocks import SharedBlocks
from interviewfit._solver.mutual_chains import Belief, MutualChains
from interviewfit._solver.mutual_grid import GridRows, solve_on_grid
from interviewfit._solver.mutual_induction import SolvedRows, solve_rows
from interviewfit._solver.mutual_kinds import Kept, Ranges, groups_of
from interviewfit._solver.mutual_outcome import (
    believed_thresholds,
    decisions_beyond,
    outcome_of_rows,
    shortfall_of_rows,
    value_of_rows,
)
from interviewfit._solver.mutual_stops import KnownStop, second_stop

# Rows solved at once: what they need stays in the cache. They are fewer where they have
# more than so many steps in all, or take more than so many points of a grid at them.
_ROWS, _STEPS, _GRID_ROWS, _GRID_POINTS = 512, 8192, 128, 6_000_000
# So many rows of a single decision are solved together, whatever their layouts.
_FEW = 4
# Operations (``effort``) that it takes to set up what is solved at once.
_CALL_WORK = 120_000


@frozen(eq=False, repr=False)
class MutualSolution:
    """Solved chains, one in each row, each for one belief. Made by ``solve_mutual``.

    Attributes:
        thresholds: Go on at a step if and only if the surplus is believed to be worth
            more than this, hours, with the passes so far; ``(rows, steps)``. Infinite
            where it lies further than eight standard deviations from what is believed,
            or where nobody with the passes so far could believe so little (or so much).
        values: Of going on, hours, ``(rows,)``.
        visits: What the best policy leads to, ``(rows,)``; None if that was not
            asked for.
        believed: Mean of the surplus with the passes so far, hours, ``(rows,)``.
        shortfall: By how much values may fall short because each step is left by one
            threshold, hours, ``(rows,)``; 0 where no step was seen to have more.
        beyond: The decisions whose thresholds lie further away, ``(rows, steps)``.
        kept: Of a single row, how it was solved; else None, and where only values were
            asked for.
    """

    thresholds: FloatArray
    values: FloatColumn
    visits: OutcomeMoments | None
    believed: FloatColumn
    shortfall: FloatColumn
    beyond: BoolArray
    kept: Kept | None = None

    @property
    def single(self) -> BoolArray:
        """Whether every step of a row was seen to have one threshold, ``(rows,)``."""
        return np.equal(self.shortfall, 0.0)

    @property
    def outcomes(self) -> OutcomeMoments:
        """What the best policy leads to, ``(rows,)``.

        Raises:
            ValueError: If only values were asked for.
        """
        if self.visits is None:
            message = "this chain was solved for its value alone"
            raise ValueError(message)
        return self.visits

    def broadcast_rows(self, rows: int) -> "MutualSolution":
        """The same solution for so many rows, if all of its own rows are alike."""
        return repeat_first_row(evolve(self, kept=None), rows)

    def take(self, rows: IndexArray) -> "MutualSolution":
        """Some of the rows, in any order and number."""
        return take_rows(evolve(self, kept=None), rows, len(self.shortfall))

    def first_stop(self) -> KnownStop | None:
        """The first stop of a single row; None where that is not known."""
        if self.kept is None or not self.single.all():
            return None
        with np.errstate(all="ignore"):
            known = self.kept.state, self.kept.mean, self.kept.numbers_of_steps
            return KnownStop.of(*known, to_offer=False)

    def second_stop(self, believed: float) -> KnownStop | None:
        """The second stop of a single row; None where that is not known.

        Args:
            believed: Mean of the surplus then, with all that passes told, hours.
        """
        if self.kept is None or not self.single.all():
            return None
        drift = self.kept.steps[2]
        with np.errstate(all="ignore"):
            # What the mean is known to gain yet is part of the surplus.
            later = believed + float(drift[0, 1:].sum())
            return second_stop(self.kept.state, later, self.kept.numbers_of_steps)

    @property
    def alone(self) -> FloatArray:
        """The thresholds, which are those of the chain alone, ``(rows, steps)``."""
        return self.thresholds

    def evaluate(self, mean: npt.ArrayLike) -> OutcomeMoments:
        """The outcome of the best policy, from the belief that was solved for.

        Args:
            mean: Of the surplus as believed, hours, ``(rows,)``; it is that already.
        """
        del mean
        return self.outcomes

    def continuation_value(self, mean: npt.ArrayLike) -> FloatArray:
        """What taking the first step is worth, hours, ``(rows,)``.

        Args:
            mean: As ``evaluate`` takes it.
        """
        del mean
        return self.values


def solve_mutual(
    steps: tuple[FloatArray, ...],
    belief: Belief,
    *,
    exact_rows: bool = False,
    values_only: bool = False,
    like: MutualSolution | None = None,
) -> MutualSolution:
    """Solve chains in which being passed on depends on the fit, one in each row.

    Args:
        steps: As ``interviewfit._solver.solution.solve`` takes them, each ``(rows,
            steps)``.
        belief: What is believed of each row.
        exact_rows: Whether a single row has every bit of a row in a batch.
        values_only: Whether what the best policy leads to is not asked for. Values of
            chains of very many steps may then be off by a thousandth of an hour, and
            thresholds of their last steps by more.
        like: Of a single row, if it was solved: what rows have in common with it is not
            worked out again.

    Raises:
        ValueError: As ``solve``.

    >>> from interviewfit._numeric.probit_factors import calibrated
    >>> z = np.zeros((1, 1))
    >>> rate, scale = np.full((1, 1), 0.5), np.array([[30.0]])
    >>> view = calibrated(z + 0.5, rate, (z, z + 1.0, z + 1.0), z + 1.0, 0)
    >>> belief = Belief(
    ...     *np.array([[5.0], [5.0], [900.0]]), view.rescaled(1 / scale), (True,)
    ... )
    >>> chain = z - 4.0, rate, z, z + 20.0, z
    >>> round(solve_mutual(chain, belief).outcomes.continuation_value.item(), 4)
    4.7865
    """
    with np.errstate(all="ignore"):
        check_steps(steps)
    rows, count = steps[0].shape
    columns = [np.empty(rows) for _ in range(5)]
    take, leave, thresholds = np.empty((3, rows, count))
    believed = np.empty(rows)
    shortfall = np.empty(rows)
    beyond = np.empty((rows, count), dtype=np.bool_)
    arrays, kept = (*columns[2:], take, leave), None
    with np.errstate(all="ignore"):
        chains = MutualChains.of(steps, belief)
        model = None if like is None else like.kept
        for members, ranges in groups_of(
            chains,
            model,
            together=not exact_rows,
            is_coarse=values_only,
        ):
            size = min(_ROWS, max(_FEW, _STEPS // count))
            if ranges.length:
                fewer = int(_GRID_POINTS / (ranges.length * count))
                size = min(_GRID_ROWS, max(_FEW, fewer))
            for start in range(0, members.size, size):
                chosen = members[start : start + size]
                spend(_CALL_WORK)
                if exact_rows and chosen.size == 1:
                    chosen = np.repeat(chosen, 2)
                part = chains.take(chosen)
                how = part, ranges, model
                for lines, state in _solved(*how, exact_rows=exact_rows):
                    rows_of = chosen[lines]
                    mean = part.mean[lines]
                    now = value_of_rows(state, mean)
                    believed[rows_of], value, best = now
                    columns[0][rows_of], columns[1][rows_of] = best, value
                    if not values_only:
                        found = outcome_of_rows(state, mean, count)
                        for array, column in zip(arrays, found, strict=True):
                            array[rows_of] = column
                    thresholds[rows_of] = believed_thresholds(state, count)
                    beyond[rows_of] = decisions_beyond(state, part.decisions[lines])
                    shortfall[rows_of] = shortfall_of_rows(state, mean)
                    if rows == 1 and not exact_rows and not values_only:
                        kept = Kept(state, steps, ranges, part)
    # What the mean is known to gain yet is not in the threshold.
    later = np.cumsum(steps[2][:, ::-1], axis=1)[:, ::-1]
    thresholds -= later
    best, going, accept, offer_value, square = columns
    visits = None
    if not values_only:
        visits = OutcomeMoments(best, going, accept, offer_value, square, take, leave)
    seen = believed, shortfall, beyond, kept
    return MutualSolution(thresholds, going, visits, *seen)


def _solved(
    chains: MutualChains,
    ranges: Ranges,
    model: Kept | None,
    *,
    exact_rows: bool,
) -> Iterator[tuple[IndexArray, SolvedRows | GridRows]]:
    """Rows of one kind solved, on one grid if there is one.

    A row whose D has a kink comes a second time, solved on panels, which is what holds.

    Args:
        chains: The rows.
        ranges: What they have in common.
        model: A similar row that was solved, if there is one.
        exact_rows: As ``solve_mutual``.
    """
    rows = len(chains.scale)
    is_few = not exact_rows and rows <= _FEW
    if model is not None and not model.serves(chains, ranges):
        model = None
    ahead = _blocks(chains, ranges, model, exact_rows=exact_rows)
    chosen = np.arange(rows)
    if ranges.grid is not None and _are_carried(ahead):
        known = () if model is None else model.kernels
        state = solve_on_grid(ahead, ranges.grid, is_few=is_few, known=known)
        yield chosen, state
        chosen = np.flatnonzero(state.bent)
        if not chosen.size:
            return
        if exact_rows and chosen.size == 1:
            chosen = np.repeat(chosen, 2)
    around = chains.mean[chosen], ranges.reach
    numbers, blocks = np.arange(chosen.size), ahead.blocks_of(chosen)
    for part in solve_rows(numbers, *blocks, *around, exact_rows=exact_rows):
        yield chosen[part.rows], part


def _blocks(
    chains: MutualChains,
    ranges: Ranges,
    model: Kept | None,
    *,
    exact_rows: bool,
) -> SharedBlocks:
    """The blocks of rows of one kind, and the offers; of equal chains those of one.

    Args:
        chains, ranges: The rows, and what they have in common.
        model: A row whose moments serve all of them, if there is one.
        exact_rows: As ``solve_mutual``.
    """
    rows, alike = len(chains.scale), None
    distinct = chains
    if rows > _FEW:
        kept, places = distinct_rows(chains.numbers_but_centre)
        if 2 * kept.size <= rows:
            if exact_rows and kept.size == 1:
                kept = np.repeat(kept, 2)
            distinct, alike = chains.take(kept), places
    moments = _moments(distinct, ranges, model, exact_rows=exact_rows)
    blocks, offer = distinct.blocks(moments)
    return SharedBlocks(blocks, offer, distinct.mean, chains.centre, alike)


def _moments(
    chains: MutualChains,
    ranges: Ranges,
    model: Kept | None,
    *,
    exact_rows: bool,
) -> list[FactorMoments]:
    """The moments before the blocks of rows of one kind, and at the offer.

    Rows that differ in nothing but in what steps bring, or in the means, share them.

    Args:
        chains, ranges: The rows, and what they have in common.
        model, exact_rows: As ``_blocks``.
    """
    rows, how = len(chains.scale), (ranges.reach, ranges.jump)
    if model is not None:
        first = np.zeros(rows, dtype=np.intp)
        return [moments.take(first) for moments in model.moments]
    if rows <= _FEW:
        return chains.moments(*how, is_few=not exact_rows)
    distinct, alike = distinct_rows(chains.numbers_of_moments)
    if 2 * distinct.size > rows:
        return chains.moments(*how, is_few=False)
    if exact_rows and distinct.size == 1:
        distinct = np.repeat(distinct, 2)
    shared = chains.take(distinct).moments(*how, is_few=False)
    return [moments.take(alike) for moments in shared]


def _are_carried(ahead: SharedBlocks) -> bool:
    """Whether polynomials or closed forms carry all moments, as a grid asks for.

    Rows that are solved together take the polynomials of the steepest, which may need
    more of them than are worth it.

    Args:
        ahead: What is ahead of the rows that are solved together.
    """
    moments = [*(block.moments for block in ahead.blocks), ahead.offer.moments]
    return all(it.series is not None or it.view.is_sharp for it in moments)
