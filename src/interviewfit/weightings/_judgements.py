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

from interviewfit._assessment.afterwards import next_threshold
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem, compile_rows
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import quoted
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    Number,
    matrix_product,
)
from interviewfit._numeric.effort import spend
from interviewfit.weightings._choices import JobChoice, TradeOff

# Numbers and points worked on together, so that they stay in cache, and factors
# multiplied before a logarithm is taken.
_BLOCK, _POINTS, _FACTORS = 1 << 17, 1024, 512
# Beyond so many errors a choice is as good as certain, and exp would overflow.
_STEEPEST = 700.0
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
            process = problem.process
            if problem.structure.phase is Phase.OFFERED:
                values = evaluate(problem, len(rows)).ranking.values
                lead = values[0] - values[1]
            else:
                mean = process.mean_hours - process.trial
                lead = mean - next_threshold(problem, len(rows))
            blocks.append(lead / process.hours_per_percent)
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
        return bool(np.isfinite(next_threshold(problem, 1)[0]))

    @property
    def stages(self) -> int:
        """How many stages were ahead."""
        job = self.decision.opportunity
        if job.position.phase is Phase.OFFERED:
            return 0
        return len(job.stages) - job.position.stage


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
        # Those asked once come first, because their chances are simply multiplied.
        order = np.argsort(counts > 1, kind="stable")
        rows, counts = rows[order], counts[order]
        self.once = int(np.sum(counts == 1))
        self.differences, self.known = rows[:, :-1], rows[:, -1]
        self.counts = counts.astype(np.float64)
        self.kinds = np.argsort(order)[self.kinds.reshape(-1)]
        self._read_trades(trades, numbers, fixed)
        self.past = tuple(past)
        # A past decision is a chain to be solved, which takes as long as 300 choices.
        self.size = self.counts.size + len(trades) + 300 * len(past)

    def _read_trades(
        self,
        trades: Sequence[TradeOff],
        numbers: Mapping[str, int],
        fixed: Mapping[str, float],
    ) -> None:
        """Keep of trade-offs what is needed: of each aspect a square and a priority.

        Each concerns one aspect, so the squares of what they are off by sum to

            sum of q_j (p_j - b_j)**2 + r,  q_j = sum of c**2,  b_j = sum of c y / q_j,

        where r is what is left at p = b. Of 10,000 that is no more work than of one.

        Args:
            trades: Of pay for a change.
            numbers: The number of each aspect whose priority is learned.
            fixed: Priorities of the others.
        """
        places = np.array([numbers.get(trade.aspect, -1) for trade in trades], int)
        change = np.array([trade.change for trade in trades])
        worth = fixed.get("pay", 1.0) * np.array([trade.pay for trade in trades])
        known = np.array([fixed.get(trade.aspect, 1.0) for trade in trades])
        count = len(self.aspects)
        self.trades, self.squares = len(trades), np.zeros(count)
        best = np.zeros(count + 1)
        for number in range(count):
            own = places == number
            self.squares[number] = np.sum(change[own] ** 2)
            total = float(np.sum(change[own] * worth[own]))
            best[number] = total / (self.squares[number] or 1.0)
        self.best = best[:-1]
        off = worth - change * np.where(places < 0, known, best[places])
        self.rest = float(np.sum(off**2))

    def choice_gains(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> Iterator[tuple[slice, FloatArray]]:
        """By how much each kind of choice gains, in errors of judgement, in blocks.

        Blocks are as large as stays in cache, so that 10,000 choices need no more
        memory than 100.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.

        Yields:
            Which kinds, and the gain of each of them, ``(kinds, points)``.
        """
        rates = (np.exp(log_priorities) / np.exp(log_errors)[:, None]).T
        inverse, points = np.exp(-log_errors), len(log_errors)
        size = max(1, _BLOCK // max(points, len(self.aspects) ** 2))
        for start in range(0, self.counts.size, size):
            kinds = slice(start, start + size)
            gains = matrix_product(self.differences[kinds], rates)
            gains += self.known[kinds, None] * inverse
            # Half as long as a step of the solver.
            spend(gains.size // 2)
            yield kinds, gains

    def choice_log_likelihood(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> FloatColumn:
        """Logarithm of the probability of all choices, ``(points,)``.

        With m = min(u, 0) the logarithm of L(u) is m - log(1 + exp(-|u|)). Of choices
        made once the logarithm is taken of a product, which cannot overflow because no
        factor is above 2.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        blocks = []
        for start in range(0, len(log_errors), _POINTS):
            rows = slice(start, start + _POINTS)
            total = np.zeros(len(log_errors[rows]))
            for kinds, gains in self.choice_gains(
                log_priorities[rows], log_errors[rows]
            ):
                counts = self.counts[kinds]
                total += np.einsum("k,kp->p", counts, np.minimum(gains, 0.0))
                np.abs(gains, out=gains)
                np.negative(gains, out=gains)
                np.exp(gains, out=gains)
                once = min(max(0, self.once - kinds.start), len(gains))
                for first in range(0, once, _FACTORS):
                    factors = gains[first : min(once, first + _FACTORS)] + 1.0
                    total -= np.log(np.multiply.reduce(factors, axis=0))
                if once < len(gains):
                    again = np.log1p(gains[once:])
                    total -= np.einsum("k,kp->p", counts[once:], again)
            blocks.append(total)
        return np.concatenate(blocks)

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

    def trade_log_likelihood(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> FloatColumn:
        """Logarithm of the density of all trade-offs, ``(points,)``.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        off = np.exp(log_priorities) - self.best
        squares = np.sum(self.squares * off * off, axis=1) + self.rest
        scale = log_errors + 0.5 * np.log(2.0 * np.pi * _VARIANCE)
        squares = squares * np.exp(-2.0 * log_errors)
        return np.asarray(-self.trades * scale - 0.5 * squares / _VARIANCE)

    def log_likelihood(
        self, log_priorities: FloatArray, log_errors: FloatColumn
    ) -> FloatColumn:
        """Logarithm of the likelihood of all that was said and done, ``(points,)``.

        Args:
            log_priorities, log_errors: ``(points, aspects)`` and ``(points,)``.
        """
        total = self.trade_log_likelihood(log_priorities, log_errors)
        total += self.choice_log_likelihood(log_priorities, log_errors)
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
        upper = np.triu_indices(count)
        spreads = np.zeros((points, upper[0].size))
        for kinds, gains in self.choice_gains(log_priorities, log_errors):
            chance = 1.0 / (1.0 + np.exp(np.clip(gains, -_STEEPEST, _STEEPEST)))
            rows, counts = self.differences[kinds], self.counts[kinds, None]
            slope += matrix_product((chance * counts).T, rows)
            spread = chance * (1.0 - chance) * counts
            outer = rows[:, upper[0]] * rows[:, upper[1]]
            spreads += matrix_product(spread.T, outer)
            spend(rows.size * count // 2)
        information[:, upper[0], upper[1]] = spreads
        information[:, upper[1], upper[0]] = spreads
        # In units of one priority over the error.
        slope += self.squares * (self.best - priorities) / errors / _VARIANCE
        information += np.diag(self.squares) / _VARIANCE
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
