"""Questions beside other processes, against the same worked out point by point."""

import numpy as np
import pytest

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    assess,
    corporate,
    questions,
    small_firm,
)
from interviewfit._assessment.alternatives import compile_case, open_courses
from interviewfit._assessment.choices import weigh
from interviewfit._model.fields import unchecked
from interviewfit._numeric.arrays import FloatArray, FloatColumn, IndexArray, total
from interviewfit._numeric.expected_maximum import expected_maximum
from interviewfit.sensitivity._conditional import (
    Beside,
    ConditionalDecision,
    RevealedAspects,
)
from interviewfit.sensitivity._information_value import Foresight

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
    "midway": Opportunity(
        name="Acme",
        stages=small_firm(),
        position=Position(phase=Phase.MIDWAY, stage=1),
    ),
}


def lines(whole: Foresight) -> list[RevealedAspects]:
    """An aspect of the role, one of the company, and both together."""
    role, culture = whole.sds["role"], whole.sds["culture"]
    return [
        RevealedAspects(("role",), 0.0, role),
        RevealedAspects(("culture",), culture, 0.0),
        RevealedAspects(("culture", "role"), culture, role),
    ]


def worths(
    outlook: ConditionalDecision, line: RevealedAspects, at: float
) -> list[float]:
    """Of every action at one point, solved and played beside the others for itself."""
    shared = line.firm * line.firm / line.spread * at
    moved = line.spread * at
    posterior, process, solutions = outlook.solved(line.asked, shared, moved)
    mean = process.percent * process.mean
    return [
        total(one.terms.values())
        if solution is None
        else weigh(one, solution, mean, outlook.case.rivals)
        for one, solution in zip(
            open_courses(outlook.case, posterior, process), solutions, strict=True
        )
    ]


def one_by_one(foresight: Foresight, job: Opportunity) -> ConditionalDecision:
    """The same decision beside rivals, as a single decision is."""
    case = compile_case(assess(Candidate(), job, beside=OTHERS).decision)[0]
    return unchecked(foresight.whole, case=case)


class TestBeside:
    @pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
    def test_a_point_is_a_decision_of_its_own(self, job: Opportunity) -> None:
        foresight = Foresight.of(assess(Candidate(), job, beside=OTHERS))
        asked, at = lines(foresight), np.linspace(-4.0, 4.0, 9)
        slow = one_by_one(foresight, job)
        for number, line in enumerate(asked):
            which = np.full(at.size, number)
            for curves in (
                Beside(foresight.whole, asked),
                Beside(foresight.whole, [line]),
            ):
                own = which if len(curves.lines) > 1 else np.zeros_like(which)
                found = curves(own, at)

                expected = np.array([worths(slow, line, z) for z in at.tolist()]).T
                assert found == pytest.approx(expected, rel=1e-10, abs=1e-8)

    def test_the_mean_is_that_over_the_points_one_by_one(self) -> None:
        job = JOBS["unknown"]
        answer = assess(Candidate(), job, beside=OTHERS)
        foresight = Foresight.of(answer)
        slow, line = one_by_one(foresight, job), lines(foresight)[0]

        def curves(_: IndexArray, at: FloatColumn) -> FloatArray:
            return np.array([worths(slow, line, z) for z in at.tolist()]).T

        expected = max(0.0, expected_maximum(curves, 1).item() - answer.value)
        found = next(
            one.worth
            for one in questions(answer, pairs=False)
            if one.aspects == ("role",)
        )
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)
