"""
How long our own parts take: ``python -m benchmarks.solver``.

Medians and ratios of one run, as Markdown. Nothing here passes or fails: machines
are noisy, and a time is never asserted.
"""

import platform
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np

from interviewfit import (
    Assumptions,
    Candidate,
    Opportunity,
    Stage,
    assess,
    corporate,
    normal,
)
from interviewfit.panels import FloatArray
from interviewfit.process import compile_process
from interviewfit.signals import update
from interviewfit.solver import solve, value_rows

Steps = tuple[FloatArray, ...]


def median_time(work: Callable[[], object], runs: int = 200) -> float:
    """
    Seconds of the median run, after a warm-up.
    """
    work()
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def steps_of(stages: tuple[Stage, ...]) -> tuple[Steps, float]:
    """
    The chain of an unknown opening with these stages, and its mean, hours.
    """
    candidate, assumptions = Candidate(), Assumptions()
    job = Opportunity(name="job", stages=stages)
    process = compile_process(
        candidate, job, update(candidate, job, assumptions), assumptions
    )
    columns = (
        np.array([[getattr(step, name) for step in process.steps]])
        for name in ("reward", "survive", "drift", "reveal", "exit")
    )
    return tuple(columns), process.percent * process.mean


def different_rows(rows: int) -> tuple[Steps, FloatArray]:
    """
    Corporate processes, every number of every row moved by up to 30 %.
    """
    rng = np.random.default_rng(1)
    (reward, survive, drift, reveal, leave), mean = steps_of(corporate())
    shape = (rows, reward.shape[1])

    def moved(column: FloatArray) -> FloatArray:
        return np.asarray(column * rng.uniform(0.7, 1.3, shape))

    steps = (
        moved(reward),
        np.minimum(moved(survive), 1.0),
        moved(drift),
        moved(reveal),
        moved(leave),
    )
    return steps, mean + 500.0 * rng.standard_normal(rows)


def import_times(runs: int = 15) -> tuple[float, float]:
    """
    Seconds to start Python and import numpy and cattrs, then with ours on top.
    """

    def started(statement: str) -> float:
        command = [sys.executable, "-c", statement]
        return median_time(lambda: subprocess.run(command, check=True), runs)

    base = "import numpy, cattrs"
    return started(base), started(f"{base}, interviewfit")


def single() -> list[str]:
    """
    One decision, and how its cost grows with the stages.
    """
    job = Opportunity(name="job", stages=corporate())
    lines = ["| one decision | ms |", "|---|--:|"]
    whole = median_time(lambda: assess(Candidate(), job))
    lines.append(f"| `assess`, 3 stages | {1e3 * whole:.2f} |")
    costs = {}
    for stages in (1, 3, 6, 12):
        kinds = (corporate() * 4)[:stages]
        steps, mean = steps_of(kinds)
        costs[stages] = median_time(partial(solve, *steps))
        lines.append(f"| `solve`, {stages} stages | {1e3 * costs[stages]:.2f} |")
        seen = median_time(partial(solve(*steps).evaluate, [mean]))
        lines.append(f"| `evaluate`, {stages} stages | {1e3 * seen:.2f} |")
    lines.append(f"| 12 stages against 3, `solve` | × {costs[12] / costs[3]:.1f} |")
    return lines


def batch(rows: int = 20_000, shared: int = 4_000_000) -> list[str]:
    """
    Rows a second, on one core, and beside the arithmetic they cannot do without.
    """
    steps, means = different_rows(rows)
    apart = rows / median_time(lambda: value_rows(steps, means), 5)
    one, _ = steps_of(corporate())
    chart = solve(*one).chart()
    many = 500.0 * np.random.default_rng(2).standard_normal(shared)
    out = np.empty_like(many)
    together = shared / median_time(lambda: chart.read(many, out), 7)
    copied = shared / median_time(lambda: np.copyto(out, many), 7)
    bells = np.random.default_rng(3).standard_normal(65_536)
    exps = median_time(lambda: np.exp(bells, out=out[: bells.size])) / bells.size
    tails = median_time(lambda: normal.both(bells)) / bells.size
    # One 36 x 36 matrix of bells, about ten rows of one in the two searches for a
    # threshold, and a tail for each node of two curves and each search.
    least = (36 * 36 + 10 * 36) * exps + (2 * 36 + 12) * tails
    return [
        "| a batch, one core | rows a second |",
        "|---|--:|",
        f"| every row another process, 3 stages | {apart:,.0f} |",
        f"| ... its exponentials and tails alone would allow | {1 / least:,.0f} |",
        f"| rows that share a process | {together:,.0f} |",
        f"| ... copying their means alone | {copied:,.0f} |",
        "",
        f"An exponential took {1e9 * exps:.1f} ns, a normal tail {1e9 * tails:.0f} ns.",
    ]


def memory(rows: int = 1_000_000) -> str:
    """
    Peak memory of a batch against what goes in and comes out.
    """
    steps, means = different_rows(rows)
    inputs = sum(part.nbytes for part in (*steps, means))
    tracemalloc.start()
    value, thresholds = value_rows(steps, means)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    both = inputs + value.nbytes + thresholds.nbytes
    return (
        f"A batch of {rows:,} rows: inputs and outputs {both / 1e6:,.0f} MB, peak "
        f"{(inputs + peak) / 1e6:,.0f} MB, × {(inputs + peak) / both:.2f}."
    )


def main() -> None:
    """
    Print everything.
    """
    version = f"Python {platform.python_version()}, NumPy {np.__version__}"
    base, ours = import_times()
    parts = [
        f"`python -m benchmarks.solver`, {version}, {platform.machine()}.",
        "",
        *single(),
        "",
        *batch(),
        "",
        memory(),
        "",
        (
            f"Importing NumPy and cattrs: {1e3 * base:.0f} ms with Python's start; "
            f"interviewfit adds {1e3 * (ours - base):.0f} ms."
        ),
    ]
    sys.stdout.write("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
