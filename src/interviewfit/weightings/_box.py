"""A box of weightings, and what every action is worth at any of its points.

A point of the box is a row of numbers, one for each priority and weight that has
limits; all other numbers are those of the decision. For a fixed way of acting, the
value is a sum of products in which each of these numbers occurs at most once: hours of
a term times its weight, percent of pay of an aspect times its priority times the weight
of the offer. The best way of acting is a supremum of such functions. So the value of
every action is **convex in each number while the others stay**, and jointly convex in
all numbers but the weights of the offer and of the hidden role, which multiply the
priorities. Leaving at once is affine in every number. Where passes tell of the fit that
holds for weights alone, and beside other processes not at all, because there the order
of interviews goes by their indices, which need not be the best one (``Box.is_convex``).
"""

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from attrs import field, frozen

from interviewfit._assessment.afterwards import lead_afterwards
from interviewfit._assessment.alternatives import Problem, alternatives
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking, evaluate
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.problems import compile_rows
from interviewfit._model.decision import Decision
from interviewfit._model.parameters import quoted, spec_at
from interviewfit._model.vocabulary import ACTION_CODES, Action, Phase, Term
from interviewfit._numeric.arrays import BoolArray, FloatArray, FloatColumn, Number
from interviewfit._numeric.lattices import shifted_lattices
from interviewfit._process.parameters import Parameter, find_parameter, list_inputs
from interviewfit._text.labels import label
from interviewfit.errors import InvalidFieldError

Limits = Mapping[str, tuple[float, float]]
"""Lower and upper limit by the name of an aspect or of a weight."""

# Rows that are evaluated at once, so that their value functions stay in cache.
_BLOCK = 1024
# Points all over the box, numbers whose corners are among them, and the number whose
# powers make a lattice (Korobov).
POINTS, _MOST_SPREAD, _GENERATOR = 256, 6, 19
# Weights that multiply the priorities.
_FACTORS = (f"weights.{Term.OFFER}", f"weights.{Term.HIDDEN_ROLE}")


@frozen(eq=False)
class Box:
    """Limits for some priorities and weights of a decision.

    Attributes:
        decision: One opportunity, alone or beside others.
        names: Of the numbers, as ``list_inputs`` has them.
        low, high: Their limits, ``(numbers,)``.
        present: What they are in the decision, brought within the limits.
        parameters: The numbers, as they are in the decision.
        known: What other points have shown of the processes beside it.
    """

    decision: Decision
    names: tuple[str, ...]
    low: FloatColumn
    high: FloatColumn
    parameters: tuple[Parameter, ...]
    present: FloatColumn = field(init=False)
    known: KnownRivals = field(init=False, factory=KnownRivals)

    @present.default
    def _within_limits(self) -> FloatColumn:
        values = np.array([parameter.value for parameter in self.parameters])
        return np.asarray(np.clip(values, self.low, self.high))

    @property
    def labels(self) -> dict[str, str]:
        """What each number is, in words, by name."""
        return {
            parameter.name: label(parameter, self.decision).removeprefix(
                "the weight of "
            )
            for parameter in self.parameters
        }

    def corners(self, pulls: FloatColumn) -> FloatArray:
        """The corners, ``(corners, numbers)``.

        Args:
            pulls: By number: 1 for its upper limit alone, -1 for its lower limit alone,
                0 for both.
        """
        ends = [
            (low,) if pull < 0.0 or low == high else (high,) if pull > 0.0 else limits
            for pull, low, high in zip(pulls, self.low, self.high, strict=True)
            for limits in [(low, high)]
        ]
        return np.array(list(product(*ends)))

    @property
    def few_corners(self) -> FloatArray:
        """Corners of the first numbers that vary, ``(corners, numbers)``."""
        few = np.where(np.cumsum(self.low < self.high) <= _MOST_SPREAD, 0.0, 1.0)
        return self.corners(few)

    def spread(self, most: int | None = None) -> FloatArray:
        """Points all over the box, ``(points, numbers)``.

        Args:
            most: So many at most.
        """
        shift = np.zeros((1, self.low.size))
        points = min(POINTS, POINTS if most is None else most)
        lattice = shifted_lattices(points, _GENERATOR, shift)[0]
        return np.asarray(self.low + lattice * (self.high - self.low))

    @property
    def is_convex(self) -> bool:
        """Whether values are convex in each number.

        Beside other processes they are not. Where passes tell of the fit, a priority
        moves the chances to pass as well. The weights of terms do not: these chances
        depend on nothing but beliefs and priorities.
        """
        if self.decision.beside:
            return False
        names = np.array(self.names)[self.low < self.high]
        weighted = any(name.startswith("priorities.") for name in names.tolist())
        return not (weighted and self.problem(self.present[None]).numbers.is_mutual)

    @property
    def factors(self) -> BoolArray:
        """Which numbers are weights that multiply the priorities."""
        return np.isin(self.names, _FACTORS)

    def problem(self, points: FloatArray) -> Problem[Number]:
        """The decision at some points, compiled; ``(points, numbers)``."""
        columns = dict(zip(self.names, np.ascontiguousarray(points.T), strict=True))
        return compile_rows(self.decision, columns)

    def evaluate(self, points: FloatArray) -> "WeightedValues":
        """The value of every action at some points, ``(points, numbers)``."""
        if self.decision.beside:
            columns = dict(zip(self.names, np.ascontiguousarray(points.T), strict=True))
            ranking = evaluate_rows(self.decision, columns, self.known)
            finishes = ranking.codes == ACTION_CODES[Action.FINISH_POLITELY]
            return WeightedValues(ranking, np.where(finishes, 0.0, np.inf))
        blocks, following, is_exact = [], [], self.is_convex
        for start in range(0, len(points), _BLOCK):
            problem = self.problem(points[start : start + _BLOCK])
            rows = len(points[start : start + _BLOCK])
            values = evaluate(problem, rows, exact_rows=is_exact, values_only=True)
            blocks.append(values.ranking)
            following.append(lead_afterwards(problem, rows))
        return WeightedValues(Ranking.joined(blocks), np.concatenate(following))


@frozen(eq=False)
class WeightedValues:
    """The value of every action at some points of a box.

    Attributes:
        ranking: The actions, leaving first, and the best of them.
        afterwards: In mid-interview, by how much going on once the interview is over
            would beat leaving then as things stand, hours, ``(points,)``; infinite
            elsewhere. Beside others 0 where one would leave then, and infinite where
            one would go on.
    """

    ranking: Ranking
    afterwards: FloatColumn

    def lead(self, number: int) -> FloatColumn:
        """By how much an alternative beats the best other one, hours, ``(points,)``."""
        values = self.ranking.values
        others = np.delete(values, number, axis=0)
        return np.asarray(values[number] - others.max(axis=0, initial=-np.inf))


def read_box(
    where: str, decision: Decision, priorities: Limits, weights: Limits
) -> Box:
    """Limits as a box.

    Args:
        where: The function, as an error names it, such as ``"certify"``.
        decision: Whose priorities and weights have the limits.
        priorities, weights: Limits by the name of an aspect, and of a weight.

    Raises:
        InvalidFieldError: If there are none, a name does not occur in the decision, a
            limit is no number or out of its bounds, or limits are upside down.
    """
    limits: dict[str, tuple[float, float]] = {}
    inputs = {parameter.name: parameter for parameter in list_inputs(decision)}
    for argument, prefix, entries in (
        ("priorities", "priorities.", priorities),
        ("weights", "weights.", weights),
    ):
        if not isinstance(entries, Mapping):
            expected, remedy = (
                "a mapping from names to limits",
                "Write {'pay': (0.5, 2)}.",
            )
            raise InvalidFieldError(f"{where}({argument})", expected, entries, remedy)
        for name, pair in entries.items():
            key = prefix + (
                quoted(str(name)) if argument == "priorities" else str(name)
            )
            entry = f"{where}({argument}[{name!r}])"
            try:
                parameter = inputs.get(key) or find_parameter(decision, key)
            except InvalidFieldError as error:
                expected = "the name of a number of this decision"
                raise InvalidFieldError(entry, expected, key, error.remedy) from None
            limits[key] = _read_limits(entry, pair)
            spec = spec_at(parameter.path)
            if limits[key][1] > spec.high:
                expected = f"limits of at most {spec.high:g}"
                raise InvalidFieldError(entry, expected, pair, spec.remedy)
    if not limits:
        remedy = "Write priorities={'pay': (0.5, 2)}, for example."
        expected = "limits of a number at least"
        raise InvalidFieldError(f"{where}(priorities)", expected, priorities, remedy)
    low, high = np.array(list(limits.values())).T
    parameters = tuple(inputs[name] for name in limits)
    return Box(decision, tuple(limits), low, high, parameters)


def _read_limits(where: str, pair: Any) -> tuple[float, float]:
    """A lower and an upper limit.

    Args:
        where, pair: The entry, as an error names it, and what came.

    Raises:
        InvalidFieldError: If these are not two finite numbers of at least 0, the lower
            one first.
    """
    expected = "a lower and an upper limit, finite and at least 0"
    try:
        low, high = map(float, pair)
    except (TypeError, ValueError):
        raise InvalidFieldError(where, expected, pair, "Write (0.5, 2).") from None
    if not 0.0 <= low < np.inf or not 0.0 <= high < np.inf:
        raise InvalidFieldError(where, expected, pair, "Write (0.5, 2).")
    if low > high:
        remedy = f"Write ({high:g}, {low:g})."
        raise InvalidFieldError(where, "limits with the lower one first", pair, remedy)
    return low, high


def pulls_of_staying(box: Box) -> FloatColumn:
    """Whether each number pulls towards staying (1), leaving (-1) or both ways (0).

    A weight pulls towards staying if its term is nowhere below 0 on the way and leaving
    now does not have it: then its expected amount is not below 0, whatever one does.
    The offer's term never is, because one may refuse the offer.

    Args:
        box: Of the decision; what is said holds for all its points.
    """
    # At the upper limits, because a weight of 0 hides the sign of its term.
    problem = box.problem(box.high[None])
    pulls = np.zeros(len(box.names))
    if problem.structure.phase in (Phase.OFFERED, Phase.REJECTED):
        return pulls
    steps = [step for option in alternatives(problem) for step in option.steps]
    leaving = problem.process.steps[0].exit_terms
    for number, name in enumerate(box.names):
        prefix, _, word = name.partition(".")
        if prefix != "weights" or Term(word) in leaving:
            continue
        term = Term(word)
        amounts = [
            float(np.asarray(terms.get(term, 0.0)).flat[0])
            for step in steps
            for terms in (step.reward_terms, step.exit_terms)
        ]
        if term is Term.OFFER or min(amounts, default=0.0) >= 0.0:
            pulls[number] = 1.0
        elif max(amounts) <= 0.0:
            pulls[number] = -1.0
    return pulls
