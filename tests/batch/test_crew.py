"""
Rows are shared out whole, in order, and a fault comes out.
"""

from threading import get_ident

import pytest

from interviewfit.batch.crew import AT_ONCE, Crew


def ends(part: slice) -> tuple[int, int]:
    return part.start, part.stop


class TestEach:
    @pytest.mark.parametrize("threads", [None, 1, 2, 3])
    @pytest.mark.parametrize("rows", [0, 1, 7, 8, 9])
    def test_every_row_is_in_one_part(self, threads: int | None, rows: int) -> None:
        with Crew(threads) as crew:
            found = crew.each(ends, rows, size=4)

        covered = [row for start, stop in found for row in range(start, stop)]
        assert covered == list(range(rows))
        assert all(0 < stop - start <= 4 for start, stop in found)

    def test_few_rows_start_no_thread(self) -> None:
        with Crew() as crew:
            assert set(crew.each(lambda _: get_ident(), 100, size=10)) == {get_ident()}

    def test_many_rows_are_worked_on_by_others(self) -> None:
        with Crew(2) as crew:
            found = crew.each(lambda _: get_ident(), 4 * AT_ONCE)

        assert get_ident() not in found

    @pytest.mark.parametrize("threads", [1, 2])
    def test_a_fault_comes_out(self, threads: int) -> None:
        with Crew(threads) as crew, pytest.raises(ZeroDivisionError):
            crew.each(lambda part: 1 // (part.start - 4), 12, size=4)
