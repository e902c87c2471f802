"""Tables of the processes of a search in which passes tell of the fit, made at once.

Reference: P. Whittle, "Multi-armed bandits and the Gittins index", Journal of the Royal
Statistical Society B 42 (1980) 143-149, for the value of a process and its slope.
"""

from collections.abc import Mapping, Sequence
from math import inf, isfinite

import numpy as np

from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_panels import Panel
from interviewfit._competition.mutual_tables import MutualTables
from interviewfit._competition.tabulated_chains import TabulatedChain, add_floors, fill
from interviewfit._model.units import Worth
from interviewfit._numeric.effort import counted
from interviewfit._solver.solution import Solution

# How far beyond its index as it would be on average a process is solved, and what is
# worth a panel, as shares of its standard deviation; at least it is so much further.
_MARGIN, _NARROWEST, _LEAST = 0.05, 0.25, 1e-3
# How far beyond what is believed one that is never left is solved at first, likewise.
_FAR = 1.25
# How much further than where its tangent meets the value of leaving one is solved.
_BEYOND = 1.5
_MOST_ROUNDS, _NEWTON_STEPS = 12, 40
# A process that ends in a job less often than this has no index by its slope.
_NEXT_TO_NEVER = 1e-13
# Once so many operations were needed to solve tables at a few alternatives, the index
# of what is left anyway is read from tangents at so many alternatives more, until it is
# known to such a share of the standard deviation.
_MOST_OPERATIONS, _MOST_TANGENTS, _NEAR = 100_000_000, 2, 0.01
# From so many on, squares of the steps of all tables of a search added up, tables are
# coarse: a step takes the longer the more passes come before it.
_LARGE = 6_000


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
    is_coarse: bool = False,
) -> list[TabulatedChain]:
    """Processes in which passes tell of the fit, from the best offer in hand or 0 on.

    Args:
        chains: Each with what passes tell.
        usual: The chain of constant rates of each, solved, in one row.
        exact_rows: Whether no bit of a table depends on the others.
        is_coarse: As ``TabulatedChain``.
    """
    tables = [
        TabulatedChain(chain, solution, exact_rows, is_coarse)
        for chain, solution in zip(chains, usual, strict=True)
    ]
    with counted() as effort:
        _begin(tables)
    is_dear = not exact_rows and effort.operations > _MOST_OPERATIONS
    # What is not gone on with needs no panel from where it would be.
    left = [table for table in tables if is_dear and _is_worse(table)]
    _narrow(left)
    unsettled = [table for table in tables if table not in left]
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
        if table not in left:
            table.index = _index(table)
        table.thresholds = table.alone.copy()
        table.thresholds[0, 0] = table.anchor - table.index
    missing = [it for it in tables if it.index == inf and it.floor is None]
    add_floors(missing)
    return tables


def _begin(tables: Sequence[TabulatedChain]) -> None:
    """Solve tables from the best offer in hand or 0 to where the index may be.

    Each is solved alone as well, for its thresholds.

    Args:
        tables: Without any panel.
    """
    wanted = list[tuple[TabulatedChain, Worth, Worth]]()
    points = list[tuple[TabulatedChain, tuple[Worth, ...]]]()
    for table in tables:
        guess = table.guess
        if isfinite(guess) and guess < 0.0:
            # Where leaving is better already, the tangent shows how far off it is.
            points.append((table, (0.0, guess)))
            continue
        # One that is never left has a value beyond all alternatives.
        points.append((table, (0.0,) if isfinite(guess) else (0.0, table.reach)))
        high = max(0.0, table.anchor) + _FAR * table.spread
        if isfinite(guess):
            high = guess + _MARGIN * table.spread
        wanted.append((table, 0.0, max(high, _NARROWEST * table.spread)))
    for table, solution in zip(tables, fill(wanted, points), strict=True):
        thresholds = np.where(
            solution.beyond, table.usual.thresholds, solution.thresholds
        )
        table.alone = thresholds[:1]
        if not isfinite(table.guess):
            table.floor = solution.values[1:]


def _further(table: TabulatedChain) -> tuple[Worth, Worth] | None:
    """Between which alternatives the index is to be looked for yet, if so.

    C is convex and falls, so that its tangent falls below it.

    Args:
        table: With some panels, or alternatives that were solved by themselves.
    """
    leaving, last = table.chain.exit[0], table.panels[-1]
    value, slope = last.value_and_slope(last.right)
    if not isfinite(table.guess):
        return None
    if value <= leaving:
        return _before(table)
    if slope <= _NEXT_TO_NEVER or last.right >= table.reach:
        # It ends in no job: worth what it is, however good the alternative.
        return None
    least = _NARROWEST if last.is_point else _LEAST
    ahead = max(_BEYOND * (value - leaving) / slope, least * table.spread)
    return last.right, min(last.right + ahead, table.reach)


def _is_worse(table: TabulatedChain) -> bool:
    """Whether leaving is better against no offer at all, so that the index is below 0.

    Args:
        table: With some panels, or alternatives that were solved by themselves.
    """
    first = next((panel for panel in table.panels if panel.right >= 0.0), None)
    if first is None or not isfinite(table.guess):
        return False
    value, _ = first.value_and_slope(max(0.0, first.left))
    return value <= table.chain.exit[0]


def _narrow(tables: Sequence[TabulatedChain]) -> None:
    """Bracket the index of what is left anyway, from a few alternatives.

    Args:
        tables: Of which leaving is better against no offer at all.
    """
    for number in range(_MOST_TANGENTS + 1):
        points = list[tuple[TabulatedChain, tuple[Worth, ...]]]()
        for table in tables:
            table.index, table.index_error = _index_between(table)
            low = table.index - table.index_error
            if table.index_error > _NEAR * table.spread and isfinite(low):
                points.append((table, (low,)))
        if not points or number == _MOST_TANGENTS:
            break
        fill((), points)
    for table in tables:
        # Nothing between the alternatives is known.
        table.panels = [panel for panel in table.panels if panel.right >= 0.0]


def _index_between(table: TabulatedChain) -> tuple[Worth, Worth]:
    """About where going on is worth as much as leaving, hours, and how far off it is.

    C is convex and falls: the index is left of where a chord of it meets the value of
    leaving, and right of where a tangent does.

    Args:
        table: Of which leaving is better at the last alternative.
    """
    leaving, low, high = table.chain.exit[0], -inf, inf
    before: tuple[Worth, Worth] | None = None
    for panel in table.panels:
        value, slope = panel.value_and_slope(panel.left)
        if slope > _NEXT_TO_NEVER:
            low = max(low, panel.left + (value - leaving) / slope)
        if value > leaving:
            before = panel.left, value
            continue
        high = panel.left
        if before is not None:
            share = (before[1] - leaving) / (before[1] - value)
            high = before[0] + share * (panel.left - before[0])
        break
    if low == -inf:
        return table.guess, inf
    low = min(low, high)
    return 0.5 * (low + high), 0.5 * (high - low)


def _before(table: TabulatedChain) -> tuple[Worth, Worth] | None:
    """The same where leaving is better at the last alternative.

    Args:
        table: As ``_further`` takes it.
    """
    leaving, before = table.chain.exit[0], list[Panel]()
    for panel in table.panels:
        value, slope = panel.value_and_slope(panel.left)
        if value > leaving:
            before.append(panel)
            continue
        if before:
            # It is in the panel before, or in a gap after it.
            end = before[-1].right
            is_there = before[-1].value_and_slope(end)[0] <= leaving
            return None if is_there or end >= panel.left else (end, panel.left)
        if slope <= _NEXT_TO_NEVER:
            return None
        behind = max(1.01 * (leaving - value) / slope, _MARGIN * table.spread)
        return panel.left - behind, panel.left
    return None


def _index(table: TabulatedChain) -> Worth:
    """Where going on is worth as much as leaving, hours.

    Newton's method from the left, as C is convex and falls.

    Args:
        table: With panels around the index.
    """
    guess = table.guess
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
    telling = list(chains.values())
    is_coarse = not exact_rows and _size_of(telling, known) > _LARGE
    tables = tabulate(telling, usual, exact_rows=exact_rows, is_coarse=is_coarse)
    resolved: dict[int, dict[object, TabulatedChain]] = {}
    for key, table in zip(chains, tables, strict=True):
        if table.is_resolved:
            resolved.setdefault(len(table.chain.exit), {})[key] = table
    for alike in resolved.values():
        together = MutualTables.of([*alike.values()])
        solved |= {key: (together, line) for line, key in enumerate(alike)}
    return solved


def _size_of(
    chains: Sequence[ChainParameters[float]],
    before: Mapping[object, tuple[AnySolution, int]],
) -> int:
    """How much work the tables of a search are, the squares of their steps added up.

    It says whether they are coarse. It counts what was solved for the search before, so
    that the alternatives of a single process are as coarse as its rivals.

    Args:
        chains: Those that are to be solved.
        before: All that was solved for the search before.
    """
    solutions = {id(solution): solution for solution, _ in before.values()}
    tables = [it for it in solutions.values() if isinstance(it, MutualTables)]
    steps = [table.work for it in tables for table in it.tables]
    return sum(count**2 for count in [*steps, *(len(it.exit) for it in chains)])
