"""
Whether the next interview is worth your time, and if not, how you leave.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
>>> assess(Candidate(), job).action.value
'take'
"""

from interviewfit.agreement import Robustness, Settler
from interviewfit.assessment import Assessment, assess
from interviewfit.codec import dumps, loads
from interviewfit.decision import Decision
from interviewfit.domain import Candidate, Opportunity, Weights
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.evidence import Belief, Clue, Reading, Signal
from interviewfit.explanation import explain
from interviewfit.forecast import Fate, Outcomes
from interviewfit.plans import Guarantee, HeldOffer, Prospect
from interviewfit.portfolio import Plan, plan
from interviewfit.priors import Assumptions, Prior
from interviewfit.process import corporate, small_firm, technical
from interviewfit.progress import Progress
from interviewfit.recount import robustness
from interviewfit.search import Search
from interviewfit.simulation import simulate
from interviewfit.spreads import Spread
from interviewfit.stages import Position, Stage
from interviewfit.verdict import Choice, Threshold, Verdict
from interviewfit.vocabulary import (
    Action,
    Agreement,
    Certainty,
    Event,
    Phase,
    Scope,
    Seniority,
    Sign,
    StageKind,
    Term,
)

__all__ = [
    "Action",
    "Agreement",
    "Assessment",
    "Assumptions",
    "Belief",
    "Candidate",
    "Certainty",
    "Choice",
    "Clue",
    "Decision",
    "DecodeError",
    "Event",
    "Fate",
    "Guarantee",
    "HeldOffer",
    "InterviewFitError",
    "InvalidFieldError",
    "Opportunity",
    "Outcomes",
    "Phase",
    "Plan",
    "Position",
    "Prior",
    "Progress",
    "Prospect",
    "Reading",
    "Robustness",
    "Scope",
    "Search",
    "Seniority",
    "Settler",
    "Sign",
    "Signal",
    "Spread",
    "Stage",
    "StageKind",
    "Term",
    "Threshold",
    "Verdict",
    "Weights",
    "assess",
    "corporate",
    "dumps",
    "explain",
    "loads",
    "plan",
    "robustness",
    "simulate",
    "small_firm",
    "technical",
]
