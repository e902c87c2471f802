from itertools import combinations
from math import isfinite

import pytest
from attrs import evolve
from hypothesis import example, given, settings, strategies as st

from effort import as_many
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Clue,
    InvalidFieldError,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Reading,
    Stage,
    StageKind,
    Weights,
    assess,
    corporate,
    small_firm,
    technical,
)
from interviewfit._model import vocabulary
from interviewfit._model.parameters import PARAMETERS, PRIORS, RangeRule
from interviewfit._process.parameters import (
    find_parameter,
    list_inputs,
    substitute,
)
from interviewfit.records import Decision, Seniority

# Made of what names are put together with.
ASPECTS = st.lists(
    st.sampled_from([".", "[0]", '"', "x", "mean", "priorities", "reveals", "stages"]),
    min_size=1,
    max_size=5,
).map("".join)
ME = Candidate(activity=0.7, priorities={"commute": 2, "benefits": 0})
JOB = Opportunity(
    name="Acme",
    stages=corporate(),
    beliefs={"pay": Belief(mean=5, sd=4), "stability": Belief(mean=0, sd=1)},
    signals=[Reading(aspect="culture", value=-10, noise=15), "they_like_you"],
)
DECISION = Decision(candidate=ME, opportunity=JOB)
NAMES = {one.name for one in list_inputs(DECISION)}


class TestListInputs:
    def test_each_stands_once_and_is_where_it_says(self) -> None:
        assert len(NAMES) == len(list_inputs(DECISION))
        for one in list_inputs(DECISION):
            assert isfinite(one.value)
            assert one.low <= one.value <= one.high
            assert one.low < one.high
            assert one.scale > 0
            moved = substitute(DECISION, {one: one.high})
            assert find_parameter(moved, one.name).value == pytest.approx(one.high)

    def test_putting_back_what_was_there_changes_nothing(self) -> None:
        before = assess(ME, JOB)
        for one in list_inputs(DECISION):
            again = substitute(DECISION, {one: one.value})
            found = assess(
                again.candidate, again.opportunity, assumptions=again.assumptions
            )
            assert found.value == pytest.approx(before.value, abs=1e-9)

    def test_no_range_goes_beyond_what_may_be_put(self) -> None:
        """Also of numbers at the very rim of what is allowed."""
        who = Candidate(fallback=999, priorities={"pay": 12}, weights=Weights(time=18))
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"pay": Belief(mean=999.9, sd=400)},
            signals=[
                Clue(event="passed_on", factor=2e-6),
                Clue(event="passed_on", factor=9e5),
                Reading(aspect="pay", value=-1000, noise=1000),
            ],
        )
        decision = Decision(candidate=who, opportunity=job)
        for one in list_inputs(decision):
            assert one.low <= one.value <= one.high
            substitute(decision, {one: one.low})
            substitute(decision, {one: one.high})

    def test_what_is_stated_takes_the_place_of_its_prior(self) -> None:
        assert find_parameter(DECISION, "activity").path == ("candidate", "activity")
        assert {"pay.mean", "pay.sd", "role.mean", "spread.role"} <= NAMES
        assert not {"role.sd", "spread.stability", "benefits.mean"} & NAMES

    @pytest.mark.parametrize("name", ["spread.pay", "other_spread"])
    def test_another_role_there_is_drawn_afresh_whatever_is_stated_of_this_one(
        self, name: str
    ) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            hidden_role=0.5,
            beliefs={"pay": Belief(mean=5, sd=4), "canteen": Belief(mean=5, sd=4)},
        )
        decision = Decision(candidate=Candidate(), opportunity=job)

        one = find_parameter(decision, name)

        wider = substitute(decision, {one: one.high}).assumptions
        assert assess(ME, job, assumptions=wider).value > assess(ME, job).value

    @pytest.mark.parametrize(("sd", "stage"), [(4, 0), (1, 1)])
    def test_a_wide_belief_is_held_to_the_usual_spread(
        self, sd: float, stage: int
    ) -> None:
        """4 doubled is more than the usual 6, of which a round may leave nothing."""
        job = evolve(
            JOB,
            beliefs={"stability": Belief(mean=0, sd=sd)},
            position=Position(stage=stage),
        )

        find_parameter(Decision(candidate=ME, opportunity=job), "spread.stability")

    def test_rounds_that_are_over_count_with_what_they_have_shown(self) -> None:
        stages = [Stage(kind="panel", practice=2, hours=3, reveals={"role": 0.5})]
        later = evolve(JOB, stages=(*stages, *corporate()), position=Position(stage=2))
        names = {
            one.name for one in list_inputs(Decision(candidate=ME, opportunity=later))
        }

        assert {"stages[0].practice", "stages[0].reveals.role"} <= names
        assert {
            "hr_screen.reveals.pay",
            "panel.surfaces",
            "hr_screen.practice",
        } <= names
        assert not {"stages[0].hours", "panel.hours", "panel.practice"} & names

    def test_desk_research_put_first_is_as_its_priors_say(self) -> None:
        desk = Stage(
            kind="research",
            hours=1,
            preparation=1,
            pass_rate=1,
            surfaces=0,
            reshape_chance=0,
            practice=0,
        )
        job = Opportunity(name="Acme", stages=[desk, *corporate()], unresearched=True)

        found = find_parameter(
            Decision(candidate=ME, opportunity=job), "research.hours"
        )

        assert found.path == ("assumptions", "numbers", "research.hours")

    def test_what_does_not_occur_is_not_listed(self) -> None:
        assert not {"refusal", "referral", "asking", "research.hours"} & NAMES
        assert not {"panel.hours", "influence.peer", "other_spread"} & NAMES
        assert "sign_strength" in NAMES

    def test_stages_that_are_over_no_longer_count(self) -> None:
        later = Opportunity(
            name="Acme", stages=corporate(), position=Position(phase="before", stage=1)
        )
        names = {
            one.name for one in list_inputs(Decision(candidate=ME, opportunity=later))
        }
        assert "hiring_manager.hours" in names
        assert "hr_screen.hours" not in names

    @pytest.mark.parametrize("phase", list(Phase))
    def test_every_position_has_its_numbers(self, phase: Phase) -> None:
        job = Opportunity(name="A", stages=corporate(), position=Position(phase=phase))
        names = [
            one.name for one in list_inputs(Decision(candidate=ME, opportunity=job))
        ]
        assert "fallback" in names

    def test_what_only_the_processes_beside_hang_on_is_listed_too(self) -> None:
        job = Opportunity(name="Acme", stages=small_firm())
        other = Opportunity(name="Other", stages=technical())
        decision = Decision(candidate=ME, opportunity=job, beside=[other])

        one = find_parameter(decision, "panel.pass_rate")

        likelier = substitute(decision, {one: one.high}).assumptions
        before = assess(ME, job, beside=[other]).value
        assert assess(ME, job, beside=[other], assumptions=likelier).value != before

    def test_how_sharply_one_saw_and_what_is_still_to_come_are_numbers_too(
        self,
    ) -> None:
        merger = Reading(aspect="stability", value=-12, noise=5, unsettled=12)
        job = Opportunity(name="Acme", stages=corporate(), signals=[merger])
        before = assess(ME, job)

        for name in ("signals[0].noise", "signals[0].unsettled"):
            one = find_parameter(before.decision, name)
            more = substitute(before.decision, {one: one.high})
            assert assess(ME, more.opportunity).choices != before.choices

    def test_with_no_news_to_come_there_is_nothing_to_be_unsure_of(self) -> None:
        assert "signals[0].noise" in NAMES
        assert "signals[0].unsettled" not in NAMES

    def test_of_what_was_learned_elsewhere_only_what_bears_on_it_is_listed(
        self,
    ) -> None:
        """On its company, on its field, and on those of a process beside it."""
        lessons: list[Reading | Clue] = [
            Clue(event="passed_on", factor=2, scope="company", about="Acme Corp"),
            Reading(aspect="pay", value=4, noise=5, scope="field", about="law"),
            Reading(aspect="pay", value=4, noise=5, scope="company", about="Zenith"),
            Reading(aspect="pay", value=4, noise=5, scope="company", about="law"),
        ]
        who = Candidate(learned=lessons)
        job = Opportunity(
            name="A", company="Acme Corp", field="law", stages=corporate()
        )
        beside = [Opportunity(name="Z", company="Zenith", stages=small_firm())]

        def listed(decision: Decision) -> set[str]:
            return {
                one.name
                for one in list_inputs(decision)
                if one.name.startswith("learned")
            }

        alone = {"learned[0].factor", "learned[1].value", "learned[1].noise"}
        others = {"learned[2].value", "learned[2].noise"}
        decision = Decision(candidate=who, opportunity=job)
        assert listed(decision) == alone
        assert listed(evolve(decision, beside=beside)) == alone | others
        for name in alone:
            one = find_parameter(decision, name)
            moved = substitute(decision, {one: one.high}).candidate
            assert assess(moved, job).value != assess(who, job).value

    def test_what_counts_for_nothing_might_count_for_something(self) -> None:
        one = find_parameter(DECISION, "priorities.benefits")

        cares = substitute(DECISION, {one: one.high}).candidate

        assert (one.value, one.low) == (0.0, 0.0)
        assert assess(cares, JOB).value != assess(ME, JOB).value

    @given(st.sets(ASPECTS, min_size=1, max_size=6))
    @settings(max_examples=as_many(25, 500))
    @example({"mean", "priorities"})
    @example({"x.mean", "priorities.x", '"x', "stages[0].reveals.x", 'x".mean'})
    def test_no_two_share_a_name_whatever_aspects_are_called(
        self, aspects: set[str]
    ) -> None:
        belief = Belief(mean=1, sd=2)
        first, *others = corporate()
        stage = evolve(first, reveals=dict.fromkeys(aspects, 0.5))
        job = Opportunity(
            name="Acme",
            stages=[stage, *others],
            beliefs=dict.fromkeys(aspects, belief),
        )
        decision = Decision(candidate=Candidate(), opportunity=job)
        inputs = list_inputs(decision)

        assert len({one.name for one in inputs}) == len(inputs)
        assert all(find_parameter(decision, one.name) == one for one in inputs[:20])

    def test_no_prior_is_forgotten(self) -> None:
        """
        Each bears on one of a few decisions, but for those that can only be one number.
        """
        names: set[str] = set()
        for who in Seniority:
            job = Opportunity(
                name="A",
                stages=[
                    *(Stage(kind=kind, meets=who) for kind in StageKind),
                    Stage(kind="panel", person="Ann"),
                ],
                field="nursing",
                beliefs={},
                signals=[
                    "worked_there_before",
                    NamedSign(sign="merger_talks", strength="mild"),
                    NamedSign(sign="layoff_news", strength="strong"),
                ],
                unresearched=True,
                via_recruiter=True,
                knows_someone=True,
            )
            someone = Candidate(
                priorities={"canteen": 1}, contacts=["Ann"], fields=["law"]
            )
            decision = Decision(candidate=someone, opportunity=job)
            names |= {one.name for one in list_inputs(decision)}
            offered = evolve(job, position=Position(phase="offered"))
            matched = evolve(job, mutual_fit=0.2)
            for other in (offered, matched):
                decision = Decision(candidate=someone, opportunity=other)
                names |= {one.name for one in list_inputs(decision)}
        fixed = {name for name, one in PRIORS.items() if one.low == one.high}
        elsewhere = {name for name in PRIORS if PARAMETERS[name].used_for != "decision"}

        elsewhere |= {
            name for name in PRIORS if PARAMETERS[name].range_rule is RangeRule.NONE
        }

        assert set(PRIORS) - names == fixed | elsewhere


class TestFindInput:
    def test_a_slip_of_the_pen_is_told_the_nearest(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"'pay\.mean'"):
            find_parameter(DECISION, "pay.maen")


class TestPut:
    def test_a_number_out_of_its_range_is_refused_by_its_field(self) -> None:
        chance = find_parameter(DECISION, "hr_screen.pass_rate")
        with pytest.raises(InvalidFieldError, match=r"hr_screen\.pass_rate"):
            substitute(DECISION, {chance: 60.0})

    def test_the_decision_itself_is_left_as_it_was(self) -> None:
        substitute(DECISION, {one: one.high for one in list_inputs(DECISION)})
        assert Decision(candidate=ME, opportunity=JOB) == DECISION


def test_an_assessment_is_told_where_its_decision_is() -> None:
    found = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

    with pytest.raises(InvalidFieldError) as told:
        list_inputs(found)  # type: ignore[arg-type]  # The very mistake.

    assert told.value.where == "list_inputs(decision)"
    assert told.value.remedy == "An assessment has it as assessment.decision."


def test_a_correlation_is_listed_where_it_bears_on_the_spread() -> None:
    job = Opportunity(name="Acme", stages=corporate())
    for pair in combinations(("pay", "manager", "growth", "commute"), 2):
        who = Candidate(priorities=dict.fromkeys({*vocabulary.ASPECTS} - {*pair}, 0.0))
        listed = {item.name for item in list_inputs(assess(who, job).decision)}
        for name in ("correlation.people", "correlation.pay"):
            low, high = (
                assess(who, job, assumptions=Assumptions(numbers={name: number})).sd
                for number in (0.0, 0.5)
            )
            assert (name in listed) == (low != high), (pair, name)
