"""What keeps a plan from being exact, and whose turn it is among equals."""

from typing import Any

import pytest
from attrs import evolve

from cases import UNTAUGHT, jobs
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    corporate,
    plan,
)
from interviewfit._competition.bounds import SearchConstraints
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import compile_search
from interviewfit._competition.practice import (
    PracticeModel,
    relaxation_bound,
    relaxed_chains,
)
from interviewfit._competition.solved_processes import SolvedProcesses

BEGINNER = Candidate(interviews_done=0)
SAME = Assumptions()
DAY = Stage(kind="panel", hours=30)
# Of interviews nobody walks out of.
SHORT = [evolve(one, stages=[Stage(kind="hr_screen", hours=0.0)]) for one in jobs(3)]
FIT = {"role": Belief(mean=12, sd=6)}
LONG = [
    Opportunity(name="Acme", stages=[DAY, DAY], beliefs=FIT),
    Opportunity(name="Bolt", stages=[DAY], beliefs=FIT),
]


class TestReasons:
    @pytest.mark.parametrize(
        ("who", "several", "more", "reason"),
        [
            (
                UNTAUGHT,
                SHORT,
                {"recall": False},
                "Offers to come may not wait for the other processes.",
            ),
            (
                UNTAUGHT,
                jobs(5),
                {"slots": 2},
                "Only 2 processes can be under way at once.",
            ),
            (
                UNTAUGHT,
                LONG,
                {},
                "An interview cannot be paused for another process.",
            ),
            (BEGINNER, SHORT, {}, "Practice carries over between interviews."),
        ],
    )
    def test_each_is_said_in_a_sentence(
        self,
        who: Candidate,
        several: list[Opportunity],
        more: dict[str, Any],
        reason: str,
    ) -> None:
        assert reason in plan(who, several, **more).guarantee.reasons

    def test_whoever_has_none_has_an_exact_plan(self) -> None:
        assert plan(UNTAUGHT, SHORT).guarantee.reasons == ()


class TestTheBound:
    def test_counts_those_who_stay_in_an_interview_they_might_leave(self) -> None:
        """It is of all plans, though the best of those kept to leaves it at once."""
        begun = Opportunity(
            name="begun",
            stages=[Stage(kind="panel", hours=60)],
            beliefs={"role": Belief(mean=-8, sd=6)},
            position=Position(phase="midway"),
        )
        entries = compile_search(BEGINNER, [begun, LONG[0]], SAME)
        chains = [ChainParameters.of(one.process) for one in entries]
        steps = [one.process.steps for one in entries]
        teaching = PracticeModel(1.0, 0.3, 0.6)
        terms = SearchConstraints(
            entries,
            SolvedProcesses.of(chains),
            budget=None,
            slots=None,
            recall=True,
            model=teaching,
        )

        found = terms.bounds(0.0)

        relaxation, chances = relaxed_chains(chains, steps, teaching)
        bound = relaxation_bound(SolvedProcesses.of(relaxation), chances, 0.0)
        dropped = found.search.feasible_variants[1]
        assert found.practice.best > max(
            0.0, found.search.feasible_variants[0].policy.value
        )
        assert found.practice.index_value == dropped.policy.value
        assert found.practice.upper_bound == pytest.approx(bound, rel=1e-12)


class TestEquals:
    @pytest.mark.parametrize("who", [UNTAUGHT, BEGINNER])
    def test_the_first_named_goes_first(self, who: Candidate) -> None:
        """However many there are."""
        twins = [
            Opportunity(name=f"twin {number}", stages=corporate(), beliefs=FIT)
            for number in range(20)
        ]

        found = plan(who, [evolve(one) for one in twins])

        names = [one.name for one in found.ranked]
        assert names == [one.name for one in twins]
