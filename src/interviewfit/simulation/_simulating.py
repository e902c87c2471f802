"""Monte Carlo simulation: the advice is followed very many times, and counted.

What is simulated is in ``_scenarios``, how in ``_paths`` and ``_policies``.
"""

from interviewfit._assessment.assessing import Assessment
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._portfolio.planning import Plan
from interviewfit.errors import InvalidFieldError
from interviewfit.progress import Progress
from interviewfit.sensitivity._sampling import (
    RandomSource,
    check_count,
    random_generator,
)
from interviewfit.simulation._outcomes import (
    NO_PROCESS,
    BlockEndings,
    Outcomes,
    ProcessOutcome,
    SimulatedSearches,
)
from interviewfit.simulation._paths import BLOCK
from interviewfit.simulation._scenarios import (
    Scenario,
    assessment_scenario,
    plan_scenario,
)

__all__ = ["play_out", "simulate"]

_MOST_RUNS = 1_000_000


def simulate(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: RandomSource = None,
    *,
    progress: Progress | None = None,
) -> Outcomes:
    """Monte Carlo simulation of an assessment or a plan: how widely its outcomes vary.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million.
        rng: Whatever ``numpy.random.default_rng`` takes. None stands for the seed 0, so
            that the outcomes are the same each time; nothing global is read or changed.
        progress: Called with runs done and runs in all after every block.

    Returns:
        Mean and quantiles of value and time in hours, and shares of runs.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> outcomes = simulate(assess(Candidate(), job))
    >>> abs(outcomes.worth.mean - outcomes.expected) < 4 * outcomes.worth.error
    True
    """
    scenario, searches = _simulate(answer, n, rng, progress)
    worth, accepted = searches.worth, searches.accepted != NO_PROCESS
    # Equal to leaving at once, but for rounding, is no more than that.
    is_more = worth - scenario.leaving > 1e-9 * (1.0 + abs(scenario.leaving))
    surplus = searches.surplus[accepted]
    return Outcomes(
        title=scenario.title,
        runs=worth.size,
        worth=QuantileSummary.of(worth),
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
            ProcessOutcome.of(process, endings, searches.accepted == number)
            for number, (process, endings) in enumerate(
                zip(scenario.processes, searches.endings, strict=False)
            )
        ),
        expected=scenario.expected,
        notes=scenario.notes,
    )


def play_out(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: RandomSource = None,
    *,
    progress: Progress | None = None,
) -> SimulatedSearches:
    """The simulated runs themselves, for plots and further questions.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many runs, from 1 to a million.
        rng: As in ``simulate``; the same seed gives the same runs.
        progress: Called with runs done and runs in all after every block.

    Returns:
        Arrays with an entry for each run; the first runs do not depend on *n*.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> play_out(assess(Candidate(), job), 1000).worth.shape
    (1000,)
    """
    return _simulate(answer, n, rng, progress)[1]


def _simulate(
    answer: Assessment | Plan, n: int, rng: RandomSource, progress: Progress | None
) -> tuple[Scenario, SimulatedSearches]:
    """The scenario of an answer, and its runs.

    Args:
        answer: An assessment or a plan.
        n: How many runs.
        rng: Spawns a generator for each block.
        progress: Called after every block.

    Raises:
        InvalidFieldError: If an argument is not what ``simulate`` takes.
    """
    check_count("simulate(n)", n, _MOST_RUNS)
    generator = random_generator("simulate(rng)", rng)
    if isinstance(answer, Assessment):
        scenario = assessment_scenario(answer)
    elif isinstance(answer, Plan):
        scenario = plan_scenario(answer)
    else:
        expected = "what assess(...) or plan(...) returned"
        raise InvalidFieldError("simulate(answer)", expected, answer)
    blocks: list[BlockEndings] = []
    for stream in generator.spawn(-(-n // BLOCK)):
        blocks.append(scenario.simulate_block(stream))
        if progress:
            progress(min(n, len(blocks) * BLOCK), n)
    return scenario, SimulatedSearches.from_blocks(scenario.processes, blocks, n)
