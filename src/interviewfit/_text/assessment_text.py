"""Results in sentences a job seeker understands.

Formats what it is given and works nothing out again. Never advises to show
interest one does not have, and never hides that a default is a guess.
"""

from collections.abc import Iterable, Mapping
from math import inf

from interviewfit._model.units import Days, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._results.assessment import GOING, Choice, Threshold, Verdict
from interviewfit._text.labels import TERM_NAMES, guess

__all__ = [
    "ACTION_NAMES",
    "HEADLINES",
    "explain",
    "hours_of",
    "percent_of",
    "share_of",
]

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
}
"""What is weighed, in words such as "taking it" and "walking out"."""

_HOW: Mapping[Action, str] = {
    Action.FINISH_POLITELY: "see the talk through and answer honestly; at its end, or "
    "the same day, thank them and say that it is not a fit. Show no interest you do "
    "not have.",
    Action.WITHDRAW_POLITELY: "write soon, thank them for their time and say in a "
    "sentence why it does not fit.",
    Action.LEAVE: "say that you do not want to use up their time, thank them, and go.",
    Action.DECLINE: "thank them and say plainly that it is not the right step for you "
    "now.",
    Action.POSTPONE: "say what you are waiting for and name a date on which you will "
    "come back to them.",
    Action.INVESTIGATE: "half an hour with reviews, news and pay ranges, then decide "
    "again. You need it for the interview anyway.",
    Action.DECLINE_OFFER: "thank them, decline clearly and soon, and say why.",
    Action.MOVE_ON: "thank them if you like. It says something about the match with "
    "this kind of role, and little about you.",
}
_SMALL = 0.05
# No job is worth more of one's pay than this, either way.
_SENSIBLE = 1000.0


def explain(verdict: Verdict) -> str:
    """A verdict in at most fifteen lines, the first one with the action and why.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(explain(assess(Candidate(), job)).splitlines()[0])
    Acme: take it. It is worth 12.3 h of your time, 12.3 h more than declining.
    """
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterable[str]:
    yield f"{verdict.opportunity}: {_headline(verdict)}"
    shown = verdict.subject
    if shown.terms and verdict.phase is not Phase.OFFERED:
        yield _made_of(shown, verdict)
    if verdict.phase is not Phase.REJECTED:
        yield (
            f"  Fit as believed now: {percent_of(verdict.mean)} of pay against what "
            f"you would have otherwise, give or take {verdict.sd:,.0f}."
        )
    if verdict.others:
        yield (
            f"  Judged beside {verdict.others} other "
            f"{'process' if verdict.others == 1 else 'processes'}, worth "
            f"{hours_of(verdict.rest)} without this one."
        )
    if not verdict.hard_stops:
        yield from _ahead(shown, verdict)
    if verdict.action in _HOW:
        named = verdict.knows_someone and verdict.action in (
            Action.DECLINE,
            Action.WITHDRAW_POLITELY,
            Action.FINISH_POLITELY,
            Action.DECLINE_OFFER,
        )
        offer = " Name the person you have in mind for it." if named else ""
        yield f"  How: {_HOW[verdict.action]}{offer}"
    if verdict.unknown and verdict.phase in (Phase.BEFORE, Phase.MIDWAY):
        yield f"  Nobody has told you yet: {_listing(verdict.unknown, 12)}."
    yield from _notices(verdict)


def _headline(verdict: Verdict) -> str:
    words = HEADLINES[verdict.action]
    best = verdict.choices[0]
    if verdict.hard_stops:
        met = ", ".join(verdict.hard_stops)
        return (
            f"{words}. It meets your dealbreaker ({met}), and nothing makes up for "
            f"that. The score aside from it: {ACTION_NAMES[best.action]}, "
            f"{hours_of(best.worth)}."
        )
    second = verdict.runner_up
    if second is None:
        return f"{words}. This one is over; it costs and brings nothing more."
    if best.action is Action.FINISH_POLITELY:
        return (
            f"{words}. Staying is {hours_of(verdict.margin)} better than walking out, "
            "and as things stand you would not go further."
        )
    if best.action in GOING or best.reach:
        return (
            f"{words}. It is worth {hours_of(best.worth)} of your time, "
            f"{hours_of(verdict.margin)} more than {ACTION_NAMES[second.action]}."
        )
    if second.worth < best.worth:
        return (
            f"{words}. {ACTION_NAMES[second.action].capitalize()} would be "
            f"{hours_of(verdict.margin)} worse."
        )
    return (
        f"{words}. {ACTION_NAMES[second.action].capitalize()} would gain you nothing."
    )


def _made_of(choice: Choice, verdict: Verdict) -> str:
    """The terms, gains first, and which of them decides.

    That is the one by which the best choice beats the second most.
    """
    best, second = verdict.choices[0], verdict.runner_up
    ranked = sorted(choice.terms.items(), key=lambda pair: -pair[1])
    parts = [
        f"{TERM_NAMES[term]} {worth:+,.1f}"
        for term, worth in ranked
        if abs(worth) > _SMALL
    ]
    lead = "Made of" if choice is best else "Going on would bring"
    text = f"  {lead}, in hours: {', '.join(parts) or 'next to nothing'}."
    if second is None or verdict.margin <= _SMALL:
        return text
    ahead = {
        term: best.terms.get(term, 0.0) - second.terms.get(term, 0.0) for term in Term
    }
    deciding = max(Term, key=lambda term: ahead[term])
    return f"{text} What decides: {TERM_NAMES[deciding]}."


def _days(days: Days) -> str:
    whole = f"{days:,.0f}"
    return {"0": "under a day", "1": "1 day"}.get(whole, f"{whole} days")


def _ahead(choice: Choice, verdict: Verdict) -> Iterable[str]:
    """Where the answer would change, how far it may go, and what is learned."""
    if verdict.thresholds:
        yield _carry_on(verdict)
    if choice.reach and verdict.phase is not Phase.OFFERED:
        reach = [f"{title} {share_of(chance)}" for title, chance in choice.reach]
        days = f" and {_days(choice.days)}" if choice.days else ""
        yield (
            f"  Ahead: {_listing(reach, 6)}; ends in a job you would take "
            f"{share_of(choice.accept)}; about {hours_of(choice.hours)} of your "
            f"time{days}."
        )
    leaves = (Action.DECLINE, Action.WITHDRAW_POLITELY, Action.FINISH_POLITELY)
    if verdict.information > _SMALL and verdict.action not in leaves:
        yield (
            "  Seeing more before you decide is worth "
            f"{hours_of(verdict.information)}: you can still say no later."
        )


def _carry_on(verdict: Verdict) -> str:
    """The thresholds ahead, in words."""
    ahead = [one for one in verdict.thresholds if one.phase is Phase.BEFORE]
    walks = [
        one
        for one in verdict.thresholds
        if one.phase is Phase.MIDWAY and one.fit > -inf
    ]
    text = ""
    if ahead:
        text = f"Go on while fit is above: {_listing(map(_turning_point, ahead), 6)}."
    if walks:
        where = _listing(map(_turning_point, walks), 6)
        text += f" Walking out pays only below: {where}."
    elif verdict.phase is Phase.MIDWAY:
        text += " Once inside, always finish."
    return f"  {text.strip()}"


def _listing(parts: Iterable[str], most: int) -> str:
    """Parts with commas; of very many the first, and how many more."""
    several = list(parts)
    more = f" and {len(several) - most} more" if len(several) > most else ""
    return ", ".join(several[:most]) + more


def _turning_point(one: Threshold) -> str:
    if abs(one.fit) > _SENSIBLE:
        return f"{'anything' if one.fit < 0 else 'nothing will do'} ({one.stage})"
    return f"{percent_of(one.fit)} ({one.stage})"


def _notices(verdict: Verdict) -> Iterable[str]:
    if verdict.hard_stops or verdict.phase in (Phase.OFFERED, Phase.REJECTED):
        return
    best = verdict.choices[0].action
    if verdict.alone is not best:
        yield (
            "  Careful: gains beside the job alone carry this. If they are worth "
            f"nothing to you, {HEADLINES[verdict.alone]}."
        )
    elif best in GOING or best in (Action.POSTPONE, Action.INVESTIGATE):
        yield (
            "  This holds even if people met, practice and other openings count for "
            "nothing."
        )
    if verdict.carried_by:
        guesses = " and ".join(map(guess, verdict.carried_by))
        yield f"  It rests on a guess no study has measured: {guesses}."


def hours_of(worth: Worth) -> str:
    """Hours with one digit."""
    shown = round(worth, 1) + 0.0
    return f"{shown:,.1f} h"


def percent_of(fit: float) -> str:
    """Whole percent with a sign."""
    return f"{round(fit) + 0:+,d} %"


def share_of(chance: float) -> str:
    """A chance in percent."""
    return "under 1 %" if 0 < chance < 0.01 else f"{100 * chance:.0f} %"
