"""
Whether the next interview is worth your time, and if not, how you leave.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
>>> assess(Candidate(), job).action.value
'take'
"""

from interviewfit.assessment import Assessment, assess
from interviewfit.batch import score
from interviewfit.codec import dumps, loads
from interviewfit.decision import Decision
from interviewfit.domain import Candidate, Opportunity, Weights
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.evidence import Belief, Clue, Reading, Signal
from interviewfit.explanation import explain
from interviewfit.plans import Guarantee, HeldOffer, Prospect
from interviewfit.portfolio import Plan, plan
from interviewfit.priors import Assumptions, Prior
from interviewfit.process import corporate, small_firm, technical
from interviewfit.scores import Details, Scores
from interviewfit.search import Search
from interviewfit.stages import Position, Stage
from interviewfit.verdict import Choice, Threshold, Verdict
from interviewfit.vocabulary import (
    Action,
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
    "Assessment",
    "Assumptions",
    "Belief",
    "Candidate",
    "Certainty",
    "Choice",
    "Clue",
    "Decision",
    "DecodeError",
    "Details",
    "Event",
    "Guarantee",
    "HeldOffer",
    "InterviewFitError",
    "InvalidFieldError",
    "Opportunity",
    "Phase",
    "Plan",
    "Position",
    "Prior",
    "Prospect",
    "Reading",
    "Scope",
    "Scores",
    "Search",
    "Seniority",
    "Sign",
    "Signal",
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
    "score",
    "small_firm",
    "technical",
]
