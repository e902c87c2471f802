"""Offers on the table, weighed by hand against anything that runs beside them."""

from statistics import NormalDist

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
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._portfolio.planning import decide_offers
from interviewfit._results.plan import HeldOffer
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


def one_of(
    pay: float, waits: float | None, exits: float = -3.0
) -> tuple[HeldOffer, HeldOffer | None, float]:
    (held,), best, worth = decide_offers(
        entries(offered(pay, waits)), exits, rest, USUAL
    )
    return held, best, worth


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
        held, best, found = one_of(pay, waits)

        assert held.action is action
        assert found == pytest.approx(worth)
        assert (best is held) is (action is not Action.DECLINE_OFFER)
        assert (best is None) is (action is Action.DECLINE_OFFER)
        assert held.surplus_hours == pytest.approx(36 * pay)
        assert held.accept_value == pytest.approx(36 * pay - 3)
        assert held.decline_value == 50.0
        assert held.name == "Acme"

    def test_a_small_surplus_is_one(self) -> None:
        """A third of an hour: in hand it is worth half of that more."""
        held, _, _ = one_of(0.01, 1.0)

        assert held.wait_value == pytest.approx(50.18 - 0.2)

    def test_below_nothing_it_is_not_kept_in_hand(self) -> None:
        held, _, _ = one_of(-1.0, 1.0)

        assert held.wait_value == pytest.approx(50.0 - 0.2)

    def test_of_equal_ones_it_is_accepted(self) -> None:
        """Nothing that was told speaks against it."""
        (held,), best, worth = decide_offers(
            entries(offered(0.0)),
            0.0,
            lambda _: 0.0,
            Assumptions(numbers={"asking": 0}),
        )

        assert (held.action, best, worth) == (Action.ACCEPT_OFFER, held, 0.0)

    def test_that_meets_a_dealbreaker_is_let_go_and_still_weighed(self) -> None:
        strict = evolve(ME, dealbreakers=["arms"])
        job = evolve(offered(10.0), tags=["arms"])

        (held,), best, worth = decide_offers(
            entries(job, who=strict), -3.0, rest, USUAL
        )

        assert held.action is Action.DECLINE_OFFER
        assert held.dealbreakers == ("arms",)
        assert held.accept_value == pytest.approx(357)
        assert (best, worth) == (None, 50.0)


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

        (held,), best, worth = decide_offers([entry], -3.0, rest, USUAL)

        assert held.action is Action.POSTPONE
        assert best is held
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

        assert {offer.action for offer in search.offers} == {Action.ASK_FIRST}
        best = max(search.offers, key=lambda offer: offer.kept_value)
        assert best.name == "open"
        assert search.value == best.ask_value
        assert simulate(search, 10).expected == pytest.approx(search.value)
        assert str(search).startswith("Plan: answer the offers; the search is worth")


class TestSeveral:
    @pytest.mark.parametrize("turned", [False, True])
    def test_the_best_is_kept_and_the_others_let_go_for_it(
        self, *, turned: bool
    ) -> None:
        """Whichever comes first: 36 h in hand while it waits, or 75 h now."""
        several = [offered(1.0, 1.0, "small"), offered(2.1, 0.0, "large")]
        several = several[::-1] if turned else several

        found, best, worth = decide_offers(entries(*several), -0.6, rest, USUAL)

        assert best is not None
        assert best.name == "large"
        assert worth == pytest.approx(75.0)
        held = {one.name: one for one in found}
        assert [one.name for one in found] == [one.name for one in several]
        assert held["large"] is best
        assert held["large"].decline_value == 50.0
        assert held["small"].action is Action.DECLINE_OFFER
        assert held["small"].decline_value == pytest.approx(75.0)
        assert held["small"].wait_value == pytest.approx(67.8)

    def test_one_that_waits_may_be_the_best(self) -> None:
        several = [offered(1.6, 0.0, "now"), offered(1.0, 1.0, "waits")]

        found, best, worth = decide_offers(entries(*several), -3.0, rest, USUAL)

        assert best is not None
        assert (best.name, best.action) == ("waits", Action.POSTPONE)
        assert worth == pytest.approx(67.8)
        assert found[0].action is Action.DECLINE_OFFER

    def test_none_is_kept_if_none_is_worth_it(self) -> None:
        several = [offered(-1.0, 1.0, "a"), offered(-2.0, 0.0, "b")]

        found, best, worth = decide_offers(entries(*several), -3.0, rest, USUAL)

        assert (best, worth) == (None, 50.0)
        assert {one.action for one in found} == {Action.DECLINE_OFFER}
        assert [one.decline_value for one in found] == [50.0, 50.0]

    def test_there_may_be_none(self) -> None:
        assert decide_offers((), -3.0, rest, USUAL) == ((), None, 50.0)
