"""What each process of a search leads to by the order of a plan."""

from math import fsum

from attrs import frozen

from interviewfit._assessment.alternatives import name_of_continuing, name_of_leaving
from interviewfit._assessment.outcome import (
    Outcome,
    finished_at_once,
    left_at_once,
    mean_outcome,
    outcome_beside,
)
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.joint_search import JointSearch
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Action
from interviewfit._process.compilation import Process
from interviewfit._results.assessment import LEAVING, Choice


@frozen(eq=False)
class Course:
    """What a process leads to by the order of a plan.

    Attributes:
        action: Its next action.
        outcome: What it leads to.
        start: Probability that it is begun.
    """

    action: Action
    outcome: Outcome[float]
    start: Probability

    @classmethod
    def of_choice(
        cls, choice: Choice, action: Action, entry: CompiledProcess[float]
    ) -> "Course":
        """What an action leads to that the order of the plan does not have.

        Args:
            choice: The best of the actions for it.
            action: What is done; where a dealbreaker forces it, nothing comes after.
            entry: The process.
        """
        process = entry.process
        accepted, hours, days = choice.accept_probability, choice.hours, choice.days
        start = float(choice.action not in LEAVING and bool(process.steps))
        if action is not choice.action or entry.dealbreakers:
            finished = process.steps[:1] if action is Action.FINISH_POLITELY else ()
            accepted, start = 0.0, 0.0
            hours = fsum(step.hours for step in finished)
            days = fsum(step.days for step in finished)
        outcome = Outcome(
            choice.value, choice.terms, 0.0, accepted, hours, days, choice.reach
        )
        return cls(action, outcome, start)


def course_of(joint: JointSearch, entry: CompiledProcess[float]) -> Course | None:
    """What a running process leads to by the order of the plan; None if it ends.

    An average over what the offers come to and, within a budget, over the toss. Once an
    offer is accepted, an interview under way is finished where that costs less than
    walking out, and all else is left.

    Args:
        joint, entry: The search, and the process.
    """
    if joint.accepts or joint.is_alone:
        return None
    number, steps = joint.rows[id(entry)], entry.process.steps
    parts: list[tuple[Probability, BudgetedSearch]] = []
    for base, chance in joint.bases:
        search = joint.bounds_at(base).search
        parts.append((chance * (1.0 - search.share), search))
        if search.longer is not None:
            parts.append((chance * search.share, search.longer))
    outcomes: list[tuple[Probability, Outcome[float]]] = []
    action, start = name_of_leaving(steps[0]), 0.0
    for share, search in parts:
        begun, moments = search.kept_outcomes(waits=joint.constraints.waits)[number]
        begun = min(1.0, max(0.0, begun))
        start += share * begun
        outcomes.append((share, outcome_beside(steps, moments, begun)))
        kept = search.kept
        if kept.policy.indices[number] > kept.policy.outside_option and share:
            thresholds = kept.solved.thresholds(number)
            action = entry.way or name_of_continuing(entry.process, thresholds)
    ended = float(joint.leaves.accepted[0])
    if ended:
        finishes = float(joint.leaving[number]) > steps[0].exit
        left = left_at_once(steps[0].exit_terms)
        outcomes.append((ended, finished_at_once(steps) if finishes else left))
    return Course(action, mean_outcome(outcomes), start)


def next_stage(process: Process[float]) -> str:
    """The title of the stage at which a process stands; empty if none lies ahead."""
    stages = [step.title for step in process.steps if step.stage >= 0]
    return stages[0] if stages else ""
