"""Whether what passes tell of the fit is counted on average meanwhile.

Many rows of a search of very many stages would take minutes with the exact chains.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ON_AVERAGE: ContextVar[bool] = ContextVar("_ON_AVERAGE", default=False)


@contextmanager
def counted_on_average() -> Iterator[None]:
    """Solve chains of constant rates in the place of exact ones meanwhile."""
    token = _ON_AVERAGE.set(True)
    try:
        yield
    finally:
        _ON_AVERAGE.reset(token)


def is_averaged() -> bool:
    """Whether chains of constant rates stand for exact ones now."""
    return _ON_AVERAGE.get()
