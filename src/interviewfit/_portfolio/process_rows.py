"""What a plan says of each process: its action and value beside all others.

They are those of ``assess(..., beside=...)``: every process is a problem whose rivals
are all others (``problems``), and one solution of the search serves all of them.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum, inf

import numpy as np
from attrs import define, field

from interviewfit._assessment.alternatives import (
    Problem,
    forced_action,
    name_of_leaving,
    problem_of,
)
from interviewfit._assessment.evaluating_all import evaluate_all
from interviewfit._assessment.evaluation import Evaluation, evaluate, to_percent
from interviewfit._assessment.offer_questions import aspects_to_ask, sd_of_answers
from interviewfit._assessment.outcome import choices_of
from interviewfit._assessment.search_problems import problem_in_search
from interviewfit._assessment.shared_rivals import SharedRivals, is_taught
from interviewfit._assessment.ways import has_detour
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.practice_price import with_more_skill
from interviewfit._competition.search_limits import NO_LIMITS, SearchLimits
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Hours, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._portfolio.courses import Course, course_of, next_stage
from interviewfit._process.arrivals import is_arrival
from interviewfit._results.assessment import LEAVING, Choice
from interviewfit._results.plan import HeldOffer, RankedProcess


@define(eq=False)
class ProcessRows:
    """The rows of a plan.

    Attributes:
        joint: The search.
        invitation: A process that might be added.
        walked_out: Names of interviews under way for a job that a dealbreaker rules
            out, which there are no hours to finish.
        detoured: What processes that could take a detour are worth alone, hours, by
            identity, as far as it is known.
    """

    joint: JointSearch
    invitation: CompiledProcess[float] | None
    walked_out: frozenset[str] = frozenset()
    _teaches: bool = True
    detoured: dict[int, Worth] = field(factory=dict)

    @cached_property
    def _rivals(self) -> SharedRivals:
        """What each process competes with."""
        return SharedRivals(
            self.joint.constraints.running,
            self._teaches,
            lambda base: self.joint.bounds_at(base).search,
        )

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        assumptions: Assumptions,
        invitation: CompiledProcess[float] | None = None,
        *,
        walked_out: frozenset[str] = frozenset(),
        limits: SearchLimits = NO_LIMITS,
    ) -> "ProcessRows":
        """The rows of the plan of a search; all that runs is solved at once.

        Args:
            candidate, entries, assumptions: Who decides, on what, by which numbers.
            invitation, walked_out: As the attributes.
            limits: What the search keeps to.
        """
        running = [entry for entry in entries if entry.is_running]
        chains = [entry.chain for entry in running]
        teaches = is_taught(candidate, entries)
        learns = teaches and len(running) > 1
        improved = with_more_skill(chains, running) if learns else []
        invited = [] if invitation is None else [invitation.chain]
        further = [*improved, *invited]
        joint = JointSearch.of(candidate, entries, assumptions, limits, further)
        return cls(joint, invitation, walked_out, teaches)

    @cached_property
    def outside_option(self) -> Worth:
        """The offer in hand in the likeliest case, or nothing, hours."""
        held = self.joint.leaves.held
        if not held or self.joint.accepts:
            return 0.0
        return self.joint.in_hand(max(held, key=lambda offers: float(held[offers][0])))

    def value_of_invitation(self) -> Worth:
        """What the invitation adds to all that runs, hours; 0 without one."""
        if self.invitation is None:
            return 0.0
        base = self.outside_option
        rivals = self._rivals.at(self.invitation, base)[0]
        search = self.joint.bounds_at(base).search
        chain = ChainParameters.of(self.invitation.process, search.price)
        solved = SolvedProcesses.of([chain], search.solved)
        if solved.indices[0] <= base:
            return float(solved.levels[0])
        single, solution = np.zeros(1, np.intp), solved.solution(0)
        values = rivals.value_beside(solution, single, solved.means, solved.exits)
        return float(values[0])

    @cached_property
    def problems(self) -> Mapping[int, Problem[float]]:
        """The decision on each process, by the identity of the process."""
        return {id(entry): self.problem(entry) for entry in self.joint.entries}

    @cached_property
    def evaluations(self) -> Mapping[int, Evaluation[float]]:
        """All alternatives of each decision, by the identity of the process."""
        evaluations = evaluate_all(
            list(self.problems.values()),
            self.joint.constraints.unpriced,
            self.joint.chains,
            [entry.way for entry in self.joint.entries],
        )
        return dict(zip(self.problems, evaluations, strict=True))

    def problem(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision on a process, beside all others.

        Args:
            entry: The process.
        """
        if self.joint.is_alone:
            return problem_of(entry.structure, entry.numbers, entry.carried)
        return problem_in_search(self.joint, entry, self._rivals)

    def row(self, entry: CompiledProcess[float]) -> RankedProcess:
        """One process, as a plan shows it.

        Its hours and days are those that its value is made of, as ``assess`` has them.

        Args:
            entry: The process, which is no offer.
        """
        process, phase = entry.process, entry.structure.phase
        course = self.courses[id(entry)]
        action, outcome = course.action, course.outcome
        value, terms = outcome.value, outcome.terms
        hours, days = outcome.hours, outcome.days
        if not self._is_limited(entry):
            choice = choices_of(self.evaluations[id(entry)])[0]
            action = self._action(entry, choice)
            value, terms = choice.value, choice.terms
            if action is choice.action and not entry.dealbreakers:
                hours, days = choice.hours, choice.days
        index = -inf
        if entry.is_running:
            surplus = -self.joint.indices[self.joint.rows[id(entry)]]
            index = -to_percent(surplus, process.hours_per_percent).item()
        return RankedProcess(
            name=entry.opportunity.name,
            action=action,
            phase=phase,
            stage=next_stage(process),
            index=index,
            marginal_value=value,
            standalone_value=self._value_alone(entry),
            terms=terms,
            accept_probability=outcome.accept_probability,
            start_probability=course.start,
            hours=hours,
            days=days,
            practice_value=terms.get(Term.PRACTICE, 0.0),
            dealbreakers=entry.dealbreakers,
            has_side_option=has_detour(entry),
        )

    def _action(self, entry: CompiledProcess[float], choice: Choice) -> Action:
        """What is done about a process; a dealbreaker forces it.

        Args:
            entry: The process.
            choice: The best of the actions for it.
        """
        process = entry.process
        if not entry.dealbreakers and process.steps:
            return choice.action
        if entry.opportunity.name in self.walked_out:
            return name_of_leaving(process.steps[0])
        problem = self.problems[id(entry)]
        return forced_action(entry.structure.phase, problem.process)

    @cached_property
    def courses(self) -> Mapping[int, Course]:
        """What each process but the offers leads to by the order of the plan.

        By the identity of the process.
        """
        courses: dict[int, Course] = {}
        for entry in self.joint.entries:
            if entry.structure.phase is Phase.OFFERED:
                continue
            course = course_of(self.joint, entry) if entry.is_running else None
            if course is None or not (course.start or self._has_budget):
                choice = choices_of(self.evaluations[id(entry)])[0]
                action = self._action(entry, choice)
                course = Course.of_choice(choice, action, entry)
            courses[id(entry)] = course
        return courses

    @property
    def _has_budget(self) -> bool:
        """Whether the hours of the search are limited."""
        return self.joint.constraints.budget is not None

    def _is_limited(self, entry: CompiledProcess[float]) -> bool:
        """Whether a budget decides on a process.

        In its value hours then have their own price, whatever the budget says.

        Args:
            entry: The process.
        """
        if not (self._has_budget and entry.is_running) or self.joint.accepts:
            return False
        bases = [self.joint.in_hand(held) for held in self.joint.leaves.held]
        is_priced = any(self.joint.bounds_at(base).search.price for base in bases)
        return is_priced or not self.courses[id(entry)].start

    def _value_alone(self, entry: CompiledProcess[float]) -> Worth:
        """What a process is worth if it is the only one, hours.

        What others have shown of its company still counts.

        Args:
            entry: The process.
        """
        if entry.is_running and not has_detour(entry):
            return float(self.joint.values_alone[self.joint.rows[id(entry)]])
        if id(entry) in self.detoured:
            return self.detoured[id(entry)]
        alone = problem_of(entry.structure, entry.numbers, entry.carried)
        return float(evaluate(alone, 1, exact_rows=False).ranking.value[0])

    @cached_property
    def _rows(self) -> Sequence[tuple[CompiledProcess[float], RankedProcess]]:
        """Every process but the offers, in the order in which they came."""
        return [
            (entry, self.row(entry))
            for entry in self.joint.entries
            if entry.structure.phase is not Phase.OFFERED
        ]

    def _is_ranked(self, entry: CompiledProcess[float], row: RankedProcess) -> bool:
        """Whether a process is worth going on with.

        Args:
            entry, row: The process, and what the plan says of it.
        """
        return entry.is_running and not self.joint.accepts and row.action not in LEAVING

    @cached_property
    def ranked(self) -> tuple[RankedProcess, ...]:
        """The processes worth going on with, the next one first."""
        rows = [row for entry, row in self._rows if self._is_ranked(entry, row)]
        first = self.practice_first
        rows.sort(key=lambda row: (row.name not in first, -row.index))
        return tuple(rows)

    @cached_property
    def to_leave(self) -> tuple[RankedProcess, ...]:
        """The other processes; those that are over, or ruled out, come last."""
        rows = [pair for pair in self._rows if not self._is_ranked(*pair)]
        rows.sort(key=lambda pair: not pair[0].is_running)
        return tuple(row for _, row in rows)

    @property
    def hours(self) -> Hours:
        """Expected hours of the whole search, with those of asking about the offers.

        They are those of the order of the plan; a row may count more of its own, since
        it is judged as if all others were still to come.
        """
        asking = float(self.joint.answers.leaves().hours[0])
        return asking + fsum(item.outcome.hours for item in self.courses.values())

    @property
    def days(self) -> float:
        """Expected calendar days of all that runs, one step after another."""
        running = [entry for entry in self.joint.entries if id(entry) in self.courses]
        return fsum(
            self.courses[id(entry)].outcome.days
            for entry in running
            if not is_arrival(entry.opportunity)
        )

    @cached_property
    def practice_first(self) -> tuple[str, ...]:
        """The name of the process that is put before one of higher index."""
        if self.joint.accepts:
            return ()
        bounds = self.joint.bounds_at(self.outside_option)
        if bounds.first is None:
            return ()
        first = bounds.search.running[bounds.first]
        names = [
            row.name
            for entry, row in self._rows
            if entry is first and self._is_ranked(entry, row)
        ]
        return tuple(names)

    @cached_property
    def value_of_ends(self) -> Worth:
        """What offers and refusals bring whatever is done about them, hours.

        ``assess`` counts it in each of their alternatives.
        """
        return fsum(self.joint.end_terms.values())

    @cached_property
    def offers(self) -> tuple[HeldOffer, ...]:
        """The offers, in the order in which they came."""
        return tuple(
            self._offer(entry)
            for entry in self.joint.entries
            if entry.structure.phase is Phase.OFFERED
        )

    def _offer(self, entry: CompiledProcess[float]) -> HeldOffer:
        """One offer, as a plan shows it.

        Args:
            entry: The offer.
        """
        standing = self.joint.standing(entry)
        asked = standing.values.get(Action.ASK_FIRST)
        problem = self.problems[id(entry)]
        choice = choices_of(self.evaluations[id(entry)])[0]
        return HeldOffer(
            name=entry.opportunity.name,
            action=standing.action,
            surplus_hours=entry.process.mean_hours,
            accept_value=standing.values[Action.ACCEPT_OFFER] + self.value_of_ends,
            wait_value=standing.values[Action.POSTPONE] + self.value_of_ends,
            decline_value=standing.value_without + self.value_of_ends,
            dealbreakers=entry.dealbreakers,
            ask_value=None if asked is None else asked + self.value_of_ends,
            marginal_value=choice.value,
            terms=choice.terms,
            hours=choice.hours,
            accept_probability=choice.accept_probability,
            after=(standing.after,) if standing.after else (),
            fit=problem.process.mean,
            sd=problem.process.sd,
            unknown=problem.posterior.unknown,
            ask_about=aspects_to_ask(problem),
            asking_sd=sd_of_answers(problem),
        )
