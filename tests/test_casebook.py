"""Thirty situations from five articles, each with the advice its author gives.

``data/casebook.json`` holds each as a candidate and an opportunity. Only what the
situation says is set; one set of defaults serves all. The authors are recruiters
and coaches, so passing shows that the model can express their advice, not that
the advice is right.
"""

import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Candidate,
    Opportunity,
    Plan,
    Reading,
    Sign,
    Weights,
    assess,
    flips,
    loads,
    plan,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.schema import SCHEMA

_DATA = Path(__file__).parent / "data" / "casebook.json"
CASES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in json.loads(_DATA.read_text("utf-8"))
}

# An order of two processes is not an action of one: ``plan`` answers it.
ORDERS = {"W04": "schedule_first"}

# Which pairs contradict each other, and the one input that separates them.
SEPARATED_BY = {
    ("M02", "S01"): "signals",
    ("M02", "W11"): "signals",
    ("M05", "N05"): "signals",
    ("M05", "S01"): "signals",
    ("M05", "W05"): "signals",
    ("M05", "W11"): "signals",
    ("M07", "N01"): "learned",
    ("U01", "N01"): "signals",
    ("N11", "S01"): "signals",
    ("U08", "S01"): "signals",
    ("U04", "U01"): "stages",
    ("U01", "W11"): "signals",
    ("U04", "U02"): "stages",
    ("U07", "W09"): "position",
    ("U08", "W05"): "signals",
    ("W09", "W11"): "signals",
}

STAYING = {
    Action.TAKE,
    Action.CONTINUE,
    Action.ACCEPT_OFFER,
}


def _case(name: str) -> tuple[Candidate, Opportunity]:
    case = CASES[name]
    return (
        loads(json.dumps({"schema": SCHEMA, **case["candidate"]}), Candidate),
        loads(json.dumps({"schema": SCHEMA, **case["opportunity"]}), Opportunity),
    )


def _assess(name: str) -> Assessment:
    return assess(*_case(name))


@pytest.mark.parametrize("name", sorted(CASES.keys() - ORDERS.keys()))
def test_the_expected_action_comes_out(name: str) -> None:
    assert _assess(name).action.value == CASES[name]["expected"]


@pytest.mark.parametrize("name", ["M02", "M05", "S01", "W05"])
@pytest.mark.parametrize("correlation", [0.0, 0.1, 0.3])
def test_what_being_passed_on_tells_turns_no_advice(
    name: str, correlation: float
) -> None:
    """Whoever knows that the work does not fit goes; whoever is liked stays."""
    candidate, opportunity = _case(name)

    told = assess(candidate, attrs.evolve(opportunity, mutual_fit=correlation))

    assert told.action.value == CASES[name]["expected"]
    assert told.margin > 3.0


def test_all_thirty_are_there() -> None:
    """None is left out because it does not fit."""
    assert len(CASES) == 30
    assert {name: CASES[name]["expected"] for name in ORDERS} == ORDERS


class TestOrders:
    def test_a_so_so_interview_goes_before_the_dream_employer(self) -> None:
        """For practice: its own index is the lower one."""
        found = self.plan()

        assert found.practice_first == ("job",)
        assert [one.name for one in found.ranked] == ["job", "dream"]
        assert found.ranked[0].index < found.ranked[1].index

    @pytest.mark.parametrize(
        "numbers", [{"practice_gain": 0.0}, {"interviews_done": 30.0}]
    )
    def test_not_where_it_teaches_nothing(self, numbers: dict[str, float]) -> None:
        found = self.plan(numbers)

        assert found.practice_first == ()
        assert [one.name for one in found.ranked] == ["dream", "job"]

    def plan(self, numbers: dict[str, float] | None = None) -> Plan:
        candidate, opportunity = _case("W04")
        beside = {"schema": SCHEMA, **CASES["W04"]["beside"]}
        dream = loads(json.dumps(beside), Opportunity)
        if numbers and "interviews_done" in numbers:
            candidate = attrs.evolve(candidate, interviews_done=None)
        return plan(
            candidate,
            [opportunity, dream],
            assumptions=Assumptions(numbers=numbers or {}),
        )


def test_every_case_says_what_it_sets() -> None:
    assert all(case["set"] for case in CASES.values())


class TestContradictions:
    @pytest.mark.parametrize(("name", "other"), sorted(SEPARATED_BY))
    def test_one_input_turns_the_advice(self, name: str, other: str) -> None:
        """Give the first case that one input of the second, and it changes sides."""
        field = SEPARATED_BY[name, other]
        candidate, opportunity = _case(name)
        other_candidate, other_opportunity = _case(other)
        if field == "learned":
            candidate = attrs.evolve(candidate, learned=other_candidate.learned)
        else:
            given = getattr(other_opportunity, field)
            opportunity = attrs.evolve(opportunity, **{field: given})

        before, after = _assess(name).action, assess(candidate, opportunity).action

        assert after is not before
        if field != "position":
            assert (before in STAYING) is not (after in STAYING)

    @pytest.mark.parametrize(("name", "other"), sorted(SEPARATED_BY))
    def test_the_page_on_the_articles_says_what_decides(
        self, name: str, other: str
    ) -> None:
        page = Path(__file__).parents[1] / "docs" / "explanation" / "articles.md"
        rows = [
            set(re.findall(r"\b[MUNSW]\d\d\b", line))
            for line in page.read_text(encoding="utf-8").splitlines()
            if line.startswith("| ")
        ]

        assert any({name, other} <= row for row in rows)


PAGE = (Path(__file__).parents[1] / "docs" / "explanation" / "articles.md").read_text(
    "utf-8"
)


def _row(article: str) -> str:
    """What the page says decides in an article."""
    (row,) = [one for one in PAGE.splitlines() if one.startswith(f"| {article}, ")]
    return row


class TestArticles:
    """For each article the input that decides, and what does not, as the page says."""

    @pytest.mark.parametrize(
        ("name", "action"), [("M02", Action.CONTINUE), ("M07", Action.TAKE)]
    )
    def test_what_is_known_decides_that_it_is_no_match(
        self, name: str, action: Action
    ) -> None:
        candidate, opportunity = _case(name)
        unknown = attrs.evolve(opportunity, signals=())
        unlearned = attrs.evolve(candidate, learned=())

        assert assess(unlearned, unknown).action is action
        assert name in _row("M")

    @pytest.mark.parametrize("name", ["U01", "U02"])
    def test_whether_to_wait_hangs_on_whether_they_would(self, name: str) -> None:
        (flip,) = flips(_assess(name), names=["stays_open"]).values

        assert flip.action is Action.TAKE
        assert not flip.above
        assert f"{100 * flip.threshold:.0f} % ({name})" in _row("U")

    @pytest.mark.parametrize("name", ["N01", "N08", "N05", "W01", "W03", "W11"])
    def test_what_an_hour_is_worth_decides_whether_to_take_any(self, name: str) -> None:
        (flip,) = flips(_assess(name), names=["weights.time"]).values

        assert flip.above
        assert flip.action is Action.DECLINE
        assert re.search(rf"{flip.threshold:.1f}[^.]*?[(][^)]*{name}", _row(name[0]))

    @pytest.mark.parametrize(
        ("name", "weights"),
        [
            *((name, Weights(networking=0)) for name in ("N01", "N05", "N08")),
            *(
                (name, Weights(practice=0, hidden_role=0))
                for name in ("W01", "W03", "W11")
            ),
        ],
    )
    def test_the_reason_the_author_gives_does_not(
        self, name: str, weights: Weights
    ) -> None:
        candidate, opportunity = _case(name)

        found = assess(attrs.evolve(candidate, weights=weights), opportunity)
        assert found.action is Action.TAKE

    @pytest.mark.parametrize(
        "change", [{"pass_rate": 0.1}, {"reveals": dict.fromkeys(ASPECTS, 0.0)}]
    )
    def test_after_hr_those_ahead_decide(self, change: dict[str, Any]) -> None:
        candidate, opportunity = _case("S01")
        stages = [attrs.evolve(one, **change) for one in opportunity.stages]
        other = attrs.evolve(opportunity, stages=stages)

        assert _assess("S01").action is Action.CONTINUE
        assert assess(candidate, other).action is Action.WITHDRAW_POLITELY

    def test_two_are_close_and_u04_turns_with_a_noisier_view(self) -> None:
        found = {name: _assess(name) for name in CASES.keys() - ORDERS.keys()}
        margins = {
            name: one.margin for name, one in found.items() if one.runner_up is not None
        }
        candidate, opportunity = _case("U04")
        actions = []
        for noise in (12.0, 18.0):
            view = [
                Reading(aspect="role", value=-35, noise=noise),
                Reading(aspect="growth", value=-15, noise=noise),
            ]
            other = attrs.evolve(opportunity, signals=(Sign.MERGER_TALKS, *view))
            actions.append(assess(candidate, other).action)

        closest = sorted(margins, key=lambda name: margins[name])[:2]
        assert set(closest) == {"S07", "U04"}
        assert margins["U04"] == pytest.approx(0.2, abs=0.05)
        assert actions == [Action.TAKE, Action.POSTPONE]

    def test_only_two_stand_on_a_guess(self) -> None:
        carried = {
            name: _assess(name).decisive_priors for name in CASES.keys() - ORDERS.keys()
        }

        assert {name: by for name, by in carried.items() if by} == {
            "U04": ("contact",),
            "S07": ("contact", "practice_gain", "hidden_role"),
        }


class TestSides:
    """What the model adds to the articles: on which ground the advice stands."""

    def test_an_influential_person_is_all_that_speaks_for_u04(self) -> None:
        found = _assess("U04")

        assert found.action_without_side_values is not found.action
        assert found.decisive_priors == ("contact",)

    def test_a_bad_job_alone_would_not_be_worth_a_senior_interview(self) -> None:
        assert _assess("S07").action_without_side_values is Action.WITHDRAW_POLITELY

    def test_dealbreakers_leave_the_score_alone(self) -> None:
        """N03 and N04 are M01 with a conflict of values, and nothing else."""
        plain = _assess("M01")

        for name in ("N03", "N04"):
            found = _assess(name)
            assert found.hard_stops
            assert found.choices == plain.choices
