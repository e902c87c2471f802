"""An event log is only extended, and shows what was known on a day."""

import copy
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

import strategies as fit
from interviewfit import (
    Candidate,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Search,
    corporate,
    dumps,
    loads,
)
from interviewfit._model.dates import FIRST_DAY
from interviewfit.history import History, StageEvent, _log, replay, review
from interviewfit.history._log import MAX_EVENTS
from interviewfit.records import Milestone

APPLIED = StageEvent(process="a", kind="applied", on="2025-05-01")
SCREEN = StageEvent(process="a", kind="screen", on="2025-05-09")


class TestStageEvent:
    def test_a_day_may_be_text_or_a_time(self) -> None:
        day = date(2025, 5, 1)

        assert APPLIED.on == day
        assert StageEvent(process="a", kind="applied", on=day) == APPLIED
        # A time's zone says nothing of the day somebody wrote down.
        clock = datetime(2025, 5, 1, 23, 59, tzinfo=UTC)
        assert StageEvent(process="a", kind="applied", on=clock) == APPLIED

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("process", ""),
            ("process", 7),
            ("kind", "vibing"),
            ("on", "14 May"),
            ("on", "1925-05-01"),
            ("on", 20250501),
            ("number", -1),
            ("number", 51),
            ("number", True),
            ("stage", "onsite"),
            ("hours", -1),
            ("hours", "2"),
            ("company", None),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(self, field: str, value: Any) -> None:
        right = {"process": "a", "kind": "applied", "on": "2025-05-01"}

        with pytest.raises(InvalidFieldError) as caught:
            StageEvent(**{**right, field: value})

        assert caught.value.where == f"StageEvent.{field}"


class TestJson:
    def test_a_wrong_day_is_named_with_its_place(self) -> None:
        text = dumps(History(events=[APPLIED])).replace("2025-05-01", "soon")

        with pytest.raises(DecodeError) as caught:
            loads(text, History)

        assert caught.value.faults == (
            "It must be a date such as 2025-05-14, got 'soon'. @ $.events[0].on",
        )


class TestHistory:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("events", APPLIED),
            ("events", ["applied"]),
            ("events", [APPLIED] * (MAX_EVENTS + 1)),
            ("until", "2025-04-30"),
            ("until", "soon"),
            ("until", 5),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(self, field: str, value: Any) -> None:
        right: dict[str, Any] = {"events": [APPLIED], "until": None}

        with pytest.raises(InvalidFieldError) as caught:
            History(**{**right, field: value})

        assert caught.value.where == f"History.{field}"

    def test_nothing_is_known_of_an_empty_one(self) -> None:
        assert History().end is None
        assert History().events_by_process() == {}

    def test_adding_leaves_the_log_as_it_was(self) -> None:
        log = History(events=[APPLIED])

        longer = log.with_events(SCREEN)

        assert log.events == (APPLIED,)
        assert longer.events == (APPLIED, SCREEN)
        assert longer.end == SCREEN.on

    def test_adding_a_later_event_moves_the_day_it_is_complete_up_to(self) -> None:
        assert History(until="2025-05-05").with_events(SCREEN).end == SCREEN.on
        assert History(until="2025-06-01").with_events(SCREEN).end == date(2025, 6, 1)

    def test_a_day_does_not_know_itself(self) -> None:
        log = History(events=[SCREEN, APPLIED])

        known = log.as_of(fit.when(SCREEN))

        assert known.events == (APPLIED,)
        assert known.end == date(2025, 5, 8)

    def test_a_morning_of_no_day_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"History.as_of\(day\)"):
            History(events=[APPLIED]).as_of("soon")

    def test_nothing_comes_before_the_first_day(self) -> None:
        assert History(events=[APPLIED]).as_of(FIRST_DAY).events == ()

    @given(log=fit.histories())
    def test_trails_hold_every_event_by_date(self, log: History) -> None:
        by_process = log.events_by_process()

        assert sorted(map(repr, log.events)) == sorted(
            repr(one) for own in by_process.values() for one in own
        )
        for name, own in by_process.items():
            assert {one.process for one in own} == {name}
            assert list(own) == sorted(own, key=fit.when)

    def test_a_day_runs_in_the_order_in_which_things_happen(self) -> None:
        kinds = (Milestone.REJECTED, Milestone.SCREEN, Milestone.APPLIED)
        log = History(
            events=[StageEvent(process="a", kind=one, on="2025-05-01") for one in kinds]
        )

        assert [one.kind for one in log.events_by_process()["a"]] == list(
            reversed(kinds)
        )

    def test_two_rounds_of_one_day_stand_in_one_order(self) -> None:
        rounds = [
            StageEvent(process="a", kind="interview", on="2025-05-01", stage=stage)
            for stage in ("panel", "executive")
        ]

        assert (
            History(events=rounds).events_by_process()
            == History(events=rounds[::-1]).events_by_process()
        )

    def test_events_are_sorted_once_for_all_who_ask(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A review and a backtest of a log look at its processes many times."""
        asked: list[int] = []

        def counting(events: Sequence[StageEvent]) -> tuple[StageEvent, ...]:
            asked.append(len(events))
            return by_date(events)

        by_date = _log._by_date
        monkeypatch.setattr(_log, "_by_date", counting)
        log = History(events=[APPLIED, SCREEN, evolve(APPLIED, process="b")])
        job = Opportunity(name="a", stages=corporate())
        search = Search(candidate=Candidate(), opportunities=[job])
        review(search, log, "2025-06-01")

        # ``review`` cuts the log at the present day, which makes another one.
        assert asked == [2, 1]
        replay(log)
        replay(log)
        assert asked == [2, 1] * 2

    def test_what_is_kept_of_it_cannot_be_changed(self) -> None:
        log = History(events=[APPLIED])
        known: Any = log.events_by_process()
        with pytest.raises(TypeError, match="read-only"):
            known["b"] = ()

        assert copy.deepcopy(log) == log
        assert log.events_by_process() == {"a": (APPLIED,)}
