"""Rows of a decision, as they are and without contacts, practice and other roles."""

from collections.abc import Mapping

import numpy as np
from attrs import evolve

from interviewfit._assessment.evaluating_rows import evaluate_rows, tell_of_fit
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import SIDE_TERMS
from interviewfit._numeric.arrays import FloatColumn

_SIDE_WEIGHTS = {term.value: f"weights.{term.value}" for term in SIDE_TERMS}


def with_and_without_side_values(
    decision: Decision,
    columns: Mapping[str, FloatColumn],
    known: tuple[KnownRivals, KnownRivals],
) -> tuple[Ranking, Ranking]:
    """Every alternative in many rows, and without the side values.

    What passes tell beyond their average is taken to be the same in both.

    Args:
        decision: What the rows have in common.
        columns: Numbers in which they differ, by name, ``(rows,)`` each.
        known: What other rows have shown, with the side values and without; updated.
    """
    if decision.beside and tell_of_fit(decision):
        # Most of the time goes into calls, of which twice as many rows take no more.
        stated = decision.candidate.weights
        rows = next(iter(columns.values())).size
        doubled = {name: np.tile(column, 2) for name, column in columns.items()}
        for name, weight in _SIDE_WEIGHTS.items():
            drawn = columns.get(weight, np.full(rows, getattr(stated, name)))
            doubled[weight] = np.concatenate([drawn, 0.0 * drawn])
        ranking, first = evaluate_rows(decision, doubled, known[0]), np.arange(rows)
        return ranking.take(first), ranking.take(rows + first)
    weights = evolve(decision.candidate.weights, **dict.fromkeys(_SIDE_WEIGHTS, 0.0))
    candidate = evolve(decision.candidate, weights=weights)
    ranking = evaluate_rows(decision, columns, known[0])
    # A weight that is drawn would be put back.
    without = {
        name: 0.0 * column if name in _SIDE_WEIGHTS.values() else column
        for name, column in columns.items()
    }
    known[1].lead = known[0].lead
    alone = evolve(decision, candidate=candidate)
    return ranking, evaluate_rows(alone, without, known[1])
