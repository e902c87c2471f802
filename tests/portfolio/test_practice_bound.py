"""
The bound where processes teach each other, against drawing how far each is passed on.
"""

import math
from itertools import product

import numpy as np
import pytest

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    corporate,
    small_firm,
    technical,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.practice import (
    PracticeModel,
    mix_distributions,
    relaxation_bound,
    relaxed_chains,
)
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._model.vocabulary import Phase

NUMBERS = Assumptions()
DECAY = NUMBERS["practice_decay"]
KINDS = (corporate, small_firm, technical)


def several(count: int) -> tuple[CompiledProcess[float], ...]:
    jobs = [
        Opportunity(
            name=f"job {number}",
            stages=KINDS[number % 3](),
            beliefs={"role": Belief(mean=4.0 * number - 2.0, sd=6.0)},
        )
        for number in range(count)
    ]
    return compile_search(Candidate(interviews_done=0), jobs, NUMBERS)


def skilled(entries: tuple[CompiledProcess[float], ...], skills: list[float]) -> float:
    """What they are worth if each has a skill from the start."""
    chains = [
        ChainParameters.of(one.process).with_skill(one.process.steps, skill)
        for one, skill in zip(entries, skills, strict=True)
    ]
    return SolvedProcesses.of(chains).index_policy().value


def bound(entries: tuple[CompiledProcess[float], ...], unit: float) -> float:
    steps = [one.process.steps for one in entries]
    chains = [ChainParameters.of(one.process) for one in entries]
    relaxation, chances = relaxed_chains(chains, steps, PracticeModel(1.0, unit, DECAY))
    assert chances.sum(axis=0) == pytest.approx(np.ones(len(entries)))
    return relaxation_bound(SolvedProcesses.of(relaxation), chances, 0.0)


def limits(entries: tuple[CompiledProcess[float], ...], unit: float) -> list[float]:
    """The most that others can teach each, in two ways."""
    taught = [
        math.fsum(step.practice_log_odds for step in one.process.steps)
        for one in entries
    ]
    longest = max(
        step.practice_log_odds for one in entries for step in one.process.steps
    )
    ever = longest - unit / math.log(DECAY)
    return [min(ever, math.fsum(taught) - own) for own in taught]


def drawn(entries: tuple[CompiledProcess[float], ...], unit: float) -> float:
    """The mean over all ways how far each could be passed on."""
    most = limits(entries, unit)
    laws = []
    for one, limit in zip(entries, most, strict=True):
        chain = ChainParameters.of(one.process).with_skill(one.process.steps, limit)
        halves = [
            (step.practice_log_odds, chance)
            for step, chance in zip(one.process.steps, chain.survive, strict=True)
            if step.phase is Phase.MIDWAY
        ]
        alive, learned, law = 1.0, 0.0, []
        for k, (teaches, chance) in enumerate(halves):
            on = chance if k + 1 < len(halves) else 0.0
            learned += teaches
            law.append((alive * (1.0 - on), learned))
            alive *= on
        laws.append(law)
    worth = 0.0
    for draw in product(*laws):
        taught = [learned for _, learned in draw]
        skills = [
            min(limit, math.fsum(taught) - own)
            for limit, own in zip(most, taught, strict=True)
        ]
        worth += math.prod(chance for chance, _ in draw) * skilled(entries, skills)
    return worth


@pytest.mark.parametrize("count", [2, 3])
def test_lies_above_the_mean_over_all_draws(count: int) -> None:
    """And much nearer to it than to what all skill from the start would be worth."""
    unit = NUMBERS["practice_gain"]
    entries = several(count)
    mean, found = drawn(entries, unit), bound(entries, unit)
    gifted = skilled(entries, limits(entries, unit))

    assert mean <= found <= gifted
    assert found - mean < 0.5 * (gifted - mean)
    assert skilled(entries, [0.0] * count) < mean


def test_with_very_many_it_is_all_that_can_be_taught() -> None:
    unit = NUMBERS["practice_gain"]
    entries = several(30)
    expected = skilled(entries, limits(entries, unit))

    assert bound(entries, unit) == pytest.approx(expected, rel=1e-9)


def test_is_the_plain_worth_where_nothing_is_taught() -> None:
    entries = several(3)
    chains = [ChainParameters.of(one.process) for one in entries]
    relaxation, chances = relaxed_chains(
        chains, [one.process.steps for one in entries], PracticeModel(0.0, 0.15, DECAY)
    )
    plain = SolvedProcesses.of(chains).index_policy().value

    worth = relaxation_bound(SolvedProcesses.of(relaxation), chances, 0.0)
    assert worth == pytest.approx(plain, rel=1e-9)


def test_is_the_same_whatever_else_is_solved_beside_it() -> None:
    entries = several(3)
    chains = [ChainParameters.of(one.process) for one in entries]
    steps = [one.process.steps for one in entries]
    relaxation, chances = relaxed_chains(
        chains, steps, PracticeModel(1.0, NUMBERS["practice_gain"], DECAY)
    )
    both = SolvedProcesses.of([*chains, *relaxation, *chains])
    beside = both.take(np.arange(3, 3 + len(relaxation)))

    alone = relaxation_bound(SolvedProcesses.of(relaxation), chances, 0.0)

    assert relaxation_bound(beside, chances, 0.0) == pytest.approx(alone, rel=1e-9)


def test_a_skill_that_nobody_ever_has_counts_for_nothing() -> None:
    entries = several(3)
    chains = [ChainParameters.of(one.process) for one in entries]
    steps = [one.process.steps for one in entries]
    relaxation, chances = relaxed_chains(
        chains, steps, PracticeModel(1.0, NUMBERS["practice_gain"], DECAY)
    )
    best = [one.with_skill(own, 3.0) for one, own in zip(chains, steps, strict=True)]
    never = np.vstack((chances, np.zeros(len(chains))))

    worth = relaxation_bound(SolvedProcesses.of([*relaxation, *best]), never, 0.0)

    plain = relaxation_bound(SolvedProcesses.of(relaxation), chances, 0.0)
    assert worth == pytest.approx(plain, rel=1e-9)


@pytest.mark.parametrize("taught", [(0.1, 0.4, 1.0), (1.0, 0.0, 0.3), (0.2, 0.2, 0.2)])
def test_each_has_at_least_what_the_others_teach(taught: tuple[float, ...]) -> None:
    """Where all is sure it has that, and one part in twenty more for each at most."""
    whole = math.fsum(taught)
    most = [whole - own for own in taught]

    skills, chances = mix_distributions([{own: 1.0} for own in taught], most)

    found = (skills * chances).sum(axis=0)
    assert chances.sum(axis=0) == pytest.approx(1.0)
    for own, least in zip(found, most, strict=True):
        assert least - 1e-12 <= own <= least + 0.1 * max(most)


def test_what_may_be_taught_counts_as_often_as_it_is() -> None:
    """On average never less, and each has it from the others alone."""
    laws = [{0.0: 0.5, 0.2: 0.5}, {0.0: 0.9, 1.0: 0.1}, {0.3: 0.25, 0.6: 0.75}]
    means = [math.fsum(size * chance for size, chance in law.items()) for law in laws]
    most = [1.6, 0.8, 1.2]

    skills, chances = mix_distributions(laws, most)

    for i, own in enumerate((skills * chances).sum(axis=0)):
        least = math.fsum(means) - means[i]
        assert least <= own <= least + 0.25 * most[i]
    assert skills.max(axis=0) == pytest.approx(most)
