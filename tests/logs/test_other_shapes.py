"""Trackers in shapes of their own, and what a person would read in them."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from interviewfit import InvalidFieldError
from interviewfit._model.vocabulary import Milestone
from interviewfit.logs import ImportedLog, read_log

TODAY = date(2026, 11, 29)


def log(*lines: str) -> ImportedLog:
    return read_log("\n".join(lines), today=TODAY)


def kinds(found: ImportedLog, process: str) -> list[Milestone]:
    return [
        event.kind
        for event in found.history.events
        if event.process.startswith(process)
    ]


class TestWhoDeclined:
    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            ("Turned down", Milestone.CLOSED),
            ("turned it down", Milestone.CLOSED),
            ("Turned down by me", Milestone.WITHDREW),
            ("I turned it down", Milestone.WITHDREW),
            ("TURNED DOWN BY COMPANY", Milestone.REJECTED),
            ("They turned me down", Milestone.REJECTED),
            ("Turned down offer", Milestone.DECLINED),
        ],
    )
    def test_a_status_is_not_taken_for_its_opposite(
        self, status: str, kind: Milestone
    ) -> None:
        found = log("Company,Applied,Status", f"Acme,2026-03-01,{status}")

        assert kinds(found, "Acme")[-1] is kind


class TestDates:
    def test_the_last_contact_is_the_day_of_the_status(self) -> None:
        found = log(
            "Company,Date Submitted,Status,Last Contact",
            "Acme,2026-03-01,Rejected,2026-03-15",
        )

        assert str(found.history.events[-1].on) == "2026-03-15"

    def test_days_of_a_column_that_is_not_used_tell_the_order(self) -> None:
        found = log(
            "Company,Applied,Status,Reminder",
            "Acme,3/5/2026,Rejected,3/25/2026",
        )

        assert str(found.history.events[0].on) == "2026-03-05"

    def test_how_to_say_the_order_is_named(self) -> None:
        found = log("Company,Applied,Status", "Acme,3/5/2026,Rejected")

        assert any("day_first=" in text for text in found.warnings)


class TestSteps:
    @pytest.mark.parametrize("key", ["type", "event", "action", "title", "name"])
    def test_what_happened_may_stand_under_another_key(self, key: str) -> None:
        steps = [
            {key: "APPLIED", "date": "2026-03-01T10:00:00Z"},
            {key: "PHONE_SCREEN", "date": "2026-03-08T10:00:00Z"},
            {key: "REJECTED", "date": "2026-03-12T10:00:00Z"},
        ]
        found = log(json.dumps([{"company": "Acme", "role": "Dev", "events": steps}]))

        seen = [(event.kind, str(event.on)) for event in found.history.events]
        assert seen == [
            (Milestone.APPLIED, "2026-03-01"),
            (Milestone.SCREEN, "2026-03-08"),
            (Milestone.REJECTED, "2026-03-12"),
        ]

    def test_a_key_that_says_status_is_preferred(self) -> None:
        step = {"type": "system", "status": "Applied", "date": "2026-03-01"}
        found = log(json.dumps([{"company": "Acme", "events": [step]}]))

        assert kinds(found, "Acme") == [Milestone.APPLIED]


class TestMarks:
    def test_a_response_by_yes_and_no_keeps_every_application(self) -> None:
        found = log(
            "Company,Role,Date,Response",
            "Acme,Dev,1 March 2026,No",
            "Bolt,Dev,2 March 2026,Yes",
            "Core,Dev,3 March 2026,",
        )

        counts = Counter(event.kind for event in found.history.events)
        assert counts[Milestone.APPLIED] == 3
        shown = str(
            read_log(
                "Company,Date,Response\nAcme,2026-03-01,No\nBolt,2026-03-02,Yes",
                today=TODAY,
                preview=True,
            )
        )
        assert "no reply" in shown
        assert "replied" in shown
        assert "not known" not in shown

    @pytest.mark.parametrize("status", ["👻", "🟢", "💀 💀"])
    def test_a_picture_without_words_is_counted_as_not_known(self, status: str) -> None:
        found = log(
            "Company,Applied,Status",
            f"Acme,2026-03-01,{status}",
            "Bolt,2026-03-01,Rejected",
        )

        assert any(f"unknown status '{status}'" in text for text in found.warnings)


class TestTablesOfOneFile:
    OTHER = ("| thing | note |", "|---|---|", *["| a | b |"] * 5)
    LOG = (
        "| company | status | date |",
        "|---|---|---|",
        "| A | Applied | 2026-03-02 |",
    )

    @pytest.mark.parametrize("apart", ["", "## Another table", "In words."])
    @pytest.mark.parametrize("above", [True, False])
    def test_that_of_known_headings_is_read(self, apart: str, above: bool) -> None:
        """However long another is, and on whichever side of it."""
        tables = (self.OTHER, self.LOG) if above else (self.LOG, self.OTHER)

        found = log(*tables[0], apart, *tables[1])

        assert kinds(found, "A") == [Milestone.APPLIED]
        assert found.warnings == ()

    def test_among_those_that_are_known_as_well_the_longer_is_read(self) -> None:
        more = (*self.LOG, "| B | Applied | 2026-03-02 |")

        found = log(*self.LOG, "", *more, "", *self.LOG)

        assert {event.process for event in found.history.events} == {"A", "B"}

    def test_an_empty_line_between_rows_ends_no_table(self) -> None:
        found = log(*self.LOG, "", "| B | Applied | 2026-03-02 |", "", "")

        assert {event.process for event in found.history.events} == {"A", "B"}


class TestHeadings:
    @pytest.mark.parametrize("name", ["X", "Xing", "x", "xX"])
    def test_no_letter_of_a_heading_is_lost(self, name: str) -> None:
        lines = (f"\n\r {name},status,date", "Acme,Applied,2026-03-02")

        found = read_log("\n".join(lines), columns={"company": name}, today=TODAY)

        assert kinds(found, "Acme") == [Milestone.APPLIED]

    def test_a_heading_that_is_not_there_is_answered_with_the_first_twenty(
        self,
    ) -> None:
        names = [f"h{number}" for number in range(25)]
        text = "\n".join([",".join(names), ",".join("1" * 25)])

        with pytest.raises(InvalidFieldError) as told:
            read_log(text, columns={"company": "other"})

        listed = ", ".join(names[:20])
        expected = f"read_log(columns) must be a heading among {listed}, got 'other'."
        assert str(told.value) == expected

    @pytest.mark.parametrize("wrong", [5, {"status": 1}, {1: "a"}, ["status"]])
    def test_what_is_no_mapping_of_text_is_refused(self, wrong: Any) -> None:
        with pytest.raises(InvalidFieldError) as told:
            read_log("company,status\nA,applied", columns=wrong)

        assert str(told.value).startswith("read_log(columns) must be text by text, got")
        assert str(told.value).endswith("Such as {'status': 'Progress'}.")


class TestLists:
    @pytest.mark.parametrize("beside", [None, ["2026-03-05"], [], {}])
    def test_what_is_no_date_among_dates_is_no_event(self, beside: object) -> None:
        row = {"company": "Acme", "applied": "2026-03-02"}
        alone = read_log(json.dumps([{**row, "phone screen": ["2026-03-09"]}]))

        found = read_log(json.dumps([{**row, "phone screen": [beside, "2026-03-09"]}]))

        assert found.history.events == alone.history.events


def days(found: ImportedLog, process: str) -> list[str]:
    return [str(event.on) for event in found.history.events if event.process == process]


class TestDatesWithoutAYear:
    """As a spreadsheet shows them; today is 29 November 2026."""

    @pytest.mark.parametrize(
        ("applied", "screen"),
        [
            ("5-Jan", "12-Jan"),
            ("Jan 5", "Jan 12th"),
            ("5. Jan.", "12. Jan."),
            ("le 5 janvier", "12 janv."),
            ("1/5", "1/12"),
            ("05.01.", "12.01."),
        ],
    )
    def test_they_are_the_latest_up_to_today(self, applied: str, screen: str) -> None:
        other = "12/31" if "/" in applied else "20-Dec"
        found = log(
            "Company,Applied,Phone screen",
            f"Acme,{applied},{screen}",
            f"Bolt,{other},",
        )

        assert days(found, "Acme") == ["2026-01-05", "2026-01-12"]
        assert days(found, "Bolt")[0].startswith("2025-12-")
        assert "2 rows: a date without a year" in found.warnings[0]

    def test_what_follows_an_application_is_after_it(self) -> None:
        found = log(
            "Company,Applied,Phone screen,Onsite",
            "Acme,20-Dec,9-Jan,2-Feb",
            "Bolt,2024-12-20,9-Jan,2-Feb",
            "Cog,18-Nov,7-Dec,",
        )

        assert days(found, "Acme") == ["2025-12-20", "2026-01-09", "2026-02-02"]
        assert days(found, "Bolt") == ["2024-12-20", "2025-01-09", "2025-02-02"]
        assert days(found, "Cog") == ["2026-11-18"]
        assert any("left out as plans" in warning for warning in found.warnings)

    def test_a_day_before_the_latest_news_is_in_its_year(self) -> None:
        found = log(
            "Company,Phone screen,Last update,Status",
            "Acme,12-Jan,20-Jan,Rejected",
            "Bolt,9-Dec,2025-01-12,Rejected",
        )

        assert days(found, "Acme")[1:] == ["2026-01-12", "2026-01-20"]
        assert days(found, "Bolt")[1:] == ["2024-12-09", "2025-01-12"]

    def test_two_ways_to_read_one_are_said(self) -> None:
        found = log("Company,Applied,Status", "Acme,1/5,Rejected", "Bolt,3/4,Rejected")

        assert days(found, "Acme")[0] == "None"
        assert any("read two ways" in warning for warning in found.warnings)

    def test_the_29_february_is_in_a_leap_year(self) -> None:
        assert days(log("Company,Applied", "Acme,29-Feb"), "Acme") == ["2024-02-29"]

    def test_a_score_is_no_date(self) -> None:
        found = log("Company,Applied,Interview", "Acme,2026-01-05,2/3")

        assert kinds(found, "Acme") == [Milestone.APPLIED]


class TestNotes:
    def test_headings_name_the_jobs_and_lines_begin_with_dates(self) -> None:
        found = log(
            "# Job hunt",
            "## Acme - Analyst",
            "Found on the train. 2 rounds.",
            "- **2026-01-05**: applied",
            "- 2026-01-12 phone screen",
            "* [x] 2026-01-28 onsite, 4 people",
            "- [ ] write to them",
            "## Bolt: Engineer",
            "Nov 3 - applied",
            "Dec 3 - phone screen",
        )

        assert found.log_format == "notes"
        assert kinds(found, "Acme, Analyst") == [
            Milestone.APPLIED,
            Milestone.SCREEN,
            Milestone.INTERVIEW,
        ]
        assert days(found, "Bolt, Engineer") == ["2026-11-03"]
        assert [event.number for event in found.history.events] == [0, 0, 0, 0]


class TestColumns:
    def test_a_date_before_the_interviews_is_that_of_the_application(self) -> None:
        found = log(
            "Date,Company,Status,Interview 1,Interview 2,Result",
            "2026-01-05,Acme,closed,2026-01-12,,Rejected after 1st interview",
            "2026-01-07,Bolt,active,2026-01-15,2026-01-22,Waiting",
        )

        assert days(found, "Acme")[:2] == ["2026-01-05", "2026-01-12"]
        assert days(found, "Bolt") == ["2026-01-07", "2026-01-15", "2026-01-22"]

    def test_where_a_job_was_found_is_no_status(self) -> None:
        found = log(
            "Company,Applied,Where,Status",
            "Acme,2026-01-05,LinkedIn,Rejected",
            "Bolt,2026-01-07,Indeed,Applied",
        )

        assert kinds(found, "Acme") == [Milestone.APPLIED, Milestone.REJECTED]
        assert not any("unknown" in warning for warning in found.warnings)

    def test_a_kind_below_a_round_is_that_round(self) -> None:
        found = log(
            "Company,Applied,Round 1,Round 2,Round 3,Status",
            "Acme,2026-03-01,Phone screen,Technical,CEO,Rejected",
        )

        assert kinds(found, "Acme") == [
            Milestone.APPLIED,
            Milestone.SCREEN,
            Milestone.INTERVIEW,
            Milestone.INTERVIEW,
            Milestone.REJECTED,
        ]

    def test_a_cell_may_say_more_than_its_day(self) -> None:
        found = log("Company,Applied,Onsite", "Acme,2026-03-01,Mar 8 (with Ann)")

        assert days(found, "Acme") == ["2026-03-01", "2026-03-08"]

    def test_steps_may_stand_between_commas(self) -> None:
        timeline = '"applied 2026-03-01, phone screen 2026-03-08, rejected 2026-03-15"'
        found = log("Company,Timeline", f"Acme,{timeline}")

        assert days(found, "Acme") == ["2026-03-01", "2026-03-08", "2026-03-15"]

    def test_the_date_beside_a_mark_is_that_of_the_application(self) -> None:
        found = log("Company,Applied?,Date,Rejected?", "Acme,Yes,2026-03-01,Yes")

        assert days(found, "Acme") == ["2026-03-01", "None"]

    @pytest.mark.parametrize(("heading", "warned"), [("Outcome", 1), ("Response", 0)])
    def test_no_outcome_is_no_refusal(self, heading: str, warned: int) -> None:
        found = log(f"Company,Applied,{heading}", "Acme,2026-03-01,No")

        assert kinds(found, "Acme") == [Milestone.APPLIED]
        assert sum("may be a refusal" in text for text in found.warnings) == warned
