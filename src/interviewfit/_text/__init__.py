"""Answers in sentences a job seeker understands, and in the tables of a notebook."""

from interviewfit._text.assessment_text import ACTION_NAMES, HEADLINES, explain
from interviewfit._text.labels import TERM_NAMES

__all__ = ["ACTION_NAMES", "HEADLINES", "TERM_NAMES", "explain"]
