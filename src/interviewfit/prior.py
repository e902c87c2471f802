"""
One default number of the model: a record that ``priors`` holds many of.
"""

from attrs import frozen

__all__ = ["Prior"]


@frozen
class Prior:
    """
    One default number.

    Attributes:
        value: What is used where nothing else is said.
        low: Lower end of the range that robustness draws from.
        high: Its upper end.
        unit: Of the three numbers.
        kind: ``measured``, ``derived`` or ``judgement``.
        grade: Of the source, A to D, or "-".
        source: Where it comes from.
        year: Of the source.
        population: Whom it describes.
    """

    value: float
    low: float
    high: float
    unit: str
    kind: str
    grade: str
    source: str
    year: int = 2026
    population: str = "-"
