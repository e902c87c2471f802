"""A decision once one aspect of the job is known, and what it is worth then.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961); the
formula is that of ``_questions``.
"""

from collections.abc import Sequence
from functools import partial
from math import inf, sqrt

import numpy as np
from attrs import evolve

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.parameters import quoted
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.effort import counted
from interviewfit._numeric.expected_maximum import bounded_maximum
from interviewfit._process.covariances import covariances_of
from interviewfit.sensitivity._one_way_search import value_scale
from interviewfit.sensitivity._work import likely_work

# Values closer than this share of what is at stake differ by rounding alone.
_ROUNDING = 1e-14
# A grid is long if it takes more than a share of what there is.
_LONG = 0.2
# Where aspects are looked at in turn, one may take so much more than the one before it.
_MORE = 1.5

GRID = 17
"""Points of a grid of news on an aspect."""


class ConditionalDecision:
    """A decision that is made once one aspect of the job is known.

    Attributes:
        decision: As things stand.
        beliefs: What is believed of each aspect now, percent of pay.
        sds: Standard deviation of each as it counts in the surplus, percent of pay.
        unnarrowed: The same for another role at the firm, which is weighed once all is
            known, so that the rounds behind have not narrowed it.
        together: Whether aspects go together.
        slack: Differences of value that are rounding, hours.
        view: How the employer's view goes with the job as believed now, by name; empty
            where passes tell nothing of the fit.
        rivals: What rows of the decision worked out so far have shown.
    """

    def __init__(
        self, assessment: Assessment, rivals: KnownRivals | None = None
    ) -> None:
        self.decision = decision = assessment.decision
        self.rivals = rivals or KnownRivals.of(decision, assessment)
        entry = self.rivals.entries(decision)[0]
        self.beliefs = entry.posterior.beliefs
        self.unnarrowed = entry.posterior.unnarrowed
        structure, numbers = entry.structure, entry.numbers
        self.together = covariances_of(structure, numbers, entry.posterior) is not None
        priorities = self.decision.candidate.priorities
        self.sds = {
            aspect: priorities.get(aspect, 1.0) * belief.sd
            for aspect, belief in self.beliefs.items()
        }
        self.slack = _ROUNDING * value_scale(assessment)
        mutual = entry.process.mutual
        self.view = {} if mutual is None else mutual.fixed_view()

    def expected_values(self, aspects: Sequence[str]) -> FloatColumn:
        """Expected value of the best action once each aspect is known, hours.

        Args:
            aspects: Names of aspects with a standard deviation above 0.
        """
        return self.bounded_values(aspects, inf)[0]

    def bounded_values(
        self, aspects: Sequence[str], most: float
    ) -> tuple[FloatColumn, FloatColumn]:
        """The same by a bounded number of operations, and how far off each may be.

        Args:
            aspects: As ``expected_values``.
            most: Operations that it may take (``effort``).
        """
        if not aspects:
            return np.empty(0), np.empty(0)
        values, count = partial(self.action_values, aspects), len(aspects)
        likely = likely_work(evolve(self.decision, beside=()), GRID * count)
        is_long = likely > _LONG * most
        return bounded_maximum(values, count, self.slack, most, is_long=is_long)

    def values_in_turn(
        self, aspects: Sequence[str], most: float
    ) -> tuple[list[Worth], list[Worth], int]:
        """The same of one aspect after another, until no more can be afforded.

        Args:
            aspects, most: As ``bounded_values``; the first is worked out in any case.

        Returns:
            Expected values, how far off each may be, and how many were worked out.
        """
        values, errors, left = list[Worth](), list[Worth](), most
        for number, aspect in enumerate(aspects):
            with counted() as effort:
                value, error = self.bounded_values(
                    [aspect], left / (len(aspects) - number)
                )
            values += value.tolist()
            errors += error.tolist()
            left -= effort.operations
            if left < _MORE * effort.operations:
                break
        return values, errors, len(values)

    def action_values(
        self, aspects: Sequence[str], curve: IndexArray, z: FloatColumn
    ) -> FloatArray:
        """The value of each action once an aspect is known, hours, by news on it.

        Args:
            aspects: The aspect of each curve.
            curve: The number of the curve on which each point lies, ``(points,)``.
            z: The news at each point, in standard deviations, ``(points,)``.

        Returns:
            Shape ``(actions, points)``.
        """
        stated = self.decision.opportunity.beliefs
        # The employer's view stays what it is, whatever is found out.
        columns = {name: np.full(z.size, value) for name, value in self.view.items()}
        for number, aspect in enumerate(aspects):
            is_known, name = curve == number, quoted(aspect)
            if self.together:
                # What is found out of one aspect tells of the others as well.
                columns[f"known.{name}"] = np.where(is_known, 1.0, 0.0)
                columns[f"news.{name}"] = np.where(is_known, z, 0.0)
                continue
            now = self.beliefs[aspect]
            before, news = stated.get(aspect), now.mean + now.sd * z
            # Where nobody has stated a belief it is not known, NaN.
            mean, sd = (before.mean, before.sd) if before else (np.nan, np.nan)
            columns[f"{name}.mean"] = np.where(is_known, news, mean)
            columns[f"{name}.sd"] = np.where(is_known, 0.0, sd)
            wider = max(0.0, self.unnarrowed[aspect].sd ** 2 - now.sd**2)
            if wider:
                columns[f"{name}.promised"] = np.where(is_known, sqrt(wider), 0.0)
        return evaluate_rows(self.decision, columns, self.rivals).values
