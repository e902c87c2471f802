"""What somebody said of a decision, and the decision as if they had not said it.

A *path* is where a thing stands in a decision: record, field, then keys and indices.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from interviewfit._model.decision import Decision
from interviewfit._model.news_beside import carried_signals, without_rivals
from interviewfit._model.parameters import PRIORS, Path, quoted
from interviewfit._model.vocabulary import Phase
from interviewfit._model.weights import Weights
from interviewfit._process.structure import structure_of

T = TypeVar("T")

_Tree: TypeAlias = dict[str | int, Any]
"""What is unsaid, by the steps of its path; None at its end."""

BESIDE: Path = ("beside",)
"""The other processes; what they have shown of a company or field stands apart."""

POSITION: Path = ("opportunity", "position")
"""Where a process stands; it is said, and no opinion."""

# Fields that say of what the decision is and what was done in it, and nothing of it.
_HEADS = frozenset(
    {"name", "company", "field", "tags", "stages", "kind", "days", "salary"}
    | {"questions_asked"}
)


def said(decision: Decision) -> Iterator[Path]:
    """Where everything stands in a decision that somebody said of it."""
    candidate, opportunity = decision.candidate, decision.opportunity
    # A sign may force leaving as well.
    free = attrs.evolve(candidate, dealbreakers=())
    stops = structure_of(free, opportunity).dealbreakers
    for tag in sorted(candidate.dealbreakers):
        alone = attrs.evolve(candidate, dealbreakers={tag})
        if structure_of(alone, opportunity).dealbreakers != stops:
            yield ("candidate", "dealbreakers", tag)
    bearing = {
        getattr(signal, "name", "")
        for job in (opportunity, *decision.beside)
        for structure in (structure_of(candidate, job),)
        for signal in (*structure.signals, *structure.facts)
    }
    for path in _stated(candidate, ("candidate",)):
        is_elsewhere = path[1] == "learned" and path_name(path) not in bearing
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
    yield from _beside(decision)


def _beside(decision: Decision) -> Iterator[Path]:
    """That there are other processes, and what they have shown that bears on this."""
    opportunity, others = decision.opportunity, decision.beside
    if any(job.name != opportunity.name for job in others):
        yield BESIDE
    for index, number in carried_signals(opportunity, others):
        yield ("beside", index, "signals", number)


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


def without(decision: Decision, paths: Sequence[Path]) -> Decision:
    """The decision with some things unsaid.

    Args:
        decision: As it was stated.
        paths: Where the things stand.
    """
    tree: _Tree = {}
    for path in chain.from_iterable(map(_with_dependents, paths)):
        if path == BESIDE:
            continue
        branch = tree
        for step in path[:-1]:
            branch = branch.setdefault(step, {})
        branch[path[-1]] = None
    kept = _cut(decision, tree)
    return without_rivals(kept) if BESIDE in paths else kept


def _with_dependents(path: Path) -> Iterator[Path]:
    """Where a thing stands, and all that means nothing without it."""
    yield path
    if path == POSITION:
        yield ("opportunity", "researched")
    elif path[1:2] == ("stages",) and path[-1] == "meets":
        yield from ((*path[:-1], name) for name in ("person", "influence"))


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


def path_name(path: Path) -> str:
    """The name of what stands at a path, such as ``"stages[1].reveals.pay"``.

    What stands beside a decision begins with it: ``"beside[0].signals[1]"``.
    """
    first, *further = path if path[0] == "beside" else path[1:]
    marks = (
        f"[{step}]" if isinstance(step, int) else f".{quoted(step)}" for step in further
    )
    return f"{first}{''.join(marks)}"
