"""Scores stay read-only however they are copied."""

import copy
import pickle
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from interviewfit import Candidate, Scores, score


def copies(scores: Scores) -> list[Scores]:
    return [
        pickle.loads(pickle.dumps(scores)),  # noqa: S301 - our own bytes
        copy.copy(scores),
        copy.deepcopy(scores),
    ]


@pytest.mark.parametrize("number", range(3))
def test_no_array_can_be_written_to(number: int) -> None:
    scores = score(
        Candidate(), {"process": "corporate", "pay.mean": [1.0, -4.0]}, terms=True
    )
    again = copies(scores)[number]

    assert again.details is not None
    arrays: list[npt.NDArray[Any]] = [
        again.value,
        again.codes,
        again.values,
        again.details.hours,
    ]
    arrays += [again.details.thresholds, *again.details.terms.values()]
    for array in arrays:
        assert not array.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert np.array_equal(again.value, scores.value)
    assert repr(again) == repr(scores)
