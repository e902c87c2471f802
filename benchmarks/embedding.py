"""What a call costs an application that embeds the library.

``python -m benchmarks.embedding`` prints Markdown: medians of one run, and its slowest
calls. The adapters are those of ``docs/howto/embed.md``, run from the page itself.
"""

import doctest
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from interviewfit import (
    Assessment,
    Candidate,
    Opportunity,
    assess,
    corporate,
    dumps,
    loads,
    robustness,
    score,
    small_firm,
)
from interviewfit.records import Decision
from interviewfit.schema import schema_of
from interviewfit.sensitivity import sweep

PAGE = Path(__file__).parents[1] / "docs" / "howto" / "embed.md"
CALLS = 400
FEW = 20
DRAWS = 40
NAMES = ("weights.time", "priorities.commute")
VALUES = (np.linspace(0.5, 6.0, 60), np.linspace(0.0, 3.0, 40))
TABLE = {"process": "corporate", "pay.mean": np.linspace(-60.0, 60.0, 100_000)}


def adapters() -> dict[str, Any]:
    """What the examples of the page have made by its end."""
    text = PAGE.read_text(encoding="utf-8")
    page = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, None, 0)
    doctest.DocTestRunner().run(page, clear_globs=False)
    return page.globs


def timed(
    what: str, call: Callable[[], object], calls: int = CALLS, parts: int = 1
) -> str:
    """A row of the table: milliseconds of a call, or of each of its equal parts."""
    call()
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        times.append(1000.0 * (time.perf_counter() - start) / parts)
    return f"| {what} | {median(times):.2f} | {max(times):.2f} |"


def main() -> None:
    page = adapters()
    me, job = Candidate(), Opportunity(name="Acme", stages=corporate())
    found = assess(me, job)
    others = [Opportunity(name=name, stages=small_firm()) for name in ("Bolt", "Cargo")]
    crowded = assess(me, job, beside=others)
    decision = dumps(Decision(candidate=me, opportunity=job))
    advised, weigh = page["advised"], page["weigh_interview"]
    rows = page["rows"]
    many = [
        row | {"id": f"{number}-{row['id']}"} for number in range(10) for row in rows
    ]
    wrong = json.dumps({**json.loads(decision), "surplus": 1})
    lines = [
        "| a call | median, ms | slowest, ms |",
        "|---|--:|--:|",
        timed("`assess`", lambda: assess(me, job)),
        timed("`str` of an answer", lambda: str(found)),
        timed("`loads` of a decision", lambda: loads(decision, Decision)),
        timed("`dumps` of an answer", lambda: dumps(found)),
        timed("the agent's tool, text in and out", lambda: weigh(decision)),
        timed("... refusing a call", lambda: weigh(wrong)),
        timed("the tracker, 5 rows", lambda: advised(me, rows), CALLS // 4),
        timed("the tracker, 50 rows", lambda: advised(me, many), CALLS // 8),
        timed("`schema_of(Assessment)`", lambda: schema_of(Assessment), CALLS // 4),
        timed("`sweep`, 60 × 40 settings", lambda: sweep(found, NAMES, VALUES), FEW),
        timed(
            "`robustness` beside two others, a draw of 40",
            lambda: robustness(crowded, draws=DRAWS),
            FEW // 4,
            DRAWS,
        ),
        timed("`score`, 100,000 rows of one process", lambda: score(me, TABLE), FEW),
        timed("... with all terms", lambda: score(me, TABLE, terms=True), FEW // 4),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sizes = f"{len(decision):,} and {len(dumps(found)):,}"
    sys.stdout.write(f"\nThe tool's text has {sizes} characters, in and out.\n")


if __name__ == "__main__":
    main()
