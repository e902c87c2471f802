"""Solutions that are kept from one calculation to the next, for whoever asks for that.

A solution does not depend on the mean of a chain (``ChainParameters.key``). So whoever
moves a slider, and changes what is believed of an opportunity, asks for the solutions
of the move before. None is kept unless a caller says so: a library that remembers takes
memory that nobody asked for, and its times would tell of what was asked before.

What is kept are whole calls of the solver, so that an answer has the bits that it has
without.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

import numpy as np
from attrs import define, field

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.solution import Solution, solve

_Key: TypeAlias = tuple[tuple[int, ...], bool, bool, bytes]

# Steps of chains that are kept, of which each takes some kilobytes.
_MOST_STEPS = 10_000


@define(eq=False)
class KeptSolutions:
    """Solutions of earlier calculations; those used last are kept longest.

    >>> solutions = KeptSolutions()
    >>> table = np.array([[[-4.0], [1.0], [0.0], [10.0], [0.0]]])
    >>> with solutions.in_use():
    ...     first = solve_table(table)
    >>> with solutions.in_use():
    ...     solve_table(table) is first
    True
    """

    _solutions: dict[_Key, Solution] = field(factory=dict, init=False)
    _steps: int = field(default=0, init=False)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Take the solutions from here meanwhile, and keep those that are new."""
        token = _IN_USE.set(self)
        try:
            yield
        finally:
            _IN_USE.reset(token)

    def solution(
        self, table: FloatArray, *, exact_rows: bool, singly: bool
    ) -> Solution:
        """The solution of some chains.

        Args:
            table, exact_rows, singly: As ``solve_table``.
        """
        key = table.shape, exact_rows, singly, table.tobytes()
        solution = self._solutions.pop(key, None)
        if solution is None:
            solution = _solved(table, exact_rows=exact_rows, singly=singly)
            self._steps += _steps_of(table.shape)
        self._solutions[key] = solution
        while self._steps > _MOST_STEPS:
            oldest = next(iter(self._solutions))
            del self._solutions[oldest]
            self._steps -= _steps_of(oldest[0])
        return solution


_IN_USE: ContextVar[KeptSolutions | None] = ContextVar("_IN_USE", default=None)


def solve_table(
    table: FloatArray, *, exact_rows: bool = False, singly: bool = False
) -> Solution:
    """The solution of chains of equally many steps, solved or kept from before.

    Args:
        table: Their numbers, in the order of ``ChainParameters.steps``, ``(chains,
            numbers, steps)``.
        exact_rows, singly: As ``solve``.
    """
    kept = _IN_USE.get()
    if kept is None:
        return _solved(table, exact_rows=exact_rows, singly=singly)
    return kept.solution(table, exact_rows=exact_rows, singly=singly)


def _solved(table: FloatArray, *, exact_rows: bool, singly: bool) -> Solution:
    """The solution of some chains, always solved.

    Args:
        table, exact_rows, singly: As ``solve_table``.
    """
    columns = np.moveaxis(table, 1, 0)
    return solve(*columns, exact_rows=exact_rows, singly=singly)


def _steps_of(shape: tuple[int, ...]) -> int:
    """How many steps a table of some shape has in all its chains."""
    return shape[0] * shape[2]
