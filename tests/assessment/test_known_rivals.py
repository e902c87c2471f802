"""What rows of a decision beside others share is worked out once."""

import numpy as np
import pytest

import costs
from interviewfit import Candidate
from interviewfit._assessment import evaluating_rows, search_rows, ways
from interviewfit._assessment.evaluating_rows import evaluate_rows
from interviewfit._assessment.known_rivals import KnownRivals
from interviewfit._assessment.search_problems import SolvedSearch
from interviewfit._competition import mutual_steps
from interviewfit._competition.entries import compile_beside
from interviewfit._competition.rivals import RivalDistribution
from interviewfit._process.mutual_rows import numbers_of
from interviewfit._solver.mutual_solution import solve_mutual
from interviewfit.records import Decision


@pytest.mark.parametrize("kind", ["mutual", "mutual offers"])
def test_an_answer_says_what_exact_chains_add(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were solved again for each of the parts of ``advise``."""
    found = costs.of_first(costs.SEARCHES[kind](3, 1))
    anew, given = KnownRivals(), KnownRivals.of(found.decision, found)
    for known in (anew, given):
        known.chains.on_average = True
    whole = evaluating_rows._lead_of_exact(found.decision, anew)
    monkeypatch.setattr(SolvedSearch, "of_compiled", None)
    quick = evaluating_rows._lead_of_exact(found.decision, given)

    assert quick == pytest.approx(whole, abs=1e-8)
    assert any(abs(lead) > 0.01 for lead in whole.values())


def test_ways_of_all_processes_are_solved_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each was solved by itself where a number differs between rows."""
    calls, solve = list[int](), solve_mutual

    def counted(*arguments: object, **how: object) -> object:
        calls.append(1)
        return solve(*arguments, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(mutual_steps, "solve_mutual", counted)
    numbers = list[int]()
    for count in (2, 4):
        first, *others = costs.jobs(
            count, 1, ("call",), unresearched=True, mutual_fit=0.4
        )
        found = Decision(candidate=Candidate(), opportunity=first, beside=others)
        entries = compile_beside(found, {"weights.time": np.array([1.0, 2.0, 3.0])})
        calls.clear()
        codes, values = ways._best_ways(entries, 3, None)
        numbers.append(len(calls))
        code, value = ways._best_ways(entries[1:2], 3, None)
        assert (codes[1] == code[0]).all()
        assert (values[1] == value[0]).all()

    assert numbers[0] == numbers[1] > 0


def test_what_runs_is_solved_once_for_each_best_offer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once for each set of offers that are held: sixteen times for four offers."""
    bases, whole = list[object](), RivalDistribution.of

    def watched(chains: object, base: object, *more: object) -> object:
        bases.append(chains)
        return whole(chains, base, *more)  # type: ignore[arg-type, type-var]

    monkeypatch.setattr(RivalDistribution, "of", watched)
    found = costs.of_first(costs.SEARCHES["offers"](9, 1))
    bases.clear()
    evaluate_rows(found.decision, {"pay.mean": np.array([3.0, 5.0])})

    # With the process itself, and without it.
    assert len(bases) <= 2 * 4


@pytest.mark.parametrize("kind", ["facts", "mutual offers", "heavy"])
def test_rows_of_a_compiled_process_are_those_that_are_compiled(kind: str) -> None:
    """They were compiled anew for every set of detours that rows have in common."""
    search, chosen = costs.SEARCHES[kind](3, 2), np.array([3, 1])
    first, *others = search.opportunities
    decision = Decision(candidate=search.candidate, opportunity=first, beside=others)
    columns = {
        "weights.time": np.array([1.0, 2.0, 3.0, 0.5]),
        "pay.mean": np.array([1.0, -4.0, 3.0, 2.0]),
        "hours_per_year": np.array([1500.0, 1800.0, 1700.0, 2000.0]),
    }
    some = {name: column[chosen] for name, column in columns.items()}

    whole, part = (compile_beside(decision, values) for values in (columns, some))

    for entry, expected in zip(whole, part, strict=True):
        found = search_rows._in_rows(entry, chosen)
        mine, its = found.process, expected.process
        assert (found.chain.table(2) == expected.chain.table(2)).all()
        assert np.array_equal(mine.mean_hours, its.mean_hours)
        assert np.array_equal(found.numbers["pay.mean"], expected.numbers["pay.mean"])
        assert mine.steps == () or mine.steps[0].reward_terms
        assert (mine.mutual is None) == (its.mutual is None)
        if mine.mutual is not None and its.mutual is not None:
            assert (numbers_of(mine.mutual, 2) == numbers_of(its.mutual, 2)).all()
