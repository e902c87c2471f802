"""The measured interview as pyAgrum's influence diagrams. See `peer_models`."""

import importlib
from typing import Any

from benchmarks.interview import Floats, Interview, beliefs_of, readings_of
from benchmarks.stopwatch import Prepare, Solve

CHOICES = (0, 1)
"""Leave and go on; likewise out of the process and in it."""


def pyagrum_histories(interview: Interview, levels: int, readings: int) -> Prepare:
    """An influence diagram whose decisions remember every reading."""
    gum = importlib.import_module("pyagrum")
    gum.setNumberOfThreads(1)

    def prepare() -> Solve:
        finite = readings_of(interview, levels=levels, readings=readings)
        diagram = _stages_in_a_diagram(gum, interview)
        diagram.addChanceNode(gum.RangeVariable("fit", "", 0, levels - 1))
        diagram.cpt("fit").fillWith(1.0 / levels)
        for stage, likelihood in enumerate(finite.likelihoods, start=1):
            diagram.addChanceNode(
                gum.RangeVariable(f"reading{stage}", "", 0, readings - 1)
            )
            diagram.addArc("fit", f"reading{stage}")
            diagram.cpt(f"reading{stage}")[:] = likelihood
            diagram.addArc(f"reading{stage}", f"go{stage}")
        _offer(diagram, "fit", finite.fits)
        return _pyagrum_answer(gum, diagram, interview.stages)

    return prepare


def pyagrum_beliefs(interview: Interview, points: int) -> Prepare:
    """An influence diagram over the belief itself: nothing needs remembering."""
    gum = importlib.import_module("pyagrum")
    gum.setNumberOfThreads(1)

    def prepare() -> Solve:
        finite = beliefs_of(interview, points=points)
        diagram = _stages_in_a_diagram(gum, interview)
        for stage, moves in enumerate(finite.moves, start=1):
            belief = f"belief{stage}"
            diagram.addChanceNode(gum.RangeVariable(belief, "", 0, points - 1))
            if stage > 1:
                diagram.addArc(f"belief{stage - 1}", belief)
            diagram.cpt(belief)[:] = moves if stage > 1 else moves[points // 2]
            if stage < interview.stages:
                diagram.addArc(belief, f"go{stage}")
        _offer(diagram, f"belief{interview.stages}", finite.means)
        return _pyagrum_answer(gum, diagram, interview.stages)

    return prepare


def _stages_in_a_diagram(gum: Any, interview: Interview) -> Any:
    """For each stage a decision, its cost, and whether one is still in the process."""
    diagram = gum.InfluenceDiagram()
    for stage, (reward, survive) in enumerate(
        zip(interview.reward.tolist(), interview.survive.tolist(), strict=True)
    ):
        go, before, after = f"go{stage}", f"in{stage}", f"in{stage + 1}"
        diagram.addDecisionNode(gum.RangeVariable(go, "", 0, 1))
        diagram.addChanceNode(gum.RangeVariable(after, "", 0, 1))
        diagram.addUtilityNode(gum.RangeVariable(f"cost{stage}", "", 0, 0))
        for child in (after, f"cost{stage}"):
            diagram.addArc(go, child)
            if stage:
                diagram.addArc(before, child)
        if stage:
            diagram.addArc(before, go)
        chance, cost = diagram.cpt(after), diagram.utility(f"cost{stage}")
        for action in CHOICES:
            for inside in CHOICES if stage else (1,):
                where = {go: action} | ({before: inside} if stage else {})
                on = action * inside
                chance[where] = [1.0 - survive * on, survive * on]
                cost[where] = reward * on
    diagram.addUtilityNode(gum.RangeVariable("offer", "", 0, 0))
    diagram.addArc(f"in{interview.stages}", "offer")
    return diagram


def _offer(diagram: Any, of: str, values: Floats) -> None:
    diagram.addArc(of, "offer")
    utility = diagram.utility("offer")
    (inside,) = set(utility.names) - {of, "offer"}
    utility.fillWith(0.0)
    for index, value in enumerate(values.tolist()):
        utility[{of: index, inside: 1}] = max(0.0, value)


def _pyagrum_answer(gum: Any, diagram: Any, stages: int) -> Solve:
    def answer() -> float:
        engine = gum.ShaferShenoyLIMIDInference(diagram)
        engine.addNoForgettingAssumption([f"go{stage}" for stage in range(stages)])
        engine.makeInference()
        return float(engine.MEU()["mean"])

    return answer
