"""
An answer says what it is made of, what is ahead, and what it rests on; all of it true.
"""

import math

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from compiled import process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Stage,
    Term,
    assess,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Process
from interviewfit._solver.mutual_solution import MutualSolution
from interviewfit._solver.solution import Solution, solve

FEWER = settings(max_examples=settings().max_examples // 3)
SIDE = ("networking", "practice", "hidden_role", "referral")
GUESSED = {
    "networking": "contact",
    "practice": "practice_gain",
    "hidden_role": "hidden_role",
    "referral": "referral",
    "bail": "bail_harm",
    "declining": "refusal",
}


def compiled(case: fit.Case) -> Process[float]:
    who, job, numbers = case.candidate, case.opportunity, case.assumptions
    return process_of(who, job, numbers)


def weighing(case: fit.Case, **terms: float) -> fit.Case:
    weights = evolve(case.candidate.weights, **terms)
    return evolve(case, candidate=evolve(case.candidate, weights=weights))


def weightless(case: fit.Case, *terms: str) -> fit.Case:
    free = evolve(case, candidate=evolve(case.candidate, dealbreakers=()))
    return weighing(free, **dict.fromkeys(terms, 0.0))


def assert_carried(case: fit.Case) -> None:
    """By solving without each term. A tie, but for rounding, may go either way.

    What forces an action, such as a visa that is refused, decides no value.
    """
    found, best = case.assess(), weightless(case).assess().choices[0].action
    slack = 1e-9 * case.stakes(found)
    for term, prior in GUESSED.items():
        again = weightless(case, term).assess()
        changed = again.choices[0].action is not best

        assert (prior in found.decisive_priors) == changed or again.margin <= slack
    again = weightless(case, *SIDE).assess()

    action = again.choices[0].action
    assert found.action_without_side_values is action or again.margin <= slack


def standing(case: fit.Case, phase: Phase, sds: list[float]) -> fit.Case:
    """The case in a phase, with nothing known but how unsure each aspect is."""
    pairs = zip(ASPECTS, sds, strict=True)
    others = dict.fromkeys(fit.OWN_ASPECTS, 0.0)
    return evolve(
        case,
        candidate=evolve(case.candidate, priorities=others, learned=()),
        opportunity=evolve(
            case.opportunity,
            beliefs={name: Belief(mean=0, sd=sd) for name, sd in pairs},
            signals=(),
            position=evolve(case.opportunity.position, phase=phase),
        ),
    )


class TestAnAssessment:
    @given(case=fit.cases())
    def test_terms_sum_to_the_worth_of_every_choice(self, case: fit.Case) -> None:
        for one in case.assess().choices:
            size = math.fsum(map(abs, one.terms.values()))

            assert math.fsum(one.terms.values()) == pytest.approx(
                one.value, rel=0.0, abs=1e-9 * size
            )

    @FEWER
    @given(case=fit.cases(fit.UNDERWAY))
    def test_going_on_is_worth_what_the_solver_says_of_its_steps(
        self, case: fit.Case
    ) -> None:
        found, process = case.assess(), compiled(case)
        solution: Solution | MutualSolution = solve(*ChainParameters.of(process).steps)
        if process.mutual is not None:
            solution = solve_mutual_steps(process.steps, process.mutual)
        going = solution.evaluate([process.mean_hours])
        (choice,) = (
            one
            for one in found.choices
            if one.action in (Action.TAKE, Action.CONTINUE, Action.FINISH_POLITELY)
        )

        assert choice.value == pytest.approx(
            going.continuation_value.item(), rel=0.0, abs=1e-9 * case.stakes(found)
        )

    @FEWER
    @given(case=fit.cases(fit.UNDERWAY))
    def test_time_is_what_its_hours_are_priced_at(self, case: fit.Case) -> None:
        price = case.candidate.weights.time
        for one in case.assess().choices:
            assert one.terms.get(Term.TIME, 0.0) == pytest.approx(
                -price * one.hours, rel=1e-9, abs=1e-300
            )

    @FEWER
    @given(case=fit.cases(fit.UNDERWAY))
    def test_nobody_reaches_a_stage_more_often_than_the_one_before(
        self, case: fit.Case
    ) -> None:
        for one in case.assess().choices:
            chances = [*(chance for _, chance in one.reach), one.accept_probability]

            assert all(0.0 <= chance <= 1.0 for chance in chances)
            assert one.accept_probability <= min(chances) + 1e-9
            assert chances[:-1] == sorted(chances[:-1], reverse=True)

    @FEWER
    @given(case=fit.cases(), light=st.floats(0.0, 0.05))
    def test_what_carries_an_answer_is_what_it_changes_without(
        self, case: fit.Case, light: float
    ) -> None:
        """
        However the search for it is cut short. The offer weighs little, so that other
        terms often decide.
        """
        assert_carried(weighing(case, offer=light))

    @FEWER
    @given(
        case=fit.cases(st.just(Phase.BEFORE)),
        light=st.floats(0.001, 0.05),
        hours=st.floats(4.0, 20.0),
        off=st.floats(-0.5, 0.5),
    )
    def test_and_so_where_everything_hangs_by_a_thread(
        self, case: fit.Case, light: float, hours: float, off: float
    ) -> None:
        """With a fallback at which going on and leaving are worth nearly the same, and
        interviews so long that one may want to walk out of them.
        """
        job = case.opportunity
        long = [evolve(stage, hours=hours) for stage in job.stages]
        case = evolve(
            weighing(case, offer=light, hidden_role=0.0),
            opportunity=evolve(job, stages=long),
        )
        found = case.assess()
        fallback = case.candidate.fallback + found.mean - found.thresholds[0].fit + off
        if abs(fallback) < 1e3:
            who = evolve(case.candidate, fallback=fallback)

            assert_carried(evolve(case, candidate=who))

    def test_who_goes_on_for_people_and_practice_is_told_so(self) -> None:
        """Midway through a first call, with one chance in 16 in the next round. Without
        its side gains the next round would not pay, though this one is finished.
        """
        job = Opportunity(
            name="Acme",
            stages=[
                Stage(kind="hr_screen"),
                Stage(kind="executive", pass_rate=0.0625),
            ],
            position=Position(phase=Phase.MIDWAY),
        )
        found = assess(Candidate(), job)

        assert (found.action, found.action_without_side_values) == (
            Action.CONTINUE,
            Action.FINISH_POLITELY,
        )
        assert "contact" in found.decisive_priors

    @FEWER
    @given(
        case=fit.cases(st.just(Phase.BEFORE)),
        sds=st.lists(fit.SPREADS, min_size=len(ASPECTS), max_size=len(ASPECTS)),
    )
    def test_the_rest_of_a_stage_shows_midway_what_it_would_have_shown(
        self, case: fit.Case, sds: list[float]
    ) -> None:
        """Once what its first half showed is no longer unknown."""
        numbers, job = case.assumptions, case.opportunity
        here = job.stages[job.position.stage]
        unseen = [
            1.0
            - numbers["first_half"]
            * here.reveals.get(name, numbers.reveals(here.kind, name))
            for name in ASPECTS
        ]
        late = [sd * math.sqrt(share) for sd, share in zip(sds, unseen, strict=True)]
        ahead = [
            [step.reveal for step in compiled(standing(case, phase, each)).steps]
            for phase, each in ((Phase.BEFORE, sds), (Phase.MIDWAY, late))
        ]

        assert ahead[1] == pytest.approx(ahead[0][1:], rel=1e-9)

    @FEWER
    @given(shares=st.lists(fit.CHANCES, min_size=3, max_size=3), sd=fit.SPREADS)
    def test_stages_divide_up_what_there_is_to_know(
        self, shares: list[float], sd: float
    ) -> None:
        """Each shows its share of what the ones before it have left. No belief is
        wider than what is unknown of the pay anyway.
        """
        beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
        case = fit.Case(
            candidate=Candidate(),
            opportunity=Opportunity(
                name="Acme",
                stages=[
                    Stage(kind="panel", reveals={"pay": share}, reshape_chance=0)
                    for share in shares
                ],
                beliefs={**beliefs, "pay": Belief(mean=0, sd=sd)},
            ),
            assumptions=Assumptions(numbers={"overconfidence": 2.0}),
        )
        news = [step.reveal**2 for step in compiled(case).steps]
        left = (36.0 * min(2.0 * sd, 10.0)) ** 2
        for share, *halves in zip(shares, news[::2], news[1::2], strict=True):
            assert math.fsum(halves) == pytest.approx(share * left, rel=1e-9)
            left *= 1.0 - share

    def test_a_certain_job_is_a_sum_anybody_can_do(self) -> None:
        """Two percent of pay are 72 h; half a chance of them for 3 h of time, and a
        manager met at half activity adds 0.5 h.
        """
        job = Opportunity(
            name="Acme",
            stages=[
                Stage(
                    kind="hiring_manager",
                    hours=1,
                    preparation=2,
                    pass_rate=0.5,
                    surfaces=0,
                    reshape_chance=0,
                    practice=0,
                )
            ],
            beliefs={name: Belief(mean=2 / len(ASPECTS), sd=0) for name in ASPECTS},
        )
        found = assess(Candidate(), job)

        assert found.terms == pytest.approx(
            {Term.OFFER: 36.0, Term.NETWORKING: 0.5, Term.TIME: -3.0}, rel=1e-12
        )
        assert found.value == pytest.approx(33.5, rel=1e-12)
