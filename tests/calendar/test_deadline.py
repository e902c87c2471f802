"""Searches with something in hand up to a date, against every plan there is.

``PYTHONPATH=tests python tests/calendar/test_deadline.py`` tries 600 instances.
"""

import sys

import numpy as np
import pytest
from attrs import evolve

from calendar_oracle import (
    FiniteCalendar,
    FiniteStage,
    optimum,
    optimum_of_offers,
)
from interviewfit._calendar import joint
from interviewfit._calendar.agenda import segments_of
from interviewfit._calendar.deadline import value_with_deadline
from interviewfit._calendar.places import Segment
from interviewfit._calendar.timed import Length, TimedProcess
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.vocabulary import Phase
from recorded import run_as_command

NEAR = 0.05
"""Hours by which values on the grid may differ from those of the reference."""


def random_calendar(rng: np.random.Generator, most_stages: int = 2) -> FiniteCalendar:
    stages = []
    for _ in range(rng.integers(1, most_stages + 1)):
        chance = float(rng.uniform(0.2, 0.8))
        size = float(rng.uniform(-20.0, 40.0))
        news = ((1.0 - chance, -chance * size), (chance, (1.0 - chance) * size))
        days: Length = ((1.0, int(rng.integers(0, 4))),)
        if rng.random() < 0.3:
            days = ((0.5, 1), (0.5, int(rng.integers(2, 5))))
        stages.append(
            FiniteStage(
                reward=float(-rng.uniform(0.0, 4.0)),
                news=news,
                survive=float(rng.choice([0.4, 0.7, 1.0])),
                exit=float(rng.choice([0.0, 0.0, -1.0, 0.5])),
                days=days,
            )
        )
    mean = float(rng.uniform(-10.0, 25.0))
    opens = int(rng.integers(0, 4))
    stays = float(rng.choice([1.0, 1.0, 0.9, 0.6]))
    return FiniteCalendar(mean, opens, tuple(stages), stays)


def timed(process: FiniteCalendar, name: str) -> TimedProcess:
    """The process as the engine takes it; nobody walks out of a stage."""
    before = [
        (0.5 * stage.reward, 1.0, 0.0, 0.0, stage.exit, ()) for stage in process.stages
    ]
    midway = [
        (
            0.5 * stage.reward,
            stage.survive,
            0.0,
            0.0,
            -100.0,
            ((stage.news[1][0], stage.news[1][1] - stage.news[0][1]),),
        )
        for stage in process.stages
    ]
    steps = [step for pair in zip(before, midway, strict=True) for step in pair]
    columns = zip(*steps, strict=True)
    return TimedProcess(
        name=name,
        chain=ChainParameters(process.mean, *columns),
        phases=(Phase.BEFORE, Phase.MIDWAY) * len(process.stages),
        opens=process.opens,
        lengths=tuple(stage.days for stage in process.stages),
        gone_weekly=1.0 - process.stays**7,
    )


def both(
    seed: int, count: int
) -> tuple[tuple[FiniteCalendar, ...], list[TimedProcess], float, int]:
    rng = np.random.default_rng(seed)
    most = 2 if count < 3 else 1
    finite = tuple(random_calendar(rng, most) for _ in range(count))
    processes = [timed(process, f"p{number}") for number, process in enumerate(finite)]
    return finite, processes, float(rng.uniform(-5.0, 30.0)), int(rng.integers(0, 7))


def gap(seed: int, count: int) -> float:
    """By how much the answer differs from every plan, or leaves its bounds, hours."""
    finite, processes, hand, last = both(1000 * (count - 1) + seed, count)
    answer = value_with_deadline(processes, [Segment(last, hand)])
    best = optimum(finite, hand, last)
    if count < 3:
        return max(abs(answer.value - best), abs(answer.upper - answer.value))
    above = answer.value - 4.0 * answer.standard_error - best
    return max(0.0, above, best - answer.upper)


def gap_with_offers(seed: int) -> float:
    """By how much the answer to one to four offers differs from every plan, hours."""
    rng = np.random.default_rng(5_000 + seed)
    count = 1 + seed % 2
    finite = tuple(
        evolve(random_calendar(rng, 3 - count), stays=1.0) for _ in range(count)
    )
    processes = [timed(process, f"p{number}") for number, process in enumerate(finite)]
    offers = tuple(
        (int(rng.integers(0, 7)), float(rng.uniform(-5.0, 30.0)))
        for _ in range(1 + seed % 4)
    )
    segments, base = segments_of(offers, [(0, 0.0)])
    best = optimum_of_offers(finite, offers)
    if not segments:
        # No offer is worth anything, so that no date matters.
        return 0.0
    return abs(value_with_deadline(processes, segments, base).value - best)


class TestAgainstEveryPlan:
    @pytest.mark.parametrize("seed", range(12))
    def test_offers_in_every_number_are_exact(self, seed: int) -> None:
        assert gap_with_offers(seed) <= NEAR

    @pytest.mark.parametrize("seed", range(20))
    @pytest.mark.parametrize("count", [1, 2])
    def test_one_or_two_processes_are_exact(self, count: int, seed: int) -> None:
        assert gap(seed, count) <= NEAR

    @pytest.mark.parametrize("seed", range(10))
    def test_three_processes_are_within_the_bounds(self, seed: int) -> None:
        assert gap(seed, 3) <= NEAR


class TestTooManyPlaces:
    @pytest.mark.parametrize("most", [3, 8, 15, 25, 40])
    @pytest.mark.parametrize(("seed", "count"), [(1, 2), (2, 2), (3, 3), (5, 3)])
    def test_whatever_is_not_solved_is_within_the_bounds(
        self, seed: int, count: int, most: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A value that can be had, at least that of stopping and of letting go."""
        finite, processes, hand, last = both(1000 * (count - 1) + seed, count)
        best = optimum(finite, hand, last)
        monkeypatch.setattr(joint, "MOST_STATES", most)

        answer = value_with_deadline(processes, [Segment(last, hand)])

        allowed = NEAR + 4.0 * answer.standard_error
        assert answer.value <= best + allowed
        assert best <= answer.upper + NEAR
        assert answer.value >= max(answer.stop, answer.rest)


def main() -> None:
    """Try 500 calendars against every plan, and 100 with offers."""
    instances = {1: 200, 2: 200, 3: 100}
    worst = max(
        gap(seed, count) for count in instances for seed in range(instances[count])
    )
    worst = max(worst, *(gap_with_offers(seed) for seed in range(100)))
    sys.stdout.write(f"largest of 600: {worst:.3f} h\n")


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
