"""The registry: one row for every number of a decision.

A row says what a number is called, its unit and bounds, where it stands in the records,
how its plausible range is found, whether a table may leave it unknown, and what it is in
words. The checks of the records, ``list_inputs``, the columns of ``score``, the sentences
and the documented tables all read these rows, so that nothing is written twice. Values,
ranges and sources of the defaults are the rows of ``prior_table``.

A name with ``<aspect>``, ``<term>`` or ``<number>`` in it is a family of numbers, such as
``<aspect>.mean`` for ``pay.mean`` and ``stages[<number>].hours`` for ``stages[1].hours``.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from interviewfit._model.prior_table import PRIORS
from interviewfit._model.units import LARGEST, LEAST_FACTOR, LEAST_NOISE, Between
from interviewfit._model.vocabulary import ASPECTS, StageKind, Term

__all__ = [
    "PARAMETERS",
    "STAGE_NUMBERS",
    "ParameterSpec",
    "Path",
    "RangeRule",
    "bounds",
    "locate",
    "name_at",
    "quoted",
    "spec_at",
]

Path: TypeAlias = tuple[str | int, ...]
"""Where a number stands in a ``Decision``: record, field, then keys and indices."""

STAGE_NUMBERS = (
    "hours",
    "preparation",
    "pass_rate",
    "surfaces",
    "reshape_chance",
    "practice",
)
"""The numbers of a stage that have a default for every kind of stage."""


class RangeRule(StrEnum):
    """How the plausible range of a number is found."""

    PRIOR = "that of its prior, widened to hold the value"
    BELIEF = "three standard deviations of the belief, as it is used, either way"
    READING = "three standard deviations of the reading's error either way"
    SIZE = "a quarter of the value to two and a half times it"
    WEIGHT = "0 to 5, or to twice the value if that is more"
    SHIFT = "30 percent of pay either way"
    NONE = "it changes no value"


@frozen
class ParameterSpec:
    """One number of a decision, or one family of them.

    Attributes:
        name: Its name or, of a family, the pattern of names.
        unit: Of the number and of its bounds.
        low: The smallest value that is allowed.
        high: The largest.
        record: The record that states it: candidate, opportunity, or assumptions for a
            number that only its prior holds.
        range_rule: How its plausible range is found.
        may_be_unknown: Whether a row of a table may leave it open, so that its default
            is used for that row.
        label: What it is in words, with blanks such as ``{aspect}`` and ``{stage}``.
        verb: How a sentence compares it: "is" above, "takes" more than ...
    """

    name: str
    unit: str
    low: float
    high: float
    record: str
    range_rule: RangeRule
    may_be_unknown: bool
    label: str
    verb: str = "is"


_PERCENT, _SHARE, _AMOUNT = (-LARGEST, LARGEST), (0.0, 1.0), (0.0, LARGEST)
_JOB, _WHO = "opportunity", "candidate"

# fmt: off
_STATED = (
    ("<aspect>.mean", "% of pay", _PERCENT, _JOB, RangeRule.BELIEF, True,
     "the {aspect}", "is worth"),
    ("<aspect>.sd", "% of pay", _AMOUNT, _JOB, RangeRule.SIZE, True,
     "your uncertainty about the {aspect}", "is"),
    ("signals[<number>].value", "% of pay", _PERCENT, _JOB, RangeRule.READING, False,
     "what you saw of the {aspect}", "is"),
    ("signals[<number>].noise", "% of pay", (LEAST_NOISE, LARGEST), _JOB, RangeRule.SIZE,
     False, "how far off what you saw of the {aspect} may be", "is"),
    ("signals[<number>].unsettled", "% of pay", _AMOUNT, _JOB, RangeRule.SIZE, False,
     "how far news to come may move the {aspect}", "is"),
    ("signals[<number>].factor", "factor", (LEAST_FACTOR, LARGEST), _JOB, RangeRule.SIZE,
     False, "the clue on {event}", "is"),
    ("fallback", "% of pay", _PERCENT, _WHO, RangeRule.SHIFT, False,
     "what you would have otherwise", "is"),
    ("priorities.<aspect>", "factor", _AMOUNT, _WHO, RangeRule.WEIGHT, False,
     "the {aspect}", "counts"),
    ("weights.<term>", "factor", _AMOUNT, _WHO, RangeRule.WEIGHT, False,
     "{term}", "counts"),
    ("activity", "share", _SHARE, _WHO, RangeRule.PRIOR, False,
     "how actively you look", "is"),
    ("interviews_done", "interviews", _AMOUNT, _WHO, RangeRule.PRIOR, False,
     "the number of interviews behind you", "is"),
    ("interviews_ahead", "processes", _AMOUNT, _WHO, RangeRule.PRIOR, False,
     "the number of other processes ahead", "is"),
    ("worth_ahead", "h", _AMOUNT, _WHO, RangeRule.PRIOR, False,
     "each process ahead", "is worth"),
    ("relevance", "share", _SHARE, _JOB, RangeRule.PRIOR, True,
     "how much the people there matter to your field", "is"),
    ("hidden_role", "chance", _SHARE, _JOB, RangeRule.PRIOR, True,
     "the chance that another opening there would suit", "is"),
    ("stays_open", "chance", _SHARE, _JOB, RangeRule.PRIOR, True,
     "the chance that the invitation waits", "is"),
    ("stages[<number>].hours", "h", _AMOUNT, _JOB, RangeRule.PRIOR, True,
     "the {stage} itself", "takes"),
    ("stages[<number>].preparation", "h", _AMOUNT, _JOB, RangeRule.PRIOR, True,
     "preparing for the {stage}", "takes"),
    ("stages[<number>].pass_rate", "chance", _SHARE, _JOB, RangeRule.PRIOR, True,
     "the chance to be passed on after the {stage}", "is"),
    ("stages[<number>].practice", "interviews", _AMOUNT, _JOB, RangeRule.PRIOR, True,
     "what the {stage} counts as practice", "is"),
    ("stages[<number>].surfaces", "chance", _SHARE, _JOB, RangeRule.PRIOR, True,
     "the chance that the {stage} brings up another opening", "is"),
    ("stages[<number>].reshape_chance", "chance", _SHARE, _JOB, RangeRule.PRIOR, True,
     "the chance that the {stage} changes the job to suit you", "is"),
    ("stages[<number>].reshape_gain", "% of pay", _AMOUNT, _JOB, RangeRule.PRIOR, True,
     "a job changed to suit you in the {stage}", "is worth"),
    ("stages[<number>].reveals.<aspect>", "share", _SHARE, _JOB, RangeRule.SIZE, True,
     "what the {stage} shows of {aspect}", "is"),
    ("stages[<number>].days", "days", _AMOUNT, _JOB, RangeRule.NONE, False,
     "the days until the {stage} is over", "is"),
)

# Numbers that only a prior holds. Those of a kind of stage read as those of a stage do.
_ASSUMED: Mapping[str, str] = {
    "hours_per_year": "a year's hours of work",
    "horizon_years": "how far you look ahead",
    "overconfidence": "how much too narrow your own estimates are",
    "unknown_mean": "an aspect nobody has told you of",
    "other_spread": "the uncertainty about an aspect of your own",
    "contact": "a contact with a manager",
    "contact_helps": "the chance that a person met knows of an opening",
    "influence": "a contact with {person} against a manager",
    "practice_gain": "what a full interview adds to the odds of the next",
    "practice_decay": "what an interview leaves for the next one to teach",
    "practice_sensitivity": "what better odds in every round add to an offer's chance",
    "hidden_offer": "the chance that such an opening becomes an offer",
    "bail_chance": "the chance that walking out does harm",
    "bail_harm": "the harm a manager can do if you walk out",
    "bail_practice": "the share of practice kept on walking out",
    "refusal": "what turning down the recruiter costs",
    "referral": "what naming somebody better suited earns",
    "courtesy": "what an interviewer's hour counts",
    "first_half": "the share of a stage that is over by its middle",
    "research_saves": "the share of desk research that need not be repeated",
    "asking": "the message to ask for a later date",
    "reshape_gain": "a job changed to suit you",
    "sign_strength": "the strength of the signs you saw",
    "spread": "the usual uncertainty about the {aspect}",
    "hours_per_day": "a full working day",
    "pay_slack": "how far an offer strays from the pay that was posted",
    "loose_pay": "how far pay strays from one end of a range or from an estimate",
    "absurd_pay": "the factor beyond which pay is read as of another interval",
    "pass_strength": "the number of stages that a default pass rate counts for",
    "learning_floor": "the number of answers below which a log moves no default",
    "application": "the chance that an application leads to a first screen",
    "contact.pass_rate": "the chance that a message from a firm leads to a call",
}
# fmt: on

# What a unit alone does not bound.
_BOUNDS: Mapping[str, tuple[float, float]] = {
    # At 0 every stated belief would be certain, however wide.
    "overconfidence": (0.01, LARGEST),
    # Beyond this a sign would say more than a reading can.
    "sign_strength": (0.0, 5.0),
    "unknown_mean": _PERCENT,
}
_VERBS = {"contact": "is worth", "unknown_mean": "is worth", "reshape_gain": "is worth"}


def _rows() -> Iterator[ParameterSpec]:
    """Every row: numbers that somebody states first, then those only a prior holds."""
    stated: dict[str, ParameterSpec] = {}
    for name, unit, (low, high), record, rule, unknown, label, verb in _STATED:
        stated[name] = ParameterSpec(
            name, unit, low, high, record, rule, unknown, label, verb
        )
    yield from stated.values()
    for name, prior in PRIORS.items():
        if name in stated:
            continue
        family, _, rest = name.partition(".")
        verb = _VERBS.get(name, "is")
        if family in tuple(StageKind):
            pattern = rest if not rest.startswith("reveals.") else "reveals.<aspect>"
            alike = stated[f"stages[<number>].{pattern}"]
            label, verb = alike.label, alike.verb
        else:
            label = _ASSUMED[name if name in _ASSUMED else family]
        usual = _SHARE if prior.unit in ("chance", "share") else _AMOUNT
        low, high = _BOUNDS.get(name, usual)
        yield ParameterSpec(
            name,
            prior.unit,
            low,
            high,
            "assumptions",
            RangeRule.PRIOR,
            False,
            label,
            verb,
        )


PARAMETERS: Mapping[str, ParameterSpec] = {row.name: row for row in _rows()}
"""Every row by its name, or by the pattern of its family."""


def bounds(name: str) -> Between:
    """The check that a number lies within the bounds of its row.

    Args:
        name: Of the row, such as ``"stages[<number>].hours"`` or ``"contact"``.

    Raises:
        KeyError: If there is no such row.
    """
    return Between(PARAMETERS[name].low, PARAMETERS[name].high)


def spec_at(path: Path) -> ParameterSpec:
    """The row of the number at a path of a decision.

    Args:
        path: Record, field, then keys and indices, such as ``("candidate", "fallback")``.

    Raises:
        KeyError: If no number stands there.

    >>> spec_at(("opportunity", "stages", 1, "hours")).unit
    'h'
    """
    match path:
        case (_, "beliefs", _, number):
            name = f"<aspect>.{number}"
        case (_, "priorities", _):
            name = "priorities.<aspect>"
        case (_, "weights", _):
            name = "weights.<term>"
        case (_, "stages", _, "reveals", _):
            name = "stages[<number>].reveals.<aspect>"
        case (_, "stages", _, number):
            name = f"stages[<number>].{number}"
        case (_, "signals" | "learned", _, number):
            name = f"signals[<number>].{number}"
        case _:
            name = str(path[-1])
    return PARAMETERS[name]


def name_at(path: Path) -> str:
    """The name of the number at a path of a decision.

    Args:
        path: Record, field, then keys and indices.

    >>> name_at(("opportunity", "beliefs", "dept. size", "mean"))
    '"dept. size".mean'
    """
    match path:
        case (_, "beliefs", aspect, number):
            return f"{quoted(str(aspect))}.{number}"
        case (_, "priorities", aspect):
            return f"priorities.{quoted(str(aspect))}"
        case (_, "weights", term):
            return f"weights.{term}"
        case (_, "stages", number, "reveals", aspect):
            return f"stages[{number}].reveals.{quoted(str(aspect))}"
        case (_, "stages" | "signals" | "learned", number, name):
            return f"{path[1]}[{number}].{name}"
        case _:
            return str(path[-1])


def locate(name: str, aspects: Collection[str]) -> tuple[ParameterSpec, Path] | None:
    """The row of a number and its path in a decision, by its name.

    Args:
        name: Such as ``"pay.mean"``, ``"stages[1].hours"`` or ``"horizon_years"``.
        aspects: The aspects there are; a belief, priority or share of another is unknown.

    Returns:
        None if it is the name of no number. Signals are not looked for: their numbers
        exist only where there are signals.

    >>> locate("stages[1].hours", ASPECTS)[1]
    ('opportunity', 'stages', 1, 'hours')
    """
    path: Path = ()
    head, _, last = name.rpartition(".")
    stage = re.fullmatch(r"stages\[(\d{1,2})\]\.(reveals\.)?(.+)", name)
    if head in aspects and last in ("mean", "sd"):
        path = (_JOB, "beliefs", head, last)
    elif stage and stage[2]:
        known = stage[3] in aspects
        path = (_JOB, "stages", int(stage[1]), "reveals", stage[3]) if known else ()
    elif stage:
        known = f"stages[<number>].{stage[3]}" in PARAMETERS
        path = (_JOB, "stages", int(stage[1]), stage[3]) if known else ()
    elif name.startswith("priorities.") and name.partition(".")[2] in aspects:
        path = (_WHO, "priorities", name.partition(".")[2])
    elif name.startswith("weights.") and last in tuple(Term):
        path = (_WHO, "weights", last)
    elif name in PARAMETERS and "<" not in name:
        record = PARAMETERS[name].record
        own = record != "assumptions"
        path = (record, name) if own else (record, "numbers", name)
    return (spec_at(path), path) if path else None


@lru_cache(maxsize=1_000)
def quoted(aspect: str) -> str:
    """An aspect as part of a name: in quotes if it could be read as several parts.

    >>> quoted("pay"), quoted("dept. size")
    ('pay', '"dept. size"')
    """
    if aspect in ASPECTS:
        return aspect
    ambiguous = aspect == "priorities" or any(mark in aspect for mark in '.[]"')
    return json.dumps(aspect, ensure_ascii=False) if ambiguous else aspect
