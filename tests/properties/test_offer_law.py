"""An offer at least as good as the fallback in all that was said is not declined alone.

Beside others it is turned down only where one of them is worth more, and the answer
says so.
"""

import numpy as np
import pytest

from interviewfit import (
    Action,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    assess,
    plan,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._text.first_screen import worth
from interviewfit._text.layout import Paragraph

ME = Candidate()
LETTING_GO = (Action.DECLINE_OFFER, Action.LET_IT_LAPSE)


def offer(name: str, mean: float, **stated: object) -> Opportunity:
    return Opportunity(
        name=name,
        stages=[Stage(kind="hr_screen")],
        beliefs={"pay": Belief(mean=mean, sd=2)},
        position=Position(phase="offered"),
        **stated,  # type: ignore[arg-type]
    )


def good_offer(rng: np.random.Generator) -> Opportunity:
    """An offer of which nothing is said that is worse than what one has."""
    aspects = rng.choice(list(ASPECTS), size=rng.integers(0, 10), replace=False)
    return Opportunity(
        name="Held",
        stages=[Stage(kind="panel")],
        beliefs={
            str(aspect): Belief(
                mean=float(rng.choice((0.0, 1.0, 4.0, 10.0))),
                sd=float(rng.uniform(0, 12)),
            )
            for aspect in aspects
        },
        position=Position(phase="offered"),
        stays_open=float(rng.choice((0.0, 0.3, 1.0))),
        questions_asked=bool(rng.random() < 0.5),
    )


class TestAnOfferAsGoodAsTheFallback:
    @pytest.mark.parametrize("seed", range(12))
    def test_is_declined_for_something_better_only(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        held = good_offer(rng)
        phase = str(rng.choice(("before", "offered")))
        other = Opportunity(
            name="Other",
            stages=[Stage(kind="hr_screen")],
            beliefs={"role": Belief(mean=float(rng.normal(8, 20)), sd=5)},
            position=Position(phase=phase),
        )
        alone, beside = assess(ME, held), assess(ME, held, beside=[other])

        assert alone.action not in LETTING_GO
        assert plan(ME, [held]).offers[0].action not in LETTING_GO
        if beside.action in LETTING_GO:
            assert plan(ME, [held, other]).value > 0.0
            assert beside.rivals_value > 0.0
            deciding = [reason.name for reason in beside.reasons.deciding]
            assert "beside" in deciding
            assert plan(ME, [held, other]).why_left("Held").startswith("because")

    def test_where_nothing_can_be_asked_and_it_does_not_wait(self) -> None:
        """Alone it is accepted; beside a better one the other is the reason."""
        held = Opportunity(
            name="Held",
            stages=[Stage(kind="panel")],
            position=Position(phase="offered"),
            stays_open=0.0,
            questions_asked=True,
        )
        role = {"role": Belief(mean=20, sd=5)}
        other = Opportunity(
            name="Other", stages=[Stage(kind="hr_screen")], beliefs=role
        )
        beside = assess(ME, held, beside=[other])

        assert assess(ME, held).action is Action.ACCEPT_OFFER
        assert beside.action is Action.DECLINE_OFFER
        assert "because you have 1 other process" in str(beside)
        assert "Without that, the advice would be: accept the offer." in str(beside)


class TestWhatToDoFirst:
    def lead(self, *jobs: Opportunity) -> str:
        (first, *_) = worth(plan(ME, jobs))
        assert isinstance(first, Paragraph)
        return first.text

    def test_is_the_offer_that_is_not_let_go(self) -> None:
        lead = self.lead(offer("Poor", -30), offer("Rich", 30))

        assert lead.startswith("The offer of Rich comes first: accept it now.")

    def test_is_a_process_where_all_offers_are_let_go(self) -> None:
        good = {"pay": Belief(mean=30, sd=4)}
        running = Opportunity(
            name="Bolt", stages=[Stage(kind="hr_screen")], beliefs=good
        )
        lead = self.lead(offer("Poor", -30), offer("Sad", -40), running)

        expected = "Turn down the offers of Poor and Sad, and go on with Bolt: take it."
        assert lead.startswith(expected)

    def test_is_the_offer_after_which_another_is_answered(self) -> None:
        good = {"pay": Belief(mean=30, sd=4)}
        running = Opportunity(
            name="Bolt", stages=[Stage(kind="hr_screen")], beliefs=good
        )
        jobs = offer("A", 3), offer("B", 12, stays_open=0.0), running
        (waits, asked) = plan(ME, jobs).offers

        assert waits.after == ("B",)
        assert not asked.after
        assert self.lead(*jobs).startswith("The offer of B comes first: ")

    def test_is_nothing_where_all_are_left(self) -> None:
        assert self.lead(offer("Poor", -30)).startswith("This one is not")
