"""Boards and diagrams as rows: the cards of Trello, the flows of SankeyMATIC."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interviewfit.errors import DecodeError
from interviewfit.logs._words import read_status

_MAX_PROCESSES = 100_000
_LINES_ABOVE = 50
_MAX_LINE = 500
_FLOW = re.compile(
    r"\s*(?P<source>[^\[\]]{1,200}?)\s*\[\s*(?P<count>\d{1,9})\s*\]\s*"
    r"(?P<target>[^\[\]#]{1,200}?)\s*(?:#\S*)?\s*"
)
_ARROW = re.compile(
    r"\s*(?P<source>[^\[\]>→]{1,200}?)\s*(?:-+>|=+>|→)\s*(?P<target>[^\[\]>→:(]{1,200}?)"
    r"\s*[:\[(,]\s*(?P<count>\d{1,9})\s*[\])]?;?\s*"
)
_FLOW_HEAD = re.compile(
    r"(?:source|from)\s*,\s*(?:target|to|destination)\s*,"
    r"\s*(?:value|count|number|n|weight|amount|applications)"
)


def trello_rows(board: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the moves of a Trello board's cards between its lists, earliest first."""
    names = {
        item.get("id"): item.get("name")
        for item in board["lists"]
        if isinstance(item, dict)
    }
    cards = {card.get("id"): card for card in board["cards"] if isinstance(card, dict)}
    rows: dict[Any, list[dict[str, Any]]] = {}
    actions = board.get("actions")
    for action in reversed(actions if isinstance(actions, list) else []):
        data = action.get("data") if isinstance(action, dict) else None
        card = data.get("card") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(card, dict):
            continue
        target = data.get("listAfter") or data.get("list")
        if not isinstance(target, dict):
            continue
        if action.get("type") not in ("createCard", "updateCard", "copyCard"):
            continue
        origin = data.get("listBefore")
        if action["type"] == "updateCard" and not isinstance(origin, dict):
            continue
        rows.setdefault(card.get("id"), []).append(
            {
                **_card_names(cards.get(card.get("id"), card)),
                "from": origin.get("name") if isinstance(origin, dict) else "",
                "to": target.get("name"),
                "on": action.get("date"),
            }
        )
    for key, card in cards.items():
        if key not in rows and card.get("idList") in names:
            rows[key] = [{**_card_names(card), "to": names[card["idList"]]}]
    return [{"id": key, **row} for key, moves in rows.items() for row in moves]


def _card_names(card: Mapping[str, Any]) -> dict[str, Any]:
    name = " ".join(str(card.get("name", "")).split())
    company, _, role = re.sub(r" [-–—|@:] |: ", "\t", name).partition("\t")
    return {"company": company, "role": role}


def find_flows(lines: Sequence[str]) -> list[tuple[str, int, str]]:
    """Return the flows of a diagram in any of the usual notations; none if it is none.

    These are SankeyMATIC's ``Applied [5] Rejected``, arrows such as
    ``Applied -> Rejected: 5``, and Mermaid's columns of source, target and number.
    """
    # Spaces are single and lines short, so that no pattern goes back far.
    short = [" ".join(line.split()) if len(line) <= _MAX_LINE else "" for line in lines]
    for pattern in (_FLOW, _ARROW):
        if not any(map(pattern.fullmatch, short[:_LINES_ABOVE])):
            continue
        flows = [match for line in short if (match := pattern.fullmatch(line))]
        if flows and 2 * len(flows) >= len(lines):
            return [(m["source"], int(m["count"]), m["target"]) for m in flows]
    head = lines[0].strip().casefold() if lines else ""
    if head.startswith("sankey") or _FLOW_HEAD.fullmatch(head):
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines[1:])]
        rows = [row for row in rows if len(row) == 3 and row[2][:9].isdecimal()]
        return [(row[0], int(row[2][:9]), row[1]) for row in rows]
    return []


def flow_rows(flows: Sequence[tuple[str, int, str]]) -> list[dict[int, object]]:
    """Return the processes of SankeyMATIC's flows, a row for each node of each.

    Args:
        flows: Source, number of processes and target of each line.

    Raises:
        DecodeError: If there are more than 100,000 processes.
    """
    outflows: dict[str, list[list[Any]]] = {}
    arriving: dict[str, int] = {}
    for source, count, target in flows:
        outflows.setdefault(source, []).append([target, count])
        arriving[target] = arriving.get(target, 0) + count
    total = sum(count for _, count, _ in flows)
    if total > _MAX_PROCESSES:
        fault = f"Its flows sum to {total:,}; at most {_MAX_PROCESSES:,} are read."
        raise DecodeError("log", [fault])
    rows: list[dict[int, object]] = []
    for source, targets in outflows.items():
        leaving = sum(count for _, count in targets)
        starting = leaving - arriving.get(source, 0)
        for _ in range(starting):
            rows.extend(_flow_path(source, outflows, f"process {len(rows) + 1}"))
    return rows


def _flow_path(
    node: str, outflows: Mapping[str, list[list[Any]]], process: str
) -> Iterable[dict[int, object]]:
    """Yield the nodes that one process passes, and take it off the flows.

    Args:
        node: Where it begins.
        outflows: For each node, its targets with the processes left; changed.
        process: Name of the process.
    """
    while True:
        if read_status(node):
            yield {0: process, 1: node}
        flow = next((flow for flow in outflows.get(node, ()) if flow[1] > 0), None)
        if flow is None:
            return
        flow[1] -= 1
        node = flow[0]
