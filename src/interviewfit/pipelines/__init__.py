"""
Several processes solved side by side, and what an alternative does to each.
"""

from interviewfit.pipelines.contest import Contest
from interviewfit.pipelines.lanes import Lane
from interviewfit.pipelines.lineup import Entry
from interviewfit.pipelines.others import Others
from interviewfit.pipelines.pipeline import Pipeline, Rivals

__all__ = ["Contest", "Entry", "Lane", "Others", "Pipeline", "Rivals"]
