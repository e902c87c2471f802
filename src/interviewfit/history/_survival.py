"""How long news takes, from waits some of which have not ended.

A wait ends by being passed on or refused, the two causes; or it is cut short with no
news by then: by the end of the log, be it still open or given up as silent, or because
one withdrew.
With d_P(t), d_R(t) the waits that end so after t days and n(t) those that lasted at
least t days (news comes before a cut on the same day), the chance of no news, and of
each cause, by day t are

    S(t)   = product over u <= t of 1 - (d_P(u) + d_R(u)) / n(u)          Kaplan-Meier
    F_P(t) = sum over u <= t of S(u-) d_P(u) / n(u),  F_R alike           Aalen-Johansen

so that F_P + F_R + S = 1. What S ends at is the share that never hears: the cure
fraction of survival analysis, here the silent for ever. Cuts are taken to say nothing
of what would have come.

Of those who will be passed on, G_P(t) have heard by day t; of those who will not,
G_R(t) have been told:

    G_P(t) = P / (P + 1) * F_P(t) / F_P(oo)
    G_R(t) = R / (R + 1) * F_R(t) / (1 - F_P(oo))

with P passes and R refusals seen. The first factors are exact for times in no
particular order: the next of them is longer than all n seen with chance 1 / (n + 1). So
no silence is ever proof, and where no pass has been seen, silence says nothing of
passes.

References: O. Aalen and S. Johansen, Scandinavian Journal of Statistics 5 (1978)
141-150; J. Boag, Journal of the Royal Statistical Society B 11 (1949) 15-53, for the
cure fraction.
"""

from bisect import bisect_right
from collections.abc import Iterable

import numpy as np
from attrs import frozen

from interviewfit._model.units import Days, Probability
from interviewfit._model.vocabulary import Answer
from interviewfit.history._waits import Wait

__all__ = ["CumulativeIncidence", "course_of"]


@frozen
class CumulativeIncidence:
    """What becomes of the waits at one stage, day by day.

    Attributes:
        days: Days after which news came, ascending.
        passed: F_P on each of them: passed on by then.
        refused: F_R on each of them: refused by then.
        passes: How many passes were seen.
        refusals: How many refusals were seen.
    """

    days: tuple[int, ...]
    passed: tuple[Probability, ...]
    refused: tuple[Probability, ...]
    passes: int
    refusals: int

    def passed_by(self, day: Days) -> Probability:
        """F_P: chance to have been passed on within some days."""
        return self._at(self.passed, day)

    def refused_by(self, day: Days) -> Probability:
        """F_R: chance to have been refused within some days."""
        return self._at(self.refused, day)

    def no_news(self, day: Days) -> Probability:
        """S: chance to have heard nothing after some days."""
        return max(0.0, 1.0 - self.passed_by(day) - self.refused_by(day))

    def pass_waits(self, day: Days) -> Probability:
        """1 - G_P: chance that somebody who will be passed on has not heard by a day."""
        ever = self.passed[-1] if self.days else 0.0
        if not ever:
            return 1.0
        return 1.0 - self.passes / (self.passes + 1) * (self.passed_by(day) / ever)

    def refusal_waits(self, day: Days) -> Probability:
        """1 - G_R: chance that somebody who is out has not been told by a day."""
        out = 1.0 - self.passed[-1] if self.days else 1.0
        if not self.refusals:
            return 1.0
        told = min(1.0, self.refused_by(day) / out)
        return 1.0 - self.refusals / (self.refusals + 1) * told

    def over(self, day: Days, pass_rate: Probability) -> Probability:
        """Chance to be out, having heard nothing for some days.

        With p the pass rate, by Bayes' rule

            (1 - p) (1 - G_R) / ((1 - p) (1 - G_R) + p (1 - G_P)).
        """
        out = (1.0 - pass_rate) * self.refusal_waits(day)
        return out / (out + pass_rate * self.pass_waits(day))

    def usual_days(self, share: Probability = 0.5) -> int | None:
        """By which day a share of those passed on have heard; None if none were."""
        for day, passed in zip(self.days, self.passed, strict=True):
            if passed and passed >= share * self.passed[-1]:
                return day
        return None

    def _at(self, curve: tuple[Probability, ...], day: Days) -> Probability:
        place = bisect_right(self.days, day)
        return curve[place - 1] if place else 0.0


def course_of(waits: Iterable[Wait]) -> CumulativeIncidence:
    """The curves of some waits, usually all those at one stage."""
    several = list(waits)
    lengths = np.array([one.days for one in several], dtype=np.int64)
    passed = np.array([one.answer is Answer.PASSED for one in several], dtype=bool)
    refused = np.array([one.answer is Answer.REFUSED for one in several], dtype=bool)
    days = np.unique(lengths[passed | refused])
    at_risk = len(several) - np.searchsorted(np.sort(lengths), days, side="left")
    hazards = [
        np.bincount(np.searchsorted(days, lengths[who]), minlength=len(days)) / at_risk
        for who in (passed, refused)
    ]
    stays = np.cumprod(1.0 - hazards[0] - hazards[1])
    before = np.concatenate(([1.0], stays[:-1])) if len(days) else stays
    return CumulativeIncidence(
        tuple(days.tolist()),
        tuple(np.cumsum(before * hazards[0]).tolist()),
        tuple(np.cumsum(before * hazards[1]).tolist()),
        int(passed.sum()),
        int(refused.sum()),
    )
