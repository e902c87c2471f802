"""What there is to play; and an assessment, from its action on.

The first step is taken, then one goes on or leaves by the thresholds.
Beside other processes its offer counts beyond what these come to, and its turn may
never come, as in the assessment.
"""

from collections.abc import Callable
from math import inf

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import compile_case, open_courses
from interviewfit._assessment.assessing import Assessment
from interviewfit._competition.chains import ChainParameters, solve_steps, through
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import BoolArray, FloatColumn, total
from interviewfit._text.assessment_text import HEADLINES
from interviewfit.simulation._paths import (
    BEYOND,
    BLOCK,
    NOBODY,
    Ends,
    ProcessPaths,
    ProcessRecord,
    SimulatedSearches,
    walk,
)

__all__ = ["Scenario", "scene_of_assessment"]


@frozen(eq=False)
class Scenario:
    """Something to play.

    Attributes:
        what: In words.
        tracks: The processes in it.
        play: Plays a block of careers.
        leaving: What leaving at once is worth, hours.
        expected: What the model expects it to be worth, hours; None if it does not say.
        notes: How it is played where there is a choice, a sentence each.
    """

    what: str
    tracks: tuple[ProcessRecord, ...]
    play: Callable[["np.random.Generator"], SimulatedSearches]
    leaving: Worth
    expected: Worth | None
    notes: tuple[str, ...] = ()


def scene_of_assessment(found: Assessment) -> Scenario:
    """An assessment, from its action on."""
    case, posterior, process = compile_case(found.decision)
    courses, action = open_courses(case, posterior, process), found.action
    plain = Action.CONTINUE if action is Action.FINISH_POLITELY else action
    course = next(one for one in courses if one.action is plain)
    steps, beat, over = course.steps or process.steps, 0.0, 0.0
    mean = process.percent * process.mean
    if found.hard_stops and action is Action.FINISH_POLITELY:
        # Over after this interview, whatever comes.
        thresholds = [-inf, *(inf for _ in steps[1:])]
        after = steps[1].exit if len(steps) > 1 else 0.0
        beat, expected = BEYOND, steps[0].reward + steps[0].survive * after
    elif course.steps:
        # The first step is what was decided.
        thresholds = [-inf, *solve_steps(steps).thresholds[0, 1:].tolist()]
        expected = found.choice(action).worth
    else:
        thresholds = [inf for _ in steps]
        expected = found.choice(action).worth
        beat = -inf if course.accept else BEYOND
        over = mean - course.terms.get(Term.OFFER, 0.0)
    track, lane = (
        ProcessRecord(found.opportunity, steps),
        ChainParameters.of_steps(mean, steps),
    )

    def alone(rng: "np.random.Generator") -> SimulatedSearches:
        path = walk(lane, rng)
        ends, accepted = path.among(thresholds).end(beat)
        return _single(track, path, ends, accepted, over)

    rivals = case.rivals
    played = rivals is not None and course.steps and not found.hard_stops
    return Scenario(
        f"{found.opportunity}: {HEADLINES[action]}",
        (track,) if found.phase is not Phase.REJECTED else (),
        _beside(track, lane, rivals) if rivals and played else alone,
        total(courses[0].terms.values()),
        expected,
    )


def _single(
    track: ProcessRecord,
    path: ProcessPaths,
    ends: Ends,
    accepted: BoolArray,
    over: FloatColumn | float,
) -> SimulatedSearches:
    """Searches with one process, whose offer counts beyond *over*."""
    return SimulatedSearches.estimate_pass_rates(
        [track],
        [ends],
        np.where(accepted, 0, NOBODY),
        np.where(accepted, path.surplus, 0.0),
        np.where(accepted, path.surplus - over, 0.0),
    )


def _beside(
    track: ProcessRecord, lane: ChainParameters, rivals: RivalDistribution
) -> Callable[["np.random.Generator"], SimulatedSearches]:
    """Plays one process beside others, which are played but not told of."""
    own, pipeline = SolvedProcesses.of([lane]), SolvedProcesses.of(rivals.processes)
    base = rivals.base[0]
    if own.indices[0] <= base:
        own = SolvedProcesses.of([through(lane, 1)])
    thresholds = own.thresholds[0].tolist()

    def play(rng: "np.random.Generator") -> SimulatedSearches:
        most = np.full(BLOCK, base)
        for other, turns in zip(pipeline.lanes, pipeline.thresholds, strict=True):
            most = np.maximum(most, walk(other, rng).among(turns.tolist()).cap)
        path = walk(lane, rng)
        ends, accepted = path.among(thresholds).end(most)
        return _single(track, path, ends, accepted, most)

    return play
