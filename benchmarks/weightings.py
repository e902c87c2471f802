"""Certificates against random weightings, and shares against plain sampling.

Run ``python -m benchmarks.weightings``; prints Markdown. Times are of the processor.
"""

import statistics
import sys
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np

from interviewfit.weightings import acceptability, certify
from interviewfit.weightings._box import read_box

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from weightings.test_acceptability import BOX, CASES
from weightings.test_certifying import ALL, random_assessment, random_limits


def certificates(count: int = 300, weightings: int = 2_000) -> list[str]:
    """How many certificates a random weighting contradicts, and what they take."""
    found: Counter[str] = Counter()
    times = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        answer, limits = random_assessment(rng), random_limits(rng)
        start = process_time()
        certificate = certify(answer, **limits)
        times.append(process_time() - start)
        words = {True: "holds", False: "turned", None: "not decided"}
        found[words[certificate.holds]] += 1
        box = read_box("certify", answer.decision, **limits)
        points = rng.uniform(box.low, box.high, (weightings, len(box.names)))
        best = set(box.evaluate(points).ranking.best)
        if certificate.holds and best != {certificate.action}:
            found["contradicted"] += 1
    kinds = ("holds", "turned", "not decided", "contradicted")
    heads = ("decisions", *kinds, "median, ms", "most, ms")
    row = (count, *(found[kind] for kind in kinds))
    took = (1e3 * statistics.median(times), 1e3 * max(times))
    cells = [*map(str, row), *(f"{time:.0f}" for time in took)]
    return [
        f"| {' | '.join(heads)} |",
        f"|{'--:|' * len(heads)}",
        f"| {' | '.join(cells)} |",
    ]


def large_box() -> list[str]:
    """A box over eight priorities and six weights."""
    lines = ["| eight priorities and six weights | certificate, ms |", "|---|--:|"]
    for name in ("before", "midway"):
        times = []
        for _ in range(5):
            start = process_time()
            certify(CASES[name], **ALL)
            times.append(process_time() - start)
        lines.append(f"| {name} | {1e3 * statistics.median(times):.0f} |")
    return lines


def shares() -> list[str]:
    """The time for one standard error, by rays and by plain sampling."""
    lines = [
        "| position | share | standard error | by rays, ms | by sampling, ms |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in ("before", "midway"):
        found = CASES[name]
        start = process_time()
        answer = acceptability(found, priorities=BOX)
        took = process_time() - start
        share = answer.shares[0]
        variance = share.share * (1.0 - share.share)
        draws = int(variance / share.standard_error**2)
        box = read_box("acceptability", found.decision, BOX, {})
        points = np.random.default_rng(1).uniform(0.0, 2.0, (draws, len(box.names)))
        start = process_time()
        box.evaluate(points)
        sampled = process_time() - start
        percents = f"{100 * share.share:.1f} % | {100 * share.standard_error:.2f} %"
        lines.append(
            f"| {name} | {percents} | {1e3 * took:.0f} | {1e3 * sampled:.0f} |"
        )
    return lines


def main() -> None:
    for table in (certificates(), large_box(), shares()):
        sys.stdout.write("\n".join(table) + "\n\n")


if __name__ == "__main__":
    main()
