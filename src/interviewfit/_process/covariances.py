"""Aspects that go together: the variance of their sum, and what a stage tells of all.

Let S be the covariance matrix of the aspects, each times its priority, so that the
surplus has the variance 1'S 1. A stage looks at each aspect i with an error of its own,
of the variance

    n_i = S_ii (1 - r_i) / r_i

so that it would show the share r_i of an aspect that goes with no other. By Bayes' rule
the looks leave (S^-1 + N^-1)^-1, found by taking them one after the other:

    S <- S - S_i S_i' / (S_ii + n_i)        S_i: column i

so what a stage shows of one aspect tells of the others. It reveals 1'(S - S_after) 1
of the surplus, half of it by its middle. Where no aspects go together S is diagonal,
and all of this is ``uncertainty``.

What somebody says of one aspect is of that aspect alone: it moves no other belief. An
aspect told as of now keeps the standard deviation it was told with.

Two numbers stand for a matrix that nobody states. ``correlation.people`` goes for each
two of manager, culture, team and growth. ``correlation.pay`` is that of pay with the
sum of all the rest; each aspect takes part in it as it takes part in that sum, so any
two such numbers make a possible matrix.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961),
for the update; R. E. Hall and A. I. Mueller, Journal of Political Economy 126 (2018),
for pay against the rest.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Generic

import numpy as np
from attrs import define, evolve

from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.parameters import quoted
from interviewfit._model.priors import correlation_name
from interviewfit._model.vocabulary import ASPECTS, Phase
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    N,
    Number,
    is_zero,
    root_sum_square,
    sum_in_order,
)
from interviewfit._process.signals import Posterior
from interviewfit._process.structure import StageStructure, Structure
from interviewfit._process.uncertainty import share_left, stages_over

PEOPLE = ("manager", "culture", "team", "growth")
"""Aspects that one common factor moves."""


def correlations_between(
    numbers: Numbers[N], aspects: Sequence[str]
) -> FloatArray | None:
    """Correlations of aspects, ``(aspects, aspects, rows)``; of floats one row.

    Args:
        numbers: Of the decision.
        aspects: Whose correlations are asked for.

    Returns:
        None if no two aspects go together.
    """
    pay, people = numbers["correlation.pay"], numbers["correlation.people"]
    is_stated = "correlations" in numbers
    is_apart = is_zero(pay) and is_zero(people) and not is_stated
    if is_apart or len(aspects) < 2:
        return None
    pairs = [(first, second) for first in aspects for second in aspects]
    if is_stated:
        stated: Sequence[Number] = [
            1.0
            if first == second
            else numbers.get(correlation_name(first, second), 0.0)
            for first, second in pairs
        ]
        return _columns(stated).reshape(len(aspects), len(aspects), -1)
    rest = [aspect for aspect in ASPECTS if aspect != "pay"]
    both = np.array([[a in PEOPLE and b in PEOPLE for b in rest] for a in rest])
    same = np.eye(len(rest))[:, :, None]
    between = both[:, :, None] * np.atleast_1d(np.asarray(people)) * (1.0 - same) + same
    spreads = _columns([numbers[f"spread.{aspect}"] for aspect in rest])
    # The covariance of each aspect with the sum of all but pay, over its own sd.
    shared = sum_in_order(between * spreads[None], axis=1)
    with_pay = pay * _ratio(shared, np.sqrt(sum_in_order(spreads * shared)))
    table: dict[tuple[str, str], Number] = {}
    for row, first in enumerate(rest):
        table["pay", first] = table[first, "pay"] = with_pay[row]
        for column, second in enumerate(rest):
            table[first, second] = between[row, column]
    entries = [table.get(pair, float(pair[0] == pair[1])) for pair in pairs]
    return _columns(entries).reshape(len(aspects), len(aspects), -1)


def sd_of_sum(numbers: Numbers[N], sds: Mapping[str, N], *others: N) -> N:
    """The standard deviation of a sum of aspects that may go together.

    Args:
        numbers: Of the decision.
        sds: Of each aspect, as it is weighed.
        others: Standard deviations of parts that go with nothing.
    """
    correlations = correlations_between(numbers, tuple(sds))
    parts: list[N] = list(others)
    if correlations is None:
        parts.extend(sds.values())
        return root_sum_square(parts)
    column = _columns(list(sds.values()))
    variance = sum_in_order(sum_in_order(column[:, None] * correlations * column[None]))
    sd: N = _number(np.sqrt(np.maximum(0.0, variance)), numbers)
    parts.append(sd)
    return root_sum_square(parts)


def _columns(entries: Sequence[Number]) -> FloatArray:
    """Numbers as columns of equal length, ``(entries, rows)``; of floats one row."""
    columns = np.empty((len(entries), max(map(np.size, entries), default=1)))
    for column, entry in zip(columns, entries, strict=True):
        column[:] = entry
    return columns


def _number(values: FloatArray, numbers: Numbers[N]) -> Any:
    """A column, or the float that it holds where all numbers are floats.

    A column of a single row stays one: it is solved as any row.

    Args:
        values: Of shape ``(rows,)``.
        numbers: Of the decision.
    """
    single = values.size == 1 and not any(map(np.ndim, numbers.values()))
    return float(values[0]) if single else values


def _ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """A ratio that is 0 where the denominator is.

    Args:
        numerator, denominator: Of shapes that fit.
    """
    ratio = np.zeros(np.broadcast_shapes(numerator.shape, denominator.shape))
    np.divide(numerator, denominator, out=ratio, where=denominator != 0.0)
    return ratio


@define(eq=False)
class Covariances(Generic[N]):
    """What is unknown of aspects that go together, as they are weighed. It changes.

    Attributes:
        aspects: In the order of the matrix.
        matrix: Before the stage that is next or under way, percent of pay squared,
            ``(aspects, aspects, rows)``; of floats one row.
    """

    aspects: tuple[str, ...]
    matrix: FloatArray

    def variance(self, numbers: Numbers[N]) -> N:
        """Of the surplus, percent of pay squared."""
        variance: N = _number(
            np.maximum(0.0, sum_in_order(sum_in_order(self.matrix))), numbers
        )
        return variance

    def now(self, structure: Structure, numbers: Numbers[N]) -> "Covariances[N]":
        """The same where the process stands, also where a stage is half over.

        Args:
            structure: Says whether it is.
            numbers: Of the decision.
        """
        rest: Covariances[N] = Covariances(self.aspects, self.matrix)
        if structure.phase is Phase.MIDWAY:
            rest.reveal(numbers, structure.stages[structure.stage], 0.0)
            shown = self.matrix - rest.matrix
            rest.matrix = self.matrix - numbers["first_half"] * shown
        return rest

    def find_out(
        self, structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
    ) -> Posterior[N]:
        """Beliefs once some aspects are known for sure, which tells of the others too.

        Args:
            structure: Says where the process stands.
            numbers: With ``known.<aspect>``, 1 in rows where it is, and
                ``news.<aspect>``, by how many standard deviations it surprises there.
            posterior: Before that.
        """
        for index, aspect in enumerate(self.aspects):
            if f"known.{quoted(aspect)}" not in numbers:
                continue
            known = np.atleast_1d(np.asarray(numbers[f"known.{quoted(aspect)}"]))
            now, before = self.now(structure, numbers).matrix, self.matrix
            gain = known * _ratio(now[index], np.sqrt(now[index, index]))
            shifts = gain * numbers[f"news.{quoted(aspect)}"]
            share = _ratio(
                gain * gain, np.stack([row[it] for it, row in enumerate(now)])
            )
            loss = known * _ratio(before[index], before[index, index])
            self.matrix = before - loss[:, None] * before[index][None]
            self._settle(index, known >= 1.0)
            groups = []
            sds = [posterior.beliefs[name].sd for name in self.aspects]
            for beliefs in (posterior.beliefs, posterior.unnarrowed):
                told: dict[str, Estimate[N]] = {}
                for row, name in enumerate(self.aspects):
                    weight = np.atleast_1d(np.asarray(numbers.priority(name)))
                    belief, shift = beliefs[name], _ratio(shifts[row], weight)
                    square = np.asarray(belief.sd) ** 2 - share[row] * sds[row] ** 2
                    left: N = _number(np.sqrt(np.maximum(0.0, square)), numbers)
                    moved: N = _number(shift, numbers)
                    told[name] = Estimate(belief.mean + moved, left)
                groups.append(told)
            posterior = evolve(posterior, beliefs=groups[0], unnarrowed=groups[1])
        return posterior

    def reveal(self, numbers: Numbers[N], stage: StageStructure, over: N) -> N:
        """The variance of the surplus that a whole stage reveals; it is taken away.

        Args:
            numbers, stage: Of the decision, with the shares revealed, and which stage.
            over: The share of the stage that is over; it does not matter here, where
                the matrix is that of before the stage.
        """
        del over
        before = self.matrix
        shares = _columns(
            [numbers.reveals(stage.number, stage.kind, it) for it in self.aspects]
        )
        is_shown, known = shares.any(axis=1), shares >= 1.0
        is_settled = bool(known.any())
        for index in np.flatnonzero(is_shown).tolist():
            # The error of a look, times the share, so that a share of 0 is no matter.
            share, own = shares[index], self.matrix[index]
            error = (1.0 - share) * before[index, index]
            gain = _ratio(share * own, share * own[index] + error)
            self.matrix = self.matrix - gain[:, None] * own[None]
            if is_settled:
                self._settle(index, known[index])
        # Rounding may leave a little less than nothing.
        shown: N = _number(
            np.maximum(0.0, sum_in_order(sum_in_order(before - self.matrix))), numbers
        )
        return shown

    def _settle(self, index: int, known: BoolArray) -> None:
        """Leave nothing of an aspect where it is known.

        What rounding leaves of its covariances would later be divided by what rounding
        leaves of its variance.

        Args:
            index: Of the aspect.
            known: In which rows it is known for sure.
        """
        if known.any():
            self.matrix[index] = np.where(known, 0.0, self.matrix[index])
            self.matrix[:, index] = np.where(known, 0.0, self.matrix[:, index])


def covariances_of(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> Covariances[N] | None:
    """What is unknown where the process stands; None if no aspects go together.

    Args:
        structure: Says which rounds are behind.
        numbers: Of the decision.
        posterior: Beliefs, and the same as if no round were behind.
    """
    aspects = tuple(posterior.beliefs)
    correlations = correlations_between(numbers, aspects)
    if correlations is None:
        return None
    weights: list[N] = [numbers.priority(aspect) for aspect in aspects]
    first, now = (
        _columns([w * found[it].sd for w, it in zip(weights, aspects, strict=True)])
        for found in (posterior.unnarrowed, posterior.beliefs)
    )
    unknown: Covariances[N] = Covariances(
        aspects, first[:, None] * correlations * first[None]
    )
    over = stages_over(structure)
    for stage in over:
        unknown.reveal(numbers, stage, 0.0)
    if not over and structure.phase is not Phase.MIDWAY:
        return unknown
    left = _columns([share_left(structure, numbers, it) for it in aspects])
    shown: FloatArray = np.zeros((1, 1))
    if structure.phase is Phase.MIDWAY:
        half, under_way = numbers["first_half"], structure.stages[structure.stage]
        number, kind = under_way.number, under_way.kind
        shown = _columns([half * numbers.reveals(number, kind, it) for it in aspects])
    # What is told as of now is as wide as it was told.
    is_told = now > first * np.sqrt(left) * (1.0 + 1e-9)
    variances = np.stack([unknown.matrix[it, it] for it in range(len(aspects))])
    scale = np.sqrt(_ratio(_ratio(now * now, 1.0 - shown), variances))
    scale = np.where(is_told, scale, 1.0)
    unknown.matrix = unknown.matrix * scale[:, None] * scale[None]
    return unknown
