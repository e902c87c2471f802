"""A single decision beside the other processes of a search, compiled into a problem.

They are its rivals, and what it teaches is priced at what that is worth to them
(``entries``); offers among them are answered first (``offers``), by what can be had for
sure (``joint_search``).
"""

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import Problem
from interviewfit._assessment.shared_rivals import SharedRivals, in_order
from interviewfit._assessment.ways import (
    on_their_ways,
    problem_of_entry,
    ways_of,
)
from interviewfit._competition.entries import CompiledProcess, compile_beside
from interviewfit._competition.joint_search import (
    JointSearch,
)
from interviewfit._competition.practice_price import (
    price_practice,
)
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import ACTION_CODES, Action, Phase


def problem_beside(decision: Decision) -> Problem[float]:
    """A single decision with other processes beside it, compiled.

    Raises:
        InvalidFieldError: If two processes beside it share a name.
    """
    stated: dict[str, float] = {}
    entries = compile_beside(decision, stated)
    subject, *others = on_their_ways(entries, ways_of(entries))
    return SearchProblems.of(
        decision.candidate, (subject, *others), decision.assumptions
    ).problem(subject)


@frozen(eq=False)
class SearchProblems:
    """The decisions on the processes of a search without a budget.

    Attributes:
        rivals: All that runs.
        joint: The search with the answers to its offers; None where it has none.
    """

    rivals: SharedRivals
    joint: JointSearch | None

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        assumptions: Assumptions,
    ) -> "SearchProblems":
        """The decisions of a candidate.

        Args:
            candidate, entries, assumptions: Who decides, on what, by which numbers.
        """
        entries, joint = in_order(entries), None
        rivals = SharedRivals.of(candidate, entries)
        if any(entry.structure.phase is Phase.OFFERED for entry in entries):
            joint = JointSearch.of(candidate, entries, assumptions)
        return cls(rivals, joint)

    def problem(self, entry: CompiledProcess[float]) -> Problem[float]:
        """The decision on one of the processes.

        Where all others are ruled out, it is the decision on it alone.
        """
        joint, is_alive = self.joint, entry.is_running
        if joint is not None:
            is_alive = is_alive or any(offer is entry for offer in joint.offered)
        if joint is None or joint.alive == is_alive:
            return _problem_without_offers(self.rivals, entry)
        return problem_in_search(
            joint, entry, lambda base: self.rivals.beside(entry, base)
        )


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
    rivals_at: Callable[[Worth], tuple[RivalDistribution, Worth]],
) -> Problem[float]:
    """The decision on one process of a search.

    Args:
        joint: The search, with the answers to its offers.
        entry: The process.
        rivals_at: All others that run with the best offer in hand, hours, and what a
            unit of log-odds is worth to them, hours.
    """
    if entry.structure.phase is Phase.OFFERED:
        return _offer_in_search(joint, entry, rivals_at(0.0)[0])
    answers, parts, prices = joint.answers, [], []
    value = float(answers.value[0])
    for held, chance in joint.leaves.held.items():
        base = joint.in_hand(held)
        rivals, practice = rivals_at(base)
        parts.append((chance, rivals))
        prices.append(chance[0] * practice)
        value += chance[0] * (float(rivals.value[0]) - joint.bounds_at(base).lower)
    leaving = joint.leaving.sum()
    if entry.is_running:
        leaving -= joint.leaving[joint.rows[id(entry)]]
    if joint.accepts:
        value = float(answers.value[0]) + leaving - float(joint.leaving.sum())
    scenarios = RivalScenarios(
        parts,
        joint.leaves.accepted,
        np.array([value]),
        np.array([leaving]),
        np.array([joint.accepts]),
        np.array([joint.lead]),
        joint.alive - entry.is_running,
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
