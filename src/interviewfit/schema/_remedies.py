"""What to write in place of a value or a key that cannot be read from JSON."""

import json
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from interviewfit._model.aspect_names import meant_name
from interviewfit._model.decision import Search
from interviewfit._model.domain import Candidate, Opportunity
from interviewfit._model.stages import Position, Stage

_PLACES: Mapping[str, type] = {
    "the search": Search,
    "the candidate": Candidate,
    "the opportunity": Opportunity,
    "the position": Position,
    "a stage": Stage,
}
_LONGEST, _MOST_KEYS = 40, 5
_EXAMPLES = {
    "candidate": "{}",
    "stages": '[{"kind": "hr_screen"}, {"kind": "hiring_manager"}]',
    "kind": '"hiring_manager"',
    "opportunities": '[{"name": "Acme", "stages": [{"kind": "panel"}]}]',
}


def list_remedy(value: object) -> str:
    """How to write a single value as a list; empty if it is none to write so.

    >>> list_remedy("arms")
    'Write ["arms"].'
    """
    if isinstance(value, str) and 0 < len(value) < _LONGEST:
        return f"Write [{json.dumps(value, ensure_ascii=False)}]."
    return "Put it into brackets: [...]." if isinstance(value, dict) else ""


def missing_remedy(key: str) -> str:
    """What to add for a key that is missing, as a sentence.

    >>> missing_remedy("candidate")
    'Add "candidate": {}.'
    """
    example = _EXAMPLES.get(key)
    return f'Add "{key}": {example}.' if example else f'Add "{key}".'


def unknown_keys(unknown: Collection[str], keys: tuple[str, ...], kind: type) -> str:
    """The fault of keys that a record does not know, as a sentence.

    Args:
        unknown: They, in order.
        keys: Those that it knows.
        kind: Its class.
    """
    names = list(unknown)
    first = ", ".join(f"{key!r:.60}" for key in names[:_MOST_KEYS])
    left = len(names) - _MOST_KEYS
    more = f" and {left:,} more" if left > 0 else ""
    meant, place = meant_name(names[0], keys), place_of(names[0], kind)
    hint = f"did you mean {meant!r}? Known" if meant else "known"
    if place:
        hint = f"it belongs to {place}. Known here"
    return f"Unknown key {first}{more}; {hint} are {', '.join(keys)}."


def place_of(key: str, kind: type) -> str:
    """Where a key belongs, in words, if it is known elsewhere and not in a record.

    Args:
        key, kind: The key, and the class of the record in which it stands. A key of two
            other records tells nothing.

    >>> place_of("questions_asked", Position), place_of("wages", Position)
    ('the opportunity', '')
    """
    places = [
        place
        for place, record in _PLACES.items()
        if record is not kind and key in _keys(record)
    ]
    return places[0] if len(places) == 1 else ""


def _keys(kind: Any) -> set[str]:
    """The keys of a record in JSON."""
    return {field.alias for field in attrs.fields(kind) if field.init}
