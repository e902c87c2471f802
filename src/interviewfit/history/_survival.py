"""How long an answer takes, estimated from waits some of which have not ended.

A wait ends with one of two causes, passed on (P) or refused (R); without news it is
censored. With d_P(t), d_R(t) the waits that end by each cause after t days and n(t)
those that lasted at least t days (news counts before a censoring on the same day), the
probability of no news, and of each cause, by day t are

    S(t)   = product over u <= t of 1 - (d_P(u) + d_R(u)) / n(u)          Kaplan-Meier
    F_P(t) = sum over u <= t of S(u-) d_P(u) / n(u),  F_R alike           Aalen-Johansen

so that F_P + F_R + S = 1. The last value of S is the share that never hears (the cure
fraction). Censoring is taken to be independent of the answer.

Of the candidates who will be passed on, the share G_P(t) has heard by day t; of those
who will not be, the share G_R(t) has:

    G_P(t) = P / (P + 1) * F_P(t) / F_P(oo)
    G_R(t) = R / (R + 1) * F_R(t) / (1 - F_P(oo))

with P passes and R refusals in the log. The first factors are exact for exchangeable
times: the next one is longer than all n before it with probability 1 / (n + 1).

References: O. Aalen and S. Johansen, Scandinavian Journal of Statistics 5 (1978)
141-150; J. Boag, Journal of the Royal Statistical Society B 11 (1949) 15-53.
"""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from interviewfit._model.units import Days, Probability, number_of
from interviewfit._model.vocabulary import Answer
from interviewfit.history._waits import Wait


@frozen
class CumulativeIncidence:
    """Cumulative incidence of passes and refusals at one stage, by days waited.

    Attributes:
        days: Days after which an answer came, ascending.
        passed: F_P on each of these days, a step function between them.
        refused: F_R on each of these days, likewise.
        pass_count: How many passes the log holds.
        refusal_count: How many refusals the log holds.
    """

    days: tuple[int, ...]
    passed: tuple[Probability, ...]
    refused: tuple[Probability, ...]
    pass_count: int
    refusal_count: int

    def __repr__(self) -> str:
        passes = number_of(self.pass_count, "pass")
        counts = f"{passes}, {number_of(self.refusal_count, 'refusal')}"
        return f"<CumulativeIncidence of {counts}>"

    def passed_by(self, day: Days) -> Probability:
        """F_P: probability of having been passed on within *day* days."""
        return self._evaluate(self.passed, day)

    def refused_by(self, day: Days) -> Probability:
        """F_R: probability of having been refused within *day* days."""
        return self._evaluate(self.refused, day)

    def no_news(self, day: Days) -> Probability:
        """S: probability of having heard nothing after *day* days."""
        return max(0.0, 1.0 - self.passed_by(day) - self.refused_by(day))

    def silence_if_passing(self, day: Days) -> Probability:
        """1 - G_P: probability of no news by *day*, days, if a pass will come."""
        ever = self.passed[-1] if self.days else 0.0
        if not ever:
            return 1.0
        shrinkage = self.pass_count / (self.pass_count + 1)
        return 1.0 - shrinkage * (self.passed_by(day) / ever)

    def silence_if_failing(self, day: Days) -> Probability:
        """1 - G_R: probability of no news by *day*, days, if no pass will come."""
        failing = 1.0 - self.passed[-1] if self.days else 1.0
        if not self.refusal_count:
            return 1.0
        heard = min(1.0, self.refused_by(day) / failing)
        return 1.0 - self.refusal_count / (self.refusal_count + 1) * heard

    def dead_probability(self, day: Days, pass_rate: Probability) -> Probability:
        """Return the probability that a process without news is dead.

        With p the pass rate, by Bayes' rule

            (1 - p) (1 - G_R) / ((1 - p) (1 - G_R) + p (1 - G_P)),

        flat beyond the longest wait.

        Args:
            day: Days without news.
            pass_rate: Probability to pass this stage, before the silence.
        """
        failing = (1.0 - pass_rate) * self.silence_if_failing(day)
        return failing / (failing + pass_rate * self.silence_if_passing(day))

    def days_to_pass(self, share: Probability = 0.5) -> int | None:
        """Days within which *share* of the passes came; None if there were none."""
        for day, passed in zip(self.days, self.passed, strict=True):
            if passed and passed >= share * self.passed[-1]:
                return day
        return None

    def _evaluate(self, curve: tuple[Probability, ...], day: Days) -> Probability:
        """Return the value of a step function, 0 before its first step.

        Args:
            curve: Its values on ``days``, such as ``passed``, each from that day on.
            day: Where to evaluate it, days since the stage was reached.
        """
        steps = bisect_right(self.days, day)
        return curve[steps - 1] if steps else 0.0


def estimate_incidence(waits: Sequence[Wait]) -> CumulativeIncidence:
    """Return the Aalen-Johansen curves of some waits, usually all at one stage.

    A wait without a length, because a day is not known, says nothing of waiting times.
    """
    waits = [wait for wait in waits if wait.days is not None]
    lengths = np.array([wait.days for wait in waits], dtype=np.int64)
    causes = [
        np.array([wait.answer is answer for wait in waits], dtype=bool)
        for answer in (Answer.PASSED, Answer.REFUSED)
    ]
    days = np.unique(lengths[causes[0] | causes[1]])
    at_risk = len(waits) - np.searchsorted(np.sort(lengths), days, side="left")
    ended = [np.searchsorted(days, lengths[cause]) for cause in causes]
    hazards = [np.bincount(index, minlength=len(days)) / at_risk for index in ended]
    survival = np.cumprod(1.0 - hazards[0] - hazards[1])
    before = np.concatenate(([1.0], survival[:-1])) if len(days) else survival
    passed, refused = (tuple(np.cumsum(before * hazard).tolist()) for hazard in hazards)
    counts = [int(cause.sum()) for cause in causes]
    return CumulativeIncidence(tuple(days.tolist()), passed, refused, *counts)
