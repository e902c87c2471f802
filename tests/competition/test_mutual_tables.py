"""Processes in which passes tell of the fit, beside others: exact at every alternative.

The chain of constant rates, which counts on average what passes tell, is another chain:
where they tell much, or passed a stage that hardly anybody passes, it is off by half of
the value and more. So plans, rows, assessments and plays are held to the exact chain.
"""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from interviewfit import (
    Action,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Position,
    Stage,
    Weights,
    assess,
    corporate,
    plan,
    small_firm,
)
from interviewfit._assessment import evaluating_rows
from interviewfit._assessment.alternatives import without_terms
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.evaluation import evaluate
from interviewfit._assessment.problems import compile_problem
from interviewfit._competition import (
    mutual_guarantee,
    mutual_steps,
    tabulated_chains,
    tabulating,
)
from interviewfit._competition.chains import ChainParameters
from interviewfit._competition.entries import CompiledProcess, compile_search
from interviewfit._competition.mutual_guarantee import AVERAGED, MOVED, NOT_SINGLE
from interviewfit._competition.mutual_steps import solve_mutual_steps
from interviewfit._competition.mutual_tables import MutualTables
from interviewfit._competition.solved_processes import SolvedProcesses
from interviewfit._competition.tabulated_chains import TabulatedChain
from interviewfit._competition.tabulating import is_open
from interviewfit._model.vocabulary import JUDGED_TERMS
from interviewfit._solver.forward_pass import OutcomeMoments
from interviewfit._solver.mutual_solution import MutualSolution, solve_mutual
from interviewfit._solver.solution import Solution
from interviewfit.records import Certainty, Decision
from interviewfit.simulation import simulate
from interviewfit.simulation._mutual_paths import MutualPaths

ME = Candidate()
LEARNT = Candidate(weights=Weights(practice=0.0))
"""Whom no interview teaches anything, so that values of plans add up."""
FEW = settings(max_examples=max(1, settings().max_examples // 10))
FEWEST = settings(max_examples=max(1, settings().max_examples // 25))


def jobs(count: int, correlation: float | None, **more: Any) -> list[Opportunity]:
    """Opportunities that differ in the role and in their stages."""
    return [
        Opportunity(
            name=f"Acme {number}",
            stages=more.get("stages") or (corporate() if number % 2 else small_firm()),
            mutual_fit=correlation,
            beliefs={"role": Belief(mean=-4 + 3 * number, sd=12)},
        )
        for number in range(count)
    ]


def compiled(opportunities: list[Opportunity]) -> list[CompiledProcess[float]]:
    """The processes of a search."""
    return list(compile_search(ME, opportunities, Assumptions()))


def table_of(entry: CompiledProcess[float]) -> MutualTables:
    """The table of a process."""
    table = table_or_none(entry)
    assert table is not None
    return table


def table_or_none(entry: CompiledProcess[float]) -> MutualTables | None:
    """The table of a process; None if so few have passed that there is none."""
    solved = SolvedProcesses.of([ChainParameters.of(entry.process)])
    (table,) = solved.solutions
    return table if isinstance(table, MutualTables) else None


def chain_of(table: MutualTables) -> TabulatedChain:
    """The chain of its only row."""
    (chain,) = table.tables
    return chain


def exact(entry: CompiledProcess[float], alternatives: Any) -> OutcomeMoments:
    """What a process leads to against each alternative, solved by itself."""
    points = np.asarray(alternatives, dtype=np.float64)
    mutual = entry.process.mutual
    assert mutual is not None
    moved = mutual.moved(-points)
    return solve_mutual_steps(entry.process.steps, moved, points.size).outcomes


@st.composite
def told(draw: st.DrawFn, name: str = "Acme") -> Opportunity:
    """An opportunity in which passes tell something, some of them rare ones."""
    passed = draw(st.integers(0, 2))
    ahead = draw(st.integers(1, 2))
    kinds = st.sampled_from(["hr_screen", "panel", "hiring_manager", "executive"])
    rare = st.sampled_from([0.0, 1e-6, 1e-3, 0.02, 0.5])
    usual = st.sampled_from([0.05, 0.3, 0.8, None])
    stages = [Stage(kind=draw(kinds), pass_rate=draw(rare)) for _ in range(passed)]
    stages += [Stage(kind=draw(kinds), pass_rate=draw(usual)) for _ in range(ahead)]
    role = Belief(mean=draw(st.floats(-12, 12)), sd=draw(st.sampled_from([3.0, 9.0])))
    fits = [-0.3, 0.1, 0.3, 0.5, 0.7, 0.9]
    return Opportunity(
        name=name,
        stages=stages,
        position=Position(stage=passed),
        beliefs={"role": role},
        mutual_fit=draw(st.sampled_from(fits)),
        signals=draw(st.sampled_from([[], ["merger_talks"]])),
    )


class TestTable:
    @FEW
    @given(told(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4))
    def test_it_is_the_exact_chain_at_every_alternative(
        self, job: Opportunity, shares: list[float]
    ) -> None:
        (entry,) = compiled([job])
        table = table_or_none(entry)
        if table is None:
            return
        top = (
            chain_of(table).index
            if 0.0 < chain_of(table).index < np.inf
            else chain_of(table).spread
        )
        points = top * np.array(shares)

        found = table.evaluate(entry.process.mean_hours - points)
        once = exact(entry, points)

        stake = float(np.abs(once.continuation_value - table.first_exit).max())
        # As far as the solver agrees with itself: passes that nobody comes to have a
        # chance below its rounding error.
        slack = 1e-5 * stake + 4.0 * table.error + 1e-6
        for name in ("continuation_value", "offer_value"):
            numbers = getattr(found, name) - getattr(once, name)
            assert np.abs(numbers).max() <= slack
        chances = found.accept_probability - once.accept_probability
        assert np.abs(chances).max() <= 1e-4 + 20.0 * slack / chain_of(table).spread

    @FEW
    @given(told())
    def test_at_its_index_going_on_is_worth_as_much_as_leaving(
        self, job: Opportunity
    ) -> None:
        (entry,) = compiled([job])
        table = table_or_none(entry)
        if table is None or not np.isfinite(chain_of(table).index):
            return

        going = exact(entry, [chain_of(table).index]).continuation_value.item()

        stake = (
            abs(float(table.continuation_value([chain_of(table).anchor])[0]))
            + chain_of(table).spread
        )
        assert going == pytest.approx(
            table.first_exit.item(), abs=1e-6 * stake + 4.0 * table.error
        )

    def test_terms_of_a_mixture_add_up(self) -> None:
        (entry,) = compiled(jobs(1, 0.3))
        table, process = table_of(entry), entry.process
        points = process.mean_hours - np.array([[0.0, 150.0, 420.0]])
        weights = np.array([[0.2, 0.5, 0.3]])

        mixed = table.evaluate_mixture(points, weights)

        each = table.evaluate(points[0])
        assert mixed.accept_probability[0] == pytest.approx(
            float(weights[0] @ each.accept_probability)
        )
        terms = float(mixed.offer_value[0])
        for number, step in enumerate(process.steps):
            terms += float(mixed.take_probability[0, number]) * step.reward
            terms += float(mixed.leave_probability[0, number]) * step.exit
        assert terms == pytest.approx(float(mixed.continuation_value[0]))

    def test_the_acceptance_is_the_slope_of_the_value(self) -> None:
        (entry,) = compiled(jobs(1, 0.6))
        table = table_of(entry)
        means = chain_of(table).anchor - np.linspace(
            10.0, 0.9 * chain_of(table).index, 7
        )
        step = 1e-3

        rise = table.continuation_value(means + step) - table.continuation_value(
            means - step
        )

        chances = table.acceptance_probability(means[None])[0]
        assert rise / (2.0 * step) == pytest.approx(chances, abs=1e-8)

    def test_a_jump_is_found_by_halving_and_its_error_is_said(self) -> None:
        sure = {name: Belief(mean=2.0, sd=0.0) for name in ("role", "culture", "team")}
        stage = Stage(kind="panel", pass_rate=0.5, reshape_chance=0.0)
        job = Opportunity(name="Acme", stages=[stage], mutual_fit=0.5, beliefs=sure)
        (entry,) = compiled([job])
        table = table_of(entry)
        points = np.linspace(0.0, chain_of(table).index, 40)

        found = table.continuation_value(entry.process.mean_hours - points)

        once = exact(entry, points).continuation_value
        assert np.abs(found - once).max() <= 4.0 * table.error + 1e-6

    def test_one_that_is_always_gone_on_with_has_no_index(self) -> None:
        who = Candidate(weights=Weights(networking=20.0, time=0.1))
        entries = compile_search(who, jobs(1, 0.3), Assumptions())
        table = table_of(entries[0])

        assert chain_of(table).index == np.inf
        assert float(table.value_at_minus_infinity[0]) > 0.0
        far = exact(entries[0], [chain_of(table).reach]).continuation_value
        assert table.floor_value == pytest.approx(far)
        beyond = np.array([[chain_of(table).anchor - 2.0 * chain_of(table).reach]])
        assert table.acceptance_probability(beyond).item() == 0.0
        assert table.continuation_value(beyond).item() == pytest.approx(far.item())

    def test_where_a_panel_ends_nothing_is_solved_again(self) -> None:
        """Nor because one alternative beyond it was solved by itself."""
        who = Candidate(weights=Weights(networking=20.0, time=0.1))
        (entry,) = compile_search(who, jobs(1, 0.3), Assumptions())
        table = chain_of(table_of(entry))
        end = max(panel.right for panel in table.panels if not panel.is_point)

        assert table.panels[-1].is_point
        assert table.panels[-1].left > end
        assert table.missing(0.0, end) == []
        assert table.missing(0.0, 1.01 * end) != []

    def test_rows_are_the_tables_of_each_row(self) -> None:
        entries = compiled(jobs(3, 0.4, stages=corporate()))
        tables = [table_of(entry) for entry in entries]
        rows = MutualTables.of([row for table in tables for row in table.rows])
        means = np.array([[20.0, -70.0], [5.0, 90.0], [1.0, 2.0]])
        order = np.array([2, 0, 1])

        chances = rows.take(order).acceptance_probability(means)

        for line, row in enumerate(order.tolist()):
            single = tables[row].acceptance_probability(means[[line]])
            assert chances[line] == pytest.approx(single[0])
        assert rows.shortfall == 0.0
        assert rows.error == sum(table.error for table in tables)

    def test_of_no_lines_there_is_nothing_to_tell(self) -> None:
        """An offer beside which nobody goes on made ``flips`` end with an error."""
        (entry,) = compiled(jobs(1, 0.6))
        table = table_of(entry)
        nobody = np.empty(0, np.intp)

        assert table.acceptance_probability(np.empty((0, 24)), nobody).shape == (0, 24)

    def test_coarse_ones_are_off_by_no_more_than_they_say(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (entry,) = compiled(jobs(1, 0.6))
        solved = list[int]()

        def counted(steps: Any, *args: Any, **more: Any) -> MutualSolution:
            solved.append(len(steps[0]))
            return solve_mutual(steps, *args, **more)

        monkeypatch.setattr(mutual_steps, "solve_mutual", counted)
        usual = table_of(entry)
        monkeypatch.setattr(tabulating, "_LARGE", 0)
        coarse = table_of(entry)
        means = np.linspace(-20.0, 20.0, 41)[None]

        # A panel, and the best offer in hand; what is not near enough is halved.
        assert solved[:2] == [11, 8]
        difference = coarse.continuation_value(means) - usual.continuation_value(means)
        assert np.abs(difference).max() <= coarse.error + usual.error + 1e-9
        assert 0.0 < coarse.error < 1e-3

    def test_what_is_not_told_is_not_tabulated(self) -> None:
        (entry,) = compiled(jobs(1, None))
        chain = ChainParameters.of(entry.process)
        (usual,) = SolvedProcesses.of([chain]).solutions

        assert isinstance(usual, Solution)
        assert not is_open(chain, usual)
        with pytest.raises(ValueError, match="passes tell of the fit"):
            _ = TabulatedChain(chain, usual)


def best_order(entries: list[CompiledProcess[float]], base: float) -> float:
    """What the best order is worth, by the exact chain on a fine grid."""
    grid, product = np.linspace(base, base + 1800.0, 1201), np.ones(1201)
    for entry in entries:
        outcomes = exact(entry, grid)
        going = outcomes.continuation_value > entry.process.steps[0].exit
        product *= 1.0 - np.where(going, outcomes.accept_probability, 0.0)
    return base + float(np.trapezoid(1.0 - product, grid))


class TestPlan:
    def test_where_next_to_nobody_has_passed_it_is_exact_as_well(self) -> None:
        """Two passes of one in a million millions were averaged once."""
        rare = Stage(kind="hr_screen", pass_rate=0.0)
        job = Opportunity(
            name="Acme",
            stages=[rare, rare, Stage(kind="panel")],
            position=Position(stage=2),
            mutual_fit=0.7,
        )

        whole = plan(LEARNT, [job, evolve(job, name="Bolt")])

        assert whole.guarantee.certainty is Certainty.EXACT
        for beside in ((), (evolve(job, name="Bolt"),)):
            one = assess(LEARNT, job, beside=beside)
            assert not any("on average" in note for note in one.notes)
            assert one.action is Action.CONTINUE
            assert one.mean > 100.0 > one.thresholds[0].fit
        played = simulate(whole, 4096)
        assert abs(played.value.mean - whole.value) <= 4.0 * played.value.error

    def test_passes_that_speak_against_the_fit_have_tables_as_well(self) -> None:
        """Of several ranges the first limit was taken, however bad, and value jumped.

        Then no table came out, and the plan said that few pass the stages behind.
        """
        rates = {"research": 0.95, "take_home": 0.6, "call": 0.02, "panel": 0.3}
        stages = [Stage(kind=kind, pass_rate=rate) for kind, rate in rates.items()] * 2
        jobs = [
            Opportunity(
                name=name,
                stages=stages,
                beliefs={"role": Belief(mean=25, sd=20)},
                mutual_fit=-0.5,
            )
            for name in ("Acme", "Bolt")
        ]

        whole = plan(Candidate(), jobs)

        assert not any("on average" in reason for reason in whole.guarantee.reasons)

    def test_what_no_table_resolves_is_averaged_and_said(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tabulated_chains, "_UNRESOLVED", -1.0)
        job = Opportunity(name="Acme", stages=small_firm(), mutual_fit=0.3)
        rival = evolve(job, name="Bolt")

        whole = plan(LEARNT, [job, rival])
        one = assess(LEARNT, job, beside=(rival,))

        assert whole.guarantee.certainty is Certainty.HEURISTIC
        assert f"{AVERAGED} (Acme, Bolt)." in whole.guarantee.reasons
        assert any("counted on average" in note for note in one.notes)
        assert not any("few" in note for note in one.notes)

    @pytest.mark.parametrize(("signals", "count"), [([], 4), (["merger_talks"], 2)])
    def test_very_many_steps_are_averaged_and_moved_to_what_is_exact(
        self, monkeypatch: pytest.MonkeyPatch, signals: list[str], count: int
    ) -> None:
        """What each adds is that of exact tables; only ways differ a little."""
        stages = small_firm() if count > 2 else [Stage(kind="panel")]
        few = jobs(count, 0.5, stages=stages)
        searched = [evolve(job, signals=signals) for job in few]
        exact_plan = plan(LEARNT, searched)
        answer = assess(LEARNT, searched[0], beside=searched[1:])

        monkeypatch.setattr(mutual_guarantee, "_MOST_STEPS", 1)
        averaged = plan(LEARNT, searched)

        assert averaged.value == pytest.approx(exact_plan.value, abs=1e-9)
        before, stated, after = averaged.guarantee.reasons[-1].partition(MOVED)
        assert (before, stated) == ("", MOVED)
        within = float(after.removesuffix(" h."))
        assert not any(MOVED in reason for reason in exact_plan.guarantee.reasons)
        pairs = zip(exact_plan.ranked, averaged.ranked, strict=True)
        for one, other in pairs:
            assert (one.name, one.action) == (other.name, other.action)
            # Both are off by as much at most.
            near = pytest.approx(one.marginal_value, abs=2.0 * within)
            assert other.marginal_value == near
            assert within < 0.05
            assert sum(other.terms.values()) == pytest.approx(other.marginal_value)
        again = assess(LEARNT, searched[0], beside=searched[1:])
        assert again.decisive_priors == answer.decisive_priors
        assert again.action_without_side_values is answer.action_without_side_values

    def test_halving_ends_with_work_and_the_error_says_what_is_left(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where more is asked of panels than polynomials of their order give."""
        monkeypatch.setattr(tabulated_chains, "_RESOLVED", 1e-11)
        monkeypatch.setattr(tabulated_chains, "_LEAST_HOURS", 1e-11)
        (entry,) = compiled(jobs(1, 0.5))
        solved = list[int]()

        def counted(steps: Any, belief: Any, **how: Any) -> MutualSolution:
            solved.append(steps[0].size)
            return solve_mutual(steps, belief, **how)

        monkeypatch.setattr(mutual_steps, "solve_mutual", counted)
        whole = table_of(entry)
        usual = sum(solved)
        solved.clear()
        monkeypatch.setattr(tabulated_chains, "_MOST_WORK", 1)
        cut = table_of(entry)

        assert sum(solved) < usual
        assert cut.error > whole.error
        means = chain_of(whole).anchor - np.linspace(0.0, chain_of(whole).index, 9)
        found = cut.continuation_value(means) - whole.continuation_value(means)
        assert np.abs(found).max() <= 2.0 * (cut.error + whole.error)

    def test_a_plan_of_one_is_exact(self) -> None:
        (job,) = jobs(1, 0.2)
        alone = assess(ME, job)

        whole = plan(ME, [job])

        assert whole.value == pytest.approx(alone.value, abs=1e-5)
        assert whole.guarantee.certainty is Certainty.EXACT
        (row,) = whole.ranked
        assert row.marginal_value == pytest.approx(alone.value, abs=1e-5)
        assert row.standalone_value == pytest.approx(alone.value, abs=1e-5)
        assert dict(row.terms) == pytest.approx(dict(alone.terms), abs=1e-4)
        (entry,) = compiled([job])
        assert row.index == pytest.approx(_index(entry) / 36.0, abs=1e-5)
        assert whole.reservation_value == pytest.approx(row.index)

    def test_every_index_is_that_of_the_exact_chain(self) -> None:
        searched = jobs(4, 0.4)

        whole = plan(ME, searched)

        indices = {row.name: row.index for row in (*whole.ranked, *whole.to_leave)}
        for job, entry in zip(searched, compiled(searched), strict=True):
            assert indices[job.name] == pytest.approx(_index(entry) / 36.0, abs=1e-5)
        assert whole.reservation_value == pytest.approx(max(indices.values()))

    def test_a_plan_of_one_that_is_looked_up_first_is_exact(self) -> None:
        job = evolve(jobs(1, 0.2)[0], unresearched=True)

        whole = plan(ME, [job])

        assert whole.ranked[0].action is assess(ME, job).action
        assert whole.value == pytest.approx(assess(ME, job).value, abs=1e-5)

    @pytest.mark.parametrize("correlation", [0.3, 0.8])
    def test_it_is_worth_what_the_best_order_is_on_a_fine_grid(
        self, correlation: float
    ) -> None:
        searched = jobs(3, correlation)

        whole = plan(LEARNT, searched)

        entries = list(compile_search(LEARNT, searched, Assumptions()))
        assert whole.value == pytest.approx(best_order(entries, 0.0), abs=0.02)
        assert whole.guarantee.certainty is Certainty.EXACT

    def test_it_is_worth_what_plays_of_the_best_order_bring(self) -> None:
        """Boxes of one interview: W = max of min(index, offer) (Weitzman 1979)."""
        stage = Stage(kind="panel", pass_rate=0.5, reshape_chance=0.0, hours=4)
        searched = jobs(3, 0.5, stages=[stage])
        entries = compiled(searched)
        rng = np.random.default_rng(19)
        best: Any = 0.0
        for entry in entries:
            mutual = entry.process.mutual
            assert mutual is not None
            played = MutualPaths.of(entry.process.steps, mutual)
            paths = [played.simulate(rng) for _ in range(8)]
            offer = np.concatenate([path.surplus for path in paths])
            out = np.concatenate([path.rejected_after for path in paths])
            capped = np.where(out < 2, -np.inf, np.minimum(_index(entry), offer))
            best = np.maximum(best, capped)
        mean, error = best.mean(), best.std() / np.sqrt(best.size)

        value = plan(LEARNT, searched).value

        assert abs(value - mean) <= 4.0 * error
        averaged = [ChainParameters.of(entry.process).on_average for entry in entries]
        usual = SolvedProcesses.of(averaged).index_policy().value
        assert abs(usual - mean) > 4.0 * error

    def test_without_a_mutual_fit_nothing_is_said(self) -> None:
        reasons = plan(ME, jobs(3, None)).guarantee.reasons

        assert not [reason for reason in reasons if "passed on" in reason]


def _index(entry: CompiledProcess[float]) -> float:
    """The alternative at which going on is worth as much as leaving, by bisection."""
    process, low, high = entry.process, 0.0, 4000.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        value = exact(entry, [middle]).continuation_value.item()
        low, high = (middle, high) if value > process.steps[0].exit else (low, middle)
    return low


class TestOneAnswer:
    """Plans, rows, assessments and plays say the same, within what a plan says."""

    @FEWEST
    @given(told("Acme"), told("Bolt"), st.sampled_from([None, 8.0, 30.0]))
    def test_row_plan_assessment_and_plays_agree(
        self, first: Opportunity, second: Opportunity, held: float | None
    ) -> None:
        searched = [first, second]
        if held is not None:
            sure = {"pay": Belief(mean=held, sd=0.0), "role": Belief(mean=0.0, sd=0.0)}
            position = Position(phase="offered")
            stages = small_firm()
            offer = Opportunity(
                name="Core",
                stages=stages,
                position=position,
                beliefs=sure,
                stays_open=1.0,
                questions_asked=True,
            )
            searched.append(offer)

        whole = plan(LEARNT, searched)

        rows = {row.name: row for row in (*whole.ranked, *whole.to_leave)}
        tables = [table_or_none(entry) for entry in compiled(searched[:2])]
        if None in tables:
            assert whole.guarantee.certainty is Certainty.HEURISTIC
            return
        errors = [table.error for table in tables if table is not None]
        # Twice what all tables are off at most, beside other rounding.
        slack = 2.0 * sum(errors) + 1e-5 * (1.0 + abs(whole.value))
        for job in searched[:2]:
            others = [other for other in searched if other is not job]
            answer = assess(LEARNT, job, beside=others)
            row = rows[job.name]
            assert answer.value == pytest.approx(row.marginal_value, abs=slack)
            decision = Decision(
                candidate=LEARNT,
                opportunity=job,
                assumptions=Assumptions(),
                beside=tuple(others),
            )
            time = np.full(1, LEARNT.weights.time)
            ranking = evaluate_rows(decision, {"weights.time": time})
            assert ranking.value[0] == pytest.approx(answer.value, abs=slack)
        played = simulate(whole, 4096, rng=19)
        assert played.expected == pytest.approx(whole.value, abs=1e-6)
        off = abs(played.value.mean - whole.value)
        assert off <= 4.5 * played.value.error + slack

    def test_a_process_adds_what_the_plan_is_worth_more_with_it(self) -> None:
        searched = jobs(3, 0.6)

        whole = plan(LEARNT, searched)

        for row in (*whole.ranked, *whole.to_leave):
            others = [job for job in searched if job.name != row.name]
            without = plan(LEARNT, others).value
            assert row.marginal_value == pytest.approx(whole.value - without, abs=1e-4)

    def test_an_assessment_beside_others_is_played_as_it_is(self) -> None:
        first, second = jobs(2, 0.7)
        answer = assess(LEARNT, first, beside=[second])

        played = simulate(answer, 12_288, rng=19)

        assert abs(played.value.mean - answer.value) <= 4.0 * played.value.error
        assert played.expected == pytest.approx(answer.value)

    def test_a_passed_stage_that_nobody_passes_is_counted_alike_everywhere(
        self,
    ) -> None:
        """Beside an offer that stays, as alone with so much more to fall back on."""
        stages = [Stage(kind="executive", pass_rate=0.0), Stage(kind="panel")]
        job = Opportunity(
            name="Acme",
            stages=stages,
            position=Position(stage=1),
            beliefs={"role": Belief(mean=5, sd=3), "manager": Belief(mean=-4, sd=0)},
            mutual_fit=0.7,
        )
        sure = {"pay": Belief(mean=30.0, sd=0.0), "role": Belief(mean=0.0, sd=0.0)}
        offer = Opportunity(
            name="Bolt",
            stages=small_firm(),
            position=Position(phase="offered"),
            beliefs=sure,
            stays_open=1.0,
            questions_asked=True,
        )
        (held,) = plan(LEARNT, [offer]).offers
        (entry,) = compile_search(LEARNT, [job], Assumptions())
        alone = exact(entry, [held.surplus_hours]).continuation_value.item()

        whole = plan(LEARNT, [job, offer])
        beside = assess(LEARNT, job, beside=[offer])

        averaged = ChainParameters.of(entry.process).on_average
        usual = SolvedProcesses.of([averaged]).solution(0)
        means = np.array([entry.process.mean_hours - held.surplus_hours])
        assert abs(usual.continuation_value(means).item() - alone) > 0.1 * alone
        assert beside.value == pytest.approx(alone, rel=1e-3)
        assert whole.ranked[0].marginal_value == pytest.approx(alone, rel=1e-3)
        played = simulate(whole, 12_288, rng=19)
        assert abs(played.value.mean - whole.value) <= 4.0 * played.value.error

    def test_a_table_of_rows_beside_others_has_each_answer(self) -> None:
        first, second = jobs(2, 0.5)
        means = [-6.0, 1.0, 9.0]
        decision = Decision(
            candidate=ME, opportunity=first, assumptions=Assumptions(), beside=(second,)
        )

        ranking = evaluate_rows(decision, {"role.mean": np.array(means)})

        for number, mean in enumerate(means):
            beliefs = {**first.beliefs, "role": Belief(mean=mean, sd=12)}
            answer = assess(ME, evolve(first, beliefs=beliefs), beside=[second])
            assert ranking.value[number] == pytest.approx(answer.value, abs=1e-4)


class TestHours:
    """Within a budget of hours every price of the hour has tables of its own."""

    def test_more_of_them_are_never_worth_less(self) -> None:
        searched = jobs(2, 0.7, stages=[Stage(kind="call")])

        plans = [plan(LEARNT, searched, budget=hours) for hours in (0.7, 1.4)]

        values = [*(whole.value for whole in plans), plan(LEARNT, searched).value]
        assert plans[0].hour_value > 0.0
        assert np.diff(values).min() >= -1e-5 * values[-1]
        for whole, hours in zip(plans, (0.7, 1.4), strict=True):
            assert whole.hours <= hours + 1e-5


class TestWhatCouldTurnIt:
    """What is solved again, and what is known without."""

    def test_a_long_chain_that_is_left_is_solved_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stages = [Stage(kind=kind) for kind in ("panel", "take_home", "take_home")] * 4
        job = Opportunity(name="Acme", stages=stages, mutual_fit=0.2)
        solved = []

        def counting(*steps: Any, **how: Any) -> MutualSolution:
            solved.append(len(steps[0][0]))
            return solve_mutual(*steps, **how)

        monkeypatch.setattr(mutual_steps, "solve_mutual", counting)

        assert assess(ME, job).action is Action.DECLINE
        assert solved == [1]

    @FEW
    @given(told())
    def test_what_decides_is_what_solving_it_again_says(self, job: Opportunity) -> None:
        answer = assess(ME, job)

        problem = compile_problem(answer.decision)
        best = {}
        for term, prior in JUDGED_TERMS.items():
            ranking = evaluate(without_terms(problem, [(term,)]), 1).ranking
            best[prior] = ranking.best[0]
        turned = [prior for prior, action in best.items() if action != answer.action]
        assert list(answer.decisive_priors) == turned
        process, mutual = problem.process, problem.process.mutual
        shift = process.hours_per_percent * (process.spoken - process.mean)
        if mutual is None:
            return
        moved = evolve(
            process, mean=process.spoken, mutual=mutual.moved(np.array([shift]))
        )
        spoken = evaluate(evolve(problem, process=moved), 1).ranking.best[0]
        told_action = answer.action_without_unspoken or answer.action
        assert told_action == spoken


class TestLargeSearches:
    def test_rows_are_moved_so_that_the_stated_decision_comes_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = jobs(2, 0.5)
        decision = Decision(
            candidate=ME, opportunity=first, assumptions=Assumptions(), beside=(second,)
        )
        columns = {"role.mean": np.array([-4.0, -3.0, -6.0])}
        exact_rows = evaluate_rows(decision, columns)

        monkeypatch.setattr(evaluating_rows, "_MOST_STAGES", 1)
        rows = evaluate_rows(decision, columns)

        assert rows.value[0] == pytest.approx(exact_rows.value[0], abs=1e-4)
        assert rows.best == exact_rows.best
        change = np.diff(exact_rows.value[:2])
        assert np.diff(rows.value[:2]) == pytest.approx(change, rel=0.1)
        assert (rows.margin >= 0.0).all()

    def test_rows_may_have_an_action_that_the_stated_decision_has_not(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With the weight of an offer moved there is waiting as well: an error once."""
        first, second = jobs(2, 0.5)
        decision = Decision(
            candidate=ME, opportunity=first, assumptions=Assumptions(), beside=(second,)
        )
        stated = evaluate_rows(decision, {"weights.time": np.ones(1)})
        monkeypatch.setattr(evaluating_rows, "_MOST_STAGES", 1)
        rows = evaluate_rows(decision, {"weights.offer": np.array([1.0, 2.0])})

        assert set(stated.actions) < set(rows.actions)
        assert rows.value[0] == pytest.approx(stated.value[0], abs=1e-4)
        assert rows.value[1] > rows.value[0]


class TestMoreThanOneRange:
    """Where passes speak against the fit and leaving later earns something."""

    def doubtful(self) -> tuple[Candidate, Opportunity]:
        who = Candidate(weights=Weights(referral=20))
        beliefs = {"role": Belief(mean=-10, sd=15)}
        job = Opportunity(
            name="Acme",
            stages=corporate(),
            mutual_fit=-0.5,
            knows_someone=True,
            beliefs=beliefs,
        )
        return who, job

    def test_an_assessment_says_that_its_value_is_a_bound(self) -> None:
        who, job = self.doubtful()

        notes = assess(who, job).notes

        assert [note for note in notes if "more than one range of the fit" in note]
        usual = assess(ME, evolve(job, mutual_fit=0.3))
        assert not [note for note in usual.notes if "more than one range" in note]

    def test_a_plan_bounds_what_more_limits_would_add(self) -> None:
        who, job = self.doubtful()

        for more, searched in (
            (0.016, [job]),
            (0.031, [job, evolve(job, name="Bolt")]),
        ):
            found = plan(who, searched)
            assert more - 0.001 < found.guarantee.gap <= 0.02 * found.value
            said = f"{NOT_SINGLE}{more} h, at every alternative that was solved."
            assert said in found.guarantee.reasons


@pytest.mark.parametrize("fit", [0.4, 0.9])
def test_an_index_that_decides_nothing_is_bracketed_by_tangents(
    fit: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a job that nobody would go on for; what is gone on with is as it was."""
    several = jobs(3, fit)
    for number in range(2):
        worse = {"role": Belief(mean=-40 - number, sd=6)}
        several[number] = evolve(several[number], beliefs=worse)
    entries = compile_search(LEARNT, several, Assumptions())
    chains = [ChainParameters.of(entry.process) for entry in entries]
    usual = SolvedProcesses.of([chain.on_average for chain in chains])
    solutions = [usual.solution(row) for row in range(3)]
    single = [it for it in solutions if isinstance(it, Solution)]
    exact = tabulating.tabulate(chains, single)
    monkeypatch.setattr(tabulating, "_MOST_OPERATIONS", 0)
    solved = list[int]()
    fill = tabulated_chains.fill

    def counted(*how: Any) -> Any:
        solved.append(sum(len(points) for _, points in how[1]) if how[1:] else 0)
        return fill(*how)

    monkeypatch.setattr(tabulating, "fill", counted)
    few = tabulating.tabulate(chains, single)

    assert exact[0].index < 0.0 < exact[2].index
    assert few[2].index == pytest.approx(exact[2].index, rel=1e-9)
    assert not few[2].index_error
    for found, table in zip(few[:2], exact[:2], strict=True):
        off = abs(found.index - table.index)
        assert 0.0 < found.index_error < table.spread
        assert off <= found.index_error + 1e-3
    # Two alternatives of each at first, and one in each of two rounds.
    assert sum(solved) <= 2 * 3 + 2 * 2
