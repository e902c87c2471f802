"""Which numbers are moved first where not all of them can be."""

from itertools import pairwise

import numpy as np
import pytest
from attrs import evolve
from scipy.stats import norm

import costs
from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    Opportunity,
    assess,
    corporate,
    flips,
)
from interviewfit._assessment import evaluation, search_rows
from interviewfit._assessment.alternatives import alternatives
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.problems import compile_rows
from interviewfit._competition import entries
from interviewfit._model.vocabulary import Action
from interviewfit._numeric.effort import CALL, counted, spend
from interviewfit._process.parameters import Parameter, list_inputs
from interviewfit.records import Decision
from interviewfit.sensitivity import tornado
from interviewfit.sensitivity._influence import by_influence
from interviewfit.sensitivity._sweeps import (
    allowed_range,
    evaluate_moved,
    independent_groups,
)
from interviewfit.sensitivity._work import Allowance, first_numbers

ALONE = costs.of_first(costs.SEARCHES["ordinary"](1, 2))
BESIDE = costs.of_first(costs.SEARCHES["ordinary"](3, 2))
WAITING = assess(
    Candidate(),
    Opportunity(
        name="Acme",
        stages=corporate(),
        beliefs={"pay": Belief(mean=3, sd=4)},
        signals=["merger_talks"],
        unresearched=True,
    ),
)
# Operations of which the ends of some numbers can be afforded, but not of all.
FEW = 3_000_000


def in_order(found: Assessment) -> list[Parameter]:
    decision = found.decision
    group = max(independent_groups(decision, list_inputs(decision)), key=len)
    ends = np.array([allowed_range(decision, item) for item in group])
    return [group[place] for place in by_influence(decision, group, *ends.T)]


class TestByInfluence:
    @pytest.mark.parametrize("found", [ALONE, BESIDE])
    def test_what_changes_the_value_the_most_comes_early(
        self, found: Assessment
    ) -> None:
        """Nothing is solved, so the order is not that of the swings, but near it."""
        names = [item.name for item in in_order(found)]
        swings = {bar.name: bar.swing for bar in tornado(found, reach=100.0)}
        largest = sorted(names, key=lambda name: -swings[name])[:5]

        assert len(set(names)) == len(names)
        assert max(map(names.index, largest)) < len(names) / 2


def seen_through(decision: Decision, numbers: dict[str, float]) -> list[float]:
    """What each alternative is worth, alone, if nobody leaves it before the end."""
    columns = {name: np.array([number]) for name, number in numbers.items()}
    problem = compile_rows(evolve(decision, beside=()), columns)
    worths = []
    for option in alternatives(problem):
        if not option.steps:
            worths.append(float(np.sum([np.sum(it) for it in option.terms.values()])))
            continue
        mean, variance, here, value = np.sum(problem.process.mean_hours), 0.0, 1.0, 0.0
        for step in option.steps:
            value += here * np.sum(step.reward)
            here *= np.sum(step.survive)
            mean += np.sum(step.drift)
            variance += np.sum(step.reveal) ** 2
        sd = variance**0.5
        lucky = max(0.0, mean)
        if sd:
            lucky = mean * norm.cdf(mean / sd) + sd * norm.pdf(mean / sd)
        worths.append(float(value + here * lucky))
    return worths


class TestOrder:
    @pytest.mark.parametrize("found", [ALONE, WAITING], ids=["alone", "waiting"])
    def test_it_is_that_of_what_the_lead_changes_if_nobody_leaves(
        self, found: Assessment
    ) -> None:
        decision, ordered = found.decision, in_order(found)
        numbers = {one.name: one.value for one in ordered}
        first, *others = seen_through(decision, numbers)
        leads = [other - first for other in others]
        changes = []
        for one in ordered[::4]:
            change = 0.0
            for end in allowed_range(decision, one):
                moved = {**numbers, one.name: end}
                first, *others = seen_through(decision, moved)
                for other, lead in zip(others, leads, strict=True):
                    change = max(change, abs(other - first - lead))
            changes.append(change)

        assert changes[0] > 1.0
        for earlier, later in pairwise(changes):
            assert earlier >= later - 1e-9


class TestAllowance:
    def test_what_follows_is_judged_by_what_was_done(self) -> None:
        allowance = Allowance(10_000_000)
        with allowance.rows(10):
            spend(1_000_000 - CALL)

        assert allowance.left == 9_000_000
        assert allowance.affords(90)
        assert not allowance.affords(91)
        assert allowance.most(60, rows=3) == 20
        assert allowance.most(20, rows=3) == 20
        assert allowance.most(7, reserve=8_600_000) == 2
        assert allowance.most(7, reserve=9_000_001) == 0

    def test_one_row_more_takes_less_than_the_average(self) -> None:
        allowance = Allowance(10_000_000)
        for rows, work in ((10, 1_000_000), (20, 1_500_000)):
            with allowance.rows(rows):
                spend(work - CALL)

        # 1.5 million, and 50 thousand for each row above 20.
        assert allowance.affords(140)
        assert not allowance.affords(141)

    def test_first_come_so_many_numbers_as_take_a_fifth(self) -> None:
        assert first_numbers(100, 1_000, 500.0) == 10
        assert first_numbers(100, 1_000, 5e6) == 100
        assert first_numbers(100, 1_000_000, 500.0) == 2
        assert first_numbers(1, 1_000_000, 500.0) == 1


class TestCutShort:
    def test_flips_says_what_it_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = {(item.name, item.above): item for item in flips(ALONE)}
        names = {item.name for item in list_inputs(ALONE.decision)}
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", FEW)
        with counted() as effort:
            few = flips(ALONE)

        assert effort.operations < 1.5 * FEW
        assert {*few.insensitive, *few.left_out, *(item.name for item in few)} == names
        assert not {item.name for item in few} & set(few.left_out)
        assert len(few.insensitive) + len(few) > 10
        assert f"takes long: {len(few.left_out)} numbers more" in str(few)
        for item in few:
            exact = whole[item.name, item.above]
            assert abs(item.threshold - exact.threshold) <= item.error + exact.error
            assert ("give or take" in item.clause) == (item.error > exact.error * 5e7)

    def test_numbers_that_were_left_out_can_be_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", FEW)
        few = flips(ALONE)
        named = flips(ALONE, names=few.left_out[:3])

        assert few.left_out
        assert not named.left_out

    def test_tornado_says_what_it_left_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = {bar.name: bar for bar in tornado(BESIDE)}
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", FEW)
        with counted() as effort:
            few = tornado(BESIDE)

        assert effort.operations < 1.5 * FEW
        assert {bar.name for bar in few}.isdisjoint(few.left_out)
        assert {*few.left_out, *(bar.name for bar in few)} == set(whole)
        for bar in few:
            ends = whole[bar.name].value_at_low, whole[bar.name].value_at_high
            assert (bar.value_at_low, bar.value_at_high) == pytest.approx(ends)
        assert f"takes long: {len(few.left_out)} numbers more" in str(few)


class TestApart:
    @pytest.mark.parametrize("kind", ["ordinary", "heavy", "offers"])
    def test_numbers_of_one_process_leave_the_others_as_they_are(
        self, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        """To the last bit as if all processes were compiled again."""
        decision = costs.of_first(costs.SEARCHES[kind](3, 1)).decision
        (group,) = (
            group
            for group in independent_groups(decision, list_inputs(decision))
            if group[0].name == "role.mean"
        )
        moved, points = np.zeros(3, np.intp), np.array([-9.0, 0.5, 7.0])
        apart = evaluate_moved(decision, group, moved, points, KnownRivals())
        monkeypatch.setattr(search_rows, "bears_on_rivals", lambda *_: True)
        together = evaluate_moved(decision, group, moved, points, KnownRivals())

        assert apart.values.tobytes() == together.values.tobytes()
        assert apart.best == together.best

    def test_the_others_are_compiled_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        decision, known = BESIDE.decision, KnownRivals()
        (group,) = (
            group
            for group in independent_groups(decision, list_inputs(decision))
            if group[0].name == "role.mean"
        )
        first = evaluate_moved(decision, group, np.zeros(1, np.intp), np.ones(1), known)
        monkeypatch.delattr(entries, "compile_beside")
        monkeypatch.setattr(search_rows, "compile_beside", None)
        again = evaluate_moved(decision, group, np.zeros(1, np.intp), np.ones(1), known)

        assert isinstance(again, evaluation.Ranking)
        assert again.values.tolist() == first.values.tolist()
        assert Action.TAKE in again.actions
