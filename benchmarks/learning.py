"""Priorities learned from choices: calibration, and decisions beside peers.

Run ``python -m benchmarks.learning``; prints Markdown. ``calibration`` takes by far the
longest. A peer that is not installed is left out. Times are of the processor.
"""

import argparse
import importlib
import importlib.util
import statistics
import sys
import warnings
from collections.abc import Callable, Sequence
from time import process_time

import numpy as np

from choosers import ASPECTS, Person, ranks_of, uniformity
from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    Opportunity,
    assess,
    corporate,
    small_firm,
    technical,
)
from interviewfit._numeric.arrays import FloatArray, IndexArray
from interviewfit.weightings import JobChoice, learn_priorities, next_choice

ANSWERS = (5, 10, 20)
NAMES = ("pay", *ASPECTS)
# Of a choice, percent of pay: what the simulated people are off by.
ERROR = 5.0

Pairs = IndexArray
"""Numbers of the chosen and the rejected job of each choice, ``(choices, 2)``."""
Pick = Callable[[FloatArray, Pairs], int]
"""The best job, from jobs by aspects ``(jobs, aspects)`` and choices between them."""


def calibration(people: int = 500) -> list[str]:
    """Ranks of true values among draws, for choices, trade-offs and past decisions."""
    ranks = ranks_of(people, choices=12, trades=2, past=1)
    lines = [
        "| | people | ranks in tenths | chance of ranks as uneven |",
        "|---|--:|---|--:|",
    ]
    for name, column in zip((*ASPECTS, "error"), ranks.T, strict=True):
        told = column[np.isfinite(column)]
        counts = np.histogram(told, 10, (0.0, 1.0))[0].tolist()
        tenths = " ".join(map(str, counts))
        lines.append(f"| {name} | {told.size} | {tenths} | {uniformity(told):.2f} |")
    return lines


def ours(jobs: FloatArray, pairs: Pairs) -> int:
    """The best job by the expected priorities."""
    described = [dict(zip(NAMES, job.tolist(), strict=True)) for job in jobs]
    choices = [
        JobChoice(chosen=described[chosen], rejected=described[rejected])
        for chosen, rejected in pairs
    ]
    priorities = learn_priorities(choices).to_candidate().priorities
    weights = np.array([priorities.get(name, 1.0) for name in NAMES])
    return int(np.argmax(jobs @ weights))


def by_choix(jobs: FloatArray, pairs: Pairs) -> int:
    """The best job by expectation propagation on strengths of items."""
    choix = importlib.import_module("choix")
    data = [(int(chosen), int(rejected)) for chosen, rejected in pairs]
    # Strengths differ by about twelve percent of pay in units of the error.
    means, _ = choix.ep_pairwise(len(jobs), data, (ERROR / 24.0) ** 2, model="logit")
    return int(np.argmax(means))


def by_botorch(jobs: FloatArray, pairs: Pairs) -> int:
    """The best job by a Gaussian process on aspects, with its defaults."""
    torch = importlib.import_module("torch")
    module = importlib.import_module("botorch.models.pairwise_gp")
    transform = importlib.import_module("botorch.models.transforms.input")
    fit = importlib.import_module("botorch.fit").fit_gpytorch_mll
    torch.set_num_threads(1)
    torch.manual_seed(0)
    points = torch.tensor(jobs, dtype=torch.float64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = module.PairwiseGP(
            points,
            torch.tensor(pairs.tolist(), dtype=torch.long),
            input_transform=transform.Normalize(d=jobs.shape[1]),
        )
        fit(module.PairwiseLaplaceMarginalLogLikelihood(model.likelihood, model))
        return int(torch.argmax(model.posterior(points).mean))


def beside_peers(people: int = 60) -> list[str]:
    """Which of seven jobs is best, after choices between pairs of them."""
    peers: list[tuple[str, str, Pick]] = [
        ("interviewfit", "interviewfit", ours),
        ("choix, EP", "choix", by_choix),
        ("BoTorch, PairwiseGP", "botorch", by_botorch),
    ]
    heads = [f"best after {count} | off by, %" for count in ANSWERS]
    lines = [
        f"| | {' | '.join(heads)} | a fit of 20, ms |",
        f"|---|{'--:|' * (2 * len(ANSWERS) + 1)}",
    ]
    for label, package, pick in peers:
        if importlib.util.find_spec(package) is None:
            lines.append(f"| {label} |{' not installed |' * (2 * len(ANSWERS) + 1)}")
            continue
        cells, times = [], []
        for count in ANSWERS:
            hits, losses = 0, []
            for seed in range(people):
                jobs, worths, pairs = _choices_among(seed, count)
                start = process_time()
                picked = pick(jobs, pairs)
                times.append(process_time() - start)
                loss = float(worths.max() - worths[picked])
                hits += loss == 0.0
                losses.append(loss)
            cells += [f"{100 * hits / people:.0f} %", f"{statistics.mean(losses):.1f}"]
        took = 1e3 * statistics.median(times[-people:])
        lines.append(f"| {label} | {' | '.join(cells)} | {took:.0f} |")
    return lines


def _choices_among(seed: int, count: int) -> tuple[FloatArray, FloatArray, Pairs]:
    """Seven jobs, what each is worth to somebody, and their choices between pairs.

    Priorities are uniform from 0 to 2.5, which is nobody's prior here.
    """
    rng = np.random.default_rng((seed, 1))
    weights = np.array([1.0, *rng.uniform(0.0, 2.5, len(ASPECTS))])
    jobs = np.vstack([np.zeros(len(NAMES)), rng.normal(0.0, 12.0, (6, len(NAMES)))])
    worths = jobs @ weights
    pairs = np.array([rng.choice(len(jobs), 2, replace=False) for _ in range(count)])
    gains = worths[pairs[:, 0]] - worths[pairs[:, 1]] + ERROR * rng.logistic(size=count)
    pairs[gains < 0.0] = pairs[gains < 0.0, ::-1]
    return jobs, worths, pairs


def questions(people: int = 40) -> list[str]:
    """Whether the action is that of the true priorities, by who asks."""
    heads = [f"right after {count} | off by, h" for count in (0, *ANSWERS)]
    lines = [
        f"| questions | {' | '.join(heads)} | asked | a question, ms |",
        f"|---|{'--:|' * (2 * len(ANSWERS) + 4)}",
    ]
    for label, proposed in (("next_choice", True), ("pairs at random", False)):
        hits = dict.fromkeys((0, *ANSWERS), 0)
        losses: dict[int, list[float]] = {count: [] for count in hits}
        asked, times = [], []
        for seed in range(people):
            person, decision = _undecided(seed)
            learned: list[JobChoice] = []
            for count in range(max(ANSWERS) + 1):
                start = process_time()
                posterior = learn_priorities(learned)
                answer = assess(posterior.to_candidate(), decision.decision.opportunity)
                if count in hits:
                    loss = _loss(decision, answer)
                    hits[count] += loss <= 1e-9
                    losses[count].append(loss)
                if count > len(learned):
                    continue
                if not proposed:
                    learned.append(person.random_choice())
                    continue
                pair = next_choice(answer, posterior)
                times.append(process_time() - start)
                if pair is not None:
                    learned.append(person.choose(dict(pair.first), dict(pair.second)))
            asked.append(len(learned))
        cells = [
            f"{100 * hits[count] / people:.0f} % | {statistics.mean(losses[count]):.1f}"
            for count in hits
        ]
        took = f"{1e3 * statistics.median(times):.0f}" if times else ""
        lines.append(
            f"| {label} | {' | '.join(cells)} | {statistics.mean(asked):.1f} | {took} |"
        )
    return lines


def _undecided(seed: int) -> tuple[Person, Assessment]:
    """Somebody, and an opportunity of which their action is not the usual one's."""
    number = 0
    while True:
        rng = np.random.default_rng((seed, number))
        person = Person(rng)
        person.error = ERROR
        kind = (corporate, small_firm, technical)[rng.integers(3)]
        beliefs = {
            aspect: Belief(mean=float(rng.normal(-6.0, 15.0)), sd=4.0)
            for aspect in NAMES
        }
        job = Opportunity(name="Acme", stages=kind(), beliefs=beliefs)
        usual, true = (
            assess(Candidate(priorities=priorities), job)
            for priorities in ({}, person.priorities)
        )
        # Half of the decisions are those in which it matters to ask.
        if (usual.action is not true.action) == bool(seed % 2):
            return person, true
        number += 1


def _loss(true: Assessment, advised: Assessment) -> float:
    """What following advice costs somebody, hours."""
    worth = {choice.action: choice.value for choice in true.choices}
    return true.value - worth.get(advised.action, true.value)


def at_random(people: int = 40) -> list[str]:
    """How wide the posterior of people who answer at random stays, and who is told."""
    lines = [
        "| choices | at random: sd of the prior's | told | who look: told |",
        "|--:|--:|--:|--:|",
    ]
    for count in (8, 15, 30, 60):
        told, shares = [0, 0], []
        for seed in range(people):
            for number, error in enumerate((1e6, ERROR)):
                person = Person(np.random.default_rng((seed, 3)))
                person.error = error
                posterior = learn_priorities(
                    [person.random_choice() for _ in range(count)]
                )
                told[number] += any("toss of a coin" in n for n in posterior.notes)
                if not number:
                    shares += [
                        now.log_sd / now.prior_log_sd for now in posterior.priorities
                    ]
        cells = (f"{100 * number / people:.0f} %" for number in told)
        lines.append(
            f"| {count} | {100 * statistics.mean(shares):.0f} % | {' | '.join(cells)} |"
        )
    return lines


def many() -> list[str]:
    """How long a posterior takes, by the number of choices."""
    lines = [
        "| choices | aspects | time, ms | draws | standard error, of the sd |",
        "|--:|--:|--:|--:|--:|",
    ]
    every = (*ASPECTS, "team", "manager", "stability", "benefits")
    for count in (5, 20, 100, 1_000, 10_000):
        person = Person(np.random.default_rng(1), every)
        person.error = ERROR
        choices = [person.random_choice() for _ in range(count)]
        start = process_time()
        posterior = learn_priorities(choices)
        took = process_time() - start
        cells = (
            f"{count:,}",
            str(len(posterior.priorities)),
            f"{1e3 * took:,.0f}",
            f"{len(posterior.weights):,}",
            f"{100 * posterior.standard_error:.1f} %",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


TABLES: dict[str, Callable[[], Sequence[str]]] = {
    "peers": beside_peers,
    "questions": questions,
    "random": at_random,
    "many": many,
    "calibration": calibration,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "tables", nargs="*", help=f"of {', '.join(TABLES)}; all if none"
    )
    for name in parser.parse_args().tables or TABLES:
        sys.stdout.write("\n".join(TABLES[name]()) + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
