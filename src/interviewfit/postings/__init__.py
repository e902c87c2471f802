"""Job postings in the formats people have, and resumes.

Each importer returns what it found: an opportunity ready for `assess`, what stays
unknown, what could not be made sense of, and all facts as they were stated. Nothing is
imputed, run or fetched.
"""

from interviewfit.postings._boards import read_ashby, read_greenhouse, read_lever
from interviewfit.postings._jobspy import read_jobspy
from interviewfit.postings._jsonld import read_job_posting
from interviewfit.postings._pay import Interval, Pay, Salary
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._resume import Resume, read_resume
from interviewfit.postings._sources import gather, read_postings

__all__ = [
    "Interval",
    "Pay",
    "Posting",
    "PostingFields",
    "Postings",
    "ReadingOptions",
    "Resume",
    "Salary",
    "Workplace",
    "gather",
    "read_ashby",
    "read_greenhouse",
    "read_job_posting",
    "read_jobspy",
    "read_lever",
    "read_postings",
    "read_resume",
]
