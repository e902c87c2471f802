"""Logs of other trackers, read into a ledger."""

from interviewfit.logs._reader import ImportedLog, read_log

__all__ = ["ImportedLog", "read_log"]
