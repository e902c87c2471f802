"""Rows of searches of very many stages in which passes tell of the fit.

There exact chains would take minutes. So rows are those of chains of constant rates,
and each alternative is moved by what these are off for the decision as it was stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import ACTION_CODES
from interviewfit._numeric.arrays import FloatColumn

if TYPE_CHECKING:
    from interviewfit._assessment.evaluation import Ranking

# Stages of all processes together from which rows count what passes tell on average.
_MOST_STAGES = 100


def is_large(decision: Decision) -> bool:
    """Whether rows of a decision beside others are counted on average.

    Args:
        decision: With the processes beside it.
    """
    jobs = decision.opportunity, *decision.beside
    stages = sum(len(job.stages) for job in jobs)
    numbers = decision.assumptions
    tells = bool(numbers["mutual_fit"]) or bool(numbers["competition"])
    tells = tells or any(job.mutual_fit for job in jobs)
    return stages > _MOST_STAGES and tells


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
