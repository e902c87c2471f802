"""What one would do if some things counted for nothing, solved when it is asked for.

Bounds say at once what is sure (``dropped_terms``, ``unspoken``). What they leave open
needs the decision solved again, which takes about as long as all else: whoever asks for
the action alone does not wait for it.
"""

from collections.abc import Sequence

from attrs import evolve, frozen

from interviewfit._assessment.dropped_terms import actions_without, solved_without
from interviewfit._assessment.evaluation import Evaluation
from interviewfit._assessment.unspoken import (
    solved_without_unspoken,
    stands_without_unspoken,
)
from interviewfit._model.vocabulary import JUDGED_TERMS, SIDE_TERMS, Action
from interviewfit._results.assessment import Choice

OPEN_FIELDS = (
    "action_without_side_values",
    "decisive_priors",
    "action_without_unspoken",
)
"""Fields of an answer that may be open, each a property of ``Otherwise``."""

_DROPPED = (SIDE_TERMS, *((term,) for term in JUDGED_TERMS))


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
