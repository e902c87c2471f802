"""The event log of a search: pass rates, waiting times, backtest and review.

``History`` is a log of ``StageEvent`` records. ``estimate_pass_rates`` and
``calibrate`` learn from it, ``replay`` backtests what they learn, ``review`` says what
to do about every running process, ``to_sankey`` counts the flows between stages, and
``past_decisions`` are what was decided, for learning priorities.
"""

from interviewfit._numeric.beta_mixture import BetaMixture
from interviewfit.history._backtest import (
    Backtest,
    Forecast,
    ForecastScore,
    ReliabilityBin,
    replay,
)
from interviewfit.history._calibration import Calibration, PriorChange, calibrate
from interviewfit.history._log import History, StageEvent
from interviewfit.history._next_dates import NextDate, WaitStatus
from interviewfit.history._pass_rates import PassRate, PassRates, estimate_pass_rates
from interviewfit.history._past_decisions import past_decisions
from interviewfit.history._review import Review, ReviewLine, review
from interviewfit.history._sankey import to_sankey
from interviewfit.history._stage_days import learn_days
from interviewfit.history._survival import CumulativeIncidence

__all__ = [
    "Backtest",
    "BetaMixture",
    "Calibration",
    "CumulativeIncidence",
    "Forecast",
    "ForecastScore",
    "History",
    "NextDate",
    "PassRate",
    "PassRates",
    "PriorChange",
    "ReliabilityBin",
    "Review",
    "ReviewLine",
    "StageEvent",
    "WaitStatus",
    "calibrate",
    "estimate_pass_rates",
    "learn_days",
    "past_decisions",
    "replay",
    "review",
    "to_sankey",
]
