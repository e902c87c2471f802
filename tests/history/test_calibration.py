"""A log moves the defaults it speaks of, and says why."""

from datetime import date

import pytest
from hypothesis import given

import strategies as fit
from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    assess,
    corporate,
)
from interviewfit.history import History, StageEvent, calibrate, estimate_pass_rates
from searches import REAL

DAY = date(2025, 5, 1)


class TestCalibrate:
    def test_the_real_log_moves_three_pass_rates_and_the_interviews_done(self) -> None:
        """27 screens of .3 interviews, 10 managers and 9 finals make 27.1."""
        found = calibrate(Assumptions(), REAL)
        rates = estimate_pass_rates(REAL).by_stage

        assert found.assumptions.numbers == {
            "hr_screen.pass_rate": rates["hr_screen"].mean,
            "hiring_manager.pass_rate": rates["hiring_manager"].mean,
            "executive.pass_rate": rates["executive"].mean,
            "interviews_done": pytest.approx(27.1),
        }
        assert rates["hiring_manager"].mean == pytest.approx((4 + 5) / (10 + 10))

    def test_every_move_says_from_what_to_what_and_why(self) -> None:
        text = str(calibrate(Assumptions(), REAL))

        assert text.startswith("Your log moves 4 of the defaults.")
        assert (
            "interviews_done from 3 to 27.1: interviews in the log, weighted by the "
            "practice each kind gives."
        ) in text
        assert (
            "hiring_manager.pass_rate from 0.4 to 0.45: hiring manager: 5 passed on, "
            "5 refused"
        ) in text

    def test_too_little_is_kept_and_said(self) -> None:
        events = [
            StageEvent(process=str(n), kind=kind, on=DAY, hours=9)
            for n in range(4)
            for kind in ("screen", "rejected")
        ]

        found = calibrate(Assumptions(), History(events=events))

        assert found.assumptions == Assumptions()
        assert all(one.kept for one in found.changes)
        text = str(found)
        assert "hr_screen.pass_rate stays 0.5" in text
        assert "hr_screen.hours stays 0.5: recorded 4 times" in text

    def test_hours_kept_move_hours(self) -> None:
        events = [
            StageEvent(process=str(n), kind="screen", on=DAY, hours=n) for n in range(5)
        ]

        found = calibrate(Assumptions(), History(events=events))

        assert found.assumptions["hr_screen.hours"] == 2.0
        line = "  hr_screen.hours from 0.5 to 2: recorded 5 times, 2.0 h on average."
        assert line in str(found).splitlines()

    def test_hours_before_an_invitation_move_nothing_and_hide_nothing(self) -> None:
        events = [
            StageEvent(process=str(n), kind=kind, on=DAY, hours=3)
            for n in range(6)
            for kind in ("applied", "screen")
        ]

        found = calibrate(Assumptions(), History(events=events))

        assert list(found.pass_rates.hours) == ["application", "hr_screen"]
        assert [one.name for one in found.changes if one.name.endswith("hours")] == [
            "hr_screen.hours"
        ]
        assert found.assumptions["hr_screen.hours"] == 3.0

    def test_what_one_states_oneself_is_where_the_log_starts_from(self) -> None:
        own = Assumptions(numbers={"hr_screen.pass_rate": 0.1, "contact": 2.0})

        found = calibrate(own, REAL)

        assert found.assumptions["contact"] == 2.0
        assert 0.1 < found.assumptions["hr_screen.pass_rate"] < 0.46

    def test_an_answer_follows_the_log(self) -> None:
        job = Opportunity(name="Acme", stages=corporate())
        events = [
            StageEvent(process=str(n), kind=kind, on=DAY)
            for n in range(30)
            for kind in ("screen", "rejected")
        ]
        poor = calibrate(Assumptions(), History(events=events)).assumptions

        assert (
            assess(Candidate(), job, assumptions=poor).value
            < assess(Candidate(), job).value
        )

    @given(log=fit.histories(), usual=fit.assumptions())
    def test_any_log_gives_assumptions(self, log: History, usual: Assumptions) -> None:
        found = calibrate(usual, log)

        moved = {one.name for one in found.changes if not one.kept}
        assert {
            name
            for name in (*usual.numbers, *found.assumptions.numbers)
            if usual[name] != found.assumptions[name]
        } == moved
        assert str(found)

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"calibrate\(history\)"):
            calibrate(Assumptions(), [])  # type: ignore[arg-type]  # refused at run time
        with pytest.raises(
            InvalidFieldError, match=r"must be a Candidate or Assumptions, got 'me'"
        ):
            calibrate("me", REAL)  # type: ignore[arg-type]  # refused at run time

    def test_a_candidate_starts_from_the_defaults_and_what_they_have_said(self) -> None:
        assert calibrate(Candidate(), REAL) == calibrate(Assumptions(), REAL)

        found = calibrate(Candidate(interviews_done=99), REAL)

        assert found.assumptions["interviews_done"] == 99
        assert "interviews_done" not in [one.name for one in found.changes]
