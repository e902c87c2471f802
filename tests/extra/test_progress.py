import io
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    assess,
    corporate,
    flips,
    plan,
    questions,
    robustness,
    simulate,
)
from interviewfit._model.progress import Progress
from interviewfit._numeric.effort import counted
from interviewfit.errors import MissingPackageError
from interviewfit.extra.progress import bar
from interviewfit.sensitivity import sweep, tornado

ME = Candidate()
JOB = Opportunity(name="Acme", stages=corporate())

DATED = Opportunity(
    name="Bolt",
    stages=corporate(),
    position=Position(phase=Phase.OFFERED),
    beliefs={"pay": Belief(mean=8, sd=0)},
    answer_by="2026-12-10",
)

CALCULATIONS: dict[str, Callable[[Any], object]] = {
    "flips": lambda progress: flips(assess(ME, JOB), progress=progress),
    "plan": lambda progress: plan(ME, [JOB], progress=progress),
    "plan with dates": lambda progress: plan(
        ME, [JOB, DATED], today="2026-11-30", progress=progress
    ),
    "questions": lambda progress: questions(assess(ME, JOB), progress=progress),
    "robustness": lambda progress: robustness(
        assess(ME, JOB), draws=2_000, progress=progress
    ),
    "simulate": lambda progress: simulate(assess(ME, JOB), 5_000, progress=progress),
    "sweep": lambda progress: sweep(
        assess(ME, JOB), "fallback", [1.0, 2.0], progress=progress
    ),
    "tornado": lambda progress: tornado(assess(ME, JOB), progress=progress),
}


class TestBar:
    def test_without_tqdm_it_says_what_is_missing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "tqdm.auto", None)

        with pytest.raises(MissingPackageError, match=r"tqdm: .*\[progress\]"):
            bar()

    def test_it_is_drawn_to_its_end_each_time(self) -> None:
        drawn = io.StringIO()
        progress = bar(file=drawn, desc="runs")
        assessment = assess(ME, JOB)

        simulate(assessment, 10_000, progress=progress)
        simulate(assessment, 5_000, progress=progress)

        text = drawn.getvalue()
        assert "runs" in text
        assert "10000/10000" in text
        assert "5000/5000" in text

    def test_after_a_calculation_that_failed_a_new_one_is_drawn(self) -> None:
        drawn = io.StringIO()
        progress = bar(file=drawn)

        progress(3, 10)
        progress(1, 4)
        progress(4, 4)
        progress(2, 4)
        progress(1, 4)
        progress(4, 4)

        ends = [line.rpartition("| ")[2] for line in drawn.getvalue().splitlines()]
        assert sum("4/4" in end for end in ends) == 2


@pytest.mark.parametrize("name", CALCULATIONS)
class TestEveryCalculation:
    """``progress=`` means the same wherever it is taken: ``(done, total)``."""

    def test_it_draws_a_bar_to_its_end(self, name: str) -> None:
        drawn = io.StringIO()

        CALCULATIONS[name](bar(file=drawn))

        assert "100%" in drawn.getvalue()

    def test_it_counts_up_to_its_total(self, name: str) -> None:
        calls: list[tuple[int, int]] = []

        def collect(done: int, total: int, /) -> None:
            calls.append((done, total))

        progress: Progress = collect
        CALCULATIONS[name](progress)

        ((total),) = {total for _, total in calls}
        assert [done for done, _ in calls] == sorted({done for done, _ in calls})
        assert calls[-1] == (total, total)

    def test_it_is_called_before_half_a_second_of_work(self, name: str) -> None:
        """Of a core of 2025, which does a hundred million operations in a second."""
        before: list[int] = []
        with counted() as effort:
            CALCULATIONS[name](lambda *_: before.append(effort.operations))

        assert before[0] < 50_000_000
        assert max(np.diff([*before, effort.operations])) < 100_000_000
