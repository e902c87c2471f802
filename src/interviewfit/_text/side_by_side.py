"""Several offers beside each other: the fit of each, what is unknown, and what to ask.

Nothing is computed again.
"""

from collections.abc import Iterable, Iterator, Sequence

from interviewfit._model.units import rounded
from interviewfit._results.plan import HeldOffer
from interviewfit._text.amounts import hours_of, joined, percent_of, share_of
from interviewfit._text.labels import aspect_name
from interviewfit._text.layout import Block, Paragraph, Table

_MOST_NAMED = 3
# Hours that round to nothing.
_SMALL = 0.05


def named_first(names: Sequence[str], most: int = _MOST_NAMED) -> str:
    """The first of some aspects, and how many more there are.

    Args:
        names: Of aspects, the most important first.
        most: How many are named; of all others only the number is told.

    >>> named_first(["role", "team", "manager", "growth"])
    'role, team, manager and 1 more'
    """
    more = len(names) - most
    shown = ", ".join(map(aspect_name, names[:most]))
    return f"{shown}{f' and {more} more' if more > 0 else ''}"


def offers_beside(offers: Sequence[HeldOffer]) -> Iterator[Block]:
    """Yield a table of the offers that nothing rules out; nothing for a single one."""
    compared = [offer for offer in offers if not offer.dealbreakers]
    if len(compared) < 2:
        return
    yield Paragraph(
        "Your offers side by side, in percent of pay, with the chance that each is the "
        "best of them by what you believe now:"
    )
    rows = [
        (
            offer.name,
            f"{rounded(offer.fit):+.0f}",
            f"{rounded(offer.sd):.0f}",
            share_of(offer.best_chance),
            named_first(offer.unknown, 2) or "nothing",
            _answers(offer),
            hours_of(offer.asking_value) if offer.ask_about else "-",
        )
        for offer in compared
    ]
    heads = ("offer", "fit", "give or take", "best", "unknown", "asking tells", "adds")
    yield Table(heads=heads, rows=tuple(rows), indent=2)


def _answers(offer: HeldOffer) -> str:
    """What asking would tell of an offer, and by how much that moves the fit."""
    if not offer.ask_about:
        return "nothing"
    told = named_first(offer.ask_about, 2)
    sd = rounded(offer.asking_sd)
    return f"{told} (by {sd:.0f})" if sd else told


def best_offer(offers: Sequence[HeldOffer]) -> str:
    """Which of several offers is most likely the best; empty for a single one.

    Those of one chance are named together.
    """
    compared = [offer for offer in offers if not offer.dealbreakers]
    if len(compared) < 2:
        return ""
    chance = share_of(max(offer.best_chance for offer in compared))
    # Chances that read the same are no reason to name one offer before another.
    equal = [offer.name for offer in compared if share_of(offer.best_chance) == chance]
    if len(equal) > 1:
        return (
            f"Of your {len(compared)} offers, {joined(equal)} are equally likely to be "
            f"the best, with a chance of {chance} each."
        )
    return (
        f"Of your {len(compared)} offers, {equal[0]} is the best with a chance of "
        f"{chance}."
    )


def in_short(offers: Iterable[HeldOffer]) -> str:
    """The offers beside each other in a sentence."""
    return f"Side by side: {'; '.join(map(_in_short, offers))}."


def _in_short(offer: HeldOffer) -> str:
    """The fit of an offer, what is unknown of it, and what asking would tell."""
    parts = [f"{share_of(offer.best_chance)} chance to be the best"]
    if offer.unknown:
        parts.append(f"unknown: {named_first(offer.unknown)}")
    if offer.asking_value > _SMALL:
        told = f"asking first tells of {named_first(offer.ask_about)}"
        parts.append(f"{told} and adds {hours_of(offer.asking_value)}")
    fit = f"{offer.name} {percent_of(offer.fit)}"
    fit += f", give or take {rounded(offer.sd):.0f} %"
    return f"{fit} ({'; '.join(parts)})"
