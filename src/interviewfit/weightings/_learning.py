"""Priorities learned from choices: a posterior, with what is odd about the choices.

The logarithm of each priority has a normal prior, so that the priority is above 0. Its
expectation is the priority that the candidate states, 1 if none, so that without
choices nothing changes. Its standard deviation is such that the upper end of the
plausible range in the registry, 5 or twice what is stated, is 1.96 of them away from
what is stated. Pay keeps its priority, because it is the measure of all others.

Reference: D. McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", in
P. Zarembka (ed.), "Frontiers in Econometrics" (1974), 105-142.
"""

from collections.abc import Iterable, Sequence
from math import log, sqrt

import numpy as np

from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision, pay_as_reading
from interviewfit._model.domain import Candidate
from interviewfit._model.fields import check_kind, to_tuple
from interviewfit._model.parameters import PRIORS
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._numeric.statistics import weighted_quantiles
from interviewfit.errors import InvalidFieldError
from interviewfit.weightings._choices import Choice, JobChoice, PastDecision, TradeOff
from interviewfit.weightings._judgements import Judgements, PastFit
from interviewfit.weightings._oddities import contradictions, foretold, silent
from interviewfit.weightings._priorities import (
    ENDS,
    LearnedPriority,
    PriorityPosterior,
)
from interviewfit.weightings._sampling import (
    NormalPrior,
    WeightedDraws,
    least_rows,
    sample_posterior,
)

MOST_CHOICES = 100_000
"""More answers are refused: nobody gives so many."""
MOST_PAST = 50
"""More past decisions are refused: each is a chain to be solved at all draws."""
MOST_ASPECTS = 15
"""Of more aspects the draws would no longer be exact enough."""

# The upper end of a range lies so many standard deviations above the middle.
_Z = 1.959963984540054
# The upper end of the range of a priority that nobody states, and of a larger one.
_HIGH, _TIMES = 5.0, 2.0
# A standard error beyond this share of the standard deviation is told.
_ROUGH = 0.02
# Rows of a past decision that show what it takes.
_TRIED = 8


def learn_priorities(
    choices: Iterable[Choice],
    *,
    candidate: Candidate | None = None,
    assumptions: Assumptions | None = None,
) -> PriorityPosterior:
    """What choices tell of somebody's priorities: a posterior, the same each time.

    The work grows with the choices, times the aspects that they concern. Where past
    decisions would take more than some seconds those with the most stages ahead are
    left out, and the notes say how many.

    Args:
        choices: Choices between two jobs, trade-offs against pay, and past decisions,
            in any order. None is taken back: of two that contradict each other both
            count, and the notes say so.
        candidate: With the priorities that they state, as prior expectation, and what
            past decisions were made with; a usual one if None.
        assumptions: What past decisions were made with, and the prior of the error.

    Raises:
        InvalidFieldError: If an entry is no choice, there are more than 100,000
            choices, 50 past decisions or 15 aspects, or pay counts for nothing.

    >>> from interviewfit.weightings import JobChoice, TradeOff
    >>> choices = [
    ...     JobChoice(chosen={"commute": 13}, rejected={"pay": 15}),
    ...     TradeOff(aspect="commute", change=13, pay=18),
    ... ]
    >>> learn_priorities(choices)
    <PriorityPosterior from 2 choices: commute 1.3>
    """
    who = Candidate() if candidate is None else candidate
    numbers = Assumptions() if assumptions is None else assumptions
    check_kind("learn_priorities(candidate)", who, Candidate)
    check_kind("learn_priorities(assumptions)", numbers, Assumptions)
    entries = to_tuple(choices, "learn_priorities(choices)", "JobChoice(...)")
    _check_choices(entries, who)
    pairs = [entry for entry in entries if isinstance(entry, JobChoice)]
    trades = [entry for entry in entries if isinstance(entry, TradeOff)]
    decided = [entry for entry in entries if isinstance(entry, PastDecision)]
    decisions = [_decision(entry, who, numbers) for entry in decided]
    aspects = _aspects(pairs, trades, decisions, who)
    past = [
        PastFit(decision, aspects, entry.stayed)
        for decision, entry in zip(decisions, decided, strict=True)
    ]
    # A decision on pay alone tells nothing of what else counts.
    telling = [fit for fit in past if aspects and fit.is_telling]
    fixed = {**who.priorities, "pay": who.priorities.get("pay", 1.0)}
    prior = prior_of(aspects, who, numbers)
    used = _affordable(telling, prior)
    left_out = len(telling) - len(used)
    judgements = Judgements(aspects, fixed, pairs, trades, used)
    draws = sample_posterior(judgements, prior)
    notes = [
        *contradictions(entries),
        *foretold(judgements, entries, prior, draws),
        *(
            f"What you did about {fit.decision.opportunity.name} tells nothing of your "
            "priorities: a dealbreaker, or all else but the job, decided it."
            for fit in past
            if fit not in telling
        ),
        *silent(aspects, entries, who),
    ]
    if left_out:
        notes.append(
            f"Left out, because each takes long: {left_out} past "
            f"decision{'s' * (left_out > 1)} with the most stages ahead. What they "
            "tell would narrow the ranges."
        )
    if draws.standard_error > _ROUGH:
        notes.append(
            f"The figures are off by up to {100 * draws.standard_error:.0f} % of a "
            "standard deviation. Ask about fewer aspects at a time for more exact ones."
        )
    return _posterior(who, aspects, prior, draws, len(entries), notes)


def _affordable(past: Sequence[PastFit], prior: NormalPrior) -> list[PastFit]:
    """The past decisions that can be worked out often enough, in their order.

    Those that take the least come first, so that as many as can be are kept, and one at
    least. Equally many stages are taken to need as much.

    Args:
        past: All of them.
        prior: Of the log priorities.
    """
    needed, points = dict[int, float](), np.exp(np.tile(prior.mean, (_TRIED, 1)))
    for fit in past:
        if fit.stages not in needed:
            with counted() as effort:
                fit.gaps(points)
            needed[fit.stages] = effort.operations / _TRIED
    left, kept = largest_work() / least_rows(prior.mean.size), set[int]()
    work = [needed[fit.stages] for fit in past]
    for number in np.argsort(work, kind="stable").tolist():
        left -= work[number]
        if left >= 0.0 or not kept:
            kept.add(number)
    return [fit for number, fit in enumerate(past) if number in kept]


def _check_choices(entries: Sequence[object], who: Candidate) -> None:
    """Refuse what is no choice, and more than can be worked through.

    Args:
        entries, who: What came for the choices, and who made them.

    Raises:
        InvalidFieldError: If an entry is of another type, there are too many, or pay
            counts for nothing.
    """
    where = "learn_priorities(choices)"
    for entry in entries:
        if not isinstance(entry, JobChoice | TradeOff | PastDecision):
            expected = "of JobChoice, TradeOff or PastDecision values"
            raise InvalidFieldError(where, expected, entry)
    count = sum(isinstance(entry, PastDecision) for entry in entries)
    if len(entries) - count > MOST_CHOICES:
        expected = f"at most {MOST_CHOICES:,} choices"
        remedy = "Keep the latest."
        raise InvalidFieldError(where, expected, len(entries) - count, remedy)
    if count > MOST_PAST:
        expected = f"at most {MOST_PAST} past decisions"
        raise InvalidFieldError(where, expected, count, "Keep the latest.")
    if not who.priorities.get("pay", 1.0):
        expected = "with a priority of pay above 0: all others are measured by it"
        remedy = "Leave out the priority of pay."
        raise InvalidFieldError("learn_priorities(candidate)", expected, 0.0, remedy)


def _decision(
    entry: PastDecision, who: Candidate, assumptions: Assumptions
) -> Decision:
    """A past decision as it stood.

    Args:
        entry, who, assumptions: What was decided, by whom, and with which defaults.
    """
    job = pay_as_reading(who, entry.opportunity, assumptions)
    return Decision(candidate=who, opportunity=job, assumptions=assumptions)


def _aspects(
    pairs: Sequence[JobChoice],
    trades: Sequence[TradeOff],
    decisions: Sequence[Decision],
    who: Candidate,
) -> tuple[str, ...]:
    """The aspects of which something is said, in their usual order.

    Args:
        pairs, trades, decisions: What was said and done.
        who: An aspect that they say counts for nothing is left out; so is pay.

    Raises:
        InvalidFieldError: If there are more than 15.
    """
    named = {aspect for pair in pairs for aspect in pair.differences}
    named |= {trade.aspect for trade in trades}
    for decision in decisions:
        posterior = compile_problem(decision).posterior
        named |= posterior.beliefs.keys() - set(posterior.unknown)
    idle = {aspect for aspect, weight in who.priorities.items() if not weight}
    learned = named - idle - {"pay"}
    if len(learned) > MOST_ASPECTS:
        expected = f"about at most {MOST_ASPECTS} aspects besides pay"
        remedy = "Learn them in several groups, or put some together."
        where, value = "learn_priorities(choices)", sorted(learned)
        raise InvalidFieldError(where, expected, value, remedy)
    usual = [aspect for aspect in ASPECTS if aspect in learned]
    return (*usual, *sorted(learned - set(usual)))


def prior_of(
    aspects: Sequence[str], who: Candidate, assumptions: Assumptions
) -> NormalPrior:
    """The prior of the log priorities and of the log error.

    A normal logarithm with the mean log(p) - sd**2 / 2 has the expectation p, so that
    the expected priority is the stated one.

    Args:
        aspects, who: Whose expected priorities are those that the candidate states.
        assumptions: Has the middle of the error; how wide it is comes from its range.
    """
    stated = np.array([who.priorities.get(aspect, 1.0) for aspect in aspects])
    widest = np.log(_HIGH)
    # As wide for a small priority as for one that nobody states.
    ends = np.maximum(_HIGH, _TIMES * stated)
    sd = np.minimum(widest, np.log(ends / np.where(stated, stated, 1.0))) / _Z
    row = PRIORS["choice_error"]
    return NormalPrior(
        mean=np.asarray(np.log(np.where(stated, stated, 1.0)) - 0.5 * sd**2),
        sd=np.asarray(sd),
        error_mean=log(assumptions["choice_error"]),
        error_sd=log(row.high / row.low) / (2.0 * _Z),
    )


def _posterior(
    who: Candidate,
    aspects: Sequence[str],
    prior: NormalPrior,
    draws: WeightedDraws,
    count: int,
    notes: Sequence[str],
) -> PriorityPosterior:
    """The draws as an answer: for each aspect its mean, quantiles and spread.

    Args:
        who, aspects, prior: Whose priorities, of what, and what was assumed of them.
        draws, count, notes: The posterior, of how many choices, and what is odd.
    """
    weights, learned = draws.weights, []
    shares = (ENDS[0], 0.5, ENDS[1])
    for number, aspect in enumerate(aspects):
        column = draws.log_priorities[:, number]
        mean = float(weights @ column)
        low, middle, high = np.exp(weighted_quantiles(column, weights, shares))
        learned.append(
            LearnedPriority(
                aspect=aspect,
                mean=float(weights @ np.exp(column)),
                low=float(low),
                median=float(middle),
                high=float(high),
                log_sd=sqrt(float(weights @ (column - mean) ** 2)),
                prior_log_sd=float(prior.sd[number]),
            )
        )
    low, middle, high = np.exp(weighted_quantiles(draws.log_errors, weights, shares))
    return PriorityPosterior(
        candidate=who,
        priorities=tuple(learned),
        choice_error=(float(low), float(middle), float(high)),
        choices=count,
        draws=np.exp(draws.log_priorities),
        error_draws=np.exp(draws.log_errors),
        weights=weights,
        standard_error=draws.standard_error,
        notes=tuple(notes),
    )
