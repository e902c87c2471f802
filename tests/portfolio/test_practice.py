"""What a lesson first is worth, against the plan it stands for."""

import pytest
from attrs import evolve

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.lookahead import LookaheadProblem, look_ahead
from interviewfit._competition.practice import PracticeModel, PracticeValue
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Phase
from interviewfit._process.compilation import Step

TEACHING = PracticeModel(2.0, 0.15, 0.6)
BEFORE = Step(
    stage=0,
    phase=Phase.BEFORE,
    title="x",
    reward_terms={},
    exit_terms={},
    survive=1.0,
    drift=0.0,
    reveal=2.0,
    hours=1.0,
    days=0.0,
)
MIDWAY = evolve(BEFORE, phase=Phase.MIDWAY, survive=0.5)
NOTHING = (0.0, 0.0, 0.0, 0.0)
DREAM = ChainParameters(
    9.0, (-0.3, -0.5), (1.0, 0.4), NOTHING[:2], (4.0, 5.0), NOTHING[:2]
)
# It never leads to a job; whoever goes on after its first interview loses days.
DULL = ChainParameters(
    -500.0,
    (-1.0, -1.5, -50.0, -50.0),
    (1.0, 0.5, 1.0, 0.5),
    NOTHING,
    (2.0, 2.0, 2.0, 2.0),
    NOTHING,
)


def taught(
    *teaches: float, dull: ChainParameters[float] = DULL
) -> tuple[PracticeValue, float, float]:
    """Lessons of dull processes, whose first interview teaches so much, beside a dream.

    With what the dream is worth untaught, and with the most that one teaches.
    """
    dreamt = (BEFORE, MIDWAY)
    steps = [
        dreamt,
        *(
            (BEFORE, evolve(MIDWAY, practice_log_odds=one), BEFORE, MIDWAY)
            for one in teaches
        ),
    ]
    chains = [DREAM, *[dull] * len(teaches)]
    policy = SolvedProcesses.of(chains).index_policy(0.0)
    skilled = DREAM.with_skill(dreamt, 2.0 * max(teaches))
    alone, most = (
        SolvedProcesses.of([one]).index_policy(0.0).value for one in (DREAM, skilled)
    )
    problem = LookaheadProblem(chains, steps, policy, chains, TEACHING)
    return look_ahead([problem])[0], alone, most


def test_one_goes_through_the_interview_that_teaches_and_no_farther() -> None:
    """Two steps are paid for, then all that is left is the dream with the skill."""
    found, alone, skilled = taught(0.3)

    assert found.index_value == pytest.approx(alone, rel=1e-9)
    assert found.values_if_first == pytest.approx({1: skilled - 2.5}, rel=1e-9)
    assert found.best == max(found.index_value, skilled - 2.5)


def test_a_lesson_is_worth_its_share_of_the_greatest() -> None:
    found, alone, skilled = taught(0.2, 0.6, 0.3)

    whole = skilled - alone
    expected = [0.0, whole / 3.0, whole, whole / 2.0]
    assert found.gains == pytest.approx(expected, rel=1e-9)
    assert found.gains[2] > 0.1


def test_a_recruiter_who_remembers_dropping_out_does_not_lower_the_bound() -> None:
    """To be passed on would be worse than to fail, which the bound rules out."""
    minded = evolve(DULL, exit=(0.0, 0.0, -5.0, 0.0))

    free, _, _ = taught(0.3)
    found, _, _ = taught(0.3, dull=minded)

    assert found.upper_bound == free.upper_bound
    assert found.values_if_first[1] < free.values_if_first[1]


def test_where_nothing_is_taught_nobody_goes_first() -> None:
    found, alone, _ = taught(0.0, 0.0)

    assert (
        found.best
        == found.index_value
        == found.upper_bound
        == pytest.approx(alone, rel=1e-9)
    )
    assert not found.gains.any()
