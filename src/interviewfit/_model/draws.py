"""Arguments of what draws numbers: where they come from, and how many.

A generator is made as SPEC 7 of Scientific Python has it.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from interviewfit.errors import InvalidFieldError

# Generators are quoted in annotations: naming one would load NumPy's random numbers at
# import, for people who draw nothing.
RandomSource: TypeAlias = (
    "int | Sequence[int] | np.random.SeedSequence | np.random.Generator | None"
)
"""What ``numpy.random.default_rng`` takes; a bit generator will do as well."""


def random_generator(where: str, rng: RandomSource) -> "np.random.Generator":
    """A generator from a seed or a generator, as ``numpy.random.default_rng`` makes it.

    Args:
        where: The argument, as an error names it, such as ``"simulate(rng)"``.
        rng: A seed or a generator that can spawn streams; None for entropy of the
            system, which is different each time (SPEC 7 of Scientific Python).

    Raises:
        InvalidFieldError: If *rng* is none of these.
    """
    try:
        generator = np.random.default_rng(rng)
        generator.spawn(0)
    except (TypeError, ValueError):
        expected = "a seed or a generator, as numpy.random.default_rng takes it"
        raise InvalidFieldError(where, expected, rng, "Write 1, for example.") from None
    return generator


def check_count(where: str, count: object, most: int) -> None:
    """Check that a number of draws or runs is a whole number from 1 to *most*.

    Args:
        where: The argument, as an error names it, such as ``"robustness(draws)"``.
        count: What was passed.
        most: The largest number allowed.

    Raises:
        InvalidFieldError: If it is not.
    """
    if type(count) is not int or not 1 <= count <= most:
        expected = f"a whole number between 1 and {most:,}"
        raise InvalidFieldError(where, expected, count)
