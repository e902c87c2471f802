"""How much is tried: less in the ordinary run than where there is time."""

from hypothesis import settings


def as_many(ordinary: int, thorough: int) -> int:
    """How many cases to try.

    Args:
        ordinary: At every run.
        thorough: With ``--hypothesis-profile=thorough``.
    """
    return thorough if settings().max_examples > 500 else ordinary
