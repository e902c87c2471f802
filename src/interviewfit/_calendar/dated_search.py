"""A search in which something is in hand up to a date, as its records state it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from interviewfit._calendar.agenda import (
    Agenda,
    make_agenda,
    outside_path,
    segments_of,
)
from interviewfit._calendar.deadline import (
    SEED,
    DeadlineValue,
    value_with_deadline,
)
from interviewfit._calendar.places import Segment
from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase


@frozen(eq=False)
class DatedSearch:
    """A search with something in hand up to a date.

    Attributes:
        agenda: Its dates.
        candidate: Who decides.
        assumptions: Numbers left open.
        offered: Offers that can be accepted.
        surpluses: Of each offer, hours.
        hours_per_percent: The value of one percent of pay, hours, by opportunity.
        forever: The value of the search with something in hand for good, hours.
        without: The value of the search without the offers, hours.
        seed: Of the draws.
    """

    agenda: Agenda
    candidate: Candidate
    assumptions: Assumptions
    offered: tuple[Opportunity, ...]
    surpluses: tuple[Worth, ...]
    hours_per_percent: Mapping[str, Worth]
    forever: Callable[[Worth], Worth]
    without: Worth
    seed: int = SEED

    def segments(
        self, moved: Mapping[str, date] | None = None
    ) -> tuple[tuple[Segment, ...], Worth]:
        """What is in hand by its last day, and what is left, as ``segments_of``.

        Args:
            moved: Offers with another last day, by name.
        """
        offers = []
        for job, surplus in zip(self.offered, self.surpluses, strict=True):
            last = (moved or {}).get(job.name, job.answer_by)
            offers.append((None if last is None else self.agenda.day(last), surplus))
        percent = max(self.hours_per_percent.values(), default=0.0)
        path = outside_path(self.candidate, self.agenda.today, percent)
        return segments_of(offers, path)

    def value(
        self,
        segments: Sequence[Segment],
        base: Worth,
        processes: Sequence[TimedProcess] | None = None,
        *,
        steps: bool = False,
    ) -> DeadlineValue:
        """The value of the search with something in hand; at least that without it.

        Where the date leaves time for everything it is that of the search with it in
        hand for good, so that the plan is the one without a date.

        Args:
            segments, base: What is in hand, and what is left after the last date.
            processes: That run; those of the agenda if None.
            steps: Whether to work out the rule.
        """
        if processes is None:
            processes = self.agenda.processes
        found = value_with_deadline(
            processes, segments, base, seed=self.seed, steps=steps
        )
        value = max(found.value, self.without)
        if found.method == "index":
            value = max(value, self.forever(segments[0].value))
        return evolve(found, value=value, upper=max(found.upper, value))


def search_by_date(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    entries: Sequence[CompiledProcess[float]],
    today: date,
    assumptions: Assumptions,
    forever: Callable[[Worth], Worth],
) -> DatedSearch:
    """A search with the dates that were stated.

    What nobody has told of an offer is no reason to turn it down: with its mean m, the
    mean s by what was told, and F what accepting gives up of all that runs, it counts
    max(m, min(s, F)), as it does without a date.

    Args:
        candidate, opportunities, entries: The search, stated and compiled.
        today: The present day.
        assumptions: Numbers left open.
        forever: The value of the search with a sure alternative, by its hours.

    Raises:
        InvalidFieldError: If a date has passed or does not fit the others.
    """
    running = [entry for entry in entries if entry.is_running]
    agenda = make_agenda(running, opportunities, today, assumptions)
    percents = {
        entry.opportunity.name: entry.numbers.hours_per_percent
        * candidate.weights.offer
        for entry in entries
    }
    without = _without_offers(candidate, agenda, forever, max(percents.values()))
    exits = sum(entry.process.steps[0].exit for entry in running)
    forgone = without - exits
    offered = [
        entry
        for entry in entries
        if entry.structure.phase is Phase.OFFERED and not entry.dealbreakers
    ]
    surpluses = []
    for entry in offered:
        process = entry.process
        spoken = process.hours_per_percent * process.spoken
        surpluses.append(max(process.mean_hours, min(spoken, forgone)))
    return DatedSearch(
        agenda=agenda,
        candidate=candidate,
        assumptions=assumptions,
        offered=tuple(entry.opportunity for entry in offered),
        surpluses=tuple(surpluses),
        hours_per_percent=percents,
        forever=forever,
        without=without,
    )


def _without_offers(
    candidate: Candidate,
    agenda: Agenda,
    forever: Callable[[Worth], Worth],
    hours_per_percent: Worth,
) -> Worth:
    """The value of the search without its offers, hours.

    Where the outside option changes on a date, that is part of it.

    Args:
        candidate, agenda, forever: As ``DatedSearch``.
        hours_per_percent: The value of one percent of pay, hours.
    """
    path = outside_path(candidate, agenda.today, hours_per_percent)
    segments, base = segments_of((), path)
    if not segments:
        return forever(0.0)
    found = value_with_deadline(agenda.processes, segments, base, steps=False)
    return forever(segments[0].value) if found.method == "index" else found.value
