"""How far draws agree with an answer, in numbers and in words.

Values only. ``recount`` works them out.
"""

from collections.abc import Iterator, Mapping
from math import floor

from attrs import frozen

from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import Action, Agreement
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._text.assessment_text import HEADLINES, hours_of, share_of
from interviewfit._text.html import show_lines

__all__ = ["InfluentialInput", "Robustness"]

_CLEAR, _LEANS = 0.9, 0.7


@frozen(kw_only=True)
class InfluentialInput:
    """A number on which the answer hangs.

    Attributes:
        name: Of the number.
        words: What it is.
        low: Lower end of its range.
        high: Upper end.
        unit: Of both.
        agree_low: Share with the same answer among draws in its lowest quarter.
        agree_high: Among those in its highest quarter.
        share: Share of draws whose answer one would give, knowing it.
        error: Standard error of what that is above the share of one answer for all.
        worth: What knowing it is worth, hours.
    """

    name: str
    words: str
    low: float
    high: float
    unit: str
    agree_low: Probability
    agree_high: Probability
    share: Probability
    error: Probability
    worth: Worth


@frozen(kw_only=True)
class Robustness:
    """How far draws agree with an answer. Made by ``robustness``.

    Attributes:
        opportunity: Its name.
        action: The answer.
        draws: How many.
        share: Share of draws with the same answer.
        interval: Where that share would lie with endless draws, with 95 % confidence.
        shares: Of each answer that some draw gives; they sum to 1.
        alone: Share of draws with the same answer if all side gains count for nothing.
        margin: By how much the answer beats the next best, hours; below 0 where
            another is better.
        settlers: Numbers on which it hangs, first the one that would settle it best.
        hard_stops: Dealbreakers met: the answer is forced.
    """

    opportunity: str
    action: Action
    draws: int
    share: Probability
    interval: tuple[Probability, Probability]
    shares: Mapping[Action, Probability]
    alone: Probability
    margin: QuantileSummary
    settlers: tuple[InfluentialInput, ...] = ()
    hard_stops: tuple[str, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """Clear from 90 %, leans from 70 %, else too close to call.

        With a dealbreaker it is clear: how to leave may still vary in mid-interview.
        """
        if self.share >= _CLEAR or self.hard_stops:
            return Agreement.CLEAR
        return Agreement.LEANS if self.share >= _LEANS else Agreement.CLOSE

    @property
    def headline(self) -> str:
        """The verdict in a sentence."""
        if self.hard_stops:
            met = ", ".join(self.hard_stops)
            return f"Certain: it meets your dealbreaker ({met}), whatever the numbers."
        word = self.agreement.value.replace("_", " ").capitalize()
        low, high = (f"{100 * end:.0f}" for end in self.interval)
        around = f" ({low} to {high})" if low != high else ""
        return f"{word}: {_nearly(self.share)} of draws agree{around}."

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def _repr_html_(self) -> str:
        return show_lines(self)


def _lines(found: Robustness) -> Iterator[str]:
    yield f"{found.opportunity}: {HEADLINES[found.action]}. {found.headline}"
    others = [
        f"{HEADLINES[action]} in {share_of(share)}"
        for action, share in found.shares.items()
        if action is not found.action and share >= 0.01
    ]
    if others:
        yield f"  Other draws say: {', '.join(others)}."
    if found.hard_stops:
        return
    yield (
        "  Without people met, practice and other openings you would still "
        f"{HEADLINES[found.action]} in {_nearly(found.alone)}."
    )
    margin = found.margin
    if margin.low < margin.high:
        yield (
            f"  In nine draws of ten it is {hours_of(margin.low)} to "
            f"{hours_of(margin.high)} ahead of the next best."
        )
    for best in found.settlers[:1]:
        yield (
            f"  What would settle it: {best.words} ({_nearly(best.agree_low)} agree "
            f"where that is low, {_nearly(best.agree_high)} where it is high)."
        )


def _nearly(share: Probability) -> str:
    """A share in whole percent, rounded down, so that it never reads as more than it is."""
    if 0.99 < share < 1.0:
        return "over 99 %"
    return share_of(floor(100.0 * share + 1e-9) / 100.0 if share >= 0.01 else share)
