"""A decision compiled from its records, for tests that look inside."""

from interviewfit import Assumptions, Candidate, Opportunity
from interviewfit._process.compilation import Process, compile_process
from interviewfit._process.signals import Posterior, update
from interviewfit._process.structure import numbers_of, structure_of


def posterior_of(
    candidate: Candidate, opportunity: Opportunity, assumptions: Assumptions
) -> Posterior[float]:
    """What is believed once all signals are in."""
    numbers = numbers_of(candidate, opportunity, assumptions)
    return update(structure_of(candidate, opportunity), numbers)


def process_of(
    candidate: Candidate,
    opportunity: Opportunity,
    assumptions: Assumptions,
    *,
    research_first: bool = False,
) -> Process[float]:
    """The steps ahead, from where the opportunity stands."""
    return compile_process(
        structure_of(candidate, opportunity),
        numbers_of(candidate, opportunity, assumptions),
        posterior_of(candidate, opportunity, assumptions),
        research_first=research_first,
    )
