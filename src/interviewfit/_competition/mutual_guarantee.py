"""How sure a plan is in which passes tell of the fit."""

from math import inf

from attrs import evolve

from interviewfit._competition.any_solution import is_tabulated
from interviewfit._competition.bounds import tolerance
from interviewfit._competition.joint_search import JointSearch
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Certainty
from interviewfit._results.plan import Guarantee

NOT_SINGLE = (
    "Going on may be worth it in more than one range of the fit, and one limit a stage "
    "is counted."
)
"""Why a value is bounded from below alone."""

AVERAGED = "So few pass the stages behind that passes are counted on average"
"""Why nothing is known of how far off a plan is."""


def with_passes(
    guarantee: Guarantee, joint: JointSearch, value: Worth, upper: Worth
) -> Guarantee:
    """How sure a plan is, with how exact the tables of its processes are.

    A value moves by no more than all values of its processes do together, because it is
    a mean of them.

    Args:
        guarantee: As if all tables were exact.
        joint: The search, in which passes tell of the fit.
        value, upper: Of the plan, and of any plan at most, hours.
    """
    solved = joint.constraints.unpriced
    tables = [it for it in solved.solutions if is_tabulated(it)]
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
    if not all(table.single.all() for table in tables):
        reasons = (*guarantee.reasons, NOT_SINGLE)
        return Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=reasons)
    error = 2.0 * sum(table.error for table in tables)
    if guarantee.certainty is Certainty.HEURISTIC or error <= tolerance(value) * 1e-3:
        return guarantee
    gap = max(0.0, upper - value) + error
    if gap <= tolerance(value):
        return evolve(guarantee, gap=gap)
    reason = f"What being passed on tells is worked out to within {error:,.2g} h."
    reasons = (*guarantee.reasons, reason)
    return Guarantee(certainty=Certainty.BOUNDED, gap=gap, reasons=reasons)
