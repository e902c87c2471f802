"""Stages become steps: a decision's structure and numbers, compiled into a chain.

Every stage is two steps. The first, before it, pays preparation and the first half;
leaving there is a polite withdrawal. The second, midway, pays the other half and collects
what a stage brings beside its news: people met, practice, another opening
(``side_values``). Leaving there is walking out.

A job reshaped to suit the candidate moves the mean by chance * gain and adds
chance * (1 - chance) * gain**2 to the variance revealed. A stage reveals its share of what
is then still unknown, half of it by its middle.

The formulas are those of one decision. Where a number is a column, a float for each row,
so is everything computed from it, and all rows are compiled at once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Generic

from attrs import frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Event, Phase, Seniority, StageKind, Term
from interviewfit._numeric.arrays import (
    N,
    N_co,
    fsum,
    hypot,
    is_zero,
    maximum,
    root_sum_square,
    safe_divide,
    sqrt,
)
from interviewfit._process.side_values import SideValues, side_values_of
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import DESK_RESEARCH, StageStructure, Structure

__all__ = [
    "Process",
    "Step",
    "compile_process",
    "corporate",
    "small_firm",
    "technical",
]


def small_firm() -> tuple[Stage, ...]:
    """The process of a small firm: a manager close to the owner, then the owner.

    >>> [stage.title for stage in small_firm()]
    ['hiring manager', 'executive']
    """
    return (Stage(kind=StageKind.HIRING_MANAGER), Stage(kind=StageKind.EXECUTIVE))


def corporate() -> tuple[Stage, ...]:
    """The process of a large firm: HR screen, hiring manager, senior executive.

    >>> [stage.title for stage in corporate()]
    ['hr screen', 'hiring manager', 'executive']
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.HIRING_MANAGER),
        Stage(kind=StageKind.EXECUTIVE),
    )


def technical() -> tuple[Stage, ...]:
    """A process with a task: HR screen, take-home task, panel, hiring manager.

    >>> [stage.title for stage in technical()]
    ['hr screen', 'take home', 'panel', 'hiring manager']
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.TAKE_HOME),
        Stage(kind=StageKind.PANEL),
        Stage(kind=StageKind.HIRING_MANAGER),
    )


@frozen
class Step(Generic[N_co]):
    """Half a stage, as the solver takes it.

    Attributes:
        stage: Which stage of the opportunity; -1 for desk research put first.
        phase: Before or midway.
        title: The stage's name.
        gains: What taking the step is made of, hours, by term.
        leaving: What leaving instead is made of, hours, by term.
        survive: Probability to be still in afterwards.
        drift: Expected change of the surplus, hours.
        reveal: Standard deviation of what it teaches, hours of surplus.
        hours: Own time it takes, hours.
        days: Calendar time it takes, days.
        teaches: How much better one passes later rounds elsewhere, log-odds.
    """

    stage: int
    phase: Phase
    title: str
    gains: Mapping[Term, N_co]
    leaving: Mapping[Term, N_co]
    survive: N_co
    drift: N_co
    reveal: N_co
    hours: N_co
    days: float
    teaches: N_co = 0.0

    @cached_property
    def reward(self) -> N_co:
        """What is collected when the step is taken, hours."""
        return fsum(self.gains.values())

    @cached_property
    def exit(self) -> N_co:
        """The value of leaving instead, hours."""
        return fsum(self.leaving.values())


@frozen
class Process(Generic[N_co]):
    """An opportunity from where it stands, as the solver takes it.

    Attributes:
        mean: Of the surplus over the fallback, percent of pay.
        sd: Its standard deviation, percent of pay.
        unsettled: Standard deviation of news that only waiting brings, percent of pay.
        percent: The value of one percent of pay, hours, as the offer is weighed.
        steps: What lies ahead; none once an offer is on the table.
    """

    mean: N_co
    sd: N_co
    unsettled: N_co
    percent: N_co
    steps: tuple[Step[N_co], ...]


def compile_process(
    structure: Structure,
    numbers: Numbers[N],
    posterior: Posterior[N],
    *,
    research_first: bool = False,
) -> Process[N]:
    """The steps ahead of a candidate, from where the process stands.

    Args:
        structure: Of the decision.
        numbers: Of the decision; any may be a column.
        posterior: Beliefs once all signals are in (``signals.update``).
        research_first: Whether half an hour of desk research comes before everything else.

    Returns:
        Floats where all numbers are floats. Where a column bears on something, that is a
        column.
    """
    means: list[N] = []
    sds: dict[str, N] = {}
    unsettled: list[N] = []
    for aspect, belief in posterior.beliefs.items():
        weight = numbers.priority(aspect)
        means.append(weight * belief.mean)
        sds[aspect] = weight * belief.sd
        if not is_zero(posterior.unsettled[aspect]):
            unsettled.append(weight * posterior.unsettled[aspect])
    percent = numbers.hours_per_percent * numbers.weight(Term.OFFER)
    steps: tuple[Step[N], ...] = ()
    if structure.ahead:
        stages: tuple[StageStructure, ...] = structure.ahead
        if research_first:
            stages = (DESK_RESEARCH, *stages)
        values = side_values_of(structure, numbers, posterior)
        compiler = _Compiler(structure, numbers, posterior, values, percent)
        steps = tuple(compiler.steps(stages, sds))
    waiting = root_sum_square(unsettled)
    return Process(
        mean=fsum(means) - numbers.get("fallback", 0.0),
        sd=hypot(root_sum_square(sds.values()), waiting),
        unsettled=waiting,
        percent=percent,
        steps=steps,
    )


@frozen(eq=False)
class _Compiler(Generic[N]):
    """The numbers that all steps of one process share.

    Attributes:
        structure: Of the decision.
        numbers: Of the decision.
        posterior: Beliefs, and by how much clues have moved odds.
        values: Of what stages bring, hours.
        percent: The value of one percent of pay, hours, as the offer is weighed.
    """

    structure: Structure
    numbers: Numbers[N]
    posterior: Posterior[N]
    values: SideValues[N]
    percent: N

    def steps(
        self, stages: tuple[StageStructure, ...], sds: Mapping[str, N]
    ) -> Iterator[Step[N]]:
        """The two steps of every stage ahead; midway through the first, one of it.

        Args:
            stages: Ahead, in order.
            sds: What is unknown of each aspect, percent of pay, as it is weighed.
        """
        numbers, values, percent = self.numbers, self.values, self.percent
        early, decay = numbers["first_half"], numbers["practice_decay"]
        odds = self.posterior.odds
        variances = {aspect: sd * sd for aspect, sd in sds.items()}
        interviews = numbers["interviews_done"]
        hidden: N = 1.0
        saved: N = 0.0
        for stage in stages:
            number, kind = stage.number, stage.kind
            hours = numbers.stage(number, kind, "hours")
            preparation = numbers.stage(number, kind, "preparation")
            preparation = maximum(0.0, preparation - saved)
            saved = numbers["research_saves"] * hours if number < 0 else 0.0
            midway = (
                self.structure.phase is Phase.MIDWAY and number == self.structure.stage
            )
            shown = self._revealed(stage, variances, early if midway else 0.0)
            referral = {Term.REFERRAL: values.referral}
            # Only an invitation that was not accepted yet can be turned down.
            if number <= 0:
                referral[Term.DECLINING] = -values.refusal
            politely = _nonzero(referral)
            if not midway:
                spent = preparation + early * hours
                yield Step(
                    stage=number,
                    phase=Phase.BEFORE,
                    title=stage.title,
                    gains=_nonzero(self._time(stage, spent, early * hours)),
                    leaving=politely,
                    survive=1.0,
                    drift=0.0,
                    reveal=percent * sqrt(early * shown),
                    hours=spent,
                    days=0.0,
                )
            weight = numbers.stage(number, kind, "practice")
            lesson = weight * decay**interviews
            practised = values.practice * lesson
            # Never in place: these may be columns that belong to the caller.
            interviews = interviews + weight
            surfaces = numbers.stage(number, kind, "surfaces") * hidden
            hidden = hidden - surfaces
            chance = shift_odds(
                numbers.stage(number, kind, "reshape_chance"),
                odds.get(Event.RESHAPED, 1.0),
            )
            gain = numbers.get(f"stages[{number}].reshape_gain")
            gain = percent * (numbers["reshape_gain"] if gain is None else gain)
            influence = numbers.influence(stage.meets)
            spent = (1.0 - early) * hours
            yield Step(
                stage=number,
                phase=Phase.MIDWAY,
                title=stage.title,
                gains=_nonzero(
                    {
                        Term.NETWORKING: values.contact * influence,
                        Term.PRACTICE: practised,
                        Term.HIDDEN_ROLE: values.hidden_role * surfaces,
                        **self._time(stage, spent, spent),
                    }
                ),
                # Nobody is walked out on at one's own desk.
                leaving=politely
                if number < 0
                else _nonzero(
                    {
                        Term.PRACTICE: numbers["bail_practice"] * practised,
                        Term.BAIL: -values.bail * influence,
                    }
                ),
                survive=shift_odds(
                    numbers.stage(number, kind, "pass_rate"),
                    odds.get(Event.PASSED_ON, 1.0),
                ),
                drift=chance * gain,
                reveal=hypot(
                    percent * sqrt((1.0 - early) * shown),
                    gain * sqrt(chance * (1.0 - chance)),
                ),
                hours=spent,
                days=stage.days,
                teaches=numbers["practice_gain"] * lesson,
            )

    def _time(self, stage: StageStructure, spent: N, together: N) -> dict[Term, N]:
        """The price of one's own hours and of the interviewer's, by term, hours.

        Args:
            stage: Of which a half is paid.
            spent: Own hours.
            together: Hours in the interview, which are the interviewer's too.
        """
        time: N = -self.values.hour * spent
        courtesy: N = 0.0
        if stage.meets is not Seniority.NOBODY:
            courtesy = -(self.values.courtesy * together)
        return {Term.TIME: time, Term.COURTESY: courtesy}

    def _revealed(self, stage: StageStructure, variances: dict[str, N], over: N) -> N:
        """The variance that a whole stage reveals, percent of pay squared.

        Args:
            stage: Which one.
            variances: Of each aspect, once a share *over* of the stage is over. What the
                stage reveals is taken from them.
            over: That share, 0 to 1.
        """
        parts: list[N] = []
        for aspect, variance in variances.items():
            share = self.numbers.reveals(stage.number, stage.kind, aspect)
            whole = safe_divide(variance, 1.0 - over * share)
            parts.append(share * whole)
            variances[aspect] = (1.0 - share) * whole
        return fsum(parts)


def _nonzero(terms: dict[Term, N]) -> dict[Term, N]:
    """The terms that are not zero for sure."""
    return {term: value for term, value in terms.items() if not is_zero(value)}
