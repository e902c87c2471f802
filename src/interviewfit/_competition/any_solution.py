"""Solved steps: of constant rates, in tables, or for a belief alone."""

from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from interviewfit._competition.tabulated import Tabulated
from interviewfit._solver.solution import Solution

if TYPE_CHECKING:
    from interviewfit._competition.mutual_tables import MutualTables
    from interviewfit._solver.mutual_solution import MutualSolution

AnySolution: TypeAlias = "Solution | MutualTables"
"""A chain of constant rates, or one in which passes tell of the fit."""

Solved: TypeAlias = "AnySolution | MutualSolution"
"""The steps of an alternative, solved: at every mean, or for a belief alone."""


def is_tabulated(solution: object) -> "TypeGuard[MutualTables]":
    """Whether a solution is of a chain in which passes tell of the fit, in a table.

    Args:
        solution: Of a chain, of any kind.
    """
    return isinstance(solution, Tabulated)


def for_every_mean(solution: "Solved | None") -> AnySolution:
    """A solution that serves every mean of the surplus.

    Args:
        solution: Of the steps of an alternative.

    Raises:
        ValueError: If it is of a belief alone, or there is none.
    """
    if isinstance(solution, Solution) or is_tabulated(solution):
        return solution
    message = "only a chain of constant rates or a table serves every mean"
    raise ValueError(message)
