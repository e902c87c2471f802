"""A plan at a price, as searches for a price see it."""

from attrs import frozen


@frozen
class PricedPlan:
    """The best of some plans at a price.

    Attributes:
        price: Of an hour.
        hours: That it takes.
        priced_value: Its worth less the price of these.
    """

    price: float
    hours: float
    priced_value: float
