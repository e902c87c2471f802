"""A partial candidate, and what a resume cannot tell."""

from typing import Any

import attrs
import pytest

from interviewfit import Candidate, DecodeError
from interviewfit.postings import read_resume
from posting_trees import DATA


class TestReadResume:
    def test_everything_a_good_one_says(self) -> None:
        found = read_resume((DATA / "resume.json").read_text("utf-8"))

        assert found.candidate == Candidate(name="Robin Ångström")
        assert found.label == "Analyst"
        assert found.location == "Hamburg, DE"
        assert found.current == ("Harbour Insurance",)
        assert found.former == ("Bright & Co",)
        assert found.skills == ("SQL", "statistics")
        assert found.warnings == ()

    def test_all_else_of_a_candidate_is_listed_as_unknown(self) -> None:
        fields = {one.name for one in attrs.fields(Candidate)}

        assert set(read_resume({"basics": {}}).unknown) == fields - {"name"}

    def test_no_present_job_is_said(self) -> None:
        """Else a fallback of 0 would say that there is one."""
        found = read_resume({"work": [{"name": "Acme", "endDate": "2024"}]})

        assert found.former == ("Acme",)
        (warning,) = found.warnings
        assert "no present job" in warning

    def test_who_left_and_came_back_is_there(self) -> None:
        jobs = [
            {"name": "Acme", "endDate": "2020"},
            {"name": "Acme", "endDate": "Present"},
        ]

        found = read_resume({"work": jobs})

        assert (found.current, found.former) == (("Acme",), ())

    @pytest.mark.parametrize("source", ["", "[]", "{}", "3", '{"name": "x"}', [], None])
    def test_what_is_none_is_refused(self, source: Any) -> None:
        with pytest.raises(DecodeError, match="JSON Resume"):
            read_resume(source)
