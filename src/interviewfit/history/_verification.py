"""How well chances foretold what happened.

With c the chance given to something and y = 1 if it happened, 0 if not, the Brier score
is the mean of (c - y)^2 and the log loss the mean of -ln of the chance given to what
came; lower is better. What was said to be impossible and came has an infinite log loss.

Bins compare the chances said with the share that came true; the interval of the share
is Wilson's for 95 %.

References: G. Brier, Monthly Weather Review 78 (1950) 1-3; E. Wilson, Journal of the
American Statistical Association 22 (1927) 209-212.
"""

from collections.abc import Sequence
from itertools import groupby
from math import fsum, inf, log, sqrt
from typing import TypeAlias

from attrs import frozen

from interviewfit._model.units import Probability

__all__ = ["Bin", "Foretold", "Score", "bins_of", "lead_of", "score_of", "wilson"]

Foretold: TypeAlias = tuple[Probability, bool]
"""A chance that was said, and whether it came true."""

_Z = 1.959963984540054
_EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@frozen(kw_only=True)
class Score:
    """How well some chances foretold what happened; lower is better.

    Attributes:
        brier: Mean squared distance, 0 to 1.
        log_loss: Mean surprise, nats; infinite if something happened that was said to
            be impossible.
    """

    brier: float
    log_loss: float


@frozen(kw_only=True)
class Bin:
    """Forecasts of about the same chance, and how many came true.

    Attributes:
        low: From this chance on.
        high: Below this one; the last bin includes it.
        count: How many there are.
        chance: Their mean chance.
        share: How many of them came true.
        interval: Where that share would lie, by Wilson, 95 %.
    """

    low: Probability
    high: Probability
    count: int
    chance: Probability
    share: Probability
    interval: tuple[Probability, Probability]


def score_of(said: Sequence[Foretold]) -> Score | None:
    """The scores of some forecasts; None if there are none.

    >>> score_of([(0.8, True), (0.4, False)]).brier
    0.1
    """
    if not said:
        return None
    return Score(
        brier=fsum((c - y) ** 2 for c, y in said) / len(said),
        log_loss=fsum(_surprise(c if y else 1.0 - c) for c, y in said) / len(said),
    )


def lead_of(
    said: Sequence[Foretold], other: Sequence[Probability]
) -> tuple[float, float] | None:
    """By how much some forecasts beat others in the Brier score, and the standard error.

    Forecasts are taken as independent, which those of one day are not quite. None if
    there are fewer than two.
    """
    if len(said) < 2:
        return None
    gains = [
        (rival - came) ** 2 - (chance - came) ** 2
        for (chance, came), rival in zip(said, other, strict=True)
    ]
    mean = fsum(gains) / len(gains)
    variance = fsum((one - mean) ** 2 for one in gains) / (len(gains) - 1)
    return mean, sqrt(variance / len(gains))


def bins_of(said: Sequence[Foretold]) -> tuple[Bin, ...]:
    """Chances said beside shares that came true; empty bins are left out."""
    ranked = sorted(said)
    return tuple(_bin(place, list(own)) for place, own in groupby(ranked, key=_place))


def wilson(passed: int, count: int) -> tuple[Probability, Probability]:
    """Where the chance behind *passed* of *count* lies, by Wilson, 95 %.

    >>> [round(one, 3) for one in wilson(5, 10)]
    [0.237, 0.763]
    """
    share, spread = passed / count, _Z * _Z / count
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = sqrt(spread * (share * (1.0 - share) + spread / 4.0)) / (1.0 + spread)
    # Rounding must not leave the share itself outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _surprise(chance: Probability) -> float:
    return -log(chance) if chance > 0.0 else inf


def _place(said: Foretold) -> int:
    return next(
        place
        for place, edge in enumerate(_EDGES)
        if said[0] < edge or place == len(_EDGES) - 1
    )


def _bin(place: int, own: Sequence[Foretold]) -> Bin:
    came = sum(true for _, true in own)
    return Bin(
        low=_EDGES[place - 1] if place else 0.0,
        high=_EDGES[place],
        count=len(own),
        chance=fsum(chance for chance, _ in own) / len(own),
        share=came / len(own),
        interval=wilson(came, len(own)),
    )
