"""Files taken apart into cells, before anything is understood."""

import json

import pytest

from interviewfit import DecodeError, read_log
from interviewfit.logs._formats import Table, parse_table
from trackers import CAREER_OPS, FORMS


def cells(text: str) -> list[list[object]]:
    return [list(row.values()) for row in parse_table(text).rows]


class TestForm:
    @pytest.mark.parametrize("form", FORMS)
    def test_it_is_found_out(self, form: str) -> None:
        assert parse_table(FORMS[form]).log_format == form

    def test_plain_json_is_one(self) -> None:
        assert parse_table('[{"status": "applied"}]') == Table(
            "json", ("status",), [{0: "applied"}]
        )

    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_a_table_is_split_by_the_mark_its_header_has_most_of(
        self, mark: str
    ) -> None:
        text = mark.join(("company", "status", "date")) + "\n"
        row = mark.join(("Acme", "offer", "14.05.2025"))

        assert cells(text + row) == [["Acme", "offer", "14.05.2025"]]

    def test_a_cell_may_hold_line_ends_and_the_mark(self) -> None:
        text = 'company,status,date\n"Acme,\n Inc.",offer,2025-05-14\n'

        assert cells(text)[0][0] == "Acme,\n Inc."

    def test_what_is_no_log_is_refused(self) -> None:
        with pytest.raises(DecodeError, match="It has no objects"):
            parse_table('{"applications": [1, 2]}')

    def test_objects_in_objects_are_columns(self) -> None:
        text = json.dumps([{"company": {"name": "A"}, "job": {"title": "B"}}])

        assert parse_table(text).headings == ("company", "job")


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
        self, rows: str, expected: list[tuple[str, str]]
    ) -> None:
        table = parse_table(self.HEAD + rows)

        assert [(row.get(3), row.get(1)) for row in table.rows] == expected

    def test_the_number_is_the_name_as_in_the_tracker(self) -> None:
        log = read_log(CAREER_OPS)

        assert {event.process for event in log.history.events} == {"#12", "#14"}


class TestFlows:
    def test_each_process_takes_one_way_through_them(self) -> None:
        table = parse_table("A applied [2] Screen\nScreen [1] Offer\n")

        assert table.undated
        assert len({row[0] for row in table.rows}) == 2

    def test_very_many_are_refused(self) -> None:
        with pytest.raises(DecodeError, match="sum to 999,999,999"):
            parse_table("Applied [999999999] Screen\n")


class TestBounds:
    """Work is bounded by counts that are checked before it is done."""

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("x" * 10_000_000, "It is not a table"),
            ("a," * 1_000_000 + "\n1,2\n", "at most 10,000 are read"),
            ("company,status\nA,applied" + ",x" * 1_000_000, "at most 10,000 are read"),
            ("[" * 5_000_000, "nested more than 64 levels"),
            ("\0" * 10_000_000, "It is not a table"),
            ("a,b\n" + "=cmd|' /C calc'!A0,@SUM(A1)\n" * 250_001, "at most 200,000"),
            ("a\n" * 5_000_000, "at most 200,000 are read"),
            ("|" + "--|" * 1_000_000, "at most 10,000 are read"),
            ("| a |\n|---|\n" * 150_000, "at most 200,000 are read"),
            (json.dumps([{f"k{i}": 1 for i in range(20_000)}]), "at most 10,000"),
            (json.dumps([{}] * 200_001), "at most 200,000 are read"),
        ],
        ids=lambda value: value[:12] if isinstance(value, str) else None,
    )
    def test_a_hostile_file_ends_in_one_clear_error(
        self, text: str, fault: str
    ) -> None:
        with pytest.raises(DecodeError, match=fault) as caught:
            read_log(text)

        assert len(caught.value.faults) == 1
