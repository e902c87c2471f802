"""How each of several offers stands, and what is done about it.

At most one offer is accepted at once. The others are turned down, or wait until it is
known how those that are answered before them come out.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.offers import OfferAnswers
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import Number


@frozen(eq=False)
class OfferStanding:
    """How an offer stands among all offers.

    Attributes:
        entry: The offer.
        values: Value of the search by how it is answered first, hours.
        value_without: Value of the search if it is turned down at once, hours.
        action: How it is answered.
        after: The offer that is answered before it, if it waits for that alone.
    """

    entry: CompiledProcess[Number]
    values: Mapping[Action, Worth]
    value_without: Worth
    action: Action
    after: str = ""

    @property
    def value(self) -> Worth:
        """Value of the search by its best answer but turning it down, hours."""
        return max(self.values.values())


def _settled(
    standings: Sequence[OfferStanding], leaving: Worth
) -> Sequence[OfferStanding]:
    """The standings of several offers, of which at most one is accepted at once.

    An offer that is at least as good as the best in what somebody has told of it is not
    turned down for what nobody has told: it is asked about first while the best waits
    or is asked about too, or accepted if there is nothing to ask.

    Args:
        standings: Of each offer by itself.
        leaving: What leaving all that runs is worth, hours.
    """
    open_offers = [row for row in standings if row.action is not Action.DECLINE_OFFER]
    if not open_offers:
        return _kept_open(standings)
    if len(open_offers) < 2:
        return standings
    best = max(open_offers, key=lambda row: row.value)
    first = best.entry.opportunity.name
    actions: dict[str, Action] = {}
    told = max(open_offers, key=lambda row: float(row.entry.process.spoken))
    for row in open_offers:
        process, name = row.entry.process, row.entry.opportunity.name
        spoken = float(process.spoken * process.hours_per_percent) + leaving
        if row is best:
            continue
        if spoken < best.value:
            if row.action is Action.ACCEPT_OFFER:
                actions[name] = Action.DECLINE_OFFER
        elif process.call is not None:
            actions[name] = Action.ASK_FIRST
            if best.action is not Action.ASK_FIRST:
                actions.setdefault(first, Action.POSTPONE)
        elif row is told:
            actions |= {first: Action.DECLINE_OFFER, name: Action.ACCEPT_OFFER}
        else:
            actions[name] = Action.POSTPONE
    return [_with_action(row, actions, best) for row in standings]


def _kept_open(standings: Sequence[OfferStanding]) -> Sequence[OfferStanding]:
    """Offers that all are worth less than what runs, the best of them kept open.

    What runs may come to nothing. So an offer that by all that was told of it is at
    least as good as the outside option is not turned down for what nobody has told: it
    waits if it can, or is asked about, whichever is worth more. As in ``accept_gain``,
    what nobody has told takes away all that this adds, and no more.

    Args:
        standings: Of each offer by itself.
    """
    if not standings:
        return standings
    told = max(standings, key=lambda row: float(row.entry.process.spoken))
    process = told.entry.process
    if not float(process.spoken) > float(process.mean):
        return standings
    may_wait = float(told.entry.numbers["stays_open"]) > 0.0
    ways = {Action.ASK_FIRST} | ({Action.POSTPONE} if may_wait else set())
    open_ways = [way for way in told.values if way in ways]
    if float(process.spoken) < 0.0 or not open_ways:
        return standings
    action = max(open_ways, key=lambda way: told.values[way])
    worth = max(told.values[action], told.value_without)
    kept = evolve(told, action=action, values={**told.values, action: worth})
    return [kept if row is told else row for row in standings]


def _with_action(
    row: OfferStanding, actions: Mapping[str, Action], best: OfferStanding
) -> OfferStanding:
    """An offer with the action that is settled among all of them.

    Args:
        row: How it stands by itself.
        actions: The actions that differ, by the name of the offer.
        best: The offer that is best kept, which is answered before the others.
    """
    action = actions.get(row.entry.opportunity.name, row.action)
    if action is not Action.POSTPONE or (row is best and action is row.action):
        return evolve(row, action=action)
    # It is kept open until another is answered, which costs nothing.
    asked = [name for name, other in actions.items() if other is Action.ASK_FIRST]
    after = best.entry.opportunity.name
    if row is best:
        after = asked[0]
    kept = max(row.values[action], row.value if row is best else row.value_without)
    values = {**row.values, action: kept}
    return evolve(row, values=values, action=action, after=after)


def first_floats(answers: OfferAnswers, offer: int) -> dict[Action, Worth]:
    """The values of ``OfferAnswers.first_values`` in a single decision, hours.

    Args:
        answers, offer: The answers to all offers, and the number of one.
    """
    return {
        action: float(value[0]) for action, value in answers.first_values(offer).items()
    }


def standings_of(answers: OfferAnswers) -> Sequence[OfferStanding]:
    """How each offer of a single decision stands.

    Args:
        answers: How they can be answered.
    """
    standings = []
    for number, entry in enumerate(answers.offers):
        if number not in answers.open_offers:
            value = float(answers.value[0])
            values = dict.fromkeys((Action.ACCEPT_OFFER, Action.POSTPONE), value)
            action = Action.DECLINE_OFFER
            standings.append(OfferStanding(entry, values, value, action))
            continue
        values = first_floats(answers, number)
        without = float(answers.value_without(number)[0])
        options = {
            Action.ACCEPT_OFFER: values[Action.ACCEPT_OFFER],
            Action.DECLINE_OFFER: without,
            **values,
        }
        # Of equal ones the first: an offer is not turned down for nothing.
        action = max(options, key=lambda option: options[option])
        standings.append(OfferStanding(entry, values, without, action))
    return _settled(standings, float(answers.exits[0]))
