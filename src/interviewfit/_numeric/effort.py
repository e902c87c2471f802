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

LARGEST_WORK = 250_000_000
"""Operations that one calculation may take: a second or two of a core of 2025."""

_ROUND = (1, 2, 5)


class Effort:
    """Operations since counting began.

    Attributes:
        operations: Their number; a core of 2025 does about a hundred million a second.
    """

    __slots__ = ("operations",)

    def __init__(self) -> None:
        self.operations = 0


_EFFORT: ContextVar[Effort | None] = ContextVar("effort", default=None)
_SHARE: ContextVar[float] = ContextVar("share", default=1.0)


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


def largest_work() -> float:
    """Operations that the calculation at hand may take."""
    return _SHARE.get() * LARGEST_WORK


@contextmanager
def share_of_work(share: float) -> Iterator[None]:
    """Let what is calculated in a block of code take only a share of the operations.

    Args:
        share: Of what a calculation by itself may take, 0 to 1.

    >>> with share_of_work(0.4):
    ...     largest_work() / LARGEST_WORK
    0.4
    """
    token = _SHARE.set(share * _SHARE.get())
    try:
        yield
    finally:
        _SHARE.reset(token)


def round_numbers(first: int, last: int) -> Iterator[int]:
    """Yield 1, 2 and 5 times the powers of ten between two numbers, and the last.

    Args:
        first, last: Where they begin and end.

    >>> list(round_numbers(20, 300))
    [20, 50, 100, 200, 300]
    """
    power = 1
    while power < last:
        yield from (f * power for f in _ROUND if first <= f * power < last)
        power *= 10
    yield last
