"""The value of what a stage brings beside its news, in hours.

It is so many units of each term, and a unit is worth

    networking   contact * min(relevance, reach) * activity; units are the influence of
                 the person met, times repeat_contact for each earlier meeting
    practice     gain * sensitivity * (worth ahead); units are decay**(interviews done)
    hidden role  chance it exists * chance of an offer * E[max(0, X)]
    time         an hour as the candidate weighs it; courtesy likewise for the firm
    bail         chance of harm * harm * reach, on walking out; units are influence
    declining    refusal, times refusal_out_of_field if it is; refusal_later units once
                 the recruiter has introduced the candidate
    referral     referral * reach; units are the square root of the influence of the
                 most influential person it reaches, times referral_late at the end

X is the surplus of another role at the same firm: the company's aspects as they are
believed now, and in each world of the facts on them (``facts``) and of the news to come
(``news``), the role's drawn anew.
Reference for E[max(0, X)] of a normal X: H. Raiffa and R. Schlaifer, "Applied
Statistical Decision Theory" (1961), chapter 5.

Somebody better suited can be named at every end but walking out: on withdrawing, to
those met by then and to whom one calls off, and with less effect after a refusal or on
declining an offer. The square root, because the vacancy is the manager's, whose
influence is 1, whoever reads of it. Whoever accepts keeps as much goodwill, so a
referral never speaks against a job worth having. The first step ahead therefore brings
what naming somebody at the end would, and every later one what a more influential
person adds to it.

A position counts what the rounds behind it have used up (``used_up``): practice has
worn off, and a role that would have come up by now does not come up again.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import COMPANY_ASPECTS
from interviewfit._model.vocabulary import Event, Phase, Seniority, Term
from interviewfit._numeric.arrays import N, fsum, is_zero, maximum, minimum, sqrt
from interviewfit._process.covariances import sd_of_sum
from interviewfit._process.facts import expected_positive_part, facts_of
from interviewfit._process.news import news_of
from interviewfit._process.signals import Posterior, shift_odds
from interviewfit._process.structure import StageStructure, Structure


def used_up(structure: Structure, numbers: Numbers[N]) -> tuple[N, N]:
    """What the rounds behind have left of practice and of other openings.

    Args:
        structure, numbers: Of the decision; they say where the process stands.

    Returns:
        Interviews done, each by how much it counts as practice; and the probability
        that another role has not come up yet.
    """
    interviews: N = numbers["interviews_done"]
    hidden: N = 1.0
    for stage in structure.behind:
        # Never in place: these may be columns that belong to the caller.
        interviews = interviews + numbers.stage(stage.number, stage.kind, "practice")
        surfaces = numbers.stage(stage.number, stage.kind, "surfaces")
        hidden = hidden - surfaces * hidden
    return interviews, hidden


def reached_by(structure: Structure, numbers: Numbers[N]) -> N:
    """Influence of the most influential person met so far, who hears of a referral.

    Args:
        structure, numbers: Of the decision; with an offer all its stages are over.
            Somebody of HR reads it even if nobody was met yet, so it is never 0.
    """
    reached: N = numbers[f"influence.{Seniority.HR}"]
    for stage in structure.behind:
        reached = maximum(reached, numbers.influence(stage.number, stage.meets))
    return reached


def referrals(
    structure: Structure,
    numbers: Numbers[N],
    unit: N,
    stages: Sequence[StageStructure],
) -> Iterator[N]:
    """What naming somebody better suited in place of each stage earns, hours.

    Args:
        structure, numbers: Of the decision.
        unit: What naming somebody to a manager earns, hours.
        stages: Ahead; desk research is put before the stage that is next, and counts
            as it does.
    """
    if not structure.knows_someone:
        yield from (0.0 for _ in stages)
        return
    reached = reached_by(structure, numbers)
    for stage in stages:
        due = stage if stage.number >= 0 else structure.ahead[0]
        reached = maximum(reached, numbers.influence(due.number, due.meets))
        yield unit * sqrt(reached)


def unit_values(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> dict[Term, N]:
    """The value of one unit of everything a stage brings, hours, weights included.

    Args:
        structure, numbers: Of the decision, whether a recruiter or referral matters.
        posterior: Beliefs once all signals are in; clues raise the odds of events.

    Returns:
        By term: meeting a manager for the first time; a full interview, if it were the
        first; another opening, if a stage surely brought it up; the harm of walking out
        on a manager, above 0; an hour of one's own, and of an interviewer; turning the
        recruiter down, above 0; naming somebody better suited to a manager.
    """
    reach, relevance = numbers["reach"], numbers["relevance"]
    helps = posterior.odds.get(Event.CONTACT_HELPS, 1.0)
    # By how much the clues multiply the chance; also where it is next to nothing.
    multiplied = helps / (1.0 + numbers["contact_helps"] * (helps - 1.0))
    hidden_role = shift_odds(
        numbers["hidden_role"], posterior.odds.get(Event.HIDDEN_ROLE, 1.0)
    )
    refusal: N = numbers["refusal"] if structure.via_recruiter else 0.0
    if not structure.in_field:
        refusal = refusal * numbers["refusal_out_of_field"]
    values: dict[Term, N] = {
        Term.NETWORKING: numbers["contact"]
        * minimum(relevance, reach)
        * numbers["activity"]
        * multiplied,
        Term.PRACTICE: numbers["practice_gain"]
        * numbers["practice_sensitivity"]
        * numbers["interviews_ahead"]
        * numbers["worth_ahead"],
        Term.HIDDEN_ROLE: hidden_role
        * numbers["hidden_offer"]
        * _value_of_other_role(structure, numbers, posterior),
        Term.BAIL: numbers["bail_chance"] * numbers["bail_harm"] * reach,
        Term.TIME: 1.0,
        Term.COURTESY: numbers["courtesy"],
        Term.DECLINING: refusal,
        Term.REFERRAL: numbers["referral"] * reach if structure.knows_someone else 0.0,
    }
    return {term: numbers.weight(term) * value for term, value in values.items()}


def values_at_end(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> dict[Term, N]:
    """What an offer or a refusal brings whatever one does, hours, by term.

    Args:
        structure, numbers: Of the decision; a referral counts by whom it reaches.
        posterior: Beliefs once all signals are in.
    """
    if not structure.knows_someone:
        return {}
    reached = reached_by(structure, numbers)
    if structure.phase is Phase.REJECTED:
        stages = structure.stages[: structure.stage + 1]
        met = [numbers.influence(stage.number, stage.meets) for stage in stages]
        reached = reduce(maximum, met, reached)
    unit = unit_values(structure, numbers, posterior)[Term.REFERRAL]
    referral = numbers["referral_late"] * unit * sqrt(reached)
    return {} if is_zero(referral) else {Term.REFERRAL: referral}


def contact_units(stage: StageStructure, numbers: Numbers[N], influence: N) -> N:
    """What meeting the person of a stage counts, against a manager one never met.

    Args:
        stage: Which knows how often one has met them before.
        numbers: Of the decision, with what is left each time.
        influence: Of that person, against a manager.
    """
    if not stage.met_before:
        return influence
    return influence * numbers["repeat_contact"] ** stage.met_before


def _value_of_other_role(
    structure: Structure, numbers: Numbers[N], posterior: Posterior[N]
) -> N:
    """The expected value of being free to take another role at the same firm, hours.

    Args:
        structure, numbers: Of the decision, with the facts that it would share.
        posterior: The company's aspects are as believed there, and as wide as if no
            round were behind: the other role is weighed once all is known, so rounds
            that said nothing leave its value. The role's aspects are unknown.
    """
    means: list[N] = [-numbers.get("fallback", 0.0)]
    sds: dict[str, N] = {}
    news = news_of(posterior, numbers, COMPANY_ASPECTS)
    for aspect, belief in posterior.unnarrowed.items():
        weight = numbers.priority(aspect)
        shared = aspect in COMPANY_ASPECTS
        believed = belief if shared else numbers.unknown(aspect)
        means.append(weight * believed.mean)
        sds[aspect] = weight * believed.sd
    facts = facts_of(structure, numbers)
    sd = sd_of_sum(numbers, sds, news.sd)
    parts: list[N] = []
    for share, shift in news.worlds():
        terms: list[N] = list(means)
        terms.append(shift)
        parts.append(share * expected_positive_part(facts, terms, sd))
    return numbers.hours_per_percent * fsum(parts)


def waiting_cost(numbers: Numbers[N], stage: StageStructure) -> N:
    """What the days from an interview to its answer cost, hours; 0 at one's own desk.

    Where nobody has said how many they are, the usual number counts.

    Args:
        numbers: Of a decision; a day of search costs nothing unless it is stated.
        stage: That is over.
    """
    price = numbers.get("day_cost", 0.0)
    if is_zero(price) or stage.number < 0:
        return 0.0
    return price * (stage.days or numbers["days_between"])


def time_terms(
    stage: StageStructure,
    values: Mapping[Term, N],
    spent: N,
    together: N,
    waiting: N = 0.0,
) -> dict[Term, N]:
    """The price of one's own hours and of the interviewer's, hours, by term.

    Args:
        stage: Of which a half is paid.
        values: Of an hour of either, hours, by term.
        spent: Own hours.
        together: Hours in the interview, the interviewer's too unless nobody is met.
        waiting: What the days after it cost, hours.
    """
    terms = {Term.TIME: -values[Term.TIME] * spent - waiting}
    if stage.meets is not Seniority.NOBODY:
        terms[Term.COURTESY] = -values[Term.COURTESY] * together
    return terms
