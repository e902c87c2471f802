"""Very many decisions at once: columns in, columns out.

Rows are told apart by pattern (``patterns``). Where only means of aspects that do not
follow a job around its firm come as columns, the rows of a pattern share a process: it
is solved once and read off for each (``sheets``, ``atlas``). Else every row is solved
for itself, side by side (``assessment.rows``). Which of the two it is depends on what
the columns are and on what is the same in all rows, and no bit of a row on the rows
beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from interviewfit._model.beliefs import Reading
from interviewfit._model.domain import Candidate
from interviewfit._model.fields import check_kind, listed
from interviewfit._model.numbers import default_if_none
from interviewfit._model.priors import COMPANY_ASPECTS, PRIORS, Assumptions
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Action, Phase, Sign, StageKind
from interviewfit._process.catalogue import CATALOGUE
from interviewfit._process.compilation import corporate, small_firm, technical
from interviewfit.columns._columns import Columns, UnknownCategoryError
from interviewfit.columns._evaluation import SOLVED_ROWS, GroupEvaluator
from interviewfit.columns._groups import Groups
from interviewfit.columns._scores import Details, Scores
from interviewfit.columns._specs import ColumnSpec
from interviewfit.columns._threads import BLOCK_ROWS, ordered_map
from interviewfit.columns._validation import check_rows, validate
from interviewfit.errors import InvalidFieldError

__all__ = ["TEMPLATES", "score"]

TEMPLATES: Mapping[str, tuple[Stage, ...]] = {
    "corporate": corporate(),
    "small_firm": small_firm(),
    "technical": technical(),
}
"""Processes that the column ``process`` may name."""

_PHASES = tuple(Phase)
# Patterns double with each of these columns, and each is solved before it is read.
_MOST_DOUBLING = 10


def score(
    candidate: Candidate,
    columns: Mapping[str, Any],
    *,
    processes: Mapping[str, Sequence[Stage]] | None = None,
    assumptions: Assumptions | None = None,
    terms: bool = False,
    threads: int | None = None,
    out: Scores | None = None,
    first_row: int = 0,
) -> Scores:
    """What to do about every row of a table: the same answers as ``assess``.

    They agree to 1e-9 of what is at stake, not bit for bit: a chain alone takes a
    quicker path through the same formulas.

    Args:
        candidate: Who decides.
        columns: By name, such as ``"pay.mean"`` or ``"signs.bad_reviews"``
            (``columns.column_table``); an array with an entry for each row, or one
            value for all. NaN and masked entries say that a number is not known. They
            are never written to. A number that is the same in all rows is better given
            once: rows then share a process.
        processes: Templates by name, beside *corporate*, *small_firm*, *technical*.
        assumptions: Numbers for all that is left open.
        terms: Whether to say what the value is made of; every row is then followed
            through its process, which takes some hundred times as long.
        threads: How many; by default two where it pays.
        out: Of an earlier call on as many rows, to be written over; None for new. If
            this one fails, what it holds is of no use.
        first_row: Number of the first row, as messages count.

    Raises:
        DecodeError: With one line for every column that is missing, not known or at
            fault, and its first bad row.
        InvalidFieldError: If another argument is at fault.

    >>> found = score(Candidate(), {"process": "corporate", "pay.mean": [5.0, -60.0]})
    >>> found
    <Scores of 2 rows: 1 take, 1 decline>
    >>> found.value.round(1).tolist(), found.unknown.tolist()
    ([21.8, 0.0], [7, 7])
    """
    numbers = Assumptions() if assumptions is None else assumptions
    _check_kinds(candidate, numbers, threads)
    table = validate(columns, candidate, _templates(processes), first_row)
    shared = _share(table, numbers)
    if terms or not shared:
        # Beside solving each row it takes no time to look up all words first.
        check_rows(table)
    scores = _allocate(table, terms=terms, out=out)
    evaluator = GroupEvaluator(Groups.of(table, numbers, shared=shared), scores)
    size = BLOCK_ROWS if shared else SOLVED_ROWS
    try:
        for _ in ordered_map(evaluator.evaluate, table.rows, size, threads):
            pass
    except UnknownCategoryError:
        check_rows(table)
        raise
    return scores


def _check_kinds(candidate: object, assumptions: object, threads: int | None) -> None:
    check_kind("score(candidate)", candidate, Candidate)
    check_kind("score(assumptions)", assumptions, Assumptions)
    if threads is not None and (type(threads) is not int or threads < 1):
        raise InvalidFieldError("score(threads)", "a whole number above 0", threads)


def _templates(
    own: Mapping[str, Sequence[Stage]] | None,
) -> Mapping[str, tuple[Stage, ...]]:
    if own is None:
        return TEMPLATES
    if not isinstance(own, Mapping):
        raise InvalidFieldError("score(processes)", "a mapping by name", own)
    example = "Stage(kind='hr_screen')"
    return {
        **TEMPLATES,
        **{
            str(name): listed(stages, f"score(processes[{name!r}])", example)
            for name, stages in own.items()
        },
    }


def _share(table: Columns, assumptions: Assumptions) -> bool:
    """Whether rows that look alike share every step.

    Means of aspects move nothing but the mean of the surplus, and so does the fallback.
    Those of the company, and the fallback, also move what another role there would be
    worth, where a step ahead may bring one up and it counts.
    """
    doubling = sum(table.specs[name].optional for name in table.numbers) + sum(
        name.startswith("signs.") and not isinstance(flag, bool)
        for name, flag in table.flags.items()
    )
    if doubling > _MOST_DOUBLING:
        return False
    alone = not _other_role_counts(table, assumptions)
    return all(
        _moves_the_mean(table, table.specs[name], alone=alone) for name in table.numbers
    )


def _moves_the_mean(table: Columns, place: ColumnSpec, *, alone: bool) -> bool:
    """Whether a number moves the mean of the surplus and nothing else.

    Args:
        table: Of columns.
        place: Of the number.
        alone: Whether another role at the same firm counts for nothing.
    """
    _, what, *rest = place.path
    if what == "fallback":
        return alone
    if what != "beliefs" or rest[1] != "mean":
        return False
    aspect = str(rest[0])
    cared = table.candidate.priorities.get(aspect, 1.0)
    cared = table.constants.get(f"priorities.{aspect}", cared)
    return alone or aspect not in COMPANY_ASPECTS or cared == 0.0


def _other_role_counts(table: Columns, assumptions: Assumptions) -> bool:
    """Whether another role at the same firm may come up ahead, in any row, and counts.

    Whatever makes it count must be the same in all rows, else none share a step.
    """
    if not _standing(table) & {Phase.BEFORE, Phase.MIDWAY}:
        return False
    constants = table.constants
    own = {name: one for name, one in constants.items() if name in PRIORS}
    numbers = Assumptions(numbers={**assumptions.numbers, **own})
    weight = constants.get("weights.hidden_role", table.candidate.weights.hidden_role)
    if 0.0 in (weight, numbers["hidden_role"], numbers["hidden_offer"]):
        return False
    process, first = table.categories["process"], table.categories.get("stage")
    templates = list(table.processes.values())
    if isinstance(process, int):
        templates = templates[process : process + 1]
    start = first if isinstance(first, int) else 0
    surfaces = [
        constants.get(
            f"stages[{number}].surfaces",
            default_if_none(stage.surfaces, numbers.of_stage(stage.kind, "surfaces")),
        )
        for stages in templates
        for number, stage in enumerate(stages)
        if number >= start
    ]
    if table.flags.get("unresearched", False) is not False:
        surfaces.append(numbers.of_stage(StageKind.RESEARCH, "surfaces"))
    return any(one > 0.0 for one in surfaces)


def _standing(table: Columns) -> set[Phase]:
    """The phases in which rows may stand."""
    phase = table.categories.get("phase", 0)
    return {_PHASES[phase]} if isinstance(phase, int) else set(_PHASES)


def _allocate(table: Columns, *, terms: bool, out: Scores | None) -> Scores:
    actions, rows = _may_be_open(table), table.rows
    if out is not None:
        fits = out.actions == actions and len(out) == rows
        if not fits or (out.details is None) is terms:
            expected = f"of {rows:,} rows of the same columns"
            raise InvalidFieldError("score(out)", expected, out)
        scores = out
    else:
        scores = Scores.empty(actions, rows)
        if terms:
            steps = 2 * max(map(len, table.processes.values()))
            scores = evolve(scores, details=Details.empty(steps, rows))
    return scores


def _may_be_open(table: Columns) -> tuple[Action, ...]:
    """Actions that may be open in some row, as far as the columns' names tell."""
    phases, stage = _standing(table), table.categories.get("stage", 0)
    found: set[Action] = set()
    if Phase.BEFORE in phases:
        if not isinstance(stage, int) or stage == 0:
            found |= {Action.TAKE, Action.DECLINE}
        if not isinstance(stage, int) or stage > 0:
            found |= {Action.CONTINUE, Action.WITHDRAW_POLITELY}
        if table.flags.get("unresearched", False) is not False:
            found.add(Action.INVESTIGATE)
    if Phase.MIDWAY in phases:
        found |= {Action.CONTINUE, Action.LEAVE}
    if Phase.OFFERED in phases:
        found |= {Action.ACCEPT_OFFER, Action.DECLINE_OFFER}
    if Phase.REJECTED in phases:
        found.add(Action.MOVE_ON)
    if {Phase.BEFORE, Phase.OFFERED} & phases and _news(table):
        found.add(Action.POSTPONE)
    return tuple(action for action in Action if action in found)


def _news(table: Columns) -> bool:
    """Whether there may be news that only waiting brings."""
    signals = [
        signal
        for sign in Sign
        if table.flags.get(f"signs.{sign}", False) is not False
        for signal in CATALOGUE[sign].signals
    ]
    return any(
        isinstance(one, Reading) and one.unsettled > 0.0
        for one in (*signals, *table.candidate.learned)
    )
