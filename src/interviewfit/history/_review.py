"""A search at a glance: one line for each live process.

Every process is assessed beside the others, with the pass rates one's own log has
taught where there is one. What a log adds beside that is how long nothing has been
heard, and how likely it is over by now; that chance is said and not priced in, for one
acts on an invitation only if it comes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import isfinite

from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, assess
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.priors import Assumptions
from interviewfit._model.search import Search
from interviewfit._model.units import PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Answer, Phase, StageKind, Term
from interviewfit._reading.dates import to_date
from interviewfit._results.assessment import GOING
from interviewfit._text.assessment_text import HEADLINES, hours_of, percent_of, share_of
from interviewfit._text.html import show_lines
from interviewfit.history._calibration import calibrate
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import PassRate, estimate_pass_rates
from interviewfit.history._waits import Wait, waits_of

__all__ = ["Review", "ReviewLine", "WaitStatus", "review"]

_MOST_UNKNOWN = 3


@frozen(kw_only=True)
class WaitStatus:
    """What a log knows of one process that has not ended.

    Attributes:
        stage: The stage it waits at.
        days: Since it got there.
        over: Chance that it is over; None if the log is too short to say.
    """

    stage: str
    days: int
    over: Probability | None

    def __str__(self) -> str:
        stage = self.stage.replace("_", " ")
        days = "1 day" if self.days == 1 else f"{self.days:,} days"
        if self.over is None:
            return f"{days} since the {stage}, too few answers in the log to read that"
        return f"{days} since the {stage}: {share_of(self.over)} over"


@frozen(kw_only=True)
class ReviewLine:
    """One live process in a line.

    Attributes:
        opportunity: Its name.
        action: What to do.
        worth: What the best action is worth, dealbreakers aside, hours.
        ask: What to find out, if that is what to do; empty if not.
        largest: The largest term of going on, and its hours; None if all are 0.
        fit: As believed now, percent of pay.
        turns: The fit at which staying gives way to leaving, or leaving to staying,
            percent of pay; None where no fit does, or something else is to be done.
        unknown: What nobody has said anything of, the weightiest first.
        stops: Dealbreakers met.
        silence: How long nothing has been heard; None if the log does not know it.
    """

    opportunity: str
    action: Action
    worth: Worth
    ask: str
    largest: tuple[Term, Worth] | None
    fit: PercentOfPay
    turns: PercentOfPay | None
    unknown: tuple[str, ...]
    stops: tuple[str, ...] = ()
    silence: WaitStatus | None = None

    def __str__(self) -> str:
        return f"{self.opportunity}: {'. '.join(self._clauses())}."

    def _clauses(self) -> Iterator[str]:
        """The parts of the line in their order."""
        if self.stops:
            yield f"{self._advice()}, it meets your dealbreaker {', '.join(self.stops)}"
        else:
            yield f"{self._advice()}, {hours_of(self.worth)}"
        if self.largest:
            term, worth = self.largest
            yield f"Largest: {term.value.replace('_', ' ')} {worth:+,.1f} h"
        if self.turns is not None:
            side = "below" if self.turns <= self.fit else "above"
            now = percent_of(self.fit)
            yield f"Flips at a fit {side} {percent_of(self.turns)}, now {now}"
        if self.unknown:
            more = len(self.unknown) - _MOST_UNKNOWN
            named = ", ".join(self.unknown[:_MOST_UNKNOWN])
            yield f"Unknown: {named}{f' and {more} more' if more > 0 else ''}"
        if self.silence:
            yield str(self.silence)

    def _advice(self) -> str:
        """Stay, leave, wait or ask, and what that means here."""
        if self.action is Action.INVESTIGATE:
            return f"ask about {self.ask or 'it'} first"
        if self.action is Action.POSTPONE:
            return "wait (ask to postpone)"
        word = "stay" if self.action in _STAYING else "leave"
        return f"{word} ({HEADLINES[self.action]})"


_INVITED = frozenset(StageKind)
_STAYING = GOING - {Action.FINISH_POLITELY}


@frozen(kw_only=True)
class Review:
    """All live processes of a search. Made by ``review``.

    Attributes:
        standpoints: One for each, in the order of the search.
        notes: What one should know of the log beside them.
    """

    standpoints: tuple[ReviewLine, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [str(one) for one in self.standpoints] or ["No process is live."]
        return "\n".join((*lines, *self.notes))

    def _repr_html_(self) -> str:
        return show_lines(self)


def review(
    search: Search, history: History | None = None, today: date | None = None
) -> Review:
    """What to do about every live process of a search.

    Args:
        search: Who looks, and for what.
        history: One's own log. A process is found in it by its name or company.
        today: The day the log is complete up to; by default the day it is.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit._process.compilation import corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(review(Search(candidate=Candidate(), opportunities=[job])))
    Acme: stay (take it), 12.3 h. Largest: offer +15.2 h. Flips at a fit below -26 ...
    """
    check_kind("review(search)", search, Search)
    if history is not None:
        check_history(history, "review(history)")
    assumptions = search.assumptions
    notes: tuple[str, ...] = ()
    log = _Log(History(), assumptions, today)
    if history is not None:
        log = _Log(history, assumptions, today)
        calibration = calibrate(assumptions, log.history)
        assumptions = calibration.assumptions
        moved = sum(not one.kept for one in calibration.moves)
        notes = (f"Your log moved {moved} of the defaults used here.",)
    live = [
        one for one in search.opportunities if one.position.phase is not Phase.REJECTED
    ]
    found = []
    for one in live:
        others = [other for other in live if other is not one]
        verdict = assess(search.candidate, one, assumptions=assumptions, beside=others)
        found.append(_standpoint(verdict, search.candidate, one, assumptions, log))
    return Review(standpoints=tuple(found), notes=notes)


class _Log:
    """The log as it stands today, ready to be asked about a process."""

    def __init__(
        self, history: History, assumptions: Assumptions, today: date | None
    ) -> None:
        day = to_date(today or datetime.now(UTC), "review(today)")
        end = history.end
        self.history = evolve(history, until=max(day, end) if end else day)
        self.rates = estimate_pass_rates(self.history, assumptions).rates
        self.waits = [
            one
            for one in waits_of(self.history)
            if one.answer in (Answer.OPEN, Answer.SILENT)
        ]
        self.names = {
            process: {
                name.casefold()
                for one in trail
                for name in (process, one.company, f"{one.company}, {one.role}")
                if name
            }
            for process, trail in self.history.trails().items()
        }

    def silence(self, opportunity: Opportunity) -> WaitStatus | None:
        """How long one process has been silent; None unless it alone has its name.

        One with an interview goes before applications of the same name.
        """
        for name in (opportunity.name, opportunity.company):
            own = [one for one in self.waits if self._is_called(one.process, name)]
            own = [one for one in own if one.stage in _INVITED] or own
            if len(own) == 1:
                return _silence(own[0], self.rates[own[0].stage])
        return None

    def _is_called(self, process: str, name: str) -> bool:
        return name.casefold() in self.names[process]


def _silence(wait: Wait, rate: PassRate) -> WaitStatus:
    return WaitStatus(stage=wait.stage, days=wait.days, over=rate.over(wait.days))


def _standpoint(
    verdict: Assessment,
    candidate: Candidate,
    opportunity: Opportunity,
    assumptions: Assumptions,
    log: _Log,
) -> ReviewLine:
    def weight(aspect: str) -> float:
        spread = assumptions.unknown(aspect).sd
        return candidate.priorities.get(aspect, 1.0) * spread

    def told(aspect: str) -> float:
        share = assumptions.reveals(StageKind.RESEARCH, aspect)
        return share * weight(aspect) ** 2

    best = verdict.choices[0]
    going = next((one for one in verdict.choices if one.action in GOING), best)
    terms = (best if best.terms else going).terms
    looked = verdict.action is Action.INVESTIGATE and verdict.unknown
    return ReviewLine(
        opportunity=verdict.opportunity,
        action=verdict.action,
        worth=best.worth,
        ask=max(verdict.unknown, key=told) if looked else "",
        largest=max(terms.items(), key=lambda pair: abs(pair[1])) if terms else None,
        fit=verdict.mean,
        turns=_turning_point(verdict),
        unknown=tuple(sorted(verdict.unknown, key=weight, reverse=True)),
        stops=verdict.hard_stops,
        silence=log.silence(opportunity),
    )


def _turning_point(verdict: Assessment) -> PercentOfPay | None:
    """The fit at which the decision between staying and leaving turns.

    That is the threshold of the step ahead; in mid-interview that of the one after it,
    which parts *continue* from *finish politely*. Others that run do not move it, since
    a process is never begun below its threshold; an offer among them does.
    """
    others = verdict.decision.beside
    if any(one.position.phase is Phase.OFFERED for one in others):
        return None
    if verdict.hard_stops or verdict.action in (Action.POSTPONE, Action.INVESTIGATE):
        return None
    midway = verdict.phase is Phase.MIDWAY and verdict.action is not Action.LEAVE
    ahead = verdict.thresholds[1:2] if midway else verdict.thresholds[:1]
    return next((one.fit for one in ahead if isfinite(one.fit)), None)
