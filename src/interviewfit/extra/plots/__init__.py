"""Pictures of results: ``pip install 'interviewfit[plot]'``.

Every function takes a result and the axes to draw on (a new figure if none are given),
and returns the axes. Without matplotlib all raise ``MissingPackageError``. The title
states the finding. The colours are those of Okabe and Ito, which people with any kind
of colour vision can tell apart; regions are hatched as well, so that they differ in a
grey print.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> from interviewfit.extra import plots
>>> job = Opportunity(name="Acme", stages=corporate())
>>> print(plots.draw_map(assess(Candidate(), job)).get_title())
Acme: take it. Go on while fit
is above −26 %; you believe −8 %
"""

from interviewfit.extra.plots._answers import draw_outcomes, draw_plan, draw_terms
from interviewfit.extra.plots._calendar import draw_calendar
from interviewfit.extra.plots._history import draw_flows, draw_reliability
from interviewfit.extra.plots._passing import draw_passing
from interviewfit.extra.plots._processes import draw_map, draw_value
from interviewfit.extra.plots._sensitivity import draw_sweep, draw_tornado
from interviewfit.extra.plots._weightings import draw_acceptability, draw_weightings

__all__ = [
    "draw_acceptability",
    "draw_calendar",
    "draw_flows",
    "draw_map",
    "draw_outcomes",
    "draw_passing",
    "draw_plan",
    "draw_reliability",
    "draw_sweep",
    "draw_terms",
    "draw_tornado",
    "draw_value",
    "draw_weightings",
]
