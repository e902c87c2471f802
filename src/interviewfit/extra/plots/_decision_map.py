"""The map of decisions: what to do at which fit, before and in each interview.

It is worked out here once, for the picture of ``draw_map`` and for that of ``explore``.
"""

from collections.abc import Iterable, Sequence
from math import inf, isfinite
from typing import TypeAlias

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.news_beside import without_rivals
from interviewfit._model.units import PercentOfPay
from interviewfit._model.vocabulary import Phase
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.extra.plots._axes import Colour, percent_text, shorten

Region: TypeAlias = tuple[int, str, PercentOfPay, PercentOfPay]
"""Row, what to do, and the fits from which and up to which to do it."""

REGION_COLOURS = {
    "go on": Colour.SKY,
    "finish politely": Colour.YELLOW,
    "withdraw politely": Colour.ORANGE,
    "leave": Colour.VERMILION,
}
"""What there is to do, and its colour."""

# A picture shows at least so many standard deviations of the belief.
_SHOWN_SDS = 2.5
# A threshold further than this from the belief is not shown, percent of pay.
_WIDEST = 150.0


def row_names(assessment: Assessment) -> list[str]:
    """What each decision is called, from the first to the last."""
    return [
        f"{'before' if step.phase is Phase.BEFORE else 'in'} {shorten(step.stage)}"
        for step in assessment.thresholds
    ]


def decision_regions(assessment: Assessment) -> list[Region]:
    """What to do at which fit, decision by decision; those of a row cover all fits."""
    regions: list[Region] = []
    thresholds = assessment.thresholds
    is_midway = any(step.phase is Phase.MIDWAY for step in thresholds)
    # What an interview changes of the fit is the same alone and beside others.
    alone = without_rivals(assessment.decision)
    process = compile_problem(alone).process if is_midway else None
    for row, step in enumerate(thresholds):
        threshold = step.fit
        if process is None or step.phase is Phase.BEFORE:
            regions.append((row, "withdraw politely", -inf, threshold))
            regions.append((row, "go on", threshold, inf))
            continue
        percent = process.hours_per_percent
        # After the last step comes the offer, whose surplus must be positive.
        following = 0.0 if percent else inf
        if row + 1 < len(thresholds):
            following = thresholds[row + 1].fit
        drift = process.steps[row].drift / percent if percent else 0.0
        going_on = max(threshold, following - drift)
        regions.append((row, "leave", -inf, threshold))
        regions.append((row, "finish politely", threshold, going_on))
        regions.append((row, "go on", going_on, inf))
    return regions


def shown_bars(
    regions: Iterable[Region], name: str, low: PercentOfPay, high: PercentOfPay
) -> list[tuple[int, PercentOfPay, PercentOfPay]]:
    """Where one thing is to be done, as far as a picture shows it: row, from, up to.

    Args:
        regions: What to do at which fit.
        name: What is to be done.
        low, high: The lowest and the highest fit of the picture.
    """
    return [
        (row, max(start, low), min(stop, high))
        for row, region, start, stop in regions
        if region == name and max(start, low) < min(stop, high)
    ]


def shown_fits(
    assessment: Assessment, thresholds: Sequence[PercentOfPay]
) -> tuple[PercentOfPay, PercentOfPay]:
    """The lowest and the highest fit of a picture: belief, 0 and thresholds are inside.

    Args:
        assessment: What ``assess`` returned.
        thresholds: Fits; those very far from the belief are left out.
    """
    mean, spread = assessment.mean, max(_SHOWN_SDS * assessment.sd, 5.0)
    close = [fit for fit in thresholds if abs(fit - mean) <= _WIDEST]
    low = min(mean - spread, -5.0, *(fit - 8.0 for fit in close))
    high = max(mean + spread, 5.0, *(fit + 8.0 for fit in close))
    return low, high


def map_title(assessment: Assessment, regions: Sequence[Region]) -> str:
    """The advice, and the threshold of the first decision, in words.

    Args:
        assessment, regions: What ``assess`` returned, and what to do at which fit.
    """
    start = f"{shorten(assessment.opportunity)}: {HEADLINES[assessment.action]}"
    if assessment.hard_stops:
        met = shorten(", ".join(assessment.hard_stops))
        return f"{start}. It meets a dealbreaker ({met}), which the map leaves out"
    now = assessment.thresholds[0]
    threshold, leaving = now.fit, ""
    if now.phase is Phase.MIDWAY:
        threshold = next(fit for _, name, fit, _ in regions if name == "go on")
        if isfinite(now.fit):
            below = f", leave below {percent_text(now.fit)}"
            leaving = ", else leave" if threshold == now.fit else below
    is_ever = threshold < inf
    rule = f"Go on {condition_text(threshold)}" if is_ever else "Never worth going on"
    return f"{start}. {rule}{leaving}; you believe {percent_text(assessment.mean)}"


def condition_text(threshold: PercentOfPay) -> str:
    """The fits above a threshold, in words."""
    if isfinite(threshold):
        return f"while fit is above {percent_text(threshold)}"
    return "whatever the fit"
