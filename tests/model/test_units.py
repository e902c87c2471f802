"""Checks and converters of single fields: what passes, and what the refusal says."""

from collections.abc import Mapping
from enum import StrEnum
from math import inf, nan
from typing import Any

import pytest
from attrs import field, fields, frozen

from interviewfit import InvalidFieldError
from interviewfit._model.fields import (
    Entries,
    check_flag,
    check_names,
    to_float,
    to_float_mapping,
    to_name_set,
    to_one_line,
    to_optional_float,
)
from interviewfit._model.units import (
    LEAST_FACTOR,
    Between,
    check_name,
    check_text,
    member,
)


@frozen(kw_only=True)
class Box:
    """One field for each check."""

    positive: Any = field(default=1.0, validator=Between(LEAST_FACTOR, 1e6))
    chance: Any = field(default=0.5, validator=Between(0.0, 1.0))
    small: Any = field(default=0.0, validator=Between(-2.0, 3.0))
    text: Any = field(default="", validator=check_text)
    name: Any = field(default="x", validator=check_name)
    flag: Any = field(default=False, validator=check_flag)
    marks: Any = field(default=frozenset(), validator=check_names)
    parts: Any = field(factory=dict, validator=Entries(Between(0.0, 1.0)))


def refusal(name: str, value: object) -> str:
    """What is said when a field of the box is given a value."""
    with pytest.raises(InvalidFieldError) as caught:
        Box(**{name: value})
    assert caught.value.value is value
    return str(caught.value)


class TestChecks:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("positive", 1),
            ("positive", 1e-6),
            ("chance", 0),
            ("chance", 1),
            ("chance", -0.0),
            ("small", -2.0),
            ("small", 3),
            ("text", ""),
            ("text", "x" * 1000),
            ("name", "Zürich ☃"),
            ("flag", True),
            ("marks", frozenset({"meat"})),
            ("parts", {"pay": 1.0}),
        ],
    )
    def test_the_ends_of_the_range_are_in_it(self, name: str, value: object) -> None:
        assert getattr(Box(**{name: value}), name) == value

    @pytest.mark.parametrize("value", [nan, inf, -inf])
    @pytest.mark.parametrize("name", ["positive", "chance", "small"])
    def test_no_number_is_nan_or_infinite(self, name: str, value: float) -> None:
        said = refusal(name, value)

        assert said.startswith(f"Box.{name} must be ")
        assert f"got {value!r}. Leave out what is not known" in said

    @pytest.mark.parametrize("value", [True, False, 1j, [1.0], object()])
    @pytest.mark.parametrize("name", ["positive", "chance", "small"])
    def test_what_is_no_number_is_not_taken_for_one(
        self, name: str, value: object
    ) -> None:
        """True is an int to Python; to us it is a slip."""
        assert f"Box.{name} must be a" in refusal(name, value)

    @pytest.mark.parametrize("name", ["positive", "chance", "small"])
    def test_a_number_in_quotes_is_told_to_lose_them(self, name: str) -> None:
        assert refusal(name, "0.5").endswith("got '0.5'. Write 0.5, without quotes.")

    @pytest.mark.parametrize("name", ["positive", "chance", "small"])
    def test_none_is_told_to_be_left_out(self, name: str) -> None:
        assert refusal(name, None).endswith("Leave the field out to use its default.")

    @pytest.mark.parametrize("value", [0, 0.0, -1e-9])
    def test_positive_is_above_zero(self, value: float) -> None:
        assert "must be a number above 0" in refusal("positive", value)

    @pytest.mark.parametrize(
        ("value", "remedy"),
        [
            (60, " For 60 %, write 0.6."),
            (2.5, " For 2.5 %, write 0.025."),
            (100, " For 100 %, write 1."),
            (101, ""),
            (-0.1, ""),
        ],
    )
    def test_a_percentage_is_not_a_probability(self, value: float, remedy: str) -> None:
        assert refusal("chance", value) == (
            f"Box.chance must be a probability between 0 and 1, got {value!r}.{remedy}"
        )

    @pytest.mark.parametrize("value", [-2.1, 3.0000001, 10**400])
    def test_a_range_is_named(self, value: float) -> None:
        assert "Box.small must be a number between -2 and 3" in refusal("small", value)

    def test_text_is_text(self) -> None:
        assert refusal("text", 7) == "Box.text must be text, got 7. Put it in quotes."

    def test_text_is_not_a_file_in_the_wrong_place(self) -> None:
        said = refusal("text", "x" * 1001)

        assert "at most 1,000 characters" in said
        assert said.endswith("It has 1,001.")

    def test_a_name_is_not_empty(self) -> None:
        assert refusal("name", "") == "Box.name must be a name, got ''. Say what it is."

    @pytest.mark.parametrize("value", [1, 0, "true", None])
    def test_a_flag_is_true_or_false(self, value: object) -> None:
        assert "Box.flag must be true or false" in refusal("flag", value)

    @pytest.mark.parametrize("value", [frozenset({""}), frozenset({3})])
    def test_every_name_of_a_set_is_checked(self, value: object) -> None:
        with pytest.raises(InvalidFieldError, match=r"Box\.marks must be"):
            Box(marks=value)

    def test_a_set_has_at_most_a_thousand_names(self) -> None:
        many = frozenset(str(n) for n in range(1001))

        assert "at most 1,000 names" in refusal("marks", many)
        assert len(Box(marks=frozenset(sorted(many)[1:])).marks) == 1000

    def test_an_entry_is_refused_with_its_name(self) -> None:
        with pytest.raises(InvalidFieldError, match=r"Box\.parts\['pay'\] .* 0\.6"):
            Box(parts={"role": 0.1, "pay": 60})

    @pytest.mark.parametrize("value", [[("pay", 0.1)], "pay", None])
    def test_a_mapping_is_a_mapping(self, value: object) -> None:
        assert "Box.parts must be a mapping" in refusal("parts", value)

    @pytest.mark.parametrize("value", [{"": 0.5}, {3: 0.5}])
    def test_an_entry_has_a_name(self, value: object) -> None:
        with pytest.raises(InvalidFieldError, match=r"Box\.parts must be"):
            Box(parts=value)

    def test_a_mapping_has_at_most_a_thousand_entries(self) -> None:
        many = {str(n): 0.5 for n in range(1001)}

        assert "at most 1,000 names" in refusal("parts", many)

    def test_a_check_leaves_its_field_as_it_was(self) -> None:
        """A mapping's check renames the field for its message; only a copy of it."""
        with pytest.raises(InvalidFieldError):
            Box(parts={"pay": 60})

        assert fields(Box).parts.name == "parts"


class Colour(StrEnum):
    """A closed list for the tests."""

    RED = "red"
    GREEN = "green"


class TestMember:
    @pytest.mark.parametrize("value", ["red", Colour.RED])
    def test_it_is_found_by_its_value_or_is_itself(self, value: str) -> None:
        assert member(Colour, value) is Colour.RED

    def test_the_nearest_name_is_suggested(self) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            member(Colour, "grene")

        assert str(caught.value) == (
            "Colour must be one of red, green, got 'grene'. Did you mean 'green'?"
        )

    @pytest.mark.parametrize("value", ["RED", "", "x" * 100_000, None, 3, []])
    def test_what_is_far_off_gets_no_suggestion(self, value: Any) -> None:
        with pytest.raises(InvalidFieldError) as caught:
            member(Colour, value)

        assert "Did you mean" not in str(caught.value)
        assert len(str(caught.value)) < 150


class TestConverters:
    def test_text_loses_line_ends_and_double_spaces(self) -> None:
        """Names stand in one-line sentences."""
        assert to_one_line(" a\n b\t\tc ") == "a b c"

    def test_a_whole_number_becomes_a_float(self) -> None:
        """Else 2 and 2.0 would be written differently by the codec."""
        assert type(to_float(2)) is float

    def test_a_bool_stays_to_be_refused(self) -> None:
        assert to_float(True) is True

    def test_a_whole_number_a_float_cannot_hold_stays(self) -> None:
        assert to_float(2**53 + 1) == 2**53 + 1

    def test_nothing_stays_nothing(self) -> None:
        assert to_optional_float(None) is None
        assert to_optional_float(3) == 3.0

    def test_a_mapping_is_copied(self) -> None:
        given = {"pay ": 1.0}
        kept: Mapping[str, float] = to_float_mapping(given)

        given["role"] = 2.0

        assert kept == {"pay": 1.0}

    def test_one_name_comes_without_brackets(self) -> None:
        assert to_name_set("meat", "here") == {"meat"}
        assert to_name_set(["meat", " meat", "oil"], "here") == {"meat", "oil"}

    @pytest.mark.parametrize("wrong", [["oil", ["meat"]], [{}], [({},)], 3])
    def test_a_set_of_names_holds_names(self, wrong: Any) -> None:
        with pytest.raises(InvalidFieldError, match="here must be a list of names"):
            to_name_set(wrong, "here")

    def test_names_that_differ_in_spaces_alone_are_refused(self) -> None:
        """Whatever else is in there: a number among them is no reason to break down."""
        wrong: Any = {"pay": 1.0, " pay": 2.0, 3: 1.0}

        with pytest.raises(InvalidFieldError, match="differ in more than spaces"):
            to_float_mapping(wrong)

    def test_a_whole_number_beyond_all_floats_stays_to_be_refused(self) -> None:
        assert to_float(10**400) == 10**400
        assert "got 1000" in refusal("small", 10**400)

    def test_text_that_cannot_be_written_down_is_refused(self) -> None:
        assert "text that can be written down" in refusal("text", "a\ud800")
