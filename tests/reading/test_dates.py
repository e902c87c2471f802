"""Dates as trackers write them, and those that could be two."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from openpyxl.utils.datetime import from_excel

from interviewfit._reading.dates import (
    dates_in,
    excel_date,
    is_day_first,
    local_date,
    timestamp_date,
)

DAY = date(2025, 5, 14)
# Every day of a leap year, and days of all years that are read.
DAYS = [
    *(date(2024, 1, 1) + timedelta(days=number) for number in range(366)),
    *(date(1990, 1, 1) + timedelta(days=number) for number in range(0, 40_176, 97)),
]
ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)


class TestReadDay:
    @pytest.mark.parametrize(
        "written",
        [
            "2025-05-14",
            " 2025-05-14 ",
            "2025/5/14",
            "2025.05.14",
            "2025-05-14T23:59:59.999Z",
            "2025-05-14 09:30",
            "2025-05-14T01:00:00+13:00",
            # Seen in the sample data of a tracker: no time that a parser would take.
            "2025-05-14:00:00Z",
            "5/14/2025",
            "14/5/2025",
            "05-14-2025",
            "14.05.2025",
            "14.5.25",
            "5/14/25",
            "May 14, 2025",
            "may 14 2025",
            "14 May 2025",
            "14-May-2025",
            "14th May 2025",
            "Wednesday, 14 May 2025",
            "Wed May 14 2025",
            "Sept 14, 2025",
            1747224000,
            1747224000000,
            1747224000.5,
            "1747224000",
        ],
    )
    def test_it_is_the_fourteenth(self, written: object) -> None:
        expected = DAY.replace(month=9) if str(written)[0] == "S" else DAY

        assert local_date(written) == expected

    @pytest.mark.parametrize(
        "written",
        [
            "", "soon", "-", "2025-13-14", "2025-05-32", "31/31/2025", "May 2025",
            "14 Foo 2025", "May 99, 2025", "1925-05-14", "2199-01-01", "20250514",
            "2025-05-140", 0, 20250514, 1e300, float("nan"), float("inf"), -5, True,
            None, [], {}, "9" * 30, "٣٣٣", b"2025-05-14",
        ],
    )  # fmt: skip
    def test_it_is_no_day(self, written: object) -> None:
        assert local_date(written) is None
        assert local_date(written, day_first=True) is None

    def test_what_could_be_two_days_is_none_until_somebody_says(self) -> None:
        assert local_date("4/5/2025") is None
        assert local_date("4/5/2025", day_first=True) == date(2025, 5, 4)
        assert local_date("4/5/2025", day_first=False) == date(2025, 4, 5)
        # With points the day always comes first, and a double day is one.
        assert local_date("4.5.2025") == date(2025, 5, 4)
        assert local_date("5/5/2025") == date(2025, 5, 5)

    def test_every_day_is_read_in_every_form(self) -> None:
        for day in DAYS:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

            assert local_date(day.isoformat()) == day
            assert local_date(f"{day:%d.%m.%Y}") == day
            assert local_date(f"{day:%d/%m/%Y}", day_first=True) == day
            assert local_date(f"{day:%m/%d/%Y}", day_first=False) == day
            assert local_date(f"{day:%d %B %Y}") == day
            assert local_date(f"{day:%b %d, %Y}") == day
            assert local_date(f"{day.year}年{day.month}月{day.day}日") == day
            assert local_date(noon.timestamp()) == day

    @pytest.mark.parametrize("mark", "/-")
    def test_without_an_order_it_is_read_where_it_can_be_one_day_alone(
        self, mark: str
    ) -> None:
        for day in DAYS:
            plain = day.day > 12 or day.day == day.month
            expected = day if plain else None

            assert local_date(f"{day:%d{mark}%m{mark}%Y}") == expected
            assert local_date(f"{day:%m{mark}%d{mark}%Y}") == expected

    @given(written=ANY, first=st.none() | st.booleans())
    def test_anything_is_a_day_or_none(self, written: object, first: bool) -> None:
        found = local_date(written, first)

        assert found is None or 1990 <= found.year <= 2100


class TestDayFirst:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ((), None),
            (("4/5/2025", "2025-05-14"), None),
            (("4/5/2025", "14/5/2025"), True),
            (("4/5/2025", "5/14/2025"), False),
            (("14/5/2025", "5/14/2025"), None),
            # Points tell nothing of slashes.
            (("14.5.2025", "4/5/2025"), None),
            ((None, 5), None),
        ],
    )
    def test_the_other_dates_tell(
        self, written: tuple[object, ...], expected: bool | None
    ) -> None:
        assert is_day_first(written) is expected

    def test_a_day_that_is_no_month_tells_the_order(self) -> None:
        for day in DAYS:
            tells = day.day > 12

            assert is_day_first([f"{day:%d/%m/%Y}"]) is (True if tells else None)
            assert is_day_first([f"{day:%m/%d/%Y}"]) is (False if tells else None)

    @given(days=st.lists(st.sampled_from(DAYS), min_size=1), first=st.booleans())
    def test_a_file_of_one_form_is_read_in_it_or_not_at_all(
        self, days: list[date], first: bool
    ) -> None:
        written = [f"{one:%d/%m/%Y}" if first else f"{one:%m/%d/%Y}" for one in days]
        told = is_day_first(written)

        assert told is (first if any(one.day > 12 for one in days) else None)
        for one, text in zip(days, written, strict=True):
            assert local_date(text, told) in (one, None)


FORMS = ("{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d/%m/%Y}", "{:%-d %B %Y}", "{:%b %-d, %Y}")


@given(
    parts=st.lists(
        st.tuples(st.sampled_from(DAYS), st.sampled_from(FORMS)), min_size=1, max_size=6
    ),
    mark=st.sampled_from(("; ", "|", " and ", "\n", " (2nd) ", ", then ")),
)
def test_every_date_of_a_text_is_found_where_it_ends(
    parts: list[tuple[date, str]], mark: str
) -> None:
    text, expected = "on ", []
    for day, form in parts:
        text += form.format(day)
        expected.append((day, len(text)))
        text += mark

    assert list(dates_in(text, day_first=True)) == expected


@pytest.mark.parametrize("kind", [int, float, str])
def test_the_days_of_a_spreadsheet_are_those_of_openpyxl(
    kind: Callable[[int], object],
) -> None:
    first, last = 36_526, 58_804
    for number in (*range(first, last, 89), last):
        assert excel_date(kind(number)) == from_excel(number).date()
        assert excel_date(number + 0.75) in (from_excel(number).date(), None)
    assert excel_date(kind(first)) == date(2000, 1, 1)
    assert excel_date(kind(last)) == date(2060, 12, 29)
    assert excel_date(kind(first - 1)) is excel_date(kind(last + 1)) is None
    assert excel_date(True) is None


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (1e8 - 1, None),
        (1e8, "1973-03-03"),
        (1e11 - 1, "5138-11-16"),
        (1e11, "1973-03-03"),
        (1e14 - 1, "5138-11-16"),
        (1e14, None),
    ],
)
def test_an_epoch_is_in_seconds_or_milliseconds_by_its_size(
    seconds: float, day: str | None
) -> None:
    found = timestamp_date(seconds)

    assert (found and str(found)) == day
    assert timestamp_date(f"{seconds:.0f}") == found
