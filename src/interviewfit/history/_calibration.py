"""Assumptions corrected by a person's own log.

A log changes the pass rates and hours of the stages that the model prices, where it has
enough answers or recorded hours, and the number of interviews done. All other defaults
stay. Whoever calibrates twice with the same log counts it twice.
"""

from collections.abc import Iterator
from math import fsum
from typing import ClassVar

from attrs import evolve, frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.parameters import spec_at
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import number_of
from interviewfit._model.vocabulary import StageKind
from interviewfit._results.tables import Tabular
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import PassRates, estimate_pass_rates

# What comes before an invitation, such as an application, has no price in the model.
_PRICED = frozenset(StageKind)


@frozen(kw_only=True)
class PriorChange:
    """A default that a log changed, or kept because it has too little data.

    Attributes:
        name: Name of the prior, such as ``"hr_screen.pass_rate"``.
        before: Its value without the log.
        after: Its value with the log; equal to *before* if the default is kept.
        reason: What the log says about it, a sentence.
    """

    name: str
    before: float
    after: float
    reason: str

    @property
    def kept(self) -> bool:
        """Whether the default is kept."""
        return self.after == self.before

    def __str__(self) -> str:
        if self.kept:
            return f"{self.name} stays {self.before:.3g}: {self.reason}"
        return f"{self.name} from {self.before:.3g} to {self.after:.3g}: {self.reason}"


@frozen(kw_only=True)
class Calibration(Tabular):
    """Assumptions corrected by a log. Made by ``calibrate``.

    Attributes:
        assumptions: The corrected assumptions, to be used from now on.
        changes: Every default that the log says something about, changed or kept.
        pass_rates: The estimates behind the changes.
    """

    _row_name: ClassVar[str] = "changes"

    assumptions: Assumptions
    changes: tuple[PriorChange, ...]
    pass_rates: PassRates

    def __repr__(self) -> str:
        changed = sum(not change.kept for change in self.changes)
        return f"<Calibration with {number_of(changed, 'default')} changed>"

    def __str__(self) -> str:
        # Sorting is stable: changed defaults first, each kind in its order.
        changes = sorted(self.changes, key=lambda change: change.kept)
        changed = sum(not change.kept for change in changes)
        first = f"Your log moves {changed} of the defaults."
        return "\n".join([first, *(f"  {change}" for change in changes)])

    def _repr_html_(self) -> str:
        return show_lines(self)


def calibrate(prior: Candidate | Assumptions, history: History) -> Calibration:
    """Return assumptions corrected by a person's own log.

    The work grows with the events.

    Args:
        prior: The assumptions before the log, usually the defaults with the number of
            interviews done; none that this log has changed already.
        history: Their event log.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> print(calibrate(Assumptions(), History()))
    Your log moves 0 of the defaults.
    """
    if isinstance(prior, Candidate):
        done = prior.interviews_done
        prior = Assumptions(numbers={} if done is None else {"interviews_done": done})
    elif not isinstance(prior, Assumptions):
        expected = "a Candidate or Assumptions"
        raise InvalidFieldError("calibrate(prior)", expected, prior)
    check_history(history, "calibrate(history)")
    estimates = estimate_pass_rates(history, prior)
    changes = tuple(_changes(estimates, prior))
    changed = {change.name: change.after for change in changes if not change.kept}
    corrected = evolve(prior, numbers={**prior.numbers, **changed})
    return Calibration(assumptions=corrected, changes=changes, pass_rates=estimates)


def _changes(estimates: PassRates, assumptions: Assumptions) -> Iterator[PriorChange]:
    """Yield pass rates, then hours, then interviews done, each changed or kept.

    Args:
        estimates: What the log says; only stages that the model prices count.
        assumptions: The values before the log (probabilities, hours, interviews) and,
            as ``learning_floor``, how often hours must be recorded to change a default.
    """
    practice = []
    for stage, rate in estimates.by_stage.items():
        if stage in _PRICED:
            practice.append(rate.total * assumptions[f"{stage}.practice"])
            name, before, after = f"{stage}.pass_rate", rate.default, rate.mean
            yield PriorChange(name=name, before=before, after=after, reason=f"{rate}.")
    floor = assumptions["learning_floor"]
    for stage, hours in estimates.hours.items():
        if stage in _PRICED:
            name = f"{stage}.hours"
            before, mean = assumptions[name], fsum(hours) / len(hours)
            after, end = mean, "."
            if len(hours) < floor:
                after, end = before, f"; fewer than {floor:g}, so the default is kept."
            times = number_of(len(hours), "time")
            reason = f"recorded {times}, {mean:.1f} h on average{end}"
            yield PriorChange(name=name, before=before, after=after, reason=reason)
    # After so many nobody learns anything in one more.
    name, most = "interviews_done", spec_at(("candidate", "interviews_done")).high
    done = min(fsum(practice), most)
    before = assumptions[name]
    # The candidate has done at least the interviews in the log.
    if done > before:
        reason = "interviews in the log, weighted by the practice each kind gives."
        yield PriorChange(name=name, before=before, after=done, reason=reason)
