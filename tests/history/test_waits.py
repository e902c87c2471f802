"""An event log as waits: every stage opened once, closed by the next news."""

from datetime import date, timedelta
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import strategies as fit
from interviewfit import StageKind
from interviewfit._model.vocabulary import Answer
from interviewfit.history import History, StageEvent
from interviewfit.history._waits import STAGES, find_waits


def log(*words: str) -> History:
    """One process, a day apart: a kind, with a number behind it if it has one."""
    return History(
        events=[
            StageEvent(
                process="a",
                kind=word.split()[0],
                number=int(word.split()[1]) if " " in word else 0,
                on=date(2025, 5, 1) + timedelta(days=day),
            )
            for day, word in enumerate(words)
        ],
        until="2025-06-01",
    )


def said(history: History) -> list[str]:
    return [f"{one.stage} {one.days} {one.answer}" for one in find_waits(history)]


class TestWaits:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ((), []),
            (("applied",), ["application 31 open"]),
            (("contacted",), ["contact 31 open"]),
            (("applied", "rejected"), ["application 1 refused"]),
            (("applied", "withdrew"), ["application 1 withdrew"]),
            # Giving up waiting does not end the wait.
            (("applied", "silent"), ["application 31 silent"]),
            (("applied", "silent", "rejected"), ["application 2 refused"]),
            (
                ("applied", "silent", "screen"),
                ["application 2 passed", "hr_screen 29 open"],
            ),
            # Being written to, applying again and another opening close nothing.
            (
                ("contacted", "applied", "hidden_role", "screen"),
                ["contact 3 passed", "hr_screen 28 open"],
            ),
            (("applied", "contacted", "rejected"), ["application 2 refused"]),
            (
                ("screen", "task", "interview 1", "interview 2", "offer"),
                [
                    "hr_screen 1 passed",
                    "take_home 1 passed",
                    "hiring_manager 1 passed",
                    "executive 1 passed",
                ],
            ),
            # Interviews without a number are counted.
            (
                ("interview", "interview", "rejected"),
                ["hiring_manager 1 passed", "executive 1 refused"],
            ),
            (("interview 3", "accepted"), ["executive 1 passed"]),
            (("interview", "declined"), ["hiring_manager 1 passed"]),
            # They come back.
            (
                ("applied", "rejected", "screen"),
                ["application 1 refused", "hr_screen 29 open"],
            ),
            # An end of nothing, and an offer out of the blue.
            (("rejected", "withdrew", "silent"), []),
            (("offer", "accepted"), []),
            (("offer", "rejected", "applied"), []),
        ],
    )
    def test_of_a_trail(self, words: tuple[str, ...], expected: list[str]) -> None:
        assert said(log(*words)) == expected

    def test_the_log_may_say_what_kind_of_round_it_was(self) -> None:
        event = StageEvent(
            process="a", kind="interview", on="2025-05-01", stage="panel", hours=3
        )

        (wait,) = find_waits(History(events=[event]))

        assert (wait.stage, wait.hours) == (StageKind.PANEL.value, 3.0)

    @given(log=fit.histories(), seed=st.integers(0, 99))
    def test_the_order_of_the_lines_does_not_matter(
        self, log: History, seed: int
    ) -> None:
        events = [evolve(one, hours=None) for one in log.events]
        mixed = Random(seed).sample(events, len(events))

        assert sorted(find_waits(History(events=mixed)), key=repr) == sorted(
            find_waits(History(events=events)), key=repr
        )

    @given(log=fit.histories())
    def test_every_wait_lies_within_the_log(self, log: History) -> None:
        for one in find_waits(log):
            assert one.stage in STAGES
            assert log.end is not None
            assert one.start is not None
            assert one.end is not None
            assert min(map(fit.when, log.events)) <= one.start
            assert one.start <= one.end <= log.end
            assert one.days == one.least_days == one.most_days

    @given(log=fit.histories(), day=fit.DAYS)
    def test_what_had_ended_by_a_day_stays_as_it_was(
        self, log: History, day: date
    ) -> None:
        """More of the log only closes what was open: news is never rewritten."""
        open_ = {Answer.OPEN, Answer.SILENT}
        before = [one for one in find_waits(log.as_of(day)) if one.answer not in open_]

        assert set(before) <= set(find_waits(log))


class TestWithoutADay:
    """An event without a day lies between the dated ones around it."""

    @staticmethod
    def waits(*steps: tuple[str, str | None]) -> list[tuple[object, ...]]:
        events = [StageEvent(process="a", kind=kind, on=day) for kind, day in steps]
        return [
            (wait.stage, wait.answer.value, wait.least_days, wait.most_days, wait.days)
            for wait in find_waits(History(events=events, until="2026-03-31"))
        ]

    def test_a_refusal_came_at_some_time_before_the_end_of_the_log(self) -> None:
        assert self.waits(("applied", "2026-03-01"), ("rejected", None)) == [
            ("application", "refused", 0, 30, None)
        ]

    def test_a_stage_lies_between_its_neighbours(self) -> None:
        steps = (("applied", "2026-03-01"), ("screen", None), ("offer", "2026-03-11"))

        assert self.waits(*steps) == [
            ("application", "passed", 0, 10, None),
            ("hr_screen", "passed", 0, 10, None),
        ]

    def test_an_application_may_be_older_than_the_log(self) -> None:
        assert self.waits(("applied", None), ("screen", "2026-03-11")) == [
            ("application", "passed", 0, None, None),
            ("hr_screen", "open", 20, 20, 20),
        ]

    def test_a_mark_of_silence_without_a_day_has_no_bound(self) -> None:
        assert self.waits(("applied", "2026-03-01"), ("silent", None)) == [
            ("application", "silent", 30, None, None)
        ]

    def test_a_log_without_any_day_has_its_counts(self) -> None:
        events = [
            StageEvent(process="a", kind="applied", on=None),
            StageEvent(process="a", kind="screen", on=None),
        ]

        answers = [wait.answer.value for wait in find_waits(History(events=events))]

        assert answers == ["passed", "open"]
