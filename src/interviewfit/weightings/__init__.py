"""Weightings: priorities and weights over which an answer holds, and their shares.

``certify`` proves that the advice holds for every weighting within limits, or names a
weighting that turns it. ``acceptability`` is the share of weightings for each action.
"""

from interviewfit.weightings._acceptability import (
    Acceptability,
    ActionShare,
    acceptability,
)
from interviewfit.weightings._certificate import Certificate
from interviewfit.weightings._certifying import certify

__all__ = [
    "Acceptability",
    "ActionShare",
    "Certificate",
    "acceptability",
    "certify",
]
