"""What the rounds behind have shown, and what is said beside it.

With nothing new said, a later round is decided on as the first answer promised. What
somebody says never makes an aspect less certain than silence does, and whether it is
said as a belief or as a reading does not matter.
"""

from math import isfinite, sqrt
from typing import TypeVar

import pytest
from attrs import evolve
from hypothesis import assume, given, settings, strategies as st

import strategies as fit
from compiled import posterior_of, process_of
from following import followed
from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Phase,
    Position,
    Reading,
    Sign,
    assess,
    corporate,
)
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.records import Signal, When

Seen = TypeVar("Seen", Signal, Signal | Sign)
FEWER = settings(max_examples=settings().max_examples // 3)
LEAST = Position()
ANYBODY = Candidate()
USUAL = Assumptions()
"""Nothing replaced."""


def from_before(signal: Seen) -> Seen:
    """The same thing seen, as said before the first round."""
    if isinstance(signal, Reading | NamedSign):
        return evolve(signal, when="before")
    return signal


def as_from_before(job: Opportunity) -> Opportunity:
    """The same opportunity, with all that is said of it said before its first round."""
    return evolve(
        job,
        position=LEAST,
        beliefs={
            aspect: evolve(belief, when="before")
            for aspect, belief in job.beliefs.items()
        },
        signals=[from_before(signal) for signal in job.signals],
    )


def who_learned_before(who: Candidate) -> Candidate:
    return evolve(who, learned=[from_before(signal) for signal in who.learned])


def fits(answer: Assessment) -> list[float]:
    return [threshold.fit for threshold in answer.thresholds]


class TestTheRuleAhead:
    @FEWER
    @given(fit.cases(st.just(Phase.BEFORE)), fit.UNDERWAY, st.integers(0, 2))
    def test_a_later_threshold_is_the_one_that_was_printed(
        self, case: fit.Case, phase: Phase, stage: int
    ) -> None:
        job, who = as_from_before(case.opportunity), who_learned_before(case.candidate)
        assume(stage < len(job.stages))
        reached = evolve(job, position=Position(phase=phase, stage=stage))

        promised = fits(assess(who, job, assumptions=case.assumptions))
        used = fits(assess(who, reached, assumptions=case.assumptions))

        first = 2 * stage + (phase is Phase.MIDWAY)
        assert len(used) == len(promised) - first
        # Where passes tell of the fit, the solver is as near as 1e-5 of the scale.
        tells = process_of(who, job, case.assumptions).mutual is not None
        near = 1e-5 if tells else 1e-9
        for before, later in zip(promised[first:], used, strict=True):
            # In units of what rounding is relative to: a fit is a few percent of pay.
            scale = max(1.0, abs(before)) if isfinite(before) else 1.0
            assert later == before or abs(later - before) < near * scale

    @FEWER
    @given(fit.cases(st.just(Phase.BEFORE)), st.integers(0, 2))
    def test_what_a_step_ahead_brings_stays_as_well(
        self, case: fit.Case, stage: int
    ) -> None:
        job, who = as_from_before(case.opportunity), who_learned_before(case.candidate)
        # The first step ahead brings a referral whether it is taken or not.
        job = evolve(job, knows_someone=False)
        assume(stage < len(job.stages))
        reached = evolve(job, position=Position(stage=stage))

        ahead = process_of(who, job, case.assumptions).steps[2 * stage :]
        steps = process_of(who, reached, case.assumptions).steps

        for before, later in zip(ahead, steps, strict=True):
            assert later.reward == pytest.approx(before.reward, rel=1e-9, abs=1e-9)
            assert later.exit == pytest.approx(before.exit, rel=1e-9, abs=1e-9)
            assert later.reveal == pytest.approx(before.reveal, rel=1e-9, abs=1e-9)

    def test_the_example(self) -> None:
        """The executive at one fit from the start, and when her turn comes."""
        jobs = [
            Opportunity(name="A", stages=corporate(), position=Position(stage=stage))
            for stage in range(3)
        ]

        executive = [fits(assess(ANYBODY, job))[-2] for job in jobs]

        assert executive == pytest.approx([executive[0]] * 3, abs=1e-9)

    def test_with_an_offer_all_rounds_are_behind(self) -> None:
        job = Opportunity(
            name="A", stages=corporate(), position=Position(phase="offered")
        )

        belief = posterior_of(ANYBODY, job, USUAL).beliefs["pay"]

        assert belief.mean == -1.0
        assert belief.sd == pytest.approx(10 * sqrt(0.5 * 0.65 * 0.8), rel=1e-12)


class TestFollowing:
    """The printed rules, followed by somebody who learns what the model says."""

    @pytest.mark.parametrize("seed", range(4))
    def test_they_bring_what_was_promised(self, seed: int) -> None:
        gap, error = followed(seed, plays=20_000)

        assert abs(gap) < 4.0 * error


class TestSaying:
    @FEWER
    @given(fit.cases(), fit.ASPECT_NAMES, fit.PERCENTS, st.floats(0.0, 1e3), fit.TIMES)
    def test_a_belief_is_never_less_certain_than_silence(
        self, case: fit.Case, aspect: str, mean: float, sd: float, when: When
    ) -> None:
        who, job = case.candidate, evolve(case.opportunity, beliefs={}, signals=[])
        who = evolve(who, learned=[], priorities={**who.priorities, aspect: 1.0})
        said = evolve(job, beliefs={aspect: Belief(mean=mean, sd=sd, when=when)})

        silent = posterior_of(who, job, case.assumptions).beliefs[aspect].sd
        stated = posterior_of(who, said, case.assumptions).beliefs[aspect].sd

        assert stated <= silent * (1 + 1e-12)

    @FEWER
    @given(fit.cases(), fit.readings(about=fit.NOTHING))
    def test_neither_is_a_reading(self, case: fit.Case, reading: Reading) -> None:
        who, job = case.candidate, case.opportunity
        more = evolve(job, signals=[*job.signals, evolve(reading, scope="opportunity")])
        who = evolve(who, priorities={**who.priorities, reading.aspect: 1.0})

        silent = posterior_of(who, job, case.assumptions).beliefs[reading.aspect].sd
        stated = posterior_of(who, more, case.assumptions).beliefs[reading.aspect].sd

        assert stated <= silent * (1 + 1e-12)

    @given(
        fit.cases(),
        st.sampled_from(ASPECTS),
        st.floats(-25.0, 25.0),
        st.floats(0.05, 1.0),
        fit.TIMES,
    )
    def test_a_belief_and_a_reading_of_the_same_thing_are_the_same(
        self, case: fit.Case, aspect: str, mean: float, share: float, when: When
    ) -> None:
        """At any position, as long as the error is no larger than the usual spread."""
        sd = share * case.assumptions[f"spread.{aspect}"]
        belief = Belief(mean=mean, sd=sd, when=when)
        reading = Reading(aspect=aspect, value=mean, noise=sd, when=when)
        who = evolve(case.candidate, learned=[])
        job = evolve(case.opportunity, beliefs={}, signals=[])
        believed = evolve(case, candidate=who, opportunity=job)
        believed = evolve(believed, opportunity=evolve(job, beliefs={aspect: belief}))
        seen = evolve(believed, opportunity=evolve(job, signals=[reading]))

        as_belief, as_reading = believed.assess(), seen.assess()

        gap = abs(as_belief.value - as_reading.value)
        stakes = max(believed.stakes(as_belief), seen.stakes(as_reading))
        assert gap <= 1e-9 * stakes
        tied = as_belief.choices[0].value - 1e-9 * stakes
        near = [it.action for it in as_belief.choices if it.value >= tied]
        assert as_belief.action is as_reading.action or as_reading.action in near

    @FEWER
    @given(fit.cases(), fit.readings(about=fit.NOTHING))
    def test_both_orders_of_telling_keep_the_mean_and_a_stated_distance(
        self, case: fit.Case, reading: Reading
    ) -> None:
        """The sd of what is told afterwards is at most as large as it would be if no
        round were behind, and at least what these leave of it.
        """
        job, who = case.opportunity, case.candidate
        who = evolve(who, priorities={**who.priorities, reading.aspect: 1.0})
        job = evolve(job, beliefs={}, signals=[])
        early, late = (
            posterior_of(
                who,
                evolve(job, signals=[evolve(reading, when=when, scope="opportunity")]),
                case.assumptions,
            )
            for when in When
        )
        aspect = reading.aspect

        widest = early.unnarrowed[aspect].sd
        assert early.beliefs[aspect].mean == late.beliefs[aspect].mean
        least, rounding = early.beliefs[aspect].sd, 1 + 1e-12
        assert least / rounding <= late.beliefs[aspect].sd <= widest * rounding
