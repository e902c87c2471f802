"""What is explored, opened: an answer, an opportunity, a search or a file of one."""

from datetime import date
from pathlib import Path
from typing import TypeAlias

from interviewfit import (
    Assessment,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Search,
    loads,
)
from interviewfit._model.decision import Decision, pay_as_reading
from interviewfit._reading.dates import local_today
from interviewfit.schema._json import MAX_CHARACTERS
from interviewfit.schema._locations import located

Explorable: TypeAlias = Assessment | Opportunity | Search | str | Path
"""What can be explored: an answer, an opportunity, a search, or the name of a file."""


def opened(
    found: Explorable, today: date | None
) -> tuple[dict[str, Decision], date | None]:
    """The decisions that can be explored, by name, and the day they are made on.

    Args:
        found: What is explored.
        today: The present day, if it was stated.

    Raises:
        InvalidFieldError: If there is nothing of the kind.
        DecodeError: If a file cannot be read.
    """
    if isinstance(found, Assessment):
        if found.rule is not None:
            # An answer keeps its numbers, and not the dates that they come from.
            expected = "an answer that no date bears on"
            remedy = "Explore the search: explore(search, today=...)."
            raise InvalidFieldError("explore(found)", expected, found, remedy)
        return {found.opportunity: found.decision}, today
    if isinstance(found, Opportunity):
        found = Search(candidate=Candidate(), opportunities=[found])
    elif isinstance(found, str | Path):
        found, today = _read(Path(found)), today or local_today()
    if not isinstance(found, Search):
        expected = (
            "an answer of assess, an opportunity, a search or the name of its file"
        )
        raise InvalidFieldError("explore(found)", expected, found)
    who, numbers = found.candidate, found.assumptions
    jobs = [pay_as_reading(who, job, numbers) for job in found.opportunities]
    return {
        job.name: Decision(
            candidate=who,
            opportunity=job,
            assumptions=numbers,
            beside=[other for other in jobs if other is not job],
        )
        for job in jobs
    }, today


def _read(path: Path) -> Search:
    """The search in a file.

    Raises:
        DecodeError: If it cannot be read or is no search; each fault has its line.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_CHARACTERS + 1)
    except UnicodeDecodeError:
        fault = f"{path} is not UTF-8 text. Save it as UTF-8."
        raise DecodeError("Search", [fault]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DecodeError("Search", [f"{path}: {reason}. Check the name."]) from None
    try:
        return loads(text, Search)
    except DecodeError as error:
        raise DecodeError("Search", located(text, error.faults)) from None
