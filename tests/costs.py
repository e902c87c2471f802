"""What every public calculation costs, against searches that cost the most.

``python tests/costs.py`` prints a table: each call for each search and size in a
process of its own, with its processor time and the memory that it takes at most. A call
that takes more than thirty seconds is stopped. Words after it choose rows, such as
``python tests/costs.py 'flips|questions' heavy 10x4``. The tests count operations.
"""

import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from attrs import evolve

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Plan,
    Position,
    Search,
    Stage,
    Weights,
    assess,
    dumps,
    explain,
    flips,
    loads,
    plan,
    questions,
    robustness,
    score,
    simulate,
)
from interviewfit.errors import InterviewFitError
from interviewfit.history import (
    History,
    StageEvent,
    calibrate,
    estimate_pass_rates,
    past_decisions,
    replay,
    review,
    to_sankey,
)
from interviewfit.letters import letter
from interviewfit.records import Either
from interviewfit.sensitivity import advise, list_inputs, sweep, tornado
from interviewfit.simulation import play_out
from interviewfit.weightings import (
    acceptability,
    certify,
    learn_priorities,
    next_choice,
)

LIMIT = 30
TODAY = date(2026, 3, 2)
ORDINARY = ("hr_screen", "hiring_manager", "call", "panel", "executive")
HEAVY = ("panel", "take_home", "take_home", "call")
SIZES = ((1, 4), (1, 12), (1, 50), (5, 4), (10, 4), (10, 12), (50, 4), (50, 12))
"""Processes, and the stages of each."""


def jobs(
    count: int, stages: int, kinds: tuple[str, ...] = ORDINARY, **more: Any
) -> tuple[Opportunity, ...]:
    """Opportunities that all differ, so that nothing is worked out once for many.

    Args:
        count, stages: How many, and the rounds of each.
        kinds: Of the rounds, in turn.
        more: Further fields; a function is called with the number of the opportunity.
    """
    rounds = [Stage(kind=kinds[number % len(kinds)]) for number in range(stages)]
    return tuple(
        Opportunity(
            name=f"job {number}",
            stages=rounds,
            **{
                "beliefs": {
                    "pay": Belief(
                        mean=4.0 + number % 7 + number / 50, sd=3 + number / 9
                    )
                },
                **{
                    name: value(number) if callable(value) else value
                    for name, value in more.items()
                },
            },
        )
        for number in range(count)
    )


def search(
    opportunities: tuple[Opportunity, ...],
    candidate: Candidate | None = None,
    **numbers: float,
) -> Search:
    return Search(
        candidate=candidate or Candidate(interviews_done=0),
        opportunities=opportunities,
        assumptions=Assumptions(numbers=numbers),
    )


def with_rates(count: int, stages: int, rate: float) -> Search:
    rounds = [
        Stage(kind=HEAVY[number % len(HEAVY)], pass_rate=rate)
        for number in range(stages)
    ]
    return search(
        tuple(evolve(job, stages=rounds) for job in jobs(count, stages, HEAVY))
    )


def heavy(count: int, stages: int) -> Search:
    """Long rounds, something to look up and to wait for, and a large offer."""
    return search(
        jobs(count, stages, HEAVY, unresearched=True, signals=["merger_talks"]),
        Candidate(interviews_done=0, weights=Weights(offer=5)),
    )


def certain(count: int, stages: int) -> Search:
    beliefs = {
        name: Belief(mean=2, sd=0)
        for name in ("pay", "role", "culture", "team", "manager", "growth")
    }
    return search(jobs(count, stages, HEAVY, beliefs=beliefs))


def facts(count: int, stages: int) -> Search:
    told = {"commute": 0, "role": 1, "team": 2, "pay": stages - 1, "growth": 1}
    signals = [
        Either(
            aspect=aspect,
            chance=0.5,
            if_so=9,
            if_not=-9,
            told_by=str(min(stage, stages - 1)),
        )
        for aspect, stage in told.items()
    ]
    return search(jobs(count, stages, HEAVY, signals=signals))


def offers(count: int, stages: int) -> Search:
    """Every third is an offer, and every third midway."""

    def position(number: int) -> Position:
        phase = ("before", "midway", "offered")[number % 3]
        return Position(phase=phase)

    return search(jobs(count, stages, position=position, stays_open=0.5))


def dated(count: int, stages: int) -> Search:
    """Every third is an offer that must be answered; all others have their dates."""

    def position(number: int) -> Position:
        return Position(phase="before" if number % 3 else "offered")

    def answer_by(number: int) -> date | None:
        return None if number % 3 else TODAY + timedelta(days=5 + number)

    rounds = [
        Stage(kind=ORDINARY[number % len(ORDINARY)], days=5, days_sd=2)
        for number in range(stages)
    ]
    many = jobs(
        count,
        stages,
        position=position,
        answer_by=answer_by,
        more_time=0.3,
        moves_up=0.3,
    )
    return search(tuple(evolve(job, stages=rounds) for job in many))


SEARCHES: dict[str, Callable[[int, int], Search]] = {
    "ordinary": lambda count, stages: search(jobs(count, stages)),
    "heavy": heavy,
    "certain": certain,
    "rates .001": lambda count, stages: with_rates(count, stages, 0.001),
    "rates .999": lambda count, stages: with_rates(count, stages, 0.999),
    "horizon": lambda count, stages: search(
        jobs(count, stages, HEAVY), horizon_years=10.0
    ),
    "pay": lambda count, stages: search(
        jobs(count, stages, HEAVY, beliefs={"pay": Belief(mean=900, sd=900)})
    ),
    "mutual": lambda count, stages: search(jobs(count, stages, HEAVY, mutual_fit=0.8)),
    "facts": facts,
    "offers": offers,
    "dated": dated,
}
"""Searches of any number of processes and stages, by what makes them hard."""


def of_first(found: Search, *, alone: bool = False) -> Assessment:
    """The assessment of the first process that can be gone on with.

    Args:
        found: The search.
        alone: Whether nothing else counts.
    """
    first, *others = found.opportunities
    return assess(
        found.candidate,
        first,
        assumptions=found.assumptions,
        beside=() if alone else others,
        today=TODAY,
    )


def planned(found: Search, **more: Any) -> Plan:
    return plan(
        found.candidate,
        found.opportunities,
        assumptions=found.assumptions,
        today=TODAY,
        **more,
    )


def chosen(found: Search) -> object:
    decisions = past_decisions(log(found), found.opportunities)
    posterior = learn_priorities(decisions, candidate=found.candidate)
    return next_choice(of_first(found, alone=True), posterior)


def log(found: Search) -> History:
    return History(
        events=[
            StageEvent(
                process=job.name, kind=kind, on=TODAY - timedelta(days=60 - 9 * number)
            )
            for job in found.opportunities
            for number, kind in enumerate(("applied", "screen", "withdrew"))
        ]
    )


LIMITS: dict[str, Any] = {
    "priorities": {"role": (0.5, 2.0), "team": (0.5, 2.0), "pay": (0.5, 2.0)},
    "weights": {"time": (0.5, 2.0)},
}

CALLS: dict[str, Callable[[Search], object]] = {
    "assess": of_first,
    "plan": planned,
    "plan, budget": lambda found: planned(found, budget=20.0),
    "plan, slots": lambda found: planned(found, slots=2),
    "plan, no recall": lambda found: planned(found, recall=False),
    "robustness": lambda found: robustness(of_first(found)),
    "flips": lambda found: flips(of_first(found)),
    "questions": lambda found: questions(of_first(found)),
    "tornado": lambda found: tornado(of_first(found)),
    "sweep": lambda found: sweep(
        of_first(found),
        ("fallback", "weights.time"),
        (np.linspace(-20, 20, 50), np.linspace(0, 5, 50)),
    ),
    "advise": lambda found: advise(of_first(found)),
    "list_inputs": lambda found: list_inputs(of_first(found).decision),
    "explain": lambda found: explain(of_first(found)),
    "text": lambda found: (str(planned(found)), str(of_first(found).reasons)),
    "simulate": lambda found: simulate(of_first(found)),
    "simulate, plan": lambda found: simulate(planned(found)),
    "play_out": lambda found: play_out(planned(found)),
    "certify": lambda found: certify(of_first(found, alone=True), **LIMITS),
    "acceptability": lambda found: acceptability(of_first(found, alone=True), **LIMITS),
    "next_choice": chosen,
    "score": lambda found: score(
        found.candidate,
        {"pay.mean": np.linspace(-20.0, 20.0, 100_000), "process": ["p"] * 100_000},
        processes={"p": found.opportunities[0].stages},
        assumptions=found.assumptions,
    ),
    "review": lambda found: review(found, today=TODAY),
    "review, log": lambda found: review(found, log(found), today=TODAY),
    "letter": lambda found: letter(of_first(found)),
    "dumps, loads": lambda found: loads(dumps(planned(found)), Plan),
}
"""Every calculation on a search."""


def events(count: int) -> History:
    """A log of many events; a third of the processes is still open."""
    kinds = (("applied", "screen", "rejected"), ("applied", "screen", "interview"))
    return History(
        events=[
            StageEvent(
                process=f"p{number // 3}",
                kind=kinds[number % 2][number % 3],
                on=TODAY - timedelta(days=900 - number % 800 - number % 3),
            )
            for number in range(count)
        ]
    )


EVENTS, WRITTEN = 100_000, 50_000
LOGS: dict[str, Callable[[History], object]] = {
    "estimate_pass_rates": estimate_pass_rates,
    "calibrate": lambda found: calibrate(Assumptions(), found),
    "replay": replay,
    "to_sankey": to_sankey,
    "past_decisions": lambda found: past_decisions(found, jobs(50, 4)),
    "review": lambda found: review(SEARCHES["ordinary"](50, 12), found, TODAY),
    "dumps, loads": lambda _: loads(dumps(events(WRITTEN)), History),
}
"""Every calculation on a log."""


def on_search(call: Callable[[Search], object], kind: str, size: str) -> object:
    """What a calculation gives on a search.

    Args:
        call, kind: The calculation, and what makes the search hard.
        size: Such as ``"10x4"``.
    """
    count, stages = map(int, size.split("x"))
    return call(SEARCHES[kind](count, stages))


def on_log(call: Callable[[History], object]) -> object:
    return call(events(EVENTS))


def rows() -> Iterator[tuple[str, str, str, Callable[[], object]]]:
    """The call, the search, the size and what is to be done, for every row."""
    sizes = [f"{count}x{stages}" for count, stages in SIZES]
    for (name, call), kind, size in product(CALLS.items(), SEARCHES, sizes):
        yield name, kind, size, partial(on_search, call, kind, size)
    for name, on in LOGS.items():
        yield name, "log", f"{EVENTS}", partial(on_log, on)


def measured(what: Callable[[], object]) -> tuple[str, float, float]:
    """How a call ends, its processor time, s, and its memory at most, MB.

    Args:
        what: To be done, in a process of its own.
    """
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        status = 0
        try:
            what()
        except MemoryError:
            status = 2
        except Exception as error:  # noqa: BLE001 - any error is a row of the table
            print(f"  {type(error).__name__}: {error}"[:300], file=sys.stderr)
            status = 1
        os._exit(status)
    _, status, used = os.wait4(child, 0)
    ends = {0: "", 1: "refused", 2: "memory"}
    code = os.waitstatus_to_exitcode(status)
    end = ends.get(code, "stopped")
    return end, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    words = sys.argv[1:]
    with suppress(InterviewFitError):
        for call in CALLS.values():
            call(SEARCHES["ordinary"](2, 2))  # All is imported, once for all.
    print("| call | search | size | s | MB | |\n|---|---|---|--:|--:|---|")
    for name, kind, size, what in rows():
        named = (name, kind, size)
        if all(set(word.split("|")) & set(named) for word in words):
            end, seconds, memory = measured(what)
            row = f"| {' | '.join(named)} | {seconds:.1f} | {memory:.0f} | {end} |"
            print(row, flush=True)


if __name__ == "__main__":
    main()
