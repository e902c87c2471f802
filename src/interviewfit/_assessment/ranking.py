"""The best action of every row, and how far the second is behind."""

import numpy as np

from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray

__all__ = ["ACTION_CODES", "argmax_with_margin"]

ACTION_CODES = {action: code for code, action in enumerate(Action)}
"""Each action as its position in ``list(Action)``."""


def argmax_with_margin(
    values: FloatArray,
) -> tuple[IndexArray, FloatColumn, FloatColumn]:
    """The position of the largest value of each row, that value, and its margin.

    Args:
        values: In any unit, shape ``(actions, rows)``; -inf where an action is not
            open. The first action is open in every row.

    Returns:
        Position of the largest value, the first of equal ones; the value itself; by how
        much it exceeds the second largest, 0 where only one action is open. Each of
        shape ``(rows,)``.

    >>> index, best, margin = argmax_with_margin(np.array([[0.0, 2.0], [3.0, 2.0]]))
    >>> index.tolist(), best.tolist(), margin.tolist()
    ([1, 0], [3.0, 2.0], [3.0, 0.0])
    """
    index = np.zeros(values.shape[1], dtype=np.intp)
    best, second = values[0].copy(), np.full(values.shape[1], -np.inf)
    for position, value in enumerate(values[1:], 1):
        np.copyto(index, position, where=value > best)
        np.maximum(second, np.minimum(best, value), out=second)
        np.maximum(best, value, out=best)
    return index, best, np.where(second == -np.inf, 0.0, best - second)
