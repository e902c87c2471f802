"""Candidates, weights and opportunities: what they keep and what they refuse."""

from math import inf, nan
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from interviewfit import (
    Belief,
    Candidate,
    Clue,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Reading,
    Sign,
    Stage,
    Term,
    Weights,
    assess,
    corporate,
)
from interviewfit.records import Event, Scope

JOB: dict[str, Any] = {"name": "Acme", "stages": corporate()}
SEEN: dict[str, Any] = {"aspect": "culture", "value": 1, "noise": 1}


class TestWeights:
    def test_all_count_once_unless_said_otherwise(self) -> None:
        assert set(attrs.asdict(Weights()).values()) == {1.0}

    @pytest.mark.parametrize("value", [nan, inf, -0.1, "1", None, True])
    @pytest.mark.parametrize("name", [one.value for one in Term])
    def test_a_weight_is_at_least_0(self, name: str, value: Any) -> None:
        with pytest.raises(InvalidFieldError, match=rf"^Weights\.{name} must be"):
            Weights(**{name: value})


class TestCandidate:
    def test_nothing_need_be_said(self) -> None:
        someone = Candidate()

        assert someone.weights == Weights()
        assert someone.fallback == 0.0
        assert someone.interviews_done is None

    def test_one_dealbreaker_comes_without_brackets(self) -> None:
        assert Candidate(dealbreakers="meat").dealbreakers == frozenset({"meat"})

    def test_priorities_cannot_be_changed_from_outside(self) -> None:
        priorities = {"pay": 1.0}
        someone = Candidate(priorities=priorities)

        priorities["pay"] = nan

        assert someone.priorities == {"pay": 1.0}

    @pytest.mark.parametrize(
        ("name", "value", "where"),
        [
            ("name", 3, "name"),
            ("priorities", {"pay": -1}, "priorities['pay']"),
            ("priorities", {"pay": nan}, "priorities['pay']"),
            ("priorities", {"": 1}, "priorities"),
            ("priorities", ["pay"], "priorities"),
            ("fallback", inf, "fallback"),
            ("fallback", "0", "fallback"),
            ("dealbreakers", [""], "dealbreakers"),
            ("dealbreakers", 3, "dealbreakers"),
            ("weights", {"time": 2}, "weights"),
            ("activity", 60, "activity"),
            ("interviews_done", -1, "interviews_done"),
            ("interviews_ahead", nan, "interviews_ahead"),
            ("worth_ahead", -5, "worth_ahead"),
            ("learned", Reading(**SEEN), "learned"),
            ("learned", ["merger_talks"], "learned"),
            ("learned", [Reading(**SEEN)], "learned"),
            ("learned", [Reading(**SEEN, scope="company")], "learned"),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(
        self, name: str, value: Any, where: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            Candidate(**{name: value})

        assert caught.value.where == f"Candidate.{where}"

    def test_what_was_learned_says_of_whom(self) -> None:
        """A signal on one opportunity tells nothing of the next."""
        with pytest.raises(InvalidFieldError, match="Set scope and about"):
            Candidate(learned=[Reading(**SEEN, about="Acme")])

        known = Reading(**SEEN, scope="company", about="Acme")
        assert Candidate(learned=[known]).learned == (known,)


class TestOpportunity:
    def test_a_name_and_a_stage_are_enough(self) -> None:
        job = Opportunity(name="Acme", stages=[Stage(kind="panel")])

        assert job.position == Position()
        assert job.beliefs == {}
        assert not job.via_recruiter

    @pytest.mark.parametrize("words", [["bad_reviews"], "bad_reviews"])
    def test_signs_may_be_words_and_one_may_come_alone(self, words: Any) -> None:
        assert Opportunity(**JOB, signals=words).signals == (Sign.BAD_REVIEWS,)

    def test_a_reading_of_an_unknown_aspect_is_kept_and_counts(self) -> None:
        """Any name is an aspect: 20 % of pay for a canteen moves the fit by 5, a
        quarter of the way from an unknown 0 with sd 5 to a reading with noise 10.
        """
        canteen = Reading(aspect="canteen", value=20, noise=10)
        without = assess(Candidate(), Opportunity(**JOB))

        found = assess(Candidate(), Opportunity(**JOB, signals=[canteen]))

        assert found.mean == pytest.approx(without.mean + 5.0, rel=1e-12)

    @pytest.mark.parametrize(
        ("name", "value", "where"),
        [
            ("name", "", "name"),
            ("name", None, "name"),
            ("stages", [], "stages"),
            ("stages", None, "stages"),
            ("stages", Stage(kind="panel"), "stages"),
            ("stages", ["panel"], "stages"),
            ("stages", [Stage(kind="panel")] * 51, "stages"),
            ("beliefs", {"pay": 3}, "beliefs['pay']"),
            ("beliefs", [], "beliefs"),
            ("company", 1, "company"),
            ("field", None, "field"),
            ("tags", [3], "tags"),
            ("tags", None, "tags"),
            ("relevance", 60, "relevance"),
            ("via_recruiter", "yes", "via_recruiter"),
            ("knows_someone", 1, "knows_someone"),
            ("unresearched", None, "unresearched"),
            ("researched", 5, "researched"),
            ("hidden_role", -0.1, "hidden_role"),
            ("stays_open", nan, "stays_open"),
            ("signals", [3], "signals"),
            ("signals", Reading(**SEEN), "signals"),
            ("signals", ["bad_reviews"] * 1001, "signals"),
            ("position", "midway", "position"),
            ("position", Position(stage=3), "position"),
        ],
    )
    def test_a_wrong_field_is_refused_by_name(
        self, name: str, value: Any, where: str
    ) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            Opportunity(**{**JOB, name: value})

        assert caught.value.where == f"Opportunity.{where}"

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [("commte", "commute"), ("Pay", "pay"), ("manger", "manager")],
    )
    def test_an_aspect_misspelt_is_not_one_of_its_own(
        self, slip: str, meant: str
    ) -> None:
        """It would count beside the known one, and that would stay unknown."""
        for wrong in (
            lambda: Opportunity(**JOB, beliefs={slip: Belief(mean=1, sd=1)}),
            lambda: Candidate(priorities={slip: 1.5}),
            lambda: Stage(kind="panel", reveals={slip: 0.5}),
            lambda: Reading(aspect=slip, value=-5, noise=5),
        ):
            with pytest.raises(InvalidFieldError) as caught:
                wrong()
            assert caught.value.value == slip
            assert f"Did you mean {meant!r}?" in caught.value.remedy

    @pytest.mark.parametrize("own", ["canteen", "travel", "own ability", "Büro"])
    def test_any_other_name_is_an_aspect_of_ones_own(self, own: str) -> None:
        assert own in Opportunity(**JOB, beliefs={own: Belief(mean=1, sd=1)}).beliefs

    def test_no_stage_is_told_that_all_count_up_to_the_offer(self) -> None:
        """Who names only the next one is told of an offer after it."""
        with pytest.raises(InvalidFieldError, match="all up to the offer"):
            Opportunity(name="Acme", stages=[])

    def test_no_stage_is_told_how_to_name_one(self) -> None:
        with pytest.raises(InvalidFieldError, match="Stage\\(kind='hr_screen'\\)"):
            Opportunity(name="Acme", stages=[])

    def test_fifty_stages_are_the_most(self) -> None:
        assert (
            len(Opportunity(name="A", stages=[Stage(kind="panel")] * 50).stages) == 50
        )

    def test_stages_with_names_of_their_own_differ(self) -> None:
        """Advice on "second talk" must mean one stage; unnamed ones may repeat."""
        twins = [Stage(kind="panel", name="talk"), Stage(kind="hr_screen", name="talk")]

        with pytest.raises(InvalidFieldError, match="different names, got 'talk'"):
            Opportunity(name="Acme", stages=twins)

    @pytest.mark.parametrize("phase", list(Phase))
    def test_a_position_lies_in_the_process(self, phase: Phase) -> None:
        with pytest.raises(InvalidFieldError, match="one of the 3 stages, got 3"):
            Opportunity(**JOB, position=Position(phase=phase, stage=3))

    @pytest.mark.parametrize(
        ("scope", "own"), [("opportunity", "Acme"), ("company", "C"), ("field", "F")]
    )
    @pytest.mark.parametrize(
        "signal", [Reading(**SEEN), Clue(event=Event.PASSED_ON, factor=2)]
    )
    def test_a_signal_is_about_this_one(
        self, signal: Reading | Clue, scope: str, own: str
    ) -> None:
        job = {**JOB, "company": "C", "field": "F"}
        here = attrs.evolve(signal, scope=Scope(scope), about=own)
        silent = attrs.evolve(signal, scope=Scope(scope))
        other = attrs.evolve(signal, scope=Scope(scope), about="Elsewhere")

        assert Opportunity(**job, signals=[here, silent]).signals == (here, silent)
        with pytest.raises(
            InvalidFieldError, match=rf"the {scope} '{own}', got 'Elsewhere'.*learned"
        ):
            Opportunity(**job, signals=[other])

    def test_a_belief_cannot_be_changed_from_outside(self) -> None:
        beliefs = {"pay": Belief(mean=1, sd=1)}
        job = Opportunity(**JOB, beliefs=beliefs)

        beliefs.clear()

        assert set(job.beliefs) == {"pay"}


def test_a_thousand_lessons_are_the_most() -> None:
    clue = Clue(event="passed_on", factor=2, scope="field", about="law")

    assert len(Candidate(learned=[clue] * 1_000).learned) == 1_000
    with pytest.raises(InvalidFieldError, match="at most 1,000 signals, got 1001"):
        Candidate(learned=[clue] * 1_001)


class TestRepr:
    """A record prints as the call that makes it, on one line."""

    @pytest.mark.parametrize(
        "record",
        [
            Candidate(dealbreakers=["oil", "meat"], priorities={"commute": 2}),
            Opportunity(name="Acme", stages=[Stage(kind="hr_screen", hours=1)]),
            Weights(time=2.0),
            Reading(aspect="pay", value=3, noise=2, scope="company"),
            Candidate(),
        ],
    )
    def test_the_call_makes_it_again(self, record: object) -> None:
        assert eval(repr(record)) == record  # noqa: S307 - our own text

    def test_words_stand_in_lists_and_in_order(self) -> None:
        who = Candidate(dealbreakers=["oil", "meat"], priorities={"commute": 2})
        job = Opportunity(
            name="Acme", stages=[Stage(kind="panel")], signals=["merger_talks"]
        )
        assert repr(who) == (
            "Candidate(priorities={'commute': 2.0}, dealbreakers=['meat', 'oil'])"
        )
        assert repr(job) == (
            "Opportunity(name='Acme', stages=[Stage(kind='panel')], "
            "signals=['merger_talks'])"
        )

    def test_what_would_be_too_long_is_cut_the_longest_first(self) -> None:
        stages = [Stage(kind="hr_screen", name=f"round {n}") for n in range(9)]
        job = Opportunity(name="Acme", stages=stages, company="Acme Holding")

        assert repr(job) == (
            "Opportunity(name='Acme', stages=..., company='Acme Holding')"
        )

    @given(st.text(min_size=1, max_size=200))
    def test_it_fits_a_line_whatever_it_is_called(self, text: str) -> None:
        assert len(repr(Candidate(name=text, dealbreakers=[f"x{text}"]))) <= 88
