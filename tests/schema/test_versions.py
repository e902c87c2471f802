"""Text of an older version is read, by the tables of what has another name today."""

import json
from typing import Any

import pytest

from interviewfit import Belief, DecodeError, Opportunity, Position, loads
from interviewfit.schema import _versions as versions


@pytest.fixture(autouse=True)
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if some names had been others in version 1."""
    keys = {"Belief": {"centre": "mean", "shape": None}, "Position": {"when": "phase"}}
    words = {"Phase": {"done": "rejected"}, "Sign": {"rumours": "merger_talks"}}
    tables = {"keys": keys, "single": {"Position": ["when"]}, "words": words}
    today = versions.renamings(versions.SCHEMA)
    monkeypatch.setattr(
        "interviewfit.schema._json.renamings",
        lambda version: today if version == versions.SCHEMA else tables,
    )


def read(kind: type, version: int = 1, **fields: Any) -> Any:
    return loads(json.dumps({"schema": f"interviewfit/{version}", **fields}), kind)


def faults(kind: type, version: int = 1, **fields: Any) -> tuple[str, ...]:
    with pytest.raises(DecodeError) as caught:
        read(kind, version, **fields)
    return caught.value.faults


class TestVersion1:
    def test_keys_of_then_fill_the_fields_of_today(self) -> None:
        assert read(Belief, centre=1, sd=2) == Belief(mean=1, sd=2)

    def test_a_value_that_is_no_longer_kept_is_ignored(self) -> None:
        assert read(Belief, centre=1, sd=2, shape="normal") == Belief(mean=1, sd=2)

    def test_words_of_then_are_words_of_today(self) -> None:
        assert read(Position, when="done") == Position(phase="rejected")
        assert read(Position, when="offered") == Position(phase="offered")

    def test_a_list_of_one_may_stand_for_the_one(self) -> None:
        assert read(Position, when=["done"]) == Position(phase="rejected")
        (fault,) = faults(Position, when=["done", "offered"])
        assert fault.endswith(" @ $.when")
        assert faults(Position, version=2, phase=["offered"])

    def test_so_it_is_deep_inside(self) -> None:
        job = read(
            Opportunity,
            name="Acme",
            stages=[{"kind": "panel"}],
            beliefs={"pay": {"centre": 1, "sd": 2}},
            signals=["rumours"],
            position={"when": "offered"},
        )

        assert job.beliefs == {"pay": Belief(mean=1, sd=2)}
        assert job.signals == ("merger_talks",)
        assert job.position == Position(phase="offered")

    def test_faults_are_told_in_the_words_of_the_text(self) -> None:
        assert faults(Belief, centre="1", sd=-1) == (
            "It must be a number, got '1'. Write 1, without quotes. @ $.centre",
            "Belief.sd must be a number between 0 and 1,000, got -1.0. @ $.sd",
        )
        assert faults(Belief, sd=1) == (
            "The key 'centre' is missing. Add \"centre\". @ $.centre",
        )
        assert faults(Belief, mean=1, centre=1, sd=1) == (
            "Unknown key 'mean'; known are centre, sd, when. @ $",
        )


class TestVersion2:
    def test_nothing_of_then_is_known(self) -> None:
        assert read(Belief, version=2, mean=1, sd=2) == Belief(mean=1, sd=2)
        assert faults(Belief, version=2, mean=1, sd=2, centre=1) == (
            "Unknown key 'centre'; known are mean, sd, when. @ $",
        )
        (fault,) = faults(Position, version=2, phase="done")
        assert "got 'done'" in fault

    def test_a_fault_does_not_leave_the_old_version_behind(self) -> None:
        assert faults(Belief, centre="1", sd=1)
        assert faults(Belief, version=2, centre=1, sd=1)
