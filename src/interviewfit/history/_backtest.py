"""Backtest: forecasts that the log would have forecast day by day, scored by what came.

On every day on which a stage was reached, the probability to be passed on is forecast
from the events and answers of earlier days. Two benchmarks stand next to it: the base
rate, which is the share passed on among all waits ended by then (the default while
there are none), and the default pass rate, which ignores the log.

A forecast is scored once its wait has ended, y = 1 for passed on, y = 0 for refused or
given up as silent. Open waits and withdrawals are not scored. A process of which a
stage or an end has no day is left out as a whole: to score what is dated of it would
score its passes alone. Where the outcomes left are all passes, or all failures because
others are left out, nothing is scored. With p the forecast, the Brier score is the mean
of (p - y)^2 and the log loss the mean of -y ln p - (1 - y) ln(1 - p); lower is better.

References: G. Brier, Monthly Weather Review 78 (1950) 1-3; E. Wilson, Journal of the
American Statistical Association 22 (1927) 209-212, for the intervals.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from math import fsum, inf, log, sqrt
from operator import itemgetter
from typing import ClassVar

from attrs import frozen

from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Probability, number_of
from interviewfit._model.vocabulary import Answer, Milestone
from interviewfit._numeric.statistics import wilson_interval
from interviewfit._results.tables import Tabular
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.history._log import History, StageEvent, check_history
from interviewfit.history._morning_rates import MorningRates
from interviewfit.history._waits import STAGES, find_waits

_OUTCOMES: Mapping[Answer, bool | None] = {
    Answer.PASSED: True,
    Answer.REFUSED: False,
    Answer.SILENT: False,
    Answer.WITHDREW: None,
    Answer.CLOSED: None,
    Answer.OPEN: None,
}
_METHODS = ("learned", "base_rate", "default")
_MOST_ESTIMATES, _GROWTH = 1_000, 1.04
"""An estimate takes some milliseconds. In a log of more days and stages than this, a
rate is estimated anew only when the log of its stage has grown by this factor.
"""
_BIN_EDGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@frozen(kw_only=True)
class Forecast:
    """Probabilities to be passed on, forecast on the day a stage was reached.

    Attributes:
        process: Name of the process.
        stage: The stage it reached, one of ``STAGES``.
        day: The day on which it did.
        learned: Forecast by the pass rate estimated from the log until then.
        base_rate: Forecast by the plain share passed on until then.
        default: Forecast by the default pass rate.
        passed: Whether the process was passed on; None if that is not known.
    """

    process: str
    stage: str
    day: date
    learned: Probability
    base_rate: Probability
    default: Probability
    passed: bool | None


@frozen(kw_only=True)
class ForecastScore:
    """Accuracy of probability forecasts; lower is better.

    Attributes:
        brier: Brier score, the mean squared error, 0 to 1.
        log_loss: Mean negative log-likelihood, nats; infinite if something happened
            that was forecast with probability 0.
    """

    brier: float
    log_loss: float


@frozen(kw_only=True)
class ReliabilityBin:
    """Forecasts of similar probability, and the share of them that came true.

    Attributes:
        low: Lowest probability of the bin.
        high: Upper end, not included; the last bin includes its end, 1.
        count: How many forecasts the bin holds.
        mean_forecast: Their mean probability.
        observed_share: The share of them that came true.
        interval: Wilson's 95 % confidence interval of that share.
    """

    low: Probability
    high: Probability
    count: int
    mean_forecast: Probability
    observed_share: Probability
    interval: tuple[Probability, Probability]


@frozen(kw_only=True)
class Backtest(Tabular):
    """All forecasts of a log, and their scores. Made by ``replay``.

    Attributes:
        forecasts: One for each stage reached, earliest day first.
        undated: How many processes are left out, because a stage or an end of theirs
            has no day.
        one_sided: Whether every known outcome is a pass, or processes are left out and
            the outcomes of the others are all alike; then none is scored.
        growth: By what factor a stage's log grew before its rate was estimated anew; 1
            if it was on every day. It is 1.04 in logs of over 1,000 days and stages.
    """

    _row_name: ClassVar[str] = "forecasts"

    forecasts: tuple[Forecast, ...]
    undated: int = 0
    one_sided: bool = False
    growth: float = 1.0

    @property
    def scored(self) -> tuple[Forecast, ...]:
        """The forecasts whose outcome is known; none if they are one-sided."""
        if self.one_sided:
            return ()
        scored = [item for item in self.forecasts if item.passed is not None]
        return tuple(scored)

    def score(self, method: str = "learned", stage: str = "") -> ForecastScore | None:
        """Return the scores of one forecasting method; None without any outcome.

        Args:
            method: ``"learned"``, ``"base_rate"`` or ``"default"``, as in ``Forecast``.
            stage: Score the forecasts at this stage only; all of them if empty.

        Raises:
            InvalidFieldError: If there is no such method.
        """
        if method not in _METHODS:
            expected = f"one of {', '.join(_METHODS)}"
            raise InvalidFieldError("Backtest.score(method)", expected, method)
        scored = [forecast for forecast in self.scored if stage in ("", forecast.stage)]
        if not scored:
            return None
        pairs = [(getattr(item, method), bool(item.passed)) for item in scored]
        likelihoods = [p if y else 1.0 - p for p, y in pairs]
        surprises = [-log(p) if p > 0.0 else inf for p in likelihoods]
        squares = [(p - y) ** 2 for p, y in pairs]
        return ForecastScore(
            brier=fsum(squares) / len(pairs), log_loss=fsum(surprises) / len(pairs)
        )

    def brier_improvement(self) -> tuple[float, float] | None:
        """Brier score of the base rate minus that of learning, and its standard error.

        Above 0 the learned forecasts are better. The standard error takes forecasts as
        independent. None if fewer than two forecasts have an outcome.
        """
        gains = [
            (forecast.base_rate - bool(forecast.passed)) ** 2
            - (forecast.learned - bool(forecast.passed)) ** 2
            for forecast in self.scored
        ]
        if len(gains) < 2:
            return None
        mean = fsum(gains) / len(gains)
        variance = fsum((gain - mean) ** 2 for gain in gains) / (len(gains) - 1)
        return mean, sqrt(variance / len(gains))

    def reliability_bins(self) -> tuple[ReliabilityBin, ...]:
        """Learned forecasts against observed shares; empty bins are left out."""
        bins: dict[int, list[Forecast]] = {}
        for forecast in sorted(self.scored, key=lambda forecast: forecast.learned):
            number = bisect_right(_BIN_EDGES, forecast.learned, hi=len(_BIN_EDGES) - 1)
            bins.setdefault(number, []).append(forecast)
        table = []
        for number, members in bins.items():
            share = sum(bool(forecast.passed) for forecast in members) / len(members)
            mean = fsum(forecast.learned for forecast in members) / len(members)
            table.append(
                ReliabilityBin(
                    low=_BIN_EDGES[number - 1] if number else 0.0,
                    high=_BIN_EDGES[number],
                    count=len(members),
                    mean_forecast=mean,
                    observed_share=share,
                    interval=wilson_interval(share, len(members)),
                )
            )
        return tuple(table)

    def __repr__(self) -> str:
        return f"<Backtest of {number_of(len(self.forecasts), 'forecast')}>"

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def _repr_html_(self) -> str:
        return show_lines(self)


def replay(history: History, assumptions: Assumptions | None = None) -> Backtest:
    """Return a backtest: every stage forecast from what the log held on its day.

    The work grows with the events, times the logarithm of their number.

    Args:
        history: The event log.
        assumptions: Default pass rates and their weight; the library's if None.

    Raises:
        InvalidFieldError: If *history* is no ``History``.

    >>> replay(History()).forecasts
    ()
    """
    check_history(history, "replay(history)")
    if assumptions is None:
        assumptions = Assumptions()
    undated = {
        name
        for name, events in history.events_by_process().items()
        if any(_needs_day(event, first=event is events[0]) for event in events)
    }
    if undated:
        known = [event for event in history.events if event.process not in undated]
        history = History(events=known, until=history.until)
    opened = [(wait.start, wait) for wait in find_waits(history) if wait.start]
    opened.sort(key=itemgetter(0))
    days = {(day, wait.stage) for day, wait in opened}
    growth = 1.0 if len(days) <= _MOST_ESTIMATES else _GROWTH
    mornings = MorningRates(history, assumptions, growth)
    forecasts: list[Forecast] = []
    for day, group in groupby(opened, key=itemgetter(0)):
        mornings.move_to(day)
        rates: dict[str, tuple[Probability, Probability]] = {}
        for _, wait in group:
            if wait.stage not in rates:
                rates[wait.stage] = mornings.rates_at(wait.stage)
            learned, base_rate = rates[wait.stage]
            forecasts.append(
                Forecast(
                    process=wait.process,
                    stage=wait.stage,
                    day=day,
                    learned=learned,
                    base_rate=base_rate,
                    default=assumptions[f"{wait.stage}.pass_rate"],
                    passed=_OUTCOMES[wait.answer],
                )
            )
    outcomes = {forecast.passed for forecast in forecasts} - {None}
    return Backtest(
        forecasts=tuple(forecasts),
        undated=len(undated),
        one_sided=outcomes == {True} or (outcomes == {False} and bool(undated)),
        growth=growth,
    )


def _needs_day(event: StageEvent, *, first: bool) -> bool:
    """Whether an event has no day, and its process cannot be forecast without it.

    Silence needs none.

    Args:
        event: The event.
        first: Whether it is the first of its process; an application without a day
            opens no stage that is forecast.
    """
    if event.on is not None or event.kind is Milestone.SILENT:
        return False
    return not (first and event.kind in (Milestone.APPLIED, Milestone.CONTACTED))


def _lines(test: Backtest) -> Iterator[str]:
    scored = test.scored
    unscored = len(test.forecasts) - len(scored)
    stages = "stage" if len(test.forecasts) == 1 else "stages"
    left_out = "are open or were withdrawn from and are"
    if unscored == 1:
        left_out = "is open or was withdrawn from and is"
    yield (
        f"{len(test.forecasts):,} {stages} reached, {len(scored):,} with an outcome; "
        f"{unscored:,} {left_out} not scored."
    )
    if test.undated:
        count = test.undated
        processes = "1 process is" if count == 1 else f"{count:,} processes are"
        yield f"{processes} left out: a stage or an end has no day."
    if test.one_sided:
        any_pass = any(forecast.passed for forecast in test.forecasts)
        alike, missing = ("a pass", "Refusals") if any_pass else ("a failure", "Passes")
        yield (
            f"Nothing is scored: every outcome with a day is {alike}. {missing} are "
            "not in the log or have no day, so scores would flatter."
        )
        return
    if not scored:
        yield "There is nothing to score yet."
        return
    if test.growth > 1.0:
        grown = 100.0 * (test.growth - 1.0)
        yield (
            "The log is long: a rate is estimated anew whenever the log of its stage "
            f"has grown by {grown:.0f} %, and not on every day."
        )
    yield ""
    yield "Lower is better.        count passed   learned base rate   default"
    reached = {forecast.stage for forecast in scored}
    for stage in ("", *(stage for stage in STAGES if stage in reached)):
        shown = [forecast for forecast in scored if stage in ("", forecast.stage)]
        passed = sum(bool(forecast.passed) for forecast in shown)
        scores = [score for way in _METHODS if (score := test.score(way, stage))]
        name = stage.replace("_", " ") or "all stages"
        brier = "".join(f"{score.brier:10.3f}" for score in scores)
        log_loss = "".join(f"{score.log_loss:10.3f}" for score in scores)
        yield f"{name:<14} Brier    {len(shown):6,} {passed:6,}{brier}"
        yield f"{'':<14} log loss {'':13}{log_loss}"
    if improvement := test.brier_improvement():
        gain, error = improvement
        verdict = "learning helped." if gain > 0.0 else "the base rate did better."
        if not gain or abs(gain) < 2.0 * error:
            verdict = "too close to tell them apart."
        yield ""
        yield (
            f"Learned minus base rate, Brier: {-gain:+.4f} (standard error "
            f"{error:.4f}); {verdict}"
        )
    yield ""
    yield "Forecast       count       mean  passed  (95 %, Wilson)"
    for group in test.reliability_bins():
        low, high = group.interval
        yield (
            f"{group.low:.1f} to {group.high:.1f} {group.count:9,} "
            f"{group.mean_forecast:10.2f} {group.observed_share:7.2f}  "
            f"({low:.2f} to {high:.2f})"
        )
