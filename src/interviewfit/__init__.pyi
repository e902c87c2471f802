from interviewfit._assessment import Assessment, assess
from interviewfit._model.beliefs import Belief, Clue, Reading
from interviewfit._model.domain import Candidate, Opportunity, Weights
from interviewfit._model.priors import Assumptions
from interviewfit._model.search import Search
from interviewfit._model.stages import Position, Stage
from interviewfit._model.vocabulary import Action, Phase, Sign, StageKind, Term
from interviewfit._portfolio import Plan, plan
from interviewfit._process.compilation import corporate, small_firm, technical
from interviewfit._text import explain
from interviewfit.columns import Scores, score
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.logs import read_log
from interviewfit.postings import read_postings
from interviewfit.schema import dumps, loads
from interviewfit.sensitivity import flips, questions, robustness
from interviewfit.simulation import simulate

__version__: str

__all__ = [
    "Action",
    "Assessment",
    "Assumptions",
    "Belief",
    "Candidate",
    "Clue",
    "DecodeError",
    "InterviewFitError",
    "InvalidFieldError",
    "Opportunity",
    "Phase",
    "Plan",
    "Position",
    "Reading",
    "Scores",
    "Search",
    "Sign",
    "Stage",
    "StageKind",
    "Term",
    "Weights",
    "__version__",
    "assess",
    "corporate",
    "dumps",
    "explain",
    "flips",
    "loads",
    "plan",
    "questions",
    "read_log",
    "read_postings",
    "robustness",
    "score",
    "simulate",
    "small_firm",
    "technical",
]
