"""What a column may be called, where its numbers go, and what they may be.

The names are those of ``inventory``. An aspect's mean may go by its aspect's name.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

from attrs import frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.fields import LARGEST
from interviewfit._model.priors import ASPECTS, PRIORS, Assumptions
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

_PERCENT, _CHANCE, _AMOUNT = (-LARGEST, LARGEST), (0.0, 1.0), (0.0, LARGEST)
# Of the opportunity: what is not known keeps its prior.
_JOB = ("relevance", "hidden_role", "stays_open")
# Of the candidate, who knows.
_OWN = {
    "fallback": (*_PERCENT, "% of pay"),
    "activity": (*_CHANCE, "share"),
    "interviews_done": (*_AMOUNT, "interviews"),
    "interviews_ahead": (*_AMOUNT, "processes"),
    "worth_ahead": (*_AMOUNT, "h"),
}
_ROUND = {
    "hours": (*_AMOUNT, "h"),
    "preparation": (*_AMOUNT, "h"),
    "pass_rate": (*_CHANCE, "chance"),
    "surfaces": (*_CHANCE, "chance"),
    "reshape_chance": (*_CHANCE, "chance"),
    "reshape_gain": (*_AMOUNT, "% of pay"),
    "practice": (*_AMOUNT, "interviews"),
}
_STAGE = re.compile(r"stages\[(\d{1,2})\]\.(reveals\.)?(.+)")


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

    path: tuple[str | int, ...]
    low: float
    high: float
    unit: str
    optional: bool

    @cached_property
    def name(self) -> str:
        """The one name of what goes there, ``"pay.mean"`` for a column ``"pay"``."""
        part, field, *rest = self.path
        if field == "beliefs":
            return ".".join(map(str, rest))
        if part == "assumptions":
            return str(rest[0])
        if field == "stages":
            return f"stages[{rest[0]}].{'.'.join(map(str, rest[1:]))}"
        return ".".join(map(str, (field, *rest)))


def column_spec(name: str, candidate: Candidate) -> ColumnSpec | None:
    """The place of a number, by its name; None if it is not the name of one.

    >>> column_spec("stages[1].hours", Candidate()).path
    ('opportunity', 'stages', 1, 'hours')
    """
    aspects = (*ASPECTS, *candidate.priorities)
    found = _of_job(name, aspects) or _of_candidate(name, aspects)
    if found is None and name in PRIORS:
        bounds, unit = Assumptions.allowed(name), PRIORS[name].unit
        found = ColumnSpec(("assumptions", "numbers", name), *bounds, unit, False)
    return found


def _of_job(name: str, aspects: tuple[str, ...]) -> ColumnSpec | None:
    if name in _JOB:
        return ColumnSpec(("opportunity", name), *_CHANCE, "chance", True)
    aspect, _, what = name.rpartition(".")
    if name in aspects:
        aspect, what = name, "mean"
    if aspect in aspects and what in ("mean", "sd"):
        bounds = _PERCENT if what == "mean" else _AMOUNT
        path = ("opportunity", "beliefs", aspect, what)
        return ColumnSpec(path, *bounds, "% of pay", True)
    stage = _STAGE.fullmatch(name)
    if stage and int(stage[1]) < MOST_STAGES:
        here = ("opportunity", "stages", int(stage[1]))
        if stage[2] and stage[3] in aspects:
            return ColumnSpec((*here, "reveals", stage[3]), *_CHANCE, "share", True)
        if not stage[2] and stage[3] in _ROUND:
            return ColumnSpec((*here, stage[3]), *_ROUND[stage[3]], True)
    return None


def _of_candidate(name: str, aspects: tuple[str, ...]) -> ColumnSpec | None:
    if name in _OWN:
        return ColumnSpec(("candidate", name), *_OWN[name], False)
    first, _, rest = name.partition(".")
    known = {"priorities": aspects, "weights": tuple(Term)}.get(first, ())
    if rest in known:
        return ColumnSpec(("candidate", first, rest), *_AMOUNT, "factor", False)
    return None


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
        *_JOB,
        *_OWN,
        *(f"{one}.mean" for one in aspects),
        *(f"{one}.sd" for one in aspects),
        *(f"priorities.{one}" for one in aspects),
        *(f"weights.{one}" for one in Term),
        *(f"signs.{one}" for one in Sign),
        *(f"{stage}.{one}" for one in _ROUND),
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
    for name in _JOB:
        yield f"| `{name}` | as in `Opportunity` | chance, 0 to 1 | its prior |"
    usual = "as usual for its stage"
    for name, (low, high, unit) in _ROUND.items():
        span = _span(low, high, unit)
        yield f"| `stages[0].{name}`, any stage | as in `Stage` | {span} | {usual} |"
    name = "stages[0].reveals.<aspect>"
    yield f"| `{name}`, any stage | as in `Stage` | share, 0 to 1 | {usual} |"
    for name, (low, high, unit) in _OWN.items():
        yield f"| `{name}` | as in `Candidate` | {_span(low, high, unit)} | refused |"
    for name in ("priorities.<aspect>", "weights.<term>"):
        yield f"| `{name}` | as in `Candidate` | factor, from 0 | refused |"
    yield "| `horizon_years`, any prior | takes its place | as the prior | refused |"
    yield "| `name` | for the reader; not looked at | anything | – |"


def _span(low: float, high: float, unit: str) -> str:
    if high == 1.0:
        return f"{unit}, 0 to 1"
    return unit if low < 0.0 else f"{unit}, from 0"
