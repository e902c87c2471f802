"""Answers made up, so that each line of an explanation is tested by itself."""

from datetime import date
from math import inf
from typing import Any

from interviewfit import Action, Money, Phase, Term
from interviewfit.records import (
    Choice,
    DatedStage,
    DeadlineRule,
    LapseLimit,
    Threshold,
    Verdict,
)

PRICE = Money(amount=30, currency="EUR")

TERMS = {
    Term.OFFER: 16.25,
    Term.NETWORKING: 0.5,
    Term.PRACTICE: 0.75,
    Term.TIME: -5.3,
}
AHEAD = (("hr screen", 1.0), ("panel", 0.456), ("executive", 0.004))
# Each open action at each phase beside its opposite.
OPPOSITES = {
    Action.TAKE: (Phase.BEFORE, Action.DECLINE),
    Action.CONTINUE: (Phase.BEFORE, Action.WITHDRAW_POLITELY),
    Action.FINISH_POLITELY: (Phase.MIDWAY, Action.LEAVE),
    Action.WITHDRAW_POLITELY: (Phase.BEFORE, Action.CONTINUE),
    Action.LEAVE: (Phase.MIDWAY, Action.FINISH_POLITELY),
    Action.DECLINE: (Phase.BEFORE, Action.TAKE),
    Action.POSTPONE: (Phase.BEFORE, Action.TAKE),
    Action.INVESTIGATE: (Phase.BEFORE, Action.TAKE),
    Action.ACCEPT_OFFER: (Phase.OFFERED, Action.DECLINE_OFFER),
    Action.DECLINE_OFFER: (Phase.OFFERED, Action.ACCEPT_OFFER),
    Action.ASK_FIRST: (Phase.OFFERED, Action.DECLINE_OFFER),
    Action.ASK_FOR_TIME: (Phase.OFFERED, Action.ACCEPT_OFFER),
    Action.HURRY: (Phase.BEFORE, Action.DECLINE),
    Action.LET_IT_LAPSE: (Phase.OFFERED, Action.ACCEPT_OFFER),
    Action.MOVE_ON: (Phase.REJECTED, None),
}
RULE = DeadlineRule(
    on=date(2026, 12, 4),
    offers=("Heron", "Kestrel"),
    stages=(
        DatedStage(
            on=date(2026, 12, 1), opportunity="Acme", stage="hr screen", above=-12.0
        ),
        DatedStage(on=date(2026, 12, 2), opportunity="Bolt", stage="panel", above=-inf),
        DatedStage(on=date(2026, 12, 2), opportunity="Core", stage="panel", above=inf),
    ),
    limits=(
        LapseLimit(opportunity="Acme", above=12.5),
        LapseLimit(opportunity="Bolt", above=inf),
        LapseLimit(opportunity="Core", above=-inf),
    ),
    rest_value=3.0,
    value=30.0,
    standard_error=0.4,
    upper=33.0,
)
GOING = {Action.TAKE, Action.CONTINUE, Action.FINISH_POLITELY}
DETOURS = {Action.POSTPONE, Action.INVESTIGATE, Action.ASK_FIRST}


def choice(action: Action, worth: float) -> Choice:
    """A choice with terms and a way ahead, if it goes on."""
    if action in GOING or action in DETOURS:
        return Choice(
            action=action,
            value=worth,
            terms=TERMS,
            accept_probability=0.036,
            hours=5.3,
            reach=AHEAD,
        )
    return Choice(action=action, value=worth, terms={})


def verdict(action: Action, **more: Any) -> Verdict:
    """An answer that says to do something, 12.2 h better than its opposite."""
    phase, other = OPPOSITES[action]
    choices = [choice(action, 12.2 if action in GOING else 0.0)]
    if other:
        choices.append(choice(other, choices[0].value - 12.2))
    given: dict[str, Any] = {
        "opportunity": "Acme",
        "phase": phase,
        "stage": "hr screen",
        "action": action,
        "choices": tuple(choices),
        "mean": -8.4,
        "sd": 23.3,
        "thresholds": (),
        "information_value": 0.0,
        "hard_stops": (),
        "unknown": (),
        "action_without_side_values": action,
        "decisive_priors": (),
    }
    return Verdict(**{**given, **more})


def thresholds(*fits: float) -> tuple[Threshold, ...]:
    """Thresholds of stages called a, b …, before and midway in turn."""
    phases = (Phase.BEFORE, Phase.MIDWAY)
    return tuple(
        Threshold(stage="ab"[number // 2], phase=phases[number % 2], fit=fit)
        for number, fit in enumerate(fits)
    )
