"""Slips and other words for aspects are refused with the right name."""

import string
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Reading,
    Stage,
    corporate,
    score,
)
from interviewfit._model import aspect_names
from interviewfit._model.aspect_names import (
    SYNONYMS,
    _least_distance,
    edit_distance,
    meant_name,
)
from interviewfit._model.vocabulary import ASPECTS

LETTERS = st.sampled_from(string.ascii_lowercase)
OWN = ("canteen", "garden", "mission", "centre", "shift", "dept. size", "parking")


def edited(name: str, kind: str, place: int, letter: str) -> str:
    """A name with one letter dropped, added, replaced or swapped with the next."""
    place %= len(name) or 1
    head, tail = name[:place], name[place:]
    match kind:
        case "drop":
            return head + tail[1:]
        case "add":
            return head + letter + tail
        case "replace":
            return head + letter + tail[1:]
        case _:
            return head + tail[1:2] + tail[:1] + tail[2:]


@st.composite
def slips(draw: Any) -> tuple[str, str]:
    """A name within two slips of an aspect, within one of a short aspect."""
    aspect = draw(st.sampled_from(ASPECTS))
    name = aspect
    for _ in range(1 if len(aspect) <= 4 else draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(("drop", "add", "replace", "swap")))
        name = edited(name, kind, draw(st.integers(0, 12)), draw(LETTERS))
    return aspect, name


def peel(name: str, other: str) -> int:
    """The distance by its definition: the cheapest way to peel off both ends."""
    if not name or not other:
        return len(name) + len(other)
    ways = [
        peel(name[1:], other[1:]) + (name[0] != other[0]),
        peel(name[1:], other) + 1,
        peel(name, other[1:]) + 1,
    ]
    if name[:2] == other[1::-1] and len(name) > 1 < len(other):
        ways.append(peel(name[2:], other[2:]) + 1)
    return min(ways)


@given(name=st.text("abc", max_size=5), other=st.text("abc", max_size=5))
def test_the_distance_is_that_of_its_definition(name: str, other: str) -> None:
    assert edit_distance(name, other) == peel(name, other)
    assert edit_distance(name, other) == edit_distance(other, name)
    assert _least_distance(name, other) <= edit_distance(name, other)


def test_names_that_share_few_letters_are_told_apart_at_a_glance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that a hundred thousand of them in a file take no seconds."""

    def refuse(name: str, other: str) -> int:
        raise AssertionError((name, other))

    monkeypatch.setattr(aspect_names, "edit_distance", refuse)

    assert not any(meant_name(str(number)) for number in range(2_000))


@given(pair=slips())
def test_every_slip_within_two_letters_is_refused_with_the_right_name(
    pair: tuple[str, str],
) -> None:
    aspect, slip = pair
    assume(slip not in ASPECTS and slip)
    assume(all(edit_distance(slip, other) > 2 for other in {*ASPECTS} - {aspect}))
    assume(slip not in SYNONYMS)

    with pytest.raises(InvalidFieldError) as caught:
        Candidate(priorities={slip: 1.5})

    assert caught.value.value == slip
    assert f"Did you mean {aspect!r}?" in caught.value.remedy


@given(name=st.text(string.ascii_letters + " -_", min_size=1, max_size=9))
def test_there_is_a_way_out_for_every_name(name: str) -> None:
    """The remedy says to put "own" before it, and that always works."""
    who = Candidate(priorities={f"own {name}": 2})

    assert len(who.priorities) == 1


@pytest.mark.parametrize("name", OWN)
def test_other_names_are_aspects_of_ones_own(name: str) -> None:
    assert meant_name(name) == ""


@pytest.mark.parametrize(
    ("word", "aspect"),
    [
        ("salary", "pay"),
        ("Salary", "pay"),
        ("wage", "pay"),
        ("money", "pay"),
        ("remote", "commute"),
        ("home_office", "commute"),
        ("boss", "manager"),
        ("job-security", "stability"),
        ("commtue", "commute"),
        ("pya", "pay"),
        ("Commute", "commute"),
    ],
)
def test_another_word_is_refused_wherever_a_name_enters(word: str, aspect: str) -> None:
    belief = Belief(mean=5, sd=5)
    for wrong in (
        lambda: Opportunity(name="A", stages=corporate(), beliefs={word: belief}),
        lambda: Candidate(priorities={word: 2}),
        lambda: Stage(kind="panel", reveals={word: 0.5}),
        lambda: Reading(aspect=word, value=5, noise=5),
    ):
        with pytest.raises(InvalidFieldError, match=f"Did you mean '{aspect}'"):
            wrong()


@pytest.mark.parametrize(
    ("word", "aspect"), [("salary", "pay"), ("comutte", "commute")]
)
def test_so_is_a_column_of_that_name(word: str, aspect: str) -> None:
    for name in (word, f"{word}.mean", f"priorities.{word}"):
        with pytest.raises(ValueError, match=rf"Did you mean '.*{aspect}.*'"):
            score(Candidate(), {"process": ["corporate"], name: [5.0]})


def test_so_is_a_prior_of_that_name() -> None:
    with pytest.raises(InvalidFieldError, match="Did you mean 'horizon_years'"):
        Assumptions(numbers={"horizon_yaers": 3})


def test_no_word_stands_for_two_aspects_or_is_itself_one() -> None:
    assert not SYNONYMS.keys() & set(ASPECTS)
    assert set(SYNONYMS.values()) <= set(ASPECTS)
