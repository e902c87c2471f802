"""What is unknown of a job, and how rounds narrow it.

A round shows a share of the variance that is then still unknown of each aspect. Behind
the rounds that are over, what nobody has spoken of is therefore no longer as uncertain
as at the start, and its mean has not moved, because no news is no news:

    variance now = variance at the start * product of (1 - share) over the rounds behind

of which a round that is half over counts with the share that has passed. So what a step
promised before the first round is what it is worth when its turn comes.

Reference: B. Jovanovic, "Job matching and the theory of turnover", Journal of Political
Economy 87 (1979), for a normal match that is learned in steps.
"""

from typing import Generic

from attrs import define

from interviewfit._model.numbers import Numbers
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import N, fsum, is_zero, safe_divide
from interviewfit._process.structure import DESK_RESEARCH, StageStructure, Structure


def stages_over(structure: Structure) -> tuple[StageStructure, ...]:
    """Everything behind that has shown something, desk research among it, in order."""
    behind, before = structure.behind, structure.researched
    if before is None:
        return behind
    return (*behind[:before], DESK_RESEARCH, *behind[before:])


def share_left(structure: Structure, numbers: Numbers[N], aspect: str) -> N:
    """The share of the variance of an aspect that the rounds behind have left, 0 to 1.

    Args:
        structure: Says which rounds are behind, whether one is half over, and whether
            things were looked up.
        numbers: Of the decision, with the share that each round shows.
        aspect: Any.
    """
    left: N = 1.0
    for stage in stages_over(structure):
        left = left * (1.0 - numbers.reveals(stage.number, stage.kind, aspect))
    if structure.phase is Phase.MIDWAY:
        stage = structure.stages[structure.stage]
        share = numbers.reveals(stage.number, stage.kind, aspect)
        left = left * (1.0 - numbers["first_half"] * share)
    return left


@define(eq=False)
class Variances(Generic[N]):
    """What is unknown of each aspect, as it is weighed. It changes as stages reveal.

    Attributes:
        by_aspect: Percent of pay squared.
    """

    by_aspect: dict[str, N]

    def reveal(self, numbers: Numbers[N], stage: StageStructure, over: N) -> N:
        """The variance of the surplus that a whole stage reveals; it is taken away.

        Args:
            numbers, stage: Of the decision, with the shares revealed, and which stage.
            over: The share of the stage that is over, 0 to 1; the variances are those
                that it has left.
        """
        revealed: list[N] = []
        is_under_way, number, kind = not is_zero(over), stage.number, stage.kind
        for aspect, variance in self.by_aspect.items():
            share = numbers.reveals(number, kind, aspect)
            whole = variance
            if is_under_way:
                whole = safe_divide(variance, 1.0 - over * share)
            revealed.append(share * whole)
            self.by_aspect[aspect] = (1.0 - share) * whole
        return fsum(revealed)
