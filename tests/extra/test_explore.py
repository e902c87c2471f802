"""Sliders without a view: their state gives the decision, the decision the answer."""

import re
import sys
from datetime import date
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Belief,
    Candidate,
    DecodeError,
    InvalidFieldError,
    Opportunity,
    Position,
    Search,
    Stage,
    Weights,
    assess,
    corporate,
    loads,
    small_firm,
    technical,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.errors import MissingPackageError
from interviewfit.extra import plots
from interviewfit.extra.explore import Explorer, explore
from interviewfit.extra.explore._explorer import GROUPS
from interviewfit.extra.explore._map import map_html
from interviewfit.extra.explore._panels import advice, details, details_beside

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
JOB = Opportunity(
    name="Acme",
    stages=[
        Stage(kind="hr_screen", hours=0.5, pass_rate=0.5),
        Stage(kind="hiring_manager", hours=1.0),
    ],
    beliefs={"pay": Belief(mean=5, sd=5), "role": Belief(mean=-4, sd=5)},
)


class TestSliders:
    def test_every_kind_of_number_has_them(self) -> None:
        explorer = Explorer(JOB)

        groups = list(dict.fromkeys(control.group for control in explorer.controls))

        assert groups == list(GROUPS)

    @pytest.mark.parametrize("found", [JOB, loads(EXAMPLE, Search)])
    def test_what_was_stated_is_a_position_within_the_ends(self, found: Any) -> None:
        for control in Explorer(found).controls:
            steps = (control.value - control.low) / control.step
            assert control.low <= control.value <= control.high
            assert steps == pytest.approx(round(steps), abs=1e-6)
            # The nearest of 1, 2, 5 and 10 is at most 1.6 times off sixty steps.
            assert 36.0 <= (control.high - control.low) / control.step <= 95.0

    @pytest.mark.parametrize(
        "job",
        [
            evolve(JOB, stages=corporate()),
            evolve(JOB, stages=[Stage(kind="panel", hours=900, pass_rate=1)]),
            evolve(JOB, beliefs={"dept, size": Belief(mean=900, sd=0)}),
        ],
    )
    def test_both_ends_can_be_answered(self, job: Opportunity) -> None:
        explorer = Explorer(job)

        for control in explorer.controls:
            for end in (control.low, control.high):
                explorer.answer({control.name: end})


class TestAnswers:
    def test_untouched_sliders_leave_the_answer_as_it_is(self) -> None:
        found = assess(Candidate(), JOB)
        explorer = Explorer(found)
        values = {control.name: control.value for control in explorer.controls}

        assert explorer.answer(values) is found
        assert Explorer(JOB).answer(values) == found

    def test_each_slider_is_the_number_that_it_names(self) -> None:
        """The same numbers stated by hand give the same answer."""
        moved = Explorer(JOB).answer(
            {
                "priorities.pay": 2.0,
                "weights.time": 1.5,
                "pay.mean": 12.0,
                "stages[0].hours": 3.0,
                "stages[0].pass_rate": 0.8,
                "fallback": 4.0,
            }
        )

        stages = [
            Stage(kind="hr_screen", hours=3.0, pass_rate=0.8),
            Stage(kind="hiring_manager", hours=1.0),
        ]
        beliefs = {**JOB.beliefs, "pay": Belief(mean=12, sd=5)}
        by_hand = assess(
            Candidate(priorities={"pay": 2.0}, weights=Weights(time=1.5), fallback=4.0),
            evolve(JOB, stages=stages, beliefs=beliefs),
        )
        assert moved == by_hand

    def test_an_answer_beside_others_stays_beside_them(self) -> None:
        search = loads(EXAMPLE, Search)
        explorer = Explorer(search)
        others = search.opportunities[1:]

        expected = assess(search.candidate, search.opportunities[0], beside=others)

        assert explorer.answer({}).value == pytest.approx(expected.value, abs=1e-9)
        assert not explorer.is_alone

    def test_certificate_and_shares_follow(self) -> None:
        explorer = Explorer(JOB)
        values = {"weights.time": 1.2, "priorities.role": 0.0}

        certificate = explorer.certificate(values)
        shares = explorer.acceptability(values)

        assert certificate.action is explorer.answer(values).action
        assert certificate.limits["weights.time"] == pytest.approx((0.6, 2.4))
        assert certificate.limits["priorities.role"] == (0.0, 1.0)
        assert sum(entry.share for entry in shares.shares) == pytest.approx(1.0)

    def test_another_opportunity_can_be_chosen(self) -> None:
        explorer = Explorer(loads(EXAMPLE, Search))

        other = explorer.chosen(explorer.names[1])

        assert other.answer({}).opportunity == explorer.names[1]
        assert explorer.answer({}).opportunity == explorer.names[0]


class TestInput:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "my.json"
        path.write_text(EXAMPLE, encoding="utf-8")

        assert Explorer(path).names == Explorer(loads(EXAMPLE, Search)).names
        assert Explorer(str(path), name="Tessel, first analyst").name.startswith("T")

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            (b"\xff\xfe", "is not UTF-8 text"),
            (b"{", "It is not JSON"),
            (EXAMPLE.replace('"priorities"', '"priority"').encode(), "line [0-9]+"),
        ],
    )
    def test_a_bad_file_says_where(
        self, tmp_path: Path, text: bytes, fault: str
    ) -> None:
        path = tmp_path / "my.json"
        path.write_bytes(text)

        with pytest.raises(DecodeError, match=fault):
            Explorer(path)

    def test_a_file_that_is_not_there_says_so(self) -> None:
        with pytest.raises(DecodeError, match=r"mine.json: no such file"):
            explore("mine.json")

    @pytest.mark.parametrize("found", [None, 3, Candidate()])
    def test_what_cannot_be_explored_is_refused(self, found: Any) -> None:
        with pytest.raises(InvalidFieldError, match=r"explore\(found\) must be"):
            explore(found)

    def test_an_answer_by_a_date_is_refused_and_its_search_is_taken(self) -> None:
        """The answer has forgotten its dates, so sliders would move it without them."""
        slow = [evolve(stage, days=5.0) for stage in small_firm()]
        hopeful = {"pay": Belief(mean=25, sd=8)}
        next_day = "2026-05-13"
        soon = Opportunity(name="Acme", stages=slow, beliefs=hopeful, next_on=next_day)
        certain = {name: Belief(mean=0, sd=1) for name in ASPECTS}
        certain["pay"] = Belief(mean=20, sd=1)
        offer = Opportunity(
            name="Bolt",
            stages=technical(),
            beliefs=certain,
            position=Position(phase="offered"),
            answer_by="2026-05-18",
        )
        today = date(2026, 5, 12)
        answer = assess(Candidate(), offer, beside=[soon], today=today)
        assert answer.rule is not None

        with pytest.raises(InvalidFieldError, match="Explore the search"):
            Explorer(answer)

        search = Search(candidate=Candidate(), opportunities=[offer, soon])
        moved = Explorer(search, today=today).answer({"weights.time": 1.0 + 1e-9})
        assert moved.action is answer.action
        assert moved.value == pytest.approx(answer.value, abs=1e-4)

    def test_a_name_that_is_not_there_is_refused_with_those_that_are(self) -> None:
        with pytest.raises(InvalidFieldError, match="one of Acme"):
            Explorer(JOB, name="Bolt")

    def test_a_number_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"explore\(values\)"):
            Explorer(JOB).answer({"pay.maen": 3.0})

    def test_without_a_toolkit_the_error_names_the_extra(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("marimo", "ipywidgets"):
            monkeypatch.setitem(sys.modules, name, None)

        with pytest.raises(MissingPackageError, match=r"interviewfit\[notebook\]"):
            explore(JOB)


class TestPanels:
    def test_all_pieces_follow(self) -> None:
        explorer = Explorer(JOB)
        values = {"weights.time": 1.5}
        answer = explorer.answer(values)

        pieces = dict(details(explorer, values, answer))

        assert list(pieces) == ["map", "certificate", "shares"]
        assert list(details_beside(explorer, values, answer)) == []
        assert "Acme: take it" in advice(explorer, answer)
        assert "<svg" in pieces["map"]
        assert str(explorer.certificate(values))[:20] in pieces["certificate"]

    def test_beside_others_what_takes_long_comes_later(self) -> None:
        bolt = Opportunity(name="Bolt", stages=[Stage(kind="hr_screen", hours=1.0)])
        explorer = Explorer(Search(candidate=Candidate(), opportunities=[JOB, bolt]))
        answer = explorer.answer({})

        quick = dict(details(explorer, {}, answer))
        later = dict(details_beside(explorer, {}, answer))

        assert "what you said" not in advice(explorer, answer)
        assert list(later) == ["certificate", "shares", "reasons"]
        assert "judged alone" in quick["shares"]
        assert "beside the others" in later["shares"]
        assert str(explorer.certificate({})) in unescape(later["certificate"])
        alone = explorer.certificate({}, alone=True)
        assert str(alone) in unescape(quick["certificate"])

    def test_an_offer_is_drawn_by_its_value(self) -> None:
        offer = evolve(JOB, position=Position(phase="offered"))
        explorer = Explorer(offer)

        pieces = dict(details(explorer, {}, explorer.answer({})))

        assert "<svg" in pieces["map"]

    def test_after_a_refusal_nothing_is_drawn(self) -> None:
        explorer = Explorer(evolve(JOB, position=Position(phase="rejected")))

        pieces = dict(details(explorer, {}, explorer.answer({})))

        assert "<svg" not in pieces["map"]
        assert "explore=rows" not in pieces["map"].replace('"', "")

    def test_names_are_no_markup(self) -> None:
        explorer = Explorer(evolve(JOB, name="<script>alert(1)</script>"))
        answer = explorer.answer({})

        page = advice(explorer, answer)
        page += "".join(html for _, html in details(explorer, {}, answer))

        assert "<script" not in page

    def test_the_picture_of_an_offer_takes_the_colours_of_the_page(self) -> None:
        explorer = Explorer(evolve(JOB, position=Position(phase="offered")))

        picture = dict(details(explorer, {}, explorer.answer({})))["map"]

        assert "#000000" not in picture
        assert "currentColor" in picture
        assert not re.search(r"fill: ?#ffffff", picture)


class TestMap:
    @pytest.mark.parametrize("beside", [(), corporate()])
    @pytest.mark.parametrize(
        "position", [Position(), Position(phase="midway", stage=0)]
    )
    def test_it_shows_the_regions_of_the_picture_by_matplotlib(
        self, position: Position, beside: tuple[Stage, ...]
    ) -> None:
        """Bars in percent of the width are those of ``draw_map``, row by row."""
        others = [Opportunity(name="Bolt", stages=beside)] if beside else []
        job = evolve(JOB, position=position)
        answer = assess(Candidate(), job, beside=others)

        text = map_html(answer)
        ax = plots.draw_map(answer)

        low, high = ax.get_xlim()
        drawn = [
            (bar.get_x(), bar.get_width())
            for container in ax.containers
            for bar in getattr(container, "patches", [])
        ]
        found = re.findall(r"left:([\d.]+)%;width:([\d.]+)%", text)
        expected = sorted(
            (100.0 * (x - low) / (high - low), 100.0 * width / (high - low))
            for x, width in drawn
        )
        assert len(found) == len(expected) >= len(answer.thresholds)
        for shown, bar in zip(
            sorted((float(x), float(width)) for x, width in found),
            expected,
            strict=True,
        ):
            assert shown == pytest.approx(bar, abs=0.006)
        title = " ".join(ax.get_title().split())
        assert title in unescape(text)
        names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
        assert names == re.findall(r"<bdi>(.*?)</bdi>", text)

    def test_its_bell_stands_where_the_belief_does(self) -> None:
        """As high as the normal curve, on the scale of the bars below it."""
        answer = assess(Candidate(), JOB)
        low, high = plots.draw_map(answer).get_xlim()

        (drawn,) = re.findall(r'<polygon points="([^"]*)"', map_html(answer))

        points = np.array([[float(n) for n in p.split(",")] for p in drawn.split()])
        sds = np.linspace(-3.0, 3.0, len(points))
        fits = answer.mean + answer.sd * sds
        heights = 1.0 - np.exp(-0.5 * sds * sds)
        assert points[:, 0] == pytest.approx(
            100 * (fits - low) / (high - low), abs=0.051
        )
        assert points[:, 1] == pytest.approx(100.0 * heights, abs=0.051)

    def test_names_and_numbers_keep_to_the_page(self) -> None:
        """Round fits are inside, and 0 has no sign."""
        text = map_html(assess(Candidate(), JOB))

        places = re.findall(r"left:([-\d.]+)%;transform", text)
        assert 2 <= len(places) <= 7
        assert all(0.0 <= float(place) <= 100.0 for place in places)
        assert ">0 %<" in text
