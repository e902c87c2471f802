"""What other openings of a firm have shown is a reason of its own."""

from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Reading,
    assess,
    corporate,
    plan,
)
from interviewfit._assessment.assessing import value_alone
from interviewfit._assessment.statements import BESIDE, said, without
from interviewfit._competition.entries import compile_search
from interviewfit._model.news_beside import without_rivals
from interviewfit._model.priors import Assumptions
from interviewfit._process.compilation import compile_process
from interviewfit._process.signals import update
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.records import Decision, Either

BAD = [
    NamedSign(sign="bad_reviews", strength="strong"),
    NamedSign(sign="layoff_news", strength="strong"),
]
MOVES = Either(
    aspect="commute",
    chance=0.9,
    if_so=-70,
    if_not=0,
    told_by=1,
    scope="company",
    note="they move",
)


def job(name: str, **changes: Any) -> Opportunity:
    usual = {"name": name, "company": "Acme", "stages": corporate()}
    return Opportunity(**{**usual, **changes})


class TestWords:
    def test_news_of_the_firm_is_named_and_not_the_process(self) -> None:
        found = assess(Candidate(), job("Lead"), beside=[job("Clerk", signals=BAD)])

        assert "there is news of layoffs (strong) (you said so of Clerk)" in str(found)
        assert "because you have" not in str(found)

    def test_of_another_firm_there_is_none(self) -> None:
        other = job("Clerk", company="Bolt", signals=BAD)
        found = assess(Candidate(), job("Lead"), beside=[other])

        names = {reason.name for reason in found.reasons.items}
        assert not {name for name in names if name.startswith("beside[")}

    def test_a_job_in_none_of_the_lines_of_work(self) -> None:
        who = Candidate(fields=["nursing"])
        dull = {"role": Belief(mean=-22, sd=5)}
        found = assess(
            who, job("Lead", field="sales", via_recruiter=True, beliefs=dull)
        )

        assert "the job is outside your lines of work" in str(found)


class TestLaws:
    @pytest.mark.parametrize("signals", [BAD, [MOVES], [*BAD, MOVES]])
    def test_a_process_alone_with_the_news_is_the_one_beside(
        self, signals: list[Any]
    ) -> None:
        """Bit for bit, as the search compiles it."""
        jobs = [job("Lead"), job("Clerk", signals=signals)]
        entry = compile_search(Candidate(), jobs, Assumptions())[0]
        decision = without_rivals(
            Decision(candidate=Candidate(), opportunity=jobs[0], beside=jobs[1:])
        )
        structure = structure_of(decision.candidate, decision.opportunity)
        numbers = numbers_of(
            decision.candidate, decision.opportunity, decision.assumptions
        )
        process = compile_process(structure, numbers, update(structure, numbers))

        assert process == entry.process

    def test_alone_means_the_same_in_every_answer(self) -> None:
        """With the news, in an assessment and in a plan."""
        jobs = [job("Lead"), job("Clerk", signals=[BAD[0]])]
        found = assess(Candidate(), jobs[0], beside=jobs[1:])
        row = plan(Candidate(), jobs).process("Lead")
        own = attrs.evolve(jobs[0], signals=[BAD[0]])

        assert found.standalone_value == pytest.approx(row.standalone_value, abs=1e-9)
        assert found.standalone_value == pytest.approx(
            assess(Candidate(), own).value, abs=1e-9
        )
        alone = value_alone(found.decision)
        assert found.standalone_value == pytest.approx(alone, abs=1e-9)

    @given(
        st.lists(st.sampled_from(["bad_reviews", "layoff_news"]), unique=True),
        st.floats(-40.0, 10.0),
    )
    @settings(max_examples=20, deadline=None)
    def test_whatever_decides_alone_turns_the_advice_if_it_is_unsaid(
        self, signs: list[str], culture: float
    ) -> None:
        heard = Reading(aspect="culture", value=culture, noise=6, scope="company")
        clerk = job("Clerk", signals=[*signs, heard])
        found = assess(Candidate(), job("Lead"), beside=[clerk])

        for reason in found.reasons.deciding:
            if reason.turns and reason.name.startswith("beside["):
                number = int(reason.name[:-1].rpartition("[")[2])
                kept = [
                    signal
                    for place, signal in enumerate(clerk.signals)
                    if place != number
                ]
                again = assess(
                    Candidate(),
                    job("Lead"),
                    beside=[attrs.evolve(clerk, signals=kept)],
                )
                assert again.action is reason.action_without
                assert again.action is not found.action

    def test_rivals_go_and_their_news_stays(self) -> None:
        decision = Decision(
            candidate=Candidate(),
            opportunity=job("Lead"),
            beside=[job("Clerk", signals=BAD)],
        )
        paths = list(said(decision))

        assert BESIDE in paths
        assert ("beside", 0, "signals", 1) in paths
        alone = without(decision, [BESIDE])
        assert alone.beside == ()
        assert [lesson.about for lesson in alone.candidate.learned] == ["Acme", "Acme"]
        nothing = without(decision, paths)
        assert nothing.beside == () == nothing.candidate.learned
