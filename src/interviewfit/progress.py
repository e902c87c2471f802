"""How long work tells how far it has come.

Whatever takes long takes ``progress=``, any function of two whole numbers: how much is
done, and of how much. It is called after every part, the last time with the two equal.
``interviewfit.extra.progress`` has one that draws a bar.
"""

from typing import Protocol

__all__ = ["Progress"]


class Progress(Protocol):
    """Any function that takes how much is done, and of how much."""

    def __call__(self, done: int, of: int, /) -> None:
        """Called after every part, the last time with the two equal."""
