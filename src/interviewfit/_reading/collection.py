"""The search for cycles among objects, switched off while many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collection() -> Iterator[None]:
    """Do not search for cycles inside the block; afterwards as before.

    Readers make hundreds of thousands of small records without a cycle among them.
    Python looks at all of them again and again, which takes a third of the time.

    >>> with paused_collection():
    ...     gc.isenabled()
    False
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
