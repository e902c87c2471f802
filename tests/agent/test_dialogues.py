"""Thirty dialogues with the calls that they should lead to, and the judge of calls."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from agent.dialogues import DIALOGUES, judge, leaves, main
from interviewfit.extra.agent import TOOLS, call_tool
from interviewfit.schema import schema_of

BY_NAME = {dialogue["name"]: dialogue for dialogue in DIALOGUES}
VALIDATORS = {
    name: Draft202012Validator(schema_of(tool.request)) for name, tool in TOOLS.items()
}


def without(tree: Any, path: str) -> Any:
    """A copy of a call without what stands at a path."""
    changed = copy.deepcopy(tree)
    holder, key = place(changed, path)
    del holder[key]
    return changed


def place(tree: Any, path: str) -> tuple[Any, Any]:
    """What holds the value at a path, and its key."""
    *way, last = path.split("/")[1:]
    for key in way:
        tree = tree[int(key)] if isinstance(tree, list) else tree[key]
    return tree, int(last) if isinstance(tree, list) else last


class TestRecordedCalls:
    def test_there_are_thirty_and_every_tool_is_called(self) -> None:
        assert len(BY_NAME) == 30
        assert {dialogue["tool"] for dialogue in DIALOGUES} == TOOLS.keys()

    @pytest.mark.parametrize("name", BY_NAME)
    def test_every_fact_is_quoted_from_what_was_said(self, name: str) -> None:
        said = " ".join(BY_NAME[name]["said"])

        for path, (_, quote) in BY_NAME[name]["facts"].items():
            assert quote in said, path

    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_call_is_valid_and_complete_and_invents_nothing(self, name: str) -> None:
        dialogue = BY_NAME[name]
        tool, arguments = dialogue["tool"], dialogue["arguments"]

        assert judge(dialogue, tool, arguments) == []
        assert VALIDATORS[tool].is_valid(arguments)
        assert str(call_tool(tool, arguments))


class TestJudge:
    """A judge that cannot find fault judges nothing."""

    @settings(max_examples=40)
    @given(dialogue=st.sampled_from(DIALOGUES), data=st.data())
    def test_what_is_left_out_is_noticed(
        self, dialogue: dict[str, Any], data: st.DataObject
    ) -> None:
        path = data.draw(st.sampled_from(sorted(dialogue["facts"])))
        call = without(dialogue["arguments"], path)

        assert judge(dialogue, dialogue["tool"], call)

    @given(
        dialogue=st.sampled_from([one for one in DIALOGUES if one["tool"] != "score"]),
        invention=st.sampled_from(
            [
                {"beliefs": {"culture": {"mean": 0, "sd": 10}}},
                {"signals": ["quick_and_warm"]},
                {"field": "analytics"},
                {"hidden_role": True},
                {"tags": ["startup"]},
            ]
        ),
    )
    def test_what_nobody_said_is_noticed(
        self, dialogue: dict[str, Any], invention: dict[str, Any]
    ) -> None:
        call = copy.deepcopy(dialogue["arguments"])
        for key, value in invention.items():
            held = call["opportunities"][0].get(key)
            joined = value
            if isinstance(held, list):
                joined = held + value
            elif isinstance(held, dict):
                joined = held | value
            call["opportunities"][0][key] = joined

        faults = judge(dialogue, dialogue["tool"], call)

        assert any("invents" in fault for fault in faults)

    @settings(max_examples=40)
    @given(dialogue=st.sampled_from(DIALOGUES), data=st.data())
    def test_a_number_that_is_wrong_is_noticed(
        self, dialogue: dict[str, Any], data: st.DataObject
    ) -> None:
        call = copy.deepcopy(dialogue["arguments"])
        path, value = data.draw(st.sampled_from(list(leaves(call))))
        holder, key = place(call, path)
        holder[key] = value + 1 if isinstance(value, int | float) else f"{value} Ltd"

        assert judge(dialogue, dialogue["tool"], call)

    def test_the_wrong_tool_is_noticed(self) -> None:
        dialogue = BY_NAME["why not"]

        assert judge(dialogue, "assess", dialogue["arguments"]) == [
            "calls assess, not why"
        ]

    def test_a_file_of_calls_is_judged(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        calls = {name: BY_NAME[name] for name in list(BY_NAME)[:-1]}
        path = tmp_path / "calls.json"
        path.write_text(json.dumps(calls), encoding="utf-8")

        assert main(str(path)) == 1
        assert "29 of 30 calls are right" in capsys.readouterr().out
