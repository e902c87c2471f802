"""What the page asks the library, each as text of JSON in and out.

It runs in the browser and in the tests, without a difference. ``plan`` and ``why`` show
the same table and the same words as the shell, ``letter`` the same letter. Faults come
back as lines, never as an exception.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from importlib.resources import files
from typing import TypeAlias

from attrs import asdict

from interviewfit import (
    InterviewFitError,
    Search,
    Sign,
    StageKind,
    assess,
    dumps,
    loads,
)
from interviewfit._competition.kept_solutions import KeptSolutions
from interviewfit._competition.search_limits import SearchLimits
from interviewfit._model.priors import Assumptions
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._portfolio.planning import Plan, plan_within
from interviewfit._results.assessment import GOING
from interviewfit._text.amounts import value_of, years_of
from interviewfit._text.assessment_text import HEADLINES
from interviewfit._text.calendar_text import date_name
from interviewfit._text.first_screen import plan_table, worth
from interviewfit._text.layout import Block, Paragraph
from interviewfit._text.why_text import why_screen
from interviewfit.errors import faults_of
from interviewfit.extra.agent import call_tool
from interviewfit.extra.agent._arguments import read_request
from interviewfit.extra.agent._requests import OpportunityRequest, PlanRequest
from interviewfit.letters import CHANNELS, FORMS, LANGUAGES, PURPOSES
from interviewfit.schema import SCHEMA

Answering: TypeAlias = Callable[..., dict[str, object]]
Telling: TypeAlias = Callable[[str], object]

SOLUTIONS = KeptSolutions()
"""Of the move before: most moves of a slider change no chain of steps."""

_NO_STAGE = {StageKind.RESEARCH, StageKind.CALL}

REHEARSALS: Sequence[Mapping[str, Mapping[str, object]]] = (
    {"job": {"signals": [Sign.BAD_REVIEWS.value]}},
    {"job": {"signals": [Sign.MERGER_TALKS.value]}},
    {"job": {"signals": [Sign.EXECUTIVE_DEPARTURE.value]}},
    {"job": {"position": {"phase": "midway", "stage": 0}}},
    {"job": {"position": {"phase": "offered"}}},
    {"candidate": {"interviews_done": 0, "dealbreakers": ["travel"]}},
    {"candidate": {"interviews_done": 9, "priorities": {"pay": 0.5}}},
    {"job": {"answer_by": "2030-01-09"}, "arguments": {"today": "2030-01-01"}},
    {"job": {"mutual_fit": 0.3}},
    {"job": {"mutual_fit": 0.3, "signals": []}},
    {"job": {"signals": []}, "arguments": {"budget": 6.0}},
)
"""Moves of each kind in the example: what changes of its first opportunity, of who
searches and of the arguments.
"""


def example() -> str:
    """The search that comes with the library."""
    return files("interviewfit").joinpath("data/example.json").read_text("utf-8")


def vocabulary() -> str:
    """The words that the form offers, as text of JSON."""
    unknown = {aspect: Assumptions().unknown(aspect).sd for aspect in ASPECTS}
    words = {
        "schema": SCHEMA,
        "aspects": unknown,
        "stages": [kind.value for kind in StageKind if kind not in _NO_STAGE],
        "signs": {sign.value: SIGNS[sign].meaning for sign in Sign},
        "channels": CHANNELS,
        "forms": FORMS,
        "languages": LANGUAGES,
        "purposes": {phase.value: purposes for phase, purposes in PURPOSES.items()},
    }
    return json.dumps(words)


def _told(ask: Answering) -> Callable[..., str]:
    """A question whose faults are an answer as well."""

    @wraps(ask)
    def told(text: str, *tell: Telling) -> str:
        """The answer, or the faults of the text."""
        try:
            with SOLUTIONS.in_use():
                answer = ask(text, *tell)
        except InterviewFitError as error:
            answer = {"faults": faults_of(error)}
        return json.dumps(answer)

    return told


def _shown(blocks: Iterable[Block]) -> list[dict[str, object]]:
    """Blocks of a screen as plain values; the page sets them as HTML."""
    return [asdict(block) for block in blocks]


def _plan(text: str, tell: Telling | None = None) -> dict[str, object]:
    """The table of a search, and what to do first.

    Args:
        text: A search, and how much time there is for it.
        tell: Called with the same up to the table, as text of JSON, where hours are
            limited: what the search is worth may take longer then.
    """
    request = read_request(text, PlanRequest)

    def tell_table(planned: Plan) -> None:
        """Tell the table before all else is known."""
        if tell is not None and request.budget is not None:
            tell(json.dumps({"blocks": _shown(_table_of(planned))}))

    # The page does not show how much better any plan could be.
    found = plan_within(
        SearchLimits(request.budget, request.slots, bounded=False),
        request.candidate,
        request.opportunities,
        request.assumptions,
        request.today,
        shown=tell_table,
    )
    return {"blocks": _shown([*_table_of(found), *worth(found)])}


def _table_of(plan: Plan) -> list[Block]:
    """What to check in a plan, and its table."""
    blocks: list[Block] = [Paragraph(f"Check: {note}") for note in plan.notes]
    if plan.today:
        blocks.append(Paragraph(f"Counted from today, {date_name(plan.today)}."))
    return [*blocks, plan_table(plan, "")]


plan = _told(_plan)


def rehearse(number: int) -> bool:
    """Answer a move of the example, so that moves of its kind take no longer later.

    A browser compiles what is run for the first time, and Python imports it.

    Args:
        number: Of the move, in ``REHEARSALS``.

    Returns:
        Whether it was the last one.
    """
    tree, changes = json.loads(example()), REHEARSALS[number]
    tree["candidate"] |= changes.get("candidate", {})
    tree["opportunities"][0] |= changes.get("job", {})
    # What is kept for the user stays.
    with KeptSolutions().in_use():
        _plan(json.dumps(tree | dict(changes.get("arguments", {}))))
    return number == len(REHEARSALS) - 1


@_told
def alone(text: str) -> dict[str, object]:
    """What to do about an opportunity by itself, which is quick beside any others."""
    request = read_request(text, OpportunityRequest)
    job = request.opportunity(request.name)
    found = assess(
        request.candidate, job, assumptions=request.assumptions, today=request.today
    )
    words = f"{job.name}, judged by itself: {HEADLINES[found.action]}."
    if found.action in GOING and not found.hard_stops:
        value = value_of(found.value, found.hour_price)
        words += f" That is worth {value} over {years_of(found.horizon_years)}."
    return {"text": words}


@_told
def why(text: str) -> dict[str, object]:
    """Why an opportunity has its answer."""
    found = call_tool("assess", text)
    blocks = why_screen(found, "NAME")
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    if len(texts) > 1 and texts[-2].endswith("type:"):
        # What to type is for the shell; the page has the letter below.
        blocks = blocks[:-2]
    return {"blocks": _shown(blocks)}


@_told
def letter(text: str) -> dict[str, object]:
    """What to write or say to the employer of an opportunity."""
    return {"text": str(call_tool("letter", text))}


@_told
def saved(text: str) -> dict[str, object]:
    """A search as ``my.json`` has it, written by this version."""
    return {"text": dumps(loads(text, Search))}


@_told
def record(text: str) -> dict[str, object]:
    """The answer of any tool as text and as JSON, such as ``interviewfit plan`` writes.

    The text is an object with the name of the tool and its arguments.
    """
    call = json.loads(text)
    found = call_tool(call["tool"], call["arguments"])
    return {"text": str(found), "json": dumps(found)}
