"""Files taken apart into lines, before anything is understood."""

import json
from typing import Any

import pytest

from interviewfit import DecodeError
from interviewfit.logs._formats import RawEvent, parse_rows
from trackers import FORMS


def lines(text: str) -> list[tuple[str, object]]:
    return [(one.status, one.date) for one in parse_rows(text)[1]]


class TestForm:
    @pytest.mark.parametrize("form", FORMS)
    def test_it_is_found_out(self, form: str) -> None:
        assert parse_rows(FORMS[form])[0] == form

    def test_plain_json_is_one(self) -> None:
        assert parse_rows('[{"status": "applied"}]') == (
            "json",
            [RawEvent("applied", "")],
        )

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_a_table_is_split_by_the_mark_its_header_has_most_of(
        self, mark: str
    ) -> None:
        text = mark.join(("company", "status", "date")) + "\n"
        row = mark.join(("Acme", "offer", "14.05.2025"))

        assert parse_rows(text + row)[1] == [
            RawEvent("offer", "14.05.2025", company="Acme")
        ]

    def test_a_cell_may_hold_line_ends_and_the_mark(self) -> None:
        text = 'company,status,date\n"Acme,\n Inc.",offer,2025-05-14\n'

        assert parse_rows(text)[1][0].company == "Acme, Inc."


class TestTransitions:
    HEAD = "7\t2025-05-01\tEvaluated\tApplied\tset-status\t\n"

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ("", [("Applied", "2025-05-01")]),
            (
                "7\t2025-05-09\tApplied\tInterview\tset-status\t\n",
                [("Applied", "2025-05-01"), ("Interview", "2025-05-09")],
            ),
            ("7\t2025-04-30\t-\tApplied\tcorrection\t\n", [("Applied", "2025-04-30")]),
            # A correction of what was never logged is a line like any other.
            (
                "7\t2025-05-09\t-\tOffer\tcorrection\t\n",
                [("Applied", "2025-05-01"), ("Offer", "2025-05-09")],
            ),
            ("7\t2025-05-02\tApplied\t-\tset-status\t\n", []),
            # Taking back what is not there takes nothing from others.
            ("8\t2025-05-02\tApplied\t-\tset-status\t\n", [("Applied", "2025-05-01")]),
            ("# a remark\n\n", [("Applied", "2025-05-01")]),
        ],
    )
    def test_the_log_is_followed(
        self, rows: str, expected: list[tuple[str, object]]
    ) -> None:
        assert lines(self.HEAD + rows) == expected


class TestRow:
    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            ({"status": "offer", "date": "d"}, [("offer", "d")]),
            # The application and the state beside it, each once.
            (
                {"status": "offer", "status date": "d", "applied date": "a"},
                [("applied", "a"), ("offer", "d")],
            ),
            ({"status": "Applied", "date applied": "a"}, [("applied", "a")]),
            ({"status": "", "date applied": "a"}, [("applied", "a")]),
            (
                {"status": "offer", "firstContactDate": "f", "lastContactDate": "l"},
                [("applied", "f"), ("offer", "l")],
            ),
            ({"company": "Acme"}, [("", "")]),
            # How a closed process ended says more than that it is closed.
            ({"stage": "closed", "outcome": "ghosted", "at": 5}, [("ghosted", 5)]),
            ({"stage": "closed", "at": 5}, [("closed", 5)]),
            (
                {"stage": "offer", "outcome": "hired", "at": 5},
                [("offer", 5), ("hired", 5)],
            ),
            (
                {"history": [{"to": "offer", "on": "d"}, "x", {}], "status": "hired"},
                [("offer", "d"), ("", ""), ("", "")],
            ),
            ({"history": [], "status": "hired", "on": "d"}, [("hired", "d")]),
            # A note of job-ops, which leads nowhere.
            ({"fromStage": "offer", "toStage": "offer", "occurredAt": 5}, []),
        ],
    )
    def test_it_says(
        self, row: dict[str, Any], expected: list[tuple[str, object]]
    ) -> None:
        assert lines(json.dumps([row])) == expected

    def test_the_more_telling_name_of_two_counts(self) -> None:
        row = {"id": 3, "application_id": "a", "status": "offer", "updated": "u"}

        (line,) = parse_rows(json.dumps([{**row, "status date": "d"}]))[1]

        assert (line.process, line.date) == ("a", "d")

    def test_what_is_no_log_is_refused(self) -> None:
        with pytest.raises(DecodeError, match="It has no objects"):
            parse_rows('{"applications": [1, 2]}')
