"""The value of a decision, were some aspects of the job known for sure.

Suppose aspect j were known now for sure. The surplus m then moves by p * (X - mean),
normal with standard deviation s = priority * sd, and no stage ahead has anything left
to show of j. So with W the value over all open actions, and *without* the same process
whose stages show nothing of j,

    worth of knowing j = E[ W_without(m + s * Z) ] - W(m)

Knowing it sooner than the stages would show it is never worth less than 0: one could
forget it again. Of several aspects the variances add up.

One more thing moves. Another role at the same firm shares the aspects of the company
(``prices``): a good answer on culture makes that role worth more, too, a bad one less.
So each answer on the company has a chain of its own. Where the role is asked about as
well, the mean over that is taken from each of these chains, and then the mean of the
means. Both are cut where another action becomes best (``averages``), and exact.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961),
for the value of information; M. Strong, J. E. Oakley and A. Brennan, Medical Decision
Making 34 (2014) 311-326, for its usual estimate.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot

from attrs import frozen

from interviewfit._assessment.alternatives import compile_case
from interviewfit._assessment.assessing import Assessment
from interviewfit._model.priors import COMPANY_ASPECTS
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._numeric.expected_maximum import Curves, expected_maximum
from interviewfit.sensitivity._conditional import (
    Asked,
    Beside,
    ConditionalDecision,
    Fixed,
    Moving,
    RevealedAspects,
    TwoFold,
)
from interviewfit.sensitivity._one_way_search import stakes

__all__ = ["Foresight"]

# Worths closer than this share of the stakes are told apart by rounding alone.
_ROUNDING = 1e-14


@frozen(eq=False)
class Foresight:
    """One decision, ready to be asked what knowing more would be worth.

    Attributes:
        whole: The decision as things stand.
        sds: Of each aspect as it counts in the surplus, percent of pay.
        value: Worth of the best action as things stand, hours.
    """

    whole: ConditionalDecision
    sds: Mapping[str, PercentOfPay]
    value: Worth

    @classmethod
    def of(cls, assessment: Assessment) -> "Foresight":
        """That of an answer."""
        case, posterior, process = compile_case(assessment.decision)
        return cls(
            ConditionalDecision(
                case,
                posterior,
                process,
                _ROUNDING * stakes(assessment),
            ),
            {
                name: case.candidate.priorities.get(name, 1.0) * one.sd
                for name, one in posterior.beliefs.items()
            },
            assessment.value,
        )

    def worths(self, asked: Sequence[Asked]) -> list[Worth]:
        """What knowing each set of aspects is worth, hours; never below 0."""
        return [max(0.0, one - self.value) for one in self.values(asked)]

    def values(self, asked: Sequence[Asked]) -> list[Worth]:
        """Worth of the best action once each set is known, on average, hours."""
        found: dict[Asked, Worth] = {}
        for lines, curves in self._parts([self._line(one) for one in asked]):
            means = expected_maximum(curves, len(lines), self.whole.slack)
            found.update(
                (line.asked, mean)
                for line, mean in zip(lines, means.tolist(), strict=True)
            )
        return [found[one] for one in asked]

    def _line(self, asked: Asked) -> RevealedAspects:
        firm = (self.sds[one] for one in asked if one in COMPANY_ASPECTS)
        role = (self.sds[one] for one in asked if one not in COMPANY_ASPECTS)
        return RevealedAspects(asked, hypot(*firm), hypot(*role))

    def _parts(
        self, lines: Sequence[RevealedAspects]
    ) -> Iterator[tuple[Sequence[RevealedAspects], Curves]]:
        """Lines, and how their curves are had."""
        fixed = [one for one in lines if not self.whole.moves(one.asked)]
        moving = [one for one in lines if self.whole.moves(one.asked)]
        if self.whole.case.rivals is not None:
            for some in (fixed, moving):
                if some:
                    yield some, Beside(self.whole, some)
            return
        alone = [one for one in moving if not one.role]
        both = [one for one in moving if one.role]
        if fixed:
            yield fixed, Fixed(self.whole, fixed)
        if alone:
            yield alone, Moving(self.whole, alone)
        if both:
            yield both, TwoFold(self.whole, both)
