"""What a plan says of each process: its action and value beside all others.

They are those of ``assess(..., beside=...)``: every process is a problem whose rivals
are all others (``problems``), and one solution of the search serves all of them.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum, inf

import numpy as np
from attrs import define, field, frozen

from interviewfit._assessment.alternatives import (
    Problem,
    alternatives,
    forced_action,
    name_of_continuing,
    name_of_leaving,
    problem_of,
)
from interviewfit._assessment.evaluation import Evaluation, evaluate, to_percent
from interviewfit._assessment.offer_questions import aspects_to_ask, sd_of_answers
from interviewfit._assessment.outcome import (
    Outcome,
    choices_of,
    left_at_once,
    mean_outcome,
    outcome_beside,
)
from interviewfit._assessment.search_problems import problem_in_search
from interviewfit._assessment.ways import has_detour
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import SKILL_STEP, CompiledProcess
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.mutual_rivals import mutual_rivals
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.compilation import Process
from interviewfit._results.assessment import LEAVING, Choice
from interviewfit._results.plan import HeldOffer, RankedProcess
from interviewfit._solver.solution import Solution


@define(eq=False)
class ProcessRows:
    """The rows of a plan.

    Attributes:
        joint: The search.
        walked_out: Names of interviews under way for a job that a dealbreaker rules
            out, which there are no hours to finish.
    """

    joint: JointSearch
    walked_out: frozenset[str] = frozenset()
    _rivals: dict[Worth, RivalDistribution] = field(factory=dict)
    _practice: dict[Worth, FloatColumn] = field(factory=dict)

    @cached_property
    def outside_option(self) -> Worth:
        """The offer in hand in the likeliest case, or nothing, hours."""
        held = self.joint.leaves.held
        if not held or self.joint.accepts:
            return 0.0
        return self.joint.in_hand(max(held, key=lambda offers: float(held[offers][0])))

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """The number of each running process, by the identity of the process."""
        running = self.joint.constraints.running
        return {id(entry): number for number, entry in enumerate(running)}

    def rivals_at(
        self, entry: CompiledProcess[float], base: Worth
    ) -> tuple[RivalDistribution, Worth]:
        """All others with an offer in hand, and what skill is worth to them, hours.

        Args:
            entry: The process.
            base: The best offer in hand, hours.
        """
        if base not in self._rivals:
            search = self.joint.bounds_at(base).search
            self._rivals[base] = mutual_rivals(search.solved, base)
            self._practice[base] = self._value_of_skill(base)
        number = self._numbers.get(id(entry), -1)
        return self._rivals[base].take(number), float(self._practice[base][number])

    def _value_of_skill(self, base: Worth) -> FloatColumn:
        """What a unit of log-odds is worth to all but each process, hours.

        Args:
            base: The best offer in hand, hours.
        """
        constraints, search = self.joint.constraints, self.joint.bounds_at(base).search
        if not constraints.model.weight or not search.chains:
            return np.zeros(len(search.chains) + 1)
        improved = SolvedProcesses.of(
            [
                chain.with_skill(entry.process.steps, SKILL_STEP)
                for chain, entry in zip(search.chains, search.running, strict=True)
            ]
        )
        gained = mutual_rivals(improved, base).value - self._rivals[base].value
        return np.maximum(0.0, gained / SKILL_STEP)

    @cached_property
    def problems(self) -> Mapping[int, Problem[float]]:
        """The decision on each process, by the identity of the process."""
        return {id(entry): self.problem(entry) for entry in self.joint.entries}

    @cached_property
    def _solutions(self) -> Mapping[int, Sequence[Solution | None]]:
        """The alternatives of each decision, all solved side by side."""
        places: list[tuple[int, int]] = []
        chains: list[ChainParameters[float]] = []
        solutions: dict[int, list[Solution | None]] = {}
        for key, problem in self.problems.items():
            options = alternatives(problem)
            solutions[key] = [None] * len(options)
            for number, option in enumerate(options):
                is_exact = self.joint.is_alone and option.mutual
                if option.steps and not (is_exact or option.closed_rows(1)[0]):
                    places.append((key, number))
                    chains.append(ChainParameters.of_steps(0.0, option.steps))
        if chains:
            solved = SolvedProcesses.of(chains)
            for row, (key, number) in enumerate(places):
                solutions[key][number] = solved.solution(row)
        return solutions

    def evaluation(self, entry: CompiledProcess[float]) -> Evaluation[float]:
        """Every alternative of the decision on a process.

        Args:
            entry: The process.
        """
        key = id(entry)
        return evaluate(self.problems[key], solved=self._solutions[key])

    def problem(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision on a process, beside all others.

        Args:
            entry: The process.
        """
        if self.joint.is_alone:
            return problem_of(entry.structure, entry.numbers, entry.carried)
        return problem_in_search(
            self.joint, entry, lambda base: self.rivals_at(entry, base)
        )

    def row(self, entry: CompiledProcess[float]) -> RankedProcess:
        """One process, as a plan shows it.

        Args:
            entry: The process, which is no offer.
        """
        process, phase = entry.process, entry.structure.phase
        course = self._course(entry) if entry.is_running else None
        if course is not None and self._is_limited(course):
            # In the value hours have their own price, whatever the budget says.
            action, outcome = course.action, course.outcome
            value, terms = outcome.value, outcome.terms
        else:
            problem = self.problems[id(entry)]
            choice = choices_of(self.evaluation(entry))[0]
            action, value, terms = choice.action, choice.value, choice.terms
            if entry.dealbreakers or not process.steps:
                action = forced_action(phase, problem.process)
                if entry.opportunity.name in self.walked_out:
                    action = name_of_leaving(process.steps[0])
            if course is None or not course.start:
                course = _Course.of_choice(choice, action, process)
        index = -inf
        if entry.is_running:
            surplus = -self.joint.indices[self._numbers[id(entry)]]
            index = -to_percent(surplus, process.hours_per_percent).item()
        return RankedProcess(
            name=entry.opportunity.name,
            action=action,
            phase=phase,
            stage=_next_stage(process),
            index=index,
            marginal_value=value,
            standalone_value=self._value_alone(entry),
            terms=terms,
            accept_probability=course.outcome.accept_probability,
            start_probability=course.start,
            hours=course.outcome.hours,
            days=course.outcome.days,
            practice_value=terms.get(Term.PRACTICE, 0.0),
            dealbreakers=entry.dealbreakers,
            has_side_option=has_detour(entry),
        )

    def _is_limited(self, course: "_Course") -> bool:
        """Whether a budget decides on a process.

        Args:
            course: Of the process.
        """
        if self.joint.constraints.budget is None:
            return False
        bases = [self.joint.in_hand(held) for held in self.joint.leaves.held]
        is_priced = any(self.joint.bounds_at(base).search.price for base in bases)
        return is_priced or not course.start

    def _course(self, entry: CompiledProcess[float]) -> "_Course | None":
        """What a running process leads to by the order of the plan; None if it ends.

        An average over what the offers come to and, within a budget, over the toss.

        Args:
            entry: The process.
        """
        if self.joint.accepts or self.joint.is_alone:
            return None
        number, steps = self._numbers[id(entry)], entry.process.steps
        parts: list[tuple[Probability, BudgetedSearch]] = []
        for held, chance in self.joint.leaves.held.items():
            search = self.joint.bounds_at(self.joint.in_hand(held)).search
            parts.append((float(chance[0]) * (1.0 - search.share), search.kept))
            if search.longer is not None:
                parts.append((float(chance[0]) * search.share, search.longer.kept))
        outcomes: list[tuple[Probability, Outcome[float]]] = []
        action, start = name_of_leaving(steps[0]), 0.0
        for share, search in parts:
            begun = min(1.0, max(0.0, search.mixtures[number].start_probability))
            start += share * begun
            outcome = outcome_beside(steps, search.outcomes[number], begun)
            outcomes.append((share, outcome))
            if search.policy.indices[number] > search.policy.outside_option and share:
                thresholds = search.solved.thresholds(number)
                action = entry.way or name_of_continuing(entry.process, thresholds)
        ended = float(self.joint.leaves.accepted[0])
        if ended:
            outcomes.append((ended, left_at_once(steps[0].exit_terms)))
        return _Course(action, mean_outcome(outcomes), start)

    def _value_alone(self, entry: CompiledProcess[float]) -> Worth:
        """What a process is worth if it is the only one, hours.

        What others have shown of its company still counts.

        Args:
            entry: The process.
        """
        if entry.is_running and not has_detour(entry):
            return float(self.joint.values_alone[self._numbers[id(entry)]])
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
    def asking_hours(self) -> Hours:
        """Expected hours that asking about the offers takes."""
        return float(self.joint.answers.leaves().hours[0])

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
        problem = self.problems[id(entry)]
        choice = choices_of(self.evaluation(entry))[0]
        return HeldOffer(
            name=entry.opportunity.name,
            action=standing.action,
            surplus_hours=entry.process.mean_hours,
            accept_value=standing.values[Action.ACCEPT_OFFER],
            wait_value=standing.values[Action.POSTPONE],
            decline_value=standing.value_without,
            dealbreakers=entry.dealbreakers,
            ask_value=standing.values.get(Action.ASK_FIRST),
            marginal_value=choice.value,
            terms=choice.terms,
            after=(standing.after,) if standing.after else (),
            fit=problem.process.mean,
            sd=problem.process.sd,
            unknown=problem.posterior.unknown,
            ask_about=aspects_to_ask(problem),
            asking_sd=sd_of_answers(problem),
        )


@frozen(eq=False)
class _Course:
    """What a process leads to by the order of a plan.

    Attributes:
        action: Its next action.
        outcome: What it leads to.
        start: Probability that it is begun.
    """

    action: Action
    outcome: Outcome[float]
    start: Probability

    @classmethod
    def of_choice(
        cls, choice: Choice, action: Action, process: Process[float]
    ) -> "_Course":
        """What an action leads to that the order of the plan does not have.

        Args:
            choice: The best of the actions for it.
            action: What is done; another where a dealbreaker forces it.
            process: From where it stands.
        """
        accepted, hours, days = choice.accept_probability, choice.hours, choice.days
        start = float(choice.action not in LEAVING and bool(process.steps))
        if action is not choice.action:
            finished = process.steps[:1] if action is Action.FINISH_POLITELY else ()
            accepted, start = 0.0, 0.0
            hours = fsum(step.hours for step in finished)
            days = fsum(step.days for step in finished)
        outcome = Outcome(
            choice.value, choice.terms, 0.0, accepted, hours, days, choice.reach
        )
        return cls(action, outcome, start)


def _next_stage(process: Process[float]) -> str:
    """The title of the stage at which a process stands; empty if none lies ahead."""
    stages = [step.title for step in process.steps if step.stage >= 0]
    return stages[0] if stages else ""
