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
