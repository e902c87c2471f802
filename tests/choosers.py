"""People who choose between jobs, drawn from the prior of what is learned of them.

Ranks of the true values among draws of the posterior are uniform if the posterior is
right: S. Talts, M. Betancourt, D. Simpson, A. Vehtari and A. Gelman, "Validating
Bayesian inference algorithms with simulation-based calibration" (2018).
"""

from collections.abc import Sequence

import numpy as np

from interviewfit import Assumptions, Belief, Candidate, Opportunity, corporate
from interviewfit._model.decision import Decision
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.weightings import (
    JobChoice,
    PastDecision,
    TradeOff,
    learn_priorities,
)
from interviewfit.weightings._judgements import PastFit
from interviewfit.weightings._learning import prior_of

ASPECTS = ("role", "culture", "growth", "commute")


class Person:
    """Somebody with priorities, and an error in their choices."""

    def __init__(
        self, rng: np.random.Generator, aspects: Sequence[str] = ASPECTS
    ) -> None:
        prior = prior_of(aspects, Candidate(), Assumptions())
        self.rng, self.aspects = rng, tuple(aspects)
        self.log_priorities = rng.normal(prior.mean, prior.sd)
        self.log_error = float(rng.normal(prior.error_mean, prior.error_sd))
        self.priorities = {"pay": 1.0} | dict(
            zip(aspects, np.exp(self.log_priorities).tolist(), strict=True)
        )
        self.error = float(np.exp(self.log_error))

    def worth(self, job: dict[str, float]) -> float:
        """What a job is worth to them, percent of pay."""
        return float(
            sum(self.priorities.get(name, 1.0) * size for name, size in job.items())
        )

    def choose(self, first: dict[str, float], second: dict[str, float]) -> JobChoice:
        """The choice between two jobs, with an error."""
        gain = self.worth(first) - self.worth(second) + self.error * self.rng.logistic()
        jobs = (first, second) if gain > 0.0 else (second, first)
        return JobChoice(chosen=jobs[0], rejected=jobs[1])

    def random_choice(self) -> JobChoice:
        """The choice between two jobs that differ in two aspects drawn at random."""
        names = self.rng.choice(["pay", *self.aspects], 2, replace=False)
        sizes = self.rng.uniform(2.0, 30.0, 2)
        first, second = (
            {str(name): float(size)} for name, size in zip(names, sizes, strict=True)
        )
        return self.choose(first, second)

    def random_trade(self) -> TradeOff:
        """The pay that they would give up for a change drawn at random."""
        aspect = str(self.rng.choice(self.aspects))
        change = float(self.rng.uniform(3.0, 20.0))
        sd = self.error * np.pi / np.sqrt(3.0)
        pay = self.priorities[aspect] * change + sd * self.rng.normal()
        return TradeOff(aspect=aspect, change=change, pay=float(pay))

    def past_decision(self) -> PastDecision:
        """Whether they stayed in a process drawn at random."""
        beliefs = {
            aspect: Belief(mean=float(self.rng.normal(-8.0, 15.0)), sd=4.0)
            for aspect in self.aspects
        }
        job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
        decision = Decision(candidate=Candidate(), opportunity=job)
        fit = PastFit(decision, self.aspects, True)
        gap = float(fit.gaps(np.exp(self.log_priorities)[None])[0])
        stayed = gap + self.error * self.rng.logistic() > 0.0
        return PastDecision(opportunity=job, stayed=bool(stayed))


def ranks_of(
    people: int, choices: int, trades: int, past: int, seed: int = 0
) -> "np.typing.NDArray[np.float64]":
    """Ranks of the true values of so many people, ``(people, aspects + 1)``."""
    rows = []
    for number in range(people):
        person = Person(np.random.default_rng((seed, number)))
        said: list[JobChoice | TradeOff | PastDecision] = [
            *(person.random_choice() for _ in range(choices)),
            *(person.random_trade() for _ in range(trades)),
            *(person.past_decision() for _ in range(past)),
        ]
        posterior = learn_priorities(said)
        learned = {entry.aspect: n for n, entry in enumerate(posterior.priorities)}
        ranks = np.full(len(person.aspects) + 1, np.nan)
        columns = [*posterior.draws.T, posterior.error_draws]
        for n, name in enumerate(person.aspects):
            if name in learned:
                column = columns[learned[name]]
                truth = person.priorities[name]
                ranks[n] = posterior.weights[column < truth].sum()
        ranks[-1] = posterior.weights[columns[-1] < person.error].sum()
        rows.append(ranks)
    return np.array(rows)


def uniformity(ranks: FloatColumn) -> float:
    """Chance of ranks as uneven as these, by Kolmogorov and Smirnov."""
    ranks = np.sort(ranks[np.isfinite(ranks)])
    count = ranks.size
    steps = np.arange(1, count + 1) / count
    distance = max(np.max(steps - ranks), np.max(ranks - steps + 1.0 / count))
    size = (np.sqrt(count) + 0.12 + 0.11 / np.sqrt(count)) * distance
    terms = np.arange(1, 101)
    chances = 2.0 * np.sum((-1.0) ** (terms - 1) * np.exp(-2.0 * (terms * size) ** 2))
    return float(np.clip(chances, 0.0, 1.0))
