"""A real client of the package ``mcp`` calls every tool, rightly and wrongly."""

import json
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, TypeVar

import anyio
import pytest
from attrs import evolve
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters, types
from mcp.client.stdio import stdio_client

from child import python
from interviewfit import (
    Candidate,
    Search,
    __version__,
    assess,
    dumps,
    loads,
    plan,
    questions,
    score,
)
from interviewfit.extra.agent import TOOLS, call_tool, create_server
from interviewfit.history import review
from interviewfit.letters import letter
from interviewfit.logs import read_log

T = TypeVar("T")
EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
SEARCH = loads(EXAMPLE, Search)
TREE: dict[str, Any] = json.loads(EXAMPLE)
NAME = "Tessel, first analyst"
TESSEL = assess(
    SEARCH.candidate,
    SEARCH.opportunities[1],
    beside=[job for job in SEARCH.opportunities if not job.name.startswith("Tessel")],
)
DAY = date(2025, 6, 24)
LOG = "company,date,event\nTessel,2025-05-01,applied\nTessel,2025-05-09,screen\n"
COLUMNS: dict[str, Any] = {
    "process": {"words": ["corporate"]},
    "pay.mean": {"numbers": [5.0, None, -60.0]},
    "pay.sd": {"numbers": [5.0, None, 5.0]},
    "signs.bad_reviews": {"flags": [True, False, False]},
}
VALID: dict[str, dict[str, Any]] = {
    "assess": {**TREE, "name": NAME},
    "plan": {**TREE, "budget": 8.0, "slots": 2},
    "why": {**TREE, "name": NAME},
    "questions": {**TREE, "name": NAME},
    "letter": {**TREE, "name": NAME, "to": "Ms Lee", "language": "de"},
    "review": {**TREE, "log": LOG, "today": "2025-06-24"},
    "score": {"schema": TREE["schema"], "candidate": {}, "columns": COLUMNS},
}
EXPECTED: dict[str, Callable[[], str]] = {
    "assess": lambda: dumps(evolve(TESSEL, reasons=TESSEL.reasons)),
    "plan": lambda: dumps(
        plan(SEARCH.candidate, SEARCH.opportunities, budget=8.0, slots=2)
    ),
    "questions": lambda: dumps(questions(TESSEL)),
    "review": lambda: dumps(
        review(SEARCH, read_log(LOG, today=DAY).history, DAY),
    ),
}


def with_client(ask: Callable[[Client], Awaitable[T]]) -> T:
    """What a client learns from the server, in one process with it."""

    async def run() -> T:
        async with Client(create_server()) as client:
            return await ask(client)

    answer: T = anyio.run(run)
    return answer


def called(name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    return with_client(lambda client: client.call_tool(name, arguments))


def text_of(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return str(content.text)


class TestTools:
    def test_all_are_listed_with_their_schemas(self) -> None:
        listed = with_client(lambda client: client.list_tools()).tools

        assert {tool.name for tool in listed} == {
            *("assess", "plan", "why", "questions", "letter", "review", "score"),
        }
        for tool in listed:
            assert tool.output_schema is not None
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint

    @pytest.mark.parametrize("name", TOOLS)
    def test_a_valid_call_has_an_answer_that_its_schema_allows(self, name: str) -> None:
        """The client itself checks the answer against the schema as well."""
        result = called(name, VALID[name])

        assert not result.is_error, text_of(result)
        tools = with_client(lambda client: client.list_tools()).tools
        (tool,) = [tool for tool in tools if tool.name == name]
        assert Draft202012Validator(tool.input_schema).is_valid(VALID[name])
        assert tool.output_schema is not None
        Draft202012Validator(tool.output_schema).validate(result.structured_content)
        assert text_of(result)

    @pytest.mark.parametrize("name", EXPECTED)
    def test_the_answer_is_that_of_the_library(self, name: str) -> None:
        result = called(name, VALID[name])

        assert result.structured_content == json.loads(EXPECTED[name]())

    def test_the_letter_is_that_of_the_library(self) -> None:
        content = called("letter", VALID["letter"]).structured_content

        assert content is not None
        assert content["text"] == letter(TESSEL, to="Ms Lee", language="de")

    def test_why_is_what_the_shell_prints(self) -> None:
        words = ("-m", "interviewfit", "why", "-", NAME, "--explain")

        result = called("why", VALID["why"])

        assert result.structured_content is not None
        shell = python(*words, text=EXAMPLE).out.decode()
        assert result.structured_content["text"] == text_of(result) == shell.rstrip()

    def test_rows_are_those_of_the_library(self) -> None:
        nan = float("nan")
        expected = score(
            Candidate(),
            {
                "process": "corporate",
                "pay.mean": [5.0, nan, -60.0],
                "pay.sd": [5.0, nan, 5.0],
                "signs.bad_reviews": [True, False, False],
            },
        )

        content = called("score", VALID["score"]).structured_content

        assert content is not None
        assert [row["value"] for row in content["rows"]] == expected.value.tolist()
        assert [row["action"] for row in content["rows"]] == expected.action.tolist()


WRONG: list[tuple[str, dict[str, Any], str]] = [
    *((name, {}, 'The key "schema" is missing') for name in TOOLS),
    *(
        (name, {**VALID[name], "salary": "competitive"}, "Unknown key 'salary'")
        for name in TOOLS
    ),
    *(
        (name, {**VALID[name], "candidate": {"salary": 5}}, "@ $.candidate.salary")
        for name in TOOLS
    ),
    *(
        (name, {**VALID[name], "name": "Tesel"}, "'Tessel, first analyst'")
        for name in ("assess", "why", "questions", "letter")
    ),
    *(
        (name, TREE, "There is 'Harbour Insurance, analyst', ")
        for name in ("assess", "why", "questions", "letter")
    ),
    ("plan", {**TREE, "budget": -1}, "budget"),
    ("plan", {**TREE, "slots": 0}, "slots"),
    ("letter", {**VALID["letter"], "language": "it"}, "one of en, de, fr, es"),
    ("letter", {**VALID["letter"], "purpose": "accept_offer"}, "letter(purpose)"),
    ("review", {**TREE, "today": "soon"}, "a date such as"),
    ("review", {**TREE, "log": "what?"}, "no rows below its header. @ $.log"),
    ("score", {**VALID["score"], "columns": {}}, "process"),
    (
        "score",
        {**VALID["score"], "columns": {"pay.mean": {"numbers": [1], "words": ["x"]}}},
        "one of numbers, flags and words",
    ),
    ("score", {**VALID["score"], "columns": {"paay": {"numbers": [1, 2]}}}, "paay"),
    ("weigh", {}, "one of assess, plan, why"),
]


class TestFaults:
    @pytest.mark.parametrize(("name", "arguments", "fault"), WRONG)
    def test_a_wrong_call_says_what_to_write_instead(
        self, name: str, arguments: dict[str, Any], fault: str
    ) -> None:
        result = called(name, arguments)

        assert result.is_error
        assert result.structured_content is None
        assert fault in text_of(result)

    def test_every_fault_is_told_at_once(self) -> None:
        jobs = [
            {"name": "Acme", "stages": [{"kind": "pannel", "pass_rate": 60}]},
            {"name": "Bolt", "stages": [], "beliefs": {"salary": {"mean": 1}}},
        ]

        text = text_of(called("plan", {**TREE, "opportunities": jobs}))

        paths = {line.rpartition(" @ ")[2] for line in text.splitlines()}
        assert paths == {
            "$.opportunities[0].stages[0].kind",
            "$.opportunities[0].stages[0].pass_rate",
            "$.opportunities[1].stages",
            "$.opportunities[1].beliefs['salary']",
            "$.opportunities[1].beliefs['salary'].sd",
        }


class TestTransport:
    def test_a_process_of_its_own_serves_standard_input(self) -> None:
        """As an agent's host starts it; its answer is that of the shell."""
        # With the environment of this process: it may choose the kernel of BLAS.
        start = StdioServerParameters(
            command=sys.executable,
            args=["-m", "interviewfit", "mcp"],
            env=dict(os.environ),
        )

        arguments = {**VALID["assess"], "alone": True}

        async def run() -> tuple[str | None, types.CallToolResult]:
            async with Client(stdio_client(start)) as client:
                about = client.server_info
                result = await client.call_tool("assess", arguments)
                return about.version if about else None, result

        version, result = anyio.run(run)

        assert version == __version__
        words = ("-m", "interviewfit", "assess", "-", "--alone", "--json")
        shell = json.loads(python(*words, text=EXAMPLE).out)
        assert result.structured_content == shell[1]


def test_tools_need_no_package_of_the_extra() -> None:
    """The page in a browser calls them, where there is no server."""
    code = (
        "import sys, interviewfit.extra.agent as a; a.TOOLS; "
        "print([m for m in ('mcp', 'anyio', 'pydantic') if m in sys.modules])"
    )

    assert python("-c", code).out.strip() == b"[]"


def test_without_the_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)

    with pytest.raises(ImportError, match=r"pip install 'interviewfit\[agent\]'"):
        create_server()


def test_text_and_object_are_one() -> None:
    ask = partial(call_tool, "questions")

    assert ask(json.dumps(VALID["questions"])) == ask(VALID["questions"])
