"""Bounds on the value of a search, and the same at prices of the hour."""

from collections.abc import Callable, Sequence
from functools import cached_property

from attrs import frozen

from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.practice import PracticeValue
from interviewfit._model.units import Hours, Worth

EXACT_HOURS, EXACT_SHARE = 0.1, 1e-3
"""A plan is exact if none is better by more than so many hours, or that share of it."""


def tolerance(value: Worth) -> Worth:
    """By how much a plan of some value may be off and is still called exact, hours."""
    return max(EXACT_HOURS, EXACT_SHARE * abs(value))


@frozen
class SearchWorth:
    """Between which bounds the value of a search lies.

    Attributes:
        lower, upper: Value of a plan that anybody can keep, and of any at most, hours.
        hour_value: What one more hour would add at most beyond its own price, hours.
    """

    lower: Worth
    upper: Worth
    hour_value: Worth = 0.0


@frozen(eq=False)
class ValueBounds:
    """Bounds on the value of a search, and the order that attains the lower one.

    Attributes:
        search: The search by index.
        practice: What its processes teach each other.
        order: Rows worth going on with, the next one first.
        first: The row put before one of higher index, for practice; None if none is.
        reasons: What keeps the two apart, a sentence each.
        worth_of: Works out the bounds, once they are asked for: where hours are short
            that takes longer than all else.
    """

    search: BudgetedSearch
    practice: PracticeValue
    order: Sequence[int]
    first: int | None
    reasons: tuple[str, ...]
    worth_of: Callable[[], SearchWorth]

    @cached_property
    def worth(self) -> SearchWorth:
        """The bounds."""
        return self.worth_of()

    @property
    def lower(self) -> Worth:
        """Value of a plan that anybody can keep, hours."""
        return self.worth.lower

    @property
    def upper(self) -> Worth:
        """Value of any plan at most, hours."""
        return self.worth.upper

    @property
    def hour_value(self) -> Worth:
        """What one more hour would add at most beyond its own price, hours."""
        return self.worth.hour_value


@frozen(eq=False)
class BoundsByPrice:
    """Bounds on what is left of a search at prices of the hour, each worked out once.

    Attributes:
        bounds_at: The bounds at a price, hours, and whether the upper one is wanted.
        lowers, uppers: What a plan is worth at the prices that were asked for, and what
            any is at most, hours.
    """

    bounds_at: Callable[[Worth, bool], ValueBounds]
    lowers: dict[Worth, Worth]
    uppers: dict[Worth, Worth]

    def keep(self, price: Worth, bounds: ValueBounds) -> None:
        """Keep the bounds at a price.

        Args:
            price: Of the hour, beyond its own, hours.
            bounds: Both of them there.
        """
        self.lowers[price], self.uppers[price] = bounds.lower, bounds.upper

    def lower(self, price: Worth) -> Worth:
        """What a plan is worth at a price of the hour, hours."""
        if price not in self.lowers:
            self.lowers[price] = self.bounds_at(price, False).lower
        return self.lowers[price]

    def upper(self, price: Worth) -> Worth:
        """What no plan exceeds at a price of the hour, hours."""
        if price not in self.uppers:
            self.keep(price, self.bounds_at(price, True))
        return self.uppers[price]

    def least_upper(self, budget: Hours) -> Worth:
        """What no plan within a budget exceeds, hours: any price bounds all plans.

        Args:
            budget: Hours there are.
        """
        return min(value + price * budget for price, value in self.uppers.items())
