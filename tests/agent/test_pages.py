"""What agents read: the skill, the list of pages, and the example of a web service."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from agent.dialogues import DIALOGUES
from interviewfit import Search, StageKind, loads
from interviewfit._command.table import COMMANDS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.extra.agent import TOOLS

DOCS = Path(__file__).parents[2] / "docs"
SKILL = (DOCS / "skill" / "SKILL.md").read_text(encoding="utf-8")
PAGE = (DOCS / "howto" / "agents.md").read_text(encoding="utf-8")


def test_the_skill_has_a_name_and_a_description_of_the_length_that_hosts_take() -> None:
    _, head, _ = SKILL.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())

    assert fields["name"] == "interviewfit"
    assert 100 < len(fields["description"]) <= 1024


def test_the_skill_names_every_tool_aspect_and_command_as_it_is() -> None:
    for name in (*TOOLS, *ASPECTS):
        assert f"`{name}`" in SKILL
    for kind in StageKind:
        if kind not in (StageKind.RESEARCH, StageKind.CALL):
            assert f"`{kind}`" in SKILL
    assert set(re.findall(r"`interviewfit (\w+)", SKILL)) <= set(COMMANDS)


def test_its_smallest_search_is_one() -> None:
    block = re.search(r"```json\n(.*?)```", SKILL, re.DOTALL)

    assert block
    assert loads(block[1], Search).opportunities[0].name == "Acme, analyst"


def test_pages_for_agents_are_there() -> None:
    links = re.findall(r"\]\(([\w/.-]+)\)", (DOCS / "llms.txt").read_text("utf-8"))

    assert len(links) > 10
    for link in links:
        # Sphinx puts the source of each page beside it.
        source = re.sub(r"^_sources/(.*)\.txt$", r"\1", link)
        assert (DOCS / source).is_file() or (DOCS / "skill" / source).is_file(), link


def test_the_web_service_of_the_page_works() -> None:
    block = re.search(r"```python\n(from typing.*?)```", PAGE, re.DOTALL)
    assert block
    scope: dict[str, Any] = {}
    exec(block[1], scope)  # noqa: S102  # the page's own example

    (plan,) = [entry for entry in DIALOGUES if entry["name"] == "unemployed"]
    answer = TestClient(scope["app"]).post("/plan", json=plan["arguments"])

    assert answer.status_code == 200
    assert answer.json()["schema"] == "interviewfit/2"


@pytest.mark.parametrize("name", TOOLS)
def test_the_page_has_every_tool(name: str) -> None:
    assert f"| `{name}` |" in PAGE
