"""The value of what a stage brings beside its news, in hours.

It is so many units of each term, and a unit is worth

    networking   contact * relevance * activity; units are the influence of those met
    practice     gain * sensitivity * (worth ahead); units are decay**(interviews done)
    hidden role  chance it exists * chance of an offer * E[max(0, X)]
    time         an hour as the candidate weighs it; courtesy likewise for the firm
    bail         chance of harm * harm * relevance, on walking out

X is the surplus of another role at the same firm: the company's aspects as they are
believed now, the role's drawn anew. Reference for E[max(0, X)] of a normal X: H. Raiffa
and R. Schlaifer, "Applied Statistical Decision Theory" (1961), chapter 5.
"""

from collections.abc import Mapping

from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import COMPANY_ASPECTS
from interviewfit._model.vocabulary import Event, Seniority, Term
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import N, fsum, root_sum_square
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import StageStructure, Structure


def unit_values(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> dict[Term, N]:
    """The value of one unit of everything a stage brings, hours, weights included.

    Args:
        structure, numbers: Of the decision, whether a recruiter or referral matters.
        posterior: Beliefs once all signals are in; clues raise the odds of events.

    Returns:
        By term: meeting a manager; a full interview, if it were the first; another
        opening, if a stage surely brought it up; the harm of walking out on a manager,
        above 0; an hour of one's own, and of an interviewer; turning the recruiter
        down, above 0; naming somebody better suited.
    """
    relevance = numbers["relevance"]
    helps = posterior.odds.get(Event.CONTACT_HELPS, 1.0)
    # By how much the clues multiply the chance; also where it is next to nothing.
    multiplied = helps / (1.0 + numbers["contact_helps"] * (helps - 1.0))
    hidden_role = shift_odds(
        numbers["hidden_role"], posterior.odds.get(Event.HIDDEN_ROLE, 1.0)
    )
    values: dict[Term, N] = {
        Term.NETWORKING: numbers["contact"]
        * relevance
        * numbers["activity"]
        * multiplied,
        Term.PRACTICE: numbers["practice_gain"]
        * numbers["practice_sensitivity"]
        * numbers["interviews_ahead"]
        * numbers["worth_ahead"],
        Term.HIDDEN_ROLE: hidden_role
        * numbers["hidden_offer"]
        * _value_of_other_role(numbers, posterior),
        Term.BAIL: numbers["bail_chance"] * numbers["bail_harm"] * relevance,
        Term.TIME: 1.0,
        Term.COURTESY: numbers["courtesy"],
        Term.DECLINING: numbers["refusal"] if structure.via_recruiter else 0.0,
        Term.REFERRAL: numbers["referral"] if structure.knows_someone else 0.0,
    }
    return {term: numbers.weight(term) * value for term, value in values.items()}


def _value_of_other_role(numbers: Numbers[N], posterior: Posterior[N]) -> N:
    """The expected value of being free to take another role at the same firm, hours.

    Args:
        numbers: Of the decision.
        posterior: The company's aspects are as believed there; the role's are unknown.
    """
    means: list[N] = [-numbers.get("fallback", 0.0)]
    sds: list[N] = []
    for aspect, belief in posterior.beliefs.items():
        weight = numbers.priority(aspect)
        shared = aspect in COMPANY_ASPECTS
        if shared:
            sds.append(weight * posterior.unsettled[aspect])
        believed = belief if shared else numbers.unknown(aspect)
        means.append(weight * believed.mean)
        sds.append(weight * believed.sd)
    surplus = normal.expected_positive_part(fsum(means), root_sum_square(sds))
    return numbers.hours_per_percent * surplus


def time_terms(
    stage: StageStructure, values: Mapping[Term, N], spent: N, together: N
) -> dict[Term, N]:
    """The price of one's own hours and of the interviewer's, hours, by term.

    Args:
        stage: Of which a half is paid.
        values: Of an hour of either, hours, by term.
        spent: Own hours.
        together: Hours in the interview, the interviewer's too unless nobody is met.
    """
    terms = {Term.TIME: -values[Term.TIME] * spent}
    if stage.meets is not Seniority.NOBODY:
        terms[Term.COURTESY] = -values[Term.COURTESY] * together
    return terms
