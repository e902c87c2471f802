"""Where processes stand on the calendar, and what can be done there."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from attrs import frozen

from interviewfit._model.units import Probability
from interviewfit._numeric.arrays import FloatArray, FloatColumn

OPEN, WAITING, OFFERED, GONE = range(4)
"""How a process may stand: its next stage can be had, an answer is awaited, its offer
is in hand, or it is over."""


class Place(NamedTuple):
    """Where a process stands.

    Attributes:
        kind: ``OPEN``, ``WAITING``, ``OFFERED`` or ``GONE``.
        step: Index of its next step.
        day: From when its next stage can be had, or when its answer comes.
    """

    kind: int
    step: int = 0
    day: int = 0


class TooManyStatesError(Exception):
    """There are more places than can be solved; a simulation takes their place."""


class Segment(NamedTuple):
    """What is in hand up to a date.

    Attributes:
        last: The last day on which it can be taken.
        value: Its surplus, hours.
    """

    last: int
    value: float


@frozen(eq=False, repr=False)
class State:
    """Everything that can be done on a day in some places, and its value.

    Attributes:
        value: The best of all, hours, over the grids.
        options: Of each thing to do, ``"stop"``, ``"wait"``, ``"lapse"`` or the number
            of the process whose next stage is taken.
        next_day: The day until which one waits.
    """

    value: FloatArray
    options: dict[str | int, FloatArray]
    next_day: int = 0


def with_place(
    places: tuple[Place, ...], number: int, place: Place
) -> tuple[Place, ...]:
    """Places with that of one process replaced.

    Args:
        places, number, place: All, which one, and its new place.
    """
    return (*places[:number], place, *places[number + 1 :])


def outcomes_of(
    places: tuple[Place, ...], stays: Sequence[Probability]
) -> Iterator[tuple[Probability, tuple[Place, ...]]]:
    """Yield where processes stand once some may be gone, each with its chance.

    Args:
        places: Where they stood.
        stays: Probability of each that it is still there; of one that is sure to be, 1.
    """
    for gone in product(
        *((False,) if chance == 1.0 else (False, True) for chance in stays)
    ):
        after, together = places, 1.0
        for number, is_gone in enumerate(gone):
            together *= 1.0 - stays[number] if is_gone else stays[number]
            if is_gone:
                after = with_place(after, number, Place(GONE))
        yield together, after


def along(points: FloatColumn, axis: int, axes: int) -> FloatArray:
    """Points along one of several axes.

    Args:
        points, axis, axes: The points, which axis, and how many there are.
    """
    shape = [1] * axes
    shape[axis] = points.size
    return points.reshape(shape)
