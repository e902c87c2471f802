"""Whether a tool call states what a candidate said, all of it and nothing else.

``python tests/agent/dialogues.py calls.json`` judges calls that an agent made in the
dialogues of ``tests/data/dialogues.json``: an object from the name of a dialogue to
``{"tool": ..., "arguments": {...}}``.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from interviewfit import InterviewFitError
from interviewfit.errors import faults_of
from interviewfit.extra.agent import call_tool

DIALOGUES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "dialogues.json").read_text(encoding="utf-8")
)
FRAME = {"schema", "type"}
"""Keys that say how to read an object; they are no facts."""


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value in a call, with its JSON Pointer (RFC 6901)."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key not in FRAME:
                yield from leaves(value, f"{path}/{key}")
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from leaves(value, f"{path}/{index}")
    else:
        yield path, tree


def judge(
    dialogue: Mapping[str, Any], tool: str, arguments: Mapping[str, Any]
) -> list[str]:
    """What is wrong with a call in a dialogue; empty if nothing is."""
    faults = []
    if tool != dialogue["tool"]:
        faults.append(f"calls {tool}, not {dialogue['tool']}")
    try:
        call_tool(tool, arguments)
    except InterviewFitError as error:
        faults += faults_of(error)
    stated = dict(leaves(arguments))
    facts = {path: value for path, (value, _) in dialogue["facts"].items()}
    for path in facts.keys() | stated.keys():
        if path not in stated:
            faults.append(f"leaves out {path}, which was stated: {facts[path]!r}")
        elif path not in facts:
            faults.append(f"invents {path}: {stated[path]!r}")
        elif stated[path] != facts[path]:
            faults.append(f"says {stated[path]!r} at {path}, not {facts[path]!r}")
    return faults


def main(path: str) -> int:
    """Print what is wrong with every call in a file; return how many are wrong.

    A file that cannot be read counts as a call.
    """
    try:
        calls = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.stdout.write(f"{path}: {error}. Put the calls of your agent there.\n")
        return 1
    wrong = 0
    for dialogue in DIALOGUES:
        call = calls.get(dialogue["name"], {"tool": "none", "arguments": {}})
        faults = judge(dialogue, call["tool"], call["arguments"])
        wrong += bool(faults)
        for fault in faults:
            sys.stdout.write(f"{dialogue['name']}: {fault}\n")
    sys.stdout.write(f"{len(DIALOGUES) - wrong} of {len(DIALOGUES)} calls are right\n")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Judge the calls of an agent.")
    parser.add_argument("file", help="its calls, by the names of the dialogues")
    sys.exit(min(main(parser.parse_args().file), 1))
