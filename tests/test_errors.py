"""Errors say where, what came and what to do, and survive every journey."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, cast

import pytest

from interviewfit import (
    Candidate,
    DecodeError,
    InterviewFitError,
    InvalidFieldError,
    Opportunity,
    corporate,
    loads,
    plan,
)
from interviewfit.errors import MissingPackageError, visible
from interviewfit.extra.pages import read_page


class TestInvalidFieldError:
    def test_it_names_the_place_what_was_expected_and_what_came(self) -> None:
        error = InvalidFieldError("Stage.hours", "a number of at least 0", -1)

        assert str(error) == "Stage.hours must be a number of at least 0, got -1."

    def test_the_remedy_follows_as_a_sentence(self) -> None:
        error = InvalidFieldError("A.b", "a name", "", "Say what it is.")

        assert str(error) == "A.b must be a name, got ''. Say what it is."

    @pytest.mark.parametrize("length", [79, 10_000])
    def test_a_long_value_is_cut(self, length: int) -> None:
        """Eighty characters of it identify it; a megabyte would bury the message."""
        error = InvalidFieldError("A.b", "a name", "x" * length)

        assert str(error) == f"A.b must be a name, got '{'x' * 76}...."

    def test_a_value_of_eighty_characters_is_shown_whole(self) -> None:
        assert repr("x" * 78) in str(InvalidFieldError("A.b", "c", "x" * 78))

    def test_a_number_too_long_for_python_to_print_is_still_reported(self) -> None:
        """``repr`` of an integer of more than 4,300 digits raises: not in a message."""
        error = InvalidFieldError("Stage.hours", "a number", 10**5000)

        assert str(error).startswith("Stage.hours must be a number, got ")

    @pytest.mark.parametrize("kind", [InterviewFitError, ValueError])
    def test_it_is_caught_as_ours_and_as_a_value_error(
        self, kind: type[Exception]
    ) -> None:
        assert issubclass(InvalidFieldError, kind)
        assert issubclass(DecodeError, kind)

    def test_it_survives_copying(self) -> None:
        """A copy is made as pickle makes it, by which workers send errors back."""
        error = InvalidFieldError("A.b", "a name", 3, "Say what it is.")

        other = deepcopy(error)

        assert (other.where, other.expected) == ("A.b", "a name")
        assert (other.value, other.remedy) == (3, "Say what it is.")
        assert str(other) == str(error)


class TestDecodeError:
    def test_every_fault_is_a_line_of_its_own(self) -> None:
        error = DecodeError("Stage", ["one. @ $.a", "two. @ $.b"])

        assert str(error).splitlines()[1:] == ["one. @ $.a", "two. @ $.b"]
        assert "Stage" in str(error).splitlines()[0]

    def test_it_survives_copying(self) -> None:
        error = DecodeError("Stage", ["one", "two"])

        other = deepcopy(error)

        assert (other.kind, other.faults) == ("Stage", ("one", "two"))
        assert str(other) == str(error)

    def test_its_faults_cannot_be_changed_from_outside(self) -> None:
        faults = ["one"]
        error = DecodeError("Stage", faults)

        faults.append("two")

        assert error.faults == ("one",)


def test_what_is_missing_is_still_known_after_copying() -> None:
    error = MissingPackageError("pyarrow", "files")

    other = deepcopy(error)

    assert (other.package, other.extra) == ("pyarrow", "files")
    assert str(other) == str(error)


JOBS = [Opportunity(name="Acme", stages=corporate())]
OF_ANOTHER_KIND: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "a page": (lambda: read_page(cast(Any, None)), DecodeError, "must be text"),
    "bytes of a page": (
        lambda: read_page(cast(Any, memoryview(b""))),
        DecodeError,
        "got memoryview",
    ),
    "a class": (
        lambda: loads("{}", cast(Any, "Search")),
        TypeError,
        "class of records",
    ),
    "numbers": (
        lambda: plan(Candidate(), JOBS, assumptions=cast(Any, {})),
        InvalidFieldError,
        "must be Assumptions",
    ),
    "a name": (lambda: plan(Candidate(), JOBS).why_left("Bolt"), KeyError, "Bolt"),
}


@pytest.mark.parametrize("what", OF_ANOTHER_KIND)
def test_what_is_of_another_kind_is_refused_by_name(what: str) -> None:
    call, error, said = OF_ANOTHER_KIND[what]
    with pytest.raises(error, match=said):
        call()


def test_an_error_says_what_it_was_made_of() -> None:
    """Also to whoever reads ``args``, as a worker that sends it back does."""
    missing = MissingPackageError("pyarrow", "files")

    assert missing.args == ("pyarrow", "files")
    assert DecodeError("Stage", ["one\ntwo\r\nthree"]).args == (
        "Stage",
        ("one two three",),
    )
    assert InvalidFieldError("A.b", "a name", 3, "Say it.").args == (
        "A.b",
        "a name",
        3,
        "Say it.",
    )


BEH, SEEN, KA, VIRAMA = "\u0628", "\u0633", "\u0915", "\u094d"
NON_JOINER, JOINER = "\u200c", "\u200d"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (f"{BEH}{NON_JOINER}{SEEN}", True),
        (f"{BEH}{JOINER}{SEEN}", False),
        (f"{BEH}{NON_JOINER}", False),
        (f"{NON_JOINER}{SEEN}", False),
        (f"{NON_JOINER}", False),
        (f"{BEH}{NON_JOINER}a", False),
        (f"a{NON_JOINER}{SEEN}", False),
        (f"{KA}{VIRAMA}{JOINER}{KA}", True),
        (f"{KA}{VIRAMA}{NON_JOINER}", True),
        (f"{VIRAMA}{JOINER}", True),
        (f"{KA}{JOINER}{KA}", False),
        (f"a{JOINER}b", False),
        # A letter between two of a script that is joined is no joiner.
        (f"{BEH}\u202e{SEEN}", False),
        (f"{KA}{VIRAMA}\u200b{KA}", False),
    ],
)
def test_a_joiner_stays_where_its_script_asks_for_it(text: str, stays: bool) -> None:
    shown = visible(text)

    assert (shown == text) is stays
    if not stays:
        assert shown.count("\\u20") == 1
