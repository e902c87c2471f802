"""JSON and back, for every public record, and the schema of each."""

from interviewfit.schema._json import SCHEMA, dumps, loads
from interviewfit.schema._schemas import schema_of

__all__ = ["SCHEMA", "dumps", "loads", "schema_of"]
