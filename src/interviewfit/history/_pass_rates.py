"""Pass rates by stage, waiting times and a few counts, estimated from an event log.

A stage's pass rate p has the prior Beta(n p0, n (1 - p0)), with p0 the default rate and
n = ``pass_strength``. Each pass and each refusal counts as one observation, dated or
not. A wait without news is neither: a short one hardly changes the belief, a long one
nearly counts as a refusal. ``_rate_posterior`` has the formula; it treats how long
answers take and how many refusals are never sent as unknown.

The curves of waiting times (``_survival``) are estimated from the dated waits alone.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum
from typing import ClassVar

from attrs import field, frozen

from interviewfit._model.frozen_dict import freeze
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Days, Hours, Probability, number_of
from interviewfit._model.vocabulary import Answer, Milestone
from interviewfit._numeric.beta_mixture import BetaMixture
from interviewfit._results.tables import Convertible, Tabular
from interviewfit._text.html import show_lines
from interviewfit.history._log import History, check_history
from interviewfit.history._rate_posterior import rate_posterior
from interviewfit.history._survival import CumulativeIncidence, estimate_incidence
from interviewfit.history._waits import NEWS, STAGES, Wait, find_waits

# When to ask for news, and when to expect none any more.
_MOST_HEARD, _SURELY_DEAD = 0.75, 0.9


@frozen
class PassRate(Convertible):
    """The pass rate of one stage, estimated from a log.

    Attributes:
        stage: The stage, one of ``STAGES``.
        counts: How many waits ended in each way.
        default: The pass rate without the log, a probability.
        min_answers: Answers from companies below which the default is kept.
        posterior: Belief about the pass rate after the log.
        incidence: How long answers take at this stage.
        hidden: Whether the log keeps the latest state of each process alone, so that
            those who passed this stage do not show it; then nothing is learned.
    """

    stage: str
    counts: Mapping[Answer, int] = field(converter=freeze)
    default: Probability
    min_answers: float
    posterior: BetaMixture
    incidence: CumulativeIncidence
    hidden: bool = False

    @property
    def total(self) -> int:
        """How often the stage was reached."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """How many answers came from companies."""
        return sum(self.counts[answer] for answer in NEWS)

    @property
    def learned(self) -> bool:
        """Whether there are enough answers for the log to change the default."""
        return self.answered >= self.min_answers and not self.hidden

    @cached_property
    def mean(self) -> Probability:
        """The pass rate to use: the posterior mean if ``learned``, else the default."""
        return self.posterior.mean if self.learned else self.default

    def dead_probability(self, day: Days) -> Probability | None:
        """Probability that a process is dead after *day* days without news.

        None if the log has too few answers; the formula is that of *incidence*.
        """
        if not self.learned:
            return None
        return self.incidence.dead_probability(day, self.mean)

    @property
    def ask_day(self) -> int | None:
        """Days by which three in four of the passes had come, when one asks for news.

        None if the log has too few answers, or no pass.
        """
        return self.incidence.days_to_pass(_MOST_HEARD) if self.learned else None

    @cached_property
    def write_off_day(self) -> int | None:
        """The first day from which nothing will come any more with nine chances in ten.

        None if the log has too few answers, or silence never says so much.
        """
        if not self.learned:
            return None
        for day in range(max(self.incidence.days, default=0) + 1):
            if self.incidence.dead_probability(day, self.mean) >= _SURELY_DEAD:
                return day
        return None

    def __repr__(self) -> str:
        answers = number_of(self.answered, "answer")
        return f"<PassRate of {self.stage}: {self.mean:.3f} by {answers}>"

    def __str__(self) -> str:
        counts = ", ".join(
            f"{self.counts[answer]:,} {_ANSWER_NAMES[answer]}"
            for answer in Answer
            if self.counts[answer]
        )
        name = self.stage.replace("_", " ")
        if self.hidden:
            return (
                f"{name}: {counts}; no process shows two rounds, so whoever passed may "
                f"be missing, and the default of {self.default:.2f} is kept"
            )
        if not self.learned:
            least = number_of(f"{self.min_answers:g}", "answer")
            return (
                f"{name}: {counts}; fewer than {least}, so the default of "
                f"{self.default:.2f} is kept"
            )
        low, high = self.posterior.quantile(0.05), self.posterior.quantile(0.95)
        pace = ""
        if (days := self.incidence.days_to_pass()) is not None:
            unit = "day" if days == 1 else "days"
            pace = f"; half of the passes came within {days} {unit}"
        return (
            f"{name}: {counts}; pass rate {self.mean:.2f} (90 % between {low:.2f} and "
            f"{high:.2f}), default {self.default:.2f}{pace}"
        )


_ANSWER_NAMES: Mapping[Answer, str] = {
    Answer.PASSED: "passed on",
    Answer.REFUSED: "refused",
    Answer.SILENT: "given up as silent",
    Answer.WITHDREW: "withdrawn",
    Answer.CLOSED: "ended by neither side",
    Answer.OPEN: "still open",
}


@frozen(kw_only=True)
class PassRates(Tabular):
    """Pass rates by stage and a few counts. Made by ``estimate_pass_rates``.

    Attributes:
        by_stage: The pass rate of every stage reached, in their usual order.
        processes: How many processes the log holds.
        offers: How many of them led to an offer.
        referrals: How many came by referral, judging by their source.
        hidden_roles: How often another role at the company was noted; few note it.
        hours: Hours recorded for each stage; a stage without any is left out.
    """

    _row_name: ClassVar[str] = "by_stage"

    by_stage: Mapping[str, PassRate] = field(converter=freeze)
    processes: int
    offers: int
    referrals: int
    hidden_roles: int
    hours: Mapping[str, tuple[Hours, ...]] = field(converter=freeze)

    def __repr__(self) -> str:
        stages = number_of(len(self.by_stage), "stage")
        return f"<PassRates of {stages}, {number_of(self.processes, 'process')}>"

    def __str__(self) -> str:
        head = (
            f"Processes: {self.processes:,}, offers: {self.offers:,}, referrals: "
            f"{self.referrals:,}, hidden roles noted: {self.hidden_roles:,}."
        )
        lines = [head, *(f"  {rate}." for rate in self.by_stage.values())]
        lines.extend(
            f"  {stage.replace('_', ' ')}: {fsum(hours) / len(hours):.1f} h on "
            f"average, recorded {number_of(len(hours), 'time')}."
            for stage, hours in self.hours.items()
        )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return show_lines(self)


def estimate_pass_rates(
    history: History, assumptions: Assumptions | None = None
) -> PassRates:
    """Return the pass rate of every stage in a log, with waiting times and counts.

    The work grows with the events.

    Args:
        history: The event log.
        assumptions: Default pass rates and their weight; the library's if None.

    Raises:
        InvalidFieldError: If *history* is no ``History``.

    >>> from interviewfit.history import StageEvent
    >>> log = [
    ...     StageEvent(process=str(n), kind=kind, on=day)
    ...     for n in range(8)
    ...     for kind, day in (("screen", "2025-05-01"), ("rejected", "2025-05-09"))
    ... ]
    >>> round(estimate_pass_rates(History(events=log)).by_stage["hr_screen"].mean, 3)
    0.278
    """
    check_history(history, "estimate_pass_rates(history)")
    if assumptions is None:
        assumptions = Assumptions()
    waits: dict[str, list[Wait]] = {stage: [] for stage in STAGES}
    hours: dict[str, list[Hours]] = defaultdict(list)
    for wait in find_waits(history):
        waits[wait.stage].append(wait)
        if wait.hours is not None:
            hours[wait.stage].append(wait.hours)
    events = history.events
    offer_kinds = {Milestone.OFFER, Milestone.ACCEPTED, Milestone.DECLINED}
    offered = {event.process for event in events if event.kind in offer_kinds}
    referred = {
        event.process for event in events if "referr" in event.source.casefold()
    }
    hidden = _hidden_stages(waits)
    return PassRates(
        by_stage={
            stage: pass_rate_of(stage, reached, assumptions, hidden=stage in hidden)
            for stage, reached in waits.items()
            if reached
        },
        processes=len({event.process for event in events}),
        offers=len(offered),
        referrals=len(referred),
        hidden_roles=sum(event.kind is Milestone.HIDDEN_ROLE for event in events),
        hours={stage: tuple(recorded) for stage, recorded in hours.items()},
    )


def _hidden_stages(waits: Mapping[str, Sequence[Wait]]) -> set[str]:
    """Return the stages that those who went further do not show.

    That is so where no process shows two rounds after its application, and some show a
    later round or an offer than others do.

    Args:
        waits: All waits by stage.
    """
    rounds = Counter(
        wait.process
        for stage, reached in waits.items()
        for wait in reached
        if stage not in ("application", "contact")
    )
    if max(rounds.values(), default=0) != 1:
        return set()
    stages = [stage for stage in STAGES[2:] if waits[stage]]
    further = Counter(
        wait.process
        for stage in ("application", "contact")
        for wait in waits[stage]
        if wait.answer is Answer.PASSED
    )
    offered_at_once = bool(further.keys() - rounds.keys())
    return set(stages if offered_at_once else stages[:-1])


def prior_shapes(stage: str, assumptions: Assumptions) -> tuple[float, float]:
    """Return the shapes of the Beta that is the prior of a pass rate.

    Args:
        stage: The stage, one of ``STAGES``.
        assumptions: Has the default pass rate (a probability) and its strength.
    """
    default, strength = assumptions[f"{stage}.pass_rate"], assumptions["pass_strength"]
    return strength * default, strength * (1.0 - default)


def pass_rate_of(
    stage: str,
    waits: Sequence[Wait],
    assumptions: Assumptions,
    *,
    hidden: bool = False,
) -> PassRate:
    """Return the pass rate of one stage, estimated from the waits at it.

    Args:
        stage, waits: The stage, one of ``STAGES``, and all waits at it, possibly none.
        assumptions: Has the default pass rate (a probability) and its strength.
        hidden: Whether those who passed the stage do not show it.

    The posterior is that of the module's formula.
    """
    counts = Counter(wait.answer for wait in waits)
    default = assumptions[f"{stage}.pass_rate"]
    shapes = prior_shapes(stage, assumptions)
    return PassRate(
        stage,
        {answer: counts[answer] for answer in Answer},
        default,
        assumptions["learning_floor"],
        rate_posterior(*shapes, () if hidden else waits),
        estimate_incidence(waits),
        hidden,
    )
