"""How each of several offers stands, and what is done about it.

At most one offer is accepted at once. The others are turned down, or wait until it is
known how those that are answered before them come out. Every row is settled by itself.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.offers import OfferAnswers
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, ACTIONS, Action
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    IndexArray,
    Number,
)

_ACCEPT, _DECLINE = (
    ACTION_CODES[Action.ACCEPT_OFFER],
    ACTION_CODES[Action.DECLINE_OFFER],
)
_POSTPONE, _ASK = ACTION_CODES[Action.POSTPONE], ACTION_CODES[Action.ASK_FIRST]
# Of equal answers the first counts: an offer is not turned down for nothing.
_ANSWERS = (
    Action.ACCEPT_OFFER,
    Action.DECLINE_OFFER,
    Action.POSTPONE,
    Action.ASK_FIRST,
)


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


@frozen(eq=False)
class OfferStandings:
    """How all offers stand, in every row.

    Attributes:
        offers: The offers, in the order in which of equal ones the first counts.
        values: Value of the search by how each is answered first, hours, ``(rows,)``.
        values_without: Value of the search if each is turned down at once, hours,
            ``(offers, rows)``.
        codes: How each is answered, as the place in ``ACTIONS``, likewise.
        after: The number of the offer that is answered before it, if it waits for that
            alone, else -1; likewise.
    """

    offers: Sequence[CompiledProcess[Number]]
    values: Sequence[Mapping[Action, FloatColumn]]
    values_without: FloatArray
    codes: IndexArray
    after: IndexArray

    @classmethod
    def of(cls, answers: OfferAnswers) -> "OfferStandings":
        """How the offers stand, and what is settled about them together.

        At most one is accepted at once. What is done about the others depends on that,
        and on what somebody has told of them.

        Args:
            answers: How they can be answered.
        """
        return cls.unsettled(answers).settled(answers.exits)

    @classmethod
    def unsettled(cls, answers: OfferAnswers) -> "OfferStandings":
        """How each offer stands by itself, with its best answer.

        Where offers are many, those that are not among the first few are turned down.
        Where asking would show nothing, it is no answer.

        Args:
            answers: How they can be answered.
        """
        shape = len(answers.offers), answers.rows
        values: list[dict[Action, FloatColumn]] = []
        without, codes = np.empty(shape), np.full(shape, _DECLINE)
        for number in range(len(answers.offers)):
            if number not in answers.open_offers:
                closed = Action.ACCEPT_OFFER, Action.POSTPONE
                values.append(dict.fromkeys(closed, answers.value))
                without[number] = answers.value
                continue
            own = answers.first_values(number)
            without[number] = answers.value_without(number)
            options = {**own, Action.DECLINE_OFFER: without[number]}
            if Action.ASK_FIRST in own:
                shown = _asks(answers.offers[number], answers.rows)
                options[Action.ASK_FIRST] = np.where(
                    shown, own[Action.ASK_FIRST], -np.inf
                )
            ways = [action for action in _ANSWERS if action in options]
            best = np.argmax([options[action] for action in ways], axis=0)
            codes[number] = np.array([ACTION_CODES[action] for action in ways])[best]
            values.append(own)
        after = np.full(shape, -1)
        return cls(answers.offers, values, without, codes, after)

    def of_row(self, row: int) -> Sequence[OfferStanding]:
        """How each offer stands in one row, which is a search of its own.

        The numbers become floats and the codes actions; the offer after which one is
        answered goes by its name, as a plan shows it.

        Args:
            row: Its number.
        """
        names = [entry.opportunity.name for entry in self.offers]
        return [
            OfferStanding(
                entry,
                {action: float(value[row]) for action, value in values.items()},
                float(without[row]),
                ACTIONS[code[row]],
                names[after[row]] if after[row] >= 0 else "",
            )
            for entry, values, without, code, after in zip(
                self.offers,
                self.values,
                self.values_without,
                self.codes,
                self.after,
                strict=True,
            )
        ]

    @property
    def _best_values(self) -> FloatArray:
        """Value by the best answer to each but turning it down, hours, as *codes*."""
        best = [np.max(list(own.values()), axis=0) for own in self.values]
        return np.array(best)

    def _column(self, numbers: Sequence[Number]) -> FloatArray:
        """Numbers of the offers in every row, ``(offers, rows)``.

        Args:
            numbers: One for each offer: a float, or a column of shape ``(rows,)``.
        """
        column = np.empty(self.codes.shape)
        for row, number in zip(column, numbers, strict=True):
            row[:] = number
        return column

    def settled(self, leaving: FloatColumn) -> "OfferStandings":
        """The standings of several offers, of which at most one is accepted at once.

        An offer that is at least as good as the best in what somebody has told of it is
        not turned down for what nobody has told: it is asked about first while the best
        waits or is asked about too, or accepted if there is nothing to ask.

        Args:
            leaving: What leaving all that runs is worth, hours, ``(rows,)``.
        """
        count, rows = self.codes.shape
        if not count:
            return self
        numbers, row = np.arange(count)[:, None], np.arange(rows)
        processes = [entry.process for entry in self.offers]
        spoken = self._column([process.spoken for process in processes])
        percent = self._column([process.hours_per_percent for process in processes])
        is_open: BoolArray = self.codes != _DECLINE
        worth = self._best_values
        best = np.argmax(np.where(is_open, worth, -np.inf), axis=0)
        told = np.argmax(np.where(is_open, spoken, -np.inf), axis=0)
        several = np.count_nonzero(is_open, axis=0) > 1
        is_best = numbers == best
        other = is_open & ~is_best & several
        is_behind = spoken * percent + leaving < worth[best, row]
        may_ask = np.array([_asks(entry, rows) for entry in self.offers])
        asked = other & ~is_behind & may_ask
        silent = other & ~is_behind & ~may_ask
        instead = (silent & (numbers == told)).any(axis=0)
        codes = self.codes.copy()
        codes[other & is_behind & (codes == _ACCEPT)] = _DECLINE
        codes[asked] = _ASK
        codes[silent] = np.where(numbers == told, _ACCEPT, _POSTPONE)[silent]
        waits_for_asked = asked.any(axis=0) & (self.codes[best, row] != _ASK)
        moved = is_best & several
        codes[moved & waits_for_asked] = _POSTPONE
        codes[moved & instead] = _DECLINE
        # What is kept open until another is answered costs nothing.
        kept = several & (codes == _POSTPONE) & ~(is_best & (codes == self.codes))
        first_asked = np.argmax(asked, axis=0)
        after = np.where(kept, np.where(is_best, first_asked, best), -1)
        least = np.where(is_best, worth, self.values_without)
        # -inf elsewhere, so that nothing changes there.
        floors = np.where(kept, least, -np.inf)
        values = [
            {**own, Action.POSTPONE: np.maximum(own[Action.POSTPONE], floor)}
            for own, floor in zip(self.values, floors, strict=True)
        ]
        settled = OfferStandings(self.offers, values, self.values_without, codes, after)
        return settled._kept_open(spoken, np.asarray(~is_open.any(axis=0)))

    def _kept_open(self, spoken: FloatArray, none_open: BoolArray) -> "OfferStandings":
        """Offers that all are worth less than what runs, the best of them kept open.

        What runs may come to nothing. So an offer that by all that was told of it is at
        least as good as the outside option is not turned down for what nobody has told:
        it waits if it can, or is asked about, whichever is worth more. As in
        ``accept_gain``, what nobody has told takes away all that this adds, and no
        more.

        Args:
            spoken: What was told of each offer, percent of pay, ``(offers, rows)``.
            none_open: Whether all are turned down, ``(rows,)``.
        """
        if not none_open.any():
            return self
        count, rows = self.codes.shape
        means = self._column([entry.process.mean for entry in self.offers])
        stays = self._column([entry.numbers["stays_open"] for entry in self.offers])
        told = np.arange(count)[:, None] == np.argmax(spoken, axis=0)
        is_told = told & none_open & (spoken > means) & (spoken >= 0.0)
        codes, values = self.codes.copy(), list(self.values)
        for number, own in enumerate(self.values):
            ways = {
                Action.POSTPONE: stays[number] > 0.0,
                Action.ASK_FIRST: _asks(self.offers[number], rows),
            }
            worths = {
                action: np.where(ways[action], own[action], -np.inf)
                for action in ways
                if action in own
            }
            best = np.max(list(worths.values()), axis=0)
            free = is_told[number] & (best > -np.inf)
            changed = dict(own)
            for action, worth in worths.items():
                chosen = free & (worth == best)
                free = free & ~chosen
                codes[number, chosen] = ACTION_CODES[action]
                least = np.maximum(own[action], self.values_without[number])
                changed[action] = np.where(chosen, least, own[action])
            values[number] = changed
        return OfferStandings(
            self.offers, values, self.values_without, codes, self.after
        )


def _asks(entry: CompiledProcess[Number], rows: int) -> BoolArray:
    """Whether asking about an offer shows anything, in each row.

    Where nothing is left to find out there is no such step in a single decision. Among
    columns it is there for the sake of other rows, and reveals nothing.

    Args:
        entry: The offer.
        rows: How many rows there are.
    """
    call = entry.process.call
    if call is None or call.facts:
        return np.full(rows, call is not None)
    return np.broadcast_to(np.greater(call.reveal, 0.0), rows)


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
    return OfferStandings.of(answers).of_row(0)
