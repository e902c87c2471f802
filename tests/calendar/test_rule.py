"""Rules up to a date, played by drawing what comes of each stage.

``PYTHONPATH=tests python tests/calendar/test_rule.py`` plays 300 instances with 40,000
draws each.
"""

import sys
from math import sqrt

import numpy as np
import pytest

from calendar_players import Player
from interviewfit._calendar.afterwards import Afterwards
from interviewfit._calendar.beside import solve_beside
from interviewfit._calendar.deadline import value_with_deadline
from interviewfit._calendar.places import OPEN, Place, Segment
from interviewfit._calendar.sampling import rule_value
from interviewfit._calendar.timed import Length, TimedProcess, length_of
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.vocabulary import Phase
from recorded import run_as_command

DRAWS = 4_000


def random_process(rng: np.random.Generator, name: str) -> TimedProcess:
    """A process of one to three stages with normal news."""
    stages = int(rng.integers(1, 4))
    steps = 2 * stages
    reward = -rng.uniform(0.5, 4.0, steps)
    survive = np.where(np.arange(steps) % 2, rng.uniform(0.3, 1.0, steps), 1.0)
    drift = np.where(np.arange(steps) % 2, rng.uniform(-5.0, 5.0, steps), 0.0)
    reveal = rng.uniform(0.0, 60.0, steps)
    exits = np.where(np.arange(steps) % 2, -100.0, rng.choice([0.0, -1.0], steps))
    columns = reward, survive, drift, reveal, exits
    spread = float(rng.choice([0.0, 2.0]))
    lengths: tuple[Length, ...] = tuple(
        length_of(float(days), spread) for days in rng.integers(1, 6, stages)
    )
    return TimedProcess(
        name=name,
        chain=ChainParameters(
            float(rng.uniform(-40.0, 80.0)),
            *(tuple(column.tolist()) for column in columns),
        ),
        phases=(Phase.BEFORE, Phase.MIDWAY) * stages,
        opens=int(rng.integers(0, 5)),
        lengths=lengths,
        gone_weekly=float(rng.choice([0.0, 0.0, 0.3, 0.8])),
    )


def drawn_again(
    processes: list[TimedProcess], segment: Segment, seed: int, draws: int
) -> tuple[float, float]:
    """The value of the rule for all of them by other draws, and its error."""
    ordered = sorted(processes, key=lambda process: process.name)
    reach = [process.steps_by(segment.last) for process in ordered]
    after = Afterwards.of(ordered, 0.0, reach)
    now = tuple(Place(OPEN, 0, process.opens) for process in ordered)
    alone = {
        number: solve_beside((number,), ordered, [segment], after, now)
        for number in range(len(ordered))
    }
    return rule_value(ordered, segment, after, alone, 99 + seed, draws)


def difference(seed: int, draws: int) -> float:
    """By how many standard errors the rule differs from what was promised."""
    rng = np.random.default_rng(seed)
    count = 1 + seed % 3
    processes = [random_process(rng, f"p{number}") for number in range(count)]
    segment = Segment(int(rng.integers(1, 9)), float(rng.uniform(0.0, 90.0)))
    found = value_with_deadline(processes, [segment], seed=seed)
    if found.method in ("today", "index"):
        return 0.0
    if found.method == "draws":
        other = drawn_again(processes, segment, seed, draws)
        gap = abs(other[0] - found.value)
        return gap / max(sqrt(other[1] ** 2 + found.standard_error**2), 1e-9)
    player = Player.of(processes, segment, found.method)
    values = player.play(draws, np.random.default_rng(10_000 + seed))
    error = sqrt(values.var(ddof=1) / draws + found.standard_error**2)
    # Values on a grid are right to a twentieth of an hour or a thousandth.
    slack = max(0.1, 2e-3 * abs(found.value))
    gap = max(0.0, abs(values.mean() - found.value) - slack)
    return float(gap / max(error, 1e-9))


@pytest.mark.parametrize("seed", range(12))
def test_the_rule_reaches_what_is_promised(seed: int) -> None:
    assert difference(seed, DRAWS) <= 4.0


def main() -> None:
    """Play the rules of 300 instances, 40,000 draws each."""
    worst = max(difference(seed, 40_000) for seed in range(300))
    sys.stdout.write(f"largest of 300: {worst:.2f} standard errors\n")


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
