"""How long stages take, learned from a log, and what becomes of it in plans."""

from datetime import date, timedelta

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Search,
    Stage,
    plan,
)
from interviewfit.history import (
    History,
    StageEvent,
    estimate_pass_rates,
    learn_days,
    review,
)
from interviewfit.history._stage_days import days_of

TODAY = date(2026, 11, 30)
STAGES = (Stage(kind="hr_screen"), Stage(kind="hiring_manager"))


def log(lengths: list[int], silent: int = 0) -> History:
    """Screens after which an interview came so many days later, or nothing yet."""
    start = date(2026, 1, 1)
    events = []
    for number, days in enumerate(lengths):
        on = start + timedelta(days=number)
        events += [
            StageEvent(process=f"p{number}", kind="screen", on=on),
            StageEvent(
                process=f"p{number}", kind="interview", on=on + timedelta(days=days)
            ),
        ]
    for number in range(silent):
        on = TODAY - timedelta(days=number + 1)
        events.append(StageEvent(process=f"s{number}", kind="screen", on=on))
    return History(events=events, until=TODAY)


def search(*jobs: Opportunity) -> Search:
    return Search(candidate=Candidate(), opportunities=jobs)


ACME = Opportunity(name="Acme", stages=STAGES)
OFFER = Opportunity(
    name="Kestrel",
    stages=STAGES,
    position=Position(phase="offered"),
    beliefs={"pay": Belief(mean=8.8, sd=1)},
    questions_asked=True,
    answer_by="2026-12-08",
    more_time=0,
)


class TestDaysOf:
    def test_without_open_waits_it_is_the_sample(self) -> None:
        lengths = [3, 5, 5, 8, 9, 12, 4, 6, 7, 11, 5, 6]
        rate = estimate_pass_rates(log(lengths)).by_stage["hr_screen"]

        found = days_of(rate)

        assert found is not None
        assert found.days == pytest.approx(np.mean(lengths))
        assert found.sd == pytest.approx(np.std(lengths, ddof=1))
        assert found.passes == len(lengths)

    def test_after_silence_only_later_passes_count(self) -> None:
        lengths = [3, 5, 5, 8, 9, 12, 4, 6, 7, 11, 5, 6]
        rate = estimate_pass_rates(log(lengths)).by_stage["hr_screen"]

        later = days_of(rate, silent=8)

        assert later is not None
        assert later.days == pytest.approx(np.mean([9, 12, 11]))
        assert days_of(rate, silent=12) is None

    def test_open_waits_do_not_shorten_it(self) -> None:
        # Half of the waits were cut off on a day that has nothing to do with them.
        rng = np.random.default_rng(0)
        events = []
        for number in range(2_000):
            days = int(rng.integers(1, 31))
            on = TODAY - timedelta(days=int(rng.integers(1, 31)))
            events.append(StageEvent(process=str(number), kind="screen", on=on))
            end = on + timedelta(days=days)
            if end <= TODAY:
                events.append(StageEvent(process=str(number), kind="interview", on=end))
        log_of_many = History(events=events, until=TODAY)
        rate = estimate_pass_rates(log_of_many).by_stage["hr_screen"]

        found = days_of(rate)

        assert found is not None
        assert found.days == pytest.approx(15.5, abs=1.5)

    def test_few_passes_say_nothing(self) -> None:
        rate = estimate_pass_rates(log([3, 5])).by_stage["hr_screen"]

        assert days_of(rate) is None


class TestLearnDays:
    def test_only_what_nobody_said_is_filled_in(self) -> None:
        stated = Opportunity(
            name="Bolt", stages=[Stage(kind="hr_screen", days=2), STAGES[1]]
        )
        passed = evolve(ACME, name="Cato", position=Position(stage=1))

        found = learn_days(search(ACME, stated, passed), log([4, 6] * 8))

        acme, bolt, cato = found.opportunities
        assert acme.stages[0].days == pytest.approx(5.0)
        assert acme.stages[0].days_sd == pytest.approx(np.std([4, 6] * 8, ddof=1))
        assert not acme.stages[1].days
        assert bolt == stated
        assert cato == passed

    def test_the_same_plan_follows_from_stated_days(self) -> None:
        soon = evolve(
            ACME, next_on="2026-12-02", beliefs={"role": Belief(mean=5, sd=4)}
        )
        learned = learn_days(search(soon, OFFER), log([4, 6] * 8))
        stage = evolve(STAGES[0], days=5.0, days_sd=float(np.std([4, 6] * 8, ddof=1)))
        by_hand = evolve(soon, stages=[stage, STAGES[1]])

        plans = [
            plan(Candidate(), jobs, today=TODAY)
            for jobs in (learned.opportunities, (by_hand, OFFER))
        ]

        assert plans[0].value == pytest.approx(plans[1].value, abs=1e-9)
        usual = plan(Candidate(), [soon, OFFER], today=TODAY)
        assert plans[0].value != usual.value

    def test_a_log_without_passes_changes_nothing(self) -> None:
        assert learn_days(search(ACME), History()) == search(ACME)

    def test_what_is_no_search_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"learn_days.search."):
            learn_days(ACME, History())  # type: ignore[arg-type]


class TestReview:
    def test_it_says_that_days_come_from_the_log(self) -> None:
        found = review(search(ACME, OFFER), log([4, 6] * 8), TODAY)

        text = "from your log for Acme: hr screen 5 days, give or take 1."
        assert any(text in note for note in found.notes)

    def test_where_no_day_matters_nothing_is_filled_in(self) -> None:
        usual = review(search(ACME), log([4, 6] * 8), TODAY)

        assert not any("days of stages" in note for note in usual.notes)

    def test_news_of_a_silent_process_is_expected_on_a_day(self) -> None:
        waiting = evolve(ACME, position=Position(stage=1))
        events = [
            *log([4, 6, 10] * 8).events,
            StageEvent(process="Acme", kind="screen", on=TODAY - timedelta(days=5)),
        ]

        found = review(
            search(waiting, OFFER), History(events=events, until=TODAY), TODAY
        )

        text = "next stage of Acme is expected on 2026-12-03, if it comes at all."
        assert any(text in note for note in found.notes)
