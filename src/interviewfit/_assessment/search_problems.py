"""A single decision beside the other processes of a search, compiled into a problem.

They are its rivals, and what it teaches is priced at what that is worth to them
(``entries``); offers among them are answered first (``offers``), by what can be had for
sure (``joint_search``).
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import Problem
from interviewfit._assessment.shared_rivals import SharedRivals, in_order
from interviewfit._assessment.ways import on_their_ways, problem_of_entry, ways_of
from interviewfit._competition.entries import CompiledProcess, compile_beside
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.practice_price import price_practice
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.scenarios import RivalScenarios, gain_of_readjusting
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ACTION_CODES, Action, Phase


@frozen(eq=False)
class SolvedSearch:
    """A decision beside other processes, from which a similar one takes what is alike.

    Attributes:
        compiled: Its process, and then the others.
        ways: The detour that each takes first, or None.
        problems: The decisions on all of them.
        subject: The process on its way.
    """

    compiled: Sequence[CompiledProcess[float]]
    ways: Sequence[Action | None]
    problems: "SearchProblems"
    subject: CompiledProcess[float]

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
        stated: dict[str, float] = {}
        before: Sequence[CompiledProcess[float]] = ()
        ways: dict[int, Action | None] = {}
        solved: SolvedProcesses | None = None
        if known is not None:
            before, solved = known.compiled, known.problems.solved
            ways.update(zip(map(id, before), known.ways, strict=True))
        entries = compile_beside(decision, stated, before)
        new = [entry for entry in entries if id(entry) not in ways]
        ways.update(zip(map(id, new), ways_of(new), strict=True))
        taken = [ways[id(entry)] for entry in entries]
        return cls.of_compiled(decision, entries, taken, solved)

    @classmethod
    def of_compiled(
        cls,
        decision: Decision,
        compiled: Sequence[CompiledProcess[float]],
        ways: Sequence[Action | None],
        solved: SolvedProcesses | None = None,
    ) -> "SolvedSearch":
        """A decision whose processes are compiled, solved.

        Args:
            decision: With other processes beside it.
            compiled, ways: As the attributes.
            solved: Processes whose chains are not solved again.
        """
        subject, *others = on_their_ways(compiled, ways)
        problems = SearchProblems.of(
            decision.candidate, (subject, *others), decision.assumptions, solved
        )
        return cls(compiled, ways, problems, subject)

    @cached_property
    def problem(self) -> Problem[float]:
        """The decision itself."""
        return self.problems.problem(self.subject)


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

    def problem(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision on one of the processes.

        Where all others are ruled out, it is the decision on it alone.
        """
        joint, is_alive = self.joint, entry.is_running
        if joint is not None:
            is_alive = is_alive or any(offer is entry for offer in joint.offered)
        if joint is None or joint.alive == is_alive:
            return _problem_without_offers(self.rivals, entry)
        return problem_in_search(joint, entry, self.rivals)


def _problem_without_offers(
    shared: SharedRivals, entry: CompiledProcess[float]
) -> Problem[float]:
    """The decision on one process of a search in which there is no offer.

    Args:
        shared, entry: All that runs, and the process.
    """
    rivals, practice = shared.beside(entry, 0.0)
    scenarios = RivalScenarios.of(rivals, len(shared.running) - entry.is_running)
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
