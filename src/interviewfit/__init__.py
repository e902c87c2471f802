"""
Whether the next interview is worth your time, and if not, how you leave.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
>>> assess(Candidate(), job).action.value
'take'
"""

from interviewfit.assessment import Assessment, assess
from interviewfit.codec import dumps, loads
from interviewfit.decision import Decision
from interviewfit.domain import Candidate, Opportunity, Weights
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.evidence import Belief, Clue, Reading, Signal
from interviewfit.explanation import explain
from interviewfit.inquiry import Question, questions
from interviewfit.plans import Guarantee, HeldOffer, Prospect
from interviewfit.portfolio import Plan, plan
from interviewfit.priors import Assumptions, Prior
from interviewfit.process import corporate, small_firm, technical
from interviewfit.search import Search
from interviewfit.sensitivity import advise
from interviewfit.sources import Source
from interviewfit.stages import Position, Stage
from interviewfit.sweeps import Bar, Sweep, sweep, tornado
from interviewfit.turning import Flip, Flips, flips
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
    "Bar",
    "Belief",
    "Candidate",
    "Certainty",
    "Choice",
    "Clue",
    "Decision",
    "DecodeError",
    "Event",
    "Flip",
    "Flips",
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
    "Question",
    "Reading",
    "Scope",
    "Search",
    "Seniority",
    "Sign",
    "Signal",
    "Source",
    "Stage",
    "StageKind",
    "Sweep",
    "Term",
    "Threshold",
    "Verdict",
    "Weights",
    "advise",
    "assess",
    "corporate",
    "dumps",
    "explain",
    "flips",
    "loads",
    "plan",
    "questions",
    "small_firm",
    "sweep",
    "technical",
    "tornado",
]
