"""The value, in hours, of what happens in a stage beside its news.

    networking   contact * influence * relevance * activity
    practice     gain * decay**(interviews done) * sensitivity * (worth ahead)
    hidden role  chance it exists and surfaces * chance of an offer * E[max(0, X)]
    time         hours, each as the candidate weighs it; courtesy likewise for the other side
    bail         chance of harm * harm * influence * relevance, on walking out

X is the surplus of another role at the same firm: the company's aspects as they are
believed now, the role's drawn anew.
"""

from typing import Generic

from attrs import frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import COMPANY_ASPECTS
from interviewfit._model.vocabulary import Event, Term
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import N, N_co, fsum, root_sum_square
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import Structure

__all__ = ["SideValues", "side_values_of"]


@frozen
class SideValues(Generic[N_co]):
    """The value of one unit of everything a stage brings, hours, weights included.

    Attributes:
        contact: Meeting a manager.
        practice: A full interview, if it were the first.
        hidden_role: Another opening, if a stage surely brought it up.
        bail: The expected harm of walking out on a manager, above 0.
        hour: An hour of one's own.
        courtesy: An hour of an interviewer.
        refusal: Turning the recruiter down, above 0.
        referral: Naming somebody better suited.
    """

    contact: N_co
    practice: N_co
    hidden_role: N_co
    bail: N_co
    hour: N_co
    courtesy: N_co
    refusal: N_co
    referral: N_co


def side_values_of(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> SideValues[N]:
    """The side values of one candidate at one opportunity, hours.

    Args:
        structure: Of the decision; says whether a recruiter and a referral matter.
        numbers: Of the decision.
        posterior: Beliefs once all signals are in; clues raise the odds of events.
    """
    relevance = numbers["relevance"]
    helps = posterior.odds.get(Event.CONTACT_HELPS, 1.0)
    # By how much the clues multiply the chance; also where it is next to nothing.
    multiplied = helps / (1.0 + numbers["contact_helps"] * (helps - 1.0))
    contact = numbers["contact"] * relevance * numbers["activity"] * multiplied
    exists = shift_odds(
        numbers["hidden_role"], posterior.odds.get(Event.HIDDEN_ROLE, 1.0)
    )
    return SideValues(
        contact=numbers.weight(Term.NETWORKING) * contact,
        practice=numbers.weight(Term.PRACTICE)
        * numbers["practice_gain"]
        * numbers["practice_sensitivity"]
        * numbers["interviews_ahead"]
        * numbers["worth_ahead"],
        hidden_role=numbers.weight(Term.HIDDEN_ROLE)
        * exists
        * numbers["hidden_offer"]
        * _other_role(numbers, posterior),
        bail=numbers.weight(Term.BAIL)
        * numbers["bail_chance"]
        * numbers["bail_harm"]
        * relevance,
        hour=numbers.weight(Term.TIME),
        courtesy=numbers.weight(Term.COURTESY) * numbers["courtesy"],
        refusal=numbers.weight(Term.DECLINING) * numbers["refusal"]
        if structure.via_recruiter
        else 0.0,
        referral=numbers.weight(Term.REFERRAL) * numbers["referral"]
        if structure.knows_someone
        else 0.0,
    )


def _other_role(numbers: Numbers[N], posterior: Posterior[N]) -> N:
    """The expected value of being free to take another role at the same firm, hours.

    Args:
        numbers: Of the decision.
        posterior: The company's aspects are as believed there; the role's are unknown.
    """
    means: list[N] = [-numbers.get("fallback", 0.0)]
    sds: list[N] = []
    for aspect in posterior.beliefs:
        weight, belief = numbers.priority(aspect), posterior.beliefs[aspect]
        if aspect in COMPANY_ASPECTS:
            sds.append(weight * posterior.unsettled[aspect])
        else:
            belief = numbers.unknown(aspect)
        means.append(weight * belief.mean)
        sds.append(weight * belief.sd)
    surplus = normal.expected_positive_part(fsum(means), root_sum_square(sds))
    return numbers.hours_per_percent * surplus
