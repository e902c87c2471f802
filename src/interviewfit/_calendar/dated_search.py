"""A search in which something is in hand up to a date, as its records state it.

What nobody has told of an offer is no reason to turn it down: with its mean m, the mean
s by what was told, and F what accepting gives up of all that runs, accepting it now
counts max(m, min(s, F)), as it does without a date. To keep it counts m.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum

from attrs import define, evolve, field, frozen

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.agenda import (
    Agenda,
    make_agenda,
    outside_path,
    segments_of,
)
from interviewfit._calendar.deadline import (
    MOST_JOINT,
    SEED,
    DeadlineValue,
    value_with_deadline,
)
from interviewfit._calendar.places import Segment
from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.offers import ask_outcome
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._process.compilation import Process


@frozen(eq=False)
class DatedOffer:
    """An offer that can be accepted.

    Attributes:
        job: As stated.
        process: As compiled.
        accepted: What it counts if it is accepted now, hours.
    """

    job: Opportunity
    process: Process[float]
    accepted: Worth

    @property
    def surplus(self) -> Worth:
        """The job itself against the outside option, hours."""
        return self.process.mean_hours

    @property
    def name(self) -> str:
        """Name of its opportunity."""
        return self.job.name


@define(eq=False)
class DatedSearch:
    """A search with something in hand up to a date.

    Attributes:
        agenda: Its dates.
        candidate: Who decides.
        assumptions: Numbers left open.
        offers: That can be accepted.
        hours_per_percent: The value of one percent of pay, hours, by opportunity.
        seed: Of the draws.
        left: What is left of each process, by the alternative, once it was solved.
        known: The value without a rule by what is in hand at first and what is left
            after the last date, hours, where nothing else matters.
        lasting: The value with something in hand for good, by that, hours.
    """

    agenda: Agenda
    candidate: Candidate
    assumptions: Assumptions
    offers: tuple[DatedOffer, ...]
    hours_per_percent: Mapping[str, Worth]
    seed: int = SEED
    left: dict[Worth, Afterwards] = field(factory=dict, init=False)
    known: dict[tuple[Segment, Worth], DeadlineValue] = field(factory=dict, init=False)
    lasting: dict[Worth, Worth] = field(factory=dict, init=False)

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        today: date,
        assumptions: Assumptions,
    ) -> "DatedSearch":
        """The search that some records state, none of whose dates has passed.

        Args:
            candidate: As stated.
            entries: All opportunities, compiled, in any order.
            today: The present day.
            assumptions: Numbers left open, such as how long asking for more time takes.
        """
        running = [entry for entry in entries if entry.is_running]
        agenda = make_agenda(running, today, assumptions)
        percents = {
            entry.opportunity.name: entry.process.hours_per_percent for entry in entries
        }
        bare = cls(agenda, candidate, assumptions, (), percents)
        forgone = bare.without - bare.exits
        offers = []
        for entry in entries:
            if entry.structure.phase is Phase.OFFERED and not entry.dealbreakers:
                process = entry.process
                spoken = process.hours_per_percent * process.spoken
                accepted = max(process.mean_hours, min(spoken, forgone))
                offers.append(DatedOffer(entry.opportunity, process, accepted))
        return evolve(bare, offers=tuple(offers))

    @cached_property
    def exits(self) -> Worth:
        """What leaving all that runs is worth, hours."""
        return fsum(process.exit(0) for process in self.agenda.processes)

    @property
    def message(self) -> Worth:
        """What it costs to ask somebody, hours."""
        return self.assumptions["asking"] * self.candidate.weights.time

    @cached_property
    def without(self) -> Worth:
        """The value of the search without its offers, hours."""
        segments, base = self.path_segments()
        if not segments:
            return self.forever(base)
        return self._value(self.agenda.processes, segments, base).value

    @cached_property
    def _path(self) -> tuple[tuple[int, Worth], ...]:
        """What the outside option is worth from which day on, as ``outside_path``."""
        percent = max(self.hours_per_percent.values(), default=0.0)
        return outside_path(self.candidate, self.agenda.today, percent)

    @cached_property
    def _solved(self) -> SolvedProcesses | None:
        chains = [process.chain for process in self.agenda.processes]
        return SolvedProcesses.of(chains) if chains else None

    def _afterwards(self, base: Worth) -> Afterwards:
        """What is left of each process once nothing has a date, solved once."""
        if base not in self.left and self.left:
            # The processes are solved once, whatever else there is.
            solved = next(iter(self.left.values()))
            self.left[base] = evolve(solved, base=base)
        elif base not in self.left:
            processes = sorted(self.agenda.processes, key=lambda item: item.name)
            sizes = [process.size for process in processes]
            self.left[base] = Afterwards.of(processes, base, sizes)
        return self.left[base]

    def forever(self, in_hand: Worth) -> Worth:
        """The value of the search with something in hand for good, hours."""
        if in_hand not in self.lasting:
            solved = self._solved
            value = in_hand if solved is None else solved.index_policy(in_hand).value
            self.lasting[in_hand] = value
        return self.lasting[in_hand]

    def path_segments(self) -> tuple[tuple[Segment, ...], Worth]:
        """The outside option alone, by its last day, and what is left after it."""
        return segments_of((), self._path)

    def segments(
        self, moved: Mapping[str, date] | None = None
    ) -> tuple[tuple[Segment, ...], Worth]:
        """What is in hand by its last day, and what is left, as ``segments_of``.

        Args:
            moved: Offers with another last day, by name.
        """
        offers = []
        for offer in self.offers:
            last = (moved or {}).get(offer.name, offer.job.answer_by)
            day = None if last is None else self.agenda.day(last)
            offers.append((day, offer.surplus))
        segments, base = segments_of(offers, self._path)
        days = [day for day, _ in offers if day is not None]
        if not segments and days:
            # Offers that nobody would take still have a day.
            segments = (Segment(min(days), base),)
        return segments, base

    def value(
        self,
        segments: Sequence[Segment],
        base: Worth,
        processes: Sequence[TimedProcess] | None = None,
        *,
        steps: bool = False,
    ) -> DeadlineValue:
        """The value of the search with something in hand; at least that without it.

        Args:
            segments, base: What is in hand, and what is left after the last date.
            processes: That run; those of the agenda if None.
            steps: Whether to work out the rule and the bound.
        """
        if processes is None:
            processes = self.agenda.processes
        found = self._value(processes, segments, base, steps=steps)
        value = max(found.value, self.without)
        return evolve(found, value=value, upper=max(found.upper, value))

    def _value(
        self,
        processes: Sequence[TimedProcess],
        segments: Sequence[Segment],
        base: Worth,
        *,
        steps: bool = False,
    ) -> DeadlineValue:
        """The value of the search with something in hand.

        Args:
            processes, segments, base, steps: As ``value``.
        """
        moving = sum(not process.is_later for process in processes)
        # Of three processes or more only what is in hand at first is looked at.
        is_first = moving > MOST_JOINT and len(segments) > 1
        is_first = is_first and processes is self.agenda.processes
        key = segments[0], base
        if is_first and not steps and key in self.known:
            return self.known[key]
        found = value_with_deadline(
            processes,
            segments,
            base,
            seed=self.seed,
            steps=steps,
            afterwards=self._afterwards(base),
        )
        if is_first:
            self.known[key] = found
        return found

    def value_without(self, offer: DatedOffer) -> Worth:
        """The value of the search if one offer is gone, hours; the others stay.

        Args:
            offer: One of its offers.
        """
        others = tuple(item for item in self.offers if item.name != offer.name)
        if not others:
            return self.without
        rest = evolve(self, offers=others)
        rest.left, rest.known, rest.lasting = self.left, self.known, self.lasting
        segments, base = rest.segments()
        return rest.value(segments, base).value if segments else rest.forever(base)

    def value_of_asking(self, offer: DatedOffer) -> Worth | None:
        """The value of asking questions before the answer, hours; None without any.

        The offer is accepted or turned down as soon as they are answered.

        Args:
            offer: One of its offers.
        """
        call = offer.process.call
        if call is None:
            return None
        forgone = self.without - self.exits
        adds, _ = ask_outcome(offer.process, call, forgone, 1)
        return self.without + adds.item()

    def is_of_use(self, offer: DatedOffer) -> bool:
        """Whether an offer is the best in hand on some day.

        Args:
            offer: One of its offers.
        """
        segments, _ = self.segments()
        return any(
            segment.value <= offer.surplus
            for segment in segments
            if offer.job.answer_by is None
            or self.agenda.day(offer.job.answer_by) >= segment.last
        )
