"""
Job postings in the formats people have, and resumes.

Each importer returns what it found: an opportunity ready for `assess`, what stays
unknown, what could not be made sense of, and all facts as they were stated. Nothing is
imputed, run or fetched.
"""

from interviewfit.postings.boards import read_ashby, read_greenhouse, read_lever
from interviewfit.postings.jobspy import read_jobspy
from interviewfit.postings.jsonld import read_job_posting
from interviewfit.postings.pay import Interval, Pay, Salary
from interviewfit.postings.posting import Basis, Facts, Posting, Postings, Workplace
from interviewfit.postings.resume import Resume, read_resume
from interviewfit.postings.sources import gather, read_postings

__all__ = [
    "Basis",
    "Facts",
    "Interval",
    "Pay",
    "Posting",
    "Postings",
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
