"""News that only waiting brings, such as how a merger ends.

Part of it is normal: what readings leave open. The other part are events of which named
signs speak: with its chance c an event happens and moves the surplus by its *size*;
else nothing changes. The mean of the surplus has the expectation of all, so news moves
it by (1 - c) * size or by -c * size, as a fact does that a stage tells (``facts``).
Events of different signs are independent.

Reference: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961), for
the value of information that comes before a decision.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Generic

from attrs import frozen

from interviewfit._model.numbers import Numbers
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import N, N_co, fsum, is_zero, root_sum_square, sqrt
from interviewfit._process.signals import Posterior


@frozen(repr=False)
class News(Generic[N_co]):
    """News on the surplus that only waiting brings, percent of pay as it is weighed.

    Attributes:
        sd: Standard deviation of its normal part.
        events: The chance of each event, and by how much it moves the surplus.
    """

    sd: N_co
    events: tuple[tuple[N_co, N_co], ...] = ()

    @cached_property
    def spread(self) -> N_co:
        """Standard deviation of all of it, percent of pay."""
        spreads: list[N_co] = [self.sd]
        for chance, size in self.events:
            spread: N_co = sqrt(chance * (1.0 - chance))
            spreads.append(size * spread)
        return root_sum_square(spreads)

    def worlds(self) -> Iterator[tuple[N_co, N_co]]:
        """Every combination of events: its probability, and how it moves the mean.

        Yields:
            A probability, and percent of pay, 0 on average.
        """
        start: N_co = 1.0
        rest: N_co = 0.0
        worlds: list[tuple[N_co, N_co]] = [(start, rest)]
        for chance, size in self.events:
            down: N_co = -chance * size
            fails: N_co = 1.0 - chance
            worlds = [
                world
                for share, shift in worlds
                for world in (
                    (share * chance, shift + (size + down)),
                    (share * fails, shift + down),
                )
            ]
        yield from worlds

    def expected_positive_part(self, mean: N_co, percent: N_co) -> N_co:
        """``E[max(0, X)]`` of a surplus once the news is in, hours.

        Args:
            mean: Of the surplus now, hours.
            percent: The value of one percent of pay, hours.
        """
        parts: list[N_co] = []
        for share, shift in self.worlds():
            surplus: N_co = mean + percent * shift
            parts.append(
                share * normal.expected_positive_part(surplus, percent * self.sd)
            )
        return fsum(parts)


def news_of(
    posterior: Posterior[N],
    numbers: Numbers[N],
    aspects: Collection[str] | None = None,
) -> News[N]:
    """The news that only waiting brings on some aspects.

    Args:
        posterior: What readings and signs leave open.
        numbers: Of the decision, with the priorities of aspects.
        aspects: Those that count; all by default.
    """
    is_settled = all(map(is_zero, posterior.unsettled.values()))
    if is_settled and not posterior.pending:
        return News(0.0)
    weights = {
        aspect: numbers.priority(aspect)
        for aspect in posterior.beliefs
        if aspects is None or aspect in aspects
    }
    sds = [
        weight * posterior.unsettled[aspect]
        for aspect, weight in weights.items()
        if not is_zero(posterior.unsettled[aspect])
    ]
    events: list[tuple[N, N]] = []
    for sign in posterior.pending:
        sizes: list[N] = [
            weights[aspect] * size
            for aspect, size in sign.sizes.items()
            if aspect in weights
        ]
        size = fsum(sizes)
        if not is_zero(size):
            events.append((sign.chance, size))
    return News(root_sum_square(sds), tuple(events))


def aspects_awaited(posterior: Posterior[float]) -> Sequence[str]:
    """The aspects of which only waiting brings news, in the order of the beliefs."""
    pending = {
        aspect
        for sign in posterior.pending
        for aspect, size in sign.sizes.items()
        if size
    }
    return [
        aspect
        for aspect, sd in posterior.unsettled.items()
        if sd > 0.0 or aspect in pending
    ]
