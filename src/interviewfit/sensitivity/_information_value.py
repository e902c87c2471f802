"""Expected value of partial perfect information: one aspect is known before deciding.

Suppose aspect j of the job became known for sure now. The surplus m then moves by
p * (x - mean), which is normal with standard deviation s = priority * sd, and no stage
ahead has anything left to show of j. With W the value of the best open action, and
W_j the same where stages show nothing of j,

    value of knowing j = E[ W_j(m + s * Z) ] - W(m),    Z standard normal.

It is never below 0, because the candidate may ignore what they learned.

An aspect of the company moves something more. Another role at the same firm shares
those aspects, so that good news on culture raises the value of that role, too. So at
every point of the integral the decision is evaluated anew, with the belief in that
aspect moved and its standard deviation at 0.

References: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961);
M. Strong, J. E. Oakley and A. Brennan, Medical Decision Making 34 (2014) 311-326, for
the usual estimate of what is integrated here.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from interviewfit._assessment.alternatives import compile_problem
from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import evaluate_rows
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Estimate
from interviewfit._model.parameters import quoted
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.expected_maximum import Curves, expected_maximum
from interviewfit._process.substitution import default_belief
from interviewfit.sensitivity._switching_values import value_scale

__all__ = ["ConditionalDecision"]

# Values closer than this share of what is at stake differ by rounding alone.
_ROUNDING = 1e-14


@frozen(eq=False)
class ConditionalDecision:
    """A decision that is made once one aspect of the job is known.

    Attributes:
        decision: As things stand.
        beliefs: What is believed of each aspect now, percent of pay.
        sds: Standard deviation of each aspect as it counts in the surplus, percent of
            pay.
        slack: Differences of value that are rounding, hours.
    """

    decision: Decision
    beliefs: Mapping[str, Estimate[float]]
    sds: Mapping[str, PercentOfPay]
    slack: Worth

    @classmethod
    def of(cls, assessment: Assessment) -> "ConditionalDecision":
        """The decision that was assessed."""
        decision = assessment.decision
        beliefs = compile_problem(decision).posterior.beliefs
        priorities = decision.candidate.priorities
        sds = {
            aspect: priorities.get(aspect, 1.0) * belief.sd
            for aspect, belief in beliefs.items()
        }
        return cls(decision, beliefs, sds, _ROUNDING * value_scale(assessment))

    def expected_values(self, aspects: Sequence[str]) -> FloatColumn:
        """Expected value of the best action once each aspect is known.

        Args:
            aspects: Names of aspects with a standard deviation above 0.

        Returns:
            Hours, one for each aspect; at least the value as things stand, but for
            rounding.
        """
        if not aspects:
            return np.empty(0)
        return expected_maximum(self.curves(aspects), len(aspects), self.slack)

    def curves(self, aspects: Sequence[str]) -> Curves:
        """Value of each action as a function of the standardised news on an aspect.

        Args:
            aspects: The aspect of each curve.

        Returns:
            A function of numbers of curves and of z, both ``(points,)``, that gives
            hours ``(actions, points)``.
        """
        stated = self.decision.opportunity.beliefs

        def values(curve: IndexArray, z: FloatColumn) -> FloatArray:
            """The value of each action, hours, ``(actions, points)``.

            Args:
                curve: The number of the curve on which each point lies, ``(points,)``.
                z: The news at each point, in standard deviations, ``(points,)``.
            """
            columns = {}
            for number, aspect in enumerate(aspects):
                is_known, name = curve == number, quoted(aspect)
                now = self.beliefs[aspect]
                before = stated.get(aspect) or default_belief(self.decision, aspect)
                news = now.mean + now.sd * z
                columns[f"{name}.mean"] = np.where(is_known, news, before.mean)
                columns[f"{name}.sd"] = np.where(is_known, 0.0, before.sd)
            return evaluate_rows(self.decision, columns).values

        return values
