"""One decision beside the other processes of a search.

The others count in two ways. What one accepts here is worth its surplus beyond the best
of the others, which are played out by index (``contest``). And what an interview here
teaches is worth what it adds to them, instead of a guess at what lies ahead.
"""

from collections.abc import Sequence

from attrs import frozen

from interviewfit._competition.chains import ChainParameters, better
from interviewfit._competition.entries import enter
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import Rivals, SolvedProcesses
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Candidate
from interviewfit._model.fields import LARGEST, unchecked
from interviewfit._model.priors import Assumptions
from interviewfit._model.units import Worth
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import divided, larger, smaller, vanishes
from interviewfit._process.side_values import given

__all__ = ["beside_others", "beside_rows"]

# By how much skill is moved to see what it is worth, log-odds.
_NUDGE = 1e-3


@frozen(eq=False)
class _Beside:
    """The others as numbers, of which any may be a column.

    Attributes:
        candidate: Told what the others have shown.
        lanes: Those that run.
        skilled: The same with a little more skill; none if practice counts for nothing.
        base: The best offer in hand, or 0, hours.
    """

    candidate: Candidate
    lanes: Sequence[ChainParameters]
    skilled: Sequence[ChainParameters]
    base: Worth

    @classmethod
    def of(cls, decision: Decision) -> "_Beside":
        opportunity, assumptions = decision.opportunity, decision.assumptions
        others = [one for one in decision.beside if one.name != opportunity.name]
        own, *entries = enter(
            decision.candidate, [opportunity, *others], assumptions, "assess(beside)"
        )
        running = [one for one in entries if one.runs]
        lanes = [ChainParameters.of(one.process) for one in running]
        base = 0.0
        for one in entries:
            offered = one.opportunity.position.phase is Phase.OFFERED
            if offered and not one.dealbreakers:
                base = larger(base, one.process.percent * one.process.mean)
        skilled = [
            better(lane, _NUDGE, one.process.steps)
            for lane, one in zip(lanes, running, strict=True)
            if not vanishes(decision.candidate.weights.practice)
        ]
        return cls(own.candidate, lanes, skilled, base)


def beside_others(decision: Decision) -> tuple[Candidate, Rivals]:
    """The candidate told what the others have shown, and the others as rivals.

    Offers among the others are taken to wait.

    Raises:
        InvalidFieldError: If two of the others share a name.
    """
    beside = _Beside.of(decision)
    rivals = Rivals.of(beside.lanes, beside.base)
    gained = 0.0
    if beside.skilled:
        skilled = SolvedProcesses.of(beside.skilled).contest(beside.base).value
        gained = larger(0.0, (skilled - rivals.value) / _NUDGE)
    return _taught(beside.candidate, gained, decision.assumptions), rivals


def beside_rows(decision: Decision, rows: int) -> tuple[Candidate, RivalDistribution]:
    """The same for a decision that holds columns of so many rows.

    Rows in which the others have the same numbers share what is worked out of them.
    """
    beside = _Beside.of(decision)
    others = RivalDistribution.of(beside.lanes, beside.base, rows)
    gained = 0.0
    if beside.skilled:
        skilled = RivalDistribution.of(beside.skilled, beside.base, rows).value
        gained = larger(0.0, (skilled - others.value) / _NUDGE)
    return _taught(beside.candidate, gained, decision.assumptions), others


def _taught(candidate: Candidate, gained: float, assumptions: Assumptions) -> Candidate:
    """The candidate for whom the others are what lies ahead.

    Practice is priced at sensitivity * interviews ahead * their worth (``prices``); the
    others make that *gained*, beside whatever else lies ahead.
    """
    more = given(candidate.interviews_ahead, 0.0) * given(
        candidate.worth_ahead, assumptions["worth_ahead"]
    )
    worth = more + divided(gained, assumptions["practice_sensitivity"])
    return unchecked(
        candidate, interviews_ahead=1.0, worth_ahead=smaller(LARGEST, worth)
    )
