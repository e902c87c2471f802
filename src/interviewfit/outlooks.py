"""
What every action is worth once some aspects of the job are known.

Knowing moves the surplus, and with it the worth of another role at the same firm
(``foresight``). Here every point has a chain of its own; or, beside other processes, is
a decision of its own. Mostly a few chains do for all points (``interpolation``).
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import evolve, frozen

from interviewfit.arithmetic import FloatColumn, total
from interviewfit.choices import weigh
from interviewfit.courses import Case, open_courses
from interviewfit.crossings import Which
from interviewfit.evidence import Estimate
from interviewfit.fields import unchecked
from interviewfit.lanes import solve_steps
from interviewfit.panels import FloatArray
from interviewfit.prices import price
from interviewfit.priors import COMPANY_ASPECTS
from interviewfit.process import Process, compile_process
from interviewfit.rows import solve_courses
from interviewfit.signals import Posterior
from interviewfit.units import PercentOfPay, Probability, Worth
from interviewfit.vocabulary import Term

__all__ = ["Asked", "Line", "OneByOne", "Outlook", "SideBySide", "first_of"]

Asked: TypeAlias = tuple[str, ...]
"""Aspects asked about together."""

_BLOCK = 4096


@frozen
class Line:
    """
    Aspects known, and what is fixed of them while the normal number Z runs.

    Attributes:
        asked: The aspects.
        weight: Of this line in the mean over all lines of these aspects.
        spread: Of the surplus over what they may be, percent of pay.
        share: Of that surplus which another role at the firm would share.
        rest: Added to it, percent of pay.
    """

    asked: Asked
    weight: Probability
    spread: PercentOfPay
    share: float
    rest: PercentOfPay

    def shared(self, at: FloatColumn) -> FloatColumn:
        """
        What another role at the firm would share, percent of pay.
        """
        return self.share * self.spread * at + self.rest


@frozen(eq=False)
class Outlook:
    """
    A decision as things stand.

    Attributes:
        case: Who decides on what.
        posterior: What is believed.
        process: The way ahead.
    """

    case: Case
    posterior: Posterior
    process: Process

    @property
    def shares(self) -> bool:
        """
        Whether another role at the same firm counts in what lies ahead.
        """
        return any(Term.HIDDEN_ROLE in one.gains for one in self.process.steps)

    def moves(self, asked: Asked) -> bool:
        """
        Whether the way ahead itself moves with what these aspects turn out to be.
        """
        return self.shares and not COMPANY_ASPECTS.isdisjoint(asked)

    def known(
        self, asked: Asked, shared: FloatColumn | PercentOfPay = 0.0
    ) -> Posterior:
        """
        Beliefs once these aspects are known, if another role *shared* so much of it.
        """
        beliefs = dict(self.posterior.beliefs)
        for name in asked:
            mean: FloatColumn | float = beliefs[name].mean
            if name == first_of(asked):
                mean = mean + shared / self.case.candidate.priorities.get(name, 1.0)
            beliefs[name] = unchecked(beliefs[name], mean=mean, sd=0.0)
        return evolve(self.posterior, beliefs=beliefs)

    def compiled(
        self, posterior: Posterior, moved: FloatColumn | PercentOfPay = 0.0
    ) -> Process:
        """
        The way ahead under these beliefs, the surplus moved by so much.
        """
        case = self.case
        process = compile_process(
            case.candidate, case.opportunity, posterior, case.assumptions
        )
        return unchecked(process, mean=self.process.mean + moved)

    def another(self, posterior: Posterior) -> Worth:
        """
        What another role at the firm is worth, as ``prices`` has it.
        """
        case = self.case
        return price(
            case.candidate, case.opportunity, posterior, case.assumptions
        ).hidden_role


@frozen(eq=False)
class SideBySide:
    """
    Curves whose every point has a chain of its own.
    """

    whole: Outlook
    lines: Sequence[Line]

    def __call__(self, which: Which, at: FloatColumn) -> FloatArray:
        """
        Worths of each action at a point of a line each.
        """
        parts = [
            self._worths(which[start : start + _BLOCK], at[start : start + _BLOCK])
            for start in range(0, at.size, _BLOCK)
        ]
        return np.concatenate(parts, axis=1)

    def _worths(self, which: Which, at: FloatColumn) -> FloatArray:
        whole, case = self.whole, self.whole.case
        spread = np.array([one.spread for one in self.lines])[which]
        share = np.array([one.share for one in self.lines])[which]
        shared = share * spread * at + np.array([one.rest for one in self.lines])[which]
        beliefs: dict[str, Estimate] = {}
        for name, one in whole.posterior.beliefs.items():
            known = np.array([name in line.asked for line in self.lines])[which]
            first = np.array([name == first_of(line.asked) for line in self.lines])[
                which
            ]
            priority = case.candidate.priorities.get(name, 1.0)
            beliefs[name] = unchecked(
                one,
                mean=one.mean + np.where(first, shared / priority, 0.0),
                sd=np.where(known, 0.0, one.sd),
            )
        posterior = evolve(whole.posterior, beliefs=beliefs)
        process = whole.compiled(posterior, spread * at)
        return solve_courses(open_courses(case, posterior, process), process, at.size)[
            0
        ]


@frozen(eq=False)
class OneByOne:
    """
    Curves beside other processes.
    """

    whole: Outlook
    lines: Sequence[Line]

    def __call__(self, which: Which, at: FloatColumn) -> FloatArray:
        """
        Worths of each action at a point of a line each.
        """
        points = zip(which.tolist(), at.tolist(), strict=True)
        return np.array([self._worths(self.lines[one], z) for one, z in points]).T

    def _worths(self, line: Line, at: float) -> list[Worth]:
        shared = line.share * line.spread * at + line.rest
        posterior = self.whole.known(line.asked, shared)
        process = self.whole.compiled(posterior, line.spread * at)
        mean = process.percent * process.mean
        case = self.whole.case
        return [
            weigh(one, solve_steps(one.steps), mean, case.rivals)
            if one.steps
            else total(one.terms.values())
            for one in open_courses(case, posterior, process)
        ]


def first_of(asked: Asked) -> str:
    """
    The aspect of the company that stands for all of them; none if there is none.
    """
    return next((one for one in asked if one in COMPANY_ASPECTS), "")
