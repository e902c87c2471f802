"""What to do about offers with a date, beside the processes that run.

What is in hand up to a date is solved on the calendar (``deadline``). With D(T) the
value of the search with the offers up to T, and R that without them, it is worth

    ask for time      ends * R + (1 - ends) * (granted * D(T') + (1 - granted) * D(T))
    hurry             earlier * D(T, with the stage moved) + (1 - earlier) * D(T)
    let it lapse      R

minus the message that it costs to ask. A no leaves the offer until T. *ends* is 0
unless somebody says that asking may end the offer. Asking questions first is worth
what it is without a date: then the offer is answered at once.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961), for
the value of asking.
"""

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from interviewfit._calendar.agenda import chance, more_time_until
from interviewfit._calendar.dated_search import DatedOffer, DatedSearch
from interviewfit._calendar.deadline import DeadlineValue
from interviewfit._calendar.places import Segment
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._results.calendar import DatedStage, DeadlineRule, LapseLimit

LEAST_GAIN = 0.05
"""Hours by which keeping an offer must be better than accepting it or letting it go."""
# Of more processes, only so many are asked for an earlier date.
_MOST_JOINT, _FEW_HURRIED = 2, 1

PARTS = 3
"""Parts of a plan with dates beside one for each offer."""

LETTING_GO = frozenset({Action.DECLINE_OFFER, Action.LET_IT_LAPSE})
"""Actions after which an offer is gone."""


@frozen(eq=False)
class DatedAnswer:
    """What to do about offers with a date.

    Attributes:
        values: Of each offer by name, the value of the search by what is done about it,
            hours.
        actions: Of each offer by name.
        value: Of the best of all, hours.
        rule: What to do up to the first date.
        hurried: Process that is asked for an earlier date, if that is best.
        found: The value of keeping what is in hand.
        kept: Name of the best offer that is accepted, asked about or kept; empty if all
            are let go.
    """

    values: Mapping[str, Mapping[Action, Worth]]
    actions: Mapping[str, Action]
    value: Worth
    rule: DeadlineRule
    hurried: str
    found: DeadlineValue
    kept: str

    @property
    def is_accepted(self) -> bool:
        """Whether an offer is accepted now, which ends the search."""
        return Action.ACCEPT_OFFER in self.actions.values()

    @property
    def follows_rule(self) -> bool:
        """Whether anything is kept up to the first date, so that the rule matters."""
        kept = {Action.POSTPONE, Action.ASK_FOR_TIME} & set(self.actions.values())
        return bool(kept or self.hurried or not self.actions)

    @property
    def gain_of_hurrying(self) -> Worth:
        """By how much asking for an earlier date is best, hours; else 0."""
        return max(0.0, self.value - self.found.value) if self.hurried else 0.0


def decide_by_date(
    search: DatedSearch, progress: Callable[[int, int], None] | None = None
) -> DatedAnswer | None:
    """What to do about offers of which one must be answered by a date.

    At most one thing is done now: one offer is accepted, asked about or asked for time,
    or a firm is asked to hurry. All others are kept as long as that may bring
    something, and let go if not.

    Args:
        search: With the dates.
        progress: Called with 0 and after each part: keeping what is in hand, asking
            others to hurry, and what can be done about each offer. One part is left for
            the plan.

    Returns:
        None if no date changes anything.
    """
    segments, base = search.segments()
    if not segments:
        return None
    total = len(search.offers) + PARTS
    tell = progress or _say_nothing
    tell(0, total)
    found = search.value(segments, base, steps=True)
    tell(1, total)
    hurried, hurrying = _hurrying(search, segments, base, found.value)
    tell(2, total)
    values = {}
    for done, offer in enumerate(search.offers, start=3):
        values[offer.name] = _options(search, offer, found.value)
        tell(done, total)
    moves = [
        (value, name, action)
        for name, options in values.items()
        for action, value in options.items()
        if action not in {Action.POSTPONE, *LETTING_GO}
    ]
    moves += [(found.value, "", Action.POSTPONE), (hurrying, hurried, Action.HURRY)]
    lead, name, action = max(moves, key=lambda move: move[0])
    accepts = [move for move in moves if move[2] is Action.ACCEPT_OFFER]
    settled = max([search.without, *(value for value, _, _ in accepts)])
    if lead <= settled + LEAST_GAIN:
        # Of equal ones the first: an offer is not turned down for nothing.
        best = max(accepts, key=lambda move: move[0], default=(0.0, "", action))
        is_taken = bool(accepts) and best[0] >= search.without
        lead, name, action = best if is_taken else (search.without, "", action)
        action = Action.ACCEPT_OFFER if is_taken else Action.LET_IT_LAPSE
    actions = {
        offer.name: action
        if offer.name == name
        else beside_action(search, offer, action)
        for offer in search.offers
    }
    for other, chosen in actions.items():
        if chosen in LETTING_GO:
            # Beside one that is accepted all others are turned down.
            values[other] = {
                chosen if item in LETTING_GO else item: worth
                for item, worth in values[other].items()
            }
    kept = [offer for offer in search.offers if actions[offer.name] not in LETTING_GO]
    best_kept = max(kept, key=lambda offer: offer.surplus, default=None)
    return DatedAnswer(
        values,
        actions,
        lead,
        _rule(search, segments[0], found),
        hurried if action is Action.HURRY else "",
        found,
        name if name in values else best_kept.name if best_kept else "",
    )


def _say_nothing(_done: int, _total: int) -> None:
    """Nobody asked how far it is.

    Args:
        _done, _total: Parts that are done, and parts in all.
    """


def _options(
    search: DatedSearch, offer: DatedOffer, kept: Worth
) -> dict[Action, Worth]:
    """What can be done about an offer, and the value of the search by that, hours.

    Of equal values the first is done.

    Args:
        search, offer: The search, and one of its offers.
        kept: The value of keeping what is in hand, hours.
    """
    options = {Action.ACCEPT_OFFER: offer.accepted + search.exits}
    asked = search.value_of_asking(offer)
    if asked is not None:
        options[Action.ASK_FIRST] = asked
    options[Action.POSTPONE] = kept
    if offer.job.answer_by is not None:
        options[Action.ASK_FOR_TIME] = _asking_for_time(search, offer, kept)
    options[_way_of_letting_go(offer)] = search.value_without(offer)
    return options


def _way_of_letting_go(offer: DatedOffer) -> Action:
    """How an offer is let go: turned down, or left to lapse if it is a good one."""
    is_good = offer.job.answer_by is not None and offer.surplus > 0.0
    return Action.LET_IT_LAPSE if is_good else Action.DECLINE_OFFER


def beside_action(search: DatedSearch, offer: DatedOffer, action: Action) -> Action:
    """What is done about an offer while something else is done first.

    It is kept if it is the best in hand on some day.

    Args:
        search, offer: The search, and one of its offers.
        action: What is done about another offer, or a process.
    """
    if action is Action.ACCEPT_OFFER:
        return Action.DECLINE_OFFER
    if action in LETTING_GO or not search.is_of_use(offer):
        return _way_of_letting_go(offer)
    return Action.POSTPONE


def _asking_for_time(search: DatedSearch, offer: DatedOffer, kept: Worth) -> Worth:
    """What asking for time is worth, hours, with the message that it takes.

    If they say no, the offer stands until its date.

    Args:
        search, offer: The search, and the offer.
        kept: The value of keeping what is in hand, hours.
    """
    until = more_time_until(offer.job, search.agenda.today, search.assumptions)
    if until is None:
        return kept
    ends = chance(offer.job.lost_by_asking, "lost_by_asking", search.assumptions)
    granted = chance(offer.job.more_time, "more_time", search.assumptions)
    segments, base = search.segments({offer.name: until})
    longer = kept
    if segments and granted:
        longer = max(kept, search.value(segments, base).value)
    lost = search.value_without(offer) if ends else 0.0
    asked = ends * lost + (1.0 - ends) * (granted * longer + (1.0 - granted) * kept)
    return asked - search.message


def _hurrying(
    search: DatedSearch, segments: Sequence[Segment], base: Worth, kept: Worth
) -> tuple[str, Worth]:
    """Which firm to ask for an earlier date, and what that is worth, hours.

    Args:
        search, segments, base: The search, and what is in hand.
        kept: The value of keeping what is in hand, hours.

    Returns:
        The name of its opportunity, empty if nobody needs to hurry; and the value.
    """
    last, processes = segments[0].last, search.agenda.processes
    count = sum(not process.is_later for process in processes)
    late = [
        number
        for number, process in enumerate(processes)
        if process.opens >= last > 1 and process.size and not process.is_later
    ]
    if count > _MOST_JOINT:
        late.sort(key=lambda number: -processes[number].chain.mean)
        late = late[:_FEW_HURRIED]
    best = "", kept
    for number in late:
        moved = list(processes)
        moved[number] = processes[number].moved(last - 1)
        earlier = search.value(segments, base, moved).value
        stated = search.agenda.jobs[number].moves_up
        odds = chance(stated, "moves_up", search.assumptions)
        value = odds * max(kept, earlier) + (1.0 - odds) * kept - search.message
        if value > best[1]:
            best = processes[number].name, value
    return best


def _rule(search: DatedSearch, segment: Segment, found: DeadlineValue) -> DeadlineRule:
    """The rule for the first date, in percent of pay and dates.

    Each limit is of one process, with all others as they are now; openings that may
    still come have none.

    Args:
        search, segment, found: The search, what is in hand first, and its value.
    """
    agenda, percent = search.agenda, search.hours_per_percent
    on = agenda.date(segment.last)
    limits = found.answer.above if found.answer else ()
    later = {process.name for process in agenda.processes if process.is_later}
    return DeadlineRule(
        on=on,
        offers=tuple(o.name for o in search.offers if o.job.answer_by == on),
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
            if name not in later
        ),
        rest_value=search.without,
        value=found.value,
        standard_error=found.standard_error,
        upper=found.upper,
        method=found.method,
    )


def _in_percent(hours: Worth, hours_per_percent: Worth) -> float:
    """Hours of surplus in percent of pay; an offer without weight keeps the sign.

    An infinite number of hours, which stands for always or never, stays infinite.

    Args:
        hours, hours_per_percent: The surplus, and the value of one percent of pay.
    """
    if hours_per_percent > 0.0:
        return hours / hours_per_percent
    return float("-inf") if hours < 0.0 else float("inf")
