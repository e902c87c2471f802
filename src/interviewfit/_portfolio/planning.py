"""What to do next when several processes run at once.

Advance the process of the highest index; stop once an offer in hand beats every index:
the best for independent processes with recall (``index_value``; M. L. Weitzman 1979; I.
Dumitriu, P. Tetali, P. Winkler 2003). Practice (``practice``), a budget, few slots
and interviews that nobody can leave midway (``bounds``) couple processes.

Every process is valued beside all others as ``assess(..., beside=...)`` does, and every
offer with all answers that it can be given (``offers``). The *value* of a plan can be
had; the guarantee says how much more there might be.
"""

from collections.abc import Callable, Sequence
from datetime import date
from math import inf, isfinite, nan

from attrs import evolve, frozen

from interviewfit._assessment.alternatives import forced_action
from interviewfit._assessment.evaluation import to_percent
from interviewfit._assessment.ways import on_their_ways, ways_and_values
from interviewfit._calendar.dated_offers import PARTS
from interviewfit._calendar.settling import settle
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.search_limits import SearchLimits
from interviewfit._competition.value_bounds import tolerance
from interviewfit._model.decision import Search, pay_as_reading
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.pay_conversion import hour_price
from interviewfit._model.priors import USUAL, Assumptions
from interviewfit._model.stages import corporate
from interviewfit._model.units import Hours, Worth, number_of
from interviewfit._model.vocabulary import Action, Certainty, Phase
from interviewfit._portfolio.by_date import plan_by_date
from interviewfit._portfolio.leaving_reasons import leaving_reason
from interviewfit._portfolio.offers_of_plan import asked_first, with_best_chances
from interviewfit._portfolio.process_rows import ProcessRows
from interviewfit._process.arrivals import (
    arrivals_note,
    is_arrival,
    stated,
    with_arrivals,
)
from interviewfit._process.notes import notes_on_all
from interviewfit._results.plan import Guarantee, PlanRecord
from interviewfit._text.html import show_plan
from interviewfit._text.plan_text import plan_text
from interviewfit.errors import InvalidFieldError


@frozen(kw_only=True)
class Plan(PlanRecord):
    """An order of several processes that explains itself when printed.

    Made by ``plan``; its fields are those of ``PlanRecord``.
    """

    def why_left(self, name: str) -> str:
        """Why an opportunity is left or turned down, as a clause that says *because*.

        Args:
            name: Of the opportunity, one of those that the plan leaves.

        >>> from interviewfit import Belief, Candidate, Opportunity, corporate, plan
        >>> dull = {"role": Belief(mean=-40, sd=4)}
        >>> jobs = [Opportunity(name="Acme", stages=corporate(), beliefs=dull)]
        >>> print(plan(Candidate(), jobs).why_left("Acme"))
        because you value the role at -40 % of pay
        """
        accepting = Action.ACCEPT_OFFER
        accepted = [offer.name for offer in self.offers if offer.action is accepting]
        return leaving_reason(self.search, name, "".join(accepted[:1]), self.today)

    def __repr__(self) -> str:
        jobs = number_of(len(self.opportunities), "process")
        return f"<Plan of {jobs}: {self.value:.1f} h>"

    def __str__(self) -> str:
        return plan_text(self)

    def _repr_html_(self) -> str:
        return show_plan(self)


def plan(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    *,
    assumptions: Assumptions | None = None,
    budget: Hours | None = None,
    slots: int | None = None,
    recall: bool = True,
    today: date | str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """In which order to go on with several processes, and when to stop.

    The work grows with the stages of all processes together.

    Args:
        candidate: Who decides.
        opportunities: Their processes, with different names.
        assumptions: Numbers for all that is left open.
        budget: Hours there are for all of it; None for as many as are worth it.
        slots: How many processes can be under way at once; None for any number.
        recall: Whether offers to come will wait until the search ends.
        today: The present day; needed if an offer or invitation must be answered by a
            date, or the outside option changes on one.
        progress: Called with parts done and parts in all, first with 0; with dates, a
            plan may take a second or two.

    Returns:
        Processes by reservation value (index), with the value of the search in hours
        and a guarantee of how much better the best possible plan could be.

    Raises:
        InvalidFieldError: If an argument cannot be meant, or two names are the same.

    >>> from interviewfit import Candidate, Opportunity, corporate, small_firm
    >>> jobs = [
    ...     Opportunity(name="Acme", stages=corporate()),
    ...     Opportunity(name="Bolt", stages=small_firm()),
    ... ]
    >>> [process.name for process in plan(Candidate(), jobs).ranked]
    ['Bolt', 'Acme']
    """
    limits = SearchLimits(budget=budget, slots=slots, recall=recall)
    return plan_within(limits, candidate, opportunities, assumptions, today, progress)


def plan_within(
    limits: SearchLimits,
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions | None = None,
    today: date | str | None = None,
    progress: Callable[[int, int], None] | None = None,
    shown: Callable[[Plan], None] | None = None,
) -> Plan:
    """``plan``, for somebody who shows its rows first, or asks for no guarantee.

    Args:
        limits: What the search keeps to, and whether it is bounded; where it is not,
            the guarantee is heuristic, and all else is as ``plan`` has it.
        candidate, opportunities, assumptions, today, progress: As ``plan``.
        shown: Called with the plan as soon as its rows stand, which takes less time
            where hours are short; what the search is worth is still NaN then. With
            dates it is not called.

    Raises:
        InvalidFieldError: As ``plan``.
    """
    budget, slots = limits.budget, limits.slots
    _check(candidate, opportunities, assumptions, budget, slots)
    numbers = assumptions or USUAL
    where, said = "plan(today)", tuple(opportunities)
    opportunities = with_arrivals(candidate, opportunities, numbers)
    if settled := settle(candidate, opportunities, today, numbers, where, progress):
        planned = plan_by_date(
            settled,
            Search(candidate=candidate, opportunities=said, assumptions=numbers),
            lambda search: plan_within(
                limits, search.candidate, search.opportunities, search.assumptions
            ),
        )
        if progress is not None:
            parts = len(settled.search.offers) + PARTS if settled.answer else 1
            progress(parts, parts)
        return evolve(planned, offers=asked_first(planned, said))
    if progress is not None:
        progress(0, 1)
    opportunities = [pay_as_reading(candidate, job, numbers) for job in opportunities]
    entries = compile_search(candidate, opportunities, numbers)
    ways, alone = ways_and_values(entries)
    entries = on_their_ways(entries, ways)
    # An invitation to a job of which nothing is known is solved with the others.
    unknown = Opportunity(name="an opening", stages=corporate())
    (invitation,) = compile_search(candidate, [unknown], numbers)
    finishing, walked_out = _ruled_out(entries, inf if budget is None else budget)
    if budget is not None:
        limits = evolve(limits, budget=budget - finishing)
    rows = ProcessRows.of(
        candidate, entries, numbers, invitation, walked_out=walked_out, limits=limits
    )
    rows.detoured.update((id(entries[number]), alone[number]) for number in alone)
    joint = rows.joint
    unit = hour_price(candidate.salary, numbers)
    hours_per_percent = numbers.hours_per_percent * candidate.weights.offer
    ranked, to_leave = rows.ranked, rows.to_leave
    coming = {job.name for job in opportunities if is_arrival(job)}
    ranked, to_leave = (
        tuple(row for row in some if row.name not in coming)
        for some in (ranked, to_leave)
    )
    planned = Plan(
        ranked=ranked,
        to_leave=to_leave,
        offers=with_best_chances(rows.offers),
        value=nan,
        hours_per_percent=hours_per_percent,
        reservation_value=nan,
        invitation_value=nan,
        hours=rows.hours,
        days=rows.days,
        practice_first=tuple(
            name for name in rows.practice_first if name not in coming
        ),
        budget=budget,
        hour_value=nan,
        guarantee=Guarantee(certainty=Certainty.HEURISTIC, gap=inf),
        search=Search(
            candidate=candidate,
            opportunities=stated(opportunities),
            assumptions=numbers,
        ),
        slots=joint.constraints.slots,
        recall=limits.recall,
        hour_price=unit,
        notes=_notes(candidate, opportunities, numbers),
    )
    if shown is not None:
        shown(planned)
    value, stopping, guarantee = _total(joint, rows.outside_option)
    value += rows.value_of_ends
    if joint.accepts:
        hour_value = _added_by_hours(candidate, entries, numbers, limits, value)
    else:
        hour_value = joint.bounds_at(rows.outside_option).hour_value
    planned = evolve(
        planned,
        value=value,
        # Where the offer has no weight, any offer is worth as much as 0 hours are.
        reservation_value=-to_percent(-stopping, hours_per_percent).item(),
        invitation_value=0.0 if joint.accepts else rows.value_of_invitation(),
        hour_value=hour_value,
        guarantee=guarantee,
        value_in_money=None if unit is None else unit.amount * value,
    )
    if progress is not None:
        progress(1, 1)
    return planned


def _notes(
    candidate: Candidate, opportunities: Sequence[Opportunity], numbers: Assumptions
) -> tuple[str, ...]:
    """What to check in a search, and what is assumed of it, a sentence each.

    Args:
        candidate, numbers: Who searches, and the numbers left open.
        opportunities: Everything in the search, with the openings that may still come.
    """
    notes = notes_on_all(candidate, stated(opportunities), numbers)
    coming = arrivals_note(candidate, opportunities)
    return (*notes, coming) if coming else tuple(notes)


def _total(joint: JointSearch, base: Worth) -> tuple[Worth, Worth, Guarantee]:
    """What a search is worth, the offer at which it stops, hours, and how sure it is.

    Args:
        joint: The search.
        base: The offer in hand in the likeliest case, or nothing, hours.
    """
    value, bounds = float(joint.answers.value[0]), joint.bounds_at(base)
    search, running = bounds.search, joint.constraints.running
    stopping = search.stopping_value
    if not joint.constraints.bounded:
        return value, stopping, Guarantee(certainty=Certainty.HEURISTIC, gap=inf)
    upper = float(joint.upper_answers.value[0])
    guarantee = joint.constraints.guarantee(bounds, value, upper, joint.offered)
    if all(entry.process.mutual is None for entry in running):
        return value, stopping, guarantee
    # Imported where passes tell of the fit.
    from interviewfit._competition.mutual_guarantee import with_passes

    guarantee = with_passes(guarantee, joint, value, upper)
    return value, stopping, guarantee


def _added_by_hours(
    candidate: Candidate,
    entries: Sequence[CompiledProcess[float]],
    numbers: Assumptions,
    limits: SearchLimits,
    value: Worth,
) -> Worth:
    """What an hour more is worth on average, if with enough no offer were accepted.

    Args:
        candidate, entries, numbers: The search.
        limits: What it keeps to, so that an offer is accepted at once.
        value: What it is worth so, hours.
    """
    if limits.budget is None:
        return 0.0
    free = JointSearch.of(candidate, entries, numbers, evolve(limits, budget=None))
    gain = float(free.answers.value[0]) - value
    if gain <= tolerance(value):
        return 0.0
    return gain / max(free.most_hours - limits.budget, 1.0)


def _ruled_out(
    entries: Sequence[CompiledProcess[float]], budget: Hours
) -> tuple[Hours, frozenset[str]]:
    """Hours to finish interviews for jobs that a dealbreaker rules out, and the others.

    Args:
        entries: All processes.
        budget: Hours there are, for all of them together.

    Returns:
        Hours in all, and the names of those for which no hours are left.
    """
    hours, walked_out = 0.0, []
    for entry in entries:
        phase, process = entry.structure.phase, entry.process
        if not entry.dealbreakers or phase is not Phase.MIDWAY:
            continue
        if forced_action(phase, process) is Action.FINISH_POLITELY:
            if hours + process.steps[0].hours <= budget:
                hours += process.steps[0].hours
            else:
                walked_out.append(entry.opportunity.name)
    return hours, frozenset(walked_out)


def _check(
    candidate: object,
    opportunities: object,
    assumptions: object,
    budget: object,
    slots: object,
) -> None:
    """Check the arguments of ``plan``.

    Args:
        candidate, opportunities, assumptions, budget, slots: As ``plan`` takes them,
            but of any kind.

    Raises:
        InvalidFieldError: If an argument cannot be meant.
    """
    check_kind("plan(candidate)", candidate, Candidate)
    if assumptions is not None:
        check_kind("plan(assumptions)", assumptions, Assumptions)
    where, expected = "plan(opportunities)", "a list of at least one Opportunity"
    jobs = opportunities if isinstance(opportunities, Sequence) else ()
    if isinstance(opportunities, str) or not jobs:
        raise InvalidFieldError(where, expected, opportunities)
    for job in jobs:
        if not isinstance(job, Opportunity):
            raise InvalidFieldError(where, "of opportunities", job)
    if budget is not None and not (
        isinstance(budget, int | float) and isfinite(budget) and budget >= 0.0
    ):
        raise InvalidFieldError("plan(budget)", "a number of hours, 0 or more", budget)
    if slots is not None and not (isinstance(slots, int) and slots >= 1):
        raise InvalidFieldError("plan(slots)", "a whole number, 1 or more", slots)
