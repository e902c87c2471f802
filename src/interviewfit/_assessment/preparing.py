"""The best hours for every stage ahead, where pass rates answer to hours prepared.

A pass rate p holds after the usual hours u of its kind of stage. After h hours, h >= u,

    logit p(h) = logit p + e (g(h) - g(u)),    g(h) = 2 asinh(sqrt(h)) / log 2

with ``preparation_effect`` e. Of many hours g is log2(h) + 2, so that each doubling
multiplies the odds by exp(e), and each further hour adds less. At 0 hours, where g is
2.9 sqrt(h), the first one adds without bound, so that where a pass is worth something
nobody is advised to spend none. Fewer hours than usual are never advised, because
nobody knows what they would do to the rate. Of a task that is done alone the hours of
the task are the choice. What somebody stated stays.

The hours x of all stages are chosen now, and what is seen later may change them then:

    V(x) = value of going on with the rates p_k(x_k), each hour paid as any other

For the usual hours V is the value of today, whatever e is. The best V never falls with
e, because a larger e reaches the same rate in fewer hours, and no hour brings anything
else. At e = 0 further hours only cost, so that the usual ones are best. V is smooth in
g(x), but it need not be concave, because another policy may be best after other hours:
``coordinate_ascent`` scans for another top.

Reference: D. R. Cox and E. J. Snell, "Analysis of Binary Data" (1989), for odds that
are multiplied by a factor.
"""

from math import asinh, log, sqrt

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Numbers
from interviewfit._model.units import Hours, Probability
from interviewfit._model.vocabulary import ACTIONS, Action, Phase, Seniority
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.coordinate_ascent import climb, maximise
from interviewfit._process.structure import StageStructure, numbers_of, structure_of
from interviewfit._results.assessment import LEAVING, Preparation, StageHours
from interviewfit._text.preparation_text import preparation_words

MOST_HOURS: Hours = 1000.0
"""No more hours than this are advised for a stage; no more may be stated either."""

_GOING = frozenset({Action.TAKE, Action.CONTINUE})


@frozen(kw_only=True, repr=False)
class AdvisedPreparation(Preparation):
    """The best hours for every stage ahead, in a sentence when printed."""

    def __str__(self) -> str:
        return preparation_words(self)


def prepare(decision: Decision) -> AdvisedPreparation | None:
    """The hours for every stage ahead that together are worth most.

    Where passes tell of the fit, the search begins at the hours that are best if they
    tell nothing.

    Args:
        decision: On an opportunity, alone or beside others.

    Returns:
        None if no stage is ahead for which one could prepare.
    """
    structure = structure_of(decision.candidate, decision.opportunity)
    numbers = numbers_of(decision.candidate, decision.opportunity, decision.assumptions)
    begun = structure.phase is Phase.MIDWAY
    ahead = structure.ahead[1:] if begun else structure.ahead
    if not ahead:
        return None
    choices = [_StageChoice.of(stage, numbers) for stage in ahead]
    effect = numbers["preparation_effect"]
    free = [choice for choice in choices if effect > 0.0 and not choice.is_stated]
    hours = _Hours(decision, choices[0], tuple(free), effect)
    usual = np.zeros(len(free))
    before = float(hours.value(usual[None])[0])
    more, value = usual, before
    if free:
        least = min(choice.usual for choice in free)
        most = _doublings(MOST_HOURS) - _doublings(least)
        if numbers.is_mutual:
            start, _ = maximise(hours.untold().value, len(free), most)
            more, value = climb(hours.value, start, most)
        else:
            more, value = maximise(hours.value, len(free), most)
    if value <= before:
        more, value = usual, before
    best = dict(zip(free, more.tolist(), strict=True))
    first, action = (
        ACTIONS[hours.ranking(point[None]).codes[0]] for point in (usual, more)
    )
    return AdvisedPreparation(
        stages=tuple(it.advised(best.get(it, 0.0), effect) for it in choices),
        value=value,
        gain=value - before,
        action=action,
        turns=(first in LEAVING) != (action in LEAVING),
    )


@frozen
class _Hours:
    """A decision in which the hours of some stages are free.

    Attributes:
        decision: The decision.
        first: The first stage for which one could prepare.
        free: The stages.
        effect: What a doubling of the hours adds to the log-odds to pass.
        known: The processes beside it, which no hours for its stages change.
    """

    decision: Decision
    first: "_StageChoice"
    free: tuple["_StageChoice", ...]
    effect: float
    known: KnownRivals = field(factory=KnownRivals)

    def ranking(self, more: FloatArray) -> Ranking:
        """The alternatives if so much is prepared.

        Args:
            more: Than usual, doublings as ``_doublings`` counts them, ``(rows,
                stages)``.
        """
        values = {self.first.hours_name: np.full(len(more), self.first.usual)}
        for choice, column in zip(self.free, more.T, strict=True):
            values[choice.hours_name] = choice.hours_after(column)
            values[choice.rate_name] = choice.rate_after(column, self.effect)
        return evaluate_rows(self.decision, values, self.known)

    def value(self, more: FloatArray) -> FloatColumn:
        """What going on is worth, hours, ``(rows,)``.

        Args:
            more: As ``ranking`` takes it.
        """
        ranking = self.ranking(more)
        going = next(place for place, it in enumerate(ranking.actions) if it in _GOING)
        return np.asarray(ranking.values[going])

    def untold(self) -> "_Hours":
        """The same where passes tell nothing of the fit."""
        assumptions = self.decision.assumptions
        numbers = {**assumptions.numbers, "competition": 0.0, "mutual_fit": 0.0}
        job = evolve(self.decision.opportunity, mutual_fit=None)
        told = evolve(assumptions, numbers=numbers)
        untold = evolve(self.decision, opportunity=job, assumptions=told)
        return evolve(self, decision=untold, known=KnownRivals())


@frozen
class _StageChoice:
    """The hours of one stage.

    Attributes:
        title: Of the stage.
        hours_name, rate_name: Of the numbers of the decision.
        usual, rate: Hours and pass rate, as stated or as usual.
        is_stated: Whether somebody stated the hours.
    """

    title: str
    hours_name: str
    rate_name: str
    usual: Hours
    rate: Probability
    is_stated: bool

    @classmethod
    def of(cls, stage: StageStructure, numbers: Numbers[float]) -> "_StageChoice":
        """The hours of a stage, which are those of a task that is done alone.

        Args:
            stage, numbers: Of the decision.
        """
        name = "hours" if stage.meets is Seniority.NOBODY else "preparation"
        prefix = f"stages[{stage.number}]"
        return cls(
            stage.title,
            f"{prefix}.{name}",
            f"{prefix}.pass_rate",
            numbers.stage(stage.number, stage.kind, name),
            numbers.stage(stage.number, stage.kind, "pass_rate"),
            f"{prefix}.{name}" in numbers,
        )

    def hours_after(self, more: FloatColumn) -> FloatColumn:
        """The hours of somebody who prepares more than usual, ``(rows,)``.

        Args:
            more: Doublings, ``(rows,)``.
        """
        hours = np.sinh(0.5 * log(2.0) * (_doublings(self.usual) + more)) ** 2
        # Rounding must not take anything off what is usual.
        return np.clip(np.where(more > 0.0, hours, self.usual), self.usual, MOST_HOURS)

    def rate_after(self, more: FloatColumn, effect: float) -> FloatColumn:
        """The pass rate of somebody who prepares more than usual, ``(rows,)``.

        Args:
            more: Doublings, ``(rows,)``.
            effect: What each adds to the log-odds.
        """
        rate: FloatColumn = np.full_like(more, self.rate)
        odds: FloatColumn = np.exp(effect * more)
        return rate * odds / (rate * odds + (1.0 - rate))

    def advised(self, more: float, effect: float) -> StageHours:
        """The hours that are advised.

        Args:
            more: Than usual, doublings.
            effect: What each adds to the log-odds.
        """
        column = np.array([more])
        return StageHours(
            stage=self.title,
            hours=self.hours_after(column).item() if more else self.usual,
            usual=self.usual,
            pass_rate=self.rate_after(column, effect).item() if more else self.rate,
            usual_pass_rate=self.rate,
            is_stated=self.is_stated,
        )


def _doublings(hours: Hours) -> float:
    """How often hours to prepare were doubled, nearly, from a quarter of an hour."""
    return 2.0 * asinh(sqrt(hours)) / log(2.0)
