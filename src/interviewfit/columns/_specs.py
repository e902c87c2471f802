"""What a column may be called, where its numbers go, and what they may be.

The names are those of ``inventory``. An aspect's mean may go by its aspect's name.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.parameters import (
    PARAMETERS,
    Path,
    RangeRule,
    locate,
    name_at,
)
from interviewfit._model.priors import ASPECTS, PRIORS
from interviewfit._model.stages import MOST_STAGES
from interviewfit._model.vocabulary import Sign, Term

__all__ = [
    "CATEGORIES",
    "FLAGS",
    "ColumnSpec",
    "column_spec",
    "column_table",
    "is_known_column",
    "suggest_column",
]

FLAGS = ("via_recruiter", "knows_someone", "unresearched")
"""Columns of yes or no, beside one for each sign and each tag."""

CATEGORIES = ("process", "phase", "stage", "company", "field")
"""Columns that say which process it is, and where it stands."""

# The rows of the registry that a table of columns lists one by one.
_OF_OPPORTUNITY, _OF_CANDIDATE = (
    [
        name
        for name, spec in PARAMETERS.items()
        if spec.record == record and "<" not in name
    ]
    for record in ("opportunity", "candidate")
)
_OF_STAGE = [
    name
    for name, spec in PARAMETERS.items()
    if name.startswith("stages[")
    and "<aspect>" not in name
    and spec.range_rule is not RangeRule.NONE
]


@frozen
class ColumnSpec:
    """Where a column of numbers goes, and what it may hold.

    Attributes:
        path: Part of a decision, field, and so on, as in ``inputs``.
        low: The least it may hold.
        high: The most.
        unit: Of both.
        optional: Whether NaN may say that it is not known.
    """

    path: Path
    low: float
    high: float
    unit: str
    optional: bool

    @cached_property
    def name(self) -> str:
        """The one name of what goes there, ``"pay.mean"`` for a column ``"pay"``."""
        return name_at(self.path)


def column_spec(name: str, candidate: Candidate) -> ColumnSpec | None:
    """The row of the registry for a column of numbers; None if it is not one.

    Args:
        name: Of the column, such as ``"pay.mean"``, ``"pay"`` or ``"stages[1].hours"``.
        candidate: Whose own aspects are known besides the usual ones.

    >>> column_spec("stages[1].hours", Candidate()).path
    ('opportunity', 'stages', 1, 'hours')
    """
    aspects = (*ASPECTS, *candidate.priorities)
    belief = name in aspects and name not in _OF_OPPORTUNITY
    found = locate(f"{name}.mean" if belief else name, aspects)
    if found is None:
        return None
    spec, path = found
    beyond = path[1] == "stages" and int(path[2]) >= MOST_STAGES
    if beyond or spec.range_rule is RangeRule.NONE:
        return None
    return ColumnSpec(path, spec.low, spec.high, spec.unit, spec.may_be_unknown)


def is_known_column(name: str, candidate: Candidate) -> bool:
    """Whether a column of that name is read by ``score``.

    >>> is_known_column("pay.mean", Candidate()), is_known_column("salary", Candidate())
    (True, False)
    """
    first, _, rest = name.partition(".")
    return (
        name in ("name", *CATEGORIES, *FLAGS)
        or (first == "signs" and rest in list(Sign))
        or (first == "tags" and bool(rest))
        or column_spec(name, candidate) is not None
    )


def suggest_column(name: str, candidate: Candidate) -> str:
    """The name of ours that one that is not seems meant to be, or nothing.

    >>> (
    ...     suggest_column("cutlure.mean", Candidate()),
    ...     suggest_column("salary", Candidate()),
    ... )
    ('culture.mean', '')
    """
    aspects = (*ASPECTS, *candidate.priorities)
    # Of every stage one stands for all, and is renamed.
    number = re.match(r"stages\[(\d+)\]", name)
    stage = number[0] if number else "stages[0]"
    known = [
        *CATEGORIES,
        *FLAGS,
        *_OF_OPPORTUNITY,
        *_OF_CANDIDATE,
        *(f"{one}.mean" for one in aspects),
        *(f"{one}.sd" for one in aspects),
        *(f"priorities.{one}" for one in aspects),
        *(f"weights.{one}" for one in Term),
        *(f"signs.{one}" for one in Sign),
        *(one.replace("stages[<number>]", stage) for one in _OF_STAGE),
        *PRIORS,
    ]
    near = get_close_matches(name[:60], known, n=1, cutoff=0.8)
    return near[0] if near else ""


def column_table() -> str:
    """All columns as a Markdown table."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| column | holds | unit, range | where it is not known |"
    yield "|---|---|---|---|"
    yield "| `process` | name of a template; needed | text | refused |"
    yield "| `phase` | where it stands; *before* if left out | text | refused |"
    yield "| `stage` | at which stage, from 0; 0 if left out | whole number | refused |"
    for name in FLAGS:
        yield f"| `{name}` | as in `Opportunity` | true, false | false |"
    yield "| `signs.bad_reviews`, any sign | whether it was seen | true, false | no |"
    yield "| `tags.meat`, any tag | against dealbreakers | true, false | no |"
    yield "| `company`, `field` | for lessons learned elsewhere | text | of nobody |"
    wide = "the aspect keeps its wide belief, and counts as unknown"
    yield f"| `<aspect>.mean` or `<aspect>` | belief | % of pay | {wide} |"
    yield "| `<aspect>.sd` | its spread, as stated | % of pay, from 0 | wide |"
    for name in _OF_OPPORTUNITY:
        yield f"| `{name}` | as in `Opportunity` | {_span(name)} | its prior |"
    usual = "as usual for its stage"
    for name in (*_OF_STAGE, "stages[<number>].reveals.<aspect>"):
        column = name.replace("<number>", "0")
        yield f"| `{column}`, any stage | as in `Stage` | {_span(name)} | {usual} |"
    for name in (*_OF_CANDIDATE, "priorities.<aspect>", "weights.<term>"):
        yield f"| `{name}` | as in `Candidate` | {_span(name)} | refused |"
    yield "| `horizon_years`, any prior | takes its place | as the prior | refused |"
    yield "| `name` | for the reader; not looked at | anything | – |"


def _span(name: str) -> str:
    """The unit and bounds of a row of the registry, in words."""
    spec = PARAMETERS[name]
    if spec.high == 1.0:
        return f"{spec.unit}, 0 to 1"
    return spec.unit if spec.low < 0.0 else f"{spec.unit}, from 0"
