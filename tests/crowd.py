"""
Many who ask at once: run as ``python tests/crowd.py threads`` or with a start method.

In a process of its own, so that the tables worked out at their first use are wanted
by all of them at the same moment. Prints the answers of each asker on a line.
"""

import json
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier

import numpy as np

from interviewfit import Search, assess, dumps, loads, plan, score

THREADS = 10
PROCESSES = 2
ASKERS = 6
"""Who ask from other processes, so that each process is asked more than once."""


def _example() -> Search:
    path = files("interviewfit").joinpath("data/example.json")
    return loads(path.read_text("utf-8"), Search)


def assessed() -> str:
    search = _example()
    return "".join(dumps(assess(search.candidate, one)) for one in search.opportunities)


def beside() -> str:
    search = _example()
    one, *others = search.opportunities
    return dumps(assess(search.candidate, one, beside=others))


def planned() -> str:
    search = _example()
    return dumps(plan(search.candidate, search.opportunities))


def scored() -> str:
    """Rows that share a process, and rows that are solved each for itself."""
    search, pay = _example(), np.linspace(-40.0, 40.0, 300)
    columns = {"process": "corporate", "pay.mean": pay}
    found = [
        score(search.candidate, {**columns, **more}, threads=2).value.tolist()
        for more in ({}, {"relevance": np.linspace(0.0, 1.0, 300)})
    ]
    return json.dumps({"schema": "of columns there is none", "values": found})


QUESTIONS: tuple[Callable[[], str], ...] = (assessed, beside, planned, scored)
"""What is asked. Each answers as text that has every digit."""


def ask(first: int) -> list[str]:
    """Every answer, from question number *first* on, in the order of ``QUESTIONS``."""
    count = len(QUESTIONS)
    places = [(first + step) % count for step in range(count)]
    found = {place: QUESTIONS[place]() for place in places}
    return [found[place] for place in range(count)]


def ask_together(how: str) -> list[list[str]]:
    """The answers of many askers, in threads or in processes started this way."""
    if how == "threads":
        sys.setswitchinterval(1e-6)
        ready = Barrier(THREADS)

        def ask_when_ready(first: int) -> list[str]:
            ready.wait()
            return ask(first)

        pool: Executor = ThreadPoolExecutor(THREADS)
        with pool:
            return list(pool.map(ask_when_ready, range(THREADS)))
    context = multiprocessing.get_context(how)
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        return list(pool.map(ask, range(ASKERS)))


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(one) + "\n" for one in ask_together(sys.argv[1]))
