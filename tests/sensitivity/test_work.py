"""Work is bounded whatever the numbers: operations are counted, not seconds."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st, target

import costs
from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    assess,
    flips,
    questions,
    robustness,
)
from interviewfit._assessment import evaluating_rows, problems
from interviewfit._calendar import afterwards
from interviewfit._calendar.afterwards import Afterwards
from interviewfit._competition import offers
from interviewfit._competition.joint_search import JointSearch
from interviewfit._competition.offers import ask_outcome
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatColumn, Number
from interviewfit._numeric.effort import CALL, counted, round_numbers, spend
from interviewfit._process.compilation import Process, Step
from interviewfit.history import calibrate, past_decisions
from interviewfit.sensitivity import (
    _one_way_search,
    _sweeps,
    _work,
    advise,
    candour,
    sweep,
)
from interviewfit.sensitivity._work import left_out_line
from interviewfit.weightings import (
    acceptability,
    learn_priorities,
)

KINDS = st.sampled_from(["ordinary", "heavy", "certain", "rates .001", "pay", "facts"])
PLANNED = st.sampled_from(sorted(costs.SEARCHES))
# What a plan takes for each stage at most: where there are four offers to answer.
MOST_PLANNED = 4_000_000
SMALL = 1_000_000
"""Operations that are allowed for a test, so that it takes no second."""


def operations(what: Callable[[], object]) -> int:
    with counted() as effort:
        what()
    return effort.operations


def _collect(calls: list[tuple[int, int]], done: int, total: int, /) -> None:
    calls.append((done, total))


def of_first(kind: str, count: int, stages: int) -> Assessment:
    return costs.of_first(costs.SEARCHES[kind](count, stages))


class TestCounted:
    def test_what_is_counted_within_is_counted_without(self) -> None:
        with counted() as outer:
            spend(1)
            with counted() as inner:
                spend(2)
            spend(3)

        assert inner.operations == 2 + CALL
        assert outer.operations == 6 + 3 * CALL

    def test_without_anybody_who_counts_nothing_happens(self) -> None:
        spend(5)
        with counted() as effort:
            pass

        assert effort.operations == 0

    def test_the_same_decision_takes_the_same_work(self) -> None:
        found = of_first("heavy", 1, 3)

        assert len({operations(lambda: robustness(found, 5)) for _ in range(2)}) == 1


class TestRoundNumbers:
    @given(st.integers(1, 10**6), st.integers(1, 10**6))
    def test_they_rise_from_the_first_to_the_last(self, first: int, last: int) -> None:
        numbers = list(round_numbers(first, last))

        assert numbers == sorted(set(numbers))
        assert numbers[-1] == last
        assert all(int(str(number).rstrip("0")) in (1, 2, 5) for number in numbers[:-1])
        assert len(numbers) <= 3 * len(str(last)) + 1


class TestRobustness:
    @settings(max_examples=3)
    @given(KINDS, st.integers(1, 2))
    def test_its_work_is_bounded_whatever_the_numbers(
        self, kind: str, stages: int
    ) -> None:
        found = of_first(kind, 1, stages)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", SMALL)
            least = operations(lambda: robustness(found, _work._FIRST_DRAWS))
            work = operations(lambda: robustness(found))
        target(work / max(SMALL, least))

        assert work <= 2 * max(SMALL, least)

    def test_its_answer_says_that_there_are_fewer_draws(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = of_first("heavy", 1, 2)
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", SMALL)
        calls: list[tuple[int, int]] = []
        few = robustness(found, progress=lambda done, of: calls.append((done, of)))

        assert few.draws < 10_000
        assert few.limited
        assert f"Only {few.draws} assumptions were tried" in str(few)
        assert calls[-1] == (10_000, 10_000)
        assert len({of for _, of in calls}) == 1
        assert robustness(found, few.draws).share == few.share

    def test_a_stated_number_of_draws_is_made(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        found = robustness(of_first("ordinary", 1, 2), 70)

        assert (found.draws, found.limited) == (70, False)


class TestFlips:
    @settings(max_examples=4)
    @given(KINDS, st.integers(1, 3), st.integers(1, 3))
    def test_its_work_is_bounded_whatever_the_numbers(
        self, kind: str, count: int, stages: int
    ) -> None:
        found, most = of_first(kind, count, stages), 2 * SMALL
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
            least = operations(lambda: flips(found))
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", most)
            work = operations(lambda: flips(found))
        target(work / max(most, least))

        assert work <= 2 * max(most, least)

    def test_points_are_as_many_as_can_be_afforded(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = of_first("ordinary", 1, 2)
        names = ["weights.time", "fallback", "contact"]
        whole = flips(found, names=names)
        all_work = operations(lambda: flips(found, names=names))
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        few = flips(found, names=names)

        assert operations(lambda: flips(found, names=names)) < all_work
        assert (whole.parts, few.parts) == (24, 1)
        assert "Only the ends" in str(few)
        assert "takes long" not in str(whole)
        for item, other in zip(whole, few, strict=True):
            assert item.name == other.name
            assert 0.0 < item.error < 1e-8 < other.error
            assert abs(other.threshold - item.threshold) <= other.error

    def test_numbers_that_change_nothing_are_no_columns_in_the_end(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        widths: list[int] = []
        whole = _sweeps.evaluate_moved

        def watched(*arguments: object) -> object:
            widths.append(len(arguments[1]))  # type: ignore[arg-type]
            return whole(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(_one_way_search, "evaluate_moved", watched)
        found = flips(of_first("ordinary", 1, 2))

        assert widths[-1] <= max(len({item.name for item in found}), 3)


class TestQuestions:
    def test_what_is_interpolated_is_as_near_as_it_says(self) -> None:
        found = of_first("ordinary", 1, 1)
        with counted() as all_work:
            whole = {item.subject: item for item in questions(found)}
        with pytest.MonkeyPatch.context() as patch, counted() as work:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
            few = questions(found)

        assert work.operations < all_work.operations
        assert any(item.error for item in few)
        for item in few:
            exact = whole[item.subject]
            assert exact.error == 0.0
            assert abs(item.value - exact.value) <= item.error + 1e-6
            assert ("give or take" in str(item)) == bool(item.error)

    def test_where_passes_tell_of_the_fit_aspects_are_left_out(self) -> None:
        job = costs.jobs(1, 5)[0]
        found = assess(Candidate(), evolve(job, mutual_fit=0.2))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 10 * SMALL)
            with counted() as effort:
                few = questions(found)
        whole = questions(found)

        assert effort.operations < 20 * SMALL
        assert not whole.left_out
        names = [item.aspect for item in few]
        assert {*names, *few.left_out} == {item.aspect for item in whole}
        assert few.left_out
        assert names
        spreads = {item.aspect: item.sd_percent for item in whole}
        least = min(spreads[name] for name in names)
        assert all(spreads[name] <= least for name in few.left_out)
        assert str(few).splitlines()[-1].startswith("Not worked out, because each")
        values = {item.aspect: item.value for item in whole}
        for item in few:
            assert abs(item.value - values[item.aspect]) <= item.error + 1e-6


class TestPlan:
    @settings(max_examples=5)
    @given(
        st.sampled_from(sorted(costs.SEARCHES)), st.integers(1, 4), st.integers(1, 3)
    )
    def test_its_work_grows_with_the_stages_of_all_processes(
        self, kind: str, count: int, stages: int
    ) -> None:
        searched = costs.SEARCHES[kind](count, stages)
        work = operations(lambda: costs.planned(searched)) / (count * stages)
        target(work)

        assert work <= MOST_PLANNED

    def test_offers_of_an_exact_plan_are_answered_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They were answered by both bounds, though these were the same."""
        calls, whole = list[int](), JointSearch._answers

        def answered(joint: JointSearch, *arguments: object) -> object:
            calls.append(1)
            return whole(joint, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(JointSearch, "_answers", answered)
        found = costs.planned(costs.SEARCHES["held"](2, 1))

        assert found.guarantee.certainty.value == "exact"
        assert len(calls) == 1

    def test_offers_are_answered_as_often_whatever_else_runs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows, calls = list[int](), list[int]()

        def asked(
            process: Process[Number], call: Step[Number], forgone: Number, count: int
        ) -> tuple[FloatColumn, FloatColumn]:
            rows.append(count)
            return ask_outcome(process, call, forgone, count)

        monkeypatch.setattr(offers, "ask_outcome", asked)
        for count in (6, 8):
            costs.planned(costs.SEARCHES["offers"](count, 1))
            calls.append(len(rows))
            rows.clear()

        assert calls[0] == calls[1] > 0


class TestSweep:
    GRID = (np.linspace(-20.0, 20.0, 41), np.linspace(0.0, 5.0, 31))

    def test_what_is_interpolated_is_as_near_as_it_says(self) -> None:
        found, names = of_first("ordinary", 1, 2), ("fallback", "weights.time")
        whole = sweep(found, names, self.GRID)
        calls: list[tuple[int, int]] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 2_000_000)
            progress = partial(_collect, calls)
            few = sweep(found, names, self.GRID, progress=progress)

        assert whole.evaluated is not None
        assert few.evaluated is not None
        assert whole.evaluated.all()
        assert whole.error == 0.0
        assert 25 <= few.evaluated.sum() < few.actions.size
        assert "of them evaluated" in repr(few)
        assert 0.0 < np.abs(few.value - whole.value).max() <= few.error
        assert (few.value == whole.value)[few.evaluated].all()
        assert (few.actions == whole.actions)[few.evaluated].all()
        assert np.mean(few.actions == whole.actions) > 0.8
        assert calls[0] == (0, few.actions.size)
        assert calls[-1] == (few.actions.size, few.actions.size)

    @settings(max_examples=4)
    @given(KINDS, st.integers(1, 60), st.integers(1, 60))
    def test_its_work_is_bounded_however_many_points_there_are(
        self, kind: str, first: int, second: int
    ) -> None:
        found = of_first(kind, 2, 1)
        grid = np.linspace(0.0, 20.0, first), np.linspace(0.0, 5.0, second)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", SMALL)
            least = operations(
                lambda: sweep(
                    found,
                    ("fallback", "weights.time"),
                    (grid[0][[0, first // 2, -1]], grid[1][[0, second // 2, -1]]),
                )
            )
            work = operations(lambda: sweep(found, ("fallback", "weights.time"), grid))
        target(work / max(SMALL, least))

        assert work <= 2 * max(SMALL, least)

    def test_values_in_any_order_and_twice_are_evaluated_once(self) -> None:
        found = of_first("ordinary", 1, 1)
        rising = sweep(found, "fallback", [0.0, 5.0, 10.0])
        mixed = sweep(found, "fallback", [10.0, 0.0, 5.0, 10.0])

        assert mixed.value.tolist() == rising.value[[2, 0, 1, 2]].tolist()
        assert mixed.actions.tolist() == rising.actions[[2, 0, 1, 2]].tolist()


class TestCandour:
    @settings(max_examples=4)
    @given(
        st.sampled_from(["ordinary", "heavy", "mutual", "rates .001", "facts"]),
        st.integers(1, 3),
        st.integers(1, 30),
        st.integers(1, 30),
    )
    def test_its_work_is_bounded_however_many_points_there_are(
        self, kind: str, stages: int, fits: int, odds: int
    ) -> None:
        found = costs.alone(costs.SEARCHES[kind](1, stages))
        axes = np.linspace(0.0, 1.0, fits), np.geomspace(0.1, 9.0, odds)
        ends = axes[0][[0, fits // 2, -1]], axes[1][[0, odds // 2, -1]]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
            least = operations(lambda: candour(found, *ends))
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", SMALL)
            work = operations(lambda: candour(found, *axes))
        target(work / max(SMALL, least))

        assert work <= 2 * max(SMALL, least)

    def test_what_is_interpolated_is_as_near_as_it_says(self) -> None:
        found = costs.alone(costs.SEARCHES["ordinary"](1, 2))
        axes = np.linspace(0.0, 0.5, 33), np.geomspace(0.5, 2.0, 33)
        whole = candour(found, *axes)
        calls: list[tuple[int, int]] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 3_000_000)
            few = candour(found, *axes, progress=partial(_collect, calls))

        assert whole.evaluated.all()
        assert whole.error == 0.0
        assert 9 <= few.evaluated.sum() < few.evaluated.size
        assert 0.0 < np.abs(few.values - whole.values).max() <= few.error
        assert (few.values == whole.values)[few.evaluated].all()
        assert "were worked out, because each takes long" in str(few)
        assert "worked out" not in str(whole)
        assert calls[0] == (0, few.evaluated.size)
        assert calls[-1] == (few.evaluated.size, few.evaluated.size)
        known = ~np.isnan(few.break_even)
        off = np.abs(np.log(few.break_even / whole.break_even))[known]
        assert (off <= few.break_even_error[known] + 1e-9).all()

    def test_crossings_that_are_not_worked_out_are_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = costs.alone(costs.SEARCHES["heavy"](1, 2))
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        few = candour(found, [0.1, 0.2], [1.0, 1.01])

        assert np.isnan(few.break_even).all()
        assert "Where it stops to pay was not worked out" in str(few)

    def test_crossings_between_points_of_the_grid_are_known_about(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = costs.alone(costs.SEARCHES["heavy"](1, 2))
        whole = candour(found, [0.1, 0.2])
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        few = candour(found, [0.1, 0.2])
        off = np.abs(np.log(few.break_even / whole.break_even))

        assert (off <= few.break_even_error).all()
        assert (few.break_even_error > 0.1).all()
        assert ", give or take a factor of " in str(few)
        assert "give or take" not in str(whole)

    def test_of_a_long_process_the_odds_of_today_come_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Solved one by one, with what is believed as it stands among them."""
        found = costs.alone(costs.SEARCHES["ordinary"](1, 13))
        with counted() as effort:
            whole = candour(found, odds=(0.5, 1.0, 2.0))
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        with counted() as least:
            few = candour(found, odds=(0.5, 1.0, 2.0))

        assert least.operations < 0.3 * effort.operations
        assert few.evaluated.sum(axis=0).tolist() == [0, 2, 0]
        assert np.isnan(few.values[:, [0, 2]]).all()
        assert few.values[[0, -1], 1] == pytest.approx(whole.values[[0, -1], 1])
        assert few.value == few.values[0, 1]
        text = "Only 2 points were worked out, because each takes long; other odds to "
        assert f"{text}pass are left out; those between may be off by " in str(few)


class TestAdvise:
    def test_its_parts_share_what_one_may_take(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found, most = of_first("heavy", 2, 1), 15_000_000
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        least = operations(lambda: advise(found))
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", most)
        with counted() as effort:
            text = advise(found)

        assert effort.operations <= most + least
        assert "Left out, because each takes long: " in text


class TestDates:
    def test_each_process_is_solved_once_for_all_offers(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They were solved anew for each offer, which takes seconds for many."""
        calls: list[int] = []
        whole = Afterwards.of

        def watched(*arguments: object) -> object:
            calls.append(1)
            return whole(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Afterwards, "of", watched)
        costs.planned(costs.SEARCHES["dated"](7, 1))

        assert len(calls) <= 2

    def test_what_is_left_is_tabulated_where_it_is_asked_for(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All places of all processes were, of which hardly any come up."""
        tables, made = set[int](), list[Afterwards]()
        whole = Afterwards.of

        def watched(*arguments: object) -> object:
            made.append(whole(*arguments))  # type: ignore[arg-type]
            return made[-1]

        def tabulated(solved: SolvedProcesses, row: int, *chain: object) -> object:
            assert row not in tables
            tables.add(row)
            return table(solved, row, *chain)  # type: ignore[arg-type]

        table = afterwards._table
        monkeypatch.setattr(Afterwards, "of", watched)
        monkeypatch.setattr(afterwards, "_table", tabulated)
        costs.planned(costs.SEARCHES["dated"](3, 4))

        assert len(made) == 1
        assert 2 * len(tables) < len(made[0].chains)

    def test_an_offer_that_is_turned_down_for_another_adds_nothing(self) -> None:
        """Two good offers with dates, of which one is accepted: an error once."""
        found = costs.planned(costs.SEARCHES["dated"](4, 1))

        actions = {held.action.value: held for held in found.offers}
        assert len(actions) == 2
        assert actions["decline_offer"].marginal_value == 0.0


class TestWeightings:
    def test_fewer_are_evaluated_where_each_takes_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The standard error says what that costs; the share is within it."""
        found = of_first("ordinary", 1, 3)
        limits = {"role": (0.0, 4.0), "pay": (0.0, 4.0)}
        whole = acceptability(found, priorities=limits)
        work = operations(lambda: acceptability(found, priorities=limits))
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", work // 8)
        few = acceptability(found, priorities=limits)

        assert operations(lambda: acceptability(found, priorities=limits)) < 0.6 * work
        assert few.evaluations < whole.evaluations / 4
        for entry in whole.shares:
            cut = next(it for it in few.shares if it.action is entry.action)
            error = np.hypot(cut.standard_error, entry.standard_error)
            assert abs(cut.share - entry.share) <= 4.0 * error + 1e-3

    def test_past_decisions_that_take_long_are_worked_out_at_fewer_draws(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        beliefs = {"role": Belief(mean=-20, sd=8), "pay": Belief(mean=9, sd=8)}
        found = costs.search(costs.jobs(1, 2, beliefs=beliefs))
        decisions = past_decisions(costs.log(found), found.opportunities)
        work = operations(lambda: learn_priorities(decisions))
        whole = learn_priorities(decisions)
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 1)
        few = learn_priorities(decisions)

        assert len(few.weights) == 4 * 251
        assert operations(lambda: learn_priorities(decisions)) < work
        for cut, entry in zip(few.priorities, whole.priorities, strict=True):
            assert cut.mean == pytest.approx(entry.mean, rel=0.1)

    def test_of_many_past_decisions_those_that_take_the_most_are_left_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        beliefs = {"role": Belief(mean=-20, sd=8), "pay": Belief(mean=9, sd=8)}
        jobs = [
            *costs.jobs(3, 3, beliefs=beliefs),
            *(
                evolve(job, name=f"short {number}")
                for number, job in enumerate(costs.jobs(2, 1, beliefs=beliefs))
            ),
        ]
        found = costs.search(tuple(jobs))
        decisions = past_decisions(costs.log(found), found.opportunities)
        monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", 30_000_000)
        with counted() as effort:
            few = learn_priorities(decisions)
        short = learn_priorities(decisions[3:])
        left_out = next(note for note in few.notes if "Left out" in note)

        assert effort.operations <= 2 * 30_000_000
        assert left_out.startswith(
            "Left out, because each takes long: 3 past decisions"
        )
        assert few.priorities == short.priorities


class TestLogs:
    def test_a_log_of_very_many_interviews_can_be_learned_from(self) -> None:
        """Interviews done are counted up to the largest number there can be."""
        estimates = calibrate(Assumptions(), costs.events(6_000))

        assert estimates.assumptions["interviews_done"] == 1_000.0

    def test_a_decision_on_pay_alone_tells_nothing_of_priorities(self) -> None:
        """It has no aspect to learn of, which was an error once."""
        found = costs.SEARCHES["ordinary"](1, 2)
        decisions = past_decisions(costs.log(found), found.opportunities)

        assert decisions
        assert not learn_priorities(decisions).priorities


class TestRows:
    def test_they_are_evaluated_in_blocks_that_shrink_with_the_stages(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is kept of a block grows with its rows times their stages."""
        sizes: list[int] = []
        whole = problems.compile_rows

        def watched(decision: object, values: dict[str, object]) -> object:
            sizes.append(len(values["fallback"]))  # type: ignore[arg-type]
            return whole(decision, values)  # type: ignore[arg-type]

        monkeypatch.setattr(evaluating_rows, "compile_rows", watched)
        monkeypatch.setattr(evaluating_rows, "_STAGES_AT_ONCE", 500)
        for stages in (1, 5):
            decision = of_first("ordinary", 1, stages).decision
            columns = {"fallback": np.linspace(0.0, 9.0, 500)}
            evaluating_rows.evaluate_rows(decision, columns)

        assert sizes == [500, 100, 100, 100, 100, 100]


@pytest.mark.parametrize(
    ("names", "words"),
    [(["pay.mean"], "1 number more."), (["a", "b"], "2 numbers more.")],
)
def test_what_is_left_out_is_counted(names: list[str], words: str) -> None:
    assert left_out_line(names) == f"Left out, because each takes long: {words}"
