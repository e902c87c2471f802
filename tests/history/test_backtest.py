"""Predictions know nothing of what comes after them."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as fit
from interviewfit import Assumptions, InvalidFieldError
from interviewfit._model.vocabulary import Answer
from interviewfit.history import (
    Backtest,
    History,
    StageEvent,
    estimate_pass_rates,
    replay,
)
from interviewfit.history._backtest import Prediction
from interviewfit.history._waits import waits_of
from interviewfit.records import Milestone
from searches import REAL

FEWER = settings(max_examples=settings().max_examples // 2)
EAGER = Assumptions(numbers={"learning_floor": 3.0})


def said(found: Backtest, last: date) -> set[tuple[object, ...]]:
    """What was predicted up to a day, without what came of it."""
    return {
        (one.process, one.stage, one.on, one.chance, one.base, one.default)
        for one in found.predictions
        if one.on <= last
    }


class TestNoLookAhead:
    @FEWER
    @given(log=fit.histories(40), other=fit.histories(40), day=fit.DAYS)
    def test_another_future_leaves_every_prediction_as_it_was(
        self, log: History, other: History, day: date
    ) -> None:
        """Up to a day both logs are the same; after it they have nothing in common."""
        past = [one for one in log.events if one.on <= day]
        futures = [[one for one in own.events if one.on > day] for own in (log, other)]

        one, two = (
            replay(History(events=[*past, *future]), EAGER) for future in futures
        )

        assert said(one, day) == said(two, day)

    @pytest.mark.parametrize("weeks", [4, 8, 12])
    def test_nor_does_the_real_log_know_its_future(self, weeks: int) -> None:
        """Everything after a day is shifted, turned into refusals, or cut off."""
        day = date(2025, 3, 3) + timedelta(weeks=weeks)
        whole = said(replay(REAL), day)
        later = [
            evolve(one, on=one.on + timedelta(days=90), kind=Milestone.REJECTED)
            if one.on > day
            else one
            for one in REAL.events
        ]

        assert len(whole) > 20
        assert said(replay(History(events=later)), day) == whole
        assert said(replay(REAL.before(day + timedelta(days=1))), day) == whole

    def test_nor_do_other_events_of_the_same_day_count(self) -> None:
        events = [
            StageEvent(process=str(number), kind=kind, on="2025-05-01")
            for number in range(9)
            for kind in ("screen", "rejected")
        ]

        found = replay(History(events=events))

        assert {one.chance for one in found.predictions} == {0.5}

    def test_yet_the_day_after_they_do(self) -> None:
        """Nine refusals against Beta(5, 5): 5/19."""
        events = [
            StageEvent(process=str(number), kind=kind, on="2025-05-01")
            for number in range(9)
            for kind in ("screen", "rejected")
        ]
        later = StageEvent(process="late", kind="screen", on="2025-05-02")

        last = replay(History(events=[later, *events])).predictions[-1]

        assert last.process == "late"
        assert last.chance == pytest.approx(5 / 19)
        assert last.base == 0.0


class TestReplay:
    def test_each_prediction_is_what_a_reader_of_that_morning_says(self) -> None:
        for one in replay(REAL).predictions[::12]:
            morning = REAL.before(one.on)
            rate = estimate_pass_rates(morning).rates.get(one.stage)
            waits = [wait for wait in waits_of(morning) if wait.stage == one.stage]
            passed = sum(wait.answer is Answer.PASSED for wait in waits)
            over = sum(wait.answer in (Answer.REFUSED, Answer.SILENT) for wait in waits)

            assert one.chance == (rate.mean if rate else one.default)
            assert one.base == (
                passed / (passed + over) if passed + over else one.default
            )

    def test_the_real_log_is_counted_as_its_author_counts(self) -> None:
        """133 applied, of whom 23 came to a screen; 27 screens, 10, 5 and 3 interviews."""
        found = replay(REAL)
        by_stage = {
            stage: [one for one in found.predictions if one.stage == stage]
            for stage in ("application", "contact", "hr_screen", "hiring_manager")
        }

        assert {stage: len(own) for stage, own in by_stage.items()} == {
            "application": 133,
            "contact": 5,
            "hr_screen": 27,
            "hiring_manager": 10,
        }
        passed = {
            stage: sum(one.passed is True for one in own)
            for stage, own in by_stage.items()
        }
        assert passed == {
            "application": 23,
            "contact": 4,
            "hr_screen": 10,
            "hiring_manager": 5,
        }

    def test_what_is_open_or_was_left_is_not_scored(self) -> None:
        waits = {
            (one.process, one.stage, one.start): one.answer for one in waits_of(REAL)
        }

        for one in replay(REAL).predictions:
            answer = waits[one.process, one.stage, one.on]
            assert (one.passed is None) is (answer in (Answer.OPEN, Answer.WITHDREW))

    @pytest.mark.parametrize("stage", ["", "application", "hr_screen"])
    @pytest.mark.parametrize("by", ["chance", "base", "default"])
    def test_scores_are_of_the_scored(self, by: str, stage: str) -> None:
        found = replay(REAL)
        own = [one for one in found.scored if stage in ("", one.stage)]
        score = found.score(by, stage)

        assert score is not None
        assert score.brier == pytest.approx(
            sum((getattr(one, by) - float(bool(one.passed))) ** 2 for one in own)
            / len(own)
        )

    def test_there_is_no_other_way(self) -> None:
        with pytest.raises(InvalidFieldError, match="one of chance, base, default"):
            replay(REAL).score("luck")

    def test_no_score_where_nothing_has_ended(self) -> None:
        log = History(events=[StageEvent(process="a", kind="applied", on="2025-05-01")])

        found = replay(log)

        assert found.score() is None
        assert found.lead() is None
        assert str(found).endswith("There is nothing to score yet.")

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="a History"):
            replay([])  # type: ignore[arg-type]  # wrong on purpose

    @FEWER
    @given(log=fit.histories())
    def test_any_ledger_can_be_replayed_and_printed(self, log: History) -> None:
        found = replay(log, EAGER)

        assert len(found.predictions) == len(waits_of(log))
        assert [one.on for one in found.predictions] == sorted(
            one.on for one in found.predictions
        )
        assert "nan" not in str(found)

    @given(
        outcomes=st.lists(st.booleans() | st.none(), min_size=1, max_size=9),
        better=st.booleans(),
    )
    def test_the_text_says_which_did_better(
        self, outcomes: list[bool | None], better: bool
    ) -> None:
        """One of the two foresaw everything, the other nothing."""
        known = [True, False] * 4 + outcomes
        found = Backtest(
            predictions=tuple(
                Prediction(
                    process="a",
                    stage="hr_screen",
                    on=date(2025, 5, 1),
                    chance=float(bool(came) is better),
                    base=float(bool(came) is not better),
                    default=0.5,
                    passed=came,
                )
                for came in known
            )
        )

        words = "learning helped" if better else "the plain base rate did better"
        assert words in str(found)
        assert "inf" in str(found)
