"""The next day on which something should be done about a process.

That is the day of its next stage, the last day to answer, or, while it is silent, the
day on which to ask for news or to write it off. Of several the earliest counts; a day
that has passed means today.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.units import Probability, number_of
from interviewfit._model.vocabulary import Phase


@frozen(kw_only=True)
class WaitStatus:
    """How long a process has been silent, by the log.

    Attributes:
        stage: The stage at which it waits, one of ``STAGES``.
        days: Days since it reached that stage.
        dead_probability: That the process is dead; None if the log has too few answers.
        ask_day: Ask for news after so many days; None likewise.
        write_off_day: Expect nothing any more from so many days on; None likewise, or
            if silence never says so much.
    """

    stage: str
    days: int
    dead_probability: Probability | None
    ask_day: int | None = None
    write_off_day: int | None = None

    def __str__(self) -> str:
        stage = self.stage.replace("_", " ")
        silence = f"No news for {number_of(self.days, 'day')} since the {stage}"
        if self.dead_probability is None:
            return f"{silence}; your log has too few answers to tell what that means"
        chance = f"{100 * self.dead_probability:.0f} %"
        if 0.0 < self.dead_probability < 0.01:
            chance = "under 1 %"
        return f"{silence}: {chance} chance that it is dead{self._advice()}"

    def _advice(self) -> str:
        """When to ask and when to write it off, as it ends a sentence."""
        parts = []
        if self.write_off_day is not None and self.days >= self.write_off_day:
            return f"; write it off, as from day {self.write_off_day} on"
        if self.ask_day is not None:
            early = f"ask after day {self.ask_day}"
            parts.append(early if self.days <= self.ask_day else "ask for news now")
        if self.write_off_day is not None:
            parts.append(f"write it off from day {self.write_off_day} on")
        return f"; {', '.join(parts)}" if parts else ""


@frozen(kw_only=True)
class NextDate:
    """A day on which something should be done about a process.

    Attributes:
        on: The day.
        what: What to do, such as ``"panel"`` or ``"answer the offer"``.
    """

    on: date
    what: str

    def __str__(self) -> str:
        return f"Next: {self.on:%a} {self.on.day} {self.on:%b}, {self.what}"


def next_date(
    opportunity: Opportunity, wait: WaitStatus | None, today: date
) -> NextDate | None:
    """The next day on which something should be done; None if nobody knows of any day.

    A process with an appointment is not silent.

    Args:
        opportunity: The process.
        wait: How long it has been silent, if the log says so.
        today: The present day.
    """
    dates = sorted(_dates(opportunity, wait, today), key=lambda item: item.on)
    return dates[0] if dates else None


def _dates(
    job: Opportunity, wait: WaitStatus | None, today: date
) -> Iterator[NextDate]:
    """Yield every day on which something should be done.

    Args:
        job, wait, today: As ``next_date``.
    """
    if job.next_on is not None and job.next_on >= today:
        yield NextDate(on=job.next_on, what=job.stages[job.position.stage].title)
    if job.answer_by is not None and job.answer_by >= today:
        is_offer = job.position.phase is Phase.OFFERED
        what = "answer the offer" if is_offer else "the last day for the next stage"
        yield NextDate(on=job.answer_by, what=what)
    if wait is None or job.next_on is not None:
        return
    reached = today - timedelta(days=wait.days)
    if wait.write_off_day is not None and wait.days >= wait.write_off_day:
        yield NextDate(on=today, what="write it off")
    elif wait.ask_day is not None and wait.days <= wait.ask_day:
        on = reached + timedelta(days=wait.ask_day + 1)
        yield NextDate(on=on, what="ask for news")
    elif wait.ask_day is not None:
        yield NextDate(on=today, what="ask for news")
