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
from interviewfit.plans import Guarantee, HeldOffer, Prospect
from interviewfit.portfolio import Plan, plan
from interviewfit.postings import (
    Basis,
    Facts,
    Interval,
    Pay,
    Posting,
    Postings,
    Resume,
    Salary,
    Workplace,
    gather,
    read_ashby,
    read_greenhouse,
    read_job_posting,
    read_jobspy,
    read_lever,
    read_postings,
    read_resume,
)
from interviewfit.prior import Prior
from interviewfit.priors import Assumptions
from interviewfit.process import corporate, small_firm, technical
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
    "Basis",
    "Belief",
    "Candidate",
    "Certainty",
    "Choice",
    "Clue",
    "Decision",
    "DecodeError",
    "Event",
    "Facts",
    "Guarantee",
    "HeldOffer",
    "Interval",
    "InterviewFitError",
    "InvalidFieldError",
    "Opportunity",
    "Pay",
    "Phase",
    "Plan",
    "Position",
    "Posting",
    "Postings",
    "Prior",
    "Prospect",
    "Reading",
    "Resume",
    "Salary",
    "Scope",
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
    "Workplace",
    "assess",
    "corporate",
    "dumps",
    "explain",
    "gather",
    "loads",
    "plan",
    "read_ashby",
    "read_greenhouse",
    "read_job_posting",
    "read_jobspy",
    "read_lever",
    "read_postings",
    "read_resume",
    "small_firm",
    "technical",
]
