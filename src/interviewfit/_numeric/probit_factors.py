"""Passes that answer to a fit: probit factors of a normal belief, and their intercepts.

A number z has the belief *normal* (beside facts that may add jumps to it). Somebody
else sees it through noise of their own, and passes stage j if what they see is above a
bar, so with the probability

    pass_j(z) = cdf(a_j + b_j z),

independently of all other stages, given z. If z has the variance 1 and b = r / sqrt(1 -
r^2), their view has the correlation r with z. The *intercept* a_j is such that whoever
is still in is passed on with the stated rate p_j if nobody ever leaves:

    E[H_j pass_j] = p_j,        H_j(z) = product over i < j of pass_i(z) / p_i

So E[H_j] is 1 for each j, and H_j is the density of what is believed of z after j
passes by what was believed before, whatever is found out beside.

*More correlation.* Of two slopes 0 <= b < c the pass with c is likelier where a' + c z
is above a + b z, so from one point on, and less likely below it. As both have the mean
p_j, E[g pass] is no less with c for every g that rises with z. For several passes the
same was seen in every case that tests tried, which is no proof.

A *hint* is a sign of a pass to come that is o times as likely if it comes: it adds the
factor 1 + (o - 1) pass_j(z), over its mean, which gives way to pass_j once that has
come. So both count once.

With r = 1 (or -1) b is infinite, and all is decided by the lowest (highest) z to pass.

Reference: I. J. Good, "Probability and the Weighing of Evidence" (1950), for factors.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import evolve, frozen

from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit._numeric.panels import take_rows
from interviewfit._numeric.probit_intercepts import intercept_of, intercepts_of_one

SHARP = 60.0
"""Slopes per standard deviation beyond this stand for a correlation of 1: .99986."""

REACH = 8.5
"""The normal tail beyond so many standard deviations is below a rounding error."""

SPACING = 0.85
"""Of the points of a sum, in standard deviations of the integrand: the error of the
rule is about exp(-2 (pi / SPACING)^2), 1e-12."""

# Stated rates of 0 are stood for by this one; what follows is worth nothing by itself.
_LEAST_RATE = 1e-12
# A bar that fewer would reach lies beyond all that is looked at.
_LEAST_LEFT = 1e-60
# Passes that fewer than one in a hundred million would all make are rare: the rule goes
# further then, by so many standard deviations at a time.
_RARE, _RANGES = 18.5, 4.0
_MOST_STEPS = 100
# Further out, where nobody is, a tilt would leave the range of numbers.
_LARGEST = 600.0
# Points of several passes that are worked out together.
_AT_ONCE = 4096
# Jumps that are no further apart than so many standard deviations take one rule.
_CLOSE = 4.0


def spacing_class(slope: FloatArray) -> FloatArray:
    """Which of a few spacings the rule takes at a slope: rows of one class share it.

    Args:
        slope: b per standard deviation, of any sign, any shape.
    """
    size = np.minimum(np.abs(slope), SHARP)
    return np.ceil(32.0 * np.log2(1.0 + size * size)) / 32.0


def range_class(rate: FloatArray) -> FloatArray:
    """How far a rule goes, of a few: rows of one class share it, ``(rows,)``.

    Who has passed what next to nobody passes is as far out.

    Args:
        rate: Of all passes, ``(rows, passes)``.
    """
    rare = -np.log(np.maximum(rate, _LEAST_RATE)).sum(axis=1)
    further = _RANGES * np.ceil(np.sqrt(REACH**2 + 2.0 * rare) / _RANGES)
    return np.where(rare > _RARE, further, REACH)


def unit_rule(classes: float, reach: float = REACH) -> tuple[FloatArray, FloatArray]:
    """Points, in standard deviations, and weights of a rule that goes with the mean.

    Args:
        classes: The class of the spacing.
        reach: How far it goes, in standard deviations.
    """
    step = SPACING * 2.0 ** (-0.5 * classes)
    count = int(np.ceil(reach / step))
    points = step * np.arange(-count, count + 1)
    weights = np.exp(-0.5 * points * points)
    return points, weights / weights.sum()


def spread_class(shift: FloatArray, sd: FloatArray) -> FloatArray:
    """How far apart jumps are, of a few sizes: rows of one class share a rule.

    Args:
        shift: By which facts may move z, ``(rows, shifts)``.
        sd: Of the normal part, ``(rows, 1)``.

    Returns:
        At least the range of the shifts, in standard deviations, ``(rows,)``; infinite
        where nothing is normal.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.ptp(shift, axis=1) / sd[:, 0]
        rounded = np.exp2(np.ceil(np.log2(np.maximum(apart, _CLOSE))))
    return np.where(apart > 0.0, rounded, 0.0)


def product_class(classes: FloatArray, passes: int) -> float:
    """The class of the spacing that the product of all passes asks for.

    It varies on less than each of them does.

    Args:
        classes: Of the slopes; their largest counts.
        passes: How many passes there are.
    """
    square = np.exp2(classes.max(initial=0.0)) - 1.0
    return spacing_class(np.sqrt(square * max(1, passes))).item()


def belief_rule(
    shift: FloatArray,
    probability: FloatArray,
    sd: FloatArray,
    rule: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """Points and weights for what is believed of z, normal but for some jumps.

    The density is a sum of normal ones, which one rule serves as well as each of them,
    unless they are far apart.

    Args:
        shift, probability: Jumps, ``(rows, shifts)``, in rows of one ``spread_class``.
        sd: Of the normal part, ``(rows, 1)``.
        rule: Of a normal belief, as ``unit_rule`` gives it.

    Returns:
        Each ``(rows, points)``; weights add up to 1.
    """
    (unit, weight), (rows, shifts) = rule, shift.shape
    apart = spread_class(shift, sd).max(initial=0.0)
    step = unit[1] - unit[0]
    if not (shifts - 1) * unit.size * step > apart:
        z = (shift[:, :, None] + sd[:, :, None] * unit).reshape(rows, -1)
        return z, (probability[:, :, None] * weight).reshape(rows, -1)
    more = int(np.ceil(0.5 * apart / step))
    units = unit[0] + step * np.arange(-more, unit.size + more)
    middle = 0.5 * (shift.min(axis=1) + shift.max(axis=1))[:, None]
    # Where all is known of z nothing lies apart from the middle.
    aside = np.divide(shift - middle, sd, out=np.zeros_like(shift), where=sd > 0.0)
    score = units - aside[:, :, None]
    np.multiply(score, score, out=score)
    score *= -0.5
    weights = (probability[:, None, :] @ np.exp(score, out=score))[:, 0]
    return middle + sd * units, weights / weights.sum(axis=1, keepdims=True)


@frozen(eq=False, repr=False)
class ProbitFactors:
    """How somebody else decides, stage by stage, in rows of one class of slopes.

    Attributes:
        slope: b_j of each pass in order, ``(rows, passes)``; infinite in all of them
            where the correlation is 1 or -1.
        intercept: a_j, likewise; with infinite slopes, the lowest (highest) z that
            passes.
        rate: p_j, likewise.
        hint: o, ``(rows, 1)``; 1 where there is none.
        hinted: The number of the pass that the hint is of.
        classes: The class of the spacing, ``(rows, 1)``, the same in every row.
        tilt: t, by which the factors of the passes so far, and of more, are tilted
            (``factor_tilts``), ``(rows, 1)``; None if they are not.
    """

    slope: FloatArray
    intercept: FloatArray
    rate: FloatArray
    hint: FloatArray
    hinted: int
    classes: FloatArray
    tilt: FloatArray | None = None

    @property
    def is_sharp(self) -> bool:
        """Whether the correlation is 1 or -1 in all rows."""
        return bool(self.slope.size and np.isinf(self.slope[0, 0]))

    @property
    def passes(self) -> int:
        """How many passes there are."""
        return int(self.rate.shape[1])

    @property
    def scale(self) -> FloatArray:
        """The smallest standard deviation on which a factor varies, ``(rows, 1)``."""
        steepest = np.abs(self.slope).max(axis=1, keepdims=True, initial=1e-3)
        if self.tilt is not None:
            # The product of all passes behind varies on less.
            product = np.sqrt(np.maximum(1e-6, np.exp2(self.classes) - 1.0))
            steepest = np.where(self.tilt == 0.0, steepest, product)
        return np.asarray(1.0 / steepest)

    @property
    def bars(self) -> FloatArray:
        """Where half of them pass, at most 1e6 from 0, ``(rows, passes + 1)``.

        The last is nowhere, so that there is one without any pass.
        """
        nowhere = np.full((len(self.hint), 1), -1e6)
        bars = self.intercept
        if not self.is_sharp:
            slope = np.where(np.abs(self.slope) > 1e-6, self.slope, 1e-6)
            bars = -self.intercept / slope
        return np.asarray(np.clip(np.hstack((bars, nowhere)), -1e6, 1e6))

    def take(self, rows: IndexArray) -> "ProbitFactors":
        """Some of the rows, in any order and number."""
        return take_rows(self, rows, len(self.hint))

    def rescaled(self, scale: FloatArray) -> "ProbitFactors":
        """The same of z in units of a scale.

        Args:
            scale: In the unit of z so far, above 0, ``(rows, 1)``.
        """
        slope, is_sharp = self.slope * scale, np.isinf(self.slope)
        intercept = np.where(is_sharp, self.intercept / scale, self.intercept)
        steepest = np.abs(slope).max(axis=1, keepdims=True, initial=0.0)
        classes = spacing_class(np.where(np.isinf(steepest), 0.0, steepest))
        return evolve(self, slope=slope, intercept=intercept, classes=classes)

    def passing(self, z: FloatArray, number: int) -> FloatArray:
        """The probability of a pass at some points, in their shape.

        Args:
            z: ``(rows, points)``.
            number: Of the pass.
        """
        bar, slope = self.intercept[:, number, None], self.slope[:, number, None]
        if not self.is_sharp:
            return normal.cdf(bar + slope * z)
        # An infinite bar is no bar.
        above = np.where(np.sign(slope) * (z - bar) >= 0.0, 1.0, 0.0)
        return np.where(np.isinf(bar), 1.0, above)

    def factor(self, z: FloatArray, number: int) -> FloatArray:
        """H_j at some points, in their shape.

        Args:
            z: ``(rows, points)``.
            number: j.
        """
        product = np.ones(z.shape)
        for earlier in range(number):
            passed = self.passing(z, earlier)
            product *= passed / self.rate[:, earlier, None]
        if number == self.hinted and bool((self.hint != 1.0).any()):
            passed, rate = self.passing(z, number), self.rate[:, number, None]
            excess = self.hint - 1.0
            product *= (1.0 + excess * passed) / (1.0 + excess * rate)
        if self.tilt is not None and number >= self.hinted:
            product *= np.exp(np.minimum(_LARGEST, -self.tilt * z))
        return product

    def factors(self, z: FloatArray) -> FloatArray:
        """H_j at some points for j = 0, 1, ...: shape ``(passes + 1, *points)``.

        Args:
            z: ``(rows, points)``.
        """
        product = np.ones((self.passes + 1, *z.shape))
        for number, passed in enumerate(self._passes_at(z)):
            rate = self.rate[:, number, None]
            np.divide(passed, rate, out=product[number + 1])
            product[number + 1] *= product[number]
            if number == self.hinted and bool((self.hint != 1.0).any()):
                excess = self.hint - 1.0
                product[number] *= (1.0 + excess * passed) / (1.0 + excess * rate)
        if self.tilt is not None:
            tilted = np.exp(np.minimum(_LARGEST, -self.tilt * z))
            product[self.hinted :] *= tilted
        return product

    def _passes_at(self, z: FloatArray) -> Iterator[FloatArray]:
        """The probability of each pass in order at some points, in their shape.

        Passes of few points are worked out together, which is quicker.

        Args:
            z: ``(rows, points)``.
        """
        size = 1 if self.is_sharp else max(1, _AT_ONCE // max(1, z.size))
        for start in range(0, self.passes, size):
            if size == 1:
                yield self.passing(z, start)
                continue
            group = slice(start, start + size)
            bar, slope = self.intercept.T[group], self.slope.T[group]
            yield from normal.cdf(bar[:, :, None] + slope[:, :, None] * z)


def calibrated(
    slope: FloatArray,
    rate: FloatArray,
    points: Sequence[FloatArray],
    hint: FloatArray,
    hinted: int,
) -> ProbitFactors:
    """The factors that pass each stage with its stated rate.

    Args:
        slope: b of each pass, ``(rows, passes)``, in rows of one class.
        rate: Stated rates, 0 to 1, likewise; of one ``range_class``.
        points: What is believed of z before the first pass: shifts by jumps and their
            probabilities, ``(rows, shifts)``, and the standard deviation of the normal
            part, ``(rows, 1)``; of one ``spread_class``.
        hint, hinted: As the attributes.
    """
    shift, probability, sd = points
    rate = np.clip(rate, _LEAST_RATE, 1.0)
    total = _total_sd(shift, probability, sd)
    steepest = np.abs(slope).max(axis=1, keepdims=True, initial=0.0) * total
    # Infinite slopes beside others are taken for steep ones.
    mixed = np.isinf(slope) & ~np.isinf(slope).all(axis=1, keepdims=True)
    steep = np.copysign(SHARP / np.maximum(total, 1e-300), slope)
    slope = np.where(mixed, steep, slope)
    classes = spacing_class(np.where(np.isinf(steepest), 0.0, steepest))
    factors = ProbitFactors(slope, np.zeros_like(rate), rate, hint, hinted, classes)
    if factors.is_sharp:
        return evolve(factors, intercept=_bars(factors, shift, probability, sd))
    reach = float(range_class(rate).max(initial=REACH))
    rule = unit_rule(product_class(classes, rate.shape[1]), reach)
    z, weights = belief_rule(shift, probability, sd, rule)
    if len(rate) == 1:
        together = intercepts_of_one(slope, rate, z, weights)
        if together is not None:
            return evolve(factors, intercept=together)
    intercept = np.empty_like(rate)
    for number in range(rate.shape[1]):
        stated, steepness = rate[:, number, None], slope[:, number, None]
        found, passed = intercept_of(steepness, stated, z, weights)
        intercept[:, number] = found[:, 0]
        weights = weights * (passed / stated)
        weights /= weights.sum(axis=1, keepdims=True)
    return evolve(factors, intercept=intercept)


def _total_sd(shift: FloatArray, probability: FloatArray, sd: FloatArray) -> FloatArray:
    """The standard deviation of a belief with jumps, ``(rows, 1)``.

    Args:
        shift, probability, sd: As ``calibrated`` takes them.
    """
    square = (probability * shift * shift).sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(square + sd * sd))


def _bars(
    factors: ProbitFactors, shift: FloatArray, probability: FloatArray, sd: FloatArray
) -> FloatArray:
    """The bars of a correlation of 1 or -1, which leave the stated shares.

    By bisection of the distribution function of a belief that may have jumps.

    Args:
        factors: Whose rates count.
        shift, probability, sd: As ``calibrated`` takes them.
    """
    left = np.maximum(np.cumprod(factors.rate, axis=1), _LEAST_LEFT)
    positive = np.maximum(sd, 1e-300)
    side = np.sign(factors.slope)
    low = np.full(left.shape, -2.0 * REACH) * positive + shift.min(
        axis=1, keepdims=True
    )
    high = np.full(left.shape, 2.0 * REACH) * positive + shift.max(
        axis=1, keepdims=True
    )
    for _ in range(_MOST_STEPS):
        middle = 0.5 * (low + high)
        score = (shift[:, None, :] - middle[:, :, None]) / positive[:, :, None]
        passed = normal.cdf(side[:, :, None] * score) * probability[:, None, :]
        too_low = side * (passed.sum(axis=2) - left) > 0.0
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    # With a rate of 1 everybody passes.
    return np.where(left >= 1.0, -side * np.inf, 0.5 * (low + high))
