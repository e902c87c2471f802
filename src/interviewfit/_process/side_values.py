"""What happens in a stage is worth, in hours, beside its news.

    networking   contact * influence * relevance * activity
    practice     gain * decay**(interviews done) * sensitivity * (worth ahead)
    hidden role  chance it exists and surfaces * chance of an offer * E[max(0, X)]
    time         hours, each as priced; courtesy likewise for the interviewer
    bail         chance of harm * harm * influence * relevance, on walking out

X is the surplus of another role at the same firm: the company's aspects as they
are believed now, the role's drawn afresh.
"""

from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import COMPANY_ASPECTS, Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Event
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import spread, total
from interviewfit._process.signals import Posterior, shift_odds

__all__ = ["SideValues", "given", "price"]


@frozen
class SideValues:
    """What happens in a stage is worth, hours, as the candidate weighs it.

    Attributes:
        contact: A manager met.
        practice: A full interview, were it the first.
        hidden_role: Another opening, if a stage surely brought it up.
        bail: Expected harm of walking out on a manager.
        hour: One's own hour.
        courtesy: An interviewer's hour.
        refusal: Turning the recruiter down.
        referral: Naming somebody better suited.
        odds: Per event, by how much clues have multiplied its odds.
    """

    contact: Worth
    practice: Worth
    hidden_role: Worth
    bail: Worth
    hour: Worth
    courtesy: Worth
    refusal: Worth
    referral: Worth
    odds: Mapping[Event, float]


def price(
    candidate: Candidate,
    opportunity: Opportunity,
    posterior: Posterior,
    assumptions: Assumptions,
) -> SideValues:
    """Price what stages bring, for one candidate and one opportunity."""
    weights = candidate.weights
    relevance = given(opportunity.relevance, assumptions["relevance"])
    activity = given(candidate.activity, assumptions["activity"])
    helps = posterior.odds.get(Event.CONTACT_HELPS, 1.0)
    # By how much that multiplies the chance; also where the chance is next to nothing.
    likelier = helps / (1.0 + assumptions["contact_helps"] * (helps - 1.0))
    contact = assumptions["contact"] * relevance * activity * likelier
    exists = shift_odds(
        given(opportunity.hidden_role, assumptions["hidden_role"]),
        posterior.odds.get(Event.HIDDEN_ROLE, 1.0),
    )
    return SideValues(
        contact=weights.networking * contact,
        practice=weights.practice
        * assumptions["practice_gain"]
        * assumptions["practice_sensitivity"]
        * given(candidate.interviews_ahead, assumptions["interviews_ahead"])
        * given(candidate.worth_ahead, assumptions["worth_ahead"]),
        hidden_role=weights.hidden_role
        * exists
        * assumptions["hidden_offer"]
        * _other_role(candidate, posterior, assumptions),
        bail=weights.bail
        * assumptions["bail_chance"]
        * assumptions["bail_harm"]
        * relevance,
        hour=weights.time,
        courtesy=weights.courtesy * assumptions["courtesy"],
        refusal=weights.declining * assumptions["refusal"]
        if opportunity.via_recruiter
        else 0.0,
        referral=weights.referral * assumptions["referral"]
        if opportunity.knows_someone
        else 0.0,
        odds=posterior.odds,
    )


def given(own: float | None, default: float) -> float:
    """One's own number where there is one, else the default."""
    return default if own is None else own


def _other_role(
    candidate: Candidate, posterior: Posterior, assumptions: Assumptions
) -> Worth:
    """Expected worth of the choice to take another role at the same firm, hours."""
    means, spreads = [-candidate.fallback], []
    for name, belief in posterior.beliefs.items():
        weight = candidate.priorities.get(name, 1.0)
        if name in COMPANY_ASPECTS:
            mean, sd = belief.mean, belief.sd
            spreads.append(weight * posterior.unsettled[name])
        else:
            afresh = assumptions.unknown(name)
            mean, sd = afresh.mean, afresh.sd
        means.append(weight * mean)
        spreads.append(weight * sd)
    return assumptions.percent_hours * normal.expected_positive_part(
        total(means), spread(spreads)
    )
