"""One decision: what each open action is worth, and why.

What is worked out here, around the choices (``choices``), is what an answer owes to its
reader: what information is worth, whether it would stand without the side gains, and
which guess carries it.

A dealbreaker is no term and no weight. It forces the action and leaves every
number as it is.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import fsum
from operator import mul

from attrs import field, frozen

from interviewfit._assessment.alternatives import Problem, compile_case, forced
from interviewfit._assessment.choices import choose_without, open_choices
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._process.compilation import Process
from interviewfit._process.signals import Posterior
from interviewfit._results.assessment import GOING, SIDE_TERMS, Choice, Verdict
from interviewfit._text.assessment_text import explain
from interviewfit._text.html import show_verdict
from interviewfit.errors import InvalidFieldError

__all__ = ["Assessment", "assess", "check_assessment"]

_GUESSED: Mapping[Term, str] = {
    Term.NETWORKING: "contact",
    Term.PRACTICE: "practice_gain",
    Term.HIDDEN_ROLE: "hidden_role",
    Term.REFERRAL: "referral",
    Term.BAIL: "bail_harm",
    Term.DECLINING: "refusal",
}
"""Terms that rest on a judgement, and the prior that stands for each."""


@frozen(kw_only=True)
class Assessment(Verdict):
    """A verdict that explains itself when printed. Made by ``assess``.

    Attributes:
        decision: What it was worked out from. Two assessments are equal if they say
            the same, whatever it was worked out from.
    """

    decision: Decision = field(eq=False)

    def __str__(self) -> str:
        return explain(self)

    def _repr_html_(self) -> str:
        return show_verdict(self)


def assess(
    candidate: Candidate,
    opportunity: Opportunity,
    *,
    assumptions: Assumptions | None = None,
    beside: Sequence[Opportunity] = (),
) -> Assessment:
    """What to do now about one opportunity.

    Args:
        candidate: Who decides.
        opportunity: What is on offer, and where it stands.
        assumptions: Numbers for all that both leave open.
        beside: The other processes that run, such as ``Plan.opportunities``; the
            opportunity itself may be among them. The answer then counts what it adds to
            them.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit._process.compilation import corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = assess(Candidate(), job)
    >>> found.action.value, round(found.value, 1)
    ('take', 12.3)
    """
    check_kind("assess(candidate)", candidate, Candidate)
    check_kind("assess(opportunity)", opportunity, Opportunity)
    if assumptions is None:
        assumptions = Assumptions()
    check_kind("assess(assumptions)", assumptions, Assumptions)
    decision = Decision(
        candidate=candidate,
        opportunity=opportunity,
        assumptions=assumptions,
        beside=beside,
    )
    case, posterior, process = compile_case(decision)
    rivals = case.rivals
    choices, thresholds = open_choices(case, posterior, process)
    stops = tuple(sorted(candidate.dealbreakers & opportunity.tags))
    best = choices[0].action
    here = process.steps[0] if process.steps else None
    dropped = [SIDE_TERMS, *((term,) for term in _GUESSED)]
    without = _without(case, posterior, process, choices, dropped)
    return Assessment(
        opportunity=opportunity.name,
        phase=opportunity.position.phase,
        stage=here.title if here else "",
        action=forced(opportunity.position.phase, process) if stops else best,
        choices=choices,
        mean=process.mean,
        sd=process.sd,
        thresholds=thresholds,
        information=max(0.0, choices[0].worth - _blind(process, rivals)),
        hard_stops=stops,
        unknown=posterior.unknown,
        alone=without[0],
        carried_by=tuple(
            prior
            for action, prior in zip(without[1:], _GUESSED.values(), strict=True)
            if action is not best
        ),
        knows_someone=opportunity.knows_someone,
        others=len(rivals.processes) if rivals else 0,
        rest=float(rivals.value[0]) if rivals else 0.0,
        decision=decision,
    )


def check_assessment(value: object, where: str) -> None:
    """An assessment, for the argument *where*.

    Raises:
        InvalidFieldError: If it is none.
    """
    if not isinstance(value, Assessment):
        raise InvalidFieldError(where, "what assess(...) returned", value)


def _blind(process: Process, rivals: RivalDistribution | None) -> Worth:
    """Worth of the best plan if nothing ahead revealed anything.

    Nothing is learned, so the plan is fixed: leave before some step, or go on to
    the end and take the offer if the mean is above 0 by then.
    """

    def option(surplus: Worth) -> Worth:
        return max(0.0, surplus) if rivals is None else rivals.value_of_job(surplus)

    if not process.steps:
        return option(process.percent * process.mean)
    best, chance, collected = process.steps[0].exit, 1.0, 0.0
    mean = process.percent * process.mean
    for number, step in enumerate(process.steps):
        if number:
            best = max(best, collected + chance * step.exit)
        collected += chance * step.reward
        chance *= step.survive
        mean += step.drift
    return max(best, collected + chance * option(mean))


def _without(
    case: Problem,
    posterior: Posterior,
    process: Process,
    choices: Sequence[Choice],
    dropped: Sequence[tuple[Term, ...]],
) -> list[Action]:
    """What one would do if some terms counted for nothing, for each such set of terms.

    Solved again only where it could matter: the best choice loses at most the
    terms dropped (value is convex in the weights), the others gain at most what
    ``_could_gain`` says.
    """
    best = choices[0]
    found = [best.action] * len(dropped)
    # In mid-interview the same choice may go by another name.
    midway = case.opportunity.position.phase is Phase.MIDWAY
    open_ = []
    for number, terms in enumerate(dropped):
        if not any(
            term in step.gains or term in step.leaving
            for step in process.steps
            for term in terms
        ):
            continue
        loses = fsum(max(0.0, best.terms.get(term, 0.0)) for term in terms)
        gains = max(
            other.worth + fsum(_could_gain(term, other, process) for term in terms)
            for other in choices[1:]
        )
        if midway or best.worth - loses <= gains:
            open_.append(number)
    if open_:
        again = choose_without(
            case, posterior, process, [dropped[number] for number in open_]
        )
        for number, action in zip(open_, again, strict=True):
            found[number] = action
    return found


def _could_gain(term: Term, choice: Choice, process: Process) -> Worth:
    """The most a choice could gain if a term counted for nothing.

    A gain dropped gains nothing. A cost of leaving dropped can be worth, at each
    step ahead, no more than leaving then beats going on at its very worst, times
    the chance to come so far at most.
    """
    if term in SIDE_TERMS:
        return 0.0
    if not choice.reach and choice.action not in GOING:
        return -choice.terms.get(term, 0.0)
    beats, floor = [], 0.0
    for step in reversed(process.steps):
        under = step.reward + step.survive * floor
        beats.append(max(0.0, step.exit - step.leaving.get(term, 0.0) - under))
        floor = max(step.exit, under)
    chances = accumulate((step.survive for step in process.steps), mul, initial=1.0)
    return fsum(
        chance * gain for chance, gain in zip(chances, reversed(beats), strict=False)
    )
