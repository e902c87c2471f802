"""Offers on the table, weighed by hand against anything that runs beside them."""

from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
import pytest
from attrs import evolve

from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Reading,
    Stage,
    Weights,
    assess,
    plan,
    simulate,
)
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.offers import Holding, OfferAnswers
from interviewfit._competition.standings import OfferStanding, standings_of
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric.arrays import FloatColumn
from interviewfit.records import Either

USUAL = Assumptions()
ME = Candidate(weights=Weights(time=2))


def rest(alternative: float) -> float:
    """What all that runs is worth beside a sure alternative: a toss for 100 h."""
    return 0.5 * max(100.0, alternative) + 0.5 * alternative


def offered(pay: float, waits: float | None = None, name: str = "Acme") -> Opportunity:
    """An offer of which all is known: 36 h for each percent of pay."""
    beliefs = {one: Belief(mean=0, sd=0) for one in ASPECTS}
    beliefs["pay"] = Belief(mean=pay, sd=0)
    return Opportunity(
        name=name,
        stages=[Stage(kind="panel")],
        beliefs=beliefs,
        position=Position(phase="offered"),
        stays_open=waits,
    )


def entries(
    *several: Opportunity, who: Candidate = ME
) -> tuple[CompiledProcess[float], ...]:
    return compile_search(who, several, USUAL)


def decide(
    offers: tuple[CompiledProcess[float], ...],
    exits: float,
    search_value: Callable[[float], float],
    numbers: Assumptions,
) -> tuple[Sequence[OfferStanding], float]:
    """How each stands, and what all are worth, beside anything that runs."""

    def value(held: Holding) -> FloatColumn:
        means = [offers[offer].process.mean_hours for offer in held]
        return np.array([search_value(max([0.0, *means]))])

    asking = numbers["asking"]
    answers = OfferAnswers(
        offers, np.array([exits]), value, lambda *_: np.zeros(1), asking, asking, 1
    )
    return standings_of(answers), float(answers.value[0])


def one_of(
    pay: float, waits: float | None, exits: float = -3.0
) -> tuple[OfferStanding, float]:
    (held,), worth = decide(entries(offered(pay, waits)), exits, rest, USUAL)
    return held, worth


class TestEqualOnes:
    @pytest.mark.parametrize("count", [2, 3])
    @pytest.mark.parametrize("waits", [0.0, 0.9])
    @pytest.mark.parametrize("pay", [2.0, 3.0, 10.0])
    def test_the_first_is_answered_first(
        self, count: int, waits: float, pay: float
    ) -> None:
        """What is just as good waits until it is known how the first comes out."""
        several = [offered(pay, waits, name=name) for name in "ABC"[:count]]

        held, _ = decide(entries(*several), -3.0, rest, USUAL)

        first = Action.POSTPONE if waits else Action.ACCEPT_OFFER
        assert (held[0].action, held[0].after) == (first, "")
        for standing in held[1:]:
            assert (standing.action, standing.after) == (Action.POSTPONE, "A")


class TestOne:
    @pytest.mark.parametrize(
        ("pay", "waits", "action", "worth"),
        [
            # 36 h: the toss is 50 h, and 68 h with it in hand; less .2 h to ask.
            (1.0, 1.0, Action.POSTPONE, 67.8),
            (1.0, 0.5, Action.POSTPONE, 0.5 * 68 + 0.5 * 50 - 0.2),
            (1.0, None, Action.POSTPONE, 0.8 * 68 + 0.2 * 50 - 0.2),
            (1.0, 0.0, Action.DECLINE_OFFER, 50.0),
            # 57.6 h, less 3 h for leaving all else.
            (1.6, 0.0, Action.ACCEPT_OFFER, 54.6),
            (-1.0, 1.0, Action.DECLINE_OFFER, 50.0),
            # 72 h, or 86 if it waits.
            (2.0, 0.9, Action.POSTPONE, 0.9 * 86 + 0.1 * 50 - 0.2),
            (10.0, 0.9, Action.ACCEPT_OFFER, 357.0),
        ],
    )
    def test_is_what_is_best_for_it(
        self, pay: float, waits: float | None, action: Action, worth: float
    ) -> None:
        held, found = one_of(pay, waits)

        assert held.action is action
        assert found == pytest.approx(worth)
        assert held.values[Action.ACCEPT_OFFER] == pytest.approx(
            max(36 * pay - 3, 50.0 + min(36 * pay - 53, 0.0))
        )
        assert held.value_without == 50.0

    def test_a_small_surplus_is_one(self) -> None:
        """A third of an hour: in hand it is worth half of that more."""
        held, _ = one_of(0.01, 1.0)

        assert held.values[Action.POSTPONE] == pytest.approx(50.18 - 0.2)

    def test_below_nothing_it_is_not_kept_in_hand(self) -> None:
        held, _ = one_of(-1.0, 1.0)

        assert held.values[Action.POSTPONE] == pytest.approx(50.0 - 0.2)

    def test_of_equal_ones_it_is_accepted(self) -> None:
        """Nothing that was told speaks against it."""
        (held,), worth = decide(
            entries(offered(0.0)),
            0.0,
            lambda _: 0.0,
            Assumptions(numbers={"asking": 0}),
        )

        assert (held.action, worth) == (Action.ACCEPT_OFFER, 0.0)

    def test_that_meets_a_dealbreaker_is_let_go_and_still_weighed(self) -> None:
        strict = evolve(ME, dealbreakers=["arms"])
        job = evolve(offered(10.0), tags=["arms"])

        (held,) = plan(strict, [job]).offers

        assert held.action is Action.DECLINE_OFFER
        assert held.dealbreakers == ("arms",)
        assert held.accept_value == pytest.approx(360)
        assert plan(strict, [job]).value == 0.0


class TestNewsPending:
    """A firm in merger talks: only waiting tells how they end."""

    @pytest.mark.parametrize("sign", ["merger_talks", "executive_departure"])
    @pytest.mark.parametrize("pay", [-5.0, 0.0, 8.0, 20.0])
    def test_a_plan_waits_as_an_assessment_does(self, sign: str, pay: float) -> None:
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="panel")],
            beliefs={"pay": Belief(mean=pay, sd=2)},
            signals=[sign],
            position=Position(phase="offered"),
        )
        answer, search = assess(ME, job), plan(ME, [job])

        assert search.offers[0].action is answer.action
        assert search.value == pytest.approx(answer.value, abs=1e-9)
        simulated = simulate(search, 20_000)
        assert simulated.expected == pytest.approx(search.value, abs=1e-9)
        noise = 5 * simulated.value.error
        assert simulated.value.mean == pytest.approx(search.value, abs=noise)

    def test_the_news_is_weighed_against_the_others(self) -> None:
        """36 h for a percent, sd 10 %; accepting gives up 50 h and 3 h for leaving."""
        news = Reading(aspect="stability", value=0, noise=1, unsettled=10)
        job = evolve(offered(1.0, 0.9), signals=[news])
        (entry,) = entries(job)
        waiting = NormalDist(36.0 - 53.0, 36.0 * entry.process.unsettled)
        spread = waiting.mean / waiting.stdev
        density, below = NormalDist().pdf(spread), NormalDist().cdf(spread)
        gain = waiting.mean * below + waiting.stdev * density

        (held,), worth = decide((entry,), -3.0, rest, USUAL)

        assert held.action is Action.POSTPONE
        assert worth == pytest.approx(50.0 + 0.9 * gain - 0.2)


class TestAskedAboutBoth:
    def test_the_best_is_asked_about_too_if_asking_makes_it_the_best(self) -> None:
        """It is no good advice to let wait what is worth most once asked about."""
        fact = Either(
            aspect="commute", chance=0.5, if_so=5, if_not=-40, told_by=0, note="remote"
        )
        jobs = [
            Opportunity(
                name=name,
                stages=[Stage(kind="panel")],
                signals=signals,
                beliefs={"pay": Belief(mean=pay, sd=1)},
                position=Position(phase="offered"),
            )
            for name, pay, signals in (("open", 20, [fact]), ("told", 12, []))
        ]

        search = plan(Candidate(), jobs)

        # The one that is known waits until it is known what the other is.
        actions = {offer.name: offer.action for offer in search.offers}
        assert actions == {"open": Action.ASK_FIRST, "told": Action.POSTPONE}
        assert search.value == search.offers[0].ask_value
        assert search.offers[1].wait_value == search.value
        outcomes = simulate(search, 40_000)
        assert outcomes.expected == pytest.approx(search.value)
        gap = abs(outcomes.value.mean - search.value)
        assert gap < 4 * outcomes.value.error
        assert str(search).startswith("Plan: answer the offers; the search is worth")


class TestSeveral:
    @pytest.mark.parametrize("turned", [False, True])
    def test_the_best_is_kept_and_the_others_let_go_for_it(
        self, *, turned: bool
    ) -> None:
        """Whichever comes first: 36 h in hand while it waits, or 75 h now."""
        several = [offered(1.0, 1.0, "small"), offered(2.1, 0.0, "large")]
        several = several[::-1] if turned else several

        found, worth = decide(entries(*several), -0.6, rest, USUAL)

        assert worth == pytest.approx(75.0)
        held = {one.entry.opportunity.name: one for one in found}
        assert held["large"].action is Action.ACCEPT_OFFER
        assert held["large"].value_without == pytest.approx(67.8)
        assert held["small"].action is Action.DECLINE_OFFER
        assert held["small"].value_without == pytest.approx(75.0)

    def test_one_that_waits_may_be_the_best(self) -> None:
        """The other is kept for the case that it does not wait."""
        several = [offered(1.6, 0.0, "now"), offered(1.0, 0.9, "waits")]

        found, worth = decide(entries(*several), -3.0, rest, USUAL)

        # 54.6 h for the one that does not wait, if the other does not either.
        assert worth == pytest.approx(0.9 * 68.0 + 0.1 * 54.6 - 0.2)
        assert [one.action for one in found] == [Action.POSTPONE, Action.POSTPONE]
        assert found[0].values[Action.POSTPONE] == pytest.approx(worth)

    def test_asking_both_in_turn_by_hand(self) -> None:
        """Two equal offers: the second is asked if the first lapses."""
        several = [offered(1.0, 0.5, "a"), offered(1.0, 0.5, "b")]

        found, worth = decide(entries(*several), -3.0, rest, USUAL)

        second = 0.5 * 68.0 + 0.5 * 50.0 - 0.2
        assert worth == pytest.approx(0.5 * 68.0 + 0.5 * second - 0.2)
        assert {one.action for one in found} == {Action.POSTPONE}

    def test_none_is_kept_if_none_is_worth_it(self) -> None:
        several = [offered(-1.0, 1.0, "a"), offered(-2.0, 0.0, "b")]

        found, worth = decide(entries(*several), -3.0, rest, USUAL)

        assert worth == 50.0
        assert {one.action for one in found} == {Action.DECLINE_OFFER}
        assert [one.value_without for one in found] == [50.0, 50.0]

    def test_there_may_be_none(self) -> None:
        assert decide((), -3.0, rest, USUAL) == ([], 50.0)

    def test_two_offers_beside_a_last_stage(self) -> None:
        """Asking the better one to wait, then the other if it lapses."""
        small = Opportunity(
            name="small",
            stages=[Stage(kind="executive")],
            beliefs={"pay": Belief(mean=10, sd=8)},
        )
        jobs = [
            Opportunity(
                name=name,
                stages=[Stage(kind="panel")],
                beliefs={"pay": Belief(mean=pay, sd=0)},
                position=Position(phase="offered"),
                stays_open=0.8,
                questions_asked=True,
            )
            for name, pay in (("a", 8.0), ("b", 7.8))
        ]
        search = plan(Candidate(), [*jobs, small])

        assert search.value > max(plan(Candidate(), [job, small]).value for job in jobs)
        outcomes = simulate(search, 100_000)
        assert outcomes.expected == pytest.approx(search.value)
        gap = abs(outcomes.value.mean - search.value)
        assert gap < 4 * outcomes.value.error
