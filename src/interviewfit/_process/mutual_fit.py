"""What being passed on tells of the fit: the employer's view, compiled.

Two parts of a job pull the employer's view in opposite directions. Of *match* (role,
team, culture, manager, growth) both sides like the same: the better it is for the
candidate, the likelier they are passed on. Of *desirability* (pay, benefits) everybody
wants more, so that better jobs are harder to get. With x_a the deviation of an aspect
from what is believed, as it is weighed, and the loading l_a (1: match, -1:
desirability), the employer's view before any interview is

    U = rho M / sd(M) - kappa D / sd(D) + noise,      var(U) = 1
    M = sum of l_a x_a over l_a > 0,    D = sum of -l_a x_a over l_a < 0

with ``mutual_fit`` rho, ``competition`` kappa, and the standard deviations of somebody
who knows nothing. All that the candidate has to decide on is the sum S of all x_a. So
stage j is passed with the chance that U is above its bar, given S:

    cdf(a_j + b (S - c)),      b = beta / sqrt(var(U) - beta^2 var(S))

where beta = cov(U, S) / var(S) and the variances are those of what is believed at the
start: whoever knows the job already learns less from a pass. Intercepts keep the stated
rates (``interviewfit._numeric.probit_factors``); c is the mean believed, since a rate
is stated with all that is known. A belief stated as of now has counted the passes so
far, so they are news of the other aspects only.

``they_like_you`` and ``passed_on_by_hr`` are signs of the same view: a hint of the next
pass. Where the HR screen is behind, ``passed_on_by_hr`` is that pass and counts once.

For what an interview teaches elsewhere, and for dates, there is a chain of *constant
rates* with the same first two moments: passes come with their stated rates, each moves
the mean by what it tells on average, and narrows what later news can show.

Reference: ``docs/explanation/mutual-fit.md`` derives this.
"""

from typing import Any, TypeVar

import numpy as np
from attrs import evolve, frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Event, Phase
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    N,
    Number,
    maximum,
    safe_divide,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.factor_moments import FactorMoments
from interviewfit._numeric.factor_tilts import tilt_of, tilted_factors, tilted_shares
from interviewfit._numeric.probit_factors import (
    ProbitFactors,
    belief_rule,
    calibrated,
    product_class,
    range_class,
    spacing_class,
    spread_class,
    unit_rule,
)
from interviewfit._process.employer_view import (
    column,
    groups_of,
    is_of_floats,
    jumps_of,
    row_count,
    slopes,
    stack,
)
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import Structure

_NEXT_TO_NOTHING = 1e-150
# Operations (``effort``) that it takes, and those of each pass in each row.
_FIT_WORK, _RATE_WORK = 80_000, 500
"""Hours for a percent of pay whose square is a number no more."""

_VIEW = ("mutual.centre", "mutual.slope", "mutual.behind", "mutual.start")
P = TypeVar("P")
"""A process, as ``compilation`` makes it."""


@frozen(eq=False, repr=False)
class MutualFit:
    """How passes go with the fit, in rows; hours of surplus.

    Attributes:
        view: The centre, the slopes of passes ahead and behind, and the spread at the
            start, by percent of pay, ``(4, rows)``.
        centre: The surplus at which the rates were stated, ``(rows,)``.
        mean: Mean now as if no pass had told anything, likewise.
        variance: Variance of its normal part now, hours squared, likewise.
        factors: How the employer decides, by hours beyond the centre.
        decides: Whether the employer decides at the end of each step ahead.
        drift, reveal: Of each step, as if no pass told anything.
        news: What the passes so far, and hints, add to the mean, ``(rows,)``.
        ahead: What each pass ahead adds on average, ``(rows, passes)``.
        refused: What a refusal at the next stage adds, ``(rows,)``.
        narrowing: The share of its standard deviation that is left of the news of each
            step, ``(rows, steps)``.
        spread: The share that is left of the standard deviation now, ``(rows,)``.
        is_single: Whether all this is of a single decision of floats.
    """

    view: FloatArray
    centre: FloatColumn
    mean: FloatColumn
    variance: FloatColumn
    factors: ProbitFactors
    decides: tuple[bool, ...]
    drift: tuple[Number, ...]
    reveal: tuple[Number, ...]
    news: FloatColumn
    ahead: FloatArray
    refused: FloatColumn
    narrowing: FloatArray
    spread: FloatColumn
    is_single: bool

    def as_number(self, column: FloatColumn) -> Any:
        """A column, or the float that it holds where all numbers are floats.

        Args:
            column: One number for each row.
        """
        return float(column[0]) if self.is_single else column

    def constant_rates(self) -> tuple[list[Any], list[Any]]:
        """Drift and reveal of each step of a chain of constant rates, hours.

        Each pass moves the mean by what it tells on average.
        """
        drifts, reveals, number = list[Any](), list[Any](), 0
        for step, decides in enumerate(self.decides):
            told: Any = 0.0
            if decides:
                told, number = self.as_number(self.ahead[:, number]), number + 1
            drifts.append(self.drift[step] + told)
            narrowing = self.as_number(self.narrowing[:, step])
            reveals.append(narrowing * self.reveal[step])
        return drifts, reveals

    def apply(self, process: P) -> P:
        """A process with what passes tell: its mean, its spread and constant rates.

        Args:
            process: As if no pass told anything.
        """
        before: Any = process
        shift = safe_divide(self.as_number(self.news), before.hours_per_percent)
        rates = zip(before.steps, *self.constant_rates(), strict=True)
        steps = [evolve(step, drift=d, reveal=r) for step, d, r in rates]
        after: P = evolve(
            before,
            mean=before.mean + shift,
            spoken=before.spoken + shift,
            sd=self.as_number(self.spread) * before.sd,
            steps=tuple(steps),
            mutual=self,
        )
        return after

    def fixed_view(self) -> dict[str, float]:
        """Numbers that keep the employer's view of a single decision what it is.

        Whatever else is found out, the rates were stated before.
        """
        return dict(zip(_VIEW, self.view[:, 0].tolist(), strict=True))

    def moved(self, hours: Number) -> "MutualFit":
        """The same of a job that is worth more by so many hours; a row for each."""
        return evolve(self, centre=self.centre + hours, mean=self.mean + hours)

    def after_first_pass(self) -> "MutualFit":
        """The same once the first step ahead is over, as it is on average with a pass.

        What it shows is then, by regression on the surplus, better by its share.
        """
        square: Number = self.reveal[0] * self.reveal[0]
        told = self.news + (self.ahead[:, 0] if self.decides[0] else 0.0)
        told = told * (square / np.where(self.variance > 0.0, self.variance, 1.0))
        return evolve(
            self,
            centre=self.centre + self.drift[0],
            mean=self.mean + self.drift[0] + told,
            variance=np.maximum(0.0, self.variance - square),
            decides=self.decides[1:],
            drift=self.drift[1:],
            reveal=self.reveal[1:],
        )

    def after_step(self, step: Any, *, apart: bool) -> "MutualFit":
        """The same with a step before all others in which the employer decides nothing.

        It is a call before an offer is answered, or waiting for news.

        Args:
            step: What it shows.
            apart: Whether the facts that it tells come on top of the variance, of which
                they are a part otherwise.
        """
        told: Number = 0.0
        for chance, size in () if apart else step.facts:
            told = told + chance * (1.0 - chance) * size * size
        return evolve(
            self,
            variance=np.maximum(0.0, self.variance - told),
            decides=(False, *self.decides),
            drift=(0.0, *self.drift),
            reveal=(step.reveal, *self.reveal),
        )


def stated_rate(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N], number: int
) -> tuple[N, N]:
    """The rate of a stage without the hint, and with all that was noticed.

    A clue multiplies its odds, whatever passes tell of the fit.

    Args:
        structure, numbers: Of the decision.
        posterior: With the odds that clues have moved.
        number: Of the stage.
    """
    stage = structure.stages[number]
    rate = numbers.stage(number, stage.kind, "pass_rate")
    odds: N = posterior.odds.get(Event.PASSED_ON, 1.0)
    if posterior.liking is None:
        return shift_odds(rate, odds), shift_odds(rate, odds)
    return shift_odds(rate, odds / posterior.liking), shift_odds(rate, odds)


def mutual_fit_of(
    structure: Structure,
    numbers: Numbers[N],
    posterior: Posterior[N],
    process: Any,
    variance: N,
) -> MutualFit | None:
    """How passes go with the fit, from where a process stands.

    Args:
        structure, numbers, posterior: Of the decision.
        process: The process (``compilation``), as if no pass told anything.
        variance: Of the normal part of its surplus, percent of pay squared.

    Returns:
        None where an offer counts for nothing.
    """
    percent: N = process.hours_per_percent
    mean: N = process.mean_hours
    steps: list[tuple[int, N, N]] = [
        (step.stage if step.phase is Phase.MIDWAY else -1, step.drift, step.reveal)
        for step in process.steps
    ]
    facts: list[tuple[N, N]] = [pair for step in process.steps for pair in step.facts]
    facts.extend(process.call.facts if process.call is not None else ())
    variance = maximum(0.0, variance)
    if not isinstance(percent, np.ndarray) and percent <= _NEXT_TO_NOTHING:
        return None
    rows = row_count(numbers, [mean, variance, percent])
    hours = column(percent, rows)
    # Where an offer counts for nothing all is 0 in any unit.
    hours = np.where(hours > _NEXT_TO_NOTHING, hours, 1.0)
    shift, probability, lumped = jumps_of(facts, rows)
    told = ((probability * shift**2).sum(axis=1) + lumped) / hours**2
    view: tuple[FloatColumn, ...] = slopes(numbers, posterior, told, rows)
    ahead, behind, start = view[0] / hours, view[1] / hours, view[2] * hours
    centre = column(numbers.get("mutual.centre", mean / hours), rows)
    start = np.sqrt(start**2 + lumped)
    passed: list[int] = [stage.number for stage in structure.behind]
    coming: list[int] = [stage for stage, _, _ in steps if stage >= 0]
    rates: FloatArray = np.ones((rows, len(passed) + len(coming)))
    hint = np.ones((rows, 1))
    for position, number in enumerate((*passed, *coming)):
        plain, hinted = stated_rate(structure, numbers, posterior, number)
        rates[:, position] = hinted if position > len(passed) else plain
    if coming and posterior.liking is not None:
        hint[:, 0] = posterior.liking
    spend(_FIT_WORK + _RATE_WORK * rates.size)
    slope = np.empty_like(rates)
    slope[:, : len(passed)] = behind[:, None]
    slope[:, len(passed) :] = ahead[:, None]
    scale = np.sqrt(start**2 + (probability * shift**2).sum(axis=1))
    scale = np.where(scale > 0.0, scale, 1.0)[:, None]
    with np.errstate(invalid="ignore"):
        in_units = np.where(np.isinf(slope), slope, slope * scale)
    belief = shift / scale, probability, start[:, None] / scale
    is_single = is_of_floats(numbers, [mean, variance, percent])
    nothing: FloatArray = np.empty_like(rates)
    factors = ProbitFactors(
        nothing, nothing.copy(), rates, hint, len(passed), np.empty((rows, 1))
    )
    steepest = np.abs(in_units).max(axis=1, initial=0.0)
    now: FloatArray = np.sqrt(variance * percent**2 + lumped)
    apart: list[FloatArray] = [
        spread_class(shift, column(sd, rows)[:, None]) for sd in (start, now)
    ]
    sizes = spacing_class(steepest), range_class(rates), *apart
    classes = np.stack(sizes, axis=1)
    groups = groups_of(classes, is_single=is_single)
    for lines in groups:
        parts = [part[lines] for part in belief]
        found = calibrated(
            in_units[lines], rates[lines], parts, hint[lines], len(passed)
        )
        for name in ("slope", "intercept", "rate", "classes"):
            getattr(factors, name)[lines] = getattr(found, name)
    fit = MutualFit(
        view=np.stack((centre, *view)),
        centre=centre * hours,
        mean=column(mean, rows),
        variance=column(variance * percent**2, rows) + lumped,
        factors=factors.rescaled(1.0 / scale),
        decides=tuple(stage >= 0 for stage, _, _ in steps),
        drift=tuple(drift for _, drift, _ in steps),
        reveal=tuple(reveal for _, _, reveal in steps),
        news=np.zeros(rows),
        ahead=np.zeros((rows, len(coming))),
        refused=np.zeros(rows),
        narrowing=np.ones((rows, len(steps))),
        spread=np.ones(rows),
        is_single=is_single,
    )
    for lines in groups:
        _add_news(fit, lines, (shift[lines], probability[lines]), len(passed))
    return fit


def _add_news(
    fit: MutualFit,
    lines: IndexArray,
    jumps: tuple[FloatArray, FloatArray],
    behind: int,
) -> None:
    """Fill in what passes tell, on average over all that is unknown now.

    Args:
        fit: Without it, in rows; changed in some of them.
        lines: Rows of one spacing.
        jumps: Shifts that facts may make in them, hours, and their probabilities.
        behind: How many passes there were.
    """
    shift, probability = jumps
    square = fit.variance[lines] + (probability * shift**2).sum(axis=1)
    scale = np.sqrt(np.where(square > 0.0, square, 1.0))[:, None]
    factors = fit.factors.take(lines).rescaled(scale)
    position = (fit.mean[lines] - fit.centre[lines])[:, None] / scale
    shift = shift / scale
    variance = fit.variance[lines, None] / scale**2
    beyond = np.zeros(position.shape)
    tilt = tilt_of(factors, behind, position)
    if tilt.any():
        # Who has passed what next to nobody passes is looked for where they are.
        beyond = tilt * variance
        factors = tilted_factors(factors, behind, tilt, beyond)
        probability = tilted_shares(probability, shift, tilt)
    rule = unit_rule(product_class(factors.classes, factors.passes))
    points, weights = belief_rule(shift, probability, np.sqrt(variance), rule)
    z = position + points
    tilted = factors.factors(z) * weights
    total = tilted.sum(axis=2)
    # Who is passed on with no chance that a float can hold has nothing to learn.
    tilted = np.where(total[:, :, None] > 0.0, tilted, weights)
    total = tilted.sum(axis=2)
    centre = (tilted * z).sum(axis=2) / total
    spread = (tilted * (z - centre[:, :, None]) ** 2).sum(axis=2) / total
    means = scale * centre.T
    if factors.is_sharp:
        moments = FactorMoments(factors, variance, shift, probability, None, None, 1.0)
        found = moments.at(position)[:, 0]
        half = factors.passes + 1
        means = scale * found[:, half:] / found[:, :half]
    steps = means[:, behind + 1 :] - means[:, behind:-1]
    if steps.shape[1]:
        # Over passed and refused together the mean does not move.
        rate, hint = factors.rate[:, behind], factors.hint[:, 0]
        rate = rate * hint / (1.0 + (hint - 1.0) * rate)
        certain = rate >= 1.0
        odds = rate / np.where(certain, 1.0, 1.0 - rate)
        fit.refused[lines] = np.where(certain, 0.0, -odds * steps[:, 0])
    precision = np.maximum(0.0, 1.0 / np.maximum(spread, 1e-12) - 1.0)
    shown = stack(fit.reveal, fit.mean.size)[:, lines] / scale[:, 0]
    shown = np.minimum(variance[:, 0], np.cumsum(shown * shown, axis=0))
    before = np.vstack((np.zeros_like(shown[:1]), shown[:-1]))
    number = behind + np.cumsum([0, *fit.decides])[:-1]
    left = 1.0 + precision[number] * (variance[:, 0] - np.stack((before, shown)))
    fit.narrowing[lines] = (1.0 / np.sqrt(left[0] * left[1])).T
    fit.news[lines] = means[:, behind] - scale[:, 0] * (position - beyond)[:, 0]
    fit.ahead[lines] = steps
    fit.spread[lines] = np.sqrt(np.maximum(0.0, spread[behind]))
