"""What was seen, as numbers: readings, clues and named signs.

The structure of a decision says what each signal is about; its numbers, which may be
columns, say how strong it is.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeAlias

from attrs import frozen

from interviewfit._model.numbers import Numbers
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import Event, Scope, Sign, When
from interviewfit._numeric.arrays import N, N_co, is_zero
from interviewfit._process.structure import SignalStructure, SignStructure


@frozen(repr=False)
class ReadingEvidence(Generic[N_co]):
    """A reading as numbers.

    Attributes:
        aspect: That was looked at.
        value: What it says, percent of pay.
        noise: Standard deviation of its error, percent of pay; infinite in rows in
            which nothing was seen.
        unsettled: Standard deviation of news still to come, percent of pay.
        scope: How far it carries.
        when: Whether the rounds behind have come after it.
        stated: Whether somebody stated it, so that its error is too small; the errors
            of named signs are widened already.
    """

    aspect: str
    value: N_co
    noise: N_co
    unsettled: N_co
    scope: Scope = Scope.OPPORTUNITY
    when: When = When.BEFORE
    stated: bool = False


@frozen(repr=False)
class ClueEvidence(Generic[N_co]):
    """A clue as numbers.

    Attributes:
        event: That it is evidence of.
        factor: The Bayes factor that multiplies its odds; 1 where nothing was seen.
        scope: How far it carries.
    """

    event: Event
    factor: N_co
    scope: Scope = Scope.OPPORTUNITY


@frozen(repr=False)
class SignEvidence(Generic[N_co]):
    """A named sign as numbers.

    Attributes:
        sign: What was noticed.
        source: Who says it; the same sign from the same source counts once.
        strength: 1 for a plain one; 0 where nothing was seen.
        scope: How far it carries.
        when: Whether the rounds behind have come after it.
    """

    sign: Sign
    source: str
    strength: N_co
    scope: Scope = Scope.OPPORTUNITY
    when: When = When.BEFORE

    @property
    def stops(self) -> bool:
        """Whether it forces leaving, wherever it was seen."""
        return SIGNS[self.sign].stops and not is_zero(self.strength)


Evidence: TypeAlias = ReadingEvidence[N] | ClueEvidence[N] | SignEvidence[N]
"""What was seen, as numbers."""


def evidence_of(
    signals: Iterable[SignalStructure | SignStructure], numbers: Numbers[N]
) -> Iterator[Evidence[N]]:
    """Signals as numbers.

    Args:
        signals: Of a structure; each says what it is about.
        numbers: Of the decision; hold the values, errors, factors and strengths.
    """
    for signal in signals:
        if isinstance(signal, SignStructure):
            strength = numbers.get(f"{signal.name}.strength")
            if strength is None:
                strength = numbers[f"strength.{signal.strength}"]
            yield SignEvidence(
                signal.sign, signal.source, strength, signal.scope, signal.when
            )
        elif isinstance(signal.subject, Event):
            factor = numbers[f"{signal.name}.factor"]
            yield ClueEvidence(signal.subject, factor, signal.scope)
        else:
            yield ReadingEvidence(
                signal.subject,
                numbers[f"{signal.name}.value"],
                numbers[f"{signal.name}.noise"],
                numbers[f"{signal.name}.unsettled"],
                signal.scope,
                signal.when,
                stated=True,
            )
