"""A bar for whatever takes ``progress=``; needs the extra ``interviewfit[progress]``.

It is drawn where output goes in a notebook or a terminal, on standard error.
"""

from typing import Any

from interviewfit.errors import MissingPackageError
from interviewfit.progress import Progress

__all__ = ["bar"]


def bar(**options: Any) -> Progress:
    """A progress callback that draws one bar, and starts another after it is full.

    Args:
        options: Passed on to ``tqdm``, such as ``desc="draws"``.

    Raises:
        MissingPackageError: If tqdm is not installed.
    """
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise MissingPackageError("tqdm", "progress") from None

    drawn: Any = None

    def tell(done: int, of: int, /) -> None:
        nonlocal drawn
        if drawn is None:
            drawn = tqdm(total=of, **options)
        drawn.update(done - drawn.n)
        if done >= of:
            drawn.close()
            drawn = None

    return tell
