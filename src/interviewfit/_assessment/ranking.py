"""Which course of action is best, in very many rows."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.scratch import Desk, Flags

__all__ = ["CODES", "Ranks", "finish_politely", "rank"]

CODES = {action: code for code, action in enumerate(Action)}
"""Each action as its place in ``list(Action)``."""


@frozen(eq=False)
class Ranks:
    """What is best in each row.

    Attributes:
        codes: The best action, as its place in ``list(Action)``.
        value: What it is worth, hours.
        margin: How far the next is behind, hours; 0 if there is none.
    """

    codes: npt.NDArray[np.int8]
    value: FloatColumn
    margin: FloatColumn

    @classmethod
    def empty(cls, rows: int) -> "Ranks":
        """Room for so many rows."""
        return cls(np.empty(rows, dtype=np.int8), np.empty(rows), np.empty(rows))


def rank(
    codes: Sequence[int | npt.NDArray[np.int8]],
    worths: Sequence[float | FloatColumn],
    out: Ranks,
    desk: Desk,
) -> None:
    """Put the courses of action of each row in order, as far as it matters.

    Of two equal ones the first is best. Where only one is open the margin is 0.

    Args:
        codes: What each course is called.
        worths: What it is worth, hours; -inf: not open. The first is open everywhere.
        out: Where to write.
        desk: To work at.
    """
    best, second, rows = out.value, out.margin, out.value.size
    better, lower = desk.flags("better", rows), desk.floats("lower", rows)
    out.codes[:], best[:], second[:] = codes[0], worths[0], -np.inf
    for code, worth in zip(codes[1:], worths[1:], strict=True):
        np.greater(worth, best, out=better)
        np.copyto(out.codes, code, where=better)
        np.minimum(best, worth, out=lower)
        np.maximum(second, lower, out=second)
        np.maximum(best, worth, out=best)
    alone = np.equal(second, -np.inf, out=better)
    np.copyto(second, best, where=alone)
    np.subtract(best, second, out=second)


def finish_politely(codes: npt.NDArray[np.int8], stops: Flags, desk: Desk) -> None:
    """Where one stays in mid-interview but would not go on, staying is called so.

    Args:
        codes: Of what is best, to be changed.
        stops: Where one would not go on.
        desk: To work at.
    """
    finishing = desk.flags("finishing", codes.size)
    np.equal(codes, CODES[Action.CONTINUE], out=finishing)
    finishing &= stops
    np.copyto(codes, CODES[Action.FINISH_POLITELY], where=finishing)
