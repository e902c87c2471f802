"""
Answers in sentences a job seeker understands, and in the tables of a notebook.
"""

from interviewfit.explanation.sentences import ACTION_NAMES, HEADLINES, explain
from interviewfit.explanation.wording import TERM_NAMES

__all__ = ["ACTION_NAMES", "HEADLINES", "TERM_NAMES", "explain"]
