"""The tables of the first screens: what their numbers are of."""

import pytest

from interviewfit import Candidate, Opportunity, Position, assess, corporate, plan
from interviewfit._text.first_screen import (
    Hints,
    assessments_screen,
    plan_table,
)
from interviewfit._text.html import show_plan
from interviewfit._text.layout import Table
from interviewfit._text.names import short_name

HINTS = Hints(why="why NAME", letter="letter NAME", more="more")
WHO = Candidate(dealbreakers=["oil"])


def job(name: str, **stated: object) -> Opportunity:
    return Opportunity(name=name, stages=corporate(), **stated)  # type: ignore[arg-type]


def rows(found: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in found.rows}


class TestRuledOut:
    """What a dealbreaker rules out is worth nothing that another number could tell."""

    @pytest.mark.parametrize("phase", ["before", "midway"])
    @pytest.mark.parametrize("stage", [0, 2])
    def test_it_has_no_amounts_beside_its_advice(self, phase: str, stage: int) -> None:
        where = Position(stage=stage, phase=phase)
        jobs = [job("ruled out", tags=["oil"], position=where), job("open")]
        found = plan(WHO, jobs)
        verdicts = [assess(WHO, item, beside=jobs) for item in jobs]
        (table,) = (
            block
            for block in assessments_screen(verdicts, HINTS)
            if isinstance(block, Table)
        )

        for shown in (plan_table(found, "more"), table):
            assert rows(shown)["ruled out"][1:4] == ("-", "-", "-")
            assert all(cell != "-" for cell in rows(shown)["open"][1:4])
        assert show_plan(found).count("–") >= 4

    def test_an_offer_has_none_either(self) -> None:
        held = job("ruled out", tags=["oil"], position=Position(phase="offered"))

        shown = plan_table(plan(WHO, [held, job("open")]), "more")

        assert rows(shown)["ruled out"][1] == "-"


def test_two_tables_of_a_file_state_the_same_time() -> None:
    jobs = [job("first"), job("second", via_recruiter=True), job("third")]
    found = plan(Candidate(), jobs)
    verdicts = [assess(Candidate(), item, beside=jobs) for item in jobs]
    (table,) = (
        block
        for block in assessments_screen(verdicts, HINTS)
        if isinstance(block, Table)
    )
    shown, single = rows(plan_table(found, "more")), rows(table)

    assert {name: row[1:3] for name, row in shown.items()} == {
        name: row[1:3] for name, row in single.items()
    }
    assert "less than the opportunities add up to" in str(found)
    assert found.hours < sum(row.hours for row in found.ranked) - 0.05


@pytest.mark.parametrize(
    ("name", "others", "short"),
    [
        ("Acme, analyst", ["Bolt"], "Acme"),
        ("Acme; analyst", ["Bolt"], "Acme"),
        ("Acme: analyst", ["Bolt"], "Acme"),
        ("XX, analyst", ["Bolt"], "XX"),
        ("SpaceX; analyst", ["Bolt"], "SpaceX"),
        ("Acme, analyst", ["Acme, clerk"], "Acme, analyst"),
        ("Acme, the analyst", ["Acme, a clerk"], "Acme, the"),
        ("Acme", ["Acme, clerk"], "Acme"),
        (", analyst", ["Bolt"], ", analyst"),
    ],
)
def test_a_name_is_as_short_as_it_can_be_told_by(
    name: str, others: list[str], short: str
) -> None:
    assert short_name(name, [name, *others]) == short
