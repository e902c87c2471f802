from collections.abc import Callable
from typing import Any, cast

import pytest

from interviewfit import (
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    assess,
    corporate,
    flips,
    plan,
    questions,
    robustness,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.sensitivity import (
    InformationValue,
    Questions,
    SwitchingValues,
    _summary,
    advise,
    sweep,
    tornado,
)
from interviewfit.sensitivity._robustness import Robustness, robustness_of_draws

JOB = Opportunity(name="Acme", stages=corporate())
ACME = assess(Candidate(), JOB)
NOTHING = "What would change it was not worked out."
NONE = "None of the {} numbers that were moved would change it."
ONE = "It does not change with what was moved."
LEFT_OUT = "Left out, because each takes long: "


def known(pay: float, sd: float) -> Opportunity:
    """An offer of which at most the pay is unsure."""
    beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
    beliefs["pay"] = Belief(mean=pay, sd=sd)
    return Opportunity(
        name="Known",
        stages=corporate(),
        beliefs=beliefs,
        position=Position(phase=Phase.OFFERED),
        questions_asked=True,
    )


class TestAdvise:
    def test_names_the_nearest_flips_and_the_first_question(self) -> None:
        sure, line, ask = advise(ACME).splitlines()
        first, second, *_ = flips(ACME)

        assert sure == robustness(ACME, 2_000).headline
        assert line.startswith(f"It would change if {first.clause} (decline), or if ")
        assert second.clause in line
        assert ask == questions(ACME)[0].text

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
    def test_is_three_lines_wherever_one_stands(self, phase: Phase) -> None:
        job = Opportunity(name="A", stages=corporate(), position=Position(phase=phase))
        lines = advise(assess(Candidate(), job)).splitlines()

        assert len(lines) == 3
        assert all(line.endswith(".") for line in lines)

    def test_names_every_dealbreaker_met(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["oil", "arms"])

        assert advise(assess(Candidate(dealbreakers=["arms", "oil"]), job)) == (
            "No number lifts your dealbreaker (arms, oil)."
        )

    def test_of_an_offer_nobody_could_refuse_nothing_is_left_to_say(self) -> None:
        """All is known, and 1,000 % is beyond every plausible number."""
        assert advise(assess(Candidate(), known(1e3, 0.0))) == (
            "Clear: 100 % of plausible assumptions lead to this advice.\n"
            "No single plausible change would alter this advice."
        )

    def test_what_is_worth_minutes_is_not_asked(self) -> None:
        """That the pay is within 1 % of what one wants does not matter at 9 % more."""
        found = assess(Candidate(), known(9.0, 1.0))
        (question,) = questions(found)

        assert 0.0 < question.value < 0.05
        assert advise(found).endswith(" above +9 % (decline the offer).")

    @pytest.mark.parametrize(("beside", "draws"), [((), 2_000), ((JOB,), 200)])
    def test_fewer_draws_are_made_where_each_takes_long(
        self,
        monkeypatch: pytest.MonkeyPatch,
        beside: tuple[Opportunity, ...],
        draws: int,
    ) -> None:
        found = assess(Candidate(), known(9.0, 0.0), beside=beside)
        seen: list[Robustness] = []
        whole = robustness_of_draws

        def watched(*arguments: Any, **more: Any) -> Robustness:
            seen.append(whole(*arguments, **more))
            return seen[-1]

        monkeypatch.setattr(_summary, "robustness_of_draws", watched)
        monkeypatch.setattr(_summary, "list_inputs", lambda _: ())

        assert advise(found).startswith(seen[0].headline + "\n")
        assert (seen[0].draws, seen[0].limited) == (draws, False)

    @pytest.mark.parametrize(
        ("insensitive", "left_out", "parts", "lines"),
        [
            ((), ("a",), 24, [NOTHING, f"{LEFT_OUT}1 number more."]),
            (("a", "b"), (), 12, [NONE.format(2)]),
            (("a",), ("b", "c"), 1, [ONE, f"{LEFT_OUT}2 numbers more."]),
            (("a",), (), 24, ["No single plausible change would alter this advice."]),
        ],
    )
    def test_says_what_was_not_looked_at(
        self,
        monkeypatch: pytest.MonkeyPatch,
        insensitive: tuple[str, ...],
        left_out: tuple[str, ...],
        parts: int,
        lines: list[str],
    ) -> None:
        nothing = SwitchingValues(
            action=ACME.action,
            values=(),
            insensitive=insensitive,
            left_out=left_out,
            parts=parts,
        )
        monkeypatch.setattr(_summary, "_DRAWS", 20)
        monkeypatch.setattr(_summary, "switching_values", lambda *_: nothing)
        monkeypatch.setattr(_summary, "information_values", lambda *_: Questions(()))

        assert advise(ACME).splitlines()[1:] == lines

    def test_its_parts_are_kept_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the reasons, which an answer works out only if they are asked for."""
        changes = SwitchingValues(action=ACME.action, values=(), insensitive=("a",))
        asked = InformationValue(aspect="pay", value=1.0, sd_percent=2.0, sources=())
        monkeypatch.setattr(_summary, "_DRAWS", 20)
        answer = Questions((asked,))
        monkeypatch.setattr(_summary, "switching_values", lambda *_: changes)
        monkeypatch.setattr(_summary, "information_values", lambda *_: answer)
        deep = _summary.deepen(ACME)

        assert deep.assessment == ACME
        assert deep.assessment.reasons == ACME.reasons
        assert deep.robustness == robustness(ACME, 20)
        assert deep.flips == changes
        assert deep.questions == (asked,)


class TestArguments:
    @pytest.mark.parametrize("ask", [advise, flips, questions, tornado])
    def test_what_is_no_assessment_is_refused(
        self, ask: Callable[[Any], object]
    ) -> None:
        """A plan is at hand as often as an assessment is."""
        with pytest.raises(
            InvalidFieldError,
            match=rf"^{ask.__name__}\(assessment\) must be what assess\(...\) returned",
        ):
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
