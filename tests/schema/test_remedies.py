"""Faults in a file say what to write instead, also to whoever knows no Python."""

import json

import pytest

from interviewfit import Belief, DecodeError, Search, loads
from interviewfit._model.stages import Stage
from interviewfit._model.units import number_remedy
from interviewfit.errors import InvalidFieldError
from interviewfit.schema._remedies import place_of, unknown_keys


def fault_of(path: str, value: object) -> str:
    """The one fault of a file in which a value stands at a path."""
    tree = {
        "schema": "interviewfit/2",
        "candidate": {},
        "opportunities": [{"name": "Acme", "stages": [{"kind": "panel"}]}],
    }
    place: object = tree
    *steps, last = path.split(".")
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]  # type: ignore[index]
    place[last] = value  # type: ignore[index]
    with pytest.raises(DecodeError) as caught:
        loads(json.dumps(tree), Search)
    (fault,) = caught.value.faults
    return fault


class TestRemedies:
    @pytest.mark.parametrize(
        ("path", "value", "remedy"),
        [
            ("salary", 5, "it belongs to the candidate"),
            ("candidate.questions_asked", True, "it belongs to the opportunity"),
            ("opportunities.0.pass_rate", 0.5, "it belongs to a stage"),
            ("opportunities.0.phase", "offered", "it belongs to the position"),
            ("opportunities.0.position", "offered", 'Write {"phase": ...}.'),
            ("opportunities.0.tags", "arms", 'Write ["arms"].'),
            ("opportunities.0.stages", {"kind": "panel"}, "brackets: [...]"),
            ("candidate.fallback", "none", "Write a number, such as 1.5"),
            ("candidate.fallback", "5 %", "such as 5 or 0.05"),
            ("opportunities.0.relevance", "0,5", "Write 0.5, without quotes"),
        ],
    )
    def test_it_says_what_to_write_and_where(
        self, path: str, value: object, remedy: str
    ) -> None:
        assert remedy in fault_of(path, value)

    def test_what_is_missing_is_shown_to_be_added(self) -> None:
        with pytest.raises(DecodeError) as caught:
            loads('{"schema": "interviewfit/2", "opportunities": []}', Search)

        assert 'Add "candidate": {}.' in str(caught.value)

    def test_a_name_that_several_records_have_belongs_to_none(self) -> None:
        assert place_of("name", Belief) == ""
        assert place_of("wages", Stage) == ""


class TestNumberRemedy:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            *(("12", "12"), ("+3", "3"), (" 0.5 ", "0.5"), ("2,5", "2.5")),
            *(("65,000", "65000"), ("1,200.5", "1200.5"), ("-10", "-10")),
        ],
    )
    def test_a_number_is_written_without_signs_of_its_own(
        self, text: str, number: str
    ) -> None:
        assert number_remedy(text) == f"Write {number}, without quotes."

    def test_records_say_it_as_files_do(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"such as 60 or 0\.6"):
            Stage(kind="panel", practice="60 %")  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [1, 2, 5, 6, 7, 30])
def test_of_many_unknown_keys_the_first_five_are_named(count: int) -> None:
    names = [f"odd_{number}" for number in range(count)]

    found = unknown_keys(names, ("kind", "hours"), Stage)

    first = ", ".join(f"'{name}'" for name in names[:5])
    more = f" and {count - 5} more" if count > 5 else ""
    assert found == f"Unknown key {first}{more}; known are kind, hours."
