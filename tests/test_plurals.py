"""One process is not "1 processes": every number has its noun in the right form."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewfit import Candidate, Opportunity, corporate, plan, score
from interviewfit._model.units import number_of
from interviewfit.weightings import learn_priorities
from test_architecture import SOURCE

DATA = Path(__file__).parent / "data"
NOUNS = frozenset(
    {
        *("answers", "applications", "aspects", "assumptions", "cells", "changes"),
        *("characters", "choices", "columns", "constants", "days", "defaults"),
        *("draws", "events", "faults", "files", "firms", "forecasts", "hours"),
        *("interviews", "jobs", "limits", "lines", "logs", "months", "notes"),
        *("numbers", "offers", "openings", "opportunities", "others", "parts"),
        *("passes", "people", "places", "points", "positions", "postings"),
        *("processes", "questions", "ranges", "readings", "refusals", "rounds"),
        *("rows", "runs", "signals", "signs", "stages", "statuses", "steps"),
        *("things", "weeks", "words", "years"),
    }
)
"""What the library counts, by the form of several."""

ALWAYS_SEVERAL = {
    ("_command/files.py", "len(jobs)"): "one opportunity needs no name",
    ("_model/decision.py", "len(jobs)"): "one opportunity needs no name",
    ("_process/arrivals.py", "weeks"): "other words where it is 1",
    ("_process/notes.py", "last + 1"): "said where a stage lies before the last",
    ("_solver/value_function.py", "rows"): "an error of whoever changes the solver",
    ("_text/amounts.py", "shown"): "one to three years are words",
    ("_text/offer_text.py", "_NUMBERS[count - 2]"): "a word from two on",
    ("_text/offer_text.py", "count"): "other words where it is 1",
    ("_text/plan_text.py", "rounded(plan.weeks, 1)"): "has a decimal: 1.0 weeks",
    ("_text/reasons_text.py", "len(reasons)"): "more than are named one by one",
    ("_text/side_by_side.py", "len(compared)"): "one offer is compared with nothing",
    ("history/_backtest.py", "count"): "other words where it is 1",
    ("logs/_formats.py", "count"): "more than may be read",
    ("logs/_formats.py", "width"): "more than may be read",
    ("logs/_reader.py", "len(events)"): "more than may be read",
    ("_reading/text.py", "length"): "more than may be read",
    ("extra/_storage.py", "count"): "more than may be read",
    ("extra/pages.py", "len(text)"): "more than may be read",
    ("extra/pages.py", "boundaries"): "more than may be read",
    ("postings/_conversion.py", "len(name)"): "longer than a name may be",
    ("postings/_conversion.py", "len(pays)"): "said of more than one",
    ("postings/_doubts.py", "age"): "older than a month",
    ("postings/_fields.py", "len(text)"): "longer than a text may be",
    ("postings/_more_boards.py", "count"): "more than may be read",
    ("sensitivity/_summary.py", "count"): "other words where it is 1",
    ("sensitivity/_sweeps.py", "points"): "the shape of a grid, such as 1 by 1",
    ("sensitivity/_sweeps.py", "len(name_list)"): "a count that was expected",
    ("sensitivity/_switching_values.py", "self.parts"): "other words where it is 1",
    ("weightings/_certifying.py", "most"): "a limit",
}
"""Numbers before a noun that are never 1, by module, and why."""

# A text may go on in the next line.
_BEFORE = re.compile(
    r"\{([^{}]+?)(?::[,.\w]+)?\}(?:\"\s+f?\")? (?:\"\s+f?\")?"
    rf"(?:more |other |unknown )?(?:{'|'.join(sorted(NOUNS))})\b(.*)"
)


def numbers(source: str) -> Iterator[str]:
    """Each number that a text of a module holds before a noun of ``NOUNS``.

    Nothing is said of a text that is chosen by an if on the same line.
    """
    for match in _BEFORE.finditer(source):
        # A limit is a constant, and much more than 1.
        is_limit = re.fullmatch(r"_?[A-Z_]+(?: - 1)?", match[1])
        is_chosen = re.search(r" if .* else\b", match[2])
        if not is_limit and not is_chosen:
            yield match[1]


def test_who_writes_a_number_before_a_noun_thinks_of_one() -> None:
    counted = {
        (path.relative_to(SOURCE).as_posix(), shown)
        for path in SOURCE.rglob("*.py")
        for shown in numbers(path.read_text("utf-8"))
    }

    # Write number_of(count, "noun"); what can never be 1 is left to the list.
    assert counted == ALWAYS_SEVERAL.keys()


@pytest.mark.parametrize("name", ["refusals", "transcripts", "words", "plan-words"])
def test_no_recorded_line_counts_one_as_several(name: str) -> None:
    text = (DATA / f"{name}.txt").read_text("utf-8")
    several = "|".join(sorted(NOUNS))

    # A number with a decimal, and the end of a longer one, are not 1.
    assert re.findall(rf"(?<![\d.,/-])1 (?:more )?(?:{several})\b", text) == []


def test_one_is_one_and_none_are_several() -> None:
    assert number_of(1, "process") == "1 process"
    assert number_of(0, "process") == "0 processes"
    assert number_of("1.0", "week") == "1.0 weeks"


def test_what_stands_for_an_answer_counts_too() -> None:
    job = Opportunity(name="Acme", stages=corporate())

    assert repr(plan(Candidate(), [job])).startswith("<Plan of 1 process: ")
    assert repr(
        score(Candidate(), {"pay.mean": [3.0], "process": "corporate"})
    ).startswith("<Scores of 1 row:")
    assert "0 choices" in repr(learn_priorities([]))
