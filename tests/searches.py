"""The search that ships with the tests: one person's log of 2025."""

from datetime import date
from pathlib import Path

from interviewfit import read_log

REAL_FILE = Path(__file__).parent / "data" / "job-search-2025.csv"
REAL_LOG = read_log(REAL_FILE.read_bytes(), today=date(2025, 7, 1))
REAL = REAL_LOG.history
