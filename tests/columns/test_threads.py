"""Blocks cover all rows in order, and the first failure in row order is raised."""

from threading import get_ident

import pytest

from interviewfit.columns._threads import BLOCK_ROWS, ordered_map


class TestOrderedMap:
    @pytest.mark.parametrize("threads", [None, 1, 2, 3])
    @pytest.mark.parametrize("rows", [0, 1, 7, 8, 9])
    def test_every_row_is_in_one_block(self, threads: int | None, rows: int) -> None:
        blocks = list(ordered_map(lambda block: block, rows, 4, threads))

        covered = [row for block in blocks for row in range(block.start, block.stop)]
        assert covered == list(range(rows))
        assert all(0 < block.stop - block.start <= 4 for block in blocks)

    def test_one_block_starts_no_thread(self) -> None:
        assert list(ordered_map(lambda _: get_ident(), 9, 10)) == [get_ident()]
        assert list(ordered_map(lambda _: get_ident(), 9, 10, 2)) == [get_ident()]

    def test_many_rows_are_worked_on_by_others(self) -> None:
        idents = set(ordered_map(lambda _: get_ident(), 4 * BLOCK_ROWS, threads=2))

        assert get_ident() not in idents

    def test_where_python_has_no_threads_one_is_enough(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("interviewfit.columns._threads._HAS_THREADS", False)

        assert set(ordered_map(lambda _: get_ident(), 9, 1, 2)) == {get_ident()}

    @pytest.mark.parametrize("threads", [1, 2, 3])
    def test_the_first_failure_in_row_order_is_raised(self, threads: int) -> None:
        def fail(block: slice) -> None:
            if block.start >= 4:
                raise ValueError(block.start)

        with pytest.raises(ValueError, match=r"^4$"):
            list(ordered_map(fail, 99, 2, threads))

    @pytest.mark.parametrize("threads", [1, 2])
    def test_after_a_failure_no_more_is_begun(self, threads: int) -> None:
        begun: list[int] = []

        def work(block: slice) -> None:
            begun.append(block.start)
            if block.start == 0:
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            list(ordered_map(work, 10_000, 1, threads))

        assert len(begun) < 10_000
