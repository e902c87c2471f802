"""What is said of how sure a plan is where passes tell of the fit, case by case."""

from math import inf
from types import SimpleNamespace
from typing import Any

import pytest

from interviewfit._competition import mutual_guarantee as module
from interviewfit.records import Certainty, Guarantee

EXACT = Guarantee(certainty=Certainty.EXACT)
ROUGH = Guarantee(certainty=Certainty.HEURISTIC, gap=inf, reasons=("It is.",))


def table(error: float, *shortfalls: float, off: float = 0.0) -> Any:
    """A table of a process, with what it could be wrong by, hours."""
    parts = [SimpleNamespace(shortfall=it, index_error=off) for it in shortfalls]
    return SimpleNamespace(error=error, tables=parts)


def search(
    *tables: Any, index: float = 1.0, variance: float = 0.0, steps: int = 3
) -> Any:
    """A search of one process with some tables.

    Args:
        tables: Of it.
        index, variance: Of it, hours, and of what is not known of its chances.
        steps: How many it has.
    """
    mutual = SimpleNamespace(variance=[variance])
    entry = SimpleNamespace(
        opportunity=SimpleNamespace(name="Acme"),
        process=SimpleNamespace(mutual=mutual),
    )
    solved = SimpleNamespace(
        solutions=tables, indices=[index], solution=lambda _: SimpleNamespace()
    )
    constraints = SimpleNamespace(unpriced=solved, running=[entry])
    chain = SimpleNamespace(mutual=mutual, exit=(0.0,) * steps)
    return SimpleNamespace(constraints=constraints, chains=[chain, None])


@pytest.fixture(autouse=True)
def _tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_tabulated", lambda it: hasattr(it, "tables"))


@pytest.mark.parametrize(
    ("guarantee", "joint", "upper", "certainty", "gap", "reasons"),
    [
        (EXACT, search(table(0.0, 0.0)), 50.0, "exact", 0.0, ()),
        (EXACT, search(table(1e-6, 0.0)), 50.0, "exact", 0.0, ()),
        (EXACT, search(table(1e-3, 0.0)), 50.0, "exact", 2e-3, ()),
        (EXACT, search(table(0.03, 0.0)), 50.1, "bounded", 0.16, ("tells",)),
        (
            EXACT,
            search(table(0.2, 0.0), table(0.1, 0.0)),
            49.0,
            "bounded",
            0.6,
            ("0.6",),
        ),
        (EXACT, search(table(0.0, 0.1, 0.2)), 50.0, "bounded", 0.3, ("most 0.3 h,",)),
        (EXACT, search(table(0.0, 2e-6)), 50.0, "exact", 0.0, ("most 2e-06 h",)),
        (EXACT, search(table(0.0, 5e-7)), 50.0, "exact", 0.0, ()),
        (
            EXACT,
            search(table(0.0, 0.0, 0.0, off=0.25)),
            50.0,
            "exact",
            0.0,
            ("The index of what is left anyway is worked out to within 0.25 h.",),
        ),
        (EXACT, search(variance=0.1), 50.0, "heuristic", inf, ("average (Acme).",)),
        (EXACT, search(variance=0.1, index=-inf), 50.0, "exact", 0.0, ()),
        (EXACT, search(steps=500), 50.0, "exact", 0.0, ()),
        (EXACT, search(steps=501), 50.0, "exact", 0.0, ("within 1e-06 h.",)),
        (
            ROUGH,
            search(table(3.0, 2.0, off=0.5), steps=501),
            50.0,
            "heuristic",
            inf,
            ("It is.", "within 6 h.", "most 2 h, at", "0.5 h."),
        ),
    ],
)
def test_each_thing_that_is_less_than_exact_is_said(
    guarantee: Guarantee,
    joint: Any,
    upper: float,
    certainty: str,
    gap: float,
    reasons: tuple[str, ...],
) -> None:
    found = module.with_passes(guarantee, joint, 50.0, upper)

    assert found.certainty.value == certainty
    assert found.gap == pytest.approx(gap)
    assert len(found.reasons) == len(reasons)
    for reason, words in zip(found.reasons, reasons, strict=True):
        assert words in reason
        assert reason.endswith(".")
