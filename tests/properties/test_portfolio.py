"""What no plan for several processes may depend on, and what never improves it."""

import math
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import SearchStrategy

import strategies as fit
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Plan,
    Position,
    Search,
    Stage,
    Weights,
    assess,
    plan,
)
from interviewfit._competition.entries import compile_search
from interviewfit._portfolio.assessing_all import assess_all

FEW = settings(max_examples=settings().max_examples // 6)
# Nothing counts but the job, and the hours of both sides.
BARE = Weights(
    networking=0,
    practice=0,
    hidden_role=0,
    referral=0,
    bail=0,
    declining=0,
)


def unlinked(one: Opportunity, name: str) -> Opportunity:
    """By a name of its own, and with no news of a company or a field."""
    kept = [each for each in one.signals if not getattr(each, "about", "")]
    return evolve(one, name=name, company="", field="", signals=kept)


def independent(
    least: int = 1, most: int = 4, phases: SearchStrategy[Phase] = fit.UNDERWAY
) -> SearchStrategy[list[Opportunity]]:
    """Processes that have nothing to do with each other."""
    each = fit.opportunities(phases)
    return st.lists(each, min_size=least, max_size=most).map(
        lambda several: [
            unlinked(one, f"job {place}") for place, one in enumerate(several)
        ]
    )


def one_at_a_time(several: list[Opportunity]) -> list[Opportunity]:
    """Nobody is in the middle of two interviews: the later ones have not begun."""
    found, busy = [], False
    for one in several:
        midway = one.position.phase is Phase.MIDWAY
        waits = evolve(one, position=evolve(one.position, phase=Phase.BEFORE))
        found.append(waits if midway and busy else one)
        busy |= midway
    return found


def size(found: Plan) -> float:
    """Size of the numbers a plan is made of: what rounding is relative to."""
    every = (*found.ranked, *found.to_leave)
    parts = [abs(worth) for one in every for worth in one.terms.values()]
    return math.fsum([1.0, found.hours_per_percent * 100.0, abs(found.value), *parts])


def most(found: Plan) -> float:
    """What no plan can be worth more than; *value* is what can be had."""
    return found.value + found.guarantee.gap


def every_number(found: Plan) -> list[float]:
    """All but those that may be infinite: indices, the bar, and the gap."""
    numbers = [
        found.value,
        found.invitation_value,
        found.hours,
        found.days,
        found.hour_value,
    ]
    for one in (*found.ranked, *found.to_leave):
        numbers += [
            one.marginal_value,
            one.standalone_value,
            one.hours,
            one.days,
            one.practice_value,
        ]
        numbers += [one.accept_probability, one.start_probability, *one.terms.values()]
    for held in found.offers:
        numbers += [
            held.surplus_hours,
            held.accept_value,
            held.wait_value,
            held.decline_value,
        ]
    return numbers


class TestMore:
    @FEW
    @given(who=fit.candidates(), jobs=independent(least=2).map(one_at_a_time))
    def test_a_process_more_is_never_worse_than_leaving_it(
        self, who: Candidate, jobs: list[Opportunity]
    ) -> None:
        """
        Its exit is paid, or owed, even so. So of what can be had, *value*, and of the
        best there is, which is at most *most*.
        """
        found, before = plan(who, jobs), plan(who, jobs[:-1])
        (*_, entry) = compile_search(who, jobs, Assumptions())
        if not entry.is_running:
            assert found.value == pytest.approx(before.value, rel=1e-12)
            return
        left = entry.process.steps[0].exit

        assert found.value >= before.value + left - 1e-9 * size(found)
        assert most(found) >= most(before) + left - 1e-9 * size(found)

    @FEW
    @given(
        who=fit.candidates(),
        jobs=independent().map(one_at_a_time),
        better=st.floats(0.0, 30.0),
    )
    def test_a_better_fallback_never_makes_the_search_worth_more(
        self, who: Candidate, jobs: list[Opportunity], better: float
    ) -> None:
        happier = evolve(who, fallback=who.fallback + better)
        found = plan(who, jobs)

        assert plan(happier, jobs).value <= found.value + 1e-9 * size(found)

    @FEW
    @given(who=fit.candidates(), jobs=independent())
    def test_beside_others_nothing_is_worth_more_than_alone(
        self, who: Candidate, jobs: list[Opportunity]
    ) -> None:
        """Practice apart: what an interview teaches is of use for the others."""
        found = plan(evolve(who, weights=BARE), jobs)

        for one in (*found.ranked, *found.to_leave):
            assert one.marginal_value <= one.standalone_value + 1e-7 * size(found)

    @FEW
    @given(
        who=fit.candidates(),
        jobs=independent().map(one_at_a_time),
        hours=st.floats(0.0, 20.0),
    )
    def test_hours_that_are_short_never_make_it_worth_more(
        self, who: Candidate, jobs: list[Opportunity], hours: float
    ) -> None:
        free, short = plan(who, jobs), plan(who, jobs, budget=hours)

        assert short.value <= free.value + 1e-7 * size(free)
        assert most(short) <= most(free) + 1e-7 * size(free)
        assert short.hours <= max(hours, 0.0) + 1e-6
        assert short.hour_value >= 0.0


class TestNamesAndPlaces:
    @FEW
    @given(who=fit.candidates(), jobs=independent(least=2), chance=st.randoms())
    def test_order_changes_no_value(
        self, who: Candidate, jobs: list[Opportunity], chance: Random
    ) -> None:
        shuffled = list(jobs)
        chance.shuffle(shuffled)
        found, other = plan(who, jobs), plan(who, shuffled)
        near = 1e-9 * size(found)

        assert other.value == pytest.approx(found.value, abs=near)
        for job in jobs:
            one, same = found.process(job.name), other.process(job.name)
            assert same.index == pytest.approx(one.index, rel=1e-9, abs=1e-9)
            assert same.standalone_value == pytest.approx(
                one.standalone_value, abs=near
            )
            assert same.marginal_value == pytest.approx(
                one.marginal_value, abs=1e2 * near
            )

    @FEW
    @given(who=fit.candidates(), jobs=independent(), names=st.data())
    def test_names_change_nothing(
        self, who: Candidate, jobs: list[Opportunity], names: st.DataObject
    ) -> None:
        other = names.draw(
            st.lists(fit.NAMES, min_size=len(jobs), max_size=len(jobs), unique=True)
        )
        again = [evolve(one, name=name) for one, name in zip(jobs, other, strict=True)]
        found, renamed = plan(who, jobs), plan(who, again)

        assert renamed.value == found.value
        back = dict(zip(other, (one.name for one in jobs), strict=True))
        assert [evolve(one, name=back[one.name]) for one in renamed.ranked] == list(
            found.ranked
        )
        assert [evolve(one, name=back[one.name]) for one in renamed.to_leave] == list(
            found.to_leave
        )

    @FEW
    @given(who=fit.candidates(), jobs=independent(most=2))
    def test_twins_have_one_index(
        self, who: Candidate, jobs: list[Opportunity]
    ) -> None:
        """And one value beside the others; only their turn differs."""
        found = plan(who, [*jobs, evolve(jobs[0], name="twin")])
        one, twin = found.process(jobs[0].name), found.process("twin")

        assert twin.index == one.index
        assert twin.standalone_value == one.standalone_value
        assert twin.marginal_value == pytest.approx(
            one.marginal_value, abs=1e-7 * size(found)
        )
        assert twin.start_probability <= one.start_probability + 1e-9


class TestEveryPlan:
    @FEW
    @given(
        who=fit.candidates(),
        jobs=st.lists(
            fit.opportunities(), min_size=1, max_size=3, unique_by=lambda one: one.name
        ),
    )
    def test_leaves_nobody_out(self, who: Candidate, jobs: list[Opportunity]) -> None:
        """Shares add up to one, and what meets a dealbreaker is never gone on with."""
        found = plan(who, jobs)
        running = (*found.ranked, *found.to_leave)
        every = [one.name for one in running]
        every += [one.name for one in found.offers]
        banned = {one.name for one in jobs if one.tags & who.dealbreakers}

        assert sorted(every) == sorted(one.name for one in jobs)
        assert not banned & {one.name for one in found.ranked}
        assert all(
            one.action == "decline_offer" for one in found.offers if one.name in banned
        )
        shares = [one.accept_probability for one in running]
        assert math.fsum(shares) <= 1.0 + 1e-7
        assert all(map(math.isfinite, every_number(found)))
        assert found.guarantee.gap >= 0.0
        assert str(found)

    @FEW
    @given(who=fit.candidates(), jobs=independent(most=1))
    def test_of_one_process_is_worth_what_it_is_alone(
        self, who: Candidate, jobs: list[Opportunity]
    ) -> None:
        found = plan(who, jobs)
        (entry,) = compile_search(who, jobs, Assumptions())
        near = 1e-9 * size(found)
        if not entry.is_running:
            assert found.value == 0.0
            return
        # It may be looked up, or waited for, before its next step.
        alone = assess(who, jobs[0]).value
        (one,) = (*found.ranked, *found.to_leave)

        assert found.value == pytest.approx(alone, abs=near)
        assert one.standalone_value == pytest.approx(alone, abs=near)
        assert one.marginal_value == pytest.approx(alone, abs=1e2 * near)

    @FEW
    @given(
        means=st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=3),
        sd=st.sampled_from((0.0, 1e-9, 1.0, 1e3)),
        rate=st.sampled_from((0.0, 1e-9, 0.5, 1.0 - 1e-9, 1.0)),
        hours=st.sampled_from((0.0, 1e-9, 1.0, 1e3)),
        weight=st.sampled_from((0.0, 1e-6, 1.0, 20.0)),
        phase=fit.UNDERWAY,
    )
    def test_bears_extreme_numbers(
        self,
        means: list[float],
        sd: float,
        rate: float,
        hours: float,
        weight: float,
        phase: Phase,
    ) -> None:
        """No warning, which the test run makes an error, and no NaN."""
        stages = [Stage(kind="hr_screen", hours=hours, pass_rate=rate)] * 2
        jobs = [
            Opportunity(
                name=f"job {place}",
                stages=stages,
                beliefs={"pay": Belief(mean=mean, sd=sd)},
                position=Position(phase=phase),
            )
            for place, mean in enumerate((*means, means[0]))
        ]
        for candidate in (
            Candidate(),
            Candidate(weights=Weights(offer=weight)),
            Candidate(weights=Weights(time=weight, practice=weight)),
            Candidate(weights=Weights(practice=20.0), interviews_done=0),
        ):
            found = plan(candidate, jobs)
            assert all(map(math.isfinite, every_number(found)))
            assert not math.isnan(found.reservation_value)
            assert not math.isnan(found.guarantee.gap)
            assert not any(math.isnan(one.index) for one in found.ranked)
            assert "nan" not in str(found)


@settings(max_examples=5)
@given(fit.searches())
def test_every_row_of_a_plan_is_whole(search: Search) -> None:
    """Terms add up to what they are of, each row says what to do, no note is empty."""
    found = plan(search.candidate, search.opportunities)

    for held in found.offers:
        worth = math.fsum(held.terms.values())
        size = max(map(abs, held.terms.values()), default=0.0)
        assert abs(worth - held.marginal_value) <= 1e-9 * size
    for row in (*found.ranked, *found.to_leave):
        assert isinstance(row.action, Action)
    assert all(found.notes)


@FEW
@given(fit.searches())
def test_answers_for_all_are_each_beside_the_others(search: Search) -> None:
    jobs = search.opportunities

    answers = assess_all(search.candidate, jobs, Assumptions())

    for job, answer in zip(jobs, answers, strict=True):
        names = [other.name for other in answer.decision.beside]
        assert names == [other.name for other in jobs if other is not job]
