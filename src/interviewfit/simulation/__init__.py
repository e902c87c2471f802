"""How widely outcomes spread, if one does as advised."""

from interviewfit.simulation._outcomes import Outcomes, ProcessOutcome
from interviewfit.simulation._simulating import play_out, simulate

__all__ = ["Outcomes", "ProcessOutcome", "play_out", "simulate"]
