"""Shares of weightings against plain sampling, and what is refused."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Position,
    Weights,
    assess,
    corporate,
    robustness,
)
from interviewfit._model.vocabulary import ACTIONS, ASPECTS as ALL_ASPECTS
from interviewfit._numeric.arrays import FloatArray
from interviewfit.weightings import acceptability
from interviewfit.weightings._box import read_box

ASPECTS = ALL_ASPECTS[:8]
BOX = dict.fromkeys(ASPECTS, (0.0, 2.0))


def answer(pay: float, role: float, **more: Any) -> Assessment:
    beliefs = {"pay": Belief(mean=pay, sd=3), "role": Belief(mean=role, sd=5)}
    job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs, **more)
    return assess(Candidate(), job)


CASES = {
    "before": answer(-20, -8),
    "midway": answer(-14, -12, position=Position(phase="midway", stage=1)),
    "researched first": answer(-12, -16, unresearched=True),
    "an offer": answer(8, -4, position=Position(phase="offered"), questions_asked=True),
    "an offer to ask about": answer(4, -3, position=Position(phase="offered")),
    "news to come": answer(-10, -12, signals=["merger_talks"]),
}


def compare(found: Assessment, points: FloatArray, **how: Any) -> None:
    """Shares and central weightings against points drawn one by one."""
    box = read_box("acceptability", found.decision, BOX, {})
    codes = box.evaluate(points).ranking.codes
    shares = acceptability(found, **how)

    for action in ACTIONS:
        chosen = codes == ACTIONS.index(action)
        sampled = chosen.mean()
        error = np.hypot(
            np.sqrt(sampled * (1.0 - sampled) / len(points)),
            max((s.standard_error for s in shares.shares), default=0.0),
        )
        assert abs(shares.share_of(action) - sampled) <= 4.5 * error + 1e-4
    assert sum(entry.share for entry in shares.shares) == pytest.approx(1.0)
    largest = shares.shares[0]
    chosen = codes == ACTIONS.index(largest.action)
    central = list(largest.central.values())
    assert central == pytest.approx(points[chosen].mean(axis=0).tolist(), abs=0.06)


@pytest.mark.parametrize("name", CASES)
def test_a_box_against_plain_sampling(name: str) -> None:
    points = np.random.default_rng(4).uniform(0.0, 2.0, (4_000, len(ASPECTS)))

    compare(CASES[name], points, priorities=BOX)


@pytest.mark.parametrize("name", ["before", "midway"])
def test_a_simplex_against_plain_sampling(name: str) -> None:
    points = np.random.default_rng(5).exponential(size=(4_000, len(ASPECTS)))
    points *= len(ASPECTS) / points.sum(axis=1, keepdims=True)

    compare(CASES[name], points, relative=ASPECTS)


def test_a_small_simplex_against_plain_sampling() -> None:
    """Of few numbers, changes lie far from the ends of a ray."""
    found, names = answer(12, -35), ("pay", "role", "culture")
    points = np.random.default_rng(6).exponential(size=(40_000, 3))
    points *= 3.0 / points.sum(axis=1, keepdims=True)
    box = read_box("acceptability", found.decision, dict.fromkeys(names, (0, 3)), {})
    take = ACTIONS.index(Action.TAKE)
    sampled = float((box.evaluate(points).ranking.codes == take).mean())

    shares = acceptability(found, relative=names)

    error = np.hypot(0.5 / np.sqrt(len(points)), shares.shares[0].standard_error)
    assert abs(shares.share_of("take") - sampled) <= 4.5 * error


@pytest.mark.parametrize("name", ["before", "researched first", "an offer"])
def test_a_first_look_is_enough_where_much_error_is_allowed(name: str) -> None:
    points = np.random.default_rng(4).uniform(0.0, 2.0, (4_000, len(ASPECTS)))

    compare(CASES[name], points, priorities=BOX, error=0.03)

    assert acceptability(CASES[name], priorities=BOX, error=0.03).evaluations < 600


def test_a_first_look_at_a_simplex_is_uniform() -> None:
    points = np.random.default_rng(5).exponential(size=(4_000, len(ASPECTS)))
    points *= len(ASPECTS) / points.sum(axis=1, keepdims=True)

    compare(CASES["before"], points, relative=ASPECTS, error=0.03)


def test_beside_others_the_shares_are_those_of_the_decision_beside_them() -> None:
    """Against weightings that are assessed one by one, beside the others each time."""
    beliefs = {"role": Belief(mean=-8, sd=8), "pay": Belief(mean=4, sd=6)}
    job = Opportunity(name="Acme", stages=corporate()[:1], beliefs=beliefs)
    bolt = Opportunity(name="Bolt", stages=corporate()[:1])
    found = assess(Candidate(), job, beside=[bolt])
    rng = np.random.default_rng(7)
    taken = 0
    for role, time in rng.uniform((0.0, 0.5), (6.0, 4.0), (80, 2)).tolist():
        who = Candidate(priorities={"role": role}, weights=Weights(time=time))
        taken += assess(who, job, beside=[bolt]).action is Action.TAKE
    limits: Any = {"priorities": {"role": (0, 6)}, "weights": {"time": (0.5, 4)}}

    shares = acceptability(found, **limits, error=0.02)

    assert 0 < taken < 80
    share = taken / 80
    error = np.hypot(np.sqrt(share * (1.0 - share) / 80), 0.02)
    assert abs(shares.share_of("take") - share) <= 4.0 * error
    alone = acceptability(assess(Candidate(), job), **limits, error=0.02)
    assert shares != alone


def test_one_priority_has_a_share_that_is_known() -> None:
    """Of one number a share is the length of an interval."""
    found = answer(-20, 0)
    box = read_box("acceptability", found.decision, {"pay": (0.0, 2.0)}, {})
    grid = np.linspace(0.0, 2.0, 20_001)[:, None]
    lead = box.evaluate(grid).lead(1)
    exact = np.interp(0.0, -lead, grid[:, 0]) / 2.0

    shares = acceptability(found, priorities={"pay": (0, 2)})

    assert shares.share_of("take") == pytest.approx(exact, abs=1e-3)


def test_few_weightings_are_evaluated() -> None:
    shares = acceptability(CASES["before"], priorities=BOX)

    assert shares.evaluations <= 15_000
    assert max(entry.standard_error for entry in shares.shares) <= 0.005


def test_what_holds_everywhere_has_the_share_1() -> None:
    (share,) = acceptability(answer(0, -90), priorities={"pay": (0, 2)}).shares

    assert share.action is Action.DECLINE
    assert share.share == pytest.approx(1.0)
    assert share.standard_error == 0.0


def test_the_confidence_is_that_of_robustness() -> None:
    shares = acceptability(CASES["before"], priorities={"pay": (0.5, 1.5)}, draws=50)

    for entry in shares.shares:
        found = CASES["before"].decision
        number = entry.central["priorities.pay"]
        who = evolve(found.candidate, priorities={"pay": number})
        drawn = robustness(assess(who, found.opportunity), 50).shares
        assert entry.confidence == pytest.approx(drawn.get(entry.action, 0.0), abs=0.2)
    assert "of draws there" in str(shares)


def test_it_is_the_same_each_time_and_another_with_another_seed() -> None:
    first, again, other = (
        acceptability(CASES["before"], priorities=BOX, rng=seed) for seed in (0, 0, 1)
    )

    assert first == again
    assert first != other


def test_it_prints_itself() -> None:
    shares = acceptability(CASES["before"], priorities={"pay": (0, 2)})

    for line in str(shares).splitlines():
        assert "% of weightings (give or take " in line
        assert "; on average the pay " in line
    assert repr(shares).startswith("<Acceptability: ")


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"relative": ["pay"]}, "two different aspects"),
        ({"relative": ["pay", "pay"]}, "two different aspects"),
        ({"relative": ["pay", "role"], "priorities": BOX}, "without limits beside"),
        ({"priorities": BOX, "error": 0}, r"acceptability\(error\)"),
        ({"priorities": BOX, "rng": "x"}, r"acceptability\(rng\)"),
        ({}, "limits of a number"),
    ],
)
def test_what_cannot_be_meant_is_refused(how: Any, message: str) -> None:
    with pytest.raises(InvalidFieldError, match=message):
        acceptability(CASES["before"], **how)
