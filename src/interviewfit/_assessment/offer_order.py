"""The offers of a search in the order in which they are answered, in many rows."""

from collections.abc import Iterator, Sequence

import numpy as np

from interviewfit._competition.entries import CompiledProcess
from interviewfit._model.vocabulary import Phase
from interviewfit._numeric.arrays import IndexArray, Number
from interviewfit._numeric.panels import distinct_rows


def offers_in_order(
    entries: Sequence[CompiledProcess[Number]],
) -> list[CompiledProcess[Number]]:
    """The offers that nothing rules out, in the order of ``JointSearch.offered``.

    Of equal answers the first counts, and of many offers the first few are answered one
    after another. The rows are those of ``rows_by_order``, so that any row tells it.

    Args:
        entries: The processes, in rows in which the order of the offers is the same.
    """
    means = {
        id(entry): float(np.ravel(entry.process.mean_hours)[0]) for entry in entries
    }
    return sorted(offers_by_name(entries), key=lambda entry: -means[id(entry)])


def offers_by_name(
    entries: Sequence[CompiledProcess[Number]],
) -> list[CompiledProcess[Number]]:
    """The offers that nothing rules out, by name.

    Args:
        entries: The processes.
    """
    offers = [
        entry
        for entry in entries
        if entry.structure.phase is Phase.OFFERED and not entry.dealbreakers
    ]
    return sorted(offers, key=lambda entry: entry.opportunity.name)


def rows_by_order(
    entries: Sequence[CompiledProcess[Number]], rows: int, members: IndexArray
) -> Iterator[IndexArray]:
    """Yield the places of rows in which the order of the offers is the same.

    The order is from the highest surplus to the lowest, and of equal ones by name, as
    in a single decision (``JointSearch.offered``).

    Args:
        entries, rows: The processes, and how many rows there are.
        members: The numbers of the rows of which the places are.
    """
    offers = offers_by_name(entries)
    if len(offers) < 2:
        yield np.arange(members.size)
        return
    means = np.empty((len(offers), rows))
    for mean, entry in zip(means, offers, strict=True):
        mean[:] = entry.process.mean_hours
    order = np.argsort(-means[:, members], axis=0, kind="stable")
    kept, place = distinct_rows(order.T)
    for number in range(kept.size):
        yield np.flatnonzero(place == number)
