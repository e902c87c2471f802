"""
How widely outcomes spread, if one does as advised.
"""

from interviewfit.simulation.forecast import Fate, Outcomes
from interviewfit.simulation.runs import play_out, simulate

__all__ = ["Fate", "Outcomes", "play_out", "simulate"]
