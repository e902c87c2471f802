"""Which two jobs to compare next: the pair whose answer is worth most, in hours.

Value is linear in the priorities for each way of acting. So the best way of acting
under a posterior is the best under its mean w, and its value is V(w), with V the value
of the best action. With w_y the mean once the answer is y, an answer is worth

    E[V(w_y)] - V(w) >= 0,

because V is convex and the mean of w_y is w (the expected value of sample information).
Knowing the priorities for sure is worth E[V(p)] - V(w), the expected value of perfect
information, which no answer exceeds.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961).
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

import numpy as np
from attrs import field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.problems import compile_problem
from interviewfit._model.decision import Decision
from interviewfit._model.fields import check_kind
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.parameters import PARAMETERS, quoted
from interviewfit._model.units import PercentOfPay, Probability, Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import counted, largest_work
from interviewfit._numeric.statistics import weighted_quantiles
from interviewfit._results.tables import Tabular
from interviewfit._text.amounts import hours_of, percent_of
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.weightings._choices import JobChoice
from interviewfit.weightings._learning import prior_of
from interviewfit.weightings._priorities import PriorityPosterior

# By how much a job is better in one aspect, percent of pay.
_SIZES = (10.0, 20.0)
# The other job is as good at these quantiles of the ratio of two priorities.
_SHARES = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)
# Beyond this nobody can imagine a job, percent of pay.
_LARGEST = 60.0
# Draws for what knowing the priorities for sure is worth.
_DRAWS = 1000
# So many are worked out first, to see what they take; fewer where each takes long, of
# which the very first may take a share of what there is.
_FEW, _FIRST, _FIRST_SHARE = 50, 5, 0.02
_SEED = 1
_MOST = PARAMETERS["priorities.<aspect>"].high
_MINUTES_PER_HOUR = 60.0


@frozen(kw_only=True, repr=False)
class NextChoice(Tabular):
    """Two jobs to compare next. Made by ``next_choice``.

    Attributes:
        first, second: What each has, by aspect: percent of pay that most people would
            give up for it, against the present job; all else is equal.
        value: What the answer is worth to the decision, hours.
        cost: What it takes to give it, hours.
        first_probability: That the first is chosen.
        value_of_knowing: What knowing all priorities for sure would be worth, hours.
        pairs: How many pairs of jobs were compared; the best of all that make sense may
            be worth more where they are few because the decision takes long.
    """

    first: Mapping[str, PercentOfPay] = field(converter=freeze)
    second: Mapping[str, PercentOfPay] = field(converter=freeze)
    value: Worth
    cost: Worth
    first_probability: Probability
    value_of_knowing: Worth
    pairs: int = 0

    def __repr__(self) -> str:
        pair = f"{dict(self.first)} or {dict(self.second)}"
        return f"<NextChoice: {pair}, worth {self.value:.2f} h>"

    def __str__(self) -> str:
        jobs = " or ".join(_described(job) for job in (self.first, self.second))
        return (
            f"Which of two jobs would you take, all else equal: {jobs}? "
            f"Your answer is worth {hours_of(self.value)}."
        )

    _repr_html_ = show_lines

    def answer(self, *, first: bool) -> JobChoice:
        """The choice between the two, for ``learn_priorities``.

        Args:
            first: Whether the first is chosen.
        """
        if first:
            return JobChoice(chosen=self.first, rejected=self.second)
        return JobChoice(chosen=self.second, rejected=self.first)


def _described(job: Mapping[str, PercentOfPay]) -> str:
    """A job of a question in words."""
    return " and ".join(
        f"with {percent_of(size)} of pay"
        if aspect == "pay"
        else f"with so much better {aspect} that most people would give up "
        f"{size:.0f} % of pay for it"
        for aspect, size in job.items()
    )


def next_choice(
    assessment: Assessment, posterior: PriorityPosterior, *, minutes: float = 1.0
) -> NextChoice | None:
    """The two jobs whose comparison is worth most to a decision, in hours.

    The jobs differ in two aspects, because people judge many at once less well. The
    work grows with the aspects and the stages; where it would take more than some
    seconds, fewer pairs of jobs are looked at.

    Args:
        assessment: Of the decision, of one opportunity without others beside it.
        posterior: What is known of the priorities; aspects of which nothing is known
            yet have their prior.
        minutes: Time that an answer takes; each hour counts as the candidate weighs it.

    Returns:
        None if no answer is worth its time.

    Raises:
        InvalidFieldError: If an argument is of another type, *minutes* is below 0, or
            other processes run beside the opportunity.

    >>> from interviewfit import Belief, Candidate, Opportunity, assess, corporate
    >>> from interviewfit.weightings import learn_priorities
    >>> beliefs = {"pay": Belief(mean=12, sd=3), "role": Belief(mean=-35, sd=5)}
    >>> job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
    >>> choice = next_choice(assess(Candidate(), job), learn_priorities([]))
    >>> sorted([*choice.first, *choice.second]), choice.value > 1
    (['culture', 'role'], True)
    """
    check_assessment(assessment, "next_choice(assessment)")
    check_kind("next_choice(posterior)", posterior, PriorityPosterior)
    if not (isinstance(minutes, int | float) and 0.0 <= minutes < np.inf):
        raise InvalidFieldError("next_choice(minutes)", "at least 0", minutes)
    decision = assessment.decision
    if decision.beside:
        expected = "of one opportunity alone: beside others values are not convex"
        names = [job.name for job in decision.beside]
        remedy = "Assess it without beside=."
        raise InvalidFieldError("next_choice(assessment)", expected, names, remedy)
    if assessment.hard_stops or assessment.phase is Phase.REJECTED:
        return None
    belief = _Belief(decision, posterior)
    if not belief.aspects:
        return None
    questions, drawn = belief.affordable(list(belief.questions()))
    chances = belief.first_chances(questions)
    first = belief.weights @ chances
    sums = (belief.weights[:, None] * chances).T @ belief.draws
    now = belief.weights @ belief.draws
    # An answer that is next to impossible leaves the mean where it is.
    likely = np.minimum(first, 1.0 - first) > 1e-9
    after_first = np.where(likely[:, None], sums / first[:, None], now)
    after_second = np.where(likely[:, None], (now - sums) / (1.0 - first)[:, None], now)
    picked = belief.draws[:drawn]
    values = belief.values(np.vstack([now, after_first, after_second, picked]))
    count = len(questions)
    after = first * values[1 : count + 1]
    after += (1.0 - first) * values[count + 1 : 2 * count + 1]
    gains = np.maximum(after - values[0], 0.0)
    weights = belief.weights[: len(picked)]
    knowing = float(weights @ values[2 * count + 1 :] / weights.sum() - values[0])
    best = int(np.argmax(gains))
    cost = minutes / _MINUTES_PER_HOUR * decision.candidate.weights.time
    if gains[best] <= cost:
        return None
    left, right = questions[best]
    return NextChoice(
        first=left,
        second=right,
        value=float(gains[best]),
        cost=cost,
        first_probability=float(first[best]),
        value_of_knowing=max(knowing, float(gains[best])),
        pairs=len(questions),
    )


class _Belief:
    """Draws of the priorities that bear on a decision.

    Args:
        decision: Whose priorities vary.
        posterior: What is known of them.
    """

    def __init__(self, decision: Decision, posterior: PriorityPosterior) -> None:
        who = posterior.candidate
        self.decision = decision
        beliefs = compile_problem(decision).posterior.beliefs
        learned = [entry.aspect for entry in posterior.priorities]
        fixed = {name for name, number in who.priorities.items() if not number}
        new = [name for name in beliefs if name not in {*learned, *fixed, "pay"}]
        prior = prior_of(new, who, decision.assumptions)
        generator = np.random.default_rng(_SEED)
        z = generator.standard_normal((len(posterior.weights), len(new)))
        columns = [posterior.draws, np.exp(prior.mean + prior.sd * z)]
        bearing = [name in beliefs for name in (*learned, *new)]
        # In random order, so that the first ones stand for all.
        order = generator.permutation(len(posterior.weights))
        self.draws = np.hstack(columns)[order][:, bearing]
        self.errors = posterior.error_draws[order]
        self.weights = posterior.weights[order]
        self.aspects = [
            name for name, has in zip((*learned, *new), bearing, strict=True) if has
        ]
        self.pay = who.priorities.get("pay", 1.0)

    def values(self, points: FloatArray) -> FloatColumn:
        """The value of the best action, hours, at priorities ``(points, aspects)``."""
        columns = {
            f"priorities.{quoted(name)}": np.minimum(column, _MOST)
            for name, column in zip(self.aspects, points.T, strict=True)
        }
        return evaluate_rows(self.decision, columns, exact_rows=False).value

    def affordable(
        self, questions: list[tuple[dict[str, float], dict[str, float]]]
    ) -> tuple[list[tuple[dict[str, float], dict[str, float]]], int]:
        """The questions and the number of draws that can be worked out.

        Of more questions than that some are left out evenly.

        Args:
            questions: All of them.
        """
        draws, wanted = 2 * _DRAWS, 2 * (_DRAWS + len(questions))
        left, few = largest_work(), _FIRST
        with counted() as effort:
            self.values(self.draws[:few])
        if effort.operations <= _FIRST_SHARE * left:
            # Many at once take less each.
            few = _FEW
            with counted() as effort:
                self.values(self.draws[:few])
        else:
            left -= effort.operations
        share = left / max(1.0, effort.operations / few * wanted)
        if share >= 1.0:
            return questions, draws
        step = ceil(1.0 / share)
        return questions[::step], max(few, draws // step)

    def questions(self) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
        """Pairs of jobs that differ in pay and an aspect, or in two aspects."""
        columns = {"pay": np.full(len(self.weights), self.pay)}
        columns |= dict(zip(self.aspects, self.draws.T, strict=True))
        seen = set()
        names = list(columns)
        for number, name in enumerate(names):
            for other in names[:number]:
                ratios = weighted_quantiles(
                    columns[name] / columns[other], self.weights, _SHARES
                )
                for size in _SIZES:
                    for ratio in ratios:
                        against = round(size * ratio)
                        key = (name, other, size, against)
                        if 1.0 <= against <= _LARGEST and key not in seen:
                            seen.add(key)
                            yield {name: size}, {other: float(against)}

    def first_chances(
        self, questions: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]
    ) -> FloatArray:
        """The chance that the first job is chosen, ``(draws, questions)``."""
        numbers = {name: number for number, name in enumerate(self.aspects)}
        rows = np.zeros((len(questions), len(self.aspects)))
        pay = np.zeros(len(questions))
        for row, question in enumerate(questions):
            for sign, job in zip((1.0, -1.0), question, strict=True):
                for name, size in job.items():
                    if name in numbers:
                        rows[row, numbers[name]] += sign * size
                    else:
                        pay[row] += sign * self.pay * size
        gains = (self.draws @ rows.T + pay) / self.errors[:, None]
        return np.asarray(0.5 + 0.5 * np.tanh(0.5 * gains))
