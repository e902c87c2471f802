"""What every public calculation costs, against searches that cost the most.

``python tests/costs.py`` prints a table: each call for each search and size in a
process of its own, with its processor time, without that of what it is given (such as
an assessment), and the memory that all takes at most. After thirty seconds it is
stopped. Words after it choose rows, such as
``python tests/costs.py 'flips|questions' heavy 10x4``; a size may be any. The tests
count operations.
"""

import argparse
import os
import re
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from datetime import date, timedelta
from functools import partial
from io import StringIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
from attrs import evolve, fields

from interviewfit import (
    Assessment,
    Assumptions,
    Belief,
    Candidate,
    Opportunity,
    Phase,
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
from interviewfit._command.running import main as shell
from interviewfit.errors import InterviewFitError
from interviewfit.extra.agent import call_tool
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
from interviewfit.sensitivity import advise, candour, list_inputs, sweep, tornado
from interviewfit.simulation import play_out
from interviewfit.weightings import (
    PriorityPosterior,
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


def mixed(count: int, stages: int) -> Search:
    """All at once: offers, interviews under way, dates, news, and passes that tell."""
    held = offers(count, stages).opportunities
    return search(
        tuple(
            evolve(
                job,
                answer_by=TODAY + timedelta(days=9 + number)
                if job.position.phase is Phase.OFFERED
                else None,
                unresearched=True,
                signals=["merger_talks"],
                mutual_fit=0.3,
            )
            for number, job in enumerate(held)
        ),
        Candidate(interviews_done=0, weights=Weights(offer=5)),
    )


def weighed(count: int, stages: int) -> Search:
    """Every weight as large as it may be."""
    names = (it.name for it in fields(Weights))
    return search(
        jobs(count, stages, HEAVY, unresearched=True),
        Candidate(interviews_done=0, weights=Weights(**dict.fromkeys(names, 20.0))),
    )


def held(count: int, stages: int) -> Search:
    """Every one is an offer that waits for a while."""
    position = Position(phase="offered")
    return search(jobs(count, stages, HEAVY, position=position, stays_open=0.5))


def mutual_offers(count: int, stages: int) -> Search:
    found = offers(count, stages)
    many = tuple(evolve(job, mutual_fit=0.5) for job in found.opportunities)
    return evolve(found, opportunities=many)


SEARCHES: dict[str, Callable[[int, int], Search]] = {
    "ordinary": lambda count, stages: search(jobs(count, stages)),
    "heavy": heavy,
    "certain": certain,
    "rates .001": lambda count, stages: with_rates(count, stages, 0.001),
    "rates .999": lambda count, stages: with_rates(count, stages, 0.999),
    "rates 1e-9": lambda count, stages: with_rates(count, stages, 1e-9),
    "rates 0": lambda count, stages: with_rates(count, stages, 0.0),
    "rates 1": lambda count, stages: with_rates(count, stages, 1.0),
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
    "weighed": weighed,
    "held": held,
    "mutual offers": mutual_offers,
    "mixed": mixed,
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


def alone(found: Search) -> Assessment:
    return of_first(found, alone=True)


def itself(found: Any) -> Any:
    return found


def learned(found: Search) -> tuple[Assessment, PriorityPosterior]:
    decisions = past_decisions(log(found), found.opportunities)
    posterior = learn_priorities(decisions, candidate=found.candidate)
    return alone(found), posterior


def asked(found: Search, tool: str) -> object:
    """The answer of a tool for agents, to JSON.

    Args:
        found: The search; what is asked about is its first opportunity.
        tool: Its name.
    """
    text = dumps(found)
    named = f'"name": "{found.opportunities[0].name}", "today": "{TODAY}"'
    if tool in ("plan", "review"):
        named = f'"today": "{TODAY}"'
    return dumps(call_tool(tool, text.rstrip()[:-1].rstrip() + f", {named}}}"))


def typed(found: Search, words: tuple[str, ...]) -> None:
    """Run a command of the shell on the file of a search.

    Args:
        found: The search.
        words: The command, and what follows the file.
    """
    with TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        path = Path(folder) / "my.json"
        path.write_text(dumps(found), encoding="utf-8")
        if shell([words[0], str(path), *words[1:]]):
            message = "the command ended with an error"
            raise InterviewFitError(message)


def with_log(found: Search) -> tuple[Search, History]:
    return found, log(found)


CALLS: dict[str, tuple[Callable[[Search], Any], Callable[[Any], object]]] = {
    "assess": (itself, of_first),
    "plan": (itself, planned),
    "plan, budget": (itself, lambda found: planned(found, budget=20.0)),
    "plan, budget of 1 h": (itself, lambda found: planned(found, budget=1.0)),
    "plan, budget of 900 h": (itself, lambda found: planned(found, budget=900.0)),
    "plan, budget and slots": (
        itself,
        lambda found: planned(found, budget=60.0, slots=3, recall=False),
    ),
    "plan, slots": (itself, lambda found: planned(found, slots=2)),
    "plan, no recall": (itself, lambda found: planned(found, recall=False)),
    "robustness": (of_first, robustness),
    "flips": (of_first, flips),
    "questions": (of_first, questions),
    "tornado": (of_first, tornado),
    "sweep": (
        of_first,
        lambda result: sweep(
            result,
            ("fallback", "weights.time"),
            (np.linspace(-20, 20, 50), np.linspace(0, 5, 50)),
        ),
    ),
    "candour": (alone, candour),
    "advise": (of_first, advise),
    "list_inputs": (of_first, lambda result: list_inputs(result.decision)),
    "explain": (of_first, explain),
    "text": (
        lambda found: (planned(found), of_first(found)),
        lambda both: (str(both[0]), str(both[1].reasons)),
    ),
    "simulate": (of_first, simulate),
    "simulate, plan": (planned, simulate),
    "play_out": (planned, play_out),
    "certify": (alone, lambda result: certify(result, **LIMITS)),
    "acceptability": (alone, lambda result: acceptability(result, **LIMITS)),
    "learn_priorities": (
        lambda found: past_decisions(log(found), found.opportunities),
        lambda decisions: learn_priorities(
            decisions, candidate=Candidate(interviews_done=0)
        ),
    ),
    "next_choice": (learned, lambda both: next_choice(*both)),
    "score": (
        itself,
        lambda found: score(
            found.candidate,
            {
                "pay.mean": np.linspace(-20.0, 20.0, 100_000),
                "process": ["p"] * 100_000,
            },
            processes={"p": found.opportunities[0].stages},
            assumptions=found.assumptions,
        ),
    ),
    "review": (itself, lambda found: review(found, today=TODAY)),
    "review, log": (with_log, lambda both: review(both[0], both[1], TODAY)),
    "letter": (of_first, letter),
    "dumps, loads": (planned, lambda result: loads(dumps(result), Plan)),
    **{
        f"tool {name}": (itself, partial(asked, tool=name))
        for name in ("assess", "plan", "why", "questions", "letter", "review")
    },
    **{
        " ".join(("shell", *(word for word in words if word != "job 0"))): (
            itself,
            partial(typed, words=(*words, "--today", str(TODAY))),
        )
        for words in (
            ("plan",),
            ("plan", "--explain"),
            ("assess",),
            ("assess", "--explain"),
            ("assess", "--deep"),
            ("why", "job 0"),
            ("why", "job 0", "--explain"),
            ("letter", "job 0"),
            ("review",),
        )
    },
}
"""Every calculation on a search: what it is given, and what is measured."""


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


def rows(
    further: Sequence[str],
) -> Iterator[tuple[str, str, str, Callable[[], Any], Callable[[Any], Any]]]:
    """The call, the search, the size, what it is given and what is to be done.

    Args:
        further: Sizes besides the usual ones, such as ``"20x6"``.
    """
    sizes = dict.fromkeys([f"{count}x{stages}" for count, stages in SIZES])
    sizes.update(dict.fromkeys(further))
    for (name, (prepare, call)), kind, size in product(CALLS.items(), SEARCHES, sizes):
        yield name, kind, size, partial(given, prepare, kind, size), call
    for name, on in LOGS.items():
        yield name, "log", f"{EVENTS}", partial(events, EVENTS), on


def given(prepare: Callable[[Search], Any], kind: str, size: str) -> Any:
    """What a calculation is given.

    Args:
        prepare, kind: What makes it from a search, and what makes the search hard.
        size: Such as ``"10x4"``.
    """
    count, stages = map(int, size.split("x"))
    return prepare(SEARCHES[kind](count, stages))


def measured(
    prepare: Callable[[], Any], call: Callable[[Any], Any]
) -> tuple[str, float, float]:
    """How a call ends, its processor time, s, and the memory of all at most, MB.

    Args:
        prepare: What the call is given; it is not counted.
        call: To be done, in a process of its own.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        status = 0
        try:
            ready = prepare()
            os.write(writer, str(process_time()).encode())
            call(ready)
        except MemoryError:
            status = 2
        except Exception as error:  # noqa: BLE001 - any error is a row of the table
            print(f"  {type(error).__name__}: {error}"[:300], file=sys.stderr)
            status = 1
        os._exit(status)
    _, status, used = os.wait4(child, 0)
    os.close(writer)
    before = float(os.read(reader, 100) or "0")
    os.close(reader)
    ends = {0: "", 1: "refused", 2: "memory"}
    code = os.waitstatus_to_exitcode(status)
    end = ends.get(code, "stopped")
    seconds = used.ru_utime + used.ru_stime - before
    return end, seconds, used.ru_maxrss / 1024


def _is_size(word: str) -> bool:
    """Whether a word says how many processes there are, and stages of each."""
    return re.fullmatch(r"\d+x\d+", word) is not None


def main() -> None:
    """Print what every calculation costs, in the rows that all words choose."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("words", nargs="*", help="such as flips, heavy or 10x4")
    words = parser.parse_args().words
    with suppress(InterviewFitError):
        for before, what in CALLS.values():
            what(before(SEARCHES["ordinary"](2, 2)))  # All is imported, once for all.
    print("| call | search | size | s | MB | |\n|---|---|---|--:|--:|---|")
    further = [part for word in words for part in word.split("|") if _is_size(part)]
    for name, kind, size, prepare, call in rows(further):
        named = (name, kind, size)
        if all(set(word.split("|")) & set(named) for word in words):
            end, seconds, memory = measured(prepare, call)
            row = f"| {' | '.join(named)} | {seconds:.1f} | {memory:.0f} | {end} |"
            print(row, flush=True)


if __name__ == "__main__":
    main()
