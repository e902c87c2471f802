"""The processes of one search, each told what the others have shown.

A signal about a company or field bears on every process there; so does a fact that
holds or does not, which each process tells in its own stage. Practice is
computed from the other processes (``practice_price``), not assumed. For one decision
they are rivals: what a candidate accepts is worth its surplus beyond the best of them
(``rivals``).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic

from attrs import evolve, frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.fields import canonical
from interviewfit._model.numbers import Numbers
from interviewfit._model.parameters import quoted
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ASPECTS, Action, Scope
from interviewfit._numeric.arrays import N, N_co
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.evidence import Evidence, SignEvidence, evidence_of
from interviewfit._process.fact_structure import UNTOLD, FactStructure, check_count
from interviewfit._process.signals import Posterior, update
from interviewfit._process.structure import (
    SignalStructure,
    SignStructure,
    Structure,
    bears_on_rival,
    numbers_of,
    stop_name,
    structure_of,
)
from interviewfit.errors import InvalidFieldError


@frozen
class CompiledProcess(Generic[N_co]):
    """One process of a search.

    Attributes:
        opportunity: As stated.
        structure: Of the decision on it.
        numbers: Of the decision on it; no other process ahead is guessed at.
        carried: What the other processes have shown that bears on it.
        posterior: What is believed of it, with that.
        process: From where it stands.
        way: The detour that its steps begin with; None if they are those ahead.
    """

    opportunity: Opportunity
    structure: Structure
    numbers: Numbers[N_co]
    carried: tuple[Evidence[N_co], ...]
    posterior: Posterior[N_co]
    process: Process[N_co]
    way: Action | None = None

    @property
    def dealbreakers(self) -> tuple[str, ...]:
        """The candidate's dealbreakers that it meets."""
        return self.structure.dealbreakers

    @cached_property
    def chain(self) -> ChainParameters[N_co]:
        """The numbers of its process, hours at their own price."""
        return ChainParameters.of(self.process)

    def is_of(self, *stated: object) -> bool:
        """Whether it is compiled from this opportunity, structure and evidence.

        Args:
            *stated: Its first four fields; all of them floats.
        """
        return stated == (self.opportunity, self.structure, self.numbers, self.carried)

    @property
    def is_running(self) -> bool:
        """Whether it has steps ahead and may lead to a job one would take."""
        return bool(self.process.steps) and not self.dealbreakers

    def without_practice(self) -> "CompiledProcess[N_co]":
        """The same if nothing can be learned in it for the others."""
        process = self.process
        steps = tuple(evolve(step, practice_log_odds=0.0) for step in process.steps)
        return evolve(self, process=evolve(process, steps=steps))


def compile_search(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    assumptions: Assumptions,
) -> tuple[CompiledProcess[float], ...]:
    """The processes of one search, compiled.

    What was learned of a company in one of them counts in the others of it.

    Args:
        candidate: Who decides; their skills and lessons bear on every process.
        opportunities: Their processes, in order.
        assumptions: Numbers for all that is left open.

    Raises:
        InvalidFieldError: If two opportunities share a name.
    """
    numbers = [numbers_of(candidate, job, assumptions) for job in opportunities]
    return compile_from_numbers(
        candidate, opportunities, numbers, "plan(opportunities)"
    )


def compile_from_numbers(
    candidate: Candidate,
    opportunities: Sequence[Opportunity],
    numbers: Sequence[Numbers[N]],
    where: str,
    known: Sequence[CompiledProcess[N]] = (),
) -> tuple[CompiledProcess[N], ...]:
    """The processes of one search, compiled from numbers of which any may be a column.

    Args:
        candidate: Who decides.
        opportunities: Their processes, in order.
        numbers: Of the decision on each, in the same order.
        where: The argument that has the opportunities, for an error.
        known: Processes of a similar search; those that are the same here are not
            compiled again. Their numbers are floats.

    Raises:
        InvalidFieldError: If two opportunities share a name.
    """
    taken: set[str] = set()
    for job in opportunities:
        if job.name in taken:
            expected = "opportunities with different names"
            remedy = "Add the role or the team to one of them."
            raise InvalidFieldError(where, expected, job.name, remedy)
        taken.add(job.name)
    structures = [structure_of(candidate, job) for job in opportunities]
    # By what it is about: which process has shown it, and what it says.
    shown: dict[tuple[Scope, str], list[tuple[int, Evidence[N]]]] = {}
    facts: dict[tuple[Scope, str], list[tuple[int, FactStructure]]] = {}
    # By name, so that no sum of what they have shown depends on the order of the file.
    by_name = sorted(range(len(structures)), key=lambda it: opportunities[it].name)
    for number in by_name:
        structure = structures[number]
        subjects = {Scope.COMPANY: structure.company, Scope.FIELD: structure.field}
        for signal in evidence_of(_signals(structure, "signals"), numbers[number]):
            subject = subjects.get(signal.scope)
            if subject:
                shown.setdefault((signal.scope, subject), []).append((number, signal))
        for fact in structure.facts:
            subject = subjects.get(fact.scope)
            if subject and fact.name.startswith("signals"):
                facts.setdefault((fact.scope, subject), []).append((number, fact))
    compiled = []
    before = {entry.opportunity.name: entry for entry in known}
    pairs = zip(opportunities, structures, strict=True)
    for number, (job, structure) in enumerate(pairs):
        topics = (Scope.COMPANY, structure.company), (Scope.FIELD, structure.field)
        told = [item for about in topics for item in shown.get(about, [])]
        carried = tuple(signal for origin, signal in told if origin != number)
        beside = [item for about in topics for item in facts.get(about, [])]
        together, stated = _with_facts(structures, numbers, number, beside)
        signs = [signal for signal in carried if isinstance(signal, SignEvidence)]
        stops = dict.fromkeys(structure.dealbreakers)
        stops.update((stop_name(item.sign), None) for item in signs if item.stops)
        informed = evolve(together, dealbreakers=tuple(stops))
        same = before.get(job.name)
        if same is not None and same.is_of(job, informed, stated, carried):
            compiled.append(same)
            continue
        posterior = update(informed, stated, carried)
        process = compile_process(informed, stated, posterior)
        compiled.append(
            CompiledProcess(job, informed, stated, carried, posterior, process)
        )
    return tuple(compiled)


def _with_facts(
    structures: Sequence[Structure],
    numbers: Sequence[Numbers[N]],
    number: int,
    beside: Sequence[tuple[int, FactStructure]],
) -> tuple[Structure, Numbers[N]]:
    """A process with the either/or facts that others state of its company or field.

    Args:
        structures, numbers: Of all processes of a search.
        number: Which of them.
        beside: Facts on its company and field, each with the process that states it.

    Returns:
        Its structure and numbers. A stage of the same name tells the fact in both
        processes, else one of the same kind.

    Raises:
        InvalidFieldError: If there are more facts than can be gone through.
    """
    structure: Structure = structures[number]
    stated: Numbers[N] = numbers[number]
    facts: list[FactStructure] = list(structure.facts)
    values: dict[str, N] = {}
    for origin, fact in beside:
        known = [item for item in facts if item.scope is fact.scope]
        if origin == number or any(map(fact.is_same, known)):
            continue
        teller = structures[origin]
        name = f"carried[{teller.name}].{fact.name}"
        for end in ("chance", "if_so", "if_not"):
            values[f"{name}.{end}"] = numbers[origin][f"{fact.name}.{end}"]
        stage = _stage_there(fact.stage, teller, structure)
        facts.append(evolve(fact, name=name, stage=stage, origin=teller.name))
    if not values:
        return structure, stated
    check_count(facts, structure.name)
    named = {fact.aspect for fact in facts}
    further: list[str] = sorted(named.union(structure.aspects).difference(ASPECTS))
    together = evolve(structure, facts=tuple(facts), aspects=(*ASPECTS, *further))
    return together, stated.replaced(values)


def _stage_there(stage: int, origin: Structure, structure: Structure) -> int:
    """The stage of one process that tells what a stage of another tells.

    Args:
        stage: Of the process that states the fact; below 0 for none.
        origin, structure: That process, and the other.
    """
    if stage < 0:
        return stage
    teller = origin.stages[stage]
    titles = [canonical(item.title) for item in structure.stages]
    kinds = [item.kind for item in structure.stages]
    if canonical(teller.title) in titles:
        return titles.index(canonical(teller.title))
    return kinds.index(teller.kind) if teller.kind in kinds else UNTOLD


def _signals(
    structure: Structure, source: str
) -> list[SignalStructure | SignStructure]:
    """What was seen in one place; the scope of each says how far it carries.

    Args:
        structure: Of a decision.
        source: "signals" for what was seen in the process itself, "learned" for what
            was learned elsewhere; their names begin with it.
    """
    return [item for item in structure.signals if item.name.startswith(source)]


def shared_signals(
    entries: Sequence[CompiledProcess[float]],
    offers: Sequence[CompiledProcess[float]] = (),
) -> list[str]:
    """Companies and fields of which news bears on two processes or more.

    Args:
        entries: Processes, of which one at least has to run.
        offers: On the table; what a process tells of its company bears on them too.
    """
    running = [entry for entry in entries if entry.is_running]
    running += offers if running else ()
    news = {
        entry.structure.field
        for entry in running
        for signal in (*_signals(entry.structure, "learned"), *entry.carried)
        if signal.scope is Scope.FIELD
    }
    companies = [entry.structure.company for entry in running]
    fields = [entry.structure.field for entry in running]
    shared: dict[tuple[Scope, str], str] = {}
    for entry in running:
        company, field = entry.structure.company, entry.structure.field
        if company and companies.count(company) > 1:
            shared.setdefault((Scope.COMPANY, company), entry.opportunity.company)
        if field in news and fields.count(field) > 1:
            shared.setdefault((Scope.FIELD, field), entry.opportunity.field)
    return list(dict.fromkeys(shared.values()))


def compile_beside(
    decision: Decision,
    values: Mapping[str, N],
    known: Sequence[CompiledProcess[N]] = (),
) -> tuple[CompiledProcess[N], ...]:
    """The process of a decision, and then the others, as those of one search.

    Args:
        decision: With other processes beside it.
        values: Numbers that replace stated ones, by name.
        known: As ``compile_from_numbers`` takes them.

    Raises:
        InvalidFieldError: If two of the processes share a name.
    """
    candidate, opportunity = decision.candidate, decision.opportunity
    stated = numbers_of(candidate, opportunity, decision.assumptions)
    numbers: Numbers[N] = Numbers({**stated, **values})
    jobs, searched = [opportunity], [numbers]
    weighted = _newly_weighted(candidate, opportunity, values)
    for index, job in enumerate(decision.beside):
        if job.name == opportunity.name:
            continue
        prefix = f"beside[{index}]."
        stated = numbers_of(decision.candidate, job, decision.assumptions)
        replaced: dict[str, N] = {
            name: value
            for name, value in values.items()
            if bears_on_rival(name, opportunity, job)
        }
        replaced.update(
            (name.removeprefix(prefix), value)
            for name, value in values.items()
            if name.startswith(prefix)
        )
        for name, aspect in weighted.items():
            if aspect not in structure_of(candidate, job).aspects:
                replaced[name] = values[name] * (values[name] != 1.0)
        jobs.append(job)
        searched.append(Numbers({**stated, **replaced}))
    if weighted:
        weights = dict.fromkeys(weighted.values(), 1.0)
        candidate = evolve(candidate, priorities={**candidate.priorities, **weights})
    return compile_from_numbers(candidate, jobs, searched, "assess(beside)", known)


def bears_on_rivals(decision: Decision, names: Iterable[str]) -> bool:
    """Whether numbers of a decision may bear on a process beside it.

    They may if they are shared by all processes, or if the company or field is: what is
    seen in one process is then news for the other. Where nothing bears on the others,
    they need not be compiled and solved again.

    Args:
        decision: With other processes beside it.
        names: Of the numbers that are replaced in it.
    """
    job = decision.opportunity
    subjects = {canonical(job.company), canonical(job.field)} - {""}
    if any(
        subjects & {canonical(rival.company), canonical(rival.field)}
        for rival in decision.beside
    ):
        return True
    shared = ("beside[", "priorities.", "learned[")
    return any(
        name.startswith(shared)
        or any(bears_on_rival(name, job, rival) for rival in decision.beside)
        for name in names
    )


def compile_apart(
    decision: Decision, values: Mapping[str, N]
) -> tuple[CompiledProcess[N], ...]:
    """The process of a decision alone, as the first of a search.

    It has every bit that it has in ``compile_beside``, because no other process carries
    news to it.

    Args:
        decision: Whose other processes have shown nothing that bears on it.
        values: Numbers that replace stated ones, by name; they bear on no other.
    """
    candidate, job = decision.candidate, decision.opportunity
    stated = numbers_of(candidate, job, decision.assumptions)
    numbers: Numbers[N] = Numbers({**stated, **values})
    return compile_from_numbers(candidate, [job], [numbers], "assess(beside)")


def _newly_weighted(
    candidate: Candidate, opportunity: Opportunity, values: Mapping[str, N]
) -> dict[str, str]:
    """Aspects of one job that get a weight, by the name of the weight.

    An aspect with a weight that differs from 1 counts for every process of a search:
    where nobody has told anything of it, it is unknown.

    Args:
        candidate, opportunity: Who decides on which job; whoever named a weight is left
            out.
        values: Numbers that replace stated ones, by name.
    """
    if not any(name.startswith("priorities.") for name in values):
        return {}
    return {
        name: aspect
        for aspect in structure_of(candidate, opportunity).aspects
        if (name := f"priorities.{quoted(aspect)}") in values
        and aspect not in (*ASPECTS, *candidate.priorities)
    }
