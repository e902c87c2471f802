"""The processes of one search, each told what the others have shown.

A reading or a clue about a company or a field bears on every process there, wherever
it was met. Practice is left out of each: what an interview teaches for the others is
worked out from the others (``portfolio``), not assumed.
"""

from collections.abc import Sequence

from attrs import evolve, frozen

from interviewfit._model.beliefs import Signal
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import unchecked
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import Scope
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.side_values import given
from interviewfit._process.signals import signals_of, update
from interviewfit.errors import InvalidFieldError

__all__ = ["CompiledProcess", "enter", "shared_tastes"]


@frozen
class CompiledProcess:
    """One process of a search.

    Attributes:
        opportunity: As given.
        candidate: As they stand before it, told what the others have shown.
        process: From where it stands.
        dealbreakers: Those it meets.
    """

    opportunity: Opportunity
    candidate: Candidate
    process: Process
    dealbreakers: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether it has steps ahead and may lead to a job one would take."""
        return bool(self.process.steps) and not self.dealbreakers

    def taught_nothing(self) -> "CompiledProcess":
        """The same if nothing can be learned in it for the others."""
        steps = tuple(evolve(one, teaches=0.0) for one in self.process.steps)
        return evolve(self, process=evolve(self.process, steps=steps))


def enter(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions,
    where: str = "plan(opportunities)",
) -> tuple[CompiledProcess, ...]:
    """Compile the processes of one search, as the argument *where* has them.

    Raises:
        InvalidFieldError: If two opportunities share a name.
    """
    seen: set[str] = set()
    for one in opportunities:
        if one.name in seen:
            raise InvalidFieldError(
                where,
                "opportunities with different names",
                one.name,
                "Add the role or the team to one of them.",
            )
        seen.add(one.name)
    # What the listed processes teach each other is worked out from them.
    planner = unchecked(
        candidate, interviews_ahead=given(candidate.interviews_ahead, 0.0)
    )
    # By what it is about: where it was met, and what was seen.
    carried: dict[tuple[Scope, str], list[tuple[int, Signal]]] = {}
    for number, one in enumerate(opportunities):
        for signal in _carried(one, assumptions):
            about = carried.setdefault((signal.scope, signal.about), [])
            about.append((number, signal))
    entries = []
    for number, one in enumerate(opportunities):
        others = [
            signal
            for about in ((Scope.COMPANY, one.company), (Scope.FIELD, one.field))
            for place, signal in carried.get(about, [])
            if place != number
        ]
        told = planner
        if others:
            told = unchecked(planner, learned=(*planner.learned, *others))
        posterior = update(told, one, assumptions)
        entries.append(
            CompiledProcess(
                one,
                told,
                compile_process(told, one, posterior, assumptions),
                tuple(sorted(candidate.dealbreakers & one.tags)),
            )
        )
    return tuple(entries)


def shared_tastes(entries: Sequence[CompiledProcess]) -> tuple[str, ...]:
    """Companies that several running processes share, and fields with news for several."""
    running = [one.opportunity for one in entries if one.runs]
    companies = [one.company for one in running if one.company]
    about = {
        signal.about
        for entry in entries
        for signal in entry.candidate.learned
        if signal.scope is Scope.FIELD
    }
    fields = [one.field for one in running if one.field in about]
    return tuple(
        dict.fromkeys(
            name
            for several in (companies, fields)
            for name in several
            if several.count(name) > 1
        )
    )


def _carried(opportunity: Opportunity, assumptions: Assumptions) -> list[Signal]:
    """What was seen in one process and bears on others."""
    about = {Scope.COMPANY: opportunity.company, Scope.FIELD: opportunity.field}
    return [
        unchecked(signal, about=about[signal.scope])
        for signal in signals_of(Candidate(), opportunity, assumptions)
        if about.get(signal.scope)
    ]
