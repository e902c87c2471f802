"""A review of a search: one line of advice for each running process.

Every process is assessed beside the others, with the pass rates that the candidate's
log teaches. How likely a silent process is dead is shown and does not change the
advice, because the candidate acts on an invitation only once it comes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import isfinite

from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment, assess
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Action, Answer, Phase, StageKind, Term
from interviewfit._reading.dates import to_date
from interviewfit._results.assessment import GOING
from interviewfit._text.assessment_text import HEADLINES, hours_of, percent_of, share_of
from interviewfit._text.html import show_lines
from interviewfit.history._calibration import calibrate
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import estimate_pass_rates
from interviewfit.history._waits import find_waits

_MAX_UNKNOWN = 3
_INVITED = frozenset(StageKind)
_STAYING = GOING - {Action.FINISH_POLITELY}


@frozen(kw_only=True)
class WaitStatus:
    """How long a process has been silent, by the log.

    Attributes:
        stage: The stage at which it waits, one of ``STAGES``.
        days: Days since it reached that stage.
        dead_probability: That the process is dead; None if the log has too few answers.
    """

    stage: str
    days: int
    dead_probability: Probability | None

    def __str__(self) -> str:
        stage = self.stage.replace("_", " ")
        days = "1 day" if self.days == 1 else f"{self.days:,} days"
        silence = f"No news for {days} since the {stage}"
        if self.dead_probability is None:
            return f"{silence}; your log has too few answers to tell what that means"
        return f"{silence}: {share_of(self.dead_probability)} chance that it is dead"


@frozen(kw_only=True)
class ReviewLine:
    """The advice for one running process, in a line.

    Attributes:
        opportunity: Name of the opportunity.
        action: What to do.
        value: Value of the best action, dealbreakers aside, hours.
        ask_about: The aspect to find out about first, if that is advised; else empty.
        largest_term: The largest term of the value of going on, and its size in hours;
            None if all terms are 0.
        fit: The fit as believed now, percent of pay.
        switching_fit: The fit at which the advice switches between staying and leaving,
            percent of pay; None if no fit does that, or the advice is to wait or ask.
        unknown: Aspects that nobody has said anything about, most important first.
        dealbreakers: The candidate's dealbreakers that it meets.
        wait: How long it has been silent; None if the log does not hold it.
    """

    opportunity: str
    action: Action
    value: Worth
    ask_about: str
    largest_term: tuple[Term, Worth] | None
    fit: PercentOfPay
    switching_fit: PercentOfPay | None
    unknown: tuple[str, ...]
    dealbreakers: tuple[str, ...] = ()
    wait: WaitStatus | None = None

    def __repr__(self) -> str:
        return f"<ReviewLine {self.opportunity:.40}: {self.action}>"

    def __str__(self) -> str:
        return f"{self.opportunity}: {'. '.join(self._sentences())}."

    def _sentences(self) -> Iterator[str]:
        """Yield the sentences of the line, without their full stops."""
        advice = f"leave ({HEADLINES[self.action]})"
        if self.action is Action.INVESTIGATE:
            advice = f"ask about {self.ask_about or 'it'} first"
        elif self.action is Action.POSTPONE:
            advice = "wait (ask to postpone)"
        elif self.action in _STAYING:
            advice = f"stay ({HEADLINES[self.action]})"
        reason = f"worth {hours_of(self.value)}"
        if self.dealbreakers:
            reason = f"it meets your dealbreaker {', '.join(self.dealbreakers)}"
        yield f"{advice}, {reason}"
        if self.largest_term:
            term, hours = self.largest_term
            yield f"Largest term: {term.value.replace('_', ' ')}, {hours:+,.1f} h"
        if self.switching_fit is not None:
            now, limit = percent_of(self.fit), percent_of(self.switching_fit)
            rule = f"Go on only if you come to believe a fit above {limit}"
            if self.switching_fit <= self.fit:
                rule = f"Leave if you come to believe a fit below {limit}"
            yield f"{rule}; now {now}"
        if self.unknown:
            more = len(self.unknown) - _MAX_UNKNOWN
            names = ", ".join(self.unknown[:_MAX_UNKNOWN])
            yield f"Unknown: {names}{f' and {more} more' if more > 0 else ''}"
        if self.wait:
            yield str(self.wait)


@frozen(kw_only=True)
class Review:
    """The advice for all running processes of a search. Made by ``review``.

    Attributes:
        lines: One for each running process, in the order of the search.
        notes: What the log changed.
    """

    lines: tuple[ReviewLine, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Review of {len(self.lines):,} processes>"

    def __str__(self) -> str:
        lines = [str(line) for line in self.lines] or ["No opportunity is running."]
        return "\n".join((*lines, *self.notes))

    def _repr_html_(self) -> str:
        return show_lines(self)


def review(
    search: Search, history: History | None = None, today: date | None = None
) -> Review:
    """Return what to do about every running process of a search.

    Args:
        search: The candidate and opportunities; the log knows their names or companies.
        history: The candidate's event log.
        today: The last day that the log covers; the present day if None.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit import corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(review(Search(candidate=Candidate(), opportunities=[job])))
    Acme: stay (take it), worth 12.3 h. Largest term: offer, +15.2 h. Leave if you ...
    """
    check_kind("review(search)", search, Search)
    if history is not None:
        check_history(history, "review(history)")
    log = _SilenceLog(history or History(), search.assumptions, today)
    assumptions = search.assumptions
    notes: tuple[str, ...] = ()
    if history is not None:
        calibration = calibrate(assumptions, log.history)
        assumptions = calibration.assumptions
        moved = sum(not change.kept for change in calibration.changes)
        notes = (f"Your log moved {moved} of the defaults used here.",)
    running = [
        opportunity
        for opportunity in search.opportunities
        if opportunity.position.phase is not Phase.REJECTED
    ]
    lines = []
    for opportunity in running:
        rivals = [rival for rival in running if rival is not opportunity]
        assessment = assess(
            search.candidate, opportunity, assumptions=assumptions, beside=rivals
        )
        wait = log.wait_status(opportunity)
        lines.append(_review_line(assessment, search.candidate, assumptions, wait))
    return Review(lines=tuple(lines), notes=notes)


class _SilenceLog:
    """The waits of a log that are without news today, by the names of their process.

    Args:
        history, assumptions: The event log, possibly empty, and the defaults before it.
        today: The last day of the log, unless an event is later; None for the present.
    """

    def __init__(
        self, history: History, assumptions: Assumptions, today: date | None
    ) -> None:
        day = to_date(today or datetime.now(UTC), "review(today)")
        end = history.end
        self.history = evolve(history, until=max(day, end) if end else day)
        self.rates = estimate_pass_rates(self.history, assumptions).by_stage
        self.waits = [
            wait
            for wait in find_waits(self.history)
            if wait.answer in (Answer.OPEN, Answer.SILENT)
        ]
        self.names = {
            process: {
                name.casefold()
                for event in events
                for name in (process, event.company, f"{event.company}, {event.role}")
                if name
            }
            for process, events in self.history.events_by_process().items()
        }

    def wait_status(self, opportunity: Opportunity) -> WaitStatus | None:
        """Return how long an opportunity has been silent; None if the log is ambiguous.

        It is looked up by its own name, then by its company. Interviews are preferred
        to applications of the same name; two processes of that name give None.
        """
        for name in (opportunity.name.casefold(), opportunity.company.casefold()):
            waits = [wait for wait in self.waits if name in self.names[wait.process]]
            waits = [wait for wait in waits if wait.stage in _INVITED] or waits
            if len(waits) == 1:
                stage, days = waits[0].stage, waits[0].days
                dead = self.rates[stage].dead_probability(days)
                return WaitStatus(stage=stage, days=days, dead_probability=dead)
        return None


def _review_line(
    assessment: Assessment,
    candidate: Candidate,
    assumptions: Assumptions,
    wait: WaitStatus | None,
) -> ReviewLine:
    """Return an assessment in a line.

    An unknown aspect matters by its prior sd, percent of pay, times its priority;
    research first settles the one of which it reveals most variance.

    Args:
        assessment, wait: The assessment beside its rivals, and how long it is silent.
        candidate, assumptions: Have the priorities, sds and what research reveals.
    """
    weights = {
        aspect: candidate.priorities.get(aspect, 1.0) * assumptions.unknown(aspect).sd
        for aspect in assessment.unknown
    }
    ask_about = ""
    if assessment.action is Action.INVESTIGATE and weights:
        settled = {
            aspect: assumptions.reveals(StageKind.RESEARCH, aspect) * weight**2
            for aspect, weight in weights.items()
        }
        ask_about = max(settled, key=settled.__getitem__)
    best = assessment.choices[0]
    going = next((way for way in assessment.choices if way.action in GOING), best)
    terms = (best if best.terms else going).terms
    largest = max(terms.items(), key=lambda term: abs(term[1])) if terms else None
    return ReviewLine(
        opportunity=assessment.opportunity,
        action=assessment.action,
        value=best.worth,
        ask_about=ask_about,
        largest_term=largest,
        fit=assessment.mean,
        switching_fit=_switching_fit(assessment),
        unknown=tuple(sorted(weights, key=weights.__getitem__, reverse=True)),
        dealbreakers=assessment.hard_stops,
        wait=wait,
    )


def _switching_fit(assessment: Assessment) -> PercentOfPay | None:
    """Return the fit at which the advice switches between staying and leaving.

    That is the threshold of the next step, or in mid-interview of the step after it.
    An offer in hand moves it, so there is no such fit beside one.
    """
    rivals = assessment.decision.beside
    beside_offer = any(rival.position.phase is Phase.OFFERED for rival in rivals)
    undecided = assessment.action in (Action.POSTPONE, Action.INVESTIGATE)
    if beside_offer or undecided or assessment.hard_stops:
        return None
    midway = assessment.phase is Phase.MIDWAY and assessment.action is not Action.LEAVE
    ahead = assessment.thresholds[1:2] if midway else assessment.thresholds[:1]
    return next((limit.fit for limit in ahead if isfinite(limit.fit)), None)
