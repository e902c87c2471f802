"""
One decision: what each open action is worth, and why.

Going on is worth C of the first step ahead, leaving is worth its exit
(``solver``). Two more actions are steps put in front of the same chain:

* *investigate*: desk research first, then all as before;
* *postpone*: a step that costs nothing, survives with the chance that the
  invitation waits, and reveals the news that only waiting brings.

A dealbreaker is no term and no weight. It forces the action and leaves every
number as it is.
"""

from collections.abc import Mapping, Sequence
from math import fsum, inf, sqrt

from attrs import evolve, frozen

from interviewfit.domain import Candidate, Opportunity
from interviewfit.errors import InvalidFieldError
from interviewfit.explanation import explain
from interviewfit.priors import Assumptions
from interviewfit.process import Process, Step, compile_process
from interviewfit.signals import Posterior, update
from interviewfit.solver import Solution, solve
from interviewfit.units import Probability, Worth
from interviewfit.verdict import GOING, SIDE_TERMS, Choice, Threshold, Verdict
from interviewfit.vocabulary import Action, Phase, Term

__all__ = ["Assessment", "assess"]

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
    """
    A verdict that explains itself when printed. Made by ``assess``.
    """

    def __str__(self) -> str:
        return explain(self)


def assess(
    candidate: Candidate,
    opportunity: Opportunity,
    *,
    assumptions: Assumptions | None = None,
) -> Assessment:
    """
    What to do now about one opportunity.

    Args:
        candidate: Who decides.
        opportunity: What is on offer, and where it stands.
        assumptions: Numbers for all that both leave open.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit.process import corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = assess(Candidate(), job)
    >>> found.action.value, round(found.value, 1)
    ('take', 12.3)
    """
    _check_kind("candidate", candidate, Candidate)
    _check_kind("opportunity", opportunity, Opportunity)
    if assumptions is None:
        assumptions = Assumptions()
    _check_kind("assumptions", assumptions, Assumptions)
    case = _Case(candidate, opportunity, assumptions)
    posterior = update(candidate, opportunity, assumptions)
    process = compile_process(candidate, opportunity, posterior, assumptions)
    choices, thresholds = _choices(case, posterior, process)
    stops = tuple(sorted(candidate.dealbreakers & opportunity.tags))
    best = choices[0].action
    here = process.steps[0] if process.steps else None
    return Assessment(
        opportunity=opportunity.name,
        phase=opportunity.position.phase,
        stage=here.title if here else "",
        action=_forced(process, choices) if stops else best,
        choices=choices,
        mean=process.mean,
        sd=process.sd,
        thresholds=thresholds,
        information=max(0.0, choices[0].worth - _blind(process)),
        hard_stops=stops,
        unknown=posterior.unknown,
        alone=_without(case, SIDE_TERMS, choices, process),
        carried_by=tuple(
            prior
            for term, prior in _GUESSED.items()
            if _without(case, (term,), choices, process) is not best
        ),
        knows_someone=opportunity.knows_someone,
    )


@frozen
class _Case:
    candidate: Candidate
    opportunity: Opportunity
    assumptions: Assumptions


def _check_kind(name: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AO" else "a"
        raise InvalidFieldError(f"assess({name})", f"{article} {kind.__name__}", value)


def _choices(
    case: _Case, posterior: Posterior, process: Process
) -> tuple[tuple[Choice, ...], tuple[Threshold, ...]]:
    """
    Every open action, the best first, and the thresholds ahead.

    Of two equal ones, leaving comes first: going on must be worth something.
    """
    phase = case.opportunity.position.phase
    if phase is Phase.REJECTED:
        return (Choice(action=Action.MOVE_ON, worth=0.0, terms={}),), ()
    mean = process.percent * process.mean
    unsettled = process.percent * process.unsettled
    waits = case.opportunity.stays_open
    if waits is None:
        waits = case.assumptions["stays_open"]
    if phase is Phase.OFFERED:
        options = [
            Choice(action=Action.DECLINE_OFFER, worth=0.0, terms={}),
            Choice(
                action=Action.ACCEPT_OFFER,
                worth=mean,
                terms={Term.OFFER: mean} if mean else {},
                accept=1.0,
            ),
        ]
        thresholds: tuple[Threshold, ...] = ()
    else:
        steps = process.steps
        solution = _solve(steps)
        thresholds = _in_percent(steps, solution, process)
        options = [
            Choice(
                action=_leaving(steps[0]),
                worth=steps[0].exit,
                terms=steps[0].leaving,
            ),
            _going(_staying(process, solution), steps, solution, mean),
        ]
        if phase is Phase.BEFORE and case.opportunity.unresearched:
            researched = compile_process(
                case.candidate,
                case.opportunity,
                posterior,
                case.assumptions,
                research_first=True,
            ).steps
            options.append(
                _going(Action.INVESTIGATE, researched, _solve(researched), mean)
            )
    if unsettled > 0.0 and phase is not Phase.MIDWAY:
        waiting = (_wait(waits, unsettled), *process.steps)
        options.append(_going(Action.POSTPONE, waiting, _solve(waiting), mean))
    # Sorting is stable, so ties keep this order.
    return tuple(sorted(options, key=lambda one: -one.worth)), thresholds


def _solve(steps: Sequence[Step]) -> Solution:
    return solve(
        [one.reward for one in steps],
        [one.survive for one in steps],
        [one.drift for one in steps],
        [one.reveal for one in steps],
        [one.exit for one in steps],
    )


def _wait(chance: Probability, unsettled: Worth) -> Step:
    """
    Asking to postpone, as a step.
    """
    return Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="waiting",
        gains={},
        leaving={},
        survive=chance,
        drift=0.0,
        reveal=unsettled,
        hours=0.0,
        days=0.0,
    )


def _leaving(step: Step) -> Action:
    if step.phase is Phase.MIDWAY:
        return Action.LEAVE
    return Action.DECLINE if step.stage <= 0 else Action.WITHDRAW_POLITELY


def _staying(process: Process, solution: Solution) -> Action:
    """
    What to call going on.

    In mid-interview one stays or walks out. Staying is *continue* if one would
    also go on afterwards as things stand, else *finish politely*.
    """
    here = process.steps[0]
    if here.phase is Phase.BEFORE:
        return Action.TAKE if here.stage <= 0 else Action.CONTINUE
    afterwards = process.percent * process.mean + here.drift
    needed = solution.thresholds[0, 1] if len(process.steps) > 1 else 0.0
    return Action.CONTINUE if afterwards > needed else Action.FINISH_POLITELY


def _in_percent(
    steps: Sequence[Step], solution: Solution, process: Process
) -> tuple[Threshold, ...]:
    # With no weight on the offer no fit can matter: only the sign is left.
    scale = process.percent or 1e-300
    return tuple(
        Threshold(stage=step.title, phase=step.phase, fit=float(hours) / scale)
        for step, hours in zip(steps, solution.thresholds[0], strict=True)
    )


def _going(
    action: Action, steps: Sequence[Step], solution: Solution, mean: Worth
) -> Choice:
    """
    The choice to take the first of some steps, and do the best from there.
    """
    found = solution.evaluate([mean])
    take = [float(chance) for chance in found.take[0]]
    leave = [max(0.0, float(chance)) for chance in found.leave[0]]
    offer, accept = float(found.offer[0]), float(found.accept[0])
    parts: dict[Term, list[Worth]] = {Term.OFFER: [offer]}
    for step, taken, left in zip(steps, take, leave, strict=True):
        for chance, made_of in ((taken, step.gains), (left, step.leaving)):
            for term, worth in made_of.items():
                parts.setdefault(term, []).append(chance * worth)
    terms = {term: fsum(parts[term]) for term in Term if term in parts}
    total = fsum(terms.values())
    # Outcomes: out at a step, left before one, offer declined, offer accepted.
    collected, square = 0.0, []
    for step, taken, left in zip(steps, take, leave, strict=True):
        square.append(left * (collected + step.exit - total) ** 2)
        collected += step.reward
        square.append(taken * (1.0 - step.survive) * (collected - total) ** 2)
    over = collected - total
    finished = max(0.0, take[-1] * steps[-1].survive - accept)
    square.append(finished * over**2)
    square.append(accept * over**2 + 2.0 * over * offer + float(found.square[0]))
    return Choice(
        action=action,
        worth=total,
        terms={term: worth for term, worth in terms.items() if worth},
        sd=sqrt(max(0.0, fsum(square))),
        accept=min(1.0, max(0.0, accept)),
        hours=fsum(chance * one.hours for chance, one in zip(take, steps, strict=True)),
        days=fsum(chance * one.days for chance, one in zip(take, steps, strict=True)),
        reach=tuple(
            (one.title, min(1.0, max(0.0, chance)))
            for chance, one in zip(take, steps, strict=True)
            if one.phase is Phase.BEFORE
        ),
    )


def _blind(process: Process) -> Worth:
    """
    Worth of the best plan if nothing ahead revealed anything.

    Nothing is learned, so the plan is fixed: leave before some step, or go on to
    the end and take the offer if the mean is above 0 by then.
    """
    if not process.steps:
        return max(0.0, process.percent * process.mean)
    best, chance, collected = process.steps[0].exit, 1.0, 0.0
    mean = process.percent * process.mean
    for number, step in enumerate(process.steps):
        if number:
            best = max(best, collected + chance * step.exit)
        collected += chance * step.reward
        chance *= step.survive
        mean += step.drift
    return max(best, collected + chance * max(0.0, mean))


def _forced(process: Process, choices: Sequence[Choice]) -> Action:
    """
    What to do when a dealbreaker forbids the job.
    """
    open_ = {one.action: one for one in choices}
    for action in (Action.MOVE_ON, Action.DECLINE_OFFER, Action.DECLINE):
        if action in open_:
            return action
    if Action.LEAVE not in open_:
        return Action.WITHDRAW_POLITELY
    here, after = process.steps[0], process.steps[1:2]
    finishing = here.reward + here.survive * (after[0].exit if after else 0.0)
    walking_out = open_[Action.LEAVE].worth
    return Action.FINISH_POLITELY if finishing >= walking_out else Action.LEAVE


def _without(
    case: _Case, dropped: Sequence[Term], choices: Sequence[Choice], process: Process
) -> Action:
    """
    What one would do if some terms counted for nothing.

    Solved again only where it could matter: the best choice loses at most the
    terms dropped (value is convex in the weights), the others gain at most what
    ``_could_gain`` says.
    """
    best = choices[0]
    loses = fsum(max(0.0, best.terms.get(term, 0.0)) for term in dropped)
    gains = max(
        (
            other.worth + fsum(_could_gain(term, other, process) for term in dropped)
            for other in choices[1:]
        ),
        default=-inf,
    )
    if best.worth - loses > gains:
        return best.action
    weights = evolve(case.candidate.weights, **{term.value: 0.0 for term in dropped})
    again = evolve(case, candidate=evolve(case.candidate, weights=weights))
    posterior = update(again.candidate, again.opportunity, again.assumptions)
    shorn = compile_process(
        again.candidate, again.opportunity, posterior, again.assumptions
    )
    return _choices(again, posterior, shorn)[0][0].action


def _could_gain(term: Term, choice: Choice, process: Process) -> Worth:
    """
    The most a choice could gain if a term counted for nothing.

    A gain dropped gains nothing. A cost of leaving dropped can be worth, at each
    step ahead, no more than leaving then beats going on at its very worst.
    """
    if term in SIDE_TERMS:
        return 0.0
    if not choice.reach and choice.action not in GOING:
        return -choice.terms.get(term, 0.0)
    most, floor = 0.0, 0.0
    for step in reversed(process.steps):
        under = step.reward + step.survive * floor
        most += max(0.0, step.exit - step.leaving.get(term, 0.0) - under)
        floor = max(step.exit, under)
    return most
