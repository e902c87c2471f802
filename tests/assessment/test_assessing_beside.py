"""What an answer owes its reader where other processes run beside."""

import attrs
import numpy as np
import pytest

from cases import GUESSES, SIDE_GAINS, some_case
from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Reading,
    Stage,
    Weights,
    assess,
    plan,
)
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition import row_solutions
from interviewfit._competition.scenarios import RivalScenarios
from interviewfit._model.vocabulary import ASPECTS

NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)
ONLY_THE_JOB = Candidate(weights=Weights(networking=0, practice=0, hidden_role=0))
# 3 h and 4 h around it, passed by four in ten, nothing to be reshaped.
PANEL = Stage(kind="panel", reshape_chance=0)


def job(
    name: str, pay: float, sd: float, *stages: Stage, phase: Phase = Phase.BEFORE
) -> Opportunity:
    """A job of which all but the pay is known, and is like the one somebody has."""
    beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
    beliefs["pay"] = Belief(mean=pay, sd=sd)
    return Opportunity(
        name=name, stages=stages, beliefs=beliefs, position=Position(phase=phase)
    )


OTHERS = [job("Bolt", 12.0, 6.0, PANEL), job("Cask", 8.0, 9.0, PANEL, PANEL)]


def option(mean: float) -> float:
    """What a job for sure would add to the others, by two plans."""
    offer = job("Sure", mean, 0.0, PANEL, phase=Phase.OFFERED)
    return plan(ONLY_THE_JOB, [*OTHERS, offer]).value - plan(ONLY_THE_JOB, OTHERS).value


class TestInformation:
    def test_of_a_stage_is_against_going_to_it_blindly(self) -> None:
        """Seven hours for four chances in ten of a job that adds that much."""
        one = job("Acme", 20.0, 5.0, PANEL)

        found = assess(ONLY_THE_JOB, one, beside=OTHERS)

        blind = 0.4 * option(20.0) - 7.0
        assert option(20.0) < 0.95 * 36 * 20
        assert found.information_value == pytest.approx(found.value - blind, rel=1e-9)
        assert found.information_value > 0.1

    def test_of_an_offer_is_against_what_it_adds_as_it_is(self) -> None:
        offer = attrs.evolve(
            job("Acme", 3.0, 0.0, PANEL, phase=Phase.OFFERED), signals=[NEWS]
        )

        alone = assess(ONLY_THE_JOB, offer)
        waiting = alone.choice(Action.POSTPONE)

        assert alone.action is Action.POSTPONE
        assert alone.mean == pytest.approx(3.0)
        assert alone.information_value == pytest.approx(waiting.value - 108.0)
        assert alone.information_value > 1.0

    def test_of_two_stages_counts_both_chances(self) -> None:
        """7 h, and in four cases of ten again: 36 h x 30 x .16, less 9.8 h."""
        found = assess(ONLY_THE_JOB, job("Acme", 30.0, 9.0, PANEL, PANEL))

        assert found.value - found.information_value == pytest.approx(
            172.8 - 9.8, rel=1e-9
        )


class TestWithout:
    @pytest.mark.parametrize("seed", range(24))
    def test_beside_an_offer_too_it_names_what_the_answer_hangs_on(
        self, seed: int
    ) -> None:
        """An offer in hand weighs the same whatever side gains weigh, so asking again
        with no weight on them is the same question.
        """
        someone, one = some_case(seed)
        beside = [job("Bolt", 4.0 + seed % 5, 0.0, PANEL, phase=Phase.OFFERED)]

        def action(*terms: str) -> Action:
            weights = attrs.evolve(someone.weights, **dict.fromkeys(terms, 0.0))
            who = attrs.evolve(someone, weights=weights)
            return assess(who, one, beside=beside).choices[0].action

        found = assess(someone, one, beside=beside)

        assert found.action_without_side_values is action(*SIDE_GAINS)
        assert found.decisive_priors == tuple(
            prior
            for term, prior in GUESSES.items()
            if action(term) is not found.choices[0].action
        )


class TestItself:
    @pytest.mark.parametrize("kind", ["executive", "hr_screen", "take_home"])
    def test_beside_nothing_but_itself_it_is_alone(self, kind: str) -> None:
        """Beside others, passes that tell of the fit are solved as constant rates."""
        acme = Opportunity(name="Acme", stages=[Stage(kind=kind)], mutual_fit=-0.1)

        found = assess(Candidate(), acme, beside=[acme])

        assert found == assess(Candidate(), acme)
        assert found.value == pytest.approx(plan(Candidate(), [acme]).value)


class TestOfferThatEndsTheSearch:
    def test_nothing_is_solved_beside_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What nobody comes to was solved beside all others, which took seconds."""
        one, other = (
            attrs.evolve(job, mutual_fit=0.4, unresearched=True)
            for job in (job("Acme", 20.0, 5.0, PANEL), OTHERS[0])
        )
        found = assess(ONLY_THE_JOB, one, beside=[other])
        problem = compile_problem(found.decision)
        assert problem.rivals is not None
        over = attrs.evolve(problem.rivals, parts=(), ended=np.ones(1))
        problem = attrs.evolve(problem, rivals=over)
        with monkeypatch.context() as patch:
            patch.setattr(row_solutions, "tabulate_rows", None)
            quick, in_rows = evaluate(problem), evaluate(problem, 1)
        monkeypatch.setattr(RivalScenarios, "is_over", False)
        whole = evaluate(problem)

        assert len(whole.ranking.values) == 3
        for mine in (quick, in_rows):
            assert mine.ranking.codes == whole.ranking.codes
            assert mine.ranking.values == pytest.approx(whole.ranking.values)
            assert mine.thresholds == pytest.approx(whole.thresholds)
