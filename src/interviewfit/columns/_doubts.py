"""Warnings about numbers of a table that may be meant but probably are not.

A single decision asks about such numbers in its ``notes``. A table of very many rows
has no place for a question, so Python's ``warnings`` ask it, once for each column.
"""

import warnings
from collections.abc import Iterator

import numpy as np

from interviewfit._model.domain import Opportunity
from interviewfit._model.parameters import spec_at
from interviewfit._model.priors import Assumptions
from interviewfit._model.stages import corporate
from interviewfit._numeric.arrays import AnyArray
from interviewfit._process.notes import LEAST_FRACTION, notes_on
from interviewfit.columns._columns import Columns
from interviewfit.columns._pay import PayReader
from interviewfit.columns._threads import row_blocks

_FEWEST = 3
"""So many entries of the size of fractions make a column of fractions."""


def warn_of_doubts(
    table: Columns, assumptions: Assumptions, pay: PayReader | None = None
) -> None:
    """Warn of columns that look like fractions, and of doubtful numbers in all rows.

    Args:
        table: Columns, checked.
        assumptions: Those that take the place of defaults are looked at.
        pay: What turns pay in money into readings; None without it.
    """
    for text in _doubts(table, assumptions, pay):
        warnings.warn(f"Check: {text}", stacklevel=3)


def _doubts(
    table: Columns, assumptions: Assumptions, pay: PayReader | None
) -> Iterator[str]:
    """Yield what to ask about a table, a sentence or two for each doubt.

    Args:
        table: Columns, checked.
        assumptions: Those that take the place of defaults are looked at.
        pay: What turns pay in money into readings; None without it.
    """
    for name, spec in table.specs.items():
        if spec_at(spec.path).unit != "% of pay" or name.endswith(".sd"):
            continue
        constant = abs(table.constants.get(name, 0.0))
        if LEAST_FRACTION <= constant < 1.0 or _are_fractions(table.numbers.get(name)):
            yield (
                f"column {name!r} lies within 1 % of pay, which is next to nothing. It "
                "is in percent: if you mean 8 % by 0.08, multiply it by 100."
            )
    reading = None if pay is None else pay.doubtful_reading()
    seen = () if reading is None else (reading,)
    anybody = Opportunity(name="any", stages=corporate(), signals=seen)
    yield from notes_on(table.candidate, anybody, assumptions)


def _are_fractions(column: AnyArray | None) -> bool:
    """Whether all entries lie within 1 of 0, and several look like fractions."""
    if column is None:
        return False
    count = 0
    for block in row_blocks(column.size):
        sizes = np.abs(column[block])
        # NaN compares as false, so it is passed over.
        if (sizes >= 1.0).any():
            return False
        count += int(np.count_nonzero(sizes >= LEAST_FRACTION))
    return count >= _FEWEST
