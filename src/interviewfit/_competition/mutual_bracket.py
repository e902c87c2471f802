"""Between which bounds the best order of processes lies where passes tell of the fit.

Such a process is still a chain of its own: its step and the mean of the normal part of
the belief are all of its state, whatever happens elsewhere. So advancing the process of
the highest index is the best that one can do (``index_value``), with the acceptances of
the exact chains. Each is solved at a grid of alternatives y, since one solution does
not serve all of them. With W_i(y) the value of process i beyond the alternative and
S_i(y) the probability that it ends in an accepted offer, S_i = -W_i' falls with y, and

    V = y0 + sum of L_i + integral from y0 of (1 - product of (1 - S_i(y))) dy

On a panel [a, b] all factors x_i = 1 - S_i rise, their ends are known, and so are their
means, 1 - (W_i(a) - W_i(b)) / (b - a). Functions that rise together have a mean product
of at least the product of their means (Chebyshev), and of at most as much more as the
inequality of Gruess allows,

    mean(P x) <= mean(P) mean(x) + (P(b) - P(a)) (x(b) - x(a)) / 4

one factor after another. Both errors shrink with the square of the panels. No process
is gone on with above its index, so that there it is not solved.

References: P. Whittle, "Multi-armed bandits and the Gittins index", Journal of the
Royal Statistical Society B 42 (1980) 143-149; D. S. Mitrinovic, "Analytic Inequalities"
(1970), for both inequalities.
"""

from collections.abc import Sequence
from math import inf

import numpy as np
from attrs import evolve, frozen

from interviewfit._competition.chains import solve_steps
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.mutual_steps import solve_side_by_side
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Certainty, Term
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._process.compilation import Process
from interviewfit._results.plan import Guarantee
from interviewfit._solver.forward_pass import OutcomeMoments

NOT_SINGLE = (
    "Going on may be worth it in more than one range of the fit, and one limit a stage "
    "is counted."
)
"""Why a value is bounded from below alone."""

_PANELS, _MOST_DOUBLINGS, _RESOLVED = 14, 4, 1e-9
# Steps of chains that are solved, all panels together, at most about; panels at least.
_MOST_SOLVED, _FEWEST_PANELS = 4_000, 3
# Steps to an index, and how near the last may be to the one before.
_MOST_STEPS, _NEAR = 12, 1e-4


@frozen
class Bracket:
    """Bounds on the value of the best order of some processes.

    Attributes:
        low, high: Practice aside, hours.
        is_single: Whether each step was seen to have one threshold everywhere; else the
            chains are bounded from below alone, and *high* is none.
    """

    low: Worth
    high: Worth
    is_single: bool


def bracket_of(
    running: Sequence[CompiledProcess[float]],
    outside_option: Worth,
    top: Worth,
    price: Worth = 0.0,
    limits: FloatColumn | None = None,
) -> Bracket:
    """Bounds on the best order, if everything waits and may be paused.

    Of many processes there are fewer panels, so that the bounds lie further apart.

    Args:
        running: The processes.
        outside_option: The best offer in hand, or 0, hours.
        top: An alternative from which hardly any is gone on with, hours.
        price: What each hour costs beyond its own price, hours.
        limits: As ``_on_grid`` takes them; None if none is known.
    """
    base, width = outside_option, max(top - outside_option, 1.0)
    if limits is None:
        limits = np.full(len(running), inf)
    steps = np.array([len(entry.process.steps) for entry in running])
    grid = base + width * np.linspace(0.0, 1.0, _PANELS + 1)
    solved = int((steps * (grid <= limits[:, None]).sum(axis=1)).sum())
    is_cut = solved > _MOST_SOLVED
    if is_cut:
        panels = max(_FEWEST_PANELS, _PANELS * _MOST_SOLVED // solved)
        grid = base + width * np.linspace(0.0, 1.0, panels + 1)
    values, chances, is_single = _on_grid(running, grid, price, limits)
    # As far as doublings go: of many processes at once.
    far = np.linspace(1.0, 2.0, 7)[1:]
    if is_cut:
        far = np.array([2.0**_MOST_DOUBLINGS])
    for _ in range(1 if is_cut else _MOST_DOUBLINGS):
        if chances[:, -1].max(initial=0.0) <= _RESOLVED:
            break
        further = base + (grid[-1] - base) * far
        more_values, more_chances, is_still = _on_grid(running, further, price, limits)
        is_single &= is_still
        grid = np.append(grid, further)
        values = np.hstack((values, more_values))
        chances = np.hstack((chances, more_chances))
    widths = np.diff(grid)
    means = np.clip(1.0 - (values[:, :-1] - values[:, 1:]) / widths, 0.0, 1.0)
    starts, ends = 1.0 - chances[:, :-1], 1.0 - chances[:, 1:]
    low, high = np.ones_like(widths), np.ones_like(widths)
    first, last = np.ones_like(widths), np.ones_like(widths)
    for mean, start, end in zip(means, starts, ends, strict=True):
        rise = np.maximum(0.0, end - start)
        low = low * mean
        high = np.minimum(high * mean + 0.25 * (last - first) * rise, last * end)
        first, last = first * start, last * end
    # Beyond the grid nobody goes on, or no more is added than is left.
    levels = np.array([entry.process.steps[0].exit for entry in running])
    rest = values[:, -1]
    levels = np.where(chances[:, -1] <= 0.0, rest, np.minimum(levels, rest))
    return Bracket(
        base + float(levels.sum()) + float(((1.0 - high) * widths).sum()),
        base + float(rest.sum()) + float(((1.0 - low) * widths).sum()),
        is_single,
    )


def _on_grid(
    running: Sequence[CompiledProcess[float]],
    grid: FloatColumn,
    price: Worth,
    limits: FloatColumn,
) -> tuple[FloatArray, FloatArray, bool]:
    """Value and acceptance of processes at alternatives, ``(processes, points)``.

    The third is whether each step was seen to have one threshold.

    Args:
        running, price: As ``bracket_of`` takes them.
        grid: Alternatives, rising, hours, ``(points,)``.
        limits: Above which alternative each process is left, hours, if that is known;
            else infinite.
    """
    values, chances = np.zeros((2, len(running), grid.size))
    processes = [_priced(entry.process, price) for entry in running]
    stops = np.searchsorted(grid, limits, side="right")
    parts, told = [], []
    for number, process in enumerate(processes):
        leaving = process.steps[0].exit
        if process.mutual is None:
            solution = solve_steps(process.steps, exact_rows=True)
            outcome = solution.broadcast_rows(grid.size).evaluate(
                process.mean_hours - grid
            )
            values[number], chances[number] = _or_left(outcome, leaving)
            continue
        values[number] = leaving
        if stops[number]:
            told.append(number)
            moved = process.mutual.moved(-grid[: stops[number]])
            parts.append((process.steps, moved))
    is_single = True
    for number, exact in zip(told, solve_side_by_side(parts), strict=True):
        stop, leaving = stops[number], processes[number].steps[0].exit
        values[number, :stop], chances[number, :stop] = _or_left(
            exact.outcomes, leaving
        )
        is_single &= bool(exact.single.all())
    # Acceptances fall with the alternative, but for rounding.
    chances = np.minimum.accumulate(chances, axis=1)
    return values, chances, is_single


def _or_left(
    outcome: OutcomeMoments, leaving: Worth
) -> tuple[FloatColumn, FloatColumn]:
    """Value and acceptance of a process that is left where that is better.

    Args:
        outcome: Of going on, in every row.
        leaving: What leaving it at once is worth, hours.
    """
    going = outcome.continuation_value
    chance = np.where(going > leaving, np.clip(outcome.accept_probability, 0, 1), 0.0)
    return np.maximum(going, leaving), chance


def exact_indices(
    running: Sequence[CompiledProcess[float]], averaged: FloatColumn
) -> tuple[FloatColumn, FloatColumn]:
    """The alternative at which each process is worth no more than leaving it, hours.

    Newton's method on the value of going on, whose slope is -S. The second is above
    which alternative it is sure to be left: infinite where that was not reached.

    Args:
        running: The processes.
        averaged: The same if all passes were counted on average, ``(processes,)``.
    """
    told = np.array([entry.process.mutual is not None for entry in running])
    told &= np.isfinite(averaged)
    processes = [running[number].process for number in np.flatnonzero(told).tolist()]
    points = averaged[told]
    exits = np.array([process.steps[0].exit for process in processes])
    moving, reached = np.arange(points.size), np.zeros(points.size, np.bool_)
    for _ in range(_MOST_STEPS):
        parts = [
            (process.steps, process.mutual.moved(-points[[number]]))
            for number in moving.tolist()
            for process in [processes[number]]
            if process.mutual is not None
        ]
        outcomes = [solution.outcomes for solution in solve_side_by_side(parts)]
        going = np.array([it.continuation_value.item() for it in outcomes])
        slope = np.array([it.accept_probability.item() for it in outcomes])
        # Nobody can tell where a process that ends in no job is left.
        steps = (going - exits[moving]) / np.where(slope > _RESOLVED, slope, inf)
        points[moving] += steps
        is_near = np.abs(steps) <= _NEAR * (1.0 + np.abs(points[moving]))
        reached[moving[is_near]] = slope[is_near] > _RESOLVED
        moving = moving[~is_near]
        if not moving.size:
            break
    indices = averaged.copy()
    indices[told] = points
    limits = np.full(indices.size, inf)
    limits[told] = np.where(reached, points + _NEAR * (1.0 + np.abs(points)), inf)
    return indices, limits


def values_alone(
    running: Sequence[CompiledProcess[float]],
    averaged: FloatColumn,
    limits: FloatColumn,
) -> FloatColumn:
    """What each process is worth as the only one, hours, ``(processes,)``.

    Args:
        running: The processes.
        averaged: The same if all passes were counted on average, likewise.
        limits: As ``_on_grid`` takes them.
    """
    values, _, _ = _on_grid(running, np.zeros(1), 0.0, limits)
    told = [entry.process.mutual is not None for entry in running]
    return np.where(told, values[:, 0], averaged)


def _priced(process: Process[float], price: Worth) -> Process[float]:
    """A process each of whose hours costs so much more.

    Args:
        process, price: The process, and hours for each hour.
    """
    if not price:
        return process
    steps = []
    for step in process.steps:
        terms = dict(step.reward_terms)
        terms[Term.TIME] = terms.get(Term.TIME, 0.0) - price * step.hours
        steps.append(evolve(step, reward_terms=terms))
    return evolve(process, steps=tuple(steps))


def with_passes(
    guarantee: Guarantee, bracket: Bracket, value: Worth, upper: Worth
) -> Guarantee:
    """How sure a plan is in which passes tell of the fit.

    Args:
        guarantee: As if all was counted on average.
        bracket: Bounds on the best order.
        value, upper: Of the plan and of any plan at most, on average, hours.
    """
    if not bracket.is_single:
        return not_single(guarantee)
    low, high = bracket.low, bracket.high
    reason = (
        f"Being passed on tells of the fit: this order is worth {low:,.1f} to "
        f"{high:,.1f} h without practice, and what each process adds counts that on "
        "average."
    )
    if guarantee.certainty is Certainty.HEURISTIC:
        return evolve(guarantee, reasons=(*guarantee.reasons, reason))
    gap = max(0.0, upper - value) + max(0.0, high - low)
    return Guarantee(
        certainty=Certainty.BOUNDED, gap=gap, reasons=(*guarantee.reasons, reason)
    )


def not_single(guarantee: Guarantee) -> Guarantee:
    """How sure a plan is of a process that is bounded from below alone."""
    reasons = (*guarantee.reasons, NOT_SINGLE)
    return Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=reasons)
