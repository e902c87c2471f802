"""
Stages become steps; and the processes people meet most.

Every stage is two steps. The first, before it, pays preparation and the first
half; leaving there is a polite withdrawal. The second, midway, pays the rest and
collects what a stage brings beside its news: people met, practice, another
opening. Leaving there is walking out. All priced in hours:

    networking   contact * influence * relevance * activity
    practice     gain * decay**(interviews done) * sensitivity * (worth ahead)
    hidden role  chance it exists and surfaces * chance of an offer * E[max(0, X)]
    time         hours, each as priced; courtesy likewise for the interviewer
    bail         chance of harm * harm * influence * relevance, on walking out

X is the surplus of another role at the same firm: the company's aspects as they
are believed now, the role's drawn afresh. A job reshaped to suit the candidate
moves the mean by chance * gain and adds chance * (1 - chance) * gain**2 to the
variance revealed. A stage reveals its share of what is then still unknown, half
of it by its middle.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import fsum, hypot, sqrt

from attrs import frozen

from interviewfit import normal
from interviewfit.domain import Candidate, Opportunity
from interviewfit.priors import COMPANY_ASPECTS, Assumptions
from interviewfit.signals import Posterior, shift_odds
from interviewfit.stages import Stage
from interviewfit.units import Hours, PercentOfPay, Probability, Worth
from interviewfit.vocabulary import Event, Phase, Seniority, StageKind, Term

__all__ = [
    "Process",
    "Step",
    "compile_process",
    "corporate",
    "small_firm",
    "technical",
]


def small_firm() -> tuple[Stage, ...]:
    """
    A manager who is also the owner's right hand, then the owner.
    """
    return (Stage(kind=StageKind.HIRING_MANAGER), Stage(kind=StageKind.EXECUTIVE))


def corporate() -> tuple[Stage, ...]:
    """
    HR screen, hiring manager, senior executive.
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.HIRING_MANAGER),
        Stage(kind=StageKind.EXECUTIVE),
    )


def technical() -> tuple[Stage, ...]:
    """
    HR screen, take-home task, panel, hiring manager.
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.TAKE_HOME),
        Stage(kind=StageKind.PANEL),
        Stage(kind=StageKind.HIRING_MANAGER),
    )


@frozen
class Step:
    """
    Half a stage, as the solver takes it.

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

    @property
    def reward(self) -> Worth:
        """
        Collected when the step is taken, hours.
        """
        return fsum(self.gains.values())

    @property
    def exit(self) -> Worth:
        """
        Worth of leaving instead, hours.
        """
        return fsum(self.leaving.values())


@frozen
class Process:
    """
    An opportunity from where it stands, as the solver takes it.

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
    """
    The steps ahead of a candidate, from the opportunity's position.

    Args:
        candidate, opportunity: Who, and what.
        posterior: Beliefs once all signals are in.
        assumptions: Numbers for all that is left open.
        research_first: Put half an hour at the desk before everything else.
    """
    priorities = [candidate.priorities.get(name, 1.0) for name in posterior.beliefs]
    beliefs = posterior.beliefs.values()
    mean = fsum(p * one.mean for p, one in zip(priorities, beliefs, strict=True))
    spreads = {
        name: weight * one.sd
        for weight, (name, one) in zip(
            priorities, posterior.beliefs.items(), strict=True
        )
    }
    unsettled = [
        weight * one
        for weight, one in zip(priorities, posterior.unsettled.values(), strict=True)
    ]
    percent = assumptions.percent_hours * candidate.weights.offer
    steps: tuple[Step, ...] = ()
    if opportunity.position.phase in (Phase.BEFORE, Phase.MIDWAY):
        prices = _prices(candidate, opportunity, posterior, assumptions)
        ahead = list(enumerate(opportunity.stages))[opportunity.position.stage :]
        if research_first:
            ahead.insert(0, (-1, Stage(kind=StageKind.RESEARCH)))
        steps = tuple(
            _steps(ahead, prices, spreads, percent, candidate, opportunity, assumptions)
        )
    waiting = _spread(unsettled)
    return Process(
        mean - candidate.fallback,
        hypot(_spread(spreads.values()), waiting),
        waiting,
        percent,
        steps,
    )


def _spread(parts: Iterable[float]) -> float:
    return sqrt(fsum(one * one for one in parts))


@frozen
class _Prices:
    """
    What happens in a stage is worth, hours, as the candidate weighs it.
    """

    contact: Worth
    practice: Worth
    hidden_role: Worth
    bail: Worth
    hour: Worth
    courtesy: Worth
    refusal: Worth
    referral: Worth
    odds: Mapping[Event, float]


def _prices(
    candidate: Candidate,
    opportunity: Opportunity,
    posterior: Posterior,
    assumptions: Assumptions,
) -> _Prices:
    weights = candidate.weights
    relevance = _given(opportunity.relevance, assumptions["relevance"])
    activity = _given(candidate.activity, assumptions["activity"])
    helps = assumptions["contact_helps"]
    contact = assumptions["contact"] * relevance * activity
    if Event.CONTACT_HELPS in posterior.odds and helps > 0.0:
        contact *= shift_odds(helps, posterior.odds[Event.CONTACT_HELPS]) / helps
    exists = shift_odds(
        _given(opportunity.hidden_role, assumptions["hidden_role"]),
        posterior.odds.get(Event.HIDDEN_ROLE, 1.0),
    )
    return _Prices(
        contact=weights.networking * contact,
        practice=weights.practice
        * assumptions["practice_gain"]
        * assumptions["practice_sensitivity"]
        * _given(candidate.interviews_ahead, assumptions["interviews_ahead"])
        * _given(candidate.worth_ahead, assumptions["worth_ahead"]),
        hidden_role=weights.hidden_role
        * exists
        * assumptions["hidden_offer"]
        * _other_role(candidate, posterior, assumptions),
        bail=weights.bail
        * assumptions["bail_chance"]
        * assumptions["bail_harm"]
        * relevance,
        hour=weights.time,
        courtesy=weights.courtesy * assumptions["courtesy"],
        refusal=weights.declining * assumptions["refusal"]
        if opportunity.via_recruiter
        else 0.0,
        referral=weights.referral * assumptions["referral"]
        if opportunity.knows_someone
        else 0.0,
        odds=posterior.odds,
    )


def _given(own: float | None, default: float) -> float:
    return default if own is None else own


def _other_role(
    candidate: Candidate, posterior: Posterior, assumptions: Assumptions
) -> Worth:
    """
    Expected worth of the choice to take another role at the same firm, hours.
    """
    means, spreads = [-candidate.fallback], []
    for name, belief in posterior.beliefs.items():
        weight = candidate.priorities.get(name, 1.0)
        one = belief if name in COMPANY_ASPECTS else assumptions.unknown(name)
        means.append(weight * one.mean)
        spreads.append(weight * one.sd)
        if name in COMPANY_ASPECTS:
            spreads.append(weight * posterior.unsettled[name])
    mean, sd = fsum(means), _spread(spreads)
    if sd == 0.0:
        return assumptions.percent_hours * max(0.0, mean)
    return assumptions.percent_hours * sd * float(normal.excess(mean / sd))


def _steps(
    ahead: list[tuple[int, Stage]],
    prices: _Prices,
    spreads: dict[str, PercentOfPay],
    percent: Worth,
    candidate: Candidate,
    opportunity: Opportunity,
    assumptions: Assumptions,
) -> Iterator[Step]:
    position = opportunity.position
    early = assumptions["first_half"]
    decay = assumptions["practice_decay"]
    done = _given(candidate.interviews_done, assumptions["interviews_done"])
    variances = {name: one * one for name, one in spreads.items()}
    unsurfaced, saved = 1.0, 0.0
    for number, stage in ahead:
        kind = stage.kind

        def usual(what: str, own: float | None, kind: StageKind = kind) -> float:
            return _given(own, assumptions.of_stage(kind, what))

        hours = usual("hours", stage.hours)
        preparation = max(0.0, usual("preparation", stage.preparation) - saved)
        saved = assumptions["research_saves"] * hours if number < 0 else 0.0
        person = stage.meets or assumptions.meets(kind)
        influence = assumptions.influence(person)
        shown = _shown(stage, variances, assumptions)
        invited = number < 0 or (number == 0 and position.phase is Phase.BEFORE)
        if position.phase is Phase.BEFORE or number != position.stage:
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
                leaving=_nonzero(
                    {
                        Term.REFERRAL: prices.referral,
                        Term.DECLINING: -prices.refusal if invited else 0.0,
                    }
                ),
                survive=1.0,
                drift=0.0,
                reveal=percent * sqrt(early * shown),
                hours=own,
                days=0.0,
            )
        practice = usual("practice", stage.practice)
        practised = prices.practice * practice * decay**done
        done += practice
        surfaces = usual("surfaces", stage.surfaces) * unsurfaced
        unsurfaced -= surfaces
        chance = shift_odds(
            usual("reshape_chance", stage.reshape_chance),
            prices.odds.get(Event.RESHAPED, 1.0),
        )
        gain = percent * _given(stage.reshape_gain, assumptions["reshape_gain"])
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
            leaving=_nonzero(
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
            reveal=hypot(
                percent * sqrt((1.0 - early) * shown),
                gain * sqrt(chance * (1.0 - chance)),
            ),
            hours=own,
            days=stage.days,
        )


def _theirs(prices: _Prices, person: Seniority, hours: Hours) -> Worth:
    """
    What the interviewer's hours count.
    """
    return 0.0 if person is Seniority.NOBODY else prices.courtesy * hours


def _nonzero(parts: dict[Term, Worth]) -> dict[Term, Worth]:
    return {term: worth for term, worth in parts.items() if worth}


def _shown(
    stage: Stage, variances: dict[str, float], assumptions: Assumptions
) -> float:
    """
    Variance a stage reveals, which is then no longer there to be revealed.
    """
    parts = []
    for name, variance in variances.items():
        share = _given(stage.reveals.get(name), assumptions.reveals(stage.kind, name))
        parts.append(share * variance)
        variances[name] = (1.0 - share) * variance
    return fsum(parts)
