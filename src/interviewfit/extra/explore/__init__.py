"""Sliders for a decision, in one line: ``pip install 'interviewfit[notebook]'``.

``explore`` shows sliders for priorities, weights, beliefs, hours, chances to pass and
the outside option, and under them the advice, its reasons, the map of decisions, the
certificate and the shares of weightings, which follow. It works in a marimo notebook,
and in a Jupyter notebook where ipywidgets is installed. ``Explorer`` is the same
without a view.
"""

from interviewfit.extra.explore._explorer import Control, Explorer
from interviewfit.extra.explore._views import explore

__all__ = ["Control", "Explorer", "explore"]
