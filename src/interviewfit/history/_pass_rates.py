"""What a log teaches: pass rates by stage, how long news takes, and a few counts.

A stage's pass rate p has as its prior the default as Beta(n p0, n (1 - p0)), with p0
the default rate and n = ``pass_strength`` the stages it counts for. Passes and refusals
count in full. A wait without news (still open, withdrawn from, or given up as silent)
is neither: it counts by how long it lasted, as ``beta`` has it, with x = 1 - G_P and
y = 1 - G_R of ``survival``. A fresh one says nothing, an old one nearly as much as a
refusal; who withdraws has not failed.

The times G are worked out first and then held fixed, from the same log.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import fsum

from attrs import frozen

from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Days, Hours, Probability
from interviewfit._model.vocabulary import Answer, Milestone
from interviewfit._numeric.beta_mixture import BetaMixture, updated
from interviewfit._text.html import show_lines
from interviewfit.history._log import History, check_history
from interviewfit.history._survival import CumulativeIncidence, course_of
from interviewfit.history._waits import NEWS, STAGES, Wait, waits_of

__all__ = ["PassRate", "PassRates", "estimate_pass_rates", "rate_of"]


@frozen
class PassRate:
    """What a log says of one stage.

    Attributes:
        stage: Which stage, one of ``waits.STAGES``.
        counts: How many waits ended in each way.
        default: The pass rate without the log.
        floor: Answers from firms below which the default is kept.
        posterior: Belief of the pass rate once the log is read.
        course: How long news takes.
    """

    stage: str
    counts: Mapping[Answer, int]
    default: Probability
    floor: float
    posterior: BetaMixture
    course: CumulativeIncidence

    @property
    def total(self) -> int:
        """How often the stage was reached."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """How many answers there were from firms."""
        return sum(self.counts[one] for one in NEWS)

    @property
    def learned(self) -> bool:
        """Whether there are answers enough for the log to move the default."""
        return self.answered >= self.floor

    @cached_property
    def mean(self) -> Probability:
        """The pass rate to use: of the belief, or the default if too little is known."""
        return self.posterior.mean if self.learned else self.default

    def over(self, day: Days) -> Probability | None:
        """Chance to be out after some days without news; None if too little is known."""
        return self.course.over(day, self.mean) if self.learned else None

    def __str__(self) -> str:
        parts = ", ".join(
            f"{self.counts[one]:,} {_WORDS[one]}" for one in Answer if self.counts[one]
        )
        name = self.stage.replace("_", " ")
        if not self.learned:
            return (
                f"{name}: {parts}; fewer than {self.floor:g} "
                f"answers, so the default of {self.default:.2f} is kept"
            )
        low, high = self.posterior.quantile(0.05), self.posterior.quantile(0.95)
        return (
            f"{name}: {parts}; pass rate {self.mean:.2f} (90 % between {low:.2f} and "
            f"{high:.2f}), default {self.default:.2f}{self._pace()}"
        )

    def _pace(self) -> str:
        """How soon a pass comes, in words."""
        half = self.course.usual_days()
        if half is None:
            return ""
        return f"; half of the passes came within {half} day{'s' if half != 1 else ''}"


_WORDS: Mapping[Answer, str] = {
    Answer.PASSED: "passed on",
    Answer.REFUSED: "refused",
    Answer.SILENT: "given up as silent",
    Answer.WITHDREW: "withdrawn",
    Answer.OPEN: "still open",
}


@frozen(kw_only=True)
class PassRates:
    """What a log teaches.

    Attributes:
        rates: For every stage reached, in order.
        processes: How many processes there are.
        offers: How many of them came to an offer.
        referrals: How many came by referral, as their source says.
        hidden_roles: How many times another opening came up. None written down does
            not mean none there.
        hours: Hours kept, by stage; empty where none were.
    """

    rates: Mapping[str, PassRate]
    processes: int
    offers: int
    referrals: int
    hidden_roles: int
    hours: Mapping[str, tuple[Hours, ...]]

    def __str__(self) -> str:
        head = (
            f"{self.processes:,} processes, {self.offers:,} offers, {self.referrals:,} "
            f"by referral, {self.hidden_roles:,} other openings written down."
        )
        lines = [head, *(f"  {rate}." for rate in self.rates.values())]
        lines.extend(
            f"  {stage.replace('_', ' ')}: {fsum(hours) / len(hours):.1f} h on "
            f"average, kept {len(hours):,} times."
            for stage, hours in self.hours.items()
        )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return show_lines(self)


def estimate_pass_rates(
    history: History, assumptions: Assumptions | None = None
) -> PassRates:
    """What a log teaches, over the defaults.

    Raises:
        InvalidFieldError: If it is no history.

    >>> from interviewfit.history._log import StageEvent
    >>> log = [
    ...     StageEvent(process=str(n), kind=kind, on=day)
    ...     for n in range(8)
    ...     for kind, day in (("screen", "2025-05-01"), ("rejected", "2025-05-09"))
    ... ]
    >>> round(estimate_pass_rates(History(events=log)).rates["hr_screen"].mean, 3)
    0.278
    """
    check_history(history, "estimate_pass_rates(history)")
    if assumptions is None:
        assumptions = Assumptions()
    waits = waits_of(history)
    trails = history.trails()
    kinds = Counter(event.kind for event in history.events)
    offered = {Milestone.OFFER, Milestone.ACCEPTED, Milestone.DECLINED}
    return PassRates(
        rates={
            stage: rate_of(stage, own, assumptions)
            for stage in STAGES
            if (own := [one for one in waits if one.stage == stage])
        },
        processes=len(trails),
        offers=sum(any(one.kind in offered for one in own) for own in trails.values()),
        referrals=sum(
            any("referr" in one.source.casefold() for one in own)
            for own in trails.values()
        ),
        hidden_roles=kinds[Milestone.HIDDEN_ROLE],
        hours=_hours(waits),
    )


def rate_of(stage: str, waits: Sequence[Wait], assumptions: Assumptions) -> PassRate:
    """What some waits at one stage teach of it."""
    counts = Counter(one.answer for one in waits)
    default = assumptions[f"{stage}.pass_rate"]
    strength = assumptions["pass_strength"]
    course = course_of(waits)
    posterior = updated(
        strength * default,
        strength * (1.0 - default),
        counts[Answer.PASSED],
        counts[Answer.REFUSED],
        [
            (course.pass_waits(one.days), course.refusal_waits(one.days))
            for one in waits
            if one.answer not in NEWS
        ],
    )
    floor = assumptions["learning_floor"]
    ways = {one: counts[one] for one in Answer}
    return PassRate(stage, ways, default, floor, posterior, course)


def _hours(waits: Iterable[Wait]) -> Mapping[str, tuple[Hours, ...]]:
    found: dict[str, list[Hours]] = {}
    for one in waits:
        if one.hours is not None:
            found.setdefault(one.stage, []).append(one.hours)
    return {stage: tuple(hours) for stage, hours in found.items()}
