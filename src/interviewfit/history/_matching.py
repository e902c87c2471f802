"""The processes of a search and those of a log, set against each other.

Names are compared for finding only: without capitals, signs and words such as "Inc.".
A process is found by its name; by its company alone only if nothing says that another
job of the company is meant. Where the two differ, the one that knows of the later stage
counts: an end in the log, or a stage beyond the one in the search.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from interviewfit._model.domain import Opportunity
from interviewfit._model.stages import Position
from interviewfit._model.vocabulary import Answer, Milestone, Phase, StageKind
from interviewfit._reading.lexicon import tokenise
from interviewfit.history._log import History, StageEvent
from interviewfit.history._waits import Wait, find_waits

_LEGAL_FORMS = frozenset((
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co",
    "company", "plc", "gmbh", "gmb", "h", "mbh", "ag", "kg", "se", "ug", "ohg", "kgaa",
    "sa", "sas", "sarl", "srl", "spa", "sl", "slu", "bv", "nv", "ab", "as", "oy",
    "oyj", "aps", "sro", "doo", "kft", "zrt", "sp", "zoo", "z", "o", "pty", "pte",
    "pvt", "lp", "llp", "group", "holding", "holdings", "the", "s", "r",
))  # fmt: skip
_ENDS: Mapping[Milestone, str] = {
    Milestone.REJECTED: "refused",
    Milestone.WITHDREW: "withdrawn",
    Milestone.CLOSED: "ended by neither side",
    Milestone.ACCEPTED: "accepted",
    Milestone.DECLINED: "declined",
}
_KINDS = frozenset(StageKind)
_MOST_NAMED = 10


@frozen
class LoggedProcess:
    """A process as a log has it.

    Attributes:
        name: Its name in the log.
        company, role: As the log says; empty if it does not.
        last: Its last event that is a stage or an end.
        wait: Its last wait; None if it has none.
        rounds: Kinds of the stages it reached after the application, in order.
        offered: Whether there was an offer.
    """

    name: str
    company: str
    role: str
    last: StageEvent
    wait: Wait | None
    rounds: tuple[str, ...]
    offered: bool

    @property
    def end(self) -> str:
        """How it ended, in a word; empty if it is still open."""
        return _ENDS.get(self.last.kind, "")


def normal_name(text: str) -> str:
    """Return a name for comparisons: "Acme Inc., Sr. Dev" and "ACME, Sr Dev" are one.

    >>> normal_name("Acme s.r.o., Dev") == normal_name("ACME - Dev")
    True
    """
    words = tokenise(text)
    return "".join(word for word in words if word not in _LEGAL_FORMS) or "".join(words)


def logged_processes(log: History) -> list[LoggedProcess]:
    """Return the processes of a log, in the order of their first lines."""
    waits: dict[str, list[Wait]] = {}
    for wait in find_waits(log):
        waits.setdefault(wait.process, []).append(wait)
    processes = []
    passive = (Milestone.HIDDEN_ROLE, Milestone.SILENT)
    offers = (Milestone.OFFER, Milestone.ACCEPTED, Milestone.DECLINED)
    for name, events in log.events_by_process().items():
        last = next((e for e in reversed(events) if e.kind not in passive), events[-1])
        company = next((event.company for event in events if event.company), "")
        role = next((event.role for event in events if event.role), "")
        offered = any(event.kind in offers for event in events)
        own = waits.get(name, [])
        rounds = tuple(wait.stage for wait in own if wait.stage in _KINDS)
        processes.append(
            LoggedProcess(
                name, company, role, last, own[-1] if own else None, rounds, offered
            )
        )
    return processes


def match_processes(
    opportunities: Sequence[Opportunity], logged: Sequence[LoggedProcess]
) -> dict[str, LoggedProcess]:
    """Return the process of a log that each opportunity is, by the opportunity's name.

    Of two processes that fit, an open one is preferred, then one with interviews; if
    there are still two, it is not clear which is meant and none is returned.

    Args:
        opportunities: The opportunities of a search.
        logged: The processes of the log, possibly none.
    """
    by_name: dict[str, list[LoggedProcess]] = {}
    by_company: dict[str, list[LoggedProcess]] = {}
    for process in logged:
        names = {process.name, f"{process.company} {process.role}"}
        for name in {normal_name(name) for name in names}:
            by_name.setdefault(name, []).append(process)
        for name in {normal_name(process.company)} - {""}:
            by_company.setdefault(name, []).append(process)
    matches = {}
    for job in opportunities:
        name, company = normal_name(job.name), normal_name(job.company)
        candidates = by_name.get(name) or by_name.get(
            normal_name(f"{job.company} {job.name}")
        )
        if not candidates:
            # A name that begins with the company goes on with the role that is meant.
            role = name.removeprefix(company) if company and name != company else ""
            named = by_company.get(name, []) or by_company.get(company, [])
            other_job = bool(role) and name.startswith(company) and company != ""
            candidates = [p for p in named if not (other_job and p.role)]
        chosen = _only(candidates)
        if chosen:
            matches[job.name] = chosen
    return matches


def _only(candidates: Sequence[LoggedProcess]) -> LoggedProcess | None:
    """Return which process of one name is meant; None if it is not clear."""
    live = [process for process in candidates if not process.end]
    invited = [process for process in live if process.rounds]
    for preferred in (invited, live, candidates):
        if preferred:
            return preferred[0] if len(preferred) == 1 else None
    return None


def reconcile(
    running: Sequence[Opportunity], matches: Mapping[str, LoggedProcess]
) -> tuple[list[Opportunity], list[str]]:
    """Return the opportunities that are live by search and log, and where they differ.

    Args:
        running: The opportunities that the search has as live.
        matches: The process of each in the log, by the opportunity's name.
    """
    live, notes = [], []
    for job in running:
        process = matches.get(job.name)
        if process is None:
            live.append(job)
        elif process.end and _is_beyond(job, process):
            live.append(job)
            notes.append(
                f"{job.name}: your log has it as {process.end}{_on(process.last.on)}, "
                "the search at a later stage. The search is later."
            )
        elif process.end:
            notes.append(
                f"{job.name}: your log has it as {process.end}{_on(process.last.on)}, "
                "the search as live. The log is later, so it is left out here."
            )
        else:
            moved, note = _at_later_stage(job, process)
            live.append(moved)
            notes.extend([note] if note else [])
    return live, notes


def _is_beyond(job: Opportunity, process: LoggedProcess) -> bool:
    """Whether a search has a process beyond the stage after which its log has it ended.

    Args:
        job: The opportunity as the search has it.
        process: The process in the log, which has ended.
    """
    kinds = [stage.kind.value for stage in job.stages]
    offered = job.position.phase is Phase.OFFERED
    if process.offered:
        return False
    if process.last.kind is Milestone.REJECTED and process.last.on:
        # A tracker with the latest state only does not show the rounds before it, and
        # nobody is invited again after a refusal.
        return offered
    reached = (
        kinds.index(process.rounds[-1]) if {*kinds} & {*process.rounds[-1:]} else -1
    )
    if process.rounds and reached < 0:
        return offered
    return (len(kinds) if offered else job.position.stage) > reached + 1


def _at_later_stage(
    job: Opportunity, process: LoggedProcess
) -> tuple[Opportunity, str]:
    """Return an opportunity at the stage that its log knows, if that is a later one.

    Args:
        job: The opportunity as the search has it.
        process: The process in the log, which is open.
    """
    kinds = [stage.kind.value for stage in job.stages]
    where = job.position
    if process.last.kind is Milestone.OFFER and where.phase is not Phase.OFFERED:
        day = _on(process.last.on)
        note = f"{job.name}: your log has an offer{day}; the log is later."
        return evolve(job, position=Position(phase=Phase.OFFERED)), note
    if where.phase is not Phase.BEFORE or not process.rounds:
        return job, ""
    reached = process.rounds[-1]
    index = next((i for i, kind in enumerate(kinds) if kind == reached), -1)
    if index <= where.stage:
        if process.wait and index >= 0 and where.stage > index + 1:
            note = (
                f"{job.name}: your log knows it only up to the {_words(reached)}; the "
                f"search is later, before the {_words(kinds[where.stage])}."
            )
            return job, note
        return job, ""
    note = (
        f"{job.name}: your log has it at the {_words(reached)}{_on(process.last.on)}, "
        f"the search before the {_words(kinds[where.stage])}. The log is later."
    )
    return evolve(job, position=Position(stage=index)), note


def missing_notes(
    running: Sequence[Opportunity],
    matches: Mapping[str, LoggedProcess],
    logged: Sequence[LoggedProcess],
) -> Iterator[str]:
    """Yield which live processes the log does not know, and the reverse.

    Args:
        running: The opportunities that are live.
        matches: The process of each in the log, by the opportunity's name.
        logged: All processes of the log.
    """
    unknown = [job.name for job in running if job.name not in matches]
    if unknown:
        names = _listed(unknown)
        yield (
            f"Your log has no process, or more than one, by the name of {names}. Write "
            "the same name in both."
        )
    known = {process.name for process in matches.values()}
    missing = [
        process.name
        for process in logged
        if process.rounds
        and process.name not in known
        and not process.end
        and process.wait
        and process.wait.answer is Answer.OPEN
    ]
    if missing:
        yield (
            "Open in your log beyond the application, and not in the search: "
            f"{_listed(missing)}."
        )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _on(day: date | None) -> str:
    return f" on {day}" if day else ""


def _words(stage: str) -> str:
    return stage.replace("_", " ")
