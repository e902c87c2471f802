"""Whether advice changes at the switching values, for any number of random decisions.

``python -m benchmarks.switching --cases 1000`` prints Markdown. `assess` checks
every switching value of every number of each case, a ten millionth of the range to each
side. For a few numbers of each case a scan at random points shows that the advice does
not change before the switching value. The cases are those of the tests.
"""

import argparse
import statistics
import sys
import time

import numpy as np
from attrs import define, field
from hypothesis import HealthCheck, Phase, given, seed, settings

import strategies as fit
from interviewfit import Assessment, InvalidFieldError, assess, flips
from interviewfit._process.parameters import (
    Parameter,
    find_parameter,
    list_inputs,
    substitute,
)
from interviewfit.sensitivity import SwitchingValues

HAIR = 1e-7
SCANNED, POINTS = 3, 25


@define
class Count:
    """What was found."""

    cases: int = 0
    inputs: int = 0
    flips: int = 0
    wrong: int = 0
    tied: int = 0
    points: int = 0
    nearer: int = 0
    seconds: list[float] = field(factory=list)


def at(found: Assessment, one: Parameter, value: float) -> Assessment:
    moved = substitute(found.decision, {one: value})
    return assess(moved.candidate, moved.opportunity, assumptions=moved.assumptions)


def check_sides(
    count: Count, case: fit.Case, found: Assessment, turns: SwitchingValues
) -> None:
    """A hair to each side of every flip; where rounding decides there, it is tied."""
    for flip in turns:
        one = find_parameter(found.decision, flip.name)
        hair = HAIR * (one.high - one.low)
        sides = [
            at(found, one, min(max(flip.threshold + step, one.low), one.high))
            for step in (-hair, hair)
        ]
        expected = [found.action, flip.action][:: 1 if flip.above else -1]
        count.flips += 1
        if [side.action for side in sides] != expected:
            if min(side.margin for side in sides) <= 1e-9 * case.stakes(found):
                count.tied += 1
            else:
                count.wrong += 1


def check_between(
    count: Count, case: fit.Case, found: Assessment, turns: SwitchingValues
) -> None:
    """Points between the present value and where it turns, or the end of the range."""
    inputs = list_inputs(found.decision)
    rng = np.random.default_rng(count.cases)
    for number in rng.integers(len(inputs), size=SCANNED).tolist():
        one = inputs[number]
        own = {flip.above: flip.threshold for flip in turns if flip.name == one.name}
        hair = HAIR * (one.high - one.low)
        low, high = own.get(False, one.low) + hair, own.get(True, one.high) - hair
        if low > high:
            # Turns on both sides within a hair: nothing lies between.
            continue
        for value in rng.uniform(low, high, POINTS).tolist():
            try:
                here = at(found, one, value)
            except InvalidFieldError:
                # A case at the rim of what is allowed.
                continue
            count.points += 1
            differs = here.action is not found.action
            if differs and here.margin > 1e-9 * case.stakes(found):
                count.nearer += 1


def run(cases: int, first: int) -> Count:
    count = Count()

    @seed(first)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(fit.cases())
    def check(case: fit.Case) -> None:
        found = case.assess()
        start = time.process_time()
        turns = flips(found)
        count.seconds.append(time.process_time() - start)
        count.cases += 1
        count.inputs += len(list_inputs(found.decision))
        check_sides(count, case, found, turns)
        check_between(count, case, found, turns)

    check()
    return count


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description="Whether answers turn as said.")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count = run(options.cases, options.seed)
    rows = (
        ("random cases", f"{count.cases:,}"),
        ("numbers moved", f"{count.inputs:,}"),
        ("flips", f"{count.flips:,}"),
        ("... whose two sides are not as said", f"{count.wrong:,}"),
        ("... tied to rounding a hair away", f"{count.tied:,}"),
        ("points between", f"{count.points:,}"),
        ("... with another answer", f"{count.nearer:,}"),
        (
            "`flips`, median ms of the processor",
            f"{1e3 * statistics.median(count.seconds):,.0f}",
        ),
        ("`flips`, slowest ms of the processor", f"{1e3 * max(count.seconds):,.0f}"),
    )
    lines = ["| checked | |", "|---|--:|", *(f"| {a} | {b} |" for a, b in rows)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
