"""What one screen says of one opportunity, and the table of what to do beside it."""

import re
from collections import Counter
from typing import Any

import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    corporate,
    plan,
    small_firm,
    technical,
)
from interviewfit._text.first_screen import Hints, assessments_screen, plan_screen
from interviewfit._text.layout import Table, render
from interviewfit._text.why_text import why_screen

HINTS = Hints(why="why NAME", letter="letter NAME", more="more")
PRACTISED = Candidate(interviews_done=6)
LONG = Stage(kind="panel", hours=3)


def job(role: float | None = None, name: str = "Acme", **more: Any) -> Opportunity:
    more.setdefault("stages", corporate())
    beliefs = {} if role is None else {"role": Belief(mean=role, sd=4)}
    return Opportunity(name=name, beliefs=beliefs, **more)


def why(opportunity: Opportunity, me: Candidate = PRACTISED) -> str:
    return render(why_screen(assess(me, opportunity), "letter"), 500)


def screen(*jobs: Opportunity, me: Candidate = PRACTISED) -> str:
    return render(plan_screen(plan(me, jobs), HINTS), 500)


class TestPractice:
    def test_it_is_named_where_it_alone_makes_an_interview_worth_it(self) -> None:
        talk = job(-28, "Kiosk", stages=[Stage(kind="panel", hours=1, preparation=1)])

        text = screen(talk, job(15), me=Candidate(interviews_done=0))

        assert "take it, for practice" in text

    def test_it_is_not_named_where_a_recruiter_is_the_reason(self) -> None:
        introduced = job(-19, via_recruiter=True)

        assert "practice" not in screen(introduced)
        assert "as the lesser cost" in why(introduced)
        assert "to leave it now would cost more" in str(plan(PRACTISED, [introduced]))

    def test_it_is_not_named_where_walking_out_would_cost_more(self) -> None:
        inside = job(-40, stages=[LONG], position=Position(phase="midway"))

        text = screen(inside, job(0, "Bolt"), me=Candidate(interviews_done=0))

        assert "finish, then withdraw" in text
        assert "for practice" not in text


class TestEffects:
    def test_no_effect_on_a_last_interview_is_larger_than_its_lead(self) -> None:
        inside = job(-40, stages=[LONG], position=Position(phase="midway"))
        reasons = assess(PRACTISED, inside).reasons

        assert reasons is not None
        assert 0.0 < reasons[0].effect_hours < 10.0

    def test_what_was_said_is_listed_where_only_all_of_it_decides(self) -> None:
        signs = ["unpaid_task_first", "posting_repeated", "slow_answers"]
        text = why(job(stages=technical(), signals=[*signs, "interviewer_unprepared"]))

        assert "because of 4 things that you said together" in text
        assert "What you said, and what it adds to the fit:" in text
        assert "-4 %  the posting has come back for months" in text


class TestOffers:
    def test_what_accepting_brings_is_called_so(self) -> None:
        text = why(job(-25, position=Position(phase="offered")))

        assert "decline the offer" in text
        assert "Accepting would bring" in text
        assert "the offer it may lead to" not in text

    def test_asking_first_may_bring_the_job(self) -> None:
        text = why(job(0, position=Position(phase="offered")))

        assert "ask first, then answer" in text
        assert "the job, if you accept" in text


class TestLeaving:
    def test_whoever_only_finishes_prepares_no_further(self) -> None:
        position = Position(phase="midway", stage=1)
        text = why(job(position=position, signals=["wrong_kind_of_work"]))

        assert "prepare no further" in text
        assert "Prepare " not in text

    def test_what_a_dealbreaker_rules_out_is_made_of_nothing(self) -> None:
        me = Candidate(dealbreakers=["Arms"])
        text = why(job(5, tags=["arms"]), me)

        assert "Without that, it would be made of" in text

    def test_an_employer_that_refused_is_not_left(self) -> None:
        refused = job(position=Position(phase="rejected"))

        assert "This one is over: move on." in screen(refused)
        assert "Move on from Acme, because they turned you down." in screen(refused)
        both = screen(refused, job(name="Bolt", position=Position(phase="rejected")))
        assert "All are over: move on." in both
        verdicts = [assess(PRACTISED, refused)]
        assert "This one is over" in render(assessments_screen(verdicts, HINTS), 500)

    def test_a_single_opportunity_is_no_choice_among_several(self) -> None:
        text = screen(job(-40))

        assert "This one is not worth more of your time: leave politely." in text

    def test_a_name_is_cut_at_its_comma_and_nowhere_else(self) -> None:
        text = screen(job(-40, "The Hut Group, ops"), job(-40, "Bank of Delhi"))

        assert "Leave The Hut Group, because" in text
        assert "Leave Bank of Delhi, because" in text


class TestWords:
    def test_stated_hours_are_not_called_usual(self) -> None:
        talk = Stage(kind="executive", hours=1, preparation=0.5)
        text = why(job(-35, stages=[talk]), Candidate(interviews_done=6, activity=1))

        assert "Prepare 0.5 h for the executive; more would not pay" in text

    def test_a_mutual_fit_is_said_in_words(self) -> None:
        text = why(job(-5, mutual_fit=0.3, position=Position(stage=1)))

        assert "their view of the match and yours agree more than usual" in text
        assert "That they passed you on has raised this fit by" in text
        less = why(job(-5, mutual_fit=-0.2, position=Position(stage=1)))
        assert "their view of the match and yours agree less than usual" in less
        assert "has lowered this fit by" in less

    def test_a_stage_that_is_always_worth_it_says_so(self) -> None:
        signs = ["other_openings", "they_like_you"]

        assert "Go on whatever it is." in why(job(-18, signals=signs))


class TestDates:
    TODAY = "2026-11-29"

    def answer(self, offer_by: str, **more: Any) -> str:
        held = job(
            8,
            "Ems",
            position=Position(phase="offered"),
            questions_asked=True,
            answer_by=offer_by,
            **more,
        )
        running = job(
            16,
            "Ilm",
            stages=small_firm(),
            position=Position(stage=1),
            next_on="2026-12-08",
        )
        found = assess(Candidate(), held, beside=[running], today=self.TODAY)
        return render(why_screen(found, "letter"), 500)

    def test_what_only_dates_open_is_not_done_for_what_was_said(self) -> None:
        text = self.answer("2026-12-01", more_time=0.6, more_time_until="2026-12-15")

        assert "ask for more time, because something else may turn out better" in text
        assert "because you value" not in text

    def test_an_offer_is_kept_open_and_not_postponed(self) -> None:
        text = self.answer("2026-12-01", more_time=0.6, more_time_until="2026-12-15")

        assert "Keeping it open would be" in text
        assert "ostponing" not in text
        assert 'write it into the stage, such as "days": 5.' in text


class TestWhatIsUsual:
    @pytest.mark.parametrize("stages", [corporate(), small_firm(), technical()])
    def test_the_largest_gain_stands_against_the_largest_cost(
        self, stages: tuple[Stage, ...]
    ) -> None:
        """Where nothing is said that would stand out."""
        me, opportunity = Candidate(), job(stages=stages)

        told = re.search(
            r"The advice rests on what is usual: [^(]*\(([-+.\d]+) h\)"
            r" against [^(]*\(([-+.\d]+) h\)",
            " ".join(str(assess(me, opportunity)).split()),
        )

        assert told
        terms = assess(me, opportunity).displayed_choice.terms
        shown = (f"{max(terms.values()):+,.1f}", f"{min(terms.values()):+,.1f}")
        assert told.groups() == shown


def test_every_row_of_a_table_is_coloured_by_what_it_advises() -> None:
    who = Candidate(dealbreakers={"oil"})
    jobs = [job(40), job(-40, "B"), job(name="C", signals=["merger_talks"])]
    answers = [assess(who, one) for one in jobs]

    tables = [
        block
        for block in assessments_screen(answers, HINTS, jobs)
        if isinstance(block, Table)
    ]

    (table,) = tables
    kinds = {one.action: kind for one, kind in zip(answers, table.kinds, strict=True)}
    assert kinds == {
        Action.TAKE: "go",
        Action.DECLINE: "leave",
        Action.POSTPONE: "wait",
    }
    assert table.more == f"All of them: {HINTS.more}"


class TestBesideOthers:
    """What the others have to do with it can be placed by who reads it."""

    def test_how_they_speak_against_leaving_is_said(self) -> None:
        held = job(-25, position=Position(phase="offered"))
        others = [job(4, name) for name in ("Bolt", "Cary", "Dorn")]

        answer = assess(PRACTISED, held, beside=others)
        text = render(why_screen(answer, "letter"), 500)

        assert answer.action is Action.DECLINE_OFFER
        assert "3 other processes, so that keeping it open costs less" in text

    def test_no_limit_says_to_go_on_where_the_others_say_to_leave(self) -> None:
        offered = job(30, "Bolt", position=Position(phase="offered"))
        invited = job(4)

        beside = assess(PRACTISED, invited, beside=[offered])
        text = render(why_screen(beside, "letter"), 500)

        assert beside.action is Action.DECLINE
        assert "Go on if it is above" not in text
        assert "By itself that is enough to go on, beside the others it is not." in text
        assert "Go on if it is above" in why(invited)


def test_without_a_way_to_see_more_all_is_shown() -> None:
    """The page that runs in a browser has no --explain."""
    signals = ["bad_reviews", "passed_on_by_hr", "no_chemistry", "liked_everyone"]
    found = assess(PRACTISED, job(15, signals=signals, unresearched=True))

    assert "... and" in render(why_screen(found, "letter", "Add --explain."), 500)
    assert "... and" not in render(why_screen(found, "letter"), 500)


def test_colours_tell_what_speaks_for_staying_from_what_speaks_against() -> None:
    opportunity = job(15, signals=["bad_reviews", "passed_on_by_hr"])
    blocks = why_screen(assess(PRACTISED, opportunity), "letter")
    marked = Counter[tuple[str, str]]()

    for table in blocks:
        if isinstance(table, Table) and {*table.kinds} <= {"go", "leave"}:
            for kind, row in zip(table.kinds, table.rows, strict=bool(table.kinds)):
                marked[kind, next(cell[0] for cell in row if cell[0] in "+-")] += 1

    assert set(marked) == {("go", "+"), ("leave", "-")}
