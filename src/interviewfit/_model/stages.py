"""The rounds of a process, and where it stands."""

from collections.abc import Mapping

from attrs import field, frozen
from attrs.validators import optional

from interviewfit._model.fields import (
    Check,
    Entries,
    short_repr,
    to_float,
    to_float_mapping,
    to_one_line,
    to_optional_float,
)
from interviewfit._model.parameters import bounds
from interviewfit._model.units import (
    Days,
    Factor,
    Hours,
    PercentOfPay,
    Probability,
    check_text,
    member,
)
from interviewfit._model.vocabulary import PERSON_MET, Phase, Seniority, StageKind
from interviewfit.errors import InvalidFieldError

MOST_STAGES = 50
"""More rounds than this are a mistake in the input."""
_REVEALS = Entries(bounds("stages[<number>].reveals.<aspect>"))


def _stage_kind(value: StageKind | str) -> StageKind:
    return member(StageKind, value, "Stage.kind")


def _phase(value: Phase | str) -> Phase:
    return member(Phase, value, "Position.phase")


def _seniority(value: Seniority | str | None) -> Seniority | None:
    return None if value is None else member(Seniority, value, "Stage.meets")


def _bounds(name: str) -> Check:
    return optional(bounds(f"stages[<number>].{name}"))


@frozen(kw_only=True)
class Stage:
    """One round of a process. What is left at None is as usual for its kind.

    Attributes:
        kind: What it is like where nothing else is said.
        name: What to call it; the kind's name if empty.
        hours: Time in the interview itself, hours, at least 0.
        preparation: Time around it, hours, at least 0.
        pass_rate: Chance of being passed on after it.
        reveals: Which share of what is still unknown of each aspect it shows, 0 to 1.
        meets: The most senior person one meets.
        person: Their name; stages with the same name are with the same person, all
            others with somebody new. What they bring as a contact wears off.
        influence: How much they count in one's field as a contact, and as somebody who
            could help or harm, against a hiring manager; usual for *meets* if None.
        surfaces: Chance that it brings up another opening, if there is one.
        reshape_chance: Chance that the job is changed to suit the candidate.
        reshape_gain: What such a change is worth, percent of pay.
        practice: How much it counts as practice; 1 is a full interview.
        days: Calendar time until it is over, days.
        days_sd: How far off that may be, days, as a standard deviation.

    Raises:
        InvalidFieldError: If a number is out of its range, or *person* or *influence*
            is said of a stage in which nobody is met.

    >>> Stage(kind=StageKind.PANEL, hours=4).title
    'panel'
    """

    kind: StageKind = field(converter=_stage_kind)
    name: str = field(default="", converter=to_one_line, validator=check_text)
    hours: Hours | None = field(
        default=None, converter=to_optional_float, validator=_bounds("hours")
    )
    preparation: Hours | None = field(
        default=None, converter=to_optional_float, validator=_bounds("preparation")
    )
    pass_rate: Probability | None = field(
        default=None, converter=to_optional_float, validator=_bounds("pass_rate")
    )
    reveals: Mapping[str, Probability] = field(
        factory=dict, converter=to_float_mapping, validator=_REVEALS
    )
    meets: Seniority | None = field(default=None, converter=_seniority)
    person: str = field(default="", converter=to_one_line, validator=check_text)
    influence: Factor | None = field(
        default=None, converter=to_optional_float, validator=_bounds("influence")
    )
    surfaces: Probability | None = field(
        default=None, converter=to_optional_float, validator=_bounds("surfaces")
    )
    reshape_chance: Probability | None = field(
        default=None, converter=to_optional_float, validator=_bounds("reshape_chance")
    )
    reshape_gain: PercentOfPay | None = field(
        default=None, converter=to_optional_float, validator=_bounds("reshape_gain")
    )
    practice: Factor | None = field(
        default=None, converter=to_optional_float, validator=_bounds("practice")
    )
    days: Days = field(
        default=0.0, converter=to_float, validator=bounds("stages[<number>].days")
    )
    days_sd: Days = field(
        default=0.0, converter=to_float, validator=bounds("stages[<number>].days_sd")
    )

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse what is said of a person where nobody is met."""
        said = "person" if self.person else "influence"
        spoken_of = self.person or self.influence is not None
        if spoken_of and self.meets_nobody:
            expected = f"left out in a {self.kind.value}, where nobody is met"
            remedy = "If you do meet somebody there, say whom: meets='manager'."
            where, value = f"Stage.{said}", getattr(self, said)
            raise InvalidFieldError(where, expected, value, remedy)

    @property
    def title(self) -> str:
        """What to call it."""
        return self.name or self.kind.value.replace("_", " ")

    @property
    def seniority(self) -> Seniority:
        """The most senior person one meets, as said or as usual for the kind."""
        return self.meets or PERSON_MET[self.kind]

    @property
    def meets_nobody(self) -> bool:
        """Whether it is done alone, such as a task at home."""
        return self.seniority is Seniority.NOBODY


@frozen(kw_only=True)
class Position:
    """Where a process stands.

    Attributes:
        phase: Before or midway through a stage, all done with an offer, or out.
        stage: Which stage, counted from 0; 0 for the last two phases.

    Raises:
        InvalidFieldError: If *stage* is not a whole number of at least 0.

    >>> Position(phase=Phase.MIDWAY, stage=1)
    Position(phase='midway', stage=1)
    """

    phase: Phase = field(default=Phase.BEFORE, converter=_phase)
    stage: int = field(default=0)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        """Refuse what is no number of a stage."""
        if type(self.stage) is not int or not 0 <= self.stage < MOST_STAGES:
            expected = f"a whole number between 0 and {MOST_STAGES - 1}"
            remedy = "The first stage is 0."
            raise InvalidFieldError("Position.stage", expected, self.stage, remedy)


def small_firm() -> tuple[Stage, ...]:
    """The process of a small firm: a manager close to the owner, then the owner.

    >>> [stage.title for stage in small_firm()]
    ['hiring manager', 'executive']
    """
    return (Stage(kind=StageKind.HIRING_MANAGER), Stage(kind=StageKind.EXECUTIVE))


def corporate() -> tuple[Stage, ...]:
    """The process of a large firm: HR screen, hiring manager, senior executive.

    >>> [stage.title for stage in corporate()]
    ['hr screen', 'hiring manager', 'executive']
    """
    return (
        Stage(kind=StageKind.HR_SCREEN),
        Stage(kind=StageKind.HIRING_MANAGER),
        Stage(kind=StageKind.EXECUTIVE),
    )


def technical() -> tuple[Stage, ...]:
    """A process with a task: HR screen, take-home task, panel, hiring manager.

    >>> [stage.title for stage in technical()]
    ['hr screen', 'take home', 'panel', 'hiring manager']
    """
    first = Stage(kind=StageKind.HR_SCREEN), Stage(kind=StageKind.TAKE_HOME)
    return (*first, Stage(kind=StageKind.PANEL), Stage(kind=StageKind.HIRING_MANAGER))
