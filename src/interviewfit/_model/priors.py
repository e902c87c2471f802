"""Every default number of the model, with its range and where it comes from.

One ``Prior`` per number; ``Assumptions`` holds the numbers a calculation uses
and takes its defaults from here, so nothing is written twice. ``table`` prints
them for the documentation.

Kinds: *measured*, somebody measured it; *derived*, worked out from something
measured; *judgement*, nobody has measured it and this is our sceptical guess.
Grades: A peer-reviewed or official, B large vendor data, C vendor survey, D
folklore; "-" for a judgement.
"""

from collections.abc import Mapping

from attrs import Attribute, field, frozen

from interviewfit._model.beliefs import Estimate
from interviewfit._model.defaults import LEARNING, Prior
from interviewfit._model.fields import LARGEST, shares
from interviewfit._model.units import check_between
from interviewfit._model.vocabulary import ASPECTS, Seniority, StageKind
from interviewfit.errors import InvalidFieldError

__all__ = ["ASPECTS", "COMPANY_ASPECTS", "PRIORS", "Assumptions", "Prior", "table"]

COMPANY_ASPECTS = frozenset({"culture", "stability", "benefits", "commute"})
"""Aspects another role at the same firm would share; the rest go with the role."""


_TRIAL = "trial calibration against the casebook, 2026; nobody measured it"


def _guess(
    value: float, low: float, high: float, unit: str, why: str = _TRIAL
) -> Prior:
    return Prior(value, low, high, unit, "judgement", "-", why)


_SPREADS = dict(zip(ASPECTS, (10.0, 12.0, 10.0, 8.0, 6.0, 6.0, 6.0, 5.0), strict=True))

# Per kind: hours, preparation, pass rate, practice, surfaces, reshape chance.
_ROUNDS = {
    StageKind.RESEARCH: (0.5, 0.0, 1.0, 0.0, 0.0, 0.0),
    StageKind.HR_SCREEN: (0.5, 1.0, 0.5, 0.3, 0.0, 0.0),
    StageKind.HIRING_MANAGER: (1.0, 4.0, 0.4, 1.0, 0.1, 0.02),
    StageKind.EXECUTIVE: (2.0, 4.5, 0.55, 1.0, 0.3, 0.1),
    StageKind.PANEL: (3.0, 4.0, 0.4, 1.0, 0.1, 0.02),
    StageKind.TAKE_HOME: (6.0, 0.0, 0.5, 0.3, 0.0, 0.0),
}
_SOURCES = {
    StageKind.RESEARCH: "half an hour of reviews, news and pay ranges",
    StageKind.HR_SCREEN: "suggested Beta(5, 5) beside 27 screens, 10 passed, in one "
    "log of 2025; a call of half an hour",
    StageKind.HIRING_MANAGER: "suggested Beta(4, 6); rounds of one small firm .57, "
    ".38, .67, .50 (daxko.com 2009)",
    StageKind.EXECUTIVE: "suggested Beta(5.5, 4.5); onsite to offer 30-40 % "
    "(lever.co 2019), finals above that",
    StageKind.PANEL: "as the hiring manager, with more people and hours",
    StageKind.TAKE_HOME: "an evening or two; one in two goes on",
}
# Per kind, the share of each aspect it shows: "" for the aspects not named.
_SHOWN: Mapping[StageKind, Mapping[str, float]] = {
    StageKind.RESEARCH: {
        "": 0.03,
        "pay": 0.15,
        "culture": 0.1,
        "stability": 0.15,
        "benefits": 0.2,
        "commute": 0.5,
    },
    StageKind.HR_SCREEN: {"": 0.07, "pay": 0.5, "commute": 0.5, "stability": 0.0},
    StageKind.HIRING_MANAGER: {"": 0.35, "stability": 0.05},
    StageKind.EXECUTIVE: {"": 0.15, "pay": 0.2, "stability": 0.1},
    StageKind.PANEL: {"": 0.25, "culture": 0.4, "stability": 0.05},
    StageKind.TAKE_HOME: {"": 0.0, "role": 0.15},
}
_MEETS = {
    StageKind.RESEARCH: Seniority.NOBODY,
    StageKind.HR_SCREEN: Seniority.HR,
    StageKind.HIRING_MANAGER: Seniority.MANAGER,
    StageKind.EXECUTIVE: Seniority.EXECUTIVE,
    StageKind.PANEL: Seniority.PEER,
    StageKind.TAKE_HOME: Seniority.NOBODY,
}


def _chance(value: float, wide: float = 0.3) -> tuple[float, float, float]:
    return value, max(0.0, value * (1 - wide)), min(1.0, value * (1 + wide))


def _around(value: float, wide: float = 0.5) -> tuple[float, float, float]:
    return value, value * (1 - wide), value * (1 + wide)


def _collect() -> dict[str, Prior]:
    entries = {
        "hours_per_year": Prior(
            1800.0, 1500.0, 2100.0, "h", "measured", "A",
            "OECD, average annual hours worked, about 1,800",
            2022,
            "all workers, United States",
        ),
        "horizon_years": _guess(
            2.0, 1.0, 4.0, "years", "how far one looks ahead; tenures are longer"
        ),
        "overconfidence": Prior(
            2.0, 1.5, 2.5, "factor", "derived", "A",
            "stated 90 % intervals hold the truth about half the time",
            2004,
            "students and managers in studies of calibration",
        ),
        "unknown_mean": _guess(
            -1.0, -2.0, 0.0, "% of pay",
            "an opening picked blind is a little worse than the job one chose",
        ),
        "other_spread": _guess(*_around(5.0), "% of pay", "for aspects users add"),
        "contact": _guess(
            1.0, 0.0, 3.0, "h",
            "a manager met; leads mentioned 27 % (Marin 2012), referred hires 1 in 16 "
            "(Lever 2016) make a stranger worth tens of dollars",
        ),
        "contact_helps": _guess(
            0.2, 0.1, 0.35, "chance", "that a person met knows of an opening"
        ),
        "activity": _guess(0.5, 0.2, 1.0, "share", "how actively one looks"),
        "relevance": _guess(1.0, 0.5, 1.0, "share", "an opening in one's own field"),
        "influence.nobody": _guess(0.0, 0.0, 0.0, "factor", "nobody is met"),
        "influence.hr": _guess(0.2, 0.05, 0.5, "factor"),
        "influence.peer": _guess(0.5, 0.2, 1.0, "factor"),
        "influence.manager": _guess(1.0, 1.0, 1.0, "factor", "the unit of the others"),
        "influence.executive": _guess(
            4.0, 2.0, 10.0, "factor", "5 to 10 is often said; no study"
        ),
        "practice_gain": _guess(
            0.15, 0.0, 0.4, "logit",
            "no study of real interviews; retests of cognitive tests gain .26 sd "
            "(Hausknecht et al. 2007), an upper bound of about .4",
        ),
        "practice_decay": _guess(0.6, 0.4, 0.8, "factor", "per interview done"),
        "interviews_done": _guess(3.0, 0.0, 10.0, "interviews"),
        "interviews_ahead": _guess(2.0, 0.0, 6.0, "processes"),
        "worth_ahead": _guess(8.0, 2.0, 20.0, "h", "worth of each process ahead"),
        "practice_sensitivity": Prior(
            1.5, 0.7, 2.5, "per logit", "derived", "-",
            "sum of (1 - pass rate) over HR screen, manager and executive: how "
            "the chance of an offer answers to a shift of every round's odds",
        ),
        "hidden_role": _guess(
            0.1, 0.02, 0.25, "chance",
            "that another opening would suit; no study. Times .1 and .3 it gives the "
            "1 % and 3 % suggested for a manager and an executive",
        ),
        "hidden_offer": _guess(
            0.3, 0.15, 0.45, "chance", "that such an opening becomes an offer"
        ),
        "bail_chance": _guess(
            0.1, 0.03, 0.25, "chance",
            "that walking out does harm; 6 % of people who vanish report any (survey "
            "2020)",
        ),
        "bail_harm": _guess(60.0, 15.0, 150.0, "h", "harm done by a manager, if any"),
        "bail_practice": _guess(0.5, 0.3, 0.7, "share", "practice kept on walking out"),
        "refusal": _guess(
            2.0, 0.0, 8.0, "h", "turning down a recruiter one depends on"
        ),
        "referral": _guess(
            1.0, 0.0, 4.0, "h", "goodwill from naming somebody better suited"
        ),
        "courtesy": _guess(
            0.0, 0.0, 1.0, "h per hour",
            "what an interviewer's hour counts; 0 is the candidate's view alone",
        ),
        "first_half": _guess(
            0.5, 0.3, 0.7, "share", "of a stage's hours and news by its middle"
        ),
        "research_saves": _guess(
            1.0, 0.5, 1.0, "share", "of desk research that preparation need not repeat"
        ),
        "asking": _guess(0.1, 0.05, 0.5, "h", "a message to ask for a later date"),
        "stays_open": _guess(
            0.8, 0.5, 0.95, "chance", "that an invitation waits if one asks"
        ),
        "reshape_gain": _guess(
            8.0, 3.0, 15.0, "% of pay", "a job changed to suit the candidate"
        ),
        "hours_per_day": _guess(
            8.0, 7.0, 9.0, "h", "a full working day, to set a daily rate against pay"
        ),
        "pay_slack": _guess(
            0.03, 0.01, 0.06, "share",
            "how far an offer strays from what was posted: one hire in three bargains "
            "(Hall and Krueger 2012), and 7 % won by a third spreads offers by 3 %",
        ),
        "loose_pay": _guess(
            0.15, 0.08, 0.25, "share",
            "how far pay strays from one end of a range or from an estimate; posted "
            "ranges are often a third of their middle wide",
        ),
        "absurd_pay": _guess(
            10.0, 5.0, 20.0, "factor",
            "pay beyond this many times the present salary, or below it, is taken "
            "for a wrong interval; a month for a year is a factor of 12",
        ),
        "sign_strength": _guess(
            1.0, 0.5, 1.5, "factor", "of every named sign of the catalogue at once"
        ),
    }  # fmt: skip
    for aspect, spread in _SPREADS.items():
        entries[f"spread.{aspect}"] = _guess(
            *_around(spread, 0.4),
            "% of pay",
            "already widened; working from home is worth 8 % and a commute of 45 "
            "against 15 minutes 13 % (Mas and Pallais 2017)"
            if aspect == "commute"
            else _TRIAL,
        )
    for kind, numbers in _ROUNDS.items():
        hours, preparation, passing, practice, surfaces, reshape = numbers
        why, key = _SOURCES[kind], kind.value
        entries[f"{key}.hours"] = _guess(*_around(hours), "h", why)
        entries[f"{key}.preparation"] = _guess(
            *_around(preparation),
            "h",
            "mean 7 h of company research a process, n = 2,018 (valuewalk.com 2020)",
        )
        certain = kind is StageKind.RESEARCH
        entries[f"{key}.pass_rate"] = _guess(
            *_chance(passing, 0.0 if certain else 0.4), "chance", why
        )
        entries[f"{key}.practice"] = _guess(*_around(practice), "interviews")
        entries[f"{key}.surfaces"] = _guess(*_chance(surfaces, 0.7), "chance")
        entries[f"{key}.reshape_chance"] = _guess(*_chance(reshape, 0.7), "chance")
        for aspect, share in _SHOWN[kind].items():
            entries[f"{key}.reveals.{aspect or 'other'}"] = _guess(
                *_chance(share, 0.5), "share"
            )
    return entries


PRIORS: Mapping[str, Prior] = {**_collect(), **LEARNING}
"""All of them, by name."""


@frozen(kw_only=True)
class Assumptions:
    """The numbers a calculation uses where the candidate and the opportunity are silent.

    Every one is an entry of ``PRIORS``, by its name, and may be replaced.

    Attributes:
        numbers: By name; those left out have their default.

    Raises:
        InvalidFieldError: If a name is not in ``PRIORS`` or a number is out of
            what its unit allows.

    >>> Assumptions().percent_hours
    36.0
    >>> Assumptions(numbers={"horizon_years": 3}).percent_hours
    54.0
    """

    numbers: Mapping[str, float] = field(factory=dict, converter=shares)

    @numbers.validator
    def _check(
        self, attribute: "Attribute[Mapping[str, float]]", value: Mapping[str, float]
    ) -> None:
        if not isinstance(value, Mapping):
            expected = "a mapping from names of priors to numbers"
            raise InvalidFieldError("Assumptions.numbers", expected, value)
        for name, number in value.items():
            if name not in PRIORS:
                raise InvalidFieldError(
                    "Assumptions.numbers",
                    "names of PRIORS",
                    name,
                    "interviewfit._model.priors.PRIORS lists them.",
                )
            place = attribute.evolve(name=f"numbers[{name!r}]")
            check_between(*self.allowed(name))(self, place, number)

    @staticmethod
    def allowed(name: str) -> tuple[float, float]:
        """Between what a number may lie, by the name of its prior.

        >>> Assumptions.allowed("stays_open")
        (0.0, 1.0)
        """
        if name == "sign_strength":
            # Beyond this a sign would say more than a reading can.
            return 0.0, 5.0
        if name == "overconfidence":
            # At 0 whatever is stated would be certain, however wide.
            return 0.01, LARGEST
        low = -LARGEST if name == "unknown_mean" else 0.0
        return low, 1.0 if PRIORS[name].unit in ("chance", "share") else LARGEST

    def __getitem__(self, name: str) -> float:
        """One number, by the name of its prior.

        Raises:
            KeyError: If there is no such prior.

        >>> Assumptions()["practice_gain"]
        0.15
        """
        given = self.numbers.get(name)
        return PRIORS[name].value if given is None else given

    @property
    def percent_hours(self) -> float:
        """What one percent of pay is worth, hours."""
        return self["hours_per_year"] / 100.0 * self["horizon_years"]

    def unknown(self, aspect: str) -> Estimate:
        """The belief of an aspect nobody has said anything of, percent of pay.

        >>> Assumptions().unknown("role")
        Estimate(mean=-1.0, sd=12.0)
        >>> Assumptions().unknown("canteen")
        Estimate(mean=0.0, sd=5.0)
        """
        if aspect in _SPREADS:
            return Estimate(self["unknown_mean"], self[f"spread.{aspect}"])
        return Estimate(0.0, self["other_spread"])

    def of_stage(self, kind: StageKind, what: str) -> float:
        """A number of a kind of stage, such as its hours.

        >>> Assumptions().of_stage(StageKind.HR_SCREEN, "hours")
        0.5
        """
        return self[f"{kind}.{what}"]

    def reveals(self, kind: StageKind, aspect: str) -> float:
        """Which share of what is unknown of an aspect a kind of stage shows.

        >>> Assumptions().reveals(StageKind.HR_SCREEN, "pay")
        0.5
        """
        named = aspect if aspect in _SHOWN[kind] else "other"
        return self[f"{kind}.reveals.{named}"]

    def meets(self, kind: StageKind) -> Seniority:
        """The most senior person one meets in a kind of stage."""
        return _MEETS[kind]

    def influence(self, person: Seniority) -> float:
        """How much a contact with somebody counts, a manager being 1."""
        return self[f"influence.{person}"]


def table() -> str:
    """All priors as a Markdown table, one line each."""
    lines = [
        "| name | value | range | unit | kind | grade | source | year | population |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines.extend(
        f"| `{name}` | {one.value:g} | {one.low:g} to {one.high:g} | {one.unit} "
        f"| {one.kind} | {one.grade} | {one.source} | {one.year} | {one.population} |"
        for name, one in PRIORS.items()
    )
    return "\n".join(lines) + "\n"
