"""How sure an answer is, what would change it, and which question is worth asking."""

from interviewfit._process.inputs import Parameter
from interviewfit._process.parameters import list_inputs
from interviewfit.sensitivity._agreement import InfluentialInput, Robustness
from interviewfit.sensitivity._questions import InformationValue, questions
from interviewfit.sensitivity._robustness import robustness
from interviewfit.sensitivity._sources import Source
from interviewfit.sensitivity._summary import advise
from interviewfit.sensitivity._sweeps import Sweep, TornadoBar, sweep, tornado
from interviewfit.sensitivity._switching_values import (
    SwitchingValue,
    SwitchingValues,
    flips,
)

__all__ = [
    "InfluentialInput",
    "InformationValue",
    "Parameter",
    "Robustness",
    "Source",
    "Sweep",
    "SwitchingValue",
    "SwitchingValues",
    "TornadoBar",
    "advise",
    "flips",
    "list_inputs",
    "questions",
    "robustness",
    "sweep",
    "tornado",
]
