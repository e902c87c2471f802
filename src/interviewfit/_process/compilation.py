"""Stages become steps: a decision's structure and numbers, compiled into a chain.

Every stage is two steps. The first, before it, pays preparation and the first half;
leaving there is a polite withdrawal. The second, midway, pays the other half and
collects what a stage brings beside its news. Leaving there is walking out. What a
stage brings or costs besides, in hours, stands in ``side_values``.

A stage reveals its share of the variance that is then still unknown, half of it by its
middle. Facts that hold or do not (``facts``) are told by its end. That the job is
reshaped to suit the candidate is one of them: the mean moves up by (1 - chance) * gain,
or down by chance * gain, around a drift of chance * gain.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic

from attrs import Factory, field, frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Event, Phase, StageKind, Term
from interviewfit._numeric.arrays import (
    N,
    N_co,
    fsum,
    is_zero,
    maximum,
    root_sum_square,
    sqrt,
)
from interviewfit._process.covariances import Covariances, covariances_of
from interviewfit._process.facts import Fact, facts_of, reshaping, uncertain
from interviewfit._process.news import News, news_of
from interviewfit._process.side_values import (
    contact_units,
    referrals,
    time_terms,
    unit_values,
    used_up,
    values_at_end,
    waiting_cost,
)
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import (
    CALL,
    DESK_RESEARCH,
    StageStructure,
    Structure,
)
from interviewfit._process.trial import trial_gain
from interviewfit._process.uncertainty import Variances

if TYPE_CHECKING:
    from interviewfit._process.mutual_fit import MutualFit


def _sum_of(terms: str) -> Any:
    """The default of a field of a step: the sum of the terms in another."""
    return Factory(lambda step: fsum(getattr(step, terms).values()), takes_self=True)


@frozen(repr=False)
class Step(Generic[N_co]):
    """Half a stage, as the solver takes it.

    Attributes:
        stage: Which stage of the opportunity; -1 for desk research put first.
        phase: Before or midway.
        title: The stage's name.
        reward_terms: What taking the step is made of, hours, by term.
        exit_terms: What leaving instead is made of, hours, by term.
        survive: Probability to be still in afterwards.
        drift: Expected change of the surplus, hours.
        reveal: Standard deviation of what it teaches, hours of surplus.
        hours: Own time it takes, hours.
        days: Calendar time it takes, days.
        practice_log_odds: How much better one passes later rounds elsewhere.
        facts: That become known in it: the chance that each holds, and what it is then
            worth, hours, beyond what it is worth if not. *drift* and the mean of the
            process have their expectation.
        reward: What is collected when the step is taken, hours.
        exit: The value of leaving instead, hours.
    """

    stage: int
    phase: Phase
    title: str
    reward_terms: Mapping[Term, N_co]
    exit_terms: Mapping[Term, N_co]
    survive: N_co
    drift: N_co
    reveal: N_co
    hours: N_co
    days: N_co
    practice_log_odds: N_co = 0.0
    facts: tuple[tuple[N_co, N_co], ...] = ()
    reward: N_co = field(init=False, default=_sum_of("reward_terms"))
    exit: N_co = field(init=False, default=_sum_of("exit_terms"))


@frozen(repr=False)
class Process(Generic[N_co]):
    """An opportunity from where it stands, as the solver takes it.

    Attributes:
        mean: Of the surplus over the fallback, percent of pay.
        sd: Its standard deviation, percent of pay.
        hours_per_percent: The value of one percent of pay, hours, as the offer is
            weighed.
        steps: What lies ahead; none once an offer is on the table.
        end_terms: What an offer or a refusal brings whatever one does, hours, by term.
        spoken: The mean by what somebody has told alone, percent of pay.
        news: That only waiting brings.
        call: Questions about an offer before it is answered; None if there are none.
        mutual: How passes go with the fit; None where they tell nothing of it. *mean*
            and *sd* hold the passes so far, and the steps are those of constant rates
            with the same moments.
        trial: What being able to leave again adds to an offer, hours (``trial``).
    """

    mean: N_co
    sd: N_co
    hours_per_percent: N_co
    steps: tuple[Step[N_co], ...]
    spoken: N_co
    news: News[N_co]
    call: Step[N_co] | None = None
    end_terms: Mapping[Term, N_co] = field(factory=dict)
    mutual: "MutualFit | None" = None
    trial: N_co = 0.0

    @property
    def mean_hours(self) -> N_co:
        """Mean of the surplus over the fallback, with the trial, hours."""
        return self.hours_per_percent * self.mean + self.trial

    @property
    def unsettled(self) -> N_co:
        """Standard deviation of news that only waiting brings, percent of pay."""
        return self.news.spread


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
        research_first: Whether half an hour of desk research comes before all steps.

    Returns:
        Columns where a column bears on something, else floats.
    """
    together: Covariances[N] | None = covariances_of(structure, numbers, posterior)
    if together is not None:
        posterior = together.find_out(structure, numbers, posterior)
    means: list[N] = []
    spoken: list[N] = []
    sds: dict[str, N] = {}
    for aspect, belief in posterior.beliefs.items():
        weight = numbers.priority(aspect)
        means.append(weight * belief.mean)
        spoken.append(weight * posterior.spoken[aspect])
        sds[aspect] = weight * belief.sd
    facts: list[Fact[N]] = facts_of(structure, numbers)
    means.extend(fact.expectation for fact in facts)
    spoken.extend(fact.expectation for fact in facts)
    stages: tuple[StageStructure, ...] = structure.ahead
    if research_first:
        stages = (DESK_RESEARCH, *stages)
    news = news_of(posterior, numbers)
    unknown: Variances[N] | Covariances[N]
    spreads: list[N] = [news.spread]
    if together is None:
        spreads.extend(sds.values())
        unknown = Variances({aspect: sd * sd for aspect, sd in sds.items()})
    else:
        spreads.append(sqrt(together.now(structure, numbers).variance(numbers)))
        unknown = together
    aspects = spreads[1:]
    spreads.extend(fact.sd for fact in facts)
    mean: N = fsum(means) - numbers.get("fallback", 0.0)
    steps: tuple[Step[N], ...] = ()
    if stages:
        steps = tuple(_steps(structure, numbers, posterior, stages, unknown, facts))
    process: Process[N] = Process(
        mean=mean,
        sd=root_sum_square(spreads),
        hours_per_percent=numbers.hours_per_percent * numbers.weight(Term.OFFER),
        steps=steps,
        end_terms={} if stages else values_at_end(structure, numbers, posterior),
        spoken=fsum(spoken) - numbers.get("fallback", 0.0),
        news=news,
        call=_call(structure, numbers, posterior, unknown, facts),
        trial=trial_gain(structure, numbers, mean, aspects),
    )
    if not numbers.is_mutual or structure.phase is Phase.REJECTED:
        return process
    from interviewfit._process.mutual_fit import mutual_fit_of

    variance = process.sd * process.sd - fsum(fact.sd * fact.sd for fact in facts)
    mutual = mutual_fit_of(structure, numbers, posterior, process, variance)
    return process if mutual is None else mutual.apply(process)


def _call(
    structure: Structure,
    numbers: Numbers[N],
    posterior: Posterior[N],
    unknown: Variances[N] | Covariances[N],
    facts: Sequence[Fact[N]],
) -> Step[N] | None:
    """The call or mail before an answer; None with no offer, or if it shows nothing.

    A fact that no stage has told is a plain question, so the answer tells it for sure.

    Args:
        structure, numbers, posterior: Of the decision.
        unknown: What is unknown of the aspects, as they are weighed; it changes.
        facts: That are open.
    """
    if not structure.may_ask:
        return None
    hours, preparation, survive = (
        numbers.stage(CALL.number, CALL.kind, name)
        for name in ("hours", "preparation", "pass_rate")
    )
    shown = sqrt(unknown.reveal(numbers, CALL, 0.0))
    percent = numbers.hours_per_percent * numbers.weight(Term.OFFER)
    answers = uncertain((fact.chance, percent * fact.size) for fact in facts)
    if is_zero(percent * shown) and not answers:
        return None
    values = unit_values(structure, numbers, posterior)
    return Step(
        stage=CALL.number,
        phase=Phase.BEFORE,
        title=CALL.title,
        reward_terms=_nonzero(time_terms(CALL, values, hours + preparation, hours)),
        exit_terms={},
        survive=survive,
        drift=0.0,
        reveal=percent * shown,
        hours=hours + preparation,
        days=numbers["call.days"],
        facts=answers,
    )


def _steps(
    structure: Structure,
    numbers: Numbers[N],
    posterior: Posterior[N],
    stages: tuple[StageStructure, ...],
    unknown: Variances[N] | Covariances[N],
    facts: Sequence[Fact[N]],
) -> Iterator[Step[N]]:
    """The two steps of every stage ahead; midway through the first, one of it.

    Args:
        structure, numbers: Of the decision; they say where the process stands.
        posterior: Beliefs, and by how much clues have moved odds.
        stages: Ahead, in order.
        unknown: What is unknown of the aspects, as they are weighed; it changes.
        facts: That some of the stages tell, by the end of their second half.
    """
    values = unit_values(structure, numbers, posterior)
    percent = numbers.hours_per_percent * numbers.weight(Term.OFFER)
    early, decay = numbers["first_half"], numbers["practice_decay"]
    told: dict[int, list[tuple[N, N]]] = {}
    for fact in facts:
        told.setdefault(fact.stage, []).append((fact.chance, percent * fact.size))
    interviews, hidden = used_up(structure, numbers)
    promised: N = 0.0
    looked_up = numbers["research_saves"] * numbers[f"{StageKind.RESEARCH}.hours"]
    saved: N = looked_up if structure.researched == structure.stage else 0.0
    named = referrals(structure, numbers, values[Term.REFERRAL], stages)
    for stage, referral in zip(stages, named, strict=True):
        number, kind = stage.number, stage.kind
        hours = numbers.stage(number, kind, "hours")
        preparation = numbers.stage(number, kind, "preparation")
        preparation = maximum(0.0, preparation - saved)
        saved = looked_up if number < 0 else 0.0
        midway = structure.phase is Phase.MIDWAY and number == structure.stage
        shown = unknown.reveal(numbers, stage, early if midway else 0.0)
        # Every end but walking out brings what was promised so far.
        at_end = numbers["referral_late"] * referral
        better = {Term.REFERRAL: at_end - promised}
        # Only an invitation that was not accepted yet can be turned down; whoever
        # drops out later has been introduced by the recruiter.
        dropping_out = -values[Term.DECLINING] * numbers["refusal_later"]
        is_later = (structure.stage if number < 0 else number) > 0
        declining = dropping_out if is_later else -values[Term.DECLINING]
        exit_terms = {Term.REFERRAL: referral - promised, Term.DECLINING: declining}
        if not midway:
            spent = preparation + early * hours
            time = time_terms(stage, values, spent, early * hours)
            yield Step(
                stage=number,
                phase=Phase.BEFORE,
                title=stage.title,
                reward_terms=_nonzero({**time, **better}),
                exit_terms=_nonzero(exit_terms),
                survive=1.0,
                drift=0.0,
                reveal=percent * sqrt(early * shown),
                hours=spent,
                days=0.0,
            )
            promised, better = at_end, {}
        weight = numbers.stage(number, kind, "practice")
        lesson = weight * decay**interviews
        practice = values[Term.PRACTICE] * lesson
        # Never in place: these may be columns that belong to the caller.
        interviews = interviews + weight
        surfaces = numbers.stage(number, kind, "surfaces") * hidden
        hidden = hidden - surfaces
        chance, gain = reshaping(stage, numbers, posterior, percent)
        news: list[tuple[N, N]] = [(chance, gain)]
        news.extend(told.get(number, []))
        pass_rate = numbers.stage(number, kind, "pass_rate")
        spent = (1.0 - early) * hours
        reward_terms = {
            Term.PRACTICE: practice,
            Term.HIDDEN_ROLE: values[Term.HIDDEN_ROLE] * surfaces,
            **time_terms(stage, values, spent, spent, waiting_cost(numbers, stage)),
            **better,
        }
        exit_terms = {Term.REFERRAL: referral - at_end, Term.DECLINING: declining}
        # Nobody is met or walked out on at one's own desk.
        if number >= 0:
            influence = numbers.influence(number, stage.meets)
            contact = contact_units(stage, numbers, influence)
            reward_terms[Term.NETWORKING] = values[Term.NETWORKING] * contact
            exit_terms = {
                Term.PRACTICE: numbers["bail_practice"] * practice,
                Term.BAIL: -values[Term.BAIL] * influence,
                Term.DECLINING: dropping_out,
                Term.REFERRAL: -promised,
            }
        yield Step(
            stage=number,
            phase=Phase.MIDWAY,
            title=stage.title,
            reward_terms=_nonzero(reward_terms),
            exit_terms=_nonzero(exit_terms),
            survive=shift_odds(pass_rate, posterior.odds.get(Event.PASSED_ON, 1.0)),
            drift=chance * gain,
            reveal=percent * sqrt((1.0 - early) * shown),
            hours=spent,
            days=stage.days,
            practice_log_odds=numbers["practice_gain"] * lesson,
            facts=uncertain(news),
        )
        promised = at_end


def _nonzero(terms: dict[Term, N]) -> dict[Term, N]:
    """The terms that are not zero for sure."""
    return {term: value for term, value in terms.items() if not is_zero(value)}
