"""The table of default numbers: value, plausible range, unit, and where each comes from.

One ``Prior`` per number, by its name in ``PRIORS``. ``parameters`` adds the bounds and the
words of each; ``priors.Assumptions`` reads the values. ``table`` prints all rows for the
documentation.

Kinds: *measured*, somebody measured it; *derived*, computed from a measured number;
*judgement*, nobody has measured it and this is our sceptical guess. Grades of a source: A
peer-reviewed or official, B large vendor data, C vendor survey, D folklore; "-" for a
judgement.
"""

from collections.abc import Mapping

from attrs import frozen

from interviewfit._model.vocabulary import ASPECTS, Seniority, StageKind

__all__ = [
    "COMPANY_ASPECTS",
    "LEARNING",
    "PERSON_MET",
    "PRIORS",
    "REVEALED_SHARES",
    "Prior",
    "table",
]

COMPANY_ASPECTS = frozenset({"culture", "stability", "benefits", "commute"})
"""Aspects that another role at the same firm would share; the others go with the role."""


@frozen
class Prior:
    """One default number.

    Attributes:
        value: What is used where nothing else is said.
        low: Lower end of the range that robustness draws from.
        high: Its upper end.
        unit: Of the three numbers.
        kind: ``measured``, ``derived`` or ``judgement``.
        grade: Of the source, A to D, or "-".
        source: Where it comes from.
        year: Of the source.
        population: Whom it describes.
    """

    value: float
    low: float
    high: float
    unit: str
    kind: str
    grade: str
    source: str
    year: int = 2026
    population: str = "-"


LEARNING: Mapping[str, Prior] = {
    "pass_strength": Prior(
        10.0, 4.0, 30.0, "stages", "judgement", "-",
        "what a default pass rate counts for, in stages seen: the suggested beliefs "
        "are Beta(5, 5) for a screen, Beta(4, 6) for a manager, Beta(5.5, 4.5) for a "
        "final",
    ),
    "learning_floor": Prior(
        5.0, 3.0, 10.0, "stages", "judgement", "-",
        "answers from firms below which a log does not move a default",
    ),
    "application.pass_rate": Prior(
        0.13, 0.08, 0.25, "chance", "measured", "B",
        "invited to a first screen: applicants 13 %, referrals 57 %, sourced 21 % "
        "(Lever release of March 2017)",
        2017,
        "candidates of some 600 firms of at most 200 people",
    ),
    "contact.pass_rate": Prior(
        0.6, 0.3, 0.9, "chance", "judgement", "-",
        "that a message from a firm which one wrote down leads to a call; nobody "
        "measured it",
    ),
}  # fmt: skip
"""How a log of past processes is weighed against the defaults; part of ``PRIORS``."""


_TRIAL = "trial calibration against the casebook, 2026; nobody measured it"


def _judgement(
    value: float, low: float, high: float, unit: str, why: str = _TRIAL
) -> Prior:
    """A number that nobody has measured.

    Args:
        value: Our sceptical guess.
        low: Lower end of its range.
        high: Its upper end.
        unit: Of the three.
        why: What the guess rests on.
    """
    return Prior(value, low, high, unit, "judgement", "-", why)


_SPREADS = dict(zip(ASPECTS, (10.0, 12.0, 10.0, 8.0, 6.0, 6.0, 6.0, 5.0), strict=True))

# Per kind: hours, preparation, pass rate, practice, surfaces, reshape chance.
_STAGE_NUMBERS = {
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
REVEALED_SHARES: Mapping[StageKind, Mapping[str, float]] = {
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
"""The share of each aspect that a kind of stage reveals; "" is any other aspect."""
PERSON_MET = {
    StageKind.RESEARCH: Seniority.NOBODY,
    StageKind.HR_SCREEN: Seniority.HR,
    StageKind.HIRING_MANAGER: Seniority.MANAGER,
    StageKind.EXECUTIVE: Seniority.EXECUTIVE,
    StageKind.PANEL: Seniority.PEER,
    StageKind.TAKE_HOME: Seniority.NOBODY,
}
"""The most senior person whom a candidate meets in a kind of stage."""


def _probability_range(value: float, wide: float = 0.3) -> tuple[float, float, float]:
    """A probability with the ends of its range.

    Args:
        value: 0 to 1.
        wide: How far either end is off, as a share of the value.
    """
    return value, max(0.0, value * (1 - wide)), min(1.0, value * (1 + wide))


def _relative_range(value: float, wide: float = 0.5) -> tuple[float, float, float]:
    """A number of at least 0 with the ends of its range.

    Args:
        value: In any unit.
        wide: How far either end is off, as a share of the value.
    """
    return value, value * (1 - wide), value * (1 + wide)


def _modelled() -> dict[str, Prior]:
    entries = {
        "hours_per_year": Prior(
            1800.0, 1500.0, 2100.0, "h", "measured", "A",
            "OECD, average annual hours worked, about 1,800",
            2022,
            "all workers, United States",
        ),
        "horizon_years": _judgement(
            2.0, 1.0, 4.0, "years", "how far one looks ahead; tenures are longer"
        ),
        "overconfidence": Prior(
            2.0, 1.5, 2.5, "factor", "derived", "A",
            "stated 90 % intervals hold the truth about half the time",
            2004,
            "students and managers in studies of calibration",
        ),
        "unknown_mean": _judgement(
            -1.0, -2.0, 0.0, "% of pay",
            "an opening picked blind is a little worse than the job one chose",
        ),
        "other_spread": _judgement(*_relative_range(5.0), "% of pay", "for aspects users add"),
        "contact": _judgement(
            1.0, 0.0, 3.0, "h",
            "a manager met; leads mentioned 27 % (Marin 2012), referred hires 1 in 16 "
            "(Lever 2016) make a stranger worth tens of dollars",
        ),
        "contact_helps": _judgement(
            0.2, 0.1, 0.35, "chance", "that a person met knows of an opening"
        ),
        "activity": _judgement(0.5, 0.2, 1.0, "share", "how actively one looks"),
        "relevance": _judgement(1.0, 0.5, 1.0, "share", "an opening in one's own field"),
        "influence.nobody": _judgement(0.0, 0.0, 0.0, "factor", "nobody is met"),
        "influence.hr": _judgement(0.2, 0.05, 0.5, "factor"),
        "influence.peer": _judgement(0.5, 0.2, 1.0, "factor"),
        "influence.manager": _judgement(1.0, 1.0, 1.0, "factor", "the unit of the others"),
        "influence.executive": _judgement(
            4.0, 2.0, 10.0, "factor", "5 to 10 is often said; no study"
        ),
        "practice_gain": _judgement(
            0.15, 0.0, 0.4, "logit",
            "no study of real interviews; retests of cognitive tests gain .26 sd "
            "(Hausknecht et al. 2007), an upper bound of about .4",
        ),
        "practice_decay": _judgement(0.6, 0.4, 0.8, "factor", "per interview done"),
        "interviews_done": _judgement(3.0, 0.0, 10.0, "interviews"),
        "interviews_ahead": _judgement(2.0, 0.0, 6.0, "processes"),
        "worth_ahead": _judgement(8.0, 2.0, 20.0, "h", "worth of each process ahead"),
        "practice_sensitivity": Prior(
            1.5, 0.7, 2.5, "per logit", "derived", "-",
            "sum of (1 - pass rate) over HR screen, manager and executive: how "
            "the chance of an offer answers to a shift of every round's odds",
        ),
        "hidden_role": _judgement(
            0.1, 0.02, 0.25, "chance",
            "that another opening would suit; no study. Times .1 and .3 it gives the "
            "1 % and 3 % suggested for a manager and an executive",
        ),
        "hidden_offer": _judgement(
            0.3, 0.15, 0.45, "chance", "that such an opening becomes an offer"
        ),
        "bail_chance": _judgement(
            0.1, 0.03, 0.25, "chance",
            "that walking out does harm; 6 % of people who vanish report any (survey "
            "2020)",
        ),
        "bail_harm": _judgement(60.0, 15.0, 150.0, "h", "harm done by a manager, if any"),
        "bail_practice": _judgement(0.5, 0.3, 0.7, "share", "practice kept on walking out"),
        "refusal": _judgement(
            2.0, 0.0, 8.0, "h", "turning down a recruiter one depends on"
        ),
        "referral": _judgement(
            1.0, 0.0, 4.0, "h", "goodwill from naming somebody better suited"
        ),
        "courtesy": _judgement(
            0.0, 0.0, 1.0, "h per hour",
            "what an interviewer's hour counts; 0 is the candidate's view alone",
        ),
        "first_half": _judgement(
            0.5, 0.3, 0.7, "share", "of a stage's hours and news by its middle"
        ),
        "research_saves": _judgement(
            1.0, 0.5, 1.0, "share", "of desk research that preparation need not repeat"
        ),
        "asking": _judgement(0.1, 0.05, 0.5, "h", "a message to ask for a later date"),
        "stays_open": _judgement(
            0.8, 0.5, 0.95, "chance", "that an invitation waits if one asks"
        ),
        "reshape_gain": _judgement(
            8.0, 3.0, 15.0, "% of pay", "a job changed to suit the candidate"
        ),
        "hours_per_day": _judgement(
            8.0, 7.0, 9.0, "h", "a full working day, to set a daily rate against pay"
        ),
        "pay_slack": _judgement(
            0.03, 0.01, 0.06, "share",
            "how far an offer strays from what was posted: one hire in three bargains "
            "(Hall and Krueger 2012), and 7 % won by a third spreads offers by 3 %",
        ),
        "loose_pay": _judgement(
            0.15, 0.08, 0.25, "share",
            "how far pay strays from one end of a range or from an estimate; posted "
            "ranges are often a third of their middle wide",
        ),
        "absurd_pay": _judgement(
            10.0, 5.0, 20.0, "factor",
            "pay beyond this many times the present salary, or below it, is taken "
            "for a wrong interval; a month for a year is a factor of 12",
        ),
        "sign_strength": _judgement(
            1.0, 0.5, 1.5, "factor", "of every named sign of the catalogue at once"
        ),
    }  # fmt: skip
    for aspect, spread in _SPREADS.items():
        entries[f"spread.{aspect}"] = _judgement(
            *_relative_range(spread, 0.4),
            "% of pay",
            "already widened; working from home is worth 8 % and a commute of 45 "
            "against 15 minutes 13 % (Mas and Pallais 2017)"
            if aspect == "commute"
            else _TRIAL,
        )
    for kind, numbers in _STAGE_NUMBERS.items():
        hours, preparation, passing, practice, surfaces, reshape = numbers
        why, key = _SOURCES[kind], kind.value
        entries[f"{key}.hours"] = _judgement(*_relative_range(hours), "h", why)
        entries[f"{key}.preparation"] = _judgement(
            *_relative_range(preparation),
            "h",
            "mean 7 h of company research a process, n = 2,018 (valuewalk.com 2020)",
        )
        certain = kind is StageKind.RESEARCH
        entries[f"{key}.pass_rate"] = _judgement(
            *_probability_range(passing, 0.0 if certain else 0.4), "chance", why
        )
        entries[f"{key}.practice"] = _judgement(
            *_relative_range(practice), "interviews"
        )
        entries[f"{key}.surfaces"] = _judgement(
            *_probability_range(surfaces, 0.7), "chance"
        )
        entries[f"{key}.reshape_chance"] = _judgement(
            *_probability_range(reshape, 0.7), "chance"
        )
        for aspect, share in REVEALED_SHARES[kind].items():
            entries[f"{key}.reveals.{aspect or 'other'}"] = _judgement(
                *_probability_range(share, 0.5), "share"
            )
    return entries


PRIORS: Mapping[str, Prior] = {**_modelled(), **LEARNING}
"""All of them, by name."""


def table() -> str:
    """All priors as a Markdown table, one line each."""
    lines = [
        "| name | value | range | unit | kind | grade | source | year | population |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines.extend(
        f"| `{name}` | {prior.value:g} | {prior.low:g} to {prior.high:g} | {prior.unit} "
        f"| {prior.kind} | {prior.grade} | {prior.source} | {prior.year} | {prior.population} |"
        for name, prior in PRIORS.items()
    )
    return "\n".join(lines) + "\n"
