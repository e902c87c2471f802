"""What a column may be called, and what its numbers may be.

Columns of numbers bear the names of the registry of parameters (``_model.parameters``).
The mean of an aspect may go by the name of the aspect alone.
"""

import re
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from attrs import frozen

from interviewfit._model.aspect_names import SYNONYMS, correct_aspects
from interviewfit._model.domain import Candidate
from interviewfit._model.money import Money
from interviewfit._model.parameters import (
    PARAMETERS,
    ParameterSpec,
    Path,
    RangeRule,
    locate,
    name_at,
    spec_at,
)
from interviewfit._model.stages import MOST_STAGES
from interviewfit._model.vocabulary import ASPECTS, Sign, Term
from interviewfit._process.structure import OPPORTUNITY_NUMBERS

# A column whose name begins so is meant for us, whatever follows.
_PREFIXES = ("signs.", "stages[", "weights.", "priorities.")
_FACT = re.compile(r"signals\[(\d)\]\.(chance|if_so|if_not)")

FLAGS = ("via_recruiter", "knows_someone", "unresearched", "questions_asked")
"""Columns of true or false, beside one for each sign and each tag."""

CATEGORIES = ("process", "phase", "stage", "company", "field")
"""Columns that say which process it is, and where it stands."""

PAY_NUMBERS = ("pay.amount", "pay.low", "pay.high")
"""Columns of pay in money: an amount, or the ends of a range."""

PAY_WORDS = ("pay.currency", "pay.per")
"""Columns that say what the amounts are in."""

_STAGE_COUNTS = ("stage", "researched")
"""Columns that hold the number of a stage."""


@frozen
class ColumnSpec:
    """Which number of a decision a column sets, and what it may hold.

    Attributes:
        name: Of the number, such as ``"pay.mean"`` for a column ``"pay"``.
        path: Where the number stands in a decision.
        low, high: The least and the most it may be.
        optional: Whether NaN may say that it is not known.
    """

    name: str
    path: Path
    low: float
    high: float
    optional: bool

    @property
    def is_mean(self) -> bool:
        """Whether the number is the mean of an aspect."""
        return self.path[1] == "beliefs" and self.path[-1] == "mean"

    def remedy(self, salary: Money | None) -> str:
        """What a number beyond the bounds probably is, and how to write it.

        Args:
            salary: The candidate's, if it is stated.
        """
        if not self.is_mean:
            return spec_at(self.path).remedy
        amount, unit = "salary", "in the same currency, for the same time"
        if salary is not None:
            amount = f"{salary.amount:,.10g}"
            unit = f"in {salary.currency} per {salary.per.value}"
        return (
            f"It is in percent of pay. Of pay {unit}, write 100 * (pay / {amount} - 1)."
        )


def column_spec(name: str, candidate: Candidate) -> ColumnSpec | None:
    """The number that a column of this name sets; None if it is not the name of one.

    Args:
        name: Of a column.
        candidate: Whose own aspects may be named.
    """
    if fact := _FACT.fullmatch(name):
        path: Path = ("opportunity", "signals", int(fact[1]), fact[2])
        row = spec_at(path)
        return ColumnSpec(name_at(path), path, row.low, row.high, optional=False)
    aspects = {*ASPECTS, *candidate.priorities}
    is_aspect = name in aspects and name not in OPPORTUNITY_NUMBERS
    located = locate(f"{name}.mean" if is_aspect else name, aspects)
    if located is None:
        return None
    spec, path = located
    beyond = path[1] == "stages" and int(path[2]) >= MOST_STAGES
    if beyond or not _is_column(spec):
        return None
    return ColumnSpec(name_at(path), path, spec.low, spec.high, spec.may_be_unknown)


class CsvKind(StrEnum):
    """What the cells of a column of a CSV file are read as."""

    NUMBER = "number"
    FLAG = "flag"
    STRENGTH = "strength"
    WORD = "word"
    CARRIED = "carried"


def csv_kind(name: str, candidate: Candidate) -> CsvKind:
    """What a column of a CSV file is, by its name alone and never by its first rows.

    What is carried over is text, so that 007 and NA come out as they went in.

    Args:
        name: Of a column.
        candidate: Whose own aspects may be named.
    """
    if name.startswith("signs."):
        return CsvKind.STRENGTH
    if name in FLAGS or name.startswith("tags."):
        return CsvKind.FLAG
    if is_number_column(name, candidate):
        return CsvKind.NUMBER
    is_word = name in CATEGORIES or name in PAY_WORDS
    return CsvKind.WORD if is_word else CsvKind.CARRIED


def is_number_column(name: str, candidate: Candidate) -> bool:
    """Whether a column of this name holds a number in each row.

    Args:
        name: Of a column.
        candidate: Whose own aspects may be named.
    """
    listed = name in _STAGE_COUNTS or name in PAY_NUMBERS
    return listed or column_spec(name, candidate) is not None


def is_carried(name: str, candidate: Candidate) -> bool:
    """Whether a column is copied to the result instead of being read.

    A name that only resembles a known one is read, so that ``score`` refuses it; but a
    table of jobs has a column *salary* or *remote* of its own.

    Args:
        name: Of a column.
        candidate: Whose own aspects may be named.
    """
    if name == "name":
        return True
    if is_known_column(name, candidate):
        return False
    if name.casefold() in SYNONYMS:
        return True
    return not (name.startswith(_PREFIXES) or suggest_column(name, candidate))


def is_known_column(name: str, candidate: Candidate) -> bool:
    """Whether ``score`` reads a column of this name.

    Args:
        name: Of a column.
        candidate: Whose own aspects may be named.
    """
    family, _, member = name.partition(".")
    return (
        name in ("name", *CATEGORIES, *FLAGS, *PAY_NUMBERS, *PAY_WORDS, "researched")
        or (family == "signs" and member in list(Sign))
        or (family == "tags" and bool(member))
        or column_spec(name, candidate) is not None
    )


def suggest_column(name: str, candidate: Candidate) -> str:
    """The name of the column that a misspelt name is meant to be; empty if unclear.

    Args:
        name: That is not the name of a column.
        candidate: Whose own aspects may be named.
    """
    corrected = correct_aspects(name, (*ASPECTS, *candidate.priorities))
    if is_known_column(corrected, candidate):
        return corrected
    # All stages have the same columns, so only those of the stage named are looked at.
    number = re.match(r"stages\[(\d{1,3})\]", name)
    names = _column_names(number[1] if number else "0", tuple(candidate.priorities))
    close = get_close_matches(name[:60], names, n=1, cutoff=0.8)
    return close[0] if close else ""


@lru_cache(maxsize=8)
def _column_names(number: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Names of all columns.

    Args:
        number: Of the stage whose columns are among them.
        own: Aspects of the candidate's own.
    """
    names = [*CATEGORIES, *FLAGS, "researched", *PAY_NUMBERS, *PAY_WORDS]
    names += [f"signs.{sign}" for sign in Sign]
    for pattern, spec in PARAMETERS.items():
        if _is_column(spec):
            family = pattern.replace("<number>", number)
            names.extend(
                family.replace("<aspect>", aspect).replace("<term>", term)
                for aspect in (*ASPECTS, *own)
                for term in Term
            )
    return tuple(dict.fromkeys(names))


def _is_column(spec: ParameterSpec) -> bool:
    """Whether a parameter may be a column: it has an effect and is not of a signal."""
    return spec.range_rule is not RangeRule.NONE and not spec.name.startswith("signals")


def column_table() -> str:
    """All columns as a Markdown table.

    The work grows with the columns.

    >>> print(column_table().splitlines()[0])
    | column | holds | unit, range | where it is not known |
    """
    lines = [
        "| column | holds | unit, range | where it is not known |",
        "|---|---|---|---|",
        "| `process` | name of a template; needed | text | refused |",
        "| `phase` | where it stands; *before* if left out | text | refused |",
        "| `stage` | at which stage, from 0; 0 if left out | whole number | refused |",
        *(
            f"| `{flag}` | as in `Opportunity` | true, false | false |"
            for flag in FLAGS
        ),
        "| `researched` | as in `Opportunity` | whole number | they were not |",
        "| `pay.amount` | pay in money, for `pay.mean` | above 0 | pay is unknown |",
        "| `pay.low`, `pay.high` | the same as a range | above 0 | open at that end |",
        "| `pay.currency` | that of the candidate's salary | EUR ... | refused |",
        "| `pay.per` | *year* if left out | hour, day, week, month, year | refused |",
        "| `signs.bad_reviews`, any sign | how strong it is | flag, or 0 to 5 | no |",
        "| `tags.meat`, any tag | against dealbreakers | true, false | no |",
        "| `company`, `field` | for what was learned elsewhere | text | of nobody |",
    ]
    for name, spec in PARAMETERS.items():
        if not _is_column(spec) or spec.record == "assumptions":
            continue
        column, default = f"`{name}`", "refused"
        if name.startswith("stages"):
            column = f"`{name.replace('<number>', '0')}`, any stage"
            holds, default = "as in `Stage`", "as usual for its stage"
        elif name == "<aspect>.mean":
            column, holds = "`<aspect>.mean` or `<aspect>`", "belief"
            default = "the aspect keeps its wide belief, and counts as unknown"
        elif name == "<aspect>.sd":
            holds, default = "its standard deviation, as stated", "wide"
        elif spec.record == "opportunity":
            holds, default = "as in `Opportunity`", "its prior"
        else:
            holds = "as in `Candidate`"
        limits = ", 0 to 1" if spec.high == 1.0 else ", from 0"
        unit = spec.unit if spec.low < 0.0 else spec.unit + limits
        lines.append(f"| {column} | {holds} | {unit} | {default} |")
    lines += [
        "| `horizon_years`, any prior | takes its place | as the prior | refused |",
        "| `signals[0].chance`, `.if_so`, `.if_not` | as in `facts` | - | refused |",
        "| `name` | for the reader; not looked at | anything | – |",
    ]
    return "\n".join(lines) + "\n"
