"""
Whether the next interview is worth your time, and if not, how you leave.

>>> from interviewfit import Candidate, Opportunity, assess, corporate
>>> job = Opportunity(name="Acme", stages=corporate(), signals=["bad_reviews"])
>>> assess(Candidate(), job).action.value
'take'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from interviewfit.assessment import Assessment, assess
from interviewfit.decision import Decision
from interviewfit.domain import Candidate, Opportunity, Weights
from interviewfit.errors import DecodeError, InterviewFitError, InvalidFieldError
from interviewfit.evidence import Belief, Clue, Reading, Signal
from interviewfit.explanation import explain
from interviewfit.plans import Guarantee, HeldOffer, Prospect
from interviewfit.portfolio import Plan, plan
from interviewfit.priors import Assumptions, Prior
from interviewfit.process import corporate, small_firm, technical
from interviewfit.search import Search
from interviewfit.stages import Position, Stage
from interviewfit.verdict import Choice, Threshold, Verdict
from interviewfit.vocabulary import (
    Action,
    Agreement,
    Certainty,
    Event,
    Milestone,
    Phase,
    Scope,
    Seniority,
    Sign,
    StageKind,
    Term,
)

if TYPE_CHECKING:
    from interviewfit.batch import Coded, Details, Scores, score
    from interviewfit.codec import dumps, loads, schema_of
    from interviewfit.history import (
        Calibration,
        Funnel,
        History,
        Move,
        Replay,
        Review,
        StageEvent,
        calibrate,
        replay,
        review,
        tally,
        to_sankey,
    )
    from interviewfit.inputs import Input
    from interviewfit.inventory import list_inputs
    from interviewfit.logs import ImportedLog, read_log
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
    from interviewfit.progress import Progress
    from interviewfit.sensitivity import (
        Bar,
        Flip,
        Flips,
        Question,
        Robustness,
        Settler,
        Source,
        Sweep,
        advise,
        flips,
        questions,
        robustness,
        sweep,
        tornado,
    )
    from interviewfit.simulation import Fate, Outcomes, simulate
    from interviewfit.spreads import Spread

__all__ = [
    "Action",
    "Agreement",
    "Assessment",
    "Assumptions",
    "Bar",
    "Basis",
    "Belief",
    "Calibration",
    "Candidate",
    "Certainty",
    "Choice",
    "Clue",
    "Coded",
    "Decision",
    "DecodeError",
    "Details",
    "Event",
    "Facts",
    "Fate",
    "Flip",
    "Flips",
    "Funnel",
    "Guarantee",
    "HeldOffer",
    "History",
    "ImportedLog",
    "Input",
    "Interval",
    "InterviewFitError",
    "InvalidFieldError",
    "Milestone",
    "Move",
    "Opportunity",
    "Outcomes",
    "Pay",
    "Phase",
    "Plan",
    "Position",
    "Posting",
    "Postings",
    "Prior",
    "Progress",
    "Prospect",
    "Question",
    "Reading",
    "Replay",
    "Resume",
    "Review",
    "Robustness",
    "Salary",
    "Scope",
    "Scores",
    "Search",
    "Seniority",
    "Settler",
    "Sign",
    "Signal",
    "Source",
    "Spread",
    "Stage",
    "StageEvent",
    "StageKind",
    "Sweep",
    "Term",
    "Threshold",
    "Verdict",
    "Weights",
    "Workplace",
    "advise",
    "assess",
    "calibrate",
    "corporate",
    "dumps",
    "explain",
    "flips",
    "gather",
    "list_inputs",
    "loads",
    "plan",
    "questions",
    "read_ashby",
    "read_greenhouse",
    "read_job_posting",
    "read_jobspy",
    "read_lever",
    "read_log",
    "read_postings",
    "read_resume",
    "replay",
    "review",
    "robustness",
    "schema_of",
    "score",
    "simulate",
    "small_firm",
    "sweep",
    "tally",
    "technical",
    "to_sankey",
    "tornado",
]

_LATER = {
    name: module
    for module, names in {
        "batch": ("Coded", "Details", "Scores", "score"),
        "codec": ("dumps", "loads", "schema_of"),
        "history": (
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
        ),
        "inputs": ("Input",),
        "inventory": ("list_inputs",),
        "logs": ("ImportedLog", "read_log"),
        "postings": (
            "Basis",
            "Facts",
            "Interval",
            "Pay",
            "Posting",
            "Postings",
            "Resume",
            "Salary",
            "Workplace",
            "gather",
            "read_ashby",
            "read_greenhouse",
            "read_job_posting",
            "read_jobspy",
            "read_lever",
            "read_postings",
            "read_resume",
        ),
        "progress": ("Progress",),
        "sensitivity": (
            "Bar",
            "Flip",
            "Flips",
            "Question",
            "Robustness",
            "Settler",
            "Source",
            "Sweep",
            "advise",
            "flips",
            "questions",
            "robustness",
            "sweep",
            "tornado",
        ),
        "simulation": ("Fate", "Outcomes", "simulate"),
        "spreads": ("Spread",),
    }.items()
    for name in names
}
# Which module each of the names above comes from that a first decision does not need.
# It is imported when the name is first used: to assess costs no import of postings.

if not TYPE_CHECKING:
    # Checkers read the imports above: to them, any other name stays unknown.

    def __getattr__(name):
        if name not in _LATER:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        globals()[name] = found
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
