"""Weightings over which an answer holds, and priorities learned from choices.

``certify`` proves that the advice holds for every weighting within limits, or names a
weighting that turns it. ``acceptability`` is the share of weightings for each action.
``learn_priorities`` learns them from choices, and ``next_choice`` proposes the pair of
jobs whose comparison is worth most.
"""

from interviewfit.weightings._acceptability import (
    Acceptability,
    ActionShare,
    acceptability,
)
from interviewfit.weightings._certificate import Certificate
from interviewfit.weightings._certifying import certify
from interviewfit.weightings._choices import JobChoice, PastDecision, TradeOff
from interviewfit.weightings._learning import learn_priorities
from interviewfit.weightings._next_choice import NextChoice, next_choice
from interviewfit.weightings._priorities import LearnedPriority, PriorityPosterior

__all__ = [
    "Acceptability",
    "ActionShare",
    "Certificate",
    "JobChoice",
    "LearnedPriority",
    "NextChoice",
    "PastDecision",
    "PriorityPosterior",
    "TradeOff",
    "acceptability",
    "certify",
    "learn_priorities",
    "next_choice",
]
