"""How fast columns are scored: ``python -m benchmarks.columns``.

Medians and ratios of one run, as Markdown. Wall time is what a user waits; time of
the processor is what the work takes when others want the machine too. Nothing here
passes or fails. What is not installed is left out, and said to be.
"""

import importlib
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from interviewfit import Candidate, Scores, score
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.columns import TEMPLATES
from interviewfit.columns._columns import Coded
from interviewfit.columns._evaluation import SolvedGroup
from interviewfit.columns._groups import Groups
from interviewfit.columns._validation import validate

ME = Candidate()
MANY, SOME = 4_000_000, 40_000
BOARD_ROWS = 20_000_000
SIZES = (1_000, 100_000, 1_000_000)
Columns = dict[str, Any]
AnyArray = np.ndarray[Any, Any]
Weighted = Callable[[], Any]


def timed(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Seconds on the wall and of the processor, medians after a warm-up."""
    work()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def board(rows: int) -> Columns:
    """Pay, three in ten not stated, and whether one may work from home."""
    rng = np.random.default_rng(1)
    pay = rng.normal(0.0, 10.0, rows)
    pay[rng.random(rows) < 0.3] = np.nan
    return {
        "process": "corporate",
        "pay.mean": pay,
        "pay.sd": 3.0,
        "signs.remote_allowed": rng.random(rows) < 0.3,
    }


def touched(columns: Columns, found: Scores) -> int:
    """Bytes that must be read and written at the least."""
    arrays = [one for one in columns.values() if isinstance(one, np.ndarray)]
    arrays += [one.codes for one in columns.values() if isinstance(one, Coded)]
    arrays += list(found.to_columns(codes=True).values())
    return sum(one.nbytes for one in arrays)


def bandwidth() -> float:
    """Bytes a second that one core copies between arrays far larger than its caches."""
    source = np.ones(32_000_000)
    target = np.zeros_like(source)
    wall, _ = timed(partial(np.copyto, target, source), 7)
    return 2.0 * source.nbytes / wall


def template_cases(rows: int) -> dict[str, Columns]:
    """Boards of which rows share a process, by how it is told which."""
    names = np.array(["corporate", "small_firm", "technical"])
    plain = board(rows)
    codes = np.random.default_rng(2).integers(0, 3, rows).astype(np.int8)
    pay = np.nan_to_num(plain["pay.mean"])
    return {
        "pay alone": {"process": "corporate", "pay.mean": pay},
        "pay with gaps, remote or not": plain,
        "the same, one of three processes, as codes": {
            **plain,
            "process": Coded(words=names, codes=codes),
        },
        "the same, as text of a fixed width": {**plain, "process": names[codes]},
        "the same, as NumPy's own strings": {
            **plain,
            "process": names[codes].astype(np.dtypes.StringDType()),
        },
        "the same, as Python objects": {
            **plain,
            "process": names[codes].astype(object),
        },
    }


def template_rows() -> Iterator[str]:
    cases = template_cases(MANY)
    copied = bandwidth()
    yield f"{MANY:,} rows, outputs given; one core copies {copied / 1e9:.1f} GB/s."
    yield ""
    yield (
        "| rows that share a process | threads | M rows/s | processor, ns/row | "
        "bytes/row | of a copy's bandwidth |"
    )
    yield "|---|--:|--:|--:|--:|--:|"
    for name, columns in cases.items():
        room = score(ME, columns)
        size = touched(columns, room)
        for threads in (1, 2):
            work = partial(score, ME, columns, threads=threads, out=room)
            wall, cpu = timed(work, 7)
            share = 100.0 * size / wall / copied
            yield (
                f"| {name} | {threads} | {MANY / wall / 1e6:.1f} | "
                f"{1e9 * cpu / MANY:.0f} | {size / MANY:.0f} | {share:.0f} % |"
            )


_WATCH = """
import resource, sys, tracemalloc
from benchmarks.columns import ME, score, template_cases

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

rows = int(sys.argv[1])
for columns in template_cases(rows).values():
    room = score(ME, columns)
    for threads in (1, 2):
        score(ME, columns, threads=threads, out=room)
        before = faults()
        for _ in range(3):
            score(ME, columns, threads=threads, out=room)
        touched = (faults() - before) / 3
        tracemalloc.start()
        score(ME, columns, threads=threads, out=room)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(threads, 1e3 * touched / rows, peak / 1e6)
"""


def memory() -> Iterator[str]:
    """What a call takes beyond its answers, by one allocator and by another.

    The second gets every array of 64 kB or more from the system, and gives it back as
    soon as nobody needs it.
    """
    few, many = SIZES[-1] // 2, 2 * SIZES[-1]
    own = {"MALLOC_MMAP_THRESHOLD_": "65536"}
    runs = [_watched(few, {}), _watched(many, {}), _watched(many, own)]
    yield (
        f"| beyond the answers | threads | MB at {few:,} rows | MB at {many:,} | "
        "page faults per 1,000 rows | the same, pages given back at once |"
    )
    yield "|---|--:|--:|--:|--:|--:|"
    names = [name for name in template_cases(1) for _ in (1, 2)]
    for name, small, large, given_back in zip(names, *runs, strict=True):
        threads, faults, peak = large
        yield (
            f"| {name} | {threads:.0f} | {small[2]:.2f} | {peak:.2f} | {faults:.2f} | "
            f"{given_back[1]:.2f} |"
        )


def _watched(rows: int, own: dict[str, str]) -> list[list[float]]:
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, str(rows)],
        capture_output=True,
        check=True,
        env={**os.environ, **own},
    ).stdout
    return [list(map(float, line.split())) for line in done.splitlines()]


def distinct_rows() -> Iterator[str]:
    rng = np.random.default_rng(3)
    columns = {
        **board(SOME),
        "pay.sd": rng.uniform(1.0, 6.0, SOME),
        "commute.mean": rng.normal(-3.0, 5.0, SOME),
        "relevance": rng.uniform(0.3, 1.0, SOME),
        "stages[1].hours": rng.uniform(0.5, 3.0, SOME),
    }
    own, shared = "a process of their own", "a process they share"
    yield "| rows that have | threads | rows/s | processor, µs/row |"
    yield "|---|--:|--:|--:|"
    for name, table, terms in (
        (f"{own}, answers", columns, False),
        (f"{own}, answers and all terms", columns, True),
        (f"{shared}, answers and all terms", board(SOME), True),
    ):
        for threads in (1, 2):
            work = partial(score, ME, table, threads=threads, terms=terms)
            wall, cpu = timed(work, 5)
            took = f"{SOME / wall:,.0f} | {1e6 * cpu / SOME:.1f}"
            yield f"| {name} | {threads} | {took} |"


def weighted_sums() -> Iterator[str]:
    """The same weighted sum of a column an aspect, by each on the same numbers."""
    rng = np.random.default_rng(4)
    weights = rng.uniform(0.2, 1.0, len(ASPECTS))
    weights /= weights.sum()
    who = Candidate(priorities=dict(zip(ASPECTS, weights.tolist(), strict=True)))
    yield (
        f"| rows × {len(ASPECTS)} | ours, the sum alone | ours, checked and decided | "
        "pyDecision `saw_method` | scikit-criteria, its matrix built | pymcdm `WSM` |"
    )
    yield "|--:|--:|--:|--:|--:|--:|"
    for rows in SIZES:
        table = rng.random((rows, len(ASPECTS)))
        # Two divide by the largest of each column; where that is 1 all agree.
        table[0] = 1.0
        runs = 101 if rows < 10_000 else 5
        times, answers = [], []
        for make in (_sum_alone, _decided, _pydecision, _skcriteria, _pymcdm):
            work = make(who, table, weights)
            if work is None:
                times.append("not installed")
                continue
            answers.append(np.asarray(work()))
            times.append(
                f"{1e3 * timed(work, runs if len(times) < 3 else 3)[0]:.3g} ms"
            )
        for one in answers:
            np.testing.assert_allclose(one, answers[0], rtol=1e-12)
        yield f"| {rows:,} | {' | '.join(times)} |"


def _columns(table: AnyArray) -> Columns:
    return {
        "process": "corporate",
        "phase": "offered",
        **{
            f"{name}.mean": np.ascontiguousarray(table[:, number])
            for number, name in enumerate(ASPECTS)
        },
    }


def _sum_alone(who: Candidate, table: AnyArray, _: object) -> Weighted:
    columns = validate(_columns(table), who, TEMPLATES)
    groups = Groups(columns, Assumptions(), shared=True)
    group = 2 ** len(ASPECTS) - 1
    solved = SolvedGroup(*groups.decision(group))

    def work() -> FloatColumn:
        mean = np.full(columns.rows, solved.base.process.mean)
        for name, slope in solved.slopes.items():
            mean += slope * columns.numbers[name]
        return mean

    return work


def _decided(who: Candidate, table: AnyArray, _: object) -> Weighted:
    columns = _columns(table)
    room = score(who, columns)
    return lambda: score(who, columns, out=room, threads=1).mean


def _pydecision(_: object, table: AnyArray, weights: Any) -> Weighted | None:
    if importlib.util.find_spec("pyDecision") is None:
        return None
    method = importlib.import_module("pyDecision.algorithm").saw_method
    kinds = ["max"] * len(ASPECTS)
    return lambda: method(table, kinds, weights, graph=False, verbose=False)[:, 1]


def _skcriteria(_: object, table: AnyArray, weights: Any) -> Weighted | None:
    if importlib.util.find_spec("skcriteria") is None:
        return None
    package = importlib.import_module("skcriteria")
    model = importlib.import_module("skcriteria.agg.simple").WeightedSumModel()
    kinds = [max] * len(ASPECTS)
    return lambda: model.evaluate(package.mkdm(table, kinds, weights=weights)).e_.score


def _pymcdm(_: object, table: AnyArray, weights: AnyArray) -> Weighted | None:
    if importlib.util.find_spec("pymcdm") is None:
        return None
    by_largest = importlib.import_module("pymcdm.normalizations").max_normalization
    model = importlib.import_module("pymcdm.methods").WSM(by_largest)
    kinds = np.ones(len(ASPECTS))
    return lambda: model(table, weights, kinds)


def import_times() -> Iterator[str]:
    """Of each package beyond Python and NumPy, in a process of its own."""
    yield "| import, beyond NumPy | ms |"
    yield "|---|--:|"
    for line, statement in (
        ("interviewfit, `assess`", "from interviewfit import assess"),
        ("pyDecision.algorithm", "import pyDecision.algorithm"),
        ("skcriteria.agg.simple", "import skcriteria.agg.simple"),
        ("pymcdm.methods", "import pymcdm.methods"),
    ):
        package = statement.split()[1].partition(".")[0]
        if importlib.util.find_spec(package) is None:
            yield f"| {line} | not installed |"
            continue
        script = (
            "import time, numpy, warnings; warnings.simplefilter('ignore');"
            f"t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
        )
        runs = [
            float(
                subprocess.run(
                    [sys.executable, "-c", script], capture_output=True, check=True
                ).stdout
            )
            for _ in range(6)
        ]
        yield f"| {line} | {1e3 * statistics.median(runs[1:]):.0f} |"


def frame_overhead() -> Iterator[str]:
    rows = 1_000_000
    columns = board(rows)
    _, core = timed(partial(score, ME, columns, threads=1), 5)
    yield "| a million rows | processor, ms | above the core |"
    yield "|---|--:|--:|"
    yield f"| `score` | {1e3 * core:.0f} | |"
    makers = {
        "polars": "DataFrame",
        "pandas": "DataFrame",
        "pyarrow": "table",
    }
    also = {"process": "corporate", "pay.sd": 3.0}
    data = {name: one for name, one in columns.items() if name not in also}
    for name, make in makers.items():
        if importlib.util.find_spec(name) is None:
            yield f"| {name} | not installed | |"
            continue
        from interviewfit.extra.frames import score_frame  # noqa: PLC0415  # an extra

        frame = getattr(importlib.import_module(name), make)(data)
        _, cpu = timed(partial(score_frame, ME, frame, constants=also, threads=1), 5)
        yield f"| `score_frame`, {name} | {1e3 * cpu:.0f} | {1e3 * (cpu - core):.0f} |"


def _write_board(folder: Path, rows: int, files: int) -> None:
    from pyarrow import parquet, table  # noqa: PLC0415  # an extra

    folder.mkdir()
    for number in range(files):
        columns = board(rows // files)
        parquet.write_table(
            table(
                {
                    "id": np.arange(rows // files),
                    "pay.mean": columns["pay.mean"],
                    "signs.remote_allowed": columns["signs.remote_allowed"],
                }
            ),
            folder / f"{number:03}.parquet",
            row_group_size=1 << 16,
        )


_RUN = """
import sys, time
from interviewfit import Candidate
from interviewfit.extra.dask import score_parquet
if __name__ == "__main__":
    client = None
    if sys.argv[3] != "0":
        from distributed import Client, LocalCluster
        client = Client(LocalCluster(
            n_workers=int(sys.argv[3]), threads_per_worker=1, dashboard_address=None,
        ))
    start, before = time.perf_counter(), time.process_time()
    score_parquet(
        client, sys.argv[1], sys.argv[2], Candidate(),
        constants={"process": "corporate", "pay.sd": 3.0},
    )
    seconds = time.perf_counter() - start
    # Of this process alone: what getrusage says may be its parent's.
    known = open("/proc/self/status").read()
    peak = int(known.partition("VmHWM:")[2].split()[0]) / 1024.0
    print(seconds, peak, time.process_time() - before)
    if client is not None:
        client.shutdown()
"""


def files() -> Iterator[str]:
    """Parquet to parquet: memory by rows, and one process against a cluster.

    Files are of one size and so are row groups, one of which must fit memory.
    """
    if importlib.util.find_spec("pyarrow") is None:
        yield "pyarrow is not installed."
        return
    yield "| parquet to parquet | rows | M rows/s | processor, µs/row | peak, MB |"
    yield "|---|--:|--:|--:|--:|"
    with TemporaryDirectory() as place:
        folder = Path(place)
        script = folder / "run.py"
        script.write_text(_RUN, "utf-8")
        sizes = (BOARD_ROWS // 16, BOARD_ROWS // 4, BOARD_ROWS)
        for rows in sizes:
            _write_board(folder / "board", rows, 64 * rows // BOARD_ROWS)
            workers = [0, 2] if rows == BOARD_ROWS else [0]
            if importlib.util.find_spec("distributed") is None:
                workers = [0]
            for many in workers:
                done = subprocess.run(
                    [
                        sys.executable,
                        script,
                        folder / "board",
                        folder / "out",
                        str(many),
                    ],
                    capture_output=True,
                    check=True,
                    env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},
                ).stdout.split()
                name = f"Dask, {many} workers" if many else "one process"
                # Of a cluster only the driver's would be seen.
                cpu = f"{1e6 * float(done[2]) / rows:.2f}" if not many else "–"
                peak = f"{float(done[1]):.0f}" if not many else "–"
                speed = rows / float(done[0]) / 1e6
                yield f"| {name} | {rows:,} | {speed:.2f} | {cpu} | {peak} |"
                shutil.rmtree(folder / "out")
            shutil.rmtree(folder / "board")


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "template": template_rows,
    "memory": memory,
    "distinct": distinct_rows,
    "sums": weighted_sums,
    "imports": import_times,
    "frames": frame_overhead,
    "files": files,
}


def main(arguments: list[str]) -> None:
    """Print every part, or those that are named."""
    warnings.simplefilter("ignore")
    for name in arguments or list(PARTS):
        for line in PARTS[name]():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
