"""Job postings in the formats that people have, and resumes.

Each importer returns an opportunity that is ready for `assess`, what stays unknown,
what could not be understood, and all fields as they were stated. Nothing is imputed,
run or fetched.
"""

from interviewfit._model.money import Interval, Money as Salary, Pay
from interviewfit.postings._boards import (
    read_ashby,
    read_greenhouse,
    read_lever,
    read_postings,
)
from interviewfit.postings._conversion import to_search
from interviewfit.postings._jobspy import read_jobspy
from interviewfit.postings._jsonld import read_job_posting
from interviewfit.postings._posting import (
    Posting,
    PostingFields,
    Postings,
    ReadingOptions,
    Workplace,
)
from interviewfit.postings._resume import Resume, read_resume

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
    "read_ashby",
    "read_greenhouse",
    "read_job_posting",
    "read_jobspy",
    "read_lever",
    "read_postings",
    "read_resume",
    "to_search",
]
