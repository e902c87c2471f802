"""Answers in sentences a job seeker understands, and in the tables of a notebook."""

from interviewfit._model.vocabulary import TERM_NAMES
from interviewfit._text.assessment_text import ACTION_NAMES, HEADLINES, explain

__all__ = ["ACTION_NAMES", "HEADLINES", "TERM_NAMES", "explain"]
