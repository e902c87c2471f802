"""How far two sides agree who meet to decide about each other: speed dating.

``python -m benchmarks.speed_dating "Speed Dating Data.csv"`` prints the moments on the
page about mutual fit (``docs/explanation/mutual-fit.md``) from the public table of
Fisman, Iyengar, Kamenica and Simonson, "Gender Differences in Mate Selection: Evidence
from a Speed Dating Experiment", Quarterly Journal of Economics 121 (2006) 673-697. The
table is not part of this project; copies of it are on Kaggle and on GitHub.

A pair counts if each side's answer is in the table. With y the answer of one side and x
that of the other, *net of both persons' levels* means that from each the mean of the
person who answers and that of the person who is met are taken off (two-way fixed
effects, by turns until nothing moves). Standard errors are those of whole evenings
drawn with replacement.

Reference: J. D. Angrist and J.-S. Pischke, "Mostly Harmless Econometrics" (2009), for
fixed effects and for errors by group.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from interviewfit._numeric.arrays import FloatArray, IndexArray

QUESTIONS = {
    "decision to meet again": "dec",
    "rating, 1 to 10": "like",
    "guess that the other will say yes": "prob",
}
"""What each side answered, and the column of it."""

_SWEEPS, _SETTLED = 1000, 1e-12
_DRAWS = 2000


def pairs(path: str, column: str) -> dict[str, list[tuple[int, int, float, float]]]:
    """Both answers of every pair by evening: man, woman, his answer and hers.

    Args:
        path: Of the table.
        column: Of the question.
    """
    with Path(path).open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = {
        (row["iid"], row["pid"]): row[column]
        for row in rows
        if row["pid"] and row[column]
    }
    result: dict[str, list[tuple[int, int, float, float]]] = defaultdict(list)
    for row in rows:
        his, hers = (row["iid"], row["pid"]), (row["pid"], row["iid"])
        if row["gender"] == "1" and his in answers and hers in answers:
            man, woman = int(float(row["iid"])), int(float(row["pid"]))
            both = float(answers[his]), float(answers[hers])
            result[row["wave"]].append((man, woman, *both))
    return dict(result)


def net_of_levels(values: FloatArray, first: IndexArray, second: IndexArray) -> None:
    """Take the means of two groupings off values, in place.

    Args:
        values: Changed, ``(pairs,)``.
        first, second: The group of each value, counted from 0.
    """
    for _ in range(_SWEEPS):
        moved = 0.0
        for group in (first, second):
            means = np.bincount(group, values) / np.maximum(np.bincount(group), 1)
            values -= means[group]
            moved = max(moved, float(np.abs(means).max()))
        if moved < _SETTLED:
            return


def sums(evening: Sequence[tuple[int, int, float, float]]) -> FloatArray:
    """Sums over the pairs of an evening from which both correlations follow.

    Args:
        evening: Man, woman, his answer and hers.

    Returns:
        Number, x, y, x^2, y^2 and xy, then x^2, y^2 and xy net of levels.
    """
    men, women, his, hers = map(np.array, zip(*evening, strict=True))
    _, man = np.unique(men, return_inverse=True)
    _, woman = np.unique(women, return_inverse=True)
    plain = [his.size, his.sum(), hers.sum(), his @ his, hers @ hers, his @ hers]
    left, right = his.copy(), hers.copy()
    net_of_levels(left, man, woman)
    net_of_levels(right, man, woman)
    return np.array([*plain, left @ left, right @ right, left @ right])


def correlations(total: FloatArray) -> FloatArray:
    """The raw correlation and that net of levels, from sums over pairs.

    Args:
        total: As ``sums`` gives them, ``(..., 9)``.
    """
    count, x, y, xx, yy, xy, net_x, net_y, net = np.moveaxis(total, -1, 0)
    covariance = count * xy - x * y
    raw = covariance / np.sqrt((count * xx - x * x) * (count * yy - y * y))
    return np.array([raw, net / np.sqrt(net_x * net_y)])


def moments(evenings: Mapping[str, Sequence[tuple[int, int, float, float]]]) -> str:
    """A line of the table: pairs, both correlations, and the error of the second.

    Args:
        evenings: Pairs by evening.
    """
    table = np.array([sums(evening) for evening in evenings.values()])
    raw, net = correlations(table.sum(axis=0))
    rng = np.random.default_rng(2006)
    drawn = rng.integers(len(table), size=(_DRAWS, len(table)))
    error = correlations(table[drawn].sum(axis=1))[1].std()
    count = sum(map(len, evenings.values()))
    return f"{count:,} | {raw:.2f} | {net:.2f} | {error:.3f}"


def main() -> None:
    (path,) = sys.argv[1:]
    for question, column in QUESTIONS.items():
        evenings = pairs(path, column)
        line = f"| {question} | {moments(evenings)} | {len(evenings)} evenings"
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
