"""Certificates against random weightings, and shares against plain sampling.

Run ``python -m benchmarks.weightings``; prints Markdown. Times are of the processor.
"""

import importlib
import importlib.util
import statistics
import sys
from collections import Counter
from time import process_time

import numpy as np

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Stage,
    Weights,
    assess,
)
from interviewfit._model.vocabulary import ASPECTS as ALL_ASPECTS, SIDE_TERMS
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.weightings import acceptability, certify
from interviewfit.weightings._box import read_box
from weightings.test_acceptability import ASPECTS, BOX, CASES
from weightings.test_certifying import (
    ALL,
    random_assessment,
    random_limits,
    reweighted,
)


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
        if certificate.holds is False:
            # Assessed anew by somebody with the weighting that is said to turn it.
            present = dict(zip(box.names, box.present.tolist(), strict=True))
            turned = reweighted(answer, present | dict(certificate.turned_by))
            found["not turned"] += turned.action is not certificate.turned_to
    kinds = ("holds", "turned", "not decided", "contradicted", "not turned")
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


def _as_it_is(column: FloatColumn, **_: bool) -> FloatColumn:
    """A criterion that is not normalised, as pymcdm calls it: with ``cost=``."""
    return column


def beside_pymcdm(draws: int = 12_000) -> list[str]:
    """The share of weightings for taking a job that is known, by rays and by sampling.

    One stage that is passed for certain, and a job without doubts: it is taken if its
    weighted sum is worth more than the hour that it takes. pymcdm has no acceptability
    analysis, so its weighted sum is called for each of many weightings.
    """
    lines = [
        "| | share | standard error | time, ms |",
        "|---|--:|--:|--:|",
    ]
    worth = dict(zip(ASPECTS, (12, -20, 6, -4, 8, -6, 10, -3), strict=True))
    certain = {name: Belief(mean=size, sd=0) for name, size in worth.items()}
    alone = Weights(**{term.value: 0.0 for term in SIDE_TERMS})
    stage = Stage(kind="panel", hours=1, preparation=0, pass_rate=1, reshape_chance=0)
    job = Opportunity(name="Acme", stages=[stage], beliefs=certain)
    idle = dict.fromkeys((name for name in ALL_ASPECTS if name not in worth), 0.0)
    found = assess(Candidate(priorities=idle, weights=alone), job)
    acceptability(found, relative=ASPECTS)
    start = process_time()
    answer = acceptability(found, relative=ASPECTS)
    took = 1e3 * (process_time() - start)
    share, error = answer.share_of("take"), answer.shares[0].standard_error
    lines.append(f"| by rays | {share:.4f} | {error:.4f} | {took:.0f} |")
    if importlib.util.find_spec("pymcdm") is None:
        return [*lines, "| pymcdm `WSM`, sampled | not installed | | |"]
    model = importlib.import_module("pymcdm.methods").WSM(_as_it_is)
    # What the hour takes, percent of pay, is spread over all criteria of staying.
    spread = 1.0 / Assumptions().hours_per_percent / len(worth)
    matrix = np.array([[*worth.values()], [spread] * len(worth)])
    types, taken = np.ones(len(worth)), 0
    rng = np.random.default_rng(0)
    start = process_time()
    for weighting in rng.dirichlet(np.ones(len(worth)), draws):
        first, second = model(matrix, weighting, types)
        taken += first > second
    took = 1e3 * (process_time() - start)
    share = taken / draws
    error = np.sqrt(share * (1.0 - share) / draws)
    lines.append(
        f"| pymcdm `WSM`, {draws:,} sampled | {share:.4f} | {error:.4f} | {took:.0f} |"
    )
    return lines


def main() -> None:
    for table in (beside_pymcdm(), certificates(), large_box(), shares()):
        sys.stdout.write("\n".join(table) + "\n\n")


if __name__ == "__main__":
    main()
