"""What is refused is refused in the same words: place, expectation, value, remedy.

``data/refusals.txt`` holds, for every field of every record that people state and for
every argument of every function, the messages that wrong values meet, in Python and in
JSON. What is accepted is left out; other tests hold it.

``python tests/test_refusals.py`` writes the file anew.
"""

import inspect
import json
from ast import literal_eval
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from math import inf, nan
from pathlib import Path
from typing import Any, TypeAlias

from attrs import fields

from interviewfit import (
    Assumptions,
    Candidate,
    Money,
    Opportunity,
    Search,
    Stage,
    assess,
    corporate,
    loads,
    score,
)
from interviewfit.errors import InterviewFitError, InvalidFieldError
from interviewfit.history import History
from interviewfit.postings import ReadingOptions
from interviewfit.weightings import learn_priorities
from public import public_names
from recorded import write_anew
from unfit import UNFIT

KEPT = Path(__file__).parent / "data" / "refusals.txt"

VALUES: dict[str, Any] = {
    "None": None,
    "'odd'": "odd",
    "''": "",
    "a line end": "a\nb",
    "a long text": "x" * 3_000,
    "-1": -1,
    "0": 0,
    "0.5": 0.5,
    "1e12": 1e12,
    "nan": nan,
    "inf": inf,
    "True": True,
    "[]": [],
    "[1]": [1],
    "['a', 'a']": ["a", "a"],
    "{}": {},
    "{'a': 'b'}": {"a": "b"},
    "{'pay': -1}": {"pay": -1},
    "{1: 2}": {1: 2},
    "bytes": b"x",
    "a day long past": "1950-01-01",
}

GOT = {
    shown: str(InvalidFieldError("", "", value))[10:-1]
    for shown, value in VALUES.items()
}
"""How each is shown at the end of a message."""

Attempt: TypeAlias = tuple[str, str, Callable[[], str]]
"""A place, a wrong value, and a call that tries it."""

JOB = Opportunity(name="Acme", stages=corporate())
LEAST: dict[str, dict[str, Any]] = {
    "Assumptions": {},
    "Belief": {"mean": 1.0, "sd": 1.0},
    "Candidate": {},
    "Clue": {"event": "known_contact", "factor": 2.0},
    "Either": {
        "aspect": "pay", "chance": 0.5, "if_so": 3.0, "if_not": -3.0,
        "told_by": "executive",
    },
    "History": {},
    "JobChoice": {"chosen": {"pay": 3}, "rejected": {"role": 2}},
    "Money": {"amount": 50_000.0, "currency": "EUR"},
    "NamedSign": {"sign": "merger_talks"},
    "Opportunity": {"name": "Acme", "stages": corporate()},
    "PastDecision": {"opportunity": JOB, "stayed": True},
    "Pay": {"low": 1.0, "high": 2.0},
    "Position": {},
    "Reading": {"aspect": "pay", "value": 1.0, "noise": 1.0},
    "ReadingOptions": {},
    "Search": {"candidate": Candidate(), "opportunities": (JOB,)},
    "Stage": {"kind": "panel"},
    "StageEvent": {"process": "Acme", "kind": "applied", "on": None},
    "TradeOff": {"aspect": "role", "change": 2.0, "pay": 5.0},
    "Weights": {},
}  # fmt: skip
"""Records that people state, with the least that each needs."""

JSON = ("Candidate", "Opportunity", "Search", "History", "Assumptions")
WITHOUT = {"progress", "rng", "out", "threads"}
"""Arguments that are no statement of anybody."""


@cache
def given() -> dict[str, Any]:
    """Right values of arguments, by their names."""
    answer = assess(Candidate(), JOB)
    history = History(events=())
    options = ReadingOptions()
    return {
        "answer": answer, "assessment": answer, "found": answer, "verdict": answer,
        "assumptions": Assumptions(), "beside": (), "candidate": Candidate(),
        "choices": [], "columns": {"process": "corporate", "phase": ["before"]},
        "decision": answer.decision, "history": history, "kind": Candidate,
        "names": "pay.mean", "opportunities": (JOB,), "opportunity": JOB,
        "options": options, "postings": [], "prior": Candidate(), "record": Candidate(),
        "search": Search(candidate=Candidate(), opportunities=(JOB,)), "source": "{}",
        "posterior": learn_priorities([]), "text": "{}", "values": [1.0],
    }  # fmt: skip


def refused(refuses: Any, /, **arguments: Any) -> str:
    """The message that a call meets; empty if it is accepted."""
    try:
        refuses(**arguments)
    except InterviewFitError as error:
        return str(error)
    except TypeError as error:
        return f"TypeError: {error}"
    return ""


def of_records() -> Iterator[Attempt]:
    """Each field of each record with each wrong value, as a call."""
    names = {**public_names(), "Stage": Stage}
    for record, least in LEAST.items():
        kind = names[record]
        for field in fields(kind):
            if field.init:
                for shown, value in VALUES.items():
                    stated = {**least, field.name: value}
                    yield (
                        f"{record}.{field.name}",
                        shown,
                        partial(refused, kind, **stated),
                    )


def of_json() -> Iterator[Attempt]:
    """Each field of the records of a file with each wrong value, as a call."""
    texts: dict[str, dict[str, Any]] = {
        "Candidate": {},
        "Opportunity": {"name": "Acme", "stages": [{"kind": "panel"}]},
        "Search": {"candidate": {}, "opportunities": []},
        "History": {"events": []},
        "Assumptions": {},
    }
    inner: list[tuple[str, tuple[Any, ...], Mapping[str, Any]]] = [
        ("Opportunity", ("stages", 0), {"kind": "panel"}),
        ("Opportunity", ("beliefs", "pay"), {"mean": 1.0, "sd": 1.0}),
        ("Opportunity", ("signals", 0), {"aspect": "pay", "value": 1.0, "noise": 1.0}),
        ("Opportunity", ("position",), {}),
        ("Opportunity", ("pay",), {"low": 1.0, "high": 2.0, "currency": "EUR"}),
        ("Candidate", ("weights",), {}),
        ("Candidate", ("salary",), {"amount": 1.0, "currency": "EUR"}),
        ("History", ("events", 0), {"process": "a", "kind": "applied", "on": None}),
    ]
    kinds = {
        "stages": "Stage", "beliefs": "Belief", "signals": "Reading", "pay": "Pay",
        "position": "Position", "weights": "Weights", "salary": "Money",
        "events": "StageEvent",
    }  # fmt: skip
    names = {**public_names(), "Stage": Stage}
    places = [(name, (), texts[name]) for name in JSON]
    for name, path, least in [*places, *inner]:
        kind = names[kinds[path[0]] if path else name]
        for field in [*(item.name for item in fields(kind) if item.init), "colour"]:
            for shown, value in VALUES.items():
                if isinstance(value, bytes) or 1 in (value if value == {1: 2} else ()):
                    continue
                tree: Any = {**least, field: value}
                for key in reversed(path):
                    tree = {key: tree} if isinstance(key, str) else [tree]
                whole = {**texts[name], **tree} if path else tree
                yield (
                    ".".join(("JSON " + name, *map(str, path), field)),
                    shown,
                    partial(refused, loads, text=json.dumps(whole), kind=names[name]),
                )


def of_functions() -> Iterator[Attempt]:
    """Each argument of each function with each wrong value, as a call."""
    for name, function in public_names().items():
        if not inspect.isfunction(function):
            continue
        arguments = inspect.signature(function).parameters
        right = {
            key: given()[key]
            for key, item in arguments.items()
            if item.default is item.empty
        }
        for key in arguments:
            if key not in WITHOUT:
                for shown, value in VALUES.items():
                    asked = {**right, key: value}
                    yield (
                        f"{name}({key})",
                        shown,
                        partial(refused, function, **asked),
                    )


COLUMNS = (
    *("process", "phase", "stage", "researched", "unresearched", "via_recruiter"),
    *("knows_someone", "pay.mean", "pay.sd", "pay.amount", "pay.low", "pay.high"),
    *("pay", "pay.currency", "pay.per", "signs.bad_reviews", "tags.meat", "company"),
    *("stages[0].hours", "stages[9].hours", "stages[1].pass_rate", "weights.time"),
    *("priorities.pay", "horizon_years", "relevance", "fallback", "interviews_done"),
    *("signals[0].chance", "name", "colour", "pay.colour", "signs.colour", "field"),
    "mutual_fit",
)
ENTRIES: tuple[Any, ...] = (
    *("odd", 5, -1.0, True, None, [1.0], [1.0, 2.0, 3.0], ["odd", "odd"], [nan, 1.0]),
    *([-1.0, 2.0], [1e12, 1.0], [inf, 0.0], [[1.0, 2.0], [3.0, 4.0]], [None, None]),
    *([True, False], [0.5, 1.5], ["2", "3"], ["corporate", "odd"], [{}, {}], {"a": 1}),
    *(["EUR", "odd"], ["before", "midway"], ["year", "odd"], b"x"),
)


def of_columns() -> Iterator[Attempt]:
    """Each column with wrong entries, as a call."""
    salary = Money(amount=50_000, currency="EUR")
    for who in (Candidate(), Candidate(salary=salary, dealbreakers=["meat"])):
        named = "score(columns) with a salary" if who.salary else "score(columns)"
        chosen = [name for name in COLUMNS if name.startswith("pay.") or not who.salary]
        for name in chosen:
            for number, entries in enumerate(ENTRIES):
                columns = {"process": "corporate", "role": [1.0, 2.0], name: entries}
                shown = f"entries {number}"
                yield (
                    f"{named} {name}",
                    shown,
                    partial(refused, score, candidate=who, columns=columns),
                )


def attempts() -> Iterator[Attempt]:
    """All of these calls."""
    yield from of_records()
    yield from of_json()
    yield from of_functions()
    yield from of_columns()
    for name, call in UNFIT.items():
        yield "what does not fit each other", name, partial(refused, call)


def messages(chosen: Collection[tuple[str, str]] = ()) -> Iterator[str]:
    """The messages of each place in lines, each with the values that meet it.

    Args:
        chosen: The place and the value of those to try; all if there are none.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for place, shown, call in attempts():
        if (not chosen or (place, shown) in chosen) and (message := call()):
            same = message.replace(GOT.get(shown, "\0"), "got ...")
            short = " / ".join(same.split("\n"))
            found.setdefault(place, {}).setdefault(short, []).append(shown)
    for place, told in found.items():
        yield place
        yield from (f"  {told[short]}: {short}" for short in told)


@cache
def kept() -> tuple[str, ...]:
    """The lines of the file."""
    return tuple(KEPT.read_text("utf-8").splitlines())


def test_what_is_refused_is_refused_in_the_same_words() -> None:
    chosen, place = set(), ""
    for line in kept():
        if not line.startswith("  "):
            place = line
            continue
        listed = line[2 : line.index("]: ") + 1]
        chosen |= {(place, shown) for shown in literal_eval(listed)}

    assert [*messages(chosen)] == [*kept()]


def write() -> None:
    """Write the file anew."""
    KEPT.write_text("".join(f"{line}\n" for line in messages()), "utf-8")


if __name__ == "__main__":
    write_anew(KEPT, write)
