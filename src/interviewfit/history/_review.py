"""A review of a search: one line of advice for each running process.

Every process is assessed beside the others, with the pass rates that the candidate's
log teaches. How likely a silent process is dead is shown and does not change the
advice, because the candidate acts on an invitation only once it comes.

Search and log are set against each other (``_matching``). Where they differ, the one
that knows of the later stage counts, and a note says so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import ClassVar

from attrs import evolve, frozen

from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.dates import FIRST_DAY, to_date
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.money import Money
from interviewfit._model.news_beside import without_rivals
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import PercentOfPay, Worth, number_of
from interviewfit._model.vocabulary import (
    TERM_NAMES,
    Action,
    Answer,
    Phase,
    StageKind,
    Term,
)
from interviewfit._portfolio.assessing_all import assess_all
from interviewfit._reading.dates import local_today
from interviewfit._results.assessment import GOING
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import left_out, percent_of, value_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import aspect_name
from interviewfit._text.reasons_text import stop_words
from interviewfit.history._calibration import calibrate
from interviewfit.history._log import History, check_history
from interviewfit.history._matching import (
    LoggedProcess,
    logged_processes,
    match_processes,
    missing_notes,
    reconcile,
)
from interviewfit.history._next_dates import NextDate, WaitStatus, next_date
from interviewfit.history._pass_rates import PassRate
from interviewfit.history._stage_days import fill_days, fill_next_dates

_MAX_UNKNOWN = 3
_STAYING = GOING - {Action.FINISH_POLITELY}
_WAITING = {
    Action.POSTPONE: "wait (ask to postpone)",
    **{
        action: HEADLINES[action]
        for action in (Action.ASK_FOR_TIME, Action.HURRY, Action.LET_IT_LAPSE)
    },
}

_ABOUT_OFFERS = frozenset(
    {
        *(Action.ACCEPT_OFFER, Action.DECLINE_OFFER, Action.ASK_FIRST),
        *(Action.ASK_FOR_TIME, Action.LET_IT_LAPSE),
    }
)


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
        hour_price: What an hour of value is worth in money; None without a salary.
        next_date: When something should be done next; None if nobody knows.
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
    hour_price: Money | None = None
    next_date: NextDate | None = None

    def __repr__(self) -> str:
        return f"<ReviewLine {self.opportunity:.40}: {self.action}>"

    def __str__(self) -> str:
        return f"{self.opportunity}: {'. '.join(self._sentences())}."

    def _sentences(self) -> Iterator[str]:
        """Yield the sentences of the line, without their full stops."""
        advice = f"leave ({HEADLINES[self.action]})"
        if self.action is Action.INVESTIGATE:
            advice = HEADLINES[self.action]
        elif self.action is Action.ASK_FIRST:
            asked = f"the {aspect_name(self.ask_about)}" if self.ask_about else "it"
            advice = f"ask about {asked} first"
        elif self.action in _WAITING:
            advice = _WAITING[self.action]
        elif self.action in _STAYING:
            advice = f"stay ({HEADLINES[self.action]})"
        reason = f"worth {value_of(self.value, self.hour_price)}"
        if self.dealbreakers:
            reason = stop_words(self.dealbreakers)
        yield f"{advice}, {reason}"
        if self.largest_term and not self.dealbreakers:
            term, hours = self.largest_term
            yield f"Largest part: {self._term_name(term)}, {hours:+,.1f} h"
        if self.switching_fit is not None:
            now, limit = percent_of(self.fit), percent_of(self.switching_fit)
            rule = (
                f"You believe in a fit of {now}; go on only if it rises above {limit}"
            )
            if self.switching_fit <= self.fit:
                rule = f"You believe in a fit of {now}; leave if it falls below {limit}"
            yield rule
        if self.unknown:
            more = len(self.unknown) - _MAX_UNKNOWN
            names = ", ".join(map(aspect_name, self.unknown[:_MAX_UNKNOWN]))
            yield f"Unknown: {names}{left_out(more, 'unknown')}"
        yield from (str(part) for part in (self.wait, self.next_date) if part)

    def _term_name(self, term: Term) -> str:
        """A term in words; an offer in hand leads to no other."""
        is_offer = self.action in _ABOUT_OFFERS and term is Term.OFFER
        return "the job, if you accept" if is_offer else TERM_NAMES[term]


@frozen(kw_only=True)
class Review(Tabular):
    """The advice for all running processes of a search. Made by ``review``.

    Attributes:
        lines: One for each running process, in the order of the search.
        notes: Where the log and the search differ, and what the log changed.
        behind: Names of the opportunities of which the log knows more than the search.
    """

    _row_name: ClassVar[str] = "lines"

    lines: tuple[ReviewLine, ...]
    notes: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Review of {number_of(len(self.lines), 'process')}>"

    def __str__(self) -> str:
        lines = [str(line) for line in self.lines] or ["No opportunity is running."]
        return "\n".join((*lines, *self.notes))

    def _repr_html_(self) -> str:
        return show_lines(self)


def review(
    search: Search, history: History | None = None, today: date | str | None = None
) -> Review:
    """Return what to do about every running process of a search.

    The work grows with the stages of all processes, and with the events of the log.

    Args:
        search: The candidate and their opportunities.
        history: The candidate's event log. A process is found in it by the name of the
            opportunity or of its company, "Inc." and the like aside.
        today: The present day, and the last day that the log covers. If None, that is
            where the computer stands; it must be said if something has to be answered
            by a date.

    A process that has ended by the log has a note instead of a line.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit import Opportunity, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> print(review(Search(candidate=Candidate(), opportunities=[job])))
    Acme: stay (take it), worth 12.3 h. Largest part: the offer it may ...
    """
    check_kind("review(search)", search, Search)
    if history is not None:
        check_history(history, "review(history)")
    end = (history.end if history else None) or FIRST_DAY
    day = max(to_date(today or local_today(), "review(today)"), end)
    log = evolve(history, until=day) if history else History()
    calibration = calibrate(search.assumptions, log)
    assumptions, rates = calibration.assumptions, calibration.pass_rates.by_stage
    running = [
        opportunity
        for opportunity in search.opportunities
        if opportunity.position.phase is not Phase.REJECTED
    ]
    logged = logged_processes(log)
    matches = match_processes(running, logged)
    stated = {job.name: job for job in running}
    running, notes = reconcile(running, matches)
    live = {job.name: job for job in running}
    behind = tuple(name for name, job in stated.items() if live.get(name) != job)
    if history is not None:
        notes.extend(missing_notes(running, matches, logged))
        count = sum(not change.kept for change in calibration.changes)
        moved = f"Your log moved {count} of the defaults used here."
        few = "Your log has too few answers to move any of the defaults used here."
        notes.append(moved if count else few)
    dated, filled = _on_dates(search.candidate, running, matches, rates, day)
    notes += filled
    known = day if today or history is not None else None
    lines = []
    assessments = (
        assess_all(search.candidate, dated, assumptions, known, brief=True)
        if running
        else []
    )
    for opportunity, assessment in zip(running, assessments, strict=True):
        wait = _wait_status(matches.get(opportunity.name), rates)
        line = _review_line(assessment, search.candidate, assumptions, wait)
        # Without a day or a log, whatever date was stated is still to come.
        on = next_date(opportunity, wait, known or FIRST_DAY)
        lines.append(evolve(line, next_date=on))
    counts = Counter(note for answer in assessments for note in answer.notes)
    for opportunity, assessment in zip(running, assessments, strict=True):
        # What several have in common is said once.
        notes += [
            f"Check{'' if counts[note] > 1 else f' {opportunity.name}'}: {note}"
            for note in assessment.notes
        ]
    return Review(lines=tuple(lines), notes=tuple(dict.fromkeys(notes)), behind=behind)


def _on_dates(
    candidate: Candidate,
    running: list[Opportunity],
    matches: Mapping[str, LoggedProcess],
    rates: Mapping[str, PassRate],
    today: date,
) -> tuple[list[Opportunity], list[str]]:
    """Return processes with the days that the log has learned, where days matter.

    Args:
        candidate, running: Whose processes run; without a date or a price of a day they
            stay as they are.
        matches: The processes in the log, by name.
        rates: The pass rates of the log, by stage.
        today: The present day.
    """
    has_dates = candidate.fallback_from or any(job.answer_by for job in running)
    if not (has_dates or candidate.day_cost):
        return running, []
    waits = {
        name: match.wait
        for name, match in matches.items()
        if match.wait and match.wait.answer in (Answer.OPEN, Answer.SILENT)
    }
    dated, filled = fill_days(running, rates)
    dated, expected = fill_next_dates(dated, waits, rates, today)
    return dated, [*filled, *expected]


def _wait_status(
    match: LoggedProcess | None, rates: Mapping[str, PassRate]
) -> WaitStatus | None:
    """Return how long a process has been silent; None if the log does not say.

    Args:
        match: The process in the log; None if it is not there or not clear which it is.
        rates: The pass rates of the log, by stage.
    """
    wait = match.wait if match else None
    if (
        wait is None
        or wait.answer not in (Answer.OPEN, Answer.SILENT)
        or not wait.start
    ):
        return None
    rate = rates[wait.stage]
    return WaitStatus(
        stage=wait.stage,
        days=wait.least_days,
        dead_probability=rate.dead_probability(wait.least_days),
        ask_day=rate.ask_day,
        write_off_day=rate.write_off_day,
    )


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
    asks = assessment.action is Action.ASK_FIRST
    ask_about = next(iter(assessment.ask_about), "") if asks else ""
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
        value=best.value,
        ask_about=ask_about,
        largest_term=largest,
        fit=assessment.mean,
        switching_fit=_switching_fit(assessment),
        unknown=tuple(sorted(weights, key=weights.__getitem__, reverse=True)),
        dealbreakers=assessment.hard_stops,
        wait=wait,
        hour_price=assessment.hour_price,
    )


def _switching_fit(assessment: Assessment) -> PercentOfPay | None:
    """Return the fit at which the advice switches between staying and leaving.

    That is the threshold of the next step, or in mid-interview of the step after it,
    less what the interview is expected to change of the job. An offer in hand moves it,
    so there is no such fit beside one.
    """
    rivals = assessment.decision.beside
    beside_offer = any(rival.position.phase is Phase.OFFERED for rival in rivals)
    detours = (Action.POSTPONE, Action.INVESTIGATE, Action.ASK_FIRST)
    undecided = assessment.action in detours
    if beside_offer or undecided or assessment.hard_stops:
        return None
    midway = assessment.phase is Phase.MIDWAY and assessment.action is not Action.LEAVE
    ahead = assessment.thresholds[1:2] if midway else assessment.thresholds[:1]
    if not ahead or not isfinite(ahead[0].fit):
        return None
    if not midway:
        return ahead[0].fit
    process = compile_problem(without_rivals(assessment.decision)).process
    return ahead[0].fit - process.steps[0].drift / process.hours_per_percent
