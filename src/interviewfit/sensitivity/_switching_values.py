"""Switching values: how far each number must move, alone, before the advice changes.

Every number is moved from its present value to either end of its plausible range, and
every open action is valued at 27 points on the way, closest near the present value, and
at more where the lead of the advised action dips. The first change on each side is then
bracketed to a ten thousand millionth of the range by the ITP method (``root_finding``).

Nobody is advised to leave for what nobody has said. So to say of an aspect what was
only assumed may change the advice by itself. Such a number has a threshold where the
advice returns to the present one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from attrs import frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.fields import to_tuple
from interviewfit._model.progress import Progress
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._process.parameters import Parameter, find_parameter, list_inputs
from interviewfit._results.tables import Tabular
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import clause, quantity
from interviewfit.sensitivity._influence import sorted_by_influence
from interviewfit.sensitivity._one_way_search import MOST_PARTS, OneWaySearch
from interviewfit.sensitivity._sweeps import independent_groups
from interviewfit.sensitivity._work import left_out_line, likely_work

# What each small group may take of the operations that are left, and where the last,
# which takes all, is likely to need much of them.
_SHARE, _SMALL_SHARE = 0.15, 0.03
# What is left for the largest group where even small ones take much; alone so many
# times what the small one before took.
_RESERVE, _RESERVE_ALONE = 0.5, 4.0
# A threshold that is less certain than this share of the range is said to be.
_ROUGH = 0.005


@frozen(kw_only=True)
class SwitchingValue:
    """The nearest value of one number, on one side, at which the advice changes.

    Attributes:
        name: Of the number (``list_inputs``).
        value: What it is now.
        threshold: Where the advice changes.
        above: Whether the threshold lies above the present value.
        action: The advice beyond the threshold. It is the present one if to say what
            was assumed of the number changes the advice by itself.
        error: How far off the threshold may be at most, in the same unit: a ten
            thousand millionth of the range, or more where each value takes long; 0 in
            answers that were written before it was said.
        distance: From value to threshold, in standard deviations of the number.
        unit: Of value and threshold.
        clause: The change in words that follow "if".
        one_sided: Whether the advice changes on this side alone.
    """

    name: str
    value: float
    threshold: float
    above: bool
    action: Action
    error: float = 0.0
    distance: float
    unit: str
    clause: str
    one_sided: bool

    @property
    def text(self) -> str:
        """The advice and the condition, as a sentence without its full stop."""
        condition = "only if" if self.one_sided else "if"
        return f"{HEADLINES[self.action]} {condition} {self.clause}"

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True, repr=False)
class SwitchingValues(Tabular):
    """What would change the advice, one number at a time. Made by ``flips``.

    Attributes:
        action: The advice now.
        values: Where it changes, the nearest first.
        insensitive: Names of the numbers that change nothing in their plausible range.
        hard_stops: Dealbreakers met. They force the action, and no number lifts them;
            *values* then only tells one way to leave from another.
        parts: Into how many parts each side was divided to look for a change. Below 24
            where each point takes long: thresholds are then right to a thousandth of
            the range at best (*error*), and a change and its return between two points
            are missed.
        left_out: Names of the numbers that were not moved, because each takes long:
            those that change the least for the process itself. Name some (*names*) to
            have them moved.
    """

    _row_name: ClassVar[str] = "values"

    action: Action
    values: tuple[SwitchingValue, ...]
    insensitive: tuple[str, ...]
    hard_stops: tuple[str, ...] = ()
    parts: int = MOST_PARTS
    left_out: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[SwitchingValue]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __str__(self) -> str:
        lines = [f"Now: {HEADLINES[self.action]}."]
        if self.hard_stops:
            met = ", ".join(self.hard_stops)
            lines.append(f"  Your dealbreaker ({met}) decides: no number changes that.")
        for item in self:
            text = item.text
            if item.action is self.action:
                text = f"once you know, that holds only if {item.clause}"
            lines.append(f"  {text[:1].upper()}{text[1:]}.")
        if self.insensitive:
            count, other = len(self.insensitive), "other " * bool(self.values)
            none = f"None of the {count} {other}numbers would"
            if count == 1:
                none = f"The {other}number would not" if other else "It would not"
            lines.append(f"  {none} change it within its plausible range.")
        if self.parts < MOST_PARTS:
            text = f"Each side was looked at in {self.parts} places only, because each"
            if self.parts == 1:
                text = "Only the ends of each range were looked at, because each value"
            lines.append(f"  {text} takes long: a change between them may be missed.")
        if self.left_out:
            lines.append(f"  {left_out_line(self.left_out)}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        changes = number_of(len(self.values), "change")
        rest = f"{len(self.insensitive)} insensitive"
        return f"<SwitchingValues of {self.action.value!r}: {changes}, {rest}>"

    _repr_html_ = show_lines


def flips(
    assessment: Assessment,
    *,
    names: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> SwitchingValues:
    """Switching values: where each number changes the advice, all others unchanged.

    The work grows with the numbers, times the stages of all processes. Where it would
    take more than some seconds there are fewer points (*parts* of the answer), wider
    brackets (*error*), or fewer numbers (*left_out*).

    Args:
        assessment: What ``assess`` returned.
        names: Of the numbers to move; by default all (``list_inputs``).
        progress: Called with groups of numbers done and groups in all, first with 0.

    Returns:
        The nearest on each side of the present value, within the plausible range.

    Raises:
        InvalidFieldError: If *assessment* is no assessment, or has no such number.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> result = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> print(flips(result, names=["weights.time", "fallback"]))
    Now: take it.
      Decline only if what you would have otherwise is above +17.6 %.
      Decline only if an hour of yours is worth more than 4.28 ordinary ones.
    """
    check_assessment(assessment, "flips(assessment)")
    decision = assessment.decision
    if names is None:
        parameters = list_inputs(decision)
    else:
        names = to_tuple(names, "flips(names)", "'weights.time'")
        parameters = tuple(find_parameter(decision, name) for name in names)
    rivals = KnownRivals.of(decision, assessment)
    return switching_values(assessment, parameters, rivals, progress)


def switching_values(
    assessment: Assessment,
    parameters: Sequence[Parameter],
    rivals: KnownRivals,
    progress: Progress | None = None,
) -> SwitchingValues:
    """As ``flips``, of some numbers.

    Whoever asks more of the same decision hands on what its rows have shown, so that
    the processes beside it are compiled and solved once for all.

    Args:
        assessment, progress: As ``flips`` takes them.
        parameters: The numbers.
        rivals: What other rows of the decision have shown; updated.
    """
    decision = assessment.decision
    changes: list[tuple[Parameter, float, float, Action]] = []
    groups, fewest = independent_groups(decision, parameters), MOST_PARTS
    left, left_out = largest_work(), set[str]()
    # The largest last: it takes what the others leave.
    groups.sort(key=len)
    most = left
    likely = likely_work(decision, 2 * max(map(len, groups), default=0))
    is_dear, last, reserve = likely > 0.5 * left, 0, _RESERVE * left
    small_share = _SMALL_SHARE if is_dear else _SHARE
    # Beside others even a small group may take a tenth of all.
    may_leave_out = is_dear and bool(decision.beside)
    if may_leave_out:
        groups = [*sorted_by_influence(decision, groups[:-1]), *groups[-1:]]
    for done, group in enumerate(groups):
        if progress is not None:
            progress(done, len(groups))
        is_last = done == len(groups) - 1
        share = 1.0 if is_last else small_share
        wanted = reserve + last if may_leave_out else _RESERVE_ALONE * last
        if not most or (is_dear and not is_last and left < wanted):
            left_out.update(parameter.name for parameter in group)
            continue
        search = OneWaySearch(assessment, group, share * left, rivals)
        with counted() as effort:
            changes += search.changes()
        last = effort.operations
        fewest, left = min(fewest, search.parts), left - last
        left_out.update(parameter.name for parameter in search.left_out)
    if progress is not None:
        progress(len(groups), len(groups))
    counts = Counter(parameter.name for parameter, *_ in changes)
    values = [
        SwitchingValue(
            name=parameter.name,
            value=parameter.value,
            threshold=threshold,
            above=threshold > parameter.value,
            action=action,
            error=error,
            distance=abs(threshold - parameter.value) / parameter.scale,
            unit=parameter.unit,
            clause=clause(parameter, threshold > parameter.value, threshold, decision)
            + _give_or_take(parameter, error),
            one_sided=counts[parameter.name] == 1,
        )
        for parameter, inner, outer, action in changes
        for threshold, error in [(0.5 * (inner + outer), 0.5 * abs(outer - inner))]
    ]
    return SwitchingValues(
        action=assessment.action,
        values=tuple(sorted(values, key=lambda value: value.distance)),
        insensitive=tuple(
            item.name
            for item in parameters
            if item.name not in counts and item.name not in left_out
        ),
        hard_stops=assessment.hard_stops,
        parts=fewest,
        left_out=tuple(item.name for item in parameters if item.name in left_out),
    )


def _give_or_take(parameter: Parameter, error: float) -> str:
    """How far off a threshold may be, in words; nothing where that is little.

    A two-hundredth of the plausible range is little, because nobody knows the number
    itself as well as that.

    Args:
        parameter: The number.
        error: In its unit.
    """
    if error <= _ROUGH * (parameter.high - parameter.low):
        return ""
    return f", give or take {quantity(error, parameter.unit).removeprefix('+')}"
