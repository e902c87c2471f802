"""Very many decisions at once: columns in, columns out.

Rows are grouped by the structure of their decision (``_groups``). Where only means of
aspects differ that do not also move what another role at the same firm is worth, a
group is solved once, and its value function evaluated for each row; else its rows are
solved side by side (``_evaluation``). No bit of a row depends on the rows beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from interviewfit._model.beliefs import Either, NamedSign, Reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind, to_tuple
from interviewfit._model.frozen_dict import FrozenDict
from interviewfit._model.parameters import COMPANY_ASPECTS
from interviewfit._model.priors import Assumptions
from interviewfit._model.signs import SIGNS
from interviewfit._model.stages import Stage, corporate, small_firm, technical
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import Action, Phase, Sign, StageKind, Term
from interviewfit._process.structure import numbers_of
from interviewfit.columns._columns import Columns
from interviewfit.columns._doubts import warn_of_doubts
from interviewfit.columns._evaluation import SOLVED_ROWS, GroupEvaluator
from interviewfit.columns._groups import Groups, UnknownWordError
from interviewfit.columns._pay import pay_reader
from interviewfit.columns._scores import Details, Scores, set_writable
from interviewfit.columns._threads import BLOCK_ROWS, ordered_map
from interviewfit.columns._validation import validate
from interviewfit.errors import InvalidFieldError

TEMPLATES: Mapping[str, tuple[Stage, ...]] = FrozenDict(
    corporate=corporate(), small_firm=small_firm(), technical=technical()
)
"""Processes that the column ``process`` may name."""

# The number of groups doubles with each column of signs and each mean that may be
# unknown. Beyond this number of such columns too many groups would have to be solved.
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
    facts: Sequence[Either] = (),
) -> Scores:
    """What to do about every row of a table: the same answers as ``assess`` gives.

    They agree to 1e-9 of what is at stake. Beyond the answers, memory does not grow.

    The work grows with the rows, and with the different processes among them, times
    their stages.

    Args:
        candidate: Who decides.
        columns: By name, such as ``"pay.mean"`` or ``"signs.bad_reviews"``
            (``columns.column_table``); an array with an entry for each row, or one
            value for all rows. NaN and masked entries say that a number is not known.
            Columns are never written to. Give a number that is the same in all rows
            once, so that rows share a process.
        processes: Templates by name, beside *corporate*, *small_firm*, *technical*.
        assumptions: Numbers for all that is left open.
        terms: Whether to say what the value is made of: some hundred times as slow.
        threads: Number of threads; by default two, for tables of many blocks.
        out: Scores of an earlier call on as many rows, to be written over; None for new
            ones. If this call fails, they hold no valid answers.
        first_row: Number of the first row in messages.
        facts: Either/or facts of every row, such as remote or not. The columns
            ``signals[0].chance``, ``.if_so`` and ``.if_not`` state the numbers of the
            first by row. Every process that a row names must have the stage that tells.

    Raises:
        DecodeError: With one line for every column that is missing, not known or at
            fault, and its first bad row.
        InvalidFieldError: If another argument is at fault.

    >>> found = score(Candidate(), {"process": "corporate", "pay.mean": [5.0, -60.0]})
    >>> found
    <Scores of 2 rows: 1 take, 1 decline>
    >>> found.value.round(1).tolist(), found.unknown.tolist()
    ([21.8, 0.0], [8, 8])
    """
    numbers = Assumptions() if assumptions is None else assumptions
    check_kind("score(candidate)", candidate, Candidate)
    check_kind("score(assumptions)", numbers, Assumptions)
    if threads is not None and (type(threads) is not int or threads < 1):
        raise InvalidFieldError("score(threads)", "a whole number above 0", threads)
    if not (processes is None or isinstance(processes, Mapping)):
        raise InvalidFieldError("score(processes)", "a mapping by name", processes)
    templates = dict(TEMPLATES)
    for name, stages in (processes or {}).items():
        where, example = f"score(processes[{name!r}])", "Stage(kind='hr_screen')"
        templates[str(name)] = to_tuple(stages, where, example)
    stated = to_tuple(facts, "score(facts)", "Either(...)")
    for fact in stated:
        check_kind("score(facts)", fact, Either)
    table = validate(columns, candidate, templates, first_row, facts=stated)
    shared = _rows_share_steps(table, numbers)
    if terms or not shared:
        # Compared with solving each row, looking up all words first takes no time.
        settings = candidate, templates, first_row
        table = validate(columns, *settings, look_up=True, facts=stated)
    pay = pay_reader(table, numbers, first_row)
    warn_of_doubts(table, numbers, pay)
    scores = _allocate(table, terms=terms, out=out)
    evaluator = GroupEvaluator(Groups(table, numbers, shared, pay), scores)
    size = BLOCK_ROWS if shared else SOLVED_ROWS
    set_writable(scores, writable=True)
    try:
        for _ in ordered_map(evaluator.evaluate, table.rows, size, threads):
            pass
    except UnknownWordError:
        settings = candidate, templates, first_row
        validate(columns, *settings, look_up=True, facts=stated)
        raise
    finally:
        set_writable(scores, writable=False)
    return scores


def _rows_share_steps(table: Columns, assumptions: Assumptions) -> bool:
    """Whether all rows of a group share every step, so that only their means differ.

    Means of aspects and the fallback move the mean of the surplus and nothing else; but
    those of the company, and the fallback, also move what another role there is worth.

    Args:
        table, assumptions: The columns, and numbers for all that is left open.
    """
    specs = [table.specs[name] for name in table.numbers]
    doubling = sum(spec.optional for spec in specs) + sum(
        name.startswith("signs.") and not isinstance(flag, bool)
        for name, flag in table.flags.items()
    )
    strengths = table.strengths.values()
    if doubling > _MOST_DOUBLING or not all(
        isinstance(item, float) for item in strengths
    ):
        return False
    # What an amount of money says of pay is as uncertain as the amount is large.
    if any(column.shape for column in table.pay_numbers.values()):
        return False
    if any(column.shape for column in table.pay_words.values()):
        return False
    role_counts = _other_role_counts(table, assumptions)
    for spec in specs:
        aspect = str(spec.path[-2])
        weight = table.candidate.priorities.get(aspect, 1.0)
        weight = table.constants.get(f"priorities.{aspect}", weight)
        if spec.is_mean and (aspect not in COMPANY_ASPECTS or weight == 0.0):
            continue
        if role_counts or not (spec.is_mean or spec.name == "fallback"):
            return False
    return True


def _other_role_counts(table: Columns, assumptions: Assumptions) -> bool:
    """Whether another role at the same firm may come up ahead, in any row, and counts.

    Args:
        table, assumptions: The columns, and numbers for all that is left open.
    """
    if not _phases(table) & {Phase.BEFORE, Phase.MIDWAY}:
        return False
    process, stage = table.categories["process"], table.categories.get("stage", 0)
    first = stage if isinstance(stage, int) else 0
    for code, stages in enumerate(table.processes.values()):
        if isinstance(process, int) and process != code:
            continue
        job = Opportunity(name="job", stages=stages)
        numbers = numbers_of(table.candidate, job, assumptions)
        numbers = numbers.replaced(table.constants)
        ahead = [(number, stages[number].kind) for number in range(first, len(stages))]
        if table.may_be("unresearched"):
            ahead.append((-1, StageKind.RESEARCH))
        chances = [numbers.stage(*stage_kind, "surfaces") for stage_kind in ahead]
        factors = (numbers.weight(Term.HIDDEN_ROLE), max(chances, default=0.0))
        if 0.0 not in (*factors, numbers["hidden_role"], numbers["hidden_offer"]):
            return True
    return False


def _phases(table: Columns) -> set[Phase]:
    """The phases in which rows may stand."""
    phase = table.categories.get("phase", 0)
    return {tuple(Phase)[phase]} if isinstance(phase, int) else set(Phase)


def _allocate(table: Columns, *, terms: bool, out: Scores | None) -> Scores:
    """Scores to be written to: new ones, or those of the caller if they fit.

    Args:
        table, terms: The columns, and whether there must be details.
        out: Of an earlier call; None for new ones.

    Raises:
        InvalidFieldError: If those of the caller are of other rows or other actions.
    """
    actions, rows = _possible_actions(table), table.rows
    if out is not None:
        fits = out.actions == actions and len(out) == rows
        if not fits or (out.details is None) is terms:
            expected = f"of {number_of(rows, 'row')} of the same columns"
            raise InvalidFieldError("score(out)", expected, out)
        return out
    details = None
    if terms:
        details = Details(
            terms={term: np.empty(rows) for term in Term},
            sd_hours=np.empty(rows),
            accept_probability=np.empty(rows),
            hours=np.empty(rows),
            thresholds=np.empty((2 * max(map(len, table.processes.values())), rows)),
        )
    return Scores(
        actions=actions,
        values=np.empty((len(actions), rows)),
        codes=np.empty(rows, dtype=np.int8),
        value=np.empty(rows),
        margin=np.empty(rows),
        mean=np.empty(rows),
        threshold=np.empty(rows),
        index=np.empty(rows),
        hard_stop=np.empty(rows, dtype=np.bool_),
        unknown=np.empty(rows, dtype=np.int16),
        details=details,
    )


def _possible_actions(table: Columns) -> tuple[Action, ...]:
    """Actions that may be open in some row, as far as the columns' names tell."""
    phases, stage = _phases(table), table.categories.get("stage", 0)
    actions: set[Action] = set()
    if Phase.BEFORE in phases:
        if not isinstance(stage, int) or stage == 0:
            actions |= {Action.TAKE, Action.DECLINE}
        if not isinstance(stage, int) or stage > 0:
            actions |= {Action.CONTINUE, Action.WITHDRAW_POLITELY}
        if table.may_be("unresearched"):
            actions.add(Action.INVESTIGATE)
    if Phase.MIDWAY in phases:
        actions |= {Action.CONTINUE, Action.LEAVE}
    if Phase.OFFERED in phases:
        actions |= {Action.ACCEPT_OFFER, Action.DECLINE_OFFER}
        if table.flags.get("questions_asked", False) is not True:
            actions.add(Action.ASK_FIRST)
    if Phase.REJECTED in phases:
        actions.add(Action.MOVE_ON)
    # News that only waiting brings may come with a sign or a lesson.
    signs = [sign for sign in Sign if table.may_be(f"signs.{sign}")]
    lessons = table.candidate.learned
    signs += [lesson.sign for lesson in lessons if isinstance(lesson, NamedSign)]
    open_news = [reading.chance for sign in signs for reading in SIGNS[sign].readings]
    open_news += [item.unsettled for item in lessons if isinstance(item, Reading)]
    if {Phase.BEFORE, Phase.OFFERED} & phases and any(open_news):
        actions.add(Action.POSTPONE)
    return tuple(action for action in Action if action in actions)
