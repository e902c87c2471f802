"""Every number that bears on a decision, by name.

A number nobody stated is that of its prior, so it goes by the prior's name. The belief
of an aspect can always be varied: one that nobody has stated starts from its wide
default. How far each may plausibly be off comes from its prior's range, or from what is
believed; where only its size tells, from that.

Names are put together with dots. An aspect of one's own with a dot, a bracket or a
quote in it stands in quotes, as in ``priorities."dept. size"``; so no two numbers share
a name.
"""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from math import inf

import attrs

from interviewfit._model.beliefs import LEAST_FACTOR, LEAST_NOISE, Clue, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.defaults import LEARNING
from interviewfit._model.domain import Weights
from interviewfit._model.fields import LARGEST, check_kind
from interviewfit._model.priors import ASPECTS, COMPANY_ASPECTS, PRIORS, Prior
from interviewfit._model.stages import Stage
from interviewfit._model.vocabulary import Phase, Scope, Seniority, Sign, StageKind
from interviewfit._process.inputs import Parameter, stated
from interviewfit._process.signals import update
from interviewfit.errors import InvalidFieldError

__all__ = ["find_parameter", "list_inputs"]

# Numbers of their own that a candidate and an opportunity may state instead of priors.
_OWN: Mapping[str, tuple[str, ...]] = {
    "candidate": ("activity", "interviews_done", "interviews_ahead", "worth_ahead"),
    "opportunity": ("relevance", "hidden_role", "stays_open"),
}
_ROUNDS = (
    "hours",
    "preparation",
    "pass_rate",
    "surfaces",
    "reshape_chance",
    "practice",
)
# Only a posting's pay is read with these.
_OF_POSTINGS = ("hours_per_day", "pay_slack", "loose_pay", "absurd_pay")
# A belief is varied by so many of its standard deviations.
_REACH = 3.0


def list_inputs(decision: Decision) -> tuple[Parameter, ...]:
    """Every number that may bear on a decision, each once, in a fixed order.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> found = list_inputs(Decision(candidate=Candidate(), opportunity=job))
    >>> [one.name for one in found][:4]
    ['pay.mean', 'role.mean', 'culture.mean', 'manager.mean']

    Raises:
        InvalidFieldError: If it is given something else.
    """
    remedy = "An assessment has it as assessment.decision."
    check_kind("list_inputs(decision)", decision, Decision, remedy)
    return tuple(
        _within(one)
        for several in (
            _beliefs(decision),
            _seen(decision),
            _own(decision),
            _rounds(decision),
            _assumed(decision),
        )
        for one in several
    )


def find_parameter(decision: Decision, name: str) -> Parameter:
    """One of them by its name.

    Raises:
        InvalidFieldError: If there is none of that name; the nearest is suggested.
    """
    inputs = {one.name: one for one in list_inputs(decision)}
    if name in inputs:
        return inputs[name]
    near = get_close_matches(str(name)[:80], inputs, n=1, cutoff=0.4)
    remedy = f"Did you mean {near[0]!r}? " if near else ""
    raise InvalidFieldError(
        "input",
        "the name of a number of this decision",
        name,
        f"{remedy}list_inputs(decision) names all of them.",
    )


def _beliefs(decision: Decision) -> Iterator[Parameter]:
    who, job, numbers = decision.candidate, decision.opportunity, decision.assumptions
    for aspect, now in update(who, job, numbers).beliefs.items():
        path = ("opportunity", "beliefs", aspect)
        own = job.beliefs.get(aspect) or stated(decision, aspect)
        reach = _REACH * max(own.sd * numbers["overconfidence"], 1.0)
        yield Parameter(
            name=f"{_named(aspect)}.mean",
            value=own.mean,
            low=own.mean - reach,
            high=own.mean + reach,
            # What readings have told already is no longer open.
            scale=max(now.sd, 0.5),
            unit="% of pay",
            path=(*path, "mean"),
        )
        if aspect in job.beliefs:
            yield _around(f"{_named(aspect)}.sd", own.sd, "% of pay", (*path, "sd"))


def _seen(decision: Decision) -> Iterator[Parameter]:
    """What was seen of the job, and what was learned elsewhere that bears on it."""
    jobs = (decision.opportunity, *decision.beside)
    own = {
        *((Scope.COMPANY, one.company) for one in jobs),
        *((Scope.FIELD, one.field) for one in jobs),
    }
    for number, signal in enumerate(decision.opportunity.signals):
        if not isinstance(signal, Sign):
            yield from _of_signal(signal, ("opportunity", "signals", number))
    for number, signal in enumerate(decision.candidate.learned):
        if (signal.scope, signal.about) in own:
            yield from _of_signal(signal, ("candidate", "learned", number))


def _of_signal(signal: Signal, path: tuple[str, str, int]) -> Iterator[Parameter]:
    name = f"{path[1]}[{path[2]}]"
    if isinstance(signal, Clue):
        one = _around(f"{name}.factor", signal.factor, "factor", (*path, "factor"))
        yield attrs.evolve(one, low=max(one.low, LEAST_FACTOR))
        return
    reach = _REACH * signal.noise
    yield Parameter(
        name=f"{name}.value",
        value=signal.value,
        low=signal.value - reach,
        high=signal.value + reach,
        scale=signal.noise,
        unit="% of pay",
        path=(*path, "value"),
    )
    noise = _around(f"{name}.noise", signal.noise, "% of pay", (*path, "noise"))
    yield attrs.evolve(noise, low=max(noise.low, LEAST_NOISE))
    # With no news to come there is nothing to be unsure of.
    if signal.unsettled > 0.0:
        place = (*path, "unsettled")
        yield _around(f"{name}.unsettled", signal.unsettled, "% of pay", place)


def _own(decision: Decision) -> Iterator[Parameter]:
    who, job = decision.candidate, decision.opportunity
    yield Parameter(
        name="fallback",
        value=who.fallback,
        low=who.fallback - 30.0,
        high=who.fallback + 30.0,
        scale=5.0,
        unit="% of pay",
        path=("candidate", "fallback"),
    )
    # What counts for nothing might count for something.
    idle = (name for name, weight in who.priorities.items() if not weight)
    for aspect in (*update(who, job, decision.assumptions).beliefs, *idle):
        yield _weight(
            f"priorities.{_named(aspect)}",
            who.priorities.get(aspect, 1.0),
            ("candidate", "priorities", aspect),
        )
    for one in attrs.fields(Weights):
        yield _weight(
            f"weights.{one.name}",
            getattr(who.weights, one.name),
            ("candidate", "weights", one.name),
        )
    for part, record in (("candidate", who), ("opportunity", job)):
        for name in _OWN[part]:
            value = getattr(record, name)
            if value is not None:
                yield _like(PRIORS[name], name, value, (part, name))


def _rounds(decision: Decision) -> Iterator[Parameter]:
    for number, stage in _ahead(decision):
        path = ("opportunity", "stages", number)
        for what in _ROUNDS:
            value = getattr(stage, what)
            if value is not None:
                prior = PRIORS[f"{stage.kind}.{what}"]
                name = f"stages[{number}].{what}"
                yield _like(prior, name, value, (*path, what))
        if stage.reshape_gain is not None:
            name = f"stages[{number}].reshape_gain"
            prior, place = PRIORS["reshape_gain"], (*path, "reshape_gain")
            yield _like(prior, name, stage.reshape_gain, place)
        for aspect, share in stage.reveals.items():
            name = f"stages[{number}].reveals.{_named(aspect)}"
            yield _around(name, share, "share", (*path, "reveals", aspect), most=1.0)


def _assumed(decision: Decision) -> Iterator[Parameter]:
    """The priors that bear on the decision, or on one beside it, as they leave them open."""
    bearing: set[str] = set()
    for job in (decision.opportunity, *decision.beside):
        bearing.update(_bearing(attrs.evolve(decision, opportunity=job)))
    for name, prior in PRIORS.items():
        if name not in bearing:
            continue
        found = _like(
            prior, name, decision.assumptions[name], ("assumptions", "numbers", name)
        )
        if found.low < found.high:
            yield found


def _bearing(decision: Decision) -> Iterator[str]:
    """Priors that bear on what is decided alone."""
    idle = set(_idle(decision))
    kinds = {stage.kind for _, stage in _ahead(decision)}
    if decision.opportunity.unresearched:
        kinds.add(StageKind.RESEARCH)
    others = tuple(f"{kind}." for kind in StageKind if kind not in kinds)
    for name in PRIORS:
        if not (name in idle or name in LEARNING or name.startswith(others)):
            yield name


def _idle(decision: Decision) -> Iterator[str]:
    """Priors in whose place the decision has its own number, or no place at all."""
    who, job = decision.candidate, decision.opportunity
    for part, record in (("candidate", who), ("opportunity", job)):
        yield from (name for name in _OWN[part] if getattr(record, name) is not None)
    ahead = [stage for _, stage in _ahead(decision)]
    if job.unresearched:
        # What desk research put first is like, only its priors say.
        ahead.append(Stage(kind=StageKind.RESEARCH))
    for kind in {stage.kind for stage in ahead}:
        alike = [stage for stage in ahead if stage.kind is kind]
        for what in _ROUNDS:
            if all(getattr(stage, what) is not None for stage in alike):
                yield f"{kind}.{what}"
    yield from _beside_the_point(decision)


def _beside_the_point(decision: Decision) -> Iterator[str]:
    """Priors of what does not occur in the decision."""
    job, ahead = decision.opportunity, [stage for _, stage in _ahead(decision)]
    met = {stage.meets or decision.assumptions.meets(stage.kind) for stage in ahead}
    yield from (f"influence.{one}" for one in Seniority if one not in met)
    known = update(decision.candidate, job, decision.assumptions)
    # Another role at the firm is drawn afresh, whatever is known of this one (prices).
    wide = [
        name
        for name in known.beliefs
        if name not in job.beliefs or (ahead and name not in COMPANY_ASPECTS)
    ]
    yield from (f"spread.{name}" for name in ASPECTS if name not in wide)
    if all(name in ASPECTS for name in wide):
        yield "other_spread"
    if not any(isinstance(one, Sign) for one in job.signals):
        yield "sign_strength"
    if not any(known.unsettled.values()):
        yield from ("asking", "stays_open")
    yield from _OF_POSTINGS
    if not job.unresearched:
        yield "research_saves"
    if not job.via_recruiter:
        yield "refusal"
    if not job.knows_someone:
        yield "referral"


def _ahead(decision: Decision) -> list[tuple[int, Stage]]:
    position = decision.opportunity.position
    if position.phase not in (Phase.BEFORE, Phase.MIDWAY):
        return []
    return list(enumerate(decision.opportunity.stages))[position.stage :]


def _named(aspect: str) -> str:
    """An aspect as a part of a name: in quotes if it could be read as several parts."""
    apart = aspect == "priorities" or any(mark in aspect for mark in '.[]"')
    return json.dumps(aspect, ensure_ascii=False) if apart else aspect


def _within(one: Parameter) -> Parameter:
    """Its plausible range as far as any number of ours may go."""
    if one.low >= -LARGEST and one.high <= LARGEST:
        return one
    return attrs.evolve(one, low=max(one.low, -LARGEST), high=min(one.high, LARGEST))


def _weight(name: str, value: float, path: tuple[str | int, ...]) -> Parameter:
    high = max(5.0, 2.0 * value)
    return Parameter(
        name=name, value=value, low=0.0, high=high, scale=0.5, unit="factor", path=path
    )


def _around(
    name: str,
    value: float,
    unit: str,
    path: tuple[str | int, ...],
    most: float = inf,
) -> Parameter:
    """A number of at least 0 of which only its size tells what is plausible."""
    return Parameter(
        name=name,
        value=value,
        low=0.25 * value,
        high=min(most, 2.5 * value + 0.1),
        scale=0.25 * value + 0.05,
        unit=unit,
        path=path,
    )


def _like(
    prior: Prior, name: str, value: float, path: tuple[str | int, ...]
) -> Parameter:
    """A number in the place of a prior: as uncertain, and as far as it reaches at least."""
    low, high = min(prior.low, value), max(prior.high, value)
    scale = max(0.25 * (prior.high - prior.low), 1e-3)
    return Parameter(
        name=name,
        value=value,
        low=low,
        high=high,
        scale=scale,
        unit=prior.unit,
        path=path,
    )
