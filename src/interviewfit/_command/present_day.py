"""The present day of a search: as it is stated, or that of the clock, which is said.

``plan`` and ``assess`` never read the clock; a command does where a date matters and
``--today`` is left out, and says so in one line on standard error.
"""

import argparse
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewfit._model.decision import Search


def present_day(
    options: argparse.Namespace, search: "Search", *, always: bool = False
) -> date | None:
    """The day from which the dates of a search are counted; None if none was needed.

    Args:
        options: Parsed, with ``today``. A day of the clock is kept there, so that it is
            the same for all files and said once.
        search: What was read.
        always: Whether the day matters even if nothing has a date, as beside a log.
    """
    from interviewfit._model.decision import has_dates
    from interviewfit._reading.dates import local_today

    matters = always or has_dates(search.candidate, search.opportunities)
    if not matters and not options.today:
        # A day that has passed is refused; otherwise nothing is counted.
        return local_today() if _has_days(search) else None
    if not options.today:
        from interviewfit._command.screen import say_above

        options.today = local_today()
        say_above(options, line(options.today))
    today: date | None = options.today
    return today


def _has_days(search: "Search") -> bool:
    """Whether it is said of something when its next stage is."""
    return any(job.next_on is not None for job in search.opportunities)


def line(today: date) -> str:
    """What is said of a day that was read from the clock.

    >>> line(date(2026, 11, 30))
    'Counted from today, 30 November 2026; for another day, add --today DATE.'
    """
    from interviewfit._text.calendar_text import date_name

    return f"Counted from today, {date_name(today)}; for another day, add --today DATE."
