"""What libraries do with the texts that this project reads by code of its own.

``pip install -e '.[bench-libraries]' && python -m benchmarks.alternatives`` prints one
row for each library: what it was given, what it did, and what this project does. The
page "Why not a library?" shows the table. Times are of one run on one machine.
"""

import importlib
import json
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import attrs

import interviewfit
from interviewfit import records
from interviewfit._numeric.normal import cdf
from interviewfit._reading.dates import local_date
from interviewfit._reading.lenient_json import read_json
from interviewfit.postings._money_text import parse_pay
from interviewfit.schema import schema_of

NO_PAY = (
    *("", "competitive", "DOE", "401k", "10 % above tariff", "$120M", "12 LPA"),
    *("2 million", "$60k, bonus $10k", "$60k - $70k - $80k", "2024: 50000"),
    *("3.500 EUR netto", "US$ 100,000 - C$ 120,000", "0", "$0 - $100k", "9" * 15 + "k"),
)
"""Texts that state no pay, or more than one: a reader must refuse each of them."""

NO_DATE = ("4/5/2025", "12/11/2025", "2025", "May")
"""Texts that could mean two days, or name none."""

NO_JSON = ('{"pay": }', '{"pass_rate": 1.2.3}', '{"hours": 1O}', "hello")
"""Texts in which a value is missing or is not a number."""

TAILS = (-5.0, -10.0, -20.0)
"""Where the lower tail of the normal distribution is compared."""

WAITS = (3, 3, 5, 5, 7, 9, 9, 12)
OUTCOMES = (1, 2, 1, 1, 0, 2, 1, 0)
"""Days waited at one stage, and what came: 1 passed, 2 refused, 0 still open."""

Row = tuple[str, str, str, str]


def library(name: str) -> Any:
    """Return an installed library. These have no types that a checker could read."""
    return importlib.import_module(name)


def count_answers(read: Callable[[str], object], texts: Sequence[str]) -> int:
    """Return for how many texts a reader gives an answer instead of refusing."""
    answers = 0
    for text in texts:
        # Whatever a reader raises, it refused.
        with suppress(Exception):
            answers += read(text) is not None
    return answers


def milliseconds(run: Callable[[], object]) -> float:
    """Return how long one run takes, milliseconds."""
    start = time.perf_counter()
    run()
    return 1e3 * (time.perf_counter() - start)


def compare_money() -> Iterator[Row]:
    """Read 16 texts that are no pay."""
    price = library("price_parser").Price
    theirs = count_answers(lambda text: price.fromstring(text).amount, NO_PAY)
    ours = count_answers(lambda text: parse_pay(text)[0], NO_PAY)
    given = f"{len(NO_PAY)} texts that state no pay, or two"
    yield "price-parser", given, f"reads {theirs} as money", f"reads {ours}"


def compare_dates() -> Iterator[Row]:
    """Read texts that could mean two days, or none."""
    given = f"{len(NO_DATE)} texts that name no day, or two"
    ours = count_answers(local_date, NO_DATE)
    for name, parser in (
        ("python-dateutil", library("dateutil.parser").parse),
        ("dateparser", library("dateparser").parse),
    ):
        theirs = count_answers(parser, NO_DATE)
        yield name, given, f"reads {theirs} as a date", f"reads {ours}"


def compare_json() -> Iterator[Row]:
    """Read a large text, and texts with missing values."""
    jobs = [{"title": f"Job {n}", "pay": n, "tags": ["a", "b"]} for n in range(10_000)]
    text = json.dumps(jobs)
    given = f"{len(text):,} characters of JSON"
    theirs = milliseconds(lambda: library("json5").loads(text))
    ours = milliseconds(lambda: read_json(text, "posting"))
    yield "json5", given, f"takes {theirs:,.0f} ms", f"takes {ours:,.0f} ms"

    repaired = count_answers(library("json_repair").loads, NO_JSON)
    refused = count_answers(lambda text: read_json(text, "posting"), NO_JSON)
    given = f"{len(NO_JSON)} texts with a value that is missing or no number"
    yield "json-repair", given, f"makes up {repaired}", f"makes up {refused}"


def estimate_waits() -> Iterator[Row]:
    """Estimate waiting times where several waits end on the same day."""
    fitter = library("lifelines").AalenJohansenFitter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter.fit(WAITS, OUTCOMES, event_of_interest=1)
    days = [day for day in fitter.cumulative_density_.index if day > 0]
    moved = sum(float(day) not in WAITS for day in days)
    given = f"{len(WAITS)} waits, of which some end on the same day"
    yield (
        "lifelines",
        given,
        f"moves {moved} of {len(days)} days at random",
        "moves none",
    )


def make_schemas() -> Iterator[Row]:
    """Make the JSON Schema of every public record."""
    kinds = [
        kind
        for module in (interviewfit, records)
        for name in module.__all__
        if name != "__version__"
        for kind in [getattr(module, name)]
        if isinstance(kind, type) and attrs.has(kind)
    ]
    json_schema = library("msgspec.json").schema
    theirs = sum(makes(json_schema, kind) for kind in kinds)
    ours = sum(makes(schema_of, kind) for kind in kinds)
    given = f"{len(kinds)} records of `interviewfit` and `interviewfit.records`"
    yield "msgspec", given, f"makes {theirs} schemas", f"makes {ours}"


def makes(make: Callable[[Any], object], kind: type) -> bool:
    """Return whether a JSON Schema can be made of a class.

    Args:
        make: The function that makes it.
        kind: The class.
    """
    try:
        make(kind)
    except (TypeError, interviewfit.InvalidFieldError):
        return False
    return True


def normal_tail() -> Iterator[Row]:
    """Work out the lower tail of the normal distribution, and import what does it."""
    start = "import time; start = time.perf_counter(); import {0}"
    end = "; print(time.perf_counter() - start)"
    seconds = [
        float(
            subprocess.run(
                [sys.executable, "-c", "import numpy; " + start.format(name) + end],
                capture_output=True,
                check=True,
                encoding="utf-8",
            ).stdout
        )
        for name in ("scipy.special", "interviewfit._numeric.normal")
    ]
    ndtr = library("scipy.special").ndtr
    mpmath = library("mpmath")
    exact = [float(mpmath.ncdf(x)) for x in TAILS]
    errors = [
        max(abs(float(tail(x)) / e - 1) for x, e in zip(TAILS, exact, strict=True))
        for tail in (ndtr, lambda x: cdf(x)[()])
    ]
    given = "the normal tail at -5, -10 and -20; import beyond NumPy"
    theirs, ours = (
        f"relative error {error:.0e}, import {1e3 * second:,.0f} ms"
        for error, second in zip(errors, seconds, strict=True)
    )
    yield "scipy", given, theirs, ours


def check_docstrings() -> Iterator[Row]:
    """Check the docstrings of the library."""
    source = Path(interviewfit.__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "pydoclint.main", "--style=google", "--quiet", source],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    messages = re.findall(r"DOC(\d+)", done.stdout + done.stderr)
    types = sum(message in {"105", "109", "110", "203", "605"} for message in messages)
    theirs = f"{types} of its {len(messages)} messages ask for types in docstrings"
    yield "pydoclint", "the docstrings of `src`", theirs, "types stand in annotations"


def main() -> None:
    """Write the table."""
    lines = [
        f"Python {sys.version.split()[0]}.\n",
        "| library | given | it | `interviewfit` |",
        "|---|---|---|---|",
    ]
    checks = (
        *(compare_money, compare_dates, compare_json, estimate_waits),
        *(make_schemas, normal_tail, check_docstrings),
    )
    for check in checks:
        for name, given, theirs, ours in check():
            version = metadata.version(name)
            lines.append(f"| {name} {version} | {given} | {theirs} | {ours} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
