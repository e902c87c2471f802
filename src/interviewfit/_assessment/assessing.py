"""One decision: what each open action is worth, and why.

What is worked out here, around the choices (``choices``), is what an answer owes to its
reader: what information is worth, whether it would stand without the side gains, and
which guess carries it.

A dealbreaker is no term and no weight. It forces the action and leaves every
number as it is.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter, mul

import numpy as np
from attrs import field, frozen

from interviewfit._assessment.alternatives import (
    Alternative,
    Problem,
    compile_problem,
    forced_action,
    name_of_continuing,
)
from interviewfit._assessment.evaluation import (
    Evaluation,
    continuation_value,
    evaluate,
    outcome_of,
    to_percent,
)
from interviewfit._competition.chains import ChainParameters, solve_lanes, solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatArray, fsum
from interviewfit._process.compilation import Process
from interviewfit._results.assessment import (
    GOING,
    SIDE_TERMS,
    Choice,
    Threshold,
    Verdict,
)
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

# So many chains are solved one by one.
_FEW = 2


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
    problem = compile_problem(decision)
    structure, process, rivals = problem.structure, problem.process, problem.rivals
    evaluation = evaluate(problem)
    choices = _choices(evaluation)
    best, stops = choices[0].action, structure.dealbreakers
    dropped = [SIDE_TERMS, *((term,) for term in _GUESSED)]
    without = _actions_without(evaluation, choices, dropped)
    fits = to_percent(evaluation.thresholds[:, 0], process.percent).tolist()
    return Assessment(
        opportunity=opportunity.name,
        phase=structure.phase,
        stage=process.steps[0].title if process.steps else "",
        action=forced_action(structure.phase, process) if stops else best,
        choices=choices,
        mean=process.mean,
        sd=process.sd,
        thresholds=tuple(
            Threshold(stage=step.title, phase=step.phase, fit=fit)
            for step, fit in zip(process.steps, fits, strict=True)
        ),
        information=max(0.0, choices[0].worth - _value_without_news(problem)),
        hard_stops=stops,
        unknown=problem.posterior.unknown,
        alone=without[0],
        carried_by=tuple(
            prior
            for action, prior in zip(without[1:], _GUESSED.values(), strict=True)
            if action is not best
        ),
        knows_someone=structure.knows_someone,
        others=len(rivals.tables) if rivals else 0,
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


def _choices(evaluation: Evaluation[float]) -> tuple[Choice, ...]:
    """Every alternative of a single decision with what it leads to, the best first.

    Args:
        evaluation: Of the decision.
    """
    choices = []
    for number, alternative in enumerate(evaluation.alternatives):
        outcome, action = outcome_of(evaluation, number), alternative.action
        if action is Action.CONTINUE:
            thresholds = evaluation.thresholds[:, 0]
            action = name_of_continuing(evaluation.process, thresholds)
        choices.append(
            Choice(
                action=action,
                worth=outcome.value,
                terms=outcome.terms,
                sd=outcome.sd,
                accept=outcome.accept_probability,
                hours=outcome.hours,
                days=outcome.days,
                reach=outcome.reach,
            )
        )
    # Sorting is stable, so ties keep this order.
    return tuple(sorted(choices, key=lambda choice: -choice.worth))


def _value_without_news(problem: Problem[float]) -> Worth:
    """The value of the best plan if nothing ahead revealed anything, hours.

    Nothing is learned, so the plan is fixed: leave before some step, or go on to the end
    and take the offer if the mean is above 0 by then.

    Args:
        problem: The decision.
    """
    process, rivals = problem.process, problem.rivals

    def value_of_job(surplus: Worth) -> Worth:
        return max(0.0, surplus) if rivals is None else rivals.value_of_job(surplus)

    mean = process.percent * process.mean
    if not process.steps:
        return value_of_job(mean)
    best, chance, collected = process.steps[0].exit, 1.0, 0.0
    for number, step in enumerate(process.steps):
        if number:
            best = max(best, collected + chance * step.exit)
        collected += chance * step.reward
        chance *= step.survive
        mean += step.drift
    return max(best, collected + chance * value_of_job(mean))


def _actions_without(
    evaluation: Evaluation[float],
    choices: Sequence[Choice],
    dropped: Sequence[tuple[Term, ...]],
) -> list[Action]:
    """What one would do if some terms counted for nothing, for each such set of terms.

    Solved again only where it could matter: the best choice loses at most the terms
    dropped (value is convex in the weights), the others gain at most what ``_could_gain``
    says.

    Args:
        evaluation: Of the decision, nothing dropped.
        choices: Its choices, the best first.
        dropped: The sets of terms.
    """
    best, process = choices[0], evaluation.process
    actions = [best.action] * len(dropped)
    # In mid-interview the same choice may go by another name.
    midway = bool(process.steps) and process.steps[0].phase is Phase.MIDWAY
    doubtful = []
    for number, terms in enumerate(dropped):
        if not any(
            term in step.gains or term in step.leaving
            for step in process.steps
            for term in terms
        ):
            continue
        loses = fsum([max(0.0, best.terms.get(term, 0.0)) for term in terms])
        gains = max(
            choice.worth + fsum([_could_gain(term, choice, process) for term in terms])
            for choice in choices[1:]
        )
        if midway or best.worth - loses <= gains:
            doubtful.append(number)
    if doubtful:
        again = _choose_without(evaluation, [dropped[number] for number in doubtful])
        for number, action in zip(doubtful, again, strict=True):
            actions[number] = action
    return actions


def _could_gain(term: Term, choice: Choice, process: Process[float]) -> Worth:
    """The most a choice could gain if a term counted for nothing, hours.

    A gain dropped gains nothing. A cost of leaving dropped can be worth, at each step
    ahead, no more than leaving then beats going on at its very worst, times the largest
    probability to come so far.

    Args:
        term: Which is dropped.
        choice: One of the decision.
        process: The steps ahead.
    """
    if term in SIDE_TERMS:
        return 0.0
    if not choice.reach and choice.action not in GOING:
        return -choice.terms.get(term, 0.0)
    excesses, floor = [], 0.0
    for step in reversed(process.steps):
        going = step.reward + step.survive * floor
        excesses.append(max(0.0, step.exit - step.leaving.get(term, 0.0) - going))
        floor = max(step.exit, going)
    chances = accumulate((step.survive for step in process.steps), mul, initial=1.0)
    return fsum(
        [
            chance * excess
            for chance, excess in zip(chances, reversed(excesses), strict=False)
        ]
    )


def _choose_without(
    evaluation: Evaluation[float], dropped: Sequence[Collection[Term]]
) -> list[Action]:
    """The best action if some terms counted for nothing, for each such set of terms.

    A term is linear in its weight, so dropping it only changes rewards and exits.

    Args:
        evaluation: Of a decision with steps ahead, nothing dropped.
        dropped: The sets of terms.
    """
    leave, going, *detours = evaluation.alternatives
    chains = [going.without(terms) for terms in dropped]
    actions = []
    for terms, (thresholds, value) in zip(
        dropped, _continuations(evaluation, chains), strict=True
    ):
        left = fsum(leave.without(terms).terms.values())
        action = name_of_continuing(evaluation.process, thresholds)
        values = [(leave.action, left), (action, value)]
        for detour in detours:
            _, value = _continuations(evaluation, [detour.without(terms)])[0]
            values.append((detour.action, value))
        actions.append(max(values, key=itemgetter(1))[0])
    return actions


def _continuations(
    evaluation: Evaluation[float], chains: Sequence[Alternative[float]]
) -> list[tuple[FloatArray, Worth]]:
    """Thresholds of each chain, and the value of taking its first step, hours.

    Args:
        evaluation: Of the decision.
        chains: Alternatives with steps. Several are solved side by side, which is quicker
            from three on.
    """
    mean, rivals = evaluation.mean, evaluation.rivals
    if rivals is None and len(chains) > _FEW:
        parameters = [
            ChainParameters.of_steps(float(mean[0]), chain.steps) for chain in chains
        ]
        solution = solve_lanes(parameters)
        values = solution.continuation_value(np.resize(mean, len(chains)))
        return list(zip(solution.thresholds, values.tolist(), strict=True))
    continuations = []
    for chain in chains:
        solution = solve_steps(chain.steps)
        value = continuation_value(chain, solution, mean, rivals)
        continuations.append((solution.thresholds[0], float(value[0])))
    return continuations
