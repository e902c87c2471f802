"""Processes beside each other solved in many rows."""

from collections.abc import Sequence

import numpy as np

from interviewfit._competition.any_solution import AnySolution, is_tabulated
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.mutual_tables import MutualTables
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._competition.tabulated_chains import TabulatedChain, cover_all
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, N
from interviewfit._solver.solution import Solution


def solve_rivals(
    processes: Sequence[ChainParameters[N]],
    tables: Sequence[FloatArray],
    means: FloatArray,
    kept: IndexArray,
    counts: IndexArray,
    known: KnownChains | None,
) -> SolvedProcesses:
    """All rivals in the rows that are kept, process by process.

    Where passes tell of the fit in any of them, each row of each is solved as a process
    of its own, since it holds for one belief.

    Args:
        processes: The rivals; any of their numbers may be a column.
        tables: That of each, ``(rows, numbers, steps)``.
        means: Mean surplus of each in the rows kept, hours, ``(processes, kept)``.
        kept: The rows, of which no two are alike.
        counts: How many rows each of them stands for.
        known: Chains that are not solved again.
    """
    if any(process.mutual is not None for process in processes):
        lines: list[int] = kept.tolist()
        memory = known or KnownChains()
        chains = [
            process.row(line)
            if process.mutual is None
            else memory.row_of(process, line)
            for process in processes
            for line in lines
        ]
        solved = SolvedProcesses.of(chains, memory.tables, exact_rows=True)
        memory.tables = solved
        return solved
    shapes: list[tuple[int, ...]] = [table.shape[1:] for table in tables]
    groups = []
    for shape in sorted(set(shapes)):
        members = np.flatnonzero([entry == shape for entry in shapes])
        entries = (members[:, None] * kept.size + np.arange(kept.size)).ravel()
        alike = [tables[member][kept] for member in members.tolist()]
        groups.append((entries, np.concatenate(alike)))
    return SolvedProcesses.of_tables(
        means.ravel(), groups, exact_rows=True, known=known, rows=counts
    )


def prepare_tables(
    solved: SolvedProcesses, low: FloatColumn, high: FloatColumn
) -> None:
    """Solve what is missing in the tables of some processes, all of it at once.

    A call of the solver costs more than its arithmetic, so that tables take longer that
    are filled one by one as they are asked for.

    Args:
        solved: The processes, of which some may be of constant rates; these need none.
        low, high: Between which alternatives each will be asked for, hours,
            ``(processes,)``.
    """
    wanted = list[tuple[TabulatedChain, Worth, Worth]]()
    for members, solution, lines in solved.by_solution:
        if is_tabulated(solution):
            means = solved.means[members]
            ends = low[members] - means, high[members] - means
            wanted += solution.ranges(lines, *ends)
    cover_all(wanted)


def tabulate_rows(
    chain: ChainParameters[N], rows: int, *, exact_rows: bool
) -> AnySolution:
    """The tables of a process in so many rows, all of them made at once.

    Args:
        chain: With what passes tell; its numbers may be columns.
        rows: How many.
        exact_rows: As ``SolvedProcesses.of``.
    """
    chains = [chain.row(number) for number in range(rows)]
    solved = SolvedProcesses.of(chains, exact_rows=exact_rows)
    if rows == 1 and not exact_rows:
        return solved.solution(0)
    solutions = [solved.solution(row) for row in range(rows)]
    return MutualTables.of(
        [it if isinstance(it, Solution) else it.rows[0] for it in solutions]
    )
