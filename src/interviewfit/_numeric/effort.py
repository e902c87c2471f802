"""Work counted in operations, so that it can be bounded alike on every machine.

What takes most of the time of a calculation says how much it has done: the solver, for
every element of its large arrays, and for every call a constant. Who wants to know
counts it in a block of code. No time is measured, so the same numbers give the same
answer wherever they are worked out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

COMPILED_STAGE = 30_000
"""What compiling a stage of a decision takes, in one row or many."""

CALL = 6_000
"""What calling a step of the solver costs beyond its elements."""


class Effort:
    """Operations since counting began.

    Attributes:
        operations: Their number; a core of 2025 does about a hundred million a second.
    """

    __slots__ = ("operations",)

    def __init__(self) -> None:
        self.operations = 0


_EFFORT: ContextVar[Effort | None] = ContextVar("effort", default=None)


def spend(operations: int) -> None:
    """Say that some work is done.

    Args:
        operations: Elements that were worked out, besides those of the call.
    """
    effort = _EFFORT.get()
    if effort is not None:
        effort.operations += operations + CALL


@contextmanager
def counted() -> Iterator[Effort]:
    """Count what is done in a block of code, in this thread.

    >>> with counted() as effort:
    ...     spend(10)
    >>> effort.operations - CALL
    10
    """
    outer, effort = _EFFORT.get(), Effort()
    token = _EFFORT.set(effort)
    try:
        yield effort
    finally:
        _EFFORT.reset(token)
        if outer is not None:
            outer.operations += effort.operations
