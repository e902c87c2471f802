"""How far an answer hangs on numbers nobody has measured.

Every guess is drawn from its range (``draws``), the decision is made again for each
draw, and the answers are counted. At 90 % that agree the answer is *clear*, from 70 %
on it *leans*, below it is *too close to call*. Two answers agree if they are the same
action: *finish politely* and *continue* both stay in the interview, but say different
things of what comes after, and count as different.

What would settle it is asked of each number alone. Draws are sorted into bins by it; in
each bin the answer is the one that most of *the other half* of the draws give there.
How many draws agree with that, against one answer for all, is what knowing the number
brings. Choosing and counting on different halves keeps luck out: on average the
estimate is never too high, and a number that tells nothing is credited with nothing. So
is the worth of knowing it, in hours, with the action of the highest mean worth in place
of the most frequent answer. This is the value of partial perfect information, estimated
by sorting: M. Strong and J. E. Oakley, "An efficient method for computing
single-parameter partial expected value of perfect information", Medical Decision Making
33 (2013) 755-766.

A number may matter much and still turn no bin. So it counts as well how many draws
agree where the number is in its lowest quarter, and how many in its highest. What is
within four standard errors of nothing is taken for luck: among a hundred numbers that
tell nothing one in a hundred and sixty times there is one beyond.
"""

from collections.abc import Mapping
from math import sqrt

import attrs
import numpy as np
import numpy.typing as npt

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluation import Evaluation, weigh_rows
from interviewfit._model.decision import Decision
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import FloatArray, total
from interviewfit._numeric.statistics import QuantileSummary, wilson_interval
from interviewfit._process.compilation import compile_process
from interviewfit._process.inputs import Parameter, put
from interviewfit._process.parameters import find_parameter
from interviewfit._process.signals import update
from interviewfit._results.assessment import SIDE_TERMS
from interviewfit._text.labels import label
from interviewfit.progress import Progress
from interviewfit.sensitivity._agreement import InfluentialInput, Robustness
from interviewfit.sensitivity._sampling import (
    Ranges,
    check_draws,
    draw,
    drawn_inputs,
    triangle,
)

__all__ = ["robustness"]

# Draws weighed at once; beside other processes each takes longer, and progress is told.
_BLOCK, _FEW = 5000, 1000
_MOST_DRAWS = 1_000_000
_BINS = 16
_QUARTER = _BINS // 4
_BEYOND_LUCK = 4.0
_ACTIONS = tuple(Action)
_NO_SIDE = {term.value: 0.0 for term in SIDE_TERMS}
_SIDE_WEIGHTS = frozenset(f"weights.{name}" for name in _NO_SIDE)

Codes = npt.NDArray[np.int8]


def robustness(
    assessment: Assessment,
    draws: int = 10_000,
    rng: "np.random.Generator | None" = None,
    *,
    own: bool = False,
    ranges: Ranges | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """How many draws from all that is guessed give the same answer.

    Args:
        assessment: The answer.
        draws: How many, up to a million.
        rng: Where they come from; left out, they are the same each time.
        own: Whether numbers that were stated are drawn as well (``draws``).
        ranges: Ends to draw some numbers from, by name; for what one is unsure of
            oneself, such as ``{"stages[0].hours": (1, 4)}``.
        progress: Told after every block of draws.

    Beside other processes these are solved again for every draw, since most guesses
    bear on them too: ten thousand draws take some seconds for each of them.

    Raises:
        InvalidFieldError: If an argument cannot be meant.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> robustness(assess(Candidate(), job), draws=1000).agreement.value
    'clear'
    """
    check_assessment(assessment, "robustness(assessment)")
    check_draws("robustness(draws)", draws, _MOST_DRAWS, rng)
    decision = assessment.decision
    inputs = drawn_inputs(decision, own=own, ranges=ranges)
    if not inputs:
        # Everything was stated: each draw is the decision itself.
        fixed = find_parameter(decision, "fallback")
        inputs = (attrs.evolve(fixed, low=fixed.value, high=fixed.value),)
    bins = np.empty((len(inputs), draws), dtype=np.int8)
    block = _FEW if decision.beside else _BLOCK
    parts, alone, done = [], 0, 0
    for uniform in draw(inputs, rng or np.random.default_rng(0), draws, block):
        rows = slice(done, done + uniform[inputs[0]].size)
        for place, one in enumerate(inputs):
            bins[place, rows] = uniform[one] * _BINS
        columns = {one: triangle(one, uniform[one]) for one in inputs}
        parts.append(weigh_rows(decision, columns))
        answer = _ACTIONS.index(assessment.action)
        alone += int((_without_side(decision, columns, parts[-1]) == answer).sum())
        done = rows.stop
        if progress:
            progress(done, draws)
    return _counted(assessment, inputs, bins, Evaluation.joined(parts), alone / draws)


def _without_side(
    decision: Decision, columns: Mapping[Parameter, FloatArray], weighed: Evaluation
) -> Codes:
    """The answers of the same draws if side gains count for nothing.

    Leaving them out takes from the best action at most what they could bring, and adds
    nothing to the others. Only where that might turn the answer is it worked out again.
    """
    codes = weighed.codes.copy()
    open_ = np.ones(codes.size, dtype=np.bool_)
    # In mid-interview the same choice may go by another name.
    if decision.opportunity.position.phase is not Phase.MIDWAY and not decision.beside:
        two = np.sort(weighed.worths, axis=0)[-2:]
        margin = two[-1] - two[0] if len(two) > 1 else np.inf
        open_ &= margin <= _most_side(put(decision, columns))
    if open_.any():
        weights = attrs.evolve(decision.candidate.weights, **_NO_SIDE)
        candidate = attrs.evolve(decision.candidate, weights=weights)
        # A weight that is drawn would be put back.
        some = {
            one: column[open_] * (one.name not in _SIDE_WEIGHTS)
            for one, column in columns.items()
        }
        bare = attrs.evolve(decision, candidate=candidate)
        codes[open_] = weigh_rows(bare, some).codes
    return codes


def _most_side(decision: Decision) -> FloatArray:
    """More than side gains can bring to any action, hours, in every row."""
    who, job, numbers = decision.candidate, decision.opportunity, decision.assumptions
    process = compile_process(who, job, update(who, job, numbers), numbers)
    chance, gains, leaving = 1.0, [0.0], [0.0]
    for step in process.steps:
        side = total([0.0, *(step.gains.get(term, 0.0) for term in SIDE_TERMS)])
        gains.append(chance * side)
        leaving.append(
            total([0.0, *(step.leaving.get(term, 0.0) for term in SIDE_TERMS)])
        )
        chance = chance * step.survive
    most = np.maximum.reduce(np.broadcast_arrays(*leaving))
    return np.asarray(total(gains) + most)


def _counted(
    assessment: Assessment,
    inputs: tuple[Parameter, ...],
    bins: Codes,
    weighed: Evaluation,
    alone: Probability,
) -> Robustness:
    """What the draws say, once all are in."""
    codes, draws = weighed.codes, weighed.codes.size
    counts = np.bincount(codes, minlength=len(_ACTIONS))
    share = float(counts[_ACTIONS.index(assessment.action)]) / draws
    shares = {
        action: int(count) / draws
        for action, count in zip(_ACTIONS, counts, strict=True)
        if count
    }
    return Robustness(
        opportunity=assessment.opportunity,
        action=assessment.action,
        draws=draws,
        share=share,
        interval=wilson_interval(share, draws),
        shares=dict(sorted(shares.items(), key=lambda pair: -pair[1])),
        alone=alone,
        margin=QuantileSummary.of(_margins(assessment.action, weighed)),
        settlers=tuple(_settlers(assessment, inputs, bins, weighed)),
        hard_stops=assessment.hard_stops,
    )


def _margins(action: Action, weighed: Evaluation) -> FloatArray:
    plain = Action.CONTINUE if action is Action.FINISH_POLITELY else action
    if len(weighed.actions) == 1 or plain not in weighed.actions:
        return np.zeros(weighed.codes.size)
    row = weighed.actions.index(plain)
    others = np.delete(weighed.worths, row, axis=0).max(axis=0)
    own = weighed.worths[row]
    # An answer that is not open in a draw is behind by what is.
    return np.asarray(np.where(np.isfinite(own), own, 0.0) - others)


def _settlers(
    assessment: Assessment,
    inputs: tuple[Parameter, ...],
    bins: Codes,
    weighed: Evaluation,
) -> list[InfluentialInput]:
    """Numbers on which the answer hangs beyond luck, first what would settle it best."""
    codes = np.unique(weighed.codes, return_inverse=True)[1]
    votes = np.eye(int(codes.max()) + 1)[codes].T
    same = weighed.codes == _ACTIONS.index(assessment.action)
    # What is not open in a draw is worth no more there than the worst that is.
    worths = weighed.worths
    worst = np.where(np.isfinite(worths), worths, np.inf).min(axis=0)
    worths = np.maximum(worths, worst)
    found = []
    for one, own in zip(inputs, bins, strict=True):
        low, high = same[own < _QUARTER], same[own >= _BINS - _QUARTER]
        if one.low == one.high or not (low.size and high.size):
            continue
        brought = _knowing(own, votes)
        gained, error = float(brought.mean()), float(brought.std()) / sqrt(codes.size)
        settles = gained > _BEYOND_LUCK * error
        apart = abs(float(low.mean()) - float(high.mean()))
        luck = sqrt(low.var() / low.size + high.var() / high.size)
        if settles or apart > _BEYOND_LUCK * luck:
            settler = InfluentialInput(
                name=one.name,
                words=label(one, assessment.decision),
                low=one.low,
                high=one.high,
                unit=one.unit,
                agree_low=float(low.mean()),
                agree_high=float(high.mean()),
                share=float(votes.mean(axis=1).max()) + (gained if settles else 0.0),
                error=error,
                worth=max(0.0, float(_knowing(own, worths).mean())),
            )
            found.append((-settler.share, -apart, settler))
    return [settler for *_, settler in sorted(found, key=lambda one: one[:2])]


def _knowing(bins: Codes, scores: FloatArray) -> FloatArray:
    """What each draw gains if the option may hang on its bin, ``(draws,)``.

    Args:
        bins: Of each draw.
        scores: Of each option in each draw, ``(options, draws)``.
    """
    count = scores.shape[1]
    best = int(scores.sum(axis=1).argmax())
    half = np.arange(count) % 2
    over = scores - scores[best]
    sums = np.array([np.bincount(bins + _BINS * half, one, 2 * _BINS) for one in over])
    # Of equal ones the one for all, so that an empty bin changes nothing.
    sums[best] += 1e-12
    chosen = sums.argmax(axis=0)[bins + _BINS * (1 - half)]
    return np.asarray(over[chosen, np.arange(count)])
