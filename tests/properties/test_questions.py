"""Knowing first is a look before the first step, and never harms."""

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from compiled import posterior_of
from interviewfit import Phase, questions
from interviewfit._competition.chains import solve_steps
from interviewfit._process.compilation import Step, compile_process
from interviewfit._process.structure import numbers_of, structure_of
from interviewfit.sensitivity._conditional_decision import ConditionalDecision


class TestQuestions:
    @settings(max_examples=25, deadline=None)
    @given(case=fit.cases(st.just(Phase.BEFORE)))
    def test_of_two_actions_are_a_step_put_before_the_chain(
        self, case: fit.Case
    ) -> None:
        """
        Where one can only go on or leave, and nothing but the surplus moves, the solver
        itself takes the mean: over a free first step that reveals the aspect.
        """
        case = evolve(
            case,
            candidate=evolve(
                case.candidate,
                weights=evolve(case.candidate.weights, hidden_role=0.0),
                learned=(),
                dealbreakers=(),
            ),
            opportunity=evolve(case.opportunity, unresearched=False, signals=()),
            assumptions=evolve(
                case.assumptions,
                # Passes that tell of the fit, and aspects that go together, move more.
                numbers={
                    name: value
                    for name, value in case.assumptions.numbers.items()
                    if not name.startswith(("mutual", "competition", "correlation"))
                },
            ),
        )
        found = case.assess()
        who, job, numbers = case.candidate, case.opportunity, case.assumptions
        posterior = posterior_of(who, job, numbers)
        for one in questions(found):
            aspect = one.aspect
            beliefs = dict(posterior.beliefs)
            beliefs[aspect] = evolve(beliefs[aspect], sd=0.0)
            process = compile_process(
                structure_of(who, job),
                numbers_of(who, job, numbers),
                evolve(posterior, beliefs=beliefs),
            )
            free = Step(
                stage=-1,
                phase=Phase.BEFORE,
                title="known",
                reward_terms={},
                exit_terms=process.steps[0].exit_terms,
                survive=1.0,
                drift=0.0,
                reveal=process.hours_per_percent * one.sd_percent,
                hours=0.0,
                days=0.0,
            )
            known = solve_steps((free, *process.steps))
            mean = known.continuation_value([process.mean_hours]).item()
            assert one.value == pytest.approx(
                mean - found.value, abs=1e-9 * (1.0 + case.stakes(found))
            )

    @settings(max_examples=25, deadline=None)
    @given(case=fit.cases())
    def test_are_never_below_nothing(self, case: fit.Case) -> None:
        """Before they are cut off there."""
        found = case.assess()
        conditional = ConditionalDecision(found)
        slack = 1e-9 * (1.0 + case.stakes(found))
        names = [name for name, sd in conditional.sds.items() if sd > 0.0][:3]
        values = conditional.expected_values(names)
        assert (values >= found.value - slack).all()
