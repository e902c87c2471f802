"""The share of weightings for each action, and what somebody who acts so cares about.

The central weighting of an action is the mean of the weightings for which it is best;
its confidence there is the share of plausible assumptions under which it stays best.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.assessing import (
    Assessment,
    assessment_of_decision,
    check_assessment,
)
from interviewfit._model.draws import RandomSource, random_generator
from interviewfit._model.fields import to_tuple
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.units import Factor, Probability
from interviewfit._model.vocabulary import Action
from interviewfit._process.parameters import substitute
from interviewfit._results.tables import Tabular
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.sensitivity import robustness
from interviewfit.weightings._box import Box, Limits, read_box
from interviewfit.weightings._rays import RayIntegrals


@frozen(kw_only=True)
class ActionShare:
    """How many weightings lead to one action. Made by ``acceptability``.

    Attributes:
        action: The best action.
        share: Of all weightings, 0 to 1.
        standard_error: Of the share.
        central: The mean of the weightings that lead to it, by name (``list_inputs``):
            what somebody who acts so may be taken to care about.
        confidence: Share of plausible assumptions under which it is best at its central
            weighting (``robustness``); None if not asked for.
    """

    action: Action
    share: Probability
    standard_error: Probability
    central: Mapping[str, Factor] = field(converter=freeze)
    confidence: Probability | None = None


@frozen(kw_only=True, repr=False)
class Acceptability(Tabular):
    """The share of weightings for each action. Made by ``acceptability``.

    Attributes:
        shares: Of the actions that some weighting leads to, the largest first.
        labels: What each number is, in words, by name.
        evaluations: Number of weightings that were evaluated.
    """

    _row_name: ClassVar[str] = "shares"

    shares: tuple[ActionShare, ...]
    labels: Mapping[str, str] = field(converter=freeze)
    evaluations: int

    def __repr__(self) -> str:
        words = ", ".join(
            f"{entry.action.value} {100 * entry.share:.0f} %" for entry in self.shares
        )
        return f"<Acceptability: {words}>"

    def __str__(self) -> str:
        lines = []
        for entry in self.shares:
            error = 196.0 * entry.standard_error
            central = ", ".join(
                f"{self.labels[name]} {number:.2g}"
                for name, number in entry.central.items()
            )
            line = (
                f"{HEADLINES[entry.action]}: {100 * entry.share:.1f} % of weightings "
                f"(give or take {error:.1f}); on average {central}"
            )
            if entry.confidence is not None:
                line += f"; best in {100 * entry.confidence:.0f} % of draws there"
            lines.append(line)
        return "\n".join(lines)

    _repr_html_ = show_lines

    def share_of(self, action: Action | str) -> Probability:
        """The share of weightings that lead to an action; 0 if none does."""
        named = Action(action)
        return sum(entry.share for entry in self.shares if entry.action is named)


def acceptability(
    assessment: Assessment,
    *,
    priorities: Limits | None = None,
    weights: Limits | None = None,
    relative: Sequence[str] = (),
    error: Probability = 0.005,
    draws: int = 0,
    rng: RandomSource = 0,
) -> Acceptability:
    """The share of weightings that lead to each action.

    The work grows with the stages, times the weightings that *error* asks for. Where
    it would take more than some seconds, fewer are evaluated.

    Args:
        assessment: What ``assess`` returned.
        priorities, weights: Limits between which each number is uniform.
        relative: Aspects whose priorities are uniform on the simplex instead: all at
            least 0, with a mean of 1. Not together with limits.
        error: Standard error to be reached, 0 to 1; the answer says what was.
        draws: Number of draws of the assumptions for the confidence of each action; 0
            for none.
        rng: Whatever ``numpy.random.default_rng`` takes. None draws anew each time.

    Raises:
        InvalidFieldError: If an argument is at fault, as for ``certify``.

    >>> from interviewfit import Belief, Candidate, Opportunity, assess, corporate
    >>> beliefs = {"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> found = assess(Candidate(), job)
    >>> shares = acceptability(found, relative=["pay", "role", "culture"])
    >>> shares
    <Acceptability: decline ... %, take ... %>
    """
    check_assessment(assessment, "acceptability(assessment)")
    decision = assessment.decision
    aspects = to_tuple(relative, "acceptability(relative)", "'pay', 'role'")
    if aspects and (priorities or weights):
        expected, remedy = "without limits beside it", "Give one of both."
        raise InvalidFieldError("acceptability(relative)", expected, aspects, remedy)
    if len(aspects) == 1 or len(set(aspects)) < len(aspects):
        expected = "two different aspects or more"
        raise InvalidFieldError("acceptability(relative)", expected, aspects)
    if not (isinstance(error, float | int) and 0.0 < error < 1.0):
        raise InvalidFieldError("acceptability(error)", "between 0 and 1", error)
    if aspects:
        priorities = dict.fromkeys(aspects, (0.0, float(len(aspects))))
    box = read_box("acceptability", decision, priorities or {}, weights or {})
    generator = random_generator("acceptability(rng)", rng)
    integrals = RayIntegrals(box, simplex=bool(aspects))
    integrals.run(generator, error)
    shares = []
    for action in Action:
        if integrals.has(action):
            share, standard_error, mean = integrals.share(action)
            shares.append(
                ActionShare(
                    action=action,
                    share=share,
                    standard_error=standard_error,
                    central=dict(zip(box.names, mean.tolist(), strict=True)),
                )
            )
    if draws:
        shares = [_with_confidence(box, share, draws, generator) for share in shares]
    return Acceptability(
        shares=tuple(sorted(shares, key=lambda entry: -entry.share)),
        labels=box.labels,
        evaluations=integrals.evaluations,
    )


def _with_confidence(
    box: Box, share: ActionShare, draws: int, generator: "np.random.Generator"
) -> ActionShare:
    """A share with the confidence of its action at its central weighting.

    Args:
        box, share: The limits, and the share of one action.
        draws, generator: Of the assumptions.
    """
    numbers = dict(zip(box.parameters, share.central.values(), strict=True))
    decision = substitute(box.decision, numbers)
    answer = assessment_of_decision(decision)
    shares = robustness(answer, draws, generator).shares
    return evolve(share, confidence=shares.get(share.action, 0.0))
