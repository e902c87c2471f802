"""Named signs: how each moves what is believed.

A *named sign* is a direction and no level: a bad one must never raise a belief, however
low that is already. So it is taken as a noisy look at how far the aspect lies from the
reference r, where one would put it without knowing anything. With m and s the belief
once all readings are in, v and n the value and noise of the catalogue, and f the
strength,

    shift = f * (v - r) * s**2 / (s**2 + n**2), and 0 where v - r has not the sign of v
    mean  = m + sum of shifts
    sd    = s / sqrt(1 + sum of min(1, f) * s**2 / n**2), over bad signs only

At the reference, m = r, a plain sign moves the mean as a reading of v would. No shift
depends on m or on the other signs: each keeps its direction at any belief, and a mild
sign never softens a strong one, as in a mean weighted by precisions. A clue of a sign
has the factor to the power f. The same sign from the same source counts once, at its
greatest strength.

A bad sign narrows the belief, by less where it is mild. A good sign does not. Evidence
that is likelier the better a job is makes every high value likelier than before, and a
normal belief with a smaller standard deviation would make the highest less likely. So
a bad sign never raises the expectation of any increasing convex function of the fit, a
good one never lowers it, and the value of going on is such a function.

What a sign speaks of may still be to come, as a merger: with the chance

    p = 1 - (1 - c)**f,        c of the catalogue,

it happens and moves the aspect by shift / p; else nothing changes. The mean is moved by
the shift. Only waiting tells, and of a bad sign it tells nothing better than what one
would believe without it.

References: as ``signals``; P. Milgrom, "Good News and Bad News: Representation Theorems
and Applications", Bell Journal of Economics 12 (1981), for signs as directions.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Generic

from attrs import frozen

from interviewfit._model.numbers import Estimate, Numbers
from interviewfit._model.signs import SIGNS, SignReading
from interviewfit._model.vocabulary import Event, Sign, Strength, When
from interviewfit._numeric.arrays import (
    N,
    N_co,
    fsum,
    is_zero,
    maximum,
    minimum,
    safe_divide,
    sqrt,
)
from interviewfit._process.evidence import Evidence, SignEvidence

_EVENTS = {
    Event.PASSED_ON: "being invited on",
    Event.HIDDEN_ROLE: "another role there",
    Event.CONTACT_HELPS: "a contact who helps",
    Event.RESHAPED: "a job changed to suit you",
}


@frozen
class SignShift(Generic[N_co]):
    """What one sign says of one aspect.

    Attributes:
        sign: As the catalogue has it.
        strength: That multiplies it.
        when: Whether the rounds behind have come after it.
    """

    sign: SignReading
    strength: N_co
    when: When = When.BEFORE


@frozen
class SignNews(Generic[N_co]):
    """News of what a sign speaks of: it happens, or nothing changes.

    Attributes:
        chance: That it happens.
        sizes: By aspect, what that moves it by, percent of pay.
    """

    chance: N_co
    sizes: Mapping[str, N_co]


def sign_strengths(
    evidence: Iterable[Evidence[N]],
) -> dict[Sign, list[tuple[N, When]]]:
    """The strength of every sign that was seen and when, once for each source.

    Args:
        evidence: Of any kind; a sign of strength 0 was not seen. Of two times at which
            the same source says it, the later counts.
    """
    strengths: dict[tuple[Sign, str], tuple[N, When]] = {}
    for signal in evidence:
        if isinstance(signal, SignEvidence) and not is_zero(signal.strength):
            key = signal.sign, signal.source
            strength, when = strengths.get(key, (signal.strength, signal.when))
            strengths[key] = (
                maximum(strength, signal.strength),
                max(when, signal.when),
            )
    by_sign: dict[Sign, list[tuple[N, When]]] = {}
    for (sign, _), entry in sorted(strengths.items(), key=lambda item: item[0]):
        by_sign.setdefault(sign, []).append(entry)
    return by_sign


def unstated_belief(
    numbers: Numbers[N], aspect: str, evidence: Iterable[Evidence[N]]
) -> Estimate[N]:
    """What is believed of an aspect where nobody has stated a belief.

    Args:
        numbers, aspect: Of the decision, and which aspect.
        evidence: All of it; signs say how familiar the firm is.
    """
    familiar: N | None = None
    for sign, strengths in sign_strengths(evidence).items():
        if aspect in SIGNS[sign].familiar:
            familiar = reduce(maximum, [strength for strength, _ in strengths])
    return narrow_belief(numbers, aspect, familiar)


def narrow_belief(numbers: Numbers[N], aspect: str, familiar: N | None) -> Estimate[N]:
    """The wide default of an aspect, less wide at a firm where one has worked.

    Whoever knows a share f of it has ``sd * sqrt(1 - f)`` left, raised to the strength.

    Args:
        numbers, aspect: Of the decision, and which aspect.
        familiar: Strength of the sign that one has worked there; None without it.
    """
    usual: Estimate[N] = numbers.unknown(aspect)
    if familiar is None:
        return usual
    left: N = (1.0 - numbers["familiarity"]) ** familiar
    return Estimate(usual.mean, usual.sd * sqrt(left))


def shift_belief(
    belief: Estimate[N], reference: N, shifts: Sequence[SignShift[N]]
) -> Estimate[N]:
    """The belief after some signs, each of which moves it in its own direction.

    Args:
        belief: Once all readings are in, percent of pay.
        reference: Where the aspect would lie if nothing were known, percent of pay.
        shifts: What signs say of the aspect, each with its strength.
    """
    means: list[N] = [belief.mean]
    precisions: list[N] = [1.0]
    for shift in shifts:
        strength = shift.strength
        means.append(strength * _move(belief, reference, shift.sign))
        if shift.sign.value < 0.0:
            ratio: N = (belief.sd / shift.sign.noise) ** 2
            precisions.append(minimum(1.0, strength) * ratio)
    return Estimate(fsum(means), belief.sd / sqrt(fsum(precisions)))


def _move(belief: Estimate[N], reference: N, sign: SignReading) -> N:
    """By how much a plain sign moves the mean of an aspect, percent of pay.

    Args:
        belief, reference: As ``shift_belief``.
        sign: What it says of the aspect.
    """
    ratio: N = (belief.sd / sign.noise) ** 2
    # Never against the direction of the sign, wherever the reference lies.
    bound = minimum if sign.value < 0.0 else maximum
    distance = bound(0.0, sign.value - reference)
    return distance * (ratio / (1.0 + ratio))


def sign_news(
    sign: Sign, strength: N, beliefs: Mapping[str, tuple[Estimate[N], N]]
) -> SignNews[N] | None:
    """What is still to come of a sign; None if nothing is.

    Args:
        sign: Of the catalogue.
        strength: Of all its sources together: it is one event, whoever speaks of it.
        beliefs: By aspect, the belief once all readings are in, and the reference, both
            as ``shift_belief`` takes them; of the aspects that count.
    """
    moves: dict[str, N] = {}
    chance = 0.0
    for reading in SIGNS[sign].readings:
        if reading.chance and reading.aspect in beliefs:
            chance = reading.chance
            moves[reading.aspect] = _move(*beliefs[reading.aspect], reading)
    if not moves:
        return None
    happens: N = 1.0 - (1.0 - chance) ** strength
    per_move = safe_divide(strength, happens)
    return SignNews(happens, {name: per_move * move for name, move in moves.items()})


def sign_table() -> str:
    """What every named sign means and does, mild, plain and strong, as Markdown.

    Moves are in percent of pay, of an opportunity of which nothing else is known.
    """
    numbers: Numbers[float] = Numbers()
    powers = [numbers[f"strength.{word}"] for word in Strength]
    lines = [
        "| sign | you noticed | speaks of | mild / plain / strong |",
        "|---|---|---|---|",
    ]
    for sign, entry in SIGNS.items():
        effects = []
        for reading in entry.readings:
            usual = numbers.unknown(reading.aspect)
            moves = [
                shift_belief(usual, usual.mean, [SignShift(reading, power)]).mean
                - usual.mean
                for power in powers
            ]
            shown = " / ".join(f"{move:+.1f}" for move in moves)
            effects.append(f"{reading.aspect} {shown} %{_news_to_come(reading)}")
        for event, factor in entry.clues:
            shown = " / ".join(f"{factor**power:.2g}" for power in powers)
            effects.append(f"odds of {_EVENTS[event]} times {shown}")
        if entry.familiar:
            known = [1.0 - (1.0 - numbers["familiarity"]) ** power for power in powers]
            shown = " / ".join(f"{100.0 * share:.0f}" for share in known)
            aspects = " and ".join(entry.familiar)
            effects.append(f"you know {shown} % of {aspects} already")
        if entry.stops:
            effects.append("you leave, as at a dealbreaker")
        effect = "; ".join(effects) or "nothing"
        lines.append(f"| `{sign}` | {entry.meaning} | {entry.scope} | {effect} |")
    return "\n".join(lines) + "\n"


def _news_to_come(reading: SignReading) -> str:
    """What is still to come of an aspect of which nothing else is known, in words."""
    if not reading.chance:
        return ""
    numbers: Numbers[float] = Numbers()
    usual = numbers.unknown(reading.aspect)
    size = _move(usual, usual.mean, reading) / reading.chance
    return f" (to come: {size:+.0f} with a chance of {100.0 * reading.chance:.0f} %)"
