"""What knowing more is worth, ours beside estimators.

``python -m benchmarks.information`` prints Markdown. Three problems with a known
answer: an offer with eight uncertain aspects, and two traps, all of them a free choice
between 0 and a net benefit of normal numbers. The
estimators get samples of the net benefit and of what would be known, and regress one on
the other; so they need no formula, and have noise. Ours takes the formula of the net
benefit given what is known, and integrates. Every estimator sees the same samples, of
several seeds; "off by" is the root of the mean square over them, "worst" the largest.
Times are medians, the drawing of samples left out. A peer that is not installed is
said to be so; voiage needs Python 3.12.
"""

import importlib.util
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import version
from math import fsum, sqrt
from platform import python_version
from typing import Any

import numpy as np
from attrs import frozen

from benchmarks.peers import ONE_THREAD
from benchmarks.solver import median_time
from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    assess,
    corporate,
    questions,
)
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.expected_maximum import expected_maximum

SIZES = (1_000, 10_000, 100_000)
SEEDS = 5
PERCENT = 36.0
# Regressions on Gaussian processes grow with the cube of the samples.
MOST_OF_A_PROCESS = 10_000


@frozen(kw_only=True)
class Problem:
    """A net benefit against 0, and which of its numbers would be known.

    Attributes:
        name: As it reads in the table.
        truth: Expected worth of knowing.
        draw: Standard normal samples ``(numbers, samples)`` to net benefits.
        numbers: How many there are; the first *known* of them would be known.
        ours: Works it out.
    """

    name: str
    truth: float
    draw: Callable[[FloatArray], FloatColumn]
    numbers: int
    known: int
    ours: Callable[[], float]


def offer() -> Problem:
    """
    An offer nobody has said anything of, 3 % above what one has otherwise; how much is
    it worth to know the role?
    """
    who = Candidate(fallback=-11.0)
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={"role": Belief(mean=-1, sd=6)},
        position=Position(phase=Phase.OFFERED),
    )
    numbers = Assumptions()
    spreads = [12.0, *(numbers.unknown(one).sd for one in ASPECTS if one != "role")]

    def draw(normals: FloatArray) -> FloatColumn:
        moved = sum(sd * own for sd, own in zip(spreads, normals, strict=True))
        return np.asarray(PERCENT * (3.0 + moved))

    def ours() -> float:
        found = questions(assess(who, job))
        return next(one.value for one in found if one.aspect == "role")

    truth = normal.expected_positive_part(3.0 * PERCENT, 12.0 * PERCENT) - 3.0 * PERCENT
    return Problem(
        name="an offer, the role known",
        truth=truth,
        draw=draw,
        numbers=len(spreads),
        known=1,
        ours=ours,
    )


def square() -> Problem:
    """The first trap: nothing linear in what would be known."""

    def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
        return np.array([0.0 * z, z * z - 1.2])

    root = sqrt(1.2)
    below = float(normal.cdf(-root))
    return Problem(
        name="a² - 1.2 + 3 b, a known",
        truth=2.0 * (root * float(normal.pdf(root)) - 0.2 * below),
        draw=lambda normals: normals[0] ** 2 - 1.2 + 3.0 * normals[1],
        numbers=2,
        known=1,
        ours=lambda: expected_maximum(curves, 1).item(),
    )


def product() -> Problem:
    """The second trap: nothing in one number alone.

    Given a, the best is a free choice over b: a mean of means. The truth is a sum over
    half a million points.
    """

    def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
        size = np.maximum(np.abs(z), 1e-300)
        return np.array([size * normal.unit_normal_loss(0.2 / size)])

    step = 18.0 / 500_000
    points = np.arange(-9.0, 9.0, step) + 0.5 * step
    parts = curves(np.zeros(0, np.intp), points)[0] * normal.pdf(points)
    return Problem(
        name="a b - 0.2, both known",
        truth=fsum(parts.tolist()) * step,
        draw=lambda normals: normals[0] * normals[1] - 0.2,
        numbers=2,
        known=2,
        ours=lambda: expected_maximum(curves, 1).item(),
    )


Estimate = Callable[[FloatColumn, FloatArray], float]
"""Worth of knowing, from samples of a net benefit and of what would be known."""


def by_voiage() -> Estimate:
    """As it comes: regression on what would be known."""
    evppi = import_module("voiage").evppi

    def estimate(benefit: FloatColumn, known: FloatArray) -> float:
        samples = {f"x{number}": one for number, one in enumerate(known)}
        both = np.stack([np.zeros(benefit.size), benefit], axis=1)
        return float(evppi(both, samples, list(samples)))

    return estimate


def by_heormodel(method: str) -> Estimate:
    """Splines, or a Gaussian process on a subsample of its own choice."""
    pandas = import_module("pandas")
    outcomes = import_module("heormodel.models").Outcomes
    evppi = import_module("heormodel.voi").evppi

    def estimate(benefit: FloatColumn, known: FloatArray) -> float:
        index = pandas.RangeIndex(benefit.size, name="iteration")

        def table(**columns: Any) -> Any:
            return pandas.DataFrame(columns, index=index)

        nothing = np.zeros(benefit.size)
        draws = table(**{f"x{number}": one for number, one in enumerate(known)})
        found = outcomes.from_wide(
            table(leave=nothing, go=nothing), table(leave=nothing, go=benefit)
        )
        worth = evppi(found, draws, list(draws), wtp=1.0, method=method, seed=0)
        return float(worth)

    return estimate


def by_pygam() -> Estimate:
    """A generalised additive model by hand, with a joint term where two are known."""
    pygam = import_module("pygam")

    def estimate(benefit: FloatColumn, known: FloatArray) -> float:
        terms = pygam.s(0) if known.shape[0] == 1 else pygam.te(0, 1)
        fitted = pygam.LinearGAM(terms).fit(known.T, benefit).predict(known.T)
        return float(np.maximum(0.0, fitted).mean() - max(0.0, fitted.mean()))

    return estimate


PEERS: tuple[tuple[str, str, Callable[[], Estimate], int], ...] = (
    ("voiage, as it comes", "voiage", by_voiage, SIZES[-1]),
    ("heormodel, splines", "heormodel", lambda: by_heormodel("spline"), SIZES[-1]),
    (
        "heormodel, Gaussian process",
        "heormodel",
        lambda: by_heormodel("gp"),
        MOST_OF_A_PROCESS,
    ),
    ("pyGAM, by hand", "pygam", by_pygam, SIZES[-1]),
)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _compare(problem: Problem) -> Iterator[str]:
    """One line for ours, and one for each peer and number of samples."""
    seconds, found = [], 0.0
    for _ in range(SEEDS):
        start = time.perf_counter()
        found = problem.ours()
        seconds.append(time.perf_counter() - start)
    own = statistics.median(seconds)
    off = f"{abs(found - problem.truth):.1e}"
    yield _row((problem.name, "interviewfit", "-", off, off, f"{1e3 * own:.2f}", "-"))
    for name, package, make, most in PEERS:
        if importlib.util.find_spec(package) is None:
            yield _row((problem.name, name, "not installed", "", "", "", ""))
            continue
        estimate = make()
        for size in SIZES:
            if size <= most:
                yield _timed(problem, name, estimate, size, own)


def _timed(
    problem: Problem, name: str, estimate: Estimate, size: int, own: float
) -> str:
    errors, seconds = [], []
    for seed in range(SEEDS):
        normals = np.random.default_rng(seed).normal(size=(problem.numbers, size))
        benefit, known = problem.draw(normals), normals[: problem.known]
        start = time.perf_counter()
        errors.append(estimate(benefit, known) - problem.truth)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    off = sqrt(fsum(one * one for one in errors) / SEEDS)
    worst = max(map(abs, errors))
    return _row(
        (
            problem.name,
            name,
            f"{size:,}",
            f"{off:.4f}",
            f"{worst:.4f}",
            f"{1e3 * median:.1f}",
            f"× {median / own:,.2f}"
            if median < 10.0 * own
            else f"× {median / own:,.0f}",
        )
    )


def _staged() -> list[str]:
    """What no estimator here answers: a process of several rounds."""
    lines = [_row(("a decision", "aspects", "ms")), "|---|--:|--:|"]
    jobs = (
        ("three rounds ahead", Opportunity(name="Acme", stages=corporate())),
        (
            "the same, with news to wait for and things to look up",
            Opportunity(
                name="Acme",
                stages=corporate(),
                signals=["merger_talks"],
                unresearched=True,
            ),
        ),
    )
    for name, job in jobs:
        answer = assess(Candidate(), job)
        count = len(questions(answer))
        seconds = median_time(partial(questions, answer), 3)
        lines.append(_row((name, str(count), f"{1e3 * seconds:,.0f}")))
    return lines


def main() -> None:
    """Print everything."""
    os.environ.update(ONE_THREAD)
    warnings.simplefilter("ignore")
    packages = dict.fromkeys(package for _, package, _, _ in PEERS)
    versions = ", ".join(
        f"{one} {version(one)}" for one in packages if importlib.util.find_spec(one)
    )
    titles = ("to know", "by", "samples", "off by", "worst", "ms", "against ours")
    _show((f"Python {python_version()}, {versions}.", "", _row(titles)))
    _show(("|---|---|--:|--:|--:|--:|--:|",))
    for problem in (offer(), square(), product()):
        _show(_compare(problem))
    _show(("", *_staged()))


def _show(lines: Iterable[str]) -> None:
    """Print lines as soon as they are known: some take minutes."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
