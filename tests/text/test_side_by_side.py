"""Two offers at once, beside each other."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit.__main__ import main
from interviewfit._competition.best_of import best_chances
from interviewfit._text.layout import Table
from interviewfit._text.side_by_side import offers_beside

TODAY = "2026-11-30"


def offer(name: str, pay: float, **fields: Any) -> Opportunity:
    return Opportunity(
        name=name,
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=pay, sd=1), "role": Belief(mean=2, sd=6)},
        **fields,
    )


KESTREL = offer("Kestrel", 9.0)
TERN = offer("Tern", 4.0)


class TestBestChances:
    def test_they_are_those_of_draws(self) -> None:
        means, sds = [3.0, 0.0, -1.0], [2.0, 5.0, 9.0]
        draws = np.random.default_rng(0).normal(means, sds, (400_000, 3))
        shares = np.bincount(draws.argmax(axis=1), minlength=3) / len(draws)

        chances = best_chances(means, sds)

        assert chances == pytest.approx(shares, abs=4.0 * 0.5 / np.sqrt(len(draws)))
        assert chances.sum() == pytest.approx(1.0)

    def test_what_is_known_for_sure_is_the_best_or_not(self) -> None:
        assert best_chances([1.0, 0.0], [0.0, 0.0]) == pytest.approx([1.0, 0.0])
        assert best_chances([0.0, 0.0], [0.0, 0.0]) == pytest.approx([0.5, 0.5])


class TestOffersBeside:
    @pytest.mark.parametrize("dates", [False, True])
    def test_each_has_its_fit_its_unknowns_and_its_questions(self, dates: bool) -> None:
        days = ("2026-12-04", "2026-12-09") if dates else (None, None)
        jobs = [
            offer("Kestrel", 9.0, answer_by=days[0]),
            offer("Tern", 4.0, answer_by=days[1]),
        ]
        found = plan(Candidate(), jobs, today=TODAY)
        (_, table) = offers_beside(found.offers)

        assert isinstance(table, Table)
        assert [row[0] for row in table.rows] == ["Kestrel", "Tern"]
        best = [held.best_chance for held in found.offers]
        assert sum(best) == pytest.approx(1.0)
        assert best[0] > best[1]
        for held, row in zip(found.offers, table.rows, strict=True):
            assert held.unknown[:1] == ("culture",)
            assert "role" in held.ask_about
            assert 0.0 < held.asking_sd < held.sd
            assert row[4].startswith("culture, team and ")
        assert "Side by side: Kestrel" in str(found)
        assert loads(dumps(found), Plan) == found

    def test_a_single_offer_has_nothing_beside_it(self) -> None:
        found = plan(Candidate(), [KESTREL])

        assert list(offers_beside(found.offers)) == []
        assert found.offers[0].best_chance == 1.0

    def test_an_offer_that_is_ruled_out_is_not_compared(self) -> None:
        meat = offer("Tern", 4.0, tags=["meat"])
        found = plan(Candidate(dealbreakers=["meat"]), [KESTREL, meat])

        assert [held.best_chance for held in found.offers] == [1.0, 1.0]
        assert list(offers_beside(found.offers)) == []

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            (["plan"], "Of your 2 offers, Kestrel is the best with a chance of"),
            (["plan", "--explain"], "Side by side: Kestrel"),
            (["why"], "asking tells"),
        ],
    )
    def test_the_shell_shows_them(
        self,
        words: list[str],
        shown: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        jobs = [json.loads(dumps(job)) for job in (KESTREL, TERN)]
        for job in jobs:
            del job["schema"]
        path = tmp_path / "two.json"
        search = {"schema": "interviewfit/2", "candidate": {}, "opportunities": jobs}
        path.write_text(json.dumps(search), encoding="utf-8")

        name = ["Tern"] if words == ["why"] else []
        assert main([words[0], str(path), *name, *words[1:]]) == 0

        assert shown in capsys.readouterr().out


@pytest.mark.parametrize(
    ("told", "sd", "cell"),
    [
        (("role",), 0.49, "role"),
        (("role",), 0.5, "role"),
        (("role",), 0.51, "role (by 1)"),
        (("role", "team", "growth"), 3.0, "role, team and 1 more (by 3)"),
        ((), 3.0, "nothing"),
    ],
)
def test_what_asking_tells_is_said_with_how_much_it_moves(
    told: tuple[str, ...], sd: float, cell: str
) -> None:
    held = plan(Candidate(), [KESTREL, TERN], today=TODAY).offers
    offers = [evolve(item, ask_about=told, asking_sd=sd) for item in held]

    (table,) = (block for block in offers_beside(offers) if isinstance(block, Table))

    assert [row[5] for row in table.rows] == [cell, cell]
