"""Rows shared out among threads, where that pays."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from os import cpu_count
from threading import Lock
from types import TracebackType
from typing import Generic, Self, TypeVar

from attrs import define, field

from interviewfit._numeric.scratch import Desk

__all__ = ["AT_ONCE", "Crew"]

T = TypeVar("T")

AT_ONCE = 1 << 15
"""Rows to a part."""

# Parts for which another thread pays.
_PAYS = 4


@define(eq=False)
class Crew:
    """Threads for as long as a ``with`` lasts, each with a desk to work at.

    None are started before they pay.

    Attributes:
        threads: How many; None for two where it pays.
    """

    threads: int | None = None
    _pool: ThreadPoolExecutor | None = field(default=None, init=False)
    _desks: deque[Desk] = field(factory=deque, init=False)

    def each(
        self, work: Callable[[slice, Desk], T | None], rows: int, size: int = AT_ONCE
    ) -> T | None:
        """Do some work on one part of the rows after another, until it finds something.

        Args:
            work: Given consecutive rows, and a desk that no other thread is at.
            rows: How many there are.
            size: Rows to a part.

        Returns:
            What was found in the first part in which anything was; else None.

        Raises:
            BaseException: What the work raised, if it did so on an earlier part.

        >>> def late(part: slice, desk: Desk) -> int | None:
        ...     return part.start if part.start > 2 else None
        >>> with Crew() as crew:
        ...     crew.each(
        ...         lambda part, _: part.start if part.stop > 2 else None, 9, size=2
        ...     )
        2
        """
        if rows <= size:
            with self._desk() as desk:
                return work(slice(0, rows), desk) if rows else None
        shift = _Shift(work, range(0, rows, size), rows)
        many = self.threads or min(2, cpu_count() or 1, 1 + rows // (_PAYS * size))
        if many == 1:
            self._work(shift)
        else:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(many)
            try:
                wait([self._pool.submit(self._work, shift) for _ in range(many)])
            finally:
                shift.over = True
        return shift.ending()

    def _work(self, shift: "_Shift[T]") -> None:
        with self._desk() as desk:
            shift.work_at(desk)

    @contextmanager
    def _desk(self) -> Iterator[Desk]:
        """A desk that nobody else is at, kept for the next."""
        try:
            desk = self._desks.pop()
        except IndexError:
            desk = Desk()
        yield desk
        self._desks.append(desk)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@define(eq=False)
class _Shift(Generic[T]):
    """Parts that several threads take in turn, in order, until one comes to an end."""

    work: Callable[[slice, Desk], T | None]
    starts: range
    rows: int
    over: bool = False
    _taken: int = 0
    _ends: dict[int, T | BaseException] = field(factory=dict)
    _lock: Lock = field(factory=Lock)

    def work_at(self, desk: Desk) -> None:
        """Take parts for as long as there are any."""
        while (start := self._next()) is not None:
            stop = min(start + self.starts.step, self.rows)
            end: T | BaseException | None
            try:
                end = self.work(slice(start, stop), desk)
            except BaseException as error:  # noqa: BLE001  # raised where it is awaited
                end = error
            if end is not None:
                self.over, self._ends[start] = True, end

    def _next(self) -> int | None:
        with self._lock:
            if self.over or self._taken == len(self.starts):
                return None
            self._taken += 1
            return self.starts[self._taken - 1]

    def ending(self) -> T | None:
        """What came of the first part of which anything came."""
        if not self._ends:
            return None
        first = self._ends[min(self._ends)]
        if isinstance(first, BaseException):
            raise first
        return first
