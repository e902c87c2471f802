"""Logs of other trackers: read, with every row left out accounted for, or refused."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import DecodeError, InvalidFieldError, dumps, read_log
from interviewfit._reading.lenient_json import MAX_CHARACTERS
from interviewfit.history import History, StageEvent
from interviewfit.logs import ImportedLog
from interviewfit.logs._words import FIELDS
from interviewfit.records import Milestone
from searches import REAL_FILE, REAL_LOG
from trackers import CAREER_OPS, FORMS, JOB_OPS, SIMPLIFY, STATUS_LOG, WIDE

TODAY = date(2025, 7, 1)
MORE = settings(max_examples=settings().max_examples * 2)


def read(text: str | bytes, **how: Any) -> ImportedLog:
    log: ImportedLog = read_log(text, today=TODAY, **how)
    return log


def said(log: ImportedLog) -> list[str]:
    return [
        " ".join(
            filter(
                None,
                (
                    one.process,
                    one.kind.value,
                    str(one.number or ""),
                    one.stage or "",
                    f"{one.on:%m-%d}" if one.on else "",
                ),
            )
        )
        for one in log.history.events
    ]


class TestForms:
    def test_the_log_of_the_shipped_file(self) -> None:
        found = read(STATUS_LOG)

        assert found.log_format == "status log"
        assert said(found) == [
            "1a contacted 05-01",
            "1a screen 05-08",
            "1a interview 1 05-12",
            "1a interview 5 05-19",
            "1a rejected 05-28",
            # What has no log of its own still has two dates.
            "2b applied 05-02",
            "2b silent 05-20",
        ]
        assert found.history.events[0].company == "Acme Inc"
        assert found.history.events[0].source == "referral"
        assert found.warnings == ()

    def test_career_ops(self) -> None:
        """A correction moves the interview, and "-" takes the offer back."""
        found = read(CAREER_OPS)

        assert found.log_format == "career-ops"
        assert said(found) == [
            "#12 applied 05-02",
            "#12 interview 05-16",
            "#12 interview 05-28",
            "#14 applied 05-04",
            "#14 contacted 05-10",
            "#14 rejected 05-30",
        ]
        assert found.warnings == ("1 row: a state before any application; no event.",)

    def test_a_correction_of_career_ops_moves_the_last_of_several(self) -> None:
        log = CAREER_OPS + "12\t2025-05-29\t-\tInterview\tcorrection\twrong again\n"

        assert said(read(log))[1:3] == ["#12 interview 05-16", "#12 interview 05-29"]

    def test_job_ops(self) -> None:
        found = read(JOB_OPS)

        assert found.log_format == "job-ops"
        assert said(found) == [
            "app-1 applied 05-01",
            "app-1 screen 05-02",
            "app-1 interview hiring_manager 05-04",
            "app-1 interview panel 05-05",
            "app-1 silent 05-06",
        ]
        assert {one.role for one in found.history.events} == {""}

    def test_simplify(self) -> None:
        found = read(SIMPLIFY)

        assert found.log_format == "simplify"
        assert said(found) == [
            "Acme, Analyst applied 05-01",
            "Acme, Analyst rejected 05-20",
            "Globex, Engineer, data applied 05-02",
        ]
        assert found.warnings[0] == "1 row: a state before any application; no event."
        assert found.warnings[1].startswith("Cells that were not used: 1 of 'Notes'")

    def test_a_column_may_be_named_for_its_stage(self) -> None:
        assert said(read(WIDE)) == [
            "Acme, Analyst applied 05-14",
            "Acme, Analyst screen 05-20",
            "Globex, Clerk applied 05-15",
            "Globex, Clerk interview panel 06-02",
        ]

    def test_our_own(self) -> None:
        found = read(dumps(REAL_LOG.history))

        assert found == ImportedLog(
            history=REAL_LOG.history, log_format="interviewfit", warnings=()
        )

    @pytest.mark.parametrize(
        "wrap",
        [
            lambda rows: rows,
            lambda rows: {"applications": rows, "version": 3},
            lambda rows: {"Stage events": rows},
            lambda rows: rows[0],
        ],
    )
    def test_json_may_wrap_its_rows(self, wrap: Any) -> None:
        row = {"Company": "Acme", "State": "Phone Screen", "At": "2025-05-14"}

        assert said(read(json.dumps(wrap([row])))) == [
            "Acme applied",
            "Acme screen 05-14",
        ]

    def test_the_shipped_log_is_read_whole(self) -> None:
        assert REAL_LOG.warnings == ()
        assert len(REAL_LOG.history.events) == 305
        assert len(REAL_LOG.history.events_by_process()) == 138
        assert len(REAL_FILE.read_text("utf-8").splitlines()) == 306

    def test_hours_and_minutes_and_numbers_of_rounds(self) -> None:
        found = read(
            "id,status,date,hours,minutes,round number\n"
            "a,interview,2025-05-01,1.5,,2\n"
            "a,interview,2025-05-03,,90,\n"
            "a,offer,2025-05-09,a lot,,\n"
        )

        events = found.history.events[2:]
        assert [one.hours for one in events] == [1.5, 1.5, None]
        assert [one.number for one in events] == [2, 0, 0]
        assert found.warnings == (
            "1 row: hours that are no number of at least 0; left out.",
        )


class TestLeftOut:
    def test_unknown_words_are_listed_with_their_count(self) -> None:
        rows = "".join(
            f"Acme,{word},2025-05-01\n" for word in ("applied", "vibing", "vibing", "x")
        )

        found = read(f"company,status,date\n{rows}")

        assert len(found.history.events) == 1
        assert found.warnings[:3] == (
            "2 rows have the unknown status 'vibing'; left out.",
            "1 row has the unknown status 'x'; left out.",
            (
                "3 of 4 statuses are not known, so rates from this file would be "
                "biased. Say what they mean (words=)."
            ),
        )

    def test_very_many_unknown_words_are_counted_together(self) -> None:
        rows = "".join(f"Acme,word{n},2025-05-01\n" * (n + 1) for n in range(13))

        found = read(f"company,status,date\nAcme,applied,2025-05-01\n{rows}")

        assert found.warnings[0].startswith("13 rows have the unknown status 'word12'")
        assert "6 rows with 3 more unknown statuses." in found.warnings

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("Acme,screen,", "1 status of 'status' without a date beside it: counted"),
            ("Acme,screen,soon", "1 row: no date that can be read; counted without a"),
            ("Acme,,2025-05-01", "1 row: no status; left out."),
            (
                ",screen,2025-05-01",
                "1 row: no company; taken to be that of the row above",
            ),
            ("Acme,screen,2025-07-02", "1 row: later than 2025-07-01; left out as"),
            (
                "Acme,screen,4/5/2025",
                "1 row: a date that can be read two ways; counted",
            ),
            ("Globex,applied,2025-05-01", "1 row: duplicates; each event counts once."),
            ("GLOBEX,applied,2025-05-01", "1 row: duplicates; each event counts once."),
            (
                "Globex,screen,2025-04-01",
                "1 process is out of order in the file; events",
            ),
        ],
    )
    def test_a_row_is_left_out_with_its_reason(self, row: str, why: str) -> None:
        found = read(f"company,status,date\nGlobex,applied,2025-05-01\n{row}\n")

        assert any(one.startswith(why) for one in found.warnings), found.warnings

    def test_the_day_of_another_row_or_the_user_settles_the_rest(self) -> None:
        text = "company,status,date\nA,applied,4/5/2025\n"

        assert said(read(text, day_first=True)) == ["A applied 05-04"]
        assert said(read(text + "A,screen,14/5/2025\n")) == [
            "A applied 05-04",
            "A screen 05-14",
        ]

    @pytest.mark.parametrize(("state", "warned"), [("offer", 1), ("rejected", 0)])
    def test_a_list_of_latest_states_is_known_for_one(
        self, state: str, warned: int
    ) -> None:
        rows = "".join(f"firm{n},{state},2025-05-01\n" for n in range(3))

        found = read(f"company,status,date\nfirm9,screen,2025-05-01\n{rows}")

        latest = [one for one in found.warnings if "only the latest state" in one]
        assert len(latest) == warned

    def test_two_ids_that_differ_in_capitals_are_two(self) -> None:
        found = read("id,status,date\naB,applied,2025-05-01\nAb,applied,2025-05-01\n")

        assert len(found.history.events_by_process()) == 2

    def test_what_happened_today_is_no_plan(self) -> None:
        assert said(read("company,status,date\nA,applied,2025-07-01\n")) == [
            "A applied 07-01"
        ]

    def test_very_long_names_are_cut(self) -> None:
        found = read(
            f"company,role,status,date\n{'a' * 999},{'b' * 999},offer,2025-05-01"
        )

        assert len(found.history.events[0].process) < 1_000

    def test_letters_that_cannot_be_written_down_are_replaced(self) -> None:
        row = {"company": "\ud800 Acme", "status": "applied", "date": "2025-05-01"}

        assert said(read(json.dumps([row]))) == ["? Acme applied 05-01"]

    @given(log=fit.histories())
    def test_nothing_is_lost_on_the_way(self, log: History) -> None:
        """A table of our own events comes back as it went, doubles aside.

        An application after an end is another process, and "declined" does not say who
        declined; an application that is proved has no day.
        """
        rows = [
            f"{one.process},{one.kind},{one.on},{one.number if number else ''}"
            for one in log.events
            for number in (one.kind is Milestone.INTERVIEW,)
        ]
        text = "\n".join(["process,status,date,round number", *rows])
        if not rows:
            return
        found = read(text)

        def kept(events: Iterable[StageEvent]) -> set[tuple[object, ...]]:
            unclear = (Milestone.DECLINED, Milestone.CLOSED)
            return {
                (
                    one.process[:1],
                    "ended" if one.kind in unclear else one.kind,
                    one.on,
                    one.number if one.kind is Milestone.INTERVIEW else 0,
                )
                for one in events
                if one.on
            }

        assert kept(found.history.events) == kept(log.events)


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", "It is empty."),
            (" \n ", "It is empty."),
            ("\ufeff", "It is empty."),
            ("[]", "It has no objects; write one for each process or event."),
            ("[1, null]", "It has no objects; write one for each process or event."),
            ("{", "It is not JSON"),
            ("[" * 100_000, "It is nested more than 64 levels deep."),
            ("[{}]", "1 row: no status; left out."),
            ("hello", "It has no rows below its header."),
            (
                "company,status,date\nA,vibing,2025-05-01",
                "1 row has the unknown status 'vibing'",
            ),
            ("a,b\nc,d\n", "1 row: no status; left out."),
            (b"\xff\xfe\x00", "It is not UTF-8 text."),
            (b"PK\x03\x04xl/", "It is an Excel workbook"),
            (
                "x" * (MAX_CHARACTERS + 1),
                "It has 20,000,001 characters, at most 20,000,000",
            ),
            ('{"schema": "interviewfit/1", "events": 5}', "It must be a list"),
            ("a,b\n" + "c" * 200_000, "It is not a table"),
        ],
    )
    def test_with_one_clear_error(self, text: str | bytes, fault: str) -> None:
        with pytest.raises(DecodeError) as caught:
            read(text)

        assert caught.value.faults[0].startswith(fault)

    def test_a_day_that_is_none(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"read_log\(today\)"):
            read_log("company,status,date\nA,applied,2025-05-01\n", today="soon")  # type: ignore[call-overload]  # wrong on purpose

    @pytest.mark.parametrize("text", [None, 5, ["applied"]])
    def test_what_is_no_text(self, text: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"read_log\(text\)"):
            read(text)


NAMES = st.sampled_from(
    (
        *FIELDS,
        "companyName",
        "Date Applied",
        "Interview 1",
        "Response?",
        "Phone",
        "notes",
    )
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ("applied", "Screen", "interview 2", "rejected", "closed", "2025-05-14",
         "5/14/25", "4/5/2025", "\ud800", "Acme", "", "-")
    )
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            NAMES | st.sampled_from(("statusLog", "toStage")), inner, max_size=6
        )
    ),
    max_leaves=25,
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(("status", "date", "company", "statusLog", "hours", "outcome")),
        TREES,
        max_size=6,
    ),
    min_size=1,
    max_size=4,
)


def survives(text: str | bytes) -> None:
    """A history or one clear error, and what is said can be printed."""
    faults: tuple[str, ...] = ()
    try:
        found = read(text)
    except DecodeError as error:
        faults = error.faults
    else:
        assert found.history.events
        dumps(found).encode()
        return
    assert faults
    "".join(faults).encode()


class TestAnything:
    @MORE
    @given(tree=TREES | ROWS)
    def test_json_of_its_shape_is_a_history_or_an_error(self, tree: Any) -> None:
        survives(json.dumps(tree))

    @given(text=st.text(max_size=200) | st.binary(max_size=60))
    def test_text_is_a_history_or_an_error(self, text: str | bytes) -> None:
        survives(text)

    @MORE
    @given(
        rows=st.lists(st.lists(LEAVES.map(str), max_size=5), max_size=5),
        header=st.lists(NAMES, max_size=5),
        mark=st.sampled_from(",;\t"),
    )
    def test_a_table_is_a_history_or_an_error(
        self, rows: list[list[str]], header: list[str], mark: str
    ) -> None:
        survives("\n".join(mark.join(row) for row in [header, *rows]))

    @pytest.mark.parametrize("form", FORMS)
    def test_a_damaged_file_is_a_history_or_an_error(self, form: str) -> None:
        text = FORMS[form]

        @given(
            start=st.integers(0, len(text)),
            length=st.integers(0, 40),
            put=st.sampled_from(("", "\t", "\n", '"', ",", "{", "]", "9" * 30, "\0"))
            | st.text(max_size=5),
        )
        def damage(start: int, length: int, put: str) -> None:
            survives(text[:start] + put + text[start + length :])

        damage()
