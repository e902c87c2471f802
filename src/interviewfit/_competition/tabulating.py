"""Tables of the processes of a search in which passes tell of the fit, made at once.

Reference: P. Whittle, "Multi-armed bandits and the Gittins index", Journal of the Royal
Statistical Society B 42 (1980) 143-149, for the value of a process and its slope.
"""

from collections.abc import Mapping, Sequence
from math import inf, isfinite

import numpy as np

from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_tables import MutualTables
from interviewfit._competition.tabulated_chains import TabulatedChain, add_floors, fill
from interviewfit._model.units import Worth
from interviewfit._solver.solution import Solution

# How far beyond its index as it would be on average a process is solved, and what is
# worth a panel, as shares of its standard deviation.
_MARGIN, _NARROWEST = 0.05, 0.25
# How far beyond what is believed one that is never left is solved at first, likewise.
_FAR = 1.25
_MOST_ROUNDS, _NEWTON_STEPS = 12, 40
# A process that ends in a job less often than this has no index by its slope.
_NEXT_TO_NEVER = 1e-13


def is_open(chain: ChainParameters[float], usual: Solution) -> bool:
    """Whether passes can tell of the fit, and the process may go on at all.

    Args:
        chain, usual: The process, and its chain of constant rates, solved.
    """
    mutual = chain.mutual
    if mutual is None or float(usual.thresholds[0, 0]) == inf:
        return False
    return bool(mutual.variance[0] > 0.0) or any(chain.facts)


def tabulate(
    chains: Sequence[ChainParameters[float]],
    usual: Sequence[Solution],
    *,
    exact_rows: bool = False,
) -> list[TabulatedChain]:
    """Processes in which passes tell of the fit, from the best offer in hand or 0 on.

    Args:
        chains: Each with what passes tell.
        usual: The chain of constant rates of each, solved, in one row.
        exact_rows: Whether no bit of a table depends on the others.
    """
    tables = [
        TabulatedChain(chain, solution, exact_rows)
        for chain, solution in zip(chains, usual, strict=True)
    ]
    wanted, alone = list[tuple[TabulatedChain, Worth, Worth]](), []
    for table, chain in zip(tables, chains, strict=True):
        guess = table.anchor - float(table.usual.thresholds[0, 0])
        low, high = 0.0, max(0.0, table.anchor) + _FAR * table.spread
        if isfinite(guess):
            margin = _MARGIN * table.spread
            low, high = 0.0 if guess > 0.0 else guess - margin, guess + margin
        wanted.append((table, low, max(high, low + _NARROWEST * table.spread)))
        # One that is never left has a value beyond all alternatives.
        further = [0.0] if isfinite(guess) else [0.0, table.reach]
        alone.append((chain, table.mutual.moved(-np.array(further))))
    solutions = fill(wanted, alone)
    for table, solution in zip(tables, solutions, strict=True):
        thresholds = np.where(
            solution.beyond, table.usual.thresholds, solution.thresholds
        )
        table.alone = thresholds[:1]
        if len(thresholds) > 1:
            table.floor = solution.values[1:]
        table.single &= solution.single.all()
    unsettled = list(tables)
    for _ in range(_MOST_ROUNDS):
        wanted = []
        for table in unsettled:
            ends = _further(table)
            if ends is not None:
                wanted.append((table, *ends))
        # Where next to nobody has passed, C may rise for the rounding of the solver.
        wanted = [entry for entry in wanted if entry[0].is_resolved]
        if not wanted:
            break
        fill(wanted)
        unsettled = [table for table, _, _ in wanted]
    for table in tables:
        table.index = _index(table)
        table.thresholds = table.alone.copy()
        table.thresholds[0, 0] = table.anchor - table.index
    missing = [it for it in tables if it.index == inf and it.floor is None]
    add_floors(missing)
    return tables


def _further(table: TabulatedChain) -> tuple[Worth, Worth] | None:
    """Between which alternatives the index is to be looked for yet, if so.

    C is convex and falls, so that its tangent falls below it.

    Args:
        table: With some panels.
    """
    if not isfinite(float(table.usual.thresholds[0, 0])):
        return None
    leaving, last, first = table.chain.exit[0], table.panels[-1], table.panels[0]
    value, slope = last.value_and_slope(last.right)
    if value > leaving:
        if slope <= _NEXT_TO_NEVER or last.right >= table.reach:
            # It ends in no job: worth what it is, however good the alternative.
            return None
        ahead = max(1.25 * (value - leaving) / slope, 1e-3 * table.spread)
        return last.right, min(last.right + ahead, table.reach)
    value, slope = first.value_and_slope(first.left)
    if value > leaving or slope <= _NEXT_TO_NEVER:
        return None
    behind = max(1.01 * (leaving - value) / slope, 0.05 * table.spread)
    return first.left - behind, first.left


def _index(table: TabulatedChain) -> Worth:
    """Where going on is worth as much as leaving, hours.

    Newton's method from the left, as C is convex and falls.

    Args:
        table: With panels around the index.
    """
    guess = table.anchor - float(table.usual.thresholds[0, 0])
    if not isfinite(guess):
        return guess
    leaving = table.chain.exit[0]
    for panel in reversed(table.panels):
        if panel.value_and_slope(panel.left)[0] <= leaving:
            continue
        if (
            panel is table.panels[-1]
            and panel.value_and_slope(panel.right)[0] > leaving
        ):
            return inf
        low, high = panel.left, panel.right
        point = low
        for _ in range(_NEWTON_STEPS):
            value, slope = panel.value_and_slope(point)
            low, high = (point, high) if value > leaving else (low, point)
            following = point + (value - leaving) / slope if slope > 0.0 else inf
            if not low <= following <= high:
                following = 0.5 * (low + high)
            length = abs(following - point)
            point = following
            if length <= 1e-12 * (1.0 + abs(point)):
                break
        return point
    return guess


def tabulated(
    with_passes: Mapping[object, ChainParameters[float]],
    known: Mapping[object, tuple[AnySolution, int]],
    *,
    exact_rows: bool,
) -> dict[object, tuple[AnySolution, int]]:
    """Chains in which passes tell of the fit, each solved as it is.

    Those of which all is known, or that are over at once, are of constant rates; so are
    those that no table resolves.

    Args:
        with_passes: The chains by their numbers.
        known: Their chains of constant rates, solved.
        exact_rows: As ``SolvedProcesses.of``.
    """
    solved, chains, usual = {}, {}, []
    for key, chain in with_passes.items():
        solved[key] = known[chain.on_average.key]
        solution, line = solved[key]
        single = solution.take(np.array([line]))
        if isinstance(single, Solution) and is_open(chain, single):
            chains[key] = chain
            usual.append(single)
    tables = tabulate(list(chains.values()), usual, exact_rows=exact_rows)
    resolved: dict[int, dict[object, TabulatedChain]] = {}
    for key, table in zip(chains, tables, strict=True):
        if table.is_resolved:
            resolved.setdefault(len(table.chain.exit), {})[key] = table
    for alike in resolved.values():
        together = MutualTables.of([*alike.values()])
        solved |= {key: (together, line) for line, key in enumerate(alike)}
    return solved
