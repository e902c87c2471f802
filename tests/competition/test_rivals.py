"""Rivals of many rows against an index policy for each row, and by hand."""

import numpy as np
import pytest
from attrs import evolve, fields

from interviewfit._assessment.alternatives import Alternative
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._numeric.arrays import FloatColumn, Number
from interviewfit._process.compilation import Step
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.solution import Solution, solve


def make_chain(
    mean: float, *steps: tuple[float, float, float, float, float]
) -> ChainParameters[float]:
    """A process from its steps: reward, chance to survive, drift, reveal and exit."""
    reward, survive, drift, reveal, leaving = zip(*steps, strict=True)
    return ChainParameters(mean, reward, survive, drift, reveal, leaving)


STEADY = make_chain(40.0, (-3.0, 1.0, 0.0, 60.0, 0.0), (-4.0, 0.4, 5.0, 30.0, -2.0))
SHARP = make_chain(-20.0, (-1.0, 1.0, 0.0, 4.0, 0.0), (-6.0, 0.7, 0.0, 200.0, 0.0))
KNOWN = make_chain(90.0, (-2.0, 0.5, 0.0, 0.0, 0.0), (-2.0, 0.9, -3.0, 0.0, 0.0))
TAKEN_ANYWAY = make_chain(0.0, (1.0, 1.0, 0.0, 50.0, 0.0), (2.0, 0.6, 0.0, 80.0, 0.0))
HOPELESS = make_chain(-900.0, (-5.0, 0.3, 0.0, 20.0, 0.0))
CROWDS = {
    "none": [],
    "one": [STEADY],
    "sharp": [SHARP, KNOWN],
    "anyway": [TAKEN_ANYWAY, HOPELESS],
    "all": [STEADY, SHARP, KNOWN, TAKEN_ANYWAY, HOPELESS],
}
MEANS = np.linspace(-300.0, 500.0, 41)


def evaluate_each(
    course: Alternative[float],
    solution: Solution,
    mean: float,
    rivals: RivalDistribution,
) -> float:
    """The value of the first step beside rivals, one by one."""
    moments, turn = rivals.outcome(mean, solution)
    return float(moments.continuation_value) + (1.0 - turn) * course.steps[0].exit


def course_of(own: ChainParameters[float]) -> Alternative[float]:
    numbers = (own.reward, own.survive, own.drift, own.reveal, own.exit)
    steps = tuple(
        Step(
            stage=place,
            phase=Phase.BEFORE,
            title="",
            reward_terms={Term.TIME: reward},
            exit_terms={Term.BAIL: leaving},
            survive=survive,
            drift=drift,
            reveal=reveal,
            hours=0.0,
            days=0.0,
        )
        for place, (reward, survive, drift, reveal, leaving) in enumerate(
            zip(*numbers, strict=True)
        )
    )
    return Alternative(Action.CONTINUE, steps)


def solved(own: ChainParameters[float]) -> Solution:
    return solve(*np.moveaxis(own.table(2), 1, 0))


def going(
    others: RivalDistribution, own: ChainParameters[float], means: FloatColumn
) -> FloatColumn:
    which = np.zeros(means.size, dtype=np.intp)
    return others.value_beside(
        solved(own), which, means, np.full(means.size, own.exit[0])
    )


def columns_of(chain: ChainParameters[float]) -> ChainParameters[Number]:
    """The same chain, of whose numbers any might be a column."""
    return ChainParameters(
        chain.mean, chain.reward, chain.survive, chain.drift, chain.reveal, chain.exit
    )


class TestOthers:
    @pytest.mark.parametrize("base", [0.0, 25.0])
    @pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS)
    def test_are_worth_what_an_index_policy_says(
        self, crowd: list[ChainParameters[float]], base: float
    ) -> None:
        policy = SolvedProcesses.of(crowd).index_policy(base)
        found = RivalDistribution.of(crowd, base, 1)

        assert found.value == pytest.approx(policy.value, rel=1e-12, abs=1e-10)
        assert found.leaving == pytest.approx(sum(one.exit[0] for one in crowd))

    @pytest.mark.parametrize("base", [0.0, 25.0])
    @pytest.mark.parametrize("own", CROWDS["all"], ids=range(5))
    @pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS)
    def test_leave_every_mean_what_playing_it_beside_them_leaves(
        self,
        crowd: list[ChainParameters[float]],
        own: ChainParameters[float],
        base: float,
    ) -> None:
        """One by one, each mean as a decision of its own."""
        rivals = RivalDistribution.of(crowd, base, 1)
        course, alone = course_of(own), solve(*own.steps)

        found = going(rivals, own, MEANS)

        slow = [evaluate_each(course, alone, mean, rivals) for mean in MEANS.tolist()]
        assert found == pytest.approx(np.array(slow), rel=1e-11, abs=1e-9)

    @pytest.mark.parametrize("base", [0.0, 25.0])
    @pytest.mark.parametrize("own", CROWDS["all"], ids=range(5))
    @pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS)
    def test_lead_a_process_where_an_index_policy_of_all_leads_it(
        self,
        crowd: list[ChainParameters[float]],
        own: ChainParameters[float],
        base: float,
    ) -> None:
        """All moments, the chances of each step, and the chance that its turn comes."""
        rivals = RivalDistribution.of(crowd, base, 1)
        for mean in MEANS[::4].tolist():
            process = evolve(own, mean=mean)

            found, begun = rivals.outcome(mean, solve(*process.steps))

            if SolvedProcesses.of([process]).indices[0] <= base:
                process = process.committed_to([0])
            whole = SolvedProcesses.of([*crowd, process])
            policy = whole.index_policy(base)
            mixtures = [policy.mixture(row) for row in range(len(crowd) + 1)]
            expected = whole.evaluate_mixtures(mixtures)[-1]
            assert begun == pytest.approx(mixtures[-1].start_probability, abs=1e-9)
            for name in (field.name for field in fields(OutcomeMoments)):
                wanted = getattr(expected, name)
                scale = 1.0 + np.abs(wanted).max() + abs(mean)
                assert getattr(found, name) == pytest.approx(wanted, abs=1e-9 * scale)

    @pytest.mark.parametrize("surplus", [-40.0, 10.0, 80.0, 600.0])
    @pytest.mark.parametrize("base", [0.0, 25.0])
    @pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS)
    def test_gain_by_a_sure_job_what_they_gain_with_it_in_hand(
        self, crowd: list[ChainParameters[float]], base: float, surplus: float
    ) -> None:
        rivals = RivalDistribution.of(crowd, base)

        held = RivalDistribution.of(crowd, max(base, surplus))

        assert rivals.value_of_job(surplus) == pytest.approx(
            held.value[0] - rivals.value[0], abs=1e-8
        )

    @pytest.mark.parametrize("reveal", [0.0, 1e-6, 1e-2, 1.0])
    def test_beside_an_offer_alone_a_chance_however_sharp_is_seen(
        self, reveal: float
    ) -> None:
        """
        Only what exceeds the offer counts, so it is the same process from 25 h below.
        """
        own = make_chain(
            0.0, (-1.0, 1.0, 0.0, reveal, 0.0), (-6.0, 0.7, 0.0, 200.0, 0.0)
        )
        at = np.concatenate((MEANS, np.linspace(-242.0, -225.0, 18)))

        found = going(RivalDistribution.of([], 25.0, 1), own, at)

        chain = solve(*own.steps)
        turned = at - 25.0 > chain.thresholds[0, 0]
        go = chain.continuation_value(at - 25.0)
        assert found == pytest.approx(np.where(turned, np.maximum(go, 0.0), go))

    def test_a_toss_for_a_hundred_hours_leaves_the_rest_of_the_time(self) -> None:
        """
        The other comes to 100 h in one of two cases; a job of 60 h for sure is taken in
        the other, and a job of 130 h adds 80.
        """
        toss = make_chain(100.0, (0.0, 0.5, 0.0, 0.0, 0.0))
        sure = make_chain(60.0, (0.0, 1.0, 0.0, 0.0, 0.0))

        others = RivalDistribution.of([toss], 0.0, 1)

        assert others.value == pytest.approx(50.0)
        assert going(others, sure, np.array([60.0, 130.0])) == pytest.approx(
            [30.0, 80.0]
        )

    def test_rows_of_the_same_numbers_share_what_is_worked_out(self) -> None:
        """Of four rows two are alike, so three are kept."""
        many = ChainParameters[Number](
            np.array([40.0, 10.0, 40.0, 70.0]),
            STEADY.reward,
            STEADY.survive,
            STEADY.drift,
            STEADY.reveal,
            STEADY.exit,
        )

        found = RivalDistribution.of([many, columns_of(SHARP)], 5.0, 4)

        assert found.base.size == 3
        assert found.row[0] == found.row[2]
        values = np.asarray(found.value)
        for row, mean in enumerate([40.0, 10.0, 40.0, 70.0]):
            one = make_chain(mean, *zip(*_parts(STEADY), strict=True))
            alone = RivalDistribution.of([one, SHARP], 5.0, 1)
            assert values[row] == np.asarray(alone.value)[0]


def _parts(own: ChainParameters[float]) -> tuple[tuple[float, ...], ...]:
    return own.reward, own.survive, own.drift, own.reveal, own.exit


def test_however_far_out_they_are_worth_the_same() -> None:
    """
    All means and the alternative 2**25 h higher: what points cannot tell is not sought.
    """
    far = 2.0**25
    chains = [STEADY, SHARP, TAKEN_ANYWAY]
    moved = [evolve(one, mean=one.mean + far) for one in chains]

    found = RivalDistribution.of(moved, far, 1)

    assert found.value - far == pytest.approx(
        RivalDistribution.of(chains, 0.0, 1).value, abs=1e-6
    )
    assert found.start.size <= 2 * RivalDistribution.of(chains, 0.0, 1).start.size
