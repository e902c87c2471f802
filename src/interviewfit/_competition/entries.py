"""The processes of one search, each told what the others have shown.

A reading or a clue about a company or a field bears on every process there, wherever it
was met. Practice is left out of each process: what an interview teaches for the others
is computed from the others (``portfolio``), not assumed.
"""

from collections.abc import Sequence
from typing import Generic

from attrs import evolve, frozen

from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.numbers import Numbers
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import Scope
from interviewfit._numeric.arrays import N
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.signals import (
    ClueEvidence,
    ReadingEvidence,
    evidence_of,
    update,
)
from interviewfit._process.structure import (
    SignalStructure,
    Structure,
    numbers_of,
    structure_of,
)
from interviewfit.errors import InvalidFieldError

__all__ = [
    "CompiledProcess",
    "compile_from_numbers",
    "compile_search",
    "shared_signals",
]


@frozen
class CompiledProcess(Generic[N]):
    """One process of a search.

    Attributes:
        opportunity: As stated.
        structure: Of the decision on it.
        numbers: Of the decision on it; no other process ahead is guessed at.
        carried: What the other processes have shown that bears on it.
        process: From where it stands.
    """

    opportunity: Opportunity
    structure: Structure
    numbers: Numbers[N]
    carried: tuple[ReadingEvidence[N] | ClueEvidence[N], ...]
    process: Process[N]

    @property
    def dealbreakers(self) -> tuple[str, ...]:
        """The candidate's dealbreakers that it meets."""
        return self.structure.dealbreakers

    @property
    def is_running(self) -> bool:
        """Whether it has steps ahead and may lead to a job one would take."""
        return bool(self.process.steps) and not self.dealbreakers

    def without_practice(self) -> "CompiledProcess[N]":
        """The same if nothing can be learned in it for the others."""
        steps = tuple(evolve(step, teaches=0.0) for step in self.process.steps)
        return evolve(self, process=evolve(self.process, steps=steps))


def compile_search(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions,
    where: str = "plan(opportunities)",
) -> tuple[CompiledProcess[float], ...]:
    """The processes of one search, compiled.

    Args:
        candidate: Who decides.
        opportunities: Their processes, in order.
        assumptions: Numbers for all that is left open.
        where: The argument that has the opportunities, for an error.

    Raises:
        InvalidFieldError: If two opportunities share a name.
    """
    numbers = [numbers_of(candidate, job, assumptions) for job in opportunities]
    return compile_from_numbers(candidate, opportunities, numbers, where)


def compile_from_numbers(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    numbers: Sequence[Numbers[N]],
    where: str,
) -> tuple[CompiledProcess[N], ...]:
    """The processes of one search, compiled from numbers of which any may be a column.

    Args:
        candidate: Who decides.
        opportunities: Their processes, in order.
        numbers: Of the decision on each, in the same order.
        where: The argument that has the opportunities, for an error.

    Raises:
        InvalidFieldError: If two opportunities share a name.
    """
    taken: set[str] = set()
    for job in opportunities:
        if job.name in taken:
            raise InvalidFieldError(
                where,
                "opportunities with different names",
                job.name,
                "Add the role or the team to one of them.",
            )
        taken.add(job.name)
    structures = [structure_of(candidate, job) for job in opportunities]
    if candidate.interviews_ahead is None:
        # What the listed processes teach each other is computed from them.
        numbers = [row.replaced({"interviews_ahead": 0.0}) for row in numbers]
    # By what it is about: which process has shown it, and what it says.
    shown: dict[
        tuple[Scope, str], list[tuple[int, ReadingEvidence[N] | ClueEvidence[N]]]
    ] = {}
    for number, structure in enumerate(structures):
        names = {Scope.COMPANY: structure.company, Scope.FIELD: structure.field}
        for signal in evidence_of(_own_signals(structure), numbers[number]):
            if names.get(signal.scope):
                origins = shown.setdefault((signal.scope, names[signal.scope]), [])
                origins.append((number, signal))
    compiled = []
    for number, (job, structure) in enumerate(
        zip(opportunities, structures, strict=True)
    ):
        carried = tuple(
            signal
            for about in ((Scope.COMPANY, job.company), (Scope.FIELD, job.field))
            for origin, signal in shown.get(about, [])
            if origin != number
        )
        posterior = update(structure, numbers[number], carried)
        process = compile_process(structure, numbers[number], posterior)
        compiled.append(
            CompiledProcess(job, structure, numbers[number], carried, process)
        )
    return tuple(compiled)


def _own_signals(structure: Structure) -> list[SignalStructure]:
    """The signals that were seen in a process itself, and may carry to others.

    Named signs never do.
    """
    return [
        signal
        for signal in structure.signals
        if isinstance(signal, SignalStructure) and signal.name.startswith("signals")
    ]


def shared_signals(entries: Sequence[CompiledProcess[float]]) -> tuple[str, ...]:
    """Companies and fields of which news bears on two running processes or more."""
    running = [entry.opportunity for entry in entries if entry.is_running]
    companies = [job.company for job in running if job.company]
    news = {entry.opportunity.field for entry in entries if _hears_of_field(entry)}
    fields = [job.field for job in running if job.field in news]
    return tuple(
        dict.fromkeys(
            name
            for names in (companies, fields)
            for name in names
            if names.count(name) > 1
        )
    )


def _hears_of_field(entry: CompiledProcess[float]) -> bool:
    """Whether anything was learned elsewhere of the field of a process."""
    learned = (
        signal
        for signal in entry.structure.signals
        if isinstance(signal, SignalStructure) and signal.name.startswith("learned")
    )
    return any(signal.scope is Scope.FIELD for signal in (*learned, *entry.carried))
