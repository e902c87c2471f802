"""Draws from the guesses, counted."""

from typing import Any

import attrs
import numpy as np
import pytest

from interviewfit import (
    Action,
    Assessment,
    Belief,
    Candidate,
    InvalidFieldError,
    Opportunity,
    Phase,
    Position,
    Weights,
    assess,
    corporate,
    dumps,
    loads,
    robustness,
    small_firm,
)
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._model.vocabulary import SIDE_TERMS
from interviewfit._process.parameters import list_inputs, substitute
from interviewfit.records import Agreement
from interviewfit.sensitivity import Robustness, _robustness as module, _work
from interviewfit.sensitivity._sampling import (
    sampled_parameters,
    triangular_ppf,
    uniform_draws,
)

# So that taking it and declining are close.
DULL = {"pay": Belief(mean=-8, sd=5), "role": Belief(mean=-5, sd=3)}


def job(**changes: Any) -> Opportunity:
    return Opportunity(**{"name": "Acme", "stages": corporate(), **changes})


def ask(**changes: Any) -> Assessment:
    return assess(Candidate(), job(**changes))


class TestRobustness:
    def test_it_counts_decisions_made_again_one_by_one(self) -> None:
        found = ask(beliefs=DULL, stages=small_firm(), signals=["bad_reviews"])
        decision = found.decision
        inputs = sampled_parameters(decision)
        (uniform,) = uniform_draws(inputs, np.random.default_rng(5), [60])
        again, margins = [], []
        for row in range(60):
            numbers = {
                one: float(triangular_ppf(one, uniform[one])[row]) for one in inputs
            }
            one = substitute(decision, numbers)
            each = assess(one.candidate, one.opportunity, assumptions=one.assumptions)
            again.append(each.action)
            margins.append(
                each.choice(found.action).value
                - max(c.value for c in each.choices if c.action is not found.action)
            )

        counted = robustness(found, 60, np.random.default_rng(5))

        assert 0 < counted.share < 1
        assert counted.share == again.count(found.action) / 60
        assert counted.shares == {one: again.count(one) / 60 for one in set(again)}
        shares = list(counted.shares.values())
        assert shares == sorted(shares, reverse=True)
        assert counted.margin.median == pytest.approx(np.median(margins), abs=1e-9)

    @pytest.mark.parametrize(
        "changes",
        [
            {"beliefs": DULL, "stages": small_firm()},
            {"beliefs": DULL, "signals": ["bad_reviews"], "knows_someone": True},
            {"beliefs": DULL, "position": Position(phase="midway", stage=1)},
            {"beliefs": DULL, "position": Position(phase="offered")},
        ],
    )
    def test_without_side_gains_is_with_their_weights_at_0(
        self, changes: dict[str, Any]
    ) -> None:
        found = ask(**changes)
        none = Weights(**{term.value: 0.0 for term in SIDE_TERMS})
        decision = attrs.evolve(found.decision, candidate=Candidate(weights=none))
        inputs = sampled_parameters(found.decision)
        (uniform,) = uniform_draws(inputs, np.random.default_rng(3), [400])
        columns = {one.name: triangular_ppf(one, uniform[one]) for one in inputs}
        best = evaluate_rows(decision, columns).best

        counted = robustness(found, 400, np.random.default_rng(3))

        assert counted.share_without_side_values == best.count(found.action) / 400

    def test_the_blocks_do_not_matter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = ask(beliefs=DULL, stages=small_firm())
        whole = robustness(found, 500, np.random.default_rng(1))
        monkeypatch.setattr(_work, "_BLOCK_WORK", 1_000_000)
        monkeypatch.setattr(_work, "_FIRST_DRAWS", 7)

        assert robustness(found, 500, np.random.default_rng(1)) == whole

    def test_it_is_the_same_each_time_unless_drawn_otherwise(self) -> None:
        found = ask(beliefs=DULL, stages=small_firm())

        assert robustness(found, 200) == robustness(found, 200)
        other = robustness(found, 200, np.random.default_rng(99))
        assert other != robustness(found, 200)

    def test_shares_sum_to_one(self) -> None:
        found = robustness(ask(beliefs=DULL, stages=small_firm()), 333)

        assert sum(found.shares.values()) == pytest.approx(1.0, abs=1e-12)
        assert found.interval[0] <= found.share <= found.interval[1]

    def test_without_width_all_agree(self) -> None:
        found = ask(beliefs=DULL, stages=small_firm())
        ranges = {
            one.name: (one.value, one.value) for one in list_inputs(found.decision)
        }

        counted = robustness(found, 50, ranges=ranges)

        assert counted.share == 1.0
        assert counted.agreement is Agreement.CLEAR
        assert counted.margin.low == pytest.approx(found.margin, abs=1e-9)
        assert counted.margin.high == counted.margin.low
        assert counted.influential == ()

    def test_one_who_states_everything_has_nothing_drawn(self) -> None:
        found = ask()
        numbers = {
            one.name: one.value
            for one in list_inputs(found.decision)
            if one.path[0] == "assumptions"
        }
        stated = attrs.evolve(found.decision.assumptions, numbers=numbers)
        again = assess(Candidate(), job(), assumptions=stated)

        assert robustness(again, 20).share == 1.0

    def test_a_weight_that_is_drawn_is_0_without_side_gains(self) -> None:
        found = ask(beliefs=DULL, stages=small_firm())
        ranges = {"weights.networking": (0.0, 5.0)}

        more = robustness(found, 400, ranges=ranges)

        assert (
            more.share_without_side_values
            == robustness(found, 400).share_without_side_values
        )
        assert more.margin.median > robustness(found, 400).margin.median

    @pytest.mark.parametrize(
        ("share", "agreement"), [(0.9, "clear"), (0.899, "leans"), (0.7, "leans")]
    )
    def test_agreement_turns_at_nine_and_at_seven_in_ten(
        self, share: float, agreement: str
    ) -> None:
        found = robustness(ask(), 50)

        assert attrs.evolve(found, share=share).agreement.value == agreement
        assert attrs.evolve(found, share=0.699).agreement is Agreement.CLOSE

    def test_finishing_politely_and_going_on_are_two_answers(self) -> None:
        found = ask(
            beliefs={
                name: Belief(mean=-6, sd=4) for name in ("pay", "role", "culture")
            },
            position=Position(phase="midway", stage=1),
        )
        counted = robustness(found, 400)

        assert {Action.FINISH_POLITELY, Action.CONTINUE} <= set(counted.shares)
        # Both stay in, and are worth the same.
        assert counted.margin.low > 0

    def test_beside_other_processes_each_draw_is_assessed(self) -> None:
        other = job(name="Bolt", stages=small_firm())
        found = assess(Candidate(), job(beliefs=DULL), beside=[other])
        seen: list[tuple[int, int]] = []

        def note(done: int, of: int) -> None:
            seen.append((done, of))

        counted = robustness(found, 12, progress=note)

        assert sum(counted.shares.values()) == pytest.approx(1.0)
        assert seen == [(0, 12), (12, 12)]

    def test_progress_is_told_after_every_block(self) -> None:
        seen: list[tuple[int, int]] = []

        def note(done: int, of: int) -> None:
            seen.append((done, of))

        robustness(ask(position=Position(phase="offered")), 10_000, progress=note)

        assert len(seen) > 2
        assert seen == sorted(set(seen))
        assert {of for _, of in seen} == {10_000}
        assert seen[-1] == (10_000, 10_000)

    @pytest.mark.parametrize("phase", list(Phase))
    def test_a_dealbreaker_is_certain_wherever_it_is_met(self, phase: Phase) -> None:
        me = Candidate(dealbreakers=["oil"])
        found = assess(me, job(tags=["oil"], position=Position(phase=phase)))
        counted = robustness(found, 60)

        leaving = (Action.FINISH_POLITELY, Action.LEAVE)
        ways = set(leaving) if phase is Phase.MIDWAY else {found.action}
        assert set(counted.shares) <= ways
        assert counted.agreement is Agreement.CLEAR
        assert "Certain" in str(counted)
        assert loads(dumps(counted), Robustness) == counted

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ({"assessment": "Acme"}, r"robustness\(assessment\)"),
            ({"draws": 0}, r"robustness\(draws\)"),
            ({"draws": True}, r"robustness\(draws\)"),
            ({"draws": 10**9}, "1,000,000"),
            ({"rng": "5"}, r"robustness\(rng\) must be a seed or a generator.*'5'"),
            ({"rng": -1}, r"robustness\(rng\)"),
        ],
    )
    def test_what_cannot_be_meant_is_refused(
        self, arguments: dict[str, Any], told: str
    ) -> None:
        with pytest.raises(InvalidFieldError, match=told):
            robustness(**{"assessment": ask(), **arguments})


class TestSettlers:
    def test_the_one_number_that_is_drawn_settles_it(self) -> None:
        """Only what a contact is worth varies: knowing it tells the answer in every bin
        but the one in which it turns.
        """
        found = ask(beliefs=DULL, stages=small_firm(), signals=["bad_reviews"])
        ranges: dict[str, tuple[float, float]] = {
            one.name: (one.value, one.value)
            for one in sampled_parameters(found.decision)
        }
        ranges["contact"] = (0.0, 10.0)

        counted = robustness(found, 4000, ranges=ranges)
        (best,) = counted.influential

        assert best.name == "contact"
        assert 1 - 1 / 16 <= best.share_if_known <= 1.0
        # The more a contact is worth, the better it is to take it.
        assert (best.agree_low, best.agree_high) == (1.0, 0.0)
        assert best.value > 0

    def test_luck_settles_nothing(self) -> None:
        """Numbers that tell nothing are credited with nothing, however many come."""
        rng = np.random.default_rng(11)
        votes = np.eye(2)[(rng.random(4000) < 0.55).astype(int)].T
        gains = [
            module.cross_fitted_gain(rng.integers(0, 16, 4000).astype(np.int8), votes)
            for _ in range(200)
        ]
        means = np.array([one.mean() for one in gains])
        errors = np.array([one.std() for one in gains]) / np.sqrt(4000)

        assert means.mean() <= 0.0
        assert (means <= 4.0 * errors).all()

    def test_the_worth_of_knowing_is_that_of_perfect_information(self) -> None:
        """x - 0.2 against 0, x uniform on -1 to 1: knowing x is worth 0.8**2 / 4."""
        uniform = np.random.default_rng(2).random(200_000)
        scores = np.array([2.0 * uniform - 1.2, np.zeros(uniform.size)])
        gains = module.cross_fitted_gain((16 * uniform).astype(np.int8), scores)

        # The bin in which it turns is a sixteenth wide, and is not told apart.
        lost = 0.1 * 0.05 / 4
        error = gains.std() / np.sqrt(gains.size)
        assert gains.mean() == pytest.approx(0.16, abs=4 * error + lost)

    def test_a_number_that_turns_no_bin_may_still_count(self) -> None:
        """Two numbers, each of which moves the share without turning it."""
        found = ask(beliefs=DULL, stages=small_firm())
        counted = robustness(found, 4000)
        one_for_all = max(counted.shares.values())

        ranks = [
            (one.share_if_known, abs(one.agree_low - one.agree_high))
            for one in counted.influential
        ]
        assert ranks == sorted(ranks, reverse=True)
        assert counted.influential
        for one in counted.influential:
            assert one.agree_low != one.agree_high or one.share_if_known > one_for_all
            assert one.share_if_known >= one_for_all


def gain_by_counting(bins: list[int], scores: list[list[float]]) -> list[float]:
    """As ``cross_fitted_gain``, draw by draw: *scores* of each option in each draw."""
    totals = [sum(row) for row in scores]
    usual, best = totals.index(max(totals)), dict[tuple[int, int], int]()
    for key in {(bin_, half) for bin_ in bins for half in (0, 1)}:
        mine = [n for n, bin_ in enumerate(bins) if (bin_, n % 2) == key]
        ahead = [sum(row[n] - scores[usual][n] for n in mine) for row in scores]
        best[key] = ahead.index(max(ahead)) if max(ahead) > 1e-12 else usual
    return [
        scores[best[bin_, 1 - n % 2]][n] - scores[usual][n]
        for n, bin_ in enumerate(bins)
    ]


class TestCounted:
    def test_a_gain_is_that_of_the_best_option_of_the_other_half(self) -> None:
        rng = np.random.default_rng(3)
        bins, scores = rng.integers(0, 16, 150), rng.normal(size=(3, 150))
        scores[0] += 0.3 * (bins > 9)

        found = module.cross_fitted_gain(bins.astype(np.int8), scores)

        expected = gain_by_counting(bins.tolist(), scores.tolist())
        assert found.tolist() == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("phase", ["before", "offered"])
    def test_numbers_that_matter_are_those_that_counting_finds(
        self, phase: str
    ) -> None:
        beliefs = DULL if phase == "before" else {"pay": Belief(mean=-2, sd=0)}
        found = ask(
            beliefs=beliefs, stages=small_firm(), position=Position(phase=phase)
        )
        count, decision = 300, found.decision
        inputs = sampled_parameters(decision)
        (uniform,) = uniform_draws(inputs, np.random.default_rng(4), [count])
        columns = {one.name: triangular_ppf(one, uniform[one]) for one in inputs}
        rows = evaluate_rows(decision, columns)
        agrees = [float(best is found.action) for best in rows.best]
        kinds = [
            [float(best is action) for best in rows.best] for action in set(rows.best)
        ]
        expected = {}
        for one in inputs:
            bins = [int(16.0 * share) for share in uniform[one]]
            low = [agree for agree, bin_ in zip(agrees, bins, strict=True) if bin_ < 4]
            high = [a for a, bin_ in zip(agrees, bins, strict=True) if bin_ >= 12]
            gains = np.array(gain_by_counting(bins, kinds))
            error = float(gains.std()) / count**0.5
            noise = (np.var(low) / len(low) + np.var(high) / len(high)) ** 0.5
            if settles := gains.mean() > 4.0 * error:
                share = max(map(np.mean, kinds)) + gains.mean()
            else:
                share = max(map(np.mean, kinds))
            apart = abs(np.mean(low) - np.mean(high))
            if settles or apart > 4.0 * noise:
                worth = np.mean(gain_by_counting(bins, rows.values.tolist()))
                expected[one.name] = (
                    *(np.mean(low), np.mean(high), share, error),
                    max(0.0, worth),
                )

        counted = robustness(found, count, np.random.default_rng(4))

        assert {one.name for one in counted.influential} == set(expected)
        assert expected
        for item in counted.influential:
            numbers = (
                *(item.agree_low, item.agree_high, item.share_if_known),
                *(item.standard_error, item.value),
            )
            assert numbers == pytest.approx(expected[item.name], abs=1e-9)
            (drawn,) = (one for one in inputs if one.name == item.name)
            ends = drawn.low, drawn.high, drawn.unit
            assert (item.low, item.high, item.unit) == ends


class TestText:
    def test_it_reads_as_one_would_say_it(self) -> None:
        text = str(robustness(ask(beliefs=DULL, stages=small_firm()), 2000))

        assert text.splitlines()[0].startswith("Acme: take it. Leans: 8")
        assert (
            "Without the value of contacts, practice and other roles: take it" in text
        )

    def test_a_share_never_reads_as_more_than_it_is(self) -> None:
        found = attrs.evolve(robustness(ask(), 50), share=0.8999, interval=(0.89, 0.91))

        assert found.headline == (
            "Leans: 89 % of plausible assumptions lead to this advice (89 to 91 %)."
        )
        almost = attrs.evolve(found, share=0.9999, interval=(0.999, 1.0))
        assert almost.headline == (
            "Clear: over 99 % of plausible assumptions lead to this advice."
        )

    def test_its_repr_is_a_line(self) -> None:
        found = robustness(ask(), 50)

        assert repr(found) == "<Robustness of 'take': 100.0% of 50 draws agree>"
