"""What somebody sees first: a table of what to do, and two sentences on what is next.

Nothing is computed again; everything else is told by ``explain`` and ``plan_text``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum

from attrs import frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.units import number_of, rounded
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._results.assessment import GOING, LEAVING, Verdict
from interviewfit._results.plan import HeldOffer, PlanRecord, RankedProcess
from interviewfit._text.amounts import (
    hours_of,
    joined,
    share_of,
    value_of,
    years_of,
)
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.calendar_text import kept_words
from interviewfit._text.layout import Block, Paragraph, Table
from interviewfit._text.names import brief_names, called, quoted, short_name
from interviewfit._text.notes_text import checks
from interviewfit._text.plan_text import (
    budget_line,
    less_than_rows,
    offer_words,
    practice_decides,
    silent_offers,
    time_of,
)
from interviewfit._text.side_by_side import best_offer

HEADS = ("opportunity", "do what", "value", "your time", "chance of the job", "until")
"""The columns of the table."""

_SHORT: Mapping[Action, str] = {
    **HEADLINES,
    Action.FINISH_POLITELY: "finish, then withdraw",
    Action.ASK_FIRST: "ask, then answer",
}
_MOST_LEFT = 3
# A smaller share of the whole that rows do not show asks for no words.
_NOTED = 0.1
_LET_GO = (Action.DECLINE_OFFER, Action.LET_IT_LAPSE)
_NOT_SAID = "-"
# Where the first clause of a sentence ends.
_CLAUSE = re.compile(r"[,:;.] ")


def kind_of(action: Action) -> str:
    """Whether an action goes on, waits or leaves, in a word.

    >>> kind_of(Action.TAKE), kind_of(Action.DECLINE), kind_of(Action.POSTPONE)
    ('go', 'leave', 'wait')
    """
    if action in LEAVING or action is Action.FINISH_POLITELY:
        return "leave"
    return "go" if action in GOING else "wait"


@frozen(kw_only=True)
class Hints:
    """What to type next; NAME stands for an opportunity.

    Attributes:
        why: To see why.
        letter: For words to the employer.
        more: To see everything.
    """

    why: str
    letter: str
    more: str


def plan_screen(plan: PlanRecord, hints: Hints) -> list[Block]:
    """The first screen of a plan.

    Args:
        plan, hints: What to show, and what to type next.
    """
    notes = checks(plan.notes)
    names = [offer.name for offer in plan.offers]
    names += [process.name for process in (*plan.ranked, *plan.to_leave)]
    first = short_name(names[0], names)
    asked, command = "To see why", hints.why
    if not (plan.offers or plan.ranked):
        asked, command = "For words to write", hints.letter
    return [
        *notes,
        plan_table(plan, hints.more),
        Paragraph(""),
        *worth(plan),
        *_left(plan, hints.more),
        *(Paragraph(text) for text in (best_offer(plan.offers),) if text),
        *(Paragraph(text, optional=True) for text in silent_offers(plan)),
        *_typed(asked, command, first),
    ]


def _left(plan: PlanRecord, more: str) -> Iterator[Block]:
    """Yield why each of the first few that are left is left, as rows of a table.

    Args:
        plan: The plan.
        more: What to type to see rows that are left out.
    """
    every = [job.name for job in plan.opportunities]
    advice = {
        offer.name: "Turn down"
        for offer in plan.offers
        if offer.action is Action.DECLINE_OFFER
    }
    advice |= {
        process.name: "Move on from" if process.phase is Phase.REJECTED else "Leave"
        for process in plan.to_leave
    }
    rows = [
        (f"{words} {called(name, every)}, {why}.",)
        for name, words in list(advice.items())[:_MOST_LEFT]
        if (why := plan.why_left(name))
    ]
    if rows:
        yield Table(
            heads=("",), rows=tuple(rows), minor=True, more=f"All of them: {more}"
        )


def plan_table(plan: PlanRecord, more: str) -> Table:
    """What to do about each opportunity of a plan, the first one first.

    Args:
        plan: The plan.
        more: What to type to see rows that are left out.
    """
    dates = dates_of(plan.opportunities)
    rows = [(_offer_row(offer, dates), kind_of(offer.action)) for offer in plan.offers]
    rows += [
        (_process_row(process, plan, dates), kind_of(process.action))
        for process in (*plan.ranked, *plan.to_leave)
    ]
    return Table(
        heads=HEADS,
        rows=tuple(row for row, _ in rows),
        kinds=tuple(kind for _, kind in rows),
        more=f"All of them: {more}",
        brief=brief_names([row[0] for row, _ in rows]),
    )


def worth(plan: PlanRecord) -> Iterator[Block]:
    """Yield what to do first, and what the search is worth, in two sentences."""
    years = years_of(plan.search.assumptions["horizon_years"])
    worth_of_it = value_of(plan.value, plan.hour_price)
    in_short = f"The search is worth {worth_of_it} over {years}."
    value = (
        f"The search is worth {worth_of_it} to you over {years}, and takes "
        f"{time_of(plan)}."
        f"{'' if less_than_rows(plan) else _more_than_rows(plan)}"
    )
    kept = [offer for offer in plan.offers if offer.action not in _LET_GO]
    # An accepted offer comes first, and any before those that wait for its answer.
    kept.sort(key=lambda it: (it.action is not Action.ACCEPT_OFFER, bool(it.after)))
    if kept:
        offer = kept[0]
        lead = f"The offer of {offer.name} comes first: {offer_words(offer)}."
    elif plan.ranked:
        first = plan.ranked[0]
        begin = "Start at the top with " if len(plan.ranked) > 1 else ""
        if plan.offers:
            plural = "s" if len(plan.offers) > 1 else ""
            names = joined([offer.name for offer in plan.offers])
            begin = f"Turn down the offer{plural} of {names}, and go on with "
        lead = f"{begin}{first.name}: {HEADLINES[first.action]}."
    else:
        phases = [process.phase for process in plan.to_leave]
        lead = _nothing_ahead([*phases, *(Phase.OFFERED for _ in plan.offers)])
        value = in_short = ""
    yield Paragraph(
        f"{lead} {value}".rstrip(), strong=True, short=f"{lead} {in_short}".rstrip()
    )
    if plan.budget is not None and value:
        text = budget_line(plan)
        yield Paragraph(text, short=f"{_CLAUSE.split(text, maxsplit=1)[0]}.")


def _more_than_rows(plan: PlanRecord) -> str:
    """Why a search is worth more than its rows add up to, as a sentence; or nothing.

    Of two that would do alike each adds little to the other, and both together much.
    """
    offers = [offer for offer in plan.offers if offer.action not in _LET_GO]
    added = fsum(offer.kept_value - offer.decline_value for offer in offers)
    added += fsum(process.marginal_value for process in plan.ranked)
    if plan.budget is not None or plan.value - added < _NOTED * plan.value:
        return ""
    return (
        " The values add up to less, because each is what the opportunity adds to the "
        "others."
    )


def _nothing_ahead(phases: Iterable[Phase]) -> str:
    """What to do where no opportunity is worth more time, in a sentence.

    Args:
        phases: Where each of them stands.
    """
    standing = list(phases)
    single = len(standing) == 1
    over = standing.count(Phase.REJECTED)
    if over == len(standing):
        return "This one is over: move on." if single else "All are over: move on."
    subject = "This one is not" if single else "None of these is"
    return f"{subject} worth more of your time: leave politely."


def _typed(asked: str, command: str, name: str) -> Iterator[Block]:
    """Yield what to type, on a line of its own.

    Args:
        asked, command: What for, and what to type before the name.
        name: The opportunity; left out where the command needs no name.
    """
    yield Paragraph(f"{asked}, type:")
    named = command.replace("NAME", quoted(name))
    yield Paragraph(named, indent=2)


def dates_of(jobs: Iterable[Opportunity]) -> dict[str, date]:
    """The next date of each opportunity that states one, by its name.

    It is the day of the next stage, or the last day to answer an offer or invitation.
    """
    dates = {job.name: job.next_on or job.answer_by for job in jobs}
    return {name: day for name, day in dates.items() if day is not None}


def _offer_row(offer: HeldOffer, dates: Mapping[str, date]) -> tuple[str, ...]:
    """An offer on the table as a row.

    What it adds is measured against turning it down.

    Args:
        offer, dates: The offer, and the next dates by name.
    """
    adds = offer.kept_value - offer.decline_value
    if offer.action in _LET_GO:
        adds = 0.0
    course = adds, offer.hours, offer.accept_probability
    return (
        offer.name,
        _offer_words(offer),
        *_amounts(*course, offer.action, offer.dealbreakers),
        until(0.0, offer.action, dates.get(offer.name)),
    )


def _offer_words(offer: HeldOffer) -> str:
    """What to do about an offer, in the words that ``assess`` has for it as well."""
    same = (Action.ACCEPT_OFFER, Action.DECLINE_OFFER, Action.ASK_FIRST)
    return _SHORT[offer.action] if offer.action in same else offer_words(offer)


def _process_row(
    process: RankedProcess, plan: PlanRecord, dates: Mapping[str, date]
) -> tuple[str, ...]:
    """A process as a row.

    Args:
        process: One of the plan.
        plan: The plan, which says whether it goes first for practice.
        dates: The next dates by name.
    """
    advice = _SHORT[process.action]
    if process in plan.ranked and practice_decides(process, plan):
        advice += ", for practice"
    course = process.marginal_value, process.hours, process.accept_probability
    return (
        process.name,
        advice,
        *_amounts(*course, process.action, process.dealbreakers),
        until(process.days, process.action, dates.get(process.name)),
    )


def _amounts(
    value: float, hours: float, probability: float, action: Action, stops: Sequence[str]
) -> tuple[str, ...]:
    """What an opportunity is worth, its time, and the chance to end up in the job.

    All are those of going on, which a dealbreaker rules out.

    Args:
        value, hours: In hours.
        probability, action: That it ends so, and what is advised; leaving ends it.
        stops: The dealbreakers that it meets.
    """
    if stops:
        return (_NOT_SAID,) * 3
    ends = action in LEAVING or action in _LET_GO
    chance = _NOT_SAID if ends else share_of(probability)
    return hours_of(value), hours_of(hours), chance


def until(days: float, action: Action, day: date | None = None) -> str:
    """Until when something is to be done, or how long it takes.

    Args:
        days: Expected calendar days; 0 where no stage states them.
        action: What is advised: who leaves does so soon.
        day: The next date, if one is stated.

    >>> until(20.0, Action.TAKE), until(3.2, Action.TAKE), until(0.0, Action.LEAVE)
    ('3 weeks', '3 days', 'now')
    """
    if action is Action.LEAVE:
        return "now"
    if day is not None:
        return day.isoformat()
    if action in LEAVING:
        return "soon"
    if days <= 0.0:
        return _NOT_SAID
    weeks = days / 7.0
    count, unit = (
        (rounded(weeks), "week") if weeks >= 2.0 else (max(1.0, rounded(days)), "day")
    )
    return number_of(f"{count:,.0f}", unit)


def assessments_screen(
    verdicts: Sequence[Verdict],
    hints: Hints,
    opportunities: Iterable[Opportunity] = (),
) -> list[Block]:
    """The first screen of the answers for several opportunities.

    Args:
        verdicts: One for each, in the order of the file.
        hints: What to type next.
        opportunities: The same, with their dates.
    """
    dates = dates_of(opportunities)
    rows = []
    for verdict in verdicts:
        shown = verdict.choices[0]
        rows.append(
            (
                verdict.opportunity,
                kept_words(verdict) or _SHORT[verdict.action],
                *_amounts(
                    *(verdict.value, shown.hours, shown.accept_probability),
                    *(verdict.action, verdict.hard_stops),
                ),
                until(shown.days, verdict.action, dates.get(verdict.opportunity)),
            )
        )
    table = Table(
        heads=HEADS,
        rows=tuple(rows),
        kinds=tuple(kind_of(verdict.action) for verdict in verdicts),
        more=f"All of them: {hints.more}",
        brief=brief_names([verdict.opportunity for verdict in verdicts]),
    )
    # What a dealbreaker rules out is worth no time.
    best = max(verdicts, key=lambda verdict: (not verdict.hard_stops, verdict.value))
    name = best.opportunity
    typed = short_name(name, [verdict.opportunity for verdict in verdicts])
    years = years_of(best.horizon_years)
    short = f"{name} is worth most of your time: {HEADLINES[best.action]}."
    lead = (
        f"{short} Its value is {value_of(best.value, best.hour_price)} over {years}, "
        "with the time it takes subtracted."
    )
    if best.hard_stops or best.action in LEAVING or best.phase is Phase.REJECTED:
        lead = short = _nothing_ahead(verdict.phase for verdict in verdicts)
    notes = _notes(verdicts)
    return [
        *notes,
        table,
        Paragraph(""),
        Paragraph(lead, strong=True, short=short),
        *_typed("To see why", hints.why, typed),
    ]


def _notes(verdicts: Iterable[Verdict]) -> list[Block]:
    """What to check in numbers that look like another unit, each once."""
    notes = dict.fromkeys(note for verdict in verdicts for note in verdict.notes)
    return checks([*notes])
