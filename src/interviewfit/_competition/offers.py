"""Several offers on the table, each of which can be answered in several ways.

An offer can be accepted, which ends the search; asked about, and then be accepted or
turned down; asked to wait; or turned down. A state is which offers are held, because
they wait, and which are not answered yet. With V(H) the value of all that runs with the
best of the held offers H in hand, f what accepting gives up, and w the chance that
offer i waits,

    U(H, R) = max of  V(H)                                   turn down all others
                      U(H, R - i) + max(0, surplus - f)      accept i
                      U(H, R - i) + ask - f                  ask about i first
                      w U(H + i, R - i) + (1 - w) U(H, R - i) - cost of asking

so that no offer is turned down before it is known how the others are answered. Values
may be columns: each row is answered by itself.

Reference: R. Bellman, "Dynamic Programming" (1957), for the recursion.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen

from interviewfit._competition.chains import solve_steps
from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.vocabulary import Action, Term
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatColumn,
    IndexArray,
    N,
    Number,
    is_zero,
)
from interviewfit._numeric.effort import spend
from interviewfit._numeric.normal import cdf
from interviewfit._process.compilation import Process, Step
from interviewfit._process.ends import accept_gain

# Of more offers than this the best few are answered one after another.
_MOST_OFFERS = 4
# Share of a value that is a tie, but for rounding.
_TIE = 1e-9
_SMALLEST = 1e-300
# Operations (``effort``) that it takes to compare the answers to an offer.
_ANSWER_WORK = 80_000

Holding: TypeAlias = frozenset[int]
"""The numbers of offers that are held, or not answered yet."""
NO_OFFERS: Holding = frozenset()


def ask_outcome(
    process: Process[N], call: Step[N], forgone: N, rows: int
) -> tuple[FloatColumn, FloatColumn]:
    """What asking before the answer adds to turning the offer down, and its chance.

    The offer is accepted if by then the job is worth more than what is forgone, and
    turned down if not: reward + survive * E[max(0, X)].

    Args:
        process, call: With an offer on the table, and its step of asking.
        forgone: What accepting gives up of other processes, hours.
        rows: How many rows there are.

    Returns:
        What it adds, hours, ``(rows,)``, and the probability that the offer is then
        accepted, likewise.
    """
    gone = process.trial + forgone
    if process.mutual is None:
        means = np.full(rows, process.mean_hours - gone)
        solution = solve_steps((call,), rows, exact_rows=True)
        chances = solution.acceptance_probability(means[:, None])[:, 0]
        return solution.continuation_value(means), chances
    from interviewfit._competition.mutual_steps import solve_mutual_steps

    mutual = process.mutual.after_step(call, apart=True).moved(-gone)
    outcomes = solve_mutual_steps((call,), mutual, rows, exact_rows=True).outcomes
    return outcomes.continuation_value, outcomes.accept_probability


@frozen(eq=False)
class OfferMove:
    """A way to answer one offer first.

    Attributes:
        action: Which.
        value: Of the search, hours, ``(rows,)``.
        held: Probability that the offer is then held because it waits, likewise.
        accepted: Probability that it is then accepted, which ends the search, likewise.
        hours: What asking takes, hours.
    """

    action: Action
    value: FloatColumn
    held: FloatColumn
    accepted: FloatColumn
    hours: Number


Option: TypeAlias = tuple[FloatColumn, int, OfferMove | None]
"""A way to go on: its value, the offer, and the answer; None turns all down."""


@frozen(eq=False)
class OfferLeaves:
    """What a search is left with once the offers are answered.

    Attributes:
        held: Probability of each set of held offers, ``(rows,)``.
        accepted: Probability that an offer is accepted instead, likewise.
        hours: Expected hours that asking takes, likewise.
    """

    held: Mapping[Holding, FloatColumn]
    accepted: FloatColumn
    hours: FloatColumn


@define(eq=False)
class OfferAnswers:
    """How several offers are answered, in every row.

    Attributes:
        offers: The offers that nothing rules out; only the first few are answered.
        exits: What leaving all running processes brings, hours, ``(rows,)``.
        value_of: V, from the held offers, hours, ``(rows,)``.
        with_news: E[V(H and i)] - V(H), if news of offer i comes while it waits, from H
            and i, hours, ``(rows,)``.
        asking: What asking somebody to wait costs, hours, before its weight.
        hours: What it takes, hours.
        rows: How many rows there are.
        price: What an hour of asking first costs beyond its own price, hours.
    """

    offers: Sequence[CompiledProcess[Number]]
    exits: FloatColumn
    value_of: Callable[[Holding], FloatColumn]
    with_news: Callable[[Holding, int], FloatColumn]
    asking: Number
    hours: Number
    rows: int
    price: Number = 0.0
    _values: dict[tuple[Holding, Holding], FloatColumn] = field(factory=dict)
    _moves: dict[tuple[int, Holding, Holding], tuple[OfferMove, ...]] = field(
        factory=dict
    )

    @property
    def open_offers(self) -> Holding:
        """The offers that are answered one after another; all others are declined."""
        return frozenset(range(min(len(self.offers), _MOST_OFFERS)))

    @property
    def value(self) -> FloatColumn:
        """The value of the search with all offers, hours."""
        return self.value_with(NO_OFFERS, self.open_offers)

    def value_without(self, offer: int) -> FloatColumn:
        """The value of the search if one offer is turned down at once, hours."""
        return self.value_with(NO_OFFERS, self.open_offers - {offer})

    def value_if_not_accepted(self) -> FloatColumn:
        """The value of the search if no offer is accepted at once, hours."""
        options = self.options(NO_OFFERS, self.open_offers)
        return np.asarray(
            np.max([value for value, _, move in options if not _ends(move)], axis=0)
        )

    @property
    def accepts(self) -> BoolArray:
        """Whether an offer is best accepted at once, in each row."""
        if not self.offers:
            return np.zeros(self.rows, bool)
        options = list(self.options(NO_OFFERS, self.open_offers))
        chosen = self._best(options, NO_OFFERS, self.open_offers)
        return np.asarray(np.array([_ends(move) for _, _, move in options])[chosen])

    def first_values(self, offer: int) -> dict[Action, FloatColumn]:
        """The value of the search by how one offer is answered now, hours.

        Where another is answered first and this one is not turned down for it, it may
        wait until then without being asked to.

        Args:
            offer: Its number.
        """
        values = {move.action: move.value for move in self.moves(offer)}
        best = [
            np.max([move.value for move in self.moves(number)], axis=0)
            for number in sorted(self.open_offers)
        ]
        is_first = np.argmax(best, axis=0) == offer
        whole = self.value
        adds = whole - self.value_without(offer)
        is_kept = ~is_first & (adds > _TIE * (1.0 + np.abs(whole)))
        waiting = np.where(is_kept, whole, values[Action.POSTPONE])
        values[Action.POSTPONE] = np.maximum(values[Action.POSTPONE], waiting)
        return values

    def value_with(self, held: Holding, left: Holding) -> FloatColumn:
        """U: the value of the search from some state of the offers, hours.

        Args:
            held, left: The offers that wait, and those that are not answered yet.
        """
        key = held, left
        if key not in self._values:
            options = [value for value, _, _ in self.options(held, left)]
            self._values[key] = np.max(options, axis=0)
        return self._values[key]

    def moves(
        self, offer: int, held: Holding = NO_OFFERS, left: Holding | None = None
    ) -> tuple[OfferMove, ...]:
        """How one offer can be answered before all others.

        Args:
            offer: Its number.
            held, left: As ``value_with``; by default no offer is answered yet.
        """
        left = self.open_offers if left is None else left
        key = offer, held, left
        if key not in self._moves:
            self._moves[key] = tuple(self._answers(offer, held, left - {offer}))
        return self._moves[key]

    def leaves(self, *, may_accept: bool = True) -> OfferLeaves:
        """What the search is left with, and how likely.

        Args:
            may_accept: Whether an offer may be accepted at once.
        """
        accepted, hours = np.zeros((2, self.rows))
        if not self.offers:
            # What all else is worth takes long, and nothing depends on it.
            return OfferLeaves({NO_OFFERS: np.ones(self.rows)}, accepted, hours)
        held_by_set = dict[Holding, FloatColumn]()
        states = {(NO_OFFERS, self.open_offers): np.ones(self.rows)}
        is_first = True
        while states:
            # In an order of its own, so that no sum depends on what other rows do.
            state = max(states, key=_place_of)
            (held, left), chance = state, states.pop(state)
            options = [
                option
                for option in self.options(held, left)
                if may_accept or not is_first or not _ends(option[2])
            ]
            is_first = False
            chosen = self._best(options, held, left)
            for number, (_, offer, move) in enumerate(options):
                share = np.where(chosen == number, chance, 0.0)
                if not share.any():
                    continue
                if move is None:
                    held_by_set[held] = held_by_set.get(held, 0.0) + share
                    continue
                accepted = accepted + share * move.accepted
                hours = hours + share * move.hours
                after = left - {offer}
                for state, part in (
                    ((held | {offer}, after), move.held),
                    ((held, after), 1.0 - move.held - move.accepted),
                ):
                    states[state] = states.get(state, 0.0) + share * part
        held_by_set = {
            state: held_by_set[state] for state in sorted(held_by_set, key=sorted)
        }
        return OfferLeaves(held_by_set, accepted, hours)

    def options(self, held: Holding, left: Holding) -> Iterator[Option]:
        """Every way to go on from a state: its value, the offer, and the answer.

        Of equal values the first counts: an offer is not turned down for nothing. All
        that are left are turned down where the answer is None.

        Args:
            held, left: The offers that wait, and those that are not answered yet.
        """
        moves = [(offer, self.moves(offer, held, left)) for offer in sorted(left)]
        for offer, answers in moves:
            yield answers[0].value, offer, answers[0]
        yield self.value_of(held), -1, None
        for offer, answers in moves:
            for move in answers[1:]:
                yield move.value, offer, move

    def _best(
        self, options: Sequence[Option], held: Holding, left: Holding
    ) -> IndexArray:
        """The number of the best way to go on from a state, in each row.

        To accept an offer may be worth no more than to turn it down, where only what
        nobody has told speaks against it. It is then accepted in place of nothing, and
        not in place of another offer that is kept or asked about.

        Args:
            options: The ways, as ``options`` has them.
            held, left: The offers that wait, and those that are not answered yet.
        """
        values = np.array([value for value, _, _ in options])
        for number, (value, offer, move) in enumerate(options):
            others = left - {offer}
            if not _ends(move) or not (others or held):
                continue
            is_instead: BoolArray = np.ones(self.rows, bool)
            if not held:
                rest = list(self.options(held, others))
                chosen = np.argmax([worth for worth, _, _ in rest], axis=0)
                waits = [it is not None and not _ends(it) for _, _, it in rest]
                is_instead = np.array(waits)[chosen]
            without = self.value_with(held, others)
            is_tie = value <= without + _TIE * (1.0 + np.abs(without))
            values[number] = np.where(is_tie & is_instead, -np.inf, value)
        return np.asarray(np.argmax(values, axis=0))

    def may_wait(self, offer: int) -> bool:
        """Whether an offer ever waits if one asks for it, in any row.

        Once dates are settled, none does but the best that is kept.

        Args:
            offer: Its number.
        """
        return bool(np.any(self.offers[offer].numbers["stays_open"]))

    def _answers(
        self, offer: int, held: Holding, after: Holding
    ) -> Iterator[OfferMove]:
        """The answers to an offer, accepting it first.

        Args:
            offer, held: Its number, and the offers that wait.
            after: The offers that are not answered after it.
        """
        spend(_ANSWER_WORK + self.rows)
        entry, nothing = self.offers[offer], np.zeros(self.rows)
        process, declined = entry.process, self.value_with(held, after)
        forgone: Number = declined - self.exits
        accepting = declined + accept_gain(process, forgone)
        yield OfferMove(Action.ACCEPT_OFFER, accepting, nothing, nothing + 1.0, 0.0)
        waits = entry.numbers["stays_open"] + nothing
        cost = self.asking * entry.numbers.weight(Term.TIME)
        kept, soon, held_chance = nothing, nothing, waits
        may_wait = self.may_wait(offer)
        if may_wait:
            kept = self.value_with(held | {offer}, after) - declined
        if may_wait and not is_zero(process.unsettled):
            surplus: Number = process.mean_hours - process.trial - forgone
            percent: Number = process.hours_per_percent
            news = process.news.expected_positive_part(surplus, percent) + nothing
            if not after:
                kept = np.maximum(kept, self.with_news(held, offer))
            is_answered = news > kept
            chance = _positive_chance(process, surplus) + nothing
            soon = np.where(is_answered, waits * chance, 0.0)
            kept = np.maximum(kept, news)
            held_chance = np.where(is_answered, 0.0, waits)
        value = declined + waits * kept - cost
        yield OfferMove(Action.POSTPONE, value, held_chance, soon, self.hours)
        if process.call is not None:
            added, chances = ask_outcome(process, process.call, forgone, self.rows)
            hours = process.call.hours
            asked = declined + added - self.price * hours
            yield OfferMove(Action.ASK_FIRST, asked, nothing, chances, hours)


def _positive_chance(process: Process[Number], surplus: Number) -> Number:
    """Probability that an offer is worth more than what is forgone, once news is in.

    Args:
        process: With an offer on the table, of which there is news to come.
        surplus: Of the job beyond what is forgone, as it is believed now, hours.
    """
    percent: Number = process.hours_per_percent
    total: Number = 0.0
    for share, shift in process.news.worlds():
        mean: Number = surplus + percent * shift
        sd: Number = np.maximum(percent * process.news.sd, _SMALLEST)
        total = total + share * cdf(np.asarray(mean / sd))
    return total


def _place_of(state: tuple[Holding, Holding]) -> tuple[int, list[int], list[int]]:
    """By which states are gone through: most offers left first, whatever led there.

    Args:
        state: The offers that wait, and those that are not answered yet.
    """
    held, left = state
    return len(left), sorted(left), sorted(held)


def _ends(move: OfferMove | None) -> bool:
    """Whether an answer accepts an offer at once."""
    return move is not None and move.action is Action.ACCEPT_OFFER
