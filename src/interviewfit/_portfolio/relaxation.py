"""What no plan can be worth more than, where processes teach each other.

Let d[j] be how far process j would be passed on, drawn beforehand and apart from how
far it really is. Let each process have from the start, known to all, the skill that the
others would have taught it by then. With skill fixed the index policy is exact; its
worth on average over d is an upper bound, for it bounds itself one step on. If j is
passed on with chance p, after which A is to come, or is not, after which B is, each
with many lessons of j to the others or with few,

    p A(many) + (1 - p) B(few)  <=  p (p A(many) + (1 - p) A(few))
                                    + (1 - p) (p B(many) + (1 - p) B(few))

since skill is worth no more to the others beside one more rival, j: so B(many) - B(few)
is no less than A(many) - A(few). Chances to be passed on are never below the real ones.

The skills of different processes rise and fall together with d. So on average a product
of chances to accept none is at least the product of their averages, and one integral
over mixtures bounds them all (``contest``). What is rounded is rounded up.

To be passed on must be no worse than to fail. It is not where a step that can be failed
is followed by one that costs something to leave, which stages never are (``process``).

Reference: D. B. Brown, J. E. Smith, P. Sun, "Information Relaxations and Duality in
Stochastic Dynamic Programs", Operations Research 58 (2010) 785-801, for the method.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import ceil, fsum, inf, log

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters, PracticeModel, better
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.units import Worth
from interviewfit._numeric.arrays import FloatArray
from interviewfit._process.compilation import Step

__all__ = ["InformationRelaxation"]

# With more processes than this, all that can be taught is.
_MANY = 24
# Sizes of skill while it is added up, and in the end.
_BINS, _POINTS = 96, 4


@frozen(eq=False)
class InformationRelaxation:
    """Processes with more skill than any plan could give them.

    Attributes:
        lanes: With the lowest skill of each, then with the next, and so on.
        chances: Of these, ``(skills, processes)``.
    """

    lanes: Sequence[ChainParameters[float]]
    chances: FloatArray

    @classmethod
    def of(
        cls,
        lanes: Sequence[ChainParameters[float]],
        steps: Sequence[Sequence[Step[float]]],
        teaching: PracticeModel,
    ) -> "InformationRelaxation":
        """What processes can learn from each other.

        Args:
            lanes, steps: Of each process.
            teaching: What interviews teach.
        """
        lessons = [teaching.lessons(own) for own in steps]
        most = _most_skill(lessons, teaching)
        skills, chances = np.array([most]), np.ones((1, len(lanes)))
        if len(lanes) <= _MANY:
            far = [better(*one) for one in zip(lanes, most, steps, strict=True)]
            laws = [_law(*one) for one in zip(far, lessons, strict=True)]
            skills, chances = _mixed(laws, most)
        return cls(
            [
                better(*one)
                for row in skills.tolist()
                for one in zip(lanes, row, steps, strict=True)
            ],
            chances,
        )

    def worth(self, pipeline: SolvedProcesses, start: int, base: Worth) -> Worth:
        """The bound, once the lanes are solved.

        Args:
            pipeline: With the lanes in it.
            start: The first of them there.
            base: The sure alternative, hours.
        """
        rows = slice(start, start + len(self.lanes))
        shape = self.chances.shape
        indices = pipeline.indices[rows].reshape(shape)
        indices = np.where(self.chances > 0.0, indices, -inf)
        highest = indices.max(axis=0)
        # Whoever goes on the longest goes on; the others stop at their index.
        stops = np.where(indices < highest, indices, inf)

        def acceptance(alternatives: FloatArray) -> FloatArray:
            found = pipeline.acceptance_probability(alternatives, rows).reshape(
                *shape, -1
            )
            on = alternatives < stops[:, :, None]
            found = np.where(on, found, 0.0) * self.chances[:, :, None]
            return np.asarray(found.sum(axis=0))

        kinks = pipeline.breakpoints(base, rows)
        return IndexPolicyValue.of(
            base,
            highest,
            (self.chances * pipeline.levels[rows].reshape(shape)).sum(axis=0),
            pipeline.upper_supports[rows].reshape(shape).max(axis=0),
            np.concatenate((kinks, stops[np.isfinite(stops)])),
            acceptance,
        ).value


def _most_skill(
    lessons: Sequence[Sequence[float]], teaching: PracticeModel
) -> list[float]:
    """More than each process can learn from the others, in whatever order.

    Each interview teaches less the more have been before: sizes p in a row teach *unit*
    times the sum of p * decay**(sizes before), at most the integral of decay**c and one
    lesson.
    """
    taught = [fsum(own) for own in lessons]
    whole, most = fsum(taught), inf
    if 0.0 < teaching.decay < 1.0:
        longest = max(one for own in lessons for one in own)
        most = longest - teaching.weight * teaching.unit / log(teaching.decay)
    return [min(most, max(0.0, whole - own)) for own in taught]


def _law(lane: ChainParameters[float], lessons: Sequence[float]) -> dict[float, float]:
    """What a process teaches if it goes as far as it can, and how likely that is."""
    taught = list(accumulate(lessons))
    reached = list(accumulate(lane.survive, lambda one, two: one * two, initial=1.0))
    law: dict[float, float] = {}
    for k, learned in enumerate(taught):
        # Failed here, or at the end.
        ends = reached[k] - (reached[k + 1] if k + 1 < len(taught) else 0.0)
        law[learned] = law.get(learned, 0.0) + ends
    return law


def _mixed(
    laws: Sequence[dict[float, float]], most: Sequence[float]
) -> tuple[FloatArray, FloatArray]:
    """Skills each process has from all the others, rounded up, and their chances.

    Both of shape ``(skills, processes)``.
    """
    bin_ = max(most) / (_BINS - 1)
    tables = np.zeros((len(laws), _BINS))
    for table, law in zip(tables, laws, strict=True):
        for learned, chance in law.items():
            table[min(_BINS - 1, ceil(learned / bin_ - 1e-9)) if bin_ else 0] += chance
    nothing = np.zeros(_BINS)
    nothing[0] = 1.0
    before = [nothing, *accumulate(tables, _added)]
    behind = [nothing, *accumulate(tables[::-1], _added)][::-1]
    skills, chances = np.zeros((2, _POINTS, len(laws)))
    for i, limit in enumerate(most):
        whole = _added(before[i], behind[i + 1])
        found = np.flatnonzero(whole)
        low, high = float(found[0]), float(found[-1])
        edges = np.ceil(np.linspace(low, high, _POINTS + 1)[1:] - 1e-9)
        groups = np.searchsorted(edges, found)
        np.add.at(chances[:, i], groups, whole[found])
        skills[:, i] = np.minimum(limit, edges * bin_)
    return skills, chances


def _added(one: FloatArray, two: FloatArray) -> FloatArray:
    """The law of a sum; all beyond the last bin is in it."""
    whole = np.convolve(one, two)
    found = whole[:_BINS]
    found[-1] += whole[_BINS:].sum()
    return found
