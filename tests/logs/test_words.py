"""Statuses and headings, by the words inside them."""

import pytest
from hypothesis import given, strategies as st

from interviewfit import StageKind
from interviewfit._reading.dates import local_date
from interviewfit._reading.lexicon import load_words
from interviewfit.logs._words import (
    CONCEPTS,
    is_missing,
    mark_of,
    read_heading,
    read_status,
)
from interviewfit.records import Milestone

LANGUAGES = tuple(load_words())
CORE = ("applied", "screen", "interview", "task", "offer", "accepted", "rejected",
        "silent", "withdrew", "closed", "early")  # fmt: skip


def words(text: str) -> list[str]:
    statement = read_status(text)
    assert statement is not None
    return [meaning.word for meaning in statement.meanings]


class TestStatus:
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
            ("二面", "interview", 2, None),
            ("Final Round", "interview", 0, "executive"),
            ("technical_interview", "interview", 0, "panel"),
            ("hiring_manager_screen", "interview", 0, "hiring_manager"),
            ("Take-home", "task", 0, None),
            ("GHOSTED", "silent", 0, None),
            ("no_response", "silent", 0, None),
            ("offer_accepted", "accepted", 0, None),
            ("Refusée", "rejected", 0, None),
            ("❌ (Rejected)", "rejected", 0, None),
            ("Bewerbungsabsage", "rejected", 0, None),
        ],
    )
    def test_of_a_word(
        self, word: str, kind: str, number: int, stage: str | None
    ) -> None:
        statement = read_status(word)

        assert statement is not None
        (meaning,) = statement.meanings
        assert (meaning.kind, meaning.number, meaning.stage) == (kind, number, stage)

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("Rejected after interview", ["interview", "rejected"]),
            ("Rejected (no interview)", ["rejected"]),
            ("no response after screen", ["screen", "silent"]),
            ("withdrew before interview", ["withdrew"]),
            ("Offer rescinded", ["offer", "rescinded"]),
            ("Offer rejected by me", ["offer_declined"]),
            ("closed, no response", ["silent"]),
            ("Inter + Rejec", ["interview", "rejected"]),
            ("Awaiting response after onsite", ["executive"]),
            ("HR / Hiring manager interview", ["hiring_manager"]),
            ("Interview accepted", ["interview"]),
            ("面试后被拒", ["interview", "rejected"]),
            ("Absage nach Vorstellungsgespräch", ["interview", "rejected"]),
            ("Refusée après entretien technique", ["panel", "rejected"]),
        ],
    )
    def test_a_compound_says_a_stage_and_an_outcome(
        self, text: str, meant: list[str]
    ) -> None:
        assert words(text) == meant

    @pytest.mark.parametrize("kind", Milestone)
    def test_our_own_words_mean_themselves(self, kind: Milestone) -> None:
        """But for "declined", which does not say who did."""
        (word,) = words(kind.value)

        assert word == "declined" or CONCEPTS[word][0] is kind

    @pytest.mark.parametrize("word", ["", "Vibing", "5", "🙂", "Other"])
    def test_other_words_mean_nothing(self, word: str) -> None:
        assert read_status(word) is None

    @pytest.mark.parametrize(
        "word", ["saved", "To apply", "noch nicht beworben", "待投递"]
    )
    def test_what_is_before_an_application_is_no_event(self, word: str) -> None:
        statement = read_status(word)

        assert statement is not None
        assert statement.early
        assert statement.meanings == ()

    @given(word=st.text(max_size=200))
    def test_any_text_means_something_or_nothing(self, word: str) -> None:
        statement = read_status(word)

        for meaning in statement.meanings if statement else ():
            assert meaning.word in CONCEPTS
            assert meaning.stage in (None, *StageKind)


class TestLanguages:
    """A language is whole, or its rates would be biased."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_has_a_word_for_everything(self, language: str) -> None:
        entry = load_words()[language]

        assert [word for word in CORE if not entry["statuses"].get(word)] == []
        for field in (
            "company",
            "role",
            "status",
            "date",
            "applied_date",
            "status_date",
        ):
            assert entry["headings"].get(field), field
        assert len(entry["months"]) == 12
        assert entry["yes"]
        assert entry["no"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_its_words_mean_what_they_stand_for(self, language: str) -> None:
        """A word that two languages share may mean the first one's."""
        wrong = []
        phrases = [
            (concept, phrase.strip(" ="))
            for concept, text in load_words()[language]["statuses"].items()
            for phrase in text.split(";")
        ]
        for concept, phrase in phrases:
            statement = read_status(phrase)
            meant = {m.word for m in statement.meanings} if statement else set()
            if concept == "early":
                right = statement is not None and statement.early
            else:
                right = concept.rstrip("_0123456789") in meant
            wrong.extend([] if right else [(concept, phrase)])

        assert len(wrong) <= 0.02 * len(phrases), wrong

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_its_months_are_read(self, language: str) -> None:
        for number, names in enumerate(load_words()[language]["months"], 1):
            for name in names.split():
                text = f"2026年{name}7日" if name.endswith("月") else f"7 {name} 2026"
                day = local_date(text)
                assert day is not None, text
                assert (day.month, day.day) == (number, 7), text


class TestHeading:
    @pytest.mark.parametrize(
        ("heading", "field"),
        [
            ("Application Status", "status"),
            ("Response?", "outcome"),
            ("Name of company (required)", "company"),
            ("Date sent", "applied_date"),
            ("Last Modified", "status_date"),
            ("Interview Date", "stage"),
            ("Is Denied", "stage"),
            ("Contact Phone Number", "ignored"),
            ("Days Since Applied", "ignored"),
            ("Follow-Up Date", "ignored"),
            ("Interview notes", "ignored"),
            ("Fecha de postulación", "applied_date"),
            ("投递日期", "applied_date"),
            ("電話面談", "stage"),
            ("Datum der Absage", "stage"),
            ("Vibes", ""),
        ],
    )
    def test_is_known_by_its_words(self, heading: str, field: str) -> None:
        assert read_heading(heading).field == field

    @given(heading=st.text(max_size=100))
    def test_any_text_may_be_one(self, heading: str) -> None:
        read_heading(heading)


def test_marks_and_missing_cells() -> None:
    assert [mark_of(text) for text in ("x", "✓", "Ja", "TRUE", "no", "0", "-")] == [
        *[True] * 4,
        *[False] * 2,
        None,
    ]
    assert [is_missing(text) for text in ("null", "N/A", "–", "C", "#4")] == [
        *[True] * 3,
        *[False] * 2,
    ]
