"""JSON and back, for every public record, and the JSON Schema of each."""

from interviewfit.schema._json import dumps, loads
from interviewfit.schema._schemas import schema_of
from interviewfit.schema._versions import SCHEMA

__all__ = ["SCHEMA", "dumps", "loads", "schema_of"]
