"""One decision: what each open action is worth, and why.

Beside the choices: what information is worth, whether the answer would
stand without the side gains, and which guess carries it. A dealbreaker forces the
action and leaves every number as it is.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from interviewfit._assessment.alternatives import Problem, forced_action
from interviewfit._assessment.evaluation import Evaluation, evaluate, to_percent
from interviewfit._assessment.offer_questions import aspects_to_ask
from interviewfit._assessment.otherwise import OPEN_FIELDS, Otherwise
from interviewfit._assessment.outcome import choices_of
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import (
    Decision,
    SettledDecision,
    has_dates,
    pay_as_reading,
)
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import check_kind, to_tuple
from interviewfit._model.pay_conversion import hour_price
from interviewfit._model.priors import USUAL, Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import fsum
from interviewfit._process.arrivals import arrivals_note, stated, with_arrivals
from interviewfit._process.ends import accept_gain
from interviewfit._process.news import aspects_awaited
from interviewfit._process.notes import notes_on
from interviewfit._results.assessment import (
    EmployerNews,
    Preparation,
    Threshold,
    Verdict,
)
from interviewfit._results.reasons import Reasons
from interviewfit._text.assessment_text import explain
from interviewfit._text.labels import facts_to_ask, open_facts

if TYPE_CHECKING:
    from interviewfit._calendar.settling import SettledSearch
    from interviewfit._competition.scenarios import RivalScenarios


@frozen(kw_only=True)
class Assessment(Verdict):
    """A verdict that explains itself when printed. Made by ``assess``.

    What to do if side gains, a guess, or what nobody has said counted for nothing is
    worked out with the answer where bounds are enough. Where they are not, it is solved
    when the answer is printed, compared or copied, or one of the three is first read.

    Attributes:
        decision: What it was worked out from. Two assessments are equal if they say
            the same, whatever it was worked out from.
    """

    decision: Decision = field(eq=False)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """A field that was left open, worked out with the others (``OPEN_FIELDS``).

            Args:
                name: Of what the answer does not hold.
            """
            if name in OPEN_FIELDS and (otherwise := self._otherwise):
                otherwise.solved().fill_in(self)
            return object.__getattribute__(self, name)

    @cached_property
    def _otherwise(self) -> Otherwise | None:
        """What was solved for the fields that are open; None where none is."""
        return None

    @cached_property
    def reasons(self) -> Reasons:
        """What each thing said does to the answer, worked out when first asked for."""
        reasons = self._reasons
        if reasons is None and self.decision.beside:
            from interviewfit._assessment.reasons_beside import ReasonsBeside

            (reasons,) = ReasonsBeside().of([(self.decision, self.action)])
        elif reasons is None:
            from interviewfit._assessment.reasons import reasons_of

            reasons = reasons_of(self.decision, self.action)
        if self.rule is None and not isinstance(self.decision, SettledDecision):
            return reasons
        from interviewfit._assessment.by_date import reasons_by_date

        return reasons_by_date(reasons)

    @cached_property
    def preparation(self) -> Preparation | None:
        """The best hours for every stage ahead, worked out when first asked for.

        None if none is ahead for which one could prepare.
        """
        # Imported when it is asked for.
        from interviewfit._assessment.preparing import prepare

        return prepare(self.decision)

    def __repr__(self) -> str:
        name, action = self.opportunity, self.action.value
        return f"<Assessment of {name:.30}: {action}, {self.value:.1f} h>"

    def __str__(self) -> str:
        return explain(self)

    def _repr_html_(self) -> str:
        from interviewfit._text.html import show_verdict

        return show_verdict(self)


def assess(
    candidate: Candidate,
    opportunity: Opportunity,
    *,
    assumptions: Assumptions | None = None,
    beside: Sequence[Opportunity] = (),
    today: date | str | None = None,
) -> Assessment:
    """What to do now about one opportunity.

    The work grows with the stages of all processes together.

    Args:
        candidate: Who decides.
        opportunity: What is on offer, and where it stands.
        assumptions: Numbers for all that both leave open.
        beside: Other processes that run (``Plan.opportunities``); the answer counts
            what the opportunity, which may be among them, adds to them.
        today: The present day; needed if an offer or invitation must be answered by a
            date, or the outside option changes on one.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit import corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = assess(Candidate(), job)
    >>> found.action.value, round(found.value, 1)
    ('take', 12.3)
    """
    check_kind("assess(candidate)", candidate, Candidate)
    check_kind("assess(opportunity)", opportunity, Opportunity)
    if assumptions is None:
        assumptions = USUAL
    check_kind("assess(assumptions)", assumptions, Assumptions)
    others = to_tuple(beside, "Decision.beside", "Opportunity(...)")
    # Beside nothing but itself it is alone, and solved as such.
    if {getattr(job, "name", None) for job in others} <= {opportunity.name}:
        others = ()
    jobs = with_arrivals(candidate, (opportunity, *others), assumptions)
    for job in jobs:
        check_kind("assess(beside)", job, Opportunity)
    settled = None
    if today is not None or has_dates(candidate, jobs):
        # Imported where dates matter.
        from interviewfit._calendar.settling import settle_beside

        settled = settle_beside(candidate, jobs, today, assumptions)
    if settled is not None:
        undated = assess(
            settled.candidate,
            settled.opportunities[0],
            assumptions=settled.assumptions,
            beside=settled.opportunities[1:],
        )
        return on_dates(undated, settled)
    job, *rivals = (pay_as_reading(candidate, job, assumptions) for job in jobs)
    decision = Decision(
        candidate=candidate, opportunity=job, assumptions=assumptions, beside=rivals
    )
    return assessment_of_decision(decision)


def assessment_of_decision(decision: Decision) -> Assessment:
    """The answer to a decision, with or without others beside it.

    It has every bit that ``assess_all`` gives it.
    """
    if not decision.beside:
        return assessment_of(decision, evaluate(compile_problem(decision)))
    # Imported where others run beside it.
    from interviewfit._assessment.evaluating_all import evaluate_all
    from interviewfit._assessment.search_problems import SolvedSearch

    search = SolvedSearch.of(decision)
    (evaluation,) = evaluate_all([search.problem], search.problems.solved)
    return assessment_of(decision, evaluation, search.value_alone)


def on_dates(undated: Assessment, settled: "SettledSearch") -> Assessment:
    """The assessment of one opportunity of a search with dates.

    Its decision says that it is settled, so that no reason is made of what the dates
    alone make of an offer.

    Args:
        undated, settled: Of the same opportunity in the settled search, and that.
    """
    # Imported where dates matter.
    from interviewfit._assessment.by_date import assess_by_date

    plain = undated.decision
    decision = SettledDecision(
        candidate=plain.candidate,
        opportunity=plain.opportunity,
        assumptions=plain.assumptions,
        beside=plain.beside,
    )
    return assess_by_date(evolve(undated, decision=decision), settled, assess)


def assessment_of(
    decision: Decision,
    evaluation: Evaluation[float],
    alone: Worth | None = None,
    *,
    brief: bool = False,
) -> Assessment:
    """The answer to a decision.

    Args:
        decision, evaluation: What was decided on, and the same evaluated.
        alone: Its value without the others, hours, if that is known.
        brief: Whether to leave out what takes longest: the value without the others,
            and what one would do if some terms counted for nothing.
    """
    candidate, job = decision.candidate, decision.opportunity
    assumptions, problem = decision.assumptions, evaluation.problem
    price = hour_price(candidate.salary, assumptions)
    structure, process, rivals = problem.structure, problem.process, problem.rivals
    choices = choices_of(evaluation)
    best, stops = choices[0].action, structure.dealbreakers
    otherwise = Otherwise.of(evaluation, choices, brief=brief)
    if rivals or brief:
        # What was solved for a search is not kept for an answer.
        otherwise = otherwise.solved()
    if rivals and not brief and alone is None:
        alone = value_alone(decision)
    fits = to_percent(evaluation.thresholds[:, 0], process.hours_per_percent).tolist()
    answer = Assessment(
        opportunity=job.name,
        phase=structure.phase,
        stage=process.steps[0].title if process.steps else "",
        action=forced_action(structure.phase, process) if stops else best,
        choices=choices,
        mean=process.mean,
        sd=process.sd,
        thresholds=tuple(
            Threshold(stage=step.title, phase=step.phase, fit=fit)
            for step, fit in zip(process.steps, fits, strict=True)
        ),
        information_value=max(0.0, choices[0].value - _value_without_news(problem)),
        hard_stops=stops,
        unknown=problem.posterior.unknown,
        open_facts=tuple(open_facts(decision, structure)),
        action_without_side_values=otherwise.action_without_side_values,
        decisive_priors=otherwise.decisive_priors,
        knows_someone=structure.knows_someone,
        rival_count=_count(rivals, decision),
        rivals_value=float(rivals.value[0]) if rivals else 0.0,
        standalone_value=alone if rivals and not brief else None,
        unsettled=tuple(aspects_awaited(problem.posterior)),
        horizon_years=assumptions["horizon_years"],
        unspoken=process.mean - process.spoken,
        unspoken_hours=process.hours_per_percent * (process.mean - process.spoken),
        action_without_unspoken=otherwise.action_without_unspoken,
        expected_hours=_expected_hours(problem),
        ask_about=aspects_to_ask(problem),
        ask_whether=tuple(facts_to_ask(decision, structure)) if process.call else (),
        hour_price=price,
        value_in_money=None if price is None else price.amount * choices[0].value,
        notes=(*_notes(decision), *_notes_on_passes(evaluation)),
        employer_news=_employer_news(problem),
        decision=decision,
    )
    if otherwise.is_open:
        otherwise.leave_open(answer)
    return answer


def _count(rivals: "RivalScenarios | None", decision: Decision) -> int:
    """How many other opportunities run beside one, those that may come aside.

    Args:
        rivals, decision: What runs beside it, and the decision.
    """
    new = len(decision.beside) - len(stated(decision.beside))
    return max(0, rivals.count - new) if rivals else 0


def _notes(decision: Decision) -> tuple[str, ...]:
    """What to check in a decision, a sentence each."""
    candidate, job = decision.candidate, decision.opportunity
    notes = notes_on(candidate, job, decision.assumptions)
    coming = arrivals_note(candidate, decision.beside)
    return (*notes, coming) if coming else tuple(notes)


def _notes_on_passes(evaluation: Evaluation[float]) -> tuple[str, ...]:
    """Where what passes tell is not worked out exactly, a sentence each."""
    if evaluation.process.mutual is None:
        return ()
    # Imported where passes tell of the fit.
    from interviewfit._assessment.employer_news import notes_on_passes

    return notes_on_passes(
        shortfall=evaluation.shortfall, is_averaged=evaluation.is_averaged
    )


def _employer_news(problem: Problem[float]) -> EmployerNews | None:
    """What the employer's decisions tell of the fit; None where they tell nothing."""
    if problem.process.mutual is None and problem.structure.phase is not Phase.REJECTED:
        return None
    # Imported when it is needed.
    from interviewfit._assessment.employer_news import employer_news_of

    return employer_news_of(problem)


def value_alone(decision: Decision) -> Worth:
    """What the best action would be worth without any other process, hours.

    What these have shown of its company still counts.

    Args:
        decision: On an opportunity.
    """
    # Imported where others run beside it.
    from interviewfit._model.news_beside import without_rivals

    return float(evaluate(compile_problem(without_rivals(decision))).ranking.value[0])


def check_assessment(value: object, where: str) -> None:
    """Refuse what is no assessment.

    Args:
        value, where: What came, and the argument, for an error.

    Raises:
        InvalidFieldError: If it is none.
    """
    check_kind(where, value, Assessment, expected="what assess(...) returned")


def _value_without_news(problem: Problem[float]) -> Worth:
    """The value of the best plan if nothing ahead revealed anything, hours.

    Nothing is learned, so the plan is fixed: leave before some step, or go on to the
    end and take the offer if the mean is above 0 by then.
    """
    process, rivals = problem.process, problem.rivals
    exits = [step.exit for step in process.steps[:1]]
    chance, collected, mean = 1.0, fsum(process.end_terms.values()), process.mean_hours
    for number, step in enumerate(process.steps):
        if number:
            exits.append(collected + chance * step.exit)
        collected += chance * step.reward
        chance *= step.survive
        mean += step.drift
    if rivals is None or not rivals.count:
        return max([*exits, collected + chance * max(0.0, mean)])
    job = rivals.value_of_job(mean) - float(rivals.readjusted[0])
    return max([*exits, collected + chance * job])


def _expected_hours(problem: Problem[float]) -> Worth | None:
    """What accepting an offer brings on average; None if it counts for no more."""
    process = problem.process
    surplus = process.mean_hours - problem.forgone
    silent = problem.structure.phase is Phase.OFFERED
    if not silent or accept_gain(process, problem.forgone) <= surplus:
        return None
    return surplus + fsum(process.end_terms.values())
