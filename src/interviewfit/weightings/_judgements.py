"""How likely answers and past decisions are under given priorities.

Somebody with the priorities p judges a job, percent of pay, by the sum of p_j x_j over
its aspects. A choice between two jobs has a logistic error of scale s, percent of pay;
the pay y that somebody names for the change c in aspect j has a normal error with the
same standard deviation. So with the differences d between two jobs

    P(the first is chosen) = L(sum of p_j d_j / s),    L(u) = 1 / (1 + exp(-u)),
    p_pay y - p_j c        = pi s / sqrt(3) Z,         Z standard normal.

Somebody goes on with a process if the fit that they believe, m(p), lies above the
threshold t(p) of its next step, or above 0 with an offer:

    P(they stay) = L((m(p) - t(p)) / s).

Slopes are with respect to log p; the information is that which the model expects, which
is never negative.

Reference: D. McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", in
P. Zarembka (ed.), "Frontiers in Econometrics" (1974), 105-142.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem, compile_rows
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import quoted
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn, Number
from interviewfit.weightings._choices import JobChoice, TradeOff

# Numbers worked on together, so that they stay in cache.
_BLOCK = 1 << 20
# Rows of a past decision that are evaluated at once.
_ROWS = 1024
# Step of log priorities over which the slope of a threshold is taken.
_STEP = 1e-4
# Variance of a logistic error of scale 1.
_VARIANCE = np.pi**2 / 3.0
# No fit lies further from a threshold, percent of pay: no decision is impossible.
_FARTHEST = 1000.0


@frozen(eq=False)
class PastFit:
    """How far the believed fit lay above what staying needed, by priorities.

    Attributes:
        decision: At the position at which it was decided.
        aspects: Whose priorities vary.
        stayed: What was done.
    """

    decision: Decision
    aspects: tuple[str, ...]
    stayed: bool

    def gaps(self, priorities: FloatArray) -> FloatColumn:
        """The fit less its threshold, percent of pay; ``(points, aspects)`` in."""
        blocks = []
        for start in range(0, len(priorities), _ROWS):
            rows = priorities[start : start + _ROWS]
            columns: dict[str, Number] = {
                f"priorities.{quoted(aspect)}": column.copy()
                for aspect, column in zip(self.aspects, rows.T, strict=True)
            }
            problem = compile_rows(self.decision, columns)
            evaluation = evaluate(problem, len(rows))
            values = evaluation.ranking.values
            if problem.structure.phase is Phase.OFFERED:
                lead = values[0] - values[1]
            else:
                lead = evaluation.mean - evaluation.thresholds[0]
            blocks.append(lead / problem.process.hours_per_percent)
        gaps = np.nan_to_num(np.concatenate(blocks), nan=0.0)
        return np.asarray(np.clip(gaps, -_FARTHEST, _FARTHEST))

    @property
    def is_telling(self) -> bool:
        """Whether the job, rather than all else, decided whether to stay."""
        problem = compile_problem(self.decision)
        if problem.structure.dealbreakers or not problem.process.hours_per_percent:
            return False
        if problem.structure.phase is Phase.OFFERED:
            return True
        return bool(np.isfinite(evaluate(problem).thresholds[0, 0]))


class Judgements:
    """Answers and past decisions as numbers, and how likely they are.

    Args:
        aspects: Whose priorities are learned.
        fixed: Priorities of the aspects that keep theirs, by name; pay is one of them.
        choices: Between two jobs.
        trades: Of pay for a change.
        past: Decisions on opportunities.
    """

    def __init__(
        self,
        aspects: Sequence[str],
        fixed: Mapping[str, float],
        choices: Sequence[JobChoice],
        trades: Sequence[TradeOff],
        past: Sequence[PastFit],
    ) -> None:
        self.aspects = tuple(aspects)
        numbers = {aspect: number for number, aspect in enumerate(aspects)}
        rows = np.zeros((len(choices), len(aspects) + 1))
        for row, choice in zip(rows, choices, strict=True):
            for aspect, difference in choice.differences.items():
                if aspect in numbers:
                    row[numbers[aspect]] = difference
                else:
                    row[-1] += fixed.get(aspect, 1.0) * difference
        # The same question answered alike is counted, not repeated.
        rows, self.kinds, counts = np.unique(
            rows, axis=0, return_inverse=True, return_counts=True
        )
        self.differences, self.known = rows[:, :-1], rows[:, -1]
        self.counts = counts.astype(np.float64)
        self.kinds = self.kinds.reshape(-1)
        changes = np.zeros((len(trades), len(aspects)))
        for row, trade in zip(changes, trades, strict=True):
            row[numbers[trade.aspect]] = trade.change
        self.changes = changes
        pay = fixed.get("pay", 1.0)
        self.payments = pay * np.array([trade.pay for trade in trades], dtype=float)
        self.past = tuple(past)
        # A past decision is a chain to be solved, which takes as long as 300 choices.
        self.size = self.counts.size + len(trades) + 300 * len(past)

    def choice_log_chances(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> Iterator[tuple[slice, FloatArray]]:
        """Logarithms of the chance of each kind of choice, block by block.

        Blocks are as large as stays in cache, so that 10,000 choices need no more
        memory than 100.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.

        Yields:
            Which kinds, and the logarithm for each of them, ``(points, kinds)``.
        """
        priorities, errors = np.exp(log_priorities), np.exp(log_errors)[:, None]
        size = max(1, _BLOCK // max(len(priorities), len(self.aspects) ** 2))
        for start in range(0, self.counts.size, size):
            kinds = slice(start, start + size)
            gains = priorities @ self.differences[kinds].T + self.known[kinds]
            yield kinds, -np.logaddexp(0.0, -gains / errors)

    def past_log_chances(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> Iterator[FloatColumn]:
        """Logarithm of the chance of each past decision, ``(points,)``.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        priorities, errors = np.exp(log_priorities), np.exp(log_errors)
        for fit in self.past:
            sign = 1.0 if fit.stayed else -1.0
            yield -np.logaddexp(0.0, -sign * fit.gaps(priorities) / errors)

    def trade_log_densities(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> FloatArray:
        """Logarithm of the density of each trade-off, ``(points, trades)``.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        worth = np.exp(log_priorities) @ self.changes.T
        off = (self.payments - worth) / np.exp(log_errors)[:, None]
        scale = log_errors[:, None] + 0.5 * np.log(2.0 * np.pi * _VARIANCE)
        return np.asarray(-scale - 0.5 * off * off / _VARIANCE)

    def log_likelihood(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> FloatColumn:
        """Logarithm of the likelihood of all that was said and done, ``(points,)``.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        total = self.trade_log_densities(log_priorities, log_errors).sum(axis=1)
        for kinds, chances in self.choice_log_chances(log_priorities, log_errors):
            total += chances @ self.counts[kinds]
        for column in self.past_log_chances(log_priorities, log_errors):
            total += column
        return np.asarray(total)

    def slopes(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> tuple[FloatArray, FloatArray]:
        """Slope of the log likelihood, and the information on log priorities.

        The information is the expected one: the outer product of the slopes of each
        judgement, by the variance of its outcome. So it is never negative, and a step
        of Newton's method goes uphill.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.

        Returns:
            ``(points, aspects)`` and ``(points, aspects, aspects)``.
        """
        priorities, errors = np.exp(log_priorities), np.exp(log_errors)[:, None]
        points, count = priorities.shape
        slope, information = np.zeros((points, count)), np.zeros((points, count, count))
        for kinds, chances in self.choice_log_chances(log_priorities, log_errors):
            chance, counts = np.exp(chances), self.counts[kinds]
            rows = self.differences[kinds]
            slope += ((1.0 - chance) * counts) @ rows
            spread = chance * (1.0 - chance) * counts
            outer = (rows[:, :, None] * rows[:, None, :]).reshape(len(rows), -1)
            information += (spread @ outer).reshape(information.shape)
        # In units of one priority over the error.
        off = (self.payments - priorities @ self.changes.T) / errors
        slope += off @ self.changes / _VARIANCE
        information += self.changes.T @ self.changes / _VARIANCE
        rates = priorities / errors
        slope *= rates
        information *= rates[:, :, None] * rates[:, None, :]
        for fit in self.past:
            gaps, gradient = self._gap_slopes(fit, log_priorities)
            sign = 1.0 if fit.stayed else -1.0
            wrong = 1.0 / (1.0 + np.exp(np.clip(sign * gaps / errors[:, 0], -700, 700)))
            gradient = gradient / errors
            slope += sign * wrong[:, None] * gradient
            outer = gradient[:, :, None] * gradient[:, None, :]
            information += (wrong * (1.0 - wrong))[:, None, None] * outer
        return slope, information

    def _gap_slopes(
        self, fit: PastFit, log_priorities: FloatArray
    ) -> tuple[FloatColumn, FloatArray]:
        """The gap of a past decision and its slopes, by differences.

        Args:
            fit, log_priorities: The decision, and ``(points, aspects)``.
        """
        points, count = log_priorities.shape
        moved = log_priorities[:, None] + _STEP * np.vstack(
            [np.zeros(count), np.eye(count)]
        )
        gaps = fit.gaps(np.exp(moved.reshape(-1, count))).reshape(points, count + 1)
        return gaps[:, 0], (gaps[:, 1:] - gaps[:, :1]) / _STEP
