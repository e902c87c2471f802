"""Time one peer in a process of its own, so that it can be stopped.

A peer may be compiled code that no exception reaches, so each has a child process
that answers one request after another; one that does not answer in time is ended,
and a new one takes its place when it is needed.
"""

import multiprocessing
import statistics
import time
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from attrs import define, evolve, field, frozen

Solve = Callable[[], float]
Prepare = Callable[[], Solve]
Request = Callable[[], Prepare]
"""Picklable; imports the peer when called, so that importing is not measured."""

MOST_RUNS = 101
FEWEST_RUNS = 3
IMPORT_SECONDS = 120.0
STOP_SECONDS = 10.0


@frozen(kw_only=True)
class Timing:
    """Medians of several runs after a warm-up, and the answer.

    Attributes:
        build: Seconds to make the model.
        solve: Seconds to solve it.
        runs: How many runs; 1 where the first took too long to do it again.
        answer: Value of the interview at its start, in hours.
    """

    build: float
    solve: float
    runs: int
    answer: float

    @property
    def total(self) -> float:
        return self.build + self.solve

    def of_one(self, rows: int) -> Self:
        """The share of one row where several were solved at once."""
        return evolve(self, build=self.build / rows, solve=self.solve / rows)


@frozen
class Miss:
    """Why there is no timing, and whether the peer said so itself."""

    reason: str
    refused: bool = False


def repeat(prepare: Prepare, first: Timing, budget: float) -> Timing:
    """Build and solve afresh in every run, for about *budget* seconds."""
    if first.total > budget:
        return first
    timings: list[Timing] = []
    end = time.perf_counter() + budget
    while len(timings) < FEWEST_RUNS or (
        len(timings) < MOST_RUNS and time.perf_counter() < end
    ):
        timings.append(run(prepare))
    return Timing(
        build=statistics.median(timing.build for timing in timings),
        solve=statistics.median(timing.solve for timing in timings),
        runs=len(timings),
        answer=timings[-1].answer,
    )


def run(prepare: Prepare) -> Timing:
    """Build once and solve once."""
    start = time.perf_counter()
    solve = prepare()
    built = time.perf_counter()
    answer = solve()
    end = time.perf_counter()
    return Timing(build=built - start, solve=end - built, runs=1, answer=answer)


def _serve(connection: Connection) -> None:
    # What a peer warns of, when imported or asked, is between it and its authors.
    warnings.simplefilter("ignore")
    while True:
        try:
            request, budget = connection.recv()
        except EOFError:
            return
        try:
            prepare = request()
            connection.send(None)
            first = run(prepare)
            connection.send(first)
            connection.send(repeat(prepare, first, budget))
        except MemoryError:
            connection.send(Miss("out of memory"))
        except ImportError as error:
            connection.send(Miss(f"cannot be imported: {error}"))
        except ValueError as error:
            connection.send(Miss(f"refused: {error}", refused=True))


@define
class Stopwatch:
    """A child process that times whatever it is asked to, one thing at a time.

    Attributes:
        cap: Seconds that a first run may take before the child is ended.
        budget: Seconds to spend on repeating it.
    """

    cap: float
    budget: float
    _child: multiprocessing.process.BaseProcess | None = field(default=None, init=False)
    _connection: Connection | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def time(self, request: Request) -> Timing | Miss:
        """Time what *request* prepares, or say why it cannot be timed."""
        connection = self._connect()
        connection.send((request, self.budget))
        repeats = self.cap + FEWEST_RUNS * self.budget
        answer: Timing | Miss | None = None
        try:
            for seconds in (IMPORT_SECONDS, self.cap, repeats):
                if not connection.poll(seconds):
                    self.stop()
                    return answer or Miss(f"stopped after {seconds:.0f} s")
                answer = connection.recv()
                if isinstance(answer, Miss):
                    return answer
        except EOFError:
            self.stop()
        return answer or Miss("failed")

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child is not None and self._connection is not None:
            self._child.terminate()
            self._child.join(STOP_SECONDS)
            self._connection.close()
        self._child = self._connection = None

    def _connect(self) -> Connection:
        if self._connection is None:
            context = multiprocessing.get_context("spawn")
            self._connection, far_end = context.Pipe()
            self._child = context.Process(target=_serve, args=(far_end,), daemon=True)
            self._child.start()
            far_end.close()
        return self._connection
