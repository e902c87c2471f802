"""A decision taken apart: its structure, which is discrete, and its numbers.

The structure says which stages there are, where the process stands, which signals were
seen, which aspects count: everything that cannot be half of something. It is frozen and
hashable, so decisions that differ in numbers only share one structure. The numbers are
one flat mapping by name (``Numbers``), in which any may be replaced by a column.
"""

from collections.abc import Iterator

from attrs import fields_dict, frozen

from interviewfit._model.beliefs import Clue, Either, NamedSign, Reading, Signal
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import PRIORS, STAGE_NUMBERS, quoted
from interviewfit._model.priors import Assumptions, correlation_numbers
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import (
    ASPECTS,
    Event,
    Phase,
    Scope,
    Seniority,
    Sign,
    StageKind,
    Strength,
    When,
)
from interviewfit._model.weights import Weights
from interviewfit._process.fact_structure import (
    FactStructure,
    check_count,
    facts_bearing,
)

_STAGE_NUMBERS = (*STAGE_NUMBERS, "reshape_gain", "influence")
CANDIDATE_NUMBERS = ("activity", "interviews_done", "interviews_ahead", "worth_ahead")
"""Fields of a candidate that are numbers of a decision."""
OPPORTUNITY_NUMBERS = (
    *("relevance", "reach", "hidden_role", "stays_open"),
    *("mutual_fit", "trial_weeks", "leaving_again"),
)
"""Fields of an opportunity that are numbers of a decision."""
_TERMS = tuple(fields_dict(Weights))
_SIGNAL_NUMBERS: dict[type, tuple[str, ...]] = {
    Reading: ("value", "noise", "unsettled"),
    Clue: ("factor",),
    NamedSign: ("strength",),
    Either: ("chance", "if_so", "if_not"),
}
DEFAULTS = {name: prior.value for name, prior in PRIORS.items()}
"""The number of every prior, by name."""


@frozen(repr=False)
class StageStructure:
    """What a stage is like, its numbers aside.

    Attributes:
        number: Which stage of the opportunity, from 0; -1 for desk research put first.
        kind: Whose defaults it has.
        title: What to call it.
        meets: The most senior person one meets.
        met_before: How often one has met that person before it.
        days: Calendar time until it is over, days; it counts where days have a cost.
    """

    number: int
    kind: StageKind
    title: str
    meets: Seniority
    met_before: int = 0
    days: float = 0.0


DESK_RESEARCH = StageStructure(-1, StageKind.RESEARCH, "research", Seniority.NOBODY)
"""The half hour of research that may be put before a process."""

CALL = StageStructure(-1, StageKind.CALL, "call", Seniority.HR)
"""The call or mail with questions that may be put before the answer to an offer."""


@frozen(repr=False)
class SignalStructure:
    """What a reading or clue is about, its numbers aside.

    Attributes:
        name: That its numbers begin with, such as ``"signals[0]"``.
        subject: The aspect of a reading; the event of a clue.
        scope: How far it carries.
        when: Of a reading, whether the rounds behind have come after it.
    """

    name: str
    subject: str | Event
    scope: Scope
    when: When = When.BEFORE


@frozen(repr=False)
class SignStructure:
    """A named sign, the number of its strength aside.

    Attributes:
        name: That its number begins with, such as ``"signals[0]"``.
        sign: What was noticed.
        source: Who says it, as sources are compared.
        scope: How far it carries.
        when: Whether the rounds behind have come after it.
        strength: The word for its strength, where no number states it.
        stops: Whether it forces leaving.
    """

    name: str
    sign: Sign
    source: str
    scope: Scope
    when: When
    strength: Strength
    stops: bool


@frozen(repr=False)
class Structure:
    """Everything discrete about a decision on one opportunity.

    Attributes:
        name: Of the opportunity.
        stages: All of them, in order.
        phase: Where the process stands.
        stage: At which stage, from 0.
        aspects: Those that may count, in the usual order, then others by name.
        signals: What was seen of the job, or learned elsewhere and bears on it.
        company: Whose job it is, as companies are compared; empty if unknown.
        field: The line of work, likewise; empty if unknown.
        via_recruiter: Whether it comes through a recruiter one depends on.
        knows_someone: Whether one could name somebody better suited on leaving.
        unresearched: Whether public facts have not been looked up yet.
        questions_asked: Whether questions about an offer have been put already.
        researched: Before which stage they were; None if they were not.
        in_field: Whether it is in one of the candidate's own lines of work.
        dealbreakers: The candidate's that the opportunity meets, sorted, then signs
            that nothing makes up for.
        facts: That hold or do not.
    """

    name: str
    stages: tuple[StageStructure, ...]
    phase: Phase
    stage: int
    aspects: tuple[str, ...]
    signals: tuple[SignalStructure | SignStructure, ...]
    company: str
    field: str
    via_recruiter: bool
    knows_someone: bool
    unresearched: bool
    questions_asked: bool
    researched: int | None
    in_field: bool
    dealbreakers: tuple[str, ...]
    facts: tuple[FactStructure, ...] = ()

    @property
    def may_ask(self) -> bool:
        """Whether questions may be put before an offer is answered."""
        return self.phase is Phase.OFFERED and not self.questions_asked

    @property
    def ahead(self) -> tuple[StageStructure, ...]:
        """The stages from where the process stands; none with an offer or a refusal."""
        going = self.phase in (Phase.BEFORE, Phase.MIDWAY)
        return self.stages[self.stage :] if going else ()

    @property
    def behind(self) -> tuple[StageStructure, ...]:
        """The stages that are over: all of them with an offer, none with a refusal."""
        if self.phase is Phase.OFFERED:
            return self.stages
        return () if self.phase is Phase.REJECTED else self.stages[: self.stage]


def structure_of(candidate: Candidate, opportunity: Opportunity) -> Structure:
    """The structure of a decision.

    Args:
        candidate: Who decides; their dealbreakers, priorities and lessons count.
        opportunity: What is on offer, and where it stands.
    """
    signals = tuple(_signals(candidate, opportunity))
    readings = {
        signal.subject
        for signal in signals
        if isinstance(signal, SignalStructure) and not isinstance(signal.subject, Event)
    }
    stops = dict.fromkeys(
        stop_name(item.sign)
        for item in signals
        if isinstance(item, SignStructure) and item.stops
    )
    facts = tuple(facts_bearing(opportunity, _named_signals(candidate, opportunity)))
    check_count(facts, opportunity.name)
    further = {*candidate.priorities, *opportunity.beliefs, *readings}
    further.update(fact.aspect for fact in facts)
    further.difference_update(ASPECTS)
    return Structure(
        name=opportunity.name,
        stages=tuple(_stages(candidate, opportunity)),
        phase=opportunity.position.phase,
        stage=opportunity.position.stage,
        aspects=(*ASPECTS, *sorted(further)) if further else ASPECTS,
        signals=signals,
        company=canonical(opportunity.company),
        field=canonical(opportunity.field),
        via_recruiter=opportunity.via_recruiter,
        knows_someone=opportunity.knows_someone,
        unresearched=opportunity.unresearched,
        questions_asked=opportunity.questions_asked,
        researched=opportunity.researched,
        in_field=_is_in_field(candidate, opportunity),
        dealbreakers=(*sorted(met_dealbreakers(candidate, opportunity)), *stops),
        facts=facts,
    )


def _stages(candidate: Candidate, opportunity: Opportunity) -> Iterator[StageStructure]:
    """The stages of an opportunity, each with how often its person was met before.

    Args:
        candidate: Who may know people already.
        opportunity: Whose stages are with the same person if they name the same one.
    """
    meetings = dict.fromkeys(map(canonical, candidate.contacts), 1)
    for number, stage in enumerate(opportunity.stages):
        person = canonical(stage.person)
        yield StageStructure(
            number,
            stage.kind,
            stage.title,
            stage.seniority,
            meetings.get(person, 0) if person else 0,
            stage.days,
        )
        meetings[person] = meetings.get(person, 0) + 1


def _is_in_field(candidate: Candidate, opportunity: Opportunity) -> bool:
    """Whether a job is in one of the candidate's lines of work, as far as is said.

    Args:
        candidate: Who may name some.
        opportunity: Which may name its own.
    """
    own = {canonical(name) for name in candidate.fields}
    return not own or not opportunity.field or canonical(opportunity.field) in own


def met_dealbreakers(candidate: Candidate, opportunity: Opportunity) -> list[str]:
    """The candidate's dealbreakers that are among the tags of an opportunity.

    Args:
        candidate, opportunity: Their words are compared whatever their case and spaces.
    """
    tags = set(map(canonical, opportunity.tags))
    return [word for word in candidate.dealbreakers if canonical(word) in tags]


def stop_name(sign: Sign) -> str:
    """What a sign that nothing makes up for is called among dealbreakers."""
    return sign.value.replace("_", " ")


def _signals(
    candidate: Candidate, opportunity: Opportunity
) -> Iterator[SignalStructure | SignStructure]:
    """What bears on an opportunity: seen there, or learned of its company or field.

    Args:
        candidate: Who may have learned something elsewhere.
        opportunity: What was seen there comes first, in its order.
    """
    about = {
        Scope.COMPANY: canonical(opportunity.company),
        Scope.FIELD: canonical(opportunity.field),
    }
    for name, stated in _named_signals(candidate, opportunity):
        signal = NamedSign(sign=stated) if isinstance(stated, Sign) else stated
        if isinstance(signal, Either):
            continue
        if (
            name.startswith("learned")
            and canonical(signal.about) != about[signal.scope]
        ):
            continue
        if isinstance(signal, NamedSign):
            sign, strength = signal.sign, signal.strength
            word = strength if isinstance(strength, Strength) else Strength.PLAIN
            stops = SIGNS[sign].stops and strength != 0.0
            source = canonical(signal.source)
            yield SignStructure(
                name, sign, source, signal.scope, signal.when, word, stops
            )
        elif isinstance(signal, Reading):
            yield SignalStructure(name, signal.aspect, signal.scope, signal.when)
        else:
            yield SignalStructure(name, signal.event, signal.scope)


def _named_signals(
    candidate: Candidate, opportunity: Opportunity
) -> Iterator[tuple[str, Signal | Sign]]:
    """All signals of two records, each with the text that its numbers begin with.

    Args:
        candidate: What they learned anywhere is called ``"learned[0]"`` and so on.
        opportunity: What was seen there comes first, as ``"signals[0]"`` and so on.
    """
    for number, signal in enumerate(opportunity.signals):
        yield f"signals[{number}]", signal
    for number, lesson in enumerate(candidate.learned):
        yield f"learned[{number}]", lesson


def numbers_of(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> Numbers[float]:
    """All stated numbers of a decision, and the assumptions that were replaced.

    Args:
        candidate, opportunity: Their numbers take the place of assumptions of the same
            name; so do the numbers of their weights, beliefs, signals and stages.
        assumptions: Numbers for all that both leave open.
    """
    numbers: Numbers[float] = Numbers(DEFAULTS)
    numbers.update(stated_numbers(candidate, opportunity, assumptions))
    return numbers


def stated_numbers(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> dict[str, float]:
    """The numbers of a decision that somebody stated, by name.

    Args:
        candidate, opportunity, assumptions: As ``numbers_of``.
    """
    numbers = {**assumptions.numbers, **correlation_numbers(assumptions.correlations)}
    numbers["fallback"] = candidate.fallback
    numbers["day_cost"] = candidate.day_cost
    for aspect, weight in candidate.priorities.items():
        numbers[f"priorities.{quoted(aspect)}"] = weight
    records: list[tuple[str, object, tuple[str, ...]]] = [
        ("weights.", candidate.weights, _TERMS),
        ("", candidate, CANDIDATE_NUMBERS),
        ("", opportunity, OPPORTUNITY_NUMBERS),
    ]
    for aspect, belief in opportunity.beliefs.items():
        records.append((f"{quoted(aspect)}.", belief, ("mean", "sd")))
        if belief.when is When.NOW:
            # A mark that is no number anybody may vary.
            numbers[f"{quoted(aspect)}.now"] = 1.0
    for name, signal in _named_signals(candidate, opportunity):
        records.append((f"{name}.", signal, _SIGNAL_NUMBERS.get(type(signal), ())))
    for number, stage in enumerate(opportunity.stages):
        records.append((f"stages[{number}].", stage, _STAGE_NUMBERS))
        for aspect, share in stage.reveals.items():
            numbers[f"stages[{number}].reveals.{quoted(aspect)}"] = share
    for prefix, record, names in records:
        for name in names:
            value = getattr(record, name)
            if value is not None and not isinstance(value, Strength):
                numbers[prefix + name] = value
    return numbers


def bears_on_rival(name: str, opportunity: Opportunity, rival: Opportunity) -> bool:
    """Whether a number that is replaced in a decision bears on a process beside it.

    The candidate's numbers and the assumptions do; what is the opportunity's own does
    not, nor what the rival states itself.

    Args:
        name: Of the number.
        opportunity, rival: That of the decision, and that of the process beside it.
    """
    if name in OPPORTUNITY_NUMBERS:
        return getattr(opportunity, name) is None and getattr(rival, name) is None
    shared = ("priorities.", "weights.", "learned[")
    return name in PRIORS or name == "fallback" or name.startswith(shared)
