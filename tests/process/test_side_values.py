"""Contacts that wear off, reach, recruiters, referrals, and what a position carries."""

from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, strategies as st

from compiled import process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Stage,
    StageKind,
    Term,
    assess,
    corporate,
    score,
    simulate,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Process

ME, USUAL = Candidate(), Assumptions()
CERTAIN = {aspect: Belief(mean=0, sd=0) for aspect in ASPECTS}
MANAGER, ANN = StageKind.HIRING_MANAGER, "Ann Lee"


def compiled(*stages: Stage, me: Candidate = ME, **more: Any) -> Process[float]:
    """The chain of an opportunity."""
    job = Opportunity(name="Acme", stages=stages or corporate(), **more)
    return process_of(me, job, USUAL)


def brought(process: Process[float], term: Term) -> list[float]:
    """What each step brings of a term."""
    return [step.reward_terms.get(term, 0.0) for step in process.steps]


def met(*people: str, me: Candidate = ME) -> list[float]:
    """What meeting each of some managers in turn is worth, by their names."""
    stages = [Stage(kind=MANAGER, person=person) for person in people]
    return brought(compiled(*stages, me=me), Term.NETWORKING)[1::2]


class TestContacts:
    def test_the_second_hour_with_the_same_person_brings_less(self) -> None:
        assert met(ANN, "Bo", "ann  LEE", ANN) == pytest.approx([0.5, 0.5, 0.15, 0.045])

    def test_a_person_without_a_name_is_new(self) -> None:
        assert met("", "", "") == [0.5, 0.5, 0.5]

    def test_whom_one_knows_already_is_not_new(self) -> None:
        assert met(ANN, me=Candidate(contacts=["ann lee"])) == pytest.approx([0.15])

    def test_a_rounds_person_is_remembered_later(self) -> None:
        stages = [Stage(kind=MANAGER, person=ANN) for _ in range(2)]

        found = compiled(*stages, position=Position(stage=1))

        assert brought(found, Term.NETWORKING) == [0.0, pytest.approx(0.15)]

    def test_an_influential_person_counts_by_their_own_factor(self) -> None:
        found = compiled(Stage(kind=MANAGER, influence=6))

        assert brought(found, Term.NETWORKING)[1] == pytest.approx(3.0)
        assert found.steps[1].exit_terms[Term.BAIL] == pytest.approx(-36.0)

    def test_who_likes_you_is_worth_more(self) -> None:
        """Helping, 1 to 4, becomes twice as likely: 5 / 3 of what it was."""
        plain, liked = compiled(), compiled(signals=["they_like_you"])

        contacts = brought(plain, Term.NETWORKING)
        assert brought(liked, Term.NETWORKING) == pytest.approx(
            [5 / 3 * worth for worth in contacts]
        )

    @pytest.mark.parametrize("said", [{"person": ANN}, {"influence": 2.0}])
    @pytest.mark.parametrize("kind", ["take_home", "research"])
    def test_nobody_is_met_at_a_desk(self, kind: str, said: dict[str, Any]) -> None:
        with pytest.raises(InvalidFieldError, match="where nobody is met"):
            Stage(kind=kind, **said)
        assert Stage(kind=kind, meets="peer", **said).meets == "peer"


class TestReach:
    @pytest.mark.parametrize(
        ("relevance", "reach", "contact"), [(1, 0.2, 0.2), (0.3, 1, 0.3), (0, 1, 0)]
    )
    def test_harm_goes_by_reach_and_a_contact_by_the_smaller(
        self, relevance: float, reach: float, contact: float
    ) -> None:
        stage = Stage(kind=MANAGER)
        told: dict[str, Any] = {"relevance": relevance, "reach": reach}
        found, usual = compiled(stage, **told), compiled(stage)

        harm = found.steps[1].exit_terms[Term.BAIL]
        assert harm == pytest.approx(reach * usual.steps[1].exit_terms[Term.BAIL])
        assert brought(found, Term.NETWORKING)[1] == pytest.approx(0.5 * contact)

    @given(st.floats(0, 1))
    def test_who_states_relevance_only_says_both(self, relevance: float) -> None:
        alone = compiled(relevance=relevance)

        assert alone == compiled(relevance=relevance, reach=relevance)

    def test_a_table_knows_reach_and_influence(self) -> None:
        """Where either is not known it is as usual; reach is then as relevance."""
        columns: dict[str, Any] = {
            "process": ["corporate"] * 3,
            "phase": ["midway"] * 3,
            "stage": [2] * 3,
            "reach": [0.2, np.nan, np.nan],
            "relevance": [0.9, 0.4, np.nan],
            "stages[2].influence": [7.0, 2.0, np.nan],
        }
        found = score(ME, columns)

        for row, (reach, relevance, influence) in enumerate(
            [(0.2, 0.9, 7.0), (None, 0.4, 2.0), (None, None, None)]
        ):
            *stages, last = corporate()
            last = attrs.evolve(last, influence=influence)
            job = Opportunity(
                name="A",
                stages=[*stages, last],
                reach=reach,
                relevance=relevance,
                position=Position(phase="midway", stage=2),
            )
            expected = assess(ME, job)
            assert found.value[row] == pytest.approx(expected.value, rel=1e-9)

    def test_nobody_counts_for_anything_in_a_task_at_home(self) -> None:
        columns = {"process": ["technical"], "stages[1].influence": [2.0]}

        with pytest.raises(Exception, match="no such stage to meet anybody in"):
            score(ME, columns)


class TestRecruiter:
    @pytest.mark.parametrize(
        ("mine", "theirs", "cost"),
        [
            ((), "Law", 2.0),
            (("law", "Tax"), " LAW ", 2.0),
            ("law", "", 2.0),
            ("law", "nursing", 0.4),
        ],
    )
    def test_hardly_minds_the_refusal_of_a_job_out_of_field(
        self, mine: Any, theirs: str, cost: float
    ) -> None:
        me = Candidate(fields=mine)
        found = compiled(me=me, field=theirs, via_recruiter=True)

        left = [-step.exit_terms[Term.DECLINING] for step in found.steps]
        assert left == pytest.approx([cost, *[cost / 2] * 5])


class TestReferral:
    def test_it_comes_at_every_end_but_walking_out(self) -> None:
        """An executive, 2 h to leave before; .6 h in the end, whoever ends it."""
        stages = [Stage(kind="executive")]
        for beliefs in ({}, CERTAIN):
            job = Opportunity(
                name="A", stages=stages, knows_someone=True, beliefs=beliefs
            )
            for phase in ("offered", "rejected"):
                ended = attrs.evolve(job, position=Position(phase=phase))
                for choice in assess(ME, ended).choices:
                    assert choice.terms[Term.REFERRAL] == pytest.approx(0.6)
            earned = [item.terms[Term.REFERRAL] for item in assess(ME, job).choices]
            assert sorted(earned) == pytest.approx([0.6, 2.0])
            midway = attrs.evolve(job, position=Position(phase="midway"))
            assert Term.REFERRAL not in assess(ME, midway).choice(Action.LEAVE).terms

    @given(st.floats(0, 20), st.booleans())
    def test_it_is_no_reason_to_refuse_an_offer(self, fit: float, liked: bool) -> None:
        beliefs = {**CERTAIN, "pay": Belief(mean=fit, sd=0)}
        job = Opportunity(
            name="A",
            stages=corporate(),
            beliefs=beliefs,
            knows_someone=True,
            signals=["they_like_you"] if liked else [],
            position=Position(phase="offered"),
        )
        found = assess(ME, job)

        accept, decline = (
            found.choice(action).value
            for action in (Action.ACCEPT_OFFER, Action.DECLINE_OFFER)
        )
        assert accept - decline == pytest.approx(36 * fit, abs=1e-9)

    @pytest.mark.parametrize("phase", ["before", "midway", "offered", "rejected"])
    @pytest.mark.parametrize("stage", [0, 2])
    def test_plays_have_the_mean_that_was_promised(
        self, phase: str, stage: int
    ) -> None:
        stage = stage if phase in ("before", "midway") else 0
        job = Opportunity(
            name="A",
            stages=corporate(),
            knows_someone=True,
            via_recruiter=True,
            signals=["merger_talks"],
            position=Position(phase=phase, stage=stage),
        )
        found = simulate(assess(ME, job), n=20_000)

        assert found.expected is not None
        error = 4 * found.value.error + 1e-9
        assert found.value.mean == pytest.approx(found.expected, abs=error)


class TestPositionCarriesOn:
    """Nothing new being said, a stage brings later what was promised from the start."""

    @pytest.mark.parametrize("number", [1, 2, 3])
    @pytest.mark.parametrize("phase", ["before", "midway"])
    def test_each_threshold_is_the_one_that_was_promised(
        self, number: int, phase: str
    ) -> None:
        stages = [
            *(Stage(kind=kind, person=ANN) for kind in (MANAGER, "panel")),
            *(Stage(kind=MANAGER, surfaces=0.4), Stage(kind="executive", person=ANN)),
        ]
        told: dict[str, Any] = {
            "beliefs": CERTAIN,
            "via_recruiter": True,
            "knows_someone": True,
            "hidden_role": 0.4,
        }
        job = Opportunity(name="A", stages=stages, **told)
        later = attrs.evolve(job, position=Position(phase=phase, stage=number))

        promised, used = assess(ME, job).thresholds, assess(ME, later).thresholds

        ahead = promised[2 * number + (phase == "midway") :]
        assert [item.stage for item in used] == [item.stage for item in ahead]
        for item, before in zip(used, ahead, strict=True):
            assert item.fit == pytest.approx(before.fit, abs=1e-9)

    def test_what_was_looked_up_is_not_prepared_again(self) -> None:
        job = Opportunity(
            name="A", stages=corporate(), beliefs=CERTAIN, unresearched=True
        )
        looked_up = attrs.evolve(job, unresearched=False, researched=0)

        promised = assess(ME, job).choice(Action.INVESTIGATE)
        found = assess(ME, looked_up)

        spent = promised.hours - 0.5
        assert found.choice(Action.TAKE).hours == pytest.approx(spent, abs=1e-9)
        assert found.value == pytest.approx(promised.value + 0.5, abs=1e-9)
        later = attrs.evolve(looked_up, position=Position(stage=1))
        plain = attrs.evolve(later, researched=None)
        assert assess(ME, later) == assess(ME, plain)

    def test_what_was_looked_up_is_no_longer_unknown(self) -> None:
        job = Opportunity(name="A", stages=corporate(), unresearched=True)
        first = assess(ME, job)
        looked_up = attrs.evolve(job, unresearched=False, researched=0)
        promised = process_of(ME, job, USUAL, research_first=True)

        for stage in range(3):
            position = Position(stage=stage)
            later = attrs.evolve(looked_up, position=position)
            chain = process_of(ME, later, USUAL)
            for step, ahead in zip(
                chain.steps, promised.steps[2 + 2 * stage :], strict=True
            ):
                assert step.reveal == pytest.approx(ahead.reveal, rel=1e-12)
                assert step.hours == pytest.approx(ahead.hours, rel=1e-12)
        assert assess(ME, looked_up).sd < first.sd

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"researched": 1}, "0 to 0"),
            ({"researched": -1}, "0 to 0"),
            ({"researched": True}, "0 to 0"),
            ({"researched": 0, "unresearched": True}, "unresearched is true"),
        ],
    )
    def test_research_that_cannot_be_meant_is_refused(
        self, more: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=words):
            Opportunity(name="A", stages=corporate(), **more)
