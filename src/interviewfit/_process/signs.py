"""Named signs: how each moves what is believed.

A *named sign* is a direction and no level: a bad one must never raise a belief, however
low that is already. So it is taken as a noisy look at how far the aspect lies from the
reference r, where one would put it without knowing anything. With m and s the belief
once all readings are in, v and n the value and noise of the catalogue, and f the
strength,

    shift = f * (v - r) * s**2 / (s**2 + n**2), and 0 where v - r has not the sign of v
    mean  = m + sum of shifts
    sd    = s / sqrt(1 + sum of min(1, f) * s**2 / n**2)

At the reference, m = r, a plain sign moves the belief as a reading of v would. No shift
depends on m or on the other signs: each keeps its direction at any belief, and a mild
sign never softens a strong one, as in a mean weighted by precisions. The spread only
shrinks, by less where a sign is mild. A clue of a sign has the factor to the power f.
The same sign from the same source counts once, at its greatest strength.

References: as ``signals``.
"""

from collections.abc import Iterable, Sequence
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
        sign, strength = shift.sign, shift.strength
        ratio: N = (belief.sd / sign.noise) ** 2
        # Never against the direction of the sign, wherever the reference lies.
        bound = minimum if sign.value < 0.0 else maximum
        distance = bound(0.0, sign.value - reference)
        means.append(strength * distance * (ratio / (1.0 + ratio)))
        precisions.append(minimum(1.0, strength) * ratio)
    return Estimate(fsum(means), belief.sd / sqrt(fsum(precisions)))


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
            news = f", news of ±{reading.unsettled:g} to come" * bool(reading.unsettled)
            effects.append(f"{reading.aspect} {shown} %{news}")
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
