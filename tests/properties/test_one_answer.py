"""For one file every command says the same of each opportunity."""

import json
from datetime import date
from itertools import pairwise
from math import fsum

import pytest
from attrs import evolve

from effort import as_many
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Stage,
    assess,
    corporate,
    dumps,
    plan,
    simulate,
    small_firm,
)
from interviewfit._model.decision import Search
from interviewfit._portfolio.assessing_all import assess_all
from interviewfit._results.plan import HeldOffer, RankedProcess
from interviewfit.extra.agent import call_tool
from interviewfit.history import review
from random_files import random_file

FILES, BATCHES = as_many(40, 500), 10


def rows_of(found: Plan) -> list[RankedProcess | HeldOffer]:
    """What a plan says of every opportunity."""
    return [*found.ranked, *found.to_leave, *found.offers]


def answers(found: Plan) -> dict[str, tuple[Action, float]]:
    """The action and the value of each opportunity."""
    return {row.name: (row.action, row.marginal_value) for row in rows_of(found)}


def size(found: Plan) -> float:
    """Size of the numbers of a plan, hours: what rounding is relative to."""
    values = [row.marginal_value for row in rows_of(found)]
    return fsum([1.0, abs(found.value), *map(abs, values)])


def batch(number: int) -> range:
    """The seeds of a batch of files."""
    return range(number * FILES // BATCHES, (number + 1) * FILES // BATCHES)


class TestOneAnswer:
    @pytest.mark.parametrize("number", range(BATCHES))
    def test_of_assess_plan_and_review(self, number: int) -> None:
        for seed in batch(number):
            who, jobs = random_file(seed)
            found = plan(who, jobs)
            said, near = answers(found), 1e-7 * size(found)
            rows_by_name = {row.name: row for row in rows_of(found)}
            lines = {
                line.opportunity: (line.action, line.value)
                for line in review(Search(candidate=who, opportunities=jobs)).lines
            }
            together = assess_all(who, jobs, Assumptions())
            # Few of them alone: assessments by themselves take much longer.
            alone = [
                assess(who, job, beside=jobs) for job in jobs[seed % 5 :: len(jobs)]
            ]
            for answer in (*together, *alone):
                action, value = said[answer.opportunity]
                where = f"seed {seed}, {answer.opportunity}"
                assert answer.action is action, where
                assert answer.value == pytest.approx(value, abs=near), where
                for choice in answer.choices:
                    total = fsum(choice.terms.values())
                    assert choice.value == pytest.approx(total, abs=near), where
                row = rows_by_name[answer.opportunity]
                if not row.dealbreakers:
                    # The time of a row is that of its value, in every command.
                    hours = answer.choices[0].hours
                    assert row.hours == pytest.approx(hours, abs=near), where
                if isinstance(row, HeldOffer) and not row.dealbreakers:
                    chance = answer.choices[0].accept_probability
                    assert row.accept_probability == pytest.approx(chance), where
                elif isinstance(row, RankedProcess) and not row.dealbreakers:
                    assert row.days == pytest.approx(answer.choices[0].days), where
                if answer.opportunity in lines:
                    assert lines[answer.opportunity][0] is action, where
                    value = lines[answer.opportunity][1]
                    assert answer.value == pytest.approx(value, abs=near), where
            for row in rows_of(found):
                total = fsum(row.terms.values())
                assert row.marginal_value == pytest.approx(total, abs=near)

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_whatever_the_order_of_the_file(self, number: int) -> None:
        for seed in batch(number)[::5]:
            who, jobs = random_file(seed)
            found, turned = plan(who, jobs), plan(who, jobs[::-1])
            near = 1e-7 * size(found)

            assert turned.value == pytest.approx(found.value, abs=near)
            assert answers(turned).keys() == answers(found).keys()
            for name, (action, value) in answers(turned).items():
                assert action is answers(found)[name][0], f"seed {seed}, {name}"
                assert value == pytest.approx(answers(found)[name][1], abs=near)


def as_text(answer: Assessment) -> str:
    """All that an answer says, with its reasons, as the shell writes it."""
    return dumps(evolve(answer, reasons=answer.reasons))


class TestTheSameBits:
    @pytest.mark.parametrize("number", range(BATCHES))
    def test_of_one_that_is_asked_about_and_of_all(self, number: int) -> None:
        """In whatever order the file has them."""
        for seed in batch(number)[::10]:
            who, jobs = random_file(seed)
            if seed % 20 == 0:
                jobs = [evolve(job, company="Acme") for job in jobs]
            together = assess_all(who, jobs, Assumptions())
            job, answer = jobs[seed % len(jobs)], together[seed % len(jobs)]
            others = [other for other in jobs if other is not job]
            alone = assess(who, job, beside=others)

            assert dumps(alone) == dumps(answer), f"seed {seed}"
            assert assess(who, job, beside=others[::-1]) == alone

    def test_in_shell_python_and_the_tools_of_agents(self) -> None:
        jobs = [
            Opportunity(name="Bolt", stages=[Stage(kind="hr_screen")], company="Acme"),
            Opportunity(name="Acme", stages=[Stage(kind="panel")], company="Acme"),
        ]
        search = json.loads(dumps(Search(candidate=Candidate(), opportunities=jobs)))
        asked = {name: value for name, value in search.items() if name != "type"}
        for job, answer in zip(
            jobs, assess_all(Candidate(), jobs, Assumptions()), strict=True
        ):
            others = [other for other in jobs if other is not job]
            alone = assess(Candidate(), job, beside=others)
            tool = call_tool("assess", {**asked, "name": job.name})

            assert as_text(alone) == as_text(answer) == dumps(tool)

    def test_where_dates_matter(self) -> None:
        day = date(2026, 11, 30)
        jobs = [
            Opportunity(name="Slow", stages=corporate(), next_on="2026-12-09"),
            Opportunity(name="Fast", stages=small_firm(), next_on="2026-12-02"),
            Opportunity(
                name="Held",
                stages=[Stage(kind="panel")],
                beliefs={"pay": Belief(mean=4, sd=3)},
                position=Position(phase="offered"),
                answer_by="2026-12-07",
            ),
        ]
        who = Candidate()
        for job, answer in zip(
            jobs, assess_all(who, jobs, Assumptions(), day), strict=True
        ):
            others = [other for other in jobs if other is not job]
            alone = assess(who, job, beside=others, today=day)

            assert dumps(alone) == dumps(answer)

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_beside_what_is_ruled_out_as_alone(self, number: int) -> None:
        for seed in batch(number)[::10]:
            who, jobs = random_file(seed)
            for job, other in zip(jobs, jobs[::-1], strict=True):
                ruled_out = evolve(other, name="out", tags=["arms"], signals=[])
                beside, alone = assess(who, job, beside=[ruled_out]), assess(who, job)

                assert beside.choices == alone.choices, f"seed {seed}"
                assert beside.thresholds == alone.thresholds
                assert beside.information_value == alone.information_value


class TestNeverLess:
    @pytest.mark.parametrize("number", range(BATCHES))
    def test_with_one_more_within_the_same_hours(self, number: int) -> None:
        """The exit of the one more is paid, or owed, even so."""
        for seed in batch(number)[::10]:
            who, jobs = random_file(seed)
            budget = [None, 3.0, 8.0][seed // 10 % 3]
            found, before = (
                plan(who, some, budget=budget) for some in (jobs, jobs[:-1] or jobs)
            )
            left = min(0.0, assess(who, jobs[-1]).choices[-1].value)

            assert found.value >= before.value + left - 1e-5 * size(found)

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_with_more_hours(self, number: int) -> None:
        for seed in batch(number)[::10]:
            who, jobs = random_file(seed, most=3)
            values = [plan(who, jobs, budget=hours).value for hours in (1.0, 4.0, 60.0)]
            values.append(plan(who, jobs).value)
            near = 1e-5 * (1.0 + abs(values[-1]))

            for less, more in pairwise(values):
                assert more >= less - near, f"seed {seed}"

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_with_a_better_chance_that_an_offer_waits(self, number: int) -> None:
        for seed in batch(number)[::5]:
            who, jobs = random_file(seed)
            values = [
                plan(who, [evolve(job, stays_open=chance) for job in jobs]).value
                for chance in (0.2, 0.9)
            ]

            assert values[1] >= values[0] - 1e-7 * (1.0 + abs(values[0]))


class TestPlayedOut:
    @pytest.mark.parametrize("number", range(BATCHES))
    def test_a_plan_brings_what_it_promises(self, number: int) -> None:
        for seed in batch(number)[::10]:
            who, jobs = random_file(seed)
            who = evolve(who, weights=evolve(who.weights, practice=0))
            found = plan(who, jobs, budget=[None, 4.0][seed // 10 % 2])
            outcomes = simulate(found, 20_000, rng=seed)
            if outcomes.expected is None:
                continue
            near = 4.5 * outcomes.value.error + 1e-6 * size(found)

            assert outcomes.expected == pytest.approx(found.value, abs=near)
            assert outcomes.value.mean == pytest.approx(outcomes.expected, abs=near)
            assert found.budget is None or found.hours <= found.budget + 1e-5
            if not outcomes.notes:
                near = 4.5 * outcomes.hours.error + 1e-6
                assert outcomes.hours.mean == pytest.approx(found.hours, abs=near)

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_with_somebody_to_name_at_every_end(self, number: int) -> None:
        for seed in batch(number)[::30]:
            who, jobs = random_file(seed)
            who = evolve(who, weights=evolve(who.weights, practice=0, referral=20))
            named = [evolve(job, knows_someone=True) for job in jobs]
            found = plan(who, named)
            outcomes = simulate(found, 5_000, rng=seed)
            near = 4.5 * outcomes.value.error + 1e-6 * size(found)

            assert outcomes.expected == pytest.approx(found.value, abs=near)
            assert outcomes.value.mean == pytest.approx(found.value, abs=near)


class TestNamedAtAnEnd:
    """Somebody better suited, named at an offer or after a refusal."""

    @pytest.mark.parametrize("number", range(BATCHES))
    def test_a_refusal_adds_what_it_brings_by_itself(self, number: int) -> None:
        for seed in batch(number)[::5]:
            who, jobs = random_file(seed)
            refusal = Opportunity(
                name="refused",
                stages=corporate(),
                position=Position(phase="rejected", stage=seed % 3),
                knows_someone=True,
            )
            alone, without = assess(who, refusal).value, plan(who, jobs).value
            found = plan(who, [*jobs, refusal])

            assert alone > 0.0
            near = 1e-9 * size(found)
            assert found.value == pytest.approx(without + alone, abs=near)

    @pytest.mark.parametrize("mean", [-8.0, -0.5, 4.0, 12.0])
    @pytest.mark.parametrize("stays_open", [0.0, 0.8])
    def test_every_answer_to_an_offer_is_worth_what_assess_says(
        self, mean: float, stays_open: float
    ) -> None:
        job = Opportunity(
            name="Held",
            stages=small_firm(),
            beliefs={"pay": Belief(mean=mean, sd=2)},
            signals=["merger_talks"],
            position=Position(phase="offered"),
            stays_open=stays_open,
            knows_someone=True,
        )
        answer, found = assess(Candidate(), job), plan(Candidate(), [job])
        (held,) = found.offers
        worths = {choice.action: choice.value for choice in answer.choices}

        assert found.value == pytest.approx(answer.value)
        assert held.decline_value == pytest.approx(worths[Action.DECLINE_OFFER])
        assert held.accept_value == pytest.approx(worths[Action.ACCEPT_OFFER])
        assert held.wait_value == pytest.approx(worths[Action.POSTPONE])
        assert held.ask_value == pytest.approx(worths[Action.ASK_FIRST])
