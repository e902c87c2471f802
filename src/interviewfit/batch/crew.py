"""
Rows shared out among threads, where that pays.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from types import TracebackType
from typing import Self, TypeVar

from attrs import define, field

__all__ = ["AT_ONCE", "Crew"]

T = TypeVar("T")

AT_ONCE = 1 << 17
"""Rows to a part. Fewer would stay in a nearer cache, but two threads would wait for
each other between their many short calls."""

# Rows for which another thread pays.
_FOR_A_THREAD = 1 << 16


@define(eq=False)
class Crew:
    """
    Threads for as long as a ``with`` lasts; none are started before they pay.

    Attributes:
        threads: How many; None for two where it pays.
    """

    threads: int | None = None
    _pool: ThreadPoolExecutor | None = field(default=None, init=False)

    def each(
        self, work: Callable[[slice], T], rows: int, size: int = AT_ONCE
    ) -> list[T]:
        """
        Do some work on every part of so many rows; what came of it, in their order.

        Args:
            work: Given consecutive rows.
            rows: How many there are.
            size: Rows to a part.

        Raises:
            Exception: Whatever the work on the first part at fault raised.

        >>> with Crew() as crew:
        ...     crew.each(lambda part: part.stop - part.start, 5, size=2)
        [2, 2, 1]
        """
        parts = [
            slice(start, min(start + size, rows)) for start in range(0, rows, size)
        ]
        many = self.threads or min(2, cpu_count() or 1, 1 + rows // (2 * _FOR_A_THREAD))
        if many == 1 or len(parts) < 2:
            return [work(part) for part in parts]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(many)
        return list(self._pool.map(work, parts))

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
