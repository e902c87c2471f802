"""The options of reading refuse nonsense."""

from typing import Any

import pytest

from interviewfit import (
    InvalidFieldError,
)
from interviewfit.postings import ReadingOptions


class TestReadingOptions:
    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"salary": 60_000}, "ReadingOptions.salary"),
            ({"stages": "hr_screen"}, "ReadingOptions.stages"),
            ({"stages": []}, "Opportunity.stages"),
            ({"company": 3}, "ReadingOptions.company"),
            ({"currency": "$"}, "ReadingOptions.currency"),
            ({"currency": None}, "ReadingOptions.currency"),
            ({"per": "fortnight"}, "ReadingOptions.per"),
            ({"assumptions": {}}, "ReadingOptions.assumptions"),
        ],
    )
    def test_nonsense_is_refused_by_name(self, fields: Any, where: str) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            ReadingOptions(**fields)

        assert caught.value.where == where
