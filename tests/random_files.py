"""Random searches: offers, interviews under way, news to come, dealbreakers."""

import numpy as np

from interviewfit import Belief, Candidate, Opportunity, Position, Stage

KINDS = ("hr_screen", "panel", "hiring_manager", "executive", "take_home")
SIGNS = ("merger_talks", "bad_reviews", "wrong_kind_of_work", "passed_on_by_hr")
PHASES = ("before", "before", "midway", "offered", "rejected")


def random_opportunity(rng: np.random.Generator, name: str) -> Opportunity:
    """An opportunity of one or two stages, wherever it stands."""
    stages = [Stage(kind=str(rng.choice(KINDS))) for _ in range(rng.integers(1, 3))]
    phase = str(rng.choice(PHASES, p=(0.3, 0.3, 0.15, 0.2, 0.05)))
    number = 0 if phase in ("offered", "rejected") else int(rng.integers(len(stages)))
    waits = float(rng.choice((0.0, 0.3, 0.8, 1.0))) if rng.random() < 0.4 else None
    return Opportunity(
        name=name,
        stages=stages,
        position=Position(phase=phase, stage=number),
        beliefs={
            "pay": Belief(mean=float(rng.normal(3, 8)), sd=float(rng.uniform(1, 8))),
            "role": Belief(mean=float(rng.normal(2, 6)), sd=3),
        },
        signals=[str(rng.choice(SIGNS))] if rng.random() < 0.4 else [],
        tags=["arms"] if rng.random() < 0.06 else [],
        stays_open=waits,
        via_recruiter=bool(rng.random() < 0.3),
        unresearched=bool(phase == "before" and rng.random() < 0.3),
        questions_asked=bool(rng.random() < 0.4),
    )


def random_file(seed: int, most: int = 4) -> tuple[Candidate, list[Opportunity]]:
    """A candidate, and one to *most* opportunities."""
    rng = np.random.default_rng(seed)
    jobs = [
        random_opportunity(rng, f"job {number}")
        for number in range(rng.integers(1, most + 1))
    ]
    done = float(rng.integers(0, 4))
    return Candidate(interviews_done=done, dealbreakers=["arms"]), jobs
