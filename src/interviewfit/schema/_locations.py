"""Where in a JSON text a fault is: the line, and the name of the opportunity.

A fault ends in a path such as ``$.opportunities[1].stages[0].hours``; whoever wrote the
file by hand looks for a line.
"""

import json
import re
from ast import literal_eval
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions on the way to a value."""

_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[][{},:]|[^\s"\[\]{},:]+|\n')
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\]")
_PATH = re.compile(r" @ \$(\S.*)?\Z")


def located(text: str, faults: Sequence[str]) -> list[str]:
    r"""Faults with the line, and the name of the opportunity, that they are about.

    Args:
        text: The JSON that was read.
        faults: Sentences, most of which end in their path; the others stay as they are.

    >>> located('{\n"name": 5}', ["It must be text, got 5. @ $.name"])
    ['line 2: It must be text, got 5. @ $.name']
    """
    paths = [_path_of(fault) for fault in faults]
    if not any(paths):
        return list(faults)
    lines, tree = _lines(text), _tree(text)
    shown = []
    for fault, path in zip(faults, paths, strict=True):
        steps = path or ()
        while steps and steps not in lines:
            steps = steps[:-1]
        if not steps:
            shown.append(fault)
            continue
        name = _name(tree, steps)
        about = f" ({name})" if name else ""
        shown.append(f"line {lines[steps]:,}{about}: {fault}")
    return shown


def _path_of(fault: str) -> Path | None:
    """The path that a fault ends in; None if it has none, or is about the whole."""
    if not (match := _PATH.search(fault)):
        return None
    return tuple(
        key or (int(number) if number else str(literal_eval(quoted)))
        for key, number, quoted in _STEP.findall(match[1] or "")
    )


def _tree(text: str) -> Any:
    """What a text states; None if it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _name(tree: Any, path: Path) -> str:
    """The name of the opportunity on the way to a value; empty if there is none.

    Args:
        tree, path: What the text states, and where in it.
    """
    if path[:1] != ("opportunities",) or len(path) < 2:
        return ""
    jobs = tree.get("opportunities") if isinstance(tree, Mapping) else None
    number = path[1]
    if not (isinstance(jobs, list) and isinstance(number, int) and number < len(jobs)):
        return ""
    name = jobs[number].get("name") if isinstance(jobs[number], Mapping) else None
    return name[:60] if isinstance(name, str) else ""


def _lines(text: str) -> dict[Path, int]:
    """The line of every value of a JSON text, from 1, by its path.

    The text is read from its start to its end once; it need not be well formed.
    """
    lines: dict[Path, int] = {}
    line, path = 1, list[str | int]()
    kinds = list[str]()
    expects_key = False
    for match in _PART.finditer(text):
        part = match[0]
        if part == "\n":
            line += 1
        elif part in "}]":
            if kinds:
                kinds.pop()
                path.pop()
            expects_key = False
        elif part == ",":
            if kinds and kinds[-1] == "[":
                path[-1] = int(path[-1]) + 1
            expects_key = bool(kinds) and kinds[-1] == "{"
        elif part == ":":
            expects_key = False
        elif expects_key and part.startswith('"'):
            path[-1] = _key(part)
            lines.setdefault(tuple(path), line)
        else:
            lines.setdefault(tuple(path), line)
            if part in "{[":
                kinds.append(part)
                path.append("" if part == "{" else 0)
                expects_key = part == "{"
            line += part.count("\n")
    return lines


def _key(part: str) -> str:
    """The key that a text in quotes states."""
    try:
        return str(json.loads(part, strict=False))
    except ValueError:
        return part.strip('"')
