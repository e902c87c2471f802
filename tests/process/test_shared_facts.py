"""Either/or facts about a company or field: each opening there has them."""

from typing import Any

import attrs
import pytest

from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Position,
    Stage,
    assess,
    dumps,
    loads,
    plan,
    questions,
)
from interviewfit._competition.entries import compile_search
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.records import Certainty, Either

SURE = {name: Belief(mean=0, sd=0) for name in ASPECTS}
STAGES = (
    Stage(kind="hr_screen", reshape_chance=0),
    Stage(kind="hiring_manager", reshape_chance=0),
)
QUIET = Assumptions(
    numbers={f"{kind}.surfaces": 0.0 for kind in ("hr_screen", "hiring_manager")}
)


def moves(**changes: Any) -> Either:
    """They move to another town, or stay."""
    usual: dict[str, Any] = {
        "aspect": "commute",
        "chance": 0.3,
        "if_so": -60,
        "if_not": 5,
        "told_by": "hr_screen",
        "scope": "company",
        "note": "they move",
    }
    return Either(**{**usual, **changes})


def job(name: str, *facts: Either, **changes: Any) -> Opportunity:
    usual: dict[str, Any] = {
        "name": name,
        "company": "Acme",
        "stages": STAGES,
        "beliefs": {**SURE, "pay": Belief(mean=12, sd=0)},
    }
    return Opportunity(signals=facts, **{**usual, **changes})


def lesson(**changes: Any) -> Either:
    return moves(about="ACME", **changes)


class TestWorlds:
    @pytest.mark.parametrize("chance", [0.02, 0.3, 0.7, 0.99])
    @pytest.mark.parametrize("origin", ["own", "learned", "beside"])
    def test_value_against_brute_force_over_the_two_worlds(
        self, chance: float, origin: str
    ) -> None:
        """Nothing else is revealed, so what follows the screen is known in each world.

        With R the value of the screen itself, p the chance to pass it and V the value
        at the next stage, going on is worth R + p * sum of q * V over the worlds.
        """
        who = Candidate(learned=[lesson(chance=chance)] if origin == "learned" else ())
        facts = [moves(chance=chance)] if origin == "own" else []
        quiet = attrs.evolve(STAGES[1], pass_rate=1e-9)
        others = [job("Other", moves(chance=chance), stages=[STAGES[0], quiet])]
        beside = others if origin == "beside" else []

        def going(number: float, stage: int) -> float:
            """The value of going on where the fact is certain, or at a later stage."""
            stated = job("Job", moves(chance=number), position=Position(stage=stage))
            answer = assess(Candidate(), stated, assumptions=QUIET)
            action = Action.CONTINUE if stage else Action.TAKE
            return next(c.value for c in answer.choices if c.action is action)

        rate = QUIET["hr_screen.pass_rate"]
        worlds = {1.0: chance, 0.0: 1.0 - chance}
        later = {world: max(0.0, going(world, 1)) for world in worlds}
        screen = going(0.0, 0) - rate * later[0.0]
        expected = screen + rate * sum(q * later[world] for world, q in worlds.items())

        answer = assess(who, job("Job", *facts), assumptions=QUIET, beside=beside)

        found = next(c.value for c in answer.choices if c.action is Action.TAKE)
        # Beside another process the offer is worth its surplus beyond that one.
        near = 1e-9 if origin != "beside" else 2e-2
        assert found == pytest.approx(expected, abs=near)

    @pytest.mark.parametrize("chance", [0.0, 1.0])
    def test_a_certain_fact_is_a_belief(self, chance: float) -> None:
        certain = 5 - 65 * chance
        beliefs = {**SURE, "pay": Belief(mean=12, sd=0)}
        stated = {**beliefs, "commute": Belief(mean=certain, sd=0)}
        fact = lesson(chance=chance)

        told = assess(Candidate(learned=[fact]), job("A"), assumptions=QUIET)
        known = assess(Candidate(), job("A", beliefs=stated), assumptions=QUIET)

        assert told.value == known.value
        assert told.thresholds == known.thresholds


class TestSearch:
    def test_both_openings_of_a_firm_have_it_whoever_states_it(self) -> None:
        """As with signs: stated of one, of the other, of both or learned elsewhere."""
        who, fact = Candidate(), moves()
        searches = [
            (who, [job("A", fact), job("B")]),
            (who, [job("A"), job("B", fact)]),
            (who, [job("A", fact), job("B", fact)]),
            (Candidate(learned=[lesson()]), [job("A"), job("B")]),
            (Candidate(learned=[lesson()]), [job("A", fact), job("B")]),
        ]

        plans = [plan(person, jobs) for person, jobs in searches]

        for other in plans[1:]:
            assert other.value == pytest.approx(plans[0].value, abs=1e-9)
            values = [
                {row.name: row.index for row in answer.ranked}
                for answer in (plans[0], other)
            ]
            assert values[0] == pytest.approx(values[1], abs=1e-9)

    def test_each_process_is_the_one_in_which_it_is_stated(self) -> None:
        """Bit for bit, whatever it is that differs between the two openings."""
        fact, stages = moves(), [STAGES[1], STAGES[0]]
        jobs = [job("A", fact), job("B", stages=stages)]
        carried = compile_search(Candidate(), jobs, QUIET)[1].process
        stated = compile_search(Candidate(), [job("B", fact, stages=stages)], QUIET)[
            0
        ].process

        assert carried == stated

    @pytest.mark.parametrize("company", ["Acme", "Bolt"])
    def test_an_offer_and_a_process_of_one_firm_are_no_exact_plan(
        self, company: str
    ) -> None:
        """What the process tells of the firm bears on the offer as well."""
        held = job("B", company=company, position=Position(phase="offered"))
        found = plan(Candidate(), [job("A", moves()), held])

        is_shared = found.guarantee.certainty is Certainty.HEURISTIC
        assert is_shared == (company == "Acme")

    def test_another_firm_has_it_not(self) -> None:
        jobs = [job("A", moves()), job("B", company="Bolt")]
        alone = compile_search(Candidate(), jobs[1:], QUIET)[0].process

        assert compile_search(Candidate(), jobs, QUIET)[1].process == alone

    def test_of_one_opening_alone_it_stays_there(self) -> None:
        fact = moves(scope="opportunity")
        alone = compile_search(Candidate(), [job("B")], QUIET)[0].process

        found = compile_search(Candidate(), [job("A", fact), job("B")], QUIET)

        assert found[1].process == alone

    def test_where_no_stage_of_an_opening_tells_it_it_stays_open(self) -> None:
        """Its mean counts until questions about an offer tell it."""
        fact = moves(told_by="hr_screen")
        manager = [Stage(kind="hiring_manager")]
        offered = Position(phase="offered")
        jobs = [job("A", fact), job("B", stages=manager, position=offered)]

        step = compile_search(Candidate(), jobs, QUIET)[1].process.call

        assert step is not None
        assert [chance for chance, _ in step.facts] == [0.3]
        answer = assess(Candidate(), jobs[1], beside=jobs[:1])
        assert answer.open_facts == ("30 %: they move; no stage of it tells you",)
        assert answer.ask_whether == ("commute: they move",)

    def test_a_second_fact_on_the_same_aspect_counts_again(self) -> None:
        again = moves(note="they close the site")
        one, two = (
            compile_search(Candidate(), [job("A", *facts), job("B")], QUIET)[1].process
            for facts in ([moves()], [moves(), again])
        )

        assert two.mean == pytest.approx(one.mean + 0.3 * -60 + 0.7 * 5)

    def test_what_was_learned_of_it_is_asked_about(self) -> None:
        answer = assess(Candidate(learned=[lesson()]), job("B"))

        facts = [item for item in questions(answer) if item.fact]

        assert [item.fact for item in facts] == ["they move"]
        assert facts[0].value > 0.0

    def test_what_is_learned_of_a_field_bears_on_every_job_in_it(self) -> None:
        fact = moves(scope="field", about="baking", aspect="stability")
        who = Candidate(learned=[fact])
        inside, outside = (
            assess(who, job("A", field=field)).mean for field in ("Baking", "brewing")
        )

        assert inside == pytest.approx(outside + 0.3 * -60 + 0.7 * 5)

    def test_it_is_one_of_the_reasons(self) -> None:
        who = Candidate(learned=[lesson(chance=0.9)])
        answer = assess(who, job("A"))

        names = [reason.name for reason in answer.reasons.items]

        assert "learned[0]" in names


class TestStated:
    def test_json_keeps_it(self) -> None:
        who = Candidate(learned=[lesson()])

        assert loads(dumps(who), Candidate) == who

    def test_about_another_firm_it_is_refused(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"Candidate\.learned"):
            job("A", moves(about="Bolt"))

    def test_what_is_learned_says_of_whom(self) -> None:
        with pytest.raises(InvalidFieldError, match="Set scope and about"):
            Candidate(learned=[moves(scope="opportunity")])

    def test_too_many_with_those_of_the_firm_are_refused(self) -> None:
        jobs = [
            job("A", *[moves(note=f"a {number}") for number in range(3)]),
            job("B", *[moves(note=f"b {number}") for number in range(3)]),
        ]
        with pytest.raises(InvalidFieldError, match="with those of its company"):
            plan(Candidate(), jobs)

    def test_signs_and_facts_are_both_carried(self) -> None:
        sign = NamedSign(sign="merger_talks")
        first = attrs.evolve(job("A"), signals=[moves(), sign])
        found = compile_search(Candidate(), [first, job("B")], QUIET)[1]

        assert len(found.carried) == 1
        assert len(found.structure.facts) == 1
