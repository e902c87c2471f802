"""Predictions know nothing of what comes after them."""

from datetime import date, timedelta
from math import inf, log
from statistics import mean, stdev

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st
from scipy import stats

import strategies as fit
from calls import calls
from interviewfit import Assumptions, InvalidFieldError
from interviewfit._model.vocabulary import Answer
from interviewfit.history import (
    Backtest,
    History,
    StageEvent,
    _backtest,
    estimate_pass_rates,
    replay,
)
from interviewfit.history._backtest import Forecast
from interviewfit.history._waits import find_waits
from interviewfit.records import Milestone
from searches import REAL

FEWER = settings(max_examples=settings().max_examples // 2)
EAGER = Assumptions(numbers={"learning_floor": 3.0})
PAIRS = st.lists(st.tuples(fit.CHANCES, st.booleans()), min_size=2, max_size=30)


def said(found: Backtest, last: date) -> set[tuple[object, ...]]:
    """What was predicted up to a day, without what came of it."""
    return {
        (one.process, one.stage, one.day, one.learned, one.base_rate, one.default)
        for one in found.forecasts
        if one.day <= last
    }


class TestNoLookAhead:
    @FEWER
    @given(log=fit.histories(40), other=fit.histories(40), day=fit.DAYS)
    def test_another_future_leaves_every_prediction_as_it_was(
        self, log: History, other: History, day: date
    ) -> None:
        """Up to a day both logs are the same; after it they have nothing in common."""
        past = [one for one in log.events if fit.when(one) <= day]
        futures = [
            [one for one in own.events if fit.when(one) > day] for own in (log, other)
        ]

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
            evolve(one, on=fit.when(one) + timedelta(days=90), kind=Milestone.REJECTED)
            if fit.when(one) > day
            else one
            for one in REAL.events
        ]

        assert len(whole) > 20
        assert said(replay(History(events=later)), day) == whole
        assert said(replay(REAL.as_of(day + timedelta(days=1))), day) == whole

    def test_nor_do_other_events_of_the_same_day_count(self) -> None:
        events = [
            StageEvent(process=str(number), kind=kind, on="2025-05-01")
            for number in range(9)
            for kind in ("screen", "rejected")
        ]

        found = replay(History(events=events))

        assert {one.learned for one in found.forecasts} == {0.5}

    def test_yet_the_day_after_they_do(self) -> None:
        """Nine refusals against Beta(5, 5): 5/19."""
        events = [
            StageEvent(process=str(number), kind=kind, on="2025-05-01")
            for number in range(9)
            for kind in ("screen", "rejected")
        ]
        later = StageEvent(process="late", kind="screen", on="2025-05-02")

        last = replay(History(events=[later, *events])).forecasts[-1]

        assert last.process == "late"
        assert last.learned == pytest.approx(5 / 19)
        assert last.base_rate == 0.0


class TestReplay:
    def test_each_prediction_is_what_a_reader_of_that_morning_says(self) -> None:
        for one in replay(REAL).forecasts[::12]:
            morning = REAL.as_of(one.day)
            rate = estimate_pass_rates(morning).by_stage.get(one.stage)
            waits = [wait for wait in find_waits(morning) if wait.stage == one.stage]
            passed = sum(wait.answer is Answer.PASSED for wait in waits)
            over = sum(wait.answer in (Answer.REFUSED, Answer.SILENT) for wait in waits)

            assert one.learned == (rate.mean if rate else one.default)
            assert one.base_rate == (
                passed / (passed + over) if passed + over else one.default
            )

    def test_a_long_log_has_its_rates_estimated_less_often_and_says_so(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        exact = replay(REAL)
        assert exact.growth == 1.0
        monkeypatch.setattr(_backtest, "_MOST_ESTIMATES", 10)

        rough = replay(REAL)

        assert rough.growth == 1.04
        assert "has grown by 4 %" in str(rough)
        for one, other in zip(rough.forecasts, exact.forecasts, strict=True):
            assert one.learned == pytest.approx(other.learned, abs=0.02)
            assert one.base_rate == other.base_rate

    def test_its_work_grows_with_the_log_and_not_with_its_square(self) -> None:
        def work(processes: int) -> int:
            day = date(2015, 1, 1)
            events = [
                StageEvent(process=str(n), kind=kind, on=day + timedelta(n // 2 + x))
                for n in range(processes)
                for kind, x in (("applied", 0), ("screen", 9), ("rejected", n % 50))
                if kind != "rejected" or n % 3
            ]
            return calls(lambda: replay(History(events=events)))

        work(50)  # fills caches
        assert work(6_000) < 2.5 * work(3_000)

    def test_the_real_log_is_counted_as_its_author_counts(self) -> None:
        """133 applied, 23 of them had a screen; 27 screens, 10, 5 and 3 interviews."""
        found = replay(REAL)
        by_stage = {
            stage: [one for one in found.forecasts if one.stage == stage]
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
            (one.process, one.stage, one.start): one.answer for one in find_waits(REAL)
        }

        for one in replay(REAL).forecasts:
            answer = waits[one.process, one.stage, one.day]
            assert (one.passed is None) is (answer in (Answer.OPEN, Answer.WITHDREW))

    @pytest.mark.parametrize("stage", ["", "application", "hr_screen"])
    @pytest.mark.parametrize("method", ["learned", "base_rate", "default"])
    def test_scores_are_of_the_scored(self, method: str, stage: str) -> None:
        found = replay(REAL)
        own = [one for one in found.scored if stage in ("", one.stage)]
        score = found.score(method, stage)

        assert score is not None
        assert score.brier == pytest.approx(
            sum((getattr(one, method) - float(bool(one.passed))) ** 2 for one in own)
            / len(own)
        )

    def test_there_is_no_other_way(self) -> None:
        with pytest.raises(
            InvalidFieldError, match="one of learned, base_rate, default"
        ):
            replay(REAL).score("luck")

    def test_no_score_where_nothing_has_ended(self) -> None:
        events = [StageEvent(process="a", kind="applied", on="2025-05-01")]

        found = replay(History(events=events))

        assert found.score() is None
        assert found.brier_improvement() is None
        assert str(found).endswith("There is nothing to score yet.")

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match="a History"):
            replay([])  # type: ignore[arg-type]  # wrong on purpose

    @FEWER
    @given(log=fit.histories())
    def test_any_log_can_be_replayed_and_printed(self, log: History) -> None:
        found = replay(log, EAGER)

        assert len(found.forecasts) == len(find_waits(log))
        assert [one.day for one in found.forecasts] == sorted(
            one.day for one in found.forecasts
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
        forecasts = [
            evolve(one, base_rate=1.0 - one.learned, passed=came)
            for came in known
            for one in backtest([(float(bool(came) is better), True)]).forecasts
        ]
        found = Backtest(forecasts=tuple(forecasts))

        words = "learning helped" if better else "the base rate did better"
        assert words in str(found)
        assert "inf" in str(found)

    @given(PAIRS)
    def test_it_names_a_winner_only_beyond_two_standard_errors(
        self, pairs: list[tuple[float, bool]]
    ) -> None:
        found = backtest(pairs)
        gains = [(0.5 - came) ** 2 - (learned - came) ** 2 for learned, came in pairs]
        gain, error = mean(gains), stdev(gains) / len(gains) ** 0.5
        assume(abs(abs(gain) - 2.0 * error) > 1e-9)

        verdict = "learning helped." if gain > 0.0 else "the base rate did better."
        if abs(gain) < 2.0 * error:
            verdict = "too close to tell them apart."
        (said,) = (
            one for one in str(found).splitlines() if one.startswith("Learned minus")
        )
        assert said.partition("; ")[2] == verdict


def backtest(pairs: list[tuple[float, bool]], base_rate: float = 0.5) -> Backtest:
    """Of forecasts, each with what came of it."""
    return Backtest(
        forecasts=tuple(
            Forecast(
                process="a",
                stage="hr_screen",
                day=date(2025, 5, 1),
                learned=learned,
                base_rate=base_rate,
                default=0.5,
                passed=passed,
            )
            for learned, passed in pairs
        )
    )


class TestScore:
    def test_by_hand(self) -> None:
        found = backtest([(0.9, True), (0.2, False), (0.5, True)]).score()

        assert found is not None
        assert found.brier == pytest.approx((0.01 + 0.04 + 0.25) / 3)
        assert found.log_loss == pytest.approx(-(log(0.9) + log(0.8) + log(0.5)) / 3)

    def test_a_single_outcome_has_no_standard_error(self) -> None:
        assert backtest([(0.5, True)]).brier_improvement() is None
        assert backtest([]).reliability_bins() == ()

    @pytest.mark.parametrize("said", [(0.0, True), (1.0, False)])
    def test_the_impossible_that_came_costs_without_bound(
        self, said: tuple[float, bool]
    ) -> None:
        found = backtest([said, (0.5, True)]).score()

        assert found is not None
        assert found.log_loss == inf
        assert found.brier == pytest.approx(0.625)

    @given(said=PAIRS)
    def test_the_improvement_is_the_mean_difference_and_its_standard_error(
        self, said: list[tuple[float, bool]]
    ) -> None:
        chances, came = np.array(said, dtype=float).T
        gains = (0.5 - came) ** 2 - (chances - came) ** 2

        improvement = backtest(said).brier_improvement()

        assert improvement is not None
        assert improvement[0] == pytest.approx(float(gains.mean()), abs=1e-12)
        assert improvement[1] == pytest.approx(float(stats.sem(gains)), abs=1e-9)


class TestBins:
    @given(said=PAIRS)
    def test_every_forecast_is_in_one_bin_of_its_chance(
        self, said: list[tuple[float, bool]]
    ) -> None:
        bins = backtest(said).reliability_bins()

        assert sum(one.count for one in bins) == len(said)
        assert sum(one.observed_share * one.count for one in bins) == pytest.approx(
            sum(came for _, came in said)
        )
        for one in bins:
            inside = [
                (chance, came)
                for chance, came in said
                if one.low <= chance < one.high or chance == one.high == 1.0
            ]
            passed = sum(came for _, came in inside)
            theirs = stats.binomtest(passed, len(inside)).proportion_ci(method="wilson")

            assert len(inside) == one.count
            assert one.mean_forecast == pytest.approx(
                sum(chance for chance, _ in inside) / one.count
            )
            assert one.interval[0] <= one.observed_share <= one.interval[1]
            assert one.interval == pytest.approx(tuple(theirs), abs=1e-12)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (("interview", "interview"), "a pass. Refusals"),
        (("rejected", None), "a failure. Passes"),
    ],
)
def test_a_log_whose_ends_are_all_alike_is_not_scored(
    ends: tuple[str | None, ...], words: str
) -> None:
    days = ("2025-05-01", "2025-05-09")
    events = [
        StageEvent(process=f"{number}", kind="applied", on=days[0])
        for number, _ in enumerate(ends)
    ]
    events += [
        StageEvent(process=f"{number}", kind=end or "rejected", on=end and days[1])
        for number, end in enumerate(ends)
    ]
    lines = str(replay(History(events=events))).splitlines()

    alike, missing = words.split(". ")
    assert lines[-1] == (
        f"Nothing is scored: every outcome with a day is {alike}. {missing} are not in "
        "the log or have no day, so scores would flatter."
    )
