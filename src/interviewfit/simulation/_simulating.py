"""Monte Carlo simulation: the advice is followed very many times, and counted.

*An assessment*: the advised step is taken, then the candidate goes on or leaves by the
thresholds. Beside other processes an offer counts beyond what these come to.

*A plan*: all its processes, and the offer in hand. Skill stays as it is: what an
interview teaches for the others, which a plan counts, comes on top.
"""

from collections.abc import Callable, Mapping
from math import fsum, inf
from typing import TypeAlias

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.alternatives import alternatives, compile_problem
from interviewfit._assessment.assessing import Assessment
from interviewfit._competition.chains import ChainParameters, solve_steps
from interviewfit._competition.entries import compile_search
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._portfolio.planning import Plan
from interviewfit._process.compilation import Step
from interviewfit._results.plan import HeldOffer
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.errors import InvalidFieldError
from interviewfit.progress import Progress
from interviewfit.sensitivity._sampling import (
    RandomSource,
    check_count,
    random_generator,
)
from interviewfit.simulation._outcomes import (
    BlockEndings,
    NamedSteps,
    Outcomes,
    ProcessOutcome,
    SimulatedSearches,
)
from interviewfit.simulation._paths import (
    BLOCK,
    NO_PROCESS,
    UNBEATABLE,
    Policy,
    simulate_process,
    waiting_step,
    waits_for_news,
)

_MOST_RUNS = 1_000_000

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
    """

    title: str
    processes: tuple[NamedSteps, ...]
    simulate_block: SimulateBlock
    leaving: Worth
    expected: Worth | None
    notes: tuple[str, ...] = ()
    constant: Mapping[Term, Worth] = field(factory=dict)


def assessment_scenario(assessment: Assessment) -> Scenario:
    """The scenario of one process, from the advised action on."""
    problem = compile_problem(assessment.decision)
    process, options = problem.process, alternatives(problem)
    action = assessment.action
    plain = Action.CONTINUE if action is Action.FINISH_POLITELY else action
    alternative = next(item for item in options if item.action is plain)
    steps = alternative.steps or process.steps
    mean = process.mean_hours
    chain = ChainParameters.of_steps(mean, steps)
    named: tuple[NamedSteps, ...] = ((assessment.opportunity, steps),)
    if assessment.phase is Phase.REJECTED:
        named = ()
    rivals: list[tuple[ChainParameters[float], list[float]]] = []
    # An offer is accepted above *floor*, and counts beyond *forgone*, hours.
    floor, forgone = 0.0, 0.0
    answers = action is Action.ASK_FIRST
    is_beside = alternative.steps and not (assessment.hard_stops or answers)
    beside = problem.rivals if is_beside else None
    worths = {choice.action: choice.value for choice in assessment.choices}
    expected = worths.get(action)
    if assessment.hard_stops and action is Action.FINISH_POLITELY:
        # Over after this interview, whatever comes.
        thresholds = [-inf, *(inf for _ in steps[1:])]
        exit_after = steps[1].exit if len(steps) > 1 else 0.0
        floor = UNBEATABLE
        expected = steps[0].reward + steps[0].survive * exit_after
    elif not alternative.steps:
        thresholds = [inf for _ in steps]
        floor = -inf if alternative.accept else UNBEATABLE
        forgone = mean - alternative.terms.get(Term.OFFER, 0.0)
    elif beside is None:
        # The first step is what was decided.
        thresholds = [-inf, *solve_steps(steps).thresholds[0, 1:].tolist()]
        # Once questions about an offer are answered, so is the offer.
        floor = forgone = problem.forgone if answers else 0.0
    else:
        floor = float(beside.base[0])
        solved = SolvedProcesses.of([chain])
        thresholds = solved.thresholds(0).tolist()
        if solved.indices[0] <= floor:
            # Its turn would never come, so its first step is taken anyway.
            thresholds[0] = -inf
        others = SolvedProcesses.of(beside.processes)
        rivals = [
            (rival, others.thresholds(row).tolist())
            for row, rival in enumerate(beside.processes)
        ]

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
        # Of an offer the second is to turn it down.
        fsum(options[assessment.phase is Phase.OFFERED].terms.values()),
        expected,
        constant={} if alternative.steps else process.end_terms,
    )


def plan_scenario(plan: Plan) -> Scenario:
    """The scenario of all processes of a plan, and of the offer in hand."""
    candidate, assumptions = plan.search.candidate, plan.search.assumptions
    entries = compile_search(candidate, plan.search.opportunities, assumptions)
    running = [entry for entry in entries if entry.is_running]
    offers = [item for item in plan.offers if item.action is not Action.DECLINE_OFFER]
    # While questions about one are answered another may wait, which is simulated.
    kept = min(
        offers,
        key=lambda item: (item.action is Action.ASK_FIRST, -item.kept_value),
        default=None,
    )
    exits = fsum(entry.process.steps[0].exit for entry in running)
    wait: Step[float] | None = None
    if kept is not None:
        (entry,) = (item for item in entries if item.opportunity.name == kept.name)
        wait = waiting_step(entry)
        if kept.action is not Action.POSTPONE or waits_for_news(kept, entry, exits):
            call = {Action.ASK_FIRST: entry.process.call, Action.POSTPONE: wait}
            others = plan_scenario(evolve(plan, offers=()))
            return _with_answer(others, kept, call.get(kept.action))
    processes: list[NamedSteps] = [
        (entry.opportunity.name, entry.process.steps) for entry in running
    ]
    chains = [ChainParameters.of(entry.process) for entry in running]
    without_offer = Policy.of(running, 0.0, plan)
    policies, asking_value = [(1.0, without_offer)], 0.0
    if kept is not None and wait is not None:
        processes.append((kept.name, (wait,)))
        asking_value = wait.reward
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
        chance * policy.value for chance, policy in policies if policy.value is not None
    ]
    notes = dict.fromkeys(policy.note for _, policy in policies if policy.note)
    if any(item.practice_value > 0.0 for item in (*plan.ranked, *plan.to_leave)):
        note = "Your skill stays the same; the value of practice is not included."
        notes[note] = None
    asked_about = [item.name for item in offers if item is not kept]
    notes |= {f"Asking {name} first is not included.": None for name in asked_about}
    return Scenario(
        "The plan",
        tuple(processes),
        simulate_block,
        exits if kept is None else kept.accept_value,
        fsum([asking_value, *worths]) if len(worths) == len(policies) else None,
        tuple(notes),
    )


def _with_answer(
    scenario: Scenario, offer: HeldOffer, call: Step[float] | None
) -> Scenario:
    """The scenario of a search with an offer that is accepted at once, or after a step.

    After questions, or news, the offer is lost, or accepted, or turned down. All that
    runs is left where it is accepted.

    Args:
        scenario: Of all processes but the offer.
        offer: With what it is worth to accept it and to turn it down.
        call: The step of asking, or of waiting for news; None if it is accepted now.
    """
    number = len(scenario.processes)
    limit = offer.decline_value - scenario.leaving

    def simulate_block(rng: "np.random.Generator") -> BlockEndings:
        """Simulate all others, and then the answer to the offer."""
        endings, accepted, surplus, _ = scenario.simulate_block(rng)
        job = np.full(BLOCK, offer.accept_value - scenario.leaving)
        accepts, ending = np.ones(BLOCK, dtype=np.bool_), np.ones(BLOCK, dtype=np.intp)
        if call is not None:
            chain = ChainParameters.of_steps(offer.surplus_hours, (call,))
            paths = simulate_process(chain, rng)
            job, lost = paths.surplus, paths.rejected_after == 0
            accepts, ending = ~lost & (job > limit), np.where(lost, 2, 3)
        # All that runs is left before its next step.
        endings = [np.where(accepts, 1, other) for other in endings]
        accepted = np.where(accepts, number, accepted)
        surplus = np.where(accepts, job, surplus)
        return [*endings, ending], accepted, surplus, surplus

    expected: Worth | None = offer.accept_value
    if call is not None:
        value, tolerance = scenario.expected, 1e-9 * (1.0 + abs(offer.decline_value))
        is_same = value is not None and abs(value - offer.decline_value) <= tolerance
        asks = offer.action is Action.ASK_FIRST
        worth = offer.ask_value if asks else offer.wait_value
        expected = worth if is_same else None
    return evolve(
        scenario,
        processes=(*scenario.processes, (offer.name, (call,) if call else ())),
        simulate_block=simulate_block,
        leaving=offer.accept_value,
        expected=expected,
        notes=scenario.notes if call else (),
    )


def simulate(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: RandomSource = 0,
    *,
    progress: Progress | None = None,
) -> Outcomes:
    """Monte Carlo simulation of an assessment or a plan: how widely its outcomes vary.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million.
        rng: Whatever ``numpy.random.default_rng`` takes. None draws anew each time.
        progress: Called with runs done and runs in all after every block.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> outcomes = simulate(assess(Candidate(), job))
    >>> abs(outcomes.value.mean - outcomes.expected) < 4 * outcomes.value.error
    True
    """
    scenario, searches = _simulate(answer, n, rng, progress)
    worth, accepted = searches.value, searches.accepted != NO_PROCESS
    # Equal to leaving at once, but for rounding, is no more than that.
    is_more = worth - scenario.leaving > 1e-9 * (1.0 + abs(scenario.leaving))
    surplus = searches.surplus[accepted]
    return Outcomes(
        title=scenario.title,
        runs=worth.size,
        value=QuantileSummary.of(worth),
        hours=QuantileSummary.of(searches.hours),
        days=QuantileSummary.of(searches.days),
        accepted=float(accepted.mean()),
        surplus=QuantileSummary.of(surplus) if surplus.size else None,
        leaving=scenario.leaving,
        well_spent=float(is_more.mean()),
        terms={
            term: QuantileSummary.of(searches.terms[term])
            for term in Term
            if term in searches.terms and searches.terms[term].any()
        },
        processes=tuple(
            ProcessOutcome.of(
                process, searches.endings[number], searches.accepted == number
            )
            for number, process in enumerate(scenario.processes)
        ),
        expected=scenario.expected,
        notes=scenario.notes,
    )


def play_out(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: RandomSource = 0,
    *,
    progress: Progress | None = None,
) -> SimulatedSearches:
    """The simulated runs themselves, for plots and further questions.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million.
        rng: As in ``simulate``; the same seed gives the same runs, whatever *n*.
        progress: Called with runs done and runs in all after every block.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> play_out(assess(Candidate(), job), 1000).value.shape
    (1000,)
    """
    return _simulate(answer, n, rng, progress)[1]


def _simulate(
    answer: Assessment | Plan, n: int, rng: RandomSource, progress: Progress | None
) -> tuple[Scenario, SimulatedSearches]:
    """The scenario of an answer, and its runs.

    Args:
        answer, n, progress: As in ``simulate``.
        rng: Spawns a generator for each block.

    Raises:
        InvalidFieldError: If an argument is not what ``simulate`` takes.
    """
    check_count("simulate(n)", n, _MOST_RUNS)
    generator = random_generator("simulate(rng)", rng)
    if isinstance(answer, Assessment):
        scenario = assessment_scenario(answer)
    elif isinstance(answer, Plan):
        scenario = plan_scenario(answer)
    else:
        expected = "what assess(...) or plan(...) returned"
        raise InvalidFieldError("simulate(answer)", expected, answer)
    blocks: list[BlockEndings] = []
    for stream in generator.spawn(-(-n // BLOCK)):
        blocks.append(scenario.simulate_block(stream))
        if progress:
            progress(min(n, len(blocks) * BLOCK), n)
    searches = SimulatedSearches.from_blocks(scenario.processes, blocks, n)
    constant = {term: np.full(n, worth) for term, worth in scenario.constant.items()}
    return scenario, evolve(searches, terms={**searches.terms, **constant})
