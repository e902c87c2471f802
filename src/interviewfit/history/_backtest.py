"""Predictions held to account: what the log would have been told, day by day.

For every stage reached, the chance to be passed on is predicted from what the ledger
held on the morning of that day: events of earlier days, with what had come of them by
then. Nothing later takes part, be it of the same process or another. Beside it stand
the plain base rate, passed on over all with an end known that morning, and the default
that no log ever moved; both the default where nothing has ended yet.

A prediction is scored (``scores``) once its wait has ended: passed on 1, refused or
given up as silent 0. What is open or was withdrawn from is counted and not scored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from attrs import frozen

from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Probability
from interviewfit._model.vocabulary import Answer
from interviewfit._text.html import show_lines
from interviewfit.errors import InvalidFieldError
from interviewfit.history._log import History, check_history
from interviewfit.history._pass_rates import rate_of
from interviewfit.history._verification import (
    Bin,
    Foretold,
    Score,
    bins_of,
    lead_of,
    score_of,
)
from interviewfit.history._waits import STAGES, Wait, waits_of

__all__ = ["Backtest", "Prediction", "replay"]

_OUTCOMES: Mapping[Answer, bool | None] = {
    Answer.PASSED: True,
    Answer.REFUSED: False,
    Answer.SILENT: False,
    Answer.WITHDREW: None,
    Answer.OPEN: None,
}


@frozen(kw_only=True)
class Prediction:
    """What was said on the day a stage was reached, and what came of it.

    Attributes:
        process: Which process.
        stage: Which stage it reached.
        on: The day.
        chance: To be passed on, from the log so far over the default.
        base: The plain base rate so far.
        default: The default alone.
        passed: What came of it; None if that is not known.
    """

    process: str
    stage: str
    on: date
    chance: Probability
    base: Probability
    default: Probability
    passed: bool | None


@frozen(kw_only=True)
class Backtest:
    """All predictions of a log, by day, and their scores. Made by ``replay``.

    Attributes:
        predictions: One for each stage that was reached, the earliest first.
    """

    predictions: tuple[Prediction, ...]

    @property
    def scored(self) -> tuple[Prediction, ...]:
        """Those whose outcome is known."""
        return tuple(one for one in self.predictions if one.passed is not None)

    def score(self, by: str = "chance", stage: str = "") -> Score | None:
        """How one way of predicting did; None if there is nothing to score.

        Args:
            by: ``"chance"``, ``"base"`` or ``"default"``.
            stage: At one stage only; at all if empty.

        Raises:
            InvalidFieldError: If there is no such way.
        """
        if by not in _WAYS:
            expected = f"one of {', '.join(_WAYS)}"
            raise InvalidFieldError("Backtest.score(by)", expected, by)
        own = [one for one in self.scored if stage in ("", one.stage)]
        return score_of(_foretold(own, _WAYS[by]))

    def lead(self) -> tuple[float, float] | None:
        """By how much the Brier score beats the plain base rate's, and the standard error.

        None if fewer than two predictions can be scored.
        """
        own = self.scored
        return lead_of(_foretold(own), [one.base for one in own])

    def bins(self) -> tuple[Bin, ...]:
        """Chances said beside shares passed; empty bins are left out."""
        return bins_of(_foretold(self.scored))

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def _repr_html_(self) -> str:
        return show_lines(self)


_WAYS: Mapping[str, Callable[[Prediction], Probability]] = {
    "chance": lambda one: one.chance,
    "base": lambda one: one.base,
    "default": lambda one: one.default,
}


def _foretold(
    own: Sequence[Prediction],
    way: Callable[[Prediction], Probability] = _WAYS["chance"],
) -> list[Foretold]:
    return [(way(one), bool(one.passed)) for one in own]


def replay(history: History, assumptions: Assumptions | None = None) -> Backtest:
    """Predict every stage from what was known on its day.

    The ledger is read anew for each day on which a stage was reached: seconds for a
    thousand processes.

    Raises:
        InvalidFieldError: If it is no history.

    >>> replay(History()).predictions
    ()
    """
    check_history(history, "replay(history)")
    if assumptions is None:
        assumptions = Assumptions()
    opened = sorted(waits_of(history), key=lambda one: one.start)
    found: list[Prediction] = []
    for day, own in groupby(opened, key=lambda one: one.start):
        known = waits_of(history.before(day))
        today = list(own)
        said = {
            stage: _say(stage, known, assumptions)
            for stage in {one.stage for one in today}
        }
        for one in today:
            chance, base, default = said[one.stage]
            found.append(
                Prediction(
                    process=one.process,
                    stage=one.stage,
                    on=day,
                    chance=chance,
                    base=base,
                    default=default,
                    passed=_OUTCOMES[one.answer],
                )
            )
    return Backtest(predictions=tuple(found))


def _say(
    stage: str, known: Sequence[Wait], assumptions: Assumptions
) -> tuple[Probability, Probability, Probability]:
    waits = [one for one in known if one.stage == stage]
    rate = rate_of(stage, waits, assumptions)
    ended = [_OUTCOMES[one.answer] for one in waits]
    ended = [one for one in ended if one is not None]
    base = sum(map(bool, ended)) / len(ended) if ended else rate.default
    return rate.mean, base, rate.default


def _lines(found: Backtest) -> Iterator[str]:
    scored = found.scored
    left = len(found.predictions) - len(scored)
    yield (
        f"{len(found.predictions):,} stages reached, {len(scored):,} with an outcome; "
        f"{left:,} are open or were withdrawn from and are not scored."
    )
    if not scored:
        yield "There is nothing to score yet."
        return
    yield ""
    yield "Lower is better.        count passed   learned base rate   default"
    stages = [one for one in STAGES if found.score(stage=one)]
    for stage in ("", *stages):
        yield from _row(found, stage)
    lead = found.lead()
    if lead:
        yield ""
        yield (
            f"Learned minus base rate, Brier: {-lead[0]:+.4f} (standard error "
            f"{lead[1]:.4f}); {_judge(*lead)}"
        )
    yield ""
    yield "Said           count  mean said  passed  (95 %, Wilson)"
    yield from map(_shown, found.bins())


def _row(found: Backtest, stage: str) -> Iterable[str]:
    own = [one for one in found.scored if stage in ("", one.stage)]
    passed = sum(bool(one.passed) for one in own)
    scores = [found.score(by, stage) for by in _WAYS]
    name = stage.replace("_", " ") or "all stages"
    for what, each in (
        ("Brier", [one.brier for one in scores if one]),
        ("log loss", [one.log_loss for one in scores if one]),
    ):
        numbers = "".join(f"{one:10.3f}" for one in each)
        counts = f"{len(own):6,} {passed:6,}" if what == "Brier" else " " * 13
        yield f"{name if what == 'Brier' else '':<14} {what:<8} {counts}{numbers}"


def _judge(gain: float, error: float) -> str:
    if abs(gain) < 2.0 * error:
        return "too close to tell them apart."
    return "learning helped." if gain > 0.0 else "the plain base rate did better."


def _shown(one: Bin) -> str:
    low, high = one.interval
    return (
        f"{one.low:.1f} to {one.high:.1f} {one.count:9,} {one.chance:10.2f} "
        f"{one.share:7.2f}  ({low:.2f} to {high:.2f})"
    )
