"""What the best policy leads to, by the adjoint of the solver's recursion.

One pass forwards, through the transposes of the matrices used backwards, gives
the chance to take and to leave at each step. They weight the rewards and exits,
so the terms add up to the value by construction.

Mass is kept in three parts: on the floor (leaves at the next decision), on the
line (goes on for ever; three moments suffice) and on the nodes. A node holds the
difference of the true curve from the stick, so what comes to a node is taken off
the line or the floor.
"""

import numpy as np
from attrs import fields, frozen

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.value_function import ContinuationSample, ContinuationValue

__all__ = ["OutcomeMoments", "follow"]


@frozen(eq=False, repr=False)
class OutcomeMoments:
    """What the best policy leads to from some starting means.

    Arrays have the shape of the means; ``take`` and ``leave`` have one more
    axis, for the steps. All but ``value`` suppose that the first step is taken,
    and ``go = sum(take * reward) + sum(leave * exit) + offer``.

    Attributes:
        value: W at the first step, hours.
        continuation_value: C at the first step: the worth of going on now, hours.
        accept_probability: Chance that an offer comes and is accepted; also dC/dm.
        offer_value: Expected surplus of the accepted offer, hours.
        offer_square: Expected square of that surplus, hours squared.
        take_probability: Chance to take each step.
        leave_probability: Chance to leave at each step.
    """

    value: FloatArray
    continuation_value: FloatArray
    accept_probability: FloatArray
    offer_value: FloatArray
    offer_square: FloatArray
    take_probability: FloatArray
    leave_probability: FloatArray

    def row(self, number: int) -> "OutcomeMoments":
        """One row alone."""
        return OutcomeMoments(
            *(getattr(self, one.name)[number] for one in fields(OutcomeMoments))
        )


def follow(
    first: ContinuationValue,
    later: tuple[tuple[ContinuationValue, ContinuationSample], ...],
    points: FloatArray,
    steps: int,
    weights: FloatArray | None = None,
) -> tuple[FloatArray, ...]:
    """Moments of the offer, worth above the floor, chances to take and to leave.

    Args:
        first: The first run and the curve it leads to.
        later: The runs after it, each with what the nodes before it see.
        points: Starting means, shape ``(rows, points)``.
        steps: Length of the chain.
        weights: Of the points, in the same shape: what is found is then of all of
            them together, as of one point a row.
    """
    sight = first.at(points)
    line, worth = _onto_line(first, sight), sight.value
    masses, here = None, np.ones(points.shape)
    if weights is not None:
        line = (line * weights).sum(axis=2, keepdims=True)
        worth = (worth * weights).sum(axis=1, keepdims=True)
        here = weights.sum(axis=1, keepdims=True)
    take, leave = np.zeros((2, *here.shape, steps))
    start = sight
    for view, seen in ((first, sight), *later):
        run = view.run
        take[:, :, run.first : run.stop] = here[:, :, None] * run.reached[:, None, :]
        if seen is not start:
            line = _along(view, line)
            if masses is not None:
                moments = _onto_line(view, seen)
                line += (masses[None] @ moments[:, :, :, None])[..., 0]
        alive = here * run.survive
        if view.lens is None:
            # The end, or a wall: no node carries mass.
            masses, here = None, line[0].copy()
        else:
            if masses is None and weights is not None:
                reached = view.lens.scatter(seen.mean, weights[:, None, :])
            elif masses is None:
                reached = view.lens.bells(seen.mean)
            elif seen.bells is None:
                reached = view.lens.scatter(seen.mean, masses)
            else:
                reached = masses @ seen.bells
            masses = reached * (view.lens.weights * run.survive)[:, None, :]
            nodes = view.lens.panels.nodes
            right = nodes > view.curve.strike
            powers = right[:, :, None] * np.stack(
                (np.ones_like(nodes), nodes, nodes * nodes), axis=2
            )
            line -= np.moveaxis(masses @ powers, 2, 0)
            here = line[0] + masses.sum(axis=2)
        if run.stop < steps:
            leave[:, :, run.stop] = alive - here
    return line[0], line[1], line[2], worth, take, leave


def _along(view: ContinuationValue, line: FloatArray) -> FloatArray:
    """Moments of the mass on the line, after one more run."""
    drift, blur = view.run.drift, view.run.blur
    mass, first, second = line
    moved = np.empty_like(line)
    moved[0] = mass
    moved[1] = first + drift * mass
    moved[2] = second + 2.0 * drift * first + (drift * drift + blur * blur) * mass
    moved *= view.run.survive
    return moved


def _onto_line(view: ContinuationValue, seen: ContinuationSample) -> FloatArray:
    """Moments of the part of a unit mass that ends above the strike."""
    blur, mean = view.run.blur, seen.mean
    moments = np.empty((3, *mean.shape))
    moments[0] = seen.tail_probability
    spread = blur * seen.density
    moments[1] = mean * seen.tail_probability + spread
    moments[2] = (mean * mean + blur * blur) * seen.tail_probability
    moments[2] += spread * (mean + view.curve.strike)
    moments *= view.run.survive
    return moments
