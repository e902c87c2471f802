"""Records in models of pydantic and paths of FastAPI."""

import json
from importlib.resources import files
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from interviewfit import Plan, Search, dumps, loads, plan
from interviewfit.extra.pydantic import InJson, _inlined
from interviewfit.schema import schema_of
from public import record_classes

EXAMPLE = files("interviewfit").joinpath("data/example.json").read_text("utf-8")
TREE: dict[str, Any] = json.loads(EXAMPLE)


class Saved(BaseModel):  # type: ignore[misc]  # mypy sees no extras
    search: InJson[Search]
    user: int
    plan: InJson[Plan] | None = None


app = FastAPI()


@app.post("/plan")  # type: ignore[untyped-decorator]  # likewise
def plan_search(search: Annotated[InJson[Search], Body()]) -> InJson[Plan]:
    return plan(search.candidate, search.opportunities)


CLIENT = TestClient(app)


class TestPydantic:
    def test_a_model_reads_and_writes_what_the_library_does(self) -> None:
        text = json.dumps({"search": TREE, "user": 3})
        search = loads(EXAMPLE, Search)

        for saved in (
            Saved.model_validate_json(text),
            Saved.model_validate(json.loads(text)),
            Saved(search=search, user=3),
            Saved.model_validate({"search": EXAMPLE, "user": 3}),
        ):
            assert saved.search == search
            written = json.loads(saved.model_dump_json())
            assert written["search"] == json.loads(dumps(search))
            assert Saved.model_validate(written) == saved

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"salary": 1}, "Unknown key 'salary'"),
            ({"candidate": {"activity": 60}}, "For 60 %, write 0.6. @ $.candidate."),
            ({"opportunities": []}, "between 1 and 1,000 opportunities"),
        ],
    )
    def test_faults_say_where_they_are(
        self, change: dict[str, Any], fault: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            Saved.model_validate({"search": TREE | change, "user": 3})

        (error,) = caught.value.errors()
        assert error["loc"] == ("search",)
        assert fault in error["msg"]

    @pytest.mark.parametrize("value", [3, None, [TREE], Search])
    def test_what_is_no_object_is_refused(self, value: object) -> None:
        with pytest.raises(ValidationError, match="must be a Search or its JSON"):
            TypeAdapter(InJson[Search]).validate_python(value)

    @pytest.mark.parametrize("kind", record_classes().values(), ids=str)
    def test_its_schema_says_the_same(self, kind: type) -> None:
        inlined = _inlined(schema_of(kind))

        Draft202012Validator.check_schema(inlined)
        assert "$ref" not in json.dumps(inlined)
        adapter = TypeAdapter(Annotated[kind, *InJson.__metadata__])
        assert adapter.json_schema() == inlined

    def test_the_schema_of_a_model_refuses_what_the_model_refuses(self) -> None:
        validator = Draft202012Validator(Saved.model_json_schema())

        assert validator.is_valid({"search": TREE, "user": 3})
        assert not validator.is_valid({"search": TREE | {"x": 1}, "user": 3})


class TestFastAPI:
    def test_a_path_takes_and_returns_records(self) -> None:
        search = loads(EXAMPLE, Search)

        answer = CLIENT.post("/plan", json=TREE)

        assert answer.status_code == 200
        expected = plan(search.candidate, search.opportunities)
        assert answer.json() == json.loads(dumps(expected))

    def test_a_fault_is_told_to_the_caller(self) -> None:
        answer = CLIENT.post("/plan", json=TREE | {"candidate": {"activity": 60}})

        assert answer.status_code == 422
        assert "For 60 %, write 0.6." in answer.text

    def test_the_description_of_the_paths_has_the_fields(self) -> None:
        described = CLIENT.get("/openapi.json").text

        assert "via_recruiter" in described
        assert "layoff_news" in described
