"""How long answers take where passes tell of the fit: ``python -m benchmarks.mutual``.

``assess`` on processes of one to twelve stages of three kinds, with three correlations,
with the usual beliefs and with random ones. Times are of the processor, the median of
several runs of each process, as Markdown. Nothing here passes or fails.
"""

import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from attrs import evolve

from benchmarks.plans import search
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    plan,
    small_firm,
    technical,
)

SIZES = (1, 2, 3, 4, 6, 8, 10, 12)
FITS = (0.1, 0.3, 0.6)
PLACES = ("from the start", "in the middle", "in the first stage", "in a later one")
ASPECTS = ("pay", "role", "team", "culture", "manager", "growth", "commute")


def stages_of(kind: tuple[Stage, ...], count: int) -> tuple[Stage, ...]:
    """The stages of a kind, again and again, each with a name of its own."""
    return tuple(
        evolve(kind[number % len(kind)], name=f"stage {number + 1}")
        for number in range(count)
    )


def position_of(place: str, count: int) -> Position | None:
    """Where a process of some stages stands; None where it is too short for that."""
    half = count // 2
    if place == "from the start":
        return Position()
    if place == "in the first stage":
        return Position(phase="midway")
    if place == "in the middle":
        return Position(stage=half) if half else None
    return Position(phase="midway", stage=half) if count > 2 else None


def decisions(count: int, place: str) -> Iterator[tuple[Candidate, Opportunity]]:
    """Processes of some stages that stand at a place."""
    position = position_of(place, count)
    if position is None:
        return
    who = Candidate(interviews_done=position.stage or None)
    for kind in (corporate(), technical(), small_firm()):
        rng = np.random.default_rng([count, len(kind)])
        known = {
            aspect: Belief(mean=float(rng.normal(0, 5)), sd=float(rng.uniform(0.5, 8)))
            for aspect in ASPECTS
            if rng.random() < 0.5
        }
        for beliefs in ({}, known):
            for fit in FITS:
                stages = stages_of(kind, count)
                job = Opportunity(name="job", stages=stages, mutual_fit=fit)
                yield who, evolve(job, beliefs=beliefs, position=position)


def spent(call: Callable[[], object], runs: int = 9) -> float:
    """Median time of a call after a warm-up, milliseconds of the processor."""
    call()
    times = []
    for _ in range(runs):
        start = time.thread_time()
        call()
        times.append(time.thread_time() - start)
    return 1e3 * statistics.median(times)


def main() -> None:
    """Print everything."""
    version = f"Python {platform.python_version()}, NumPy {np.__version__}"
    heads = "".join(f" {place} |" for place in PLACES)
    lines = [
        f"`python -m benchmarks.mutual`, {version}, {platform.machine()}.",
        "",
        f"| `assess`, ms: median and slowest |{heads}",
        f"|---|{'--:|' * len(PLACES)}",
    ]
    for count in SIZES:
        cells = []
        for place in PLACES:
            times = [
                spent(partial(assess, who, job)) for who, job in decisions(count, place)
            ]
            told = f"{statistics.median(times):.1f}, {max(times):.1f}" if times else "–"
            cells.append(told)
        size = f"{count} stage{'s' * (count > 1)}"
        lines.append(f"| {size} | {' | '.join(cells)} |")
    numbers = Assumptions(numbers={"mutual_fit": 0.3})
    for alike, kind in ((True, "three stages each"), (False, "three kinds")):
        jobs = search(10, alike=alike)
        took = spent(partial(plan, Candidate(), jobs, assumptions=numbers))
        lines += ["", f"`plan` of 10 processes of {kind}: {took:.0f} ms."]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
