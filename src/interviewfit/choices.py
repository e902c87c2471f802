"""
The actions open at a position, and what each is worth.

Going on is worth C of the first step ahead, leaving is worth its exit (``solver``).
Two more actions are steps put in front of the same chain:

* *investigate*: desk research first, then all as before;
* *postpone*: a step that costs a message, survives with the chance that the
  invitation waits, and reveals the news that only waiting brings.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import fsum, inf, sqrt

import numpy as np
from attrs import evolve, frozen

from interviewfit.domain import Candidate, Opportunity
from interviewfit.panels import FloatArray
from interviewfit.pipeline import Lane, Rivals, solve_lanes
from interviewfit.priors import Assumptions
from interviewfit.process import Process, Step, compile_process
from interviewfit.signals import Posterior
from interviewfit.solver import Solution
from interviewfit.units import Hours, PercentOfPay, Probability, Worth
from interviewfit.verdict import Choice, Threshold
from interviewfit.vocabulary import Action, Phase, Term

__all__ = [
    "Case",
    "choose_without",
    "forced",
    "leaving",
    "made_of",
    "open_choices",
    "staying",
]


# So many chains are solved one by one.
_FEW = 2


@frozen
class Case:
    """
    Who decides on what, from which numbers, and beside what else.
    """

    candidate: Candidate
    opportunity: Opportunity
    assumptions: Assumptions
    rivals: Rivals | None = None


def open_choices(
    case: Case, posterior: Posterior, process: Process
) -> tuple[tuple[Choice, ...], tuple[Threshold, ...]]:
    """
    Every open action, the best first, and the thresholds ahead.

    Of two equal ones, leaving comes first: going on must be worth something.
    """
    phase = case.opportunity.position.phase
    if phase is Phase.REJECTED:
        return (Choice(action=Action.MOVE_ON, worth=0.0, terms={}),), ()
    mean = process.percent * process.mean
    if phase is Phase.OFFERED:
        # Whoever accepts now gives up what the others would bring.
        rivals = case.rivals
        over = mean if rivals is None else mean + rivals.leaving - rivals.value
        options = [
            Choice(action=Action.DECLINE_OFFER, worth=0.0, terms={}),
            Choice(
                action=Action.ACCEPT_OFFER,
                worth=over,
                terms={Term.OFFER: over} if over else {},
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
                action=leaving(steps[0]),
                worth=steps[0].exit,
                terms=steps[0].leaving,
            ),
            _going(
                staying(process, solution.thresholds[0]),
                steps,
                solution,
                mean,
                case.rivals,
            ),
        ]
    options.extend(
        _going(action, steps, _solve(steps), mean, case.rivals)
        for action, steps in _detours(case, posterior, process)
    )
    # Sorting is stable, so ties keep this order.
    return tuple(sorted(options, key=lambda one: -one.worth)), thresholds


def _detours(
    case: Case, posterior: Posterior, process: Process
) -> Iterator[tuple[Action, tuple[Step, ...]]]:
    """
    The actions that put a step before the chain, and the chains they make.
    """
    position, opportunity = case.opportunity.position, case.opportunity
    if position.phase is Phase.BEFORE and opportunity.unresearched:
        researched = compile_process(
            case.candidate,
            opportunity,
            posterior,
            case.assumptions,
            research_first=True,
        )
        yield Action.INVESTIGATE, researched.steps
    unsettled = process.percent * process.unsettled
    if unsettled > 0.0 and position.phase is not Phase.MIDWAY:
        waits = opportunity.stays_open
        if waits is None:
            waits = case.assumptions["stays_open"]
        asking = case.assumptions["asking"]
        refusing = process.steps[0].leaving if process.steps else {}
        gains = {
            Term.TIME: -asking * case.candidate.weights.time,
            Term.DECLINING: (1.0 - waits) * refusing.get(Term.DECLINING, 0.0),
        }
        yield (
            Action.POSTPONE,
            (_wait(waits, unsettled, asking, gains), *process.steps),
        )


def choose_without(
    case: Case,
    posterior: Posterior,
    process: Process,
    dropped: Sequence[Collection[Term]],
) -> list[Action]:
    """
    What one would do if some terms counted for nothing, for each such set of terms.

    A term is linear in its weight, so dropping it only changes the rewards and exits.
    There must be steps ahead.
    """
    mean = process.percent * process.mean
    detours = list(_detours(case, posterior, process))
    chains = [_without(process.steps, terms) for terms in dropped]
    found = []
    for terms, steps, (thresholds, going) in zip(
        dropped, chains, _go_each(case, chains, mean), strict=True
    ):
        options = [
            (leaving(steps[0]), steps[0].exit),
            (staying(process, thresholds), going),
        ]
        for action, chain in detours:
            ((_, worth),) = _go_each(case, [_without(chain, terms)], mean)
            options.append((action, worth))
        found.append(max(options, key=lambda option: option[1])[0])
    return found


def _go_each(
    case: Case, chains: Sequence[Sequence[Step]], mean: Worth
) -> list[tuple[FloatArray, Worth]]:
    """
    Thresholds of each chain, and what going on with it is worth.

    Several at once are solved side by side, which is quicker from three on.
    """
    if case.rivals is None and len(chains) > _FEW:
        together = solve_lanes([Lane.of_steps(mean, steps) for steps in chains])
        going = together.go(np.full(len(chains), mean))
        return list(zip(together.thresholds, going.tolist(), strict=True))
    solutions = [_solve(steps) for steps in chains]
    return [
        (one.thresholds[0], _go(case, steps, one, mean))
        for steps, one in zip(chains, solutions, strict=True)
    ]


def _without(steps: Sequence[Step], dropped: Collection[Term]) -> tuple[Step, ...]:
    """
    The steps with some terms left out.
    """
    return tuple(
        evolve(
            step,
            gains=_kept(step.gains, dropped),
            leaving=_kept(step.leaving, dropped),
        )
        for step in steps
    )


def _kept(
    parts: Mapping[Term, Worth], dropped: Collection[Term]
) -> Mapping[Term, Worth]:
    return {term: worth for term, worth in parts.items() if term not in dropped}


def _go(case: Case, steps: Sequence[Step], solution: Solution, mean: Worth) -> Worth:
    """
    What going on is worth.
    """
    if case.rivals is None:
        return float(solution.go(np.array([mean]))[0])
    found, begun = case.rivals.outcome(Lane.of_steps(mean, steps))
    return float(found.go) + (1.0 - begun) * steps[0].exit


def _solve(steps: Sequence[Step]) -> Solution:
    # Where the mean stands does not matter to a solution.
    return solve_lanes([Lane.of_steps(0.0, steps)])


def _wait(
    chance: Probability, unsettled: Worth, hours: Hours, gains: Mapping[Term, Worth]
) -> Step:
    """
    Asking to postpone, as a step.

    To a recruiter, an invitation that lapses over it is one turned down.
    """
    return Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="waiting",
        gains={term: worth for term, worth in gains.items() if worth},
        leaving={},
        survive=chance,
        drift=0.0,
        reveal=unsettled,
        hours=hours,
        days=0.0,
    )


def leaving(step: Step) -> Action:
    """
    What to call leaving before a step.
    """
    if step.phase is Phase.MIDWAY:
        return Action.LEAVE
    return Action.DECLINE if step.stage <= 0 else Action.WITHDRAW_POLITELY


def forced(process: Process) -> Action:
    """
    How to leave a process one must leave, with steps ahead.

    In mid-interview, by finishing it if that is not worse than walking out.
    """
    here, after = process.steps[0], process.steps[1:2]
    if here.phase is Phase.BEFORE:
        return leaving(here)
    finishing = here.reward + here.survive * (after[0].exit if after else 0.0)
    return Action.FINISH_POLITELY if finishing >= here.exit else Action.LEAVE


def staying(process: Process, thresholds: FloatArray) -> Action:
    """
    What to call going on, where the steps ahead have these thresholds, hours.

    In mid-interview one stays or walks out. Staying is *continue* if one would
    also go on afterwards as things stand, else *finish politely*.
    """
    here = process.steps[0]
    if here.phase is Phase.BEFORE:
        return Action.TAKE if here.stage <= 0 else Action.CONTINUE
    afterwards = process.percent * process.mean + here.drift
    needed = thresholds[1] if len(process.steps) > 1 else 0.0
    return Action.CONTINUE if afterwards > needed else Action.FINISH_POLITELY


def made_of(
    steps: Sequence[Step],
    take: Sequence[Probability],
    leave: Sequence[Probability],
    offer: Worth,
) -> dict[Term, Worth]:
    """
    Terms from the chances to take and to leave each step, and the offer's worth.
    """
    parts: dict[Term, list[Worth]] = {Term.OFFER: [offer]}
    for step, taken, left in zip(steps, take, leave, strict=True):
        for chance, made in ((taken, step.gains), (left, step.leaving)):
            for term, worth in made.items():
                parts.setdefault(term, []).append(chance * worth)
    return {term: fsum(parts[term]) for term in Term if term in parts}


def _in_percent(
    steps: Sequence[Step], solution: Solution, process: Process
) -> tuple[Threshold, ...]:
    def fit(hours: float) -> PercentOfPay:
        if process.percent:
            return hours / process.percent
        # With no weight on the offer no fit can matter: only the sign is left.
        return -inf if hours < 0.0 else inf

    return tuple(
        Threshold(stage=step.title, phase=step.phase, fit=fit(float(hours)))
        for step, hours in zip(steps, solution.thresholds[0], strict=True)
    )


def _going(
    action: Action,
    steps: Sequence[Step],
    solution: Solution,
    mean: Worth,
    rivals: Rivals | None = None,
) -> Choice:
    """
    The choice to take the first of some steps, and do the best from there.

    Beside rivals the offer counts beyond the next best, and the turn of the process
    may never come; it is then left before its next step.
    """
    begun = 1.0
    if rivals is None:
        found = solution.evaluate([mean]).row(0)
    else:
        found, begun = rivals.outcome(Lane.of_steps(mean, steps))
    take = [float(chance) for chance in found.take]
    leave = [max(0.0, float(chance)) for chance in found.leave]
    leave[0] += 1.0 - begun
    offer, accept = float(found.offer), float(found.accept)
    terms = made_of(steps, take, leave, offer)
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
    square.append(accept * over**2 + 2.0 * over * offer + float(found.square))
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
