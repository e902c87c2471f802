"""What each tool is called with: the content of a search's file and a few keys more.

So whoever has the file adds the name of an opportunity, and has the arguments.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from interviewfit import Assumptions, Candidate, InvalidFieldError, Search
from interviewfit._model.fields import instance_check
from interviewfit._model.units import Hours


def _columns(value: Mapping[str, "Column"]) -> Mapping[str, "Column"]:
    return dict(value) if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class OpportunityRequest(Search):
    """A search, and the opportunity in it that is asked about.

    Attributes:
        name: Name of the opportunity. It may be left out if the search has only one.
        today: The present day; needed if something has to be answered by a date.
        alone: Whether to judge it alone, and not beside the others of the search.
    """

    name: str = ""
    today: date | None = None
    alone: bool = False


@frozen(kw_only=True)
class PlanRequest(Search):
    """A search, and how much time there is for it.

    Attributes:
        budget: Hours that the candidate has for all interviews; null if they did not
            say.
        slots: How many processes they can have under way at once; null if they did not
            say.
        today: The present day; needed if something has to be answered by a date.
    """

    budget: Hours | None = None
    slots: int | None = None
    today: date | None = None


@frozen(kw_only=True)
class LetterRequest(OpportunityRequest):
    """A search, the opportunity in it, and what to write to its employer.

    Attributes:
        channel: email, message, or call: words to say, on the phone or in the room.
        to: Who reads or hears it, as they are addressed, such as Ms Lee; empty if
            nobody said.
        reason: A reason in the candidate's own words; empty for none. No reason is
            given unless they asked for it.
        advised_reason: Whether to give the reason of the answer, if an employer may
            hear it.
        recommend: Name of somebody better suited, if the candidate named one.
        when: A date or deadline in the candidate's words; empty for none.
        language: en, de, fr or es.
        form: short says what is needed, full a little more.
        purpose: What it is for, if not for the advised action: an action, hurry,
            follow_up or ask_time.
    """

    channel: str = "email"
    to: str = ""
    reason: str = ""
    advised_reason: bool = False
    recommend: str = ""
    when: str = ""
    language: str = "en"
    form: str = "short"
    purpose: str = ""


@frozen(kw_only=True)
class ReviewRequest(Search):
    """A search, and the candidate's log of applications.

    Attributes:
        log: Text of the log as the tracker exported it, such as CSV; empty for none.
        today: The last day that the log covers; null for the present day.
    """

    log: str = ""
    today: date | None = None


@frozen(kw_only=True)
class Column:
    """One column of a table: numbers, flags or words.

    Attributes:
        numbers: A number for each row; null where it is not known.
        flags: True or false for each row.
        words: A word for each row.

    Raises:
        InvalidFieldError: If not exactly one of the three has values.

    >>> Column(numbers=[5.0, None]).values()
    [5.0, nan]
    """

    numbers: tuple[float | None, ...] = field(default=(), converter=tuple)
    flags: tuple[bool, ...] = field(default=(), converter=tuple)
    words: tuple[str, ...] = field(default=(), converter=tuple)

    def __attrs_post_init__(self) -> None:
        """Refuse a column without values, or with values of two kinds."""
        filled = [name for name in ("numbers", "flags", "words") if getattr(self, name)]
        if len(filled) != 1:
            expected = "values under one of numbers, flags and words"
            raise InvalidFieldError("Column", expected, filled)

    def values(self) -> list[Any]:
        """The values as ``score`` takes them; an unknown number is NaN."""
        numbers = [float("nan") if item is None else item for item in self.numbers]
        return numbers or list(self.flags or self.words)


@frozen(kw_only=True)
class ScoreRequest:
    """A candidate, and a table of jobs of which a few numbers are known.

    Attributes:
        candidate: Who decides.
        columns: Columns by name, such as process, pay.mean or signs.bad_reviews. A
            column of one value holds for all rows.
        assumptions: Numbers for all that is left open.
    """

    candidate: Candidate = field(validator=instance_check(Candidate))
    columns: Mapping[str, Column] = field(converter=_columns)
    assumptions: Assumptions = field(
        factory=Assumptions, validator=instance_check(Assumptions)
    )
