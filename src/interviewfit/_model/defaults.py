"""What a default number is, and those with which a log is read.

``priors`` holds all others and collects them. These say how much a default counts
against what somebody's own log shows, and what is expected of stages the model itself
does not price: an application, and a firm that writes first.
"""

from collections.abc import Mapping

from attrs import frozen

__all__ = ["LEARNING", "Prior"]


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
"""By name; each is part of ``priors.PRIORS``."""
