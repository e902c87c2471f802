"""Probabilistic sensitivity analysis: whether the advice holds if guesses are wrong.

Every guess is drawn from its range (``_sampling``), the decision is made again for each
draw, and the answers are counted. From 90 % that agree the answer is *clear*, from 70 %
it *leans*, below it is *too close to call*. Two answers agree if they are the same
action; *finish politely* and *continue* count as different.

What knowing one number brings: draws are sorted into bins by it, and each bin takes the
answer that most of *the other half* of its draws give (cross-fitting, so on average the
estimate is never too high). The share that agrees is compared with that of one answer
for all. Mean values in place of counts give the expected value of partial perfect
information (EVPPI), hours: M. Strong and J. E. Oakley, Medical Decision Making 33
(2013) 755-766. Agreement is also counted in the lowest quarter of the number and in the
highest. Effects below four standard errors are treated as noise.
"""

from collections.abc import Mapping, Sequence
from math import floor, nan, sqrt
from typing import Annotated

import attrs
import numpy as np
from attrs import field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._model.draws import RandomSource, check_count, random_generator
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.progress import Progress
from interviewfit._model.units import Probability, Worth, number_of
from interviewfit._model.vocabulary import (
    ACTION_CODES,
    ACTIONS,
    Action,
    Agreement,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import counted
from interviewfit._numeric.root_finding import ActionCodes
from interviewfit._numeric.statistics import QuantileSummary, wilson_interval
from interviewfit._process.parameters import Parameter, find_parameter
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, share_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.html import show_lines
from interviewfit._text.labels import label
from interviewfit._text.reasons_text import stop_words
from interviewfit.sensitivity._sampling import (
    Ranges,
    sampled_parameters,
    triangular_ppf,
    uniform_draws,
)
from interviewfit.sensitivity._side_values import with_and_without_side_values
from interviewfit.sensitivity._work import DrawBlocks, few_draws_line

_CLEAR, _LEANS = 0.9, 0.7
_MOST_DRAWS = 1_000_000
_BINS = 16
_QUARTER = _BINS // 4
_NOISE = 4.0


@frozen(kw_only=True)
class InfluentialInput:
    """A number on which the answer depends, beyond noise.

    Attributes:
        name: Of the number (``list_inputs``).
        label: What it stands for, in words.
        low, high: Ends of its range.
        unit: Of both.
        agree_low, agree_high: Share of agreeing draws in its lowest, highest quarter.
        share_if_known: Share of draws that would agree if the number were known.
        standard_error: Of the gain in that share over one answer for all draws.
        value: Expected value of knowing the number (EVPPI), hours.
    """

    name: str
    label: str
    low: float
    high: float
    unit: str
    agree_low: Probability
    agree_high: Probability
    share_if_known: Probability
    standard_error: Probability
    value: Worth


@frozen(kw_only=True, repr=False)
class Robustness(Tabular):
    """How many draws of the guesses agree with the advice. Made by ``robustness``.

    Attributes:
        opportunity: Name of the opportunity.
        action: The advice.
        draws: How many draws were made.
        limited: Whether they are fewer than usual because each takes long. How far off
            *share* may be for that, *interval* tells.
        share: Share of draws with the same answer.
        interval: Wilson's 95 % interval of that share.
        shares: Of each answer that some draw gives; they sum to 1.
        share_without_side_values: Share of draws with the same answer if contacts,
            practice and other roles count for nothing.
        margin: By how much the advised action beats the best other one, hours.
        influential: Numbers on which the answer depends, the most decisive first.
        hard_stops: Dealbreakers met: the answer is forced.
    """

    opportunity: str
    action: Action
    draws: int
    share: Probability
    interval: tuple[Probability, Probability]
    shares: Mapping[Action, Probability] = field(converter=freeze)
    share_without_side_values: Probability
    margin: Annotated[QuantileSummary, "hours"]
    influential: tuple[InfluentialInput, ...] = ()
    hard_stops: tuple[str, ...] = ()
    limited: bool = False

    @property
    def agreement(self) -> Agreement:
        """Clear from 90 %, leans from 70 %, else too close to call.

        With a dealbreaker it is clear: how to leave may still vary in mid-interview.
        """
        if self.share >= _CLEAR or self.hard_stops:
            return Agreement.CLEAR
        return Agreement.LEANS if self.share >= _LEANS else Agreement.CLOSE

    @property
    def headline(self) -> str:
        """How sure the advice is, in a sentence."""
        if self.hard_stops:
            return f"Certain: {stop_words(self.hard_stops)}, whatever the numbers."
        word = self.agreement.value.replace("_", " ").capitalize()
        low, high = (f"{100 * end:.0f}" for end in self.interval)
        interval = f" ({low} to {high} %)" if low != high else ""
        agree = f"{_at_least(self.share)} of plausible assumptions"
        return f"{word}: {agree} lead to this advice{interval}."

    def __str__(self) -> str:
        advice = HEADLINES[self.action]
        lines = [f"{self.opportunity}: {advice}. {self.headline}"]
        others = [
            f"{HEADLINES[action]} ({share_of(share)})"
            for action, share in self.shares.items()
            if action is not self.action and share >= 0.01
        ]
        if others:
            lines.append(f"Other assumptions lead to: {', '.join(others)}.")
        if self.limited:
            lines.append(few_draws_line(self.draws, self.share, self.interval))
        if not self.hard_stops:
            share = _at_least(self.share_without_side_values)
            terms = "contacts, practice and other roles"
            lines.append(f"Without the value of {terms}: {advice} in {share}.")
            low, high = self.margin.low, self.margin.high
            if low < high:
                gain = f"{hours_of(low)} and {hours_of(high)} in nine draws of ten"
                lines.append(f"Against the next best action it gains between {gain}.")
            for best in self.influential[:1]:
                agree = f"{_at_least(best.agree_low)} agree where that is low"
                agree += f", {_at_least(best.agree_high)} where it is high"
                lines.append(f"It depends most on {best.label}: {agree}.")
        return "\n  ".join(lines)

    def __repr__(self) -> str:
        agree = f"{self.share:.1%} of {number_of(self.draws, 'draw')} agree"
        return f"<Robustness of {self.action.value!r}: {agree}>"

    _repr_html_ = show_lines


def _at_least(share: Probability) -> str:
    """A share in whole percent, rounded down so that it never claims too much."""
    if 0.99 < share < 1.0:
        return "over 99 %"
    return share_of(floor(100.0 * share + 1e-9) / 100.0 if share >= 0.01 else share)


def robustness(
    assessment: Assessment,
    draws: int | None = None,
    rng: RandomSource = 0,
    *,
    include_stated: bool = False,
    ranges: Ranges | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """Probabilistic sensitivity analysis: the share of plausible guesses that agree.

    The work grows with the draws, times the stages of all processes. Unless you state
    *draws*, there are 10,000, or fewer if these would take more than some seconds; the
    answer then says how many, and how far off the share may be.

    Args:
        assessment: What ``assess`` returned.
        draws: How many, from 1 to a million; None for as many as is said above.
        rng: Whatever ``numpy.random.default_rng`` takes. None draws anew each time.
        include_stated: Whether stated numbers are drawn too, within three sds.
        ranges: Ends by name, in the number's unit, as ``{"stages[0].hours": (1, 4)}``.
        progress: Called with draws done and draws in all after every block. Draws that
            take too long are called done at the end.

    Returns:
        Shares of draws, 0 to 1, and margins in hours.

    Raises:
        InvalidFieldError: If an argument is not what is described here.

    >>> from interviewfit import Candidate, Opportunity, assess, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> robustness(assess(Candidate(), job), draws=1000).agreement.value
    'clear'
    """
    check_assessment(assessment, "robustness(assessment)")
    if draws is not None:
        check_count("robustness(draws)", draws, _MOST_DRAWS)
    generator = random_generator("robustness(rng)", rng)
    parameters = sampled_parameters(assessment.decision, include_stated, ranges)
    blocks, rivals = DrawBlocks(draws), KnownRivals.of(assessment.decision, assessment)
    return robustness_of_draws(
        assessment, parameters, blocks, generator, rivals, progress=progress
    )


def robustness_of_draws(
    assessment: Assessment,
    parameters: Sequence[Parameter],
    blocks: DrawBlocks,
    generator: "np.random.Generator",
    rivals: KnownRivals,
    *,
    is_brief: bool = False,
    progress: Progress | None = None,
) -> Robustness:
    """As ``robustness``, of so many draws of some numbers.

    Args:
        assessment, progress: As ``robustness`` takes them.
        parameters: What is drawn.
        blocks: How many draws.
        generator: Draws them.
        rivals: What other rows of the decision have shown; updated.
        is_brief: Whether the share without side values, which takes as long as all
            others, is left out (nan).
    """
    decision = assessment.decision
    if not parameters:
        # Everything was stated: each draw is the decision itself.
        fixed = find_parameter(decision, "fallback")
        parameters = (attrs.evolve(fixed, low=fixed.value, high=fixed.value),)
    known = rivals, KnownRivals()
    if progress:
        progress(0, blocks.wanted)
    rankings, bins, done = [], [], 0
    code, agreeing = ACTION_CODES[assessment.action], 0
    for uniform in uniform_draws(parameters, generator, blocks):
        columns = {
            parameter.name: triangular_ppf(parameter, uniform[parameter])
            for parameter in parameters
        }
        drawn = [uniform[parameter] * _BINS for parameter in parameters]
        bins.append(np.array(drawn).astype(np.int8))
        with counted() as effort:
            if is_brief:
                rankings.append(evaluate_rows(decision, columns, rivals))
            else:
                ranking, alone = with_and_without_side_values(decision, columns, known)
                rankings.append(ranking)
                agreeing += int((alone.codes == code).sum())
        done += bins[-1].shape[1]
        blocks.spent(done, effort.operations)
        if progress:
            progress(done, blocks.wanted)
    if progress and done < blocks.wanted:
        progress(blocks.wanted, blocks.wanted)
    draws = done
    ranking = Ranking.joined(rankings)
    counts = np.bincount(ranking.codes, minlength=len(ACTIONS))
    share = float(counts[code]) / draws
    by_count = sorted(zip(counts.tolist(), ACTIONS, strict=True), key=lambda x: -x[0])
    return Robustness(
        opportunity=assessment.opportunity,
        action=assessment.action,
        draws=draws,
        share=share,
        interval=wilson_interval(share, draws),
        shares={action: count / draws for count, action in by_count if count},
        share_without_side_values=nan if is_brief else agreeing / draws,
        margin=QuantileSummary.of(_margins(assessment.action, ranking)),
        influential=tuple(
            _influential(assessment, parameters, np.hstack(bins), ranking)
        ),
        hard_stops=assessment.hard_stops,
        limited=done < blocks.wanted,
    )


def _margins(action: Action, ranking: Ranking) -> FloatColumn:
    """By how much an action beats the best of the others, hours, ``(draws,)``.

    Args:
        action: The advice.
        ranking: Every action in each draw.
    """
    row = int(ranking.alternatives_of(np.array(ACTION_CODES[action])))
    if len(ranking.actions) == 1 or row < 0:
        return np.zeros(ranking.codes.size)
    others = np.delete(ranking.values, row, axis=0).max(axis=0)
    worth = ranking.values[row]
    # An action that is not open in a draw is behind by what is.
    return np.asarray(np.where(np.isfinite(worth), worth, 0.0) - others)


def _influential(
    assessment: Assessment,
    parameters: Sequence[Parameter],
    bins: ActionCodes,
    ranking: Ranking,
) -> list[InfluentialInput]:
    """Numbers on which the answer depends beyond noise, the most decisive first.

    Args:
        assessment: The advice that draws agree with or not.
        parameters: What was drawn.
        bins: The bin of each draw by each number, ``(parameters, draws)``.
        ranking: Every action in each draw.
    """
    codes = np.unique(ranking.codes, return_inverse=True)[1]
    votes = np.eye(int(codes.max()) + 1)[codes].T
    agrees = ranking.codes == ACTION_CODES[assessment.action]
    # An action that is not open in a draw is worth no more than the worst that is.
    is_open = np.isfinite(ranking.values)
    worst = np.where(is_open, ranking.values, np.inf).min(axis=0)
    worths = np.maximum(ranking.values, worst)
    ranked = []
    for parameter, bin_row in zip(parameters, bins, strict=True):
        low, high = agrees[bin_row < _QUARTER], agrees[bin_row >= _BINS - _QUARTER]
        if parameter.low == parameter.high or not (low.size and high.size):
            continue
        gains = cross_fitted_gain(bin_row, votes)
        gain, error = float(gains.mean()), float(gains.std()) / sqrt(codes.size)
        settles = gain > _NOISE * error
        difference = abs(float(low.mean()) - float(high.mean()))
        noise = _NOISE * sqrt(low.var() / low.size + high.var() / high.size)
        if settles or difference > noise:
            share = float(votes.mean(axis=1).max()) + (gain if settles else 0.0)
            influential = InfluentialInput(
                name=parameter.name,
                label=label(parameter, assessment.decision),
                low=parameter.low,
                high=parameter.high,
                unit=parameter.unit,
                agree_low=float(low.mean()),
                agree_high=float(high.mean()),
                share_if_known=share,
                standard_error=error,
                value=max(0.0, float(cross_fitted_gain(bin_row, worths).mean())),
            )
            ranked.append((share, difference, influential))
    ranked.sort(key=lambda item: item[:2], reverse=True)
    return [influential for *_, influential in ranked]


def cross_fitted_gain(bins: ActionCodes, scores: FloatArray) -> FloatColumn:
    """Gain per draw from choosing an option by the bin of an input, ``(draws,)``.

    Over the one best option for all, in the unit of *scores*; the option of a bin is
    the best one of the other half of the draws.

    Args:
        bins: The bin of each draw, ``(draws,)``, below 16.
        scores: Of each option in each draw, ``(options, draws)``.
    """
    count = scores.shape[1]
    best = int(scores.sum(axis=1).argmax())
    half = np.arange(count) % 2
    excess = scores - scores[best]
    groups = bins + _BINS * half
    sums = np.array([np.bincount(groups, row, 2 * _BINS) for row in excess])
    # Of equal options the one for all, so that an empty bin changes nothing.
    sums[best] += 1e-12
    chosen = sums.argmax(axis=0)[bins + _BINS * (1 - half)]
    return np.asarray(excess[chosen, np.arange(count)])
