"""How widely outcomes spread, if one does as advised.

What is played is in ``scenes`` and ``seasons``, how in ``careers``; here it is counted.
"""

import numpy as np

from interviewfit._assessment.assessing import Assessment
from interviewfit._model.vocabulary import Term
from interviewfit._numeric.arrays import BoolArray
from interviewfit._numeric.statistics import QuantileSummary
from interviewfit._portfolio.planning import Plan
from interviewfit.errors import InvalidFieldError
from interviewfit.progress import Progress
from interviewfit.sensitivity._sampling import check_draws
from interviewfit.simulation._outcomes import Outcomes, ProcessOutcome
from interviewfit.simulation._paths import (
    BLOCK,
    NOBODY,
    Ends,
    ProcessRecord,
    SimulatedSearches,
)
from interviewfit.simulation._plan_scenarios import scene_of_plan
from interviewfit.simulation._scenarios import Scenario, scene_of_assessment

__all__ = ["play_out", "simulate"]

_MOST_CAREERS = 1_000_000


def simulate(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: "np.random.Generator | None" = None,
    *,
    progress: Progress | None = None,
) -> Outcomes:
    """What comes of an assessment or a plan, if one does as advised very many times.

    Args:
        answer: What ``assess`` or ``plan`` returned.
        n: How many careers, up to a million.
        rng: Where luck comes from; left out, it is the same each time.
        progress: Told after every block of careers.

    Raises:
        InvalidFieldError: If an argument cannot be meant.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = simulate(assess(Candidate(), job))
    >>> abs(found.worth.mean - found.expected) < 4 * found.worth.error
    True
    """
    scene, careers = _played(answer, n, rng, progress)
    return _counted(scene, careers)


def play_out(
    answer: Assessment | Plan,
    n: int = 100_000,
    rng: "np.random.Generator | None" = None,
    *,
    progress: Progress | None = None,
) -> SimulatedSearches:
    """The careers themselves, for plots and questions of one's own; as ``simulate``.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> play_out(assess(Candidate(), job), 1000).worth.shape
    (1000,)
    """
    return _played(answer, n, rng, progress)[1]


def _played(
    answer: Assessment | Plan,
    n: int,
    rng: "np.random.Generator | None",
    progress: Progress | None,
) -> tuple[Scenario, SimulatedSearches]:
    check_draws("simulate(n)", n, _MOST_CAREERS, rng)
    if isinstance(answer, Assessment):
        scene = scene_of_assessment(answer)
    elif isinstance(answer, Plan):
        scene = scene_of_plan(answer)
    else:
        expected = "what assess(...) or plan(...) returned"
        raise InvalidFieldError("simulate(answer)", expected, answer)
    parts: list[SimulatedSearches] = []
    for stream in (rng or np.random.default_rng(0)).spawn(-(-n // BLOCK)):
        parts.append(scene.play(stream))
        if progress:
            progress(min(n, len(parts) * BLOCK), n)
    return scene, SimulatedSearches.joined(parts, n)


def _counted(scene: Scenario, careers: SimulatedSearches) -> Outcomes:
    """What the careers say, once all are over."""
    worth, accepted = careers.worth, careers.job != NOBODY
    # Equal to leaving at once, but for rounding, is no more than that.
    more = worth - scene.leaving > 1e-9 * (1.0 + abs(scene.leaving))
    return Outcomes(
        what=scene.what,
        careers=worth.size,
        worth=QuantileSummary.of(worth),
        hours=QuantileSummary.of(careers.hours),
        days=QuantileSummary.of(careers.days),
        accepted=float(accepted.mean()),
        surplus=QuantileSummary.of(careers.surplus[accepted])
        if accepted.any()
        else None,
        leaving=scene.leaving,
        well_spent=float(more.mean()),
        terms={
            term: QuantileSummary.of(careers.terms[term])
            for term in Term
            if term in careers.terms and careers.terms[term].any()
        },
        fates=tuple(
            _fate(track, ends, careers.job == number)
            for number, (track, ends) in enumerate(
                zip(scene.tracks, careers.ends, strict=False)
            )
        ),
        expected=scene.expected,
        notes=scene.notes,
    )


def _fate(track: ProcessRecord, ends: Ends, accepted: BoolArray) -> ProcessOutcome:
    hours = np.concatenate(([0.0], np.cumsum([one.hours for one in track.steps])))
    return ProcessOutcome(
        name=track.name,
        share=float(accepted.mean()),
        begun=float((ends > 1).mean()),
        offered=float((ends == 2 * len(track.steps) + 1).mean()),
        hours=float(hours[ends // 2].mean()),
        reach=tuple(track.reach(ends)),
        ends=tuple(track.endings(ends)),
    )
