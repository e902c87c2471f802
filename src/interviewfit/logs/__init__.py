"""Import of logs that other trackers keep, as an event log (``history.History``)."""

from interviewfit.logs._preview import LogPreview
from interviewfit.logs._reader import ImportedLog, read_log

__all__ = ["ImportedLog", "LogPreview", "read_log"]
