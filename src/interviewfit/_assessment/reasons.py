"""What each thing that was said does to an answer: the lead with it and without it.

With v(a) the value of action a, the *lead* of the advised action a* is

    lead = v(a*) - max(v(a) for all other actions a)

For each thing said the decision is compiled and evaluated again with that thing unsaid.
Its effect is the lead as it is minus the lead then. An action that is not open then, as
waiting for news where there is none, leads by 0. In mid-interview what comes after it
counts as well: to finish and then withdraw leads by as much as withdrawing then beats
going on, as things stand. Where a process stands is compared with its start.

The lead with everything said minus the lead with nothing said, at the same position, is
the sum of the effects and a remainder: what the things said do together and not apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import inf, isfinite
from typing import Any, TypeAlias, TypeVar, cast

import attrs
from attrs import frozen

from interviewfit._assessment.alternatives import compile_problem
from interviewfit._assessment.evaluation import evaluate
from interviewfit._competition.chains import solve_steps
from interviewfit._model.decision import Decision
from interviewfit._model.domain import Weights
from interviewfit._model.parameters import PRIORS, Path, quoted
from interviewfit._model.units import PercentOfPay, Worth
from interviewfit._model.vocabulary import ASPECTS, Action, Event, Phase
from interviewfit._process.structure import structure_of
from interviewfit._results.reasons import Reason, Reasons
from interviewfit._text.statements import statement, summary

T = TypeVar("T")

_Tree: TypeAlias = dict[str | int, Any]
"""What is unsaid, by the steps of its path; None at its end."""

# Fields that say of what the decision is, and nothing of it.
_HEADS = frozenset(
    {"name", "company", "field", "tags", "stages", "kind", "days", "salary"}
)
_POSITION: Path = ("opportunity", "position")
_GOING = frozenset({Action.TAKE, Action.CONTINUE, Action.ACCEPT_OFFER})
_LEAVING = frozenset(
    {
        Action.DECLINE,
        Action.WITHDRAW_POLITELY,
        Action.LEAVE,
        Action.DECLINE_OFFER,
        Action.MOVE_ON,
    }
)
# As many things are assessed one by one; of more, those of one kind together.
_MOST_APART = 60
_SUBJECTS = frozenset({*ASPECTS, *Event})
# As many things as are looked through for some that decide together.
_MOST_TOGETHER = 6
# Effects below it, in hours and percent, are rounding.
_NOTHING = 1e-9


@frozen(eq=False)
class _Standing:
    """How the actions stand in a decision.

    Attributes:
        action: The advice.
        values: Value of each alternative, hours; staying in mid-interview is
            *continue*, and any way of leaving or going on is called as it is here.
        afterwards: In mid-interview, by how much going on after it beats withdrawing as
            things stand, hours; infinite elsewhere.
        fit: Mean of the surplus, percent of pay.
    """

    action: Action
    values: Mapping[Action, Worth]
    afterwards: Worth
    fit: PercentOfPay

    def lead(self, advised: Action) -> Worth:
        """The value of an action minus that of the best other one, hours.

        Args:
            advised: The action, which may be called after another position.
        """
        midway = isfinite(self.afterwards)
        kind = advised
        if advised is Action.FINISH_POLITELY:
            kind = Action.CONTINUE if midway else Action.WITHDRAW_POLITELY
        for family in (_GOING, _LEAVING):
            if kind in family:
                kind = next(iter(family & self.values.keys()), kind)
        if kind not in self.values:
            return 0.0
        others = [value for action, value in self.values.items() if action is not kind]
        margin = self.values[kind] - max(others) if others else 0.0
        if midway and advised is Action.FINISH_POLITELY:
            return -self.afterwards
        if midway and advised in _GOING:
            return min(margin, self.afterwards)
        return margin

    def pull(self, advised: Action) -> Worth:
        """By how much going on beats leaving, or the other way round, hours.

        Args:
            advised: The action; to finish politely is a way of leaving.
        """
        going = sum(self.values.get(action, 0.0) for action in _GOING)
        leaving = sum(self.values.get(action, 0.0) for action in _LEAVING)
        if isfinite(self.afterwards) and advised is Action.FINISH_POLITELY:
            return -self.afterwards
        if advised in _LEAVING or advised is Action.FINISH_POLITELY:
            return leaving - going
        return going - leaving if advised in _GOING else self.lead(advised)


def reasons_of(decision: Decision, action: Action) -> Reasons:
    """What each thing that was said does to the answer, the largest effect first.

    Args:
        decision: As it was stated.
        action: That was advised.
    """
    things = _grouped(decision, list(_said(decision)))
    now = _standing(decision)
    lead = now.lead(action)
    reasons: list[Reason] = []
    pull: dict[str, Worth] = {}
    for name, paths in things.items():
        unsaid = chain.from_iterable(map(_with_dependents, paths))
        then = _standing(_without(decision, list(unsaid)))
        turns = then.action is not action
        if paths == [_POSITION]:
            turns = _sense(then.action) is not _sense(action)
        reasons.append(
            Reason(
                name=name,
                what=_words(decision, name, paths),
                effect_hours=lead - then.lead(action),
                effect_percent=now.fit - then.fit,
                action_without=then.action,
                turns=turns,
            )
        )
        pull[name] = now.pull(action) - then.pull(action)
    position = _name(_POSITION)
    everything = chain.from_iterable(
        things[name] for name in things.keys() - {position}
    )
    nothing = _standing(_without(decision, list(everything)))
    reasons.sort(key=lambda reason: -abs(reason.effect_hours))
    opinions = [reason for reason in reasons if reason.name != position]
    turning = [reason.name for reason in opinions if reason.turns]
    # Better a thing that speaks for the action than one that speaks against another.
    decisive = [name for name in turning if pull[name] > 0.0] or turning
    return Reasons(
        items=tuple(reasons),
        margin=lead,
        margin_unsaid=nothing.lead(action),
        action_unsaid=nothing.action,
        decisive=tuple(decisive or _together(decision, action, opinions, things)),
    )


def _words(decision: Decision, name: str, paths: Sequence[Path]) -> str:
    """A thing said, or some of one kind, in words that follow "because".

    Args:
        decision, name: As it was stated, and the name of the thing.
        paths: Where it stands, or where they stand.
    """
    if len(paths) == 1:
        return statement(decision, paths[0])
    field, _, subject = name.partition(".")
    return summary(field, subject, len(paths))


def _with_dependents(path: Path) -> Iterator[Path]:
    """Where a thing stands, and all that means nothing without it."""
    yield path
    if path == _POSITION:
        yield ("opportunity", "researched")
    elif path[1:2] == ("stages",) and path[-1] == "meets":
        yield from ((*path[:-1], name) for name in ("person", "influence"))


def _grouped(decision: Decision, paths: Sequence[Path]) -> dict[str, list[Path]]:
    """The things said, by name; of very many those of one kind are one thing.

    Args:
        decision: As it was stated.
        paths: Where everything stands that was said.
    """
    if len(paths) <= _MOST_APART:
        return {_name(path): [path] for path in paths}
    groups: dict[str, list[Path]] = {}
    for path in paths:
        name = str(path[1])
        if name in ("signals", "learned"):
            signal = getattr(getattr(decision, str(path[0])), name)[path[2]]
            subject = getattr(signal, "aspect", "") or getattr(signal, "event", "")
            name = f"{name}.{quoted(subject)}" if subject in _SUBJECTS else name
        groups.setdefault(name, []).append(path)
    return {
        _name(group[0]) if len(group) == 1 else name: group
        for name, group in groups.items()
    }


def _together(
    decision: Decision,
    action: Action,
    reasons: Sequence[Reason],
    things: Mapping[str, Sequence[Path]],
) -> tuple[str, ...]:
    """The things that speak for an action and decide together, though none alone.

    Args:
        decision, action: As it was stated, and what was advised.
        reasons: The largest effect first; none turns the advice alone.
        things: Where each stands in the decision, by its name.

    Returns:
        Names, none of which could be missing; empty if they do not decide.
    """

    def turns(names: Sequence[str]) -> bool:
        told = chain.from_iterable(things[name] for name in names)
        paths = chain.from_iterable(map(_with_dependents, told))
        return _standing(_without(decision, list(paths))).action is not action

    # Of a sign that was told twice, neither alone has an effect.
    names = [item.name for item in reasons if item.effect_hours > -_NOTHING]
    for count in range(2, min(len(names), _MOST_TOGETHER) + 1):
        chosen = names[:count]
        if turns(chosen):
            for name in names[:count]:
                fewer = [other for other in chosen if other != name]
                if turns(fewer):
                    chosen = fewer
            return tuple(chosen)
    names = [item.name for item in reasons]
    return tuple(names) if turns(names) else ()


def _standing(decision: Decision) -> _Standing:
    """How the actions of a decision stand."""
    problem = compile_problem(decision)
    evaluation = evaluate(problem)
    ranking, steps = evaluation.ranking, problem.process.steps
    afterwards = inf
    if problem.structure.phase is Phase.MIDWAY:
        mean = problem.process.mean_hours + steps[0].drift
        afterwards = mean
        if steps[1:]:
            following = solve_steps(steps[1:])
            value = following.continuation_value([mean]).item()
            afterwards = value - steps[1].exit
    values = zip(ranking.actions, ranking.values[:, 0].tolist(), strict=True)
    return _Standing(ranking.best[0], dict(values), afterwards, problem.process.mean)


def _sense(action: Action) -> Action:
    """An action by the name it has before a first stage."""
    if action in _GOING:
        return Action.TAKE
    return Action.DECLINE if action in _LEAVING else action


def _said(decision: Decision) -> Iterator[Path]:
    """Where everything stands in a decision that somebody said of it."""
    candidate, opportunity = decision.candidate, decision.opportunity
    for tag in sorted(candidate.dealbreakers):
        alone = attrs.evolve(candidate, dealbreakers={tag})
        if structure_of(alone, opportunity).dealbreakers:
            yield ("candidate", "dealbreakers", tag)
    bearing = {
        getattr(signal, "name", "")
        for job in (opportunity, *decision.beside)
        for signal in structure_of(candidate, job).signals
    }
    for path in _stated(candidate, ("candidate",)):
        is_elsewhere = path[1] == "learned" and _name(path) not in bearing
        if path[1] != "dealbreakers" and not is_elsewhere:
            yield path
    yield from _stated(opportunity, ("opportunity",))
    position = opportunity.position
    if position.phase in (Phase.BEFORE, Phase.MIDWAY):
        for number in range(position.stage, len(opportunity.stages)):
            stage = opportunity.stages[number]
            yield from _stated(stage, ("opportunity", "stages", number))
    for name, value in sorted(decision.assumptions.numbers.items()):
        if value != PRIORS[name].value:
            yield ("assumptions", "numbers", name)
    if any(job.name != opportunity.name for job in decision.beside):
        yield ("beside",)


def _stated(record: Any, path: Path) -> Iterator[Path]:
    """Where the fields of a record stand that are not at their default.

    Args:
        record: A candidate, an opportunity, or one of their records.
        path: Where it stands in the decision.
    """
    for field in attrs.fields(type(record)):
        name, value = field.name, getattr(record, field.name)
        if name in _HEADS or value == _default(field):
            continue
        if isinstance(value, Mapping):
            yield from ((*path, name, key) for key in value)
        elif isinstance(value, tuple):
            yield from ((*path, name, number) for number in range(len(value)))
        elif isinstance(value, Weights):
            yield from _stated(value, (*path, name))
        else:
            yield (*path, name)


def _default(field: Any) -> Any:
    """What a field holds if nothing is said."""
    factory = getattr(field.default, "factory", None)
    return factory() if factory else field.default


def _without(decision: Decision, paths: Sequence[Path]) -> Decision:
    """The decision with some things unsaid.

    Args:
        decision: As it was stated.
        paths: Where the things stand.
    """
    tree: _Tree = {}
    for path in paths:
        branch = tree
        for step in path[:-1]:
            branch = branch.setdefault(step, {})
        branch[path[-1]] = None
    return _cut(decision, tree)


def _cut(record: T, tree: _Tree) -> T:
    """A record, list or mapping without what stands at the ends of some paths.

    Args:
        record: To be copied.
        tree: The ends, by the steps of their paths.
    """
    gone = {step for step, branch in tree.items() if branch is None}
    if isinstance(record, frozenset):
        return cast(T, record - gone)
    if isinstance(record, tuple):
        kept = (
            _cut(item, tree[number]) if number in tree else item
            for number, item in enumerate(record)
            if number not in gone
        )
        return cast(T, tuple(kept))
    if isinstance(record, Mapping):
        items = {
            key: _cut(item, tree[key]) if key in tree else item
            for key, item in record.items()
            if key not in gone
        }
        return cast(T, items)
    fields: Any = attrs.fields_dict(cast(Any, type(record)))
    changes = {
        str(step): _default(fields[str(step)])
        if branch is None
        else _cut(getattr(record, str(step)), branch)
        for step, branch in tree.items()
    }
    return cast(T, attrs.evolve(cast(Any, record), **changes))


def _name(path: Path) -> str:
    """The name of what stands at a path, such as ``"stages[1].reveals.pay"``."""
    first, *further = path[1:] or path
    marks = (
        f"[{step}]" if isinstance(step, int) else f".{quoted(step)}" for step in further
    )
    return f"{first}{''.join(marks)}"
