"""What is known of somebody's priorities once they have chosen: a posterior."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from interviewfit._assessment.assessing import Assessment, check_assessment
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._model.domain import Candidate
from interviewfit._model.frozen_dict import freeze
from interviewfit._model.parameters import PARAMETERS, quoted
from interviewfit._model.units import Factor, PercentOfPay, Probability, number_of
from interviewfit._model.vocabulary import ACTIONS, Action
from interviewfit._numeric.arrays import FloatArray, FloatColumn, read_only
from interviewfit._process.parameters import list_inputs
from interviewfit._results.tables import Tabular
from interviewfit._text.html import show_lines
from interviewfit._text.labels import is_plural

# Ends of an interval that holds 95 %.
ENDS = (0.025, 0.975)
# Draws by which shares of actions are counted.
_COUNTED = 2000
# A standard deviation of this share of the prior's has hardly been narrowed.
_OPEN = 0.9
# The largest priority that is taken.
_MOST = PARAMETERS["priorities.<aspect>"].high


@frozen(kw_only=True)
class LearnedPriority:
    """What is known of the priority of one aspect. Made by ``learn_priorities``.

    Attributes:
        aspect: Which.
        mean: Its expectation, which is what to decide with: for a fixed way of acting
            value is linear in priorities.
        low, median, high: Its 2.5, 50 and 97.5 % quantiles.
        log_sd: Standard deviation of its natural logarithm.
        prior_log_sd: The same before any choice.
    """

    aspect: str
    mean: Factor
    low: Factor
    median: Factor
    high: Factor
    log_sd: float
    prior_log_sd: float

    @property
    def learned(self) -> Probability:
        """Share of the prior variance of its logarithm that the choices removed."""
        if not self.prior_log_sd:
            return 0.0
        return max(0.0, 1.0 - (self.log_sd / self.prior_log_sd) ** 2)


@frozen(kw_only=True, eq=False, repr=False)
class PriorityPosterior(Tabular):
    """What is known of somebody's priorities. Made by ``learn_priorities``.

    Attributes:
        candidate: With the priorities as they were stated; that of pay stays, because
            all others are measured by it.
        priorities: What is known of each aspect that the choices speak of.
        choice_error: Scale of the error of a choice, percent of pay: its 2.5, 50 and
            97.5 % quantiles.
        choices: Number of choices, trade-offs and past decisions.
        draws: Of the priorities, ``(draws, aspects)``.
        error_draws: Of the error, ``(draws,)``.
        weights: Of the draws; they sum to 1, ``(draws,)``.
        standard_error: Largest error, by the draws, of a mean or standard deviation of
            a logarithm, as a share of that standard deviation.
        notes: What is odd about the choices, and what to do about it.
    """

    _row_name: ClassVar[str] = "priorities"

    candidate: Candidate
    priorities: tuple[LearnedPriority, ...]
    choice_error: tuple[PercentOfPay, PercentOfPay, PercentOfPay]
    choices: int
    draws: FloatArray = field(converter=read_only)
    error_draws: FloatColumn = field(converter=read_only)
    weights: FloatColumn = field(converter=read_only)
    standard_error: Probability
    notes: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        means = ", ".join(
            f"{entry.aspect} {entry.mean:.2g}" for entry in self.priorities
        )
        return f"<PriorityPosterior from {number_of(self.choices, 'choice')}: {means}>"

    def __str__(self) -> str:
        count = number_of(self.choices, "choice")
        lines = [f"What you care about, by {count}, with 95 % intervals:"]
        for entry in self.priorities:
            verb = "count" if is_plural(entry.aspect) else "counts"
            line = (
                f"{entry.aspect} {verb} {entry.mean:.2g} times "
                f"({entry.low:.2g} to {entry.high:.2g})"
            )
            if entry.log_sd > _OPEN * entry.prior_log_sd:
                line += ", which is still open"
            lines.append(line)
        low, middle, high = self.choice_error
        lines.append(
            f"Your choices are off by about {middle:.2g} % of pay ({low:.2g} to "
            f"{high:.2g})."
        )
        return "\n".join([*lines, *self.notes])

    _repr_html_ = show_lines

    @property
    def limits(self) -> Mapping[str, tuple[Factor, Factor]]:
        """The 95 % interval of each priority, for ``certify`` and ``acceptability``."""
        return freeze(
            {
                entry.aspect: (min(entry.low, _MOST), min(entry.high, _MOST))
                for entry in self.priorities
            }
        )

    def to_candidate(self) -> Candidate:
        """The candidate with the expected priorities.

        That is whom to assess: value is linear in the priorities for each way of
        acting, so the best way of acting under all of them is that under their mean.
        """
        learned = {entry.aspect: min(entry.mean, _MOST) for entry in self.priorities}
        priorities = {**self.candidate.priorities, **learned}
        return evolve(self.candidate, priorities=priorities)

    def ranges(self, assessment: Assessment) -> Mapping[str, tuple[Factor, Factor]]:
        """The 95 % intervals by name, widened to hold the present priority.

        Args:
            assessment: Whose ``robustness`` they are for; aspects that do not occur in
                it are left out.

        Raises:
            InvalidFieldError: If it is no assessment.
        """
        check_assessment(assessment, "ranges(assessment)")
        inputs = {entry.name: entry.value for entry in list_inputs(assessment.decision)}
        ranges = {}
        for aspect, (low, high) in self.limits.items():
            name = f"priorities.{quoted(aspect)}"
            if name in inputs:
                ranges[name] = min(low, inputs[name]), max(high, inputs[name])
        return freeze(ranges)

    def action_shares(self, assessment: Assessment) -> Mapping[Action, Probability]:
        """The probability that each action is best, given what was learned.

        Args:
            assessment: Of any candidate; its priorities are replaced by draws.

        Raises:
            InvalidFieldError: If it is no assessment.
        """
        check_assessment(assessment, "action_shares(assessment)")
        decision = assessment.decision
        names = {entry.name for entry in list_inputs(decision)}
        draws = self.draws[self.resample(_COUNTED)]
        columns = {
            name: np.minimum(column, _MOST)
            for entry, column in zip(self.priorities, draws.T, strict=True)
            if (name := f"priorities.{quoted(entry.aspect)}") in names
        }
        if not columns:
            return freeze({assessment.action: 1.0})
        codes = evaluate_rows(decision, columns).codes
        counts = np.bincount(codes, minlength=len(ACTIONS)) / codes.size
        shares = {a: float(n) for a, n in zip(ACTIONS, counts, strict=True) if n}
        return freeze(dict(sorted(shares.items(), key=lambda pair: -pair[1])))

    def resample(self, count: int) -> "np.typing.NDArray[np.intp]":
        """Numbers of so many draws that all count alike, the same each time."""
        points = (np.arange(count) + 0.5) / count
        numbers = np.searchsorted(np.cumsum(self.weights), points)
        return np.minimum(numbers, len(self.weights) - 1)
