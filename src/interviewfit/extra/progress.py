"""A progress bar for every ``progress=``; needs the extra ``interviewfit[progress]``.

The bar is drawn by tqdm: in a notebook as a widget, otherwise on standard error.
"""

from typing import Any

from interviewfit._model.progress import Progress
from interviewfit.errors import MissingPackageError

__all__ = ["bar"]


def bar(**options: Any) -> Progress:
    """A progress callback that draws one bar per calculation.

    A new bar starts after the last one is full, or when the total changes.

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

    def update(done: int, total: int, /) -> None:
        """Move the bar to the state of the calculation, and close it when full.

        Args:
            done: Units of work finished so far.
            total: Units of work in all; another total than before starts a new bar.
        """
        nonlocal drawn
        # A calculation that failed has left its bar behind.
        if drawn is not None and (total != drawn.total or done < drawn.n):
            drawn.close()
            drawn = None
        if drawn is None:
            drawn = tqdm(total=total, **options)
        drawn.update(done - drawn.n)
        if done >= total:
            drawn.close()
            drawn = None

    return update
