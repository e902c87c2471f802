"""Priorities learned from choices: against a Markov chain, and against themselves."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from choosers import Person, ranks_of, uniformity
from ensemble_oracle import log_density, moments
from interviewfit import (
    Assumptions,
    Belief,
    Candidate,
    InvalidFieldError,
    Money,
    Opportunity,
    Position,
    assess,
    corporate,
    robustness,
)
from interviewfit._model.parameters import PRIORS
from interviewfit._numeric.arrays import FloatArray, FloatColumn
from interviewfit._numeric.effort import LARGEST_WORK, counted
from interviewfit.weightings import (
    JobChoice,
    PastDecision,
    PriorityPosterior,
    TradeOff,
    acceptability,
    certify,
    learn_priorities,
)
from interviewfit.weightings._judgements import Judgements
from interviewfit.weightings._learning import MOST_CHOICES, prior_of

SIZES = (0.5, 1.0, 3.0, 12.0, 40.0, -1.5, -20.0)
MANY = ("role", "culture", "team", "manager", "growth", "commute")


def anything(value: Any) -> Any:
    """A value of a wrong type, which a checker would refuse."""
    return value


def moments_of(posterior: PriorityPosterior) -> tuple[FloatColumn, FloatColumn]:
    """Mean and sd of the log priorities and, last, of the log error."""
    columns = np.log(np.column_stack([posterior.draws, posterior.error_draws]))
    mean = posterior.weights @ columns
    return mean, np.sqrt(posterior.weights @ (columns - mean) ** 2)


def compare(posterior: PriorityPosterior, density: Any, **how: Any) -> None:
    """A posterior against a long chain, to 2 % of the standard deviation."""
    mean, sd = moments_of(posterior)
    chain_mean, chain_sd = moments(density, mean.size, **how)

    assert posterior.standard_error <= 0.01
    assert np.abs((mean - chain_mean) / chain_sd).max() <= 0.02
    assert np.abs(sd / chain_sd - 1.0).max() <= 0.02


class TestPosterior:
    @pytest.mark.parametrize(
        ("seed", "aspects", "choices", "trades"),
        [(0, ("role", "culture"), 12, 0), (1, ("role", "commute"), 4, 4)],
    )
    def test_it_is_that_of_a_long_chain(
        self, seed: int, aspects: tuple[str, ...], choices: int, trades: int
    ) -> None:
        person = Person(np.random.default_rng((9, seed)), aspects)
        said = [person.random_choice() for _ in range(choices)]
        more = [person.random_trade() for _ in range(trades)]
        posterior = learn_priorities([*said, *more])
        learned = [entry.aspect for entry in posterior.priorities]

        compare(posterior, log_density(learned, {}, [*said, *more]))

    def test_so_it_is_with_what_was_done(self) -> None:
        """One offer declined, and a process left before its first interview."""
        offer = Opportunity(
            name="Acme",
            stages=corporate(),
            beliefs={"pay": Belief(mean=15, sd=0), "role": Belief(mean=-20, sd=0)},
            position=Position(phase="offered"),
            questions_asked=True,
        )
        beliefs = {"role": Belief(mean=-25, sd=5)}
        invited = Opportunity(name="Bolt", stages=corporate(), beliefs=beliefs)
        grid = np.concatenate([np.linspace(0, 3, 61), np.linspace(3.2, 20, 40)])
        gaps = []
        for priority in grid:
            answer = assess(Candidate(priorities={"role": priority}), invited)
            gaps.append(answer.mean - answer.thresholds[0].fit)
        unspoken = assess(Candidate(), offer).mean - (15 - 20)

        def of_offer(priorities: FloatArray) -> FloatColumn:
            told = 15.0 - 20.0 * priorities[:, 0]
            return np.maximum(told + unspoken, np.minimum(told, 0.0))

        def of_invitation(priorities: FloatArray) -> FloatColumn:
            return np.interp(priorities[:, 0], grid, gaps)

        posterior = learn_priorities(
            [
                PastDecision(opportunity=offer, stayed=False),
                PastDecision(opportunity=invited, stayed=False),
            ]
        )
        past = [(of_offer, False), (of_invitation, False)]
        density = log_density(["role"], {}, [], past)

        compare(posterior, density, steps=6_000)
        assert posterior.priorities[0].mean > 1.0

    def test_ranks_of_true_values_are_uniform(self) -> None:
        """500 people: ``benchmarks.learning``."""
        ranks = ranks_of(60, choices=8, trades=1, past=0)

        assert min(uniformity(column) for column in ranks.T) > 0.002

    def test_without_choices_nothing_changes(self) -> None:
        posterior = learn_priorities([], candidate=Candidate(priorities={"role": 2}))

        assert posterior.priorities == ()
        assert posterior.to_candidate() == Candidate(priorities={"role": 2})
        assert posterior.choice_error[1] == pytest.approx(5.0, rel=0.02)

    def test_what_says_nothing_of_an_aspect_leaves_what_was_stated(self) -> None:
        """Jobs so near each other that any priority explains the choice."""
        candidate = Candidate(priorities={"role": 0.7})
        choice = JobChoice(chosen={"role": 1e-9}, rejected={})
        (entry,) = learn_priorities([choice], candidate=candidate).priorities

        assert entry.mean == pytest.approx(0.7, rel=0.02)
        assert entry.log_sd == pytest.approx(entry.prior_log_sd, rel=0.02)
        assert entry.learned == pytest.approx(0.0, abs=0.03)

    def test_the_prior_reaches_the_range_of_the_registry(self) -> None:
        prior = prior_of(
            ["role", "team"], Candidate(priorities={"team": 4}), Assumptions()
        )
        row = PRIORS["choice_error"]

        assert np.exp(1.959963984540054 * prior.sd) == pytest.approx([5.0, 2.0])
        assert np.exp(prior.mean + prior.sd**2 / 2) == pytest.approx([1.0, 4.0])
        assert np.exp(prior.error_mean) == pytest.approx(row.value)
        assert np.exp(2 * 1.959963984540054 * prior.error_sd) == pytest.approx(
            row.high / row.low
        )

    @settings(max_examples=15)
    @given(st.integers(0, 1000))
    def test_the_order_of_choices_does_not_matter(self, seed: int) -> None:
        person = Person(np.random.default_rng(seed))
        said: list[Any] = [person.random_choice() for _ in range(6)]
        said.append(person.random_trade())
        forth, back = learn_priorities(said), learn_priorities(said[::-1])

        assert moments_of(forth)[0] == pytest.approx(moments_of(back)[0], abs=1e-6)

    def test_a_choice_moves_the_priority_towards_it(self) -> None:
        liked = JobChoice(chosen={"role": 10}, rejected={"pay": 20})
        disliked = JobChoice(chosen={"pay": 20}, rejected={"role": 10})
        (more,), (less,) = (
            learn_priorities([choice] * 3).priorities for choice in (liked, disliked)
        )

        assert less.high < more.high
        assert less.mean < 1.0 < more.mean

    def test_pay_is_the_measure(self) -> None:
        """With half the priority of pay, all others halve as well."""
        choices = [TradeOff(aspect="role", change=10, pay=8)] * 4
        single, double = (
            learn_priorities(
                choices,
                candidate=Candidate(priorities={"pay": pay, "role": pay}),
                assumptions=Assumptions(numbers={"choice_error": 5.0 * pay}),
            )
            for pay in (0.5, 1.0)
        )

        assert single.to_candidate().priorities["pay"] == 0.5
        ratio = double.priorities[0].mean / single.priorities[0].mean
        assert ratio == pytest.approx(2.0, rel=0.02)

    def test_it_is_the_same_each_time(self) -> None:
        choices = [JobChoice(chosen={"role": 10}, rejected={"pay": 20})]
        first, again = learn_priorities(choices), learn_priorities(choices)

        assert first.priorities == again.priorities
        assert np.array_equal(first.draws, again.draws)

    @given(
        st.lists(st.tuples(st.sampled_from(SIZES), st.integers(1, 3)), min_size=1),
        st.floats(-8.0, 8.0),
    )
    def test_a_product_of_chances_is_their_likelihood(
        self, drawn: list[tuple[float, int]], log_error: float
    ) -> None:
        """However often each was made, and however far from a toss of a coin."""
        gains = [gain for gain, times in drawn for _ in range(times)]
        choices = [
            JobChoice(
                chosen={"role": max(gain, 0.0), "pay": 1.0},
                rejected={"role": max(-gain, 0.0)},
            )
            for gain in gains
        ]
        judgements = Judgements(["role"], {"pay": 1.0}, choices, [], [])
        points, errors = np.array([[0.0], [0.7]]), np.full(2, log_error)
        found = judgements.choice_log_likelihood(points, errors)

        for point, total in zip(points[:, 0], found.tolist(), strict=True):
            worth = (np.exp(point) * np.array(gains) + 1.0) / np.exp(log_error)
            assert total == pytest.approx(
                -np.logaddexp(0.0, -worth).sum(), rel=1e-11, abs=1e-12
            )

    def test_a_trade_off_for_what_counts_for_nothing_tells_of_the_error(self) -> None:
        candidate = Candidate(priorities={"role": 0.0})
        trade = TradeOff(aspect="role", change=10, pay=60)
        posterior = learn_priorities([trade], candidate=candidate)

        assert posterior.priorities == ()
        assert posterior.choice_error[1] > 2 * PRIORS["choice_error"].value

    def test_slopes_are_those_of_the_likelihood(self) -> None:
        person = Person(np.random.default_rng(3))
        choices = [person.random_choice() for _ in range(5)]
        trades = [person.random_trade() for _ in range(3)]
        judgements = Judgements(person.aspects, {"pay": 1.0}, choices, trades, [])
        point, error = person.log_priorities[None], np.array([1.2])
        slope, _ = judgements.slopes(point, error)

        for axis in range(point.size):
            ends = np.tile(point, (2, 1))
            ends[:, axis] += [-1e-5, 1e-5]
            low, high = judgements.log_likelihood(ends, np.repeat(error, 2))
            assert slope[0, axis] == pytest.approx((high - low) / 2e-5, rel=1e-4)


class TestBounds:
    def test_ten_thousand_choices_take_no_more_draws(self) -> None:
        """The same question is counted; the draws are as few as for one choice."""
        person = Person(np.random.default_rng(4), ("role", "growth"))
        person.error = 5.0
        sizes = [(5.0, 10.0), (10.0, 10.0), (20.0, 10.0), (8.0, 20.0)]
        choices = [
            person.choose({"pay": pay}, {str(aspect): size})
            for pay, size in sizes
            for aspect in person.aspects
            for _ in range(1250)
        ]
        posterior = learn_priorities(choices)

        assert (posterior.choices, len(posterior.weights)) == (10_000, 8168)
        assert posterior.standard_error <= 0.02
        for entry in posterior.priorities:
            truth = person.priorities[entry.aspect]
            assert abs(np.log(entry.median / truth)) <= 4.5 * entry.log_sd < 0.5
            assert entry.learned > 0.95

    def test_many_different_choices_are_worked_through_in_blocks(self) -> None:
        person = Person(np.random.default_rng(5), ("role",))
        person.error = 3.0
        posterior = learn_priorities([person.random_choice() for _ in range(2000)])

        assert len(posterior.weights) == 8168
        (entry,) = posterior.priorities
        truth = person.priorities["role"]
        assert abs(np.log(entry.median / truth)) <= 4.5 * entry.log_sd < 0.5

    @pytest.mark.parametrize("count", [1_000, 4_000])
    def test_answers_at_random_take_a_bounded_number_of_operations(
        self, count: int
    ) -> None:
        """Nothing fits them, so that the proposal is moved as often as it may be."""
        rng = np.random.default_rng(1)
        pairs = rng.uniform(1.0, 30.0, (count, 2)).tolist()
        names = [str(name) for name in rng.choice(MANY, count)]
        choices: list[Any] = [
            JobChoice(chosen={name: first}, rejected={"pay": second})
            for name, (first, second) in zip(names, pairs, strict=True)
        ]
        with counted() as effort:
            learn_priorities(choices)

        # Each of 8,168 draws looks at each choice.
        assert 4_084 * count <= effort.operations <= LARGEST_WORK

    def test_ten_thousand_trade_offs_take_no_more_than_one(self) -> None:
        trade = TradeOff(aspect="role", change=10, pay=8)
        one, many = (
            Judgements(["role"], {"pay": 1.0}, [], [trade] * count, [])
            for count in (1, 10_000)
        )
        point, error = np.array([[0.3]]), np.array([1.2])

        assert [value.shape for value in (many.squares, many.best)] == [(1,), (1,)]
        assert many.log_likelihood(point, error)[0] == pytest.approx(
            10_000 * one.log_likelihood(point, error)[0]
        )

    def test_more_are_refused(self) -> None:
        choice = JobChoice(chosen={"role": 10}, rejected={"pay": 20})
        with pytest.raises(InvalidFieldError, match=r"at most 100,000.*the latest"):
            learn_priorities([choice] * (MOST_CHOICES + 1))

    def test_so_are_more_past_decisions_and_aspects(self) -> None:
        job = Opportunity(name="Acme", stages=corporate())
        past = PastDecision(opportunity=job, stayed=True)
        with pytest.raises(InvalidFieldError, match="at most 50 past decisions"):
            learn_priorities([past] * 51)
        names = [f"aspect {number}" for number in range(16)]
        choices = [JobChoice(chosen={name: 5}, rejected={}) for name in names]
        with pytest.raises(InvalidFieldError, match="at most 15 aspects"):
            learn_priorities(choices)


class TestNotes:
    def test_choices_that_contradict_each_other_both_count(self) -> None:
        first = JobChoice(chosen={"role": 10}, rejected={"pay": 10})
        second = JobChoice(chosen={"pay": 10}, rejected={"role": 10})
        posterior = learn_priorities([first, first, second])

        assert posterior.choices == 3
        (note,) = posterior.notes
        assert note.startswith("Choices 1 and 3 contradict each other: of the same two")
        assert note.endswith("Drop the one that you no longer mean.")

    def test_a_job_that_is_better_in_nothing_is_noticed(self) -> None:
        choice = JobChoice(chosen={"pay": -3}, rejected={"role": 10})
        (note,) = learn_priorities([choice]).notes

        assert "goes for a job that is better in nothing" in note

    def test_a_choice_against_all_others_is_named(self) -> None:
        choices = [JobChoice(chosen={"role": 10}, rejected={"pay": 12})] * 12
        slip = JobChoice(chosen={"pay": 4}, rejected={"role": 20})
        posterior = learn_priorities([*choices, slip])

        assert any(
            note.startswith("Choice 13 goes against what your other choices say")
            for note in posterior.notes
        )

    def test_who_answers_at_random_is_told_and_stays_open(self) -> None:
        person = Person(np.random.default_rng(6))
        person.error = 1e6
        posterior = learn_priorities([person.random_choice() for _ in range(40)])

        assert any("toss of a coin" in note for note in posterior.notes)
        for entry in posterior.priorities:
            assert entry.log_sd > 0.5 * entry.prior_log_sd
        assert posterior.choice_error[1] > 2 * PRIORS["choice_error"].value

    def test_who_looks_is_not(self) -> None:
        person = Person(np.random.default_rng(7))
        person.error = 3.0
        posterior = learn_priorities([person.random_choice() for _ in range(40)])

        assert posterior.notes == ()

    def test_a_priority_of_which_no_choice_speaks_stays(self) -> None:
        candidate = Candidate(priorities={"canteen": 3, "role": 2, "benefits": 0})
        choice = JobChoice(chosen={"role": 10}, rejected={"benefits": 5})
        posterior = learn_priorities([choice], candidate=candidate)

        silent, idle = posterior.notes
        assert "No choice speaks of canteen (3)" in silent
        assert "benefits counts for nothing" in idle
        assert posterior.to_candidate().priorities["canteen"] == 3.0
        assert [entry.aspect for entry in posterior.priorities] == ["role"]

    @pytest.mark.parametrize("stayed", [True, False])
    def test_what_a_dealbreaker_decided_tells_nothing(self, stayed: bool) -> None:
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            tags=["oil"],
            beliefs={"role": Belief(mean=-20, sd=5)},
        )
        past = PastDecision(opportunity=job, stayed=stayed)
        posterior = learn_priorities([past], candidate=Candidate(dealbreakers=["oil"]))

        assert "about Acme tells nothing" in posterior.notes[0]
        (entry,) = posterior.priorities
        assert entry.log_sd == pytest.approx(entry.prior_log_sd, rel=0.02)


class TestUse:
    def posterior(self) -> PriorityPosterior:
        choices: list[Any] = [JobChoice(chosen={"role": 10}, rejected={"pay": 25})] * 3
        return learn_priorities([*choices, TradeOff(aspect="team", change=10, pay=3)])

    def test_the_candidate_has_the_expected_priorities(self) -> None:
        posterior = self.posterior()
        who = posterior.to_candidate()

        mean = posterior.weights @ posterior.draws
        assert list(who.priorities) == ["role", "team"]
        assert list(who.priorities.values()) == pytest.approx(mean.tolist())

    def test_limits_and_ranges_go_where_they_are_meant_for(self) -> None:
        posterior = self.posterior()
        job = Opportunity(
            name="Acme", stages=corporate(), beliefs={"role": Belief(mean=-30, sd=5)}
        )
        answer = assess(posterior.to_candidate(), job)

        ranges = posterior.ranges(answer)
        assert list(ranges) == ["priorities.role", "priorities.team"]
        assert robustness(answer, 100, ranges=ranges).draws == 100
        assert certify(answer, priorities=posterior.limits).limits.keys() == (
            ranges.keys()
        )
        assert acceptability(answer, priorities=posterior.limits).shares

    def test_an_aspect_that_a_job_does_not_have_is_left_out_of_its_ranges(self) -> None:
        posterior = learn_priorities([TradeOff(aspect="canteen", change=3, pay=2)])
        answer = assess(Candidate(), Opportunity(name="Acme", stages=corporate()))

        assert dict(posterior.ranges(answer)) == {}
        assert dict(posterior.action_shares(answer)) == {answer.action: 1.0}

    def test_shares_of_actions_are_those_of_the_draws(self) -> None:
        posterior = self.posterior()
        beliefs = {"role": Belief(mean=-30, sd=5), "pay": Belief(mean=30, sd=5)}
        job = Opportunity(name="Acme", stages=corporate(), beliefs=beliefs)
        answer = assess(posterior.to_candidate(), job)
        shares = posterior.action_shares(answer)

        counted = 0
        for number in posterior.resample(100):
            role, team = posterior.draws[number].tolist()
            drawn = evolve(posterior.candidate, priorities={"role": role, "team": team})
            counted += assess(drawn, job).action == "take"
        assert sum(shares.values()) == pytest.approx(1.0)
        assert shares["take"] == pytest.approx(counted / 100, abs=0.05)  # type: ignore[index]

    def test_jobs_that_were_assessed_can_be_compared(self) -> None:
        me = Candidate(salary=Money(amount=50_000, currency="EUR"))
        first, second = (
            assess(me, Opportunity(name=name, stages=corporate(), **more))
            for name, more in (
                ("Acme", {"pay": Money(amount=60_000, currency="EUR")}),
                ("Bolt", {"signals": ["remote_allowed"]}),
            )
        )
        choice = JobChoice.between(first, second)

        assert set(choice.differences) == {"pay", "commute"}
        assert choice.differences["pay"] > 0.0 > choice.differences["commute"]
        assert [entry.aspect for entry in learn_priorities([choice]).priorities] == [
            "commute"
        ]

    def test_it_prints_itself(self) -> None:
        posterior = self.posterior()

        assert str(posterior).startswith(
            "What you care about, by 4 choices, with 95 % intervals:\nrole counts "
        )
        assert "Your choices are off by about " in str(posterior)
        assert repr(posterior).startswith("<PriorityPosterior from 4 choices: role ")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: JobChoice(chosen={"pay": 5}, rejected={"pay": 5}), "another job"),
        (lambda: JobChoice(chosen={"salary": 5}, rejected={}), "Did you mean 'pay'"),
        (lambda: JobChoice(chosen={"pay": 5_000}, rejected={}), "percent of pay"),
        (lambda: JobChoice(chosen=anything(["pay"]), rejected={}), "mapping"),
        (lambda: TradeOff(aspect="pay", change=5, pay=5), "aspect other than pay"),
        (lambda: TradeOff(aspect="role", change=0, pay=5), "other than 0"),
        (
            lambda: learn_priorities(anything(["pay"])),
            "of JobChoice, TradeOff or PastDecision",
        ),
        (lambda: learn_priorities(anything(5)), r"learn_priorities\(choices\)"),
        (
            lambda: learn_priorities([], candidate=Candidate(priorities={"pay": 0})),
            "all others are measured by it",
        ),
        (
            lambda: learn_priorities([], candidate=anything("me")),
            r"\(candidate\).*a Candidate",
        ),
        (
            lambda: PastDecision(
                opportunity=Opportunity(
                    name="Acme",
                    stages=corporate(),
                    position=Position(phase="rejected"),
                ),
                stayed=True,
            ),
            "processes that the firm ended",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(make: Any, message: str) -> None:
    with pytest.raises(InvalidFieldError, match=message):
        make()
