"""Plans for several processes: played out, added up, and at their edges."""

import json
import math
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
from attrs import evolve

import lattice_oracle
from cases import UNTAUGHT, jobs, offer
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Plan,
    Position,
    Sign,
    Stage,
    StageKind,
    Weights,
    assess,
    corporate,
    plan,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.arrays import FloatArray
from interviewfit._solver.solution import solve
from interviewfit._text.amounts import hours_of
from interviewfit.records import Certainty

IntArray: TypeAlias = npt.NDArray[np.int64]

CASEBOOK = Path(__file__).parents[1] / "data" / "casebook.json"
PLAYS = 60_000
# Whose interviews teach only for those that are listed.
BEGINNER = Candidate(interviews_done=0, interviews_ahead=0)


def entries_of(
    candidate: Candidate, several: list[Opportunity]
) -> tuple[CompiledProcess[float], ...]:
    return compile_search(candidate, several, Assumptions())


def played(
    entries: tuple[CompiledProcess[float], ...], plays: int, seed: int
) -> tuple[FloatArray, IntArray]:
    """What each play of the index policy brings, and whose offer is taken, -1 for none.

    The state of a process is its step and its mean; an index is the mean less the
    threshold. Nothing here knows of index policies.
    """
    rng = np.random.default_rng(seed)
    chains = [ChainParameters.of(one.process) for one in entries]
    bars = [solve(*chain.steps).thresholds[0] for chain in chains]
    step = np.zeros((len(chains), plays), dtype=np.int64)
    mean = np.array([[chain.mean] * plays for chain in chains])
    runs = np.ones((len(chains), plays), dtype=bool)
    best, whose = np.zeros(plays), np.full(plays, -1)
    gained, playing = np.zeros(plays), np.ones(plays, dtype=bool)
    while playing.any():
        indices = np.full((len(chains), plays), -np.inf)
        for i, bar in enumerate(bars):
            indices[i] = np.where(
                runs[i], mean[i] - bar[np.minimum(step[i], bar.size - 1)], -np.inf
            )
        highest = indices.argmax(axis=0)
        playing &= indices.max(axis=0) > best
        for i, chain in enumerate(chains):
            at = np.flatnonzero(playing & (highest == i))
            k = step[i, at]
            gained[at] += np.array(chain.reward)[k]
            passed = rng.random(at.size) < np.array(chain.survive)[k]
            news = np.array(chain.reveal)[k] * rng.standard_normal(at.size)
            mean[i, at] += np.array(chain.drift)[k] + news
            facts = zip(chain.steps[5::2], chain.steps[6::2], strict=True)
            for chances, sizes in facts:
                chance = np.array(chances)[k]
                holds = rng.random(at.size) < chance
                mean[i, at] += np.array(sizes)[k] * (holds - chance)
            step[i, at] += 1
            offered = passed & (step[i, at] == len(chain.reward))
            runs[i, at] = passed & ~offered
            better = at[offered & (mean[i, at] > best[at])]
            best[better], whose[better] = mean[i, better], i
    for i, chain in enumerate(chains):
        exits = np.array(chain.exit)[np.minimum(step[i], len(chain.exit) - 1)]
        gained += np.where(runs[i], exits, 0.0)
    return gained + best, whose


class TestPlayedOut:
    @pytest.mark.parametrize("seed", [3, 8])
    def test_ten_processes(self, seed: int) -> None:
        """
        The value and each share, within 4 standard errors of the index policy played.
        """
        several = jobs(10, seed)
        found = plan(UNTAUGHT, several)
        worth, whose = played(entries_of(UNTAUGHT, several), PLAYS, seed)

        error = float(worth.std()) / math.sqrt(PLAYS)
        assert abs(worth.mean() - found.value) < 4 * error
        for number, one in enumerate(several):
            share = float((whose == number).mean())
            expected = found.process(one.name).accept_probability
            spread = math.sqrt(max(expected * (1 - expected), 1 / PLAYS) / PLAYS)
            assert abs(share - expected) < 4 * spread + 1e-12

    def test_power(self) -> None:
        """A value off by 5 percent would be found out."""
        several = jobs(10, 3)
        worth, _ = played(entries_of(UNTAUGHT, several), PLAYS, 3)
        error = float(worth.std()) / math.sqrt(PLAYS)
        assert 4 * error < 0.05 * plan(UNTAUGHT, several).value


class TestAddedUp:
    @pytest.mark.parametrize("candidate", [UNTAUGHT])
    def test_terms_are_the_worth_and_that_is_the_marginal_value(
        self, candidate: Candidate
    ) -> None:
        several = jobs(8)
        found = plan(candidate, several)
        entries = entries_of(candidate, several)
        policy = SolvedProcesses.of(
            [ChainParameters.of(one.process) for one in entries]
        ).index_policy()

        # Between what can be had and what no plan can be worth more than.
        assert policy.value <= found.value + found.guarantee.gap + 1e-9
        if candidate is UNTAUGHT:
            assert found.value <= policy.value + 1e-9
        for one, marginal in zip(
            several, policy.marginal_values().tolist(), strict=True
        ):
            process = found.process(one.name)
            total = math.fsum(process.terms.values())
            assert process.marginal_value == pytest.approx(total, abs=1e-12)
            assert process.marginal_value == pytest.approx(marginal, abs=1e-7)
            assert process.marginal_value <= process.standalone_value + 1e-7

    def test_shares_hours_and_days(self) -> None:
        several = [
            evolve(one, stages=[evolve(stage, days=5.0) for stage in one.stages])
            for one in jobs(8)
        ]
        found = plan(UNTAUGHT, several)
        every = (*found.ranked, *found.to_leave)

        assert len(every) == 8
        assert 0.3 < sum(one.accept_probability for one in every) <= 1 + 1e-9
        assert all(
            one.accept_probability <= one.start_probability + 1e-9 for one in every
        )
        for each in (found, plan(UNTAUGHT, several, budget=found.hours / 2)):
            # A row has the hours of its value, of which rivals are averaged on a grid;
            # where hours are short it has exactly those of the order.
            rows, near = (*each.ranked, *each.to_leave), 1e-6 if each.budget else 1e-3
            assert each.hours == pytest.approx(sum(r.hours for r in rows), rel=near)
            assert each.days == pytest.approx(sum(r.days for r in rows), rel=near)
        assert found.weeks == found.days / 7
        assert f"in {found.weeks:,.1f} weeks" in str(found)
        assert found.ranked[0].start_probability == pytest.approx(1, abs=1e-9)
        indices = [one.index for one in found.ranked]
        assert indices == sorted(indices, reverse=True)
        assert found.reservation_value == pytest.approx(
            max(i for i in indices if i < math.inf)
        )

    def test_twins_are_told_apart_by_their_place(self) -> None:
        """The first is begun for sure, and what they lead to adds up."""
        first = jobs(1)[0]
        twins = [evolve(first, name=name) for name in ("a", "b", "c")]
        found = plan(UNTAUGHT, twins)

        assert [one.name for one in found.ranked] == ["a", "b", "c"]
        begun = [one.start_probability for one in found.ranked]
        assert begun[0] == pytest.approx(1)
        assert begun[0] > begun[1] > begun[2]
        worth, whose = played(entries_of(UNTAUGHT, twins), PLAYS, 1)
        for number, one in enumerate(found.ranked):
            error = math.sqrt(
                one.accept_probability * (1 - one.accept_probability) / PLAYS
            )
            assert (
                abs(float((whose == number).mean()) - one.accept_probability)
                < 4 * error
            )
        assert abs(worth.mean() - found.value) < 4 * worth.std() / math.sqrt(PLAYS)


class TestOffers:
    @pytest.mark.parametrize("mean", [-5.0, 2.0, 10.0, 40.0])
    def test_that_do_not_wait(self, mean: float) -> None:
        """Accept iff the offer and the exits are worth as much as all without it."""
        several = jobs(4)
        found = plan(UNTAUGHT, [*several, offer(mean, 0.0)])
        (held,) = found.offers
        entries = entries_of(UNTAUGHT, several)
        exits = sum(one.process.steps[0].exit for one in entries)
        without = plan(UNTAUGHT, several).value

        assert held.accept_value == pytest.approx(held.surplus_hours + exits)
        assert held.decline_value == pytest.approx(without)
        better = held.surplus_hours + exits >= without
        expected = Action.ACCEPT_OFFER if better else Action.DECLINE_OFFER
        assert held.action is expected
        assert found.value == pytest.approx(max(held.accept_value, held.decline_value))

    @pytest.mark.parametrize("mean", [2.0, 10.0, 25.0])
    def test_that_wait_for_nothing(self, mean: float) -> None:
        """If they wait for sure and asking is free, to wait is never worse."""
        several = jobs(4)
        numbers = Assumptions(numbers={"asking": 0.0})
        found = plan(UNTAUGHT, [*several, offer(mean, 1.0)], assumptions=numbers)
        (held,) = found.offers

        assert held.wait_value >= max(held.accept_value, held.decline_value) - 1e-9
        chains = [
            ChainParameters.of(one.process) for one in entries_of(UNTAUGHT, several)
        ]
        expected = (
            SolvedProcesses.of(chains).index_policy(max(0.0, held.surplus_hours)).value
        )
        assert held.wait_value == pytest.approx(expected, abs=1e-9)
        assert found.value == pytest.approx(expected, abs=1e-9)

    def test_below_the_fallback_are_let_go(self) -> None:
        found = plan(UNTAUGHT, [*jobs(3), offer(-30.0, 1.0)])

        assert found.offers[0].action is Action.DECLINE_OFFER
        assert found.value == pytest.approx(plan(UNTAUGHT, jobs(3)).value)

    def test_with_a_dealbreaker_are_let_go(self) -> None:
        picky = evolve(UNTAUGHT, dealbreakers=["arms"])
        bad = evolve(offer(60.0, 1.0), tags=["arms"])
        found = plan(picky, [*jobs(3), bad])

        assert found.offers[0].action is Action.DECLINE_OFFER
        assert found.offers[0].dealbreakers == ("arms",)
        assert "dealbreaker" in str(found)

    def test_only_offers(self) -> None:
        found = plan(UNTAUGHT, [offer(20.0, 1.0, "x"), offer(-20.0, 1.0, "y")])

        assert [one.action for one in found.offers] == [
            Action.ACCEPT_OFFER,
            Action.DECLINE_OFFER,
        ]
        assert found.value == found.offers[0].surplus_hours > 0
        assert found.ranked == found.to_leave == ()
        assert found.hours == 0
        assert "accept it now" in str(found)


class TestABudget:
    def test_an_instant_fits_any_budget(self) -> None:
        """No price of an hour is too high for it, and the search for one must end."""
        instant = Stage(kind="take_home", hours=1e-307, preparation=0.0)
        job = Opportunity(
            name="a", stages=[instant], hidden_role=1.0, signals=["other_openings"]
        )

        found = plan(Candidate(), [job], budget=0.0)

        assert found.hours <= 1e-6
        assert found.value > 0.0

    @pytest.mark.parametrize("budget", [0.5, 4.0, 8.0])
    def test_is_met(self, budget: float) -> None:
        several = jobs(3)
        free = plan(UNTAUGHT, several)
        short = plan(UNTAUGHT, several, budget=budget)

        assert free.hours > budget
        assert short.hour_value > 0
        assert short.hours <= budget + 1e-6
        assert short.value < free.value
        assert "are too few" in str(short)
        # A toss between two plans uses them up.
        assert short.hours == pytest.approx(budget, abs=1e-5)

    def test_an_hour_a_week_is_one_in_each_week(self) -> None:
        several = [
            evolve(one, stages=[evolve(stage, days=7.0) for stage in one.stages])
            for one in jobs(3)
        ]
        short = plan(UNTAUGHT, several, budget=4.0)

        assert short.weekly_hour_value == short.hour_value * short.weeks > 0
        assert short.weeks > 1.2
        hour, weekly = (
            hours_of(value) for value in (short.hour_value, short.weekly_hour_value)
        )
        assert f"add up to {hour} beyond its own price" in str(short)
        assert f"one more every week {weekly}" in str(short)
        assert "every week" not in str(plan(UNTAUGHT, jobs(3), budget=4.0))

    def test_hours_next_to_nothing_are_none(self) -> None:
        """No price of an hour is high enough to keep anybody from them."""
        stage = Stage(kind="panel", hours=1e-307, preparation=0, pass_rate=0.5)
        found = plan(UNTAUGHT, [Opportunity(name="Acme", stages=[stage])], budget=0)

        assert found.hour_value == 0.0
        assert found.hours < 1e-300

    def test_of_plenty_changes_nothing(self) -> None:
        several = jobs(8)
        free = plan(UNTAUGHT, several)
        plenty = plan(UNTAUGHT, several, budget=free.hours + 1)

        assert plenty.hour_value == 0
        assert plenty.value == free.value
        assert plenty.ranked == free.ranked
        assert "are enough" in str(plenty)

    def test_the_more_the_better(self) -> None:
        values = [
            plan(UNTAUGHT, jobs(3), budget=hours).value for hours in (1, 2, 4, 50)
        ]
        assert values == sorted(values)

    def test_the_price_is_the_slope(self) -> None:
        several = jobs(3)
        low, mid, high = (
            plan(UNTAUGHT, several, budget=hours) for hours in (3.99, 4.0, 4.01)
        )
        # Of all that could be had, which is what hours are priced by.
        slope = (high.value + high.guarantee.gap) - (low.value + low.guarantee.gap)
        slope /= 0.02
        assert mid.hour_value == pytest.approx(slope, rel=1e-3)


class TestTheGuarantee:
    def test_exact_where_nobody_walks_out(self) -> None:
        """Harm from leaving early is irrelevant if each stage is short and polite."""
        firm = [Stage(kind=StageKind.HR_SCREEN, hours=0.0)]
        several = [evolve(one, stages=firm) for one in jobs(5)]
        found = plan(UNTAUGHT, several)

        assert found.guarantee.certainty is Certainty.EXACT
        assert found.guarantee.gap == 0
        assert "No other order is better" in str(found)

    def test_bounded_by_practice(self) -> None:
        firm = [Stage(kind=StageKind.HR_SCREEN, hours=0.0)]
        several = [evolve(one, stages=firm) for one in jobs(5)]
        found = plan(BEGINNER, several)

        assert found.guarantee.certainty is Certainty.BOUNDED
        assert found.guarantee.gap > 0
        assert any("Practice" in reason for reason in found.guarantee.reasons)

    def test_heuristic_where_two_share_a_company(self) -> None:
        several = [evolve(one, company="Acme") for one in jobs(2)]
        found = plan(UNTAUGHT, several)

        assert found.guarantee.certainty is Certainty.HEURISTIC
        assert found.guarantee.gap == math.inf
        assert "Acme" in found.guarantee.reasons[0]

    def test_one_process_is_always_exact(self) -> None:
        assert plan(Candidate(), jobs(1)).guarantee.certainty is Certainty.EXACT

    @pytest.mark.parametrize(
        ("more", "reason"),
        [({"slots": 2}, "Only 2 processes can"), ({"recall": False}, "may not wait")],
    )
    def test_bounded_by_what_does_not_wait(
        self, more: dict[str, Any], reason: str
    ) -> None:
        several = jobs(5)
        found = plan(UNTAUGHT, several, **more)

        assert found.guarantee.certainty is Certainty.BOUNDED
        assert any(reason in one for one in found.guarantee.reasons)
        assert 0 < found.guarantee.gap < found.value
        waiting = plan(UNTAUGHT, several)
        assert [row.name for row in found.ranked] == [
            row.name for row in waiting.ranked
        ]
        assert [row.terms for row in found.ranked] == [
            row.terms for row in waiting.ranked
        ]
        # Who accepts an offer at once goes to fewer interviews.
        assert found.hours < waiting.hours

    def test_slots_for_all_are_no_bound(self) -> None:
        several = jobs(5)
        assert plan(UNTAUGHT, several, slots=5) == plan(UNTAUGHT, several)


class TestPracticeFirst:
    def several(self) -> list[Opportunity]:
        cases = json.loads(CASEBOOK.read_text(encoding="utf-8"))
        (case,) = (one for one in cases if one["id"] == "W04")
        assert case["candidate"] == {"interviews_done": 0.0}
        assert case["opportunity"]["signals"] == ["thin_job_description"]
        dull = Opportunity(
            name="job", stages=corporate(), signals=[Sign.THIN_JOB_DESCRIPTION]
        )
        dream = Opportunity(
            name="dream",
            stages=corporate(),
            beliefs={"role": Belief(mean=10, sd=6), "pay": Belief(mean=8, sd=5)},
        )
        return [dream, dull]

    def test_a_so_so_opening_goes_first(self) -> None:
        found = plan(
            BEGINNER,
            self.several(),
            assumptions=Assumptions(numbers={"practice_gain": 0.4}),
        )

        assert found.practice_first == ("job",)
        assert [one.name for one in found.ranked] == ["job", "dream"]
        assert found.process("job").index < found.process("dream").index
        assert found.process("job").practice_value > 0
        assert "Do this one first, for practice" in str(found)

    def test_even_a_hopeless_opening_may_go_first(self) -> None:
        """Were it not for what it teaches one would leave it; so it is taken."""
        dream, dull = self.several()
        hopeless = evolve(dull, beliefs={"role": Belief(mean=-200, sd=1)})
        found = plan(
            BEGINNER,
            [dream, hopeless],
            assumptions=Assumptions(numbers={"practice_gain": 1.0}),
        )

        assert found.practice_first == ("job",)
        first = found.ranked[0]
        assert (first.name, first.action) == ("job", Action.TAKE)
        assert first.index < 0
        alone = plan(BEGINNER, [hopeless])
        assert [one.action for one in alone.to_leave] == [Action.DECLINE]

    def test_two_that_teach_each_other_have_a_bounded_plan(self) -> None:
        found = plan(BEGINNER, self.several())

        assert found.guarantee.certainty is Certainty.BOUNDED
        assert 10 < found.guarantee.gap < 0.3 * found.value

    def test_either_order_is_the_same(self) -> None:
        who = BEGINNER
        found, other = plan(who, self.several()), plan(who, self.several()[::-1])

        assert other.value == pytest.approx(found.value, rel=1e-12)
        assert other.practice_first == found.practice_first == ("job",)

    @pytest.mark.parametrize("done", [0.0, 3.0])
    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_the_bounds_hold_for_two(self, number: int, done: float) -> None:
        """Against bounds of the best plan there is.

        They are those of a dynamic program over both means and all that was learned, on
        a lattice of means, which is no part of the package.
        """
        pair = (self.several(), jobs(2), jobs(3, 5)[1:])[number]
        least, most = lattice_oracle.bounds(pair, done, 80.0)

        found = plan(Candidate(interviews_done=done, interviews_ahead=0), pair)

        assert found.value <= most
        assert found.value + found.guarantee.gap >= least
        assert found.value >= 0.9 * least

    def test_not_where_nothing_is_learned(self) -> None:
        found = plan(
            BEGINNER,
            self.several(),
            assumptions=Assumptions(numbers={"practice_gain": 0.0}),
        )

        assert found.practice_first == ()
        assert found.ranked[0].name == "dream"
        assert all(one.practice_value == 0 for one in found.ranked)

    def test_not_where_practice_does_not_count(self) -> None:
        found = plan(
            Candidate(interviews_done=0, weights=Weights(practice=0)),
            self.several(),
            assumptions=Assumptions(numbers={"practice_gain": 0.4}),
        )
        assert found.practice_first == ()

    def test_next_to_no_practice_is_none(self) -> None:
        """A lesson that rounds to nothing is not divided by."""
        weights = Weights(practice=1e-30)
        found = plan(
            Candidate(interviews_done=0, interviews_ahead=0, weights=weights),
            self.several(),
        )
        assert found.practice_first == ()
        assert all(one.practice_value < 1e-12 for one in found.ranked)


class TestBadArguments:
    @pytest.mark.parametrize(
        ("more", "where"),
        [
            ({"candidate": "me"}, "plan(candidate)"),
            ({"opportunities": []}, "plan(opportunities)"),
            ({"opportunities": "Acme"}, "plan(opportunities)"),
            ({"opportunities": None}, "plan(opportunities)"),
            ({"opportunities": ["Acme"]}, "plan(opportunities)"),
            ({"opportunities": jobs(1) * 2}, "plan(opportunities)"),
            ({"budget": -1.0}, "plan(budget)"),
            ({"budget": math.nan}, "plan(budget)"),
            ({"budget": math.inf}, "plan(budget)"),
            ({"budget": "ten"}, "plan(budget)"),
            ({"slots": 0}, "plan(slots)"),
            ({"slots": 1.5}, "plan(slots)"),
        ],
    )
    def test_are_named(self, more: dict[str, Any], where: str) -> None:
        given: dict[str, Any] = {
            "candidate": Candidate(),
            "opportunities": jobs(1),
            **more,
        }
        with pytest.raises(InvalidFieldError) as caught:
            plan(given.pop("candidate"), given.pop("opportunities"), **given)
        assert where in str(caught.value)


class TestNothingToDo:
    def test_all_meet_a_dealbreaker(self) -> None:
        picky = Candidate(dealbreakers=["arms"])
        found = plan(picky, [evolve(one, tags=["arms"]) for one in jobs(3)])

        self.check(found)
        assert all(one.dealbreakers == ("arms",) for one in found.to_leave)
        assert "arms" in str(found)

    def test_what_is_left_in_mid_interview_is_finished_where_that_is_better(
        self,
    ) -> None:
        """Its hours are of what it says to do; its worth leaves the dealbreaker out."""
        who = evolve(UNTAUGHT, dealbreakers={"night shifts"})
        begun = Opportunity(
            name="begun",
            stages=corporate(),
            knows_someone=True,
            position=Position(phase=Phase.MIDWAY),
            tags={"night shifts"},
        )
        (entry,) = compile_search(who, [begun], Assumptions())
        here, after = entry.process.steps[:2]
        (found,) = plan(who, [begun]).to_leave

        assert found.action is Action.FINISH_POLITELY
        assert found.marginal_value == pytest.approx(assess(who, begun).value)
        assert here.reward + here.survive * after.exit > here.exit
        assert after.exit != 0.0
        assert here.survive != after.survive
        assert found.hours == here.hours > 0.0

    def test_an_offer_is_accepted_once_the_interview_under_way_is_finished(
        self,
    ) -> None:
        begun = Opportunity(
            name="begun",
            stages=corporate(),
            beliefs={"role": Belief(mean=-60.0, sd=1.0)},
            position=Position(phase=Phase.MIDWAY),
        )
        found = plan(UNTAUGHT, [begun, offer(40.0, 1.0)])
        (held,), (left,) = found.offers, found.to_leave

        assert held.action is Action.ACCEPT_OFFER
        assert held.accept_value == pytest.approx(
            held.surplus_hours + left.marginal_value, rel=1e-12
        )

    def test_all_rejected(self) -> None:
        over = Position(phase=Phase.REJECTED)
        found = plan(Candidate(), [evolve(one, position=over) for one in jobs(3)])

        self.check(found)
        assert all(one.action is Action.MOVE_ON for one in found.to_leave)

    def test_all_hopeless(self) -> None:
        rich = Candidate(fallback=400.0, weights=Weights(practice=0, networking=0))
        found = plan(rich, jobs(3))

        self.check(found)
        assert all(one.accept_probability < 1e-9 for one in found.to_leave)

    def check(self, found: Plan) -> None:
        assert found.ranked == ()
        assert found.offers == ()
        assert [one.name for one in found.to_leave] == ["job 0", "job 1", "job 2"]
        assert found.hours == 0
        assert found.practice_first == ()
        assert "none of 3" in str(found)
        assert "Not worth more of your time: job 0" in str(found)
        with pytest.raises(KeyError):
            found.process("job 9")


class TestInWords:
    @pytest.mark.parametrize("budget", [None, 5.0])
    def test_ten_processes_fit_one_screen(self, budget: float | None) -> None:
        several = [*jobs(8), offer(5.0, 0.5), offer(8.0, 0.5, "too")]
        found = plan(Candidate(), several, budget=budget)

        assert len(str(found).splitlines()) <= 24

    def test_many_processes_fit_one_screen(self) -> None:
        assert len(str(plan(Candidate(), jobs(40))).splitlines()) <= 24


@pytest.mark.parametrize("slots", [None, 1, 2])
def test_an_hour_more_than_an_offer_leaves_is_worth_its_share_of_all(
    slots: int | None,
) -> None:
    """With the same slots, whose plan without a budget is worth so much more."""
    offer = Opportunity(
        name="O",
        stages=corporate(),
        position=Position(phase="offered"),
        beliefs={"pay": Belief(mean=6, sd=0)},
        stays_open=0,
        questions_asked=True,
    )
    stages = [
        Stage(kind="panel", hours=5, pass_rate=0.5),
        Stage(kind="executive", hours=5, pass_rate=0.5),
    ]
    jobs = [
        Opportunity(
            name=f"J{number}", stages=stages, beliefs={"role": Belief(mean=14, sd=5)}
        )
        for number in range(3)
    ]
    few = plan(Candidate(), [offer, *jobs], budget=1, slots=slots)
    free = plan(Candidate(), [offer, *jobs], slots=slots)
    most = plan(Candidate(), [offer, *jobs]).hours

    assert few.offers[0].action is Action.ACCEPT_OFFER
    assert few.hour_value == pytest.approx((free.value - few.value) / (most - 1.0))
