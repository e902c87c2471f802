"""What the records say of dates, as whole days from today.

Nobody has to say when a stage is or how long an answer takes: then the usual number of
days is assumed, and a note says so. A date in the past, or a stage after the last day
on which it can be had, is refused.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import field, frozen

from interviewfit._calendar.places import Segment
from interviewfit._calendar.timed import TimedProcess, length_of
from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Probability, Worth, number_of
from interviewfit._model.vocabulary import Phase
from interviewfit._process.arrivals import is_arrival

NEVER = 10**6
"""Days to what only comes after every date."""


@frozen(eq=False, repr=False)
class Agenda:
    """The dates of a search.

    Attributes:
        today: The present day.
        processes: That run, in the order of their entries.
        jobs: The opportunity of each of them.
        notes: What is assumed of dates, a sentence each.
    """

    today: date
    processes: tuple[TimedProcess, ...]
    jobs: tuple[Opportunity, ...]
    notes: tuple[str, ...] = field(default=())

    def day(self, on: date) -> int:
        """A date as a number of days from today."""
        return (on - self.today).days

    def date(self, day: int) -> date:
        """A number of days from today as a date."""
        return self.today + timedelta(days=day)


def make_agenda(
    running: Sequence[CompiledProcess[float]],
    today: date,
    assumptions: Assumptions,
) -> Agenda:
    """The dates of a search, none of which has passed.

    Args:
        running: The processes that run.
        today: The present day.
        assumptions: How many days there are between two stages, where nobody said.
    """
    usual = assumptions["days_between"]
    processes, undated, unsaid = [], list[str](), list[str]()
    for entry in running:
        job, position = entry.opportunity, entry.opportunity.position
        is_later = is_arrival(job)
        opens = NEVER if is_later else round(usual)
        if position.phase is Phase.MIDWAY:
            opens = 0
        elif job.next_on is not None:
            opens = (job.next_on - today).days
        elif job.answer_by is not None:
            opens = min(opens, (job.answer_by - today).days)
        elif not is_later:
            undated.append(job.name)
        ahead = job.stages[position.stage :]
        if not is_later and not all(stage.days for stage in ahead):
            unsaid.append(job.name)
        processes.append(
            TimedProcess(
                name=job.name,
                # By date all is counted on average.
                chain=entry.chain.on_average,
                phases=tuple(step.phase for step in entry.process.steps),
                opens=opens,
                lengths=tuple(
                    length_of(stage.days or usual, stage.days_sd) for stage in ahead
                ),
                closes=None if job.answer_by is None else (job.answer_by - today).days,
                titles=tuple(stage.title for stage in ahead),
                gone_weekly=job.gone_weekly or 0.0,
                is_later=is_later,
            )
        )
    return Agenda(
        today,
        tuple(processes),
        tuple(entry.opportunity for entry in running),
        tuple(_assumed(undated, unsaid, usual)),
    )


def _assumed(undated: Sequence[str], unsaid: Sequence[str], usual: float) -> list[str]:
    """What is assumed of dates, a sentence each, with what would say it.

    Args:
        undated: Processes of which nobody said when the next stage is.
        unsaid: Processes of which nobody said how long each answer takes.
        usual: The days that are assumed.
    """
    notes, assumed = [], number_of(f"{usual:.3g}", "day")
    are = "is" if assumed.startswith("1 ") else "are"
    if undated:
        names = "; ".join(sorted(undated))
        notes.append(
            f"nobody has said when the next stage is: {assumed} from today "
            f"{are} assumed for {names}. If you know it, say it by `interviewfit "
            'edit`, or write it into the opportunity, such as "next_on": "2026-12-03".'
        )
    if unsaid:
        names = "; ".join(sorted(unsaid))
        notes.append(
            f"nobody has said how long an answer takes: {assumed} {are} "
            f"assumed for a stage of {names}. If you know it, say it by `interviewfit "
            'edit`, or write it into the stage, such as "days": 5.'
        )
    return notes


def outside_path(
    candidate: Candidate, today: date, hours_per_percent: Worth
) -> tuple[tuple[int, Worth], ...]:
    """What the outside option is worth from which day on, against today's, hours.

    Args:
        candidate: Whose outside option changes on dates.
        today: The present day.
        hours_per_percent: The value of one percent of pay, hours.

    Returns:
        Days from today and hours, ascending, the first from today on.
    """
    values = {0: 0.0}
    for on, percent in candidate.fallback_from.items():
        day = max(0, (on - today).days)
        values[day] = hours_per_percent * (percent - candidate.fallback)
    return tuple(sorted(values.items()))


def segments_of(
    offers: Sequence[tuple[int | None, Worth]], path: Sequence[tuple[int, Worth]]
) -> tuple[tuple[Segment, ...], Worth]:
    """What is in hand by its last day, and what is left after the last.

    Args:
        offers: Of each its last day, None for as long as the others, and its surplus,
            hours.
        path: As ``outside_path``.

    Returns:
        Segments, ascending, and hours; no segments if nothing changes on any day.
    """
    lasts = [last for last, _ in offers if last is not None]
    first = min(lasts, default=None)
    known = [(last if last is not None else first, worth) for last, worth in offers]
    turns = {last for last, _ in known if last is not None}
    turns |= {day - 1 for day, _ in path[1:]}
    segments = []
    for last in sorted(turns):
        if last < 0:
            continue
        value = [worth for day, worth in path if day <= last][-1]
        held = [worth for day, worth in known if day is None or day >= last]
        segments.append(Segment(last, max([value, *held])))
    base = path[-1][1]
    base = max([base, *(worth for day, worth in known if day is None)])
    # What changes nothing is no date.
    while segments and segments[-1].value == base:
        segments.pop()
    return tuple(segments), base


def chance(stated: Probability | None, name: str, assumptions: Assumptions) -> float:
    """A chance as stated, or as usual.

    Args:
        stated, name, assumptions: What was said, and the number that it replaces.
    """
    return assumptions[name] if stated is None else stated


def more_time_until(
    job: Opportunity, today: date, assumptions: Assumptions
) -> date | None:
    """Until when an offer can be answered if they give more time, as stated or usual.

    Args:
        job: With an offer that has a date; for one without a date there is none.
        today: The present day.
        assumptions: How many days they usually give.
    """
    if job.answer_by is None:
        return None
    days = max(1, round(assumptions["more_days"]))
    return job.more_time_until or max(job.answer_by, today) + timedelta(days=days)
