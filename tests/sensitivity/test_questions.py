"""Worths of knowing against closed forms, against Monte Carlo, and in words."""

from math import sqrt

import numpy as np
import pytest

from interviewfit import (
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    dumps,
    loads,
    questions,
)
from interviewfit._assessment.evaluation import weigh_rows
from interviewfit._model.priors import ASPECTS
from interviewfit._numeric import normal
from interviewfit._process.inputs import put
from interviewfit._process.parameters import find_parameter
from interviewfit.sensitivity import InformationValue

PERCENT = 36.0
SURE = {name: Belief(mean=0, sd=0) for name in ASPECTS}
OFFER = Position(phase=Phase.OFFERED)
ACME = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
ASKED = questions(ACME)


def by_aspects(found: tuple[InformationValue, ...]) -> dict[tuple[str, ...], float]:
    return {one.aspects: one.worth for one in found}


class TestQuestions:
    @pytest.mark.parametrize("mean", [-30.0, -4.0, 0.0, 0.5, 12.0])
    def test_of_an_offer_are_a_free_choice(self, mean: float) -> None:
        """E[max(0, m + s Z)] - max(0, m); a stated sd of 4 is widened to 8, and counts
        half as much again.
        """
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs=SURE
            | {"pay": Belief(mean=mean, sd=4), "role": Belief(mean=0, sd=3)},
            position=OFFER,
        )
        who = Candidate(priorities={"role": 1.5})
        found = by_aspects(questions(assess(who, job)))

        for aspects, sd in (
            (("pay",), 8.0),
            (("role",), 9.0),
            (("pay", "role"), sqrt(145.0)),
        ):
            expected = normal.expected_positive_part(
                PERCENT * mean, PERCENT * sd
            ) - max(0.0, PERCENT * mean)
            assert found[aspects] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert len(found) == 3

    def test_of_one_round_that_shows_nothing_are_a_choice_at_a_price(self) -> None:
        """3 h of time for an even chance of the choice: p E[max(0, m + s Z - 3 / p)]."""
        stage = Stage(
            kind="panel",
            hours=1,
            preparation=2,
            pass_rate=0.5,
            practice=0,
            surfaces=0,
            reshape_chance=0,
            meets="nobody",
            reveals={"pay": 0},
        )
        job = Opportunity(
            name="Acme",
            stages=[stage],
            beliefs=SURE | {"pay": Belief(mean=1, sd=5)},
        )
        (found,) = questions(assess(Candidate(), job))

        value = max(0.0, 0.5 * PERCENT - 3.0)
        expected = (
            0.5 * normal.expected_positive_part(PERCENT - 6.0, 10.0 * PERCENT) - value
        )
        assert found.worth == pytest.approx(expected, rel=1e-9)
        assert found.spread == 10.0
        assert not found.sources
        assert "nothing ahead shows pay" in found.text

    @pytest.mark.parametrize("beliefs", [{}, {"culture": Belief(mean=-8, sd=6)}])
    def test_agree_with_drawing_the_answer(self, beliefs: dict[str, Belief]) -> None:
        """
        An aspect of the company, so that the worth of another role there moves as well.
        """
        weights = Weights(hidden_role=20.0)
        who = Candidate(weights=weights, fallback=6.0)
        job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
        found = by_aspects(questions(assess(who, job)))
        rng = np.random.default_rng(5)
        count = 10_000

        def drawn(*aspects: str) -> tuple[float, float]:
            belief = beliefs.get("culture", Belief(mean=-1, sd=5))
            own = {"culture": (belief.mean, 2.0 * belief.sd), "role": (-1.0, 12.0)}
            sure = {name: Belief(mean=0, sd=0) for name in aspects}
            known = assess(
                who, Opportunity(name="A", stages=corporate(), beliefs=beliefs | sure)
            ).decision
            seen = weigh_rows(
                known,
                {
                    find_parameter(known, f"{name}.mean"): rng.normal(*own[name], count)
                    for name in aspects
                },
            )
            return float(seen.value.mean()), float(seen.value.std() / sqrt(count))

        value = assess(who, job).value
        for aspects in (("culture",), ("role",), ("role", "culture")):
            mean, error = drawn(*aspects)
            assert abs(found[aspects] + value - mean) < 4.0 * error

    def test_beside_news_and_research_count_every_action(self) -> None:
        """With four courses open, each of which may become the best."""
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"role": Belief(mean=-20, sd=6)},
            signals=["merger_talks"],
            unresearched=True,
        )
        answer = assess(Candidate(), job)
        (found,) = (
            one for one in questions(answer, pairs=False) if "role" in one.aspects
        )
        sure = assess(
            Candidate(),
            Opportunity(
                name="Acme",
                stages=corporate(),
                beliefs={"role": Belief(mean=-20, sd=0)},
                signals=["merger_talks"],
                unresearched=True,
            ),
        ).decision
        # The trapezium rule is exact to rounding but for the corners.
        z = np.linspace(-8.0, 8.0, 4001)
        seen = weigh_rows(sure, {find_parameter(sure, "role.mean"): -20.0 + 12.0 * z})
        mean = float((seen.value * normal.pdf(z)).sum() * 0.004)

        assert found.worth == pytest.approx(mean - answer.value, abs=1e-4)
        assert len(set(seen.best)) >= 3

    def test_two_are_worth_no_less_than_either(self) -> None:
        found = by_aspects(ASKED)

        assert len(found) == 36
        for one, other in (pair for pair in found if len(pair) == 2):
            assert found[one, other] >= max(found[(one,)], found[(other,)])

    def test_come_singly_first_the_most_valuable_first(self) -> None:
        found = ASKED
        keys = [(len(one.aspects), -one.worth) for one in found]

        assert keys == sorted(keys)

    def test_say_whom_to_ask_and_what_it_costs(self) -> None:
        texts = {one.aspects[0]: one.text for one in ASKED if len(one.aspects) == 1}

        assert texts["pay"] == (
            "ask first about pay, worth 1.3 h; the hr screen shows half of it for "
            "1.5 h of your time"
        )
        assert "the executive shows 10 % of it" in texts["stability"]

    def test_the_desk_is_nobody_to_ask(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), unresearched=True)
        found = questions(assess(Candidate(), job), pairs=False)
        (commute,) = (one for one in found if one.aspects == ("commute",))

        assert commute.text.endswith(
            "; desk research shows half of it for 0.5 h of your time"
        )

    def test_come_back_from_json(self) -> None:
        assert loads(dumps(ASKED[0]), InformationValue) == ASKED[0]

    def test_nothing_is_worth_asking_once_it_is_decided(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])
        out = Opportunity(
            name="A", stages=corporate(), position=Position(phase=Phase.REJECTED)
        )

        assert questions(assess(Candidate(dealbreakers=["arms"]), job)) == ()
        assert questions(assess(Candidate(), out)) == ()

    def test_beside_others_count_what_else_there_is(self) -> None:
        """Whoever accepts gives up the others, so only what exceeds them counts."""
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs=SURE | {"pay": Belief(mean=5, sd=4)},
            position=OFFER,
        )
        answer = assess(
            Candidate(), job, beside=[Opportunity(name="Other", stages=corporate())]
        )
        calls: list[tuple[int, int]] = []
        (found,) = questions(answer, progress=lambda done, of: calls.append((done, of)))

        over = 5.0 * PERCENT - answer.rest
        expected = normal.expected_positive_part(over, 8.0 * PERCENT) - max(0.0, over)
        assert answer.rest > 5.0
        assert found.worth == pytest.approx(expected, rel=1e-9)
        assert calls == [(1, 1)]

    def test_leave_the_decision_as_it_was(self) -> None:
        before = ACME.decision
        questions(ACME, pairs=False)

        assert put(before, {}) == ACME.decision
