"""What a log teaches, and what it does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from scipy import stats

import strategies as fit
from interviewfit import Assumptions, InvalidFieldError
from interviewfit._model.vocabulary import Answer
from interviewfit.history import History, StageEvent, estimate_pass_rates
from interviewfit.history._pass_rates import PassRate

DAY = date(2025, 5, 1)


def screens(**ends: int) -> History:
    """So many screens a week ago that ended so after a day."""
    events = []
    for kind, many in ends.items():
        for number in range(many):
            name = f"{kind}{number}"
            events.append(StageEvent(process=name, kind="screen", on=DAY))
            if kind != "open":
                events.append(
                    StageEvent(process=name, kind=kind, on=DAY + timedelta(days=1))
                )
    return History(events=events, until=DAY + timedelta(days=7))


def screen(history: History) -> PassRate:
    return estimate_pass_rates(history).by_stage["hr_screen"]


class TestRate:
    def test_passes_and_refusals_add_to_the_default(self) -> None:
        """Beta(5, 5) with 6 passed and 3 refused is Beta(11, 8)."""
        rate = screen(screens(offer=6, rejected=3))

        assert rate.mean == pytest.approx(11 / 19, rel=1e-14)
        assert rate.learned

    def test_the_longer_the_silence_the_likelier_one_is_out(self) -> None:
        """At first as likely as to fail."""
        rate = screen(screens(offer=6, rejected=3))

        found = [rate.dead_probability(day) for day in (0.0, 0.5, 1.0, 400.0)]

        assert found[0] == pytest.approx(1.0 - rate.mean)
        assert found == sorted(found, key=lambda one: one or 0.0)
        assert found[-1] != found[0]

    def test_it_is_said_in_words(self) -> None:
        rate = screen(screens(offer=6, rejected=3, open=2))
        low, high = rate.posterior.quantile(0.05), rate.posterior.quantile(0.95)

        assert str(rate) == (
            "hr screen: 6 passed on, 3 refused, 2 still open; pass rate "
            f"{rate.mean:.2f} (90 % between {low:.2f} and {high:.2f}), default 0.50; "
            "half of the passes came within 1 day"
        )

    def test_it_says_how_soon_a_pass_comes(self) -> None:
        assert str(screen(screens(offer=6))).endswith("passes came within 1 day")
        assert "passes" not in str(screen(screens(rejected=6)))

    def test_four_answers_move_nothing_and_that_is_said(self) -> None:
        rate = screen(screens(offer=4, open=30))

        assert rate.mean == rate.default == 0.5
        assert rate.dead_probability(30) is None
        assert "fewer than 5 answers, so the default of 0.50 is kept" in str(rate)

    def test_the_default_counts_as_the_assumptions_say(self) -> None:
        some = Assumptions(
            numbers={
                "hr_screen.pass_rate": 0.25,
                "pass_strength": 4.0,
                "learning_floor": 3.0,
            }
        )

        rate = estimate_pass_rates(screens(offer=1, rejected=2), some).by_stage[
            "hr_screen"
        ]

        assert rate.mean == pytest.approx(2 / 7)

    def test_who_withdraws_at_once_has_not_failed(self) -> None:
        few, more = screens(offer=4, rejected=4), screens(offer=4, rejected=4, open=1)
        left = History(
            events=[
                *more.events,
                StageEvent(process="open0", kind="withdrew", on=DAY),
            ],
            until=more.until,
        )

        assert screen(left).counts[Answer.WITHDREW] == 1
        assert screen(left).mean == pytest.approx(screen(few).mean, rel=1e-12)

    def test_a_long_silence_counts_nearly_as_a_refusal(self) -> None:
        known = screen(screens(offer=9, rejected=3)).mean
        refused = screen(screens(offer=9, rejected=4)).mean
        silent = screen(screens(offer=9, rejected=3, silent=1)).mean

        assert refused < silent < known
        assert silent - refused < 0.5 * (known - refused)

    def test_a_mark_of_silence_is_no_news(self) -> None:
        marked = screen(screens(offer=5, rejected=5, silent=3))
        unmarked = screen(screens(offer=5, rejected=5, open=3))

        assert marked.mean == unmarked.mean
        assert marked.counts != unmarked.counts

    def test_the_interval_is_of_the_belief(self) -> None:
        text = str(screen(screens(offer=6, rejected=3)))

        low, high = stats.beta(11, 8).ppf([0.05, 0.95])
        assert f"between {low:.2f} and {high:.2f}" in text

    @given(log=fit.histories())
    def test_any_log_gives_chances(self, log: History) -> None:
        for rate in estimate_pass_rates(log).by_stage.values():
            assert 0.0 < rate.mean <= 1.0
            assert rate.total == sum(rate.counts.values())
            assert rate.posterior.sd > 0.0
            assert (rate.dead_probability(9) or 0.5) > 0.0

    @pytest.mark.parametrize("end", ["offer", "rejected"])
    def test_a_pass_raises_the_belief_and_a_refusal_lowers_it(self, end: str) -> None:
        sure = screens(offer=3, rejected=3, open=2)
        more = [
            StageEvent(process="new", kind="screen", on=DAY),
            StageEvent(process="new", kind=end, on=DAY + timedelta(days=1)),
        ]

        before, after = screen(sure).mean, screen(sure.with_events(*more)).mean

        assert (after > before) is (end == "offer")
        assert after != before


class TestCounts:
    def test_what_else_a_log_says(self) -> None:
        events = [
            StageEvent(process="a", kind="applied", on=DAY, source="Referral (Kim)"),
            StageEvent(process="a", kind="screen", on=DAY, hours=1.5),
            StageEvent(process="a", kind="hidden_role", on=DAY),
            StageEvent(process="b", kind="screen", on=DAY, hours=0.5),
            StageEvent(process="b", kind="accepted", on=DAY),
        ]

        found = estimate_pass_rates(History(events=events))

        assert (found.processes, found.offers) == (2, 1)
        assert (found.referrals, found.hidden_roles) == (1, 1)
        assert found.hours == {"hr_screen": (1.5, 0.5)}
        lines = str(found).splitlines()
        assert lines[0] == (
            "Processes: 2, offers: 1, referrals: 1, hidden roles noted: 1."
        )
        assert len(lines) == 2 + len(found.by_stage)
        assert lines[-1] == "  hr screen: 1.0 h on average, recorded 2 times."

    def test_a_wrong_argument_is_refused(self) -> None:
        with pytest.raises(
            InvalidFieldError, match=r"^estimate_pass_rates\(history\) must"
        ):
            estimate_pass_rates([])  # type: ignore[arg-type]  # refused at run time

    def test_nothing_comes_of_nothing(self) -> None:
        assert estimate_pass_rates(History()).by_stage == {}
        assert str(estimate_pass_rates(History())).startswith("Processes: 0, offers: 0")
