"""The nouns of the library: a candidate, their weights, an opportunity.

Only values live here: frozen, checked, with their units; no arithmetic. A field
left at None takes its number from ``priors`` when a decision is worked out, so
that a default can be moved in one place and drawn from its range.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import Attribute, field, frozen
from attrs.validators import optional

from interviewfit._model.beliefs import Belief, Clue, Reading, Signal
from interviewfit._model.fields import (
    MOST_ENTRIES,
    check_flag,
    check_kind,
    check_names,
    entries,
    listed,
    maybe_number,
    named,
    names,
    number,
    of_kind,
    one_line,
    shares,
)
from interviewfit._model.parameters import bounds
from interviewfit._model.stages import MOST_STAGES, Position, Stage
from interviewfit._model.units import (
    Factor,
    PercentOfPay,
    Probability,
    Worth,
    check_name,
    check_text,
    member,
)
from interviewfit._model.vocabulary import Scope, Sign
from interviewfit.errors import InvalidFieldError

__all__ = ["Candidate", "Opportunity", "Weights"]


def _tags(value: Iterable[str]) -> frozenset[str]:
    return names(value, "Opportunity.tags")


def _dealbreakers(value: Iterable[str]) -> frozenset[str]:
    return names(value, "Candidate.dealbreakers")


def _stages(value: Iterable[Stage]) -> tuple[Stage, ...]:
    return listed(value, "Opportunity.stages", "Stage(kind='hr_screen')")


def _signals(value: Iterable[Signal | Sign | str]) -> tuple[Signal | Sign, ...]:
    if isinstance(value, str):
        value = [value]
    return tuple(
        member(Sign, item, "Opportunity.signals") if isinstance(item, str) else item
        for item in listed(value, "Opportunity.signals", "'bad_reviews'")
    )


def _learned(value: Iterable[Signal]) -> tuple[Signal, ...]:
    return listed(value, "Candidate.learned", "Reading(...)")


def _beliefs(value: Mapping[str, Belief]) -> Mapping[str, Belief]:
    return named(value) if isinstance(value, Mapping) else value


def _check_belief(owner: object, attribute: "Attribute[Any]", value: object) -> None:
    """Pass a belief.

    Args:
        owner: The record that has it.
        attribute: The field.
        value: What came.

    Raises:
        InvalidFieldError: If it is none.
    """
    if not isinstance(value, Belief):
        where = f"{type(owner).__name__}.{attribute.name}"
        raise InvalidFieldError(
            where, "a Belief", value, "Write Belief(mean=..., sd=...)."
        )


_WEIGHT = bounds("weights.<term>")


@frozen(kw_only=True)
class Weights:
    """How much each term counts, 1 as priced, 0 not at all; never negative.

    They are multipliers, not shares: they need not add up to anything.

    Attributes:
        offer: The job itself.
        networking: People met.
        practice: Getting better at interviews.
        hidden_role: Another opening at the same firm.
        referral: Goodwill from naming somebody better suited when leaving.
        time: One's hours. 2.3: an hour is worth 2.3 ordinary ones.
        bail: Harm from walking out in mid-interview.
        declining: Cost of turning down a recruiter one depends on.
        courtesy: Hours that interviewers spend.

    Raises:
        InvalidFieldError: If a weight is negative or not finite.
    """

    offer: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    networking: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    practice: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    hidden_role: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    referral: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    time: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    bail: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    declining: Factor = field(default=1.0, converter=number, validator=_WEIGHT)
    courtesy: Factor = field(default=1.0, converter=number, validator=_WEIGHT)


def _check_stages(
    owner: object, attribute: "Attribute[Any]", stages: tuple[Stage, ...]
) -> None:
    """Refuse too few or too many stages, and two of one name.

    Args:
        owner: The record that has them.
        attribute: Their field.
        stages: What came.

    Raises:
        InvalidFieldError: If they are not as they must be.
    """
    if not 1 <= len(stages) <= MOST_STAGES:
        raise InvalidFieldError(
            "Opportunity.stages",
            f"between 1 and {MOST_STAGES} stages",
            stages,
            "Name all up to the offer, as far as you know, such as "
            "Stage(kind='hr_screen') and Stage(kind='hiring_manager').",
        )
    for stage in stages:
        if not isinstance(stage, Stage):
            raise InvalidFieldError("Opportunity.stages", "of Stage values", stage)
    titles = [stage.name for stage in stages if stage.name]
    doubles = sorted({title for title in titles if titles.count(title) > 1})
    if doubles:
        raise InvalidFieldError(
            "Opportunity.stages",
            "stages with different names",
            doubles[0],
            "Number them, or leave the names out.",
        )


@frozen(kw_only=True)
class Opportunity:
    """One process: what is known of the job, what lies ahead, where it stands.

    Attributes:
        name: What to call it.
        stages: Its rounds in order, at least one.
        beliefs: What the candidate thinks of each aspect now. An aspect not
            named is unknown and keeps a wide belief; it is never taken as good.
        company: Whose job it is, for signals that carry to a whole company.
        field: Which line of work, for signals that carry to a whole field.
        tags: What it stands for, such as ``"meat"``, against dealbreakers.
        relevance: How much people met there matter to one's field, 0 to 1.
        via_recruiter: Whether it comes through a recruiter one depends on.
        knows_someone: Whether one could name somebody better suited on leaving.
        unresearched: Whether cheap public facts have not been looked up yet.
        hidden_role: Chance that another opening there would suit.
        stays_open: Chance that it waits if one asks to postpone.
        signals: What has been seen: readings, clues, or named signs.
        position: Where it stands.

    Raises:
        InvalidFieldError: If a number is out of its range, there is no stage,
            two stages share a name, the position lies beyond the last stage, or
            a signal is about another company or field.
    """

    name: str = attrs.field(converter=one_line, validator=check_name)
    stages: tuple[Stage, ...] = attrs.field(converter=_stages, validator=_check_stages)
    beliefs: Mapping[str, Belief] = attrs.field(
        factory=dict, converter=_beliefs, validator=entries(_check_belief)
    )
    company: str = attrs.field(default="", converter=one_line, validator=check_text)
    field: str = attrs.field(default="", converter=one_line, validator=check_text)
    tags: frozenset[str] = attrs.field(
        default=frozenset(), converter=_tags, validator=check_names
    )
    relevance: Probability | None = attrs.field(
        default=None, converter=maybe_number, validator=optional(bounds("relevance"))
    )
    via_recruiter: bool = attrs.field(default=False, validator=check_flag)
    knows_someone: bool = attrs.field(default=False, validator=check_flag)
    unresearched: bool = attrs.field(default=False, validator=check_flag)
    hidden_role: Probability | None = attrs.field(
        default=None, converter=maybe_number, validator=optional(bounds("hidden_role"))
    )
    stays_open: Probability | None = attrs.field(
        default=None, converter=maybe_number, validator=optional(bounds("stays_open"))
    )
    signals: tuple[Signal | Sign, ...] = attrs.field(default=(), converter=_signals)
    position: Position = attrs.field(factory=Position)

    def __attrs_post_init__(self) -> None:
        """Refuse signals and a position that do not fit the rest."""
        if len(self.signals) > MOST_ENTRIES:
            expected = f"at most {MOST_ENTRIES:,} signals"
            raise InvalidFieldError("Opportunity.signals", expected, len(self.signals))
        names = {
            Scope.OPPORTUNITY: self.name,
            Scope.COMPANY: self.company,
            Scope.FIELD: self.field,
        }
        for signal in self.signals:
            if isinstance(signal, Sign):
                continue
            if not isinstance(signal, Reading | Clue):
                expected = "of readings, clues or signs"
                raise InvalidFieldError("Opportunity.signals", expected, signal)
            if signal.about and signal.about != names[signal.scope]:
                raise InvalidFieldError(
                    "Opportunity.signals",
                    f"about the {signal.scope.value} {names[signal.scope]!r}",
                    signal.about,
                    "Put what you learned of others in Candidate.learned.",
                )
        check_kind("Opportunity.position", self.position, Position)
        if self.position.stage >= len(self.stages):
            raise InvalidFieldError(
                "Opportunity.position",
                f"at one of the {len(self.stages)} stages",
                self.position.stage,
                "The first stage is 0.",
            )


@frozen(kw_only=True)
class Candidate:
    """Who decides: what they care for, and what else they have.

    Attributes:
        name: What to call them.
        priorities: How much each aspect counts; 1 if not named, 0 not at all.
        fallback: What they would otherwise have, percent of pay against the
            present job: 0 in a job they can keep, below 0 when out of work.
        dealbreakers: Tags that rule a job out, whatever else it offers.
        weights: How much each term counts.
        activity: How actively they look, 0 to 1; scales networking.
        interviews_done: Interviews behind them, at least 0; practice wears off.
        interviews_ahead: Other processes still to come, at least 0.
        worth_ahead: What each of those is worth, hours.
        learned: Signals on companies and fields, from other processes.

    Raises:
        InvalidFieldError: If a number is out of its range, or something in
            *learned* does not name the company or field it is about.

    >>> Candidate(priorities={"commute": 2}).weights.time
    1.0
    """

    name: str = field(default="", converter=one_line, validator=check_text)
    priorities: Mapping[str, Factor] = field(
        factory=dict, converter=shares, validator=entries(bounds("priorities.<aspect>"))
    )
    fallback: PercentOfPay = field(
        default=0.0, converter=number, validator=bounds("fallback")
    )
    dealbreakers: frozenset[str] = field(
        default=frozenset(), converter=_dealbreakers, validator=check_names
    )
    weights: Weights = field(factory=Weights, validator=of_kind(Weights))
    activity: Probability | None = field(
        default=None, converter=maybe_number, validator=optional(bounds("activity"))
    )
    interviews_done: Factor | None = field(
        default=None,
        converter=maybe_number,
        validator=optional(bounds("interviews_done")),
    )
    interviews_ahead: Factor | None = field(
        default=None,
        converter=maybe_number,
        validator=optional(bounds("interviews_ahead")),
    )
    worth_ahead: Worth | None = field(
        default=None, converter=maybe_number, validator=optional(bounds("worth_ahead"))
    )
    learned: tuple[Signal, ...] = field(default=(), converter=_learned)

    def __attrs_post_init__(self) -> None:
        """Refuse lessons that do not say which company or field they are about."""
        if len(self.learned) > MOST_ENTRIES:
            expected = f"at most {MOST_ENTRIES:,} signals"
            raise InvalidFieldError("Candidate.learned", expected, len(self.learned))
        for signal in self.learned:
            if not isinstance(signal, Reading | Clue):
                expected = "of readings and clues"
                raise InvalidFieldError("Candidate.learned", expected, signal)
            if signal.scope is Scope.OPPORTUNITY or not signal.about:
                raise InvalidFieldError(
                    "Candidate.learned",
                    "signals that name a company or field",
                    signal,
                    "Set scope and about, or put it in Opportunity.signals.",
                )
