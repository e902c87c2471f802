"""Every number that bears on a decision, by name, and the decision with other numbers.

A number goes by one name wherever numbers are varied. One that nobody stated goes by
its prior's; the belief of an aspect that nobody stated starts from its wide default.

Names are put together with dots. An aspect of one's own with a dot, a bracket or a
quote in it stands in quotes (``priorities."dept. size"``): no two numbers share a name.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, TypeAlias, TypeVar, cast

import attrs
from attrs import frozen

from interviewfit._model.aspect_names import correct_aspects
from interviewfit._model.beliefs import VARIED, Belief, Clue, Either, NamedSign, Signal
from interviewfit._model.decision import Decision
from interviewfit._model.fields import canonical, check_kind
from interviewfit._model.parameters import (
    PRIORS,
    STAGE_NUMBERS,
    Path,
    Prior,
    RangeRule,
    name_at,
    spec_at,
)
from interviewfit._model.units import LARGEST
from interviewfit._model.vocabulary import ASPECTS, Scope, Sign, Strength, When
from interviewfit._model.weights import Weights
from interviewfit._process.bearing import BEHIND_NUMBERS, bearing_priors
from interviewfit._process.evidence import evidence_of
from interviewfit._process.signals import Posterior, update
from interviewfit._process.signs import unstated_belief
from interviewfit._process.structure import (
    CANDIDATE_NUMBERS,
    OPPORTUNITY_NUMBERS,
    Structure,
    numbers_of,
    structure_of,
)
from interviewfit.errors import InvalidFieldError

T = TypeVar("T")

_Tree: TypeAlias = dict[str | int, Any]
"""Values by the steps of their paths."""

_BELIEF_SDS = 3.0
"""A belief or a reading is varied by so many of its standard deviations."""


@frozen(kw_only=True)
class Parameter:
    """One number of a decision.

    Attributes:
        name: Such as ``"pay.mean"``, ``"weights.time"`` or ``"hr_screen.pass_rate"``.
        value: What it is now.
        low: Lower end of what is plausible.
        high: Its upper end.
        scale: How uncertain it is: its standard deviation, above 0.
        unit: Of all four.
        path: Where it stands in the decision: record, field, then keys and indices.
    """

    name: str
    value: float
    low: float
    high: float
    scale: float
    unit: str
    path: Path


def list_inputs(decision: Decision) -> tuple[Parameter, ...]:
    """Every number that may bear on a decision, each once, in a fixed order.

    The work grows with the stages and signals of all processes.

    Raises:
        InvalidFieldError: If it is something else.

    >>> from interviewfit import Candidate, Opportunity, corporate
    >>> job = Opportunity(name="Acme", stages=corporate())
    >>> inputs = list_inputs(Decision(candidate=Candidate(), opportunity=job))
    >>> [parameter.name for parameter in inputs][:4]
    ['pay.mean', 'role.mean', 'culture.mean', 'team.mean']
    """
    remedy = "An assessment has it as assessment.decision."
    check_kind("list_inputs(decision)", decision, Decision, remedy)
    candidate, opportunity = decision.candidate, decision.opportunity
    structure = structure_of(candidate, opportunity)
    numbers = numbers_of(candidate, opportunity, decision.assumptions)
    posterior = update(structure, numbers)
    inputs: dict[str, Parameter] = {}
    for parameter in chain(
        _of_beliefs(decision, posterior),
        _of_signals(decision),
        _of_candidate(decision, posterior),
        _of_stages(decision, structure),
        _of_assumptions(decision),
        _of_rivals(decision),
    ):
        inputs.setdefault(parameter.name, parameter)
    return tuple(inputs.values())


def find_parameter(decision: Decision, name: str) -> Parameter:
    """A number of a decision by its name.

    Args:
        decision: Whose numbers are looked through.
        name: As ``list_inputs`` has it.

    Raises:
        InvalidFieldError: If there is none of that name; the nearest is suggested.
    """
    inputs = {parameter.name: parameter for parameter in list_inputs(decision)}
    if name in inputs:
        return inputs[name]
    if name in ("mutual_fit", "competition"):
        # At 0 it bears on nothing, but somebody may ask what it would do.
        return _parameter(0.0, ("assumptions", "numbers", name))
    from difflib import get_close_matches

    corrected = correct_aspects(str(name)[:80])
    similar = [corrected] * (corrected in inputs) + get_close_matches(
        str(name)[:80], inputs, n=1, cutoff=0.4
    )
    remedy = f"Did you mean {similar[0]!r}? " if similar else ""
    remedy += "list_inputs(decision) names all of them."
    expected = "the name of a number of this decision"
    raise InvalidFieldError("input", expected, name, remedy)


def _of_beliefs(decision: Decision, posterior: Posterior[float]) -> Iterator[Parameter]:
    """The mean of every aspect, and the sd of each that somebody stated.

    Args:
        decision: With the beliefs as they are stated.
        posterior: The same once all signals are in.
    """
    stated = decision.opportunity.beliefs
    for aspect, now in posterior.beliefs.items():
        path = ("opportunity", "beliefs", aspect)
        belief = stated.get(aspect) or default_belief(decision, aspect)
        sd = max(belief.sd * decision.assumptions["overconfidence"], 1.0)
        # What readings have told already is no longer open.
        yield _parameter(belief.mean, (*path, "mean"), sd=sd, scale=max(now.sd, 0.5))
        if aspect in stated:
            yield _parameter(belief.sd, (*path, "sd"))


def _of_signals(decision: Decision) -> Iterator[Parameter]:
    """What was seen of the job, and what was learned elsewhere that bears on it."""
    jobs = (decision.opportunity, *decision.beside)
    about = {(Scope.COMPANY, canonical(job.company)) for job in jobs}
    about |= {(Scope.FIELD, canonical(job.field)) for job in jobs}
    paths: list[tuple[Path, Signal]] = [
        (("opportunity", "signals", number), signal)
        for number, signal in enumerate(decision.opportunity.signals)
        if not isinstance(signal, Sign)
    ]
    paths += [
        (("candidate", "learned", number), signal)
        for number, signal in enumerate(decision.candidate.learned)
        if (signal.scope, canonical(signal.about)) in about
    ]
    for path, signal in paths:
        if isinstance(signal, Clue):
            yield _parameter(signal.factor, (*path, "factor"))
            continue
        if isinstance(signal, NamedSign):
            strength = signal.strength
            if isinstance(strength, Strength):
                strength = decision.assumptions[f"strength.{strength}"]
            yield _parameter(strength, (*path, "strength"))
            continue
        if isinstance(signal, Either):
            for name in ("chance", "if_so", "if_not"):
                yield _parameter(getattr(signal, name), (*path, name))
            continue
        noise = signal.noise
        yield _parameter(signal.value, (*path, "value"), sd=noise, scale=noise)
        yield _parameter(noise, (*path, "noise"))
        # With no news to come there is nothing to be unsure of.
        if signal.unsettled > 0.0:
            yield _parameter(signal.unsettled, (*path, "unsettled"))


def _of_candidate(
    decision: Decision, posterior: Posterior[float]
) -> Iterator[Parameter]:
    """What the candidate wants and has, and what both state in place of priors.

    Args:
        decision: Of the candidate.
        posterior: Whose aspects count.
    """
    who, job = decision.candidate, decision.opportunity
    yield _parameter(who.fallback, ("candidate", "fallback"))
    # An aspect that counts for nothing might count for something.
    idle = (aspect for aspect, weight in who.priorities.items() if not weight)
    for aspect in (*posterior.beliefs, *idle):
        weight = who.priorities.get(aspect, 1.0)
        yield _parameter(weight, ("candidate", "priorities", aspect))
    for field in attrs.fields(Weights):
        weight = getattr(who.weights, field.name)
        yield _parameter(weight, ("candidate", "weights", field.name))
    for name in CANDIDATE_NUMBERS:
        if getattr(who, name) is not None:
            yield _parameter(getattr(who, name), ("candidate", name))
    for name in OPPORTUNITY_NUMBERS:
        if getattr(job, name) is not None:
            yield _parameter(getattr(job, name), ("opportunity", name))


def _of_stages(decision: Decision, structure: Structure) -> Iterator[Parameter]:
    """What is stated of the stages ahead, and of those behind what they have left.

    Args:
        decision: With the stages as they are stated.
        structure: Says which are ahead and which behind.
    """
    every = (*STAGE_NUMBERS, "reshape_gain", "influence")
    ahead = [(stage.number, every) for stage in structure.ahead]
    behind = [(stage.number, BEHIND_NUMBERS) for stage in structure.behind]
    for number, names in behind + ahead:
        stage = decision.opportunity.stages[number]
        path = ("opportunity", "stages", number)
        for name in names:
            value = getattr(stage, name)
            if value is not None:
                usual = f"{stage.kind}.{name}" if name in STAGE_NUMBERS else name
                yield _parameter(value, (*path, name), prior=PRIORS.get(usual))
        for aspect, share in stage.reveals.items():
            yield _parameter(share, (*path, "reveals", aspect))


def _of_assumptions(decision: Decision) -> Iterator[Parameter]:
    """The priors that bear on the decision, or on one beside it, if they may vary."""
    bearing: set[str] = set()
    for job in (decision.opportunity, *decision.beside):
        bearing.update(bearing_priors(decision, job))
    for name in PRIORS:
        if name in bearing:
            value = decision.assumptions[name]
            parameter = _parameter(value, ("assumptions", "numbers", name))
            if parameter.low < parameter.high:
                yield parameter


def _of_rivals(decision: Decision) -> Iterator[Parameter]:
    """The chances that processes beside it state of the rounds ahead of them."""
    for index, job in enumerate(decision.beside):
        if job.name == decision.opportunity.name:
            continue
        for stage in structure_of(decision.candidate, job).ahead:
            for name in STAGE_NUMBERS:
                path = ("beside", index, "stages", stage.number, name)
                value = getattr(job.stages[stage.number], name)
                if value is not None and spec_at(path).unit == "chance":
                    prior = PRIORS[f"{stage.kind}.{name}"]
                    yield _parameter(value, path, prior=prior)


def _parameter(
    value: float,
    path: Path,
    *,
    prior: Prior | None = None,
    sd: float = 0.0,
    scale: float = 0.0,
) -> Parameter:
    """A number with its plausible range, by the rule of its row in the registry.

    Args:
        value: What it is now.
        path: Where it stands in the decision, which says its name and its row.
        prior: Whose range counts, if it is not that of the same name.
        sd, scale: Of a belief or reading: how wide and how uncertain, in its unit.
    """
    name, spec = name_at(path), spec_at(path)
    match spec.range_rule:
        case RangeRule.PRIOR:
            prior = prior or PRIORS[name]
            low, high = min(prior.low, value), max(prior.high, value)
            scale = max(0.25 * (prior.high - prior.low), 1e-3)
        case RangeRule.BELIEF | RangeRule.READING:
            low, high = value - _BELIEF_SDS * sd, value + _BELIEF_SDS * sd
        case RangeRule.SIZE:
            low, high, scale = 0.25 * value, 2.5 * value + 0.1, 0.25 * value + 0.05
        case RangeRule.CHANCE:
            low, high, scale = 0.5 * value, 0.5 * (1.0 + value), 0.1
        case RangeRule.WEIGHT:
            low, high, scale = 0.0, max(5.0, 2.0 * value), 0.5
        case _:
            low, high, scale = value - 30.0, value + 30.0, 5.0
    return Parameter(
        name=name,
        value=value,
        low=max(low, spec.low),
        high=min(high, spec.high),
        scale=scale,
        unit=spec.unit,
        path=path,
    )


def default_belief(decision: Decision, aspect: str) -> Belief:
    """The wide default of an aspect nobody has stated, as somebody would state it.

    Args:
        decision: Whose assumptions count.
        aspect: Any.

    Returns:
        Percent of pay. The sd is narrower than the default, because a stated one is
        widened again when it is used.
    """
    who, job, assumptions = (
        decision.candidate,
        decision.opportunity,
        decision.assumptions,
    )
    structure, numbers = structure_of(who, job), numbers_of(who, job, assumptions)
    evidence = list(evidence_of(structure.signals, numbers))
    for rival in decision.beside if structure.company else ():
        shown, stated = structure_of(who, rival), numbers_of(who, rival, assumptions)
        if shown.company == structure.company:
            signals = evidence_of(shown.signals, stated)
            evidence += [item for item in signals if item.scope is Scope.COMPANY]
    usual = unstated_belief(numbers, aspect, evidence)
    sd = usual.sd / assumptions["overconfidence"]
    return Belief(mean=usual.mean, sd=min(sd, LARGEST), when=When.BEFORE)


def substitute(decision: Decision, values: Mapping[Parameter, float]) -> Decision:
    """The decision with other numbers, which are checked as they are anywhere else.

    Args:
        decision: As it stands.
        values: New numbers; their order does not matter.

    Raises:
        InvalidFieldError: If a number is out of its range.
    """
    unnamed = {*ASPECTS, *decision.candidate.priorities}.isdisjoint
    # The belief of an unstated aspect starts from assumptions, so these come first.
    for first in (True, False):
        tree: _Tree = {}
        for parameter, value in values.items():
            # To weigh an aspect 1, as it is weighed anyway, does not name it.
            is_priority = parameter.path[1] == "priorities"
            if is_priority and value == 1.0 and unnamed(parameter.path[2:]):
                continue
            if (parameter.path[0] == "assumptions") is first:
                branch = tree
                for head in parameter.path[:-1]:
                    branch = branch.setdefault(head, {})
                branch[parameter.path[-1]] = value
        if tree:
            varied = VARIED.set(True)
            try:
                decision = _replaced(decision, tree, decision)
            finally:
                VARIED.reset(varied)
    return decision


def _replaced(record: T, tree: _Tree, decision: Decision) -> T:
    """A record, list or mapping with other values at the ends of some paths.

    Args:
        record: To be copied.
        tree: The values, by the steps of their paths.
        decision: Whose default beliefs stand in for beliefs that are not stated.
    """
    if isinstance(record, tuple):
        items: list[Any] = list(record)
        for head, branch in tree.items():
            items[int(head)] = _replaced(items[int(head)], branch, decision)
        return type(record)(items)
    if isinstance(record, Mapping):
        entries: dict[Any, Any] = {**record, **tree}
        for head, branch in tree.items():
            if isinstance(branch, dict):
                stated = record.get(head) or default_belief(decision, str(head))
                entries[head] = _replaced(stated, branch, decision)
        return cast(T, entries)
    changes = {
        str(head): _replaced(getattr(record, str(head)), branch, decision)
        if isinstance(branch, dict)
        else branch
        for head, branch in tree.items()
    }
    return cast(T, attrs.evolve(cast(Any, record), **changes))
