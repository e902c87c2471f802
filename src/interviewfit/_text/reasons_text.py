"""Why an answer is what it is, in the words of what was said.

*Because* stands only before what decides: without it the advice is another one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from interviewfit._model.signs import SIGNS
from interviewfit._model.units import rounded
from interviewfit._model.vocabulary import TERM_NAMES, Action, Phase, Term
from interviewfit._process.structure import stop_name
from interviewfit._results.assessment import Verdict
from interviewfit._results.reasons import Reason, Reasons
from interviewfit._text.amounts import joined, percent_of, signed

# Smaller effects, in hours, round to nothing.
_SMALL = 0.05
_MOST_NAMED = 3
# Why something is done that only dates open.
_BY_DATE: Mapping[Action, str] = {
    Action.ASK_FOR_TIME: "something else may turn out better, and not by that date",
    Action.HURRY: "an offer has to be answered before its result is known",
    Action.LET_IT_LAPSE: "something else is worth more",
}


def because(verdict: Verdict) -> str:
    """The clause that follows the advice and names what decides, or nothing.

    Args:
        verdict: A dealbreaker has a sentence of its own.
    """
    reasons = _deciding(verdict)
    parts = _different(reasons, verdict)
    if not parts:
        why = _BY_DATE.get(verdict.action, "") if verdict.rival_count else ""
        return f", because {why}" if why else ""
    if len(parts) > _MOST_NAMED:
        count = f"{len(reasons):,} things that you said together"
        return f", because of {count}, most of all because {parts[0]}"
    return f", because {joined(parts)}"


def decides(verdict: Verdict, words: Mapping[Action, str]) -> Iterator[str]:
    """Yield what else is to be said of what decides, a line each.

    Args:
        verdict: Whose reasons are told.
        words: Each action as an advice.
    """
    reasons, deciding = verdict.reasons, _deciding(verdict)
    if reasons is None or verdict.hard_stops or verdict.phase is Phase.REJECTED:
        return
    if not deciding and verdict.action in _BY_DATE:
        return
    if not deciding:
        yield from _undecided(verdict, reasons)
    elif len(deciding) == 1:
        yield f"Without that, the advice would be: {words[deciding[0].action_without]}."
    elif deciding[0].turns:
        yield "Each of these decides: without it, the advice would be another."
    elif len(deciding) == 2:
        yield "Either of these alone would be enough for this advice."
    else:
        yield "Without all of these together, the advice would be another."


def _deciding(verdict: Verdict) -> tuple[Reason, ...]:
    """What decides; of what decides alone the two largest, with those equal to them."""
    reasons = verdict.reasons
    if reasons is None or verdict.hard_stops:
        return ()
    deciding = reasons.deciding
    if not deciding or not deciding[0].turns:
        return deciding
    return _with_equals(deciding, 2)


def _with_equals(reasons: Sequence[Reason], count: int) -> tuple[Reason, ...]:
    """The first of some reasons, and those after them of the same effect.

    So that of two sources of one weight none is left out for the order of the file.
    At most as many are named as fit a sentence.

    Args:
        reasons: The largest effect first.
        count: How many are the first.
    """
    last = abs(reasons[:count][-1].effect_hours)
    equal = [item for item in reasons[count:] if isclose(abs(item.effect_hours), last)]
    return (*reasons[:count], *equal)[: max(count, _MOST_NAMED)]


def _different(reasons: Sequence[Reason], verdict: Verdict) -> list[str]:
    """Reasons in words; words that several share stand once, with how often.

    Args:
        reasons: Those that decide.
        verdict: Whoever waits or looks things up does so for the news, not for a better
            fit, so that no effect is named.
    """
    is_detour = verdict.action in (Action.POSTPONE, Action.INVESTIGATE)
    first = {reason.what: reason for reason in reversed(reasons)}
    counts = Counter(reason.what for reason in reasons)
    return [
        (reason.what if is_detour else _with_effect(reason)) + _often(counts[what])
        for what, reason in reversed(first.items())
    ]


def _often(count: int) -> str:
    """How often the same was said, as it follows a clause; nothing for once."""
    if count == 1:
        return ""
    return ", said twice" if count == 2 else f", said {count:,d} times"


def _undecided(verdict: Verdict, reasons: Reasons) -> Iterator[str]:
    """Yield what speaks most for an answer that nothing said decides, and against it.

    Args:
        verdict: The answer.
        reasons: Of it.
    """
    if verdict.expected_hours is not None and verdict.action is Action.ACCEPT_OFFER:
        # The headline says what speaks for it and against it.
        return
    opinions = [reason for reason in reasons if reason.name != "position"]
    telling = [item for item in opinions if abs(item.effect_hours) > _SMALL]
    if not telling:
        yield f"You have said nothing that stands out. {_usual(verdict)}"
        return
    words = "Nothing that you said decides this"
    if reasons.action_unsaid is verdict.action:
        words += ": with nothing said, the advice would be the same"
    parts = [f"{words}."]
    for side, sign in (("for", 1.0), ("against", -1.0)):
        speaking = [item for item in telling if sign * item.effect_hours > 0.0]
        if speaking:
            most = _with_equals(speaking, 1)
            counts = Counter(item.what for item in most)
            named = joined([what + _often(count) for what, count in counts.items()])
            each = " each" if len(most) > 1 else ""
            effect = f"{signed(most[0].effect_hours)} h{each}"
            parts.append(f"Most {side} it: {named} ({effect}).")
    yield " ".join(parts)


def _usual(verdict: Verdict) -> str:
    """What an answer rests on that nothing said has moved."""
    terms = verdict.displayed_choice.terms
    gain = max(terms, key=terms.__getitem__, default=Term.OFFER)
    cost = min(terms, key=terms.__getitem__, default=Term.TIME)
    if not terms or terms[gain] <= 0.0:
        return "The advice rests on what is usual for such a job."
    brings = f"{TERM_NAMES[gain]} ({signed(terms[gain])} h)"
    if terms[cost] >= 0.0:
        return f"The advice rests on what is usual: {brings}."
    costs = f"{TERM_NAMES[cost]} ({signed(terms[cost])} h)"
    return f"The advice rests on what is usual: {brings} against {costs}."


def stop_words(stops: Sequence[str]) -> str:
    """Why one must leave, as it reads after "because".

    Args:
        stops: Dealbreakers that are met, and names of signs that force leaving.

    >>> stop_words(["oil", "visa refused"])
    'it meets your dealbreaker (oil) and they sponsor no visa and you need one'
    """
    forcing = {
        stop_name(sign): entry.meaning for sign, entry in SIGNS.items() if entry.stops
    }
    met = [stop for stop in stops if stop not in forcing]
    parts = [forcing[stop] for stop in stops if stop in forcing]
    if met:
        word = f"dealbreaker{'s' if len(met) > 1 else ''}"
        parts.insert(0, f"it meets your {word} ({', '.join(met)})")
    return joined(parts)


def _with_effect(reason: Reason) -> str:
    """A reason in words, with its effect on the fit or, without one, in hours."""
    if "% of pay" in reason.what:
        return reason.what
    if rounded(reason.effect_percent):
        return f"{reason.what} ({percent_of(reason.effect_percent)} of pay)"
    if abs(reason.effect_hours) > _SMALL:
        return f"{reason.what} ({signed(reason.effect_hours)} h)"
    return reason.what
