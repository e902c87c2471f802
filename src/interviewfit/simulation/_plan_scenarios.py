"""A plan to be played: all its processes, and the offer in hand.

Skill stays as it is: what an interview teaches for the others, which a plan counts,
comes on top.
"""

from collections.abc import Sequence
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, enter
from interviewfit._model.units import Probability, Worth
from interviewfit._model.vocabulary import Action, Phase, Term
from interviewfit._portfolio.planning import Plan
from interviewfit._process.compilation import Step
from interviewfit._process.side_values import given
from interviewfit._results.plan import HeldOffer
from interviewfit.simulation._paths import BLOCK, ProcessRecord, SimulatedSearches, walk
from interviewfit.simulation._policies import Policy
from interviewfit.simulation._scenarios import Scenario

__all__ = ["scene_of_plan"]


@frozen(eq=False)
class PlanScenario:
    """Processes and an offer in hand.

    Attributes:
        tracks: The processes, and the offer as one more if it is kept.
        lanes: The processes in numbers.
        kept: The offer, if it is not let go.
        likely: The rule to go by, and its chance; two where the offer may wait or not.
    """

    tracks: Sequence[ProcessRecord]
    lanes: Sequence[ChainParameters]
    kept: HeldOffer | None
    likely: Sequence[tuple[Probability, Policy]]

    def play(self, rng: "np.random.Generator") -> SimulatedSearches:
        """Play a block of careers."""
        paths = [walk(lane, rng) for lane in self.lanes]
        ends, job = self.likely[0][1].settle(paths)
        if self.kept is not None:
            # The offer waits, and the search goes on with it in hand; or it lapses.
            own = np.full(BLOCK, 2 * len(self.tracks[-1].steps) + 1)
            for chance, rule in self.likely[1:]:
                lapsed = rng.random(BLOCK) < chance
                others, without = rule.settle(paths)
                ends = [
                    np.where(lapsed, other, one)
                    for one, other in zip(ends, others, strict=True)
                ]
                job, own = np.where(lapsed, without, job), np.where(lapsed, 2, own)
            ends.append(own)
        surplus = np.zeros(BLOCK)
        for row, path in enumerate(paths):
            np.copyto(surplus, path.surplus, where=job == row)
        if self.kept is not None:
            surplus[job == len(paths)] = self.kept.surplus
        return SimulatedSearches.estimate_pass_rates(
            self.tracks, ends, job, surplus, surplus
        )

    @property
    def expected(self) -> Worth | None:
        """What it is worth, hours; None where only playing tells."""
        parts = [fsum(one.reward for one in self.tracks[-1].steps)]
        if len(self.likely) == 1:
            parts = []
        for chance, rule in self.likely:
            if rule.worth is None:
                return None
            parts.append(chance * rule.worth)
        return fsum(parts)


def scene_of_plan(plan: Plan) -> Scenario:
    """A plan, all of it."""
    who, numbers = plan.search.candidate, plan.search.assumptions
    entries = enter(who, plan.search.opportunities, numbers)
    running = [one for one in entries if one.runs]
    kept = next(
        (one for one in plan.offers if one.action is not Action.DECLINE_OFFER), None
    )
    tracks = [ProcessRecord(one.opportunity.name, one.process.steps) for one in running]
    lanes = [ChainParameters.of(one.process) for one in running]
    likely = [(1.0, Policy.of(running, 0.0, plan))]
    if kept is not None and kept.action is Action.ACCEPT_OFFER:
        tracks.append(ProcessRecord(kept.name, ()))
        never = [[inf for _ in one.reward] for one in lanes]
        likely = [(1.0, Policy(kept.surplus, never, worth=kept.accept))]
    elif kept is not None:
        wait = _waiting(kept, entries, plan)
        tracks.append(ProcessRecord(kept.name, (wait,)))
        held = Policy.of(running, max(0.0, kept.surplus), plan)
        likely = [(wait.survive, held), (1.0 - wait.survive, likely[0][1])]
    season = PlanScenario(tracks, lanes, kept, likely)
    notes = dict.fromkeys(rule.note for _, rule in likely if rule.note)
    if any(one.practice > 0.0 for one in (*plan.prospects, *plan.left)):
        notes["Skill stays as it is; what one interview teaches comes on top."] = None
    exits = fsum(one.process.steps[0].exit for one in running)
    return Scenario(
        "The plan",
        tuple(tracks),
        season.play,
        exits if kept is None else kept.accept,
        season.expected,
        tuple(notes),
    )


def _waiting(kept: HeldOffer, entries: Sequence[CompiledProcess], plan: Plan) -> Step:
    """Asking for an offer to wait."""
    job = next(one for one in entries if one.opportunity.name == kept.name).opportunity
    who, numbers = plan.search.candidate, plan.search.assumptions
    return Step(
        stage=-1,
        phase=Phase.BEFORE,
        title="waiting",
        gains={Term.TIME: -numbers["asking"] * who.weights.time},
        leaving={},
        survive=given(job.stays_open, numbers["stays_open"]),
        drift=0.0,
        reveal=0.0,
        hours=numbers["asking"],
        days=0.0,
    )
