"""Rows of one decision: ranked, cut into blocks, and beside other processes."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    Stage,
    assess,
    corporate,
    small_firm,
)
from interviewfit._assessment import evaluating_rows as rows
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import Ranking, to_percent
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._process.parameters import find_parameter, list_inputs, substitute
from interviewfit.records import Decision

ACTIONS = tuple(Action)
NEWS = Reading(aspect="stability", value=-3.0, noise=6.0, unsettled=8.0)
ACME = Opportunity(
    name="Acme",
    stages=corporate(),
    beliefs={"role": Belief(mean=3.0, sd=6.0)},
    signals=[NEWS],
)
BOLT = Opportunity(
    name="Bolt", stages=small_firm(), beliefs={"role": Belief(mean=1.0, sd=6.0)}
)


def decided(one: Opportunity = ACME, **more: Any) -> Decision:
    return evolve(Decision(candidate=Candidate(), opportunity=one), **more)


def columns(**values: list[float]) -> dict[str, FloatColumn]:
    return {
        name.replace("__", "."): np.array(column) for name, column in values.items()
    }


def agree(decision: Decision, values: dict[str, FloatColumn]) -> Ranking:
    """What is found of many rows, once each is as it is when assessed alone."""
    found = evaluate_rows(decision, values)
    for row, action in enumerate(found.best):
        one = substitute(
            decision,
            {
                find_parameter(decision, name): float(own[row])
                for name, own in values.items()
            },
        )
        alone = assess(one.candidate, one.opportunity, beside=one.beside)
        worths = dict(zip(found.actions, found.values[:, row].tolist(), strict=True))
        assert action is alone.action
        assert found.value[row] == max(worths.values())
        for choice in alone.choices:
            stays = choice.action is Action.FINISH_POLITELY
            name = Action.CONTINUE if stays else choice.action
            assert worths.pop(name) == pytest.approx(choice.value, abs=1e-9)
        assert set(worths.values()) <= {-np.inf}
    return found


class TestFitOf:
    def test_without_weight_only_the_sign_counts(self) -> None:
        hours = np.array([-3.0, -0.5, 0.0, 0.5, 3.0])

        assert to_percent(hours, 0.0).tolist() == [-np.inf, -np.inf, *[np.inf] * 3]
        assert to_percent(hours, 0.5).tolist() == (2.0 * hours).tolist()


class TestPlaces:
    def test_are_of_the_rows_of_each_action(self) -> None:
        """Who finishes politely stays; what is not open has no row."""
        open_ = (Action.CONTINUE, Action.LEAVE)
        found = Ranking(
            open_, np.zeros((2, 0)), np.zeros(0, dtype=np.int8), np.zeros(0)
        )
        codes = np.arange(len(ACTIONS), dtype=np.int8)

        places = dict(zip(ACTIONS, found.alternatives_of(codes).tolist(), strict=True))

        assert places.pop(Action.CONTINUE) == places.pop(Action.FINISH_POLITELY) == 0
        assert places.pop(Action.LEAVE) == 1
        assert set(places.values()) == {-1}


class TestBlocks:
    def test_cut_into_blocks_rows_stay_what_they_are(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decision = decided()
        values = columns(role__mean=np.linspace(-20.0, 20.0, 7).tolist())
        whole = evaluate_rows(decision, values)

        monkeypatch.setattr(rows, "_MOST_ROWS", 3)
        cut = evaluate_rows(decision, values)

        assert cut.actions == whole.actions
        assert cut.values.tolist() == whole.values.tolist()
        assert cut.codes.tolist() == whole.codes.tolist()
        assert cut.codes.dtype == whole.codes.dtype == np.int8


class TestNews:
    def test_one_can_wait_for_it_only_in_rows_that_expect_some(self) -> None:
        decision = decided()
        (name,) = (
            one.name for one in list_inputs(decision) if one.name.endswith("unsettled")
        )
        values = {name: np.array([0.0, 4.0, 0.0, 20.0])}

        found = agree(decision, values)

        wait = found.values[found.actions.index(Action.POSTPONE)]
        assert np.isfinite(wait).tolist() == [False, True, False, True]
        still = {name: np.zeros(2)}
        assert Action.POSTPONE not in agree(decision, still).best


class TestBeside:
    @pytest.mark.parametrize("phase", ["before", "midway"])
    def test_a_row_says_what_the_decision_says(self, phase: str) -> None:
        one = evolve(ACME, signals=[], position=Position(phase=phase))
        decision = decided(one, beside=[BOLT])
        values = columns(role__mean=[-40.0, 2.0, 12.0, 12.0])

        found = agree(decision, values)

        assert len(set(found.best)) > 1
        assert found.values[:, 2].tolist() == found.values[:, 3].tolist()
        assert found.codes.dtype == np.int8

    def test_an_action_is_open_in_some_rows_only(self) -> None:
        decision = decided(beside=[BOLT])
        (name,) = (
            one.name for one in list_inputs(decision) if one.name.endswith("unsettled")
        )
        values = {name: np.array([0.0, 9.0])}

        found = agree(decision, values)

        wait = found.values[found.actions.index(Action.POSTPONE)]
        assert wait[0] == -np.inf
        assert np.isfinite(wait[1])

    @pytest.mark.parametrize("phase", ["before", "midway", "offered"])
    def test_a_dealbreaker_decides_and_one_of_another_job_does_not(
        self, phase: str
    ) -> None:
        who = Candidate(dealbreakers=["arms"])
        fine = evolve(ACME, tags=["oil"], position=Position(phase=phase))
        decision = decided(
            fine, candidate=who, beside=[evolve(BOLT, tags=["arms", "oil"])]
        )
        bad = evolve(decision, opportunity=evolve(fine, tags=["arms", "oil"]))
        good, forced = (
            agree(one, columns(role__mean=[30.0])).best[0] for one in (decision, bad)
        )

        assert good in {Action.TAKE, Action.CONTINUE, Action.ACCEPT_OFFER}
        assert forced not in {Action.TAKE, Action.CONTINUE, Action.ACCEPT_OFFER}


def offered(name: str, pay: float, *, asked: bool, sd: float = 2.0) -> Opportunity:
    """An offer of which nobody has told anything but the pay."""
    return Opportunity(
        name=name,
        stages=[Stage(kind="panel")],
        beliefs={"pay": Belief(mean=pay, sd=sd)},
        questions_asked=asked,
        position=Position(phase="offered"),
    )


class TestBesideOffers:
    @pytest.mark.parametrize(
        ("asked", "action"),
        [
            # Asked about while the best waits for that; or nothing is left to ask.
            ((True, False), Action.POSTPONE),
            ((False, True), Action.ASK_FIRST),
            ((False, False), Action.ASK_FIRST),
            ((True, True), Action.ACCEPT_OFFER),
        ],
    )
    def test_a_row_settles_them_as_the_decision_does(
        self, asked: tuple[bool, bool], action: Action
    ) -> None:
        best, other = (
            offered(name, pay, asked=own)
            for name, pay, own in zip("ab", (5.5, 5.0), asked, strict=True)
        )
        values = columns(weights__time=[1.0])

        found = agree(decided(best, beside=[other, BOLT]), values)
        agree(decided(other, beside=[best, BOLT]), values)
        agree(decided(BOLT, beside=[best, other]), values)

        assert found.best == [action]

    @pytest.mark.parametrize("count", [2, 3, 5])
    def test_which_is_best_may_differ_between_rows(self, count: int) -> None:
        """Of five the worst is turned down at once, and which it is differs too."""
        one, *others = (
            offered(f"offer {number}", 3.0 + 2.0 * number, asked=number % 2 > 0)
            for number in range(count)
        )

        found = agree(
            decided(one, beside=[*others, BOLT]),
            columns(pay__mean=[1.0, 4.0, 6.0, 8.0, 9.5, 15.0, -10.0]),
        )

        assert len(set(found.best)) > 1

    def test_in_some_rows_there_is_nothing_to_ask(self) -> None:
        one = offered("one", 5.0, asked=True, sd=0.0)
        other = offered("other", 5.5, asked=True)

        found = agree(
            decided(one, beside=[other, BOLT]),
            columns(weights__offer=[0.0, 1.0, 1.0], pay__mean=[5.0, 5.0, 6.0]),
        )

        # Until the other is answered it waits, which costs nothing.
        assert found.values[found.actions.index(Action.POSTPONE)][1] >= 0.0

    @pytest.mark.parametrize("position", [Position(phase="offered"), Position()])
    def test_beside_what_is_ruled_out_there_is_nothing_to_wait_for(
        self, position: Position
    ) -> None:
        one = offered("one", 5.0, asked=True)
        out = evolve(BOLT, tags=["arms"], position=position)
        picky = Candidate(dealbreakers=["arms"])

        found = agree(
            decided(one, candidate=picky, beside=[out]), columns(pay__mean=[-9.0, 5.0])
        )

        assert Action.POSTPONE not in found.actions
