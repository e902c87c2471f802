"""A search with dates as one without: its offers are answered, or stand for good.

Dates decide what is done about the offers (``dated_offers``). For everything else that
is said of the processes, an offer that is accepted, asked about or let go does not wait
any more, and the one that is kept stands for sure. So a plan and an assessment of each
process follow from the same search, and agree.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from interviewfit._model.dates import to_date
from interviewfit._model.decision import check_days, has_dates, pay_as_reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Action, Term
from interviewfit.errors import InvalidFieldError

if TYPE_CHECKING:
    from interviewfit._calendar.dated_offers import DatedAnswer
    from interviewfit._calendar.dated_search import DatedSearch


@frozen(eq=False)
class SettledSearch:
    """A search whose dates have been taken into account.

    Attributes:
        candidate, opportunities, assumptions: The same search without dates.
        search: With its dates.
        answer: What is done about its offers; None if no date changes anything.
    """

    candidate: Candidate
    opportunities: tuple[Opportunity, ...]
    assumptions: Assumptions
    search: "DatedSearch"
    answer: "DatedAnswer | None"

    @property
    def today(self) -> date:
        """The present day."""
        return self.search.agenda.today

    @property
    def notes(self) -> tuple[str, ...]:
        """What is assumed of dates, a sentence each."""
        notes = list(self.search.agenda.notes) if self.answer else []
        open_ended = [o.name for o in self.search.offers if o.job.answer_by is None]
        if self.answer and open_ended and len(open_ended) < len(self.search.offers):
            names = ", ".join(sorted(open_ended))
            notes.append(
                f"nobody has said until when the offer of {names} stands: as long as "
                "the first of the others is assumed. If you know it, say it by "
                "`interviewfit edit`, or write it into the opportunity, such as "
                '"answer_by": "2026-12-09".'
            )
        return tuple(notes)

    def hours_of(self, action: Action, name: str = "") -> Hours:
        """The hours that an action takes at once: a call, a message or nothing.

        Args:
            action: What is done.
            name: The opportunity of the offer that is asked about.
        """
        if action in (Action.ASK_FOR_TIME, Action.HURRY):
            return self.search.assumptions["asking"]
        if action is not Action.ASK_FIRST:
            return 0.0
        calls = (
            offer.process.call for offer in self.search.offers if offer.name == name
        )
        return next((call.hours for call in calls if call), 0.0)

    def doing(self, action: Action, name: str) -> "SettledSearch":
        """The same search with something else done about an offer.

        Args:
            action: What is done.
            name: The opportunity of the offer.
        """
        if self.answer is None:
            return self
        # Imported where dates matter.
        from interviewfit._calendar.dated_offers import beside_action

        actions = {
            offer.name: action
            if offer.name == name
            else beside_action(self.search, offer, action)
            for offer in self.search.offers
        }
        answer = evolve(self.answer, actions=actions, kept=name)
        return _settled(self.candidate, self.opportunities, self.search, answer)

    @property
    def hours_of_message(self) -> Hours:
        """The hours to ask a firm for time or for an earlier date, if that is best."""
        if self.answer is None:
            return 0.0
        asks = Action.ASK_FOR_TIME in self.answer.actions.values()
        return self.hours_of(Action.HURRY) if asks or self.answer.hurried else 0.0

    def split(self, action: Action, adds: Worth, name: str = "") -> dict[Term, Worth]:
        """What an action adds in all by term: the time that it takes, and the offer.

        Args:
            action, name: As ``hours_of``.
            adds: What it adds in all, hours.
        """
        time = -self.hours_of(action, name) * self.search.candidate.weights.time
        terms = {Term.OFFER: adds - time, Term.TIME: time}
        return {term: worth for term, worth in terms.items() if worth}

    @property
    def value_in_undated(self) -> Worth:
        """The value of the same search without dates, by the index, hours."""
        answer = self.answer
        if answer is None or not answer.kept:
            return self.search.forever(0.0)
        offers = {offer.name: offer for offer in self.search.offers}
        if answer.actions[answer.kept] in _KEEPING:
            return self.search.forever(offers[answer.kept].surplus)
        return answer.value


MADE_BY_DATES = frozenset({"stays_open", "questions_asked", "numbers.asking"})
"""Names of what a settled search says of its offers and nobody has said."""
_KEEPING = frozenset({Action.POSTPONE, Action.ASK_FOR_TIME})


def settle(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    today: date | str | None,
    assumptions: Assumptions,
    where: str,
    progress: Callable[[int, int], None] | None = None,
) -> SettledSearch | None:
    """A search as one without dates; None if it has none that matter.

    Args:
        candidate: Who decides.
        opportunities: All their processes, in any order.
        today: The present day.
        assumptions: Numbers left open.
        where: The argument that has the day, such as ``"plan(today)"``, for an error.
        progress: As ``decide_by_date``.

    Raises:
        InvalidFieldError: If *today* is missing or no date, or a date has passed or
            does not fit the others.
    """
    day = None if today is None else to_date(today, where)
    if day is not None:
        check_days(opportunities, day)
    if not has_dates(candidate, opportunities):
        return None
    if day is None:
        expected = "the present day, because something has to be answered by a date"
        remedy = "Write today='2026-11-30', or --today 2026-11-30 in the shell."
        raise InvalidFieldError(where, expected, today, remedy)
    # Most searches have no dates, and need none of this.
    from interviewfit._calendar.dated_offers import decide_by_date
    from interviewfit._calendar.dated_search import DatedSearch
    from interviewfit._competition.entries import compile_search

    read = [pay_as_reading(candidate, job, assumptions) for job in opportunities]
    entries = compile_search(candidate, read, assumptions)
    search = DatedSearch.of(candidate, entries, day, assumptions)
    answer = decide_by_date(search, progress)
    return _settled(candidate, opportunities, search, answer)


def _settled(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    search: "DatedSearch",
    answer: "DatedAnswer | None",
) -> SettledSearch:
    """A search as one without dates.

    Args:
        candidate, opportunities: As stated.
        search: With its dates.
        answer: What is done about its offers; None if no date changes anything.
    """
    assumptions = search.assumptions
    answered = {offer.name: offer.job.questions_asked for offer in search.offers}
    kept = answer.kept if answer else ""
    stands = bool(answer and kept and answer.actions[kept] in _KEEPING)
    settled = []
    for job in opportunities:
        plain = evolve(job, next_on=None, answer_by=None, more_time_until=None)
        if answer is not None and job.name in answer.actions:
            asks = answer.actions[job.name] is Action.ASK_FIRST
            plain = evolve(
                plain,
                stays_open=1.0 if stands and job.name == kept else 0.0,
                questions_asked=answered[job.name] or not asks,
            )
        settled.append(plain)
    if stands:
        # What is kept until its day need not be asked to wait.
        numbers = {**assumptions.numbers, "asking": 0.0}
        assumptions = evolve(assumptions, numbers=numbers)
    return SettledSearch(
        evolve(candidate, fallback_from={}),
        tuple(settled),
        assumptions,
        search,
        answer,
    )


def settle_beside(
    candidate: Candidate,
    jobs: Sequence[Opportunity],
    today: date | str | None,
    assumptions: Assumptions,
) -> SettledSearch | None:
    """The search as one without dates; None if it has none that matter.

    Args:
        candidate, today, assumptions: As ``assess``.
        jobs: The opportunity and those beside it, among which it may be once more.

    Raises:
        InvalidFieldError: As ``settle``.
    """
    others = [job for job in jobs[1:] if job.name != jobs[0].name]
    return settle(candidate, (jobs[0], *others), today, assumptions, "assess(today)")
