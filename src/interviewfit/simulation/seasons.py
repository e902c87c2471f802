"""
A plan to be played: all its processes, and the offer in hand.

Skill stays as it is: what an interview teaches for the others, which a plan counts,
comes on top.
"""

from collections.abc import Sequence
from math import fsum, inf

import numpy as np
from attrs import frozen

from interviewfit.pipelines.lanes import Lane
from interviewfit.pipelines.lineup import Entry, enter
from interviewfit.plans import HeldOffer
from interviewfit.portfolio.planner import Plan
from interviewfit.prices import given
from interviewfit.process import Step
from interviewfit.simulation.careers import BLOCK, Careers, Track, walk
from interviewfit.simulation.rules import Rule
from interviewfit.simulation.scenes import Scene
from interviewfit.units import Probability, Worth
from interviewfit.vocabulary import Action, Phase, Term

__all__ = ["scene_of_plan"]


@frozen(eq=False)
class Season:
    """
    Processes and an offer in hand.

    Attributes:
        tracks: The processes, and the offer as one more if it is kept.
        lanes: The processes in numbers.
        kept: The offer, if it is not let go.
        likely: The rule to go by, and its chance; two where the offer may wait or not.
    """

    tracks: Sequence[Track]
    lanes: Sequence[Lane]
    kept: HeldOffer | None
    likely: Sequence[tuple[Probability, Rule]]

    def play(self, rng: "np.random.Generator") -> Careers:
        """
        Play a block of careers.
        """
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
        return Careers.tally(self.tracks, ends, job, surplus, surplus)

    @property
    def expected(self) -> Worth | None:
        """
        What it is worth, hours; None where only playing tells.
        """
        parts = [fsum(one.reward for one in self.tracks[-1].steps)]
        if len(self.likely) == 1:
            parts = []
        for chance, rule in self.likely:
            if rule.worth is None:
                return None
            parts.append(chance * rule.worth)
        return fsum(parts)


def scene_of_plan(plan: Plan) -> Scene:
    """
    A plan, all of it.
    """
    who, numbers = plan.search.candidate, plan.search.assumptions
    entries = enter(who, plan.search.opportunities, numbers)
    running = [one for one in entries if one.runs]
    kept = next(
        (one for one in plan.offers if one.action is not Action.DECLINE_OFFER), None
    )
    tracks = [Track(one.opportunity.name, one.process.steps) for one in running]
    lanes = [Lane.of(one.process) for one in running]
    likely = [(1.0, Rule.of(running, 0.0, plan))]
    if kept is not None and kept.action is Action.ACCEPT_OFFER:
        tracks.append(Track(kept.name, ()))
        never = [[inf for _ in one.reward] for one in lanes]
        likely = [(1.0, Rule(kept.surplus, never, worth=kept.accept))]
    elif kept is not None:
        wait = _waiting(kept, entries, plan)
        tracks.append(Track(kept.name, (wait,)))
        held = Rule.of(running, max(0.0, kept.surplus), plan)
        likely = [(wait.survive, held), (1.0 - wait.survive, likely[0][1])]
    season = Season(tracks, lanes, kept, likely)
    notes = dict.fromkeys(rule.note for _, rule in likely if rule.note)
    if any(one.practice > 0.0 for one in (*plan.prospects, *plan.left)):
        notes["Skill stays as it is; what one interview teaches comes on top."] = None
    exits = fsum(one.process.steps[0].exit for one in running)
    return Scene(
        "The plan",
        tuple(tracks),
        season.play,
        exits if kept is None else kept.accept,
        season.expected,
        tuple(notes),
    )


def _waiting(kept: HeldOffer, entries: Sequence[Entry], plan: Plan) -> Step:
    """
    Asking for an offer to wait.
    """
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
