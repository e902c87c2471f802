"""A process on the calendar: its chain, when its next stage is, how long answers take.

Days are whole and counted from today, which is 0. The interview of a stage is on one
day, and what it shows of the job is known that day. Whether one is passed on, and when
the next stage is, comes a number of days later: a fixed one, or one of a few with a
chance each. A stage may be put off to any later day, as long as the invitation stands.
"""

from collections.abc import Sequence
from math import exp, log1p, sqrt
from typing import TypeAlias

from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._model.units import Days, Probability
from interviewfit._model.vocabulary import Phase

Length: TypeAlias = tuple[tuple[Probability, int], ...]
"""How long an answer takes: chances, which sum to 1, and days."""

# Quantiles at the middles of five classes of equal chance, in standard deviations.
_SCORES = (-1.2815515655446004, -0.5244005127080407, 0.0)
_QUANTILES = (*_SCORES, -_SCORES[1], -_SCORES[0])


@frozen(eq=False, repr=False)
class TimedProcess:
    """One process on the calendar.

    Attributes:
        name: Name of its opportunity.
        chain: Its numbers from where it stands.
        phases: Of each step of the chain: before a stage, or midway.
        opens: The first day on which its next stage can be.
        lengths: Of each stage ahead, how long until its answer.
        closes: The last day on which its next stage can be; None without one.
        titles: Of each stage ahead.
        gone_weekly: Chance that its next stage cannot be had any more after a week in
            which it was put off.
        is_later: Whether it can only begin after every date.
    """

    name: str
    chain: ChainParameters[float]
    phases: tuple[Phase, ...]
    opens: int
    lengths: tuple[Length, ...]
    closes: int | None = None
    titles: tuple[str, ...] = ()
    gone_weekly: Probability = 0.0
    is_later: bool = False

    @property
    def size(self) -> int:
        """How many steps lie ahead."""
        return len(self.phases)

    def stage(self, step: int) -> int:
        """Which of the stages ahead a step belongs to."""
        return (step + (self.phases[0] is Phase.MIDWAY)) // 2

    def exit(self, step: int, *, waiting: bool = False) -> float:
        """The value of leaving before a step, hours; 0 after the last.

        Args:
            step: Index of the step.
            waiting: Whether the answer to the stage before it is open. Then one leaves
                once it comes, if one is passed on.
        """
        value = self.chain.exit[step] if step < self.size else 0.0
        return self.chain.survive[step - 1] * value if waiting else value

    def steps_by(self, day: int) -> int:
        """How many steps can be taken before a day, if nothing is put off."""
        step, opens = 0, self.opens
        if self.is_later:
            return 0
        while step < self.size and opens < day:
            step += 1 if self.phases[step] is Phase.MIDWAY else 2
            opens += min(days for _, days in self.lengths[self.stage(step - 1)])
        return step

    def last_day(self) -> int:
        """The last day on which anything can happen, if nothing is put off."""
        return self.opens + sum(max(days for _, days in item) for item in self.lengths)

    def remaining(self, step: int, *, waiting: bool = False) -> ChainParameters[float]:
        """The chain from a step on, with the answer as a step of its own if it is open.

        Args:
            step: Index of the next step; the number of steps if all are over.
            waiting: Whether the answer to the stage before it is open.
        """
        chain = self.chain
        columns = [
            column[step:]
            for column in (
                *(chain.reward, chain.survive, chain.drift),
                *(chain.reveal, chain.exit),
            )
        ]
        facts = (chain.facts or ((),) * self.size)[step:]
        if waiting:
            leaving = self.exit(step, waiting=True)
            first = 0.0, chain.survive[step - 1], 0.0, 0.0, leaving
            columns = [
                (value, *column) for value, column in zip(first, columns, strict=True)
            ]
            facts = ((), *facts)
        reward, survive, drift, reveal, exit_ = columns
        return ChainParameters(
            chain.mean,
            *(reward, survive, drift, reveal, exit_),
            facts if any(facts) else (),
        )

    def stays(self, days: int) -> Probability:
        """Probability that its next stage can still be had, if it is put off.

        Args:
            days: For how many.
        """
        if not self.gone_weekly or days <= 0:
            return 1.0
        return float((1.0 - self.gone_weekly) ** (days / 7.0))

    def ahead(self, step: int) -> "TimedProcess":
        """The same from a step on, with its next stage to be had at once.

        Args:
            step: Index of a step before a stage.
        """
        first = self.stage(step)
        return evolve(
            self,
            chain=self.remaining(step),
            phases=self.phases[step:],
            opens=0,
            lengths=self.lengths[first:],
            titles=self.titles[first:],
            closes=self.closes if not step else None,
        )

    def moved(self, day: int) -> "TimedProcess":
        """The same with its next stage on an earlier day."""
        return evolve(self, opens=min(self.opens, day))


def length_of(mean: Days, sd: Days = 0.0) -> Length:
    """How long an answer takes, as a few whole numbers of days.

    With a spread, five equally likely ones: quantiles of a lognormal distribution with
    this mean and standard deviation.

    Args:
        mean, sd: In days.

    >>> length_of(7.0)
    ((1.0, 7),)
    >>> [days for _, days in length_of(7.0, 3.5)]
    [3, 5, 6, 8, 11]
    """
    if sd <= 0.0 or mean <= 0.0:
        return ((1.0, round(mean)),)
    spread = sqrt(log1p((sd / mean) ** 2))
    middle = mean * exp(-0.5 * spread * spread)
    days: dict[int, Probability] = {}
    for score in _QUANTILES:
        day = round(middle * exp(spread * score))
        days[day] = days.get(day, 0.0) + 1.0 / len(_QUANTILES)
    return tuple((chance, day) for day, chance in sorted(days.items()))


def days_in_turn(processes: Sequence[TimedProcess]) -> int:
    """The last day on which anything can happen if they go one after the other.

    Whatever their order, because the last may have to wait for the others.
    """
    lengths = sum(process.last_day() - process.opens for process in processes)
    return max(process.opens for process in processes) + lengths
