"""How long our own parts take: ``python -m benchmarks.solver``.

Medians and ratios of one run, as Markdown. Nothing here passes or fails: machines
are noisy, and a time is never asserted.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from compiled import process_of
from interviewfit import (
    Assumptions,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Sign,
    Stage,
    assess,
    corporate,
    loads,
    technical,
)
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.solution import solve
from interviewfit.schema import SCHEMA

Steps = tuple[FloatArray, ...]

_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def median_time(work: Callable[[], object], runs: int = 200) -> float:
    """Seconds of the median run, after a warm-up."""
    work()
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def medians(
    works: dict[str, Callable[[], object]], runs: int = 150
) -> dict[str, float]:
    """Seconds of the median run of each, taken in turn so that drift hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs + 1):
        for name, work in works.items():
            start = perf_counter()
            work()
            times[name].append(perf_counter() - start)
    return {name: statistics.median(several[1:]) for name, several in times.items()}


def steps_of(stages: tuple[Stage, ...]) -> tuple[Steps, float]:
    """The chain of an unknown opening with these stages, and its mean, hours."""
    candidate, assumptions = Candidate(), Assumptions()
    job = Opportunity(name="job", stages=stages)
    process = process_of(candidate, job, assumptions)
    columns = (
        np.array([[getattr(step, name) for step in process.steps]])
        for name in ("reward", "survive", "drift", "reveal", "exit")
    )
    return tuple(columns), process.mean_hours


def different_rows(rows: int) -> tuple[Steps, FloatArray]:
    """Corporate processes, every number of every row moved by up to 30 %."""
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


def solve_in_blocks(
    steps: Steps, means: FloatArray, block: int = 4096
) -> tuple[FloatArray, FloatArray]:
    """Values and thresholds of very many chains, a block of rows at a time.

    Args:
        steps: What ``solve`` takes, each ``(rows, steps)``.
        means: Of the surplus, hours, shape ``(rows,)``.
        block: Rows solved at once, so that memory does not grow with the rows.

    Returns:
        Values in hours ``(rows,)`` and thresholds in hours ``(rows, steps)``.
    """
    value, thresholds = np.empty(means.shape), np.empty(steps[0].shape)
    for start in range(0, means.size, block):
        rows = slice(start, start + block)
        solution = solve(*(column[rows] for column in steps))
        thresholds[rows] = solution.thresholds
        continuation = solution.continuation_value(means[rows])
        value[rows] = np.maximum(steps[4][rows, 0], continuation)
    return value, thresholds


def import_times(runs: int = 15) -> tuple[float, float, float]:
    """Seconds to start Python and import numpy and attrs, and what ours adds.

    Ours alone, and with what an answer needs, which is imported when it is named.
    Taken in turn, since a shared machine drifts by more than the difference; with
    compiled modules, as an installed package has them.
    """
    with TemporaryDirectory() as cache:
        kept = {name: os.environ[name] for name in os.environ if name != _UNCOMPILED}
        settings = {**kept, "PYTHONPYCACHEPREFIX": cache}

        def started(statement: str) -> float:
            start = perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True, env=settings)
            return perf_counter() - start

        base = "import numpy, attrs"
        alone, ours = (
            f"{base}, interviewfit",
            f"{base}; from interviewfit import assess",
        )
        started(ours)
        turns = [(started(base), started(alone), started(ours)) for _ in range(runs)]
    return (
        statistics.median(turn[0] for turn in turns),
        statistics.median(turn[1] - turn[0] for turn in turns),
        statistics.median(turn[2] - turn[0] for turn in turns),
    )


def single() -> list[str]:
    """One decision, and how its cost grows with the stages."""
    jobs = {
        "an unknown opening, 3 stages": Opportunity(name="a", stages=corporate()),
        "midway, one sign seen": Opportunity(
            name="b",
            stages=corporate(),
            signals=[Sign.BAD_REVIEWS],
            position=Position(phase=Phase.MIDWAY, stage=1),
        ),
        "with the choices to look it up or wait": Opportunity(
            name="c",
            stages=corporate(),
            signals=[Sign.MERGER_TALKS],
            unresearched=True,
        ),
    }
    works: dict[str, Callable[[], object]] = {
        f"`assess`, {name}": partial(assess, Candidate(), job)
        for name, job in jobs.items()
    }
    ones = np.ones(32)
    works["for scale: NumPy adds 32 numbers to 32"] = partial(np.add, ones, ones)
    for stages in (1, 3, 6, 12):
        steps, mean = steps_of((corporate() * 4)[:stages])
        works[f"`solve`, {stages} stages"] = partial(solve, *steps)
        works[f"`evaluate`, {stages} stages"] = partial(solve(*steps).evaluate, [mean])
    steps, _ = steps_of(technical())
    works["`solve`, the technical process: 4 stages, walking out pays at 2"] = partial(
        solve, *steps
    )
    found = medians(works)
    lines = ["| one decision | ms |", "|---|--:|"]
    lines.extend(f"| {name} | {1e3 * time:.3f} |" for name, time in found.items())
    ratio = found["`solve`, 12 stages"] / found["`solve`, 3 stages"]
    return [*lines, f"| `solve`, 12 stages against 3 | × {ratio:.1f} |"]


def casebook() -> str:
    """How long the thirty situations of the casebook take."""
    path = Path(__file__).parents[1] / "tests" / "data" / "casebook.json"
    works: dict[str, Callable[[], object]] = {}
    for case in json.loads(path.read_text("utf-8")):
        who, what = (
            json.dumps({"schema": SCHEMA, **case[name]})
            for name in ("candidate", "opportunity")
        )
        works[case["id"]] = partial(
            assess, loads(who, Candidate), loads(what, Opportunity)
        )
    found = sorted(medians(works, 15).values())
    return (
        f"`assess` on the {len(found)} situations of the casebook: median "
        f"{1e3 * statistics.median(found):.1f} ms, {sum(one <= 5e-3 for one in found)} "
        f"within 5 ms, slowest {1e3 * found[-1]:.1f} ms."
    )


def batch(rows: int = 20_000, shared: int = 4_000_000) -> list[str]:
    """Rows a second, on one core, and beside the arithmetic they cannot do without."""
    steps, means = different_rows(rows)
    apart = rows / median_time(lambda: solve_in_blocks(steps, means), 5)
    one, _ = steps_of(corporate())
    table = solve(*one).tabulate()
    means_of_all = 500.0 * np.random.default_rng(2).standard_normal(shared)
    out = np.empty_like(means_of_all)
    together = shared / median_time(lambda: table.evaluate(means_of_all), 7)
    copied = shared / median_time(lambda: np.copyto(out, means_of_all), 7)
    bells = np.random.default_rng(3).standard_normal(65_536)
    exps = median_time(lambda: np.exp(bells, out=out[: bells.size])) / bells.size
    tails = median_time(lambda: normal.pdf_cdf(bells)) / bells.size
    # One 36 x 36 matrix of bells, about seven rows of one in the two searches for a
    # threshold, and a tail for each node of two curves and each search.
    least = (36 * 36 + 7 * 36) * exps + (2 * 36 + 9) * tails
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
    """Peak memory of a batch against what goes in and comes out."""
    steps, means = different_rows(rows)
    inputs = sum(part.nbytes for part in (*steps, means))
    tracemalloc.start()
    value, thresholds = solve_in_blocks(steps, means)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    both = inputs + value.nbytes + thresholds.nbytes
    return (
        f"A batch of {rows:,} rows: inputs and outputs {both / 1e6:,.0f} MB, peak "
        f"{(inputs + peak) / 1e6:,.0f} MB, × {(inputs + peak) / both:.2f}."
    )


def main() -> None:
    """Print everything."""
    version = f"Python {platform.python_version()}, NumPy {np.__version__}"
    base, alone, ours = import_times()
    parts = [
        f"`python -m benchmarks.solver`, {version}, {platform.machine()}.",
        "",
        *single(),
        "",
        casebook(),
        "",
        *batch(),
        "",
        memory(),
        "",
        (
            f"Importing NumPy and attrs: {1e3 * base:.0f} ms with Python's start; "
            f"interviewfit adds {1e3 * alone:.1f} ms, and what the first answer needs "
            f"{1e3 * (ours - alone):.0f} ms when it is first named."
        ),
    ]
    sys.stdout.write("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
