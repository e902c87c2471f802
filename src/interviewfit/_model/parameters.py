"""The registry: one row of ``data/numbers.csv`` for every number of a decision.

A row says what a number is called, its unit and bounds, which record states it, how its
plausible range is found, whether a table may leave it unknown, what it is in words, and
its default: value, range, kind and source. Checks, ``list_inputs``, columns, sentences
and documented tables all read these rows.

A name with ``<aspect>``, ``<term>`` or ``<number>`` in it is a family of numbers, such
as ``<aspect>.mean`` for ``pay.mean``.

Kinds of defaults: *measured*, somebody measured it; *derived*, computed from a measured
number; *judgement*, this is our guess, beside what is known. Grades of a
source: A peer-reviewed or official, B large vendor data, C vendor survey, D folklore;
"-" for a judgement.
"""

import csv
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from interviewfit._model.frozen_dict import FrozenDict
from interviewfit._model.package_data import package_text
from interviewfit._model.units import Between
from interviewfit._model.vocabulary import ASPECTS, Term

Path: TypeAlias = tuple[str | int, ...]
"""Where a number stands in a ``Decision``: record, field, then keys and indices."""

STAGE_NUMBERS = (
    *("hours", "preparation", "pass_rate"),
    *("surfaces", "reshape_chance", "practice"),
)
"""The numbers of a stage that have a default for every kind of stage."""

COMPANY_ASPECTS = frozenset({"culture", "stability", "benefits", "commute"})
"""Aspects that another role at the same firm would share; the others go with it."""


class RangeRule(StrEnum):
    """How the plausible range of a number is found."""

    PRIOR = "that of its prior, widened to hold the value"
    BELIEF = "three standard deviations of the belief, as it is used, either way"
    READING = "three standard deviations of the reading's error either way"
    SIZE = "a quarter of the value to two and a half times it"
    CHANCE = "half-way to 0 and half-way to 1"
    WEIGHT = "0 to 5, or to twice the value if that is more"
    SHIFT = "30 percent of pay either way"
    NONE = "it changes no value"


@frozen
class Prior:
    """One default number.

    Attributes:
        value: What is used where nothing else is said.
        low: Lower end of the range that robustness draws from.
        high: Its upper end.
        unit: Of the three numbers.
        kind: ``measured``, ``derived`` or ``judgement``.
        grade: Of the source, A to D, or "-".
        source: Where it comes from.
        year: Of the source.
        population: Whom it describes.
    """

    value: float
    low: float
    high: float
    unit: str
    kind: str
    grade: str
    source: str
    year: int = 2026
    population: str = "-"


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
        used_for: What reads it: a decision, a log, a posting, choices between jobs,
            hours of preparation, dates, or what is said of a refusal (*news*).
        label: What it is in words, with blanks such as ``{aspect}`` and ``{stage}``.
        verb: How a sentence compares it: "is" above, "takes" more than ...
        prior: Its default, if it has one.
    """

    name: str
    unit: str
    low: float
    high: float
    record: str
    range_rule: RangeRule
    may_be_unknown: bool
    used_for: str
    label: str
    verb: str
    prior: Prior | None

    @property
    def remedy(self) -> str:
        """What a number beyond the bounds probably is, and how to write it."""
        keys = (self.name, self.verb, self.unit)
        return next((_REMEDIES[key] for key in keys if key in _REMEDIES), "")


_REMEDIES = {
    "fallback": "It is in percent of your present pay: 5 for 5 % more, -20 for 52,000 "
    "instead of 65,000.",
    "signals[<number>].noise": "Write how far off it may be, such as 3. For what is "
    "certain, state a belief with an sd of 0.",
    "signals[<number>].factor": "Write 2 if the clue is twice as likely where the "
    "event holds, 0.5 if half as likely.",
    "% of pay": "It is in percent of pay: 8 is 8 %. Money goes into "
    "Opportunity(pay=Money(...)) and Candidate(salary=Money(...)).",
    "counts": "It is a factor: 1 is as stated, 2 counts twice as much, 0 not at all.",
    "h": "It is in hours.",
    "days": "It is in days.",
    "years": "It is a number of years.",
}
"""What to say of a number beyond its bounds, by its name, its verb or its unit."""


def _spec(row: Mapping[str, str]) -> ParameterSpec:
    """One row of the registry, from the texts of its cells."""
    prior = None
    if row["value"]:
        value, low, high = (float(row[name]) for name in ("value", "low", "high"))
        unit, kind, grade, source, population = (
            row[name] for name in ("unit", "kind", "grade", "source", "population")
        )
        year = int(row["year"])
        prior = Prior(value, low, high, unit, kind, grade, source, year, population)
    return ParameterSpec(
        name=row["name"],
        unit=row["unit"],
        low=float(row["minimum"]),
        high=float(row["maximum"]),
        record=row["record"],
        range_rule=RangeRule[row["range_rule"].upper()],
        may_be_unknown=row["may_be_unknown"] == "yes",
        used_for=row["used_for"],
        label=row["label"],
        verb=row["verb"],
        prior=prior,
    )


def _read_rows() -> dict[str, ParameterSpec]:
    rows = csv.DictReader(package_text("numbers.csv").splitlines())
    return {row["name"]: _spec(row) for row in rows}


PARAMETERS: Mapping[str, ParameterSpec] = _read_rows()
"""Every row by its name, or by the pattern of its family."""

PRIORS: Mapping[str, Prior] = FrozenDict(
    {name: spec.prior for name, spec in PARAMETERS.items() if spec.prior}
)
"""Every default number by its name; each can be replaced through ``Assumptions``."""


def prior_table() -> str:
    """All priors as a Markdown table, one line each."""
    lines = [
        "| name | value | range | unit | kind | grade | source | year | population |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines.extend(
        f"| `{name}` | {prior.value:g} | {prior.low:g} to {prior.high:g} "
        f"| {prior.unit} | {prior.kind} | {prior.grade} | {prior.source} "
        f"| {prior.year} | {prior.population} |"
        for name, prior in PRIORS.items()
    )
    return "\n".join(lines) + "\n"


def bounds(name: str) -> Between:
    """The check that a number lies within the bounds of its row.

    Raises:
        KeyError: If there is no such row.
    """
    spec = PARAMETERS[name]
    return Between(spec.low, spec.high, spec.remedy)


def spec_at(path: Path) -> ParameterSpec:
    """The row of the number at a path: record, field, then keys and indices.

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
        case (_, "stages", _, number) | ("beside", _, "stages", _, number):
            name = f"stages[<number>].{number}"
        case (_, "signals" | "learned", _, number):
            name = f"signals[<number>].{number}"
        case _:
            name = str(path[-1])
    return PARAMETERS[name]


def name_at(path: Path) -> str:
    """The name of the number at a path: record, field, then keys and indices.

    >>> name_at(("opportunity", "beliefs", "dept. size", "mean"))
    '"dept. size".mean'
    """
    match path:
        case (_, "beliefs", aspect, number):
            return f"{quoted(str(aspect))}.{number}"
        case (_, "priorities" | "weights", member):
            return f"{path[1]}.{quoted(str(member))}"
        case (_, "stages", number, "reveals", aspect):
            return f"stages[{number}].reveals.{quoted(str(aspect))}"
        case (_, "stages" | "signals" | "learned", number, name):
            return f"{path[1]}[{number}].{name}"
        case ("beside", index, "stages", number, name):
            return f"beside[{index}].stages[{number}].{name}"
        case _:
            return str(path[-1])


def locate(name: str, aspects: Collection[str]) -> tuple[ParameterSpec, Path] | None:
    """The row of a number and its path in a decision, by its name.

    Args:
        name: Such as ``"pay.mean"``, ``"stages[1].hours"`` or ``"horizon_years"``.
        aspects: The aspects there are; a belief, priority or share of another is
            unknown.

    Returns:
        None if it is the name of no number; the numbers of signals are not looked for.

    >>> locate("stages[1].hours", ASPECTS)[1]
    ('opportunity', 'stages', 1, 'hours')
    """
    path: Path = ()
    head, _, last = name.rpartition(".")
    stage = re.fullmatch(r"stages\[(\d{1,2})\]\.(reveals\.)?(.+)", name)
    if head in aspects and last in ("mean", "sd"):
        path = ("opportunity", "beliefs", head, last)
    elif stage and stage[2]:
        if stage[3] in aspects:
            path = ("opportunity", "stages", int(stage[1]), "reveals", stage[3])
    elif stage:
        if f"stages[<number>].{stage[3]}" in PARAMETERS:
            path = ("opportunity", "stages", int(stage[1]), stage[3])
    elif name.startswith("priorities.") and name.partition(".")[2] in aspects:
        path = ("candidate", "priorities", name.partition(".")[2])
    elif name.startswith("weights.") and last in tuple(Term):
        path = ("candidate", "weights", last)
    elif name in PARAMETERS and "<" not in name:
        record = PARAMETERS[name].record
        path = (record, name)
        if record == "assumptions":
            path = (record, "numbers", name)
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
    if not ambiguous:
        return aspect
    # Imported where a name needs quotes, which few do.
    import json

    return json.dumps(aspect, ensure_ascii=False)
