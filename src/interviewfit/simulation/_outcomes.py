"""Outcomes of simulated searches: an entry for each run, and a summary in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, TypeAlias

import numpy as np
from attrs import field, frozen

from interviewfit._model.frozen_dict import freeze, freeze_columns
from interviewfit._model.units import Hours, Probability, Worth, number_of
from interviewfit._model.vocabulary import Phase, Term
from interviewfit._numeric.arrays import (
    BoolArray,
    FloatArray,
    FloatColumn,
    read_only,
    read_only_each,
)
from interviewfit._numeric.statistics import QuantileSummary, standard_error
from interviewfit._process.compilation import Step
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, left_out, share_of
from interviewfit._text.html import show_lines
from interviewfit.simulation._paths import Endings

HoursSummary: TypeAlias = Annotated[QuantileSummary, "hours"]
"""The distribution of a number of hours."""

NamedSteps: TypeAlias = tuple[str, Sequence[Step[float]]]
"""A process as outcomes tell of it: its name and the steps ahead."""

BlockEndings: TypeAlias = tuple[Sequence[Endings], Endings, FloatColumn, FloatColumn]
"""A block of runs: the endings of each process, the number of the accepted one, the
surplus of its offer, and by how much that beats what there would have been otherwise,
both in hours, each ``(runs,)``."""

_MOST_SHOWN = 8
# In standard errors; chance alone goes further once in 16,000 times.
_BEYOND_CHANCE = 4.0
# Hours that are shown as more than none.
_LEAST_ERROR = 0.05


@frozen(eq=False, repr=False)
class SimulatedSearches:
    """Simulated searches, an entry for each run. Made by ``play_out``.

    Attributes:
        hours: The candidate's time, hours, ``(runs,)``.
        days: Calendar time, one step after another, ``(runs,)``.
        surplus: Of the accepted offer, hours, ``(runs,)``; 0 where there is none.
        accepted: Number of the process whose offer is accepted, ``(runs,)``; -1 where
            none is.
        endings: Of each process, ``(runs,)``: twice the steps taken, plus 1 if it was
            not rejected.
        terms: What the value is made of, hours, by term, ``(runs,)``.
    """

    hours: FloatColumn = field(converter=read_only)
    days: FloatColumn = field(converter=read_only)
    surplus: FloatColumn = field(converter=read_only)
    accepted: Endings = field(converter=read_only)
    endings: tuple[Endings, ...] = field(converter=read_only_each)
    terms: Mapping[Term, FloatColumn] = field(converter=freeze_columns)

    def __repr__(self) -> str:
        return f"<SimulatedSearches: {number_of(self.hours.size, 'run')}>"

    @property
    def value(self) -> FloatColumn:
        """Value of each run, the sum of the terms, hours, ``(runs,)``."""
        return np.asarray(np.sum(list(self.terms.values()), axis=0))

    @classmethod
    def from_blocks(
        cls, processes: Sequence[NamedSteps], blocks: Sequence[BlockEndings], runs: int
    ) -> "SimulatedSearches":
        """Add up what the steps bring, from how each process ended.

        Args:
            processes: Name and steps of each process.
            blocks: How they ended, block by block.
            runs: How many runs of all blocks to keep.
        """
        ends, *columns = zip(*blocks, strict=True)
        endings = [np.concatenate(parts)[:runs] for parts in zip(*ends, strict=True)]
        accepted, surplus, gain = (np.concatenate(parts)[:runs] for parts in columns)
        hours, days = np.zeros((2, accepted.size))
        terms: dict[Term, FloatColumn] = {Term.OFFER: gain}
        for (_, steps), ending in zip(processes, endings, strict=True):
            hours += _cumulative([step.hours for step in steps])[ending]
            days += _cumulative([step.days for step in steps])[ending]
            for term in Term:
                rewards = [step.reward_terms.get(term, 0.0) for step in steps]
                exits = [step.exit_terms.get(term, 0.0) for step in steps]
                if any(rewards) or any(exits):
                    worth = _cumulative(rewards, exits)[ending]
                    terms[term] = worth + terms[term] if term in terms else worth
        return cls(hours, days, surplus, accepted, tuple(endings), terms)


def _cumulative(rewards: Sequence[float], exits: Sequence[float] = ()) -> FloatArray:
    """What has added up by each ending of a process, ``(endings,)``.

    Args:
        rewards: What each step brings, in any unit.
        exits: What leaving before each step brings, in the same unit; nothing if empty.
    """
    table = np.repeat(np.concatenate(([0.0], np.cumsum(rewards))), 2)
    table[1 : 2 * len(exits) : 2] += exits
    return table


@frozen(kw_only=True)
class ProcessOutcome:
    """What becomes of one process, as shares of all runs.

    Attributes:
        name: Of its opportunity.
        accepted: Share in which its offer is accepted.
        started: Share in which its next step is taken.
        offered: Share in which its offer comes.
        hours: The candidate's time for it, on average, hours.
        reached: Share that comes to each stage ahead, by its title, in order.
        endings: How it ends, in words, and how often; these shares sum to 1.
    """

    name: str
    accepted: Probability
    started: Probability
    offered: Probability
    hours: Hours
    reached: tuple[tuple[str, Probability], ...]
    endings: tuple[tuple[str, Probability], ...]

    def __repr__(self) -> str:
        accepted = f"{share_of(self.accepted)} accepted"
        return f"<ProcessOutcome of {self.name!r:.50}: {accepted}>"

    @classmethod
    def of(
        cls, process: NamedSteps, endings: Endings, accepted: BoolArray
    ) -> "ProcessOutcome":
        """Count the endings of a process.

        Args:
            process: Its name and steps.
            endings: On each run, ``(runs,)``.
            accepted: Whether its offer is accepted, ``(runs,)``.
        """
        name, steps = process
        hours = _cumulative([step.hours for step in steps])
        shares, counts = [], np.bincount(endings)
        for ending in np.flatnonzero(counts).tolist():
            taken, stays = divmod(ending, 2)
            if not stays:
                words = f"out after {steps[taken - 1].title}"
            elif taken == len(steps):
                words = "with an offer"
            else:
                midway = steps[taken].phase is Phase.MIDWAY
                verb = "walked out of" if midway else "left before"
                words = f"{verb} {steps[taken].title}"
            shares.append((words, int(counts[ending]) / endings.size))
        return cls(
            name=name,
            accepted=float(accepted.mean()),
            started=float((endings > 1).mean()),
            offered=float((endings == 2 * len(steps) + 1).mean()),
            hours=float(hours[endings].mean()),
            reached=tuple(
                (step.title, float((endings > 2 * number + 1).mean()))
                for number, step in enumerate(steps)
                if step.phase is Phase.BEFORE
            ),
            endings=tuple(shares),
        )


@frozen(kw_only=True, repr=False)
class Outcomes(Tabular):
    """How widely the outcomes of the advice vary. Made by ``simulate``.

    Attributes:
        title: What was simulated, in words.
        runs: How many times.
        value: Value of a run in all, hours. Where few runs accept an offer, or none,
            its standard error counts what the model knows to vary.
        hours: The candidate's time.
        days: Calendar time, one step after another, as far as stages state it.
        accepted: Share of runs that end in an accepted offer.
        surplus: Of that offer, as believed when it is accepted, hours, among those
            runs; None if there is none.
        leaving: Value of leaving at once, hours.
        well_spent: Share of runs worth more than that, in hindsight.
        terms: What *worth* is made of, hours, by term.
        processes: What becomes of each process.
        expected: Expected value by the model, hours; None where only simulation tells.
        notes: The policy that was followed where there was a choice, a sentence each.
    """

    title: str
    runs: int
    value: HoursSummary
    hours: HoursSummary
    days: Annotated[QuantileSummary, "days"]
    accepted: Probability
    surplus: HoursSummary | None
    leaving: Worth
    well_spent: Probability
    terms: Mapping[Term, HoursSummary] = field(converter=freeze)
    processes: tuple[ProcessOutcome, ...]
    expected: Worth | None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n  ".join(self._lines())

    def __repr__(self) -> str:
        mean, accepted = hours_of(self.value.mean), share_of(self.accepted)
        runs = number_of(self.runs, "run")
        return f"<Outcomes of {runs}: mean {mean}, {accepted} accepted>"

    _repr_html_ = show_lines

    def _lines(self) -> Iterator[str]:
        """Yield the lines that are printed."""
        yield f"{self.title}. Simulated {number_of(self.runs, 'time')} from here:"
        worth, days, accepted = self.value, self.days, share_of(self.accepted)
        # What was never drawn must not pass for what cannot be.
        expected = worth.mean if self.expected is None else self.expected
        rounding = 1e-9 * max(1.0, abs(expected), abs(worth.mean))
        gap = abs(worth.mean - expected)
        seen_error = standard_error(worth.sd, self.runs)
        too_rare = gap > _BEYOND_CHANCE * seen_error + rounding
        if worth.low == worth.high == worth.mean and not too_rare:
            yield f"It ends at once and is worth {hours_of(worth.mean)} each time."
            return
        few = " A few lucky runs carry the average." if worth.mean > worth.high else ""
        yield f"Value: {_in_words(worth)}{few}"
        if too_rare:
            rare = f"too rare to come up often enough in {number_of(self.runs, 'run')}"
            average = f"{hours_of(expected)} on average"
            yield f"The model expects {average}: what carries it is {rare}."
            if worth.error >= _LEAST_ERROR:
                yield f"So many runs tell it give or take {hours_of(worth.error)}."
        yield (
            f"In hindsight your time was well spent in {share_of(self.well_spent)} "
            "of runs: they were worth more than leaving at once."
        )
        yield f"Your time: {_in_words(self.hours)}"
        if days.high > 0.0:
            late = f"{days.high:,.0f} or more in one run of twenty"
            yield f"Days: {days.mean:,.0f} on average, {late}."
        if self.surplus is None:
            yield f"You never accept an offer{' in these runs' if too_rare else ''}."
        else:
            value = _in_words(self.surplus)
            yield f"You accept an offer in {accepted}. Its value: {value}"
        for process in self.processes[:_MOST_SHOWN]:
            shares = [*process.reached, ("accepted", process.accepted)]
            parts = ", ".join(f"{title} {share_of(share)}" for title, share in shares)
            yield f"{process.name}: {parts}."
        if len(self.processes) > _MOST_SHOWN:
            yield f"...{left_out(len(self.processes) - _MOST_SHOWN, 'processes')}."
        yield from self.notes


def _in_words(summary: QuantileSummary) -> str:
    """Mean, median and the middle nine tenths of a number of hours, as a sentence."""
    return (
        f"{hours_of(summary.mean)} on average, median {hours_of(summary.median)}, nine "
        f"of ten between {hours_of(summary.low)} and {hours_of(summary.high)}."
    )
