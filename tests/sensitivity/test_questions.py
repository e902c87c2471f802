"""Values of knowing against closed forms, against Monte Carlo, and in words."""

from math import sqrt

import numpy as np
import pytest

from interviewfit import (
    Assessment,
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
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._numeric import normal
from interviewfit._numeric.arrays import FloatColumn
from interviewfit._numeric.effort import CALL, spend
from interviewfit._process.parameters import substitute
from interviewfit.records import Decision, Either
from interviewfit.sensitivity import InformationValue, Questions
from interviewfit.sensitivity._conditional_decision import ConditionalDecision
from interviewfit.sensitivity._sources import Source, sources_of

PERCENT = 36.0
SURE = {name: Belief(mean=0, sd=0) for name in ASPECTS}
OFFER = Position(phase=Phase.OFFERED)
ACME = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))
ASKED = questions(ACME)


def by_aspect(found: Questions) -> dict[str, float]:
    return {value.aspect: value.value for value in found}


class TestQuestions:
    @pytest.mark.parametrize("mean", [-30.0, -4.0, 0.0, 0.5, 12.0])
    def test_of_an_offer_are_a_free_choice(self, mean: float) -> None:
        """E[max(0, m + s Z)] - max(0, m). Stated sds of 4 and 3 are widened to 8 and 6,
        and the role counts half as much again.
        """
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="take_home")],
            beliefs=SURE
            | {"pay": Belief(mean=mean, sd=4), "role": Belief(mean=0, sd=3)},
            position=OFFER,
            questions_asked=True,
        )
        who = Candidate(priorities={"role": 1.5})
        found = by_aspect(questions(assess(who, job)))

        for aspect, sd in (
            ("pay", 8.0),
            ("role", 9.0),
        ):
            expected = normal.expected_positive_part(
                PERCENT * mean, PERCENT * sd
            ) - max(0.0, PERCENT * mean)
            assert found[aspect] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert len(found) == 2

    def test_of_one_round_that_shows_nothing_are_a_choice_at_a_price(self) -> None:
        """3 h of time for half a chance of the choice: p E[max(0, m + s Z - 3 / p)]."""
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
        assert found.value == pytest.approx(expected, rel=1e-9)
        assert found.sd_percent == 10.0
        assert not found.sources
        assert "No interview ahead tells you about the pay." in found.text

    @pytest.mark.parametrize("beliefs", [{}, {"culture": Belief(mean=-8, sd=3)}])
    def test_agree_with_drawing_the_answer(self, beliefs: dict[str, Belief]) -> None:
        """
        An aspect of the company, so that the worth of another role there moves as well.
        """
        weights = Weights(hidden_role=20.0)
        who = Candidate(weights=weights, fallback=6.0)
        job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
        found = by_aspect(questions(assess(who, job)))
        rng = np.random.default_rng(5)
        count = 10_000

        value = assess(who, job).value
        belief = beliefs.get("culture", Belief(mean=-0.5, sd=4))
        for aspect, mean, sd in (
            ("culture", belief.mean, 2.0 * belief.sd),
            ("role", -1.0, 12.0),
        ):
            sure = beliefs | {aspect: Belief(mean=0, sd=0)}
            known = assess(
                who, Opportunity(name="A", stages=corporate(), beliefs=sure)
            ).decision
            drawn = rng.normal(mean, sd, count)
            seen = evaluate_rows(known, {f"{aspect}.mean": drawn})
            error = float(seen.value.std() / sqrt(count))
            assert abs(found[aspect] + value - seen.value.mean()) < 4.0 * error

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
        (found,) = (one for one in questions(answer) if one.aspect == "role")
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
        seen = evaluate_rows(sure, {"role.mean": -20.0 + 12.0 * z})
        mean = float((seen.value * normal.pdf(z)).sum() * 0.004)

        assert found.value == pytest.approx(mean - answer.value, abs=1e-4)
        assert len(set(seen.best)) >= 3

    def test_come_the_most_valuable_first(self) -> None:
        worths = [value.value for value in ASKED]

        assert worths == sorted(worths, reverse=True)
        assert len(worths) == len(ASPECTS)

    def test_say_whom_to_ask_and_what_it_costs(self) -> None:
        texts = {value.aspect: value.text for value in ASKED}

        assert texts["pay"] == (
            "Find out about the pay first: knowing it is worth 1.3 h. The hr screen "
            "answers about half of that question and takes 1.5 h in all."
        )
        assert "The executive's interview answers about 10 % of" in texts["stability"]
        assert "about the benefits first: knowing them is worth" in texts["benefits"]

    def test_the_desk_is_nobody_to_ask(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), unresearched=True)
        (commute,) = (
            value
            for value in questions(assess(Candidate(), job))
            if value.aspect == "commute"
        )

        assert commute.text.endswith(
            " Looking it up answers about half of that question and takes 0.5 h."
        )

    def test_are_printed_a_line_each_with_a_short_repr(self) -> None:
        first, *lines = str(ASKED).splitlines()

        assert first == ASKED[0].text
        assert lines[0] == f"{ASKED[1].aspect}: worth {ASKED[1].value:.1f} h"
        assert len(lines) == len(ASKED) - 1
        assert repr(ASKED) == "<Questions: 9 aspects, first 'role'>"
        assert ASKED._repr_html_().count("<bdi>") == len(ASPECTS)
        assert str(Questions(())) == "Nothing is left to find out before you decide."

    def test_come_back_from_json(self) -> None:
        assert loads(dumps(ASKED[0]), InformationValue) == ASKED[0]

    def test_nothing_is_worth_asking_once_it_is_decided(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), tags=["arms"])
        out = Opportunity(
            name="A", stages=corporate(), position=Position(phase=Phase.REJECTED)
        )

        assert not questions(assess(Candidate(dealbreakers=["arms"]), job))
        assert not questions(assess(Candidate(), out))

    def test_beside_others_count_what_else_there_is(self) -> None:
        """Whoever accepts gives up the others, so only what exceeds them counts."""
        job = Opportunity(
            name="Acme",
            stages=[Stage(kind="take_home")],
            beliefs=SURE | {"pay": Belief(mean=5, sd=4)},
            position=OFFER,
            questions_asked=True,
            stays_open=0,
        )
        answer = assess(
            Candidate(), job, beside=[Opportunity(name="Other", stages=corporate())]
        )
        calls: list[tuple[int, int]] = []
        (found,) = questions(answer, progress=lambda done, of: calls.append((done, of)))

        over = 5.0 * PERCENT - answer.rivals_value
        spread = 8.0 * PERCENT
        expected = normal.expected_positive_part(over, spread) - max(0.0, over)
        assert answer.rivals_value > 5.0
        assert found.value == pytest.approx(expected, rel=1e-9)
        assert calls == [(0, 1), (1, 1)]

    def test_leave_the_decision_as_it_was(self) -> None:
        before = ACME.decision
        questions(ACME)

        assert substitute(before, {}) == ACME.decision


def sources(aspect: str, **changes: object) -> tuple[Source, ...]:
    job = Opportunity(name="Acme", **{"stages": corporate(), **changes})  # type: ignore[arg-type]  # any fields
    return sources_of(Decision(candidate=Candidate(), opportunity=job), aspect)


class TestSourcesOf:
    def test_shares_are_of_what_is_unknown_now(self) -> None:
        """Half of it, then 35 % of the half that is left, then 20 % of that."""
        shares = [one.share for one in sources("pay")]

        assert shares == pytest.approx([0.5, 0.175, 0.065])

    def test_hours_add_up_to_the_end_of_each_stage(self) -> None:
        assert [one.hours for one in sources("pay")] == [1.5, 6.5, 13.0]

    def test_a_stage_that_shows_nothing_is_no_source(self) -> None:
        assert [one.where for one in sources("stability")] == [
            "hiring manager",
            "executive",
        ]

    def test_the_desk_comes_first_if_nobody_has_looked(self) -> None:
        first = sources("commute", unresearched=True)[0]

        assert (first.where, first.share, first.hours) == ("desk research", 0.5, 0.5)

    def test_midway_only_the_second_half_is_left(self) -> None:
        """
        Of a share of .5 a quarter has been seen; of the rest a third is still to come.
        """
        first = sources("pay", position=Position(phase=Phase.MIDWAY))[0]

        assert first.share == pytest.approx(0.25 / 0.75)
        assert first.hours == pytest.approx(0.25)

    def test_with_an_offer_one_may_call_once(self) -> None:
        (call,) = sources("pay", position=OFFER)

        assert (call.where, call.share, call.hours) == (
            "a call before you answer",
            0.5,
            1.0,
        )
        assert not sources("pay", position=OFFER, questions_asked=True)

    def test_what_a_stage_is_said_to_show_counts(self) -> None:
        (only,) = sources(
            "canteen",
            stages=[
                Stage(kind="take_home"),
                Stage(kind="panel", name="lunch", reveals={"canteen": 1}),
            ],
        )
        assert (only.where, only.share) == ("lunch", 1.0)


@pytest.mark.parametrize(("chance", "count"), [(0.0, 9), (0.4, 10), (1.0, 9)])
def test_a_fact_is_asked_about_where_it_is_not_known(chance: float, count: int) -> None:
    fact = Either(aspect="commute", chance=chance, if_so=5, if_not=-30, told_by="0")
    job = Opportunity(name="Acme", stages=corporate(), signals=[fact])

    assert len(questions(assess(Candidate(), job))) == count


class TestInTurn:
    """Aspects one after another, each within a part of what is left."""

    @pytest.mark.parametrize(
        ("most", "spent", "count"),
        [(1000.0, 100, 4), (1000.0, 300, 2), (1000.0, 500, 1), (0.0, 5, 1)],
    )
    def test_each_may_take_its_part_of_what_is_left(
        self, monkeypatch: pytest.MonkeyPatch, most: float, spent: int, count: int
    ) -> None:
        """Until what is left is less than half as much again as the last one took."""
        asked: list[tuple[list[str], float]] = []

        def bounded(
            _: object, aspects: list[str], allowed: float
        ) -> tuple[FloatColumn, FloatColumn]:
            spend(spent - CALL)
            asked.append((aspects, allowed))
            return np.array([10.0 * len(asked)]), np.array([0.5 * len(asked)])

        monkeypatch.setattr(ConditionalDecision, "bounded_values", bounded)
        conditional = ConditionalDecision(ACME)
        aspects = ["pay", "role", "culture", "commute"]

        values, errors, done = conditional.values_in_turn(aspects, most)

        assert done == count
        assert values == [10.0 * number for number in range(1, count + 1)]
        assert errors == [0.5 * number for number in range(1, count + 1)]
        assert [names for names, _ in asked] == [[one] for one in aspects[:count]]
        parts = [(most - n * spent) / (4 - n) for n in range(count)]
        assert [allowed for _, allowed in asked] == pytest.approx(parts)

    def test_what_was_left_out_is_named(self) -> None:
        some = Questions(ASKED.values[:2], left_out=("on call", "pay"))

        assert str(some).splitlines() == [
            ASKED[0].text,
            f"{ASKED[1].subject}: worth {ASKED[1].value:.1f} h",
            "Not worked out, because each takes long: 'on call', pay.",
        ]

    def test_none_of_none_is_nothing(self) -> None:
        conditional = ConditionalDecision(ACME)

        values, errors = conditional.bounded_values([], 1.0)
        assert values.shape == errors.shape == (0,)


def test_a_fact_is_worth_what_both_of_its_worlds_are_on_average() -> None:
    """Each world is the answer with that chance stated, 1 or 0."""
    who = Candidate(priorities={"commute": 2.0})

    def found(chance: float) -> Assessment:
        fact = Either(
            aspect="commute",
            chance=chance,
            if_so=5,
            if_not=-30,
            told_by="1",
            note="bus",
        )
        return assess(who, Opportunity(name="Acme", stages=corporate(), signals=[fact]))

    (value,) = (item for item in questions(found(0.4)) if item.fact)

    both = 0.4 * found(1.0).value + 0.6 * found(0.0).value
    assert value.value == pytest.approx(both - found(0.4).value, abs=1e-7)
    assert value.fact == "bus"
    assert value.sd_percent == pytest.approx(2.0 * 35.0 * (0.4 * 0.6) ** 0.5)
    (source,) = value.sources
    stages = found(0.4).decision.opportunity.stages
    assert (source.aspect, source.share) == ("commute", 1.0)
    hours = [item.hours for item in sources("pay")]
    assert source.hours == hours[1]
    assert source.where == stages[1].kind.replace("_", " ")
