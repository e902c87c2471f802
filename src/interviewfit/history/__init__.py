"""What happened in a search: the ledger, the rates learned from it, predictions replayed."""

from interviewfit.history._backtest import Backtest, replay
from interviewfit.history._calibration import Calibration, PriorChange, calibrate
from interviewfit.history._log import History, StageEvent
from interviewfit.history._pass_rates import PassRate, PassRates, estimate_pass_rates
from interviewfit.history._review import Review, review
from interviewfit.history._sankey import to_sankey

__all__ = [
    "Backtest",
    "Calibration",
    "History",
    "PassRate",
    "PassRates",
    "PriorChange",
    "Review",
    "StageEvent",
    "calibrate",
    "estimate_pass_rates",
    "replay",
    "review",
    "to_sankey",
]
