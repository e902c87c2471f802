"""How much is worked out where all of it would take too many operations.

The operations of what is done are counted (``effort``); what follows takes about as
many. Draws and points come in round numbers, so that a few operations more or less on
another machine do not change an answer.
"""

from collections.abc import Iterator

LARGEST_WORK = 250_000_000
"""Operations that one calculation may take: a second or two of a core of 2025."""

_ROUND = (1, 2, 5)


def round_numbers(first: int, last: int) -> Iterator[int]:
    """Yield 1, 2 and 5 times the powers of ten between two numbers, and the last.

    Args:
        first, last: Where they begin and end.

    >>> list(round_numbers(20, 300))
    [20, 50, 100, 200, 300]
    """
    power = 1
    while power < last:
        yield from (f * power for f in _ROUND if first <= f * power < last)
        power *= 10
    yield last
