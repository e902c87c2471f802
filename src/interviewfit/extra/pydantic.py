"""Records in the models of pydantic and in the paths of FastAPI.

For a type checker ``InJson[Search]`` is ``Search``. For pydantic it is what ``loads``
reads and ``dumps`` writes, with the schema of ``schema_of``, and every fault says where
it is. Pydantic is imported once a model is made.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from interviewfit import DecodeError, dumps, loads
from interviewfit.schema import schema_of

__all__ = ["InJson"]

T = TypeVar("T")


class _AsJson:
    """Tells pydantic how to read, write and describe a record."""

    def __get_pydantic_core_schema__(self, kind: type[Any], handler: object) -> Any:
        """How pydantic reads and writes a record.

        Args:
            kind: The class of the record.
            handler: Of pydantic, for classes that it knows; not needed here.
        """
        from pydantic_core import PydanticCustomError, core_schema

        def read(value: object) -> Any:
            """The record that a value states; a record is passed through."""
            if isinstance(value, kind):
                return value
            if isinstance(value, str | bytes | Mapping):
                try:
                    return loads(value, kind)
                except DecodeError as error:
                    faults = "\n".join(error.faults)
            else:
                faults = f"It must be a {kind.__name__} or its JSON, got {value!r:.60}."
            context = {"faults": faults}
            raise PydanticCustomError("interviewfit", "{faults}", context)

        def write(record: object) -> Any:
            """The object that a record is in JSON."""
            return json.loads(dumps(record))

        return core_schema.no_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(write),
            metadata={"pydantic_js_functions": [lambda *_: _inlined(schema_of(kind))]},
        )


def _inlined(schema: Mapping[str, Any]) -> Any:
    """A schema without references, because pydantic follows its own only."""
    definitions = schema["$defs"]

    def inlined(node: Any) -> Any:
        """A part of the schema, its references replaced by what they refer to."""
        if isinstance(node, list):
            return [inlined(entry) for entry in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return inlined(definitions[node["$ref"].rpartition("/")[2]])
        return {key: inlined(value) for key, value in node.items()}

    left_out = ("$defs", "$schema", "$id")
    return inlined({key: schema[key] for key in schema if key not in left_out})


InJson = Annotated[T, _AsJson()]
"""A record as a field of a pydantic model, or in the body of a FastAPI path.

>>> from interviewfit import Search
>>> kind = InJson[Search]
"""
