"""Faults seen in other decision packages, shown to be absent here.

NaN let in, a dominated entry that changes the best, a sign flipped, a negative weight
taken without a word. What holds for a better entry is in ``properties/test_order.py``.
"""

from collections.abc import Iterator
from math import inf, nan
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import interviewfit
import strategies as fit
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Clue,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Position,
    Reading,
    Search,
    Stage,
    Weights,
    assess,
    plan,
    small_firm,
)
from interviewfit.columns import Coded
from interviewfit.history import History, StageEvent
from interviewfit.postings import Pay, ReadingOptions, Salary
from interviewfit.records import Decision, Either

FEW = settings(max_examples=settings().max_examples // 6)
# One valid record of every kind that takes numbers from users.
GIVEN: tuple[Any, ...] = (
    Assumptions(),
    ReadingOptions(),
    Belief(mean=0, sd=1),
    Candidate(),
    Clue(event="passed_on", factor=2),
    Coded(words=["corporate"], codes=[0]),
    Decision(
        candidate=Candidate(),
        opportunity=Opportunity(name="Acme", stages=small_firm()),
    ),
    Either(aspect="pay", chance=0.5, if_so=1, if_not=0, told_by=0),
    History(),
    Opportunity(name="Acme", stages=small_firm()),
    NamedSign(sign="bad_reviews"),
    Pay(low=1, high=2),
    Position(),
    Reading(aspect="pay", value=0, noise=1),
    Salary(amount=1, currency="EUR"),
    Stage(kind="panel"),
    StageEvent(process="Acme", kind="screen", on="2026-05-02"),
    Weights(),
)


def numbers() -> Iterator[tuple[Any, str]]:
    """Every field of these records that holds a number, alone or by name."""
    for record in GIVEN:
        for field in attrs.fields(type(record)):
            if "float" in str(field.type) or field.type is int:
                yield record, field.name


NUMBERS = list(numbers())


class TestNumbers:
    def test_there_are_many(self) -> None:
        assert len(NUMBERS) > 30

    @pytest.mark.parametrize("wrong", [nan, inf, -inf])
    @pytest.mark.parametrize(
        ("record", "name"), NUMBERS, ids=lambda one: one if isinstance(one, str) else ""
    )
    def test_that_are_none_are_refused_by_name(
        self, record: Any, name: str, wrong: float
    ) -> None:
        """Not carried on until everything is NaN."""
        held = getattr(record, name)
        entry = "contact" if isinstance(record, Assumptions) else "pay"
        entry = "2026-05-02" if name == "fallback_from" else entry
        value = {entry: wrong} if isinstance(held, dict) else wrong

        with pytest.raises(InvalidFieldError) as caught:
            attrs.evolve(record, **{name: value})

        assert caught.value.where.startswith(f"{type(record).__name__}.{name}")
        assert repr(wrong) in str(caught.value)

    def test_every_record_that_users_fill_in_is_tried(self) -> None:
        """A new one must not be forgotten: whatever has a converter is input."""
        filled = {
            kind
            for name in interviewfit.__all__
            if attrs.has(kind := getattr(interviewfit, name))
            and any(one.converter for one in attrs.fields(kind))
        }

        assert filled - {Search} <= {type(one) for one in GIVEN}


class TestWeights:
    def test_need_not_add_up_to_anything(self) -> None:
        """They are multipliers, so 7 in all is neither refused nor rescaled."""
        job = Opportunity(name="Acme", stages=small_firm())
        terms = [field.name for field in attrs.fields(Weights)]
        one, seven = (
            assess(Candidate(weights=Weights(**dict.fromkeys(terms, each))), job)
            for each in (1.0, 7.0)
        )

        assert seven.action is one.action
        assert seven.value == pytest.approx(7.0 * one.value, rel=1e-9)


class TestAnEntryMore:
    @FEW
    @given(search=fit.searches(), worse=st.floats(1.0, 30.0))
    def test_that_is_worse_changes_no_index(self, search: Search, worse: float) -> None:
        """No number is relative to who else is there, as after normalising by the best
        and the worst. So no order is reversed by an entry that nobody would take.
        """
        who, jobs = search.candidate, search.opportunities
        lower = Reading(aspect="pay", value=-40.0 - worse, noise=0.5)
        decoy = attrs.evolve(jobs[0], name="decoy", signals=[lower])
        before, after = plan(who, jobs), plan(who, [*jobs, decoy])
        indices = [
            {one.name: one.index for one in (*found.ranked, *found.to_leave)}
            for found in (before, after)
        ]

        assert {name: indices[1][name] for name in indices[0]} == pytest.approx(
            indices[0], rel=1e-9, abs=1e-9
        )
