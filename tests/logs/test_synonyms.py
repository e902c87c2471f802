"""Trackers' words for what happened."""

import pytest
from hypothesis import given, strategies as st

from interviewfit import StageKind
from interviewfit.logs._synonyms import (
    COLUMN_NAMES,
    PRE_APPLICATION,
    find_meaning,
    normalise,
)
from interviewfit.records import Milestone


class TestMeaning:
    @pytest.mark.parametrize(
        ("word", "kind", "number", "stage"),
        [
            ("applicationRejected", "rejected", 0, None),
            ("application rejected", "rejected", 0, None),
            ("Phone Screen", "screen", 0, None),
            ("recruiter_screen", "screen", 0, None),
            ("Interviewing", "interview", 0, None),
            ("interview5", "interview", 5, None),
            ("Interview 12", "interview", 12, None),
            ("Round 2", "interview", 2, None),
            ("interview round 2", "interview", 2, None),
            ("First interview", "interview", 1, None),
            ("3rd-round", "interview", 3, None),
            ("Final Round", "interview", 0, "executive"),
            ("technical_interview", "interview", 0, "panel"),
            ("hiring_manager_screen", "interview", 0, "hiring_manager"),
            ("Take-home", "task", 0, None),
            ("GHOSTED", "silent", 0, None),
            ("no_response", "silent", 0, None),
            ("offer_accepted", "accepted", 0, None),
            ("Refusée", "rejected", 0, None),
        ],
    )
    def test_of_a_word(
        self, word: str, kind: str, number: int, stage: str | None
    ) -> None:
        found = find_meaning(word)

        assert found is not None
        assert (found.kind, found.number, found.stage) == (kind, number, stage)

    @pytest.mark.parametrize("kind", Milestone)
    def test_our_own_words_mean_themselves(self, kind: Milestone) -> None:
        found = find_meaning(kind.value)

        assert found is not None
        assert found.kind is kind

    @pytest.mark.parametrize(
        "word", ["", "Vibing", "interview 0", "interview 99", "interview-1.5x", "5"]
    )
    def test_other_words_mean_nothing(self, word: str) -> None:
        assert find_meaning(word) is None

    def test_no_word_before_an_application_means_an_event(self) -> None:
        assert [word for word in PRE_APPLICATION if find_meaning(word)] == []

    def test_no_column_is_called_two_things(self) -> None:
        several = [name for names in COLUMN_NAMES.values() for name in names]

        assert len(several) == len(set(several))
        assert all(name == normalise(name) for name in several)

    @given(word=st.text(max_size=200))
    def test_any_text_means_something_or_nothing(self, word: str) -> None:
        found = find_meaning(word)

        assert found is None or found.stage in (None, *StageKind)
        assert find_meaning(word.upper().lower()) == find_meaning(word.lower())
