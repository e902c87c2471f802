"""What is read of a posting, whole: every field, signal, warning and fault.

``data/posting-readings.txt`` holds it: for files that people have, for a job of each
board with all its keys, for each of its keys alone and for the job without it, and for
each value below some keys. Whether it is right, other tests say, and so must whoever
changes it.

``python tests/postings/test_readings.py`` writes the file anew.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve, fields

from interviewfit import DecodeError, Reading, dumps
from interviewfit._command.read import _read_any
from interviewfit.errors import visible
from interviewfit.postings import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Salary,
    read_ashby,
    read_greenhouse,
    read_jobspy,
    read_lever,
    read_postings,
    read_resume,
)
from posting_shapes import (
    BOARDS,
    EMPLOYMENT,
    FIELDS,
    LEAST,
    PAYS,
    PLACES,
    TIMES,
    VALUES,
    VARIANTS,
)
from recorded import write_anew

DATA = Path(__file__).parents[1] / "data"
KEPT = DATA / "posting-readings.txt"
OPTIONS = ReadingOptions(
    salary=Salary(amount=40_000, currency="EUR", per="year"), today="2026-11-29"
)
OWN: dict[str, Any] = {
    "Greenhouse": read_greenhouse,
    "Lever": read_lever,
    "Ashby": read_ashby,
}
HOURLY = {"baseSalary": "20 EUR per hour"}
NAMES = [field.name for field in fields(PostingFields)]


def said(posting: Posting) -> dict[str, str]:
    """All that a posting says, by the name of the field."""
    told = {name: getattr(posting.fields, name) for name in NAMES}
    told["pays"] = [f"{pay}{' (loose)' * pay.loose}" for pay in posting.fields.pays]
    told["details"] = dict(posting.fields.details)
    told["signals"] = [
        f"{signal.value:.6g} ± {signal.noise:.6g} {signal.note}"
        if isinstance(signal, Reading)
        else str(signal)
        for signal in posting.opportunity.signals
    ]
    told["name"] = posting.opportunity.name
    told["silent on"] = " ".join(posting.unknown)
    told["warnings"] = posting.warnings
    shown = {
        name: visible(str(value)[:200], keep="\n")
        for name, value in told.items()
        if value
    }
    return {name: value for name, value in shown.items() if value != "()"}


def read(text: str | bytes, options: ReadingOptions = OPTIONS) -> list[dict[str, str]]:
    """All postings of a text, and last its faults."""
    try:
        found = _read_any(text if isinstance(text, bytes) else text.encode(), options)
    except DecodeError as error:
        return [{"faults": " ".join(error.faults)}]
    rows = [said(posting) for posting in found]
    return [*rows, {"faults": " ".join(found.faults)}] if found.faults else rows


def of_board(board: str, job: Mapping[str, Any]) -> dict[str, str]:
    """What is read of one job."""
    try:
        if board == "JobSpy":
            found = read_jobspy([job], OPTIONS)
        else:
            found = read_postings(json.dumps(job), OPTIONS)
    except DecodeError as error:
        return {"faults": " ".join(error.faults)}
    return said(found.postings[0])


def apart(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """What differs between two postings, in lines."""
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield f"  {name}: {after.get(name, '')}"


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all that has nothing below it."""
    items = tree.items() if isinstance(tree, dict) else ()
    for key, value in enumerate(tree) if isinstance(tree, list) else items:
        yield from leaves(value, (*path, key))
    if path and not isinstance(tree, dict | list):
        yield path


def alone(tree: Any, path: tuple[Any, ...], least: Any) -> Any:
    """A job that has of a full one what is at the end of a path, and the least else."""
    key, *rest = path
    if isinstance(tree, list):
        return [alone(tree[key], tuple(rest), None)] if rest else [tree[key]]
    inner = least.get(key) if isinstance(least, dict) else None
    value = alone(tree[key], tuple(rest), inner) if rest else tree[key]
    return {**(least or {}), key: value}


def without(tree: Any, path: tuple[Any, ...]) -> Any:
    """A job without what is at the end of a path."""
    key, *rest = path
    if isinstance(tree, list):
        end = [without(tree[key], tuple(rest))] if rest else []
        return [*tree[:key], *end, *tree[key + 1 :]]
    kept = {name: value for name, value in tree.items() if name != key or rest}
    return {**kept, key: without(tree[key], tuple(rest))} if rest else kept


def of_keys(board: str) -> Iterator[str]:
    """What a full job says, and what each of its keys adds."""
    job, least = BOARDS[board], LEAST[board]
    whole, bare = of_board(board, job), of_board(board, least)
    yield from apart({}, whole)
    yield "the least"
    yield from apart({}, bare)
    for path in leaves(job):
        name = ".".join(map(str, path))
        yield f"only {name}"
        yield from apart(bare, of_board(board, alone(job, path, least)))
        yield f"without {name}"
        yield from apart(whole, of_board(board, without(job, path)))


def of_values() -> Iterator[str]:
    """What stands below a key in every way."""
    board = "schema.org JobPosting"
    bare = of_board(board, LEAST[board])
    for field in FIELDS:
        for value in VALUES:
            yield f"{field}: {value!r:.60}"
            yield from apart(bare, of_board(board, {**LEAST[board], field: value}))
    amount = {"currency": "EUR", "value": 5000}
    for name, texts, job_of in (
        ("pay", PAYS, lambda text: {"baseSalary": text}),
        ("time", TIMES, lambda text: {"baseSalary": {**amount, "unitText": text}}),
        ("hours", EMPLOYMENT, lambda text: {"employmentType": text, **HOURLY}),
        ("hours", EMPLOYMENT, lambda text: {"title": f"Cook ({text})", **HOURLY}),
        ("hours", EMPLOYMENT, lambda text: {"title": "Cook", "workHours": text}),
        ("place", PLACES, lambda text: {"jobLocation": text, **HOURLY}),
        (
            "place",
            PLACES,
            lambda text: {"jobLocationType": text, "jobLocation": "Bonn"},
        ),
        ("who", PLACES, lambda text: {"applicantLocationRequirements": text, **HOURLY}),
    ):
        for text in texts:
            yield f"{name}: {text}"
            yield from apart(bare, of_board(board, {**LEAST[board], **job_of(text)}))


def of_people() -> Iterator[tuple[str, Iterator[str]]]:
    """Files that people have, postings and resumes."""
    folder = DATA / "realworld"
    for part in ("postings.json", "postings-further.json"):
        cases = json.loads((folder / part).read_text("utf-8"))
        for case in cases["postings"]:
            if "file" in case:
                name, text = case["file"], (folder / case["file"]).read_bytes()
            else:
                name = f"{case['kind']} {case['name']}"
                text = case["text"].encode(case.get("encoding", "utf-8"))
            yield name, whole(read(text))
        for case in cases["resumes"]:
            name = case.get("file") or f"O {case['name']}"
            text = case.get("text") or (folder / name).read_bytes()
            resume = read_resume(text, "2026-11-29")
            parts = (resume.candidate.name, resume.label, resume.location)
            more = (resume.current, resume.former, resume.skills, resume.warnings)
            yield name, (f"  {value}" for value in (*parts, *more) if value)
    for path in sorted((DATA / "postings").iterdir()):
        if path.name != "resume.json":
            yield path.name, whole(read(path.read_bytes()))


def readings() -> Iterator[tuple[str, Iterator[str]]]:
    """Every posting with what is read of it."""
    yield from of_people()
    told = evolve(OPTIONS, company="Told", currency="EUR", per="year")
    for name, tree in VARIANTS:
        plain, more = (
            [*whole(read(json.dumps(tree), options))] for options in (OPTIONS, told)
        )
        yield name, iter(plain)
        yield f"{name}, with more told", (line for line in more if line not in plain)
        rows = read(json.dumps(tree), ReadingOptions(today="2026-11-29"))
        less = [*whole(rows)]
        yield f"{name}, with less told", (line for line in less if line not in plain)
    for board in BOARDS:
        yield board, of_keys(board)
    for board, read_own in OWN.items():
        same = said(read_own([BOARDS[board]], OPTIONS).postings[0])
        yield f"{board} by its name", apart(of_board(board, BOARDS[board]), same)
        for name, tree in VARIANTS[:3]:
            try:
                found = read_own(tree, OPTIONS)
                yield f"{board} {name}", whole(map(said, found))
            except DecodeError as error:
                yield f"{board} {name}", iter(error.faults)
    yield "values", of_values()


def whole(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """All of some postings, in lines."""
    for row in rows:
        yield from apart({}, row)


@cache
def kept() -> dict[str, str]:
    """What the file holds, by the name of the posting."""
    parts = KEPT.read_text("utf-8").split("\n=== ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def test_every_posting_is_read_as_it_was() -> None:
    now = {name: "\n".join(lines) for name, lines in readings()}

    assert now.keys() == kept().keys()
    for name, text in now.items():
        before = kept()[name].removesuffix("\n")
        assert [name, *text.split("\n")] == [name, *before.split("\n")]


def test_half_a_surrogate_pair_stands_in_no_field() -> None:
    """Whatever is read can be written to a file."""
    for board, job in BOARDS.items():
        texts = [path for path in leaves(job) if path[0] != "@type"]
        for path in texts:
            tree = replaced(job, path, "a\ud800b")
            found = read_jobspy([tree]) if board == "JobSpy" else [*of_any(tree)]
            assert dumps(Postings(postings=tuple(found))).encode(), path


def of_any(tree: Any) -> Postings:
    """What is read of a job of a board."""
    return read_postings(json.dumps(tree), OPTIONS)


def replaced(tree: Any, path: tuple[Any, ...], value: object) -> Any:
    """A job with something else at the end of a path."""
    key, *rest = path
    inner = replaced(tree[key], tuple(rest), value) if rest else value
    if isinstance(tree, list):
        return [*tree[:key], inner, *tree[key + 1 :]]
    return {**tree, key: inner}


def write() -> None:
    """Write the file anew."""
    parts = (f"\n=== {name}\n" + "\n".join(lines) + "\n" for name, lines in readings())
    KEPT.write_text("".join(parts), "utf-8")


if __name__ == "__main__":
    write_anew(KEPT, write)
