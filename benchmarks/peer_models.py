"""The measured interview as each peer sees it, in the leanest form that was found:
ours, QuantEcon and pgmpy here; pyAgrum and voiage, which take more words, beside.

Every function here imports its package, then returns a function that builds the
model from nothing, which returns one that solves it afresh: so the two are timed
apart, and importing is not timed. Packages are reached by name, because any of
them may be missing and none of them has types.

A chance of being passed on does not depend on the fit. Where a package is spared
work by it, later rewards are therefore multiplied by the chance of getting there.
"""

import importlib

import numpy as np
import numpy.typing as npt

from benchmarks.interview import Floats, Interview, beliefs_of, readings_of
from benchmarks.stopwatch import Prepare, Solve

ACTIONS = (0, 1)
"""Leave, go on."""

BATCH = 1_000


def ours(interview: Interview) -> Prepare:
    solve = importlib.import_module("interviewfit._solver.solution").solve
    nothing = np.zeros(interview.stages)
    mean = np.array([interview.mean])

    def prepare() -> Solve:
        def answer() -> float:
            solution = solve(
                interview.reward, interview.survive, nothing, interview.reveal, nothing
            )
            return float(solution.evaluate(mean).value[0])

        return answer

    return prepare


def ours_in_a_batch(interview: Interview) -> Prepare:
    """`BATCH` interviews at once, all of them different, the first the one measured."""
    solve = importlib.import_module("interviewfit._solver.solution").solve
    scale = np.linspace(1.0, 2.0, BATCH)[:, None]
    reward, reveal = scale * interview.reward, scale**2 * interview.reveal
    survive, nothing = interview.survive**scale, np.zeros_like(reward)
    mean = np.full(BATCH, interview.mean)

    def prepare() -> Solve:
        def answer() -> float:
            solution = solve(reward, survive, nothing, reveal, nothing)
            return float(solution.evaluate(mean).value[0])

        return answer

    return prepare


def quantecon_beliefs(interview: Interview, points: int) -> Prepare:
    """One `DiscreteDP` per stage, state-action pairs, the value passed backwards.

    A row of zeros ends the process, which `DiscreteDP` accepts.
    """
    markov = importlib.import_module("quantecon.markov")
    states = np.repeat(np.arange(points), len(ACTIONS))
    actions = np.tile(ACTIONS, points)

    def prepare() -> Solve:
        finite = beliefs_of(interview, points=points)
        programs = []
        for reward, survive, moves in zip(
            interview.reward, interview.survive, finite.moves, strict=True
        ):
            rewards = np.where(actions == 1, reward, 0.0)
            chances = np.zeros((len(ACTIONS) * points, points))
            chances[1::2] = survive * moves
            programs.append(markov.DiscreteDP(rewards, chances, 1.0, states, actions))

        def answer() -> float:
            value = np.maximum(0.0, finite.means)
            for program in reversed(programs):
                value = program.bellman_operator(value)
            return float(value[points // 2])

        return answer

    return prepare


def pgmpy_histories(interview: Interview, levels: int, readings: int) -> Prepare:
    """pgmpy knows no decisions: its joint table is rolled back by hand."""
    network_of = importlib.import_module("pgmpy.models").DiscreteBayesianNetwork
    table_of = importlib.import_module("pgmpy.factors.discrete").TabularCPD
    inference_of = importlib.import_module("pgmpy.inference").VariableElimination
    nodes = ["fit", *(f"reading{stage}" for stage in range(1, interview.stages))]

    def prepare() -> Solve:
        finite = readings_of(interview, levels=levels, readings=readings)
        network = network_of()
        network.add_nodes_from(nodes)
        network.add_edges_from([("fit", node) for node in nodes[1:]])
        network.add_cpds(
            table_of("fit", levels, np.full((levels, 1), 1.0 / levels)),
            *(
                table_of(node, readings, likelihood.T, ["fit"], [levels])
                for node, likelihood in zip(nodes[1:], finite.likelihoods, strict=True)
            ),
        )
        network.check_model()

        def answer() -> float:
            joint = inference_of(network).query(nodes, show_progress=False)
            order = [joint.variables.index(node) for node in nodes]
            return _rolled_back(interview, finite.fits, joint.values.transpose(order))

        return answer

    return prepare


def _rolled_back(
    interview: Interview, fits: Floats, joint: npt.NDArray[np.float64]
) -> float:
    """Value from the chance of each fit (first axis) with each history of readings."""
    worth = np.tensordot(np.maximum(0.0, fits), joint, axes=1)
    chance = joint.sum(axis=0)
    for stage in reversed(range(interview.stages)):
        on = interview.reward[stage] * chance + interview.survive[stage] * worth
        worth = np.maximum(0.0, on)
        if stage:
            worth, chance = worth.sum(axis=-1), chance.sum(axis=-1)
    return float(worth)
