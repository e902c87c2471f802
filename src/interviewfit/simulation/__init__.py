"""Monte Carlo simulation of the advice: how widely its outcomes vary."""

from interviewfit.simulation._outcomes import (
    Outcomes,
    ProcessOutcome,
    SimulatedSearches,
)
from interviewfit.simulation._simulating import play_out, simulate

__all__ = ["Outcomes", "ProcessOutcome", "SimulatedSearches", "play_out", "simulate"]
