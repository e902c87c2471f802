"""Times of plans with a date: ``python -m benchmarks.calendar``.

A deadline and one to ten processes beside it, as ``plan(..., today=...)`` answers them;
the quickest of five runs.
"""

import sys
from datetime import date, timedelta
from time import perf_counter

from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Position,
    corporate,
    plan,
    small_firm,
    technical,
)

TODAY = date(2026, 11, 30)
_KINDS = (corporate(), small_firm(), technical())
_RUNS = 5


def search(rivals: int, days: int = 9) -> list[Opportunity]:
    """An offer to be answered in so many days, beside so many processes."""
    offer = Opportunity(
        name="Kestrel",
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=11, sd=2)},
        answer_by=TODAY + timedelta(days=days),
        questions_asked=True,
    )
    jobs = [
        Opportunity(
            name=f"Job {number}",
            stages=[evolve(stage, days=5) for stage in _KINDS[number % 3]],
            beliefs={"role": Belief(mean=(number * 7) % 11 - 2, sd=3)},
            next_on=TODAY + timedelta(days=1 + (number * 3) % 6),
        )
        for number in range(rivals)
    ]
    return [offer, *jobs]


def main() -> None:
    """Print the times."""
    write = sys.stdout.write
    write("| processes beside the offer | method | plan, ms | value, h | bound, h |\n")
    write("|---|---|--:|--:|--:|\n")
    for rivals in (1, 2, 3, 4, 10):
        jobs, times = search(rivals), []
        found = plan(Candidate(), jobs, today=TODAY)
        for _ in range(_RUNS):
            start = perf_counter()
            found = plan(Candidate(), jobs, today=TODAY)
            times.append(perf_counter() - start)
        method = found.rule.method if found.rule else "today"
        bound = found.value + found.guarantee.gap
        cells = rivals, method, f"{1e3 * min(times):.0f}", f"{found.value:.1f}"
        write(f"| {' | '.join(map(str, cells))} | {bound:.1f} |\n")


if __name__ == "__main__":
    main()
