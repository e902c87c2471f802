"""Which numbers of a decision are guesses, and what else they might be.

A default is a guess with a plausible range (``priors``). It is drawn from the triangle
over that range whose top is the value in use: nothing outside the range, most near the
value, and no more said than the three numbers say. That shape is a judgement too. So is
that guesses are drawn apart from each other: no source says which of them go together.

What is *not* drawn:

* How good the job is. What is unknown of it is inside the model already, as the spread
  of beliefs that interviews narrow down; drawing it would count it twice. How far off
  people are about that spread, *overconfidence*, is a default and is drawn.
* Numbers that were stated, in place of defaults or otherwise. They can be: *own* takes
  three standard deviations of each (``inputs``) either way, *ranges* any ends at all.
* What one wants, priorities and weights, unless *ranges* names them.

Each number has a stream of its own, so that no draw of one depends on the others, on
how many draws there are, or on the blocks they are worked out in.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

import attrs
import numpy as np

from interviewfit._model.decision import Decision
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.inputs import Parameter, put
from interviewfit._process.parameters import find_parameter, list_inputs
from interviewfit.errors import InvalidFieldError

__all__ = ["Ranges", "check_draws", "draw", "drawn_inputs", "triangle"]

_OWN_SCALES = 3.0
_WANTED = ("priorities.", "weights.")

# Generators are quoted in annotations: naming one would load NumPy's random numbers at
# import, for people who draw nothing.

Ranges = Mapping[str, tuple[float, float]]
"""Lower and upper end of some numbers, by the names of ``inventory``."""


def drawn_inputs(
    decision: Decision, *, own: bool = False, ranges: Ranges | None = None
) -> tuple[Parameter, ...]:
    """The numbers to draw, each with the range to draw it from as *low* and *high*.

    Args:
        decision: Whose numbers.
        own: Whether numbers that were stated are drawn as well.
        ranges: Ends to draw from instead, by name; also of numbers not drawn otherwise.

    Raises:
        InvalidFieldError: If *ranges* is no mapping, names no number of the decision,
            or its ends do not hold the value between them or are out of what is
            allowed.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> decision = Decision(candidate=Candidate(), opportunity=job)
    >>> found = {one.name: one for one in drawn_inputs(decision)}
    >>> found["horizon_years"].low, found["horizon_years"].high, "fallback" in found
    (1.0, 4.0, False)
    """
    if not (ranges is None or isinstance(ranges, Mapping)):
        remedy = 'Such as {"stages[0].hours": (1, 4)}.'
        raise InvalidFieldError(
            "ranges", "a mapping from names to ends", ranges, remedy
        )
    inputs = list_inputs(decision)
    found = {one.name: one for one in _guessed(inputs, decision)}
    if own:
        for one in inputs:
            if one.name not in found and not _inside(one):
                found[one.name] = _widened(one)
    for name, ends in (ranges or {}).items():
        one = found.get(name) or find_parameter(decision, name)
        found[name] = _between(decision, one, ends)
    return tuple(found.values())


def draw(
    inputs: tuple[Parameter, ...], rng: "np.random.Generator", draws: int, block: int
) -> Iterator[dict[Parameter, FloatColumn]]:
    """Uniform numbers for each input, a block of draws at a time; see ``triangle``."""
    streams = rng.spawn(len(inputs))
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        yield {
            one: stream.random(rows)
            for one, stream in zip(inputs, streams, strict=True)
        }


def triangle(one: Parameter, uniform: FloatColumn) -> FloatColumn:
    """Draws from the triangle over an input's range, from uniform ones.

    Reference: the inverse of its distribution function, as in S. Kotz and J. R. van
    Dorp, "Beyond Beta" (2004), chapter 1.

    >>> from interviewfit._process.inputs import Parameter
    >>> unit = Parameter(
    ...     name="x", value=1.0, low=0.0, high=4.0, scale=1.0, unit="", path=()
    ... )
    >>> triangle(unit, np.array([0.0, 0.25, 1.0])).tolist()
    [0.0, 1.0, 4.0]
    """
    width, left, right = one.high - one.low, one.value - one.low, one.high - one.value
    rising = one.low + np.sqrt(uniform * (width * left))
    falling = one.high - np.sqrt((1.0 - uniform) * (width * right))
    return np.where(uniform * width < left, rising, falling)


def check_draws(where: str, count: object, most: int, rng: object) -> None:
    """How many draws, and where they come from.

    Raises:
        InvalidFieldError: If it is no whole number from 1 to *most*, or no generator.
    """
    if type(count) is not int or not 1 <= count <= most:
        expected = f"a whole number between 1 and {most:,}"
        raise InvalidFieldError(where, expected, count)
    if not (rng is None or isinstance(rng, np.random.Generator)):
        seed = f"Write numpy.random.default_rng({rng!r:.40})."
        raise InvalidFieldError(
            f"{where.partition('(')[0]}(rng)",
            "a numpy.random.Generator",
            rng,
            seed if type(rng) is int else "Write numpy.random.default_rng(1).",
        )


def _guessed(inputs: Iterable[Parameter], decision: Decision) -> Iterator[Parameter]:
    """Defaults in use here, and in the processes beside."""
    for one in inputs:
        stated = one.name in decision.assumptions.numbers
        if one.path[0] == "assumptions" and not stated:
            yield one


def _inside(one: Parameter) -> bool:
    """Whether its spread is inside the model already, or it is what one wants."""
    believed = one.path[:2] == ("opportunity", "beliefs") and one.path[-1] == "mean"
    seen = one.path[1] in ("signals", "learned") and one.path[-1] == "value"
    return believed or seen or one.name.startswith(_WANTED)


def _widened(one: Parameter) -> Parameter:
    side = _OWN_SCALES * one.scale
    return attrs.evolve(
        one, low=max(one.low, one.value - side), high=min(one.high, one.value + side)
    )


def _between(
    decision: Decision, one: Parameter, ends: tuple[float, float]
) -> Parameter:
    where = f"ranges[{one.name!r}]"
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        expected = "a lower and an upper end, such as (0.2, 0.6)"
        raise InvalidFieldError(where, expected, ends) from None
    if not (isfinite(low) and isfinite(high) and low <= one.value <= high):
        held = f"a lower and an upper end with the value, {one.value:g}, between them"
        raise InvalidFieldError(where, held, ends, "Move the value, or the ends.")
    # Of ends that no such number can have, the field itself says what is wrong.
    for end in (low, high):
        put(decision, {one: end})
    return attrs.evolve(one, low=low, high=high)
