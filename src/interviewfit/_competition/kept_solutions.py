"""Solutions that are kept from one calculation to the next, for whoever asks for that.

A solution does not depend on the mean of a chain (``ChainParameters.key``). So whoever
moves a slider, and changes what is believed of an opportunity, asks for the solutions
of the move before. None is kept unless a caller says so: a library that remembers takes
memory that nobody asked for, and its times would tell of what was asked before.

What is kept are whole calls of a solver, so that an answer has the bits that it has
without.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from attrs import define, field

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.solution import Solution, solve

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

    _solutions: dict[Hashable, tuple[Any, int]] = field(factory=dict, init=False)
    _steps: int = field(default=0, init=False)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Take the solutions from here meanwhile, and keep those that are new."""
        token = _IN_USE.set(self)
        try:
            yield
        finally:
            _IN_USE.reset(token)

    def find(self, key: Hashable) -> Any:
        """What was kept; None if nothing was, or no more.

        Args:
            key: All that a solver was called with.
        """
        if key not in self._solutions:
            return None
        # Those used last stand last.
        self._solutions[key] = self._solutions.pop(key)
        return self._solutions[key][0]

    def keep(self, key: Hashable, solution: object, steps: int) -> None:
        """Keep a solution, and of the others those used last.

        Args:
            key: All that a solver was called with, of which nothing is kept.
            solution: What it returned.
            steps: How many steps its chains have in all.
        """
        self._solutions[key] = solution, steps
        self._steps += steps
        while self._steps > _MOST_STEPS:
            _, fewer = self._solutions.pop(next(iter(self._solutions)))
            self._steps -= fewer


_IN_USE: ContextVar[KeptSolutions | None] = ContextVar("_IN_USE", default=None)


def solutions_in_use() -> KeptSolutions | None:
    """Where solutions are kept at present; None where none is."""
    return _IN_USE.get()


def solve_table(
    table: FloatArray, *, exact_rows: bool = False, singly: bool = False
) -> Solution:
    """The solution of chains of equally many steps, solved or kept from before.

    Args:
        table: Their numbers, in the order of ``ChainParameters.steps``, ``(chains,
            numbers, steps)``.
        exact_rows, singly: As ``solve``.
    """
    kept, key = solutions_in_use(), None
    if kept is not None:
        key = table.shape, exact_rows, singly, table.tobytes()
        found: Solution | None = kept.find(key)
        if found is not None:
            return found
    # Each number of all chains in one piece, which is quicker to go through.
    columns = np.ascontiguousarray(table.transpose(1, 0, 2))
    solution = solve(*columns, exact_rows=exact_rows, singly=singly)
    if kept is not None:
        kept.keep(key, solution, table.shape[0] * table.shape[2])
    return solution
