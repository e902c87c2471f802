"""What the candidate keeps to in a search."""

from attrs import frozen

from interviewfit._model.units import Hours


@frozen
class SearchLimits:
    """What a search keeps to.

    Attributes:
        budget: Hours there are; None for as many as are worth it.
        slots: How many processes can be under way at once; None if all can.
        recall: Whether offers to come will wait.
        bounded: Whether it is worked out how much better any plan could be.
    """

    budget: Hours | None = None
    slots: int | None = None
    recall: bool = True
    bounded: bool = True


NO_LIMITS = SearchLimits()
