"""How sure a plan is in which passes tell of the fit, and where they are averaged."""

from collections.abc import Sequence
from math import inf

from attrs import evolve

from interviewfit._competition.any_solution import is_tabulated
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.value_bounds import tolerance
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Certainty
from interviewfit._results.plan import Guarantee

NOT_SINGLE = (
    "Going on may be worth it in more than one range of the fit, and one limit a stage "
    "is counted; more of them would add at most "
)
"""Why a value is no more than bounded; hours follow, at the alternatives looked at."""

AVERAGED = (
    "Beside other offers what passes tell could not be worked out, so that they are "
    "counted on average"
)
"""Why nothing is known of how far off a plan is."""

MOVED = (
    "There are so many steps that passes are counted on average where ways to go on "
    "are compared; what each process adds is worked out to within "
)
"""What is less than exact in the rows of a plan; hours follow."""

# What is moved rounds in another way than what is not, hours.
_ROUNDING = 1e-6

# Steps of all processes together, beyond which their alternatives are averaged.
_MOST_STEPS = 500


def are_averaged(chains: Sequence[ChainParameters[float] | None]) -> bool:
    """Whether alternatives count passes on average, because there are very many steps.

    Args:
        chains: Of the processes of a search; None where one does not run.
    """
    steps = [
        len(chain.exit)
        for chain in chains
        if chain is not None and chain.mutual is not None
    ]
    return sum(steps) > _MOST_STEPS


def with_passes(
    guarantee: Guarantee, joint: JointSearch, value: Worth, upper: Worth
) -> Guarantee:
    """How sure a plan is, with how exact the tables of its processes are.

    A value moves by no more than all values of its processes do together, because it is
    a mean of them. So it does where a process could be left by more than one threshold
    a step: what that would add to each is bounded (``mutual_half_lines.Arrival``).

    Args:
        guarantee: As if all tables were exact.
        joint: The search, in which passes tell of the fit.
        value, upper: Of the plan, and of any plan at most, hours.
    """
    solved = joint.constraints.unpriced
    tables = [it for it in solved.solutions if is_tabulated(it)]
    error = 2.0 * sum(table.error for table in tables)
    if are_averaged(joint.chains):
        reason = f"{MOVED}{error + _ROUNDING:,.2g} h."
        guarantee = evolve(guarantee, reasons=(*guarantee.reasons, reason))
    averaged = [
        entry.opportunity.name
        for row, entry in enumerate(joint.constraints.running)
        if entry.process.mutual is not None
        and entry.process.mutual.variance[0] > 0.0
        and not is_tabulated(solved.solution(row))
        and solved.indices[row] > -inf
    ]
    if averaged:
        names = ", ".join(averaged)
        reasons = (*guarantee.reasons, f"{AVERAGED} ({names}).")
        return Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=reasons)
    missed = sum(it.shortfall for table in tables for it in table.tables)
    if missed > _ROUNDING:
        reason = f"{NOT_SINGLE}{missed:,.2g} h, at every alternative that was solved."
        guarantee = evolve(guarantee, reasons=(*guarantee.reasons, reason))
    tangents = [it.index_error for table in tables for it in table.tables]
    if any(tangents):
        within = f"is worked out to within {max(tangents):,.2g} h"
        reason = f"The index of what is left anyway {within}."
        guarantee = evolve(guarantee, reasons=(*guarantee.reasons, reason))
    is_exact = missed + error <= tolerance(value) * 1e-3
    if guarantee.certainty is Certainty.HEURISTIC or is_exact:
        return guarantee
    gap = max(0.0, upper - value) + error + missed
    if gap <= tolerance(value):
        return evolve(guarantee, gap=gap)
    reasons = guarantee.reasons
    if error > tolerance(value) * 1e-3:
        within = f"is worked out to within {error:,.2g} h"
        reasons = (*reasons, f"What being passed on tells {within}.")
    return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=reasons)
