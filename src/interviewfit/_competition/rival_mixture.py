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

from collections.abc import Callable

import numpy as np
from attrs import frozen

from interviewfit._numeric.arrays import FloatArray, FloatColumn

# Alternatives whose distance is less than this share of them are equal.
_EQUAL = 1e-13


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

    @classmethod
    def of_jumps(
        cls,
        points: FloatColumn,
        weights: FloatColumn,
        jumps: FloatColumn,
        turn: Callable[[FloatColumn], FloatColumn],
        outside_option: float,
        cut: float,
        is_capped: bool,
    ) -> "RivalMixture":
        """The alternatives to a process whose acceptance may jump.

        Args:
            points, weights: Of the panels, hours.
            jumps: Alternatives at which it jumps, if any, or NaN, hours, ``(jumps,)``.
            turn: Probability that no rival goes before the process at alternatives.
            outside_option, cut: The least of the alternatives and the last, hours.
            is_capped: Whether the process is over at the cut, which is its index.
        """
        last = np.array([cut])
        chance = float(turn(last)[0]) if is_capped else 1.0
        # What is beyond all numbers is never among the alternatives.
        kept = np.unique(jumps[np.isfinite(jumps)])
        # At its index a process is over, whatever it would do beyond.
        side = (-1.0 if is_capped else 1.0) if kept.size else 0.0
        end = last + side * equal_width(last)
        kept = kept[(kept >= outside_option - equal_width(kept)) & (kept < end)]
        width, falls = equal_width(kept), turn(kept)
        return cls(
            np.concatenate((points, kept - width, kept + width, end)),
            np.concatenate((weights, falls, -falls, [chance])),
            min(1.0, max(0.0, chance)),
        )


def equal_width(alternatives: FloatArray) -> FloatArray:
    """How far from some alternatives others count as equal, hours, in any shape."""
    size = np.where(np.isfinite(alternatives), np.abs(alternatives), -1.0)
    return np.asarray(_EQUAL * (1.0 + size))
