"""What being exactly who you are is worth: their view agrees more with yours.

Whoever shows themselves as they are is passed on where they fit and refused where they
do not: the correlation of the employer's view with one's own (``mutual_fit``) is
higher. It may cost passes or bring some: the odds to pass each stage ahead are
multiplied by a factor. With V(r, o) the value of going on at the correlation r and with
odds times o, the break-even o*(r) is where

    V(r, o*) = V(r0, 1),    r0 as it is stated

so that candour pays as long as it costs no more than that (``_odds_curve``).

References: ``docs/explanation/mutual-fit.md``; I. J. Good, "Probability and the
Weighing of Evidence" (1950), for odds.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.progress import Progress
from interviewfit._model.units import PercentOfPay, Worth, number_of
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, read_only
from interviewfit._numeric.effort import largest_work
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit._results.tables import Columns, Tabular
from interviewfit._text.amounts import hours_of, percent_of
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.sensitivity._odds_curve import OddsCurves, OddsGrid
from interviewfit.sensitivity._work import Allowance

_STEPS, _ODDS = (0.0, 0.1, 0.2, 0.3), (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_MOST_ODDS, _LEAST_CHANCE = 1e6, 1e-12
# More points than this are a slip of the pen.
_MOST_POINTS = 1_000_000
# What a stage takes in each row, about, and in a long chain for each of its stages;
# what the grid of points may take of all.
_STAGE, _LONG_STAGE, _GRID_SHARE = 100_000, 20_000, 0.6
# A chain is long if it takes so much, and the grid this share of what there is.
_LONG, _LONG_GRID = 3_000_000, 0.3
# A factor that is less certain than this share of it is said to be.
_ROUGH = 0.01


@frozen(kw_only=True, eq=False, repr=False)
class Candour(Tabular):
    """The value of going on against correlation and odds to pass. Made by ``candour``.

    Attributes:
        mutual_fits: Correlations of the employer's view of the match with yours.
        odds: Factors on the odds to pass each stage ahead; 1 is as now.
        values: Of going on, hours, ``(correlations, odds)``; nan at odds that were left
            out because each takes long.
        fits: Mean fit of the job that one ends up with, percent of pay, likewise; nan
            too where one ends up with none.
        accept_probabilities: Chance to end up with it, likewise.
        break_even: The factor down to which each correlation is worth as much as now,
            ``(correlations,)``; 0 where it always is, infinite where it never is, nan
            where it was not worked out because each takes long.
        break_even_error: How far off it may be, as a share of it, likewise.
        mutual_fit: As it is stated.
        value: Of going on as it is stated, hours.
        fit: Mean fit of the job then, percent of pay; nan if there is none.
        evaluated: Which points were evaluated, ``(correlations, odds)``; the others are
            interpolated, because each takes long.
        error: About how far off interpolated values may be, hours; 0 without any.
    """

    _row_name: ClassVar[str] = "points"

    mutual_fits: FloatColumn = field(converter=read_only)
    odds: FloatColumn = field(converter=read_only)
    values: FloatArray = field(converter=read_only)
    fits: FloatArray = field(converter=read_only)
    accept_probabilities: FloatArray = field(converter=read_only)
    break_even: FloatColumn = field(converter=read_only)
    break_even_error: FloatColumn = field(converter=read_only)
    mutual_fit: float
    value: Worth
    fit: PercentOfPay
    evaluated: BoolArray = field(converter=read_only)
    error: Worth = 0.0

    def to_columns(self, table: str = "") -> Columns:
        """A row for each point, or for each correlation.

        Args:
            table: ``"points"`` for correlations and odds, which is meant if it is left
                out, or ``"break_even"``.

        Returns:
            Arrays by heading, as ``pandas.DataFrame`` and ``polars.DataFrame`` take
            them.

        Raises:
            InvalidFieldError: If another table is asked for.
        """
        if table == "break_even":
            return {
                "mutual_fit": self.mutual_fits.copy(),
                "odds_factor": self.break_even.copy(),
            }
        if table not in ("", "points"):
            expected = "'points' or 'break_even'"
            raise InvalidFieldError("to_columns(table)", expected, table)
        fits, odds = np.meshgrid(self.mutual_fits, self.odds, indexing="ij")
        return {
            "mutual_fit": fits.ravel(),
            "odds_factor": odds.ravel(),
            "value_hours": self.values.ravel().copy(),
            "fit_percent": self.fits.ravel().copy(),
            "accept_probability": self.accept_probabilities.ravel().copy(),
        }

    def __repr__(self) -> str:
        points = number_of(self.odds.size, "point")
        return f"<Candour: {self.mutual_fits.size} by {points}>"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    _repr_html_ = show_lines

    def _lines(self) -> Iterator[str]:
        """Yield the sentences: now, each higher correlation, and what it is for."""
        yield (
            "If you show yourself as you are, their view of the match agrees more with "
            "yours. It may cost you passes, or bring some."
        )
        yield (
            f"Now (mutual fit {self.mutual_fit:.2g}): going on is worth "
            f"{hours_of(self.value)}{_job(self.fit)}."
        )
        same = np.flatnonzero(self.odds == 1.0)
        turns = self.break_even.tolist(), self.break_even_error.tolist()
        for row, (correlation, turn, off) in enumerate(
            zip(self.mutual_fits.tolist(), *turns, strict=True)
        ):
            if correlation <= self.mutual_fit:
                continue
            line = f"At {correlation:.2g}: "
            if same.size:
                value, fit = self.values[row, same[0]], self.fits[row, same[0]]
                line += f"{hours_of(value)} at the same odds to pass{_job(fit)}. "
            yield line + _turn(turn, off)
        if not self.evaluated.all():
            count = number_of(int(self.evaluated.sum()), "point")
            verb = "was" if self.evaluated.sum() == 1 else "were"
            line = f"Only {count} {verb} worked out, because each takes long"
            is_there = ~np.isnan(self.values)
            if not is_there.all():
                line += "; other odds to pass are left out"
            if is_there.sum() > self.evaluated.sum():
                line += f"; those between may be off by {hours_of(self.error)}"
            yield f"{line}."
        yield (
            "Showing what is not there has the opposite effect: you are passed on "
            "where you do not fit, and end up in jobs that fit less."
        )


def _job(fit: PercentOfPay) -> str:
    """What a job that one ends up with is worth, as a clause."""
    if np.isnan(fit):
        return ", and you take no job"
    return f", and a job that you take is worth {percent_of(fit)} of pay on average"


def _turn(odds: float, error: float) -> str:
    """Where the trade turns, in a sentence.

    Args:
        odds: The factor.
        error: How far off its logarithm may be.
    """
    if np.isnan(odds):
        return "Where it stops to pay was not worked out, because each takes long."
    if odds <= 0.0:
        return "It pays whatever it costs in passes."
    if np.isinf(odds):
        return "It does not pay, however many passes it brings."
    about = f", give or take a factor of {np.exp(error):.2g}" if error > _ROUGH else ""
    if odds <= 1.0:
        least = f"at least {odds:.2g} of today's"
        return f"It pays while your odds to pass are {least}{about}."
    least = f"at least {odds:.2g} times today's"
    return f"It pays only if your odds to pass are {least}{about}."


def candour(
    assessment: Assessment,
    mutual_fits: Iterable[float] | None = None,
    odds: Iterable[float] = _ODDS,
    *,
    progress: Progress | None = None,
) -> Candour:
    """What being exactly who you are is worth, against what it costs in passes.

    The opportunity is looked at alone, whatever runs beside it.

    The work grows with the pairs of numbers, times the stages of the process. Where it
    would take more than some seconds only some pairs are evaluated (*evaluated* of the
    answer), and those between are interpolated; *error* says how far off.

    Args:
        assessment: What ``assess`` returned.
        mutual_fits: Correlations of the employer's view of the match with yours, -1 to
            1; if None, as stated and up to .3 more.
        odds: Factors on the odds to pass each stage ahead, above 0; below 1 candour
            costs passes, above 1 it brings some.
        progress: Called with pairs done and pairs in all, first with 0.

    Raises:
        InvalidFieldError: If *assessment* is not an assessment, no stage is ahead, or a
            number is out of its range.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(candour(found, [0.1]))
    If you show yourself as you are, their view of the match agrees more with yours. ...
    Now (mutual fit 0): going on is worth 12.3 h, and a job that you take is worth ...
    At 0.1: 19.1 h at the same odds to pass, and a job that you take is worth ...
    Showing what is not there has the opposite effect: you are passed on where you ...
    """
    check_assessment(assessment, "candour(assessment)")
    decision = evolve(assessment.decision, beside=())
    structure = structure_of(decision.candidate, decision.opportunity)
    if not structure.ahead:
        expected = "the answer for a process with a stage ahead"
        phase = structure.phase.value
        raise InvalidFieldError("candour(assessment)", expected, phase)
    numbers = numbers_of(decision.candidate, decision.opportunity, decision.assumptions)
    stated = numbers["mutual_fit"]
    usual = sorted({min(1.0, stated + step) for step in _STEPS})
    chosen = usual if mutual_fits is None else mutual_fits
    fits = _column("candour(mutual_fits)", chosen, -1.0, 1.0)
    factors = _column("candour(odds)", odds, 1.0 / _MOST_ODDS, _MOST_ODDS)
    if fits.size * factors.size > _MOST_POINTS:
        expected = f"at most {_MOST_POINTS:,} pairs of a correlation and a factor"
        raise InvalidFieldError(
            "candour(odds)", expected, f"{fits.size} by {factors.size}"
        )
    stages, most = len(structure.ahead), largest_work()
    each = max(_STAGE, _LONG_STAGE * stages) * stages
    likely = each * np.unique(fits).size * np.unique(factors).size
    is_long = each > _LONG and likely > _LONG_GRID * most
    curves = OddsCurves(decision, structure, numbers, singly=is_long)
    allowance = Allowance((1.0 if is_long else _GRID_SHARE) * most)
    with allowance.rows(1):
        now = curves.layers_at(np.array([stated]), np.zeros(1))
    grid = OddsGrid(curves, (fits, np.log(factors)), allowance)
    if is_long:
        grid.put(stated, now)
    parts = grid.refine(likely, progress)
    layers, errors = grid.completed(parts)
    if not is_long:
        allowance.left += (1.0 - _GRID_SHARE) * most
    value = float(now[0, 0])
    unit = decision.assumptions.hours_per_percent * decision.candidate.weights.offer
    turns, off = curves.crossings(grid, value)
    places = np.ix_(*grid.places)
    values, chances, offers = (layer[places] for layer in layers)
    return Candour(
        mutual_fits=fits,
        odds=factors,
        values=values,
        fits=_fits(offers, chances, unit),
        accept_probabilities=chances,
        break_even=np.exp(turns)[grid.places[0]],
        break_even_error=off[grid.places[0]],
        mutual_fit=stated,
        value=value,
        fit=_fits(now[2], now[1], unit).item(),
        evaluated=grid.evaluated[places],
        error=float(errors[0]),
    )


def _fits(
    offers: FloatArray, chances: FloatArray, hours_per_percent: Worth
) -> FloatArray:
    """Mean fit of the job that one ends up with, percent of pay; nan if there is none.

    Args:
        offers: What it brings times the chance of it, hours, any shape.
        chances: To end up with it, likewise.
        hours_per_percent: What a percent of pay is worth.
    """
    with np.errstate(all="ignore"):
        fits = offers / hours_per_percent / chances
    return np.where(chances > _LEAST_CHANCE, fits, np.nan)


def _column(
    where: str, values: Iterable[float], low: float, high: float
) -> FloatColumn:
    """Values as a column.

    Args:
        where: The argument, for an error.
        values: At least one.
        low, high: The smallest and the largest that is allowed.

    Raises:
        InvalidFieldError: If there are none, or one is no number within these.
    """
    expected = f"a list of numbers between {low:g} and {high:g}"
    try:
        column = np.array(list(values), dtype=np.float64)
    except (TypeError, ValueError):
        remedy = "Write a list, such as [0.5, 1]."
        raise InvalidFieldError(where, expected, values, remedy) from None
    inside = (column >= low) & (column <= high)
    if column.ndim != 1 or not column.size or not inside.all():
        worst = column[~inside][0].item() if column.size else values
        raise InvalidFieldError(where, expected, worst)
    return column
