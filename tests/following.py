"""The rules that an answer prints, followed by many simulated candidates.

``python tests/following.py`` follows those of fifty decisions, 200,000 plays each.
"""

import sys
from math import sqrt

import numpy as np

from compiled import posterior_of, process_of
from interviewfit import (
    Assumptions,
    Candidate,
    Opportunity,
    Phase,
    Reading,
    Stage,
    assess,
)
from interviewfit._model.vocabulary import ASPECTS
from recorded import run_as_command

USUAL = Assumptions()


def random_decision(rng: np.random.Generator) -> tuple[Candidate, Opportunity]:
    """A decision in which nothing but normal readings brings news."""
    kinds = rng.choice(["hr_screen", "panel", "hiring_manager", "executive"], 3)
    stages = [
        Stage(
            kind=str(kind),
            name=f"{number}",
            hours=float(rng.uniform(0.2, 3)),
            pass_rate=float(rng.uniform(0.3, 0.9)),
            reveals={
                str(aspect): float(rng.uniform(0, 0.7))
                for aspect in rng.choice(ASPECTS, 3)
            },
            reshape_chance=0,
        )
        for number, kind in enumerate(kinds)
    ]
    priorities = {str(rng.choice(ASPECTS)): float(rng.uniform(0, 2))}
    signals = [Reading(aspect="role", value=float(rng.uniform(-9, 9)), noise=3)]
    who = Candidate(priorities=priorities, fallback=float(rng.uniform(-12, 2)))
    return who, Opportunity(name="A", stages=stages, signals=signals)


def followed(seed: int, plays: int) -> tuple[float, float]:
    """By how much the mean of many plays misses the promise, and its standard error.

    Each play has a job of its own. Every half of a round brings a reading of each
    aspect, whose error is such that it shows its share; the candidate's fit follows by
    Bayes' rule, aspect by aspect. They go on while it is above the threshold that the
    first answer printed. Of the library only thresholds and prices are used.
    """
    rng = np.random.default_rng(seed)
    who, job = random_decision(rng)
    answer = assess(who, job)
    beliefs = posterior_of(who, job, USUAL).beliefs
    weights = np.array([who.priorities.get(name, 1.0) for name in beliefs])[:, None]
    means, sds = (
        np.array([getattr(belief, name) for belief in beliefs.values()])[:, None]
        for name in ("mean", "sd")
    )
    truth = means + sds * rng.standard_normal((len(beliefs), plays))
    mean, variance = np.repeat(means, plays, axis=1), sds**2
    worth, going = np.zeros(plays), np.ones(plays, dtype=bool)
    start = process_of(who, job, USUAL).steps
    for number, (step, threshold) in enumerate(
        zip(start, answer.thresholds, strict=True)
    ):
        believed = (weights * mean).sum(axis=0) - who.fallback
        # The first step is what is decided.
        leaves = going & (believed <= threshold.fit) & (number > 0)
        worth[leaves] += step.exit
        going &= ~leaves
        worth[going] += step.reward
        stage = job.stages[step.stage]
        shares = np.array(
            [
                stage.reveals.get(name, USUAL.reveals(stage.kind, name))
                for name in beliefs
            ]
        )[:, None]
        half = 0.5 * shares
        if step.phase is Phase.MIDWAY:
            half = half / np.where(half < 1, 1 - half, 1)
        # A reading with this error shows that share of the variance.
        noise = np.sqrt(variance * (1 - half) / np.maximum(half, 1e-300))
        reading = truth + noise * rng.standard_normal(truth.shape)
        mean = mean + half * (reading - mean)
        variance = variance * (1 - half)
        going &= rng.random(plays) < step.survive
    believed = (weights * mean).sum(axis=0) - who.fallback
    real = (weights * truth).sum(axis=0) - who.fallback
    accepted = going & (believed > 0)
    worth[accepted] += USUAL.hours_per_percent * real[accepted]
    promised = next(c.value for c in answer.choices if c.action in ("take", "continue"))
    return float(worth.mean() - promised), float(worth.std() / sqrt(plays))


def main() -> None:
    """Follow the rules of fifty decisions, 200,000 plays each, and print the worst."""
    worst = max(
        abs(gap) / error for gap, error in (followed(n, 200_000) for n in range(50))
    )
    line = f"50 decisions, 200,000 plays each: at most {worst:.2f} standard errors off"
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    run_as_command(main.__doc__ or "", main)
