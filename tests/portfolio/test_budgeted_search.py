"""
Running processes against a sure alternative: what is shown of each, and who walks out.
"""

from math import inf
from typing import Any, cast

import pytest
from attrs import evolve

from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Term,
    Weights,
    corporate,
    plan,
)
from interviewfit._competition.budgeted_search import BudgetedSearch
from interviewfit._competition.entries import compile_search
from interviewfit._competition.value_bounds import tolerance

UNTAUGHT = Candidate(weights=Weights(practice=0))
SCREEN = Stage(kind="hr_screen", hours=0)
# So long that one may well walk out of it.
LONG = Stage(kind="panel", hours=40)


def job(name: str, *stages: Stage, **more: Any) -> Opportunity:
    given = {"beliefs": {"role": Belief(mean=12, sd=6)}, **more}
    return Opportunity(name=name, stages=stages or corporate(), **given)


def searched(
    *several: Opportunity, base: float = 0.0, price: float = 0.0
) -> BudgetedSearch:
    return BudgetedSearch.of(
        compile_search(UNTAUGHT, several, Assumptions()), base, price
    )


class TestWords:
    def test_hours_are_percent_of_pay(self) -> None:
        found, search = plan(UNTAUGHT, [job("Acme")]), searched(job("Acme"))

        assert found.hours_per_percent == 36.0
        assert found.ranked[0].index == search.policy.indices[0] / 36.0
        assert found.reservation_value == search.stopping_value / 36.0

    @pytest.mark.parametrize(("time", "index"), [(1.0, -inf), (0.0, inf)])
    def test_without_weight_on_the_offer_only_a_sign_is_left(
        self, time: float, index: float
    ) -> None:
        """Any offer may be accepted; what costs nothing and teaches is gone on with."""
        who = Candidate(weights=Weights(offer=0, time=time))

        found = plan(who, [job("Acme")])

        assert found.reservation_value == -inf
        assert found.process("Acme").index == index

    @pytest.mark.parametrize(
        ("worth", "off"), [(0.0, 0.1), (50.0, 0.1), (1000.0, 1.0), (-2000.0, 2.0)]
    )
    def test_exact_is_to_a_tenth_of_an_hour_or_a_thousandth(
        self, worth: float, off: float
    ) -> None:
        assert tolerance(worth) == pytest.approx(off)


class TestWalkingOut:
    def test_comes_up_where_an_interview_is_long(self) -> None:
        good = job("Acme", LONG, LONG, beliefs={"role": Belief(mean=40, sd=9)})

        assert searched(good, job("Bolt", SCREEN)).may_walk_out
        assert searched(job("Bolt", SCREEN), good).may_walk_out

    def test_does_not_where_none_is(self) -> None:
        found = searched(job("Acme", SCREEN), job("Bolt", SCREEN))

        assert not found.may_walk_out
        assert found.best_feasible is found

    def test_does_not_where_there_is_nothing_else(self) -> None:
        """Alone, an interview is decided on by itself."""
        assert not searched(job("Acme", LONG, LONG)).may_walk_out

    def test_does_not_of_what_is_not_begun(self) -> None:
        """Whatever lies in it, an index below the offer in hand is left alone."""
        two = (job("Acme", LONG, LONG), job("Bolt", SCREEN))
        index = float(searched(*two).policy.indices[0])

        assert searched(*two, base=index - 1.0).may_walk_out
        assert not searched(*two, base=index + 1.0).may_walk_out

    def test_who_never_does_may_do_worse_and_not_better(self) -> None:
        two = searched(job("Acme", LONG, LONG), job("Bolt", LONG))

        assert two.best_feasible is not two
        assert two.best_feasible.value < two.value
        assert not two.best_feasible.may_walk_out
        assert two.best_feasible.price == two.price

    def test_what_is_sure_is_what_can_be_kept_to(self) -> None:
        """To finish all, or one after another: no more than were interviews to wait."""
        day = Stage(kind="panel", hours=30)
        two = searched(job("Acme", day, day), job("Bolt", day))
        sure = two.kept_value(waits=True)

        assert two.kept_value(waits=False) <= sure < two.policy.value
        assert two.best_feasible.policy.value <= sure
        assert sure in (
            two.kept_value(waits=False),
            two.best_feasible.policy.value,
        )

    def test_where_none_waits_they_come_in_turn(self) -> None:
        two = searched(job("Acme"), job("Bolt"))

        assert two.kept_value(waits=True) == two.value
        assert two.kept_value(waits=False) == two.in_turn[0] < two.value


class TestAPrice:
    def test_is_added_to_every_hour_and_given_back_in_the_value(self) -> None:
        two = [job("Acme"), job("Bolt", SCREEN)]
        dear = evolve(UNTAUGHT, weights=Weights(practice=0, time=1.5))

        priced = searched(*two, price=0.5)
        own = BudgetedSearch.of(compile_search(dear, two, Assumptions()), 0.0, 0.0)

        assert priced.policy.value == pytest.approx(own.policy.value)
        assert priced.hours == pytest.approx(own.hours)
        assert priced.hours > 1.0
        assert priced.value == pytest.approx(own.value + 0.5 * own.hours)

    def test_none_may_be_taken_from_what_is_solved(self) -> None:
        entries = compile_search(UNTAUGHT, [job("Acme"), job("Bolt")], Assumptions())
        plain = BudgetedSearch.of(entries, 0.0, 0.0)

        again = BudgetedSearch.of(entries, 5.0, 0.0, plain.solved)
        dear = BudgetedSearch.of(entries, 5.0, 1.0, plain.solved)

        assert again.solved is plain.solved
        assert again.policy.outside_option == 5.0
        assert dear.solved is not plain.solved
        assert dear.hours < again.hours

    @pytest.mark.parametrize("budget", [0.25, 1.0, 3.0])
    def test_is_as_low_as_the_budget_allows(self, budget: float) -> None:
        entries = compile_search(UNTAUGHT, [job("Acme"), job("Bolt")], Assumptions())

        found = BudgetedSearch.with_budget(entries, 0.0, budget)

        assert found.price > 0.0
        assert found.hours <= budget + 1e-9
        less = BudgetedSearch.of(entries, 0.0, found.price * 0.999)
        assert less.hours > budget

    def test_is_found_in_few_looks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whether the hours fall slowly with it, or jump at one price."""
        looks: list[float] = []
        look = BudgetedSearch.of.__func__  # type: ignore[attr-defined]  # the plain function

        def counted(
            kind: type[BudgetedSearch],
            running: object,
            base: float,
            price: float,
            *one: Any,
        ) -> BudgetedSearch:
            looks.append(price)
            return cast(BudgetedSearch, look(kind, running, base, price, *one))

        monkeypatch.setattr(BudgetedSearch, "of", classmethod(counted))
        entries = compile_search(UNTAUGHT, [job("Acme"), job("Bolt")], Assumptions())

        for budget in (8.0, 3.0):
            looks.clear()
            found = BudgetedSearch.with_budget(entries, 0.0, budget)
            assert found.price in looks
            assert len(looks) <= 30

    def test_of_enough_hours_is_none(self) -> None:
        entries = compile_search(UNTAUGHT, [job("Acme"), job("Bolt")], Assumptions())
        free = BudgetedSearch.with_budget(entries, 0.0, None)

        assert free.price == 0.0
        assert BudgetedSearch.with_budget(entries, 0.0, free.hours).price == 0.0


class TestProspects:
    def test_twins_add_as_much_whoever_is_begun_first(self) -> None:
        """The harm of declining those that are never begun included."""
        who = evolve(UNTAUGHT, weights=Weights(practice=0, declining=0.5))
        short = Stage(kind="hr_screen", hours=4, pass_rate=0.7)
        several = [
            job(name, short, via_recruiter=True) for name in ("Acme", "Bolt", "Cask")
        ]

        first, second, third = plan(who, several).ranked

        assert (
            first.start_probability > second.start_probability > third.start_probability
        )
        assert third.terms[Term.DECLINING] < -0.01
        for one in (second, third):
            assert one.marginal_value == pytest.approx(first.marginal_value, rel=1e-9)


class TestTheBar:
    def test_is_the_highest_index_or_the_offer_in_hand(self) -> None:
        found = searched(job("Acme"), job("Bolt", SCREEN))

        assert found.stopping_value == max(found.policy.indices)
        assert searched(job("Acme"), base=1e6).stopping_value == 1e6


@pytest.mark.parametrize("is_first", [True, False])
def test_of_interviews_under_way_the_lower_index_is_left_first(is_first: bool) -> None:
    """Whatever their order in the search; leaving the other one would be worth less."""
    midway = Position(phase="midway")
    good = job("Acme", LONG, LONG, position=midway)
    poor = job(
        "Bolt", LONG, LONG, beliefs={"role": Belief(mean=4, sd=6)}, position=midway
    )
    found = searched(*((good, poor) if is_first else (poor, good)))

    finished, without_poor = found.feasible_variants[:2]
    row = 0 if is_first else 1
    without_good = finished._replace({row: found.chains[row].exit_now()})

    assert found.policy.indices[row] > found.policy.indices[1 - row]
    assert without_poor.policy.value > without_good.policy.value
