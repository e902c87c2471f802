"""An assessment in sentences that a job seeker understands.

Formats what it is given and computes nothing again. It never advises to show interest
one does not have, and never hides that a default is a guess.
"""

from collections.abc import Iterator, Mapping
from math import inf

from interviewfit._model.fields import check_kind
from interviewfit._model.units import number_of, rounded
from interviewfit._model.vocabulary import TERM_NAMES, Action, Phase, Term
from interviewfit._results.assessment import GOING, Choice, Verdict
from interviewfit._text.amounts import (
    hours_of,
    joined,
    money_line,
    percent_of,
    share_of,
    shortened,
    signed,
    value_of,
    years_of,
)
from interviewfit._text.calendar_text import kept_words, rule_text
from interviewfit._text.labels import aspect_name, is_plural, prior_label
from interviewfit._text.offer_text import (
    beside_line,
    how_to_ask,
    silence_words,
    unspoken_lines,
)
from interviewfit._text.reasons_text import because, decides, stop_words
from interviewfit._text.rules_text import SENSIBLE, join_words, rules

HEADLINES: Mapping[Action, str] = {
    Action.TAKE: "take it",
    Action.CONTINUE: "go on",
    Action.FINISH_POLITELY: "finish this one politely, then withdraw",
    Action.WITHDRAW_POLITELY: "withdraw politely",
    Action.LEAVE: "leave now",
    Action.DECLINE: "decline",
    Action.POSTPONE: "ask to postpone",
    Action.INVESTIGATE: "look it up first",
    Action.ACCEPT_OFFER: "accept the offer",
    Action.DECLINE_OFFER: "decline the offer",
    Action.MOVE_ON: "move on",
    Action.ASK_FIRST: "ask first, then answer",
    Action.ASK_FOR_TIME: "ask for more time",
    Action.HURRY: "ask them for an earlier date",
    Action.LET_IT_LAPSE: "let the offer lapse",
}
"""What to do, in the words that open an explanation."""

ACTION_NAMES: Mapping[Action, str] = {
    Action.TAKE: "taking it",
    Action.CONTINUE: "going on",
    Action.FINISH_POLITELY: "staying to the end",
    Action.WITHDRAW_POLITELY: "withdrawing",
    Action.LEAVE: "walking out",
    Action.DECLINE: "declining",
    Action.POSTPONE: "postponing",
    Action.INVESTIGATE: "looking it up first",
    Action.ACCEPT_OFFER: "accepting",
    Action.DECLINE_OFFER: "declining",
    Action.MOVE_ON: "moving on",
    Action.ASK_FIRST: "asking first",
    Action.ASK_FOR_TIME: "asking for more time",
    Action.HURRY: "asking for an earlier date",
    Action.LET_IT_LAPSE: "letting it lapse",
}
"""The alternatives in words such as "taking it" and "walking out"."""

_HOW: Mapping[Action, str] = {
    Action.FINISH_POLITELY: "see the talk through and answer honestly. Unless it "
    "changes your mind, thank them at its end, or the same day, and say that it is not "
    "a fit. Show no interest you do not have, and prepare no further: you owe "
    "courtesy, not enthusiasm.",
    Action.WITHDRAW_POLITELY: "write soon, thank them for their time and say in a "
    "sentence why it does not fit.",
    Action.LEAVE: "say that you do not want to use up their time, thank them, and go.",
    Action.DECLINE: "thank them and say plainly that it is not the right step for you "
    "now.",
    Action.POSTPONE: "ask for a later date, and name one; you need not say why.",
    Action.INVESTIGATE: "half an hour with reviews, news and pay ranges, then decide "
    "again. You need it for the interview anyway.",
    Action.DECLINE_OFFER: "thank them, decline clearly and soon, and say why.",
    Action.ASK_FOR_TIME: "thank them, say that you want to decide well, and name the "
    "day by which you will answer. If they say no, the offer still stands until its "
    "date.",
    Action.HURRY: "say that another firm expects your answer, name the day, and ask "
    "whether the interview can be before it. Say so only if it is true.",
    Action.LET_IT_LAPSE: "you need not answer. A short note that you cannot decide by "
    "their date is more courteous, and they may come back to you.",
}
_LEAVING = frozenset({Action.DECLINE, Action.WITHDRAW_POLITELY, Action.LEAVE})
_REFERRING = frozenset(
    {*_LEAVING, Action.FINISH_POLITELY, Action.DECLINE_OFFER, Action.MOVE_ON}
)
_DETOURS = frozenset({Action.POSTPONE, Action.INVESTIGATE, Action.ASK_FIRST})
_SMALL = 0.05
# Below it, percent of pay, no belief says more than that no pay makes up for it.
_HOPELESS = -100.0


def explain(verdict: Verdict) -> str:
    """An assessment in at most fifteen lines, the first one with the action and why.

    The work grows with the stages of the process.

    Raises:
        InvalidFieldError: If it is of another kind.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(explain(assess(Candidate(), job)).splitlines()[0])
    Acme: take it. It is worth 12.3 h of your time, 12.3 h more than declining.
    """
    check_kind("explain(verdict)", verdict, Verdict, "Pass what assess(...) returns.")
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    """Yield the lines that are printed, the headline first."""
    yield f"{verdict.opportunity}: {_headline(verdict)}"
    yield from (f"  Check: {note}" for note in shortened(verdict.notes))
    shown = verdict.displayed_choice
    yield from (f"  {line}" for line in _why(shown, verdict))
    if shown.terms and verdict.phase is not Phase.OFFERED:
        yield _terms_line(shown, verdict)
    if verdict.hour_price is not None and len(verdict.choices) > 1:
        over = f" A job is counted over {years_of(verdict.horizon_years)}."
        is_said = shown.terms and verdict.phase is not Phase.OFFERED
        yield f"  {money_line(verdict.hour_price)}{'' if is_said else over}"
    if verdict.phase is not Phase.REJECTED:
        yield f"  {_belief(verdict)}"
    if verdict.rival_count:
        yield f"  {beside_line(verdict)}"
    if not verdict.hard_stops:
        yield from _outlook(shown, verdict)
    if how := how_to(verdict):
        yield f"  How: {how}"
    if verdict.rule is not None:
        yield f"  {rule_text(verdict.rule)}"
    yield from unspoken_lines(verdict, HEADLINES)
    ahead = verdict.phase in (Phase.BEFORE, Phase.MIDWAY)
    unknown = join_words(map(aspect_name, verdict.unknown), 12, where="unknown")
    if unknown and verdict.phase is Phase.OFFERED:
        yield f"  Nobody has told you about: {unknown}."
    if unknown and ahead and verdict.action not in _LEAVING:
        yield f"  You do not know yet, so ask about: {unknown}."
    yield from _notices(verdict)


def how_to(verdict: Verdict) -> str:
    """How to leave, to wait, to ask or to look things up; empty for going on."""
    if verdict.action is Action.ASK_FIRST:
        return how_to_ask(verdict)
    words = _HOW.get(verdict.action, "")
    if verdict.action is Action.MOVE_ON:
        words = _refusal(verdict)
    if verdict.hard_stops:
        words = words.replace("Unless it changes your mind, thank", "Thank")
    refers = verdict.knows_someone and verdict.action in _REFERRING - {Action.LEAVE}
    return f"{words}{' Name the person you have in mind for it.' if refers else ''}"


def _headline(verdict: Verdict) -> str:
    """What to do and what it is worth, in a sentence or two."""
    words = (kept_words(verdict) or HEADLINES[verdict.action]) + because(verdict)
    best, second = verdict.choices[0], verdict.runner_up
    price = verdict.hour_price
    if verdict.hard_stops:
        several = len(verdict.hard_stops) > 1
        without = f"Without {'them' if several else 'it'}, the advice would be"
        instead = f": {HEADLINES[best.action]} ({value_of(best.value, price)})"
        if best.action is verdict.action:
            instead = " the same"
        stop = stop_words(verdict.hard_stops)
        return (
            f"{words}. {stop[:1].upper()}{stop[1:]}, and nothing makes up for that. "
            f"{without}{instead}."
        )
    if second is None:
        if best.value > _SMALL:
            earned = value_of(best.value, price)
            more = f"naming somebody better suited would earn {earned}"
            return f"{words}. They turned you down, so this one is over; {more}."
        return (
            f"{words}. They turned you down, so this one is over; it costs and brings "
            "nothing more."
        )
    instead, margin = name_of_choice(second, verdict), value_of(verdict.margin, price)
    if best.action is Action.FINISH_POLITELY:
        return (
            f"{words}. Staying is {margin} better than walking out, and as things "
            "stand you would not go further."
        )
    if best.action in GOING or best.reach:
        return _gain(verdict)
    loss = f"be {margin} worse" if second.value < best.value else "gain you nothing"
    return f"{words}. {instead.capitalize()} would {loss}."


def name_of_choice(choice: Choice, verdict: Verdict) -> str:
    """An alternative in words; an offer is kept open and no interview postponed.

    Args:
        choice, verdict: The alternative, and the answer that has it.
    """
    if verdict.phase is Phase.OFFERED and choice.action is Action.POSTPONE:
        return "keeping it open"
    return ACTION_NAMES[choice.action]


def _gain(verdict: Verdict) -> str:
    """That one stays in, and what that is worth against the second best action."""
    advice, why = HEADLINES[verdict.action], because(verdict)
    best, second = verdict.choices[:2]
    price = verdict.hour_price
    instead, margin = name_of_choice(second, verdict), value_of(verdict.margin, price)
    value = value_of(best.value, price)
    if silence := silence_words(verdict):
        return f"{advice}{why}. {silence}"
    if best.action is Action.INVESTIGATE:
        return (
            f"{advice}{why}. Half an hour of looking up is worth {margin}; with it, "
            f"this is worth {value} of your time."
        )
    if best.value < -_SMALL and second.value > -inf:
        if second.terms.get(Term.DECLINING, 0.0) < -_SMALL:
            instead = "turning the recruiter down"
        return (
            f"{advice}, as the lesser cost{why}: it costs you "
            f"{value_of(-best.value, price)}, {instead} "
            f"{value_of(-second.value, price)}."
        )
    if abs(best.value - second.value) < _SMALL:
        return f"{advice}{why}. It is worth {value} of your time, as much as {instead}."
    if best.value < second.value:
        # Several offers are settled together, and none for what nobody has told of it.
        less = value_of(second.value - best.value, price)
        return (
            f"{advice}{why}. It is worth {value} of your time, {less} less than "
            f"{instead}. By what you were told of it alone it would be worth more."
        )
    return (
        f"{advice}{why}. It is worth {value} of your time, {margin} more than "
        f"{instead}."
    )


def _why(choice: Choice, verdict: Verdict) -> Iterator[str]:
    """Yield what follows from what decides, and what would be without it.

    Args:
        choice: That is shown.
        verdict: Of which it is one.
    """
    if verdict.action is Action.POSTPONE and verdict.unsettled:
        aspects = " and the ".join(map(aspect_name, verdict.unsettled[:2]))
        several = is_plural(aspects) or len(verdict.unsettled) > 1
        yield (
            f"The {aspects} {'are' if several else 'is'} uncertain, and no interview "
            "will settle that: only waiting brings the news."
        )
    reasons = verdict.reasons.deciding if verdict.reasons else ()
    leaves = verdict.action in _LEAVING and choice.action in GOING and choice.reach
    if leaves and reasons and reasons[0].effect_percent < 0.0:
        yield (
            "That leaves too little chance of a job you would take "
            f"({share_of(choice.accept_probability)}) to pay for "
            f"{hours_of(choice.hours)} of your time."
        )
    yield from decides(verdict, HEADLINES)


def _terms_line(choice: Choice, verdict: Verdict) -> str:
    """The terms, gains first.

    Args:
        choice: Whose terms are shown.
        verdict: Of which it is one.
    """
    ranked = sorted(choice.terms.items(), key=lambda pair: -pair[1])
    parts = [
        f"{TERM_NAMES[term]} {signed(value)}"
        for term, value in ranked
        if abs(value) > _SMALL
    ]
    best = choice is verdict.choices[0]
    lead = "Made of" if best else "Going on would bring"
    over = f"hours over {years_of(verdict.horizon_years)}"
    against = f"{over}, against staying where you are"
    return f"  {lead}, in {against}: {', '.join(parts) or 'next to nothing'}."


def _belief(verdict: Verdict) -> str:
    """What is believed of the job now, in a sentence."""
    if verdict.mean < _HOPELESS:
        return "No pay they might offer would make up for what you know of this job."
    percent = rounded(abs(verdict.mean))
    side = "less" if verdict.mean < 0.0 else "more"
    compared = f"{percent:,.0f} % of pay {side} than"
    if not percent:
        compared = "as much as"
    return (
        f"Fit: you now believe that the job is worth {compared} what you would have "
        f"otherwise, give or take {rounded(verdict.sd):,.0f} %.{_passing(verdict)}"
    )


def _passing(verdict: Verdict) -> str:
    """What being passed on tells of the fit; empty where it tells nothing."""
    if verdict.employer_news is None:
        return ""
    # Imported when it is needed, as below.
    from interviewfit._text.employer_text import passing_words

    return f" {passing_words(verdict)}".rstrip()


def _refusal(verdict: Verdict) -> str:
    """What to do after a refusal, what it means and what it does not."""
    from interviewfit._text.employer_text import refusal_words

    return refusal_words(verdict)


def _outlook(choice: Choice, verdict: Verdict) -> Iterator[str]:
    """Yield where the advice would change, how far it may go, and what is learned.

    Args:
        choice: That is shown.
        verdict: Of which it is one.
    """
    if verdict.action in _LEAVING:
        firsts = [abs(item.fit) <= SENSIBLE for item in verdict.thresholds[:1]]
        if any(firsts) and verdict.mean >= _HOPELESS:
            yield (
                "  Going on would be worth it from a fit of "
                f"{percent_of(verdict.thresholds[0].fit)} up; you believe "
                f"{percent_of(verdict.mean)}."
            )
        return
    if verdict.thresholds:
        yield f"  {' '.join(rules(verdict))}"
    if choice.reach and verdict.phase is not Phase.OFFERED:
        yield f"  {_chances(choice)}"
    seeing = verdict.action not in {Action.FINISH_POLITELY, *_DETOURS}
    if verdict.information_value > _SMALL and seeing:
        yield (
            "  The interviews show you more before you decide; that is worth "
            f"{value_of(verdict.information_value, verdict.hour_price)}, because you "
            "can still say no."
        )


def _chances(choice: Choice) -> str:
    """How likely each stage ahead is, and what the way takes."""
    whole = f"{rounded(choice.days):,.0f}"
    days = {"0": "under a day"}.get(whole, number_of(whole, "day"))
    time = f"{hours_of(choice.hours)} of your time"
    takes = (
        f"It takes about {time} and {days}."
        if choice.days
        else f"It takes about {time}."
    )
    if choice.action is Action.POSTPONE:
        then = choice.reach[1][1] if len(choice.reach) > 1 else 1.0
        return f"Chance that they wait and that you then go: {share_of(then)}. {takes}"
    reach = [f"{title} {share_of(chance)}" for title, chance in choice.reach]
    return (
        f"Chance to reach each stage: {join_words(reach, 6, where='choices')}; to end "
        f"in a job you would take: {share_of(choice.accept_probability)}. {takes}"
    )


def _notices(verdict: Verdict) -> Iterator[str]:
    """Yield what is open still, and what the advice rests on."""
    for fact in verdict.open_facts:
        yield f"  One of two things, not known yet: {fact}."
    if verdict.hard_stops or verdict.phase in (Phase.OFFERED, Phase.REJECTED):
        return
    best = verdict.choices[0].action
    side = "people met, practice and other openings"
    if verdict.action_without_side_values is not best:
        yield (
            f"  Careful: the job alone does not justify this; {side} do. If they count "
            f"for nothing to you, {HEADLINES[verdict.action_without_side_values]}."
        )
    elif best in GOING or best in _DETOURS:
        yield f"  This holds even if {side} count for nothing."
    if verdict.decisive_priors:
        guesses = joined([prior_label(name) for name in verdict.decisive_priors])
        yield f"  It rests on a guess, not on a measurement: {guesses}."
