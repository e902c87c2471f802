"""What is asked before an offer is answered, and what counts for what nobody told."""

from collections.abc import Iterator, Mapping

from interviewfit._model.vocabulary import Action
from interviewfit._results.assessment import Verdict
from interviewfit._text.amounts import joined, value_of
from interviewfit._text.labels import aspect_name

# Who can answer a question about an aspect of an offer; HR all others.
_ANSWERED_BY: Mapping[str, str] = {
    **dict.fromkeys(("role", "manager", "growth"), "your future manager"),
    **dict.fromkeys(("culture", "team"), "somebody of the team"),
}
_NUMBERS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def how_to_ask(verdict: Verdict) -> str:
    """Whom to ask about what before an offer is answered: the three largest first."""
    people: dict[str, list[str]] = {}
    facts: dict[str, list[str]] = {}
    for fact in verdict.ask_whether:
        aspect, _, words = fact.partition(": ")
        facts.setdefault(aspect, []).append(words)
    for aspect in verdict.ask_about[:3]:
        person = _ANSWERED_BY.get(aspect, "HR")
        open_ = ", ".join(f"{words}, or not?" for words in facts.get(aspect, ()))
        words = f"the {aspect_name(aspect)}{f' ({open_})' if open_ else ''}"
        people.setdefault(person, []).append(words)
    parts = [f"{person} about {joined(words)}" for person, words in people.items()]
    return (
        "thank them, say by when you will answer, and call or write before: ask "
        f"{', and '.join(parts)}. Then accept or decline."
    )


def silence_words(verdict: Verdict) -> str:
    """What an offer is worth that only silence speaks against; empty for others."""
    expected, price = verdict.expected_hours, verdict.hour_price
    if expected is None or verdict.action is not Action.ACCEPT_OFFER:
        return ""
    told = value_of(expected - verdict.unspoken_hours, price)
    return (
        f"What you were told of it is worth {told}. With what nobody has told you, "
        f"{value_of(expected, price)} are expected; by itself that is no reason to "
        "turn it down."
    )


def unspoken_lines(verdict: Verdict, headlines: Mapping[Action, str]) -> Iterator[str]:
    """Yield what counts for what nobody has said, where it could turn the answer.

    Args:
        verdict, headlines: The answer, and what each action is in words.
    """
    instead, count = verdict.action_without_unspoken, len(verdict.unknown)
    is_even = verdict.action is Action.ACCEPT_OFFER and verdict.value <= 0.05
    if verdict.hard_stops or not (instead or (is_even and verdict.unspoken < 0.0)):
        return
    subject, each = "What nobody has told you counts", ""
    if count == 1:
        subject = "One thing nobody has told you of counts"
    elif 1 < count < len(_NUMBERS) + 2:
        subject = f"{_NUMBERS[count - 2]} things nobody has told you of count"
        share = verdict.unspoken / count
        if round(share) and abs(share - round(share)) < 1e-9:
            compared = "less" if share < 0.0 else "more"
            each = f" ({abs(share):.0f} % {compared} than what you have, each)"
    total = f"{verdict.unspoken:+.2g} % of pay{' together' if count != 1 else ''}"
    result = f"; without that you would {headlines[instead]}" if instead else ""
    yield f"  {subject} {total}{each}{result}."


def beside_line(verdict: Verdict) -> str:
    """Beside what an opportunity is judged, and what it would be worth alone."""
    count, price = verdict.rival_count, verdict.hour_price
    others = (
        "other opportunity, which is"
        if count == 1
        else (f"{count} other opportunities, which are")
    )
    alone, average = "", ""
    if verdict.employer_news is not None:
        average = " What being passed on tells is counted on average here."
    if verdict.standalone_value is not None:
        alone = f"; alone it would be worth {value_of(verdict.standalone_value, price)}"
    return (
        f"Judged beside your {others} worth "
        f"{value_of(verdict.rivals_value, price)} without this one{alone}.{average}"
    )
