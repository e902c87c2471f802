"""How long a plan takes, and how good the parts are that are not exact.

``python -m benchmarks.plans`` prints Markdown: times of ``plan`` by number of
processes; the value of a plan for two processes and the bound above it; and the regret
of planning with practice on a fixed set of small finite instances, solved by
brute force in ``tests``. Times are of the processor, medians: plans of this length are
cut short by whatever else runs on a machine.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Weights,
    corporate,
    plan,
    small_firm,
    technical,
)
from practice_oracle import Practice, Regret, random_lesson, regret


def spent(call: Callable[[], object], runs: int) -> float:
    """Median time of a call, milliseconds of the processor."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        call()
        found.append(time.process_time() - begun)
    return 1e3 * statistics.median(found)


def search(count: int, *, alike: bool = False) -> list[Opportunity]:
    """Processes of three kinds, or of one kind alike, each with beliefs of its own."""
    rng = np.random.default_rng(4)
    mixed = (corporate(), small_firm(), technical())
    kinds = (corporate(),) * 3 if alike else mixed
    return [
        Opportunity(
            name=f"job {number}",
            stages=kinds[number % 3],
            beliefs={
                "pay": Belief(mean=float(rng.normal(2.0, 8.0)), sd=3.0),
                "role": Belief(mean=float(rng.normal(0.0, 8.0)), sd=6.0),
            },
        )
        for number in range(count)
    ]


def times() -> list[str]:
    """Milliseconds of a plan, with practice and without."""
    lines = ["| processes | `plan`, ms | without practice, ms |", "|---|--:|--:|"]
    alone = Candidate(weights=Weights(practice=0.0))
    for alike in (True, False):
        for count in (1, 10, 100, 1000):
            jobs, runs = search(count, alike=alike), {1000: 1, 100: 5}.get(count, 15)
            both = [
                spent(partial(plan, who, jobs), runs) for who in (Candidate(), alone)
            ]
            kind = "of three stages each" if alike else "of three kinds"
            lines.append(f"| {count:,} {kind} | {both[0]:,.1f} | {both[1]:,.1f} |")
    return lines


def pairs() -> list[str]:
    """Two processes that teach each other: the plan's value and the bound above it."""
    titles = (
        "processes",
        "interviews done",
        "practice ignored, h",
        "plan, h",
        "no plan is worth more than, h",
    )
    lines = [f"| {' | '.join(titles)} |", f"|---|{'--:|' * (len(titles) - 1)}"]
    kinds = (corporate, small_firm, technical)
    for one, two in ((0, 0), (0, 1), (1, 1), (2, 0), (2, 2)):
        beliefs = {"role": Belief(mean=8.0, sd=6.0)}
        jobs = [
            Opportunity(name="known", stages=kinds[one](), beliefs=beliefs),
            Opportunity(name="unknown", stages=kinds[two]()),
        ]
        for done in (0.0, 3.0):
            who = Candidate(interviews_done=done)
            unpractised = evolve(who, weights=Weights(practice=0.0))
            planned = plan(who, jobs)
            numbers = (
                plan(unpractised, jobs).value,
                planned.value,
                planned.value + planned.guarantee.gap,
            )
            lines.append(
                f"| {kinds[one].__name__} + {kinds[two].__name__} | {done:g} | "
                f"{' | '.join(f'{number:.2f}' for number in numbers)} |"
            )
    return lines


def regrets(count: int = 300) -> list[str]:
    """What practice loses against the joint optimum, as a share of the optimum."""
    titles = (
        "teaches",
        "instances",
        "by index: lost, mean, max",
        "one interview ahead: lost, mean, max",
        "above the optimum: the bound",
    )
    lines = [f"| {' | '.join(titles)} |", "|--:|--:|--:|--:|--:|"]
    for gain in (0.15, 0.4):
        rng = np.random.default_rng(20261122)
        found: list[Regret] = []
        while len(found) < count:
            instance, sizes = random_lesson(rng, halves=True)
            one = regret(instance, 0.0, Practice(gain), sizes)
            if one.gain > 0.1:
                found.append(one)
        won = sum(one.gain for one in found)
        plain = _loss([one.index for one in found], won)
        ahead = _loss([one.through for one in found], won)
        bound = 100.0 * sum(one.relaxed for one in found) / won
        lines.append(f"| {gain:g} | {count} | {plain} | {ahead} | {bound:.1f} % |")
    return lines


def _loss(lost: list[float], won: float) -> str:
    """Mean and maximum in hours, and the sum as a share of all that was won."""
    share = 100.0 * sum(lost) / won
    return f"{statistics.fmean(lost):.4f} h, {max(lost):.2f} h ({share:.2f} %)"


def main() -> None:
    """Print everything."""
    sys.stdout.write("\n".join((*times(), "", *pairs(), "", *regrets())) + "\n")


if __name__ == "__main__":
    main()
