"""The records and closed lists of words that need no place at the front door.

Every name here is the type of a field or of a part of an answer. Where a record takes
one of the words, it takes the text as well: ``Stage(meets="manager")``.

>>> from interviewfit.records import Seniority
>>> Seniority("manager").value
'manager'
"""

from interviewfit._model.beliefs import Either, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import Prior
from interviewfit._model.progress import Progress
from interviewfit._model.vocabulary import (
    Agreement,
    Answer,
    Certainty,
    Event,
    Milestone,
    Scope,
    Seniority,
    Strength,
    When,
)
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._results.assessment import (
    Choice,
    EmployerNews,
    Preparation,
    StageHours,
    Threshold,
    Verdict,
)
from interviewfit._results.calendar import (
    DatedStage,
    DeadlineRule,
    LapseLimit,
    WeeklyLimit,
)
from interviewfit._results.plan import (
    Guarantee,
    HeldOffer,
    PlanRecord,
    RankedProcess,
)
from interviewfit._results.reasons import Reason, Reasons
from interviewfit._results.tables import Tabular

__all__ = [
    "Agreement",
    "Answer",
    "Certainty",
    "Choice",
    "DatedStage",
    "DeadlineRule",
    "Decision",
    "Either",
    "EmployerNews",
    "Event",
    "Guarantee",
    "HeldOffer",
    "LapseLimit",
    "Milestone",
    "PlanRecord",
    "Preparation",
    "Prior",
    "Progress",
    "QuantileSummary",
    "RankedProcess",
    "Reason",
    "Reasons",
    "Scope",
    "Seniority",
    "Signal",
    "StageHours",
    "Strength",
    "Tabular",
    "Threshold",
    "Verdict",
    "WeeklyLimit",
    "When",
]
