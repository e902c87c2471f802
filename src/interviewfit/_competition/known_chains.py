"""Chains solved once for all rows of a calculation.

Most numbers that are moved or drawn concern one process of a search, so the chains of
all others are those of the row before. A chain that stands in several rows is kept; any
other is known until the rows at hand are done. A solution has the same bits in whatever
batch it was solved (``solve``).
"""

from typing import Any

import numpy as np
from attrs import define, evolve, field

from interviewfit._competition.chains import ChainParameters
from interviewfit._numeric.arrays import BoolArray, FloatArray, N
from interviewfit._solver.solution import Solution, solve

# Steps of the chains, and rivals, that are kept for good, so that memory is bounded.
_MOST_STEPS, _MOST_RIVALS = 20_000, 100


@define(eq=False)
class KnownChains:
    """Chains solved before, by their numbers.

    Attributes:
        rivals: Those that were the same in all rows of a block (``rivals``), by their
            numbers.
        tables: Processes in which passes tell of the fit (``SolvedProcesses``), solved
            for the rows at hand: they serve every offer in hand.
        on_average: Whether what passes tell of the fit is counted on average.
    """

    on_average: bool = False
    rivals: dict[object, Any] = field(factory=dict, init=False)
    tables: Any = field(default=None, init=False)
    _rows: dict[tuple[object, int], Any] = field(factory=dict, init=False)
    _lasting: dict[object, tuple[Solution, int]] = field(factory=dict, init=False)
    _passing: dict[object, tuple[Solution, int]] = field(factory=dict, init=False)
    _recurring: list[tuple[FloatArray, list[object]]] = field(factory=list, init=False)
    _steps: int = field(default=0, init=False)

    def solve(
        self, table: FloatArray, recurring: BoolArray
    ) -> list[tuple[Solution, int]]:
        """Solve chains of equally many steps, those that are not known yet.

        Args:
            table: Their numbers, ``(chains, numbers, steps)``, no two alike.
            recurring: Which of them stand in several rows, ``(chains,)``.

        Returns:
            The solution of each chain, and its row there.
        """
        shape = table.shape[1:]
        keys = [(shape, numbers.tobytes()) for numbers in table]
        rows = np.flatnonzero(
            [key not in self._lasting and key not in self._passing for key in keys]
        )
        if rows.size:
            solution = solve(*np.moveaxis(table[rows], 1, 0), exact_rows=True)
            for line, row in enumerate(rows.tolist()):
                self._passing[keys[row]] = solution, line
            lasts = rows[recurring[rows]]
            if lasts.size and self._steps + shape[1] * lasts.size <= _MOST_STEPS:
                self._steps += shape[1] * lasts.size
                own = [keys[row] for row in lasts.tolist()]
                self._recurring.append((table[lasts], own))
        return [
            self._lasting[key] if key in self._lasting else self._passing[key]
            for key in keys
        ]

    def keep_rivals(self, key: object, rivals: object) -> None:
        """Keep rivals that are the same in all rows of a block.

        Args:
            key, rivals: Their numbers, and these rivals.
        """
        if len(self.rivals) < _MOST_RIVALS:
            self.rivals[key] = rivals

    def end_rows(self) -> None:
        """Forget the chains that stood in few rows: the rows at hand are done."""
        for table, keys in self._recurring:
            # Solved by themselves, because a solution keeps all of its rows.
            solution = solve(*np.moveaxis(table, 1, 0), exact_rows=True)
            self._lasting |= {key: (solution, line) for line, key in enumerate(keys)}
        self._recurring.clear()
        self._passing.clear()
        self._rows.clear()
        self.tables = None

    def row_of(self, chain: ChainParameters[N], row: int) -> ChainParameters[float]:
        """The chain of a row, whose passes are the same record whoever asks for it.

        By that record tables are found again (``ChainParameters.key``), so that all
        offers that may be in hand share the tables of the row.

        Args:
            chain: In which passes tell of the fit.
            row: Its number.
        """
        key = chain.mutual, row
        if key not in self._rows:
            self._rows[key] = chain.row(row).mutual
        return evolve(evolve(chain, mutual=None).row(row), mutual=self._rows[key])
