"""Stages become steps; and the processes people meet most.

Every stage is two steps. The first, before it, pays preparation and the first
half; leaving there is a polite withdrawal. The second, midway, pays the rest and
collects what a stage brings beside its news: people met, practice, another
opening (``prices``). Leaving there is walking out.

A job reshaped to suit the candidate moves the mean by chance * gain and adds
chance * (1 - chance) * gain**2 to the variance revealed. A stage reveals its share of
what is then still unknown, half of it by its middle.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.units import Hours, PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Event, Phase, Seniority, StageKind, Term
from interviewfit._numeric.arrays import (
    divided,
    hypotenuse,
    larger,
    root,
    spread,
    total,
    vanishes,
)
from interviewfit._process.side_values import SideValues, given, price
from interviewfit._process.signals import Posterior, shift_odds

__all__ = [
    "Process",
    "Step",
    "compile_process",
    "corporate",
    "small_firm",
    "surplus",
    "technical",
]


def small_firm() -> tuple[Stage, ...]:
    """A manager who is also the owner's right hand, then the owner.

    >>> [one.title for one in small_firm()]
    ['hiring manager', 'executive']
    """
    return (Stage(kind=StageKind.HIRING_MANAGER), Stage(kind=StageKind.EXECUTIVE))


def corporate() -> tuple[Stage, ...]:
    """HR screen, hiring manager, senior executive.

    >>> [one.title for one in corporate()]
    ['hr screen', 'hiring manager', 'executive']
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.HIRING_MANAGER),
        Stage(kind=StageKind.EXECUTIVE),
    )


def technical() -> tuple[Stage, ...]:
    """HR screen, take-home task, panel, hiring manager.

    >>> [one.title for one in technical()]
    ['hr screen', 'take home', 'panel', 'hiring manager']
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.TAKE_HOME),
        Stage(kind=StageKind.PANEL),
        Stage(kind=StageKind.HIRING_MANAGER),
    )


@frozen
class Step:
    """Half a stage, as the solver takes it.

    Attributes:
        stage: Which stage of the opportunity; -1 for desk research put first.
        phase: Before or midway.
        title: The stage's name.
        gains: What taking the step is made of, hours, by term.
        leaving: What leaving instead is made of, hours, by term.
        survive: Chance to be still in afterwards.
        drift: Expected change of the surplus, hours.
        reveal: Standard deviation of what it teaches, hours of surplus.
        hours: Own time it takes, hours.
        days: Calendar time it takes, days.
        teaches: How much better one passes later rounds elsewhere, log-odds.
    """

    stage: int
    phase: Phase
    title: str
    gains: Mapping[Term, Worth]
    leaving: Mapping[Term, Worth]
    survive: Probability
    drift: Worth
    reveal: Worth
    hours: Hours
    days: float
    teaches: float = 0.0

    @property
    def reward(self) -> Worth:
        """Collected when the step is taken, hours."""
        return total(self.gains.values())

    @property
    def exit(self) -> Worth:
        """Worth of leaving instead, hours."""
        return total(self.leaving.values())


@frozen
class Process:
    """An opportunity from where it stands, as the solver takes it.

    Attributes:
        mean: Of the surplus over the fallback, percent of pay.
        sd: Its standard deviation, likewise.
        unsettled: Standard deviation of news that only waiting brings, likewise.
        percent: What one percent of pay is worth, hours, as the offer weighs.
        steps: What lies ahead; none once an offer is on the table.
    """

    mean: PercentOfPay
    sd: PercentOfPay
    unsettled: PercentOfPay
    percent: Worth
    steps: tuple[Step, ...]


def compile_process(
    candidate: Candidate,
    opportunity: Opportunity,
    posterior: Posterior,
    assumptions: Assumptions,
    *,
    research_first: bool = False,
) -> Process:
    """The steps ahead of a candidate, from the opportunity's position.

    Args:
        candidate, opportunity: Who, and what.
        posterior: Beliefs once all signals are in.
        assumptions: Numbers for all that is left open.
        research_first: Put half an hour at the desk before everything else.
    """
    priorities = [candidate.priorities.get(name, 1.0) for name in posterior.beliefs]
    spreads = {
        name: weight * one.sd
        for weight, (name, one) in zip(
            priorities, posterior.beliefs.items(), strict=True
        )
    }
    unsettled = [
        weight * one
        for weight, one in zip(priorities, posterior.unsettled.values(), strict=True)
        if not vanishes(one)
    ]
    percent = assumptions.percent_hours * candidate.weights.offer
    steps: tuple[Step, ...] = ()
    if opportunity.position.phase in (Phase.BEFORE, Phase.MIDWAY):
        prices = price(candidate, opportunity, posterior, assumptions)
        ahead = list(enumerate(opportunity.stages))[opportunity.position.stage :]
        if research_first:
            ahead.insert(0, (-1, Stage(kind=StageKind.RESEARCH)))
        steps = tuple(
            _steps(ahead, prices, spreads, percent, candidate, opportunity, assumptions)
        )
    waiting = spread(unsettled)
    return Process(
        surplus(candidate, posterior),
        hypotenuse(spread(spreads.values()), waiting),
        waiting,
        percent,
        steps,
    )


def surplus(candidate: Candidate, posterior: Posterior) -> PercentOfPay:
    """Mean of the surplus over the fallback, percent of pay."""
    mean = total(
        candidate.priorities.get(name, 1.0) * one.mean
        for name, one in posterior.beliefs.items()
    )
    return mean - candidate.fallback


def _steps(
    ahead: list[tuple[int, Stage]],
    prices: SideValues,
    spreads: dict[str, PercentOfPay],
    percent: Worth,
    candidate: Candidate,
    opportunity: Opportunity,
    assumptions: Assumptions,
) -> Iterator[Step]:
    position = opportunity.position
    early = assumptions["first_half"]
    decay = assumptions["practice_decay"]
    done = given(candidate.interviews_done, assumptions["interviews_done"])
    variances = {name: one * one for name, one in spreads.items()}
    unsurfaced, saved = 1.0, 0.0
    for number, stage in ahead:
        kind = stage.kind

        def usual(what: str, own: float | None, kind: StageKind = kind) -> float:
            return given(own, assumptions.of_stage(kind, what))

        hours = usual("hours", stage.hours)
        preparation = larger(0.0, usual("preparation", stage.preparation) - saved)
        saved = assumptions["research_saves"] * hours if number < 0 else 0.0
        person = stage.meets or assumptions.meets(kind)
        influence = assumptions.influence(person)
        midway = position.phase is Phase.MIDWAY and number == position.stage
        shown = _shown(stage, variances, assumptions, early if midway else 0.0)
        # Midway through the first stage nothing is left to turn down politely.
        invited = number <= 0
        politely = _nonzero(
            {
                Term.REFERRAL: prices.referral,
                Term.DECLINING: -prices.refusal if invited else 0.0,
            }
        )
        if not midway:
            own = preparation + early * hours
            yield Step(
                stage=number,
                phase=Phase.BEFORE,
                title=stage.title,
                gains=_nonzero(
                    {
                        Term.TIME: -prices.hour * own,
                        Term.COURTESY: -_theirs(prices, person, early * hours),
                    }
                ),
                leaving=politely,
                survive=1.0,
                drift=0.0,
                reveal=percent * root(early * shown),
                hours=own,
                days=0.0,
            )
        practice = usual("practice", stage.practice) * decay**done
        practised = prices.practice * practice
        # Never in place: these may be columns of somebody else's.
        done = done + usual("practice", stage.practice)
        surfaces = usual("surfaces", stage.surfaces) * unsurfaced
        unsurfaced = unsurfaced - surfaces
        chance = shift_odds(
            usual("reshape_chance", stage.reshape_chance),
            prices.odds.get(Event.RESHAPED, 1.0),
        )
        gain = percent * given(stage.reshape_gain, assumptions["reshape_gain"])
        own = (1.0 - early) * hours
        yield Step(
            stage=number,
            phase=Phase.MIDWAY,
            title=stage.title,
            gains=_nonzero(
                {
                    Term.NETWORKING: prices.contact * influence,
                    Term.PRACTICE: practised,
                    Term.HIDDEN_ROLE: prices.hidden_role * surfaces,
                    Term.TIME: -prices.hour * own,
                    Term.COURTESY: -_theirs(prices, person, own),
                }
            ),
            # Nobody is walked out on at one's own desk.
            leaving=politely
            if number < 0
            else _nonzero(
                {
                    Term.PRACTICE: assumptions["bail_practice"] * practised,
                    Term.BAIL: -prices.bail * influence,
                }
            ),
            survive=shift_odds(
                usual("pass_rate", stage.pass_rate),
                prices.odds.get(Event.PASSED_ON, 1.0),
            ),
            drift=chance * gain,
            reveal=hypotenuse(
                percent * root((1.0 - early) * shown),
                gain * root(chance * (1.0 - chance)),
            ),
            hours=own,
            days=stage.days,
            teaches=assumptions["practice_gain"] * practice,
        )


def _theirs(prices: SideValues, person: Seniority, hours: Hours) -> Worth:
    """What the interviewer's hours count."""
    return 0.0 if person is Seniority.NOBODY else prices.courtesy * hours


def _nonzero(parts: dict[Term, Worth]) -> dict[Term, Worth]:
    return {term: worth for term, worth in parts.items() if not vanishes(worth)}


def _shown(
    stage: Stage, variances: dict[str, float], assumptions: Assumptions, seen: float
) -> float:
    """Variance a stage reveals in all, which is then no longer there to be revealed.

    The variances are those left once a share *seen* of the stage is over.
    """
    parts = []
    for name, variance in variances.items():
        share = given(stage.reveals.get(name), assumptions.reveals(stage.kind, name))
        left = 1.0 - seen * share
        whole = divided(variance, left)
        parts.append(share * whole)
        variances[name] = (1.0 - share) * whole
    return total(parts)
