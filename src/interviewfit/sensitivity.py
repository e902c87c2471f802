"""
What would change an answer, in a line that goes with it.

The parts are worked out in ``turning`` and ``inquiry``.
"""

from interviewfit.assessment import Assessment, check_assessment
from interviewfit.explanation import HEADLINES
from interviewfit.inquiry import questions
from interviewfit.turning import flips
from interviewfit.vocabulary import Phase

__all__ = ["advise"]

# As many turning points as one takes in at a glance.
_MOST = 2
# Hours below which knowing more is not worth a question.
_SMALL = 0.05


def advise(assessment: Assessment) -> str:
    """
    What would change an answer, and what to ask first, in one line.

    Empty once one is out. Beside other processes it takes many seconds.

    Raises:
        InvalidFieldError: If it is no assessment.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> for part in advise(found).split("; "):
    ...     print(part)
    It would flip ...
    ask first about role, worth 3.4 h
    the hiring manager shows 33 % of it for 6.5 h of your time.
    """
    check_assessment(assessment, "advise(assessment)")
    if assessment.phase is Phase.REJECTED:
        return ""
    if assessment.hard_stops:
        met = ", ".join(assessment.hard_stops)
        return f"No number lifts your dealbreaker ({met})."
    turns = [
        f"if {one.clause} ({HEADLINES[one.action]})"
        for one in flips(assessment).found[:_MOST]
    ]
    text = "No number alone would change it, within reason"
    if turns:
        text = f"It would flip {', or '.join(turns)}"
    first = next(iter(questions(assessment, pairs=False)), None)
    asking = f"; {first.text}" if first and first.worth > _SMALL else ""
    return f"{text}{asking}."
