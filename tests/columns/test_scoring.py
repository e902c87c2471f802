from typing import Any, ClassVar

import numpy as np
import pytest

from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Reading,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
    score,
)
from interviewfit._model.domain import Opportunity
from interviewfit._model.stages import corporate, small_firm, technical
from interviewfit._solver.solution import Solution, solve
from interviewfit.columns._evaluation import GroupEvaluator
from interviewfit.columns._scores import Scores
from interviewfit.records import Scope

ME = Candidate()
NAN = float("nan")


def many(rows: int, seed: int = 1) -> dict[str, Any]:
    """A board as boards are: pay, often not stated, and whether home is an office."""
    rng = np.random.default_rng(seed)
    pay = rng.normal(0.0, 10.0, rows)
    pay[rng.random(rows) < 0.3] = np.nan
    return {
        "process": np.array(["corporate", "small_firm"])[rng.integers(0, 2, rows)],
        "pay.mean": pay,
        "pay.sd": 3.0,
        "signs.remote_allowed": rng.random(rows) < 0.3,
    }


def same(one: Scores, other: Scores) -> None:
    assert one.actions == other.actions
    for name, entries in one.to_columns().items():
        np.testing.assert_array_equal(entries, other.to_columns()[name], err_msg=name)


class TestScore:
    def test_two_threads_give_the_bits_of_one(self) -> None:
        columns = many(140_000)

        same(score(ME, columns, threads=1), score(ME, columns, threads=2))
        # By default two work on so many.
        same(score(ME, columns, threads=3), score(ME, columns))

    def test_cut_anywhere_no_bit_changes(self) -> None:
        """Cuts that lie across the blocks it is worked out in."""
        columns, whole = many(70_001), score(ME, many(70_001))

        for part in (slice(0, 33_000), slice(33_000, 70_001), slice(32_767, 32_769)):
            cut = {
                name: one[part] if np.ndim(one) else one
                for name, one in columns.items()
            }
            found = score(ME, cut)
            np.testing.assert_array_equal(found.value, whole.value[part])
            np.testing.assert_array_equal(found.codes, whole.codes[part])

    def test_room_can_be_used_again(self) -> None:
        first = score(ME, many(500))
        value = first.value

        second = score(ME, many(500, seed=2), out=first)

        assert second is first
        assert second.value is value
        same(second, score(ME, many(500, seed=2)))

    @pytest.mark.parametrize(("rows", "terms"), [(6, False), (5, True)])
    def test_room_of_another_shape_is_refused(self, rows: int, terms: bool) -> None:
        room = score(ME, many(5))

        with pytest.raises(InvalidFieldError, match=r"score\(out\)"):
            score(ME, many(rows), out=room, terms=terms)

    def test_a_process_too_sharp_for_a_chart_is_solved_row_by_row(self) -> None:
        """Nothing is revealed at the first step, so its curve has a corner."""
        nothing = dict.fromkeys(
            ("pay", "role", "culture", "manager", "growth", "commute", "stability"), 0.0
        )
        sharp = Stage(kind="take_home", reveals={**nothing, "benefits": 0.0})
        pay = np.array([-30.0, 2.0, NAN, 40.0])

        found = score(
            ME,
            {"process": "sharp", "pay.mean": pay},
            processes={"sharp": [sharp, *corporate()]},
        )

        for row, mean in enumerate(pay.tolist()):
            job = Opportunity(
                name="job",
                stages=[sharp, *corporate()],
                beliefs={} if np.isnan(mean) else {"pay": Belief(mean=mean, sd=5)},
            )
            alone = assess(ME, job)
            assert found.value[row] == pytest.approx(alone.value, abs=1e-9)
            assert found.action[row] == alone.action
            assert found.unknown[row] == len(alone.unknown)

    def test_lessons_from_elsewhere_count_where_they_apply(self) -> None:
        lesson = Reading(
            aspect="culture", value=-30, noise=3, scope=Scope.COMPANY, about="Acme"
        )
        me = Candidate(learned=[lesson])
        columns = {
            "process": "corporate",
            "company": ["Acme", "Borealis", ""],
            "pay": 0.0,
        }

        found = score(me, columns)

        assert found.value[0] < found.value[1] == found.value[2]
        assert found.unknown.tolist() == [7, 8, 8]

    def test_a_dealbreaker_forces_the_action_and_moves_no_number(self) -> None:
        me = Candidate(dealbreakers={"meat"})
        columns = {
            "process": "corporate",
            "pay": [9.0, 9.0],
            "tags.meat": [True, False],
        }

        found = score(me, columns)

        assert found.action.tolist() == ["decline", "take"]
        assert found.hard_stop.tolist() == [True, False]
        assert found.value[0] == found.value[1]

    def test_one_value_for_all_rows_is_a_column_of_it(self) -> None:
        once = score(ME, {"process": "corporate", "pay": 3.0, "relevance": [0.2, 0.4]})
        columns = {"process": ["corporate"] * 2, "pay": [3, 3], "relevance": [0.2, 0.4]}

        np.testing.assert_allclose(once.value, score(ME, columns).value, rtol=1e-12)

    @pytest.mark.parametrize(
        ("argument", "value"),
        [("candidate", "me"), ("assumptions", 3), ("threads", 0), ("processes", [])],
    )
    def test_a_wrong_argument_is_named(self, argument: str, value: object) -> None:
        arguments: dict[str, Any] = {"candidate": ME, argument: value}
        columns = {"process": "corporate", "pay": [1.0]}

        with pytest.raises(InvalidFieldError, match=argument):
            score(arguments.pop("candidate"), columns, **arguments)

    def test_no_rows_are_no_rows(self) -> None:
        found = score(ME, {"process": "corporate", "pay.mean": np.empty(0)})

        assert len(found) == 0
        assert repr(found) == "<Scores of 0 rows: nothing>"


def test_terms_of_rows_alike_take_one_solution() -> None:
    """
    Each pattern of a board is solved once, and no bit is another for it.
    """
    columns, solved = many(9_000), []
    whole = score(ME, columns, terms=True)

    def watched(*steps: Any, **options: Any) -> Solution:
        solved.append(len(steps[0]))
        return solve(*steps, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interviewfit._competition.chains.solve", watched)
        again = score(ME, columns, terms=True)
    alone = score(ME, {**columns, "relevance": np.full(9_000, NAN)}, terms=True)

    same(whole, again)
    assert set(solved) == {1}
    assert len(solved) == 8
    for name, entries in whole.to_columns(codes=True).items():
        np.testing.assert_allclose(
            entries,
            alone.to_columns(codes=True)[name],
            rtol=1e-9,
            atol=1e-7,
            err_msg=name,
        )


class TestShared:
    """Rows share a solution exactly where only the mean differs between them."""

    COLUMNS: ClassVar[dict[str, Any]] = {
        "process": "corporate",
        "pay.sd": 3.0,
        "pay.mean": np.array([-20.0, 4.0, NAN, 30.0]),
        "commute.mean": np.array([-30.0, NAN, 8.0, -2.0]),
        "fallback": np.array([0.0, -6.0, 3.0, 11.0]),
    }
    SCREEN = Stage(kind="hr_screen")
    # Ways in which another role at the same firm counts for nothing.
    NOTHING: ClassVar[dict[str, tuple[Candidate, dict[str, Any]]]] = {
        "no weight": (Candidate(weights=Weights(hidden_role=0)), {}),
        "no weight, as a column": (ME, {"weights.hidden_role": 0.0}),
        "no chance": (ME, {"hidden_role": 0.0}),
        "no offer": (ME, {"hidden_offer": 0.0}),
        "nobody to bring it up": (ME, {"process": "screen"}),
        "nobody ahead": (ME, {"process": "screens", "stage": 1}),
        "in no stage": (
            ME,
            {f"stages[{number}].surfaces": 0.0 for number in range(3)},
        ),
        "over": (ME, {"phase": "offered"}),
    }
    PROCESSES: ClassVar[dict[str, tuple[Stage, ...]]] = {
        "screen": (SCREEN,),
        "screens": (Stage(kind="executive"), SCREEN),
    }

    def solved(self, who: Candidate, columns: dict[str, Any]) -> tuple[Scores, int]:
        """Answers, and how many rows were solved each for itself."""
        many = []
        evaluate_rows = GroupEvaluator._evaluate_rows

        def watched(self: GroupEvaluator, *group: Any) -> None:
            many.append(np.arange(10)[group[-1]].size)
            evaluate_rows(self, *group)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(GroupEvaluator, "_evaluate_rows", watched)
            found = score(who, columns, processes=self.PROCESSES)
        return found, sum(many)

    @pytest.mark.parametrize("way", NOTHING)
    def test_the_company_is_read_off_where_no_other_role_counts(self, way: str) -> None:
        who, more = self.NOTHING[way]
        columns = {**self.COLUMNS, **more}

        found, solved = self.solved(who, columns)
        # A relevance by row, here the usual one, has each row solved for itself.
        alone, every = self.solved(who, {**columns, "relevance": np.full(4, NAN)})

        assert (solved, every) == (0, 4)
        for name in ("value", "margin", "mean", "threshold", "values", "unknown"):
            np.testing.assert_allclose(
                getattr(found, name), getattr(alone, name), rtol=1e-9, atol=1e-9
            )
        assert found.action.tolist() == alone.action.tolist()

    @pytest.mark.parametrize("name", ["commute.mean", "fallback"])
    def test_where_one_counts_every_row_is_solved(self, name: str) -> None:
        """It would follow one there, so rows differ in the rewards of their steps."""
        columns = {"process": "corporate", name: self.COLUMNS[name]}

        assert self.solved(ME, columns)[1] == 4

    def test_an_aspect_nobody_cares_for_moves_nothing(self) -> None:
        columns = {"process": "corporate", "commute": self.COLUMNS["commute.mean"]}
        careless = Candidate(priorities={"commute": 0})

        assert self.solved(careless, columns)[1] == 0
        assert self.solved(careless, {**columns, "priorities.commute": 1.0})[1] == 4


class TestScores:
    FOUND = score(
        Candidate(dealbreakers={"meat"}),
        {
            "process": "corporate",
            "pay": [5.0, -70.0, 5.0],
            "tags.meat": [False, False, True],
        },
    )

    def test_it_says_what_it_is(self) -> None:
        assert repr(self.FOUND) == (
            "<Scores of 3 rows: 2 decline, 1 take; 1 for a dealbreaker>"
        )

    def test_the_worth_of_an_action_is_found_by_its_name(self) -> None:
        assert self.FOUND.value_of("decline").tolist() == [0.0, 0.0, 0.0]
        assert self.FOUND.value_of(Action.TAKE)[0] == self.FOUND.value[0]
        assert self.FOUND.value_of("leave").tolist() == [-np.inf] * 3


class TestTrust:
    """Faults seen in other libraries that rank rows, and absent here."""

    def test_what_is_not_known_spoils_no_number_and_is_never_taken_as_good(
        self,
    ) -> None:
        columns = {
            "process": "corporate",
            "pay.mean": [NAN, 4.0, -4.0],
            "culture.mean": [4.0, NAN, NAN],
        }

        found = score(ME, columns)

        for name, entries in found.to_columns().items():
            if entries.dtype.kind == "f":
                assert not np.isnan(entries).any(), name
        unknown = assess(ME, Opportunity(name="job", stages=corporate()))
        silent = score(ME, {"process": "corporate", "pay.mean": [NAN]})
        assert silent.value[0] == pytest.approx(unknown.value, abs=1e-9)
        assert silent.unknown[0] == len(unknown.unknown)

    def test_a_row_of_nothing_known_is_no_better_than_one_known_to_be_good(
        self,
    ) -> None:
        found = score(ME, {"process": "corporate", "pay.mean": [NAN, 1.0, 20.0]})

        assert np.argsort(-found.index).tolist() == [2, 1, 0]

    @pytest.mark.parametrize(
        "name", ["relevance", "stages[0].pass_rate", "stages[1].reveals.pay"]
    )
    @pytest.mark.parametrize("chance", [1.8, 60.0, -0.1, np.inf])
    def test_a_chance_above_one_is_refused_and_not_made_to_fit(
        self, name: str, chance: float
    ) -> None:
        columns = {"process": "corporate", name: [0.5, chance, 0.5, chance]}

        with pytest.raises(
            DecodeError, match=r"row 1 must be a number between 0 and 1"
        ):
            score(ME, columns)

    def test_a_dominated_row_more_changes_no_other(self) -> None:
        """No row is judged against the best and the worst of the others."""
        rng = np.random.default_rng(3)
        for _ in range(30):
            pay, role = rng.normal(0.0, 10.0, (2, 6))
            columns = {"process": "corporate", "pay.mean": pay, "role.mean": role}
            worse = {
                "process": "corporate",
                "pay.mean": np.append(pay, pay.min() - 5.0),
                "role.mean": np.append(role, role.min() - 5.0),
            }

            before, after = score(ME, columns), score(ME, worse)

            np.testing.assert_array_equal(before.index, after.index[:-1])
            assert after.index.argmax() == before.index.argmax()
            assert after.index.argmin() == 6

    def test_more_of_what_one_wants_never_ranks_lower(self) -> None:
        pay = np.linspace(-40.0, 40.0, 401)

        found = score(ME, {"process": "technical", "pay.mean": pay})

        assert (np.diff(found.index) > 0.0).all()
        assert (np.diff(found.value) >= 0.0).all()

    def test_weights_are_multipliers_and_never_below_nothing(self) -> None:
        with pytest.raises(DecodeError, match=r"'weights\.time', row 0 .* got -1"):
            score(ME, {"process": "corporate", "weights.time": [-1.0]})
        seven = Candidate(weights=Weights(**{term.value: 7.0 for term in Term}))
        columns = {"process": "corporate", "pay": [3.0, -40.0]}

        found = score(seven, columns)

        np.testing.assert_allclose(found.value, 7.0 * score(ME, columns).value)

    def test_a_number_of_the_candidate_must_be_one(self) -> None:
        with pytest.raises(DecodeError, match="'fallback', row 1"):
            score(ME, {"process": "corporate", "fallback": [0.0, NAN]})


class TestOwnProcesses:
    def test_they_are_named_beside_ours(self) -> None:
        own = [Stage(kind=StageKind.PANEL, pass_rate=0.9)]
        columns = {"process": ["ours", "corporate"], "pay": [3.0, 3.0]}

        found = score(ME, columns, processes={"ours": own})

        job = Opportunity(name="job", stages=own, beliefs={"pay": Belief(mean=3, sd=5)})
        assert found.value[0] == pytest.approx(assess(ME, job).value, abs=1e-9)

    def test_their_own_numbers_stand_where_a_row_has_none(self) -> None:
        own = [Stage(kind=StageKind.PANEL, pass_rate=0.9)]
        columns = {"process": "ours", "stages[0].pass_rate": [NAN, 0.9, 0.4]}

        found = score(ME, columns, processes={"ours": own})

        assert found.value[0] == found.value[1] > found.value[2]

    def test_priors_may_be_moved_for_all_or_by_row(self) -> None:
        columns = {"process": "corporate", "pay": [3.0, 3.0]}
        moved = Assumptions(numbers={"horizon_years": 3.0})

        by_row = score(ME, {**columns, "horizon_years": [2.0, 3.0]})

        assert by_row.value[0] == pytest.approx(score(ME, columns).value[0])
        assert by_row.value[1] == pytest.approx(
            score(ME, columns, assumptions=moved).value[0]
        )


class TestWherePassesTellOfTheFit:
    @pytest.mark.parametrize("name", ["mutual_fit", "competition"])
    @pytest.mark.parametrize("process", ["corporate", "technical", "small_firm"])
    def test_a_row_has_the_threshold_of_the_decision(
        self, name: str, process: str
    ) -> None:
        numbers = Assumptions(numbers={name: 0.125})
        columns = {"process": np.array([process] * 3), "pay.mean": np.arange(3.0)}

        found = score(
            Candidate(), {**columns, "pay.sd": np.full(3, 3.0)}, assumptions=numbers
        )

        stages = {"corporate": corporate, "technical": technical}
        job = Opportunity(
            name="row",
            stages=stages.get(process, small_firm)(),
            beliefs={"pay": Belief(mean=1.0, sd=3.0)},
        )
        alone = assess(Candidate(), job, assumptions=numbers)
        assert found.threshold[1] == pytest.approx(alone.thresholds[0].fit, abs=1e-6)
