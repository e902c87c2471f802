"""The sentences of letters in every language, read from ``data/letters.json``.

A sentence may have places for facts in braces, such as ``{job}``, and tags before a
bar: ``full`` stands in the full form only, ``written`` in emails and messages,
``spoken`` in calls. A place takes a fact that was stated; a sentence with a place for
which nothing was stated is left out.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args

from interviewfit._model.package_data import package_text
from interviewfit._model.vocabulary import Action, Phase

TEMPLATES: Mapping[str, Mapping[str, Any]] = json.loads(package_text("letters.json"))
"""The templates by language."""

LANGUAGES = tuple(TEMPLATES)
"""The languages that letters are written in."""

Channel: TypeAlias = Literal["email", "message", "call"]
Form: TypeAlias = Literal["short", "full"]

CHANNELS: tuple[Channel, ...] = get_args(Channel)
"""How a letter gets to its reader; the words of a call are spoken, also in a room."""

FORMS: tuple[Form, ...] = get_args(Form)
"""How much a letter says: what is needed, or a sentence or two of courtesy more."""

PURPOSES: Mapping[Phase, tuple[str, ...]] = {
    Phase.BEFORE: (
        Action.TAKE.value,
        Action.CONTINUE.value,
        Action.DECLINE.value,
        Action.WITHDRAW_POLITELY.value,
        Action.POSTPONE.value,
        Action.INVESTIGATE.value,
        Action.HURRY.value,
        "follow_up",
    ),
    Phase.MIDWAY: (
        Action.CONTINUE.value,
        Action.FINISH_POLITELY.value,
        Action.LEAVE.value,
    ),
    Phase.OFFERED: (
        Action.ACCEPT_OFFER.value,
        Action.DECLINE_OFFER.value,
        Action.POSTPONE.value,
        Action.ASK_FIRST.value,
        Action.ASK_FOR_TIME.value,
        Action.LET_IT_LAPSE.value,
        "ask_time",
    ),
    Phase.REJECTED: (Action.MOVE_ON.value,),
}
"""What a letter can be for, by where the process stands: each action, to ask a firm to
``hurry``, to ``follow_up`` after silence, and to ``ask_time`` on an offer."""

_SLOT = re.compile(r"\{(\w+)\}(\.?)")


def purpose_template(language: str, purpose: str, phase: Phase) -> Mapping[str, Any]:
    """The subject and the sentences of a purpose; some share those of another one.

    Args:
        language, purpose: Both known.
        phase: Where the process stands; some purposes read differently there.
    """
    letters = TEMPLATES[language]["letters"]
    template = letters.get(f"{purpose}.{phase.value}", letters[purpose])
    if isinstance(template, str):
        template = letters[template]
    return dict(template)


def slots(text: str) -> tuple[str, ...]:
    """The names of the places in a template, in order.

    >>> slots("I confirm {stage} for {job}.")
    ('stage', 'job')
    """
    return tuple(match[1] for match in _SLOT.finditer(text))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """A template with facts in its places; none has two full stops at its end.

    Args:
        text: The template.
        facts: By the name of the place. Braces in them are left alone.

    >>> fill("Thank you for your offer for {job}.", {"job": "Acme Inc."})
    'Thank you for your offer for Acme Inc.'
    """

    def put(match: re.Match[str]) -> str:
        fact = facts[match[1]]
        return fact if fact.endswith((".", "!", "?", "…")) else fact + match[2]

    return _SLOT.sub(put, text)


def sentences(
    template: Mapping[str, Any], facts: Mapping[str, str], tags: frozenset[str]
) -> Iterator[str]:
    """Yield the sentences of a purpose that the stated facts fill.

    Args:
        template: Of the purpose.
        facts: What was stated, by the name of its place.
        tags: The form, and ``written`` or ``spoken``: sentences with another tag are
            left out.
    """
    for entry in template["sentences"]:
        marks, _, text = entry.rpartition("|")
        if tags.issuperset(marks.split()) and facts.keys() >= set(slots(text)):
            yield fill(text, facts)
