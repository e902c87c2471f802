"""Schemas say what ``loads`` reads and ``dumps`` writes."""

import json
from collections.abc import Iterator
from doctest import ELLIPSIS, DocTestParser, DocTestRunner
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

import strategies as fit
from interviewfit import (
    Assessment,
    Belief,
    Candidate,
    DecodeError,
    Opportunity,
    Plan,
    Position,
    Search,
    Sign,
    Stage,
    assess,
    corporate,
    dumps,
    loads,
    plan,
)
from interviewfit._model.aspect_names import meant_name
from interviewfit._model.signs import SIGNS
from interviewfit._model.vocabulary import ASPECTS
from interviewfit._results.assessment import Threshold
from interviewfit.schema import schema_of
from public import COLUMNS, public_names, record_classes

KINDS = list(record_classes().values())
RECORDS: st.SearchStrategy[Any] = st.one_of(
    fit.beliefs(),
    fit.readings(),
    fit.clues(),
    fit.weights(),
    fit.stages(),
    fit.positions(),
    fit.opportunities(),
    fit.candidates(),
    fit.assumptions(),
    fit.searches(),
    fit.assessments(),
    fit.histories(),
)
JOB: Any = {
    "schema": "interviewfit/2",
    "name": "Acme",
    "stages": [{"kind": "panel"}],
}


@cache
def validator(kind: type) -> Any:
    return Draft202012Validator(schema_of(kind))


def complaints(tree: Any, kind: type) -> list[str]:
    return [one.message for one in validator(kind).iter_errors(tree)]


def read(tree: Any, kind: type) -> bool:
    """Whether ``loads`` takes it."""
    try:
        loads(json.dumps(tree), kind)
    except DecodeError:
        return False
    return True


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Everything in a tree that can be replaced: what holds it, and where."""
    found: list[tuple[Any, Any]] = []
    items: Any = ()
    if isinstance(tree, dict):
        items = tree.items()
    elif isinstance(tree, list):
        items = enumerate(tree)
    for key, value in items:
        found.append((tree, key))
        found += places(value)
    return found


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a tree."""
    if isinstance(tree, dict):
        yield tree
    children = tree.values() if isinstance(tree, dict) else tree
    for child in children if isinstance(tree, dict | list) else ():
        yield from nodes(child)


class TestEveryKind:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
    def test_it_has_a_schema_with_every_field_described(self, kind: type) -> None:
        found = schema_of(kind)

        Draft202012Validator.check_schema(found)
        fields = {one.alias for one in attrs.fields(kind) if one.init}
        assert found["$id"] == f"urn:interviewfit:2:{kind.__name__}"
        assert found["properties"].keys() == fields | {"schema"}
        records = [one for one in found["$defs"].values() if "properties" in one]
        for one in (found, *records):
            for name, schema in one["properties"].items():
                if name not in ("schema", "type"):
                    assert schema["description"], name

    @pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
    def test_it_is_plain_json_and_the_same_each_time(self, kind: type) -> None:
        assert json.loads(json.dumps(schema_of(kind))) == schema_of(kind)

    @pytest.mark.parametrize(
        "wrong", ["Opportunity", 3, None, dict, Belief(mean=1, sd=1)]
    )
    def test_of_nothing_else_there_is_one(self, wrong: Any) -> None:
        with pytest.raises(TypeError, match="only records of interviewfit"):
            schema_of(wrong)

    @pytest.mark.parametrize("name", sorted(COLUMNS))
    def test_of_columns_there_is_none(self, name: str) -> None:
        with pytest.raises(TypeError, match="has no form in JSON"):
            schema_of(public_names()[name])


class TestAgreement:
    @settings(max_examples=150)
    @given(record=RECORDS)
    def test_what_is_written_is_as_the_schema_says(self, record: Any) -> None:
        assert complaints(json.loads(dumps(record)), type(record)) == []

    def test_plans_and_infinite_numbers_are_written_as_the_schema_says(self) -> None:
        jobs = [
            Opportunity(name="Acme", stages=corporate()),
            Opportunity(
                name="Over", stages=corporate(), position=Position(phase="rejected")
            ),
        ]
        tree = json.loads(dumps(plan(Candidate(), jobs)))

        assert "-inf" in json.dumps(tree)
        assert complaints(tree, Plan) == []

    @settings(max_examples=150)
    @given(
        record=st.one_of(fit.opportunities(), fit.candidates(), fit.searches()),
        data=st.data(),
    )
    def test_what_the_schema_refuses_is_not_read(
        self, record: Any, data: st.DataObject
    ) -> None:
        """One thing somewhere in a right text is replaced, taken out or put beside."""
        tree = json.loads(dumps(record))
        holder, key = data.draw(st.sampled_from(places(tree)))
        wrong = st.sampled_from(
            (
                None,
                True,
                "",
                "inf",
                "x",
                -1,
                0,
                0.5,
                7,
                1e7,
                [],
                {},
                [1],
                {"x": 1},
                ["x"],
            )
        )
        how = data.draw(st.sampled_from(("replace", "remove", "add")))
        if how == "replace":
            holder[key] = data.draw(wrong)
        elif how == "remove":
            del holder[key]
        elif isinstance(holder, dict):
            holder["surplus"] = data.draw(wrong)
        else:
            holder.append(data.draw(wrong))
        if complaints(tree, type(record)):
            assert not read(tree, type(record))

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            (Opportunity, {"schema": "interviewfit/3"}),
            (Opportunity, {"name": 3}),
            (Opportunity, {"name": ""}),
            (Opportunity, {"nmae": "Acme"}),
            (Opportunity, {"stages": {"kind": "panel"}}),
            (Opportunity, {"stages": [{"kind": "pannel"}]}),
            (Opportunity, {"stages": [{}]}),
            (Opportunity, {"stages": [{"kind": "panel", "pass_rate": 60}]}),
            (Opportunity, {"stages": [{"kind": "panel", "hours": "2"}]}),
            (Opportunity, {"beliefs": {"pay": {"mean": 1}}}),
            (Opportunity, {"beliefs": {"": {"mean": 1, "sd": 2}}}),
            (Opportunity, {"beliefs": {"pay": {"mean": "inf", "sd": 2}}}),
            (Opportunity, {"via_recruiter": "yes"}),
            (Opportunity, {"relevance": True}),
            (Opportunity, {"signals": ["good_reviews"]}),
            (Opportunity, {"signals": [{"aspect": "pay", "value": 1, "noise": 2}]}),
            (
                Opportunity,
                {"signals": [{"type": "clue", "event": "reshaped", "factor": 0}]},
            ),
            (Opportunity, {"position": {"stage": 0.5}}),
            (Opportunity, {"position": {"phase": "later"}}),
        ],
    )
    def test_what_loads_refuses_for_its_form_the_schema_refuses(
        self, kind: type, change: Any
    ) -> None:
        tree = {**JOB, **change}

        assert complaints(JOB, kind) == []
        assert complaints(tree, kind)
        assert not read(tree, kind)

    @pytest.mark.parametrize("missing", ["schema", "name", "stages"])
    def test_what_is_needed_is_needed(self, missing: str) -> None:
        tree = {name: one for name, one in JOB.items() if name != missing}

        assert complaints(tree, Opportunity)
        assert not read(tree, Opportunity)

    @pytest.mark.parametrize("fit_", [1.5, "inf", "-inf"])
    def test_infinity_is_a_word_where_it_may_stand(self, fit_: Any) -> None:
        tree = {
            "schema": "interviewfit/2",
            "stage": "panel",
            "phase": "before",
            "fit": fit_,
        }

        assert complaints(tree, Threshold) == []
        assert read(tree, Threshold)


@pytest.fixture
def page() -> dict[str, Any]:
    """What the examples of the page on agents have made by its end."""
    text = (Path(__file__).parents[2] / "docs/howto/agents.md").read_text("utf-8")
    examples = DocTestParser().get_doctest(text, {}, "agents.md", None, 0)
    done = DocTestRunner(optionflags=ELLIPSIS).run(examples, clear_globs=False)

    assert (done.failed, done.attempted > 10) == (0, True)
    return examples.globs


class TestTool:
    """The tools for an agent, as the page on agents has them."""

    def test_their_schemas_are_schemas_of_objects(self, page: dict[str, Any]) -> None:
        for definition in page["definitions"]:
            for name in ("input_schema", "output_schema"):
                Draft202012Validator.check_schema(definition[name])
                assert definition[name]["type"] == "object"

    def test_what_it_answers_is_as_its_schema_says(self, page: dict[str, Any]) -> None:
        schema = page["definitions"][0]["output_schema"]

        assert page["answer"].action == "take"
        Draft202012Validator(schema).validate(json.loads(dumps(page["answer"])))

    def test_the_wrong_call_is_refused_by_its_schema_for_the_same_faults(
        self, page: dict[str, Any]
    ) -> None:
        """Its last call has a chance of 60 and another word for an aspect."""
        check = Draft202012Validator(page["definitions"][0]["input_schema"])
        wrong = page["arguments"]
        told = [one.message for one in check.iter_errors(wrong)]

        assert len(told) == 2
        job = wrong["opportunities"][0]
        job["stages"][0]["pass_rate"] = 0.6
        job["beliefs"]["pay"] = job["beliefs"].pop("salary")
        check.validate(wrong)
        assert page["call_tool"]("assess", wrong)


class TestWords:
    def test_a_field_says_what_its_docstring_says(self) -> None:
        found = schema_of(Stage)["properties"]

        assert found["days"]["description"] == "Calendar time until it is over, days."
        assert schema_of(Assessment)["properties"]["sd"]["description"] == (
            "Its standard deviation, likewise."
        )

    def test_an_answer_goes_through_it(self) -> None:
        job = Opportunity(name="Acme", stages=corporate(), signals=["merger_talks"])
        tree = json.loads(dumps(assess(Candidate(), job)))

        assert complaints(tree, Assessment) == []
        tree["choices"][0]["value"] = "a lot"
        assert complaints(tree, Assessment)


class TestWhatAnAgentMustKnow:
    def test_aspects_stand_by_name(self) -> None:
        aspect, _ = schema_of(Opportunity)["$defs"]["Aspect"]["anyOf"]

        assert tuple(aspect["enum"]) == ASPECTS

    def test_every_sign_has_its_meaning(self) -> None:
        signs = schema_of(Opportunity)["$defs"]["Sign"]["oneOf"]

        assert {entry["const"]: entry["description"] for entry in signs} == {
            sign.value: SIGNS[sign].meaning for sign in Sign
        }

    @pytest.mark.parametrize("field", ["beliefs", "priorities"])
    @pytest.mark.parametrize(
        "name", ["salary", "Salary", "base pay", "base_pay", "Base pay", "remote"]
    )
    def test_another_word_for_an_aspect_is_refused(self, field: str, name: str) -> None:
        is_job = field == "beliefs"
        kind = Opportunity if is_job else Candidate
        head = JOB if is_job else {"schema": "interviewfit/2"}
        tree = head | {field: {name: {"mean": 1, "sd": 2} if is_job else 2}}

        assert complaints(tree, kind)
        assert not read(tree, kind)

    def test_an_aspect_of_ones_own_is_taken(self) -> None:
        tree = JOB | {"beliefs": {"canteen": {"mean": 1, "sd": 2}}}

        assert complaints(tree, Opportunity) == []
        assert read(tree, Opportunity)

    @pytest.mark.parametrize("kind", [Opportunity, Candidate, Search, Plan])
    def test_the_reader_refuses_every_word_that_the_schema_refuses(
        self, kind: type
    ) -> None:
        words = [
            word
            for node in nodes(schema_of(kind))
            if "not" in node
            for word in node["not"]["enum"]
        ]

        assert words
        for word in set(words):
            assert meant_name(word) in ASPECTS
