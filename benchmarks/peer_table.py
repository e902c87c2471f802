"""The measured peers as Markdown: each number of stages, then all at equal accuracy."""

import importlib.metadata
import importlib.util
import itertools
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.stopwatch import Miss, Timing

MILLISECONDS = 1e3

Fineness = tuple[int, ...]
"""Levels and readings, or points of a grid, or nothing where ours is exact."""


@frozen(kw_only=True)
class Row:
    """One peer at one fineness."""

    name: str
    fineness: Fineness
    timing: Timing | Miss


def heading(command: str, packages: Sequence[str]) -> Iterator[str]:
    """The command, the machine and the versions."""
    versions = ", ".join(f"{package} {version_of(package)}" for package in packages)
    yield f"`{command}`, Python {platform.python_version()}, one thread each,"
    yield f"{_processor()}. {versions}."


def version_of(package: str) -> str:
    """The installed version, or that there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        found = importlib.util.find_spec(package) is not None
        return "from a path" if found else "not installed"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """One interview: our row, each peer's coarsest and finest, and what stopped it."""
    yield (
        "| solver | made finite as | build, ms | solve, ms | runs | answer, h "
        "| off by, h | build + solve, × ours | solve alone, × ours |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    measure = rows[0].timing
    for _, climb in itertools.groupby(rows, key=lambda row: row.name):
        for row in _ends(list(climb)):
            start = f"| {row.name} | {_words(row.fineness)} | "
            if isinstance(row.timing, Miss):
                yield f"{start}{row.timing.reason} | | | | | | |"
            else:
                yield start + " | ".join(_figures(row.timing, measure)) + " |"


def summary(tables: Mapping[int, Sequence[Row]], near: float) -> Iterator[str]:
    """By number of stages, each peer's coarsest form within *near* hours of ours."""
    names = list(dict.fromkeys(row.name for rows in tables.values() for row in rows))
    yield f"| stages | {names[0]} | " + " | ".join(names[1:]) + " |"
    yield "|--:|--:|" + "---|" * len(names[1:])
    for stages, rows in tables.items():
        measure = rows[0].timing
        if isinstance(measure, Miss):
            continue
        cells = [f"{_short(measure.total * MILLISECONDS)} ms"]
        cells += [
            _nearest([row for row in rows if row.name == name], measure, near)
            for name in names[1:]
        ]
        yield f"| {stages} | " + " | ".join(cells) + " |"


def _nearest(rows: Iterable[Row], measure: Timing, near: float) -> str:
    said, closest = "", float("inf")
    for row in rows:
        if isinstance(row.timing, Miss):
            said = said or row.timing.reason
            continue
        off = abs(row.timing.answer - measure.answer)
        if off <= near:
            times = _short(row.timing.total / measure.total)
            if not row.fineness:
                return f"× {times}"
            alone = _short(row.timing.solve / measure.total)
            return f"× {times} (solve alone × {alone}), {_words(row.fineness)}"
        if off < closest:
            closest = off
            times = _short(row.timing.total / measure.total)
            said = f"no: off by {off:.2g} at × {times}"
    return said


def _ends(climb: Sequence[Row]) -> Iterator[Row]:
    timed = [index for index, row in enumerate(climb) if isinstance(row.timing, Timing)]
    yield from (climb[index] for index in dict.fromkeys([*timed[:1], *timed[-1:]]))
    after = timed[-1] + 1 if timed else 0
    yield from climb[after : after + 1]


def _figures(timing: Timing, measure: Timing | Miss) -> Iterator[str]:
    yield _short(timing.build * MILLISECONDS)
    yield _short(timing.solve * MILLISECONDS)
    yield str(timing.runs)
    yield f"{timing.answer:.6f}"
    if isinstance(measure, Miss):
        yield from ("?", "?", "?")
    elif measure is timing:
        yield from ("0", "1", "1")
    else:
        yield f"{timing.answer - measure.answer:+.1e}".replace("-", "−")
        yield _short(timing.total / measure.total)
        yield _short(timing.solve / measure.total)


def _words(fineness: Fineness) -> str:
    match fineness:
        case levels, readings:
            return f"{levels} fits, {readings} readings"
        case (points,):
            return f"{points} beliefs"
        case _:
            return "–"


def _short(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return names[0].strip() if names else platform.machine()
