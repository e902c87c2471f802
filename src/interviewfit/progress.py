"""
How long work tells how far it has come.

Whatever takes long takes ``progress=``, any function of two whole numbers: how much is
done, and of how much. It is called after every part, the last time with the two equal.
``interviewfit.extra.progress`` has one that draws a bar.
"""

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["Progress"]

Progress: TypeAlias = Callable[[int, int], None]
"""Called as ``progress(done, of)``."""
