"""Versions of the JSON of records: which is written, and how an older one is read.

``interviewfit/2`` is written. ``interviewfit/1`` is read for ever: records, keys and
words that have another name today stand in the tables here. Whoever renames a field of
a record adds one line; ``tests/test_contract.py`` fails until it is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SCHEMA = "interviewfit/2"
"""What the outermost object names itself when it is written."""

READABLE_SCHEMAS = ("interviewfit/1", SCHEMA)
"""What the outermost object may name itself when it is read."""

RENAMED_KEYS: Mapping[str, Mapping[str, str | None]] = {
    "Backtest": {"predictions": "forecasts"},
    "Calibration": {"funnel": "pass_rates", "moves": "changes"},
    "Choice": {"accept": "accept_probability"},
    "CumulativeIncidence": {"passes": "pass_count", "refusals": "refusal_count"},
    "Forecast": {"base": "base_rate", "chance": "learned", "on": "day"},
    "ImportedLog": {"form": "log_format"},
    "InfluentialInput": {
        "error": "standard_error", "share": "share_if_known", "words": "label",
    },
    "InformationValue": {"aspects": "aspect", "spread": "sd_percent"},
    "HeldOffer": {
        "accept": "accept_value", "let_go": "decline_value", "surplus": "surplus_hours",
        "wait": "wait_value",
    },
    "Outcomes": {"careers": "runs", "fates": "processes", "what": "title"},
    "PassRate": {"course": "incidence", "floor": "min_answers"},
    "PassRates": {"rates": "by_stage"},
    "Plan": {
        "hour": "hour_value", "invitation": "invitation_value", "left": "to_leave",
        "percent": "hours_per_percent", "prospects": "ranked",
        "schedule_first": "practice_first", "stop_at": "reservation_value",
    },
    "Posting": {"facts": "fields"},
    "Postings": {"found": "postings"},
    "PriorChange": {"why": "reason"},
    "ProcessOutcome": {
        "begun": "started", "ends": "endings", "reach": "reached", "share": "accepted",
    },
    "RankedProcess": {
        "alone": "standalone_value", "begun": "start_probability",
        "detour": "has_side_option", "practice": "practice_value",
        "share": "accept_probability", "worth": "marginal_value",
    },
    "Review": {"standpoints": "lines"},
    "ReviewLine": {
        "ask": "ask_about", "largest": "largest_term", "silence": "wait",
        "stops": "dealbreakers", "turns": "switching_fit", "worth": "value",
    },
    "Robustness": {"alone": "share_without_side_values", "settlers": "influential"},
    "SwitchingValue": {"at": "threshold", "only": "one_sided"},
    "SwitchingValues": {"found": "values", "never": "insensitive"},
    "TornadoBar": {"text": "label"},
    "Verdict": {
        "alone": "action_without_side_values", "carried_by": "decisive_priors",
        "information": "information_value", "others": "rival_count",
        "rest": "rivals_value",
    },
    "WaitStatus": {"over": "dead_probability"},
}  # fmt: skip
"""For each record, by its name today: a key of version 1, and the field it is today.

None stands for a key whose value is no longer kept; it is ignored. What a record takes
over from its base class stands at the base class.
"""

SINGLE_NOW: Mapping[str, frozenset[str]] = {"InformationValue": frozenset({"aspects"})}
"""For each record, keys of version 1 whose list of one value is that value today."""

RENAMED_WORDS: Mapping[str, Mapping[str, str]] = {}
"""For each closed list of words: a word of version 1, and what it is today."""

_VERSION: ContextVar[str] = ContextVar("version of a text", default=SCHEMA)


@contextmanager
def reading(version: str) -> Iterator[None]:
    """Take keys and words for those of a version, inside a ``with`` block."""
    token = _VERSION.set(version)
    try:
        yield
    finally:
        _VERSION.reset(token)


def keys_in_text(
    kind: type, names: Iterable[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """The key of each field of a record in the text, and the keys that are ignored.

    Args:
        kind: The class of the record.
        names: Its fields as they are called today.
    """
    renamed: dict[str, str | None] = {}
    if _VERSION.get() != SCHEMA:
        for base in reversed(kind.__mro__):
            renamed |= RENAMED_KEYS.get(base.__name__, {})
    key_of = {new: old for old, new in renamed.items()}
    ignored = frozenset(old for old, new in renamed.items() if new is None)
    return {name: key_of.get(name, name) for name in names}, ignored


def word_of_today(kind: type, word: str) -> str:
    """A word of the version being read, as the closed list *kind* has it today.

    Args:
        kind: The class of the words, such as ``Phase``.
        word: As it stands in the text; known or not.
    """
    if _VERSION.get() == SCHEMA:
        return word
    return RENAMED_WORDS.get(kind.__name__, {}).get(word, word)


def value_of_today(kind: type, key: str, value: Any) -> Any:
    """A value of the version being read, in the form that its field has today.

    Args:
        kind: The class of the record.
        key: Where it stands in the text.
        value: What stands there.
    """
    single = key in SINGLE_NOW.get(kind.__name__, ()) and _VERSION.get() != SCHEMA
    return value[0] if single and isinstance(value, list) and len(value) == 1 else value
