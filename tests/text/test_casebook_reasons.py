"""What thirty situations name as the reason: the thing that the situation says."""

import json
from pathlib import Path
from typing import Any

import pytest

from interviewfit import Assessment, Candidate, Opportunity, assess, explain, loads
from interviewfit.schema import SCHEMA

DATA = Path(__file__).parents[1] / "data" / "casebook.json"
CASES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in json.loads(DATA.read_text("utf-8"))
}

BECAUSE = {
    "M02": ("signals[0]", "the work itself is not what you want"),
    "M05": ("signals[0]", "the work itself is not what you want"),
    "M07": ("learned[0]", "what you learned of the role in human resources"),
    "U01": ("signals[0]", "there is talk of a merger"),
    "U02": ("signals[0]", "an executive left abruptly"),
    "U04": ("stages[0].meets", "you meet an executive in the HR screen"),
    "U05": ("signals[0]", "the work itself is not what you want"),
    "U07": ("beliefs.role", "you value the role at -100 % of pay"),
    "U08": ("signals[0]", "the work itself is not what you want"),
    "U09": ("signals[0]", "the work itself is not what you want"),
    "U10": ("unresearched", "you have not looked up the public facts yet"),
    "N11": ("signals[0]", "there was no chemistry with the team"),
    "W07": ("signals[0]", "what you learned of the pay says -10 % of pay"),
    "W09": ("signals[0]", "the work itself is not what you want"),
}
"""What decides: without it the advice is another one."""

FOR = {
    "N05": ("stages[0].meets", "you meet an executive in the HR screen"),
    "S01": ("signals[0]", "HR passed you on"),
    "S03": ("signals[0]", "they say that they like you"),
    "S05": ("signals[0]", "they say that they like you"),
    "S07": ("activity", "you look more actively than usual"),
    "W05": ("signals[2]", "they say that they like you"),
}
"""What speaks most for going on; in most, one would go on with nothing said as well."""

AGAINST = {
    "N01": ("signals[0]", "the job description leaves you cold"),
    "N08": ("signals[0]", "the job description leaves you cold"),
    "W01": ("signals[0]", "the commute is long"),
    "W03": ("signals[0]", "you guess that the pay is too low"),
    "W11": ("signals[0]", "you heard bad things about the culture"),
}
"""What speaks most against the advice that is given all the same."""


def answer(name: str) -> Assessment:
    case = CASES[name]
    return assess(
        loads(json.dumps({"schema": SCHEMA, **case["candidate"]}), Candidate),
        loads(json.dumps({"schema": SCHEMA, **case["opportunity"]}), Opportunity),
    )


@pytest.mark.parametrize("name", BECAUSE)
def test_the_reason_is_what_the_situation_says(name: str) -> None:
    found, (reason, words) = answer(name), BECAUSE[name]
    first = explain(found).splitlines()[0]

    assert found.reasons.decisive[0] == reason
    assert f", because {words}" in first


@pytest.mark.parametrize(
    ("name", "side"),
    [*((name, "for") for name in FOR), *((name, "against") for name in AGAINST)],
)
def test_where_it_need_not_decide_the_largest_on_each_side_is_named(
    name: str, side: str
) -> None:
    found, (reason, words) = answer(name), {**FOR, **AGAINST}[name]
    sign = 1.0 if side == "for" else -1.0
    speaking = [
        one.name
        for one in found.reasons
        if sign * one.effect_hours > 0.0 and one.name != "position"
    ]

    lead = ", because" if found.reasons.decisive else f"Most {side} it:"
    assert found.reasons.decisive in {(), (reason,)}
    assert speaking[0] == reason
    assert f"{lead} {words}" in explain(found)


@pytest.mark.parametrize("name", ["N03", "N04"])
def test_a_dealbreaker_is_named(name: str) -> None:
    found = answer(name)
    (tag,) = found.hard_stops

    assert found.reasons.decisive == (f"dealbreakers.{tag}",)
    assert f"It meets your dealbreaker ({tag})" in explain(found)


def test_with_nothing_said_it_says_what_it_rests_on() -> None:
    assert "You have said nothing that stands out. The advice rests on" in explain(
        answer("M01")
    )


def test_none_is_left_out() -> None:
    """One says nothing, one is over, and one is an order of two."""
    elsewhere = {"M01", "N03", "N04", "S09", "W04"}

    assert {*BECAUSE, *FOR, *AGAINST, *elsewhere} == CASES.keys()


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"W04"}))
def test_time_never_decides_where_something_was_said(name: str) -> None:
    text = explain(answer(name))

    assert "What decides" not in text
    assert "because an hour" not in text
