"""Expected value of partial perfect information: one aspect is known before deciding.

Suppose aspect j of the job became known for sure now. The surplus m then moves by
p * (x - mean), which is normal with standard deviation s = priority * sd, and no stage
ahead has anything left to show of j. With W the value of the best open action, and
W_j the same where stages show nothing of j,

    value of knowing j = E[ W_j(m + s * Z) ] - W(m),    Z standard normal.

It is never below 0, because the candidate may ignore what they learned.

An aspect of the company moves something more. Another role at the same firm shares
those aspects, so that good news on culture raises the value of that role, too. The
process itself then depends on the news, and is solved anew at every point of the
integral; otherwise it is solved once for each aspect.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961);
M. Strong, J. E. Oakley and A. Brennan, Medical Decision Making 34 (2014) 311-326, for
the usual estimate of what is integrated here.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    compile_case,
    open_courses,
)
from interviewfit._assessment.assessing import Assessment
from interviewfit._competition.chains import solve_steps
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.beliefs import Estimate
from interviewfit._model.fields import unchecked
from interviewfit._model.priors import COMPANY_ASPECTS
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, total
from interviewfit._numeric.expected_maximum import Curves, expected_maximum
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.signals import Posterior
from interviewfit._solver.solution import Solution
from interviewfit.sensitivity._switching_values import value_scale

__all__ = ["ConditionalDecision"]

# Values closer than this share of what is at stake differ by rounding alone.
_ROUNDING = 1e-14
# Processes solved at once, where each point of an integral has a process of its own.
_BLOCK = 4096


@frozen(eq=False)
class ConditionalDecision:
    """A decision that is made once one aspect of the job is known.

    Attributes:
        problem: Who decides about which opportunity, from which numbers.
        posterior: What is believed now.
        process: The steps ahead, compiled from these beliefs.
        sds: Standard deviation of each aspect as it counts in the surplus, percent of
            pay.
        value: Value of the best action as things stand, hours.
        slack: Differences of value that are rounding, hours.
    """

    problem: Problem
    posterior: Posterior
    process: Process
    sds: Mapping[str, PercentOfPay]
    value: Worth
    slack: Worth

    @classmethod
    def of(cls, assessment: Assessment) -> "ConditionalDecision":
        """The decision that was assessed, with its rivals solved once."""
        problem, posterior, process = compile_case(assessment.decision)
        priorities = problem.candidate.priorities
        return cls(
            problem,
            posterior,
            process,
            {
                aspect: priorities.get(aspect, 1.0) * belief.sd
                for aspect, belief in posterior.beliefs.items()
            },
            assessment.value,
            _ROUNDING * value_scale(assessment),
        )

    def expected_values(self, aspects: Sequence[str]) -> FloatColumn:
        """Expected value of the best action once each aspect is known.

        Args:
            aspects: Names of aspects with a standard deviation above 0.

        Returns:
            Hours, one for each aspect; at least ``value``, but for rounding.
        """
        values = np.empty(len(aspects))
        for anew in (False, True):
            rows = [
                row
                for row, aspect in enumerate(aspects)
                if self._changes_process(aspect) is anew
            ]
            if rows:
                curves = self.curves([aspects[row] for row in rows], anew)
                values[rows] = expected_maximum(curves, len(rows), self.slack)
        return values

    def _changes_process(self, aspect: str) -> bool:
        """Whether the news changes more than the mean: then points are solved anew.

        With an offer in hand there are no steps to solve, so that nothing is saved.
        """
        steps = self.process.steps
        shared = any(Term.HIDDEN_ROLE in step.gains for step in steps)
        return not steps or (shared and aspect in COMPANY_ASPECTS)

    def curves(self, aspects: Sequence[str], anew: bool) -> Curves:
        """Value of each action as a function of the standardised news.

        Args:
            aspects: The aspect of each curve.
            anew: Whether the process is solved anew at every point, because the news
                changes it; else once for each aspect.

        Returns:
            A function of numbers of curves and of z, both ``(points,)``, that gives
            hours ``(actions, points)``.
        """
        sds = np.array([self.sds[aspect] for aspect in aspects])
        every = np.arange(len(aspects))
        fixed = None if anew else self._solve(aspects, every, np.zeros(every.size))

        def worths(which: IndexArray, z: FloatColumn) -> FloatArray:
            """Hours of each action, ``(actions, points)``, at news *z* of its curve."""
            if fixed is not None:
                return fixed.worths(which, sds[which] * z)
            blocks = []
            for start in range(0, z.size, _BLOCK):
                block = slice(start, start + _BLOCK)
                solved = self._solve(aspects, which[block], z[block])
                rows = np.arange(which[block].size)
                blocks.append(solved.worths(rows, np.zeros(rows.size)))
            return np.concatenate(blocks, axis=1)

        return worths

    def _solve(
        self, aspects: Sequence[str], which: IndexArray, z: FloatColumn
    ) -> "_SolvedRows":
        """Solve one process for each row, in which one aspect is known.

        Args:
            aspects: Names to choose from.
            which: Number of the known aspect in each row, ``(rows,)``.
            z: What it turns out to be, in its standard deviations from what was
                expected, ``(rows,)``.
        """
        problem, beliefs = self.problem, dict[str, Estimate]()
        names = np.array(aspects)[which]
        for aspect, belief in self.posterior.beliefs.items():
            is_known = names == aspect
            beliefs[aspect] = unchecked(
                belief,
                mean=belief.mean + np.where(is_known, belief.sd * z, 0.0),
                sd=np.where(is_known, 0.0, belief.sd),
            )
        posterior = evolve(self.posterior, beliefs=beliefs)
        process = compile_process(
            problem.candidate, problem.opportunity, posterior, problem.assumptions
        )
        alternatives = open_courses(problem, posterior, process)
        # A single row would be solved another way, and differ in its last bits.
        rows = max(2, which.size)
        return _SolvedRows(
            process.percent,
            np.asarray(process.percent * process.mean),
            alternatives,
            [
                solve_steps(alternative.steps, rows) if alternative.steps else None
                for alternative in alternatives
            ],
            problem.rivals,
        )


@frozen(eq=False)
class _SolvedRows:
    """Every open action, solved for one process in each row.

    Attributes:
        hours_per_percent: Value of one percent of pay, hours.
        means: Of the surplus in each row, hours.
        alternatives: The open actions.
        solutions: Of the steps of each alternative; None where it has none.
        rivals: The other processes of the search, if there are any.
    """

    hours_per_percent: Worth
    means: FloatColumn
    alternatives: Sequence[Alternative]
    solutions: Sequence[Solution | None]
    rivals: RivalDistribution | None

    def worths(self, rows: IndexArray, news: FloatColumn) -> FloatArray:
        """Value of each action at some points, hours, ``(actions, points)``.

        Args:
            rows: The row in which each point lies; a row may have any number of them.
            news: By how much the surplus is above the mean of the row, percent of pay.
        """
        means = self.means[rows] + self.hours_per_percent * news
        worths = np.empty((len(self.alternatives), rows.size))
        for row, alternative, solution in zip(
            worths, self.alternatives, self.solutions, strict=True
        ):
            if solution is None:
                worth = total(alternative.terms.values())
                row[:] = np.broadcast_to(worth, self.means.shape)[rows]
            elif self.rivals is None:
                row[:] = _continuation_values(solution, rows, means)
            else:
                leaving = np.asarray(alternative.steps[0].exit)
                exits = np.broadcast_to(leaving, self.means.shape)[rows]
                row[:] = self.rivals.value_beside(solution, rows, means, exits)
        return worths


def _continuation_values(
    solution: Solution, rows: IndexArray, means: FloatColumn
) -> FloatColumn:
    """Value of taking the first step, hours, one for each point.

    Solutions take equally many points in every row, so that the points are laid out as
    a table ``(rows, points of the fullest row)`` first.

    Args:
        solution: Of a chain of steps in each row.
        rows: The row of each point.
        means: Of the surplus at each point, hours.
    """
    counts = np.bincount(rows, minlength=solution.thresholds.shape[0])
    order = np.argsort(rows, kind="stable")
    starts = np.cumsum(counts) - counts
    columns = np.empty(rows.size, dtype=np.intp)
    columns[order] = np.arange(rows.size) - starts[rows[order]]
    table = np.zeros((counts.size, counts.max()))
    table[rows, columns] = means
    return solution.continuation_value(table)[rows, columns]
