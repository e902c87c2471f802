"""Which numbers of a decision are guesses, and what values they might take instead.

A default is drawn from the triangular distribution over its range (``PRIORS``) whose
mode is the value in use, guesses independently of each other. Both are judgements.

A chance that was stated is drawn around what was stated, because people are as sure of
chances as of amounts: its odds may be off by the factor *overconfidence* either way
(.5 becomes .33 to .67). A chance of 0 or 1 is taken to be known.

What is *not* drawn:

* How good the job is: the standard deviation of beliefs counts that already. Only
  *overconfidence*, how far off people are about it, is a default and is drawn.
* Stated numbers but for chances, those of the processes beside it included, unless
  *include_stated* takes three standard deviations of each either way, or *ranges* any
  ends at all.
* Priorities and weights, unless *ranges* names them.

Each number has a stream of random numbers of its own, so no draw depends on how many
there are, or on the blocks they are worked out in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import TypeAlias

import attrs
import numpy as np

from interviewfit._model.decision import Decision
from interviewfit._model.priors import Assumptions
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.parameters import (
    Parameter,
    find_parameter,
    list_inputs,
    substitute,
)
from interviewfit._process.signals import shift_odds
from interviewfit.errors import InvalidFieldError

_STATED_SDS = 3.0
_PREFERENCES = ("priorities.", "weights.")

Ranges: TypeAlias = Mapping[str, tuple[float, float]]
"""Lower and upper end for some numbers, by the names of ``list_inputs``."""


def sampled_parameters(
    decision: Decision, include_stated: bool = False, ranges: Ranges | None = None
) -> tuple[Parameter, ...]:
    """The parameters to draw, each with the range to draw it from as *low* and *high*.

    Args:
        decision: The decision whose numbers they are.
        include_stated: Whether all numbers that were stated are drawn as well.
        ranges: Lower and upper end of any number by name, in its unit.

    Raises:
        InvalidFieldError: If *ranges* is no mapping, or a name or an end not allowed.
    """
    if not (ranges is None or isinstance(ranges, Mapping)):
        expected, remedy = "a mapping from names to ends", '{"stages[0].hours": (1, 4)}'
        raise InvalidFieldError("ranges", expected, ranges, f"Such as {remedy}.")
    sampled: dict[str, Parameter] = {}
    stated: dict[str, Parameter] = {}
    for parameter in list_inputs(decision):
        name, path = parameter.name, parameter.path
        is_default = path[0] == "assumptions"
        # What is unknown of the job is inside the model already.
        is_modelled = (
            path[:2] == ("opportunity", "beliefs") and path[-1] == "mean"
        ) or (path[1] in ("signals", "learned") and path[-1] == "value")
        if is_default and name not in decision.assumptions.numbers:
            sampled[name] = parameter
        elif include_stated and not (is_modelled or name.startswith(_PREFERENCES)):
            side, value = _STATED_SDS * parameter.scale, parameter.value
            low, high = (
                max(parameter.low, value - side),
                min(parameter.high, value + side),
            )
            stated[name] = attrs.evolve(parameter, low=low, high=high)
        elif parameter.unit == "chance" and 0.0 < parameter.value < 1.0:
            stated[name] = _around_stated(parameter, decision.assumptions)
    sampled.update(stated)
    for name, ends in (ranges or {}).items():
        parameter = sampled.get(name) or find_parameter(decision, name)
        sampled[name] = _within_ends(decision, parameter, ends)
    return tuple(sampled.values())


def _around_stated(parameter: Parameter, assumptions: Assumptions) -> Parameter:
    """A stated chance with the ends of what it may be instead, by its odds.

    Args:
        parameter: The chance, 0 to 1.
        assumptions: Whose *overconfidence* says how far off the odds may be.
    """
    factor, chance = max(1.0, assumptions["overconfidence"]), parameter.value
    low, high = shift_odds(chance, 1.0 / factor), shift_odds(chance, factor)
    return attrs.evolve(parameter, low=low, high=high)


def uniform_draws(
    parameters: Sequence[Parameter],
    rng: "np.random.Generator",
    blocks: Iterable[int],
) -> Iterator[dict[Parameter, FloatColumn]]:
    """Yield uniform random numbers for each parameter, ``(block,)``, block by block.

    Args:
        parameters: What is drawn; each has a stream of its own.
        rng: Spawns the streams.
        blocks: How many draws at a time; it may depend on what was worked out so far.
    """
    streams = rng.spawn(len(parameters))
    for rows in blocks:
        yield {
            parameter: stream.random(rows)
            for parameter, stream in zip(parameters, streams, strict=True)
        }


def triangular_ppf(parameter: Parameter, uniform: FloatColumn) -> FloatColumn:
    """Quantiles of the triangular distribution over the range of a parameter.

    Reference: S. Kotz and J. R. van Dorp, "Beyond Beta" (2004), chapter 1.

    Args:
        parameter: Its *low*, *value* and *high* are the two ends and the mode.
        uniform: Probabilities from 0 to 1, one for each draw.
    """
    low, mode, high = parameter.low, parameter.value, parameter.high
    width = high - low
    rising = low + np.sqrt(uniform * (width * (mode - low)))
    falling = high - np.sqrt((1.0 - uniform) * (width * (high - mode)))
    return np.where(uniform * width < mode - low, rising, falling)


def _within_ends(
    decision: Decision, parameter: Parameter, ends: tuple[float, float]
) -> Parameter:
    """The parameter with other ends to its range.

    Args:
        decision: Its own checks say whether the ends are allowed.
        parameter: What is drawn between them.
        ends: Lower and upper end, in the unit of the parameter.

    Raises:
        InvalidFieldError: If they are not two allowed numbers around the value.
    """
    where = f"ranges[{parameter.name!r}]"
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        expected = "a lower and an upper end, such as (0.2, 0.6)"
        raise InvalidFieldError(where, expected, ends) from None
    value = parameter.value
    if not (isfinite(low) and isfinite(high) and low <= value <= high):
        expected = f"a lower and an upper end with the value, {value:g}, between them"
        raise InvalidFieldError(where, expected, ends, "Move the value, or the ends.")
    for end in (low, high):
        substitute(decision, {parameter: end})
    return attrs.evolve(parameter, low=low, high=high)
