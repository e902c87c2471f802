"""Which rows belong to one process, and which events the process proves.

A row with an application date of its own is a process of its own. Identifiers and links
tell processes apart and never merge two of them; rows that name neither a process nor a
company stay apart. An application after an end begins another process. A status proves
an application before it, because nobody is refused who did not apply.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import lt
from typing import TypeAlias

from attrs import define, evolve, field

from interviewfit._model.vocabulary import Milestone
from interviewfit._reading.lexicon import compact
from interviewfit.history._log import StageEvent
from interviewfit.logs._cells import Entry, Findings
from interviewfit.logs._row import Row
from interviewfit.logs._words import Meaning

_ENDS = {
    Milestone.REJECTED,
    Milestone.WITHDREW,
    Milestone.CLOSED,
    Milestone.ACCEPTED,
    Milestone.DECLINED,
    Milestone.SILENT,
}
_ORDER = {kind: rank for rank, kind in enumerate(Milestone)}
_Key: TypeAlias = tuple[str, str, str]
_ANONYMOUS = {
    *("confidential", "anonymous", "undisclosed", "redacted", "stealth", "hidden"),
    *("stealth startup", "vertraulich", "anonym", "anonyme", "confidentiel"),
    *("confidencial", "riservato", "anonimo", "vertrouwelijk", "保密", "非公開"),
}
_TOTALS = {
    *("total", "totals", "grandtotal", "sum", "summe", "gesamt", "totale", "suma"),
    *("totaal", "razem", "合计", "合計", "count", "average"),
}
_LATEST = 20
"""How many processes of one name are looked at for the one that a row goes on with."""

_OFFERS = {Milestone.OFFER, Milestone.ACCEPTED}


@define
class Process:
    """Rows of one process.

    Attributes:
        name: Its name, unlike that of any other process.
        company, role, link, source: As its rows say; empty if they do not.
        applied: The day of its own application; None if no row has one.
        entries: The events of its rows, in the order of the file.
        ends: The ways in which its rows say that it ended.
    """

    name: str
    company: str
    role: str
    link: str
    source: str
    applied: date | None
    entries: list[Entry] = field(factory=list)
    ends: set[Milestone] = field(factory=set)

    def add(self, row: Row) -> None:
        """Add the events of a row."""
        self.entries.extend(_in_order(row.entries))
        self.ends.update({entry.meaning.kind for entry in row.entries} & _ENDS)

    def takes(self, row: Row) -> bool:
        """Whether a row of the same name may belong to this process."""
        pairs = (
            (self.company.casefold(), row.company.casefold()),
            (self.role.casefold(), row.role.casefold()),
            (self.link, row.link),
            (self.applied, row.applied),
        )
        if any(mine and theirs and mine != theirs for mine, theirs in pairs):
            return False
        # A row with its own application is another process if this one had ended
        # otherwise. If the row has no day of its own, it goes on with nothing.
        if not row.applied or not self.ends or not self.applied:
            return True
        news = [e for e in row.entries if e.meaning.kind is not Milestone.APPLIED]
        return not news or any(e.day or e.meaning.kind in self.ends for e in news)


def group_rows(rows: Iterable[Row], findings: Findings) -> list[Process]:
    """Return the processes of some rows, in the order of their first rows.

    Args:
        rows: The rows in the order of the file.
        findings: What was not read; rows without a name are added.
    """
    grouping = _Grouping()
    above: Process | None = None
    for row in rows:
        if not row.entries:
            continue
        dated = row.applied or any(entry.day for entry in row.entries)
        if not dated and compact(row.company or row.role or row.process) in _TOTALS:
            findings.reasons["a total; left out"] += 1
            continue
        nameless = not (row.process or row.company or row.role)
        if nameless and row.applied is None:
            # A cell that is merged over several rows stands in the first of them.
            if above is None:
                reason = "neither company nor process is named; left out"
            else:
                reason = "no company; taken to be that of the row above"
                above.add(row)
            findings.reasons[reason] += 1
            continue
        if above and _goes_on(row, above):
            row.role = above.role
            findings.reasons["no role; taken to be that of the row above"] += 1
        above = grouping.process_of(row)
        above.add(row)
    return grouping.processes


def _goes_on(row: Row, above: Process) -> bool:
    """Whether a row without a role goes on with the process of the row above it.

    Args:
        row: The row.
        above: The process of the row above.
    """
    if row.role or not row.company or not above.role or row.applied is not None:
        return False
    same = row.company.casefold() == above.company.casefold()
    return same and row.process in ("", above.name) and above.takes(row)


class _Grouping:
    """The processes of a file, found by the names in its rows."""

    def __init__(self) -> None:
        self.processes: list[Process] = []
        self._named: dict[_Key, list[Process]] = {}
        self._dated: dict[tuple[_Key, date | None], list[Process]] = {}
        self._names: Counter[str] = Counter()

    def process_of(self, row: Row) -> Process:
        """Return the process of a row, a new one if no other takes it."""
        if row.process:
            key: _Key = ("process", row.process, "")
        elif (company := row.company.casefold()) and company not in _ANONYMOUS:
            key = ("company", company, row.role.casefold())
        else:
            key = ("", "", str(len(self.processes)))
        # A row without an application of its own goes on with the latest process.
        candidates: Sequence[Process] = self._named.get(key, ())[-_LATEST:]
        if row.applied and candidates:
            undated, same_day = (
                self._dated.get((key, day), ()) for day in (None, row.applied)
            )
            candidates = (*undated[-_LATEST:], *same_day[-_LATEST:])
        for process in reversed(candidates):
            if process.takes(row):
                process.company = process.company or row.company
                process.role = process.role or row.role
                process.link = process.link or row.link
                process.source = process.source or row.source
                process.applied = process.applied or row.applied
                return process
        title = ", ".join(filter(None, (row.company, row.role)))
        name = _unlike(row.process or title or "process", self._names)
        process = Process(
            name, row.company, row.role, row.link, row.source, row.applied
        )
        self.processes.append(process)
        self._named.setdefault(key, []).append(process)
        self._dated.setdefault((key, row.applied), []).append(process)
        return process


def _unlike(name: str, names: Counter[str]) -> str:
    """Return a name that no process has yet, with a number behind it if need be.

    Args:
        name: The name wanted.
        names: How many processes wanted each name so far; changed.
    """
    names[name] += 1
    while names[name] > 1:
        numbered = f"{name} ({names[name]})"
        if numbered not in names:
            names[numbered] += 1
            return numbered
        names[name] += 1
    return name


def process_events(
    process: Process, findings: Findings, taken: Counter[str]
) -> Iterator[StageEvent]:
    """Yield the events that a process proves, an application after an end as another's.

    Args:
        process: The process.
        findings: What was not read; doubles and unclear ends are added.
        taken: Names of processes so far; changed.
    """
    days = [entry.day for entry in process.entries if entry.day]
    findings.unordered += any(later < day for day, later in pairwise(days))
    for number, entries in enumerate(_applications(_in_order(process.entries))):
        name = process.name if not number else _unlike(process.name, taken)
        seen: set[tuple[object, ...]] = set()
        for entry in _with_proof(entries, findings):
            meaning = entry.meaning
            key = (meaning.kind, meaning.number, meaning.stage, entry.day)
            if key in seen:
                findings.reasons["duplicates; each event counts once"] += 1
                continue
            seen.add(key)
            yield StageEvent(
                process=name,
                kind=meaning.kind,
                on=entry.day,
                number=meaning.number,
                stage=meaning.stage,
                company=process.company,
                role=process.role,
                source=entry.source or process.source,
                hours=entry.hours,
            )


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Return entries by date, one without a day after those that stand before it."""
    days = [entry.day for entry in entries if entry.day and not entry.prior]
    if all(map(lt, days, days[1:])) and not any(entry.prior for entry in entries):
        return entries
    latest: date | None = None
    keyed = []
    kinds: set[Milestone] = set()
    for index, entry in enumerate(entries):
        if entry.prior:
            # What was before a row's own status counts if nothing else says it.
            if entry.meaning.kind in kinds:
                continue
            key = (date.min, 0, 0, index) if latest is None else (latest, 1, 0, index)
        elif entry.day is None:
            key = (latest or date.min, 1, 0, index)
        else:
            latest = max(latest, entry.day) if latest else entry.day
            key = (entry.day, 0, _ORDER[entry.meaning.kind], index)
        keyed.append((key, entry))
        kinds.add(entry.meaning.kind)
    keyed.sort(key=lambda pair: pair[0])
    return [entry for _, entry in keyed]


def _applications(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Yield the events of one process, cut where another application begins."""
    current: list[Entry] = []
    ended = False
    refused: date | None = None
    for entry in entries:
        kind = entry.meaning.kind
        # Nobody is refused twice on two days; the second is of another application.
        again = (
            kind is Milestone.REJECTED and refused and entry.day not in (None, refused)
        )
        if again or (ended and kind is Milestone.APPLIED and not entry.prior):
            yield current
            current, ended, refused = [], False, None
        current.append(entry)
        ended = ended or kind in _ENDS
        refused = entry.day if kind is Milestone.REJECTED and entry.day else refused
    yield current


def _with_proof(entries: list[Entry], findings: Findings) -> list[Entry]:
    """Return the events of an application with those that they prove.

    Args:
        entries: The events in order.
        findings: What was not read; unclear ends are added.
    """
    kinds = {entry.meaning.kind for entry in entries}
    words = {entry.meaning.word for entry in entries}
    if words == {"discarded"}:
        findings.reasons["a state before any application; no event"] += 1
        return []
    if "declined" in words:
        if kinds & _OFFERS:
            declined = Meaning("offer_declined")
        else:
            declined = Meaning("closed")
            reason = (
                "'declined' without an offer, which does not say who declined; counted "
                "as nobody's doing"
            )
            findings.reasons[reason] += 1
        entries = [
            evolve(entry, meaning=declined)
            if entry.meaning.word == "declined"
            else entry
            for entry in entries
        ]
    first = entries[0].meaning
    proof: list[Entry] = []
    if Milestone.APPLIED not in kinds and first.word not in (
        "contacted",
        "hidden_role",
    ):
        proof.append(Entry(Meaning("applied")))
    rounds = [entry for entry in entries if entry.meaning.kind is Milestone.INTERVIEW]
    if rounds and rounds[0].meaning.number > 1:
        index = entries.index(rounds[0])
        entries = [*entries[:index], Entry(Meaning("interview", 1)), *entries[index:]]
    return [*proof, *entries]
