"""What is simulated: an assessment from its action on, or all processes of a plan.

*An assessment.* The advised step is taken; then the candidate goes on or leaves by the
thresholds. Beside other processes an offer counts beyond what these come to, and the
turn of the process may never come, as in the assessment.

*A plan.* All its processes, and the offer in hand. Skill stays as it is: what an
interview teaches for the others, which a plan counts, comes on top.
"""

from collections.abc import Callable, Sequence
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import alternatives, compile_problem
from interviewfit._assessment.assessing import Assessment
from interviewfit._competition.chains import ChainParameters, committed_to, solve_steps
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.numbers import default_if_none
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._portfolio.planning import Plan
from interviewfit._process.compilation import Step
from interviewfit._results.plan import HeldOffer
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.simulation._outcomes import NO_PROCESS, BlockEndings, NamedSteps
from interviewfit.simulation._paths import (
    BLOCK,
    UNBEATABLE,
    simulate_process,
)
from interviewfit.simulation._policies import Policy

__all__ = ["Scenario", "assessment_scenario", "plan_scenario"]

SimulateBlock: TypeAlias = Callable[["np.random.Generator"], BlockEndings]
"""Simulates a block of runs with a generator."""


@frozen(eq=False)
class Scenario:
    """What is simulated.

    Attributes:
        title: What it is, in words.
        processes: Those that outcomes tell of.
        simulate_block: Simulates a block of runs.
        leaving: Value of leaving at once, hours.
        expected: Expected value by the model, hours, which the mean of the runs should
            reproduce; None if the model does not say.
        notes: IndexArray policy is followed where there is a choice, a sentence each.
    """

    title: str
    processes: tuple[NamedSteps, ...]
    simulate_block: SimulateBlock
    leaving: Worth
    expected: Worth | None
    notes: tuple[str, ...] = ()


def assessment_scenario(assessment: Assessment) -> Scenario:
    """The scenario of one process, from the advised action on."""
    problem = compile_problem(assessment.decision)
    process, options = problem.process, alternatives(problem)
    action = assessment.action
    plain = Action.CONTINUE if action is Action.FINISH_POLITELY else action
    alternative = next(item for item in options if item.action is plain)
    steps = alternative.steps or process.steps
    mean = process.percent * process.mean
    chain = ChainParameters.of_steps(mean, steps)
    named: tuple[NamedSteps, ...] = ((assessment.opportunity, steps),)
    if assessment.phase is Phase.REJECTED:
        named = ()
    rivals: list[tuple[ChainParameters[float], list[float]]] = []
    # An offer is accepted above *floor*, and counts beyond *forgone*, hours.
    floor, forgone = 0.0, 0.0
    is_beside = alternative.steps and not assessment.hard_stops
    beside = problem.rivals if is_beside else None
    if assessment.hard_stops and action is Action.FINISH_POLITELY:
        # Over after this interview, whatever comes.
        thresholds = [-inf, *(inf for _ in steps[1:])]
        exit_after = steps[1].exit if len(steps) > 1 else 0.0
        floor = UNBEATABLE
        expected = steps[0].reward + steps[0].survive * exit_after
    elif not alternative.steps:
        thresholds = [inf for _ in steps]
        expected = assessment.choice(action).worth
        floor = -inf if alternative.accept else UNBEATABLE
        forgone = mean - alternative.terms.get(Term.OFFER, 0.0)
    else:
        expected = assessment.choice(action).worth
        if beside is None:
            # The first step is what was decided.
            thresholds = [-inf, *solve_steps(steps).thresholds[0, 1:].tolist()]
        else:
            floor = float(beside.base[0])
            solved = SolvedProcesses.of([chain])
            if solved.indices[0] <= floor:
                solved = SolvedProcesses.of([committed_to(chain, 1)])
            thresholds = solved.thresholds[0].tolist()
            others = SolvedProcesses.of(beside.processes)
            rows = [row.tolist() for row in others.thresholds]
            rivals = list(zip(beside.processes, rows, strict=True))

    def simulate_block(rng: "np.random.Generator") -> BlockEndings:
        """Simulate the rivals, of which only the best counts, and then the process."""
        best = np.full(BLOCK, floor)
        for rival, row in rivals:
            index = simulate_process(rival, rng).running_index(row)
            best = np.maximum(best, index.cap)
        paths = simulate_process(chain, rng)
        endings, accepts = paths.running_index(thresholds).settle(best)
        gain = paths.surplus - (forgone if beside is None else best)
        accepted = np.where(accepts, 0, NO_PROCESS)
        surplus = np.where(accepts, paths.surplus, 0.0)
        return [endings][: len(named)], accepted, surplus, np.where(accepts, gain, 0.0)

    return Scenario(
        f"{assessment.opportunity}: {HEADLINES[action]}",
        named,
        simulate_block,
        fsum(options[0].terms.values()),
        expected,
    )


def plan_scenario(plan: Plan) -> Scenario:
    """The scenario of all processes of a plan, and of the offer in hand."""
    candidate, assumptions = plan.search.candidate, plan.search.assumptions
    entries = compile_search(candidate, plan.search.opportunities, assumptions)
    running = [entry for entry in entries if entry.is_running]
    kept = next(
        (offer for offer in plan.offers if offer.action is not Action.DECLINE_OFFER),
        None,
    )
    processes: list[NamedSteps] = [
        (entry.opportunity.name, entry.process.steps) for entry in running
    ]
    chains = [ChainParameters.of(entry.process) for entry in running]
    without_offer = Policy.of(running, 0.0, plan)
    policies, asking = [(1.0, without_offer)], 0.0
    if kept is not None and kept.action is Action.ACCEPT_OFFER:
        processes.append((kept.name, ()))
        never = [[inf for _ in chain.reward] for chain in chains]
        policies = [(1.0, Policy(kept.surplus_hours, never, worth=kept.accept_value))]
    elif kept is not None:
        wait = _waiting_step(kept, entries, plan)
        processes.append((kept.name, (wait,)))
        asking = wait.reward
        held = Policy.of(running, max(0.0, kept.surplus_hours), plan)
        policies = [(wait.survive, held), (1.0 - wait.survive, without_offer)]

    def simulate_block(rng: "np.random.Generator") -> BlockEndings:
        """Simulate every process, and settle them by each policy."""
        paths = [simulate_process(chain, rng) for chain in chains]
        endings, accepted = policies[0][1].settle(paths)
        if kept is not None:
            # The offer waits, and the search goes on with it in hand; or it lapses.
            offer_ending = np.full(BLOCK, 2 * len(processes[-1][1]) + 1)
            for chance, policy in policies[1:]:
                lapsed = rng.random(BLOCK) < chance
                endings_without, accepted_without = policy.settle(paths)
                endings = [
                    np.where(lapsed, without, held)
                    for held, without in zip(endings, endings_without, strict=True)
                ]
                accepted = np.where(lapsed, accepted_without, accepted)
                offer_ending = np.where(lapsed, 2, offer_ending)
            endings.append(offer_ending)
        surplus = np.zeros(BLOCK)
        for row, path in enumerate(paths):
            np.copyto(surplus, path.surplus, where=accepted == row)
        if kept is not None:
            surplus[accepted == len(paths)] = kept.surplus_hours
        return endings, accepted, surplus, surplus

    worths = [
        chance * policy.worth for chance, policy in policies if policy.worth is not None
    ]
    notes = dict.fromkeys(policy.note for _, policy in policies if policy.note)
    if any(item.practice_value > 0.0 for item in (*plan.ranked, *plan.to_leave)):
        notes["Skill stays as it is; what one interview teaches comes on top."] = None
    exits = fsum(entry.process.steps[0].exit for entry in running)
    return Scenario(
        "The plan",
        tuple(processes),
        simulate_block,
        exits if kept is None else kept.accept_value,
        fsum([asking, *worths]) if len(worths) == len(policies) else None,
        tuple(notes),
    )


def _waiting_step(
    kept: HeldOffer, entries: Sequence[CompiledProcess[float]], plan: Plan
) -> Step[float]:
    """The step of asking for an offer to wait.

    Args:
        kept: The offer.
        entries: All processes of the search; the offer belongs to one of them.
        plan: Whose candidate asks, and the assumptions.
    """
    entry = next(item for item in entries if item.opportunity.name == kept.name)
    candidate, assumptions = plan.search.candidate, plan.search.assumptions
    return Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="waiting",
        gains={Term.TIME: -assumptions["asking"] * candidate.weights.time},
        leaving={},
        survive=default_if_none(
            entry.opportunity.stays_open, assumptions["stays_open"]
        ),
        drift=0.0,
        reveal=0.0,
        hours=assumptions["asking"],
        days=0.0,
    )
