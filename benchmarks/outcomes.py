"""
How long it takes to say how sure an answer is, and what may come of it.

``python -m benchmarks.outcomes`` prints Markdown: times of ``robustness`` with 10,000
draws and of ``simulate`` with 100,000 careers. Medians of one run; nothing passes or
fails.
"""

import sys
from functools import partial

from benchmarks.plans import search
from benchmarks.solver import median_time
from interviewfit import (
    Candidate,
    Opportunity,
    Position,
    assess,
    corporate,
    plan,
    robustness,
    simulate,
    small_firm,
    technical,
)
from interviewfit.draws import drawn_inputs

RUNS = 5
CASES = {
    "an unknown opening, 3 stages": Opportunity(name="A", stages=corporate()),
    "..., bad reviews": Opportunity(
        name="A", stages=corporate(), signals=["bad_reviews"]
    ),
    "..., talk of a merger: one could wait": Opportunity(
        name="A", stages=corporate(), signals=["merger_talks"]
    ),
    "..., and look things up": Opportunity(
        name="A", stages=corporate(), signals=["merger_talks"], unresearched=True
    ),
    "2 stages": Opportunity(name="A", stages=small_firm()),
    "4 stages, one hardly shows anything": Opportunity(name="A", stages=technical()),
    "... in the middle of that one": Opportunity(
        name="A", stages=technical(), position=Position(phase="midway", stage=1)
    ),
    "an offer": Opportunity(
        name="A", stages=corporate(), position=Position(phase="offered")
    ),
}


def draws() -> list[str]:
    """
    Seconds of 10,000 draws, by what is decided.
    """
    lines = ["| decision | numbers drawn | 10,000 draws, s |", "|---|--:|--:|"]
    for name, job in CASES.items():
        found = assess(Candidate(), job)
        count = len(drawn_inputs(found.decision))
        seconds = median_time(partial(robustness, found), RUNS)
        lines.append(f"| {name} | {count} | {seconds:.2f} |")
    return lines


def careers() -> list[str]:
    """
    Seconds of 100,000 careers, by what is played.
    """
    lines = ["| played | 100,000 careers, s |", "|---|--:|"]
    for name, job in list(CASES.items())[:4]:
        found = assess(Candidate(), job)
        lines.append(f"| {name} | {median_time(partial(simulate, found), RUNS):.2f} |")
    for count in (2, 4, 10):
        several = plan(Candidate(), search(count))
        seconds = median_time(partial(simulate, several), RUNS)
        lines.append(f"| a plan of {count} processes | {seconds:.2f} |")
    return lines


def main() -> None:
    """
    Print everything.
    """
    sys.stdout.write("\n".join((*draws(), "", *careers())) + "\n")


if __name__ == "__main__":
    main()
