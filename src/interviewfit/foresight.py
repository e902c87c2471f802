"""
The value of a decision, were some aspects of the job known for sure.

Suppose aspect j were known now for sure. The surplus m then moves by p * (X - mean),
normal with standard deviation s = priority * sd, and no stage ahead has anything left
to show of j. So with W the value over all open actions, and *without* the same process
whose stages show nothing of j,

    worth of knowing j = E[ W_without(m + s * Z) ] - W(m)

Knowing it sooner than the stages would show it is never worth less than 0: one could
forget it again. Of several aspects the variances add up.

One more thing moves. Another role at the same firm shares the aspects of the company
(``prices``): a good answer on culture makes that role worth more, too, a bad one less.
Of aspects C of the company and R of the role, what is learned of the company is

    share * s * Z + rest * U,   share = var_C / (var_C + var_R),
                                rest = sd_C * sd_R / s,  U normal, independent of Z

The mean over Z is cut where another action becomes best (``averages``) and exact to
rounding. That over U, where both kinds are asked about, is a sum over a few points, off
by about a millionth of an hour.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961),
for the value of information; M. Strong, J. E. Oakley and A. Brennan, Medical Decision
Making 34 (2014) 311-326, for its usual estimate.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot

import numpy as np
from attrs import frozen

from interviewfit.assessment import Assessment
from interviewfit.averages import Curves, mean_best
from interviewfit.context import beside_others
from interviewfit.courses import Case
from interviewfit.interpolation import Interpolated
from interviewfit.outlooks import Asked, Line, OneByOne, Outlook, SideBySide
from interviewfit.priors import COMPANY_ASPECTS
from interviewfit.process import compile_process
from interviewfit.scan import stakes
from interviewfit.signals import update
from interviewfit.units import PercentOfPay, Worth

__all__ = ["Foresight"]

# Of the second normal number, over which so little changes that few will do.
_NODES = 8
# Worths closer than this share of the stakes are told apart by rounding alone.
_ROUNDING = 1e-14
# Interpolation may be off by so much of the stakes.
_OFF = 1e-13


@frozen(eq=False)
class Foresight:
    """
    One decision, ready to be asked what knowing more would be worth.

    Attributes:
        whole: The decision as things stand.
        sds: Of each aspect as it counts in the surplus, percent of pay.
        value: Worth of the best action as things stand, hours.
        stakes: Size of the numbers that is made of, hours.
    """

    whole: Outlook
    sds: Mapping[str, PercentOfPay]
    value: Worth
    stakes: Worth

    @classmethod
    def of(cls, assessment: Assessment) -> "Foresight":
        """
        That of an answer.
        """
        decision = assessment.decision
        who, rivals = decision.candidate, None
        if decision.beside:
            who, rivals = beside_others(decision)
        job, numbers = decision.opportunity, decision.assumptions
        posterior = update(who, job, numbers)
        process = compile_process(who, job, posterior, numbers)
        return cls(
            Outlook(Case(who, job, numbers, rivals), posterior, process),
            {
                name: who.priorities.get(name, 1.0) * one.sd
                for name, one in posterior.beliefs.items()
            },
            assessment.value,
            stakes(assessment),
        )

    def worths(self, asked: Sequence[Asked]) -> list[Worth]:
        """
        What knowing each set of aspects is worth, hours; never below 0.
        """
        found = dict.fromkeys(asked, 0.0)
        for lines, curves in self._parts(asked):
            means = mean_best(curves, len(lines), _ROUNDING * self.stakes)
            for line, mean in zip(lines, means.tolist(), strict=True):
                found[line.asked] += line.weight * mean
        return [max(0.0, found[one] - self.value) for one in asked]

    def _parts(self, asked: Sequence[Asked]) -> Iterator[tuple[Sequence[Line], Curves]]:
        """
        Lines, and how their curves are had.
        """
        lines = [line for one in asked for line in self._lines(one)]
        if self.whole.case.rivals is not None:
            yield lines, OneByOne(self.whole, lines)
            return
        curves = Interpolated(self.whole, lines)
        sound = curves.sound(_OFF * self.stakes)
        rest = [one for one in lines if one.asked not in sound]
        if sound:
            curves = curves.only(sound)
            yield curves.lines, curves
        if rest:
            yield rest, SideBySide(self.whole, rest)

    def _lines(self, asked: Asked) -> Iterator[Line]:
        firm = hypot(*(self.sds[one] for one in asked if one in COMPANY_ASPECTS))
        role = hypot(*(self.sds[one] for one in asked if one not in COMPANY_ASPECTS))
        spread = hypot(firm, role)
        share, rest = (firm / spread) ** 2, firm * role / spread
        if not self.whole.moves(asked) or not rest:
            yield Line(asked, 1.0, spread, share, 0.0)
            return
        nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        weights /= weights.sum()
        for node, weight in zip(nodes.tolist(), weights.tolist(), strict=True):
            yield Line(asked, weight, spread, share, rest * node)
