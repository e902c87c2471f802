"""Values of every action once an aspect is known, against that decision assessed."""

from functools import partial

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Weights,
    assess,
    corporate,
    questions,
    small_firm,
)
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray
from interviewfit._numeric.expected_maximum import expected_maximum
from interviewfit.sensitivity._conditional_decision import ConditionalDecision

OTHERS = (
    Opportunity(name="Birch", stages=small_firm()),
    Opportunity(
        name="Cedar", stages=corporate(), beliefs={"role": Belief(mean=14, sd=3)}
    ),
)
JOBS = {
    "unknown": Opportunity(name="Acme", stages=small_firm()),
    "to wait for": Opportunity(
        name="Acme",
        stages=small_firm(),
        beliefs={"role": Belief(mean=6, sd=4)},
        signals=["merger_talks"],
        unresearched=True,
    ),
    "an offer": Opportunity(
        name="Acme",
        stages=small_firm(),
        signals=["merger_talks"],
        position=Position(phase=Phase.OFFERED),
    ),
    # What rounds behind have shown was promised to another role there, whatever is
    # known of this one, so that no stated belief stands for it: no other role here.
    "midway": Opportunity(
        name="Acme",
        stages=small_firm(),
        hidden_role=0,
        position=Position(phase=Phase.MIDWAY, stage=1),
    ),
}
ASPECTS = ("role", "culture")
WHO = Candidate(priorities={"culture": 1.5, "commute": 0})


def decided(
    job: Opportunity,
    conditional: ConditionalDecision,
    aspect: str,
    z: float,
    beside: tuple[Opportunity, ...],
) -> list[float]:
    """The value of every action, once the aspect is known to be *z* deviations off."""
    belief = conditional.beliefs[aspect]
    known = Belief(mean=belief.mean + belief.sd * z, sd=0)
    sure = evolve(job, beliefs={**job.beliefs, aspect: known})
    answer = assess(WHO, sure, beside=beside)
    worths = {choice.action: choice.value for choice in answer.choices}
    staying = Action.FINISH_POLITELY
    if staying in worths:
        worths[Action.CONTINUE] = worths.pop(staying)
    return [worths[action] for action in Action if action in worths]


class TestConditionalDecision:
    @pytest.mark.parametrize("beside", [(), OTHERS], ids=["alone", "beside"])
    @pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
    def test_a_point_is_a_decision_of_its_own(
        self, job: Opportunity, beside: tuple[Opportunity, ...]
    ) -> None:
        if beside and job.position.phase is Phase.OFFERED:
            # With an offer in hand rows take practice as it was with the stated offer.
            job = evolve(job, stays_open=0.0)
        conditional = ConditionalDecision(assess(WHO, job, beside=beside))
        z = np.linspace(-4.0, 4.0, 5)
        curves = partial(conditional.action_values, ASPECTS)
        for number, aspect in enumerate(ASPECTS):
            found = curves(np.full(z.size, number), z)

            expected = np.array(
                [decided(job, conditional, aspect, at, beside) for at in z.tolist()]
            ).T
            assert np.sort(found, axis=0) == pytest.approx(
                np.sort(expected, axis=0), rel=1e-9, abs=1e-7
            )

    def test_the_mean_is_that_over_the_points_one_by_one(self) -> None:
        job = JOBS["unknown"]
        answer = assess(WHO, job, beside=OTHERS)
        conditional = ConditionalDecision(answer)

        def curves(_: IndexArray, z: FloatColumn) -> FloatArray:
            return np.array(
                [decided(job, conditional, "role", at, OTHERS) for at in z.tolist()]
            ).T

        expected = max(0.0, expected_maximum(curves, 1).item() - answer.value)
        found = next(
            value.value for value in questions(answer) if value.aspect == "role"
        )
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)

    def test_an_aspect_that_counts_for_nothing_harms_no_other(self) -> None:
        """It is of the company, and another role there would share it."""
        weights = Weights(hidden_role=20.0)
        who = Candidate(weights=weights, priorities={"commute": 0})
        found = questions(assess(who, JOBS["unknown"]))

        assert all(np.isfinite(value.value) for value in found)
        assert "commute" not in {value.aspect for value in found}
