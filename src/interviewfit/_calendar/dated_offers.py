"""Offers and outside options with a date, beside the processes that run.

What is in hand up to a date is solved on the calendar (``_calendar.deadline``). Each of
the following is worth, with D(T) the value of the search with the offer up to T, and R
that of the search without it:

    ask for time      ends * R + (1 - ends) * (granted * D(T') + (1 - granted) * D(T))
    hurry             earlier * D(T, with the stage moved) + (1 - earlier) * D(T)
    let it lapse      R

minus the message that it costs to ask. A no leaves the offer until T. *ends* is 0
unless somebody says that asking may end the offer.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961), for
the value of asking.
"""

from collections.abc import Sequence

from attrs import evolve, frozen

from interviewfit._calendar.agenda import (
    chance,
    more_time_until,
)
from interviewfit._calendar.dated_search import DatedSearch
from interviewfit._calendar.deadline import (
    DeadlineValue,
)
from interviewfit._calendar.places import Segment
from interviewfit._model.domain import Opportunity
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._results.calendar import DatedStage, DeadlineRule, LapseLimit
from interviewfit._results.plan import HeldOffer

_LEAST_GAIN = 1e-6
# Of more processes, only so many are asked for an earlier date.
_MOST_JOINT, _FEW_HURRIED = 2, 1


@frozen(eq=False)
class DatedAnswer:
    """What to do about offers with a date.

    Attributes:
        offers: Every offer, with what each thing that can be done is worth.
        kept: The one that is kept or accepted, if any.
        value: Of the best of all, hours.
        rule: What to do up to the first date.
        hurried: Process that is asked for an earlier date, if that is best.
        found: The value of keeping what is in hand.
    """

    offers: tuple[HeldOffer, ...]
    kept: HeldOffer | None
    value: Worth
    rule: DeadlineRule
    hurried: str | None
    found: DeadlineValue


def decide_by_date(
    search: DatedSearch, offers: Sequence[HeldOffer]
) -> DatedAnswer | None:
    """What to do about offers of which one must be answered by a date.

    Args:
        search: With the dates.
        offers: Every offer, as it is judged without dates.

    Returns:
        None if no date changes anything.
    """
    segments, base = search.segments()
    if not segments:
        return None
    found = search.value(segments, base, steps=True)
    asking = search.assumptions["asking"] * search.candidate.weights.time
    held = {job.name: job for job in search.offered}
    dated = []
    for offer in offers:
        job = held.get(offer.name)
        if job is None:
            dated.append(offer)
            continue
        asked = None
        if job.answer_by is not None:
            asked = _asking_for_time(search, job, found.value) - asking
        dated.append(
            evolve(
                offer,
                answer_by=job.answer_by,
                wait_value=found.value,
                ask_time_value=asked,
            )
        )
    hurried, hurry_value = _hurrying(search, segments, base, found.value)
    hurry_value -= asking
    if not dated:
        value = max(found.value, hurry_value)
    else:
        dated = [_decided(offer, hurry_value) for offer in dated]
        value = max(_best(offer, hurry_value) for offer in dated)
        value = max(value, search.without)
    if hurry_value < value - _LEAST_GAIN or hurry_value <= found.value + _LEAST_GAIN:
        hurried = None
    kept = max(
        (offer for offer in dated if offer.name in held),
        key=lambda offer: offer.kept_value,
        default=None,
    )
    if kept is not None and kept.action in _LETTING_GO:
        kept = None
    return DatedAnswer(
        tuple(_after_best(offer, kept) for offer in dated),
        kept,
        value,
        _rule(search, segments[0], found),
        hurried,
        found,
    )


_LETTING_GO = frozenset({Action.DECLINE_OFFER, Action.LET_IT_LAPSE})


def _options(offer: HeldOffer) -> dict[Action, Worth]:
    """What can be done about an offer, of equal ones the first first.

    Args:
        offer: With its values.
    """
    options = {Action.ACCEPT_OFFER: offer.accept_value}
    if offer.ask_value is not None:
        options[Action.ASK_FIRST] = offer.ask_value
    options[Action.POSTPONE] = offer.wait_value
    if offer.ask_time_value is not None:
        options[Action.ASK_FOR_TIME] = offer.ask_time_value
    last = Action.LET_IT_LAPSE if offer.surplus_hours > 0.0 else Action.DECLINE_OFFER
    options[last if offer.answer_by else Action.DECLINE_OFFER] = offer.decline_value
    return options


def _best(offer: HeldOffer, hurry_value: Worth) -> Worth:
    """The value of the best that can be done while an offer is there, hours.

    Args:
        offer, hurry_value: The offer, and what asking another firm to hurry is worth.
    """
    if offer.dealbreakers:
        return offer.decline_value
    return max(*_options(offer).values(), hurry_value)


def _decided(offer: HeldOffer, hurry_value: Worth) -> HeldOffer:
    """An offer with the best that can be done about it.

    Args:
        offer, hurry_value: The offer, and what asking another firm to hurry is worth;
            the offer waits for that.
    """
    if offer.dealbreakers:
        return evolve(offer, action=Action.DECLINE_OFFER)
    options = _options(offer)
    action = max(options, key=lambda option: options[option])
    # Keeping it brings nothing where the search without it is worth as much.
    gain = options[action] - offer.decline_value
    is_waiting = action in (Action.POSTPONE, Action.ASK_FOR_TIME)
    if is_waiting and gain <= _LEAST_GAIN:
        action = list(options)[-1]
    if hurry_value > options[action] + _LEAST_GAIN:
        action = Action.POSTPONE
    return evolve(offer, action=action)


def _after_best(offer: HeldOffer, kept: HeldOffer | None) -> HeldOffer:
    """An offer beside the one that is kept.

    While the best one waits, another one waits as long as it may too; once the best one
    is accepted, it is turned down.

    Args:
        offer, kept: The offer, and the one that is kept.
    """
    if kept is None or offer.name == kept.name or offer.action in _LETTING_GO:
        return offer
    if kept.action is Action.ACCEPT_OFFER:
        return evolve(offer, action=Action.DECLINE_OFFER)
    if offer.action is Action.ACCEPT_OFFER:
        return evolve(offer, action=Action.POSTPONE)
    return offer


def _asking_for_time(search: DatedSearch, job: Opportunity, kept: Worth) -> Worth:
    """What asking for time is worth, without the message, hours.

    Args:
        search, job: The search, and the offer.
        kept: The value of keeping it until its date, hours.
    """
    until = more_time_until(job, search.agenda.today, search.assumptions)
    if until is None:
        return kept
    ends = chance(job.lost_by_asking, "lost_by_asking", search.assumptions)
    granted = chance(job.more_time, "more_time", search.assumptions)
    segments, base = search.segments({job.name: until})
    longer = max(kept, search.value(segments, base).value) if segments else kept
    lost = search.without
    if ends and len(search.offered) > 1:
        others = [
            (other, surplus)
            for other, surplus in zip(search.offered, search.surpluses, strict=True)
            if other.name != job.name
        ]
        rest = evolve(
            search,
            offered=tuple(other for other, _ in others),
            surpluses=tuple(surplus for _, surplus in others),
        )
        segments, base = rest.segments()
        if segments:
            lost = rest.value(segments, base).value
    return ends * lost + (1.0 - ends) * (granted * longer + (1.0 - granted) * kept)


def _hurrying(
    search: DatedSearch, segments: Sequence[Segment], base: Worth, kept: Worth
) -> tuple[str | None, Worth]:
    """Which firm to ask for an earlier date, and what that is worth, hours.

    Args:
        search, segments, base: The search, and what is in hand.
        kept: The value of keeping what is in hand, hours.

    Returns:
        The name of its opportunity, None if nobody needs to hurry; and the value
        without the message.
    """
    last, processes = segments[0].last, search.agenda.processes
    late = [
        number
        for number, process in enumerate(processes)
        if process.opens >= last > 1 and process.size
    ]
    if len(processes) > _MOST_JOINT:
        means = {number: processes[number].chain.mean for number in late}
        late = sorted(late, key=lambda number: -means[number])[:_FEW_HURRIED]
    best: tuple[str | None, Worth] = (None, kept)
    for number in late:
        moved = list(processes)
        moved[number] = processes[number].moved(last - 1)
        earlier = search.value(segments, base, moved).value
        stated = search.agenda.jobs[number].moves_up
        odds = chance(stated, "moves_up", search.assumptions)
        value = odds * max(kept, earlier) + (1.0 - odds) * kept
        if value > best[1]:
            best = processes[number].name, value
    return best


def _rule(search: DatedSearch, segment: Segment, found: DeadlineValue) -> DeadlineRule:
    """The rule for the first date, in percent of pay and dates.

    Args:
        search, segment, found: The search, what is in hand first, and its value.
    """
    agenda, percent = search.agenda, search.hours_per_percent
    on = agenda.date(segment.last)
    limits = found.answer.above if found.answer else ()
    return DeadlineRule(
        on=on,
        offers=tuple(job.name for job in search.offered if job.answer_by == on),
        stages=tuple(
            DatedStage(
                on=agenda.date(step.day),
                opportunity=step.process,
                stage=step.title,
                above=_in_percent(step.above, percent[step.process]),
            )
            for step in found.steps
        ),
        limits=tuple(
            LapseLimit(opportunity=name, above=_in_percent(above, percent[name]))
            for name, above in limits
        ),
        rest_value=search.without,
        value=found.value,
        standard_error=found.standard_error,
        upper=found.upper,
        method=found.method,
    )


def _in_percent(hours: Worth, hours_per_percent: Worth) -> float:
    """Hours of surplus in percent of pay; an offer without weight keeps the sign.

    Args:
        hours, hours_per_percent: The surplus, and the value of one percent of pay.
    """
    if hours_per_percent > 0.0:
        return hours / hours_per_percent
    return float("-inf") if hours < 0.0 else float("inf")
