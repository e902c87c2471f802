"""Dates as trackers write them, and those that could be two."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

import strategies as fit
from interviewfit._reading.dates import is_day_first, local_date, timestamp_date

DAY = date(2025, 5, 14)
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

    @given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)))
    def test_every_day_is_read_in_every_form(self, day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

        assert local_date(day.isoformat()) == day
        assert local_date(f"{day:%d.%m.%Y}") == day
        assert local_date(f"{day:%d/%m/%Y}", day_first=True) == day
        assert local_date(f"{day:%m/%d/%Y}", day_first=False) == day
        assert local_date(f"{day:%d %B %Y}") == day
        assert local_date(f"{day:%b %d, %Y}") == day
        assert local_date(noon.timestamp()) == day

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

    @given(days=st.lists(fit.DAYS, min_size=1))
    def test_a_file_of_one_form_is_read_in_it_or_not_at_all(
        self, days: list[date]
    ) -> None:
        written = [f"{one:%d/%m/%Y}" for one in days]
        first = is_day_first(written)

        assert first in (True, None)
        for one, text in zip(days, written, strict=True):
            assert local_date(text, first) in (one, None)


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
