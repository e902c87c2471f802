"""A function mapped over consecutive blocks of rows, by one thread or several.

Blocks bound the working memory, whatever the length of the table. NumPy releases the
interpreter lock inside its loops, so blocks run side by side in threads.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TypeVar

T = TypeVar("T")

BLOCK_ROWS = 1 << 16
"""Rows in a block by default: a few columns of that length fit the cache of a core."""

# Python for the browser has no threads.
_HAS_THREADS = sys.platform not in ("emscripten", "wasi")


def row_blocks(rows: int, size: int = BLOCK_ROWS) -> Iterator[slice]:
    """Consecutive slices that cover a number of rows, in ascending order.

    Args:
        rows: Number of rows to cover, 0 or more.
        size: Most rows in a slice, 1 or more; only the last slice may be shorter.
    """
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def ordered_map(
    function: Callable[[slice], T],
    rows: int,
    size: int = BLOCK_ROWS,
    threads: int | None = None,
) -> Iterator[T]:
    """Yield what a function returns for each block of rows, in the order of the rows.

    Args:
        function: Called with a slice of consecutive rows.
        rows, size: How many rows to cover, and the most in a block, 1 or more.
        threads: How many blocks are computed side by side, 1 or more; None for two if
            there are two processors. Where Python has no threads, one.
    """
    blocks = list(row_blocks(rows, size))
    workers = min(threads or 2, len(blocks))
    if threads is None:
        workers = min(workers, cpu_count() or 1)
    if workers <= 1 or not _HAS_THREADS:
        yield from map(function, blocks)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(function, blocks)
