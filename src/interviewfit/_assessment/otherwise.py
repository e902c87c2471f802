"""What one would do if some things counted for nothing, solved when it is asked for.

Bounds say at once what is sure: here for what nobody has told, in ``dropped_terms`` for
terms. What they leave open needs the decision solved again, which takes about as long
as all else: whoever asks for the action alone does not wait for it.

If what nobody has told counts for nothing, only the mean of the surplus moves. A chain
whose passes tell of the fit is solved for one belief, so it is solved again.
"""

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import Problem, alternatives, lead_after_last
from interviewfit._assessment.dropped_terms import actions_without, solved_without
from interviewfit._assessment.evaluation import Evaluation, evaluate
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import JUDGED_TERMS, SIDE_TERMS, Action, Phase
from interviewfit._results.assessment import Choice

if TYPE_CHECKING:
    from interviewfit._competition.any_solution import Solved
    from interviewfit._solver.mutual_solution import MutualSolution

OPEN_FIELDS = (
    "action_without_side_values",
    "decisive_priors",
    "action_without_unspoken",
)
"""Fields of an answer that may be open, each a property of ``Otherwise``."""

_DROPPED = (SIDE_TERMS, *((term,) for term in JUDGED_TERMS))
# A probability of accepting an offer is right to this.
_SLOPE_ERROR = 1e-6


@frozen(eq=False, repr=False)
class Otherwise:
    """What one would do if some things counted for nothing; None where that is open.

    Attributes:
        evaluation: Of a single decision.
        choices: Of it, the best first.
        without_terms: Without side gains, and without each term that is judged.
        without_unspoken: Without what nobody has told.
    """

    evaluation: Evaluation[float]
    choices: Sequence[Choice]
    without_terms: Sequence[Action | None]
    without_unspoken: Action | None

    @classmethod
    def of(
        cls, evaluation: Evaluation[float], choices: Sequence[Choice], *, brief: bool
    ) -> "Otherwise":
        """What bounds say at once.

        In mid-interview, where passes tell of the fit, they take longer: all is open.

        Args:
            evaluation, choices: Of a single decision, and its choices, the best first.
            brief: Whether every term counts.
        """
        known = choices[0].action if brief else None
        start = cls(evaluation, choices, [known] * len(_DROPPED), None)
        return start if evaluation.stops is not None else start.bounded()

    @property
    def best(self) -> Action:
        """What one does."""
        return self.choices[0].action

    @property
    def is_open(self) -> bool:
        """Whether something is not known yet."""
        return None in (self.without_unspoken, *self.without_terms)

    def solved(self) -> "Otherwise":
        """The same with nothing left open."""
        known = self if self.evaluation.stops is None else self.bounded()
        without, unspoken = list(known.without_terms), known.without_unspoken
        numbers = [number for number, it in enumerate(without) if it is None]
        actions = solved_without(self.evaluation, [_DROPPED[it] for it in numbers])
        for number, action in zip(numbers, actions, strict=True):
            without[number] = action
        if unspoken is None:
            unspoken = solved_without_unspoken(self.evaluation)
        return evolve(known, without_terms=without, without_unspoken=unspoken)

    def bounded(self) -> "Otherwise":
        """The same with all that bounds say."""
        without, unspoken = self.without_terms, self.without_unspoken
        if None in without:
            without = actions_without(self.evaluation, self.choices, _DROPPED)
        if unspoken is None and stands_without_unspoken(self.evaluation, self.best):
            unspoken = self.best
        return evolve(self, without_terms=without, without_unspoken=unspoken)

    def leave_open(self, answer: object) -> None:
        """Take the fields out of an answer that nobody has seen yet.

        Args:
            answer: To the same decision, with a slot ``_otherwise``.
        """
        object.__setattr__(answer, "_otherwise", self)
        for name in OPEN_FIELDS:
            object.__delattr__(answer, name)

    def fill_in(self, answer: object) -> None:
        """Put them back, with nothing left open.

        Args:
            answer: As ``leave_open`` takes it.
        """
        for name in OPEN_FIELDS:
            object.__setattr__(answer, name, getattr(self, name))
        object.__setattr__(answer, "_otherwise", None)

    @property
    def action_without_side_values(self) -> Action:
        """The field of the answer; what is open counts as what one does."""
        return self.without_terms[0] or self.best

    @property
    def decisive_priors(self) -> tuple[str, ...]:
        """Likewise."""
        actions = [action or self.best for action in self.without_terms[1:]]
        pairs = zip(actions, JUDGED_TERMS.values(), strict=True)
        return tuple(prior for action, prior in pairs if action is not self.best)

    @property
    def action_without_unspoken(self) -> Action | None:
        """Likewise."""
        action = self.without_unspoken
        return None if action is self.best else action


def _solve_shifted(
    problem: Problem[float], shift: Worth, solutions: "Sequence[Solved | None]"
) -> "list[MutualSolution | None]":
    """The alternatives of a decision in which passes tell of the fit, solved.

    Args:
        problem: A single decision, without rivals.
        shift: By how much more the job is worth, hours.
        solutions: Of its alternatives as it is.

    Returns:
        What ``evaluate`` takes as *solved*.
    """
    from interviewfit._competition.mutual_steps import solve_mutual_steps
    from interviewfit._solver.mutual_solution import MutualSolution

    shifted: list[MutualSolution | None] = []
    for option, solution in zip(alternatives(problem), solutions, strict=True):
        like = solution if isinstance(solution, MutualSolution) else None
        if option.mutual is None:
            shifted.append(None)
            continue
        job = option.mutual.moved(np.array([shift]))
        shifted.append(
            solve_mutual_steps(option.steps, job, values_only=True, like=like)
        )
    return shifted


def stands_without_unspoken(evaluation: Evaluation[float], best: Action) -> bool:
    """Whether the best action surely stands if what nobody has told counts for nothing.

    No value moves by more than the mean does, so a larger margin stands.

    Args:
        evaluation, best: Of a single decision, and its best action.
    """
    process, ranking = evaluation.problem.process, evaluation.ranking
    shift = process.hours_per_percent * (process.spoken - process.mean)
    return bool(
        not shift
        or ranking.margin[0] > abs(shift)
        or _stands(evaluation.problem, evaluation, shift, best)
    )


def solved_without_unspoken(evaluation: Evaluation[float]) -> Action:
    """What one would do if what nobody has told counted for nothing, solved.

    Only the mean moves, so every solution still holds that serves every mean.

    Args:
        evaluation: Of a single decision.
    """
    problem, process = evaluation.problem, evaluation.problem.process
    shift = process.hours_per_percent * (process.spoken - process.mean)
    mutual, solved = process.mutual, evaluation.solutions
    if mutual is not None and problem.rivals is None:
        solved = tuple(_solve_shifted(problem, shift, solved))
    if mutual is not None:
        # The employer's view is relative to what is believed.
        mutual = mutual.moved(shift)
    rows = evolve(
        problem,
        structure=evolve(problem.structure, dealbreakers=()),
        process=evolve(process, mean=process.spoken, mutual=mutual),
    )
    return evaluate(rows, 1, solved=solved).ranking.best[0]


def _stands(
    problem: Problem[float],
    evaluation: Evaluation[float],
    shift: Worth,
    action: Action,
) -> bool:
    """Whether the best action surely stays the best where the process goes on.

    A value is convex in the mean: its slope is the probability of an accepted offer,
    which is at most that of an offer.

    Args:
        problem, evaluation, action: A single decision, its values, its best action.
        shift: By how much the mean moves, hours.
    """
    phase = problem.structure.phase
    if phase not in (Phase.BEFORE, Phase.MIDWAY) or problem.rivals is not None:
        return False
    values, moments = evaluation.ranking.values[:, 0].tolist(), evaluation.moments
    number, rise = values.index(max(values)), max(0.0, shift)
    best = moments[number]
    slope = best[0].accept_probability.item() if best else 0.0
    least = values[number] + slope * shift - _SLOPE_ERROR * abs(shift)
    chances = [
        prod(step.survive for step in option.steps) if option.steps else 0.0
        for option in evaluation.alternatives
    ]
    return all(
        least > value + rise * chance
        for other, (value, chance) in enumerate(zip(values, chances, strict=True))
        if other != number
    ) and _keeps_its_name(evaluation, shift, action)


def _keeps_its_name(
    evaluation: Evaluation[float], shift: Worth, action: Action
) -> bool:
    """Whether staying in an interview surely goes by the same name.

    So it does if the lead of going on afterwards, which is convex in the mean as well,
    stays on its side of 0.

    Args:
        evaluation, action: A single decision, and its best action.
        shift: By how much the mean moves, hours.
    """
    process = evaluation.process
    is_midway = evaluation.problem.structure.phase is Phase.MIDWAY
    if not is_midway or action is Action.LEAVE:
        return True
    goes_on = action is Action.CONTINUE
    if len(process.steps) == 1:
        moved = evolve(process, mean=process.spoken)
        return bool(lead_after_last(moved) > 0.0) is goes_on
    stops = evaluation.stops
    ahead = None if stops is None else stops.afterwards
    if ahead is None:
        return False
    change = ahead.reach[-1] * shift
    least, most = ahead.lead + min(0.0, change), ahead.lead + max(0.0, change)
    if ahead.lead and not least > 0.0 and not most < 0.0:
        # Imported where it is close.
        from interviewfit._solver.mutual_stops import Changes

        nothing = np.zeros(len(process.steps))
        bounds = ahead.changes_of_value(Changes(nothing, nothing, nothing, shift))
        if bounds is not None:
            least, most = ahead.lead + bounds[0], ahead.lead + bounds[1]
    return least > 0.0 if goes_on else most < 0.0
