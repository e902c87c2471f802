"""What is said of offers, of aspects of one's own, and of the processes beside one."""

import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Action,
    Belief,
    Candidate,
    InvalidFieldError,
    Money,
    Opportunity,
    Position,
    Reading,
    assess,
    corporate,
    plan,
    questions,
)
from interviewfit.records import Either

ME = Candidate()
LUNCH = {"free lunch": Belief(mean=-45, sd=2)}


def job(**more: Any) -> Opportunity:
    return Opportunity(**{"name": "Acme", "stages": corporate(), **more})


def offer(**more: Any) -> Opportunity:
    return job(position=Position(phase="offered", stage=2), **more)


class TestOwnAspects:
    def test_they_are_quoted_in_a_reason(self) -> None:
        text = str(assess(ME, job(beliefs=LUNCH)))

        assert "because you value the 'free lunch' at -45 % of pay" in text

    def test_those_of_the_library_are_not(self) -> None:
        text = str(assess(ME, job(beliefs={"pay": Belief(mean=-45, sd=2)})))

        assert "because you value the pay at -45 % of pay" in text

    def test_they_are_quoted_where_nobody_knows_them(self) -> None:
        answer = assess(Candidate(priorities={"free lunch": 2}), job())

        assert "stability, benefits, 'free lunch'." in str(answer)
        assert "the 'free lunch'" in str(answer.reasons)

    def test_they_are_quoted_in_a_question_and_in_a_reading(self) -> None:
        seen = Reading(aspect="free lunch", value=-9, noise=9)
        answer = assess(Candidate(priorities={"free lunch": 9}), job(signals=[seen]))

        assert "what you learned of the 'free lunch' says" in str(answer.reasons)
        assert "about the 'free lunch' first" in questions(answer)[0].text


class TestQuestions:
    def test_a_fact_is_asked_about_in_its_words(self) -> None:
        fact = Either(
            aspect="commute", chance=0.5, if_so=20, if_not=-20, told_by=0, note="remote"
        )
        answer = assess(ME, offer(signals=[fact]))

        assert answer.action is Action.ASK_FIRST
        assert "ask HR about the commute (remote, or not?)" in str(answer)

    def test_one_without_a_note_says_what_it_is_worth(self) -> None:
        fact = Either(aspect="commute", chance=0.5, if_so=20, if_not=-20, told_by=0)

        text = str(assess(ME, offer(signals=[fact])))

        assert "ask HR about the commute (worth +20 % of pay, or not?)" in text

    def test_an_answer_that_is_certain_is_not_asked_for(self) -> None:
        fact = Either(aspect="commute", chance=1, if_so=9, if_not=0, told_by=0)

        assert assess(ME, offer(signals=[fact])).ask_whether == ()
        assert assess(ME, offer(signals=[fact], questions_asked=True)).ask_whether == ()


class TestSilence:
    def test_what_each_counts_is_said_only_if_it_is_so(self) -> None:
        """Seven count 1 % and two, of one firm, half of it."""
        asked = offer(questions_asked=True)
        usual = str(assess(ME, asked))
        alike = Candidate(priorities={"culture": 0, "team": 0})

        assert "Nine things nobody has told you of count -8 % of pay together." in usual
        assert "together (1 % less than what you have, each)." in str(
            assess(alike, asked)
        )

    def test_questions_put_already_are_no_opinion(self) -> None:
        answer = assess(ME, offer(questions_asked=True))

        assert "questions already" not in str(answer.reasons)
        assert list(answer.reasons) == [answer.reasons[0]]
        assert answer.reasons[0].name == "position"


class TestBeside:
    def test_processes_and_offers_are_counted_alike(self) -> None:
        rivals = [
            job(name="runs"),
            job(name="runs too"),
            job(name="over", position=Position(phase="rejected")),
            job(name="ruled out", tags=["oil"]),
            evolve(offer(), name="offered"),
        ]
        who = Candidate(dealbreakers=["oil"])
        answer = assess(who, job(), beside=rivals)

        assert "you have 2 other processes and 1 offer elsewhere" in str(answer.reasons)
        assert f"beside your {answer.rival_count} other opportunities" in str(answer)
        assert answer.rival_count == 3

    def test_one_that_is_taken_as_the_lesser_cost_adds_nothing_negative(self) -> None:
        poor = job(
            beliefs={"role": Belief(mean=-60, sd=1)},
            via_recruiter=True,
            position=Position(phase="midway"),
        )

        assert "adds -" not in str(plan(ME, [poor, job(name="Bolt")]))


class TestRefusals:
    @pytest.mark.parametrize(
        ("value", "remedy"),
        [
            (Money(amount=50_000, currency="EUR"), "5 for 5 % more"),
            (50_000, "5 for 5 % more"),
            ("50,000 EUR", "5 for 5 % more"),
            ("5", "Write 5, without quotes"),
        ],
    )
    def test_an_outside_option_in_money_is_told_how_to_be_written(
        self, value: Any, remedy: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=r"Candidate\.fallback") as caught:
            Candidate(fallback=value)

        assert remedy in str(caught.value)
        assert "Opportunity(pay=" not in str(caught.value)

    def test_a_reading_without_noise_is_told_what_to_write(self) -> None:
        with pytest.raises(InvalidFieldError, match="a belief with an sd of 0"):
            Reading(aspect="pay", value=3, noise=0)

    def test_an_offer_before_the_last_stage_is_asked_about(self) -> None:
        early = job(position=Position(phase="offered", stage=1))

        (note,) = assess(ME, early).notes
        assert note.startswith("position.stage is 1, but with an offer all 3 stages")
        for stage in (0, 2):
            usual = job(position=Position(phase="offered", stage=stage))
            assert assess(ME, usual).notes == ()


class TestStops:
    def test_a_visa_is_no_dealbreaker_that_somebody_named(self) -> None:
        refused = job(signals=["visa_refused"])
        words = "hey sponsor no visa and you need one"

        assert f"decline. T{words}, and nothing" in str(assess(ME, refused))
        assert f"because t{words}" in str(plan(ME, [refused]))

    def test_both_are_named(self) -> None:
        both = job(signals=["visa_refused"], tags=["oil"])
        text = str(assess(Candidate(dealbreakers=["oil"]), both))

        assert "It meets your dealbreaker (oil) and they sponsor no" in text

    def test_a_dealbreaker_that_is_no_tag_is_a_note_of_the_plan(self) -> None:
        who = Candidate(dealbreakers=["weapon"])
        search = plan(who, [job(tags=["weapons"])])

        (note,) = search.notes
        assert note.startswith("Your dealbreaker 'weapon' is a tag of no opportunity")
        assert str(search).count("is a tag of no opportunity") == 1


class TestHeadline:
    @given(
        st.lists(
            st.tuples(st.floats(-6.0, 12.0), st.floats(-6.0, 6.0), st.booleans()),
            min_size=2,
            max_size=3,
        )
    )
    @settings(max_examples=15, deadline=None)
    def test_no_gain_over_another_action_is_below_nothing(
        self, offers: list[tuple[float, float, bool]]
    ) -> None:
        """Also where several offers are settled together."""
        jobs = [
            evolve(
                offer(beliefs={"pay": Belief(mean=pay, sd=1)}),
                name=f"offer {number}",
                signals=[Reading(aspect="role", value=role, noise=3)] if told else [],
            )
            for number, (pay, role, told) in enumerate(offers)
        ]
        for number, subject in enumerate(jobs):
            others = [item for item in jobs if item is not subject]
            answer = assess(ME, subject, beside=others)
            first = str(answer).splitlines()[0]
            assert not re.search(r"-[0-9.,]+ h( \(about [^)]*\))? more than", first)
            second = answer.runner_up
            if second is not None and answer.value < second.value - 0.05:
                assert "less than" in first, number


class TestSilenceInAPlan:
    """An offer that is better in all that was told, but not by our guess."""

    @staticmethod
    def planned(**beliefs: Belief) -> str:
        held = offer(
            questions_asked=True, beliefs={"pay": Belief(mean=5, sd=4), **beliefs}
        )
        other = Opportunity(
            name="Bolt",
            stages=corporate(),
            position=Position(phase="midway", stage=1),
            beliefs={"pay": Belief(mean=20, sd=8)},
        )
        return str(plan(ME, [held, other]))

    def test_what_is_expected_of_it_is_said(self) -> None:
        text = self.planned()

        assert "Offer of Acme: accept it now." in text
        assert (
            "Careful: with a guess of what nobody has told you of Acme, accepting is "
            "expected to bring -72.0 h, and turning it down 115.3 h." in text
        )

    def test_nothing_is_said_where_nothing_is_unknown(self) -> None:
        aspects = ("role", "culture", "team", "manager", "growth", "commute")
        more = {name: Belief(mean=0, sd=3) for name in (*aspects, "stability")}

        text = self.planned(**more, benefits=Belief(mean=0, sd=3))

        assert "Offer of Acme: " in text
        assert "Careful" not in text
