"""Hypothesis strategies: one per noun, named by its plural.

Every value is valid, and made by the constructor a user would call. A law that
needs less than everything passes a narrower strategy in; nothing is filtered.
Names come from short lists, so that beliefs, readings, priorities and reveals
often meet on one aspect, company or tag.
"""

import math
import sys
from datetime import date, timedelta
from typing import Any

import numpy as np
from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Clue,
    Money,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Reading,
    Search,
    Sign,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
)
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._solver.solution import Solution, solve
from interviewfit.history import History, StageEvent
from interviewfit.records import (
    Event,
    Milestone,
    Scope,
    Seniority,
    Signal,
    Strength,
    When,
)
from oracles import Chain

OWN_ASPECTS = ("canteen", "garden", "mission")
CHANCES = st.floats(0.0, 1.0)
FACTORS = st.floats(0.0, 3.0)
HOURS = st.floats(0.0, 8.0)
PERCENTS = st.floats(-40.0, 40.0)
SPREADS = st.floats(0.0, 15.0)
NOTHING = st.just("")
SALARIES = st.builds(
    Money, amount=st.floats(2e4, 2e5), currency=st.just("EUR"), per=st.just("year")
)
# Any script, but none of the white space that records bring onto one line.
_WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
NAMES = st.lists(_WORDS, min_size=1, max_size=2).map(" ".join)
ASPECT_NAMES = st.sampled_from((*ASPECTS, *OWN_ASPECTS))
TAGS = st.sampled_from(("arms", "meat", "tobacco"))
# Of companies and of fields, so that lessons from elsewhere often bear on a case.
PLACES = st.sampled_from(("energy", "games"))
PEOPLE = st.sampled_from(("Ann", "Bo"))
SCOPES = st.sampled_from(Scope)
TIMES = st.sampled_from(When)
ELSEWHERE = st.sampled_from((Scope.COMPANY, Scope.FIELD))
PHASES = st.sampled_from(Phase)
UNDERWAY = st.sampled_from((Phase.BEFORE, Phase.MIDWAY))
MEANS = st.floats(-60.0, 60.0)
REVEALS = st.floats(0.0, 30.0)
EXITS = st.floats(-10.0, 5.0)
FIRST, LAST = date(2025, 3, 1), date(2025, 4, 30)
DAYS = st.dates(FIRST, LAST)
PROCESSES = st.sampled_from(("a", "b", "c", "d"))


def beliefs(
    means: SearchStrategy[float] = PERCENTS, sds: SearchStrategy[float] = SPREADS
) -> SearchStrategy[Belief]:
    return st.builds(Belief, mean=means, sd=sds, when=TIMES)


def readings(
    aspects: SearchStrategy[str] = ASPECT_NAMES,
    scopes: SearchStrategy[Scope] = SCOPES,
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
        when=TIMES,
    )


def clues(
    scopes: SearchStrategy[Scope] = SCOPES, about: SearchStrategy[str] = NOTHING
) -> SearchStrategy[Clue]:
    return st.builds(
        Clue,
        event=st.sampled_from(Event),
        factor=st.floats(0.1, 10.0),
        scope=scopes,
        about=about,
        note=NOTHING | NAMES,
    )


def signals(
    scopes: SearchStrategy[Scope] = SCOPES, about: SearchStrategy[str] = NOTHING
) -> SearchStrategy[Signal]:
    named = st.builds(
        NamedSign,
        sign=st.sampled_from(Sign),
        strength=st.sampled_from(Strength) | st.floats(0.0, 5.0),
        source=NOTHING | NAMES,
        scope=scopes,
        about=about,
        note=NOTHING | NAMES,
        when=TIMES,
    )
    return st.one_of(readings(scopes=scopes, about=about), clues(scopes, about), named)


def weights(each: SearchStrategy[float] = FACTORS) -> SearchStrategy[Weights]:
    return st.builds(Weights, **{term.value: each for term in Term})


def _stage(*, person: str, influence: float | None, **rest: Any) -> Stage:
    """A stage, with what is said of the person if anybody is met."""
    alone = Stage(**rest)
    if alone.meets_nobody:
        return alone
    return evolve(alone, person=person, influence=influence)


def stages(names: SearchStrategy[str] = NOTHING) -> SearchStrategy[Stage]:
    return st.builds(
        _stage,
        person=NOTHING | PEOPLE,
        influence=st.none() | FACTORS,
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
    phases: SearchStrategy[Phase] = PHASES, last: int = 2
) -> SearchStrategy[Position]:
    return st.builds(Position, phase=phases, stage=st.integers(0, last))


def _place(
    *,
    stages: list[Stage],
    position: Position,
    signals: list[Signal | Sign],
    named: bool,
    looked_up: bool,
    **rest: Any,
) -> Opportunity:
    """An opportunity at one of its stages, its signals named after it or not at all."""
    own = dict(zip(Scope, (rest["name"], rest["company"], rest["field"]), strict=True))
    return Opportunity(
        stages=stages,
        researched=0 if looked_up and not rest["unresearched"] else None,
        position=evolve(position, stage=position.stage % len(stages)),
        signals=[
            evolve(one, about=own[one.scope])
            if named and not isinstance(one, Sign)
            else one
            for one in signals
        ],
        **rest,
    )


def opportunities(
    phases: SearchStrategy[Phase] = PHASES,
    names: SearchStrategy[str] = NAMES,
    stages: SearchStrategy[list[Stage]] = STAGES,
) -> SearchStrategy[Opportunity]:
    return st.builds(
        _place,
        name=names,
        stages=stages,
        beliefs=st.dictionaries(ASPECT_NAMES, beliefs(), max_size=4),
        company=NOTHING | PLACES,
        field=NOTHING | PLACES,
        tags=st.frozensets(TAGS),
        relevance=st.none() | CHANCES,
        reach=st.none() | CHANCES,
        looked_up=st.booleans(),
        via_recruiter=st.booleans(),
        knows_someone=st.booleans(),
        unresearched=st.booleans(),
        questions_asked=st.booleans(),
        hidden_role=st.none() | CHANCES,
        stays_open=st.none() | CHANCES,
        signals=st.lists(st.sampled_from(Sign) | signals(), max_size=3),
        named=st.booleans(),
        position=positions(phases),
    )


def candidates() -> SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        name=NOTHING | NAMES,
        priorities=st.dictionaries(ASPECT_NAMES, FACTORS, max_size=3),
        fallback=st.floats(-20.0, 20.0),
        dealbreakers=st.frozensets(TAGS, max_size=1),
        fields=st.frozensets(PLACES, max_size=1),
        contacts=st.frozensets(PEOPLE, max_size=1),
        weights=st.builds(Weights) | weights(),
        activity=st.none() | CHANCES,
        interviews_done=st.none() | st.floats(0.0, 10.0),
        interviews_ahead=st.none() | st.floats(0.0, 6.0),
        worth_ahead=st.none() | st.floats(0.0, 20.0),
        salary=st.none() | SALARIES,
        learned=st.lists(signals(ELSEWHERE, PLACES), max_size=2),
    )


def assumptions() -> SearchStrategy[Assumptions]:
    """With up to three numbers moved, each within its range."""
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
    several = st.lists(
        opportunities(), min_size=1, max_size=2, unique_by=lambda one: one.name
    )
    return st.builds(Search, candidate=candidates(), opportunities=several)


@frozen(kw_only=True)
class Case:
    """All that one assessment is made from."""

    candidate: Candidate
    opportunity: Opportunity
    assumptions: Assumptions

    def assess(self) -> Assessment:
        return assess(self.candidate, self.opportunity, assumptions=self.assumptions)

    def stakes(self, found: Assessment) -> float:
        """
        Size of the numbers an answer is made of, hours: what rounding is relative to.

        A billionth of it is a normal number: those below have no nine digits.
        """
        percent = self.assumptions.hours_per_percent * self.candidate.weights.offer
        size = percent * (abs(found.mean) + found.sd) + max(
            math.fsum(map(abs, one.terms.values())) for one in found.choices
        )
        return max(size, 1e9 * sys.float_info.min)


def cases(
    phases: SearchStrategy[Phase] = PHASES, names: SearchStrategy[str] = NAMES
) -> SearchStrategy[Case]:
    return st.builds(
        Case,
        candidate=candidates(),
        opportunity=opportunities(phases, names),
        assumptions=assumptions(),
    )


def assessments() -> SearchStrategy[Assessment]:
    return cases().map(Case.assess)


def chains(
    fewest: int = 1,
    most: int = 6,
    exits: SearchStrategy[float] = EXITS,
    reveals: SearchStrategy[float] = REVEALS,
) -> SearchStrategy[Chain]:
    """What a process is to the solver, moderate in every number."""
    rewards, drifts = st.floats(-10.0, 3.0), st.floats(-10.0, 10.0)
    links = st.tuples(rewards, CHANCES, drifts, reveals, exits)
    return st.lists(links, min_size=fewest, max_size=most).map(
        lambda several: Chain(*zip(*several, strict=True))
    )


def solved(*chains: Chain) -> Solution:
    """Chains of one length, solved as one batch."""
    return solve(*np.array([list(vars(one).values()) for one in chains]).swapaxes(0, 1))


def size(chain: Chain, mean: float) -> float:
    """Size of the numbers a chain's worth is made of: what rounding is relative to."""
    parts = (mean, *chain.reward, *chain.drift, *chain.reveal, *chain.exit)
    return math.fsum(map(abs, parts))


def stage_events(
    processes: SearchStrategy[str] = PROCESSES, days: SearchStrategy[date] = DAYS
) -> SearchStrategy[StageEvent]:
    """Any kind on any day, so that logs come in every disorder."""
    return st.builds(
        StageEvent,
        process=processes,
        kind=st.sampled_from(Milestone),
        on=days,
        number=st.just(0) | st.integers(0, 5),
        stage=st.none() | st.sampled_from(StageKind),
        company=NOTHING | NAMES,
        role=NOTHING | NAMES,
        source=NOTHING | st.sampled_from(("referral", "board")),
        hours=st.none() | HOURS,
    )


def when(event: StageEvent) -> date:
    """The day of an event that has one."""
    assert event.on is not None
    return event.on


def histories(most: int = 20) -> SearchStrategy[History]:
    """Ledgers of a few processes, some complete up to a later day."""
    return st.builds(
        History,
        events=st.lists(stage_events(), max_size=most),
        until=st.none() | st.just(LAST + timedelta(days=20)),
    )
