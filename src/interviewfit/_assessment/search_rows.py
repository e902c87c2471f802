"""Many decisions beside the other processes of a search, compiled side by side.

As ``search_problems`` for a single one; many rows answer the offers among the others by
the index policy.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.alternatives import Problem
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.offer_order import (
    offers_by_name,
    offers_in_order,
    rows_by_order,
)
from interviewfit._assessment.ways import (
    on_their_ways,
    problem_of_entry,
    rows_by_way,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import (
    CompiledProcess,
    bears_on_rivals,
    compile_apart,
    compile_beside,
)
from interviewfit._competition.held_offers import bases_by_event, gain_with_news
from interviewfit._competition.joint_search import JointSearch, leaving_values
from interviewfit._competition.known_chains import KnownChains
from interviewfit._competition.offers import Holding, OfferAnswers
from interviewfit._competition.practice_price import price_practice, rivals_at
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.scenarios import RivalScenarios, gain_of_readjusting
from interviewfit._competition.standings import OfferStandings
from interviewfit._competition.value_bounds import ValueBounds
from interviewfit._model.decision import Decision
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import (
    FloatArray,
    FloatColumn,
    IndexArray,
    Number,
    select_rows,
    sum_in_order,
)


def compile_rows_beside(
    decision: Decision,
    values: Mapping[str, FloatColumn],
    rows: int,
    known: KnownRivals,
) -> Iterator[tuple[IndexArray, Problem[Number]]]:
    """Yield many decisions beside others, those together that are compiled alike.

    Their detours are the same, and the order of their offers.

    Args:
        decision: What they have in common.
        values: The numbers in which they differ, by name: columns of shape ``(rows,)``,
            checked already.
        rows: How many rows there are.
        known: What other rows of the same decision have shown; updated.

    Yields:
        Numbers of rows, and their decisions side by side.

    Raises:
        InvalidFieldError: If two processes beside it share a name.
    """
    rivals: tuple[CompiledProcess[Number], ...] = ()
    entries: tuple[CompiledProcess[Number], ...]
    if bears_on_rivals(decision, values):
        entries = compile_beside(decision, values)
    else:
        entries = compile_apart(decision, values)
        rivals = known.on_ways(decision)[1:]
    if known.chains.on_average:
        # Of so many steps each process takes the detour that it takes as stated.
        taken = known.ways(decision)[: len(entries)]
        by_way = [(np.arange(rows), taken)]
    else:
        by_way = rows_by_way(entries, rows, known.chains)
    on_ways: tuple[CompiledProcess[Number], ...]
    ordered: tuple[CompiledProcess[Number], ...]
    for members, ways in by_way:
        chosen = entries
        if len(by_way) > 1:
            chosen = tuple([_in_rows(entry, members) for entry in entries])
        on_ways = on_their_ways(chosen, ways)
        orders = list(rows_by_order((*entries, *rivals), rows, members))
        for alike in orders:
            ordered = on_ways
            if len(orders) > 1:
                ordered = tuple([_in_rows(entry, alike) for entry in on_ways])
            ordered += rivals
            problem = _problem_beside(decision, ordered, alike.size, known)
            on_average = known.chains.on_average
            yield members[alike], evolve(problem, on_average=on_average)
    known.chains.end_rows()


def _in_rows(
    entry: CompiledProcess[Number], rows: IndexArray
) -> CompiledProcess[Number]:
    """A process in some of its rows, which need not be compiled again for them.

    Args:
        entry, rows: The process, and which of its rows.
    """
    mutual = entry.process.mutual
    numbers, posterior, process = select_rows(
        (entry.numbers, entry.posterior, evolve(entry.process, mutual=None)), rows
    )
    if mutual is not None:
        # Imported where passes tell of the fit.
        from interviewfit._process.mutual_rows import rows_of

        process = evolve(process, mutual=rows_of(mutual, rows))
    return evolve(entry, numbers=numbers, posterior=posterior, process=process)


def compile_averaged(decision: Decision, known: KnownRivals) -> Problem[Number]:
    """A decision beside others as it stands, like a row in which passes are averaged.

    Args:
        decision, known: As ``compile_rows_beside`` takes them.
    """
    problem = _problem_beside(decision, known.on_ways(decision), 1, known)
    known.chains.end_rows()
    return evolve(problem, on_average=True)


def _problem_beside(
    decision: Decision,
    entries: Sequence[CompiledProcess[Number]],
    rows: int,
    known: KnownRivals,
) -> Problem[Number]:
    """Many decisions beside others whose detours are the same.

    Args:
        decision, rows, known: As ``compile_rows_beside``.
        entries: The processes, on their detours.
    """
    subject, *others = entries
    rivals = [entry for entry in others if entry.is_running]
    are_offers = any(entry.structure.phase is Phase.OFFERED for entry in entries)
    # Where all others are ruled out, it is the decision on it alone.
    if not are_offers or not (rivals or offers_by_name(others)):
        solved, practice = rivals_at(subject, rivals, 0.0, rows, known.chains)
        priced = price_practice(subject.numbers, practice)
        scenarios = RivalScenarios.of(solved, len(rivals))
        return problem_of_entry(subject, priced, scenarios)
    if known.joint is None:
        as_stated = known.on_ways(decision)
        if known.chains.on_average:
            as_stated = tuple(
                evolve(entry, process=evolve(entry.process, mutual=None))
                for entry in as_stated
            )
        known.joint = JointSearch.of(
            decision.candidate, as_stated, decision.assumptions
        )
    asking, joint = subject.numbers["asking"], known.joint
    return _RowSearch(entries, asking, rows, joint, known.chains).problem()


@frozen(eq=False)
class _RowSearch:
    """A search with offers in many rows; the first process is the one decided on.

    Attributes:
        entries: Its processes.
        asking: What asking an offer to wait costs, hours.
        rows: How many rows there are.
        joint: The same search as it was stated.
        known: Chains that are not solved again.
    """

    entries: Sequence[CompiledProcess[Number]]
    asking: Number
    rows: int
    joint: JointSearch
    known: KnownChains
    _solved: dict[bytes, RivalDistribution] = field(factory=dict, init=False)

    @property
    def running(self) -> list[CompiledProcess[Number]]:
        """The processes that run."""
        return [entry for entry in self.entries if entry.is_running]

    @cached_property
    def chains(self) -> tuple[list[ChainParameters[Number]], list[FloatArray]]:
        """Their chains, and the table of each; the same whatever is in hand."""
        chains = [entry.chain for entry in self.running]
        if self.known.on_average:
            chains = [chain.on_average for chain in chains]
        return chains, [chain.table(self.rows) for chain in chains]

    @property
    def others_alive(self) -> int:
        """How many others run, or are offers that nothing rules out."""
        others = self.entries[1:]
        return sum(entry.is_running for entry in others) + len(offers_by_name(others))

    def problem(self) -> Problem[Number]:
        """The decision on the first process in every row."""
        subject = self.entries[0]
        leaving = leaving_values(self.running, self.rows)
        is_offer = subject.structure.phase is Phase.OFFERED
        offers = offers_in_order(self.entries)
        if is_offer and subject.dealbreakers:
            # Beside the others as if it met none; it is turned down.
            offers.insert(0, subject)
        answers = self.answers(offers, sum_in_order(leaving), beyond_index=True)
        if is_offer:
            place = next(n for n, entry in enumerate(offers) if entry is subject)
            standings = OfferStandings.of(answers)
            if subject.dealbreakers:
                standings = OfferStandings.unsettled(answers)
            without = standings.values_without[place]
            running = self.running_with(offers, frozenset())
            beside = RivalScenarios.of(running, self.others_alive)
            waiting = standings.values[place][Action.POSTPONE] - without
            forgone = without - sum_in_order(leaving)
            problem = problem_of_entry(subject, subject.numbers, beside, forgone)
            answer = None if subject.dealbreakers else standings.codes[place]
            return evolve(problem, waiting=waiting, answer=answer)
        leaves = answers.leaves(may_accept=False)
        rivals = [entry for entry in self.running if entry is not subject]
        price, change, parts = np.zeros(self.rows), np.zeros(self.rows), []
        for held, likely in leaves.held.items():
            worlds = self.worlds(offers, held)
            for share, base in worlds:
                chance = share * likely
                solved, practice = rivals_at(
                    subject, rivals, base, self.rows, self.known
                )
                parts.append((chance, solved))
                price = price + chance * practice
                whole = answers.value_of(held)
                if len(worlds) > 1:
                    whole = self.running_at(base).value
                change = change + chance * (solved.value - whole)
        accepts = answers.accepts
        lead = answers.value - answers.value_if_not_accepted()
        nothing = np.zeros(self.rows)
        readjusted = nothing
        if subject.is_running:
            place = next(n for n, entry in enumerate(self.running) if entry is subject)
            fixed = answers.value - leaves.accepted * leaving[place] + change
            others = sum_in_order(np.delete(leaving, place, axis=0))
            rest = evolve(self, entries=self.entries[1:])
            without = rest.answers(offers, others).value
            readjusted = gain_of_readjusting(without, fixed)
            readjusted = np.where(accepts, 0.0, readjusted)
        scenarios = RivalScenarios(
            parts,
            leaves.accepted,
            nothing,
            nothing,
            accepts,
            lead,
            self.others_alive,
            readjusted,
        )
        priced = price_practice(subject.numbers, price)
        return problem_of_entry(subject, priced, scenarios)

    def in_hand(
        self, offers: Sequence[CompiledProcess[Number]], held: Holding
    ) -> FloatColumn:
        """The best of some held offers, or nothing, hours, ``(rows,)``.

        Args:
            offers, held: All offers, and the numbers of those that are held.
        """
        best = np.zeros(self.rows)
        for number in held:
            best = np.maximum(best, offers[number].process.mean_hours)
        return best

    def worlds(
        self, offers: Sequence[CompiledProcess[Number]], held: Holding
    ) -> Sequence[tuple[Number, FloatColumn]]:
        """The best of some held offers, by events to come (``JointSearch.worlds``).

        Args:
            offers, held: All offers, and the numbers of those that are held.

        Returns:
            Probabilities and hours, ``(rows,)``.
        """
        if self.stated_bounds(offers, held).reasons:
            return [(1.0, self.in_hand(offers, held))]
        nothing = np.zeros(self.rows)
        return [
            (share, nothing + base)
            for share, base in bases_by_event([offers[n].process for n in held])
        ]

    def running_with(
        self, offers: Sequence[CompiledProcess[Number]], held: Holding
    ) -> RivalDistribution:
        """All that runs with some offers in hand.

        Args:
            offers, held: All offers, and the numbers of those that are held.
        """
        return self.running_at(self.in_hand(offers, held))

    def running_at(self, base: FloatColumn) -> RivalDistribution:
        """All that runs with some offer in hand, solved once.

        Args:
            base: What it is worth, hours, ``(rows,)``.
        """
        key = base.tobytes()
        if key not in self._solved:
            chains, tables = self.chains
            self._solved[key] = RivalDistribution.of(
                chains, base, self.rows, self.known, tables
            )
        return self._solved[key]

    def stated_bounds(
        self, offers: Sequence[CompiledProcess[Number]], held: Holding
    ) -> ValueBounds:
        """Bounds on what runs with some offers in hand, as the search was stated.

        Args:
            offers, held: All offers, and the numbers of those that are held.
        """
        names = {offers[number].opportunity.name for number in held}
        means = [
            entry.process.mean_hours
            for entry in self.joint.entries
            if entry.opportunity.name in names
        ]
        return self.joint.bounds_at(max([0.0, *means]))

    def answers(
        self,
        offers: Sequence[CompiledProcess[Number]],
        leaving: FloatColumn,
        *,
        beyond_index: bool = False,
    ) -> OfferAnswers:
        """How the offers are answered, by the index policy.

        Args:
            offers: The offers.
            leaving: What leaving all that runs is worth, hours, ``(rows,)``.
            beyond_index: Whether what can be had beyond the index policy counts too.
        """
        running = partial(self.running_with, offers)

        def with_news(held: Holding, offer: int) -> FloatColumn:
            """What news of an offer that waits adds, where the index can be kept.

            Elsewhere 0, because nobody can be sure to have it; what waiting for the
            news alone brings counts in any case.

            Args:
                held, offer: The offers that wait, and one more of which there is news.
            """
            if self.stated_bounds(offers, held).reasons:
                return np.zeros(self.rows)
            process = offers[offer].process
            return gain_with_news(running(held), process, self.rows)

        def value_of(held: Holding) -> FloatColumn:
            """What runs is worth, with what can be had beyond the index policy."""
            if not beyond_index:
                return running(held).value
            bounds = self.stated_bounds(offers, held)
            return running(held).value + (bounds.lower - bounds.search.policy.value)

        return OfferAnswers(
            offers,
            leaving,
            value_of,
            with_news,
            self.asking,
            self.asking,
            self.rows,
        )
