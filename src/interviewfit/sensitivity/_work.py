"""How much is worked out where all of it would take too many operations.

The operations of what is done are counted (``effort``); what follows takes about as
many. Draws and points come in round numbers, so that a few operations more or less on
another machine do not change an answer.
"""

from collections.abc import Iterator

LARGEST_WORK = 250_000_000
"""Operations that one calculation may take: a second or two of a core of 2025."""

_ROUND = (1, 2, 5)
# Draws unless their number is stated: so many, or fewer where each takes long, of which
# the first are to see what they take.
_DRAWS, _FIRST_DRAWS, _LEAST_DRAWS, _FEW_DRAWS = 10_000, 20, 5, 100
# Draws that are worked out at once take at most so many operations.
_BLOCK_WORK = 60_000_000


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


class DrawBlocks:
    """How many draws to work out next, until there are enough.

    After each round number of draws the next one is begun if it can be afforded.

    Args:
        draws: How many were asked for; None for as many as can be afforded.
    """

    def __init__(self, draws: int | None) -> None:
        self.wanted = _DRAWS if draws is None else draws
        self._is_free = draws is None
        self._done, self._last, self._work, self._each = 0, _FEW_DRAWS, 0, 0.0

    def spent(self, done: int, operations: int) -> None:
        """Say what the last block took.

        Args:
            done: Draws worked out so far.
            operations: What those of the last block took.
        """
        self._last = done - self._done
        self._each = operations / self._last
        self._done, self._work = done, self._work + operations

    def __iter__(self) -> Iterator[int]:
        first = _LEAST_DRAWS if self._is_free else _FIRST_DRAWS
        for stop in round_numbers(first, self.wanted):
            ahead = self._each * (stop - self._done)
            if self._last < _FEW_DRAWS:
                # More at once take about half as many each.
                ahead *= 0.5
            if self._is_free and self._work + ahead > LARGEST_WORK:
                break
            while self._done < stop:
                block = max(_FIRST_DRAWS, int(_BLOCK_WORK / max(1.0, self._each)))
                yield min(block, stop - self._done)
