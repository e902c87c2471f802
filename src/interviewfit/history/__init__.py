"""
What happened in a search: the ledger, the rates learned from it, predictions replayed.
"""

from interviewfit.history.calibration import Calibration, Move, calibrate
from interviewfit.history.funnel import Funnel, tally
from interviewfit.history.ledger import History, StageEvent
from interviewfit.history.replays import Replay, replay
from interviewfit.history.reviews import Review, review
from interviewfit.history.sankey import to_sankey

__all__ = [
    "Calibration",
    "Funnel",
    "History",
    "Move",
    "Replay",
    "Review",
    "StageEvent",
    "calibrate",
    "replay",
    "review",
    "tally",
    "to_sankey",
]
