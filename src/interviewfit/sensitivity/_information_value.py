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
from attrs import evolve, frozen

from interviewfit._assessment.alternatives import compile_problem
from interviewfit._assessment.assessing import Assessment
from interviewfit._assessment.evaluation import evaluate_rows
from interviewfit._model.decision import Decision
from interviewfit._model.numbers import Estimate
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.expected_maximum import Curves, expected_maximum
from interviewfit._process.parameters import default_belief, list_inputs
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
        value: Value of the best action as things stand, hours.
        slack: Differences of value that are rounding, hours.
    """

    decision: Decision
    beliefs: Mapping[str, Estimate[float]]
    sds: Mapping[str, PercentOfPay]
    value: Worth
    slack: Worth

    @classmethod
    def of(cls, assessment: Assessment) -> "ConditionalDecision":
        """The decision that was assessed."""
        decision = assessment.decision
        posterior = compile_problem(decision).posterior
        # A belief that nobody stated has no numbers of its own to move.
        beliefs = {name: default_belief(decision, name) for name in posterior.beliefs}
        beliefs |= decision.opportunity.beliefs
        opportunity = evolve(decision.opportunity, beliefs=beliefs)
        priorities = decision.candidate.priorities
        sds = {
            aspect: priorities.get(aspect, 1.0) * belief.sd
            for aspect, belief in posterior.beliefs.items()
        }
        slack = _ROUNDING * value_scale(assessment)
        return cls(
            evolve(decision, opportunity=opportunity),
            posterior.beliefs,
            sds,
            assessment.value,
            slack,
        )

    def expected_values(self, aspects: Sequence[str]) -> FloatColumn:
        """Expected value of the best action once each aspect is known.

        Args:
            aspects: Names of aspects with a standard deviation above 0.

        Returns:
            Hours, one for each aspect; at least ``value``, but for rounding.
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
        parameters = {item.path[1:]: item for item in list_inputs(self.decision)}
        means = [parameters["beliefs", aspect, "mean"] for aspect in aspects]
        sds = [parameters["beliefs", aspect, "sd"] for aspect in aspects]

        def values(curve: IndexArray, z: FloatColumn) -> FloatArray:
            """Hours of each action, ``(actions, points)``, at news *z* of its curve."""
            columns = {}
            for number, aspect in enumerate(aspects):
                belief, mean, sd = self.beliefs[aspect], means[number], sds[number]
                is_known, news = curve == number, belief.mean + belief.sd * z
                columns[mean.name] = np.where(is_known, news, mean.value)
                columns[sd.name] = np.where(is_known, 0.0, sd.value)
            return evaluate_rows(self.decision, columns).values

        return values
