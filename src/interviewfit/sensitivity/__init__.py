"""Sensitivity analysis: how sure the advice is, what would change it, what to ask.

``flips`` gives switching values, ``tornado`` and ``sweep`` one-way and two-way
sensitivity, ``robustness`` a probabilistic sensitivity analysis, ``questions`` the
expected value of partial perfect information, and ``candour`` what being exactly who
you are is worth against what it costs in passes.
"""

from interviewfit._process.parameters import Parameter, list_inputs
from interviewfit.sensitivity._candour import Candour, candour
from interviewfit.sensitivity._questions import (
    InformationValue,
    Questions,
    questions,
)
from interviewfit.sensitivity._robustness import (
    InfluentialInput,
    Robustness,
    robustness,
)
from interviewfit.sensitivity._sources import Source
from interviewfit.sensitivity._summary import advise
from interviewfit.sensitivity._sweeps import Sweep, sweep
from interviewfit.sensitivity._switching_values import (
    SwitchingValue,
    SwitchingValues,
    flips,
)
from interviewfit.sensitivity._tornado import Tornado, TornadoBar, tornado

__all__ = [
    "Candour",
    "InfluentialInput",
    "InformationValue",
    "Parameter",
    "Questions",
    "Robustness",
    "Source",
    "Sweep",
    "SwitchingValue",
    "SwitchingValues",
    "Tornado",
    "TornadoBar",
    "advise",
    "candour",
    "flips",
    "list_inputs",
    "questions",
    "robustness",
    "sweep",
    "tornado",
]
