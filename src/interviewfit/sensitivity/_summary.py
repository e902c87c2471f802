"""How sure an answer is and what would change it, in two lines that go with it.

The parts are worked out in ``recount``, ``turning`` and ``inquiry``.
"""

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._model.vocabulary import Phase
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.sensitivity._questions import questions
from interviewfit.sensitivity._robustness import robustness
from interviewfit.sensitivity._switching_values import flips

__all__ = ["advise"]

# As many turning points as one takes in at a glance.
_MOST = 2
# Draws that tell a share to a few points, and so many where each takes long.
_DRAWS, _FEW = 2_000, 200
# Hours below which knowing more is not worth a question.
_SMALL = 0.05


def advise(assessment: Assessment) -> str:
    """How sure an answer is, what would change it, and what to ask first, in two lines.

    Empty once one is out. Beside other processes it takes seconds.

    Raises:
        InvalidFieldError: If it is no assessment.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
    >>> sure, rest = advise(found).splitlines()
    >>> sure
    'Clear: over 99 % of draws agree.'
    >>> for part in rest.split("; "):
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
    draws = _FEW if assessment.decision.beside else _DRAWS
    return f"{robustness(assessment, draws).headline}\n{text}{asking}."
