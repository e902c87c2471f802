"""Every alternative of many decisions that differ in some numbers, block by block.

Of searches of very many stages in which passes tell of the fit exact chains would take
minutes. So there rows are those of chains of constant rates, and each alternative is
moved by what these are off for the decision as it was stated.
"""

from collections.abc import Mapping
from math import isfinite

import numpy as np
from attrs import evolve

from interviewfit._assessment.evaluation import Ranking, evaluate
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.problems import compile_rows
from interviewfit._model.decision import Decision
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, Action
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.structure import numbers_of

# Stages of all processes together from which rows count what passes tell on average.
_MOST_STAGES = 100
# Rows evaluated at once, so that memory is bounded, and at least, as compiling costs.
_STAGES_AT_ONCE, _MOST_ROWS, _LEAST_ROWS = 10_000, 5000, 64


def evaluate_rows(
    decision: Decision,
    values: Mapping[str, FloatColumn],
    known: KnownRivals | None = None,
    *,
    exact_rows: bool = True,
) -> Ranking:
    """Every alternative of many decisions, which differ in some numbers.

    Args:
        decision: What they have in common.
        values: Columns of equal length by name (``list_inputs``), checked already.
        known: What other rows of the same decision have shown; updated.
        exact_rows: Whether no bit of a row of an opportunity alone depends on the rows
            beside it. Where passes tell of the fit, and priorities differ, rows that
            are solved together take a fraction of the time.

    Raises:
        ValueError: If there is no column or no row, or columns differ in length.
    """
    known = known or KnownRivals()
    known.chains.on_average = bool(decision.beside) and is_large(decision)
    ranking = _evaluated(decision, values, known, exact_rows=exact_rows)
    if not known.chains.on_average:
        return ranking
    lead = _lead_of_exact(decision, known)
    # What is not open as the decision stands has no lead.
    return moved(ranking, np.array([lead.get(it, 0.0) for it in ranking.actions]))


def _evaluated(
    decision: Decision,
    values: Mapping[str, FloatColumn],
    known: KnownRivals,
    *,
    exact_rows: bool = True,
) -> Ranking:
    """As ``evaluate_rows``, before alternatives are moved.

    Args:
        decision, values: As ``evaluate_rows`` takes them.
        known: Says whether passes are counted on average; updated.
        exact_rows: As ``evaluate_rows``.

    Raises:
        ValueError: As ``evaluate_rows``.
    """
    lengths = sorted({column.size for column in values.values()})
    if len(lengths) != 1 or not lengths[0]:
        raise ValueError(f"columns of equal length are needed, got {lengths}")
    stages = [len(job.stages) for job in (decision.opportunity, *decision.beside)]
    rows, size = lengths[0], _STAGES_AT_ONCE // sum(stages)
    size = min(_MOST_ROWS, max(_LEAST_ROWS, size))
    blocks = []
    for start in range(0, rows, size):
        stop = min(start + size, rows)
        block = {name: column[start:stop] for name, column in values.items()}
        if not decision.beside:
            problem = compile_rows(decision, block)
            ranking = evaluate(
                problem, stop - start, exact_rows=exact_rows, values_only=True
            ).ranking
            blocks.append(ranking)
            continue
        from interviewfit._assessment.search_rows import compile_rows_beside

        parts = [
            (members, evaluate(problem, members.size).ranking)
            for members, problem in compile_rows_beside(
                decision, block, stop - start, known
            )
        ]
        order = np.argsort(np.concatenate([members for members, _ in parts]))
        blocks.append(Ranking.joined([part for _, part in parts]).take(order))
    return Ranking.joined(blocks)


def _lead_of_exact(decision: Decision, known: KnownRivals) -> dict[Action, Worth]:
    """What each open action is worth beyond its average of passes, hours.

    Args:
        decision: The same in every call.
        known: Keeps it once it was worked out.
    """
    if known.lead is None:
        from interviewfit._assessment.search_problems import SolvedSearch
        from interviewfit._assessment.search_rows import compile_averaged

        exact = known.exact
        if exact is None:
            entries, ways = known.entries(decision), known.ways(decision)
            search = SolvedSearch.of_compiled(decision, entries, ways)
            exact = _values_of(evaluate(search.problem).ranking)
        before = _values_of(evaluate(compile_averaged(decision, known), 1).ranking)
        known.lead = {
            action: value - before[action]
            for action, value in exact.items()
            if isfinite(value) and action in before
        }
    return known.lead


def _values_of(ranking: Ranking) -> dict[Action, Worth]:
    """What each alternative is worth in a single row, hours.

    Args:
        ranking: Of the row.
    """
    return dict(zip(ranking.actions, ranking.values[:, 0].tolist(), strict=True))


def is_large(decision: Decision) -> bool:
    """Whether rows of a decision beside others are counted on average.

    Args:
        decision: With the processes beside it.
    """
    jobs = decision.opportunity, *decision.beside
    stages = sum(len(job.stages) for job in jobs)
    return stages > _MOST_STAGES and tell_of_fit(decision)


def tell_of_fit(decision: Decision) -> bool:
    """Whether passes tell of the fit in a decision, or in a process beside it.

    Then each row of each process is solved by itself, since a table of its alternatives
    holds for a single belief; rows of constant rates share what they have in common.

    Args:
        decision: With the processes beside it.
    """
    jobs = decision.opportunity, *decision.beside
    return any(
        numbers_of(decision.candidate, job, decision.assumptions).is_mutual
        for job in jobs
    )


def moved(ranking: Ranking, by: FloatColumn) -> Ranking:
    """A ranking whose alternatives are worth more by so many hours.

    Args:
        ranking: Of rows.
        by: Of each alternative, hours, ``(alternatives,)``.
    """
    values = ranking.values + by[:, None]
    before, after = ranking.values.argmax(axis=0), values.argmax(axis=0)
    codes = np.array([ACTION_CODES[it] for it in ranking.actions], dtype=np.int8)
    best = np.sort(values, axis=0)
    margin = best[-1] - best[-2] if len(best) > 1 else np.zeros(values.shape[1])
    return evolve(
        ranking,
        values=values,
        codes=np.where(before == after, ranking.codes, codes[after]).astype(np.int8),
        margin=np.where(np.isfinite(margin), margin, 0.0),
    )
