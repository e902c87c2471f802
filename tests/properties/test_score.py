"""A table of decisions says, row by row, what each says alone.

What a row means is spelled out here anew, in records, from what the reference says of
every column.
"""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import SearchStrategy

import strategies as fit
from effort import as_many
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Sign,
    Stage,
    Term,
    score,
)
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.columns._scores import Scores
from interviewfit.columns._scoring import TEMPLATES

AnyArray = npt.NDArray[Any]
ROWS = 5
PLAIN = {Action.FINISH_POLITELY: Action.CONTINUE}
NAN = float("nan")
OWN_NUMBERS = ("activity", "interviews_done", "interviews_ahead", "worth_ahead")
JOB_NUMBERS = ("relevance", "hidden_role", "stays_open")
ROUND = {
    "hours": fit.HOURS,
    "preparation": fit.HOURS,
    "pass_rate": fit.CHANCES,
    "surfaces": fit.CHANCES,
    "reshape_chance": fit.CHANCES,
    "reshape_gain": fit.SPREADS,
    "practice": fit.FACTORS,
}


@frozen(kw_only=True)
class Board:
    """A table of openings, who looks at it, and with which numbers."""

    candidate: Candidate
    assumptions: Assumptions
    processes: dict[str, tuple[Stage, ...]]
    columns: dict[str, Any]

    def score(self, **options: Any) -> Scores:
        return score(
            self.candidate,
            self.columns,
            processes=self.processes,
            assumptions=self.assumptions,
            **options,
        )

    def of(self, rows: list[int]) -> "Board":
        return evolve(
            self,
            columns={
                name: column[rows] if np.ndim(column) else column
                for name, column in self.columns.items()
            },
        )

    def case(self, row: int) -> fit.Case:
        """One row as records."""
        entries = {
            name: column[row].item() if np.ndim(column) else column
            for name, column in self.columns.items()
        }
        numbers = {
            name: one
            for name, one in entries.items()
            if isinstance(one, float) and not np.isnan(one)
        }
        who = self.candidate
        priors = {name: one for name, one in numbers.items() if name in PRIORS}
        own: dict[str, Any] = {
            name: one for name, one in numbers.items() if name in OWN_NUMBERS
        }
        its = {name: one for name, one in numbers.items() if name in JOB_NUMBERS}
        for name in (*own, *its):
            del priors[name]
        assumptions = Assumptions(numbers={**self.assumptions.numbers, **priors})
        who = evolve(
            who,
            fallback=numbers.get("fallback", who.fallback),
            priorities={
                **who.priorities,
                **{
                    name.removeprefix("priorities."): one
                    for name, one in numbers.items()
                    if name.startswith("priorities.")
                },
            },
            weights=evolve(
                who.weights,
                **{
                    name.removeprefix("weights."): one
                    for name, one in numbers.items()
                    if name.startswith("weights.")
                },
            ),
            **own,
        )
        stages = [
            self._stage(number, stage, numbers)
            for number, stage in enumerate(
                {**TEMPLATES, **self.processes}[entries["process"]]
            )
        ]
        job = Opportunity(
            name="row",
            stages=stages,
            position=Position(
                phase=entries.get("phase", "before"),
                stage=int(entries.get("stage", 0)),
            ),
            company=entries.get("company", ""),
            field=entries.get("field", ""),
            tags=[
                name.removeprefix("tags.")
                for name, one in entries.items()
                if name.startswith("tags.") and one
            ],
            signals=[
                NamedSign(sign=one, strength=strength) if strength is not True else one
                for one in Sign
                if (strength := entries.get(f"signs.{one}", 0.0)) > 0
            ],
            via_recruiter=entries.get("via_recruiter", False),
            knows_someone=entries.get("knows_someone", False),
            unresearched=entries.get("unresearched", False),
            questions_asked=entries.get("questions_asked", False),
            beliefs=dict(self._beliefs(numbers, assumptions)),
            **cast("Any", its),
        )
        return fit.Case(candidate=who, opportunity=job, assumptions=assumptions)

    def _beliefs(
        self, numbers: dict[str, float], assumptions: Assumptions
    ) -> list[tuple[str, Belief]]:
        found = []
        for aspect in (*ASPECTS, *fit.OWN_ASPECTS):
            mean = numbers.get(f"{aspect}.mean", numbers.get(aspect))
            if mean is not None:
                usual = assumptions.unknown(aspect).sd / assumptions["overconfidence"]
                sd = numbers.get(f"{aspect}.sd", usual)
                found.append((aspect, Belief(mean=mean, sd=sd)))
        return found

    @staticmethod
    def _stage(number: int, stage: Stage, numbers: dict[str, float]) -> Stage:
        head = f"stages[{number}]."
        own: dict[str, Any] = {
            name.removeprefix(head): one
            for name, one in numbers.items()
            if name.startswith(head)
        }
        shares = {
            name.removeprefix("reveals."): own.pop(name)
            for name in list(own)
            if name.startswith("reveals.")
        }
        return evolve(stage, **own, reveals={**stage.reveals, **shares})


def column(entries: SearchStrategy[Any], kind: Any) -> SearchStrategy[Any]:
    """An entry for each row, or one for all; never to be written to."""

    def array(several: list[Any]) -> AnyArray:
        found = np.array(several, dtype=kind)
        found.flags.writeable = False
        return found

    many = st.lists(entries, min_size=ROWS, max_size=ROWS).map(array)
    return st.one_of(many, many, many, entries)


def numbers(
    values: SearchStrategy[float], *, open_: bool = True
) -> SearchStrategy[Any]:
    return column(values | st.just(NAN) if open_ else values, np.float64)


FLAGS = column(st.booleans(), np.bool_)
FEW = 3


@st.composite
def boards(draw: st.DrawFn, *, shared: bool = False) -> Board:
    """Tables of every shape; *shared*: only columns that leave the steps alone."""
    who = draw(fit.candidates())
    processes = {"ours": tuple(draw(fit.STAGES))}
    names = ("corporate", "small_firm", "ours")
    columns: dict[str, Any] = {
        "process": draw(column(st.sampled_from(names), np.str_)),
        "pay.mean": draw(
            st.lists(fit.PERCENTS | st.just(NAN), min_size=ROWS, max_size=ROWS).map(
                np.array
            )
        ),
    }
    shortest = min(len(stages) for stages in processes.values())
    words: dict[str, SearchStrategy[Any]] = {
        "phase": column(st.sampled_from([one.value for one in Phase]), np.str_),
        "stage": column(st.integers(0, min(shortest, 2) - 1), np.int64),
        "company": column(fit.NOTHING | fit.PLACES, np.str_),
        "field": column(fit.NOTHING | fit.PLACES, np.str_),
        "via_recruiter": FLAGS,
        "knows_someone": FLAGS,
        "unresearched": FLAGS,
        "questions_asked": FLAGS,
        "tags.meat": FLAGS,
        "tags.arms": FLAGS,
        **{f"signs.{one}": FLAGS for one in Sign},
        "role": numbers(fit.PERCENTS),
        "pay.sd": fit.SPREADS,
    }
    aspects = [*ASPECTS, *(set(who.priorities) - set(ASPECTS))]
    company = sorted(set(aspects) - {"pay", "role"})
    distinct: dict[str, SearchStrategy[Any]] = {
        **{f"{one}.mean": numbers(fit.PERCENTS) for one in company},
        **{name: numbers(fit.CHANCES) for name in JOB_NUMBERS},
        **{name: numbers(fit.CHANCES, open_=False) for name in OWN_NUMBERS},
        "fallback": numbers(fit.PERCENTS, open_=False),
        "pay.sd": numbers(fit.SPREADS),
        **{f"priorities.{one}": numbers(fit.FACTORS, open_=False) for one in aspects},
        **{f"weights.{one}": numbers(fit.FACTORS, open_=False) for one in Term},
        **{f"stages[0].{name}": numbers(entries) for name, entries in ROUND.items()},
        "stages[0].reveals.pay": numbers(fit.CHANCES),
        **{f"signs.{one}": numbers(st.floats(0.0, 5.0)) for one in Sign},
        "horizon_years": numbers(st.floats(0.5, 4.0), open_=False),
        "hr_screen.pass_rate": numbers(fit.CHANCES, open_=False),
    }
    for pool in (words,) if shared else (words, distinct):
        some = draw(st.lists(st.sampled_from(sorted(pool)), max_size=6, unique=True))
        columns.update((name, draw(pool[name])) for name in some)
    return Board(
        candidate=who,
        assumptions=draw(fit.assumptions()),
        processes=processes,
        columns=columns,
    )


def same(one: Scores, other: Scores, rows: list[int]) -> None:
    """Not a bit of a difference."""
    whole, moved = one.to_columns(), other.to_columns()
    assert whole.keys() == moved.keys()
    for name, entries in whole.items():
        np.testing.assert_array_equal(entries[rows], moved[name], err_msg=name)


def agrees(board: Board, found: Scores, row: int) -> Assessment:
    case = board.case(row)
    alone = case.assess()
    slack = 1e-9 * case.stakes(alone)
    worths = {
        action: worth
        for action, worth in zip(found.actions, found.values[:, row], strict=True)
        if worth > -np.inf
    }
    for choice in alone.choices:
        action = PLAIN.get(choice.action, choice.action)
        assert worths.pop(action) == pytest.approx(choice.value, abs=slack)
    assert worths == {}
    assert found.value[row] == pytest.approx(alone.value, abs=slack)
    assert found.margin[row] == pytest.approx(alone.margin, abs=2.0 * slack)
    assert found.mean[row] == pytest.approx(alone.mean, abs=1e-9 + 1e-12 * slack)
    percent = case.assumptions.hours_per_percent * case.candidate.weights.offer
    if alone.thresholds and percent > 0.0:
        turn = alone.thresholds[0].fit
        assert found.threshold[row] == pytest.approx(
            turn, abs=slack / percent, rel=1e-9
        )
    assert found.index[row] == found.mean[row] - found.threshold[row]
    assert found.hard_stop[row] == bool(alone.hard_stops)
    assert found.unknown[row] == len(alone.unknown)
    return alone


class TestScore:
    @given(st.booleans().flatmap(lambda shared: boards(shared=shared)))
    @settings(max_examples=as_many(35, 600))
    def test_a_row_says_what_the_decision_says(self, board: Board) -> None:
        before = {name: np.copy(one) for name, one in board.columns.items()}

        found = board.score()

        for row in range(ROWS):
            alone = agrees(board, found, row)
            slack = 1e-9 * board.case(row).stakes(alone)
            staying = {alone.action, Action(found.action[row])} <= {
                Action.FINISH_POLITELY,
                Action.CONTINUE,
                Action.LEAVE,
            }
            # Two names of staying part at a threshold, which is a rounding away too.
            if alone.margin > slack and not staying:
                assert found.action[row] == alone.action
        for name, column_ in before.items():
            np.testing.assert_array_equal(board.columns[name], column_)

    @given(st.booleans().flatmap(lambda shared: boards(shared=shared)))
    @settings(max_examples=as_many(25, 600))
    def test_terms_make_up_the_value(self, board: Board) -> None:
        found = board.score(terms=True)

        details = found.details
        assert details is not None
        for row in range(ROWS):
            alone = agrees(board, found, row)
            slack = 1e-9 * board.case(row).stakes(alone)
            terms = {term: one[row] for term, one in details.terms.items()}
            assert sum(terms.values()) == pytest.approx(found.value[row], abs=slack)
            if alone.margin > slack:
                for term, worth in terms.items():
                    assert worth == pytest.approx(
                        alone.terms.get(term, 0.0), abs=10.0 * slack
                    )
                best = alone.choices[0]
                assert details.hours[row] == pytest.approx(best.hours, abs=1e-6)
                assert details.accept_probability[row] == pytest.approx(
                    best.accept_probability, abs=1e-6
                )

    @given(
        st.booleans().flatmap(lambda shared: boards(shared=shared)),
        st.permutations(range(ROWS)),
        st.booleans(),
    )
    @settings(max_examples=as_many(30, 600))
    def test_no_bit_depends_on_the_other_rows(
        self, board: Board, order: list[int], terms: bool
    ) -> None:
        """Permuted rows have permuted answers; split and joined, they stay the same."""
        whole = board.score(terms=terms)

        same(whole, board.of(order).score(terms=terms), order)
        for rows in ([0], [1, 2], [3, 4], [0, 1, 1, 4] * 4):
            same(whole, board.of(rows).score(terms=terms), rows)
