"""At which value of each number the answer turns.

Every number of a decision is moved alone, up and down, through all that is plausible.
The first change on each side is found to a ten thousand millionth of the range
(``scan``, ``crossings``), and put into words.
"""

from collections.abc import Iterable, Iterator

from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.decision import Decision
from interviewfit._model.fields import listed
from interviewfit._model.vocabulary import Action
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import clause
from interviewfit.progress import Progress
from interviewfit.sensitivity._one_way_search import (
    Change,
    OneWaySearch,
    beside_each_other,
)

__all__ = ["SwitchingValue", "SwitchingValues", "flips"]


@frozen(kw_only=True)
class SwitchingValue:
    """One number, and the nearest value on one side at which the answer turns.

    Attributes:
        name: Of the input (``inventory``).
        value: What it is now.
        at: Where the answer turns, within a ten thousand millionth of the range.
        above: Whether that lies above the present value.
        action: What to do beyond.
        distance: From the present value, in units of the input's own uncertainty.
        unit: Of both values.
        clause: Where that is, in words that follow "if".
        only: Whether the answer turns on this side alone.
    """

    name: str
    value: float
    at: float
    above: bool
    action: Action
    distance: float
    unit: str
    clause: str
    only: bool

    @property
    def text(self) -> str:
        """All of it as a sentence without its end."""
        when = "only if" if self.only else "if"
        return f"{HEADLINES[self.action]} {when} {self.clause}"

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class SwitchingValues:
    """What would change an answer, one number at a time. Made by ``flips``.

    Attributes:
        action: The answer.
        found: Where it turns, the nearest first.
        never: Inputs that change nothing anywhere within their plausible range.
        hard_stops: Dealbreakers met. They force the action: no number lifts them, and
            what is *found* then only tells one way to leave from another.
    """

    action: Action
    found: tuple[SwitchingValue, ...]
    never: tuple[str, ...]
    hard_stops: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[SwitchingValue]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __str__(self) -> str:
        lines = [f"Now: {HEADLINES[self.action]}."]
        if self.hard_stops:
            met = ", ".join(self.hard_stops)
            lines.append(f"  Your dealbreaker ({met}) decides: no number changes that.")
        lines.extend(f"  {_capital(one.text)}." for one in self.found)
        if self.never:
            lines.append(f"  {len(self.never)} other numbers: never, within reason.")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return show_lines(self)


def flips(
    assessment: Assessment,
    *,
    names: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> SwitchingValues:
    """At which value of each number the answer turns, all others staying as they are.

    The nearest value on each side within the plausible range, sorted by how near it is
    in units of the number's own uncertainty. A window narrower than the points that
    are looked at is found if the lead of the present action dips towards it.

    Args:
        assessment: The answer.
        names: Of the inputs to vary; by default all (``inventory.list_inputs``).
        progress: Called as work goes on.

    Raises:
        InvalidFieldError: If it is no assessment, or there is no input of that name.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = flips(assess(Candidate(), job), names=["weights.time", "fallback"])
    >>> print(found)
    Now: take it.
      Decline only if what you would have otherwise is above +17.5 %.
      Decline only if an hour of yours is worth more than 4.29 ordinary ones.
    """
    check_assessment(assessment, "flips(assessment)")
    decision = assessment.decision
    if names is None:
        inputs = list_inputs(decision)
    else:
        several = listed(names, "flips(names)", "'weights.time'")
        inputs = tuple(find_parameter(decision, name) for name in several)
    lines: list[Change] = []
    groups = beside_each_other(decision, inputs)
    for number, group in enumerate(groups):
        lines.extend(OneWaySearch(assessment, group).changes())
        if progress is not None:
            progress(number + 1, len(groups))
    turning: dict[str, list[Change]] = {}
    for line in lines:
        turning.setdefault(line.input.name, []).append(line)
    found = [
        _flip(decision, line, len(turning[line.input.name]) == 1) for line in lines
    ]
    return SwitchingValues(
        action=assessment.action,
        found=tuple(sorted(found, key=lambda one: one.distance)),
        never=tuple(one.name for one in inputs if one.name not in turning),
        hard_stops=assessment.hard_stops,
    )


def _flip(decision: Decision, line: Change, alone: bool) -> SwitchingValue:
    one, above = line.input, line.at > line.input.value
    return SwitchingValue(
        name=one.name,
        value=one.value,
        at=line.at,
        above=above,
        action=line.action,
        distance=abs(line.at - one.value) / one.scale,
        unit=one.unit,
        clause=clause(one, above, line.at, decision),
        only=alone,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
