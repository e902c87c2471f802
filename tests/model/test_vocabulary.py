"""The closed lists: files and programs rely on these words."""

from enum import StrEnum

import pytest

from interviewfit import Action, Phase, Sign, StageKind, Term, Weights
from interviewfit.records import Event, Scope, Seniority

LISTS: tuple[type[StrEnum], ...] = (
    Action,
    Event,
    Phase,
    Scope,
    Seniority,
    Sign,
    StageKind,
    Term,
)


class TestAction:
    def test_the_words_are_exactly_these(self) -> None:
        """Issue 2 fixes them; the casebook is written in them."""
        assert [one.value for one in Action] == [
            "take",
            "continue",
            "finish_politely",
            "withdraw_politely",
            "leave",
            "decline",
            "postpone",
            "investigate",
            "accept_offer",
            "decline_offer",
            "move_on",
            "ask_first",
            "ask_for_time",
            "hurry",
            "let_it_lapse",
        ]


class TestTerm:
    def test_every_term_has_a_weight_and_every_weight_a_term(self) -> None:
        assert {one.value for one in Term} == set(Weights.__annotations__)


class TestStageKind:
    def test_the_presets_of_the_issue_are_there(self) -> None:
        assert {one.value for one in StageKind} == {
            "research",
            "hr_screen",
            "hiring_manager",
            "executive",
            "panel",
            "take_home",
            "call",
        }


class TestPhase:
    def test_before_midway_offered_rejected(self) -> None:
        assert [one.value for one in Phase] == [
            "before",
            "midway",
            "offered",
            "rejected",
        ]


class TestSign:
    def test_at_least_fifteen(self) -> None:
        assert len(Sign) >= 15


class TestAllLists:
    @pytest.mark.parametrize("kind", LISTS)
    def test_a_word_is_its_name_in_small_letters(self, kind: type[StrEnum]) -> None:
        """So that nobody has to look up how a name is spelled in a file."""
        assert all(one.value == one.name.lower() for one in kind)

    @pytest.mark.parametrize("kind", LISTS)
    def test_a_member_prints_as_its_word(self, kind: type[StrEnum]) -> None:
        assert all(str(one) == one.value for one in kind)
