"""A search as a whole: what runs, the offers on the table, and how they are answered.

What everything that runs is worth with a sure alternative in hand lies between two
bounds (``bounds``). The offers are answered by the lower one, which is the value of a
plan that anybody can keep to.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import define, evolve, field

from interviewfit._competition.bounds import SearchConstraints
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.foreseen_chains import ForeseenChains
from interviewfit._competition.held_offers import bases_by_event, gain_with_news
from interviewfit._competition.offers import (
    NO_OFFERS,
    Holding,
    OfferAnswers,
    OfferLeaves,
)
from interviewfit._competition.practice import PracticeModel
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.search_limits import NO_LIMITS, SearchLimits
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._competition.standings import (
    OfferStanding,
    first_floats,
    standings_of,
)
from interviewfit._competition.value_bounds import ValueBounds
from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Hours, Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatColumn, N
from interviewfit._process.ends import leaving_value


def leaving_values(entries: Sequence[CompiledProcess[N]], rows: int) -> FloatColumn:
    """What leaving each running process now is worth, hours, ``(processes, rows)``.

    Args:
        entries: The processes.
        rows: How many rows there are.
    """
    values = np.zeros((len(entries), rows))
    for value, entry in zip(values, entries, strict=True):
        midway = entry.structure.phase is Phase.MIDWAY
        value[:] = leaving_value(entry.process, midway=midway)
    return values


@define(eq=False)
class JointSearch:
    """The processes of one search, and the answers to its offers.

    Attributes:
        entries: All its processes.
        constraints: The conditions of the search, with those that run.
        asking: What asking an offer to wait costs, hours.
        asks_in_budget: Whether the hours of asking first are within the budget, and so
            cost what any hour within it costs.
    """

    entries: Sequence[CompiledProcess[float]]
    constraints: SearchConstraints
    asking: Hours
    asks_in_budget: bool = True
    _bounds: dict[Worth, ValueBounds] = field(factory=dict)
    _without: FloatColumn | None = None

    @classmethod
    def of(
        cls,
        candidate: Candidate,
        entries: Sequence[CompiledProcess[float]],
        assumptions: Assumptions,
        limits: SearchLimits = NO_LIMITS,
        further: Sequence[ChainParameters[float]] = (),
        solved: SolvedProcesses | None = None,
    ) -> "JointSearch":
        """The search of a candidate.

        Args:
            candidate, entries, assumptions: Who decides, on what, by which numbers.
            limits: What it keeps to.
            further: Chains that are solved with all others (``SolvedProcesses.known``).
            solved: Processes whose chains are not solved again.
        """
        budget, slots = limits.budget, limits.slots
        running = [entry for entry in entries if entry.is_running]
        decay, done = assumptions["practice_decay"], candidate.interviews_done
        if done is None:
            done = assumptions["interviews_done"]
        taught = assumptions["practice_gain"] * decay**done
        model = PracticeModel(candidate.weights.practice, unit=taught, decay=decay)
        chains = [entry.chain for entry in running]
        offers = sum(entry.structure.phase is Phase.OFFERED for entry in entries)
        # News of an offer counts where nothing keeps the bounds apart.
        bounded = limits.bounded or offers > 0
        foreseen = ForeseenChains.of(chains, running, model, bounded=bounded)
        every = [*chains, *foreseen.all_chains, *further]
        solved = SolvedProcesses.of(every, solved)
        constraints = SearchConstraints(
            running,
            solved.take(np.arange(len(chains))),
            budget=budget,
            slots=slots if slots is not None and slots < len(running) else None,
            recall=limits.recall,
            model=model,
            foreseen=foreseen.solved_in(solved, len(chains)),
            offers=offers,
            bounded=bounded,
        )
        joint = cls(entries, constraints, assumptions["asking"])
        asked = float(joint.answers.leaves().hours[0]) if budget is not None else 0.0
        if budget is None or not asked:
            return joint
        # What is asked takes hours too.
        left = evolve(constraints, budget=max(0.0, budget - asked))
        return cls(entries, left, assumptions["asking"], asks_in_budget=False)

    @cached_property
    def offered(self) -> Sequence[CompiledProcess[float]]:
        """The offers that nothing rules out, of the highest surplus first.

        Of equal ones the name decides, so that the order of the file does not matter.
        """
        offers = [
            entry
            for entry in self.entries
            if entry.structure.phase is Phase.OFFERED and not entry.dealbreakers
        ]
        return sorted(
            offers,
            key=lambda entry: (-entry.process.mean_hours, entry.opportunity.name),
        )

    @property
    def chains(self) -> list[ChainParameters[float] | None]:
        """Each process as it was solved; None where it does not run."""
        return [entry.chain if entry.is_running else None for entry in self.entries]

    @cached_property
    def is_alone(self) -> bool:
        """Whether passes tell of the fit of the only process, which is then exact."""
        entry, *others = self.entries
        is_free = not others and self.constraints.budget is None
        return is_free and entry.process.mutual is not None

    @property
    def indices(self) -> FloatColumn:
        """The index of each running process, hours."""
        return self.constraints.unpriced.indices

    @cached_property
    def values_alone(self) -> FloatColumn:
        """What each running process is worth if its steps are the only ones, hours."""
        return self.constraints.unpriced.standalone_values(0.0)

    @property
    def alive(self) -> int:
        """How many processes run, or are offers that nothing rules out."""
        return len(self.constraints.running) + len(self.offered)

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """The row of each running process, by the identity of the process."""
        running = self.constraints.running
        return {id(entry): number for number, entry in enumerate(running)}

    @cached_property
    def leaving(self) -> FloatColumn:
        """What leaving each running process now is worth, hours, ``(processes,)``."""
        return leaving_values(self.constraints.running, 1)[:, 0]

    @cached_property
    def end_terms(self) -> Mapping[Term, Worth]:
        """What offers and refusals bring whatever is done about them, hours, by term.

        At either one can name somebody better suited.
        """
        terms: dict[Term, Worth] = {}
        for entry in self.entries:
            for term, worth in entry.process.end_terms.items():
                terms[term] = terms.get(term, 0.0) + worth
        return terms

    def bounds_at(self, outside_option: Worth) -> ValueBounds:
        """Bounds on the value with a sure alternative in hand.

        Args:
            outside_option: The alternative, hours.
        """
        if outside_option not in self._bounds:
            self._bounds[outside_option] = self.constraints.bounds(outside_option)
        return self._bounds[outside_option]

    def worlds(self, held: Holding) -> Sequence[tuple[Probability, Worth]]:
        """The best of some held offers, hours, by what becomes of events to come.

        Each comes with its probability. Where the index policy cannot be kept, nobody
        can be sure to have what an event brings, and the offers count as believed.

        Args:
            held: The numbers of the offers.
        """
        base = self.in_hand(held)
        if not self._keeps_index(base):
            return [(1.0, base)]
        return bases_by_event([self.offered[offer].process for offer in held])

    def _keeps_index(self, base: Worth) -> bool:
        """Whether the index policy can be kept, so that news of an offer counts.

        Args:
            base: The best offer in hand, hours.
        """
        bounds = self.bounds_at(base)
        return not (bounds.reasons or bounds.search.price)

    def in_hand(
        self,
        held: Holding,
        offers: Sequence[CompiledProcess[float]] | None = None,
    ) -> Worth:
        """The best of some held offers, or nothing, hours.

        Args:
            held: Their numbers.
            offers: All offers; by default those that nothing rules out.
        """
        offers = self.offered if offers is None else offers
        means = [offers[offer].process.mean_hours for offer in held]
        return max(0.0, *means) if means else 0.0

    @cached_property
    def answers(self) -> OfferAnswers:
        """How the offers are answered, by the value that can be had."""
        return self._answers(lambda bounds: bounds.lower)

    @cached_property
    def upper_answers(self) -> OfferAnswers:
        """How they would be answered if no plan were worth less than its bound.

        Where both bounds are the same, whatever is in hand, that is how they are.
        """
        answers = self.answers
        waiting = filter(answers.may_wait, answers.open_offers)
        held = [NO_OFFERS, *(frozenset({it}) for it in waiting)]
        bounds = [self.bounds_at(self.in_hand(offers)) for offers in held]
        if all(item.lower == item.upper for item in bounds):
            return answers
        return self._answers(lambda bounds: bounds.upper)

    def _answers(
        self,
        value: Callable[[ValueBounds], Worth],
        offers: Sequence[CompiledProcess[float]] | None = None,
    ) -> OfferAnswers:
        """The answers to the offers.

        Args:
            value: Which of the bounds counts.
            offers: The offers; by default those that nothing rules out.
        """
        running = self.constraints.running
        chains = [item.chain for item in running]
        return self._answered(
            self.offered if offers is None else offers,
            self.leaving.sum(keepdims=True),
            lambda base: np.array([value(self.bounds_at(base))]),
            lambda base: RivalDistribution.of(chains, base),
        )

    def value_without(
        self,
        entry: CompiledProcess[float],
        rivals_at: Callable[[Worth], RivalDistribution],
    ) -> FloatColumn:
        """What the search is worth without a running process, hours, ``(1,)``.

        By index, with the offers answered anew: without each process the first time.

        Args:
            entry: The process.
            rivals_at: The rivals of all running processes, a row for each, with the
                best offer in hand, hours; the same in every call.
        """
        if self._without is None:
            count = len(self.constraints.running)
            self._without = self._answered(
                self.offered,
                self.leaving.sum() - self.leaving,
                lambda base: rivals_at(base).value[:count],
                rivals_at,
            ).value
        return self._without[[self.rows[id(entry)]]]

    def _answered(
        self,
        offers: Sequence[CompiledProcess[float]],
        leaving: FloatColumn,
        value_at: Callable[[Worth], FloatColumn],
        running_at: Callable[[Worth], RivalDistribution],
    ) -> OfferAnswers:
        """The answers to some offers, in a row for each search of what runs.

        Args:
            offers: The offers.
            leaving: What leaving all that runs is worth, hours, ``(rows,)``.
            value_at: What that is worth with the best offer in hand, hours, likewise.
            running_at: The same by index.
        """
        rows = leaving.size

        def with_news(held: Holding, offer: int) -> FloatColumn:
            """What news of an offer that waits adds, if the index policy can be kept.

            Args:
                held, offer: The offers that wait, and one more of which there is news.
            """
            base = self.in_hand(held, offers)
            if not self._keeps_index(base):
                return np.zeros(rows)
            return gain_with_news(running_at(base), offers[offer].process, rows)

        price = self.bounds_at(0.0).search.price
        return OfferAnswers(
            offers,
            leaving,
            lambda held: value_at(self.in_hand(held, offers)),
            with_news,
            self.asking * (1.0 + price),
            self.asking,
            rows,
            price if self.asks_in_budget else 0.0,
        )

    @property
    def most_hours(self) -> Hours:
        """Hours beyond which no more are worth it, whatever becomes of the offers."""
        self.answers.leaves()
        return max(bounds.search.hours for bounds in self._bounds.values())

    @cached_property
    def leaves(self) -> OfferLeaves:
        """What follows once the offers are answered, if none is accepted at once."""
        return self.answers.leaves(may_accept=False)

    @cached_property
    def bases(self) -> Sequence[tuple[Worth, Probability]]:
        """The best offer in hand once none is accepted at once, hours, and how likely.

        One for each set of offers that may be held, and what becomes of their events.
        """
        return [
            (base, float(chance[0]) * share)
            for held, chance in self.leaves.held.items()
            for share, base in self.worlds(held)
        ]

    @cached_property
    def lead(self) -> Worth:
        """By how much accepting an offer at once is best, hours; else 0."""
        answers = self.answers
        return float((answers.value - answers.value_if_not_accepted())[0])

    @cached_property
    def accepts(self) -> bool:
        """Whether an offer is accepted at once, which ends the search."""
        return bool(self.answers.accepts[0])

    def standing(self, entry: CompiledProcess[float]) -> OfferStanding:
        """How one offer stands among all offers.

        Args:
            entry: The offer; one that meets a dealbreaker stands beside the others as
                if it met none, and is turned down.
        """
        if entry.dealbreakers:
            offers = (entry, *self.offered)
            answers = self._answers(lambda bounds: bounds.lower, offers)
            values = first_floats(answers, 0)
            without = float(answers.value_without(0)[0])
            return OfferStanding(entry, values, without, Action.DECLINE_OFFER)
        return self.standings[self.offered.index(entry)]

    @cached_property
    def standings(self) -> Sequence[OfferStanding]:
        """How each offer of *offered* stands."""
        return standings_of(self.answers)
