"""Means of a process on a grid: expectations are exact, or off by what is said."""

import numpy as np
import pytest

from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.deadline import DeadlineValue, value_with_deadline
from interviewfit._calendar.grids import MeanGrid
from interviewfit._calendar.places import GONE, OFFERED, OPEN, WAITING, Place, Segment
from interviewfit._calendar.timed import TimedProcess
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric import normal

FACTS = (((0.3, 10.0),), ((0.5, -4.0), (0.25, 8.0)))


def process(sd: float, drift: float = 0.0, facts: bool = True) -> TimedProcess:
    """Two steps with facts and normal news; the second is midway."""
    told = FACTS if facts else ((), ())
    return TimedProcess(
        name="p",
        chain=ChainParameters(
            5.0, (-1.0, -2.0), (1.0, 0.6), (0.0, drift), (0.0, sd), (0.5, -3.0), told
        ),
        phases=(Phase.BEFORE, Phase.MIDWAY),
        opens=0,
        lengths=(((1.0, 2),),),
    )


def outcomes(facts: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Chances and changes of the mean by some facts."""
    found = [(1.0, 0.0)]
    for chance, size in facts:
        found = [
            pair
            for share, moved in found
            for pair in (
                (share * (1.0 - chance), moved - chance * size),
                (share * chance, moved + (1.0 - chance) * size),
            )
        ]
    return found


def test_where_no_news_is_normal_every_mean_is_a_point_and_no_other() -> None:
    grid = MeanGrid.of(process(sd=0.0, drift=1.5), 2, 50)

    first = [5.0 + change for _, change in outcomes(FACTS[0])]
    second = [mean + 1.5 + change for mean in first for _, change in outcomes(FACTS[1])]
    assert grid.points == pytest.approx(sorted({5.0, *first, *second}))
    assert grid.points[grid.start] == 5.0
    reached = dict.fromkeys(np.round(grid.points, 9).tolist(), 0.0)
    for share, change in outcomes(FACTS[0]):
        reached[round(5.0 + change, 9)] += share
    assert grid.kernels[0][grid.start] == pytest.approx(list(reached.values()))


@pytest.mark.parametrize("sd", [0.0, 0.5, 3.0, 20.0])
@pytest.mark.parametrize("facts", [True, False])
@pytest.mark.parametrize("points", [40, 201])
def test_expectations_are_those_of_the_news(
    sd: float, facts: bool, points: int
) -> None:
    """Rows are chances; means move by the drift; a call is worth its price."""
    grid = MeanGrid.of(process(sd, drift=1.0, facts=facts), 2, points)
    kernel, means = grid.kernels[1], grid.points

    assert (kernel >= 0.0).all()
    assert kernel.sum(axis=1) == pytest.approx(1.0)
    row = kernel[grid.start]
    assert row @ means == pytest.approx(6.0, abs=1e-6)
    width = float(np.diff(means).max()) if sd else 0.0
    for near in (2.0, 6.0, 11.0):
        strike = float(means[np.abs(means - near).argmin()])
        price = sum(
            share * call(6.0 + change - strike, sd)
            for share, change in outcomes(FACTS[1] if facts else ())
        )
        found = row @ np.maximum(means - strike, 0.0)
        assert found == pytest.approx(price, abs=1e-9 + 0.25 * width)


def call(over: float, sd: float) -> float:
    """E[max(0, over + sd * Z)], hours."""
    if not sd:
        return max(0.0, over)
    return float(sd * normal.unit_normal_loss(np.array([-over / sd]))[0])


def test_whoever_waits_leaves_with_the_chance_to_be_passed_on() -> None:
    lonely = Afterwards.of([process(sd=1.0)], 0.0, [2])

    assert lonely.exit(0, Place(OPEN, 0)) == 0.5
    assert lonely.exit(0, Place(OPEN, 1)) == -3.0
    assert lonely.exit(0, Place(WAITING, 1)) == process(sd=1.0).exit(1, waiting=True)
    assert lonely.exit(0, Place(OFFERED)) == lonely.exit(0, Place(GONE)) == 0.0


@pytest.mark.parametrize(("hand", "base"), [(12.0, 3.0), (-4.0, 3.0)])
def test_without_a_process_the_better_is_taken_at_once(
    hand: float, base: float
) -> None:
    best = max(hand, base)

    found = value_with_deadline([], [Segment(5, hand)], base)

    assert found == DeadlineValue(best, hand, base, best, 0.0, "today")
    assert isinstance(found.standard_error, float)
