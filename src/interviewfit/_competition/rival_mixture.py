"""What a process competes with, as weighted alternatives.

For the best alternative Y with the distribution Q and any f of a process that answers
to its alternative, up to its index or the end of all alternatives c,

    E[f(Y), Y < c] = f(c-) Q(c) - integral of f'(y) Q(y) dy
                     + sum over the jumps e of f below c of (f(e-) - f(e+)) Q(e)

The acceptance of a job that brings no news jumps where the alternative is worth the
same. A rival may be worth just that, too: ties are broken in an order. Those before the
process have a job at e and Q(e) is the chance that none of them takes it; those after
it get it only if the process does not. In a plan that is the order of the processes, as
in ``index_value``; an opportunity that is judged beside others comes last. So the first
of equal sure jobs is accepted, and all chances add up to at most 1. The best offer in
hand, or staying, comes after all: a job that is worth no less is accepted.

Reference: M. L. Weitzman, Econometrica 47 (1979) 641-654, for Y and the index.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Alternatives whose distance is less than this share of them are equal.
_EQUAL = 1e-13
# Processes times alternatives that are worked out at once.
_MOST_PAIRS = 1 << 15


@frozen(eq=False, repr=False)
class RivalMixture:
    """Alternatives to one process with a weight each: weighted sums are expectations.

    Attributes:
        points: Alternatives, hours, ``(points,)``.
        weights: Weight of each point, of either sign, likewise.
        start_probability: Probability that the alternative is below the index, so that
            the process is begun.
    """

    points: FloatArray
    weights: FloatArray
    start_probability: float


@frozen(eq=False, repr=False)
class JumpPoints:
    """Where the acceptance of a process jumps, and where its alternatives end.

    Attributes:
        inside: Alternatives at which it jumps, hours, ``(jumps,)``.
        cut: The last alternative, hours.
        end: Where what follows from the cut is evaluated, hours.
        is_capped: Whether the process is over at the cut, which is its index.
    """

    inside: FloatColumn
    cut: float
    end: float
    is_capped: bool

    @classmethod
    def of(
        cls, jumps: FloatColumn, outside_option: float, cut: float, is_capped: bool
    ) -> "JumpPoints":
        """Those between the least of the alternatives and the last.

        Args:
            jumps: Alternatives at which it jumps, if any, or NaN, hours, ``(jumps,)``.
            outside_option, cut: The least of the alternatives and the last, hours.
            is_capped: As the attribute.
        """
        # What is beyond all numbers is never among the alternatives.
        inside = np.unique(jumps[np.isfinite(jumps)])
        if not inside.size:
            return cls(inside, cut, cut, is_capped)
        # At its index a process is over, whatever it would do beyond.
        side = -1.0 if is_capped else 1.0
        end = cut + side * float(equal_width(np.array(cut)))
        least = outside_option - equal_width(inside)
        inside = inside[(inside >= least) & (inside < end)]
        return cls(inside, cut, end, is_capped)

    @property
    def alternatives(self) -> FloatColumn:
        """Where it matters whether a rival goes before the process, hours."""
        return np.append(self.inside, self.cut) if self.is_capped else self.inside

    def mixture(
        self, points: FloatColumn, weights: FloatColumn, turns: FloatColumn
    ) -> RivalMixture:
        """The alternatives to the process.

        Args:
            points, weights: Of the panels, hours.
            turns: Probability that no rival goes before the process, at each of
                *alternatives*.
        """
        chance = float(turns[-1]) if self.is_capped else 1.0
        width, falls = equal_width(self.inside), turns[: self.inside.size]
        return RivalMixture(
            np.concatenate(
                (points, self.inside - width, self.inside + width, [self.end])
            ),
            np.concatenate((weights, falls, -falls, [chance])),
            min(1.0, max(0.0, chance)),
        )


def equal_width(alternatives: FloatArray) -> FloatArray:
    """How far from some alternatives others count as equal, hours, in any shape."""
    size = np.where(np.isfinite(alternatives), np.abs(alternatives), -1.0)
    return np.asarray(_EQUAL * (1.0 + size))


def turns_of(
    acceptance: Callable[[FloatArray], FloatArray],
    indices: FloatColumn,
    points: Mapping[int, JumpPoints],
) -> Iterator[tuple[int, FloatColumn]]:
    """Yield the probability that no rival goes before a process at its alternatives.

    Of rivals that are worth just that, those before the process have it. Those of many
    processes are worked out at once, because a call costs more than its arithmetic.

    Args:
        acceptance: Of every process that goes on, by alternatives, ``(processes,
            alternatives)``.
        indices: Index of each process, hours, ``(processes,)``.
        points: Of some processes, by their row.

    Yields:
        The row, and the probability at each of its ``alternatives``.
    """
    alternatives = [at.alternatives for at in points.values()]
    sizes = [at.size for at in alternatives]
    owner, at = (
        np.repeat(np.array([*points], np.intp), sizes),
        np.concatenate((*alternatives, np.empty(0))),
    )
    rows, width = np.arange(indices.size)[:, None], equal_width(at)
    turns, most = np.empty(at.size), max(1, _MOST_PAIRS // max(1, rows.size))
    for start in range(0, at.size, most):
        chosen = slice(start, start + most)
        beyond = np.where(rows < owner[chosen], -width[chosen], width[chosen])
        tried = at[chosen] + beyond
        running = (indices[:, None] > tried) & (rows != owner[chosen])
        chances = np.clip(acceptance(tried), 0.0, 1.0)
        turns[chosen] = np.where(running, 1.0 - chances, 1.0).prod(axis=0)
    ends = np.cumsum(sizes).tolist()
    for process, size, end in zip(points, sizes, ends, strict=True):
        yield process, turns[end - size : end]
