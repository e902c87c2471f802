"""Plans, assessments and reviews of a search in which something has a date.

Five files for each law, and 500 with ``--hypothesis-profile=thorough``.
"""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from effort import as_many
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Plan,
    Position,
    Search,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
    dumps,
    loads,
    plan,
    small_firm,
    technical,
)
from interviewfit._calendar.deadline import value_with_deadline
from interviewfit.history import review
from interviewfit.records import Certainty
from whole_searches import crowded_search

TODAY = date(2026, 11, 30)
OFFERED = Position(phase="offered")
PROCESSES = (corporate(), small_firm(), technical())
SEARCHED = "interviewfit._calendar.dated_search.value_with_deadline"
FEWER = settings(max_examples=as_many(5, 500))


def offer(name: str = "Kestrel", pay: float = 9.0, **fields: Any) -> Opportunity:
    return Opportunity(
        name=name,
        stages=corporate(),
        position=OFFERED,
        beliefs={"pay": Belief(mean=pay, sd=1)},
        **{"questions_asked": True, "answer_by": "2026-12-04", **fields},
    )


def rival(name: str = "Orchard", role: float = 5.0, **fields: Any) -> Opportunity:
    stages = [Stage(kind="panel", days=3), Stage(kind="executive", days=4)]
    return Opportunity(
        name=name,
        beliefs={"role": Belief(mean=role, sd=4)},
        **{"stages": stages, "next_on": "2026-12-02", **fields},
    )


def asking_hours(who: Candidate, job: Opportunity) -> float:
    """The hours of asking about an offer that has no date."""
    plain = assess(who, evolve(job, answer_by=None))
    calls = [item for item in plain.choices if item.action is Action.ASK_FIRST]
    return calls[0].hours if calls else 0.0


def planned(*jobs: Opportunity, today: date = TODAY, **who: Any) -> Plan:
    return plan(Candidate(**who), jobs, today=today)


@st.composite
def searches(draw: st.DrawFn, most: int = 3) -> list[Opportunity]:
    """An offer with a date beside some processes, with dates or without."""
    jobs = [
        offer(
            pay=draw(st.floats(0.0, 25.0)),
            answer_by=TODAY + timedelta(days=draw(st.integers(0, 14))),
        )
    ]
    for number in range(draw(st.integers(1, most))):
        days = draw(st.none() | st.integers(0, 12))
        stages = draw(st.sampled_from(PROCESSES))
        length = draw(st.sampled_from((0.0, 3.0, 6.0)))
        jobs.append(
            Opportunity(
                name=f"Job {number}",
                stages=[evolve(stage, days=length) for stage in stages],
                beliefs={"role": Belief(mean=draw(st.floats(-5.0, 15.0)), sd=4)},
                position=Position(stage=draw(st.integers(0, 1))),
                next_on=None if days is None else TODAY + timedelta(days=days),
            )
        )
    return jobs


class TestWithoutDates:
    @given(jobs=searches())
    @FEWER
    def test_when_a_stage_is_changes_nothing_by_itself(
        self, jobs: list[Opportunity]
    ) -> None:
        dated = [evolve(job, answer_by=None) for job in jobs]
        plain = [evolve(job, next_on=None) for job in dated]

        found, usual = (plan(Candidate(), each) for each in (dated, plain))

        assert evolve(found, search=usual.search) == usual

    def test_today_is_asked_for_where_it_matters(self) -> None:
        with pytest.raises(InvalidFieldError, match="--today 2026-11-30") as caught:
            plan(Candidate(), [offer(), rival()])

        assert caught.value.where == "plan(today)"
        with pytest.raises(InvalidFieldError, match=r"assess.today."):
            assess(Candidate(), offer())

    @pytest.mark.parametrize("today", ["30.11.2026", "11/30/2026"])
    def test_a_local_form_of_today_is_refused(self, today: str) -> None:
        with pytest.raises(InvalidFieldError, match="Write it as"):
            plan(Candidate(), [offer(), rival()], today=today)


class TestDates:
    def test_today_is_the_better_of_accepting_and_letting_go(self) -> None:
        for pay in (2.0, 9.0, 20.0):
            late, friday = rival(next_on="2026-12-07"), date(2026, 12, 4)
            held = planned(offer(pay=pay), late, today=friday).offers[0]

            assert held.wait_value == pytest.approx(
                max(held.accept_value, held.decline_value), abs=0.01
            )

    def test_far_away_it_is_the_search_with_the_offer_in_hand(self) -> None:
        far = offer(answer_by="2029-12-04", stays_open=1)
        undated = evolve(far, answer_by=None)
        free = Assumptions(numbers={"asking": 0})

        for jobs in ([rival()], [rival(), rival("Birch", 3.0)]):
            dated = plan(Candidate(), [far, *jobs], today=TODAY, assumptions=free)
            usual = plan(Candidate(), [undated, *jobs], assumptions=free)

            assert dated.value == pytest.approx(usual.value, abs=1e-6)
            assert dated.ranked == usual.ranked

    def test_an_invitation_stands_on_its_last_day(self) -> None:
        """A stage on the last day for it is as good as one without a last day."""
        held = offer(pay=7.0, more_time=0)
        free, last = (
            planned(held, rival(next_on="2026-12-02", answer_by=day))
            for day in (None, "2026-12-02")
        )

        assert free.value > planned(held).value + 1.0
        assert last.value == pytest.approx(free.value, abs=1e-9)

    def test_the_rule_says_where_to_go_and_what_decides(self) -> None:
        found = planned(offer(pay=8.8, more_time=0), rival())

        (held,) = found.offers
        assert held.action is Action.POSTPONE
        assert found.rule is not None
        assert [stage.stage for stage in found.rule.stages] == ["panel"]
        text = str(found)
        assert "keep it open until Fri 4 Dec" in text
        assert "Go to the panel of Orchard on Wed 2 Dec" in text
        assert "for Orchard, let Kestrel lapse; else accept it on Fri 4 Dec" in text
        assert found.guarantee.certainty is Certainty.EXACT

    def test_what_is_not_known_of_dates_is_said(self) -> None:
        undated = evolve(rival(), next_on=None, stages=small_firm())

        notes = planned(offer(), undated).notes

        when = "when the next stage is: 7 days from today are assumed for Orchard"
        assert any(when in one for one in notes)
        assert any("7 days are assumed for a stage of Orchard" in one for one in notes)

    def test_an_offer_without_a_date_stands_as_long_as_the_first(self) -> None:
        other = offer("Tern", pay=10.0, answer_by=None)

        notes = planned(offer(), other, rival()).notes

        assert any("until when the offer of Tern stands" in note for note in notes)

    @pytest.mark.parametrize(
        ("job", "words"),
        [
            (offer(answer_by="2026-11-29"), "2026-11-30 .today. or later"),
            (rival(next_on="2026-11-29"), "move `position` on"),
            (rival(answer_by="2026-12-01"), "on or before answer_by"),
        ],
    )
    def test_dates_that_cannot_be_meant_are_refused(
        self, job: Opportunity, words: str
    ) -> None:
        others = [one for one in (offer(), rival()) if one.name != job.name]

        with pytest.raises(InvalidFieldError, match=words):
            planned(job, *others)

    def test_a_plan_survives_as_text(self) -> None:
        found = planned(offer(), rival())

        assert loads(dumps(found), Plan) == found


class TestGone:
    def test_what_is_put_off_may_be_gone(self) -> None:
        jobs = [rival(), rival("Birch", 2.0, next_on="2026-11-30")]
        values = [
            planned(
                offer(pay=8.8, more_time=0),
                *(evolve(job, gone_weekly=chance) for job in jobs),
            )
            .offers[0]
            .wait_value
            for chance in (None, 0.0, 0.3, 0.9)
        ]

        assert values[0] == values[1]
        assert values == sorted(values, reverse=True)

    @given(jobs=searches(most=2), chances=st.tuples(*[st.floats(0.0, 1.0)] * 2))
    @FEWER
    def test_a_smaller_chance_to_be_gone_is_never_worse(
        self, jobs: list[Opportunity], chances: tuple[float, float]
    ) -> None:
        first, *others = jobs
        small, large = (
            planned(first, *(evolve(job, gone_weekly=chance) for job in others))
            for chance in sorted(chances)
        )

        assert small.value >= large.value - 0.25


class TestProgress:
    def test_it_ends_full_with_dates_and_without(self) -> None:
        calls: list[tuple[int, int]] = []

        def tell(done: int, total: int) -> None:
            calls.append((done, total))

        jobs = [offer(), rival()]
        dated = plan(Candidate(), jobs, today=TODAY, progress=tell)
        undated = plan(Candidate(), jobs[1:], progress=tell)

        assert calls == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4), (0, 1), (1, 1)]
        assert dated == planned(*jobs)
        assert undated == plan(Candidate(), jobs[1:])


class TestActions:
    def test_time_is_asked_for_if_it_brings_more(self) -> None:
        late = rival(next_on="2026-12-07")
        found = planned(offer(pay=11.0, more_time=1), late)

        (held,) = found.offers
        assert held.action is Action.ASK_FOR_TIME
        assert held.ask_time_value is not None
        assert held.ask_time_value > held.wait_value
        assert found.value == pytest.approx(held.ask_time_value)

    def test_a_no_leaves_the_offer_until_its_date(self) -> None:
        refused = planned(offer(pay=11.0, more_time=0), rival()).offers[0]

        assert refused.ask_time_value == pytest.approx(refused.wait_value - 0.1)

    def test_a_good_offer_is_not_risked_for_little(self) -> None:
        asked = offer(pay=14.0, more_time=1, lost_by_asking=1)

        (held,) = planned(asked, rival(next_on="2026-12-07")).offers

        assert held.action is not Action.ASK_FOR_TIME
        assert held.ask_time_value == pytest.approx(held.decline_value - 0.1)

    def test_a_firm_is_asked_for_an_earlier_date(self) -> None:
        late = rival(next_on="2026-12-07", moves_up=1)

        found = planned(offer(pay=8.8, more_time=0), late)

        assert found.process("Orchard").action is Action.HURRY
        assert "ask them for an earlier date" in str(found)
        answer = assess(
            Candidate(), late, beside=[offer(pay=8.8, more_time=0)], today=TODAY
        )
        assert answer.action is Action.HURRY
        assert answer.choices[0].value == pytest.approx(
            found.process("Orchard").marginal_value, abs=1e-6
        )
        assert answer.decisive_priors == ()
        # The message takes its time.
        hurry, usual = answer.choices[:2]
        assert hurry.hours == pytest.approx(usual.hours + 0.1)
        time = usual.terms[Term.TIME] - 0.1
        assert hurry.terms[Term.TIME] == pytest.approx(time)
        assert found.process("Orchard").terms[Term.TIME] == pytest.approx(time)

    def test_a_bad_offer_is_left_to_lapse_or_turned_down(self) -> None:
        better = rival(role=60.0, position=Position(stage=1))

        small = planned(offer(pay=8.1, more_time=0), better).offers[0]
        bad = planned(offer(pay=-15.0), better).offers[0]

        assert small.action is Action.LET_IT_LAPSE
        assert bad.action is Action.DECLINE_OFFER

    def test_without_anything_else_a_good_offer_is_accepted(self) -> None:
        (held,) = planned(offer(pay=20.0)).offers

        assert held.action is Action.ACCEPT_OFFER

    def test_of_two_offers_the_later_date_counts_on(self) -> None:
        first = offer(pay=12.0, more_time=0)
        second = offer("Tern", pay=11.0, answer_by="2026-12-11", more_time=0)
        late = rival(next_on="2026-12-09")

        both = planned(first, second, late)

        assert both.value >= planned(first, late).value - 0.05
        assert both.value >= planned(second, late).value - 0.05


class TestOutsideOption:
    def test_benefits_that_end_make_the_search_worth_less(self) -> None:
        jobs = [rival(), rival("Birch", 2.0)]
        usual = plan(Candidate(), jobs)

        falling = planned(*jobs, fallback_from={"2026-12-05": -10})
        far = planned(*jobs, fallback_from={"2036-12-05": -10})

        assert falling.value < usual.value
        assert far.value == pytest.approx(usual.value, abs=0.5)

    def test_an_outside_option_that_never_changes_is_none(self) -> None:
        jobs = [rival(), offer(answer_by=None)]
        same = planned(*jobs, fallback_from={"2026-12-05": 0})

        assert same.value == plan(Candidate(), jobs).value


class TestOneAnswer:
    @given(jobs=searches(most=2))
    @FEWER
    def test_assess_plan_and_review_say_the_same_of_offers(
        self, jobs: list[Opportunity]
    ) -> None:
        found = planned(*jobs)
        held = found.offers[0]

        answer = assess(Candidate(), jobs[0], beside=jobs, today=TODAY)
        (line, *_) = review(
            Search(candidate=Candidate(), opportunities=jobs), today=TODAY
        ).lines

        assert answer.action is held.action is line.action
        assert answer.value == pytest.approx(held.marginal_value, abs=1e-6)
        assert line.value == pytest.approx(answer.value, abs=1e-6)
        for job in jobs[1:]:
            row = found.process(job.name)
            beside = assess(Candidate(), job, beside=jobs, today=TODAY)
            assert beside.action is row.action
            assert beside.value == pytest.approx(row.marginal_value, abs=1e-6)

    @given(
        jobs=searches(most=1),
        gone=st.booleans(),
        weight=st.sampled_from((0.0, 1.0, 2.0)),
    )
    @FEWER
    def test_time_is_that_of_the_call_or_message_and_terms_are_the_same(
        self, jobs: list[Opportunity], gone: bool, weight: float
    ) -> None:
        first, *others = jobs
        first = evolve(first, questions_asked=gone, knows_someone=True)
        jobs, who = [first, *others], Candidate(weights=Weights(time=weight))
        found = plan(who, jobs, today=TODAY)
        answer = assess(who, first, beside=jobs, today=TODAY)
        asking = Assumptions()["asking"]
        hours = {
            Action.ASK_FOR_TIME: asking,
            Action.ASK_FIRST: asking_hours(who, first),
        }

        assert found.offers[0].terms == pytest.approx(answer.terms)
        for choice in answer.choices:
            assert choice.hours == hours.get(choice.action, 0.0)
            assert choice.value == pytest.approx(sum(choice.terms.values()))
            assert choice.terms.get(Term.TIME, 0.0) == -weight * choice.hours

    def test_beside_one_that_is_accepted_others_are_turned_down(self) -> None:
        jobs = [
            offer(pay=11.7, questions_asked=True),
            offer("Tern", pay=12.5, answer_by="2026-12-06"),
        ]
        found = planned(*jobs)
        lines = review(
            Search(candidate=Candidate(), opportunities=jobs), today=TODAY
        ).lines

        actions = [held.action for held in found.offers]
        assert actions == [Action.DECLINE_OFFER, Action.ACCEPT_OFFER]
        assert [line.action for line in lines] == actions
        for job, held in zip(jobs, found.offers, strict=True):
            answer = assess(Candidate(), job, beside=jobs, today=TODAY)
            assert answer.action is held.action
            assert answer.value == pytest.approx(held.marginal_value, abs=1e-6)


class TestLaws:
    @given(jobs=searches(most=2), days=st.integers(1, 20))
    @FEWER
    def test_a_later_date_is_never_worse(
        self, jobs: list[Opportunity], days: int
    ) -> None:
        first, *others = jobs
        assert first.answer_by is not None
        later = evolve(first, answer_by=first.answer_by + timedelta(days=days))

        soon, late = (planned(job, *others).offers[0] for job in (first, later))

        assert late.wait_value >= soon.wait_value - 0.25

    @given(jobs=searches(most=2), chances=st.tuples(*[st.floats(0.0, 1.0)] * 2))
    @FEWER
    def test_a_better_chance_of_more_time_is_never_worse(
        self, jobs: list[Opportunity], chances: tuple[float, float]
    ) -> None:
        first, *others = jobs
        low, high = (
            planned(evolve(first, more_time=chance), *others).offers[0]
            for chance in sorted(chances)
        )

        if low.ask_time_value is not None and high.ask_time_value is not None:
            assert high.ask_time_value >= low.ask_time_value - 1e-9
            assert low.ask_time_value >= low.wait_value - 0.1 - 1e-9

    @given(jobs=searches(most=2), days=st.integers(1, 5))
    @FEWER
    def test_a_faster_rival_is_never_worse(
        self, jobs: list[Opportunity], days: int
    ) -> None:
        first, second, *others = jobs
        opens = second.next_on or TODAY + timedelta(days=7)
        faster = evolve(second, next_on=max(TODAY, opens - timedelta(days=days)))

        usual = planned(first, evolve(second, next_on=opens), *others).offers[0]
        soon = planned(first, faster, *others).offers[0]

        assert soon.wait_value >= usual.wait_value - 0.25

    @given(jobs=searches(most=1))
    @FEWER
    def test_another_process_is_never_worse(self, jobs: list[Opportunity]) -> None:
        more = [*jobs, rival("More", 4.0)]

        assert planned(*more).value >= planned(*jobs).value - 0.25

    @given(jobs=searches(most=2), slots=st.integers(1, 2))
    @FEWER
    def test_another_slot_and_recall_are_never_worse(
        self, jobs: list[Opportunity], slots: int
    ) -> None:
        few, more, all_ = (
            plan(Candidate(), jobs, today=TODAY, slots=count, recall=recall).value
            for count, recall in ((slots, True), (slots + 1, True), (None, True))
        )
        forgotten = plan(Candidate(), jobs, today=TODAY, recall=False).value

        assert few - 0.25 <= more <= all_ + 0.25
        assert forgotten <= all_ + 0.25

    @given(jobs=searches(most=3))
    @FEWER
    def test_the_order_of_the_file_changes_nothing(
        self, jobs: list[Opportunity]
    ) -> None:
        found, turned = planned(*jobs), planned(*reversed(jobs))

        assert turned.value == pytest.approx(found.value, abs=1e-6)
        assert turned.rule == found.rule


class TestCalendarPicture:
    def test_every_opportunity_has_a_row_and_its_days(self) -> None:
        plots = pytest.importorskip("interviewfit.extra.plots")
        pytest.importorskip("matplotlib")

        ax = plots.draw_calendar(planned(offer(pay=8.8, more_time=0), rival()))

        rows = [label.get_text() for label in ax.get_yticklabels()]
        words = [text.get_text() for text in ax.texts]
        assert rows == ["Kestrel", "Orchard"]
        assert words == ["Fri 4 Dec", "panel", "executive"]
        assert ax.get_title() == "Kestrel: keep it open until Fri 4 Dec"

    def test_without_a_date_there_is_none(self) -> None:
        plots = pytest.importorskip("interviewfit.extra.plots")

        with pytest.raises(InvalidFieldError, match="today="):
            plots.draw_calendar(plan(Candidate(), [rival()]))


def test_a_plan_holds_what_it_was_asked() -> None:
    who, jobs = Candidate(interviews_done=2), [offer(), rival()]
    numbers = Assumptions(numbers={"asking": 0.5, "days_between": 4})

    found = plan(who, jobs, assumptions=numbers, today=TODAY)

    asked = Search(candidate=who, opportunities=jobs, assumptions=numbers)
    assert found.search == asked
    assert found.today == TODAY


class TestVeryManyPlaces:
    """Twelve stages of uncertain length up to a date in a year."""

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_plan_says_how_far_off_it_may_be(self, count: int) -> None:
        long = [Stage(kind="panel", days=9, days_sd=10, pass_rate=0.9)] * 12
        jobs = [
            rival(f"Rival {number}", stages=long, gone_weekly=0.1)
            for number in range(count)
        ]

        found = planned(offer(pay=9.0, answer_by="2027-11-30"), *jobs)

        assert found.guarantee.certainty is Certainty.BOUNDED
        assert found.guarantee.gap > 0.0
        assert any("very many places" in why for why in found.guarantee.reasons)
        held = found.offers[0]
        assert held.wait_value >= max(held.accept_value, held.decline_value) - 1e-9


def test_other_names_of_four_processes_make_no_other_plan() -> None:
    """Each alone adds nothing, and rounding told which two are tried: 233 for 255 h."""
    who, jobs, asked = crowded_search(5)
    held, *rivals = jobs
    renamed = [
        evolve(job, name=other.name)
        for job, other in zip(rivals, reversed(rivals), strict=True)
    ]

    found, other = plan(who, jobs, **asked), plan(who, [held, *renamed], **asked)

    assert found.value == pytest.approx(other.value, abs=1e-6)
    assert found.value > 254.0


def test_more_offers_with_dates_ask_for_few_more_searches() -> None:
    """Of three processes or more only what is in hand at first is looked at."""
    rivals = [rival(f"Rival {number}", stages=small_firm()[:1]) for number in range(3)]
    solved = []
    for count in (2, 6):
        offers = [
            offer(f"Offer {number}", 9.0, answer_by=TODAY + timedelta(days=2 + number))
            for number in range(count)
        ]
        with patch(SEARCHED, wraps=value_with_deadline) as searched:
            planned(*offers, *rivals)
        solved.append(searched.call_count)

    assert solved[1] <= solved[0] + 2
