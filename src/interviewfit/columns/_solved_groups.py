"""One pattern solved once, to be read for very many rows.

Rows of a pattern share every step and differ only in the mean of the surplus, which is
linear in what they bring. So each course open to them is one chart.
"""

from collections.abc import Mapping, Sequence
from math import inf

from attrs import frozen

from interviewfit._assessment.alternatives import Problem, forced, open_courses
from interviewfit._assessment.evaluation import fit_of
from interviewfit._competition.chains import solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import Action, Phase
from interviewfit._numeric.arrays import total
from interviewfit._process.compilation import compile_process
from interviewfit._process.inputs import Parameter, put
from interviewfit._process.signals import Posterior, update
from interviewfit._solver.interpolation import PiecewisePolynomial

__all__ = ["Sheet"]


@frozen(eq=False)
class Sheet:
    """What a pattern's rows need to be read off. Made by ``of``.

    Attributes:
        actions: Those open, in the order in which the first of two equal ones is best.
        worths: Of each: a number, a chart over the mean, or None for the mean itself.
        slopes: Of the mean of the surplus by each column, by its name, percent of pay.
        base: That mean where every column is 0.
        percent: What one percent of pay is worth, hours.
        threshold: Go on now if the surplus is above it, percent of pay.
        after: One would go on after the next step if the mean is above it, hours; -inf
            where nobody asks.
        forced: What a dealbreaker makes one do; None if none is met.
        unknown: Of how many aspects nothing is known.
    """

    actions: tuple[Action, ...]
    worths: tuple[Worth | PiecewisePolynomial | None, ...]
    slopes: Mapping[str, PercentOfPay]
    base: PercentOfPay
    percent: Worth
    threshold: PercentOfPay
    after: Worth
    forced: Action | None
    unknown: int

    @classmethod
    def of(cls, decision: Decision, inputs: Sequence[Parameter]) -> "Sheet":
        """Solve what the rows have in common.

        Args:
            decision: Of the pattern.
            inputs: What the columns give: means of aspects, the fallback.

        Raises:
            ValueError: If a first reveal is too small for a chart.
        """
        # What every column adds to is the mean where all of them are 0, as beliefs that
        # rows bring are already.
        others = [one for one in inputs if one.path[1] != "beliefs"]
        decision = put(decision, dict.fromkeys(others, 0.0))
        who, job = decision.candidate, decision.opportunity
        posterior = update(who, job, decision.assumptions)
        process = compile_process(who, job, posterior, decision.assumptions)
        courses = open_courses(
            Problem(who, job, decision.assumptions), posterior, process
        )
        worths: list[Worth | PiecewisePolynomial | None] = []
        # With an offer on the table only its own worth is left to ask.
        first, second = 0.0 if job.position.phase is Phase.OFFERED else inf, 0.0
        for course in courses:
            if course.action is Action.ACCEPT_OFFER:
                worths.append(None)
            elif course.steps:
                solution = solve_steps(course.steps)
                worths.append(solution.tabulate())
                if course.steps is process.steps:
                    first, second = (*solution.thresholds[0].tolist(), 0.0)[:2]
            else:
                worths.append(total(course.terms.values()))
        midway = job.position.phase is Phase.MIDWAY
        stopped = who.dealbreakers & job.tags
        return cls(
            actions=tuple(one.action for one in courses),
            worths=tuple(worths),
            slopes=_slopes(decision, posterior, inputs),
            base=process.mean,
            percent=process.percent,
            threshold=float(fit_of(first, process.percent)),
            after=second - process.steps[0].drift if midway else -inf,
            forced=forced(job.position.phase, process) if stopped else None,
            unknown=len(posterior.unknown),
        )


def _slopes(
    decision: Decision, posterior: Posterior, inputs: Sequence[Parameter]
) -> dict[str, PercentOfPay]:
    """What one percent more in each column adds to the mean of the surplus.

    Of its mean a normal belief keeps the share that it keeps of its variance, whatever
    is seen; and the surplus is what aspects add up to, less the fallback.
    """
    found: dict[str, PercentOfPay] = {}
    for one in inputs:
        aspect = str(one.path[2]) if one.path[1] == "beliefs" else ""
        cared = decision.candidate.priorities.get(aspect, 1.0) if aspect else -1.0
        kept = 1.0
        if aspect in posterior.beliefs:
            stated = decision.opportunity.beliefs[aspect].sd
            before = stated * decision.assumptions["overconfidence"]
            # What is certain stays as it is.
            kept = (posterior.beliefs[aspect].sd / before) ** 2 if before else 1.0
        found[one.name] = cared * kept
    return found
