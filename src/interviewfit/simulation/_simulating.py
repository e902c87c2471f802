"""Monte Carlo simulation: the advice is followed very many times, and counted.

*An assessment*: the advised step is taken, then the candidate goes on or leaves by the
thresholds. Beside other processes an offer counts beyond what these come to.

*A plan*: all its processes, and the offer in hand. Skill stays as it is: what an
interview teaches for the others, which a plan counts, comes on top.
"""

from math import fsum, hypot, sqrt

import numpy as np
from attrs import evolve

from interviewfit._assessment.assessing import Assessment
from interviewfit._model.draws import RandomSource, check_count, random_generator
from interviewfit._model.progress import Progress
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.statistics import QuantileSummary, standard_error
from interviewfit._portfolio.planning import Plan
from interviewfit.errors import InvalidFieldError
from interviewfit.simulation._outcomes import (
    BlockEndings,
    Outcomes,
    ProcessOutcome,
    SimulatedSearches,
)
from interviewfit.simulation._paths import (
    BLOCK,
    NO_PROCESS,
)
from interviewfit.simulation._scenarios import (
    Scenario,
    assessment_scenario,
    plan_scenario,
)

# Runs unless their number is stated: as many of these as take at most so many steps.
_USUAL_RUNS = (4_000, 5_000, 10_000, 20_000, 50_000, 100_000)
_LEAST_RUNS, _MOST_STEPS = _USUAL_RUNS[0], 40_000_000
_MOST_RUNS = 1_000_000
# Of fewer accepted offers it cannot be told how widely what they bring varies.
_FEW_OFFERS = 30


def simulate(
    answer: Assessment | Plan,
    n: int | None = None,
    rng: RandomSource = 0,
    *,
    progress: Progress | None = None,
) -> Outcomes:
    """Monte Carlo simulation of an assessment or a plan: how widely its outcomes vary.

    The work grows with the runs, times the stages of all processes; where passes tell
    of the fit a stage takes as long as eight. Unless you state how many runs, it is
    bounded: of very many stages there are fewer runs, at least 4,000, and the
    standard errors (``outcomes.value.error``) say how far off the answer can be. That
    of the value counts what the model knows to vary if few runs, or none, accept an
    offer, unless dates matter; those of all other numbers only what came up.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million; None for 100,000, or for fewer where
            together they would take more than forty million steps.
        rng: Whatever ``numpy.random.default_rng`` takes. None draws anew each time.
        progress: Called with runs done and runs in all, first with 0 done.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> outcomes = simulate(assess(Candidate(), job))
    >>> abs(outcomes.value.mean - outcomes.expected) < 4 * outcomes.value.error
    True
    """
    scenario, searches = _simulate(answer, n, rng, progress)
    worth, accepted = searches.value, searches.accepted != NO_PROCESS
    # Equal to leaving at once, but for rounding, is no more than that.
    is_more = worth - scenario.leaving > 1e-9 * (1.0 + abs(scenario.leaving))
    surplus, value = searches.surplus[accepted], QuantileSummary.of(worth)
    # Of what is rare, runs alone would say that it does not vary.
    error = hypot(value.error, _unseen_error(scenario, searches))
    if surplus.size < _FEW_OFFERS:
        error = max(error, standard_error(scenario.sd, worth.size))
    return Outcomes(
        title=scenario.title,
        runs=worth.size,
        value=evolve(value, error=error),
        hours=QuantileSummary.of(searches.hours),
        days=QuantileSummary.of(searches.days),
        accepted=float(accepted.mean()),
        surplus=QuantileSummary.of(surplus) if surplus.size else None,
        leaving=scenario.leaving,
        well_spent=float(is_more.mean()),
        terms={
            term: QuantileSummary.of(searches.terms[term])
            for term in Term
            if term in searches.terms and searches.terms[term].any()
        },
        processes=tuple(
            ProcessOutcome.of(
                process, searches.endings[number], searches.accepted == number
            )
            for number, process in enumerate(scenario.processes)
        ),
        expected=scenario.expected,
        notes=scenario.notes,
    )


def _unseen_error(scenario: Scenario, searches: SimulatedSearches) -> Worth:
    """The part of a standard error that offers make which are accepted too rarely.

    By as much as their squares fall short of what the model knows.

    Args:
        scenario, searches: What was simulated, and its runs.
    """
    runs, rows = searches.accepted.size, len(scenario.processes)
    places, squares = searches.accepted + 1, searches.surplus**2
    counts = np.bincount(places, minlength=rows + 1)[1:]
    if (counts >= _FEW_OFFERS).all():
        return 0.0
    seen = np.bincount(places, squares, rows + 1)[1:] / runs
    missing = [
        max(0.0, square - came)
        for square, came, count in zip(scenario.squares(), seen, counts, strict=False)
        if count < _FEW_OFFERS
    ]
    return standard_error(sqrt(fsum(missing)), runs)


def play_out(
    answer: Assessment | Plan,
    n: int | None = None,
    rng: RandomSource = 0,
    *,
    progress: Progress | None = None,
) -> SimulatedSearches:
    """The simulated runs themselves, for plots and further questions.

    The work grows with the runs, times the stages of all processes; so does the memory.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million; None as in ``simulate``.
        rng: As in ``simulate``; the same seed gives the same runs, whatever *n*.
        progress: Called with runs done and runs in all, first with 0 done.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> play_out(assess(Candidate(), job), 1000).value.shape
    (1000,)
    """
    return _simulate(answer, n, rng, progress)[1]


def _simulate(
    answer: Assessment | Plan,
    n: int | None,
    rng: RandomSource,
    progress: Progress | None,
) -> tuple[Scenario, SimulatedSearches]:
    """The scenario of an answer, and its runs.

    Args:
        answer, n, progress: As in ``simulate``.
        rng: Spawns a generator for each block.

    Raises:
        InvalidFieldError: If an argument is not what ``simulate`` takes.
    """
    if n is not None:
        check_count("simulate(n)", n, _MOST_RUNS)
    generator = random_generator("simulate(rng)", rng)
    if isinstance(answer, Assessment):
        scenario = assessment_scenario(answer)
    elif isinstance(answer, Plan):
        scenario = plan_scenario(answer)
    else:
        expected = "what assess(...) or plan(...) returned"
        raise InvalidFieldError("simulate(answer)", expected, answer)
    if n is None:
        steps = sum(len(steps) for _, steps in scenario.processes)
        steps += scenario.more_work
        affordable = max(_LEAST_RUNS, _MOST_STEPS // max(1, steps))
        n = max(number for number in _USUAL_RUNS if number <= affordable)
    blocks: list[BlockEndings] = []
    if progress:
        progress(0, n)
    for stream in generator.spawn(-(-n // BLOCK)):
        blocks.append(scenario.simulate_block(stream))
        if progress:
            progress(min(n, len(blocks) * BLOCK), n)
    searches = SimulatedSearches.from_blocks(scenario.processes, blocks, n)
    terms = dict(searches.terms)
    for term, worth in scenario.constant.items():
        terms[term] = terms.get(term, np.zeros(n)) + worth
    hours = searches.hours + fsum(step.hours for step in scenario.finished)
    days = searches.days + fsum(step.days for step in scenario.finished)
    return scenario, evolve(searches, terms=terms, hours=hours, days=days)
