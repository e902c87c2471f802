"""Whoever asks at the same time, from threads or other processes, is told the same."""

import json
import multiprocessing
from pathlib import Path

import pytest

import crowd
from child import python

HOWS = ("threads", *multiprocessing.get_all_start_methods())


@pytest.mark.parametrize("how", HOWS)
def test_many_at_once_are_told_what_one_is_told(how: str) -> None:
    run = python(str(Path(crowd.__file__)), how, OPENBLAS_NUM_THREADS="1")

    assert run.err == b""
    answers = [json.loads(line) for line in run.out.splitlines()]
    assert len(answers) == (crowd.THREADS if how == "threads" else crowd.ASKERS)
    expected = [question() for question in crowd.QUESTIONS]
    assert all('"schema"' in one for one in expected)
    assert [one for one in answers if one != expected] == []


# A thread makes the first call, the process forks meanwhile, and the child makes one.
FORKED = """
import os, sys, threading
import interviewfit as f
from interviewfit.extra.imports import import_all

def call():
    job = f.Opportunity(name="Acme", stages=f.corporate())
    f.flips(f.assess(f.Candidate(), job), names=["fallback"])
    f.plan(f.Candidate(), [job])

import_all()
before = set(sys.modules)
thread = threading.Thread(target=call)
thread.start()
for _ in range(5):
    child = os.fork()
    if not child:
        call()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
thread.join()
print({name for name in set(sys.modules) - before if name.startswith("interviewfit")})
"""


@pytest.mark.skipif("fork" not in HOWS, reason="the platform has no fork")
def test_with_every_module_imported_a_fork_is_safe_while_a_thread_calls() -> None:
    """Before it a child may wait for ever for the lock of a module (SECURITY.md)."""
    run = python("-W", "ignore", "-c", FORKED, OPENBLAS_NUM_THREADS="1")

    assert (run.status, run.out.strip(), run.err) == (0, b"set()", b"")
