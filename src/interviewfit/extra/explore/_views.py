"""The view that fits the notebook: of marimo, or of ipywidgets."""

from datetime import date
from typing import Any

from interviewfit.errors import MissingPackageError
from interviewfit.extra.explore._explorer import Explorer
from interviewfit.extra.explore._opening import Explorable


def explore(found: Explorable, *, name: str = "", today: date | None = None) -> Any:
    """Sliders for a decision, and the answer that follows them.

    Make it the last line of a cell. In marimo the view is of marimo; in any other
    notebook it is of ipywidgets if that is installed.

    Args:
        found: What ``assess`` returned; an opportunity; a search; or the name of a file
            that holds one, such as ``"my.json"``. Where a date bears on the answer, the
            search or its file.
        name: The opportunity of a search that is shown first.
        today: The present day; for a file that of the clock if None. Needed only where
            something must be answered by a date.

    Returns:
        A view of marimo, or a widget of ipywidgets.

    Raises:
        InvalidFieldError: If *found* is nothing of the kind, or lacks the opportunity.
        DecodeError: If the file cannot be read, or is no search.
        MissingPackageError: If there is neither marimo nor ipywidgets.

    >>> from interviewfit import Opportunity, corporate
    >>> explorer = Explorer(Opportunity(name="Acme", stages=corporate()))
    >>> [control.name for control in explorer.controls][:2]
    ['priorities.pay', 'priorities.role']
    """
    explorer = Explorer(found, name=name, today=today)
    try:
        import marimo
    except ImportError:
        is_marimo = has_marimo = False
    else:
        has_marimo, is_marimo = True, marimo.running_in_notebook()
    if not is_marimo:
        try:
            import ipywidgets  # noqa: F401 - whether it is there
        except ImportError:
            if not has_marimo:
                raise MissingPackageError("marimo", "notebook") from None
        else:
            from interviewfit.extra.explore._ipywidgets import widgets_view

            return widgets_view(explorer)
    from interviewfit.extra.explore._marimo import marimo_view

    return marimo_view(explorer)
