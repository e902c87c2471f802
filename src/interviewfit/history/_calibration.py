"""A person's own log moves the defaults it speaks of.

Moved are pass rates and hours of the stages the model prices, where the log has answers
or hours enough, and how many interviews lie behind one. All else stays: a log in which
no other opening was written down cannot tell none from not written down.

Start from assumptions the log has not moved yet. Calibrated twice with one log, they
count it twice.
"""

from collections.abc import Iterator, Mapping
from math import fsum

from attrs import evolve, frozen

from interviewfit._model.domain import Candidate
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Hours
from interviewfit._model.vocabulary import StageKind
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import PassRate, PassRates, estimate_pass_rates

__all__ = ["Calibration", "PriorChange", "calibrate"]


@frozen(kw_only=True)
class PriorChange:
    """One default that a log moved, or left.

    Attributes:
        name: Of the prior.
        before: Its value without the log.
        after: Its value with it; the same if it was kept.
        why: A sentence.
    """

    name: str
    before: float
    after: float
    why: str

    @property
    def kept(self) -> bool:
        """Whether it is as before."""
        return self.after == self.before

    def __str__(self) -> str:
        if self.kept:
            return f"{self.name} stays {self.before:.3g}: {self.why}"
        return f"{self.name} from {self.before:.3g} to {self.after:.3g}: {self.why}"


@frozen(kw_only=True)
class Calibration:
    """What a log made of some assumptions. Made by ``calibrate``.

    Attributes:
        assumptions: To be used from now on.
        moves: What moved, from what to what, and why; and what the log speaks of
            without saying enough.
        funnel: What it was read from.
    """

    assumptions: Assumptions
    moves: tuple[PriorChange, ...]
    funnel: PassRates

    def __str__(self) -> str:
        moved = [one for one in self.moves if not one.kept]
        kept = [one for one in self.moves if one.kept]
        lines = [f"Your log moves {len(moved)} of the defaults."]
        lines.extend(f"  {one}" for one in (*moved, *kept))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return show_lines(self)


def calibrate(who: Candidate | Assumptions, history: History) -> Calibration:
    """Assumptions as somebody's own log has them.

    Args:
        who: The assumptions so far; of a candidate, the defaults, less what they have
            stated of themselves.
        history: Their log.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> print(calibrate(Assumptions(), History()))
    Your log moves 0 of the defaults.
    """
    if not isinstance(who, Candidate | Assumptions):
        expected = "a Candidate or Assumptions"
        raise InvalidFieldError("calibrate(who)", expected, who)
    assumptions = who if isinstance(who, Assumptions) else _defaults_of(who)
    check_history(history, "calibrate(history)")
    funnel = estimate_pass_rates(history, assumptions)
    moves = (
        *_pass_rates(funnel.rates),
        *_hours(funnel.hours, assumptions),
        *_practice(funnel.rates, assumptions),
    )
    changed = {one.name: one.after for one in moves if not one.kept}
    return Calibration(
        assumptions=evolve(assumptions, numbers={**assumptions.numbers, **changed}),
        moves=moves,
        funnel=funnel,
    )


def _defaults_of(candidate: Candidate) -> Assumptions:
    """The defaults, with what a candidate has said of the interviews behind them."""
    done = candidate.interviews_done
    return Assumptions(numbers={} if done is None else {"interviews_done": done})


def _pass_rates(rates: Mapping[str, PassRate]) -> Iterator[PriorChange]:
    for stage, rate in rates.items():
        # What comes before an invitation is no part of a process.
        if stage in _PRICED:
            yield PriorChange(
                name=f"{stage}.pass_rate",
                before=rate.default,
                after=rate.mean,
                why=f"{rate}.",
            )


def _hours(
    hours: Mapping[str, tuple[Hours, ...]], assumptions: Assumptions
) -> Iterator[PriorChange]:
    floor = assumptions["learning_floor"]
    for stage, kept in hours.items():
        if stage not in _PRICED:
            continue
        name = f"{stage}.hours"
        before, mean = assumptions[name], fsum(kept) / len(kept)
        enough = len(kept) >= floor
        yield PriorChange(
            name=name,
            before=before,
            after=mean if enough else before,
            why=f"{len(kept):,} times kept, {mean:.1f} h on average"
            + ("." if enough else f"; fewer than {floor:g}, so the default is kept."),
        )


def _practice(
    rates: Mapping[str, PassRate], assumptions: Assumptions
) -> Iterator[PriorChange]:
    """Interviews behind one: at least those in the log."""
    done = fsum(
        rate.total * assumptions[f"{stage}.practice"]
        for stage, rate in rates.items()
        if stage in _PRICED
    )
    before = assumptions["interviews_done"]
    if done > before:
        yield PriorChange(
            name="interviews_done",
            before=before,
            after=done,
            why="rounds in the log, each as much practice as its kind gives.",
        )


_PRICED = frozenset(StageKind)
