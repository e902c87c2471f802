"""
JSON and back, for every public record, and the schema of each.
"""

from interviewfit.codec.schemas import schema_of
from interviewfit.codec.text import SCHEMA, dumps, loads

__all__ = ["SCHEMA", "dumps", "loads", "schema_of"]
