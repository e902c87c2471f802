"""Which assumptions bear on a decision: those that are not replaced and do occur."""

from collections.abc import Iterator

from interviewfit._model.decision import Decision
from interviewfit._model.domain import Opportunity
from interviewfit._model.parameters import (
    COMPANY_ASPECTS,
    PARAMETERS,
    PRIORS,
    STAGE_NUMBERS,
    RangeRule,
)
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import (
    ASPECTS,
    Phase,
    Seniority,
    StageKind,
    Strength,
)
from interviewfit._process.covariances import PEOPLE
from interviewfit._process.news import aspects_awaited
from interviewfit._process.signals import update
from interviewfit._process.structure import (
    CALL,
    CANDIDATE_NUMBERS,
    DESK_RESEARCH,
    OPPORTUNITY_NUMBERS,
    SignStructure,
    numbers_of,
    structure_of,
)

BEHIND_NUMBERS = ("practice", "surfaces", "influence")
"""Numbers of a stage that count once it is over, beside what it has revealed."""


def bearing_priors(decision: Decision, job: Opportunity) -> Iterator[str]:
    """The priors that bear on deciding on an opportunity alone.

    A prior does not if the decision states its own number in its place, or if what it
    is a number of does not occur.

    Args:
        decision: Whose candidate and assumptions count.
        job: That of the decision, or one beside it.
    """
    who = decision.candidate
    structure = structure_of(who, job)
    stated = numbers_of(who, job, decision.assumptions)
    posterior, ahead = update(structure, stated), structure.ahead
    looked_up = job.unresearched or job.researched is not None
    stages = (*ahead, DESK_RESEARCH) if looked_up else ahead
    stages = (*stages, CALL) if structure.may_ask else stages
    reached = structure.stages if job.knows_someone else ahead
    met = {it.meets for it in reached if f"stages[{it.number}].influence" not in stated}
    if job.knows_someone:
        # Somebody of HR reads a referral even if nobody was met.
        met.add(Seniority.HR)
    # Another role at the firm is drawn anew, whatever is known of this one.
    wide = [
        aspect
        for aspect in posterior.beliefs
        if aspect not in job.beliefs
        or (ahead and aspect not in COMPANY_ASPECTS)
        or _may_be_capped(decision, job, aspect)
    ]
    signs = [sign for sign in structure.signals if isinstance(sign, SignStructure)]
    words = {sign.strength for sign in signs if f"{sign.name}.strength" not in stated}
    idle = {name for name in PRIORS if PARAMETERS[name].used_for != "decision"}
    idle |= {name for name in PRIORS if PARAMETERS[name].range_rule is RangeRule.NONE}
    idle.update(name for name in CANDIDATE_NUMBERS if getattr(who, name) is not None)
    idle.update(name for name in OPPORTUNITY_NUMBERS if getattr(job, name) is not None)
    idle.update(f"influence.{person}" for person in Seniority if person not in met)
    idle.update(f"spread.{aspect}" for aspect in ASPECTS if aspect not in wide)
    together = ("correlation.pay", "correlation.people")
    aspects = {*ASPECTS}.intersection(posterior.beliefs)
    for needed, names in (
        (not decision.assumptions.correlations, together),
        (len(aspects.intersection(PEOPLE)) > 1, together[1:]),
        ("pay" in aspects and len(aspects) > 1, together[:1]),
        (any(aspect not in ASPECTS for aspect in wide), ("other_spread",)),
        (stated.is_mutual, ("mutual_fit", "competition")),
        (bool(signs), ("sign_strength",)),
        (any(SIGNS[sign.sign].familiar for sign in signs), ("familiarity",)),
        *((word in words, (f"strength.{word}",)) for word in Strength),
        (bool(aspects_awaited(posterior)), ("asking", "stays_open")),
        (looked_up, ("research_saves",)),
        (any(stage.met_before for stage in ahead), ("repeat_contact",)),
        (job.via_recruiter, ("refusal", "refusal_later", "refusal_out_of_field")),
        (not structure.in_field, ("refusal_out_of_field",)),
        (job.knows_someone, ("referral", "referral_late")),
    ):
        if not needed:
            idle.update(names)
    behind = structure.behind
    for kind in StageKind:
        for name in STAGE_NUMBERS:
            # What the rounds behind have used up of practice and other openings.
            used_up = ahead and name in BEHIND_NUMBERS
            bearing = (*behind, *stages) if used_up else stages
            if all(
                f"stages[{stage.number}].{name}" in stated
                for stage in bearing
                if stage.kind is kind
            ):
                idle.add(f"{kind}.{name}")
        alike = [stage for stage in (*behind, *stages) if stage.kind is kind]
        if not alike:
            idle.update(name for name in PRIORS if name.startswith(f"{kind}.reveals"))
    return (name for name in PRIORS if name not in idle)


def _may_be_capped(decision: Decision, job: Opportunity, aspect: str) -> bool:
    """Whether a stated belief may be as wide as that of an aspect nobody speaks of.

    Args:
        decision: Whose assumptions count.
        job: That states the belief.
        aspect: Of the belief.
    """
    name = f"spread.{aspect}" if aspect in ASPECTS else "other_spread"
    limits, factor = PRIORS[name], PRIORS["overconfidence"]
    widest = max(factor.high, decision.assumptions["overconfidence"])
    silent = min(limits.low, decision.assumptions[name])
    # Rounds behind narrow the default, by shares that are guesses as well.
    over = job.position.stage > 0 or job.position.phase is not Phase.BEFORE
    return job.beliefs[aspect].sd * widest > (0.0 if over else silent)
