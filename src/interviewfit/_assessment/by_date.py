"""An assessment in a search with dates, as the plan of that search has it."""

from collections.abc import Callable
from math import inf
from typing import TypeVar

from attrs import evolve

from interviewfit._calendar.dated_offers import LETTING_GO
from interviewfit._calendar.settling import MADE_BY_DATES, SettledSearch
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._results.assessment import GOING, Choice, Verdict
from interviewfit._results.reasons import Reasons

AnyVerdict = TypeVar("AnyVerdict", bound=Verdict)

# Stages of a search that is solved once more for each choice about an offer, at most.
_MOST_STAGES = 100
# What is done about an offer that another search is settled for than if it is answered.
_DIFFERING = frozenset({Action.ASK_FIRST, Action.POSTPONE})


def assess_by_date(
    undated: AnyVerdict,
    settled: SettledSearch,
    again: Callable[..., Verdict],
) -> AnyVerdict:
    """The assessment of one process of a search with dates.

    It has the rule up to the first date if the process is part of it, and the action of
    the plan of the same search.

    Args:
        undated: Of the same process in the settled search.
        settled: The search.
        again: ``assess``, for the same opportunity in another settled search.
    """
    answer, name = settled.answer, undated.opportunity
    if answer is None:
        return undated
    notes = (*undated.notes, *settled.notes)
    rule = answer.rule if answer.follows_rule else None
    if undated.phase is Phase.OFFERED and name in answer.actions:
        return _offer(evolve(undated, notes=notes, rule=rule), settled, again)
    if rule is None:
        return evolve(undated, notes=notes)
    named = {stage.opportunity for stage in rule.stages}
    named.update(limit.opportunity for limit in rule.limits)
    shown = evolve(undated, notes=notes, rule=rule if name in named else None)
    return _hurried(shown, settled) if answer.hurried == name else shown


def alike(action: Action) -> Action:
    """What one does about an offer without dates that leads to the same.

    Who is given more time waits, as with an offer that stays open.

    Args:
        action: About an offer with a last day.

    >>> alike(Action.ASK_FOR_TIME), alike(Action.LET_IT_LAPSE)
    (<Action.POSTPONE: 'postpone'>, <Action.DECLINE_OFFER: 'decline_offer'>)
    """
    same = {
        Action.ASK_FOR_TIME: Action.POSTPONE,
        Action.LET_IT_LAPSE: Action.DECLINE_OFFER,
    }
    return same.get(action, action)


def reasons_by_date(reasons: Reasons) -> Reasons:
    """The reasons of an answer without what dates make of an offer.

    Nobody has said that it stands for sure, or that to keep it costs nothing.
    """
    return reasons.without(MADE_BY_DATES)


def _offer(
    undated: AnyVerdict,
    settled: SettledSearch,
    again: Callable[..., Verdict],
) -> AnyVerdict:
    """The assessment of an offer: each choice against letting it go.

    What is done about it comes first; what the offer adds is the whole of each value,
    beside what an end brings in any case.

    Args:
        undated: Of the same offer in the settled search.
        settled: The search.
        again: As ``assess_by_date`` has it.
    """
    answer, name = settled.answer, undated.opportunity
    if answer is None:
        return undated
    values, best = answer.values[name], answer.actions[name]
    gone = next(values[action] for action in values if action in LETTING_GO)
    known = {choice.action: choice for choice in undated.choices}
    followed = _followed(undated, settled, again)
    # What an offer brings whatever is done about it.
    end_terms = dict(known[Action.DECLINE_OFFER].terms)
    end_terms.pop(Term.OFFER, None)
    choices = []
    for action, value in values.items():
        adds = value - gone
        if action is Action.POSTPONE and best is Action.POSTPONE:
            # It waits for what is done first.
            adds = max(adds, answer.value - gone)
        terms = {**end_terms, **settled.split(action, adds, name)}
        total = adds + sum(end_terms.values())
        hours = settled.hours_of(action, name)
        made = followed[alike(action)]
        # Stages are those of the choice itself, and none of what is asked for it.
        reach = made.reach if made.action is action else ()
        made = evolve(made, action=action, value=total, terms=terms, hours=hours)
        choices.append(evolve(made, reach=reach))
    # What is done comes first among equal ones.
    choices.sort(key=lambda choice: (choice.action is not best, -choice.value))
    choices.sort(key=lambda choice: -choice.value)
    first = next(choice for choice in choices if choice.action is best)
    choices.remove(first)
    action = undated.action if undated.hard_stops else best
    return evolve(
        undated,
        action=action,
        choices=(first, *choices),
        action_without_side_values=best,
        decisive_priors=(),
        action_without_unspoken=None,
    )


def _followed(
    undated: Verdict,
    settled: SettledSearch,
    again: Callable[..., Verdict],
) -> dict[Action, Choice]:
    """What each thing that is done about an offer leads to, if it is done.

    Each is that choice in the search as it is settled for it: an offer is kept for
    sure where keeping it is looked at, and not where something else is. Of very large
    searches, each of which would take long, all are read off the one settled for what
    is advised.

    Args:
        undated, settled, again: As ``_offer``.

    Returns:
        By what leads to the same without dates (``alike``).
    """
    answer, name = settled.answer, undated.opportunity
    if answer is None:
        return {}
    values, best = answer.values[name], alike(answer.actions[name])
    settles = {choice.action: choice for choice in undated.choices}
    # Whoever keeps it, with nothing else in sight, answers it as on its last day.
    gone = next(values[action] for action in values if action in LETTING_GO)
    is_taken = values[Action.ACCEPT_OFFER] >= gone
    stages = sum(len(job.stages) for job in settled.opportunities)
    followed = {}
    for action in dict.fromkeys(map(alike, values)):
        choices = settles
        if action in _DIFFERING and action is not best and stages <= _MOST_STAGES:
            instead = settled.doing(action, name)
            jobs = {job.name: job for job in instead.opportunities}
            verdict = again(
                instead.candidate,
                jobs.pop(name),
                assumptions=instead.assumptions,
                beside=tuple(jobs.values()),
            )
            choices = {choice.action: choice for choice in verdict.choices}
        last = Action.ACCEPT_OFFER if is_taken else Action.DECLINE_OFFER
        followed[action] = choices[action if action in choices else last]
    return followed


def _hurried(undated: AnyVerdict, settled: SettledSearch) -> AnyVerdict:
    """The assessment of a process that is asked for an earlier date.

    To ask is worth going on and what the earlier date adds to the whole search.

    Args:
        undated: Of the same process in the settled search.
        settled: The search.
    """
    answer = settled.answer
    gain = answer.gain_of_hurrying if answer else 0.0
    going = next((choice for choice in undated.choices if choice.action in GOING), None)
    if going is None or going.value == -inf:
        return undated
    terms = dict(going.terms)
    for term, worth in settled.split(Action.HURRY, gain).items():
        terms[term] = terms.get(term, 0.0) + worth
    hurry = evolve(
        going,
        action=Action.HURRY,
        value=going.value + gain,
        terms=terms,
        hours=going.hours + settled.hours_of(Action.HURRY),
    )
    return evolve(
        undated,
        action=undated.action if undated.hard_stops else Action.HURRY,
        choices=(hurry, *undated.choices),
        action_without_side_values=Action.HURRY,
        decisive_priors=(),
    )
