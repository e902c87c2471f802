"""What the best policy leads to, by the adjoint of the backward recursion.

A pass forwards, through the transposes of the matrices used backwards, gives the
probability to take each step and to leave before it; with these as weights the rewards
and exits add up to the value by construction. Mass is kept on the floor (it leaves at
the next decision), on the upper tail (it goes on for ever; three moments) and on the
quadrature nodes. A node carries the difference between the true value function and the
call payoff, so mass that arrives there is taken off the tail or the floor.
"""

from collections.abc import Sequence

import numpy as np
from attrs import define, evolve

from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.gaussian_expectation import GaussianExpectation
from interviewfit._solver.value_function import ContinuationSample, ContinuationValue


@define(eq=False, repr=False)
class OutcomeMoments:
    """What the best policy leads to from some means of the surplus.

    Arrays have the shape of the means; ``take_probability`` and ``leave_probability``
    have a further axis for the steps. All but ``value`` suppose that the first step is
    taken. The terms add up:

        continuation_value = sum(take_probability * reward)
                             + sum(leave_probability * exit) + offer_value

    Attributes:
        value: W at the first step, hours: the better of going on and leaving.
        continuation_value: C at the first step, hours: the value of going on now.
        accept_probability: Of an accepted offer; the derivative of C by the mean.
        offer_value: Expected surplus of the accepted offer, hours, counted as 0 where
            none is accepted.
        offer_square: Expected square of that surplus, hours squared.
        take_probability: Probability to take each step.
        leave_probability: Probability to leave before each step.
    """

    value: FloatArray
    continuation_value: FloatArray
    accept_probability: FloatArray
    offer_value: FloatArray
    offer_square: FloatArray
    take_probability: FloatArray
    leave_probability: FloatArray

    @property
    def arrays(self) -> tuple[FloatArray, ...]:
        """All attributes, in their order."""
        return (
            self.value,
            self.continuation_value,
            self.accept_probability,
            self.offer_value,
            self.offer_square,
            self.take_probability,
            self.leave_probability,
        )

    def row(self, number: int) -> "OutcomeMoments":
        """The outcome of a single row."""
        return OutcomeMoments(*(array[number] for array in self.arrays))

    def moved(self, hours: float) -> "OutcomeMoments":
        """The same where the accepted offer is worth more by so many hours."""
        if not hours:
            return self
        return evolve(
            self,
            value=np.asarray(self.value + hours),
            continuation_value=np.asarray(self.continuation_value + hours),
            offer_value=np.asarray(self.offer_value + hours),
        )

    @classmethod
    def nothing(cls, steps: int) -> "OutcomeMoments":
        """What a single chain leads to that is never gone on with.

        Args:
            steps: Of the chain.
        """
        return cls(*np.zeros((5, 1)), *np.zeros((2, 1, steps))).row(0)

    @classmethod
    def stack(cls, parts: "Sequence[OutcomeMoments]") -> "OutcomeMoments":
        """Outcomes of equally many steps, one in each row."""
        columns = zip(*(part.arrays for part in parts), strict=True)
        return cls(*map(np.stack, columns))


def forward_pass(
    first: ContinuationValue,
    later: tuple[tuple[ContinuationValue, ContinuationSample], ...],
    points: FloatArray,
    steps: int,
    weights: FloatArray | None = None,
) -> tuple[FloatArray, ...]:
    """Moments of the accepted offer and probabilities of taking and leaving each step.

    Args:
        first: Continuation value of the first merged steps.
        later: Those after it, each with its sample.
        points: Means, hours, shape ``(rows, points)``.
        steps: Length of the chain.
        weights: With which to add up the points of a row, same shape.

    Returns:
        Probability, mean (hours) and second moment (hours squared) of an accepted
        offer; continuation value above its floor, hours; probabilities to take and to
        leave each step.
    """
    start = first.at(points, again=True)
    tail, value = _tail_moments(first, start), start.value
    node_mass, mass = None, np.ones(points.shape)
    if weights is not None:
        tail = (tail * weights).sum(axis=2, keepdims=True)
        value = (value * weights).sum(axis=1, keepdims=True)
        mass = weights.sum(axis=1, keepdims=True)
    take, leave = np.zeros((2, *mass.shape, steps))
    accepted, first_moment, second_moment = tail
    for continuation, sample in ((first, start), *later):
        merged, expectation = continuation.steps, continuation.expectation
        taken = take[:, :, merged.first : merged.stop]
        np.multiply(mass[:, :, None], merged.reach_probability[:, None], out=taken)
        if sample is not start:
            drift = merged.drift
            second_moment += 2.0 * drift * first_moment
            second_moment += (drift * drift + merged.variance) * accepted
            first_moment += drift * accepted
            tail *= merged.survive
            if node_mass is not None:
                moments = _tail_moments(continuation, sample)
                tail += (node_mass[None] @ moments[:, :, :, None])[..., 0]
        alive = mass * merged.survive
        if expectation is None:
            # At the end or before an absorbing step no node carries mass.
            node_mass, mass = None, accepted.copy()
        else:
            arrived = _arriving_mass(expectation, sample, node_mass, weights)
            node_mass = arrived * (expectation.weights * merged.survive)[:, None, :]
            nodes = expectation.panels.nodes
            powers = np.empty((*nodes.shape, 3))
            above, first_power = powers[:, :, 0], powers[:, :, 1]
            np.greater(nodes, continuation.target.strike, out=above)
            np.multiply(above, nodes, out=first_power)
            np.multiply(first_power, nodes, out=powers[:, :, 2])
            tail -= (node_mass @ powers).transpose(2, 0, 1)
            mass = accepted + np.add.reduce(node_mass, axis=2)
        if not continuation.target.has_exit:
            mass = alive
        elif merged.stop < steps:
            leave[:, :, merged.stop] = alive - mass
    return accepted, first_moment, second_moment, value, take, leave


def _arriving_mass(
    expectation: GaussianExpectation,
    sample: ContinuationSample,
    node_mass: FloatArray | None,
    weights: FloatArray | None,
) -> FloatArray:
    """Mass that reaches each node of the panels ahead, before their weights.

    Args:
        expectation: The operator of the merged steps.
        sample: Where the mass stands before them.
        node_mass: Mass at these points, ``(rows, starts, points)``; None at the start.
        weights: With which the points of a row are added up at the start, or None.
    """
    kernel = sample.kernel
    if node_mass is None:
        if weights is None:
            return expectation.kernel_matrix(sample.mean) if kernel is None else kernel
        node_mass = weights[:, None, :]
    if kernel is None:
        return expectation.apply_transpose(sample.mean, node_mass)
    return np.asarray(node_mass @ kernel)


def _tail_moments(
    continuation: ContinuationValue, sample: ContinuationSample
) -> FloatArray:
    """Moments of the share of a unit mass that ends above the strike.

    Args:
        continuation: The merged steps to pass.
        sample: Where the mass starts, as sampled from *continuation*.

    Returns:
        Mass, first and second moment of the truncated normal distribution (hours, hours
        squared), times survival, shape ``(3, rows, points)``.
    """
    steps, jumps, mean = continuation.steps, continuation.steps.jumps, sample.mean
    mean = mean[:, None, :] if jumps is None else jumps.moved(mean)
    sd, strike = steps.sd[:, :, None], continuation.target.strike[:, :, None]
    moments = np.empty((3, *mean.shape))
    mass, first, second = moments
    mass[:] = sample.tail_probability
    spread = sd * sample.density
    np.multiply(mean, mass, out=first)
    first += spread
    np.multiply(mean * mean + sd * sd, mass, out=second)
    second += spread * (mean + strike)
    moments *= steps.survive[:, :, None]
    return moments[:, :, 0] if jumps is None else jumps.average(moments)
