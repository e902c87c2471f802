"""What being exactly who you are is worth: their view agrees more with yours.

Whoever shows themselves as they are is passed on where they fit and refused where they
do not: the correlation of the employer's view with one's own (``mutual_fit``) is
higher. It may cost passes or bring some: the odds to pass each stage ahead are
multiplied by a factor. With V(r, o) the value of going on at the correlation r and with
odds times o, the break-even o*(r) is where

    V(r, o*) = V(r0, 1),    r0 as it is stated

so that candour pays as long as it costs no more than that. V grows with o, because
nobody has to take a job; the root is found from a grid of log-odds by secants.

References: ``docs/explanation/mutual-fit.md``; J. F. Traub, "Iterative Methods for the
Solution of Equations" (1964), for secants.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_rows
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn, Number, read_only
from interviewfit._process.signals import shift_odds
from interviewfit._process.structure import Structure, numbers_of, structure_of
from interviewfit._results.tables import Columns, Tabular
from interviewfit._solver.mutual_thresholds import find_roots
from interviewfit._text.amounts import hours_of, percent_of
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError

_GOING = frozenset({Action.TAKE, Action.CONTINUE})
_STEPS, _ODDS = (0.0, 0.1, 0.2, 0.3), (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_MOST_ODDS, _LEAST_CHANCE = 1e6, 1e-12
# The turn is looked for within so many log-odds, between so many marks.
_FURTHEST, _MARKS = 6.0, 13


@frozen(kw_only=True, eq=False, repr=False)
class Candour(Tabular):
    """The value of going on against correlation and odds to pass. Made by ``candour``.

    Attributes:
        mutual_fits: Correlations of the employer's view of the match with yours.
        odds: Factors on the odds to pass each stage ahead; 1 is as now.
        values: Of going on, hours, ``(correlations, odds)``.
        fits: Mean fit of the job that one ends up with, percent of pay, likewise; nan
            where one ends up with none.
        accept_probabilities: Chance to end up with it, likewise.
        break_even: The factor down to which each correlation is worth as much as now,
            ``(correlations,)``; 0 where it always is, infinite where it never is.
        mutual_fit: As it is stated.
        value: Of going on as it is stated, hours.
        fit: Mean fit of the job then, percent of pay; nan if there is none.
    """

    _row_name: ClassVar[str] = "points"

    mutual_fits: FloatColumn = field(converter=read_only)
    odds: FloatColumn = field(converter=read_only)
    values: FloatArray = field(converter=read_only)
    fits: FloatArray = field(converter=read_only)
    accept_probabilities: FloatArray = field(converter=read_only)
    break_even: FloatColumn = field(converter=read_only)
    mutual_fit: float
    value: Worth
    fit: PercentOfPay

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
        return f"<Candour: {self.mutual_fits.size} by {self.odds.size} points>"

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
        for row, (correlation, turn) in enumerate(
            zip(self.mutual_fits.tolist(), self.break_even.tolist(), strict=True)
        ):
            if correlation <= self.mutual_fit:
                continue
            line = f"At {correlation:.2g}: "
            if same.size:
                value, fit = self.values[row, same[0]], self.fits[row, same[0]]
                line += f"{hours_of(value)} at the same odds to pass{_job(fit)}. "
            yield line + _turn(turn)
        yield (
            "Showing what is not there has the opposite effect: you are passed on "
            "where you do not fit, and end up in jobs that fit less."
        )


def _job(fit: PercentOfPay) -> str:
    """What a job that one ends up with is worth, as a clause."""
    if np.isnan(fit):
        return ", and you take no job"
    return f", and a job that you take is worth {percent_of(fit)} of pay on average"


def _turn(odds: float) -> str:
    """Where the trade turns, in a sentence."""
    if odds <= 0.0:
        return "It pays whatever it costs in passes."
    if np.isinf(odds):
        return "It does not pay, however many passes it brings."
    if odds <= 1.0:
        return f"It pays while your odds to pass are at least {odds:.2g} of today's."
    return f"It pays only if your odds to pass are at least {odds:.2g} times today's."


def candour(
    assessment: Assessment,
    mutual_fits: Iterable[float] | None = None,
    odds: Iterable[float] = _ODDS,
) -> Candour:
    """What being exactly who you are is worth, against what it costs in passes.

    The opportunity is looked at alone, whatever runs beside it.

    The work grows with the pairs of numbers, times the stages of the process.

    Args:
        assessment: What ``assess`` returned.
        mutual_fits: Correlations of the employer's view of the match with yours, -1 to
            1; if None, as stated and up to .3 more.
        odds: Factors on the odds to pass each stage ahead, above 0; below 1 candour
            costs passes, above 1 it brings some.

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
    rows = _Rows(decision, structure, numbers)
    now = rows.at(np.array([stated]), np.zeros(1))[:, 0]
    grid = np.meshgrid(fits, np.log(factors), indexing="ij")
    values, chances, jobs = rows.at(*(axis.ravel() for axis in grid)).reshape(
        3, fits.size, factors.size
    )
    return Candour(
        mutual_fits=fits,
        odds=factors,
        values=values,
        fits=jobs,
        accept_probabilities=chances,
        break_even=rows.break_even(fits, float(now[0])),
        mutual_fit=stated,
        value=float(now[0]),
        fit=float(now[2]),
    )


@frozen
class _Rows:
    """A process at other correlations and other odds to pass.

    Attributes:
        decision, structure, numbers: On it alone.
    """

    decision: Decision
    structure: Structure
    numbers: Numbers[float]

    def at(self, fits: FloatColumn, log_odds: FloatColumn) -> FloatArray:
        """Value of going on, chance of a job and its mean fit, ``(3, points)``.

        Args:
            fits: Correlations, ``(points,)``.
            log_odds: Added to those of every stage ahead, likewise.
        """
        columns: dict[str, Number] = {"mutual_fit": fits}
        factor = np.exp(log_odds)
        for stage in self.structure.ahead:
            rate = self.numbers.stage(stage.number, stage.kind, "pass_rate")
            shifted = shift_odds(np.full_like(factor, rate), factor)
            columns[f"stages[{stage.number}].pass_rate"] = shifted
        evaluation = evaluate(compile_rows(self.decision, columns), fits.size)
        actions = [it.action for it in evaluation.alternatives]
        going = next(place for place, it in enumerate(actions) if it in _GOING)
        solution = evaluation.solutions[going]
        if solution is None:
            message = "going on has steps"
            raise ValueError(message)
        moments = solution.evaluate(evaluation.mean)
        chances = np.clip(moments.accept_probability, 0.0, 1.0)
        is_job = chances > _LEAST_CHANCE
        with np.errstate(all="ignore"):
            surplus = moments.offer_value / evaluation.process.hours_per_percent
            jobs = np.where(is_job, surplus / chances, np.nan)
        return np.stack((moments.continuation_value, chances, jobs))

    def break_even(self, fits: FloatColumn, value: Worth) -> FloatColumn:
        """The odds down to which each correlation is worth as much as now.

        Args:
            fits: Correlations, ``(correlations,)``.
            value: Of going on now, hours.
        """
        marks = np.linspace(-_FURTHEST, _FURTHEST, _MARKS)
        grid = np.repeat(marks[None], fits.size, axis=0)
        axes = np.repeat(fits, _MARKS), grid.ravel()
        excess = self.at(*axes)[0].reshape(grid.shape) - value
        below = excess <= 0.0
        result = np.where(below[:, -1], np.inf, 0.0)
        inner = np.flatnonzero(below.any(axis=1) & ~below[:, -1])
        if not inner.size:
            return result
        where = _MARKS - 1 - below[inner, ::-1].argmax(axis=1)
        # A secant between equal points gives way to another step.
        with np.errstate(all="ignore"):
            roots = find_roots(
                lambda point: self.at(fits[inner], point[:, 0])[0][:, None] - value,
                grid[inner],
                excess[inner],
                where,
            )
        result[inner] = np.exp(roots)
        return result


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
