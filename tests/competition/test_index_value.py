"""The integral over several processes, against every joint state of small portfolios.

That the index policy itself is the best there is, and that wrong indices are found
out, is ``test_portfolio_oracle``'s part; here the sums in ``index_value`` are on trial.
"""

import math
from functools import cache

import numpy as np
import pytest
from attrs import evolve, frozen

from cases import random_chain
from interviewfit._competition import rival_mixture
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.index_value import IndexPolicyValue
from interviewfit._competition.policy_panels import broken_panel
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._numeric.adaptive_quadrature import NODES
from interviewfit._numeric.arrays import FloatArray
from interviewfit._numeric.panels import gauss_legendre
from portfolio_oracle import (
    FiniteProcess,
    FiniteStep,
    Instance,
    capped,
    index,
    integral_value,
    level,
    marginal_values,
    optimum,
    policy_value,
    random_instance,
    true_indices,
)

COUNT = 500
CLOSE = 1e-9
TOSS = FiniteProcess(0, (FiniteStep(-2, 0.5, ((0.5, 10.0), (0.5, -10.0))),))


@frozen(eq=False)
class Capped:
    """Processes of which all that is known is up to where each would be accepted."""

    caps: list[dict[float, float]]

    def accepted(self, alternatives: FloatArray) -> FloatArray:
        return np.array(
            [
                sum(
                    (p * (k > alternatives) for k, p in one.items()),
                    np.zeros(alternatives.size),
                )
                for one in self.caps
            ]
        ).reshape(len(self.caps), alternatives.size)


def policy_of(instance: Instance, y0: float) -> IndexPolicyValue:
    several = Capped([capped(process) for process in instance])
    return IndexPolicyValue.of(
        y0,
        np.array([index(process, 0, process.mean) for process in instance]),
        np.array([level(process) for process in instance]),
        np.array([max(one, default=-math.inf) for one in several.caps]),
        np.array(sorted({key for one in several.caps for key in one})),
        several.accepted,
    )


@cache
def cases() -> list[tuple[Instance, float]]:
    """Instances with ties and half steps among them, each with an outside option."""
    rng = np.random.default_rng(37)
    return [
        (
            random_instance(rng, halves=t % 3 == 2, whole=t % 2 == 0),
            float(rng.choice([-6.0, 0.0, 0.0, 1.0, 2.5])),
        )
        for t in range(COUNT)
    ]


@cache
def policies() -> list[IndexPolicyValue]:
    return [policy_of(instance, y0) for instance, y0 in cases()]


@cache
def solved_searches() -> list[tuple[SolvedProcesses, IndexPolicyValue]]:
    """The same solved, and played by index."""
    return [(solved, policy) for _, solved, policy in drawn()]


@cache
def drawn() -> list[
    tuple[list[ChainParameters[float]], SolvedProcesses, IndexPolicyValue]
]:
    rng = np.random.default_rng(41)
    found = []
    for _ in range(60):
        several = [random_chain(rng) for _ in range(int(rng.integers(1, 9)))]
        chains = [*several, several[0]] if rng.random() < 0.2 else several
        solved = SolvedProcesses.of(chains)
        base = float(rng.choice([-3.0, 0.0, 2.0]))
        found.append((chains, solved, solved.index_policy(base)))
    return found


def straight(
    policy: IndexPolicyValue, solved: SolvedProcesses, rows: list[int]
) -> float:
    """The integral from the base on by very many small steps, over some rows only."""
    indices = solved.indices[rows]
    edges = np.unique(
        np.concatenate(
            (
                np.linspace(policy.outside_option, policy.top, 1_001),
                np.clip(indices, policy.outside_option, policy.top),
            )
        )
    )
    nodes, weights = np.polynomial.legendre.leggauss(4)
    half = 0.5 * np.diff(edges)
    at = (edges[:-1] + half)[:, None] + half[:, None] * nodes
    chances = solved.acceptance_probability(at.ravel())[rows].reshape(
        len(rows), *at.shape
    )
    in_ = at < indices[:, None, None]
    none = np.prod(1.0 - np.where(in_, chances, 0.0), axis=0)
    below = float(solved.levels[rows].sum())
    return policy.outside_option + below + float(((1.0 - none) @ weights) @ half)


class TestByHand:
    def test_nobody(self) -> None:
        policy = policy_of((), 3.0)

        assert policy.value == 3.0
        assert policy.top == 3.0
        assert policy.marginal_values().size == 0

    def test_two_tosses(self) -> None:
        """Each: worth 0.5 alone, index 2. The second counts unless the first pays."""
        policy = policy_of((TOSS, TOSS), 0.0)

        assert policy.value == pytest.approx(0.875, abs=CLOSE)
        assert policy.marginal_values() == pytest.approx([0.375, 0.375], abs=CLOSE)

    @pytest.mark.parametrize("base", [2.0, 2.5, 100.0])
    def test_nothing_is_gained_from_the_highest_index_on(self, base: float) -> None:
        policy = policy_of((TOSS, TOSS), base)

        assert policy.value == policy.top == base
        assert policy.marginal_values().tolist() == [0.0, 0.0]
        assert policy.mixture(0).start_probability == 0.0
        assert policy.mixture(0).points.size == 0

    def test_one_sure_offer_makes_the_rest_worthless(self) -> None:
        sure = FiniteProcess(30, (FiniteStep(0, 1, ((1.0, 0.0),)),))
        policy = policy_of((sure, TOSS), 0.0)

        assert policy.value == pytest.approx(30, abs=CLOSE)
        assert policy.marginal_values() == pytest.approx([29.5, 0], abs=CLOSE)


class TestFiniteProcesses:
    def test_the_value_is_the_optimum(self) -> None:
        for (instance, y0), policy in zip(cases(), policies(), strict=True):
            assert policy.value == pytest.approx(optimum(instance, y0), abs=CLOSE)

    def test_the_value_is_what_the_indices_earn(self) -> None:
        for (instance, y0), policy in zip(cases(), policies(), strict=True):
            found = policy_value(instance, y0, true_indices(instance))
            assert policy.value == pytest.approx(found, abs=CLOSE)

    def test_marginals_are_against_never_having_been_there(self) -> None:
        for (instance, y0), policy in zip(cases(), policies(), strict=True):
            found = policy.marginal_values().tolist()
            assert found == pytest.approx(marginal_values(instance, y0), abs=CLOSE)

    def test_the_cases_are_of_every_kind(self) -> None:
        """Ties, endless and hopeless indices, twins, failing stages and paid exits."""
        ties = endless = hopeless = twins = fails = exits = 0
        for (instance, y0), policy in zip(cases(), policies(), strict=True):
            indices = policy.indices[np.isfinite(policy.indices)].tolist()
            ties += len({y0, *indices}) < 1 + len(indices)
            endless += math.inf in policy.indices
            hopeless += -math.inf in policy.indices
            twins += len(set(instance)) < len(instance)
            fails += any(s.survive == 0 for p in instance for s in p.steps)
            exits += any(s.exit != 0 for p in instance for s in p.steps)
        assert min(ties, endless, hopeless, twins, fails, exits) > COUNT // 20

    def test_many_processes(self) -> None:
        """As many as no table of joint states can hold."""
        rng = np.random.default_rng(5)
        for _ in range(5):
            instance = tuple(
                process
                for _ in range(15)
                for process in random_instance(rng, halves=True)
            )
            policy = policy_of(instance, 1.0)
            assert policy.value == pytest.approx(
                integral_value(instance, 1.0), abs=CLOSE
            )

    def test_chances_add_up_in_each_mixture(self) -> None:
        """To the chance that all others, capped, are below the index."""
        for (instance, y0), policy in zip(cases(), policies(), strict=True):
            spread = [capped(process) for process in instance]
            indices = policy.indices.tolist()
            for j, own in enumerate(indices):
                mixture = policy.mixture(j)
                assert mixture.weights.sum() == pytest.approx(
                    mixture.start_probability, abs=CLOSE
                )
                if own <= y0:
                    assert mixture.start_probability == 0
                    continue
                # Of equal indices the first goes first.
                ahead = [
                    caps
                    for i, caps in enumerate(spread)
                    if own < math.inf and (-indices[i], i) < (-own, j)
                ]
                expected = math.prod(
                    1 - sum(p for k, p in caps.items() if k >= own) for caps in ahead
                )
                assert mixture.start_probability == pytest.approx(expected, abs=CLOSE)


class TestGaussianProcesses:
    def test_the_value_by_small_steps(self) -> None:
        for solved, policy in solved_searches()[:20]:
            expected = straight(policy, solved, [*range(solved.means.size)])
            assert policy.value == pytest.approx(expected, abs=1e-7)

    def test_however_far_out_it_is_the_same_search(self) -> None:
        """All means and the alternative 2**25 h higher: the same but for roundings, and
        looked at in as many places, for what points cannot tell is not looked for.
        """
        far = 2.0**25
        for chains, _, policy in drawn()[:30]:
            moved = [evolve(chain, mean=chain.mean + far) for chain in chains]

            found = SolvedProcesses.of(moved).index_policy(policy.outside_option + far)

            assert found.value - far == pytest.approx(policy.value, abs=1e-7)
            assert found.nodes.size <= 2 * policy.nodes.size

    def test_marginals_are_differences(self) -> None:
        for chains, _, policy in drawn()[:30]:
            for j, found in enumerate(policy.marginal_values().tolist()):
                others = SolvedProcesses.of([*chains[:j], *chains[j + 1 :]])
                without = others.index_policy(policy.outside_option).value
                assert found == pytest.approx(policy.value - without, abs=CLOSE)

    def test_chances_add_up_in_each_mixture(self) -> None:
        for solved, policy in solved_searches():
            for j in range(solved.means.size):
                mixture = policy.mixture(j)
                assert 0.0 <= mixture.start_probability <= 1.0 + CLOSE
                assert mixture.weights.sum() == pytest.approx(
                    mixture.start_probability, abs=CLOSE
                )

    def test_those_worked_out_together_are_those_worked_out_alone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also where not all of them fit at once."""
        for pairs in (rival_mixture._MOST_PAIRS, 1):
            monkeypatch.setattr(rival_mixture, "_MOST_PAIRS", pairs)
            for solved, policy in solved_searches()[::4]:
                order = [*range(solved.means.size)][::-1]
                for process, found in zip(order, policy.mixtures(order), strict=True):
                    alone = policy.mixture(process)
                    for name in ("points", "weights", "start_probability"):
                        assert getattr(found, name) == pytest.approx(
                            getattr(alone, name), rel=1e-12, abs=1e-15
                        )

    def test_one_is_begun_unless_a_higher_one_was_accepted(self) -> None:
        """Each of those by itself, above the index; few or so many that several indices
        lie between two points that were looked at.
        """
        rng = np.random.default_rng(43)
        many = SolvedProcesses.of([random_chain(rng) for _ in range(40)])
        for solved, policy in [*solved_searches(), (many, many.index_policy())]:
            indices = solved.indices
            accepted = 1.0 - solved.acceptance_probability(indices)
            for j, own in enumerate(indices.tolist()):
                if not policy.outside_option < own < math.inf:
                    continue
                rows = range(indices.size)
                ahead = [i for i in rows if (-indices[i], i) < (-own, j)]
                expected = math.prod(accepted[ahead, j].tolist())
                assert policy.mixture(j).start_probability == pytest.approx(
                    expected, abs=CLOSE
                )

    def test_one_behind_many_that_are_all_but_sure_is_never_begun(self) -> None:
        sure = ChainParameters(30.0, (-1.0,), (0.99,), (0.0,), (0.5,), (0.0,))
        poor = ChainParameters(3.0, (-1.0,), (0.9,), (0.0,), (0.5,), (0.0,))
        policy = SolvedProcesses.of([*[sure] * 40, poor]).index_policy()

        mixture = policy.mixture(40)

        assert mixture.start_probability == pytest.approx(0.0, abs=1e-15)
        assert mixture.weights.sum() == pytest.approx(0.0, abs=1e-15)
        assert policy.marginal_values()[40] == pytest.approx(0.0, abs=1e-15)

    def test_accepted_offers_add_up(self) -> None:
        """Exactly one is accepted, unless none is above the base."""
        for solved, policy in solved_searches():
            total = 0.0
            for j in range(solved.means.size):
                mixture = policy.mixture(j)
                total += float(
                    mixture.weights @ solved.acceptance_probability(mixture.points)[j]
                )
            at_base = solved.acceptance_probability(np.array([policy.outside_option]))[
                :, 0
            ]
            begun = solved.indices > policy.outside_option
            some = 1.0 - np.prod(1.0 - at_base[begun])
            assert total == pytest.approx(float(some), abs=CLOSE)

    def test_outcomes_add_up_to_marginals(self) -> None:
        """An integral by parts: the same numbers by way of what each leads to."""
        for chains, solved, policy in drawn():
            rows = range(len(chains))
            mixtures = [policy.mixture(j) for j in rows]
            marginals = policy.marginal_values().tolist()
            for one, mixture, chain, found in zip(
                solved.evaluate_mixtures(mixtures),
                mixtures,
                chains,
                marginals,
                strict=True,
            ):
                worth = (
                    float(one.offer_value)
                    + float(one.take_probability @ np.array(chain.reward))
                    + float(one.leave_probability @ np.array(chain.exit))
                    + (1.0 - mixture.start_probability) * chain.exit[0]
                )
                assert worth == pytest.approx(found, abs=1e-8)

    def test_the_first_of_equals_is_begun_first(self) -> None:
        """Of three equals the first is surely begun, each next if none was accepted."""
        chain = ChainParameters(10.0, (-1.0,), (0.9,), (0.0,), (5.0,), (0.0,))
        solved = SolvedProcesses.of([chain, chain, chain])
        policy = solved.index_policy()
        accepted = solved.acceptance_probability(solved.indices[:1])[0, 0]

        found = [policy.mixture(j).start_probability for j in range(3)]
        expected = [(1.0 - accepted) ** j for j in range(3)]
        assert accepted > 0.1
        assert found == pytest.approx(expected, abs=CLOSE)

    def test_what_pays_for_itself_is_begun_for_sure(self) -> None:
        """Whatever else is accepted, and however poor a job it is."""
        good = ChainParameters(10.0, (-1.0,), (0.9,), (0.0,), (5.0,), (0.0,))
        paid = ChainParameters(-20.0, (1.0,), (0.5,), (0.0,), (1.0,), (0.0,))
        solved = SolvedProcesses.of([good, paid])
        policy = solved.index_policy()

        assert solved.indices[1] == math.inf
        assert policy.mixture(1).start_probability == pytest.approx(1.0, abs=CLOSE)
        assert policy.mixture(0).start_probability == pytest.approx(1.0, abs=CLOSE)

    def test_another_process_in_the_place_of_one(self) -> None:
        """Put in front, run whatever comes: what follows is a search without it."""
        for chains, solved, policy in drawn():
            forced = SolvedProcesses.of([chain.committed_to([0]) for chain in chains])
            accepted = forced.acceptance_probability(policy.nodes.ravel())
            beyond = forced.standalone_values(policy.top)
            for j, found in enumerate(policy.marginal_values().tolist()):
                replaced = policy.value_when_forced(j, accepted[j]) + float(beyond[j])
                assert replaced <= found + CLOSE
                if solved.indices[j] >= policy.top > policy.outside_option:
                    assert replaced == pytest.approx(found, abs=CLOSE)


@pytest.mark.parametrize("cuts", [[0.5], [0.1, 0.7], [0.2, 0.25, 0.9]])
def test_a_panel_that_is_broken_is_integrated_piece_by_piece(cuts: list[float]) -> None:
    """Against the trapezium rule on each piece, with logs that are polynomials."""
    start, end, jumps = 3.0, 11.0, len(cuts)
    edges = start + (end - start) * np.array([0.0, *cuts, 1.0])
    nodes = start + (end - start) * 0.5 * (1.0 + gauss_legendre(NODES)[0])
    slopes = np.random.default_rng(jumps).uniform(-0.2, 0.0, (jumps, 3))

    def log_of(jump: int, at: FloatArray) -> FloatArray:
        return np.asarray(np.polyval(slopes[jump], at / end))

    def shape(at: FloatArray) -> FloatArray:
        return np.asarray(1.0 + (at / end) ** 3)

    def others(at: FloatArray) -> FloatArray:
        return -0.1 * at / end

    logs = np.array([log_of(jump, nodes) for jump in range(jumps)])
    masses, tops = broken_panel(edges, logs, others(nodes))

    total = 0.0
    for piece in range(jumps + 1):
        at = np.linspace(edges[piece], edges[piece + 1], 4001)
        going = sum((log_of(jump, at) for jump in range(piece, jumps)), 0.0 * at)
        total += float(np.trapezoid(np.exp(going) * shape(at), at))
        assert masses[piece] @ shape(nodes) == pytest.approx(total, rel=1e-6)
        if piece < jumps:
            top = at[-1:]
            above = sum((log_of(jump, top) for jump in range(piece + 1, jumps)), 0.0)
            expected = np.exp(above + others(top)).item()
            assert tops[piece] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_a_better_alternative_needs_no_acceptance_anew(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = (3, 40)[seed % 2]
    solved = SolvedProcesses.of([random_chain(rng) for _ in range(count)])
    policy = solved.index_policy(0.0)

    for share in (0.0, 0.3, 0.77, 1.0, 1.2):
        base = share * max(policy.top, 1.0)
        anew, moved = solved.index_policy(base), policy.at(base)

        assert moved.value == pytest.approx(anew.value, rel=1e-9, abs=1e-9)
        assert moved.top == pytest.approx(anew.top)
        np.testing.assert_allclose(
            moved.marginal_values(), anew.marginal_values(), atol=1e-8
        )
        begun, begun_anew = (
            [it.start_probability for it in found.mixtures(range(count))]
            for found in (moved, anew)
        )
        np.testing.assert_allclose(begun, begun_anew, atol=1e-9)
