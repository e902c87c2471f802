"""The registry has every number exactly once, and everything else reads it."""

from typing import Any

import attrs
import pytest

from interviewfit import (
    Belief,
    Candidate,
    Clue,
    NamedSign,
    Opportunity,
    Reading,
    Stage,
    Weights,
)
from interviewfit._model.fields import Entries
from interviewfit._model.parameters import (
    PARAMETERS,
    PRIORS,
    STAGE_NUMBERS,
    RangeRule,
    bounds,
    locate,
    name_at,
    quoted,
    spec_at,
)
from interviewfit._model.units import Between
from interviewfit._model.vocabulary import ASPECTS, StageKind
from interviewfit.records import Either

FIELDS = {
    Belief: {"mean": "<aspect>.mean", "sd": "<aspect>.sd"},
    Reading: {
        name: f"signals[<number>].{name}" for name in ("value", "noise", "unsettled")
    },
    Clue: {"factor": "signals[<number>].factor"},
    Either: {
        name: f"signals[<number>].{name}" for name in ("chance", "if_so", "if_not")
    },
    NamedSign: {"strength": "signals[<number>].strength"},
    Stage: {
        **{
            name: f"stages[<number>].{name}"
            for name in (*STAGE_NUMBERS, "reshape_gain", "influence", "days", "days_sd")
        },
        "reveals": "stages[<number>].reveals.<aspect>",
    },
    Weights: {field.name: "weights.<term>" for field in attrs.fields(Weights)},
    Candidate: {
        "fallback": "fallback",
        "priorities": "priorities.<aspect>",
        **{
            name: name
            for name in (
                "activity",
                "interviews_done",
                "interviews_ahead",
                "worth_ahead",
                "day_cost",
                "arrivals",
                "search_weeks",
            )
        },
    },
    Opportunity: {
        name: name
        for name in (
            *("relevance", "reach", "hidden_role", "stays_open"),
            *("more_time", "lost_by_asking", "moves_up", "mutual_fit"),
            *("trial_weeks", "leaving_again", "gone_weekly"),
        )
    },
}
"""The row of every field of a record that holds a number, or numbers by aspect."""


def range_of(validator: Any) -> Between | None:
    """The bounds that a field checks."""
    if isinstance(validator, Entries):
        validator = validator.check
    validator = getattr(validator, "validator", validator)
    return validator if isinstance(validator, Between) else None


class TestRegistry:
    def test_every_number_of_a_record_has_one_row_and_its_bounds(self) -> None:
        for record, rows in FIELDS.items():
            checked = {
                field.name: range_of(field.validator)
                for field in attrs.fields(record)
                if range_of(field.validator)
            }
            assert checked.keys() == rows.keys()
            for name, row in rows.items():
                limits, spec = checked[name], PARAMETERS[row]
                assert limits is not None
                assert (limits.low, limits.high) == (spec.low, spec.high)

    def test_every_prior_is_one_row_or_the_default_of_one(self) -> None:
        stated = {row for rows in FIELDS.values() for row in rows.values()}

        assert set(PARAMETERS) == set(PRIORS) | stated

    @pytest.mark.parametrize("name", PRIORS)
    def test_a_prior_lies_in_its_bounds_and_has_their_unit(self, name: str) -> None:
        spec, prior = PARAMETERS[name], PRIORS[name]

        assert spec.low <= prior.low <= prior.value <= prior.high <= spec.high
        assert spec.unit == prior.unit

    @pytest.mark.parametrize("kind", StageKind)
    @pytest.mark.parametrize("number", STAGE_NUMBERS)
    def test_a_stage_states_what_its_kind_has_by_default(
        self, kind: StageKind, number: str
    ) -> None:
        own, usual = (
            PARAMETERS[name]
            for name in (f"stages[<number>].{number}", f"{kind}.{number}")
        )
        assert (own.unit, own.low, own.high) == (usual.unit, usual.low, usual.high)
        assert (own.label, own.verb) == (usual.label, usual.verb)

    def test_only_what_changes_no_value_has_no_range(self) -> None:
        without = [
            name
            for name, spec in PARAMETERS.items()
            if spec.range_rule is RangeRule.NONE
        ]
        assert without == [
            "stages[<number>].days",
            "stages[<number>].days_sd",
            "call.days",
            "day_cost",
            "arrivals",
            "gone_weekly",
            "trial_weeks",
        ]

    def test_there_are_no_bounds_of_what_is_no_number(self) -> None:
        with pytest.raises(KeyError):
            bounds("luck")


class TestLocate:
    @pytest.mark.parametrize(
        "name",
        [
            "pay.mean",
            "pay.sd",
            "priorities.pay",
            "weights.time",
            "fallback",
            "activity",
            "hidden_role",
            "stages[3].hours",
            "stages[12].reveals.pay",
            "horizon_years",
            "hr_screen.hours",
        ],
    )
    def test_a_name_leads_to_its_place_and_back(self, name: str) -> None:
        found = locate(name, ASPECTS)

        assert found is not None
        assert name_at(found[1]) == name
        assert spec_at(found[1]) is found[0]

    @pytest.mark.parametrize(
        "name",
        [
            "garden.mean",
            "stages[3].luck",
            "stages[3].reveals.garden",
            "weights.luck",
            "priorities.garden.pay",
            "<aspect>.mean",
            "luck",
        ],
    )
    def test_of_no_number_there_is_none(self, name: str) -> None:
        assert locate(name, ASPECTS) is None

    def test_an_aspect_with_a_dot_stands_in_quotes(self) -> None:
        assert quoted("dept. size") == '"dept. size"'
        assert name_at(("candidate", "priorities", "priorities")) == (
            'priorities."priorities"'
        )
