"""Backward induction: from the value function after a step to the one before it.

For each decision, last first: find the threshold, place quadrature panels right of it,
and carry the time value (``value_function``) on their nodes. It is carried likewise,
without a threshold, between steps in which too many facts would become known together.
Rows of a batch are grouped anew after each by the number of their nodes, and each group
remembers those its rows came from. What is computed for a row depends on that row
alone, to its last bit.

Reference: R. Bellman, "Dynamic Programming" (1957).
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from attrs import define, evolve

from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import (
    REACH_LEFT,
    REACH_RIGHT,
    Panels,
    largest,
    layout_rows,
    repeat_first_row,
    smallest,
    take_rows,
)
from interviewfit._solver.chains import ABSORBING, DECISION, Chains, MergedSteps
from interviewfit._solver.jumps import Jumps, factors_fit
from interviewfit._solver.thresholds import find_threshold
from interviewfit._solver.value_function import (
    ContinuationSample,
    ContinuationValue,
    Path,
    ValueFunction,
)

Array = TypeVar("Array", FloatArray, IndexArray)

LaterSteps: TypeAlias = tuple[tuple[ContinuationValue, ContinuationSample], ...]
"""Continuation values after the first, each sampled at the nodes of the one before."""


@define(eq=False, repr=False)
class NodeGroup:
    """Rows whose value function after the first merged steps has equally many nodes.

    Attributes:
        rows: Their numbers.
        continuation: Their continuation value over these merged steps.
        kinks, kink_ends: Where decisions ahead have left kinks, hours, shape ``(rows,
            kinks)``; where there would be very many, the first and the last of some.
        kink_sds: The standard deviation by which each has been smoothed, hours.
        parents: Rows of the groups at the following decision, in the order of *rows*.
    """

    rows: IndexArray
    continuation: ContinuationValue
    kinks: FloatArray
    kink_ends: FloatArray
    kink_sds: FloatArray
    parents: "tuple[_Parent, ...]" = ()

    def trajectories(
        self, rows: IndexArray
    ) -> Iterator[tuple[IndexArray, ContinuationValue, LaterSteps]]:
        """Some rows of this group, by the groups they passed through at each decision.

        Args:
            rows: Positions in the group, in any order and number.

        Yields:
            Positions in *rows*, the continuation value of these rows, and the later
            ones.
        """
        count = self.rows.size
        if count == rows.size == 1 and (alone := self._later_steps()) is not None:
            yield np.arange(1), self.continuation, alone
            return
        if not self.parents:
            yield np.arange(rows.size), take_rows(self.continuation, rows, count), ()
        start = 0
        for parent in self.parents:
            stop = start + parent.rows.size
            if len(self.parents) == 1:
                chosen, positions = np.arange(rows.size), rows
            else:
                chosen = np.flatnonzero((rows >= start) & (rows < stop))
                positions = rows[chosen] - start
            start = stop
            if not positions.size:
                continue
            members = parent.group.trajectories(parent.rows[positions])
            for subset, continuation, later in members:
                sample = take_rows(parent.sample, positions[subset], parent.rows.size)
                lines = chosen[subset]
                first = take_rows(self.continuation, rows[lines], count)
                yield lines, first, ((continuation, sample), *later)

    def _later_steps(self) -> LaterSteps | None:
        """What follows these steps, if every later group has a single row as well."""
        group, later = self, list[tuple[ContinuationValue, ContinuationSample]]()
        while group.parents:
            parent = group.parents[0]
            group = parent.group
            if group.rows.size > 1:
                return None
            later.append((group.continuation, parent.sample))
        return tuple(later)

    def broadcast_rows(self, rows: int) -> "NodeGroup":
        """The group with so many rows, all like its first; they must all be alike."""
        indices, parents = np.arange(rows), []
        for parent in self.parents:
            group = parent.group.broadcast_rows(rows)
            sample = repeat_first_row(parent.sample, rows)
            parents.append(_Parent(group, indices, sample))
        repeated = repeat_first_row(self, rows)
        return evolve(repeated, rows=indices, parents=tuple(parents))


@define(eq=False, repr=False)
class _Parent:
    """Rows of a group that went on to the decision before it together.

    Attributes:
        group: The group.
        rows: Positions in that group, ascending.
        sample: Its continuation value at the nodes these rows have before it.
    """

    group: NodeGroup
    rows: IndexArray
    sample: ContinuationSample


_Part: TypeAlias = tuple[_Parent, Panels, FloatArray, FloatArray, FloatArray]
"""Rows of a group before a decision: parent, panels, kinks, ends and deviations."""

# With more kinks than this, those of one decision stand for all between them.
_MOST_KINKS = 64
# Kinks that do are taken to be as smooth as this share of their distance.
_SMOOTHED = 1.0 / 64.0


def backward_induction(
    chains: Chains, rows: IndexArray, thresholds: FloatArray, path: Path
) -> list[NodeGroup]:
    """Solve rows whose steps are of the same kinds, last step first.

    Args:
        chains: The chains of all rows.
        rows: Numbers of the rows to solve.
        thresholds: Of all rows, hours, shape ``(rows, steps)``; written here.
        path: How they are worked out.

    Returns:
        The continuation values of the first merged steps, with the later ones.
    """
    selected, solved = take_rows(chains, rows, len(chains.kinds)), thresholds[rows]
    kinds, steps = selected.kinds[0], selected.kinds.shape[1]
    bounds = selected.bounds()
    everybody, zeros = np.arange(rows.size), np.zeros((rows.size, 1))
    # At the end an offer is accepted or declined: max(0, m).
    end = ValueFunction(zeros + 1.0, zeros)
    last = ContinuationValue.of(selected.merge(bounds[-2], steps), end, path)
    groups = [NodeGroup(everybody, last, zeros, zeros, zeros)]
    for first, step in zip(bounds[-3::-1], bounds[-2:0:-1], strict=True):
        merged = selected.merge(first, step)
        if kinds[step] != ABSORBING:
            groups = _step_back(selected, step, groups, merged, solved)
        else:
            # Everybody leaves before an absorbing step, so W is its floor, and no
            # earlier step has a decision.
            strike = selected.strike[:, step, None]
            floor = ValueFunction(np.zeros_like(strike), strike)
            continuation = ContinuationValue.of(merged, floor, path)
            groups = [NodeGroup(everybody, continuation, zeros, zeros, zeros)]
    decides = selected.kinds[:, 0] == DECISION
    for group in groups:
        deciding = np.flatnonzero(decides[group.rows])
        if deciding.size:
            _decide(selected, 0, group, solved, deciding)
    thresholds[rows] = solved
    if rows.size == len(chains.kinds):
        return groups
    return [evolve(group, rows=rows[group.rows]) for group in groups]


def _column(numbers: FloatArray, rows: IndexArray, step: int) -> FloatArray:
    """The numbers of a step in some rows, shape ``(rows, 1)``.

    Of a single chain nothing is copied, because to pick its only row takes longer than
    the arithmetic that follows.

    Args:
        numbers: Of all rows and steps, ``(rows, steps)``.
        rows: Which rows, in any order and number.
        step: Index of the step.
    """
    column = numbers[:, step, None]
    return column if len(column) == 1 else column[rows]


def _decide(
    chains: Chains,
    step: int,
    group: NodeGroup,
    thresholds: FloatArray,
    deciding: IndexArray | None = None,
) -> FloatArray:
    """The threshold of a step, hours, ``(rows, 1)``; also written into *thresholds*.

    Args:
        chains: The chains.
        step: Index of the step, at which the first merged steps of *group* begin.
        group: Continuation values of the step.
        thresholds: Thresholds of all rows of *chains*, hours, shape ``(rows, steps)``.
        deciding: Positions of the rows in the group that decide; all by default.
    """
    rows = group.rows if deciding is None else group.rows[deciding]
    numbers = chains.gap, chains.continuation_strike, chains.strike
    gap, ahead, strike = (_column(of_all, rows, step) for of_all in numbers)
    threshold = find_threshold(group.continuation, gap, ahead, strike, deciding)
    thresholds[rows, step] = threshold[:, 0]
    return threshold


def _step_back(
    chains: Chains,
    step: int,
    groups: list[NodeGroup],
    merged: MergedSteps,
    thresholds: FloatArray,
) -> list[NodeGroup]:
    """The groups before a decision, from the groups after it.

    Args:
        chains: The chains.
        step: Index of the step with the decision, or of one that is not merged with
            those before it.
        groups: Continuation values of that step.
        merged: The merged steps that end before it, of all rows.
        thresholds: Of all rows, hours, ``(rows, steps)``; written here.
    """
    parts: dict[tuple[int, ...], list[_Part]] = {}
    decides = bool(chains.kinds[0, step] == DECISION)
    for group in groups:
        strike = _column(chains.strike, group.rows, step)
        ahead = kinks, kink_ends, kink_sds = _kinks_before(group)
        left = smallest(kinks - REACH_LEFT * kink_sds)
        right = largest(kink_ends + REACH_RIGHT * kink_sds)
        if decides:
            threshold = _decide(chains, step, group, thresholds)
            left = np.maximum(left, threshold)
            kinks, kink_ends, kink_sds = _with_kink(threshold, *ahead)
        left = np.minimum(left, strike)
        right = np.where(left < strike, np.maximum(right, strike), strike)
        sd = _column(merged.sd, group.rows, 0)
        layouts = layout_rows(left, strike, right, ahead, sd)
        jumps = merged.jumps
        if jumps is not None:
            jumps = take_rows(jumps, group.rows, chains.gap.shape[0])
            layouts = _split_layouts(layouts, sd, jumps)
        for rows, panels in layouts:
            sample = group.continuation.at(panels.nodes, rows)
            parent = _Parent(group, rows, sample)
            smoothed = kinks, kink_ends, kink_sds
            if len(layouts) > 1:
                smoothed = kinks[rows], kink_ends[rows], kink_sds[rows]
            parts.setdefault(panels.layout, []).append((parent, panels, *smoothed))
    return [_merge_groups(chains, step, alike, merged) for alike in parts.values()]


def _split_layouts(
    layouts: list[tuple[IndexArray, Panels]], sd: FloatArray, jumps: Jumps
) -> list[tuple[IndexArray, Panels]]:
    """Rows of short panels apart in which each jump needs a kernel of its own.

    Args:
        layouts: Rows and their panels.
        sd, jumps: Of the change before them, of all these rows.
    """
    result = []
    for rows, panels in layouts:
        fits = factors_fit(panels.half, sd[rows], take_rows(jumps, rows, sd.size))
        if np.count_nonzero(fits) == rows.size or not panels.all_short:
            result.append((rows, panels))
            continue
        for kept in (True, False):
            subset = np.flatnonzero(fits == kept)
            if subset.size:
                chosen = take_rows(panels, subset, rows.size)
                result.append((rows[subset], evolve(chosen, all_short=kept)))
    return result


def _merge_groups(
    chains: Chains, step: int, parts: list[_Part], merged: MergedSteps
) -> NodeGroup:
    """The group before a decision, of rows whose panels have the same layout.

    Args:
        chains: The chains.
        step: Index of the step with the decision.
        parts: The rows, by the group they come from.
        merged: The merged steps that end before it, of all rows.
    """
    parents, panels_of_parts, *kinks = zip(*parts, strict=True)
    rows = _stack([parent.group.rows[parent.rows] for parent in parents])
    panels = Panels.stack(panels_of_parts)
    gap, slope, strike = (
        _column(numbers, rows, step)
        for numbers in (chains.gap, chains.slope, chains.strike)
    )
    # Without a decision the floor is that of going on.
    gap, over = np.maximum(gap, 0.0), panels.nodes - strike
    time_value = np.concatenate([parent.sample.both for parent in parents])
    value, derivative = time_value[:, 0], time_value[:, 1]
    derivative -= slope * (over > 0.0)
    np.maximum(over, 0.0, out=over)
    over *= slope
    over += gap
    value -= over
    continuation = ContinuationValue.of(
        take_rows(merged, rows, chains.gap.shape[0]),
        ValueFunction(
            slope,
            strike,
            panels,
            time_value,
            has_exit=bool(chains.kinds[0, step] == DECISION),
        ),
        parents[0].group.continuation.path,
    )
    first, last, sds = map(_stack, kinks)
    return NodeGroup(rows, continuation, first, last, sds, parents)


def _stack(arrays: Sequence[Array]) -> Array:
    """Arrays joined along the rows; a single array is not copied."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _kinks_before(group: NodeGroup) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Kinks, their ends and deviations as seen from before the first merged steps.

    A jump shows a kink from each shift. With many jumps the number of kinks would
    double and double; then the first and the last that come of a kink stand for all.

    Args:
        group: With the kinks after these steps, hours, shape ``(rows, kinks)``.
    """
    steps = group.continuation.steps
    sds, kinks = np.hypot(group.kink_sds, steps.sd), group.kinks - steps.drift
    # Where no kink stands for several, their ends are the same array.
    are_points = group.kink_ends is group.kinks
    ends = kinks if are_points else group.kink_ends - steps.drift
    if steps.jumps is None:
        return kinks, ends, sds
    shift = steps.jumps.shift
    if kinks.shape[1] * shift.shape[1] <= _MOST_KINKS:
        kinks = _shifted(kinks, shift)
        ends = kinks if are_points else _shifted(ends, shift)
        return kinks, ends, sds.repeat(shift.shape[1], axis=1)
    kinks, ends = kinks - steps.jumps.high, ends - steps.jumps.low
    return kinks, ends, np.maximum(sds, _SMOOTHED * (ends - kinks))


def _with_kink(
    threshold: FloatArray, kinks: FloatArray, ends: FloatArray, sds: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Kinks, their ends and deviations with that of a decision, which is a point.

    Args:
        threshold: Of the decision, hours, shape ``(rows, 1)``; no change of the mean
            has smoothed its kink yet.
        kinks, ends: Where the decisions after it have left kinks, hours, ``(rows,
            kinks)``; the same array unless a kink stands for several.
        sds: By how much each was smoothed, hours, likewise.
    """
    are_points = ends is kinks
    kinks = np.concatenate((threshold, kinks), axis=1)
    ends = kinks if are_points else np.concatenate((threshold, ends), axis=1)
    return kinks, ends, np.concatenate((np.zeros(threshold.shape), sds), axis=1)


def _shifted(places: FloatArray, shift: FloatArray) -> FloatArray:
    """Where some places lie as seen from before jumps, ``(rows, places * shifts)``.

    Whoever is moved up by a shift reaches a place from so much further left.

    Args:
        places: Means after the jumps, hours, shape ``(rows, places)``.
        shift: Every shift that facts can make, hours, shape ``(rows, shifts)``.
    """
    moved = places[:, :, None] - shift[:, None, :]
    return np.asarray(moved.reshape(len(places), -1))
