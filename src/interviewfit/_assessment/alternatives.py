"""The courses of action open at a position.

Going on is a chain of steps (``process``); leaving is over at once. Two more courses
are a step put in front of the same chain:

* *investigate*: desk research first, then all as before;
* *postpone*: a step that costs a message, survives with the chance that the
  invitation waits, and reveals the news that only waiting brings.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from attrs import evolve, field, frozen

from interviewfit._competition.context import rivals_of
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatArray, vanishes
from interviewfit._process.compilation import Process, Step, compile_process
from interviewfit._process.side_values import given
from interviewfit._process.signals import Posterior, update

__all__ = [
    "Alternative",
    "Problem",
    "carries_on",
    "compile_case",
    "finishes",
    "forced",
    "leaving",
    "open_courses",
    "staying",
]


@frozen(eq=False)
class Problem:
    """Who decides on what, from which numbers, and beside what else."""

    candidate: Candidate
    opportunity: Opportunity
    assumptions: Assumptions
    rivals: RivalDistribution | None = None


@frozen(eq=False)
class Alternative:
    """One thing that can be done now.

    Attributes:
        action: What it is called.
        steps: Taken one after another, with the choice to leave before each but the
            first; none if it is over at once.
        terms: What it is worth if it is over at once, hours, by term.
        accept: Chance that an offer is accepted by it, likewise.
    """

    action: Action
    steps: tuple[Step, ...] = ()
    terms: Mapping[Term, Worth] = field(factory=dict)
    accept: Probability = 0.0

    def without(self, dropped: Collection[Term]) -> "Alternative":
        """The same if some terms counted for nothing."""

        def kept(parts: Mapping[Term, Worth]) -> dict[Term, Worth]:
            return {term: one for term, one in parts.items() if term not in dropped}

        steps = tuple(
            evolve(step, gains=kept(step.gains), leaving=kept(step.leaving))
            for step in self.steps
        )
        return evolve(self, steps=steps, terms=kept(self.terms))


def compile_case(
    decision: Decision, rows: int | None = None
) -> tuple[Problem, Posterior, Process]:
    """A decision, what is believed by now, and the process from where it stands.

    Args:
        decision: As it is put.
        rows: How many, if it holds columns.
    """
    candidate, rivals = decision.candidate, None
    if decision.beside:
        candidate, rivals = rivals_of(decision, rows)
    case = Problem(candidate, decision.opportunity, decision.assumptions, rivals)
    posterior = update(candidate, case.opportunity, case.assumptions)
    process = compile_process(candidate, case.opportunity, posterior, case.assumptions)
    return case, posterior, process


def open_courses(
    case: Problem, posterior: Posterior, process: Process
) -> tuple[Alternative, ...]:
    """Every course open now, in the order in which the first of two equal ones is best.

    Leaving comes first: going on must be worth something. Going on comes second.
    """
    phase = case.opportunity.position.phase
    if phase is Phase.REJECTED:
        return (Alternative(Action.MOVE_ON),)
    if phase is Phase.OFFERED:
        # Whoever accepts now gives up what the rivals would bring.
        over = process.percent * process.mean
        if case.rivals is not None:
            lost = case.rivals.leaving - case.rivals.value
            over = over + cast(Worth, lost if lost.size > 1 else float(lost[0]))
        terms = {} if vanishes(over) else {Term.OFFER: over}
        first = (
            Alternative(Action.DECLINE_OFFER),
            Alternative(Action.ACCEPT_OFFER, terms=terms, accept=1.0),
        )
    else:
        here = process.steps[0]
        first = (
            Alternative(leaving(here), terms=here.leaving),
            Alternative(_going_on(here), process.steps),
        )
    return (*first, *_detours(case, posterior, process))


def _detours(
    case: Problem, posterior: Posterior, process: Process
) -> Iterator[Alternative]:
    """The courses that put a step before the chain."""
    position, opportunity = case.opportunity.position, case.opportunity
    if position.phase is Phase.BEFORE and opportunity.unresearched:
        researched = compile_process(
            case.candidate,
            opportunity,
            posterior,
            case.assumptions,
            research_first=True,
        )
        yield Alternative(Action.INVESTIGATE, researched.steps)
    news = not (vanishes(process.percent) or vanishes(process.unsettled))
    if news and position.phase is not Phase.MIDWAY:
        waits = given(opportunity.stays_open, case.assumptions["stays_open"])
        asking = case.assumptions["asking"]
        refusing = process.steps[0].leaving if process.steps else {}
        # To a recruiter, an invitation that lapses over it is one turned down.
        gains = {
            Term.TIME: -asking * case.candidate.weights.time,
            Term.DECLINING: (1.0 - waits) * refusing.get(Term.DECLINING, 0.0),
        }
        wait = Step(
            stage=-1,
            phase=Phase.BEFORE,
            title="waiting",
            gains={term: one for term, one in gains.items() if not vanishes(one)},
            leaving={},
            survive=waits,
            drift=0.0,
            reveal=process.percent * process.unsettled,
            hours=asking,
            days=0.0,
        )
        yield Alternative(Action.POSTPONE, (wait, *process.steps))


def leaving(step: Step) -> Action:
    """What to call leaving before a step."""
    if step.phase is Phase.MIDWAY:
        return Action.LEAVE
    return Action.DECLINE if step.stage <= 0 else Action.WITHDRAW_POLITELY


def _going_on(step: Step) -> Action:
    first = step.phase is Phase.BEFORE and step.stage <= 0
    return Action.TAKE if first else Action.CONTINUE


def staying(process: Process, thresholds: FloatArray) -> Action:
    """What to call going on, where the steps ahead have these thresholds, hours.

    In mid-interview one stays or walks out. Staying is *continue* if one would
    also go on afterwards as things stand, else *finish politely*.
    """
    here = process.steps[0]
    if here.phase is Phase.MIDWAY and not carries_on(process, thresholds):
        return Action.FINISH_POLITELY
    return _going_on(here)


def carries_on(process: Process, thresholds: FloatArray) -> bool:
    """Whether one would go on after the first step, as things stand; in each row."""
    afterwards = process.percent * process.mean + process.steps[0].drift
    return afterwards > (thresholds[1] if len(process.steps) > 1 else 0.0)


def forced(phase: Phase, process: Process) -> Action:
    """How to leave a process one must leave.

    In mid-interview, by finishing it if that is not worse than walking out.
    """
    if phase is Phase.REJECTED:
        return Action.MOVE_ON
    if phase is Phase.OFFERED:
        return Action.DECLINE_OFFER
    if phase is Phase.MIDWAY and finishes(process):
        return Action.FINISH_POLITELY
    return leaving(process.steps[0])


def finishes(process: Process) -> bool:
    """Whether the first step is taken even if one leaves right after it; in each row."""
    here, after = process.steps[0], process.steps[1:2]
    finishing = here.reward + here.survive * (after[0].exit if after else 0.0)
    return finishing >= here.exit
