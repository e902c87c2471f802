"""
How sure an answer is, what would change it, and which question is worth asking.
"""

from interviewfit.sensitivity.advice import advise
from interviewfit.sensitivity.agreement import Robustness, Settler
from interviewfit.sensitivity.inquiry import Question, questions
from interviewfit.sensitivity.recount import robustness
from interviewfit.sensitivity.sources import Source
from interviewfit.sensitivity.sweeps import Bar, Sweep, sweep, tornado
from interviewfit.sensitivity.turning import Flip, Flips, flips

__all__ = [
    "Bar",
    "Flip",
    "Flips",
    "Question",
    "Robustness",
    "Settler",
    "Source",
    "Sweep",
    "advise",
    "flips",
    "questions",
    "robustness",
    "sweep",
    "tornado",
]
