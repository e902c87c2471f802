"""HTML of answers: well formed, compact, and harmless whatever a name says."""

from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import strategies as fit
from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Search,
    Stage,
    assess,
    corporate,
    flips,
    plan,
    robustness,
    score,
    simulate,
)
from interviewfit._text.html import show_lines, show_table
from interviewfit.history import calibrate, estimate_pass_rates, review
from searches import REAL

ALLOWED = {
    "bdi", "details", "div", "li", "p", "strong", "summary", "table", "td", "th", "tr",
    "ul",
}  # fmt: skip
STYLES = {"padding:0 0.5em", "padding:0 0.5em;text-align:right"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</table></div><style>*{display:none}</style>",
    "&lt;script&gt;",
    "a' onmouseover='b",
    "javascript:alert(1)",
    "<!--",
    "]]>",
    "\\u202egnol",
)


class Page(HTMLParser):
    """What a browser would see of it: elements, attributes, texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.given: set[tuple[str, str | None]] = set()
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        self.given.update(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def checked(text: str) -> Page:
    """A page of which every element is closed, known and plain."""
    page = Page(text)
    assert page.open == []
    assert page.seen <= ALLOWED
    assert {name for name, _ in page.given} <= {"style"}
    assert {style for _, style in page.given} <= STYLES
    return page


@pytest.mark.parametrize("name", HOSTILE)
class TestHostileNames:
    def test_an_assessment_shows_them_as_text(self, name: str) -> None:
        job = Opportunity(
            name=name, stages=[Stage(kind="panel", name=name)], tags=[name]
        )
        for who in (Candidate(name=name), Candidate(dealbreakers=[name])):
            page = checked(assess(who, job)._repr_html_())

            assert any(name in text for text in page.texts)

    def test_a_plan_shows_them_as_text(self, name: str) -> None:
        jobs = [
            Opportunity(name=name, stages=corporate()),
            Opportunity(name=f"{name}2", stages=corporate(), tags=[name]),
            Opportunity(
                name=f"{name}3", stages=corporate(), position=Position(phase="offered")
            ),
        ]
        who = Candidate(dealbreakers=[name])
        page = checked(plan(who, jobs)._repr_html_())

        assert name in page.texts
        assert f"{name}2" in page.texts

    def test_a_table_shows_them_as_text(self, name: str) -> None:
        page = checked(show_table([name], [[name]]))

        assert page.texts == [name, name]


class TestTables:
    def test_a_column_of_numbers_stands_to_the_right_as_a_whole(self) -> None:
        text = show_table(["name", "share"], [["a", "12 %"], ["b", "under 1 %"]])

        assert text.count("text-align:right") == 3
        for one in ("share", "12 %", "under 1 %"):
            assert f'text-align:right"><bdi>{one}<' in text

    def test_without_rows_there_are_its_heads(self) -> None:
        assert checked(show_table(["name"], [])).texts == ["name"]


class TestAssessments:
    @settings(max_examples=40)
    @given(found=fit.assessments())
    def test_the_page_has_the_advice_every_action_and_every_reason(
        self, found: Assessment
    ) -> None:
        text = found._repr_html_()
        page = checked(text)
        first, *rest = str(found).split("\n")

        assert page.texts[0] == first
        assert page.texts[len(page.texts) - len(rest) :] == [
            line.strip() for line in rest
        ]
        shown = found.reasons[:20]
        rows = len(shown) and len(shown) + 2 + (len(found.reasons) > len(shown))
        assert text.count("<tr>") == 1 + len(found.choices) + rows
        assert all(one.what in page.texts for one in shown)

    def test_it_is_compact_and_the_plain_form_stays_plain(self) -> None:
        found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

        assert len(found._repr_html_()) < 4_000
        assert repr(found) == f"<Assessment of Acme: take, {found.value:.1f} h>"
        assert "<" not in str(found)

    def test_its_numbers_are_those_of_the_answer(self) -> None:
        found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
        texts = checked(found._repr_html_()).texts

        row = texts[texts.index("take it") :]
        assert row[1] == f"{found.value:.1f} h"
        for worth in found.terms.values():
            assert f"{worth:+.1f}" in row


class TestPlans:
    def test_the_page_has_every_process_and_what_it_adds(self) -> None:
        over = Position(phase="rejected")
        found = plan(
            Candidate(),
            [
                Opportunity(name="Acme", stages=corporate()),
                Opportunity(name="Bolt", stages=corporate(), position=over),
            ],
        )
        texts = checked(found._repr_html_()).texts

        assert texts[0] == str(found).split("\n")[0]
        (one,) = found.ranked
        row = texts[texts.index("Acme") :]
        assert row[:4] == [
            "Acme",
            "take it",
            f"{one.index:+.0f} %",
            f"{one.marginal_value:.1f} h",
        ]
        assert "Bolt" in texts

    def test_an_offer_stands_first_with_what_to_do(self) -> None:
        offer = Opportunity(
            name="Offer",
            stages=corporate(),
            beliefs={"pay": Belief(mean=30, sd=2)},
            position=Position(phase="offered"),
        )
        found = plan(Candidate(), [Opportunity(name="Acme", stages=corporate()), offer])
        (held,) = found.offers
        texts = checked(found._repr_html_()).texts

        row = texts[texts.index("offer") :]
        assert row[:5] == [
            "offer",
            "Offer",
            "accept the offer",
            f"{held.accept_value - held.decline_value:,.1f} h",
            f"{held.surplus_hours:,.1f} h",
        ]

    def test_of_very_many_the_first_are_shown(self) -> None:
        jobs: list[Any] = [
            Opportunity(name=f"job {number}", stages=corporate())
            for number in range(60)
        ]

        assert plan(Candidate(), jobs)._repr_html_().count("<tr>") == 21


class TestScores:
    def test_the_page_has_the_first_rows_and_says_how_many_there_are(self) -> None:
        found = score(
            Candidate(dealbreakers=["oil"]),
            {
                "process": "corporate",
                "pay.mean": np.linspace(-60.0, 60.0, 25),
                "pay.sd": np.full(25, 3.0),
            },
        )
        text = found._repr_html_()
        texts = checked(text).texts

        assert texts[0] == repr(found).strip("<>")
        assert text.count("<tr>") == 11
        assert "and 15 rows more (all in `to_columns()`)" in texts
        assert "Why" not in texts
        assert texts.count("decline") + texts.count("take it") == 10
        row = texts[texts.index("0") :]
        assert row[2] == f"{found.value[0]:.1f} h"
        assert row[4] == f"{found.index[0]:+.0f} %"

    def test_of_few_rows_all_are_shown(self) -> None:
        found = score(Candidate(), {"process": ["corporate"]})

        assert found._repr_html_().count("<tr>") == 2
        assert "more" not in found._repr_html_()


class TestLines:
    """What reads as lines reads the same in a notebook."""

    ODD = "<b>R & D</b>"
    FOUND = assess(Candidate(), Opportunity(name=ODD, stages=corporate()))

    @pytest.mark.parametrize(
        "found",
        [
            flips(FOUND, names=["fallback", "pay.mean"]),
            robustness(FOUND, draws=50, rng=np.random.default_rng(1)),
            simulate(FOUND, n=1_000, rng=np.random.default_rng(1)),
            estimate_pass_rates(REAL),
            calibrate(Assumptions(), REAL),
            review(
                Search(
                    candidate=Candidate(), opportunities=[FOUND.decision.opportunity]
                )
            ),
        ],
        ids=lambda found: type(found).__name__,
    )
    def test_no_line_is_lost_or_altered(self, found: Any) -> None:
        texts = checked(found._repr_html_()).texts

        assert texts == [line.strip() for line in str(found).split("\n")]

    def test_only_what_stands_above_the_rest_is_a_headline(self) -> None:
        assert checked(show_lines("now\n  this")).seen >= {"strong", "li"}
        assert checked(show_lines("now")).seen == {"div", "p", "strong", "bdi"}
        assert checked(show_lines("this\nthat")).seen == {"div", "ul", "li", "bdi"}
