"""How long stages take, learned from a log, for stages of which nobody said it.

With F_P the cumulative incidence of passes at a stage (``_survival``), which counts the
waits that are still open, the days until a pass T have the distribution

    P(T <= t) = F_P(t) / F_P(oo),   mean = sum t dF / F_P(oo),   variance likewise

with n / (n - 1) for n passes. After d days of silence the same holds of T given T > d.
Passes later than the longest wait of the log are not known of, so both are too short if
the log is young.

Reference: J. D. Kalbfleisch and R. L. Prentice, "The Statistical Analysis of Failure
Time Data" (2002), chapter 8.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt

from attrs import evolve, frozen

from interviewfit._model.decision import Search
from interviewfit._model.domain import Opportunity
from interviewfit._model.fields import check_kind
from interviewfit._model.stages import Stage
from interviewfit._model.units import Days, number_of
from interviewfit._model.vocabulary import Phase
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import PassRate, estimate_pass_rates
from interviewfit.history._waits import Wait

_MOST_DAYS = 3_660.0


@frozen
class StageDays:
    """How long a stage takes until the next one, by a log.

    Attributes:
        stage: The kind of the stage.
        days: On average, from the stage to the next one or to the offer.
        sd: Standard deviation, days.
        passes: How many passes with two known days that rests on.
    """

    stage: str
    days: Days
    sd: Days
    passes: int

    def __str__(self) -> str:
        name = self.stage.replace("_", " ")
        days = number_of(f"{self.days:.0f}", "day")
        return f"{name} {days}, give or take {self.sd:.0f}"


def days_of(rate: PassRate, silent: Days = -1.0) -> StageDays | None:
    """How long a stage takes until a pass; None if the log has too few passes.

    Args:
        rate: Of the stage.
        silent: Days without news so far; below 0 for none.
    """
    curve, count = rate.incidence, rate.incidence.pass_count
    if rate.hidden or count < max(2.0, rate.min_answers):
        return None
    before, weights = 0.0, []
    for day, passed in zip(curve.days, curve.passed, strict=True):
        if day > silent and passed > before:
            weights.append((passed - before, day))
        before = passed
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    mean = sum(weight * day for weight, day in weights) / total
    square = sum(weight * (day - mean) ** 2 for weight, day in weights) / total
    sd = sqrt(square * count / (count - 1.0))
    return StageDays(rate.stage, min(mean, _MOST_DAYS), min(sd, _MOST_DAYS), count)


def learn_days(search: Search, history: History) -> Search:
    """The search with the days of its stages as a log has them.

    Days that are stated stay; a stage of which the log has too few passes keeps none,
    so that the usual number is assumed.

    The work grows with the events.

    Args:
        search: The candidate and their opportunities.
        history: Their event log.

    Raises:
        InvalidFieldError: If an argument is of the wrong type.

    >>> from interviewfit import Candidate, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> search = Search(candidate=Candidate(), opportunities=[job])
    >>> learn_days(search, History()) == search
    True
    """
    check_kind("learn_days(search)", search, Search)
    check_history(history, "learn_days(history)")
    rates = estimate_pass_rates(history, search.assumptions).by_stage
    jobs, _ = fill_days(search.opportunities, rates)
    return evolve(search, opportunities=jobs)


def fill_days(
    opportunities: Sequence[Opportunity], rates: Mapping[str, PassRate]
) -> tuple[list[Opportunity], list[str]]:
    """Opportunities with the days that a log has learned, and what was filled in.

    Args:
        opportunities: Of which stages ahead are filled in where nobody said how long
            they take.
        rates: The pass rates of the log, by stage.

    Returns:
        The opportunities, and a sentence that says so; none if nothing was filled in.
    """
    found = {stage: days_of(rate) for stage, rate in rates.items()}
    learned = {stage: days for stage, days in found.items() if days is not None}
    filled, jobs, used = list[str](), list[Opportunity](), dict[str, StageDays]()
    for job in opportunities:
        stages = []
        for number, stage in enumerate(job.stages):
            days = learned.get(stage.kind.value)
            is_ahead = number >= job.position.stage and job.position.phase in (
                Phase.BEFORE,
                Phase.MIDWAY,
            )
            if days is None or stage.days or not is_ahead:
                stages.append(stage)
                continue
            used[stage.kind.value] = days
            stages.append(_with_days(stage, days))
        if tuple(stages) != job.stages:
            filled.append(job.name)
        jobs.append(evolve(job, stages=stages))
    if not used:
        return jobs, []
    lengths = "; ".join(map(str, used.values()))
    note = (
        f"The days of stages that nobody stated come from your log for "
        f"{', '.join(filled)}: {lengths}."
    )
    return jobs, [note]


def _with_days(stage: Stage, learned: StageDays) -> Stage:
    """A stage with the days of a log; a stated spread stays.

    Args:
        stage, learned: The stage, and what the log says of its kind.
    """
    sd = stage.days_sd or learned.sd
    return evolve(stage, days=learned.days, days_sd=sd)


def fill_next_dates(
    opportunities: Sequence[Opportunity],
    waits: Mapping[str, Wait],
    rates: Mapping[str, PassRate],
    today: date,
) -> tuple[list[Opportunity], list[str]]:
    """Opportunities with the day on which the next stage of a silent one is expected.

    Args:
        opportunities: A day that is stated stays.
        waits: The wait of each process that is silent, by its name.
        rates: The pass rates of the log, by stage.
        today: The present day.

    Returns:
        The opportunities, and a sentence for each that got a day.
    """
    jobs, notes = list[Opportunity](), list[str]()
    for job in opportunities:
        wait = waits.get(job.name)
        silent = None if wait is None else wait.days
        is_open = job.position.phase is Phase.BEFORE and job.next_on is None
        later = None
        if wait is not None and silent is not None and is_open:
            later = days_of(rates[wait.stage], silent)
        if later is None or silent is None:
            jobs.append(job)
            continue
        on = today + timedelta(days=max(1, round(later.days - silent)))
        if job.answer_by is not None and on > job.answer_by:
            jobs.append(job)
            continue
        jobs.append(evolve(job, next_on=on))
        notes.append(
            f"By your log, the next stage of {job.name} is expected on {on}, if it "
            "comes at all."
        )
    return jobs, notes
