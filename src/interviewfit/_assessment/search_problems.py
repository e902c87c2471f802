"""A single decision beside the other processes of a search, compiled into a problem.

They are its rivals, and what it teaches is priced at what that is worth to them
(``entries``); offers among them are answered first (``offers``), by what can be had for
sure (``joint_search``).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import Problem
from interviewfit._assessment.shared_rivals import SharedRivals, in_order
from interviewfit._assessment.ways import (
    has_detour,
    on_their_ways,
    problem_of_entry,
    ways_and_values,
)
from interviewfit._competition.entries import (
    CompiledProcess,
    bears_on_rivals,
    compile_apart,
    compile_beside,
)
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.practice_price import price_practice
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.scenarios import RivalScenarios, gain_of_readjusting
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, Action, Phase


@frozen(eq=False)
class SolvedSearch:
    """A decision beside other processes, from which a similar one takes what is alike.

    Attributes:
        decision: As it was stated.
        compiled: Its process, and the others, in any order.
        ways: The detour that each takes first, or None.
        detoured: What those that could take one are worth alone, hours, by identity.
        on_ways: They on these ways.
        problems: The decisions on all of them.
    """

    decision: Decision
    compiled: Sequence[CompiledProcess[float]]
    ways: Sequence[Action | None]
    detoured: Mapping[int, Worth]
    on_ways: Sequence[CompiledProcess[float]]
    problems: "SearchProblems"

    @classmethod
    def of(
        cls, decision: Decision, known: "SolvedSearch | None" = None
    ) -> "SolvedSearch":
        """A decision, compiled and solved.

        Args:
            decision: With other processes beside it.
            known: A similar one; what is the same is neither compiled nor solved again.

        Raises:
            InvalidFieldError: If two processes beside it share a name.
        """
        if known is not None and known.is_of(decision):
            return evolve(known, decision=decision)
        stated: dict[str, float] = {}
        before: Sequence[CompiledProcess[float]] = ()
        ways: dict[int, Action | None] = {}
        worths: dict[int, Worth] = {}
        solved: SolvedProcesses | None = None
        if known is not None:
            before, solved = known.compiled, known.problems.solved
            ways.update(zip(map(id, before), known.ways, strict=True))
            worths.update(known.detoured)
        entries = compile_beside(decision, stated, before)
        new = [entry for entry in entries if id(entry) not in ways]
        new_ways, values = ways_and_values(new)
        ways.update(zip(map(id, new), new_ways, strict=True))
        worths.update((id(new[number]), value) for number, value in values.items())
        taken = [ways[id(entry)] for entry in entries]
        return cls.of_compiled(decision, entries, taken, solved, worths)

    @classmethod
    def of_compiled(
        cls,
        decision: Decision,
        compiled: Sequence[CompiledProcess[float]],
        ways: Sequence[Action | None],
        solved: SolvedProcesses | None = None,
        detoured: Mapping[int, Worth] | None = None,
    ) -> "SolvedSearch":
        """A decision whose processes are compiled, solved.

        Args:
            decision: With other processes beside it.
            compiled, ways: As the attributes.
            solved: Processes whose chains are not solved again.
            detoured: As the attribute; None for what is not known.
        """
        on_ways = on_their_ways(compiled, ways)
        problems = SearchProblems.of(
            decision.candidate, on_ways, decision.assumptions, solved
        )
        return cls(decision, compiled, ways, detoured or {}, on_ways, problems)

    def is_of(self, decision: Decision) -> bool:
        """Whether a decision is on one of the processes of this search.

        Args:
            decision: With other processes beside it.
        """
        jobs = {id(job) for job in _jobs(self.decision)}
        return (
            jobs == {id(job) for job in _jobs(decision)}
            and self.decision.candidate == decision.candidate
            and self.decision.assumptions == decision.assumptions
        )

    @cached_property
    def problem(self) -> Problem[float]:
        """The decision itself."""
        return self.problems.problem(self.on_ways[self._number])

    @property
    def value_alone(self) -> Worth | None:
        """What its process is worth alone, hours; None where that is not known yet."""
        number = self._number
        return self.problems.value_alone(
            self.compiled[number], self.on_ways[number], self.detoured
        )

    @property
    def _number(self) -> int:
        """The number of its process."""
        names = [entry.opportunity.name for entry in self.compiled]
        return names.index(self.decision.opportunity.name)

    def changed(self, decision: Decision) -> CompiledProcess[float] | None:
        """The process of a decision that differs in nothing but its own opportunity.

        None where that bears on another process, or an offer has to be answered: then
        the whole search is another one.

        Args:
            decision: With the same processes beside it.
        """
        bears = bears_on_rivals(decision, ()) or bears_on_rivals(self.decision, ())
        if bears or self.problems.joint is not None:
            return None
        (entry,) = compile_apart(decision, {})
        return None if entry.structure.phase is Phase.OFFERED else entry

    def problem_of(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision with another process in its place; the others are as they are.

        Args:
            entry: Of ``changed``, on its way.
        """
        return _problem_without_offers(
            self.problems.rivals, entry, self.on_ways[self._number]
        )


def _jobs(decision: Decision) -> tuple[Opportunity, ...]:
    """The opportunity of a decision, and the others of its search."""
    job = decision.opportunity
    return (job, *(it for it in decision.beside if it.name != job.name))


@frozen(eq=False)
class SearchProblems:
    """The decisions on the processes of a search without a budget.

    Attributes:
        rivals: All that runs.
        joint: The search with the answers to its offers; None where it has none.
        solved: What runs, with every chain that was solved for it.
    """

    rivals: SharedRivals
    joint: JointSearch | None
    solved: SolvedProcesses

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        assumptions: Assumptions,
        solved: SolvedProcesses | None = None,
    ) -> "SearchProblems":
        """The decisions of a candidate.

        Args:
            candidate, entries, assumptions: Who decides, on what, by which numbers.
            solved: Processes whose chains are not solved again.
        """
        entries, joint = in_order(entries), None
        rivals = SharedRivals.of(candidate, entries, solved)
        solved = rivals.search_at(0.0).solved
        if any(entry.structure.phase is Phase.OFFERED for entry in entries):
            joint = JointSearch.of(candidate, entries, assumptions, solved=solved)
            solved = joint.constraints.unpriced
        return cls(rivals, joint, solved)

    @cached_property
    def _values_alone(self) -> Mapping[int, Worth]:
        """What each running process is worth if its steps are the only ones, hours."""
        values = self.solved.standalone_values(0.0).tolist()
        return dict(zip(map(id, self.rivals.running), values, strict=True))

    def value_alone(
        self,
        entry: CompiledProcess[float],
        on_way: CompiledProcess[float],
        detoured: Mapping[int, Worth],
    ) -> Worth | None:
        """What a process is worth if it is the only one, hours.

        Args:
            entry, on_way: The process as it was compiled, and with the steps of the
                detour that it takes first.
            detoured: What processes that could take a detour are worth alone, hours, by
                the identity of the process as it was compiled.

        Returns:
            None where it is not known from what was solved, as of an offer.
        """
        if on_way.is_running and not has_detour(entry):
            return self._values_alone[id(on_way)]
        return detoured.get(id(entry))

    def problem(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision on one of the processes.

        Where all others are ruled out, it is the decision on it alone.
        """
        joint, is_alive = self.joint, entry.is_running
        if joint is not None:
            is_alive = is_alive or any(offer is entry for offer in joint.offered)
        if joint is None or joint.alive == is_alive:
            return _problem_without_offers(self.rivals, entry, entry)
        return problem_in_search(joint, entry, self.rivals)


def _problem_without_offers(
    shared: SharedRivals,
    entry: CompiledProcess[float],
    replaced: CompiledProcess[float],
) -> Problem[float]:
    """The decision on one process of a search in which there is no offer.

    Args:
        shared: All that runs.
        entry: The process.
        replaced: The one in whose place it is there; maybe itself.
    """
    rivals, practice = shared.beside(replaced, 0.0)
    scenarios = RivalScenarios.of(rivals, len(shared.running) - replaced.is_running)
    return problem_of_entry(entry, price_practice(entry.numbers, practice), scenarios)


def problem_in_search(
    joint: JointSearch,
    entry: CompiledProcess[float],
    shared: SharedRivals,
) -> Problem[float]:
    """The decision on one process of a search.

    Args:
        joint: The search, with the answers to its offers.
        entry: The process.
        shared: What each process competes with.
    """
    if entry.structure.phase is Phase.OFFERED:
        return _offer_in_search(joint, entry, shared.beside(entry, 0.0)[0])
    answers, parts, prices = joint.answers, [], []
    value = float(answers.value[0])
    for base, chance in joint.bases:
        rivals, practice = shared.beside(entry, base)
        parts.append((np.array([chance]), rivals))
        prices.append(chance * practice)
        value += chance * (float(rivals.value[0]) - joint.bounds_at(base).lower)
    leaving, readjusted = joint.leaving.sum(), np.zeros(1)
    if entry.is_running:
        own = joint.leaving[joint.rows[id(entry)]]
        leaving -= own
        value -= float(joint.leaves.accepted[0] * own)
    if joint.accepts:
        value = float(answers.value[0]) + leaving - float(joint.leaving.sum())
    elif entry.is_running and joint.offered:
        without = joint.value_without(entry, shared.beside_each)
        readjusted = gain_of_readjusting(without, np.array([value]))
        value += float(readjusted[0])
    scenarios = RivalScenarios(
        parts,
        joint.leaves.accepted,
        np.array([value]),
        np.array([leaving]),
        np.array([joint.accepts]),
        np.array([joint.lead]),
        joint.alive - entry.is_running,
        readjusted,
    )
    priced = price_practice(entry.numbers, float(sum(prices)))
    return problem_of_entry(entry, priced, scenarios)


def _offer_in_search(
    joint: JointSearch, entry: CompiledProcess[float], rivals: RivalDistribution
) -> Problem[float]:
    """The decision on an offer of a search.

    Args:
        joint: The search.
        entry: The offer.
        rivals: All that runs.
    """
    standing = joint.standing(entry)
    without = standing.value_without
    return evolve(
        problem_of_entry(
            entry,
            entry.numbers,
            evolve(
                RivalScenarios.of(rivals, joint.alive - (not entry.dealbreakers)),
                value=np.array([without]),
            ),
            without - float(joint.leaving.sum()),
        ),
        waiting=standing.values[Action.POSTPONE] - without,
        answer=np.array([ACTION_CODES[standing.action]]),
    )
