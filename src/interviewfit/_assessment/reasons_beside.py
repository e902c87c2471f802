"""The reasons of answers about the opportunities of one search.

What is unsaid of the candidate is the same for every opportunity, so a search without
it is compiled and solved once for all. What is unsaid of one opportunity leaves the
others as they are. All that is asked for at a time is evaluated side by side.
"""

from collections.abc import Iterator, Sequence

from interviewfit._assessment.alternatives import Problem
from interviewfit._assessment.evaluating_all import evaluate_all
from interviewfit._assessment.problems import compile_problem
from interviewfit._assessment.reasons import (
    Changed,
    Standing,
    reasons_in_rounds,
    reasons_of,
    standing_of,
)
from interviewfit._assessment.search_problems import SolvedSearch
from interviewfit._assessment.statements import BESIDE, without
from interviewfit._assessment.ways import on_their_ways, ways_of
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import Path
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.effort import counted, largest_work, round_numbers
from interviewfit._results.reasons import Reasons

# Of the decision itself: what else is said bears on all processes of the search.
_OWN = "opportunity"
# Answers whose reasons are worked out at once, and what those of the second take of
# what the first took, about.
_TOGETHER, _LATER = 8, 0.2
# What those of all may take of what a calculation may, and of so few that all are read.
_SHARE, _SHARE_OF_FEW, _FEW = 0.8, 1.6, 10


class ReasonsBeside:
    """The reasons of answers, each about another opportunity of one search."""

    def __init__(self) -> None:
        self._searches: dict[frozenset[Path], SolvedSearch] = {}

    def of(self, answers: Sequence[tuple[Decision, Action]]) -> list[Reasons]:
        """What each thing said does to each answer.

        Args:
            answers: Each decision, and what was advised; those without others beside
                them have nothing in common.
        """
        beside = [answer for answer in answers if answer[0].beside]
        together = iter(reasons_in_rounds(beside, self._standings))
        return [
            next(together) if decision.beside else reasons_of(decision, action)
            for decision, action in answers
        ]

    def in_order(
        self, answers: Sequence[tuple[Decision, Action]], *, of_all: bool
    ) -> Iterator[Reasons | None]:
        """Yield what each thing said does to each answer, as far as that is bounded.

        Where all would take most of what a calculation may (``effort``), or of ten
        more than that, it is worked out for a round number of answers, the first ones;
        None for the rest.

        Args:
            answers: Each decision, and what was advised.
            of_all: Whether it is worked out for all, however long that takes.
        """
        share = _SHARE_OF_FEW if len(answers) <= _FEW else _SHARE
        left, done, work = share * largest_work(), 0, 0.0
        for stop in round_numbers(1, len(answers)):
            if not of_all and work * (stop - done) > left:
                break
            operations, count = 0, stop - done
            while done < stop:
                block = answers[done : min(stop, done + _TOGETHER)]
                with counted() as effort:
                    reasons = self.of(block)
                yield from reasons
                operations, done = operations + effort.operations, done + len(block)
            # The first solves what is the same for all.
            work = (operations if done > 1 else _LATER * operations) / count
            left -= operations
        yield from [None] * (len(answers) - done)

    def _standings(self, changed: Sequence[Changed]) -> list[Standing]:
        """How the actions stand without some things.

        Args:
            changed: Each decision, and what is unsaid.
        """
        problems: list[Problem[float]] = []
        replaced: list[tuple[int, SolvedSearch, CompiledProcess[float]]] = []
        for number, (decision, paths) in enumerate(changed):
            shared = frozenset(path for path in paths if path[0] != _OWN)
            if BESIDE in shared:
                problems.append(compile_problem(without(decision, paths)))
                continue
            search, entry = self._search(decision, shared), None
            of_job = [path for path in paths if path not in shared]
            if of_job:
                alike = without(search.decision, of_job)
                entry = search.changed(alike)
                if entry is None:
                    search = SolvedSearch.of(alike, search)
                else:
                    replaced.append((number, search, entry))
            problems.append(search.problem)
        # The ways of all processes that are replaced are found at once.
        entries = [entry for _, _, entry in replaced]
        on_ways = on_their_ways(entries, ways_of(entries))
        for (number, search, _), entry in zip(replaced, on_ways, strict=True):
            problems[number] = search.problem_of(entry)
        evaluations = evaluate_all(problems, SolvedProcesses.of([]))
        return [standing_of(evaluation) for evaluation in evaluations]

    def _search(self, decision: Decision, shared: frozenset[Path]) -> SolvedSearch:
        """The search of a decision, solved without some things of all processes.

        It is kept, because the same things are unsaid for every opportunity of the
        search; what differs from the one that is kept is solved again.

        Args:
            decision: As it was stated, with the same processes beside it or others.
            shared: Where the things stand that are unsaid: in the candidate, the
                assumptions, or what other processes have shown.
        """
        similar = self._searches.get(shared) or self._searches.get(frozenset())
        search = SolvedSearch.of(without(decision, list(shared)), similar)
        self._searches[shared] = search
        return search
