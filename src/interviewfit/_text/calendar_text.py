"""The rule up to a date in a sentence or two."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf, isfinite

from interviewfit._model.vocabulary import Action, Phase
from interviewfit._results.assessment import Verdict
from interviewfit._results.calendar import DatedStage, DeadlineRule, WeeklyLimit
from interviewfit._text.amounts import percent_of
from interviewfit._text.labels import stage_name

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_MOST_CHANGES = 5
# A limit further off than this, percent of pay, says always or never.
_SENSIBLE = 300.0


def day_name(on: date) -> str:
    """A day as a sentence calls it.

    >>> day_name(date(2026, 12, 4))
    'Fri 4 Dec'
    """
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def date_name(on: date) -> str:
    """A date as a sentence calls it, with its year.

    >>> date_name(date(2026, 11, 30))
    '30 November 2026'
    """
    return f"{on.day} {_LONG_MONTHS[on.month - 1]} {on.year}"


def rule_text(rule: DeadlineRule) -> str:
    """What to do up to a date, and what decides on it.

    >>> from interviewfit._results.calendar import LapseLimit
    >>> stage = DatedStage(
    ...     on=date(2026, 12, 3), opportunity="Orchard", stage="panel", above=-90.0
    ... )
    >>> limit = LapseLimit(opportunity="Orchard", above=6.2)
    >>> print(rule_text(DeadlineRule(
    ...     on=date(2026, 12, 4), offers=("Kestrel",), stages=(stage,),
    ...     limits=(limit,), rest_value=30.0, value=70.0,
    ... )))
    Go to the panel of Orchard on Thu 3 Dec if you still believe in a fit above -90 %. \
If you then believe in a fit above +6 % for Orchard, let Kestrel lapse; else accept it \
on Fri 4 Dec.
    """
    return " ".join(_sentences(rule))


def _sentences(rule: DeadlineRule) -> Iterator[str]:
    for stage in rule.stages:
        yield _going(stage)
    if not rule.offers:
        yield f"Decide again on {day_name(rule.on)}, when your outside option changes."
        return
    offers = " and ".join(rule.offers)
    limits = [
        f"above {percent_of(limit.above)} for {limit.opportunity}"
        for limit in rule.limits
        if isfinite(limit.above) and abs(limit.above) <= _SENSIBLE
    ]
    them = "it" if len(rule.offers) == 1 else "the better"
    if not limits:
        if rule.value > rule.rest_value:
            yield (
                f"Nothing that comes until {day_name(rule.on)} is likely to change "
                f"that: without more time, accept {offers} by then."
            )
        else:
            yield f"Decide about {offers} by {day_name(rule.on)}."
        return
    alone = ", all others as now," if len(rule.limits) > 1 else ","
    yield (
        f"If you then believe in a fit {' or '.join(limits)}{alone} let {offers} "
        f"lapse; else accept {them} on {day_name(rule.on)}."
    )


def _going(stage: DatedStage) -> str:
    """That one goes to a stage on its day, and from which fit on."""
    condition = ""
    if isfinite(stage.above) and abs(stage.above) <= _SENSIBLE:
        condition = f" if you still believe in a fit above {percent_of(stage.above)}"
    where = f"{stage_name(stage.stage)} of {stage.opportunity}"
    return f"Go to the {where} on {day_name(stage.on)}{condition}."


def weekly_lines(limits: Sequence[WeeklyLimit]) -> Iterator[str]:
    """Yield how limits move with the weeks: of offers, and of each next stage.

    A limit that stays, or that says always or never in every week, is left out.

    >>> limits = [
    ...     WeeklyLimit(on=date(2026, 12, day), above=above)
    ...     for day, above in ((7, 17.2), (14, 4.1), (21, 4.4))
    ... ]
    >>> print(*weekly_lines(limits))
    In the week of 7 December accept an offer from +17 % on, from the week of 14 \
December from +4 % on.
    """
    first_stages: dict[str, str] = {}
    by_name: dict[str, list[WeeklyLimit]] = {}
    for limit in limits:
        stage = first_stages.setdefault(limit.opportunity, limit.stage)
        if stage == limit.stage:
            by_name.setdefault(limit.opportunity, []).append(limit)
    for name, weeks in by_name.items():
        changes = list[WeeklyLimit]()
        for limit in weeks:
            if not changes or _shown(limit) != _shown(changes[-1]):
                changes.append(limit)
        if len(changes) < 2:
            continue
        verb, words = "accept an offer", [f"from {_shown(item)}" for item in changes]
        if name:
            verb = f"go to the {stage_name(first_stages[name])} of {name}"
            sure = {-inf: "in any case", inf: "in no case"}
            words = [sure.get(item.above, f"above {_shown(item)}") for item in changes]
        ends = " on" if not name else ""
        parts = [f"In the week of {_week(changes[0].on)} {verb} {words[0]}{ends}"]
        parts += [
            f"from the week of {_week(item.on)} {word}{ends}"
            for item, word in zip(changes[1:], words[1:], strict=True)
        ]
        shown = parts[:_MOST_CHANGES]
        yield f"{', '.join(shown)}{' and so on' if len(parts) > len(shown) else ''}."


def _shown(limit: WeeklyLimit) -> str:
    return percent_of(limit.above) if isfinite(limit.above) else str(limit.above)


def _week(on: date) -> str:
    """A day with the name of its month written out."""
    return f"{on.day} {_LONG_MONTHS[on.month - 1]}"


def kept_words(verdict: Verdict) -> str:
    """That an offer is kept open until its day; empty for any other advice."""
    is_kept = verdict.action is Action.POSTPONE and verdict.phase is Phase.OFFERED
    if not is_kept or verdict.rule is None:
        return ""
    return f"keep the offer open until {day_name(verdict.rule.on)}"
