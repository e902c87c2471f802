"""What the pages beside the code promise, where it can be checked."""

import re
from pathlib import Path

import pytest

from interviewfit._model.fields import MOST_ENTRIES
from interviewfit._model.stages import MOST_STAGES
from interviewfit._model.units import LONGEST_TEXT
from interviewfit._reading.lenient_json import MAX_CHARACTERS
from interviewfit._reading.text import MAX_DEPTH
from interviewfit.schema._converter import MAX_FAULTS
from interviewfit.schema._json import (
    _MAX_DIGITS,
    MAX_CHARACTERS as MAX_OF_RECORDS,
    MAX_ENTRIES,
)

ROOT = Path(__file__).parents[1]
KINDS = {"added", "changed", "deprecated", "fixed", "removed", "security"}


@pytest.mark.parametrize(
    "promise",
    [
        f"{MAX_OF_RECORDS:,} characters of JSON",
        f"more than {_MAX_DIGITS} digits",
        f"deeper than {MAX_DEPTH} levels",
        f"more than {MAX_ENTRIES:,} entries",
        f"{MOST_STAGES} stages",
        f"{MOST_ENTRIES:,} opportunities, signals, beliefs or tags",
        f"{LONGEST_TEXT:,} characters\n  in a name",
        f"postings: {MAX_CHARACTERS:,} characters and {MAX_DEPTH} levels",
        f"at most {MAX_FAULTS} faults",
    ],
)
def test_the_bounds_are_those_in_force(promise: str) -> None:
    assert promise in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_change_is_one_sentence_of_a_known_kind() -> None:
    for path in (ROOT / "changelog.d").glob("*.md"):
        if path.name == "README.md":
            continue
        _, kind, _ = path.name.rsplit(".", 2)
        text = path.read_text(encoding="utf-8").strip()

        assert kind in KINDS, path.name
        assert re.fullmatch(r"[A-Z`].*\.", " ".join(text.split())), path.name
        assert "\n\n" not in text, path.name
