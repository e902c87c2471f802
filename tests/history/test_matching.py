"""A search and a log, set against each other: the later counts, and it is said."""

from datetime import date
from pathlib import Path

import pytest

from interviewfit import (
    Candidate,
    Opportunity,
    Phase,
    Position,
    Search,
    corporate,
    read_log,
)
from interviewfit.history import History, Review, StageEvent, review
from interviewfit.history._matching import normal_name

TODAY = date(2026, 11, 20)
FOLDER = Path(__file__).parents[1] / "data" / "realworld"


def job(
    name: str, stage: int = 1, company: str = "", phase: Phase = Phase.BEFORE
) -> Opportunity:
    position = Position(phase=phase, stage=0 if phase is Phase.OFFERED else stage)
    return Opportunity(
        name=name, company=company, stages=corporate(), position=position
    )


def reviewed(log: History, *jobs: Opportunity) -> Review:
    return review(Search(candidate=Candidate(), opportunities=jobs), log, TODAY)


def file(number: str) -> History:
    return read_log((FOLDER / f"{number}.txt").read_text("utf-8"), today=TODAY).history


def events(
    *steps: tuple[str, str], company: str = "Acme", role: str = "Dev"
) -> History:
    return History(
        events=[
            StageEvent(
                process=f"{company}, {role}",
                kind=kind,
                on=day,
                company=company,
                role=role,
            )
            for kind, day in steps
        ]
    )


class TestTheLater:
    def test_what_the_log_has_as_refused_is_not_live(self) -> None:
        found = reviewed(file("043"), job("Solo, Dev"))

        assert found.lines == ()
        assert found.notes[0] == (
            "Solo, Dev: your log has it as refused on 2026-10-12, the search as live. "
            "The log is later, so it is left out here."
        )

    @pytest.mark.parametrize(
        ("end", "word"),
        [
            ("withdrew", "withdrawn"),
            ("closed", "ended by neither side"),
            ("accepted", "accepted"),
        ],
    )
    def test_any_end_is_named(self, end: str, word: str) -> None:
        log = events(
            ("applied", "2026-10-01"), ("screen", "2026-10-08"), (end, "2026-10-12")
        )

        assert f"your log has it as {word} on" in str(reviewed(log, job("Acme, Dev")))

    def test_it_is_no_rival_either(self) -> None:
        alone = reviewed(file("043"), job("Other"))
        beside = reviewed(file("043"), job("Other"), job("Solo, Dev"))

        assert beside.lines[0].value == alone.lines[0].value

    def test_a_search_that_is_beyond_the_end_is_later(self) -> None:
        log = events(("applied", "2026-10-01"), ("rejected", "2026-10-12"))

        found = reviewed(log, job("Acme, Dev", phase=Phase.OFFERED))

        assert len(found.lines) == 1
        assert "The search is later." in found.notes[0]

    def test_a_refusal_ends_what_the_search_has_at_a_later_round(self) -> None:
        """The log may hold the latest state only, without the rounds before it."""
        found = reviewed(file("045"), job("Nebula, SRE", 1, company="Nebula"))

        assert found.lines == ()
        assert "refused on 2026-10-20, the search as live" in found.notes[0]

    def test_a_log_that_is_further_moves_the_search(self) -> None:
        log = events(("screen", "2026-10-01"), ("interview", "2026-10-12"))

        ahead, same = (
            reviewed(log, job("Acme, Dev", 0)),
            reviewed(log, job("Acme, Dev", 1)),
        )

        assert "your log has it at the hiring manager on 2026-10-12" in ahead.notes[0]
        assert ahead.lines[0].value == same.lines[0].value
        assert not any("later" in note for note in same.notes)

    def test_an_offer_in_the_log_counts(self) -> None:
        log = events(("screen", "2026-10-01"), ("offer", "2026-10-12"))

        found = reviewed(log, job("Acme, Dev", 1))

        assert "your log has an offer on 2026-10-12" in found.notes[0]


class TestWhichProcess:
    def test_silence_is_that_of_the_process_that_is_meant(self) -> None:
        text = str(reviewed(file("045"), job("Nebula, SRE", company="Nebula")))

        assert "26 days since" not in text
        assert "Nebula, SRE: your log has it as refused on 2026-10-20" in text
        other = str(reviewed(file("045"), job("Nebula, DC Engineer", company="Nebula")))
        assert "No news for 26 days since the hiring manager" in other

    def test_a_legal_form_does_not_hide_it(self) -> None:
        assert "43 days since the hr screen" in str(
            reviewed(file("046"), job("Acme, Senior Dev"))
        )

    @pytest.mark.parametrize(
        ("name", "same"),
        [
            ("Acme Inc., Dev", "ACME - Dev"),
            ("localhost s.r.o.", "Localhost"),
            ("Müller GmbH & Co. KG", "Muller"),
            ("Seat Geek", "SeatGeek"),
            ("Inc", "inc."),
        ],
    )
    def test_names_are_compared_without_what_does_not_count(
        self, name: str, same: str
    ) -> None:
        assert normal_name(name) == normal_name(same)

    def test_another_job_of_the_company_is_not_meant(self) -> None:
        text = str(reviewed(file("045"), job("Nebula, Backend", company="Nebula")))

        assert "since the hiring manager" not in text
        assert "no process, or more than one, by the name of Nebula, Backend" in text

    def test_what_only_one_of_the_two_knows_is_named(self) -> None:
        text = str(reviewed(file("046"), job("Other")))

        assert "by the name of Other." in text
        assert (
            "Open in your log beyond the application, and not in the search: "
            "Acme Inc., Senior Dev." in text
        )
