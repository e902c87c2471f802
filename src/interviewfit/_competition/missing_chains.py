"""Chains of a search that are not solved yet, solved together."""

from collections.abc import Mapping, Sequence

import numpy as np

from interviewfit._competition.any_solution import AnySolution
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.kept_solutions import solve_table


def solve_missing(
    keys: Sequence[object],
    chains: Sequence[ChainParameters[float]],
    known: Mapping[object, tuple[AnySolution, int]],
    *,
    exact_rows: bool,
) -> dict[object, tuple[AnySolution, int]]:
    """The solutions of some chains that are not known, and of those that these need.

    Those of equally many steps are solved together, because a call of the solver costs
    more than its arithmetic. Where passes tell of the fit, so is the chain of constant
    rates.

    Args:
        keys, chains: The numbers of each chain (``ChainParameters.key``), and it.
        known: What is solved, by these numbers: the solution, and the row there.
        exact_rows: As ``SolvedProcesses.of``.
    """
    missing: dict[int, dict[object, ChainParameters[float]]] = {}
    with_passes: dict[object, ChainParameters[float]] = {}
    for key, chain in zip(keys, chains, strict=True):
        if key in known:
            continue
        usual, of_usual = chain.on_average, key
        if usual is not chain:
            with_passes[key], of_usual = chain, usual.key
        if usual is chain or of_usual not in known:
            missing.setdefault(len(chain.exit), {}).setdefault(of_usual, usual)
    solved: dict[object, tuple[AnySolution, int]] = {}
    for _, alike in sorted(missing.items()):
        facts = max(chain.most_facts for chain in alike.values())
        table = np.array([chain.numbers(facts) for chain in alike.values()])
        solution = solve_table(table, exact_rows=exact_rows, singly=not exact_rows)
        solved |= {key: (solution, line) for line, key in enumerate(alike)}
    if with_passes:
        # Imported where passes tell of the fit.
        from interviewfit._competition.tabulating import tabulated

        whole = {**known, **solved}
        solved |= tabulated(with_passes, whole, exact_rows=exact_rows)
    return solved
