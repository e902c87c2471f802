"""The same question put in other words has the same answer.

Renaming is in ``test_symmetry``, other units of a chain in ``test_scale``, news in two
parts in ``test_composition``. Here whole cases are rewritten.
"""

import math
from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import strategies as fit
from interviewfit import (
    Action,
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Reading,
    Search,
    Stage,
    StageKind,
    plan,
)
from interviewfit._model.parameters import PRIORS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.records import Seniority

FEWER = settings(max_examples=settings().max_examples // 3)
FEW = settings(max_examples=settings().max_examples // 6)
HALVES = 2.0
"""Half-hours in an hour: what counts hours is twice as much when it counts those."""

# No cost, no news, nobody met, everybody passed on.
NOTHING = Stage(
    kind=StageKind.HR_SCREEN,
    hours=0,
    preparation=0,
    pass_rate=1,
    reveals=dict.fromkeys((*ASPECTS, *fit.OWN_ASPECTS), 0.0),
    meets=Seniority.NOBODY,
    surfaces=0,
    reshape_chance=0,
    practice=0,
)


def in_halves(hours: float | None) -> float | None:
    return None if hours is None else HALVES * hours


def who_in_halves(who: Candidate) -> Candidate:
    return evolve(who, worth_ahead=in_halves(who.worth_ahead))


def job_in_halves(job: Opportunity) -> Opportunity:
    stages = [
        evolve(one, hours=in_halves(one.hours), preparation=in_halves(one.preparation))
        for one in job.stages
    ]
    return evolve(job, stages=stages)


def numbers_in_halves(numbers: Assumptions) -> Assumptions:
    counted = [name for name, prior in PRIORS.items() if prior.unit == "h"]
    return Assumptions(
        numbers={
            **numbers.numbers,
            **{name: HALVES * numbers[name] for name in counted},
        }
    )


def with_nothing(job: Opportunity, place: int) -> Opportunity:
    """The job with a stage of nothing put somewhere after the one it stands at.

    At the very end it would be one more occasion to name somebody better suited, and to
    drop out on a recruiter.
    """
    stages = list(job.stages)
    ahead = len(stages) - job.position.stage
    place = job.position.stage + 1 + place % ahead
    stages.insert(place, NOTHING)
    inside = place < len(stages) - 1
    return evolve(
        job,
        stages=stages,
        knows_someone=job.knows_someone and inside,
        via_recruiter=job.via_recruiter and inside,
    )


def assert_same(found: Assessment, base: Assessment, slack: float) -> None:
    """Every action is worth the same and made of the same."""
    others = {one.action: one for one in found.choices}
    # In mid-interview a name may hang by rounding; what it is worth does not.
    assert [one.value for one in found.choices] == pytest.approx(
        [one.value for one in base.choices], rel=0.0, abs=slack
    )
    assert found.information_value == pytest.approx(
        base.information_value, rel=0.0, abs=slack
    )
    assert (found.mean, found.sd) == pytest.approx((base.mean, base.sd), rel=1e-12)
    for one in base.choices:
        other = others.get(one.action)
        if other is None:
            continue
        for term in {*one.terms, *other.terms}:
            assert other.terms.get(term, 0.0) == pytest.approx(
                one.terms.get(term, 0.0), rel=0.0, abs=1e3 * slack
            )
        assert other.hours == pytest.approx(one.hours, rel=0.0, abs=1e-6)


def worths(found: Plan) -> dict[str, float]:
    return {one.name: one.marginal_value for one in (*found.ranked, *found.to_leave)}


class TestInHalfHours:
    @FEWER
    @given(case=fit.cases())
    def test_every_worth_is_twice_as_many(self, case: fit.Case) -> None:
        """And nothing in percent of pay, no chance and no action is another."""
        other = fit.Case(
            candidate=who_in_halves(case.candidate),
            opportunity=job_in_halves(case.opportunity),
            assumptions=numbers_in_halves(case.assumptions),
        )
        base, found = case.assess(), other.assess()

        assert found.action is base.action
        assert found.decisive_priors == base.decisive_priors
        assert (found.mean, found.sd) == (base.mean, base.sd)
        assert [one.fit for one in found.thresholds] == pytest.approx(
            [one.fit for one in base.thresholds], rel=1e-9, abs=1e-9
        )
        slack = 1e-9 * other.stakes(found)
        for one, halves in zip(base.choices, found.choices, strict=True):
            assert halves.value == pytest.approx(HALVES * one.value, rel=0, abs=slack)
            assert halves.hours == pytest.approx(HALVES * one.hours, rel=1e-9)
            assert halves.accept_probability == pytest.approx(
                one.accept_probability, rel=0, abs=1e-9
            )

    @FEW
    @given(
        search=fit.searches(),
        budget=st.none() | st.floats(0.0, 20.0),
    )
    def test_so_is_a_plan(self, search: Search, budget: float | None) -> None:
        base = plan(search.candidate, search.opportunities, budget=budget)
        found = plan(
            who_in_halves(search.candidate),
            [job_in_halves(one) for one in search.opportunities],
            assumptions=numbers_in_halves(Assumptions()),
            budget=in_halves(budget),
        )
        size = math.fsum(
            abs(worth)
            for one in (*base.ranked, *base.to_leave)
            for worth in one.terms.values()
        )
        slack = 1e-6 * (1.0 + size + abs(base.value) + 100.0 * base.hours_per_percent)

        assert [one.name for one in found.ranked] == [one.name for one in base.ranked]
        assert found.value == pytest.approx(HALVES * base.value, rel=0.0, abs=slack)
        assert found.invitation_value == pytest.approx(
            HALVES * base.invitation_value, rel=0.0, abs=slack
        )


class TestAnAspectInTwo:
    @FEWER
    @given(case=fit.cases(), belief=fit.beliefs(), share=fit.CHANCES, part=fit.CHANCES)
    def test_with_the_same_total_changes_nothing(
        self, case: fit.Case, belief: Belief, share: float, part: float
    ) -> None:
        """Means add and so do variances, as long as both count and show the same.

        Another role at the firm draws each aspect of a role afresh, so two of them are
        less certain there than one: hidden roles count for nothing here. Nor is any of
        them wider than what is unknown of it anyway.
        """
        wide = {**case.assumptions.numbers, "other_spread": 100.0}
        case = evolve(case, assumptions=Assumptions(numbers=wide))
        who = evolve(
            case.candidate,
            priorities={
                name: one
                for name, one in case.candidate.priorities.items()
                if name not in fit.OWN_ASPECTS
            },
            weights=evolve(case.candidate.weights, hidden_role=0.0),
            learned=(),
        )
        job = case.opportunity
        signals = [
            one
            for one in job.signals
            if not (isinstance(one, Reading) and one.aspect in fit.OWN_ASPECTS)
        ]
        usual = {name: one for name, one in job.beliefs.items() if name in ASPECTS}
        first = evolve(belief, mean=part * belief.mean, sd=math.sqrt(share) * belief.sd)
        rest = evolve(
            belief,
            mean=belief.mean - first.mean,
            sd=math.sqrt(1.0 - share) * belief.sd,
        )

        def believing(**own: Belief) -> fit.Case:
            told = evolve(job, beliefs={**usual, **own}, signals=signals)
            stages = [
                evolve(
                    one, reveals={**one.reveals, **dict.fromkeys(fit.OWN_ASPECTS, 0.4)}
                )
                for one in told.stages
            ]
            return evolve(case, candidate=who, opportunity=evolve(told, stages=stages))

        whole, halves = believing(canteen=belief), believing(garden=first, mission=rest)
        base = whole.assess()

        assert_same(halves.assess(), base, 1e-9 * whole.stakes(base))


class TestStages:
    @FEWER
    @given(case=fit.cases(fit.UNDERWAY), place=st.integers(0, 3))
    def test_one_of_no_cost_and_no_news_changes_nothing(
        self, case: fit.Case, place: int
    ) -> None:
        longer = with_nothing(case.opportunity, place)
        case = evolve(
            case,
            opportunity=evolve(
                case.opportunity,
                knows_someone=longer.knows_someone,
                via_recruiter=longer.via_recruiter,
            ),
        )
        base = case.assess()
        found = evolve(case, opportunity=longer).assess()

        assert_same(found, base, 1e-9 * case.stakes(base))
        # Only where an offer comes next does silence turn nothing down.
        position = case.opportunity.position
        is_last = position == Position(
            phase="midway", stage=len(case.opportunity.stages) - 1
        )
        silence = {Action.CONTINUE, Action.FINISH_POLITELY}
        assert (
            found.action is base.action
            or base.margin <= 1e-9 * case.stakes(base)
            or (is_last and base.unspoken < 0.0 and base.action in silence)
        )

    @FEW
    @given(search=fit.searches(), place=st.integers(0, 3))
    def test_nor_does_it_change_a_plan(self, search: Search, place: int) -> None:
        who = search.candidate
        # Whoever must leave names somebody to whom they call off: there, to nobody.
        jobs = [evolve(one, knows_someone=False) for one in search.opportunities]
        longer = [with_nothing(one, place) for one in jobs]
        jobs = [
            evolve(one, via_recruiter=other.via_recruiter)
            for one, other in zip(jobs, longer, strict=True)
        ]
        base, found = plan(who, jobs), plan(who, longer)
        slack = 1e-9 * (1.0 + abs(base.value) + 100.0 * base.hours_per_percent)

        assert found.value == pytest.approx(base.value, rel=0.0, abs=slack)
        assert found.hours == pytest.approx(base.hours, rel=0.0, abs=1e-6)
        assert worths(found) == pytest.approx(worths(base), rel=0.0, abs=1e2 * slack)

    @FEWER
    @given(
        case=fit.cases(fit.UNDERWAY),
        which=st.integers(0, 2),
        chances=st.tuples(fit.CHANCES, fit.CHANCES),
    )
    def test_two_with_nothing_between_are_one(
        self, case: fit.Case, which: int, chances: Sequence[float]
    ) -> None:
        """A second that only passes on some of whom the first has passed on is part of
        the first: leaving between them gains nothing.

        No clue says that one is passed on, since two decisions would each heed it, and
        no pass tells of the fit, since each would tell of it.
        """
        who = evolve(case.candidate, learned=())
        job = evolve(case.opportunity, signals=(), knows_someone=False, mutual_fit=None)
        telling = {"mutual_fit", "competition"}
        numbers = case.assumptions.numbers.items()
        stated = {name: value for name, value in numbers if name not in telling}
        case = evolve(case, assumptions=evolve(case.assumptions, numbers=stated))
        which %= len(job.stages)
        stages = list(job.stages)
        stages[which] = evolve(stages[which], pass_rate=chances[0] * chances[1])
        apart = list(job.stages)
        apart[which] = evolve(apart[which], pass_rate=chances[0])
        apart.insert(which + 1, evolve(NOTHING, pass_rate=chances[1]))
        # A stage behind us makes no difference but to the count.
        moved = int(which < job.position.stage)
        place = evolve(job.position, stage=job.position.stage + moved)
        one = evolve(case, candidate=who, opportunity=evolve(job, stages=stages))
        two = evolve(
            case,
            candidate=who,
            opportunity=evolve(job, stages=apart, position=place),
        )
        base = one.assess()

        assert_same(two.assess(), base, 1e-9 * one.stakes(base))
