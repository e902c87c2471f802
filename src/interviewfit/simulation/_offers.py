"""The offers of a plan, answered one after another on every run of a block."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import define, evolve, field

from interviewfit._assessment.alternatives import Alternative
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.offers import NO_OFFERS, Holding, OfferMove
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.arrays import BoolArray, FloatColumn, IndexArray
from interviewfit._process.compilation import Step
from interviewfit.errors import InvalidFieldError
from interviewfit.simulation._mutual_paths import path_source
from interviewfit.simulation._paths import (
    BLOCK,
    NO_PROCESS,
    Endings,
    waiting_step,
)


@define(eq=False)
class AnsweredOffers:
    """What becomes of the offers on a block of runs.

    Attributes:
        in_hand: The best offer that waits, or 0, hours, ``(runs,)``.
        holder: The number of that offer, or -1, likewise.
        accepted: The number of the offer that is accepted before all else, or -1.
        surplus: Of that offer, hours, likewise.
        endings: Of each offer's step, by its number, as ``ProcessPaths`` has it.
        leaves: On which runs each set of offers is held.
    """

    in_hand: FloatColumn = field(factory=lambda: np.zeros(BLOCK))
    holder: Endings = field(factory=lambda: np.full(BLOCK, NO_PROCESS))
    accepted: Endings = field(factory=lambda: np.full(BLOCK, NO_PROCESS))
    surplus: FloatColumn = field(factory=lambda: np.zeros(BLOCK))
    endings: dict[int, Endings] = field(factory=dict)
    leaves: dict[Holding, BoolArray] = field(factory=dict)


def open_here(
    options: Sequence[Alternative[float]], action: Action
) -> Alternative[float]:
    """One of some alternatives.

    Args:
        options, action: Those that are open, and the action of one.

    Raises:
        InvalidFieldError: If only a date opens it, of which runs know none.
    """
    for option in options:
        if option.action is action:
            return option
    remedy = "Simulate the plan of the search, or leave its dates out."
    expected = "an answer about an opportunity without dates"
    raise InvalidFieldError("simulate(answer)", expected, action, remedy)


def steps_of_offers(joint: JointSearch) -> Mapping[int, tuple[Step[float], ...]]:
    """The step in which each offer is asked about or asked to wait, by its number.

    Args:
        joint: The search.
    """
    steps: dict[int, tuple[Step[float], ...]] = {}
    states = [(NO_OFFERS, joint.answers.open_offers)]
    while states:
        held, left = states.pop()
        chosen = chosen_move(joint, held, left)
        if chosen is None:
            continue
        offer, move = chosen
        entry, after = joint.offered[offer], left - {offer}
        steps.setdefault(offer, ())
        if step := step_of(entry, move.action):
            steps[offer] = (step,)
            states += [(held, after), (held | {offer}, after)]
    return dict(sorted(steps.items()))


def step_of(entry: CompiledProcess[float], action: Action) -> Step[float] | None:
    """The step that an answer to an offer takes; None if it takes none.

    Args:
        entry, action: The offer, and the answer.
    """
    if action is Action.POSTPONE:
        return waiting_step(entry)
    return entry.process.call if action is Action.ASK_FIRST else None


def chosen_move(
    joint: JointSearch, held: Holding, left: Holding
) -> tuple[int, OfferMove] | None:
    """The offer that is answered next, and how; None if all others are turned down.

    Args:
        joint: The search.
        held, left: The offers that wait, and those that are not answered yet.
    """
    options = list(joint.answers.options(held, left))
    best = int(np.argmax([float(value[0]) for value, _, _ in options]))
    _, offer, move = options[best]
    return None if move is None else (offer, move)


def answer_offers(joint: JointSearch, rng: "np.random.Generator") -> AnsweredOffers:
    """Answer the offers of a search on a block of runs.

    Args:
        joint: The search.
        rng: Draws what is asked and who waits.
    """
    result = AnsweredOffers()
    states = [(NO_OFFERS, joint.answers.open_offers, np.arange(BLOCK))]
    while states:
        held, left, runs = states.pop()
        if not runs.size:
            continue
        chosen = chosen_move(joint, held, left)
        if chosen is None:
            chosen_runs = np.zeros(BLOCK, dtype=np.bool_)
            chosen_runs[runs] = True
            # No other branch holds these: at an offer one keeps it, and one never does.
            result.leaves[held] = chosen_runs
            continue
        offer, move = chosen
        kept, declined = _answer(joint, offer, move, (held, left), runs, rng, result)
        after = left - {offer}
        states += [(held | {offer}, after, kept), (held, after, declined)]
    return result


def _answer(
    joint: JointSearch,
    offer: int,
    move: OfferMove,
    state: tuple[Holding, Holding],
    runs: IndexArray,
    rng: "np.random.Generator",
    result: AnsweredOffers,
) -> tuple[IndexArray, IndexArray]:
    """Answer one offer on some runs: on which it is held, and on which it is gone.

    Args:
        joint, offer, move: The search, an offer, and how it is answered.
        state: The offers that wait, and those that are not answered yet.
        runs: The numbers of the runs.
        rng: Draws what is asked and who waits.
        result: Is told what becomes of it.
    """
    entry, (held, left) = joint.offered[offer], state
    ending = result.endings.setdefault(offer, np.ones(BLOCK, dtype=np.intp))
    step = step_of(entry, move.action)
    mean, none = entry.process.mean_hours, runs[:0]
    if step is None:
        # What nobody has told may count for less than it is believed to be.
        worth = float(move.value[0]) - float(joint.leaving.sum())
        result.accepted[runs], result.surplus[runs] = offer, worth
        return none, none
    chain, mutual = ChainParameters.of_steps(mean, (step,)), entry.process.mutual
    if mutual is not None and move.action is Action.ASK_FIRST:
        mutual = mutual.after_step(step, apart=True).moved(-entry.process.trial)
        chain = evolve(chain, mutual=mutual)
    paths = path_source(chain)(rng)
    job, lost = paths.surplus[runs], paths.rejected_after[runs] == 0
    ending[runs] = np.where(lost, 2, 3)
    forgone = float(joint.answers.value_with(held, left - {offer})[0])
    forgone -= float(joint.leaving.sum())
    waits = move.action is Action.POSTPONE and float(move.held[0]) > 0.0
    if waits:
        better = ~lost & (job > result.in_hand[runs])
        result.in_hand[runs[better]] = job[better]
        result.holder[runs[better]] = offer
        return runs[~lost], runs[lost]
    accepts = ~lost & (job > forgone)
    result.accepted[runs[accepts]] = offer
    result.surplus[runs[accepts]] = job[accepts]
    return none, runs[~accepts]
