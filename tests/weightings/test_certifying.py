"""Certificates hold for every weighting, and a counter-example turns the advice."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

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
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import ASPECTS as ALL_ASPECTS
from interviewfit.weightings import Certificate, certify
from interviewfit.weightings._box import read_box

ASPECTS = ALL_ASPECTS[:8]
KINDS = (corporate, small_firm, technical)
WEIGHTS = ("offer", "networking", "practice", "hidden_role", "time", "bail")
ALL: dict[str, Any] = {
    "priorities": dict.fromkeys(ASPECTS, (0.5, 2.0)),
    "weights": dict.fromkeys(WEIGHTS, (0.5, 2.0)),
}


def random_assessment(rng: np.random.Generator) -> Assessment:
    """An opportunity of any kind, at any position, with some beliefs."""
    stages = KINDS[rng.integers(3)]()
    phase = str(rng.choice(["before", "midway", "offered"], p=[0.6, 0.25, 0.15]))
    stage = len(stages) - 1 if phase == "offered" else int(rng.integers(len(stages)))
    aspects = rng.choice(ASPECTS, rng.integers(0, 6), replace=False)
    job = Opportunity(
        name="Acme",
        stages=stages,
        beliefs={
            str(aspect): Belief(
                mean=float(rng.normal(-5.0, 12.0)), sd=float(rng.uniform(1.0, 10.0))
            )
            for aspect in aspects
        },
        position=Position(phase=phase, stage=stage),
        via_recruiter=bool(rng.random() < 0.3),
        knows_someone=bool(rng.random() < 0.3),
        unresearched=bool(rng.random() < 0.2),
        signals=["merger_talks"] if rng.random() < 0.15 else [],
    )
    return assess(Candidate(fallback=float(rng.normal(0.0, 5.0))), job)


def random_limits(rng: np.random.Generator) -> dict[str, Any]:
    """Limits around 1 for some priorities and weights."""

    def some(names: Any, least: int) -> dict[str, tuple[float, float]]:
        chosen = rng.choice(names, rng.integers(least, 5), replace=False)
        return {
            str(name): (float(rng.uniform(0, 1)), float(rng.uniform(1, 2.5)))
            for name in chosen
        }

    return {"priorities": some(ASPECTS, 1), "weights": some(WEIGHTS, 0)}


def reweighted(answer: Assessment, weighting: dict[str, float]) -> Assessment:
    """The same decision, assessed by somebody with another weighting."""
    decision = answer.decision
    candidate = decision.candidate
    priorities = dict(candidate.priorities)
    weights: dict[str, float] = {}
    for name, number in weighting.items():
        prefix, _, word = name.partition(".")
        (priorities if prefix == "priorities" else weights)[word] = number
    candidate = evolve(
        candidate, priorities=priorities, weights=evolve(candidate.weights, **weights)
    )
    return assess(candidate, decision.opportunity, assumptions=decision.assumptions)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_no_weighting_contradicts_a_certificate(seed: int) -> None:
    """300 such decisions with 2,000 weightings each: ``benchmarks.weightings``."""
    rng = np.random.default_rng(seed)
    answer, limits = random_assessment(rng), random_limits(rng)
    certificate = certify(answer, **limits)
    box = read_box("certify", answer.decision, **limits)
    points = rng.uniform(box.low, box.high, (100, len(box.names)))
    best = set(box.evaluate(points).ranking.best)

    if certificate.holds:
        assert best == {certificate.action}
    if certificate.holds is False:
        inside = dict(zip(box.names, box.present.tolist(), strict=True))
        turned = reweighted(answer, inside | dict(certificate.turned_by))
        assert turned.action is certificate.turned_to
        assert turned.action is not certificate.action


def test_leads_are_never_smaller_than_said() -> None:
    answer = assess(
        Candidate(),
        Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"role": Belief(mean=15, sd=5)},
            position=Position(stage=1),
        ),
    )
    certificate = certify(answer, **ALL)
    box = read_box("certify", answer.decision, **ALL)
    rng = np.random.default_rng(2)
    points = rng.choice([0.5, 2.0], (1000, len(box.names)))

    assert certificate.holds
    assert box.evaluate(points).lead(1).min() >= certificate.lead > 0.0


def test_few_weightings_are_evaluated() -> None:
    """Eight priorities and six weights: corners of the priorities, no more."""
    answer = assess(
        Candidate(),
        Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"role": Belief(mean=-300, sd=5)},
        ),
    )

    weights = dict.fromkeys(WEIGHTS, (0.0, 1.0)) | {"time": (1.0, 3.0)}
    certificate = certify(answer, priorities=ALL["priorities"], weights=weights)

    assert (certificate.action, certificate.holds) == (Action.DECLINE, True)
    assert certificate.evaluations <= 300


@pytest.mark.parametrize("mean", [-200.0, 0.0])
def test_a_dealbreaker_decides_whatever_one_weighs(mean: float) -> None:
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        tags=["oil"],
        beliefs={"pay": Belief(mean=mean, sd=5)},
    )
    answer = assess(Candidate(dealbreakers=["oil"]), job)

    assert certify(answer, priorities={"pay": (0, 9)}).holds


def test_a_box_of_one_point_holds() -> None:
    answer = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

    assert certify(answer, priorities={"pay": (1, 1)}).holds


class TestWords:
    def certificate(self, mean: float, **limits: Any) -> Certificate:
        beliefs = {"role": Belief(mean=mean, sd=5)}
        job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
        return certify(assess(Candidate(), job), **limits)

    def test_what_holds_says_within_which_limits(self) -> None:
        text = str(self.certificate(-60, priorities={"role": (0.8, 2)}))

        assert text.startswith("decline, whatever you care about within these limits: ")
        assert "the role 0.8 to 2 times" in text

    def test_what_turns_says_when(self) -> None:
        certificate = self.certificate(-30, priorities={"role": (0, 2), "pay": (1, 1)})
        text = str(certificate)

        assert text.startswith("decline turns into take it if these count so much: the")
        assert list(certificate.turned_by) == ["priorities.role"]
        assert repr(certificate) == "<Certificate: decline can turn in 2 limits>"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"priorities": {"pay": (2, 0.5)}}, r"priorities\['pay'\].*lower one first"),
        (
            {"priorities": {"pay": (0, 130)}},
            r"priorities\['pay'\].*at most 20.*It is a factor",
        ),
        ({"priorities": {"salary": (0, 2)}}, "Did you mean 'priorities.pay'"),
        ({"priorities": {"pay": (-1, 2)}}, r"at least 0.*\(-1, 2\)"),
        ({"priorities": {"pay": (0, float("inf"))}}, "finite"),
        ({"priorities": {"pay": 2}}, r"a lower and an upper limit.*Write \(0.5, 2\)"),
        ({"priorities": ["pay"]}, r"certify\(priorities\).*mapping"),
        ({"priorities": {"view": (0, 1)}}, r"priorities.view"),
        ({"weights": {"tmie": (0, 1)}}, r"Did you mean 'weights.time'"),
        ({}, r"limits of a number"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused(limits: Any, message: str) -> None:
    answer = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

    with pytest.raises(InvalidFieldError, match=message):
        certify(answer, **limits)


class TestBesideOthers:
    """Values are not convex there: nothing is proved, but much is tried."""

    @staticmethod
    def answer(role: float) -> Assessment:
        beliefs = {"role": Belief(mean=role, sd=8)}
        jobs = [
            Opportunity(name="Acme", stages=corporate()[:2], beliefs=beliefs),
            Opportunity(name="Bolt", stages=corporate()[:2]),
        ]
        return assess(Candidate(), jobs[0], beside=jobs[1:])

    @pytest.mark.parametrize("role", [-6.0, -20.0])
    def test_a_weighting_that_turns_the_advice_does_so_when_assessed(
        self, role: float
    ) -> None:
        answer = self.answer(role)

        found = certify(answer, priorities={"role": (0, 5)}, weights={"time": (0.2, 8)})

        assert found.action is answer.action
        assert found.holds is False
        present = {"priorities.role": 1.0, "weights.time": 1.0}
        who = present | dict(found.turned_by)
        candidate = Candidate(
            priorities={"role": who["priorities.role"]},
            weights=Weights(time=who["weights.time"]),
        )
        decision = answer.decision
        turned = assess(candidate, decision.opportunity, beside=decision.beside)
        assert turned.action is found.turned_to

    def test_where_none_is_found_nothing_is_claimed(self) -> None:
        found = certify(self.answer(0.0), priorities={"role": (0.9, 1.1)})

        assert found.holds is None
        assert "is not proved" in str(found)
        assert found.lead > 0.0


class TestPassesThatTell:
    """Where the employer's view goes with the fit, priorities move the chances."""

    @staticmethod
    def answer(role: float, mutual_fit: float | None = 0.3) -> Assessment:
        beliefs = {"role": Belief(mean=role, sd=8)}
        job = Opportunity(
            name="Acme", stages=corporate(), beliefs=beliefs, mutual_fit=mutual_fit
        )
        return assess(Candidate(), job)

    def test_no_proof_by_convexity_is_claimed(self) -> None:
        limits = {"role": (0.8, 1.5), "pay": (0.5, 1.5)}

        told = certify(self.answer(-60.0), priorities=limits)

        assert told.holds is None
        assert "is not proved for all weightings" in str(told)
        assert certify(self.answer(-60.0, None), priorities=limits).holds

    def test_a_weighting_that_turns_the_advice_is_found(self) -> None:
        limits = {"role": (0.1, 2.0), "pay": (0.5, 1.5)}
        found = self.answer(-40.0)

        told = certify(found, priorities=limits)

        assert told.holds is False
        assert told.turned_to is Action.TAKE
        who = Candidate(
            priorities={
                name.removeprefix("priorities."): value
                for name, value in told.turned_by.items()
            }
        )
        assert assess(who, found.decision.opportunity).action is Action.TAKE

    def test_weights_of_terms_are_certified_as_ever(self) -> None:
        found = self.answer(5.0)

        told = certify(found, weights={"time": (0.5, 1.5), "offer": (0.8, 1.2)})

        assert told.holds is True
        for time in (0.5, 1.0, 1.5):
            for offer in (0.8, 1.2):
                who = Candidate(weights=Weights(time=time, offer=offer))
                answer = assess(who, found.decision.opportunity)
                assert answer.action is found.action
                assert answer.margin >= told.lead - 1e-9

    def test_the_value_is_convex_in_a_weight_of_a_term(self) -> None:
        job = self.answer(-10.0).decision.opportunity
        values = [
            assess(Candidate(weights=Weights(time=time)), job).displayed_choice.value
            for time in np.linspace(0.2, 3.0, 15)
        ]

        assert (np.diff(values, 2) >= -1e-8).all()


def test_what_does_not_vary_makes_no_corner() -> None:
    """Fourteen numbers that pull both ways are taken, and fixed ones beside them."""
    names = [f"aspect {number}" for number in range(30)]
    job = Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={name: Belief(mean=0.4, sd=1) for name in names},
        position=Position(phase="offered"),
        questions_asked=True,
    )
    found = assess(Candidate(), job)
    varied = dict.fromkeys(names[:3], (0.9, 1.1))
    fixed = dict.fromkeys(names[3:], (1.0, 1.0))

    both = certify(found, priorities={**varied, **fixed})

    assert both.holds == certify(found, priorities=varied).holds
    assert both.lead == certify(found, priorities=varied).lead
