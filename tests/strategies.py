"""
Hypothesis strategies: one per noun, named by its plural.

Every value is valid, and made by the constructor a user would call. A law that
needs less than everything passes a narrower strategy in; nothing is filtered.
Names come from short lists, so that beliefs, readings, priorities and reveals
often meet on one aspect, company or tag.
"""

import math
from collections.abc import Iterable, Mapping

import numpy as np
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Event,
    Opportunity,
    Phase,
    Position,
    Reading,
    Scope,
    Search,
    Seniority,
    Sign,
    Signal,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
)
from interviewfit.priors import ASPECTS, PRIORS
from interviewfit.solver import Solution, solve
from oracles import Chain

OWN_ASPECTS = ("canteen", "garden", "mission")
COMPANIES = ("Harbour", "Tessel")
FIELDS = ("analytics", "energy")
TAGS = ("arms", "meat", "tobacco")
UNDERWAY = (Phase.BEFORE, Phase.MIDWAY)

NOTHING = st.just("")
CHANCES = st.floats(0.0, 1.0)
FACTORS = st.floats(0.0, 3.0)
HOURS = st.floats(0.0, 8.0)
PERCENTS = st.floats(-40.0, 40.0)
SPREADS = st.floats(0.0, 15.0)
ASPECT_NAMES = st.sampled_from((*ASPECTS, *OWN_ASPECTS))
# Any script, but none of the white space that the records bring onto one line.
_WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
NAMES = st.lists(_WORDS, min_size=1, max_size=2).map(" ".join)
HERE = st.just(Scope.OPPORTUNITY)


def beliefs(
    means: SearchStrategy[float] = PERCENTS, sds: SearchStrategy[float] = SPREADS
) -> SearchStrategy[Belief]:
    return st.builds(Belief, mean=means, sd=sds)


def readings(
    aspects: SearchStrategy[str] = ASPECT_NAMES,
    scopes: SearchStrategy[Scope] = HERE,
    about: SearchStrategy[str] = NOTHING,
) -> SearchStrategy[Reading]:
    return st.builds(
        Reading,
        aspect=aspects,
        value=PERCENTS,
        noise=st.floats(0.5, 30.0),
        unsettled=st.just(0.0) | SPREADS,
        scope=scopes,
        about=about,
        note=NOTHING | NAMES,
    )


def clues(
    scopes: SearchStrategy[Scope] = HERE, about: SearchStrategy[str] = NOTHING
) -> SearchStrategy[Clue]:
    return st.builds(
        Clue,
        event=st.sampled_from(Event),
        factor=st.floats(0.1, 10.0),
        scope=scopes,
        about=about,
        note=NOTHING | NAMES,
    )


def signals(about: Mapping[Scope, Iterable[str]]) -> SearchStrategy[Signal]:
    """
    Readings and clues, for each scope about one of the names given with it.
    """
    return st.one_of(
        [
            kind(scopes=st.just(scope), about=st.sampled_from(tuple(choices)))
            for scope, choices in about.items()
            for kind in (readings, clues)
        ]
    )


def weights(each: SearchStrategy[float] = FACTORS) -> SearchStrategy[Weights]:
    return st.builds(Weights, **{one.value: each for one in Term})


def stages(names: SearchStrategy[str] = NOTHING) -> SearchStrategy[Stage]:
    return st.builds(
        Stage,
        kind=st.sampled_from(StageKind),
        name=names,
        hours=st.none() | HOURS,
        preparation=st.none() | HOURS,
        pass_rate=st.none() | CHANCES,
        reveals=st.dictionaries(ASPECT_NAMES, CHANCES, max_size=3),
        meets=st.none() | st.sampled_from(Seniority),
        surfaces=st.none() | CHANCES,
        reshape_chance=st.none() | CHANCES,
        reshape_gain=st.none() | SPREADS,
        practice=st.none() | FACTORS,
        days=st.floats(0.0, 30.0),
    )


STAGES = st.lists(stages(), min_size=1, max_size=3)
NAMED_STAGES = st.lists(
    stages(NAMES), min_size=1, max_size=3, unique_by=lambda one: one.name
)


def positions(
    last: int, phases: Iterable[Phase] = tuple(Phase)
) -> SearchStrategy[Position]:
    return st.builds(
        Position, phase=st.sampled_from(tuple(phases)), stage=st.integers(0, last)
    )


@st.composite
def opportunities(
    draw: st.DrawFn,
    names: SearchStrategy[str] = NAMES,
    stages: SearchStrategy[list[Stage]] = STAGES,
    phases: Iterable[Phase] = tuple(Phase),
    seen: int = 3,
) -> Opportunity:
    """
    Opportunities with up to *seen* signals.
    """
    name, company = draw(names), draw(st.sampled_from(("", *COMPANIES)))
    field, ahead = draw(st.sampled_from(("", *FIELDS))), draw(stages)
    about = {
        Scope.OPPORTUNITY: ("", name),
        Scope.COMPANY: ("", company),
        Scope.FIELD: ("", field),
    }
    return draw(
        st.builds(
            Opportunity,
            name=st.just(name),
            stages=st.just(ahead),
            beliefs=st.dictionaries(ASPECT_NAMES, beliefs(), max_size=4),
            company=st.just(company),
            field=st.just(field),
            tags=st.frozensets(st.sampled_from(TAGS)),
            relevance=st.none() | CHANCES,
            via_recruiter=st.booleans(),
            knows_someone=st.booleans(),
            unresearched=st.booleans(),
            hidden_role=st.none() | CHANCES,
            stays_open=st.none() | CHANCES,
            signals=st.lists(st.sampled_from(Sign) | signals(about), max_size=seen),
            position=positions(len(ahead) - 1, phases),
        )
    )


def candidates() -> SearchStrategy[Candidate]:
    elsewhere = {Scope.COMPANY: COMPANIES, Scope.FIELD: FIELDS}
    return st.builds(
        Candidate,
        name=NOTHING | NAMES,
        priorities=st.dictionaries(ASPECT_NAMES, FACTORS, max_size=3),
        fallback=st.floats(-20.0, 20.0),
        dealbreakers=st.frozensets(st.sampled_from(TAGS), max_size=1),
        weights=st.builds(Weights) | weights(),
        activity=st.none() | CHANCES,
        interviews_done=st.none() | st.floats(0.0, 10.0),
        interviews_ahead=st.none() | st.floats(0.0, 6.0),
        worth_ahead=st.none() | st.floats(0.0, 20.0),
        learned=st.lists(signals(elsewhere), max_size=2),
    )


def assumptions() -> SearchStrategy[Assumptions]:
    """
    Assumptions with up to three numbers moved, each within its range.
    """
    moved = st.lists(st.sampled_from(sorted(PRIORS)), max_size=3, unique=True)
    return st.builds(
        Assumptions,
        numbers=moved.flatmap(
            lambda names: st.fixed_dictionaries(
                {name: st.floats(PRIORS[name].low, PRIORS[name].high) for name in names}
            )
        ),
    )


def searches() -> SearchStrategy[Search]:
    return st.builds(
        Search,
        candidate=candidates(),
        opportunities=st.lists(
            opportunities(), min_size=1, max_size=3, unique_by=lambda one: one.name
        ),
        assumptions=assumptions(),
    )


@frozen(kw_only=True)
class Case:
    """
    All that one assessment is made from.
    """

    candidate: Candidate
    opportunity: Opportunity
    assumptions: Assumptions

    def assess(self) -> Assessment:
        return assess(self.candidate, self.opportunity, assumptions=self.assumptions)

    def stakes(self, found: Assessment) -> float:
        """
        Size of the numbers an answer is made of, hours: what rounding is relative to.
        """
        percent = self.assumptions.percent_hours * self.candidate.weights.offer
        return percent * (abs(found.mean) + found.sd) + max(
            math.fsum(map(abs, one.terms.values())) for one in found.choices
        )


def cases(
    phases: Iterable[Phase] = tuple(Phase), names: SearchStrategy[str] = NAMES
) -> SearchStrategy[Case]:
    return st.builds(
        Case,
        candidate=candidates(),
        opportunity=opportunities(names=names, phases=phases),
        assumptions=assumptions(),
    )


def assessments(
    phases: Iterable[Phase] = tuple(Phase), names: SearchStrategy[str] = NAMES
) -> SearchStrategy[Assessment]:
    return cases(phases, names).map(Case.assess)


def chains(
    steps: int = 6,
    fewest: int = 1,
    exits: SearchStrategy[float] = st.floats(-10.0, 5.0),
    reveals: SearchStrategy[float] = st.floats(0.0, 30.0),
) -> SearchStrategy[Chain]:
    """
    What a process is to the solver, moderate in every number.
    """
    rewards, drifts = st.floats(-10.0, 3.0), st.floats(-10.0, 10.0)
    links = st.tuples(rewards, CHANCES, drifts, reveals, exits)
    return st.lists(links, min_size=fewest, max_size=steps).map(
        lambda several: Chain(*zip(*several, strict=True))
    )


MEANS = st.floats(-60.0, 60.0)


def solved(*chains: Chain) -> Solution:
    """
    Chains of one length, solved as one batch.
    """
    parts = zip(*(vars(chain).values() for chain in chains), strict=True)
    return solve(*(np.array(part) for part in parts))


def size(chain: Chain, mean: float = 0.0) -> float:
    """
    Size of the numbers that add up to a chain's worth: what rounding is relative to.
    """
    return math.fsum(
        map(abs, (mean, *chain.reward, *chain.drift, *chain.exit, chain.scale))
    )
