"""What must make no difference at all: order, names, company, and what one ignores.

Where the same sums are done the answer is the same to the last bit.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import TypeAlias, TypeVar

import numpy as np
import pytest
from attrs import astuple, evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from compiled import posterior_of
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    NamedSign,
    Opportunity,
    Reading,
    Sign,
    assess,
    corporate,
)
from interviewfit.records import Either, Scope, Signal
from oracles import Chain

FEWER = settings(max_examples=settings().max_examples // 3)
# Two orders of one alphabet, so that renaming also changes how names sort.
OTHERWISE = dict(zip(fit.OWN_ASPECTS, ("zoo", "air", "moss"), strict=True))
BATCHES = st.integers(1, 5).flatmap(
    lambda steps: st.lists(
        st.tuples(fit.chains(fewest=steps, most=steps), fit.MEANS),
        min_size=1,
        max_size=6,
    )
)
Rows: TypeAlias = list[tuple[Chain, float]]
T = TypeVar("T")


def renamed(name: str) -> str:
    return OTHERWISE.get(name, name)


def backwards(mapping: Mapping[str, T]) -> dict[str, T]:
    return dict(reversed(list(mapping.items())))


def rewritten(case: fit.Case, name: Callable[[str], str]) -> fit.Case:
    """The same case by other names of its aspects."""

    def signal(one: Signal) -> Signal:
        if not isinstance(one, Reading):
            return one
        return evolve(one, aspect=name(one.aspect))

    who, job = case.candidate, case.opportunity
    return evolve(
        case,
        candidate=evolve(
            who,
            priorities={name(key): one for key, one in who.priorities.items()},
            learned=[signal(one) for one in who.learned],
        ),
        opportunity=evolve(
            job,
            beliefs={name(key): one for key, one in job.beliefs.items()},
            stages=[
                evolve(stage, reveals={name(k): v for k, v in stage.reveals.items()})
                for stage in job.stages
            ],
            signals=[
                one if isinstance(one, Sign) else signal(one) for one in job.signals
            ],
        ),
    )


class TestAnAssessment:
    @FEWER
    @given(case=fit.cases(), chance=st.randoms())
    def test_forgets_in_which_order_things_were_seen(
        self, case: fit.Case, chance: Random
    ) -> None:
        who, job = case.candidate, case.opportunity
        learned, signals = list(who.learned), list(job.signals)
        chance.shuffle(learned)
        chance.shuffle(signals)
        other = evolve(
            case,
            candidate=evolve(who, learned=learned),
            opportunity=evolve(job, signals=signals),
        )

        assert other.assess() == case.assess()

    @given(
        readings=st.lists(
            fit.readings(aspects=st.sampled_from(("pay", "zoo"))), max_size=8
        ),
        chance=st.randoms(),
    )
    def test_believes_the_same_whatever_was_read_first(
        self, readings: list[Reading], chance: Random
    ) -> None:
        """To the last bit, however many readings there are of one aspect."""
        job = Opportunity(name="Acme", stages=corporate(), signals=readings)
        chance.shuffle(readings)
        other = evolve(job, signals=readings)

        assert posterior_of(Candidate(), other, Assumptions()) == posterior_of(
            Candidate(), job, Assumptions()
        )

    @FEWER
    @given(case=fit.cases())
    def test_forgets_in_which_order_things_were_written(self, case: fit.Case) -> None:
        who, job = case.candidate, case.opportunity
        other = evolve(
            case,
            candidate=evolve(who, priorities=backwards(who.priorities)),
            opportunity=evolve(
                job,
                beliefs=backwards(job.beliefs),
                stages=[
                    evolve(one, reveals=backwards(one.reveals)) for one in job.stages
                ],
            ),
        )

        assert other.assess() == case.assess()

    @FEWER
    @given(case=fit.cases())
    def test_does_not_care_what_users_call_their_own_aspects(
        self, case: fit.Case
    ) -> None:
        """Only the list of what is unknown speaks of them."""
        base, found = case.assess(), rewritten(case, renamed).assess()

        assert set(found.unknown) == set(map(renamed, base.unknown))
        assert set(found.ask_about) == set(map(renamed, base.ask_about))
        assert set(found.unsettled) == set(map(renamed, base.unsettled))
        names = ("unknown", "ask_about", "unsettled")
        found = evolve(found, **{name: getattr(base, name) for name in names})
        assert found == base

    @FEWER
    @given(
        case=fit.cases(),
        aspect=fit.ASPECT_NAMES,
        belief=fit.beliefs(),
        share=fit.CHANCES,
        value=fit.PERCENTS,
    )
    def test_ignores_an_aspect_that_counts_for_nothing(
        self,
        case: fit.Case,
        aspect: str,
        belief: Belief,
        share: float,
        value: float,
    ) -> None:
        """Whatever is believed of it, read of it, or shown of it."""
        who, job = case.candidate, case.opportunity
        indifferent = evolve(
            case, candidate=evolve(who, priorities={**who.priorities, aspect: 0.0})
        )
        told = evolve(
            indifferent,
            opportunity=evolve(
                job,
                beliefs={**job.beliefs, aspect: belief},
                signals=[
                    *job.signals,
                    Reading(aspect=aspect, value=value, noise=1, unsettled=5),
                ],
                stages=[
                    evolve(one, reveals={**one.reveals, aspect: share})
                    for one in job.stages
                ],
            ),
        )

        assert told.assess() == indifferent.assess()

    @FEWER
    @given(case=fit.cases(), name=fit.NAMES, own=fit.NAMES)
    def test_does_not_care_who_asks_or_what_the_job_is_called(
        self, case: fit.Case, name: str, own: str
    ) -> None:
        signals = [
            one
            if isinstance(one, Sign | Either) or one.scope is not Scope.OPPORTUNITY
            else evolve(one, about="")
            for one in case.opportunity.signals
        ]
        other = evolve(
            case,
            candidate=evolve(case.candidate, name=own),
            opportunity=evolve(case.opportunity, name=name, signals=signals),
        )
        base = case.assess()

        assert other.assess() == evolve(base, opportunity=name)

    def test_two_ways_of_saying_one_thing(self) -> None:
        """A sign may be named with how strong it is, plain if nothing is said."""
        entry = [NamedSign(sign=Sign.BENEFITS_WEAKER, strength="plain")]
        short, long = (
            Opportunity(name="Acme", stages=corporate(), signals=signals)
            for signals in ([Sign.BENEFITS_WEAKER], entry)
        )

        assert assess(Candidate(), short) == assess(Candidate(), long)


class TestTheSolver:
    @given(rows=BATCHES)
    def test_answers_a_row_in_a_batch_as_it_does_alone(self, rows: Rows) -> None:
        chains, means = zip(*rows, strict=True)
        together = fit.solved(*chains)
        found = together.evaluate(means)
        for row, (chain, mean) in enumerate(rows):
            alone = fit.solved(chain)
            one = alone.evaluate([mean])
            slack = 1e-9 * fit.size(chain, mean)

            for ours, theirs in (
                (together.thresholds[row], alone.thresholds[0]),
                (found.value[row], one.value[0]),
                (found.offer_value[row], one.offer_value[0]),
            ):
                np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=slack)
            for ours, theirs in (
                (found.accept_probability[row], one.accept_probability[0]),
                (found.take_probability[row], one.take_probability[0]),
                (found.leave_probability[row], one.leave_probability[0]),
            ):
                np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)

    @given(rows=BATCHES, chance=st.randoms())
    def test_answers_in_the_order_in_which_it_is_asked(
        self, rows: Rows, chance: Random
    ) -> None:
        order = list(range(len(rows)))
        chance.shuffle(order)
        chains, means = zip(*rows, strict=True)
        base = fit.solved(*chains)
        other = fit.solved(*(chains[row] for row in order))

        assert np.array_equal(other.thresholds, base.thresholds[order])
        for ours, theirs in zip(
            astuple(other.evaluate([means[row] for row in order])),
            astuple(base.evaluate(means)),
            strict=True,
        ):
            assert np.array_equal(ours, theirs[order])

    @given(chain=fit.chains(), means=st.lists(fit.MEANS, min_size=1, max_size=5))
    def test_answers_many_means_at_once_as_one_by_one(
        self, chain: Chain, means: list[float]
    ) -> None:
        solution = fit.solved(chain)
        found = [solution.evaluate([mean]).value.item() for mean in means]

        assert solution.evaluate(means).value.tolist() == pytest.approx(
            found, rel=0.0, abs=1e-9 * fit.size(chain, max(map(abs, means)))
        )
