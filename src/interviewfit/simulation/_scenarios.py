"""What is simulated: an assessment from its advised action on, or a whole plan."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.alternatives import Alternative, Problem, alternatives
from interviewfit._assessment.answers_beside import gain_of_finishing
from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._assessment.ways import on_their_ways, ways_of
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.offers import Holding
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._competition.search_limits import SearchLimits
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._portfolio.planning import Plan
from interviewfit._process.arrivals import with_arrivals
from interviewfit._process.compilation import Step
from interviewfit._results.assessment import GOING
from interviewfit._text.amounts import hours_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.simulation._index_curves import Thresholds, as_solved
from interviewfit.simulation._mutual_paths import (
    later_thresholds,
    more_work,
    path_source,
)
from interviewfit.simulation._offers import answer_offers, open_here, steps_of_offers
from interviewfit.simulation._outcomes import (
    BlockEndings,
    NamedSteps,
)
from interviewfit.simulation._paths import (
    BLOCK,
    NO_PROCESS,
    UNBEATABLE,
    Policy,
)
from interviewfit.simulation._rivals import SimulatedRivals

# Values that differ by no more than this share are equal.
_SAME = 1e-4

SimulateBlock: TypeAlias = Callable[["np.random.Generator"], BlockEndings]
"""Simulates a block of runs with a generator."""


@frozen(eq=False)
class Scenario:
    """What is simulated; its fields go into ``Outcomes``.

    Attributes:
        title: What it is, in words.
        processes: Those that outcomes tell of.
        simulate_block: Simulates a block of runs.
        leaving: Value of leaving at once, hours.
        expected: Expected value by the model, hours; None if the model does not say.
        notes: The policy that is followed where there is a choice, a sentence each.
        constant: What every run brings whatever happens, hours, by term.
        finished: Interviews under way that every run finishes because a dealbreaker
            rules the process out.
        more_work: What a run takes beyond the steps of its processes, in steps.
        sd: Standard deviation of the value by the model, hours; 0 where it does not
            say.
        squares: Works out, by the model, the mean square of what the accepted offers of
            each of the first processes bring, hours squared.
    """

    title: str
    processes: tuple[NamedSteps, ...]
    simulate_block: SimulateBlock
    leaving: Worth
    expected: Worth | None
    notes: tuple[str, ...] = ()
    constant: Mapping[Term, Worth] = field(factory=dict)
    finished: tuple[Step[float], ...] = ()
    more_work: int = 0
    sd: Worth = 0.0
    squares: Callable[[], Sequence[float]] = tuple


def assessment_scenario(assessment: Assessment) -> Scenario:
    """The scenario of one process, from the advised action on."""
    problem = compile_problem(assessment.decision)
    process, options = problem.process, alternatives(problem)
    action = assessment.action
    plain = Action.CONTINUE if action is Action.FINISH_POLITELY else action
    alternative = open_here(options, plain)
    steps = alternative.steps or process.steps
    answers = action is Action.ASK_FIRST
    mean, mutual = process.mean_hours, alternative.mutual
    if answers:
        # What is asked for is the job itself, of which a trial and rivals are no part.
        mean, mutual = mean - process.trial, mutual and mutual.moved(problem.forgone)
    chain = evolve(ChainParameters.of_steps(mean, steps), mutual=mutual)
    is_over_now = assessment.phase is Phase.REJECTED
    named: tuple[NamedSteps, ...] = ((assessment.opportunity, steps),)[is_over_now:]
    rivals: SimulatedRivals | None = None
    # An offer is accepted above *floor*, and counts beyond *forgone*, hours.
    floor = forgone = 0.0
    is_beside = alternative.steps and not (assessment.hard_stops or answers)
    beside = problem.rivals if is_beside else None
    expected = {it.action: it.value for it in assessment.choices}.get(action)
    finishing = action in GOING and gain_of_finishing(problem, alternative) > 0.0
    is_over = problem.rivals is not None and bool(problem.rivals.accepts[0])
    if (assessment.hard_stops or is_over) and action is Action.FINISH_POLITELY:
        # Over after this interview, whatever comes.
        thresholds: Thresholds = [-inf, *(inf for _ in steps[1:])]
        exit_after = steps[1].exit if len(steps) > 1 else 0.0
        floor = UNBEATABLE
        expected = steps[0].reward + steps[0].survive * exit_after
    elif not alternative.steps:
        thresholds = [inf for _ in steps]
        floor = -inf if alternative.accept else UNBEATABLE
        forgone = mean - alternative.terms.get(Term.OFFER, 0.0)
    elif beside is None:
        # The first step is what was decided.
        thresholds = [-inf, *later_thresholds(steps, mutual)]
        # Once questions about an offer are answered, so is the offer.
        floor = forgone = problem.forgone if answers else 0.0
    else:
        rivals = SimulatedRivals.of(beside, chain)
        thresholds, chain = rivals.thresholds, rivals.chain

    draw_paths = path_source(chain)
    alone = np.full(BLOCK, -inf), np.full(BLOCK, floor)

    def simulate_block(rng: "np.random.Generator") -> BlockEndings:
        """Simulate the rivals, of which only the best counts, and then the process."""
        ahead, in_hand = alone if rivals is None else rivals.best(rng)
        best = np.maximum(ahead, in_hand)
        paths = draw_paths(rng)
        endings, accepts = paths.running_index(thresholds).settle(
            ahead, in_hand=in_hand
        )
        if rivals is not None and finishing:
            # Whoever accepts an offer finishes an interview under way, and leaves.
            finished = np.where(paths.rejected_after == 0, 2, 3)
            endings = np.where(best == UNBEATABLE, finished, endings)
        gain = paths.surplus - (forgone if beside is None else best)
        accepted = np.where(accepts, 0, NO_PROCESS)
        surplus = np.where(accepts, paths.surplus, 0.0)
        return [endings][: len(named)], accepted, surplus, np.where(accepts, gain, 0.0)

    return Scenario(
        f"{assessment.opportunity}: {HEADLINES[action]}",
        named,
        simulate_block,
        # Of an offer the second is to turn it down.
        fsum(options[assessment.phase is Phase.OFFERED].terms.values()),
        expected,
        _without_dates(assessment, problem),
        constant=_constant(problem, alternative, beside),
        more_work=more_work([chain]) + (0 if rivals is None else rivals.work),
        sd=_sd(assessment, expected),
    )


def _sd(assessment: Assessment, expected: Worth | None) -> Worth:
    """Standard deviation of the value of a run by the model, hours.

    It is 0 where the model tells of other runs: of those with dates, or of a process
    that goes on though it is ruled out.

    Args:
        assessment: The answer.
        expected: What its runs come to by the model, hours.
    """
    if assessment.rule is not None:
        return 0.0
    for choice in assessment.choices:
        if choice.action is assessment.action and choice.value == expected:
            return choice.sd_hours
    return 0.0


def _constant(
    problem: Problem[float],
    alternative: Alternative[float],
    rivals: RivalScenarios | None,
) -> Mapping[Term, Worth]:
    """What every run of an assessment brings whatever happens, hours, by term.

    Args:
        problem, alternative: The decision, and the action that is simulated.
        rivals: What runs beside it; without it the offers would be answered anew.
    """
    if not alternative.steps:
        return problem.process.end_terms
    gone = 0.0 if rivals is None else float(rivals.readjusted[0])
    return {Term.OFFER: -gone} if gone else {}


def _without_dates(assessment: Assessment, problem: Problem[float]) -> tuple[str, ...]:
    """What to know of runs if dates decide on an answer: they know none.

    Args:
        assessment: The answer.
        problem: Of the same decision, in which nothing has to be answered by a date.
    """
    ranking = evaluate(problem).ranking
    stated = {choice.action: choice.value for choice in assessment.choices}
    undated = dict(zip(ranking.actions, ranking.values[:, 0].tolist(), strict=True))
    value = undated.get(assessment.action, assessment.value)
    if abs(value - stated.get(assessment.action, value)) <= _SAME * (1.0 + abs(value)):
        return ()
    note = (
        "Nothing has to be answered by a date in these runs; so it is worth "
        f"{hours_of(value)}."
    )
    return (note,)


def _finished_anyway(
    plan: Plan, entries: Sequence[CompiledProcess[float]]
) -> tuple[Step[float], ...]:
    """The interviews under way that are finished though the process is ruled out.

    Args:
        plan, entries: The plan, and all its processes.
    """
    actions = {row.name: row.action for row in plan.processes}
    return tuple(
        entry.process.steps[0]
        for entry in entries
        if entry.dealbreakers
        and actions.get(entry.opportunity.name) is Action.FINISH_POLITELY
    )


def _expected(
    plan: Plan, joint: JointSearch, policies: Mapping[Holding, Policy]
) -> Worth | None:
    """What the runs of a plan come to by the model, hours; None if it does not say.

    Args:
        plan, joint: The plan, and its search.
        policies: How one goes on with each set of offers in hand.
    """
    if plan.today is not None:
        # The value of the plan counts what the dates take away.
        return None
    expected, leaves = plan.value, joint.answers.leaves()
    for held, policy in policies.items():
        if policy.value is None:
            return None
        lower = joint.bounds_at(joint.in_hand(held)).lower
        expected += float(leaves.held[held][0]) * (policy.value - lower)
    return expected


def _squares(joint: JointSearch) -> Sequence[float]:
    """The mean square of what an accepted offer of each process brings, hours squared.

    It counts beyond what the process competes with.

    Args:
        joint: The search of a plan.

    Returns:
        One for each running process.
    """
    squares = [0.0] * len(joint.constraints.running)
    for base, chance in joint.bases:
        search = joint.bounds_at(base).search
        parts = [(chance * (1.0 - search.share), search)]
        if search.longer is not None:
            parts.append((chance * search.share, search.longer))
        for share, part in parts:
            outcomes = part.kept_outcomes(waits=joint.constraints.waits)
            for row, (_, moments) in enumerate(outcomes):
                squares[row] += share * float(moments.offer_square)
    return squares


def plan_scenario(plan: Plan) -> Scenario:
    """The scenario of all processes of a plan, and of its offers."""
    candidate, assumptions = plan.search.candidate, plan.search.assumptions
    jobs = with_arrivals(candidate, plan.search.opportunities, assumptions)
    entries = compile_search(candidate, jobs, assumptions)
    entries = on_their_ways(entries, ways_of(entries))
    finished = _finished_anyway(plan, entries)
    spent, budget = fsum(step.hours for step in finished), plan.budget
    left = None if budget is None else budget - spent
    limits = SearchLimits(left, plan.slots, plan.recall)
    joint = JointSearch.of(candidate, entries, assumptions, limits)
    running = joint.constraints.running
    chains = [entry.chain for entry in running]
    solved = joint.constraints.unpriced
    sources = [
        path_source(
            as_solved(chain, solved.solution(row)), begun=bool(solved.indices[row] > 0)
        )
        for row, chain in enumerate(chains)
    ]
    offer_steps = steps_of_offers(joint)
    processes: list[NamedSteps] = [
        (entry.opportunity.name, entry.process.steps) for entry in running
    ]
    processes += [
        (joint.offered[offer].opportunity.name, steps)
        for offer, steps in offer_steps.items()
    ]
    numbers = {offer: len(chains) + row for row, offer in enumerate(offer_steps)}
    # The last is for none.
    by_offer = np.array(
        [*(numbers.get(row, -1) for row in range(len(joint.offered))), NO_PROCESS]
    )
    leaves = joint.answers.leaves()
    policies = {
        held: Policy.of(joint.bounds_at(joint.in_hand(held)).search, plan)
        for held in leaves.held
    }
    finishes = [
        entry.structure.phase is Phase.MIDWAY and leaving > entry.process.steps[0].exit
        for entry, leaving in zip(running, joint.leaving.tolist(), strict=True)
    ]

    def simulate_block(rng: "np.random.Generator") -> BlockEndings:
        """Simulate every process, answer the offers, and settle what runs."""
        paths = [draw(rng) for draw in sources]
        answered = answer_offers(joint, rng)
        endings = [
            # Whoever accepts an offer finishes an interview under way, and then leaves.
            np.where(path.rejected_after == 0, 2, 3)
            if finishing
            else np.ones(BLOCK, dtype=np.intp)
            for path, finishing in zip(paths, finishes, strict=True)
        ]
        accepted = np.where(
            answered.accepted >= 0, by_offer[answered.accepted], NO_PROCESS
        )
        surplus = answered.surplus.copy()
        for held, runs in answered.leaves.items():
            settled, taken = policies[held].settle(paths, answered.in_hand, rng)
            endings = [
                np.where(runs, after, before)
                for after, before in zip(settled, endings, strict=True)
            ]
            # The offer in hand is one more after those that run.
            is_held = taken == len(chains)
            taken = np.where(is_held, by_offer[answered.holder], taken)
            accepted = np.where(runs, taken, accepted)
            surplus = np.where(runs & is_held, answered.in_hand, surplus)
        for row, path in enumerate(paths):
            np.copyto(surplus, path.surplus, where=accepted == row)
        more = [
            answered.endings.get(offer, np.ones(BLOCK, dtype=np.intp))
            for offer in offer_steps
        ]
        return [*endings, *more], accepted, surplus, surplus

    notes = dict.fromkeys(policy.note for policy in policies.values() if policy.note)
    if joint.constraints.model.weight and len(running) > 1:
        note = "Your skill stays the same; the value of practice is not included."
        notes[note] = None
    if plan.today is not None:
        notes["Nothing has to be answered by a date here, so that more can be had."] = (
            None
        )
    accepting = [offer.accept_value for offer in plan.offers if not offer.dealbreakers]
    leaving = float(joint.leaving.sum()) + fsum(joint.end_terms.values())
    return Scenario(
        "The plan",
        tuple(processes),
        simulate_block,
        max([leaving, *accepting]),
        _expected(plan, joint, policies),
        tuple(notes),
        joint.end_terms,
        finished,
        more_work(chains),
        squares=tuple if plan.today is not None else partial(_squares, joint),
    )
