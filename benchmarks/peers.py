"""Our solver beside its peers, in one run: ``python -m benchmarks.peers``.

For each number of stages every peer solves the same interview, made finite as
`benchmarks.interview` says, first coarsely and then ever finer until one solution
takes longer than the cap. All times are medians after a warm-up, except that what
takes longer than the budget for repeats is run once. With one stage no reading is
left to discretise. A peer that is not installed is said to be so; voiage needs
Python 3.12. One thread each, and each peer in a process of its own.
"""

import argparse
import functools
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from attrs import frozen

from benchmarks.interview import MOST_STAGES, Interview, interview_of
from benchmarks.peer_models import (
    BATCH,
    ours,
    ours_in_a_batch,
    pgmpy_histories,
    quantecon_beliefs,
)
from benchmarks.peer_pyagrum import pyagrum_beliefs, pyagrum_histories
from benchmarks.peer_table import Fineness, Row, heading, summary, table
from benchmarks.peer_voiage import voiage_histories
from benchmarks.stopwatch import Miss, Prepare, Stopwatch, Timing

ONE_THREAD = {
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

ACCURACIES = (0.01, 0.0001)
"""Hours from our answer at which to compare."""

MOST_CELLS = 1e8
"""Of one table, at 8 bytes each and several copies: as much as is fair to others."""

HISTORIES = ((5, 3), (9, 5), (17, 9), (33, 17), (65, 33), (129, 65), (257, 129))
FEW_HISTORIES = ((2, 2), (4, 2), (5, 3), (7, 4), (16, 5), (20, 5))
GRIDS = ((51,), (101,), (201,), (401,), (801,), (1601,))


@frozen(kw_only=True)
class Peer:
    """A package, and how finely it is asked to solve the interview, coarsest first.

    Where it solves several *rows* at once, the times are of one.
    """

    name: str
    package: str
    prepare: Callable[..., Prepare]
    ladder: tuple[Fineness, ...]
    rows: int = 1

    @property
    def installed(self) -> bool:
        return importlib.util.find_spec(self.package) is not None


PEERS = (
    Peer(name="interviewfit", package="interviewfit", prepare=ours, ladder=((),)),
    Peer(
        name=f"interviewfit, one of {BATCH:,} that differ",
        package="interviewfit",
        prepare=ours_in_a_batch,
        ladder=((),),
        rows=BATCH,
    ),
    Peer(
        name="pyAgrum, all readings remembered",
        package="pyagrum",
        prepare=pyagrum_histories,
        ladder=HISTORIES,
    ),
    Peer(
        name="pyAgrum, belief grid by hand",
        package="pyagrum",
        prepare=pyagrum_beliefs,
        ladder=GRIDS,
    ),
    Peer(
        name="QuantEcon, belief grid by hand",
        package="quantecon",
        prepare=quantecon_beliefs,
        ladder=GRIDS,
    ),
    Peer(
        name="pgmpy, decisions by hand",
        package="pgmpy",
        prepare=pgmpy_histories,
        ladder=HISTORIES,
    ),
    Peer(
        name="voiage belief state",
        package="voiage",
        prepare=voiage_histories,
        ladder=(*FEW_HISTORIES, *HISTORIES[2:]),
    ),
)


def climb(peer: Peer, interview: Interview, watch: Stopwatch) -> list[Row]:
    """Time *peer* coarsely, then ever finer, until it takes too long.

    A refusal costs nothing and need not hold for what is finer still.
    """
    if not peer.installed:
        return [Row(name=peer.name, fineness=(), timing=Miss("not installed"))]
    rows: list[Row] = []
    for fineness in peer.ladder:
        timing = _foreseen(rows, interview, fineness, watch.cap) or watch.time(
            functools.partial(peer.prepare, interview, *fineness)
        )
        if isinstance(timing, Timing):
            timing = timing.of_one(peer.rows)
        rows.append(Row(name=peer.name, fineness=fineness, timing=timing))
        if isinstance(timing, Miss) and not timing.refused:
            break
    return rows


def _foreseen(
    rows: Sequence[Row], interview: Interview, fineness: Fineness, cap: float
) -> Miss | None:
    """Whether the cells are too many, or the last time, grown with them, too long."""
    cells = _cells(interview, fineness)
    if cells > MOST_CELLS:
        return Miss(f"left out: {cells / 1e9:.1f} thousand million cells")
    for row in reversed(rows):
        if isinstance(row.timing, Timing):
            seconds = row.timing.total * cells / _cells(interview, row.fineness)
            return Miss(f"left out: about {seconds:,.0f} s") if seconds > cap else None
    return None


def _cells(interview: Interview, fineness: Fineness) -> float:
    match fineness:
        case levels, readings:
            return float(levels * readings ** (interview.stages - 1))
        case (points,):
            return float(interview.stages * points**2)
        case _:
            return 1.0


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Our solver beside its peers.")
    parser.add_argument("--stages", type=int, default=MOST_STAGES, help="at most")
    parser.add_argument("--cap", type=float, default=20.0, help="seconds a solution")
    parser.add_argument("--budget", type=float, default=2.0, help="seconds of repeats")
    options = parser.parse_args(arguments)
    os.environ.update(ONE_THREAD)
    packages = list(dict.fromkeys([*(peer.package for peer in PEERS), "numpy"]))
    command = " ".join(["python -m benchmarks.peers", *arguments])
    _print("\n".join(heading(command, packages)))
    tables: dict[int, list[Row]] = {}
    with ExitStack() as stack:
        watches = [
            stack.enter_context(Stopwatch(cap=options.cap, budget=options.budget))
            for _ in PEERS
        ]
        for stages in range(1, options.stages + 1):
            interview = interview_of(stages)
            tables[stages] = []
            for peer, watch in zip(PEERS, watches, strict=True):
                tables[stages] += climb(peer, interview, watch)
            _print(f"**Stages: {stages}**", "\n".join(table(tables[stages])))
    for near in ACCURACIES:
        title = f"**The coarsest of each that is within {near:g} h of ours**"
        _print(title, "\n".join(summary(tables, near)))


def _print(*paragraphs: str) -> None:
    sys.stdout.write("".join(f"{paragraph}\n\n" for paragraph in paragraphs))
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
