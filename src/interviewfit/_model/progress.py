"""How long calculations report their progress.

Every function that may take long has a parameter ``progress``: any function of two
whole numbers, ``(done, total)``. It is called after every block of work, in most
functions with 0 before the first block as well, and the last call has ``done ==
total``. ``interviewfit.extra.progress.bar`` makes one that draws a progress bar.
"""

from typing import Protocol

__all__ = ["Progress"]


class Progress(Protocol):
    """Any function that takes the number of units done and their total."""

    def __call__(self, done: int, total: int, /) -> None:
        """Called after every block of work, the last time with ``done == total``.

        Args:
            done: Units of work finished so far, such as rows or draws; 0 or more.
            total: Units of work in all, the same in every call of one calculation.
        """
