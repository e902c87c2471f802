"""What may come of it, in numbers and in words.

Values only. ``simulation`` works them out.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._text.assessment_text import hours_of, share_of
from interviewfit._text.html import show_lines

__all__ = ["Outcomes", "ProcessOutcome"]

_MOST_SHOWN = 8
# Standard errors: further off is no luck of the draws, once in 16,000 aside.
_BEYOND_LUCK = 4.0


@frozen(kw_only=True)
class ProcessOutcome:
    """What became of one process.

    Attributes:
        name: Of its opportunity.
        share: Share of careers in which its job is accepted.
        begun: In which its next step is taken.
        offered: In which its offer comes.
        hours: Of one's own time, on average, hours.
        reach: In which each stage ahead is come to, by its title, in order.
        ends: How it ends, in words, and how often; these sum to 1.
    """

    name: str
    share: Probability
    begun: Probability
    offered: Probability
    hours: Hours
    reach: tuple[tuple[str, Probability], ...]
    ends: tuple[tuple[str, Probability], ...]


@frozen(kw_only=True)
class Outcomes:
    """What came of very many careers. Made by ``simulate``.

    Attributes:
        what: What was played, in words.
        careers: How many.
        worth: In all, hours.
        hours: Of one's own time.
        days: Calendar time, one step after the other, as far as stages state it.
        accepted: Share of careers that end in an accepted offer.
        surplus: Of that offer, as believed when it is accepted, hours, among those
            careers; None if there is none.
        leaving: What leaving at once is worth, hours.
        well_spent: Share of careers worth more than that, looking back.
        terms: What *worth* is made of, hours, by term.
        fates: Of each process.
        expected: What the model expects *worth* to be on average, hours; None where
            only playing tells.
        notes: How it was played where there was a choice, a sentence each.
    """

    what: str
    careers: int
    worth: QuantileSummary
    hours: QuantileSummary
    days: QuantileSummary
    accepted: Probability
    surplus: QuantileSummary | None
    leaving: Worth
    well_spent: Probability
    terms: Mapping[Term, QuantileSummary]
    fates: tuple[ProcessOutcome, ...]
    expected: Worth | None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def _repr_html_(self) -> str:
        return show_lines(self)


def _lines(found: Outcomes) -> Iterator[str]:
    yield f"{found.what}, {found.careers:,} times from here:"
    missed = found.expected is not None and _missed(found.worth, found.expected)
    # What was never drawn must not pass for what cannot be.
    if found.worth.low == found.worth.high == found.worth.mean and not missed:
        yield f"  It is over at once, and worth {hours_of(found.worth.mean)} each time."
        return
    worth, hours, days = found.worth, found.hours, found.days
    few = " The few above carry the average." if worth.mean > worth.high else ""
    yield f"  Worth {hours_of(worth.mean)} on average. {_around(worth)}{few}"
    if found.expected is not None and missed:
        yield (
            f"  The model expects {hours_of(found.expected)} on average: what carries "
            f"it is too rare to come up as it should in {found.careers:,} careers."
        )
    yield (
        f"  Looking back, your time was well spent in {share_of(found.well_spent)}: it "
        "was worth more than leaving at once."
    )
    yield f"  Your time: {hours_of(hours.mean)} on average. {_around(hours)}"
    if days.high > 0.0:
        yield (
            f"  Days: {days.mean:,.0f} on average, {days.high:,.0f} or more in one of "
            "twenty."
        )
    if found.surplus is None:
        yield "  No offer was accepted."
    else:
        yield (
            f"  You accept an offer in {share_of(found.accepted)}; it is then worth "
            f"{hours_of(found.surplus.mean)} on average. {_around(found.surplus)}"
        )
    for fate in found.fates[:_MOST_SHOWN]:
        reach = ", ".join(f"{title} {share_of(share)}" for title, share in fate.reach)
        accepted = f"{share_of(fate.share)} accepted"
        yield f"  {fate.name}: {reach}{', ' if reach else ''}{accepted}."
    if len(found.fates) > _MOST_SHOWN:
        yield f"  ... and {len(found.fates) - _MOST_SHOWN} more."
    yield from (f"  {note}" for note in found.notes)


def _missed(worth: QuantileSummary, expected: Worth) -> bool:
    """Whether the average is farther off than luck of the draws and roundings explain."""
    slack = 1e-9 * max(1.0, abs(expected), abs(worth.mean))
    return abs(worth.mean - expected) > _BEYOND_LUCK * worth.error + slack


def _around(spread: QuantileSummary) -> str:
    return (
        f"In the middle {hours_of(spread.median)}, in nine of ten between "
        f"{hours_of(spread.low)} and {hours_of(spread.high)}."
    )
