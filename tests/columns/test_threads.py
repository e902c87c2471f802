"""Rows are shared out whole, in order, and a fault comes out."""

from threading import get_ident

import pytest

from interviewfit._numeric.scratch import Desk
from interviewfit.columns._threads import AT_ONCE, Crew


class TestEach:
    @pytest.mark.parametrize("threads", [None, 1, 2, 3])
    @pytest.mark.parametrize("rows", [0, 1, 7, 8, 9])
    def test_every_row_is_in_one_part(self, threads: int | None, rows: int) -> None:
        parts: list[slice] = []
        with Crew(threads) as crew:
            crew.each(lambda part, _: parts.append(part), rows, size=4)

        covered = [row for part in parts for row in range(part.start, part.stop)]
        assert sorted(covered) == list(range(rows))
        assert all(0 < part.stop - part.start <= 4 for part in parts)

    def test_few_parts_start_no_thread(self) -> None:
        seen: set[int] = set()
        with Crew() as crew:
            crew.each(lambda *_: seen.add(get_ident()), 39, size=10)

        assert seen == {get_ident()}

    def test_many_rows_are_worked_on_by_others(self) -> None:
        seen: set[int] = set()
        with Crew(2) as crew:
            crew.each(lambda *_: seen.add(get_ident()), 4 * AT_ONCE)

        assert seen
        assert get_ident() not in seen

    @pytest.mark.parametrize("threads", [1, 2, 3])
    def test_a_thread_has_one_desk_for_all_its_parts(self, threads: int) -> None:
        """And whoever comes after it has that desk again."""
        desks: set[tuple[int, int]] = set()

        def work(_: slice, desk: Desk) -> None:
            desks.add((get_ident(), id(desk)))

        with Crew(threads) as crew:
            crew.each(work, 100, size=1)
            assert len({desk for _, desk in desks}) == len(desks) <= threads
            crew.each(work, 100, size=1)
            assert len({desk for _, desk in desks}) <= threads

    @pytest.mark.parametrize("threads", [1, 2, 3])
    def test_what_is_found_first_is_given(self, threads: int) -> None:
        with Crew(threads) as crew:
            found = crew.each(
                lambda part, _: part.start if part.start > 4 else None, 99, size=4
            )

        assert found == 8

    @pytest.mark.parametrize("threads", [1, 2, 3])
    def test_a_fault_comes_out(self, threads: int) -> None:
        with Crew(threads) as crew, pytest.raises(ZeroDivisionError):
            crew.each(lambda part, _: None if part.start < 4 else 1 // 0, 12, size=4)

    @pytest.mark.parametrize("threads", [1, 2])
    def test_after_a_fault_no_more_is_begun(self, threads: int) -> None:
        begun: list[int] = []

        def work(part: slice, _: Desk) -> None:
            begun.append(part.start)
            if part.start == 0:
                raise ZeroDivisionError

        with Crew(threads) as crew, pytest.raises(ZeroDivisionError):
            crew.each(work, 10_000, size=1)

        assert len(begun) < 10_000
