"""How long it takes to say how sure an answer is, and how widely outcomes vary.

``python -m benchmarks.outcomes`` prints Markdown: times of ``robustness`` with 10,000
draws and of ``simulate`` with 100,000 runs. Medians of one run; nothing passes or
fails. Time on the clock depends on what else the machine does; that of the processor
hardly does.
"""

import statistics
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter, process_time

from benchmarks.plans import search
from interviewfit import (
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
    robustness,
    simulate,
    small_firm,
    technical,
)
from interviewfit.sensitivity._sampling import sampled_parameters

RUNS = 5
CASES = {
    "an unknown opening, 3 stages": Opportunity(name="A", stages=corporate()),
    "..., bad reviews": Opportunity(
        name="A", stages=corporate(), signals=["bad_reviews"]
    ),
    "..., talk of a merger: one could wait": Opportunity(
        name="A", stages=corporate(), signals=["merger_talks"]
    ),
    "..., and look things up": Opportunity(
        name="A", stages=corporate(), signals=["merger_talks"], unresearched=True
    ),
    "2 stages": Opportunity(name="A", stages=small_firm()),
    "4 stages, one hardly shows anything": Opportunity(name="A", stages=technical()),
    "... in the middle of that one": Opportunity(
        name="A", stages=technical(), position=Position(phase="midway", stage=1)
    ),
    "an offer": Opportunity(
        name="A", stages=corporate(), position=Position(phase="offered")
    ),
}


def timed(work: Callable[[], object]) -> str:
    """Seconds of the median run, on the clock and of the processor, as two columns."""
    work()
    times = []
    for _ in range(RUNS):
        start = perf_counter(), process_time()
        work()
        times.append((perf_counter() - start[0], process_time() - start[1]))
    clock, processor = (
        statistics.median(column) for column in zip(*times, strict=True)
    )
    return f"{clock:.2f} | {processor:.2f}"


def draws() -> list[str]:
    """Seconds of 10,000 draws, by what is decided."""
    lines = [
        "| decision | numbers drawn | 10,000 draws, s | processor, s |",
        "|---|--:|--:|--:|",
    ]
    for name, job in CASES.items():
        found = assess(Candidate(), job)
        count = len(sampled_parameters(found.decision))
        lines.append(f"| {name} | {count} | {timed(partial(robustness, found))} |")
    return lines


def runs() -> list[str]:
    """Seconds of 100,000 runs, by what is simulated."""
    lines = ["| simulated | 100,000 runs, s | processor, s |", "|---|--:|--:|"]
    for name, job in list(CASES.items())[:4]:
        found = assess(Candidate(), job)
        lines.append(f"| {name} | {timed(partial(simulate, found))} |")
    for count in (2, 4, 10):
        several = plan(Candidate(), search(count))
        lines.append(
            f"| a plan of {count} processes | {timed(partial(simulate, several))} |"
        )
    return lines


def main() -> None:
    """Print everything."""
    sys.stdout.write("\n".join((*draws(), "", *runs())) + "\n")


if __name__ == "__main__":
    main()
