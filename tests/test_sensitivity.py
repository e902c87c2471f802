import pytest

from interviewfit import (
    Candidate,
    Opportunity,
    Phase,
    Position,
    advise,
    assess,
    corporate,
    flips,
    questions,
    robustness,
)

ACME = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))


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
