"""Facts that hold or do not, their numbers aside: which bear on an opportunity."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from attrs import frozen

from interviewfit._model.beliefs import MOST_FACTS, Either, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.vocabulary import Scope, Sign
from interviewfit.errors import InvalidFieldError

UNTOLD = -2
"""In place of the number of a stage, where none tells a fact."""


@frozen(repr=False)
class FactStructure:
    """A fact that holds or does not, its numbers aside.

    Attributes:
        name: That its numbers begin with, such as ``"signals[0]"``.
        aspect: What it bears on.
        stage: The stage that tells it, from 0; -1 for looking it up; ``UNTOLD`` if
            none of this process does.
        scope: How far it carries.
        words: The fact in a few words, as they are compared.
        origin: The opportunity that states it; empty for this one.
    """

    name: str
    aspect: str
    stage: int
    scope: Scope = Scope.OPPORTUNITY
    words: str = ""
    origin: str = ""

    def is_same(self, other: "FactStructure") -> bool:
        """Whether two facts on one company or field are one."""
        return (self.aspect, self.words) == (other.aspect, other.words)


def facts_bearing(
    opportunity: Opportunity, signals: Iterable[tuple[str, Signal | Sign]]
) -> Iterator[FactStructure]:
    """The facts that bear on an opportunity: its own, and those of company and field.

    Args:
        opportunity: Whose stages tell all of them.
        signals: Its own first, then what was learned elsewhere, by name.
    """
    about = {
        Scope.COMPANY: canonical(opportunity.company),
        Scope.FIELD: canonical(opportunity.field),
    }
    shared: list[FactStructure] = []
    for name, signal in signals:
        if not isinstance(signal, Either):
            continue
        stage = signal.stage_among(opportunity.stages)
        fact = FactStructure(
            name,
            signal.aspect,
            UNTOLD if stage is None else stage,
            signal.scope,
            canonical(signal.note),
        )
        if name.startswith("learned"):
            is_elsewhere = canonical(signal.about) != about[signal.scope]
            if is_elsewhere or any(map(fact.is_same, shared)):
                continue
        if signal.scope is not Scope.OPPORTUNITY:
            shared.append(fact)
        yield fact


def check_count(facts: Sequence[FactStructure], name: str) -> None:
    """Refuse more facts than the solver goes through in all combinations.

    Args:
        facts: That bear on an opportunity.
        name: Of the opportunity.

    Raises:
        InvalidFieldError: If there are more than five.
    """
    if len(facts) > MOST_FACTS:
        expected = f"at most {MOST_FACTS} either/or facts, with those of its company"
        remedy = "Put those that matter least into beliefs."
        where = f"Opportunity {name!r}"
        raise InvalidFieldError(where, expected, len(facts), remedy)


def fact_record(decision: Decision, fact: FactStructure) -> Either:
    """A fact as it was stated.

    Args:
        decision: With the opportunities beside it.
        fact: That bears on it.
    """
    number = int(fact.name[:-1].rpartition("[")[2])
    job = decision.opportunity
    if fact.origin:
        job = next(item for item in decision.beside if item.name == fact.origin)
    learned = fact.name.startswith("learned")
    signals = decision.candidate.learned if learned else job.signals
    return cast(Either, signals[number])
