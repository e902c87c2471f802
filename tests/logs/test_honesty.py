"""Counts are honest: searches of known truth, written as trackers and read back."""

import json
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, strategies as st

from interviewfit import read_log
from interviewfit.errors import DecodeError
from interviewfit.history import estimate_pass_rates
from interviewfit.logs._formats import parse_table
from tracked_searches import FORMS, STAGES, WORDS, Searched, play, write

TODAY = date(2027, 1, 1)
SEARCHES = 500


def true_counts(search: Searched, *, latest_only: bool) -> dict[str, Counter[str]]:
    """How the waits of a search ended; of latest states those at the application."""
    ends = {"offer": "passed"}
    counts: dict[str, Counter[str]] = {}
    for process in search.processes:
        for index, stage in enumerate(STAGES[: len(process.days)]):
            last = index == len(process.days) - 1
            answer = ends.get(process.end, process.end) if last else "passed"
            counts.setdefault(stage, Counter())[answer] += 1
    return {"application": counts["application"]} if latest_only else counts


@pytest.fixture(scope="module")
def coverage() -> dict[str, list[bool]]:
    """Whether the truth of each rate is inside its 90 % interval, by stage and form."""
    inside: dict[str, list[bool]] = {}
    for seed in range(SEARCHES):
        rng = np.random.default_rng(seed)
        search = play(rng)
        form = FORMS[seed % len(FORMS)]
        language = tuple(WORDS)[seed // len(FORMS) % len(WORDS)]
        log = read_log(write(search, form, language, rng), today=TODAY)
        rates = estimate_pass_rates(log.history).by_stage
        latest_only = form in ("snapshot", "markdown")
        for stage, counts in true_counts(search, latest_only=latest_only).items():
            read = {answer.value: n for answer, n in rates[stage].counts.items() if n}
            assert read == dict(counts), (seed, form, language)
        for stage, rate in rates.items():
            hit = 0.05 <= rate.posterior.cdf(search.rates[stage]) <= 0.95
            inside.setdefault(stage, []).append(hit)
            inside.setdefault(form, []).append(hit)
    return inside


@pytest.mark.parametrize("stage", STAGES)
def test_the_truth_is_inside_the_interval_as_often_as_it_says(
    coverage: dict[str, list[bool]], stage: str
) -> None:
    assert 0.85 <= np.mean(coverage[stage]) <= 0.95


@pytest.mark.parametrize("form", FORMS)
def test_so_it_is_in_every_form(coverage: dict[str, list[bool]], form: str) -> None:
    """Of some 160 rates each, whose share wavers by 0.05 around 0.9."""
    assert 0.83 <= np.mean(coverage[form]) <= 0.97


HEADINGS = st.sampled_from(
    ("Company", "Role", "Status", "Date", "Date Applied", "Interview", "Phone",
     "Outcome", "Notes", "Salary", "Rejected", "Response Date", "Firma", "状态",
     "Vibes", "#", "Link")
)  # fmt: skip
CELLS = st.sampled_from(
    ("", "Acme", "Dev", "Applied", "Rejected", "Vibing", "2026-03-01", "4/5/2026", "x",
     "no", "N/A", "soon", "2031-01-01", "46143", "01511234567", "0.5",
     "2026-03-01; 2026-04-01", "Rejected after interview", "https://x.example")
)  # fmt: skip


DATED = st.sampled_from(
    ("Date", "Date Applied", "Status Date", "Last Updated", "Interview", "Phone screen",
     "Offer", "Rejected", "Response Date", "Follow-up", "Deadline", "Posted")
)  # fmt: skip


class TestNothingIsDropped:
    """What stands in a cell is used, or it is counted as not used."""

    @given(
        headings=st.lists(HEADINGS, min_size=1, max_size=7),
        rows=st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=5),
    )
    def test_of_a_table(self, headings: list[str], rows: list[list[str]]) -> None:
        text = "\n".join("\t".join(row) for row in [headings, *rows])
        try:
            log = read_log(text, today=TODAY)
        except DecodeError:
            # It lists what was found.
            return
        table = parse_table(text)
        names = [f"column {n}" for n in range(1, 9)]
        said = " ".join(log.warnings)
        listed = sum(log.unused.values())
        assert listed <= sum(len(row) for row in table.rows)
        for heading in log.unused:
            assert heading in {*table.headings, *names}
            assert repr(heading) in said or "more columns" in said
        for row in table.rows:
            for index in row:
                if table.headings[index] in ("Notes", "Salary"):
                    assert log.unused[table.headings[index]] > 0

    @given(
        headings=st.lists(DATED, min_size=1, max_size=6, unique=True),
        status=st.sampled_from(("Applied", "Rejected", "Interview", "Saved", "Vibing")),
        form=st.sampled_from(("table", "json")),
    )
    def test_of_days(self, headings: list[str], status: str, form: str) -> None:
        """Every day of a row is that of an event, or its column is named."""
        days = [f"2026-03-{day:02}" for day in range(1, len(headings) + 1)]
        row = {
            "Company": "A",
            "Status": status,
            **dict(zip(headings, days, strict=True)),
        }
        text = json.dumps([row])
        if form == "table":
            text = f"{','.join(row)}\n{','.join(row.values())}\n"
        try:
            log = read_log(text, today=TODAY)
        except DecodeError:
            return
        told = {str(event.on) for event in log.history.events}
        named = " ".join(log.warnings)
        for heading, day in zip(headings, days, strict=True):
            early = "before any application" in named
            assert day in told or repr(heading) in named or early

    @given(search_seed=st.integers(0, 10**6), form=st.sampled_from(FORMS))
    def test_of_a_search(self, search_seed: int, form: str) -> None:
        """What the tracker of a search holds is used whole."""
        rng = np.random.default_rng(search_seed)
        search = play(rng)
        log = read_log(write(search, form, "english", rng), today=TODAY)

        assert log.unused == {}
        assert len(log.history.events_by_process()) == len(search.processes)
