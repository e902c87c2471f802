"""Pay in money as columns: an amount or a range, its currency and the time it is for.

Each row becomes the reading of the aspect pay that ``Opportunity.pay`` becomes
(``_model.pay_conversion``). What an amount says depends on the amount, so rows that
state different amounts are solved side by side.
"""

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen

from interviewfit._model.beliefs import Reading
from interviewfit._model.fields import canonical
from interviewfit._model.money import Interval, Money, Pay
from interviewfit._model.pay_conversion import (
    LARGEST_NOISE,
    MIN_NOISE,
    PAY_NOTE,
    PayObstacle,
    largest_ratio,
    pay_reading,
    ratio_of_unit,
    relative_doubt,
)
from interviewfit._model.priors import Assumptions
from interviewfit._model.vocabulary import When
from interviewfit._numeric.arrays import BoolArray, FloatColumn, Number, RowSelection
from interviewfit._process.evidence import ReadingEvidence
from interviewfit._process.notes import HIGH_PAY, LOW_PAY
from interviewfit.columns._checks import find_row
from interviewfit.columns._columns import Codes, Columns, factorize
from interviewfit.columns._specs import PAY_NUMBERS, PAY_WORDS
from interviewfit.columns._threads import row_blocks
from interviewfit.errors import DecodeError, InvalidFieldError

_PRIORS = ("hours_per_year", "hours_per_day", "pay_slack", "loose_pay", "absurd_pay")
"""Numbers that say what an amount of money is in percent of pay."""

_TIMES = tuple(Interval)


@frozen(eq=False)
class PayReader:
    """What the pay of each row says of the aspect pay. Made by ``pay_reader``.

    Attributes:
        table: With columns of pay.
        salary: With which they are compared.
        assumptions: Hours of a year, and how far off an amount may be, for all rows.
    """

    table: Columns
    salary: Money
    assumptions: Assumptions

    @property
    def is_constant(self) -> bool:
        """Whether all rows state the same pay."""
        columns = (*self.table.pay_numbers.values(), *self.table.pay_words.values())
        return all(not column.shape for column in columns)

    def pay(self, row: int = 0) -> Pay | None:
        """The pay that a row states, as a record; None if it states none.

        Raises:
            InvalidFieldError: If it is none that a record may hold.
        """
        low, high = (float(end[0]) for end in self._ends(slice(row, row + 1)))
        if np.isnan(low) and np.isnan(high):
            return None
        words = {name: self._word(name, row) for name in PAY_WORDS}
        return Pay(
            low=None if np.isnan(low) else low,
            high=None if np.isnan(high) else high,
            currency=words["pay.currency"],
            per=words["pay.per"] or None,
        )

    def reading(self, rows: RowSelection, *, is_offer: bool) -> ReadingEvidence[Number]:
        """What the pay of some rows says; of rows that state none, nothing.

        Args:
            rows: Which rows of the table.
            is_offer: Whether an offer is on the table in all of them.
        """
        low, high, ratio = self._ratio(rows)
        stated = ~np.isnan(ratio)
        loose = (np.isnan(low) | np.isnan(high))[stated]
        bottom, top = _filled(low, high)
        doubts = np.array(
            [
                [
                    relative_doubt(
                        per,
                        self.salary,
                        self.assumptions,
                        is_offer=is_offer,
                        is_loose=is_loose,
                    )
                    for is_loose in (False, True)
                ]
                for per in _TIMES
            ]
        )
        value, noise = np.zeros(ratio.size), np.full(ratio.size, np.inf)
        if stated.any():
            bottom, top, ratio = bottom[stated], top[stated], ratio[stated]
            width = (top - bottom) / (top + bottom) / np.sqrt(3.0)
            doubt = doubts[self._times(rows)[stated] - 1, loose.astype(np.intp)]
            sds = 100.0 * ratio * np.sqrt(width * width + doubt)
            value[stated] = 100.0 * (ratio - 1.0)
            noise[stated] = np.clip(sds, MIN_NOISE, LARGEST_NOISE)
        nothing = np.zeros(value.size)
        return ReadingEvidence("pay", value, noise, nothing, when=When.NOW, stated=True)

    def faults(self, first_row: int) -> Iterator[str]:
        """The first row whose pay cannot be compared with the salary, as a line.

        Args:
            first_row: Number of the first row in messages.
        """

        def bad(rows: slice) -> BoolArray:
            low, high, ratio = self._ratio(rows)
            largest = largest_ratio(self.assumptions)
            bottom, top = _filled(low, high)
            stated = ~np.isnan(bottom)
            fits = (1.0 / largest <= ratio) & (ratio <= largest) & (bottom <= top)
            return np.asarray(stated & ~fits)

        row = find_row(bad, self.table.rows)
        if row is None:
            return
        shown = "" if self.is_constant else f", row {first_row + row}"
        where = f"column {next(iter(self.table.pay_numbers))!r}{shown}"
        try:
            pay = self.pay(row)
        except InvalidFieldError as error:
            name = error.where.replace("Pay.", "pay.")
            if name not in (*self.table.pay_numbers, *PAY_WORDS):
                name = next(iter(self.table.pay_numbers))
            where = f"column {name!r}{shown}"
            expected, value, remedy = error.expected, error.value, error.remedy
            yield str(InvalidFieldError(where, expected, value, remedy))
            return
        if pay is not None:
            reading = pay_reading(pay, self.salary, self.assumptions)
            if isinstance(reading, PayObstacle):
                reason = reading.reason[0].upper() + reading.reason[1:]
                remedy = f"{reason}. {reading.remedy}"
                expected = "pay that can be compared with the salary of the candidate"
                yield str(InvalidFieldError(where, expected, str(pay), remedy))

    def doubtful_reading(self) -> Reading | None:
        """What the first pay that is far from the salary says; None without one."""
        for block in row_blocks(self.table.rows):
            ratio = self._ratio(block)[2]
            value = 100.0 * (ratio - 1.0)
            far = (value < LOW_PAY) | (value > HIGH_PAY)
            if far.any():
                pay = self.pay(int(block.start + far.argmax()))
                reading = pay and pay_reading(pay, self.salary, self.assumptions)
                if isinstance(reading, Reading):
                    return evolve(reading, note=f"{PAY_NOTE}{pay}", when=When.NOW)
        return None

    def _column(self, name: str, rows: RowSelection) -> FloatColumn:
        """Amounts by row; NaN where none is stated.

        Args:
            name, rows: Of the column, and which of its rows.
        """
        count = rows.stop - rows.start if isinstance(rows, slice) else rows.size
        column = self.table.pay_numbers.get(name)
        if column is None:
            return np.full(count, np.nan)
        entries = column[rows] if column.shape else np.full(count, column[()])
        return np.asarray(entries, dtype=np.float64)

    def _ends(self, rows: RowSelection) -> tuple[FloatColumn, FloatColumn]:
        """Both ends of the pay of each row; an amount is both."""
        amount = self._column("pay.amount", rows)
        ends = (self._column(name, rows) for name in ("pay.low", "pay.high"))
        low, high = (np.where(np.isnan(amount), end, amount) for end in ends)
        return low, high

    def _times(self, rows: RowSelection) -> Codes:
        """The position of the time in ``Interval``, from 1; 0 or less if unclear."""
        return self._codes("pay.per", ("", *_TIMES), rows)

    def _codes(self, name: str, words: tuple[str, ...], rows: RowSelection) -> Codes:
        """Positions of the words of a column among those that may stand there.

        Args:
            name: Of the column; without one, a year.
            words: Without a word first.
            rows: Which rows of the table.
        """
        count = rows.stop - rows.start if isinstance(rows, slice) else rows.size
        column = self.table.pay_words.get(name)
        if column is None:
            return np.full(count, 1 + _TIMES.index(Interval.YEAR), dtype=np.int16)
        listed = [canonical(word) for word in words]
        whole = column if column.shape else np.atleast_1d(np.asarray(column))
        read = factorize(whole, listed, -1, exact=False, missing=0)
        return read(rows) if column.shape else np.repeat(read(slice(0, 1)), count)

    def _ratio(
        self, rows: RowSelection
    ) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        """Both ends of the pay, and its middle over the salary; NaN if unclear."""
        low, high = self._ends(rows)
        units = ratio_of_unit(self.salary, self.assumptions)
        by_time = np.array([np.nan, *(units[per] for per in _TIMES), np.nan])
        is_own = self._codes("pay.currency", ("", self.salary.currency), rows) == 1
        bottom, top = _filled(low, high)
        middle = bottom + (top - bottom) / 2.0
        unit = by_time[self._times(rows)]
        return low, high, np.where(is_own, middle * unit, np.nan)

    def _word(self, name: str, row: int) -> str:
        """A word of a row, as it is written.

        Args:
            name, row: Of the column, and the number of the row.
        """
        column = self.table.pay_words.get(name)
        if column is None:
            return Interval.YEAR.value
        word = column[row] if column.shape else np.asarray(column).item()
        text = word if isinstance(word, str) else ""
        return canonical(text) if name == "pay.per" else text


def _filled(low: FloatColumn, high: FloatColumn) -> tuple[FloatColumn, FloatColumn]:
    """Both ends; if only one is stated, it stands for both.

    Args:
        low, high: NaN where not stated.
    """
    bottom = np.where(np.isnan(low), high, low)
    top = np.where(np.isnan(high), low, high)
    return bottom, top


def pay_reader(
    table: Columns, assumptions: Assumptions, first_row: int
) -> PayReader | None:
    """What turns columns of pay into readings; None if there are none.

    Args:
        table: Columns, checked one by one.
        assumptions: Numbers for all that is left open.
        first_row: Number of the first row in messages.

    Raises:
        DecodeError: With one line for every fault.
    """
    if not table.pay_numbers:
        if table.pay_words:
            name = next(iter(table.pay_words))
            fault = f"column {name!r} needs 'pay.amount' beside it."
            raise DecodeError("table of columns", [fault])
        return None
    name = next(iter(table.pay_numbers))
    faults = [
        f"column {name!r} cannot stand beside {other!r}. Drop one of the two."
        for other in ("pay.mean", "pay.sd")
        if other in table.specs
    ]
    if "pay.amount" in table.pay_numbers:
        faults += [
            f"column 'pay.amount' cannot stand beside {other!r}. Drop one of the two."
            for other in PAY_NUMBERS[1:]
            if other in table.pay_numbers
        ]
    if "pay.currency" not in table.pay_words:
        faults.append(f"column {name!r} needs 'pay.currency' beside it, such as EUR.")
    if table.candidate.salary is None:
        faults.append(
            f"column {name!r} needs a salary to be compared with: "
            "Candidate(salary=Money(...))."
        )
    faults += [
        f"column {prior!r} differs by row, and money is compared by one number. Give "
        "it once for all rows."
        for prior in _PRIORS
        if prior in table.numbers
    ]
    stated = {
        name: table.constants[name] for name in _PRIORS if name in table.constants
    }
    numbers = {**assumptions.numbers, **stated}
    salary = table.candidate.salary
    if faults or salary is None:
        raise DecodeError("table of columns", faults)
    reader = PayReader(table, salary, evolve(assumptions, numbers=numbers))
    if faults := list(reader.faults(first_row)):
        raise DecodeError("table of columns", faults)
    return reader
