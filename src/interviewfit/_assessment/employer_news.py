"""What the employer's decisions tell of the fit, as an answer shows it.

With z the surplus beyond what is believed, A the event that a candidate passes all that
is ahead, and p its probability, the mean of z over passed and refused together is 0. So
being refused somewhere ahead is worth

    E[z | refused] = -p E[z | A] / (1 - p)

which needs no more than what the passes add. A similar opening has a stated share of it
in common (``similar_openings``). Whatever is assumed of the match, a refusal is one
stage seen in which a default pass rate counts for n: the rate falls by 1 / (n + 1).

Reference: J. M. Bernardo and A. F. M. Smith, "Bayesian Theory" (1994), for the mean of
a beta distribution after one failure.
"""

from math import prod

from attrs import evolve

from interviewfit._assessment.alternatives import Problem
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Event, Phase
from interviewfit._process.compilation import compile_process
from interviewfit._process.signals import shift_odds, update
from interviewfit._results.assessment import EmployerNews

_NOT_SINGLE = (
    "Going on may be worth it in more than one range of the fit, because passes speak "
    "against it; one limit a stage is counted, and the value is at least what is said, "
    "and at most "
)
# Fewer are a rounding error.
_LEAST_HOURS = 1e-6
_AVERAGED = (
    "Beside other offers what passes tell could not be worked out, so that they are "
    "counted on average; how far off the value is is not known."
)


def notes_on_passes(*, shortfall: Worth, is_averaged: bool) -> tuple[str, ...]:
    """Where what passes tell is not worked out exactly, a sentence each.

    Args:
        shortfall: What it may cost that each step is left by one threshold, hours.
        is_averaged: Whether passes are counted on average.
    """
    notes = tuple[str, ...]()
    if shortfall > _LEAST_HOURS:
        notes = (f"{_NOT_SINGLE}{shortfall:,.2g} h more.",)
    return (*notes, _AVERAGED) if is_averaged else notes


def employer_news_of(problem: Problem[float]) -> EmployerNews | None:
    """What being passed on and being refused tell of the fit.

    Args:
        problem: A single decision.

    Returns:
        None unless they tell something, or the process ended with a refusal.
    """
    if problem.structure.phase is Phase.REJECTED:
        return _refused(problem)
    mutual, percent = problem.process.mutual, problem.process.hours_per_percent
    if mutual is None:
        return None
    ahead, passes = mutual.ahead[0] / percent, len(problem.structure.behind)
    liked = problem.posterior.liking is not None and bool(problem.process.steps)
    return EmployerNews(
        so_far=float(mutual.news[0]) / percent if passes or liked else 0.0,
        passes=passes,
        is_liked=liked,
        if_passed=float(ahead[0]) if ahead.size else None,
        if_refused=float(mutual.refused[0]) / percent if ahead.size else None,
    )


def _refused(problem: Problem[float]) -> EmployerNews:
    """What a refusal tells of the fit, of similar openings, and of one's pass rates.

    A refusal without the number of a stage may have come at any stage.

    Args:
        problem: Of a process that is over.
    """
    structure, numbers = problem.structure, problem.numbers
    running = evolve(structure, phase=Phase.BEFORE)
    posterior = update(running, numbers)
    odds: float = posterior.odds.get(Event.PASSED_ON, 1.0)
    rates = [
        shift_odds(numbers.stage(stage.number, stage.kind, "pass_rate"), odds)
        for stage in running.ahead
    ]
    if structure.stage:
        rates = rates[:1]
    passed, moved = prod(rates), 0.0
    process = compile_process(running, numbers, posterior)
    if numbers.is_mutual and process.mutual is not None:
        if structure.stage or len(rates) == 1:
            moved = float(process.mutual.refused[0]) / process.hours_per_percent
        elif passed < 1.0:
            told = float(process.mutual.ahead[0].sum()) / process.hours_per_percent
            moved = -passed / (1.0 - passed) * told
    return EmployerNews(
        so_far=moved,
        passes=len(running.behind),
        is_liked=posterior.liking is not None,
        refused_share=1.0 - passed,
        similar=numbers["similar_openings"] * moved,
        rates_fall=1.0 / (numbers["pass_strength"] + 1.0),
    )
