"""What the records say of dates, and what is refused."""

from datetime import date
from typing import Any

import attrs
import pytest

from interviewfit import (
    Assumptions,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    corporate,
    dumps,
    loads,
)
from interviewfit._calendar.agenda import (
    Agenda,
    make_agenda,
    more_time_until,
    outside_path,
    segments_of,
)
from interviewfit._calendar.places import Segment
from interviewfit._calendar.timed import days_in_turn, length_of
from interviewfit._competition.entries import compile_search
from interviewfit._model.decision import has_dates

TODAY = date(2026, 11, 30)
OFFERED = Position(phase="offered")


def agenda(*jobs: Opportunity) -> Agenda:
    entries = compile_search(Candidate(), jobs, Assumptions())
    running = [entry for entry in entries if entry.is_running]
    return make_agenda(running, TODAY, Assumptions())


def job(name: str = "Acme", **fields: Any) -> Opportunity:
    return Opportunity(name=name, stages=corporate(), **fields)


class TestDatesInRecords:
    @pytest.mark.parametrize("text", ["04.12.2026", "12/04/2026", "2026-13-01"])
    @pytest.mark.parametrize("field", ["next_on", "answer_by", "more_time_until"])
    def test_a_local_form_is_refused_with_the_remedy(
        self, field: str, text: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match="Write it as 2025-05-14") as caught:
            job(**{field: text})

        assert caught.value.where == f"Opportunity.{field}"

    def test_dates_survive_as_iso_text(self) -> None:
        stages = [Stage(kind="panel", days=5, days_sd=2), Stage(kind="executive")]
        stated = Opportunity(
            name="Acme", stages=stages, next_on="2026-12-03", answer_by="2026-12-09"
        )
        who = Candidate(fallback_from={"2027-02-01": -20, "2027-01-01": -5}, day_cost=2)

        assert '"next_on": "2026-12-03"' in dumps(stated)
        assert loads(dumps(stated), Opportunity) == stated
        assert loads(dumps(who), Candidate) == who
        assert list(who.fallback_from) == [date(2027, 1, 1), date(2027, 2, 1)]

    def test_an_offer_has_no_next_stage(self) -> None:
        with pytest.raises(InvalidFieldError, match="answer_by instead"):
            job(next_on="2026-12-03", position=OFFERED)

    @pytest.mark.parametrize("until", ["2026-12-04", "2026-12-01"])
    def test_more_time_is_later(self, until: str) -> None:
        with pytest.raises(InvalidFieldError, match="a date after answer_by"):
            job(answer_by="2026-12-04", more_time_until=until, position=OFFERED)

    def test_a_path_is_checked_by_its_dates(self) -> None:
        with pytest.raises(InvalidFieldError, match="2027-01-01"):
            Candidate(fallback_from={"2027-01-01": 5000})
        with pytest.raises(InvalidFieldError, match="mapping"):
            Candidate(fallback_from=[-20])  # type: ignore[arg-type]


class TestMakeAgenda:
    def test_days_are_counted_from_today(self) -> None:
        stages = [Stage(kind="panel", days=5), Stage(kind="executive", days=3)]
        known = Opportunity(name="Acme", stages=stages, next_on="2026-12-03")

        (process,) = agenda(known).processes

        assert process.opens == 3
        assert process.lengths == (((1.0, 5),), ((1.0, 3),))
        assert agenda(known).notes == ()

    def test_what_nobody_said_is_assumed_aloud(self) -> None:
        found = agenda(job())

        assert [process.opens for process in found.processes] == [7]
        assert (
            "when the next stage is: 7 days from today are assumed for Acme"
            in found.notes[0]
        )
        assert (
            "how long an answer takes: 7 days are assumed for a stage of Acme"
            in found.notes[1]
        )

    def test_today_is_needed_only_where_it_matters(self) -> None:
        assert not has_dates(Candidate(), [job(next_on="2026-12-03")])
        assert has_dates(Candidate(), [job(answer_by="2026-12-03")])
        assert has_dates(Candidate(fallback_from={"2027-01-01": -5}), [job()])
        over = job(answer_by="2026-12-03", position=Position(phase="rejected"))
        assert not has_dates(Candidate(), [over])


class TestSegmentsOf:
    def test_a_single_offer_is_in_hand_until_its_day(self) -> None:
        assert segments_of([(4, 60.0)], [(0, 0.0)]) == ((Segment(4, 60.0),), 0.0)

    def test_the_best_of_several_counts_on_each_day(self) -> None:
        segments, base = segments_of([(4, 60.0), (9, 20.0)], [(0, 0.0)])

        assert segments == (Segment(4, 60.0), Segment(9, 20.0))
        assert base == 0.0

    def test_an_offer_without_a_date_stands_as_long_as_the_first(self) -> None:
        assert segments_of([(4, 10.0), (None, 30.0)], [(0, 0.0)])[0] == (
            Segment(4, 30.0),
        )

    def test_an_outside_option_falls_on_its_day(self) -> None:
        path = outside_path(Candidate(fallback_from={"2026-12-10": -10}), TODAY, 36.0)

        assert path == ((0, 0.0), (10, -360.0))
        assert segments_of([], path) == ((Segment(9, 0.0),), -360.0)

    def test_what_changes_nothing_is_no_date(self) -> None:
        assert segments_of([(4, -5.0)], [(0, 0.0)]) == ((), 0.0)


class TestLengths:
    def test_a_spread_keeps_the_mean(self) -> None:
        length = length_of(14.0, 5.0)

        assert sum(chance for chance, _ in length) == pytest.approx(1.0)
        mean = sum(chance * days for chance, days in length)
        assert mean == pytest.approx(14.0, abs=1.0)
        assert len(length) == 5

    def test_in_turn_counts_the_last_to_begin(self) -> None:
        first, second = agenda(job("A"), job("B", next_on="2026-12-20")).processes

        assert days_in_turn([first, second]) == 20 + 2 * 21

    def test_a_process_can_be_moved_up_only(self) -> None:
        (process,) = agenda(job(next_on="2026-12-10")).processes

        assert process.moved(4).opens == 4
        assert process.moved(40).opens == 10


def test_more_time_ends_a_week_later_unless_it_is_said() -> None:
    offer = job(answer_by="2026-12-04", position=OFFERED)
    said = attrs.evolve(offer, more_time_until="2026-12-08")

    assert more_time_until(offer, TODAY, Assumptions()) == date(2026, 12, 11)
    assert more_time_until(said, TODAY, Assumptions()) == date(2026, 12, 8)
    assert more_time_until(job(), TODAY, Assumptions()) is None
