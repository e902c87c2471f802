"""Arguments that are wrapped in a key, or state no schema: all faults come at once."""

import json
from typing import Any

import pytest

from interviewfit.errors import DecodeError
from interviewfit.extra.agent import call_tool

SCHEMA = {"schema": "interviewfit/2"}
GOOD: dict[str, Any] = {
    "candidate": {},
    "opportunities": [{"name": "Acme", "stages": [{"kind": "panel"}]}],
}
BAD: dict[str, Any] = {
    "candidate": {"salry": 3},
    "opportunities": [{"name": "Acme", "stages": [{"kind": "panl", "hours": -1}]}],
}
TOOLS = ["assess", "plan", "why", "letter", "review"]


def faults(tool: str, arguments: Any) -> list[str]:
    with pytest.raises(DecodeError) as caught:
        call_tool(tool, arguments)
    return list(caught.value.faults)


@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize("key", ["search", "arguments", "input"])
@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_wrapped_has_the_faults_that_it_has_unwrapped(
    tool: str, key: str, as_text: bool
) -> None:
    plain = faults(tool, SCHEMA | BAD)
    wrapped: Any = {key: SCHEMA | BAD}
    first, *others = faults(tool, json.dumps(wrapped) if as_text else wrapped)

    assert f'inside "{key}"' in first
    assert others == [fault.replace(" @ $", f" @ $.{key}", 1) for fault in plain]
    assert len(plain) >= 3


@pytest.mark.parametrize("tool", TOOLS)
def test_without_a_schema_the_other_faults_are_told_too(tool: str) -> None:
    first, *others = faults(tool, BAD)

    assert first.startswith('The key "schema" is missing')
    assert others == faults(tool, SCHEMA | BAD)


def test_what_only_is_wrapped_or_has_no_schema_has_no_further_fault() -> None:
    assert len(faults("assess", {"search": SCHEMA | GOOD})) == 1
    assert len(faults("assess", GOOD)) == 1
    assert len(faults("assess", {"search": GOOD})) == 2


@pytest.mark.parametrize("arguments", ["[]", "{", b"\xff", "3"])
def test_what_is_no_object_is_refused_as_ever(arguments: str | bytes) -> None:
    assert len(faults("assess", arguments)) == 1


def test_text_that_is_nested_too_deeply_is_never_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A parser calls itself for every level, which ends Python in a browser."""

    def parse(*_: object, **__: object) -> None:
        message = "the text was parsed"
        raise AssertionError(message)

    deep = '{"schema": "interviewfit/2", "a": ' + "[" * 100_000 + "]" * 100_000 + "}"
    monkeypatch.setattr(json, "loads", parse)

    with pytest.raises(DecodeError, match="nested more than 64 levels deep"):
        call_tool("plan", deep)
