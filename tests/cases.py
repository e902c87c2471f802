"""Processes, people and jobs that several tests share."""

from typing import Any

import numpy as np

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Sign,
    Stage,
    StageKind,
    Term,
    Weights,
    corporate,
    small_firm,
    technical,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Process, Step
from interviewfit._process.news import News

SIDE_GAINS = ("networking", "practice", "hidden_role", "referral")
# The prior that stands for each term nobody has measured.
GUESSES = {
    "networking": "contact",
    "practice": "practice_gain",
    "hidden_role": "hidden_role",
    "referral": "referral",
    "bail": "bail_harm",
    "declining": "refusal",
}


# Nothing is learned for other interviews, so the index policy is exact.
UNTAUGHT = Candidate(weights=Weights(practice=0), interviews_ahead=0)
KINDS = (corporate, small_firm, technical)


def step(
    time: float, survive: float, leaving: dict[Term, float], phase: Phase
) -> Step[float]:
    return Step(
        stage=0,
        phase=phase,
        title="screen",
        reward_terms={Term.TIME: -time},
        exit_terms=leaving,
        survive=survive,
        drift=0.0,
        reveal=0.0,
        hours=time,
        days=0.0,
    )


def process(*steps: Step[float]) -> Process[float]:
    return Process(
        mean=0.0,
        sd=1.0,
        hours_per_percent=36.0,
        steps=steps,
        spoken=0.0,
        news=News(0.0),
    )


def at(phase: str, stage: int = 0, **more: Any) -> Opportunity:
    """A corporate process at some position."""
    given = {"name": "Acme", "stages": corporate(), **more}
    return Opportunity(**given, position=Position(phase=phase, stage=stage))


def some_case(seed: int) -> tuple[Candidate, Opportunity]:
    """Somebody and something at random, side gains large enough to matter often."""
    rng = np.random.default_rng(seed)
    kinds = [kind for kind in StageKind if kind is not StageKind.RESEARCH]
    count = int(rng.integers(1, 4))
    stages = [
        Stage(kind=kinds[rng.integers(5)], hours=rng.exponential(3.0))
        for _ in range(count)
    ]
    phase = ("before", "midway", "midway", "offered")[rng.integers(4)]
    job = at(
        phase,
        int(rng.integers(count)) if phase != "offered" else 0,
        stages=stages,
        signals=[sign for sign in Sign if rng.random() < 0.1],
        beliefs={"pay": Belief(mean=rng.normal(-15, 20), sd=rng.exponential(5))},
        hidden_role=rng.random() * 0.5,
        via_recruiter=bool(rng.random() < 0.4),
        knows_someone=bool(rng.random() < 0.4),
        unresearched=bool(rng.random() < 0.3),
    )
    weights = {one.value: min(20.0, float(np.exp(rng.normal()))) for one in Term}
    someone = Candidate(
        weights=Weights(**weights),
        interviews_done=float(rng.integers(4)),
        worth_ahead=rng.exponential(30.0),
    )
    return someone, job


def job(number: int, rng: np.random.Generator, **more: Any) -> Opportunity:
    """A job of which something is known."""
    return Opportunity(
        name=f"job {number}",
        stages=KINDS[number % 3](),
        beliefs={
            "role": Belief(mean=float(rng.normal(2, 6)), sd=float(rng.uniform(2, 9))),
            "pay": Belief(mean=float(rng.normal(0, 5)), sd=float(rng.uniform(1, 6))),
        },
        **more,
    )


def jobs(count: int, seed: int = 3) -> list[Opportunity]:
    rng = np.random.default_rng(seed)
    return [job(number, rng) for number in range(count)]


def offer(mean: float, stays_open: float, name: str = "offered") -> Opportunity:
    """An offer on the table of which all that counts is known."""
    return Opportunity(
        name=name,
        stages=corporate(),
        beliefs={
            **{name: Belief(mean=-1, sd=0) for name in ASPECTS},
            "pay": Belief(mean=mean, sd=0.25),
        },
        position=Position(phase="offered", stage=2),
        questions_asked=True,
        stays_open=stays_open,
    )


def random_chain(rng: np.random.Generator) -> ChainParameters[float]:
    """One to four Gaussian steps of an ordinary size."""
    steps = int(rng.integers(1, 5))
    return ChainParameters(
        float(rng.normal(1, 6)),
        tuple(rng.normal(-0.8, 0.7, steps).tolist()),
        tuple(rng.uniform(0.2, 1.0, steps).tolist()),
        tuple(rng.normal(0, 0.5, steps).tolist()),
        tuple(rng.uniform(0.5, 12, steps).tolist()),
        tuple((rng.normal(-0.2, 0.8, steps) * (rng.random(steps) < 0.4)).tolist()),
    )
