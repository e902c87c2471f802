"""What each action is worth, against methods that share nothing with the solver."""

from typing import Any

import attrs
import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from compiled import process_of
from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
    Position,
    Reading,
    Sign,
    Stage,
    StageKind,
    Term,
    Weights,
    assess,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._process.compilation import Process
from jump_oracle import Step, by_quadrature

USUAL = Assumptions()
NEWS = Reading(aspect="pay", value=0, noise=10, unsettled=12)
ONLY_THE_JOB = Weights(networking=0, practice=0, hidden_role=0)


def compiled(
    job: Opportunity, someone: Candidate | None = None, *, research_first: bool = False
) -> Process[float]:
    """The process as ``test_process`` has checked it."""
    someone = someone or Candidate()
    return process_of(someone, job, USUAL, research_first=research_first)


def job_of(*stages: Stage, **more: Any) -> Opportunity:
    """An opportunity with these stages."""
    return Opportunity(name="Acme", stages=stages or corporate(), **more)


class TestGoing:
    @pytest.mark.parametrize(
        ("action", "more"),
        [
            (Action.TAKE, {}),
            (Action.CONTINUE, {"position": Position(stage=1)}),
            (Action.CONTINUE, {"position": Position(phase="midway", stage=0)}),
            (Action.FINISH_POLITELY, {"position": Position(phase="midway", stage=2)}),
            (Action.INVESTIGATE, {"unresearched": True}),
        ],
    )
    def test_its_worth_is_that_of_an_independent_programme(
        self, action: Action, more: dict[str, Any]
    ) -> None:
        job = job_of(knows_someone=True, signals=[Sign.BENEFITS_WEAKER], **more)
        process = compiled(job, research_first=action is Action.INVESTIGATE)
        steps = [
            Step(s.reward, s.survive, s.drift, s.reveal, s.exit, s.facts)
            for s in process.steps
        ]

        expected = by_quadrature(steps, np.array([process.mean_hours]))

        found = assess(Candidate(), job)
        value = expected.continuation.item()
        assert found.choice(action).value == pytest.approx(value, abs=1e-6)
        if action is not Action.INVESTIGATE:
            for ours, theirs in zip(found.thresholds, expected.thresholds, strict=True):
                assert process.hours_per_percent * ours.fit == pytest.approx(
                    theirs, abs=1e-6
                )

    def test_certainty_by_hand(self) -> None:
        """10 % better for sure: 36 h x 10 x .5 x .4 x .55. The screen is reached, the
        manager by half, the executive by a fifth; 1.5, 5 and 6.5 h, 2, 10 and 30
        days.
        """
        beliefs = {name: Belief(mean=0, sd=0) for name in ASPECTS}
        beliefs["pay"] = Belief(mean=10, sd=0)
        days = zip(corporate(), (2, 10, 30), strict=True)
        stages = [attrs.evolve(one, reshape_chance=0, days=n) for one, n in days]
        job = job_of(*stages, beliefs=beliefs)

        best = assess(Candidate(weights=ONLY_THE_JOB), job).choices[0]

        assert best.accept_probability == pytest.approx(0.11, rel=1e-12)
        assert best.terms[Term.OFFER] == pytest.approx(39.6, rel=1e-12)
        assert best.terms[Term.TIME] == pytest.approx(-5.3, rel=1e-12)
        assert best.value == pytest.approx(34.3, rel=1e-12)
        assert best.hours == pytest.approx(5.3, rel=1e-12)
        assert best.days == pytest.approx(2 + 5 + 6, rel=1e-12)
        assert dict(best.reach) == pytest.approx(
            {"hr screen": 1.0, "hiring manager": 0.5, "executive": 0.2}, rel=1e-12
        )

    @pytest.mark.parametrize(
        ("someone", "job"),
        [
            (Candidate(), job_of()),
            # A small job, so that leaving and declining the offer count as well.
            (
                Candidate(weights=Weights(offer=0.03, referral=5, practice=3)),
                job_of(*corporate()[1:], via_recruiter=True, knows_someone=True),
            ),
            (
                Candidate(weights=Weights(offer=0.03)),
                job_of(
                    Stage(kind="panel", pass_rate=1),
                    position=Position(phase="midway"),
                ),
            ),
            (
                Candidate(),
                job_of(
                    Stage(kind="panel", hours=30, meets="hr"),
                    Stage(kind="executive", days=7),
                    position=Position(phase="midway"),
                    beliefs={"pay": Belief(mean=18, sd=8)},
                ),
            ),
        ],
    )
    def test_its_outcomes_are_those_of_playing_it(
        self, someone: Candidate, job: Opportunity
    ) -> None:
        """Played 400,000 times under the thresholds. Side gains count as what they
        are worth on average, so the spread is that of the job, time and luck.
        """
        process, found = compiled(job, someone), assess(someone, job)
        best = next(one for one in found.choices if one.reach or one.accept_probability)
        rng, n = np.random.default_rng(2), 400_000
        mean = np.full(n, process.mean_hours)
        here = np.ones(n, dtype=bool)
        worth, hours, days, reach = np.zeros((4, n))
        for number, step in enumerate(process.steps):
            turn = found.thresholds[number].fit * process.hours_per_percent
            leaves = here & (mean <= turn) if number else np.zeros(n, dtype=bool)
            here &= ~leaves
            worth += step.exit * leaves + step.reward * here
            hours += step.hours * here
            days += step.days * here
            reach += here if step.phase is Phase.BEFORE else 0
            here &= rng.random(n) < step.survive
            mean += step.drift + step.reveal * rng.standard_normal(n)
            for chance, size in step.facts:
                mean += size * ((rng.random(n) < chance) - chance)
        worth += np.where(here & (mean > 0), mean, 0)
        squares = (worth - worth.mean()) ** 2

        for ours, played in (
            (best.value, worth),
            (best.accept_probability, here & (mean > 0)),
            (best.hours, hours),
            (best.days, days),
            (sum(chance for _, chance in best.reach), reach),
            (best.sd_hours**2, squares),
        ):
            error = played.std() / n**0.5
            assert ours == pytest.approx(played.mean(), abs=4 * error + 1e-12)


class TestPostpone:
    @pytest.mark.parametrize(
        ("stages", "more", "stays_open"),
        [
            (corporate(), {}, 0.8),
            (corporate()[1:], {"via_recruiter": True, "stays_open": 0.5}, 0.5),
            (corporate(), {"position": Position(stage=1), "knows_someone": True}, 0.8),
        ],
    )
    def test_it_is_worth_what_one_would_know_if_it_stays_open(
        self, stages: tuple[Stage, ...], more: dict[str, Any], stays_open: float
    ) -> None:
        """The chance that it waits, times E[V(m + 12 Z)], V the value of the same
        job without news to come, at fits moved by an aspect known for sure; less
        the tenth of an hour that asking takes, and the two hours a refusal costs
        where a recruiter's invitation lapses.
        """

        def settled(fit: float) -> tuple[float, float]:
            beliefs = {"shift": Belief(mean=fit, sd=0)}
            told = [attrs.evolve(NEWS, unsettled=0)]
            job = job_of(*stages, signals=told, beliefs=beliefs, **more)
            one, other = assess(Candidate(), job).choices
            return (one.value, other.value) if one.reach else (other.value, one.value)

        def gain(fit: float) -> float:
            go, leave = settled(fit)
            return go - leave

        kink = float(brentq(gain, -60, 60, xtol=1e-9)) / 12
        x, w = np.polynomial.legendre.leggauss(40)
        half = (max(kink, 0.0) + 8 - kink) / 2
        z = kink + half + half * x
        going = [settled(12 * float(one))[0] for one in z]
        leaving = settled(12 * kink)[1] * float(norm.cdf(kink))
        expected = half * float(np.sum(w * norm.pdf(z) * going)) + leaving

        beliefs = {"shift": Belief(mean=0, sd=0)}
        job = job_of(*stages, signals=[NEWS], beliefs=beliefs, **more)
        found = assess(Candidate(), job).choice(Action.POSTPONE)

        lapses = 2.0 * (1 - stays_open) if more.get("via_recruiter") else 0.0
        if more.get("knows_someone"):
            # Whoever invites to the manager hears of somebody better in any case.
            lapses -= 1.0 * (1 - stays_open)
        expected = stays_open * expected - 0.1 - lapses
        assert found.value == pytest.approx(expected, rel=1e-7)

    def test_with_an_offer_it_is_worth_a_free_choice(self) -> None:
        """Mean m, sd 12, .8 to stay open: .8 x 36 x E[max(0, m + 12 Z)], less .1 h."""
        job = job_of(signals=[NEWS], position=Position(phase="offered"))
        excess = norm.expect(lambda x: x, loc=-7, scale=12, lb=0)

        found = assess(Candidate(), job)

        assert found.action is Action.POSTPONE
        assert found.value == pytest.approx(0.8 * 36 * excess - 0.1, rel=1e-9)

    def test_it_goes_through_the_same_stages(self) -> None:
        found = assess(Candidate(), job_of(signals=[NEWS])).choice(Action.POSTPONE)

        assert found.reach[0] == ("waiting", 1.0)
        assert [title for title, _ in found.reach[1:]] == [
            stage.title for stage in corporate()
        ]
        # It goes on to the screen eight times in ten, or less.
        assert 0.0 < found.reach[1][1] < 0.8


class TestInvestigate:
    def test_it_is_a_stage_at_the_desk_put_first(self) -> None:
        """With nothing saved later, it is the same as to have said so."""
        usual = Assumptions(numbers={"research_saves": 0})
        said = job_of(Stage(kind=StageKind.RESEARCH), *corporate())

        found = assess(Candidate(), job_of(unresearched=True), assumptions=usual)

        assert found.choice(Action.INVESTIGATE).value == pytest.approx(
            assess(Candidate(), said, assumptions=usual).choice(Action.TAKE).value,
            rel=1e-12,
        )
