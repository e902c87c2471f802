"""A reference for a few finite processes on a calendar: every day and every state.

The news of a stage has finitely many outcomes. On every single day before the date one
may take the next stage of a process that can be had, in any order, or let the day pass.
On the date what is in hand is taken or let go; afterwards stages follow each other in
any order, and nothing has a date any more. Nothing here knows of an index, a grid or of
days on which something becomes known.
"""

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from math import inf
from typing import TypeAlias

from attrs import frozen

State: TypeAlias = tuple[str, int, int, float]
"""Open, waiting, offered or gone; stages behind; a day; the mean, hours."""


@frozen
class FiniteStage:
    """One stage: what it costs to take, news, the chance to pass, days to the answer.

    Attributes:
        reward: Collected when it is taken, hours.
        news: Pairs of chance and change of the mean, hours.
        survive: Chance of being passed on.
        exit: Value of leaving before it, hours.
        days: Pairs of chance and days until its answer.
    """

    reward: float
    news: tuple[tuple[float, float], ...]
    survive: float
    exit: float
    days: tuple[tuple[float, int], ...]


@frozen
class FiniteCalendar:
    """A process: its mean, hours, the first day of its next stage, and its stages.

    A stage put off for a day is still there on the next with the chance *stays*.
    """

    mean: float
    opens: int
    stages: tuple[FiniteStage, ...]
    stays: float = 1.0


def exits(processes: tuple[FiniteCalendar, ...], states: tuple[State, ...]) -> float:
    """What leaving all that runs is worth; who waits leaves when passed on."""
    total = 0.0
    for process, (kind, done, _, _) in zip(processes, states, strict=True):
        if kind in ("open", "waiting") and done < len(process.stages):
            passes = process.stages[done - 1].survive if kind == "waiting" else 1.0
            total += passes * process.stages[done].exit
    return total


def best_offer(states: tuple[State, ...]) -> float:
    """The best offer in hand of those that have come meanwhile."""
    return max((mean for kind, _, _, mean in states if kind == "offered"), default=-inf)


def replaced(states: tuple[State, ...], number: int, state: State) -> tuple[State, ...]:
    """The states with that of one process replaced."""
    return (*states[:number], state, *states[number + 1 :])


def answers(
    processes: tuple[FiniteCalendar, ...], states: tuple[State, ...], number: int
) -> Iterator[tuple[float, tuple[State, ...]]]:
    """What may come of the answer that a process waits for."""
    _, done, day, mean = states[number]
    stages = processes[number].stages
    chance = stages[done - 1].survive
    kind = "open" if done < len(stages) else "offered"
    yield chance, replaced(states, number, (kind, done, day, mean))
    yield 1.0 - chance, replaced(states, number, ("gone", 0, 0, 0.0))


@frozen
class Search:
    """Some processes, and what is in hand.

    Attributes:
        processes: That run.
        offers: What can be taken: the last day of each, and its surplus, hours.
        base: What is left after it, hours.
        day_cost: What a day of search costs, hours.
    """

    processes: tuple[FiniteCalendar, ...]
    offers: tuple[tuple[int, float], ...]
    base: float = 0.0
    day_cost: float = 0.0

    def taken(
        self, states: tuple[State, ...], number: int, today: int
    ) -> Iterator[tuple[float, tuple[State, ...]]]:
        """What may come of the next stage of a process."""
        _, done, _, mean = states[number]
        stage = self.processes[number].stages[done]
        for chance, change in stage.news:
            for share, days in stage.days:
                state = "waiting", done + 1, today + days, mean + change
                yield chance * share, replaced(states, number, state)

    def afterwards(self, states: tuple[State, ...]) -> float:
        """The value once nothing has a date any more."""
        options = [max(self.base, best_offer(states)) + exits(self.processes, states)]
        for number, (kind, done, _, _) in enumerate(states):
            value = 0.0
            outcomes: Iterator[tuple[float, tuple[State, ...]]]
            if kind == "waiting":
                outcomes = answers(self.processes, states, number)
            elif kind == "open":
                value = self.processes[number].stages[done].reward
                outcomes = self.taken(states, number, 0)
            else:
                continue
            later = sum(chance * self._afterwards(after) for chance, after in outcomes)
            options.append(value + later)
        return max(options)

    def worth(self, day: int, states: tuple[State, ...], begun: bool = False) -> float:
        """The value on a day; an offer ends before the first stage of its last day."""
        for number, (kind, _, due, _) in enumerate(states):
            if kind == "waiting" and due <= day:
                outcomes = answers(self.processes, states, number)
                return sum(
                    chance * self._worth(day, after, begun)
                    for chance, after in outcomes
                )
        held = [surplus for last, surplus in self.offers if last >= day + begun]
        hand = max([*held, best_offer(states)]) + exits(self.processes, states)
        options = [hand, self._afterwards(states)]
        if day == max(last for last, _ in self.offers):
            return max(options)
        for number, (kind, done, opens, _) in enumerate(states):
            if kind == "open" and opens <= day:
                value = self.processes[number].stages[done].reward
                outcomes = self.taken(states, number, day)
                value += sum(
                    chance * self._worth(day, after, True) for chance, after in outcomes
                )
                options.append(value)
        return max(*options, self.next_day(day, states) - self.day_cost)

    def next_day(self, day: int, states: tuple[State, ...]) -> float:
        """The value on the next day, over what is gone by then."""
        outcomes = [(1.0, states)]
        for number, (kind, _, opens, _) in enumerate(states):
            stays = self.processes[number].stays
            if kind == "open" and opens <= day and stays < 1.0:
                gone = "gone", 0, 0, 0.0
                outcomes = [
                    pair
                    for chance, after in outcomes
                    for pair in (
                        (chance * stays, after),
                        (chance * (1.0 - stays), replaced(after, number, gone)),
                    )
                ]
        return sum(
            chance * self._worth(day + 1, after, False) for chance, after in outcomes
        )

    @cached_property
    def _afterwards(self) -> Callable[[tuple[State, ...]], float]:
        return cache(self.afterwards)

    @cached_property
    def _worth(self) -> Callable[[int, tuple[State, ...], bool], float]:
        return cache(self.worth)


def optimum(
    processes: tuple[FiniteCalendar, ...],
    in_hand: float,
    last: int,
    base: float = 0.0,
    day_cost: float = 0.0,
) -> float:
    """The value of the best plan."""
    start = tuple(("open", 0, process.opens, process.mean) for process in processes)
    return Search(processes, ((last, in_hand),), base, day_cost).worth(0, start)


def optimum_of_offers(
    processes: tuple[FiniteCalendar, ...], offers: tuple[tuple[int, float], ...]
) -> float:
    """The value of the best plan with offers of different last days."""
    start = tuple(("open", 0, process.opens, process.mean) for process in processes)
    return Search(processes, offers).worth(0, start)
