"""How much is worked out where all of it would take too many operations.

The operations of what is done are counted (``effort``); what follows takes about as
many. Draws and points come in round numbers, so that a few operations more or less on
another machine do not change an answer.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from interviewfit._assessment.evaluating_rows import is_large, tell_of_fit
from interviewfit._model.decision import Decision
from interviewfit._model.units import Probability, number_of
from interviewfit._numeric.effort import counted, largest_work, round_numbers

# Draws unless their number is stated: so many, or fewer where each takes long, of which
# the first are to see what they take.
MOST_DRAWS, _FIRST_DRAWS, _LEAST_DRAWS, _FEW_DRAWS = 10_000, 20, 5, 100
# One row more takes at least this share of what a row takes on average, because some is
# done once for all of them.
_LEAST_EACH = 0.25
# What the first numbers may take of an allowance, and how many they are at least.
_FIRST_SHARE, _FEWEST_NUMBERS = 0.2, 2
# What a stage takes in each row, about; all alternatives together.
_STAGE = 100_000
# By how much more it takes where passes tell of the fit, and others run beside.
_MUTUAL = 6
# Draws that are worked out at once take at most so many operations.
_BLOCK_WORK = 60_000_000


def likely_work(decision: Decision, rows: int) -> int:
    """Operations that so many rows of a decision take, roughly.

    It only says whether to look first what a few rows take, so it is rather too much: a
    stage takes between a fifth of it and all of it.

    Args:
        decision: With the processes beside it.
        rows: How many.
    """
    jobs = (decision.opportunity, *decision.beside)
    return _STAGE * rows * sum(1 + len(job.stages) for job in jobs)


def times_dearer(decision: Decision) -> int:
    """How many times the likely work a row takes where passes tell of the fit.

    Beside others each row then needs a table of every process; where these are so large
    that passes are counted on average, a row takes no more than any other.

    Args:
        decision: With the processes beside it.
    """
    is_exact = tell_of_fit(decision) and not is_large(decision)
    return _MUTUAL if decision.beside and is_exact else 1


def first_numbers(count: int, likely: int, allowance: float) -> int:
    """Of how many numbers the ends are looked at first, to see what they take.

    Args:
        count: How many numbers there are.
        likely: Operations that all of them take, roughly.
        allowance: Operations that may be taken.
    """
    few = int(_FIRST_SHARE * allowance * count / likely)
    return min(count, max(_FEWEST_NUMBERS, few))


class DrawBlocks:
    """How many draws to work out next, until there are enough.

    After each round number of draws the next one is begun if it can be afforded.

    Args:
        draws: How many were asked for; None for as many as can be afforded.
        most: So many at most if none were asked for.
    """

    def __init__(self, draws: int | None, most: int = MOST_DRAWS) -> None:
        self.wanted = most if draws is None else draws
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
            if self._is_free and self._work + ahead > largest_work():
                break
            while self._done < stop:
                block = max(_FIRST_DRAWS, int(_BLOCK_WORK / max(1.0, self._each)))
                yield min(block, stop - self._done)


def left_out_line(names: Sequence[str]) -> str:
    """How many numbers were not moved, and why, as a sentence.

    Args:
        names: Of those that were left out.
    """
    numbers = "number" if len(names) == 1 else "numbers"
    return f"Left out, because each takes long: {len(names)} {numbers} more."


def few_draws_line(
    draws: int, share: Probability, interval: tuple[Probability, Probability]
) -> str:
    """How few draws there are, why, and how far off a share of them may be.

    In one sentence, in percentage points: by as much as the farther end of the interval
    lies away from the share.

    Args:
        draws: How many.
        share, interval: The share, and its interval.
    """
    low, high = interval
    off = number_of(f"{100 * max(share - low, high - share):.0f}", "percentage point")
    tried = f"{number_of(draws, 'assumption')} {'was' if draws == 1 else 'were'} tried"
    return f"Only {tried}, because each takes long: the share may be off by {off}."


class Allowance:
    """Operations that a calculation may still take, by what its last rows took.

    Args:
        operations: That it may take.

    Attributes:
        left: What is left of them; below 0 once there are more.
    """

    def __init__(self, operations: float) -> None:
        self.left = operations
        # Rows, what they took, and what one row more takes.
        self._rows, self._work, self._each = 0, 0.0, 0.0

    @contextmanager
    def rows(self, count: int) -> Iterator[None]:
        """Count what so many rows take.

        Args:
            count: How many are worked out meanwhile.
        """
        with counted() as effort:
            yield
        work, average = effort.operations, effort.operations / count
        each = average
        if self._rows and self._rows != count:
            each = (work - self._work) / (count - self._rows)
        self._rows, self._work = count, work
        self._each = min(max(each, _LEAST_EACH * average), average)
        self.left -= work

    def affords(self, rows: int, reserve: float = 0.0) -> bool:
        """Whether so many rows can be worked out at once.

        They are taken to need what the last rows needed, and for each row more or less
        what one more row added between the last two blocks.

        Args:
            rows: How many.
            reserve: Operations that are to be left afterwards.
        """
        work = self._work + self._each * (rows - self._rows)
        return work <= self.left - reserve

    def most(self, wanted: int, rows: int = 1, reserve: float = 0.0) -> int:
        """How many things can be afforded: all, or a round number of them, or none.

        Round numbers keep an answer the same where another machine counts a few
        operations more or less.

        Args:
            wanted: How many there are.
            rows: How many rows each takes.
            reserve: Operations that are to be left afterwards.
        """
        return max(
            (
                number
                for number in round_numbers(1, wanted)
                if self.affords(number * rows, reserve)
            ),
            default=0,
        )
