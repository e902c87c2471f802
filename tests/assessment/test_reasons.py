"""What each thing said does to an answer, against the decision stated without it."""

import re
from collections.abc import Collection
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given, settings

import strategies as fit
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    Sign,
    Stage,
    Weights,
    assess,
    corporate,
    dumps,
    explain,
    loads,
    technical,
)
from interviewfit._assessment.reasons_beside import ReasonsBeside
from interviewfit._assessment.search_problems import SolvedSearch
from interviewfit._command.assess import assess_all
from interviewfit._model.decision import Search
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.effort import counted
from interviewfit._portfolio.assessing_all import with_reasons
from interviewfit.records import Decision, Either, Reason, Verdict
from random_files import random_file

# Two actions that are worth the same may come in either order.
TIE = 1e-9
FEWER = settings(max_examples=settings().max_examples // 5)


def job(**more: Any) -> Opportunity:
    return Opportunity(**{"name": "Acme", "stages": corporate(), **more})


def plain(stage: Stage, name: str, *, is_share: bool) -> Stage:
    """A stage without one of its numbers, or without what it shows of an aspect."""
    if not is_share:
        gone = ("meets", "person", "influence") if name == "meets" else (name,)
        blank = Stage(kind=stage.kind)
        return attrs.evolve(stage, **{field: getattr(blank, field) for field in gone})
    shares = {key: value for key, value in stage.reveals.items() if key != name}
    return attrs.evolve(stage, reveals=shares)


def unsaid(decision: Decision, names: Collection[str]) -> Assessment:
    """The answer without the things of these names, stated anew field by field."""
    who, what = decision.candidate, decision.opportunity
    numbers, beside = dict(decision.assumptions.numbers), decision.beside
    fields: dict[str, Any] = {
        one.name: getattr(record, one.name)
        for record in (who, what)
        for one in attrs.fields(type(record))
        if one.name != "name"
    }
    blank: dict[str, Any] = {
        one.name: getattr(record, one.name)
        for record in (Candidate(), Opportunity(name="a", stages=what.stages))
        for one in attrs.fields(type(record))
    }
    gone: dict[str, set[int]] = {"signals": set(), "learned": set()}
    for name in names:
        if name == "beside":
            beside = ()
        elif entry := re.fullmatch(r"(signals|learned)\[(\d+)\]", name):
            gone[entry[1]].add(int(entry[2]))
        elif stage := re.fullmatch(r"stages\[(\d+)\]\.(reveals\.)?(.+)", name):
            place = int(stage[1])
            stages = list(fields["stages"])
            stages[place] = plain(stages[place], stage[3], is_share=bool(stage[2]))
            fields["stages"] = tuple(stages)
        elif name.startswith("weights."):
            change = {name.partition(".")[2]: 1.0}
            fields["weights"] = attrs.evolve(fields["weights"], **change)
        elif name.startswith("dealbreakers."):
            fields["dealbreakers"] -= {name.partition(".")[2]}
        elif name.startswith(("beliefs.", "priorities.")):
            field, _, key = name.partition(".")
            kept = {k: v for k, v in fields[field].items() if k != key.strip('"')}
            fields[field] = kept
        elif name.startswith("numbers."):
            del numbers[name.partition(".")[2].strip('"')]
        else:
            fields[name] = blank[name]
    for field, lost in gone.items():
        entries = enumerate(fields[field])
        fields[field] = tuple(one for number, one in entries if number not in lost)
    mine = {one.name for one in attrs.fields(Candidate)}
    return assess(
        attrs.evolve(who, **{k: v for k, v in fields.items() if k in mine}),
        attrs.evolve(what, **{k: v for k, v in fields.items() if k not in mine}),
        assumptions=Assumptions(numbers=numbers),
        beside=beside,
    )


def lead(found: Assessment, action: Action) -> float:
    """The value of an action minus the best of the others."""
    others = [one.value for one in found.choices if one.action is not action]
    return found.choice(action).value - max(others)


class TestEffects:
    """Before an interview, where actions have one name whatever was said."""

    def found(self) -> Assessment:
        return assess(
            Candidate(
                priorities={"commute": 1.5}, weights=Weights(time=1.3), fallback=2.0
            ),
            job(
                beliefs={"pay": Belief(mean=4, sd=5)},
                signals=[
                    Sign.THEY_LIKE_YOU,
                    Reading(
                        aspect="role", value=-6, noise=5, note="a former colleague"
                    ),
                ],
                stages=[
                    Stage(kind="hr_screen", hours=2, meets="executive"),
                    *corporate()[1:],
                ],
                relevance=0.7,
            ),
            assumptions=Assumptions(numbers={"horizon_years": 3.0}),
        )

    def test_each_is_the_lead_with_it_minus_the_lead_without_it(self) -> None:
        found = self.found()

        assert {one.name for one in found.reasons} == {
            *("priorities.commute", "weights.time", "fallback", "relevance"),
            *("beliefs.pay", "signals[0]", "signals[1]"),
            *("stages[0].hours", "stages[0].meets", "numbers.horizon_years"),
        }
        for reason in found.reasons:
            then = unsaid(found.decision, [reason.name])
            expected = lead(found, found.action) - lead(then, found.action)
            assert reason.effect_hours == pytest.approx(expected, abs=1e-9)
            assert reason.effect_percent == pytest.approx(found.mean - then.mean)
            assert reason.action_without is then.action
            assert reason.turns is (then.action is not found.action)

    def test_they_come_with_the_largest_first(self) -> None:
        sizes = [abs(one.effect_hours) for one in self.found().reasons]

        assert sizes == sorted(sizes, reverse=True)

    def test_with_a_remainder_they_add_up_to_all_that_was_said(self) -> None:
        found = self.found()
        reasons = found.reasons
        nothing = unsaid(found.decision, [one.name for one in reasons])

        effects = sum(one.effect_hours for one in reasons)
        assert reasons.margin == pytest.approx(found.margin)
        assert reasons.margin_unsaid == pytest.approx(lead(nothing, found.action))
        assert effects + reasons.remainder == pytest.approx(
            found.margin - lead(nothing, found.action)
        )
        assert abs(reasons.remainder) > 0.1

    def test_of_one_thing_nothing_remains(self) -> None:
        found = assess(Candidate(), job(signals=[Sign.PAY_GUESSED_LOW]))

        assert found.reasons.remainder == pytest.approx(0.0, abs=1e-9)

    def test_where_nothing_was_said_there_is_none(self) -> None:
        found = assess(Candidate(), job())

        assert list(found.reasons) == []
        assert found.reasons.decisive == ()
        assert "You have said nothing that stands out" in explain(found)

    def test_the_position_is_listed_and_not_added(self) -> None:
        found = assess(
            Candidate(),
            job(signals=[Sign.NO_CHEMISTRY], position=Position(stage=1)),
        )

        assert [one.name for one in found.reasons] == ["signals[0]", "position"]
        assert found.reasons.remainder == pytest.approx(0.0, abs=1e-9)

    def test_news_of_another_firm_is_left_out(self) -> None:
        other = Reading(
            aspect="culture", value=-9, noise=5, scope="company", about="Elsewhere"
        )

        found = assess(Candidate(learned=[other]), job(company="Acme"))

        assert list(found.reasons) == []

    def test_other_processes_are_one_reason(self) -> None:
        rivals = [
            job(name=name, beliefs={"pay": Belief(mean=9, sd=3)}) for name in "ab"
        ]

        found = assess(Candidate(), job(), beside=rivals)

        (reason,) = found.reasons
        alone = unsaid(found.decision, ["beside"])
        assert reason.what == "you have 2 other processes"
        assert reason.effect_hours == pytest.approx(found.margin - alone.margin)

    def test_waiting_owes_all_its_lead_to_what_one_waits_for(self) -> None:
        found = assess(Candidate(), job(signals=[Sign.MERGER_TALKS]))

        (reason,) = found.reasons
        assert found.action is Action.POSTPONE
        assert reason.effect_hours == pytest.approx(found.margin)
        assert found.unsettled == ("stability",)

    def test_whom_one_meets_goes_with_what_is_said_of_them(self) -> None:
        """Nobody is met in a task, so without it there is no person to name."""
        task = Stage(kind="take_home", meets="manager", person="Kim", influence=2)

        found = assess(Candidate(), job(stages=[task, *corporate()]))

        then = unsaid(found.decision, ["stages[0].meets"])
        (effect,) = (
            one.effect_hours for one in found.reasons if one.name == "stages[0].meets"
        )
        assert effect == pytest.approx(found.margin - then.margin)

    @pytest.mark.parametrize("phase", ["before", "midway"])
    def test_facts_looked_up_on_the_way_do_not_hold_it_back(self, phase: str) -> None:
        found = assess(
            Candidate(), job(researched=1, position=Position(phase=phase, stage=1))
        )

        assert {one.name for one in found.reasons} == {"researched", "position"}

    def test_of_very_many_things_those_of_one_kind_are_one(self) -> None:
        signals = [
            Reading(aspect=("pay", "role")[number % 2], value=number % 7, noise=9)
            for number in range(100)
        ]
        found = assess(Candidate(fallback=1), job(signals=signals))
        names = [f"signals[{number}]" for number in range(0, 100, 2)]
        then = unsaid(found.decision, names)

        assert {one.name for one in found.reasons} == {
            *("signals.pay", "signals.role", "fallback")
        }
        (pay,) = (one for one in found.reasons if one.name == "signals.pay")
        assert pay.what == "you stated 50 things that you saw or heard of the pay"
        assert pay.effect_hours == pytest.approx(found.margin - then.margin)


class TestWhatDecides:
    def test_one_thing(self) -> None:
        found = assess(
            Candidate(),
            job(signals=[Sign.WRONG_KIND_OF_WORK], position=Position(stage=1)),
        )

        assert found.reasons.decisive == ("signals[0]",)
        assert explain(found).startswith(
            "Acme: withdraw politely, because the work itself is not what you want (-"
        )
        assert "\n  Without that, the advice would be: go on.\n" in explain(found)

    def test_two_things_of_which_either_is_enough(self) -> None:
        found = assess(
            Candidate(),
            job(beliefs={name: Belief(mean=-40, sd=1) for name in ("role", "pay")}),
        )

        assert found.action is Action.DECLINE
        assert set(found.reasons.decisive) == {"beliefs.pay", "beliefs.role"}
        assert not any(one.turns for one in found.reasons)
        assert "Either of these alone would be enough" in explain(found)

    def test_two_things_that_decide_only_together(self) -> None:
        found = assess(
            Candidate(),
            job(beliefs={name: Belief(mean=-14, sd=3) for name in ("role", "pay")}),
        )

        assert found.action is Action.DECLINE
        assert all(one.turns for one in found.reasons.deciding)
        assert len(found.reasons.decisive) == 2
        assert "Each of these decides: without it" in explain(found)

    def test_three_things_none_of_which_could_be_left_out(self) -> None:
        aspects = ("role", "pay", "culture")
        found = assess(
            Candidate(),
            job(beliefs={name: Belief(mean=-40, sd=1) for name in aspects}),
        )

        assert len(found.reasons.decisive) == 3
        assert "Without all of these together, the advice would" in explain(found)

    def test_what_speaks_for_the_advice_comes_before_what_speaks_against_another(
        self,
    ) -> None:
        """One goes for the executive; bad work only makes waiting pointless."""
        found = assess(
            Candidate(),
            job(
                stages=[Stage(kind="hr_screen", meets="executive"), *corporate()[1:]],
                signals=[Sign.MERGER_TALKS, Sign.WRONG_KIND_OF_WORK],
            ),
        )

        assert found.action is Action.TAKE
        assert {one.name for one in found.reasons if one.turns} > {"signals[1]"}
        assert found.reasons.decisive == ("stages[0].meets",)

    def test_nothing_of_it(self) -> None:
        found = assess(Candidate(), job(signals=[Sign.PAY_GUESSED_LOW]))

        assert found.reasons.decisive == ()
        assert (
            "Nothing that you said decides this: with nothing said, the advice would "
            "be the same. Most against it: you guess that the pay is too low (-"
        ) in explain(found)

    def test_another_action_that_is_worth_as_much_is_no_other_advice(self) -> None:
        """Looking things up shows nothing and saves all that it takes."""
        numbers = {
            "research_saves": 1.0,
            **{f"research.reveals.{name}": 0.0 for name in ("other", *ASPECTS)},
        }
        assumed = {name: value for name, value in numbers.items() if name in PRIORS}
        found = assess(
            Candidate(weights=Weights(networking=1.3)),
            job(unresearched=True),
            assumptions=Assumptions(numbers=assumed),
        )
        reasons = {one.name: one for one in found.reasons}

        assert found.margin == pytest.approx(0.0, abs=1e-9)
        assert not reasons["weights.networking"].turns

    @FEWER
    @given(case=fit.cases())
    def test_without_what_is_named_the_advice_is_another(self, case: fit.Case) -> None:
        """Whatever the answer, and said in the words that are printed."""
        found = case.assess()
        text, deciding = explain(found), found.reasons.deciding
        says = ", because" in text.splitlines()[0]

        assert says is bool(deciding and not found.hard_stops)
        if not deciding:
            return
        if deciding[0].turns:
            for reason in deciding:
                then = unsaid(found.decision, [reason.name])
                assert reason.action_without is not found.action
                assert then.action is reason.action_without or then.margin < TIE
            return
        names = [one.name for one in deciding]
        then = unsaid(found.decision, names)
        assert then.action is not found.action or then.margin < TIE
        if len(names) == 2:
            assert not any(one.turns for one in found.reasons if one.name in names)

    @FEWER
    @given(case=fit.cases())
    def test_nothing_said_gives_what_is_told_of_it(self, case: fit.Case) -> None:
        found = case.assess()
        names = [one.name for one in found.reasons if one.name != "position"]
        effects = [one.effect_hours for one in found.reasons if one.name in names]
        reasons = found.reasons

        assert reasons.margin - reasons.margin_unsaid == pytest.approx(
            sum(effects) + reasons.remainder
        )
        then = unsaid(found.decision, names)
        assert then.action is reasons.action_unsaid or then.margin < TIE


class TestOtherThings:
    def test_nothing_is_worked_out_before_somebody_asks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So an assessment takes no longer than without reasons."""
        asked = []
        where = "interviewfit._assessment.reasons.reasons_of"
        monkeypatch.setattr(where, lambda *given: asked.append(given))

        found = assess(Candidate(), job(signals=[Sign.PAY_GUESSED_LOW]))
        dumps(found)
        assert asked == []
        _ = found.reasons
        assert len(asked) == 1

    def test_a_fact_that_will_be_told_is_a_reason_as_any_other(self) -> None:
        fact = Either(
            aspect="commute", chance=0.5, if_so=8, if_not=-14, told_by="hr_screen"
        )
        found = assess(Candidate(), job(signals=[fact, Sign.PAY_GUESSED_LOW]))

        (effect,) = (one for one in found.reasons if one.name == "signals[0]")
        then = unsaid(found.decision, ["signals[0]"])
        assert effect.what.startswith("the commute is one of two things")
        assert effect.effect_hours == pytest.approx(found.margin - then.margin)
        assert effect.effect_percent == pytest.approx(found.mean - then.mean)

    def test_a_sign_that_forces_leaving_is_no_dealbreaker_of_the_candidate(
        self,
    ) -> None:
        found = assess(
            Candidate(dealbreakers=["oil"]), job(signals=[Sign.VISA_REFUSED])
        )

        assert [one.name for one in found.reasons] == ["signals[0]"]
        assert found.reasons.decisive == ("signals[0]",)

    @pytest.mark.parametrize("activity", [0.2, 1.0])
    def test_how_actively_one_looks_is_told_in_words(self, activity: float) -> None:
        found = assess(Candidate(activity=activity), job())
        compared = "more" if activity > 0.5 else "less"

        (reason,) = found.reasons
        assert reason.what.startswith(f"you look {compared} actively than usual")

    def test_a_weight_of_nothing_is_told_in_words(self) -> None:
        who = Candidate(priorities={"benefits": 0}, weights=Weights(practice=2))
        words = {one.what for one in assess(who, job()).reasons}

        assert words == {
            "the benefits do not count for you",
            "practice counts 2 times as much for you",
        }


class TestRecord:
    FOUND = assess(Candidate(), job(signals=[Sign.WRONG_KIND_OF_WORK]))

    def test_it_is_kept(self) -> None:
        assert self.FOUND.reasons is self.FOUND.reasons

    def test_it_prints_a_line_for_each_and_the_remainder(self) -> None:
        lines = str(self.FOUND.reasons).splitlines()

        assert len(lines) == 1 + len(self.FOUND.reasons) + 2
        assert "the work itself is not what you want (without it: take)" in lines[1]
        assert "beyond what each does alone" in lines[-2]
        assert lines[-1].startswith("  With nothing said it would be -")

    def test_json_has_it_if_it_is_put_in(self) -> None:
        whole = attrs.evolve(self.FOUND, reasons=self.FOUND.reasons)

        assert '"reasons"' not in dumps(self.FOUND)
        again = loads(dumps(whole), Assessment)
        assert again == self.FOUND
        assert again.reasons == self.FOUND.reasons
        assert isinstance(again.reasons[0], Reason)

    def test_it_is_a_sequence(self) -> None:
        reasons = self.FOUND.reasons

        assert reasons[:1] == (reasons[0],)
        assert repr(reasons[0]).startswith("<Reason signals[0]: +")
        assert repr(reasons) == "<Reasons: 1, 1 decisive>"

    def test_plain_values_have_none(self) -> None:
        fields: dict[str, Any] = {
            str(one.alias): getattr(self.FOUND, one.name)
            for one in attrs.fields(Verdict)
        }

        assert Verdict(**fields).reasons is None
        assert ", because" not in explain(Verdict(**fields))


class TestOfManyAnswers:
    def test_those_without_others_beside_them_have_the_same_bits(self) -> None:
        who = Candidate(weights=Weights(offer=2))
        found = [assess(who, job) for job in self.JOBS]

        for answer, is_whole in with_reasons(found):
            assert is_whole
            assert answer.reasons == assess(who, answer.decision.opportunity).reasons

    def test_they_are_those_of_each_answer_alone(self) -> None:
        for seed in (8, 45):
            candidate, jobs = random_file(seed)
            found = assess_all(Search(candidate=candidate, opportunities=jobs))

            for answer, is_whole in with_reasons(found):
                assert is_whole
                shown = [(answer.decision, answer.action)]
                (alone,) = ReasonsBeside().of(shown)
                kept = answer.reasons

                assert [item.name for item in kept.items] == [
                    item.name for item in alone.items
                ]
                assert [item.action_without for item in kept.items] == [
                    item.action_without for item in alone.items
                ]
                assert [item.effect_hours for item in kept.items] == pytest.approx(
                    [item.effect_hours for item in alone.items], abs=1e-8
                )
                assert kept.decisive == alone.decisive

    def test_what_is_the_same_is_not_solved_again(self) -> None:
        jobs = [
            Opportunity(
                name=f"job {number}",
                stages=technical(),
                beliefs={"pay": Belief(mean=2.0 + number, sd=4.0)},
            )
            for number in range(8)
        ]
        first, second = (
            assess(Candidate(), jobs[0], beside=jobs[1:]).decision,
            assess(Candidate(), jobs[1], beside=[jobs[0], *jobs[2:]]).decision,
        )
        with counted() as whole:
            known = SolvedSearch.of(first)
        with counted() as again:
            _ = SolvedSearch.of(second, known).problem

        assert again.operations < 0.15 * whole.operations

    JOBS: ClassVar = [
        Opportunity(
            name=f"job {number}",
            stages=technical(),
            signals=[Sign.BAD_REVIEWS],
            beliefs={"pay": Belief(mean=2.0 + number, sd=4.0)},
        )
        for number in range(6)
    ]

    def kept(self) -> tuple[list[bool], int]:
        """Of which answers the reasons are kept, and the operations of all."""
        who = Candidate(weights=Weights(offer=2))
        found = assess_all(Search(candidate=who, opportunities=self.JOBS))
        with counted() as effort:
            kept = [is_kept for _, is_kept in with_reasons(found)]
        return kept, effort.operations

    def test_they_take_little_more_than_those_of_one(self) -> None:
        who = Candidate(weights=Weights(offer=2))
        with counted() as effort:
            assess(who, self.JOBS[0], beside=self.JOBS[1:]).reasons  # noqa: B018
        kept, operations = self.kept()

        assert all(kept)
        assert operations < 3 * effort.operations

    @pytest.mark.parametrize(("few", "more"), [(0, 1.0), (6, 2.0)])
    def test_they_are_left_out_where_all_would_take_too_many_operations(
        self, few: int, more: float, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of so few answers that all are read twice as much may be worked out."""
        _, all_work = self.kept()
        module = "interviewfit._assessment.reasons_beside"
        monkeypatch.setattr(f"{module}._FEW", few)
        for share in (0.0, 0.8 / more, 1.2 / more):
            most = share * all_work
            monkeypatch.setattr("interviewfit._numeric.effort.LARGEST_WORK", most)
            kept, operations = self.kept()

            assert kept == sorted(kept, reverse=True)
            assert kept[0]
            assert not kept[-1]
            assert operations <= max(more * most, 0.5 * all_work)
