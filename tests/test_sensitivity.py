from collections.abc import Callable
from typing import Any, cast

import pytest

from interviewfit import (
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    advise,
    assess,
    corporate,
    flips,
    plan,
    questions,
    robustness,
    sweep,
    tornado,
)

JOB = Opportunity(name="Acme", stages=corporate())
ACME = assess(Candidate(), JOB)


class TestAdvise:
    def test_names_the_nearest_flips_and_the_first_question(self) -> None:
        sure, line = advise(ACME).splitlines()
        first, second, *_ = flips(ACME)

        assert sure == robustness(ACME, 2_000).headline
        assert line.startswith(f"It would flip if {first.clause} (decline), or if ")
        assert second.clause in line
        assert line.endswith(f"; {questions(ACME, pairs=False)[0].text}.")

    def test_says_that_nothing_lifts_a_dealbreaker(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])

        assert advise(assess(Candidate(dealbreakers=["arms"]), job)) == (
            "No number lifts your dealbreaker (arms)."
        )

    def test_has_nothing_to_say_once_one_is_out(self) -> None:
        out = Opportunity(
            name="A", stages=corporate(), position=Position(phase=Phase.REJECTED)
        )
        assert advise(assess(Candidate(), out)) == ""

    @pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.MIDWAY, Phase.OFFERED])
    def test_is_two_lines_wherever_one_stands(self, phase: Phase) -> None:
        job = Opportunity(name="A", stages=corporate(), position=Position(phase=phase))
        lines = advise(assess(Candidate(), job)).splitlines()

        assert len(lines) == 2
        assert all(line.endswith(".") for line in lines)


class TestArguments:
    @pytest.mark.parametrize("ask", [advise, flips, questions, tornado])
    def test_what_is_no_assessment_is_refused(
        self, ask: Callable[[Any], object]
    ) -> None:
        """
        A plan is at hand as often as an assessment is.
        """
        with pytest.raises(InvalidFieldError, match=r"what assess\(...\) returned"):
            ask(plan(Candidate(), [JOB]))

    def test_a_sweep_needs_an_assessment_names_and_values(self) -> None:
        found, anything = assess(Candidate(), JOB), cast(Any, 3)
        with pytest.raises(InvalidFieldError, match=r"sweep\(assessment\)"):
            sweep(anything, "fallback", [1.0])
        with pytest.raises(InvalidFieldError, match=r"sweep\(names\)"):
            sweep(found, anything, [1.0])
        with pytest.raises(InvalidFieldError, match=r"sweep\(values\)"):
            sweep(found, ("fallback", "weights.time"), anything)

    def test_one_name_alone_is_not_read_letter_by_letter(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"flips\(names\) must be a list"):
            flips(assess(Candidate(), JOB), names="fallback")
